//! The transfer between an upload and storage: counted, rate-limited, and checked for stalls.

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

use crate::clock;
use crate::sync::lock;
use crate::transport::Traffic;

/// Lets bytes pass at a steady rate, for all requests of an upload together: each reserves the time that its bytes
/// take, behind those before.
#[derive(Debug)]
pub(crate) struct BandwidthLimiter {
    bytes_per_second: u64,
    next: Mutex<Option<Instant>>,
}

impl BandwidthLimiter {
    pub(crate) fn new(bytes_per_second: u64) -> Self {
        Self { bytes_per_second: bytes_per_second.max(1), next: Mutex::new(None) }
    }

    /// Reserves time for so many bytes, and says when it begins.
    fn reserve(&self, bytes: usize) -> Instant {
        let now = clock::now();
        #[allow(clippy::cast_precision_loss, reason = "a rate need not be exact")]
        let takes = Duration::from_secs_f64(bytes as f64 / self.bytes_per_second as f64);
        let mut next = lock(&self.next);
        let start = next.map_or(now, |next| next.max(now));
        *next = Some(start + takes);
        start
    }
}

/// Is told of the bytes that all requests of an upload have sent.
pub(crate) trait Progressing: Send + Sync + 'static {
    /// So many bytes have been handed to the network.
    fn sending(&self, bytes: u64);
    /// So many bytes that were reported do not count: they will be sent again.
    fn taken_back(&self, bytes: u64);
}

/// The traffic of one attempt.
pub(super) struct Meter {
    limiter: Option<Arc<BandwidthLimiter>>,
    progress: Option<Arc<dyn Progressing>>,
    started: Instant,
    /// When something last passed or was allowed to wait until, in milliseconds since the start.
    active: AtomicU64,
    sent: AtomicU64,
    waiting: Mutex<Option<Pin<Box<Sleep>>>>,
}

impl Meter {
    pub(super) fn new(
        limiter: Option<Arc<BandwidthLimiter>>,
        progress: Option<Arc<dyn Progressing>>,
    ) -> Self {
        Self {
            limiter,
            progress,
            started: clock::now(),
            active: AtomicU64::new(0),
            sent: AtomicU64::new(0),
            waiting: Mutex::new(None),
        }
    }

    /// Since when nothing has passed.
    pub(super) fn idle_since(&self) -> Instant {
        self.started + Duration::from_millis(self.active.load(Ordering::Relaxed))
    }

    fn active_until(&self, time: Instant) {
        let since = time.saturating_duration_since(self.started).as_millis();
        self.active.fetch_max(u64::try_from(since).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// The attempt failed: what it sent does not count.
    pub(super) fn failed(&self) {
        if let Some(progress) = &self.progress {
            progress.taken_back(self.sent.swap(0, Ordering::Relaxed));
        }
    }

    /// The attempt succeeded. A transport that reports nothing has still sent the body: it counts now, and the time
    /// that it should have taken is waited for.
    pub(super) async fn succeeded(&self, length: u64) {
        let unreported = length.saturating_sub(self.sent.load(Ordering::Relaxed));
        if unreported == 0 {
            return;
        }
        if let Some(progress) = &self.progress {
            progress.sending(unreported);
        }
        if let Some(limiter) = &self.limiter {
            sleep_until(limiter.reserve(usize::try_from(unreported).unwrap_or(usize::MAX))).await;
        }
    }
}

impl Traffic for Meter {
    fn poll_permit(&self, context: &mut Context<'_>, bytes: usize) -> Poll<()> {
        let Some(limiter) = &self.limiter else { return Poll::Ready(()) };
        let mut waiting = lock(&self.waiting);
        let sleep = waiting.get_or_insert_with(|| {
            let start = limiter.reserve(bytes);
            self.active_until(start);
            Box::pin(sleep_until(start))
        });
        std::task::ready!(sleep.as_mut().poll(context));
        *waiting = None;
        Poll::Ready(())
    }

    fn sent(&self, bytes: usize) {
        self.active_until(clock::now());
        self.sent.fetch_add(bytes as u64, Ordering::Relaxed);
        if let Some(progress) = &self.progress {
            progress.sending(bytes as u64);
        }
    }

    fn received(&self, _: usize) {
        self.active_until(clock::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn bytes_pass_at_the_rate_that_was_set() {
        let limiter = BandwidthLimiter::new(1000);
        let start = clock::now();
        assert_eq!(limiter.reserve(500), start);
        assert_eq!(limiter.reserve(1000) - start, Duration::from_millis(500));
        assert_eq!(limiter.reserve(1) - start, Duration::from_millis(1500));
        tokio::time::advance(Duration::from_secs(10)).await;
        assert_eq!(limiter.reserve(1), clock::now());
    }
}
