//! An event as the application gets it: its content, its raw JSON, and how long it can be confirmed.

use std::fmt;
use std::ops::Deref;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::content::{self, Content};
use super::content_key::content_key;
use super::ledger_time::{LedgerTime, Moment};
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

    /// Returns the event's content.
    pub fn event(&self) -> &EventContent {
        self.event.get()
    }

    /// The event's JSON as the service sent it: a part of the response body, which stays in memory as long as the
    /// event. Invalid UTF-8 is replaced by U+FFFD, so that it is always UTF-8.
    ///
    /// It also contains what the type does not: members that the specs do not know, and values that do not fit their
    /// fields. It also contains the event's handle.
    pub fn raw(&self) -> &Bytes {
        self.event.raw()
    }

    /// A key made of the event's content, to recognize duplicates: the SHA-256 in hexadecimal of its JSON without the
    /// handle, in a canonical form (members ordered by name, no spaces). A redelivered event has the same key; so
    /// have two events with exactly the same content. `None` if the event is not a JSON object.
    ///
    /// [`deduplicate`](super::EventsBuilder::deduplicate) uses this key.
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

    /// Returns the content and drops the rest.
    pub fn into_event(self) -> EventContent {
        self.event.take()
    }

    /// The time until which the event can be confirmed: 30 s from before its pull was sent, less the margin. After
    /// that it is redelivered. This is a time of the monotonic clock, which may stop while the machine is suspended;
    /// [`remaining`](Self::remaining) takes that into account.
    pub fn deadline(&self) -> Instant {
        self.deadline.deadline
    }

    /// The time until the event can no longer be confirmed; zero after that. It considers the time of day as well as
    /// the monotonic clock, so it is zero after the machine was suspended for too long.
    pub fn remaining(&self) -> Duration {
        self.deadline.remaining()
    }

    /// How often this consumer has pulled the event, this time included. Only known with a
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
