//! The queue of one application's events: a state machine that does no I/O and is told the time.

mod contents;

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

/// Figures of one application's queue at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct QueueState {
    /// Events that wait to be pulled, the ones that wait again included.
    pub queued: usize,
    /// Events that were handed out and whose handles are still valid.
    pub in_flight: usize,
    /// Pulls that are held open because no event waits.
    pub waiting_pulls: usize,
    /// Events ever published.
    pub published: u64,
    /// Events ever confirmed, and with that deleted.
    pub confirmed: u64,
    /// Times that an event was handed out after the first.
    pub redelivered: u64,
    /// Times that a fault handed an event out once more, whether its handle was valid or it was confirmed.
    pub duplicated: u64,
    /// Events ever dropped because nobody pulled them in time.
    pub expired_unpulled: u64,
    /// Events ever not queued because the event configuration says so.
    pub not_wanted: u64,
    /// Events that were posted to the application's URL and answered, whatever the answer was.
    pub callbacks_answered: u64,
    /// Events that were posted in vain, or could not be.
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
        self.settle(now);
        self.published += 1;
        self.fresh.push_back(Waiting { number: self.published, since: now, event: event.into() });
    }

    /// Hands out up to `limit` events: copies first, then the ones that have waited longest. With `twice`,
    /// later pulls get copies of the same events.
    pub(crate) fn pull(&mut self, limit: usize, twice: bool, now: Duration) -> Vec<Delivery> {
        self.settle(now);
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
        self.settle(now);
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
        self.settle(now);
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
        self.settle(now);
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

    /// Lets everything happen that time brings: handles expire, unpulled events are dropped.
    fn settle(&mut self, now: Duration) {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const VISIBILITY: Duration = Duration::from_secs(30);
    const RETENTION: Duration = Duration::from_secs(1000);

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn queue() -> Queue {
        let periods = Periods { visibility_timeout: VISIBILITY, retention: RETENTION };
        Queue::new(periods, Chance::default(), HandleMaker::new([7; 16], 1))
    }

    fn queue_of(numbers: std::ops::Range<u64>) -> Queue {
        let mut queue = queue();
        for number in numbers {
            queue.publish(json!(number), at(0));
        }
        queue
    }

    fn numbers(deliveries: &[Delivery]) -> Vec<u64> {
        deliveries
            .iter()
            .map(|delivery| match &delivery.event {
                Content::Json(event) => event.as_u64().unwrap(),
                Content::Raw(bytes) => panic!("no event of this test is raw: {bytes:?}"),
            })
            .collect()
    }

    #[test]
    fn hands_out_in_order_and_not_more_than_asked() {
        let mut queue = queue_of(0..20);
        assert_eq!(numbers(&queue.pull(16, false, at(1))), (0..16).collect::<Vec<_>>());
        assert_eq!(numbers(&queue.pull(16, false, at(1))), (16..20).collect::<Vec<_>>());
        assert!(queue.pull(16, false, at(1)).is_empty());
        assert_eq!(queue.state(at(1)).in_flight, 20);
    }

    #[test]
    fn confirming_deletes() {
        let mut queue = queue_of(0..2);
        let pulled = queue.pull(16, false, at(0));
        let handles: Vec<&str> = pulled.iter().map(|delivery| delivery.handle.as_str()).collect();
        assert_eq!(queue.judge(&handles, at(29)), [Verdict::Good, Verdict::Good]);
        queue.confirm(handles[0], at(29));
        let state = queue.state(at(29));
        assert_eq!((state.in_flight, state.confirmed, state.queued), (1, 1, 0));
        assert_eq!(numbers(&queue.pull(16, false, at(30))), [1]);
        assert_eq!(queue.state(at(30)).redelivered, 1);
    }

    #[test]
    fn its_events_are_listed_with_the_handles_that_are_valid() {
        let mut queue = queue_of(0..3);
        let pulled = queue.pull(2, false, at(0));
        queue.confirm(&pulled[0].handle, at(1));
        let listed = queue.events(at(10));
        let shown: Vec<_> = listed.iter().map(|event| (event.handle.clone(), event.valid_for)).collect();
        assert_eq!(shown, [(Some(pulled[1].handle.clone()), Some(at(20))), (None, None)]);
        assert_eq!(Content::from(listed[0].event.clone()), pulled[1].event);
        let later = queue.events(at(30));
        assert!(later.len() == 2 && later.iter().all(|event| event.handle.is_none()), "{later:?}");
    }

    #[test]
    fn an_unconfirmed_event_returns_under_a_new_handle() {
        let mut queue = queue_of(0..1);
        let first = queue.pull(16, false, at(5));
        assert!(queue.pull(16, false, at(34)).is_empty());
        assert_eq!(queue.next_return(), Some(at(35)));
        let second = queue.pull(16, false, at(35));
        assert_eq!(second[0].event, first[0].event);
        assert_ne!(second[0].handle, first[0].handle);
        let verdicts = queue.judge(&[&first[0].handle, &second[0].handle], at(36));
        assert_eq!(verdicts, [Verdict::Late, Verdict::Good]);
    }

    #[test]
    fn knows_what_handles_are_worth() {
        let mut queue = queue_of(0..1);
        let handle = queue.pull(16, false, at(0)).remove(0).handle;
        assert_eq!(
            queue.judge(&[&handle, &handle, "111"], at(1)),
            [Verdict::Good, Verdict::Again, Verdict::Unknown]
        );
        queue.confirm(&handle, at(1));
        queue.confirm(&handle, at(1));
        assert_eq!(queue.state(at(1)).confirmed, 1);
        assert_eq!(queue.judge(&[&handle], at(29)), [Verdict::Again]);
        assert_eq!(queue.judge(&[&handle], at(30)), [Verdict::Late]);
        assert_eq!(queue.next_return(), None);
    }

    #[test]
    fn handles_of_another_queue_are_unknown() {
        let mut queue = queue_of(0..1);
        let periods = Periods { visibility_timeout: VISIBILITY, retention: RETENTION };
        let mut other = Queue::new(periods, Chance::default(), HandleMaker::new([7; 16], 2));
        other.publish(json!(0), at(0));
        let foreign = other.pull(1, false, at(0)).remove(0).handle;
        assert_eq!(queue.judge(&[&foreign], at(0)), [Verdict::Unknown]);
    }

    #[test]
    fn returned_events_queue_up_behind_older_ones() {
        let mut queue = queue_of(0..1);
        queue.pull(16, false, at(0));
        queue.publish(json!(1), at(10));
        queue.publish(json!(2), at(40));
        assert_eq!(numbers(&queue.pull(16, false, at(50))), [1, 0, 2]);
    }

    #[test]
    fn drops_only_what_was_never_pulled() {
        let mut queue = queue_of(0..2);
        queue.pull(1, false, at(0));
        let state = queue.state(at(999));
        assert_eq!((state.queued, state.expired_unpulled), (2, 0));
        let state = queue.state(at(1000));
        assert_eq!((state.queued, state.expired_unpulled), (1, 1));
        assert_eq!(numbers(&queue.pull(16, false, at(100_000))), [0]);
    }

    #[test]
    fn an_event_handed_out_twice_counts_once() {
        let mut queue = queue_of(0..2);
        let first = queue.pull(1, true, at(0)).remove(0);
        let second = queue.pull(16, true, at(1));
        assert_eq!(numbers(&second), [0, 1], "the copy comes first");
        assert_ne!(first.handle, second[0].handle);
        let state = queue.state(at(1));
        assert_eq!((state.queued, state.in_flight, state.duplicated, state.redelivered), (0, 2, 1, 0));

        assert_eq!(queue.judge(&[&first.handle, &second[0].handle], at(2)), [Verdict::Good; 2]);
        queue.confirm(&first.handle, at(2));
        assert_eq!(queue.judge(&[&second[0].handle], at(2)), [Verdict::Good]);
        queue.confirm(&second[0].handle, at(2));
        queue.confirm(&second[1].handle, at(2));
        assert_eq!(numbers(&queue.pull(16, false, at(3))), [1], "confirmed, and yet once more");
        let state = queue.state(at(100));
        assert_eq!((state.queued, state.in_flight, state.confirmed, state.published), (0, 0, 2, 2));
    }

    #[test]
    fn an_event_handed_out_twice_returns_once() {
        let mut queue = queue_of(0..1);
        queue.pull(16, true, at(0));
        queue.pull(16, false, at(10));
        assert_eq!(queue.state(at(39)).in_flight, 1);
        let state = queue.state(at(40));
        assert_eq!((state.queued, state.in_flight), (1, 0));
        queue.pull(16, true, at(40));
        let state = queue.state(at(70));
        assert_eq!((state.queued, state.in_flight), (1, 0));
        assert_eq!(queue.pull(16, false, at(70)).len(), 1, "the copy went with its event");
        assert_eq!(queue.state(at(70)).redelivered, 2);
    }

    #[test]
    fn keeps_no_trace_of_expired_handles() {
        let mut queue = queue();
        for second in 0..1000 {
            queue.publish(json!(second), at(second));
            let handle = queue.pull(1, false, at(second)).remove(0).handle;
            queue.confirm(&handle, at(second));
        }
        assert!(queue.held.len() <= 31, "{}", queue.held.len());
        assert_eq!(queue.expiries.len(), queue.held.len());
    }

    #[test]
    fn chance_shuffles_and_divides_but_loses_nothing() {
        let run = |seed| {
            let periods = Periods { visibility_timeout: VISIBILITY, retention: RETENTION };
            let chance = Chance::new(DeliveryOrder::Shuffled, BatchSize::Partial, seed);
            let mut queue = Queue::new(periods, chance, HandleMaker::new([7; 16], 1));
            (0..100).for_each(|number| queue.publish(json!(number), at(0)));
            let mut batches = Vec::new();
            while queue.state(at(0)).queued > 0 {
                batches.push(numbers(&queue.pull(16, false, at(0))));
            }
            batches
        };
        let batches = run(1);
        assert!(
            batches.iter().all(|batch| (1..=16).contains(&batch.len())) && batches.len() > 7,
            "{batches:?}"
        );
        let mut all = batches.concat();
        assert!(!all.is_sorted());
        all.sort_unstable();
        assert_eq!(all, (0..100).collect::<Vec<_>>());
        assert_eq!(run(1), batches, "a seed repeats its run");
        assert_ne!(run(2), batches);
    }
}
