//! Has each event handled by a function.

use std::fmt::Display;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::thread;

use tokio::task::JoinSet;
use tokio::time::timeout_at;
use tracing::Instrument as _;

use super::delivery::{Delivery, ReceivedEvent};
use super::report::Report;
use super::shared::{Phase, Shared};
use super::stream::EventStream;
use crate::error::Error;

impl EventStream {
    /// Has each event handled, as many at a time as the consumer's
    /// [concurrency](super::EventsBuilder::concurrency) says, each in a task of its own. An event is confirmed
    /// when its handler returns `Ok`; it is left to come again when the handler returns an error, which is
    /// logged, or panics.
    ///
    /// It returns when the consumer has ended. Dropping the future cancels the handlers.
    ///
    /// # Errors
    ///
    /// Events can't be pulled, and trying again is no use. What was handed out has been finished.
    pub async fn run<H, F, E>(mut self, handler: H) -> Result<Report, Error>
    where
        H: Fn(ReceivedEvent) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Display + Send + 'static,
    {
        let shared = Arc::clone(self.shared());
        let handler = Arc::new(handler);
        let mut handlers = JoinSet::new();
        let mut failure = None;
        let mut is_open = true;
        let mut abandoned = pin!(shared.reached(Phase::Abandoned));
        loop {
            // Handlers say themselves what came of them; their end matters only where their place is needed.
            while handlers.try_join_next().is_some() {}
            if !is_open && handlers.is_empty() {
                break;
            }
            let has_place = is_open && handlers.len() < self.concurrency;
            tokio::select! {
                biased;
                () = &mut abandoned => break,
                next = self.next(), if has_place => match next {
                    Some(Ok(first)) => {
                        // What came by the same pull, without asking for each anew.
                        let free = self.concurrency - handlers.len() - 1;
                        for delivery in std::iter::once(first).chain(shared.hand_out(free)) {
                            let handler = Arc::clone(&handler);
                            let handling = handle(handler, Arc::clone(&shared), delivery, self.cancel_expired);
                            handlers.spawn(handling.in_current_span());
                        }
                    }
                    Some(Err(error)) => {
                        failure = Some(error);
                        is_open = false;
                    }
                    None => is_open = false,
                },
                Some(_) = handlers.join_next(), if !has_place => {}
            }
        }
        handlers.shutdown().await;
        shared.stop();
        shared.reached(Phase::Over).await;
        match failure.or_else(|| shared.take_failure()) {
            Some(error) => Err(error),
            None => Ok(shared.report()),
        }
    }
}

/// Handles one event. If the handler panics, the ticket is dropped, and with that the event released.
async fn handle<H, F, E>(handler: Arc<H>, shared: Arc<Shared>, delivery: Delivery, cancel_expired: bool)
where
    H: Fn(ReceivedEvent) -> F,
    F: Future<Output = Result<(), E>>,
    E: Display,
{
    let (received, ticket) = delivery.into_parts();
    let deadline = received.deadline();
    let _watch = PanicWatch(shared);
    let handling = handler(received);
    let outcome =
        if cancel_expired { timeout_at(deadline, handling).await.ok() } else { Some(handling.await) };
    match outcome {
        Some(Ok(())) => ticket.confirm(),
        Some(Err(error)) => tracing::warn!(%error, "an event's handler failed; the event comes again"),
        None => tracing::warn!("an event's handler took too long and was cancelled; the event comes again"),
    }
}

/// Counts and logs a panic that passes.
struct PanicWatch(Arc<Shared>);

impl Drop for PanicWatch {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.count_panic();
            tracing::error!("an event's handler panicked; the event comes again");
        }
    }
}
