//! Every rule of the consumer, without I/O and without a clock: what happened is told to it with its time, and it
//! tells which call to make next.
//!
//! An event goes through it like this: pulled, it waits for the application; delivered, it is in flight; accepted, its
//! handle waits to be confirmed; resolved, it is no longer here. Every event that was pulled is in one of these places
//! or counted in the [`Counters`] as resolved.

mod call_rate;
mod confirms;
mod counters;
mod in_flight;
mod pulls;
mod split;

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

pub(super) use confirms::Confirmation;
use confirms::{Confirms, Item};
pub(super) use counters::Counters;
pub(super) use in_flight::Hanging;
use in_flight::InFlight;
use pulls::Pulls;

use super::rules::{BATCH, Rules};
use crate::error::{Error, ErrorKind};

/// Handles that may wait to be sent while further events are pulled: about 20 ms of confirmations. If these come
/// behind, pulls wait for them, or each further event would be confirmed later than the one before.
const SENDABLE_SOON: usize = 2 * BATCH;
/// Handles that may be unresolved while further events are pulled: one second of confirmations.
const UNRESOLVED: usize = 100 * BATCH;

/// Why a call failed; a whole batch shares it.
pub(super) type Cause = Arc<Error>;

/// An event's number in this ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct EventId(u64);

/// A pull's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct PullId(u64);

/// A confirmation's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct BatchId(u64);

/// A call to make now.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    Pull(PullId),
    Confirm(Confirmation),
}

/// What an attempt to confirm came to.
#[derive(Debug, Clone)]
pub(super) enum ConfirmOutcome {
    /// The service took all handles.
    Confirmed,
    /// The service refused the call for its handles.
    Refused(Cause),
    /// The service certainly did not carry the call out.
    NotSent(Cause),
    /// The outcome is unknown. It may have said how long to leave it alone.
    Ambiguous { retry_after: Option<Duration> },
}

/// What became of an event that the application accepted.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    Confirmed,
    Expired,
    Rejected(Cause),
    Failed(Cause),
    Unknown,
    Abandoned,
}

/// An event that needs nothing more.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) id: EventId,
    pub(super) accepted: Instant,
    pub(super) outcome: Outcome,
}

/// An event as a pull brought it.
#[derive(Debug)]
pub(super) struct Arrival<P> {
    pub(super) handle: String,
    pub(super) payload: P,
    pub(super) admission: Admission,
}

/// What is to be done with an event that arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    /// The application is to have it.
    Deliver,
    /// The application has accepted it before: confirm it.
    Confirm,
    /// The application is working on it: let it be redelivered.
    Release,
}

/// An event for the application.
#[derive(Debug)]
pub(super) struct DeliveredEvent<P> {
    pub(super) id: EventId,
    pub(super) payload: P,
    pub(super) deadline: Instant,
    /// How long ago its pull began.
    #[cfg_attr(not(any(feature = "metrics", test)), expect(dead_code, reason = "only metrics need it"))]
    pub(super) lag: Duration,
}

#[derive(Debug)]
struct Held {
    handle: String,
    deadline: Instant,
    expiry: Instant,
    /// When the application got it; when it was pulled, as long as it waits.
    delivered: Instant,
}

/// All events that were pulled and are not resolved, and the calls about them.
#[derive(Debug)]
pub(super) struct Ledger<P> {
    rules: Rules,
    pulls: Pulls,
    /// Pulled, the ones with the earliest deadline first.
    waiting: BTreeMap<(Instant, EventId), (Held, P)>,
    in_flight: InFlight,
    confirms: Confirms,
    counters: Counters,
    last: u64,
    wanted: bool,
    resolved: Vec<Resolved>,
    dropped: Vec<(EventId, P)>,
    hanging: Option<Hanging>,
}

impl<P> Ledger<P> {
    pub(super) fn new(rules: Rules) -> Self {
        Self {
            pulls: Pulls::new(&rules),
            confirms: Confirms::new(&rules),
            waiting: BTreeMap::new(),
            in_flight: InFlight::new(rules.validity),
            counters: Counters::default(),
            last: 0,
            wanted: false,
            resolved: Vec::new(),
            dropped: Vec::new(),
            hanging: None,
            rules,
        }
    }

    /// The application wants events; before it does, none are pulled.
    pub(super) fn want(&mut self) {
        self.wanted = true;
    }

    /// The next call to make, if one is to be made now. Confirmations come first.
    pub(super) fn step(&mut self, now: Instant) -> Option<Step> {
        self.drop_overdue(now);
        self.in_flight.expire(now);
        self.hanging = self.in_flight.report(now).or(self.hanging);
        let confirmation = self.confirms.next(now);
        self.resolve(now);
        if let Some(confirmation) = confirmation {
            self.counters.confirm_calls += 1;
            return Some(Step::Confirm(confirmation));
        }
        if self.has_room() && self.pulls.is_ready(now) {
            self.counters.pull_calls += 1;
            return Some(Step::Pull(self.pulls.begin(now)));
        }
        None
    }

    /// When [`step`](Self::step) is worth a try, unless something happens before. A moment in the past means now.
    pub(super) fn wake_at(&self, now: Instant) -> Option<Instant> {
        let pull = if self.has_room() {
            Some(self.pulls.ready_at().unwrap_or(now))
        } else {
            // An event that becomes late gives up its room.
            self.in_flight.next_late().filter(|_| self.wanted && self.pulls.wants_more())
        };
        let overdue = self.waiting.keys().next().map(|(deadline, _)| self.rules.last_call(*deadline));
        [pull, overdue, self.confirms.wake_at(), self.in_flight.report_at()].into_iter().flatten().min()
    }

    /// Whether one more pull could bring a full batch and each event be delivered, and confirmed, in time.
    fn has_room(&self) -> bool {
        let coming = BATCH * (self.pulls.open() + 1);
        self.wanted
            && self.pulls.wants_more()
            && self.waiting.len() <= self.pulls.overlap()
            && self.waiting.len() + self.in_flight.in_time() + coming <= self.rules.room()
            && self.confirms.fresh() < SENDABLE_SOON
            && self.confirms.unresolved() < UNRESOLVED
    }

    /// Takes a pull's events; what a pull brings that was given up is released and redelivered later.
    /// Returns the events' numbers, in their order.
    pub(super) fn pulled(&mut self, pull: PullId, now: Instant, arrivals: Vec<Arrival<P>>) -> Vec<EventId> {
        if arrivals.is_empty() {
            self.counters.empty_pulls += 1;
        } else {
            self.counters.filled_pulls += 1;
        }
        let Some(began) = self.pulls.answered(pull, now, arrivals.len()) else { return Vec::new() };
        let mut ids = Vec::with_capacity(arrivals.len());
        let expiry = began + self.rules.validity;
        let deadline = expiry.checked_sub(self.rules.confirm_margin).unwrap_or(began);
        for arrival in arrivals {
            self.last += 1;
            self.counters.pulled += 1;
            let id = EventId(self.last);
            ids.push(id);
            let held = Held { handle: arrival.handle, deadline, expiry, delivered: now };
            match arrival.admission {
                Admission::Deliver => {
                    self.waiting.insert((deadline, id), (held, arrival.payload));
                }
                Admission::Confirm => {
                    self.counters.duplicates += 1;
                    self.confirm(id, held, now, false);
                }
                Admission::Release => self.counters.released += 1,
            }
        }
        ids
    }

    /// Takes the failure of a pull. `jitter`, from 0 to 1, spreads the next one, which comes no earlier than the
    /// service has asked for.
    pub(super) fn pull_failed(
        &mut self,
        pull: PullId,
        now: Instant,
        retry_after: Option<Duration>,
        jitter: f64,
    ) {
        self.counters.pull_failures += 1;
        self.pulls.failed(pull, now, retry_after, jitter);
    }

    /// A pull failed because there were too many calls.
    pub(super) fn count_throttled(&mut self) {
        self.counters.throttled += 1;
    }

    /// Gives the application the most urgent event. One that has waited too long is never given.
    pub(super) fn deliver(&mut self, now: Instant) -> Option<DeliveredEvent<P>> {
        self.drop_overdue(now);
        let ((deadline, id), (held, payload)) = self.waiting.pop_first()?;
        let lag = (now + self.rules.validity).saturating_duration_since(held.expiry);
        self.in_flight.put(id, held, now);
        Some(DeliveredEvent { id, payload, deadline, lag })
    }

    /// The application has handled an event: it is to be confirmed. `at_once` does without waiting for others.
    /// True if this ledger had it.
    pub(super) fn accept(&mut self, id: EventId, now: Instant, at_once: bool) -> bool {
        let Some(held) = self.in_flight.take(id) else { return false };
        self.confirm(id, held, now, at_once);
        true
    }

    fn confirm(&mut self, id: EventId, held: Held, now: Instant, at_once: bool) {
        if held.deadline <= now {
            self.counters.expired += 1;
            self.resolved.push(Resolved { id, accepted: now, outcome: Outcome::Expired });
            return;
        }
        if held.handle.is_empty() {
            // In a batch it would have the others refused.
            let cause = Error::new(ErrorKind::Decode, "event without a handle");
            self.counters.rejected += 1;
            self.resolved.push(Resolved { id, accepted: now, outcome: Outcome::Rejected(Arc::new(cause)) });
            return;
        }
        let item = Item {
            id,
            handle: held.handle,
            deadline: held.deadline,
            expiry: held.expiry,
            accepted: now,
            ambiguous: false,
            failed: None,
        };
        self.confirms.push(item, now, at_once);
    }

    /// The application does not want an event: it is to be redelivered. True if this ledger had it.
    pub(super) fn release(&mut self, id: EventId, now: Instant) -> bool {
        let Some(held) = self.in_flight.take(id) else { return false };
        if held.deadline <= now {
            self.counters.expired += 1;
        } else {
            self.counters.released += 1;
        }
        true
    }

    /// Takes what an attempt to confirm came to. `jitter`, from 0 to 1, spreads the next one.
    pub(super) fn confirm_answered(
        &mut self,
        batch: BatchId,
        now: Instant,
        answer: ConfirmOutcome,
        jitter: f64,
    ) {
        self.counters.confirm_failures += u64::from(!matches!(answer, ConfirmOutcome::Confirmed));
        if matches!(&answer, ConfirmOutcome::NotSent(cause) if cause.is_throttling()) {
            self.counters.throttled += 1;
        }
        self.confirms.answered(batch, now, answer, jitter);
        self.resolve(now);
    }

    /// Begins no further pull, forgets the ones under way, and releases what was not delivered.
    pub(super) fn stop(&mut self) {
        self.pulls.stop();
        self.confirms.flush();
        while let Some(((_, id), (_, payload))) = self.waiting.pop_first() {
            self.counters.released += 1;
            self.dropped.push((id, payload));
        }
    }

    /// Gives up every event.
    pub(super) fn abandon(&mut self, now: Instant) {
        self.stop();
        self.confirms.abandon();
        self.resolve(now);
        self.counters.abandoned += self.in_flight.len() as u64;
        let abandoned = |id| Resolved { id, accepted: now, outcome: Outcome::Abandoned };
        self.resolved.extend(self.in_flight.take_all().into_iter().map(abandoned));
    }

    /// Whether nothing is left to do, and nothing will be.
    pub(super) fn is_done(&self) -> bool {
        self.pulls.is_stopped()
            && self.waiting.is_empty()
            && self.in_flight.is_empty()
            && self.confirms.unresolved() == 0
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.pulls.is_stopped()
    }

    /// The events that were resolved since the last time: accepted ones, and those that were given up.
    pub(super) fn take_resolved(&mut self) -> Vec<Resolved> {
        std::mem::take(&mut self.resolved)
    }

    /// The events that were released without having been delivered since the last time.
    pub(super) fn take_dropped(&mut self) -> Vec<(EventId, P)> {
        std::mem::take(&mut self.dropped)
    }

    /// What is to be reported of events that the application does not finish.
    pub(super) fn take_hanging(&mut self) -> Option<Hanging> {
        self.hanging.take()
    }

    pub(super) fn counters(&self) -> Counters {
        self.counters
    }

    /// Events that were pulled and not delivered.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Events in flight.
    pub(super) fn in_flight(&self) -> usize {
        self.in_flight.len()
    }

    /// Events in flight that can still be confirmed, and when the next of them no longer can.
    pub(super) fn in_flight_in_time(&mut self, now: Instant) -> (usize, Option<Instant>) {
        self.in_flight.expire(now);
        (self.in_flight.in_time(), self.in_flight.next_late())
    }

    /// Events that are accepted and not resolved.
    pub(super) fn confirming(&self) -> usize {
        self.confirms.unresolved()
    }

    /// How long ago the pull began that brought the oldest event that is not resolved.
    pub(super) fn lag(&self, now: Instant) -> Duration {
        let waiting = self.waiting.values().map(|(held, _)| held.expiry);
        let oldest = waiting.chain(self.in_flight.expiries()).chain(self.confirms.earliest_expiry()).min();
        oldest.map_or(Duration::ZERO, |expiry| (now + self.rules.validity).saturating_duration_since(expiry))
    }

    fn drop_overdue(&mut self, now: Instant) {
        while let Some(first) = self.waiting.first_entry()
            && self.rules.last_call(first.key().0) <= now
        {
            let id = first.key().1;
            self.dropped.push((id, first.remove().1));
            self.counters.released += 1;
            self.counters.overdue += 1;
        }
    }

    fn resolve(&mut self, now: Instant) {
        for resolved in self.confirms.take_resolved() {
            self.counters.count(&resolved.outcome, resolved.accepted, now);
            self.resolved.push(resolved);
        }
    }
}
