//! An event in the application's hands.

use std::fmt;
use std::ops::Deref;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::confirm_error::ConfirmError;
use super::content::{self, Content};
use super::content_key::content_key;
use super::ledger::EventId;
use super::ledger_time::{LedgerTime, Moment};
use super::shared::Shared;
use crate::clock::WallClock;
use crate::record::Record;
use crate::record::mismatch::Mismatch;
use crate::vod::EventContent;

/// Until when an event can be confirmed, by each clock.
pub(super) struct TimeLeft {
    deadline: Instant,
    ledger_deadline: Instant,
    /// Asserted to be safe to unwind over: a caller's clock is only ever asked for the time.
    time: AssertUnwindSafe<Arc<LedgerTime>>,
}

impl TimeLeft {
    pub(super) fn new(time: Arc<LedgerTime>, now: Moment, ledger_deadline: Instant) -> Self {
        let deadline = now.real_time_of(ledger_deadline);
        Self { deadline, ledger_deadline, time: AssertUnwindSafe(time) }
    }

    fn remaining(&self) -> Duration {
        self.ledger_deadline.saturating_duration_since(self.time.now().ledger)
    }
}

impl fmt::Debug for TimeLeft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.deadline, f)
    }
}

/// An event as a handler gets it. It dereferences to its content.
#[derive(Debug)]
pub struct ReceivedEvent {
    event: Content,
    deadline: TimeLeft,
    delivery_attempt: Option<u32>,
}

impl ReceivedEvent {
    pub(super) fn new(event: Content, deadline: TimeLeft, delivery_attempt: Option<u32>) -> Self {
        Self { event, deadline, delivery_attempt }
    }

    /// One that no consumer has pulled, for a test.
    pub(crate) fn for_test(event: EventContent, remaining: Duration, delivery_attempt: Option<u32>) -> Self {
        let time = LedgerTime::new(WallClock::System);
        let now = time.now();
        let deadline = now.ledger.checked_add(remaining).unwrap_or(now.ledger);
        Self::new(content::for_test(event), TimeLeft::new(Arc::new(time), now, deadline), delivery_attempt)
    }

    /// What happened.
    pub fn event(&self) -> &EventContent {
        self.event.get()
    }

    /// The event's JSON, as the service sent it: a part of the answer's body, which is kept as long as the event. Text
    /// that is not Unicode is repaired by U+FFFD, so that it is always UTF-8.
    ///
    /// It holds what the type does not: members that the specs do not know, and values that do not fit their fields.
    /// It also holds the event's handle.
    pub fn raw(&self) -> &Bytes {
        self.event.raw()
    }

    /// A key of what the event says, for telling it from others: the SHA-256 in hexadecimal of its JSON without the
    /// handle, in a canonical form (members ordered by name, no spaces). An event that is redelivered has the same key;
    /// so have two events that say exactly the same. None for an event that is no JSON object.
    ///
    /// [`deduplicate`](super::EventsBuilder::deduplicate) goes by this key.
    pub fn content_key(&self) -> Option<String> {
        content_key(self.raw())
    }

    /// The values that do not fit their fields, which are at their defaults; mostly none. Their paths begin at the
    /// event; an event that is not even an object has one with an empty path.
    ///
    /// An event that can't be used for that reason is best put aside, by its [`raw`](Self::raw) JSON, and confirmed:
    ///
    /// ```
    /// # use std::io::Error;
    /// # async fn put_aside(json: &[u8]) -> Result<(), Error> { Ok(()) }
    /// use vod_api::events::ReceivedEvent;
    ///
    /// async fn handle(event: ReceivedEvent) -> Result<(), Error> {
    ///     if let Some(first) = event.mismatches().first() {
    ///         eprintln!("put aside: {first}");
    ///         return put_aside(event.raw()).await;
    ///     }
    ///     // ...
    ///     Ok(())
    /// }
    /// ```
    pub fn mismatches(&self) -> &[Mismatch] {
        self.event.mismatches()
    }

    /// The content as the fields that it has.
    pub(super) fn record(&self) -> &dyn Record {
        self.event.record()
    }

    /// The content alone.
    pub fn into_event(self) -> EventContent {
        self.event.take()
    }

    /// Until when the event can be confirmed: 30 s from before its pull was sent, less the margin. After that it
    /// comes again. This is by the monotonic clock, which may stand still while the machine is suspended;
    /// [`remaining`](Self::remaining) takes that into account.
    pub fn deadline(&self) -> Instant {
        self.deadline.deadline
    }

    /// The time until the event can no longer be confirmed; zero from then on. The time of day counts as well as the
    /// monotonic clock, so that nothing is left after the machine has slept.
    pub fn remaining(&self) -> Duration {
        self.deadline.remaining()
    }

    /// How often this consumer has pulled the event, with this time. Only known with a
    /// [key](super::EventsBuilder::deduplicate_by), and counted from 1.
    pub fn delivery_attempt(&self) -> Option<u32> {
        self.delivery_attempt
    }
}

impl Deref for ReceivedEvent {
    type Target = EventContent;

    fn deref(&self) -> &EventContent {
        self.event.get()
    }
}

/// An event that is to be confirmed or released. Dropping it releases it.
#[must_use = "an event that is dropped comes again"]
pub struct Delivery {
    received: ReceivedEvent,
    ticket: Ticket,
}

impl Delivery {
    pub(super) fn new(received: ReceivedEvent, ticket: Ticket) -> Self {
        Self { received, ticket }
    }

    /// What happened.
    pub fn event(&self) -> &EventContent {
        self.received.event()
    }

    /// The event's JSON, see [`ReceivedEvent::raw`].
    pub fn raw(&self) -> &Bytes {
        self.received.raw()
    }

    /// A key of what the event says, see [`ReceivedEvent::content_key`].
    pub fn content_key(&self) -> Option<String> {
        self.received.content_key()
    }

    /// The values that do not fit their fields, see [`ReceivedEvent::mismatches`].
    pub fn mismatches(&self) -> &[Mismatch] {
        self.received.mismatches()
    }

    /// Until when the event can be confirmed, see [`ReceivedEvent::deadline`].
    pub fn deadline(&self) -> Instant {
        self.received.deadline()
    }

    /// The time until the deadline; zero after it.
    pub fn remaining(&self) -> Duration {
        self.received.remaining()
    }

    /// How often the event has come, see [`ReceivedEvent::delivery_attempt`].
    pub fn delivery_attempt(&self) -> Option<u32> {
        self.received.delivery_attempt()
    }

    /// Queues the event for confirmation in the next batch and returns at once. Failures are counted and logged.
    pub fn confirm(self) {
        self.ticket.confirm();
    }

    /// Has the event confirmed without waiting for others, and waits for the service's answer. An attempt that
    /// fails is repeated for as long as the handle may be good.
    ///
    /// The event is confirmed also when the future is dropped after its first poll.
    ///
    /// # Errors
    ///
    /// Nothing tells that the event is confirmed, see [`ConfirmError`].
    pub async fn confirm_now(self) -> Result<(), ConfirmError> {
        let answer = self.ticket.confirm_now();
        answer.await.unwrap_or(Err(ConfirmError::Shutdown))
    }

    /// Releases the event; it is redelivered 30 s after its pull. There is no immediate rejection.
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
    pub(super) fn new(shared: Arc<Shared>, id: EventId) -> Self {
        Self { open: Some((shared, id)) }
    }

    pub(super) fn confirm(mut self) {
        if let Some((shared, id)) = self.open.take() {
            shared.accept(id, None);
        }
    }

    fn confirm_now(mut self) -> oneshot::Receiver<Result<(), ConfirmError>> {
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
