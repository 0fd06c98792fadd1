//! The progress of an upload, and whether it will end before its certificate expires.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;

use super::storage::Progressing;
use crate::clock;
use crate::error::{Error, ErrorKind};
use crate::sync::lock;

/// How often progress is reported at most, except for its end.
const INTERVAL: Duration = Duration::from_millis(100);
/// A rate that was measured for a shorter time says nothing about hours.
const MEASURED: Duration = Duration::from_secs(10);

/// The progress of an upload, for [`Upload::on_progress`](super::Upload::on_progress).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Bytes that were passed to the network or are in storage. It decreases if a part has to be sent again.
    pub sent: u64,
    /// Bytes that storage has confirmed.
    pub stored: u64,
    /// The number of these bytes that an earlier call had stored.
    pub resumed: u64,
    /// The total number of bytes; `None` for a stream of unknown length.
    pub total: Option<u64>,
}

/// A caller's function that is shown the progress.
pub(super) type ProgressHook = Arc<dyn Fn(&Progress) + Send + Sync>;

/// Counts the bytes of an upload.
pub(super) struct Tracker {
    hook: Option<ProgressHook>,
    total: Option<u64>,
    sent: AtomicU64,
    stored: AtomicU64,
    resumed: AtomicU64,
    /// When the first byte was sent, and how many were sent since.
    since: Mutex<Option<Instant>>,
    told: Mutex<Option<Instant>>,
}

impl Tracker {
    pub(super) fn new(hook: Option<ProgressHook>, total: Option<u64>) -> Self {
        Self {
            hook,
            total,
            sent: AtomicU64::new(0),
            stored: AtomicU64::new(0),
            resumed: AtomicU64::new(0),
            since: Mutex::new(None),
            told: Mutex::new(None),
        }
    }

    fn progress(&self) -> Progress {
        Progress {
            sent: self.sent.load(Ordering::Relaxed),
            stored: self.stored.load(Ordering::Relaxed),
            resumed: self.resumed.load(Ordering::Relaxed),
            total: self.total,
        }
    }

    /// Bytes of streams and files that storage has confirmed.
    pub(super) fn stored_bytes(&self) -> u64 {
        self.stored.load(Ordering::Relaxed)
    }

    pub(super) fn resumed_bytes(&self) -> u64 {
        self.resumed.load(Ordering::Relaxed)
    }

    /// An earlier call has stored so many bytes.
    pub(super) fn resumed(&self, bytes: u64) {
        self.sent.fetch_add(bytes, Ordering::Relaxed);
        self.resumed.fetch_add(bytes, Ordering::Relaxed);
        self.stored(bytes);
    }

    /// Storage has confirmed so many bytes.
    pub(super) fn stored(&self, bytes: u64) {
        self.stored.fetch_add(bytes, Ordering::Relaxed);
        self.tell(true);
    }

    fn tell(&self, is_due: bool) {
        let Some(hook) = &self.hook else { return };
        let now = clock::now();
        {
            let mut told = lock(&self.told);
            if !is_due && told.is_some_and(|told| now - told < INTERVAL) {
                return;
            }
            *told = Some(now);
        }
        hook(&self.progress());
    }

    /// Whether the upload will end before its certificate does, as far as that can be told.
    ///
    /// # Errors
    ///
    /// It will not.
    pub(super) fn check_time(&self, remaining: Option<Duration>) -> Result<(), Error> {
        let (Some(remaining), Some(total)) = (remaining, self.total) else { return Ok(()) };
        let since = *lock(&self.since);
        let Some(elapsed) = since.map(|since| since.elapsed()).filter(|elapsed| *elapsed >= MEASURED) else {
            return Ok(());
        };
        let progress = self.progress();
        let rate = as_float(progress.sent.saturating_sub(progress.resumed)) / elapsed.as_secs_f64();
        check_rate(total.saturating_sub(progress.sent), rate, remaining)
    }
}

/// # Errors
///
/// At this rate, in bytes a second, the certificate ends before the upload.
pub(super) fn check_rate(left: u64, rate: f64, remaining: Duration) -> Result<(), Error> {
    let needed = as_float(left) / rate.max(f64::MIN_POSITIVE);
    if needed <= remaining.as_secs_f64() {
        return Ok(());
    }
    let message = format!(
        "at {}/s the {} that are left need {}, and the upload's certificate ends in {}",
        Bytes(rate),
        Bytes(as_float(left)),
        Time(needed),
        Time(remaining.as_secs_f64()),
    );
    Err(Error::new(ErrorKind::CertificateExpired, message))
}

#[expect(clippy::cast_precision_loss, reason = "a rate need not be exact")]
fn as_float(bytes: u64) -> f64 {
    bytes as f64
}

/// A number of bytes for people: `3.2 MB`.
struct Bytes(f64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(bytes) = self;
        match *bytes {
            bytes if bytes >= 1e9 => write!(f, "{:.1} GB", bytes / 1e9),
            bytes if bytes >= 1e6 => write!(f, "{:.1} MB", bytes / 1e6),
            bytes if bytes >= 1e3 => write!(f, "{:.1} kB", bytes / 1e3),
            bytes => write!(f, "{bytes:.0} B"),
        }
    }
}

/// Seconds for people: `1 h 58 min`.
struct Time(f64);

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.ceil();
        let (minutes, hours) = ((seconds / 60.0).floor(), (seconds / 3600.0).floor());
        if seconds < 120.0 {
            write!(f, "{seconds:.0} s")
        } else if minutes < 60.0 {
            write!(f, "{minutes:.0} min")
        } else {
            write!(f, "{hours:.0} h {:.0} min", minutes - hours * 60.0)
        }
    }
}

impl Progressing for Tracker {
    fn sending(&self, bytes: u64) {
        lock(&self.since).get_or_insert_with(clock::now);
        self.sent.fetch_add(bytes, Ordering::Relaxed);
        self.tell(false);
    }

    fn taken_back(&self, bytes: u64) {
        self.sent.fetch_sub(bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_that_is_too_low_is_told_with_figures() {
        let hours = |hours: u64| Duration::from_secs(hours * 3600);
        assert!(check_rate(54_000_000_000, 3e6, hours(5)).is_ok());
        let error = check_rate(54_000_000_000, 3e6, Duration::from_mins(118)).unwrap_err();
        assert_eq!(
            error.message(),
            "at 3.0 MB/s the 54.0 GB that are left need 5 h 0 min, and the upload's certificate ends in 1 h 58 min"
        );
        assert!(check_rate(1, 0.0, hours(1)).is_err());
        assert!(check_rate(0, 0.0, hours(1)).is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn the_rate_is_measured_before_it_is_believed() {
        let tracker = Tracker::new(None, Some(1000));
        let soon = Some(Duration::from_secs(5));
        tracker.resumed(500);
        tracker.sending(10);
        tokio::time::advance(Duration::from_secs(9)).await;
        assert!(tracker.check_time(soon).is_ok());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(tracker.check_time(soon).is_err());
        assert!(tracker.check_time(None).is_ok());
        tracker.sending(480);
        assert!(tracker.check_time(soon).is_ok());
    }
}
