//! Graceful and forced shutdown of a consumer.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::report::{EventStats, Report};
use super::shared::{Phase, Shared};

use crate::sync::lock;

/// Shuts a consumer down, and returns its statistics until then and afterwards. Clones refer to the same consumer.
#[derive(Debug, Clone)]
pub struct Shutdown {
    shared: Arc<Shared>,
}

impl Shutdown {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// Shuts the consumer down gracefully: stops pulling, ends the stream, waits for the events in flight, and
    /// confirms those that were handled. What takes longer than `limit` is [abandoned](Self::abandon). A second call,
    /// for example on a second ctrl-c, abandons at once.
    pub async fn finish_within(&self, limit: Duration) -> Report {
        let is_first = self.shared.begin_finishing();
        if !is_first || tokio::time::timeout(limit, self.finished()).await.is_err() {
            self.abandon();
            self.finished().await;
        }
        self.shared.report()
    }

    /// Ends the consumer at once. Events that are not confirmed are redelivered; handlers that
    /// [`run`](super::EventStream::run) has started are cancelled.
    pub fn abandon(&self) {
        self.shared.abandon();
    }

    /// Completes when the consumer has ended, for any reason.
    pub async fn finished(&self) {
        self.shared.reached(Phase::Over).await;
    }

    /// The consumer's statistics at this moment.
    pub fn stats(&self) -> EventStats {
        self.shared.stats()
    }

    /// Stops pulling and ends the stream, without waiting.
    #[cfg(feature = "blocking")]
    pub(crate) fn stop(&self) {
        self.shared.stop();
    }

    /// Completes when no event waits for its confirmation.
    #[cfg(feature = "blocking")]
    pub(crate) async fn resolved(&self) {
        self.shared.resolved().await;
    }

    /// Whether the consumer has ended.
    #[cfg(feature = "blocking")]
    pub(crate) fn is_finished(&self) -> bool {
        self.shared.has_reached(Phase::Over)
    }
}

/// What ends a consumer that has not started yet.
#[derive(Clone)]
pub(super) struct ShutdownOn {
    /// Taken by the consumer that starts first: a clone of the settings has the same signal.
    signal: Arc<Mutex<Option<Signal>>>,
    limit: Duration,
}

type Signal = Pin<Box<dyn Future<Output = ()> + Send>>;

impl ShutdownOn {
    pub(super) fn new<F>(signal: F, limit: Duration) -> Self
    where
        F: Future<Output: Send> + Send + 'static,
    {
        let signal: Signal = Box::pin(async move { drop(signal.await) });
        Self { signal: Arc::new(Mutex::new(Some(signal))), limit }
    }

    /// What is to run beside a consumer. `None`: another one has the signal.
    pub(super) fn watch(&self, shutdown: Shutdown) -> Option<impl Future<Output = ()> + Send + 'static> {
        let signal = lock(&self.signal).take()?;
        let limit = self.limit;
        Some(async move {
            tokio::select! {
                () = signal => {
                    shutdown.finish_within(limit).await;
                }
                () = shutdown.finished() => {}
            }
        })
    }
}

impl fmt::Debug for ShutdownOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShutdownOn").field("limit", &self.limit).finish_non_exhaustive()
    }
}
