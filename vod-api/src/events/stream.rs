//! The consumer's events as a stream.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::delivery::Delivery;
use super::report::EventStats;
use super::shared::Shared;
use super::shutdown::Shutdown;
use crate::error::Error;

/// The events of an application's queue.
///
/// Transient failures are retried internally, with exponential backoff. An error is permanent, such as a refused
/// credential: retrying cannot succeed until the configuration is fixed. The stream ends after it, and also after a
/// [shutdown](Self::shutdown). Dropping the stream stops pulling; events that were delivered can still be confirmed.
#[derive(Debug)]
#[must_use = "no event is pulled unless the stream is polled"]
#[doc(alias("subscriber", "consumer", "receiver"))]
pub struct EventStream {
    shared: Arc<Shared>,
    pub(super) concurrency: usize,
    pub(super) cancel_expired: bool,
}

impl EventStream {
    pub(super) fn new(shared: Arc<Shared>, concurrency: usize, cancel_expired: bool) -> Self {
        Self { shared, concurrency, cancel_expired }
    }

    /// Returns the next event, or `None` at the end. Dropping the future loses no event.
    ///
    /// # Errors
    ///
    /// A permanent failure of pulls. No event follows.
    pub async fn next(&mut self) -> Option<Result<Delivery, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns a handle that shuts the consumer down gracefully, to be used elsewhere.
    pub fn shutdown(&self) -> Shutdown {
        Shutdown::new(Arc::clone(&self.shared))
    }

    /// The consumer's statistics at this moment.
    pub fn stats(&self) -> EventStats {
        self.shared.stats()
    }

    pub(super) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }
}

impl Stream for EventStream {
    type Item = Result<Delivery, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Delivery::poll_next(&self.shared, context)
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.shared.stop();
    }
}
