//! The queue of one application's events: a state machine that does no I/O and is told the time.

mod contents;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Duration;

use fastrand::Rng;

pub use contents::QueuedEvent;

use crate::model::content::Content;
use crate::model::handle::HandleMaker;
use crate::options::{BatchSize, DeliveryOrder};

/// How long what lasts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Periods {
    /// From handing an event out until its handle expires and the event waits again.
    pub(crate) visibility_timeout: Duration,
    /// From publishing an event until it is dropped if it was never handed out.
    pub(crate) retention: Duration,
}

/// Which events a pull hands out, where chance decides.
#[derive(Debug, Default)]
pub(crate) struct Chance {
    pub(crate) order: DeliveryOrder,
    pub(crate) batch: BatchSize,
    rng: Option<Rng>,
}

impl Chance {
    pub(crate) fn new(order: DeliveryOrder, batch: BatchSize, seed: u64) -> Self {
        Self { order, batch, rng: Some(Rng::with_seed(seed)) }
    }

    /// A number below `end`, which is not zero.
    fn below(&mut self, end: usize) -> usize {
        self.rng.get_or_insert_with(|| Rng::with_seed(0)).usize(..end)
    }
}

/// Statistics of one application's queue at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct QueueState {
    /// Events that wait to be pulled, those to be redelivered included.
    pub queued: usize,
    /// Events that were delivered and whose handles are still valid.
    pub in_flight: usize,
    /// Pulls that are held open because the queue is empty.
    pub waiting_pulls: usize,
    /// Events ever published.
    pub published: u64,
    /// Events ever confirmed, and with that deleted.
    pub confirmed: u64,
    /// Deliveries of an event after its first one.
    pub redelivered: u64,
    /// Deliveries of an event that a fault duplicated, whether its handle was valid or the event was confirmed.
    pub duplicated: u64,
    /// Events that expired because they were not pulled in time.
    pub expired_unpulled: u64,
    /// Events that were not queued because of the event configuration.
    pub not_wanted: u64,
    /// Events that were posted to the application's URL and got a response, whatever its status.
    pub callbacks_answered: u64,
    /// Events that could not be posted, or got no response.
    pub callbacks_lost: u64,
}

/// An event and the new handle that it is handed out under.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Delivery {
    pub(crate) handle: String,
    pub(crate) event: Content,
    /// Whether a copy of it waits for later pulls.
    pub(crate) copied: bool,
}

/// What a handle is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Its event can be confirmed.
    Good,
    /// Its event has been confirmed, and it would still be valid; or it stands in the list twice.
    Again,
    /// It was handed out and has expired.
    Late,
    /// It was never handed out by this queue.
    Unknown,
}

/// The events of one application. Every method is told the time since the emulator's start, which never
/// goes back.
#[derive(Debug)]
pub(crate) struct Queue {
    periods: Periods,
    chance: Chance,
    handles: HandleMaker,
    /// Never handed out, in the order of publishing.
    fresh: VecDeque<Waiting>,
    /// Handed out before, in the order of expiry.
    returned: VecDeque<Waiting>,
    /// Copies of events that have been handed out, to be handed out once more. Not counted as waiting.
    copies: VecDeque<Waiting>,
    /// The events in flight by number.
    in_flight: HashMap<u64, InFlight>,
    /// What valid handles stand for; confirmed ones keep their place until they would have expired.
    held: HashMap<String, Held>,
    /// The handles in `held` in the order of expiry.
    expiries: VecDeque<(Duration, String)>,
    published: u64,
    confirmed: u64,
    redelivered: u64,
    duplicated: u64,
    expired_unpulled: u64,
}

#[derive(Debug)]
struct Waiting {
    /// Tells events apart: how many were published before and with it.
    number: u64,
    since: Duration,
    event: Content,
}

/// An event that was handed out, and has neither been confirmed nor lost its last valid handle.
#[derive(Debug)]
struct InFlight {
    event: Content,
    /// More than one if copies were handed out.
    handles: usize,
}

#[derive(Debug)]
enum Held {
    /// Stands for the event of this number, which another handle may have confirmed already.
    Event(u64),
    Confirmed,
}

impl Queue {
    pub(crate) fn new(periods: Periods, chance: Chance, handles: HandleMaker) -> Self {
        Self {
            periods,
            chance,
            handles,
            fresh: VecDeque::new(),
            returned: VecDeque::new(),
            copies: VecDeque::new(),
            in_flight: HashMap::new(),
            held: HashMap::new(),
            expiries: VecDeque::new(),
            published: 0,
            confirmed: 0,
            redelivered: 0,
            duplicated: 0,
            expired_unpulled: 0,
        }
    }

    pub(crate) fn publish(&mut self, event: impl Into<Content>, now: Duration) {
        self.apply_due(now);
        self.published += 1;
        self.fresh.push_back(Waiting { number: self.published, since: now, event: event.into() });
    }

    /// Hands out up to `limit` events: copies first, then the ones that have waited longest. With `twice`,
    /// later pulls get copies of the same events.
    pub(crate) fn pull(&mut self, limit: usize, twice: bool, now: Duration) -> Vec<Delivery> {
        self.apply_due(now);
        let mut deliveries = Vec::new();
        let mut copies = Vec::new();
        let limit = match self.chance.batch {
            BatchSize::Partial if limit > 0 => self.chance.below(limit) + 1,
            _ => limit,
        };
        while deliveries.len() < limit {
            let Some((Waiting { number, event, .. }, is_copy)) = self.next_to_hand_out() else { break };
            let handle = self.handles.next();
            self.held.insert(handle.clone(), Held::Event(number));
            self.expiries.push_back((now.saturating_add(self.periods.visibility_timeout), handle.clone()));
            let is_copied = twice && !is_copy;
            if is_copied {
                copies.push(Waiting { number, since: now, event: event.clone() });
            }
            deliveries.push(Delivery { handle, event, copied: is_copied });
        }
        self.copies.extend(copies);
        deliveries
    }

    /// Takes what is handed out next, and counts it as in flight unless it has been confirmed. Tells whether it
    /// is a copy.
    fn next_to_hand_out(&mut self) -> Option<(Waiting, bool)> {
        if let Some(copy) = self.copies.pop_front() {
            self.duplicated += 1;
            if let Some(in_flight) = self.in_flight.get_mut(&copy.number) {
                in_flight.handles += 1;
            }
            return Some((copy, true));
        }
        let waiting = self.next_waiting()?;
        self.in_flight.insert(waiting.number, InFlight { event: waiting.event.clone(), handles: 1 });
        Some((waiting, false))
    }

    /// What each handle of a list is worth. Changes nothing about the events.
    pub(crate) fn judge(&mut self, handles: &[&str], now: Duration) -> Vec<Verdict> {
        self.apply_due(now);
        let mut seen = HashSet::new();
        handles
            .iter()
            .map(|&handle| match self.held.get(handle) {
                Some(Held::Event(_)) if seen.insert(handle) => Verdict::Good,
                Some(_) => Verdict::Again,
                None if self.handles.made(handle) => Verdict::Late,
                None => Verdict::Unknown,
            })
            .collect()
    }

    /// Deletes the event of a good handle. Other handles change nothing.
    pub(crate) fn confirm(&mut self, handle: &str, now: Duration) {
        self.apply_due(now);
        let Some(held) = self.held.get_mut(handle) else { return };
        if let Held::Event(number) = std::mem::replace(held, Held::Confirmed) {
            // The handle of a copy is good too, yet the event counts once.
            self.confirmed += u64::from(self.in_flight.remove(&number).is_some());
        }
    }

    /// The earliest moment at which an event could wait again by itself, if any.
    pub(crate) fn next_return(&self) -> Option<Duration> {
        self.expiries.front().map(|(expiry, _)| *expiry)
    }

    /// The figures, without the pulls that wait.
    pub(crate) fn state(&mut self, now: Duration) -> QueueState {
        self.apply_due(now);
        QueueState {
            queued: self.fresh.len() + self.returned.len(),
            in_flight: self.in_flight.len(),
            waiting_pulls: 0,
            published: self.published,
            confirmed: self.confirmed,
            redelivered: self.redelivered,
            duplicated: self.duplicated,
            expired_unpulled: self.expired_unpulled,
            not_wanted: 0,
            callbacks_answered: 0,
            callbacks_lost: 0,
        }
    }

    /// Takes the event that has waited longest, or any of them.
    fn next_waiting(&mut self) -> Option<Waiting> {
        let waiting = self.fresh.len() + self.returned.len();
        if self.chance.order == DeliveryOrder::Shuffled && waiting > 0 {
            let position = self.chance.below(waiting);
            return match position.checked_sub(self.fresh.len()) {
                None => self.fresh.remove(position),
                Some(position) => {
                    self.redelivered += 1;
                    self.returned.remove(position)
                }
            };
        }
        let returned_first = match (self.fresh.front(), self.returned.front()) {
            (Some(fresh), Some(returned)) => returned.since <= fresh.since,
            (fresh, _) => fresh.is_none(),
        };
        let waiting = if returned_first { &mut self.returned } else { &mut self.fresh };
        let next = waiting.pop_front()?;
        self.redelivered += u64::from(returned_first);
        Some(next)
    }

    /// Applies what has become due by now: handles expire, unpulled events are dropped.
    fn apply_due(&mut self, now: Duration) {
        while let Some((expiry, _)) = self.expiries.front()
            && *expiry <= now
        {
            let Some((expiry, handle)) = self.expiries.pop_front() else {
                break;
            };
            if let Some(Held::Event(number)) = self.held.remove(&handle) {
                self.give_back(number, expiry);
            }
        }
        let retention = self.periods.retention;
        while self.fresh.front().is_some_and(|waiting| waiting.since.saturating_add(retention) <= now) {
            self.fresh.pop_front();
            self.expired_unpulled += 1;
        }
    }

    /// A handle of an event has expired; with the last one the event waits again, in place of its copies.
    fn give_back(&mut self, number: u64, since: Duration) {
        // None: it has been confirmed by another handle.
        let Some(in_flight) = self.in_flight.get_mut(&number) else { return };
        in_flight.handles -= 1;
        if in_flight.handles == 0
            && let Some(InFlight { event, .. }) = self.in_flight.remove(&number)
        {
            self.copies.retain(|copy| copy.number != number);
            self.returned.push_back(Waiting { number, since, event });
        }
    }
}
