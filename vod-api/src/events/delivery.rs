//! A delivery: an event in flight, to be confirmed or released.

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::confirm_error::ConfirmError;
use super::ledger::EventId;
use super::received_event::ReceivedEvent;
use super::shared::Shared;
use crate::error::Error;
use crate::record::mismatch::Mismatch;
use crate::vod::EventContent;

/// An event that is to be confirmed or released. Dropping it releases it.
#[must_use = "an event that is dropped is redelivered"]
#[doc(alias("message", "lease"))]
pub struct Delivery {
    received: ReceivedEvent,
    ticket: Ticket,
}

impl Delivery {
    fn new(shared: &Arc<Shared>, (id, received): (EventId, ReceivedEvent)) -> Self {
        Self { received, ticket: Ticket { open: Some((Arc::clone(shared), id)) } }
    }

    /// The next event for the application, its failure, or the end.
    pub(super) fn poll_next(
        shared: &Arc<Shared>,
        context: &Context<'_>,
    ) -> Poll<Option<Result<Self, Error>>> {
        shared.poll_next(context).map_ok(|delivered| Self::new(shared, delivered))
    }

    /// Further events that wait for the application.
    pub(super) fn waiting(shared: &Arc<Shared>, limit: usize) -> Vec<Self> {
        shared.deliver(limit).into_iter().map(|delivered| Self::new(shared, delivered)).collect()
    }

    /// Returns the event's content.
    pub fn event(&self) -> &EventContent {
        self.received.event()
    }

    /// The event's JSON, see [`ReceivedEvent::raw`].
    pub fn raw(&self) -> &Bytes {
        self.received.raw()
    }

    /// A key made of the event's content, see [`ReceivedEvent::content_key`].
    pub fn content_key(&self) -> Option<String> {
        self.received.content_key()
    }

    /// The values that do not fit their fields, see [`ReceivedEvent::mismatches`].
    pub fn mismatches(&self) -> &[Mismatch] {
        self.received.mismatches()
    }

    /// Until when the event can be confirmed, see [`ReceivedEvent::deadline`].
    #[doc(alias("lease", "visibility timeout", "ack deadline"))]
    pub fn deadline(&self) -> Instant {
        self.received.deadline()
    }

    /// The time until the deadline; zero after it.
    pub fn remaining(&self) -> Duration {
        self.received.remaining()
    }

    /// How often the event was pulled, see [`ReceivedEvent::delivery_attempt`].
    pub fn delivery_attempt(&self) -> Option<u32> {
        self.received.delivery_attempt()
    }

    /// Queues the event for confirmation in the next batch and returns at once. Failures are counted and logged.
    #[doc(alias("ack", "acknowledge"))]
    pub fn confirm(self) {
        self.ticket.confirm();
    }

    /// Confirms the event without waiting for others to share the call, and waits for the result. Failed attempts are
    /// retried for as long as the handle may be valid.
    ///
    /// The event is also confirmed if the future is dropped after its first poll.
    ///
    /// # Errors
    ///
    /// The event is not known to be confirmed, see [`ConfirmError`].
    #[doc(alias("ack", "acknowledge", "confirm_now"))]
    pub async fn confirm_and_wait(self) -> Result<(), ConfirmError> {
        let answer = self.ticket.confirm_and_wait();
        answer.await.unwrap_or(Err(ConfirmError::Shutdown))
    }

    /// Releases the event; it is redelivered 30 s after its pull. There is no immediate rejection.
    #[doc(alias("nack", "reject", "requeue"))]
    pub fn release(self) {
        drop(self);
    }

    pub(super) fn into_parts(self) -> (ReceivedEvent, Ticket) {
        (self.received, self.ticket)
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery").field("received", &self.received).finish_non_exhaustive()
    }
}

/// The right to say what becomes of an event.
pub(super) struct Ticket {
    /// None once it was said.
    open: Option<(Arc<Shared>, EventId)>,
}

impl Ticket {
    pub(super) fn confirm(mut self) {
        if let Some((shared, id)) = self.open.take() {
            shared.accept(id, None);
        }
    }

    fn confirm_and_wait(mut self) -> oneshot::Receiver<Result<(), ConfirmError>> {
        let (sender, receiver) = oneshot::channel();
        if let Some((shared, id)) = self.open.take() {
            shared.accept(id, Some(sender));
        }
        receiver
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if let Some((shared, id)) = self.open.take() {
            shared.release(id);
        }
    }
}
