//! Deduplication: recognizes events that are redelivered.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::ledger::Admission;
use crate::vod::EventContent;

/// The future of a [`SeenStore`].
pub type SeenFuture<'a, T> =
    Pin<Box<dyn Future<Output = Result<T, Box<dyn std::error::Error + Send + Sync>>> + Send + 'a>>;

/// A store of keys that several processes can share, such as a database table: the keys of events that were accepted
/// and are not known to be confirmed.
///
/// An event whose key is in the store is confirmed without being delivered. A key that stays there after its event
/// was confirmed would suppress a later event with the same content: let the store expire keys after some minutes, in
/// case a process ends before it calls [`confirmed`](Self::confirmed).
///
/// A failure or a panic is logged and causes at most a duplicate: an event whose key can't be looked up is delivered,
/// and an event whose key can't be stored is confirmed anyway.
pub trait SeenStore: Send + Sync + 'static {
    /// Whether an event with this key was accepted and is not known to be confirmed.
    fn contains<'a>(&'a self, key: &'a str) -> SeenFuture<'a, bool>;

    /// The event with this key was accepted. Called before each attempt to confirm it.
    fn accepted<'a>(&'a self, key: &'a str) -> SeenFuture<'a, ()>;

    /// The event with this key is confirmed, so a later event with the same key is a new one: the store must delete
    /// the key.
    fn confirmed<'a>(&'a self, key: &'a str) -> SeenFuture<'a, ()>;
}

type KeyFunction = dyn Fn(&EventContent) -> Option<String> + Send + Sync;

/// What events are told apart by.
#[derive(Clone)]
pub(super) enum KeyOf {
    /// All that they say, without the handle.
    Content,
    /// What a function of the application's says.
    Function(Arc<KeyFunction>),
}

/// How events are told apart.
#[derive(Clone)]
pub(super) struct Deduplication {
    pub(super) key: KeyOf,
    pub(super) capacity: usize,
    pub(super) store: Option<Arc<dyn SeenStore>>,
}

impl fmt::Debug for Deduplication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deduplication").field("capacity", &self.capacity).finish_non_exhaustive()
    }
}

/// How long an event in flight keeps an equal one from being delivered beside it.
const IN_FLIGHT: Duration = Duration::from_mins(1);
/// An equal event that comes sooner after the first one's arrival is another event: the service gives none out again
/// before 30 s.
const REDELIVERY: Duration = Duration::from_secs(25);
/// How long an accepted event whose confirmation did not succeed, as far as is known, is expected to be redelivered.
const EXPECTED: Duration = Duration::from_mins(10);

/// What this process knows of the events of each key. The keys that came first are forgotten first.
#[derive(Debug)]
pub(super) struct Known {
    capacity: usize,
    keys: HashMap<Arc<str>, Knowledge>,
    /// By when they came to be known.
    order: BTreeMap<u64, Arc<str>>,
    last: u64,
    redelivered: u64,
}

#[derive(Debug)]
struct Knowledge {
    number: u64,
    deliveries: u32,
    arrived: Instant,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The application did not accept it.
    Refused,
    /// Waits for the application, or is in flight.
    InFlight,
    /// The application has accepted it, and what becomes of its confirmation is open.
    Confirming,
    /// The application has accepted it, and nothing tells that it is confirmed.
    Unconfirmed { since: Instant },
}

impl Known {
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity, keys: HashMap::new(), order: BTreeMap::new(), last: 0, redelivered: 0 }
    }

    /// Decides on an event that has come, and counts how often it has.
    pub(super) fn admit(&mut self, key: &Arc<str>, is_in_store: bool, now: Instant) -> (Admission, u32) {
        if let Some(Knowledge { state: State::Unconfirmed { since }, .. }) = self.keys.get(key)
            && *since + EXPECTED <= now
        {
            self.forget(key);
        }
        let known = self.entry(key, now);
        known.deliveries = known.deliveries.saturating_add(1);
        let (deliveries, is_soon) = (known.deliveries, now < known.arrived + REDELIVERY);
        let admission = match known.state {
            State::InFlight if now < known.arrived + IN_FLIGHT => Admission::Release,
            State::Confirming => Admission::Release,
            State::Unconfirmed { .. } if is_soon => Admission::Release,
            State::Unconfirmed { .. } => Admission::Confirm,
            State::Refused | State::InFlight if is_in_store => Admission::Confirm,
            State::Refused | State::InFlight => Admission::Deliver,
        };
        match admission {
            Admission::Release => {}
            Admission::Confirm => (known.state, known.arrived) = (State::Confirming, now),
            Admission::Deliver => (known.state, known.arrived) = (State::InFlight, now),
        }
        self.redelivered += u64::from(deliveries > 1);
        (admission, deliveries)
    }

    fn entry(&mut self, key: &Arc<str>, now: Instant) -> &mut Knowledge {
        if !self.keys.contains_key(key) {
            if self.order.len() >= self.capacity
                && let Some((_, oldest)) = self.order.pop_first()
            {
                self.keys.remove(&oldest);
            }
            self.last += 1;
            self.order.insert(self.last, Arc::clone(key));
        }
        let number = self.last;
        let new = || Knowledge { number, deliveries: 0, arrived: now, state: State::Refused };
        self.keys.entry(Arc::clone(key)).or_insert_with(new)
    }

    /// The application has accepted an event.
    pub(super) fn accept(&mut self, key: &Arc<str>, now: Instant) {
        self.entry(key, now).state = State::Confirming;
    }

    /// The application, or the ledger, has released an event.
    pub(super) fn release(&mut self, key: &str) {
        if let Some(known) = self.keys.get_mut(key)
            && known.state == State::InFlight
        {
            known.state = State::Refused;
        }
    }

    /// What became of an accepted event is known, or never will be. After a success, an equal event is a new one.
    pub(super) fn resolve(&mut self, key: &str, is_confirmed: bool, now: Instant) {
        if is_confirmed {
            self.forget(key);
        } else if let Some(known) = self.keys.get_mut(key)
            && known.state == State::Confirming
        {
            known.state = State::Unconfirmed { since: now };
        }
    }

    fn forget(&mut self, key: &str) {
        if let Some(known) = self.keys.remove(key) {
            self.order.remove(&known.number);
        }
    }

    pub(super) fn redelivered(&self) -> u64 {
        self.redelivered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    const SECOND: Duration = Duration::from_secs(1);

    fn key(text: &str) -> Arc<str> {
        text.into()
    }

    #[test]
    fn an_event_is_in_one_pair_of_hands_for_a_minute() {
        let (mut known, a, start) = (Known::new(10), key("a"), clock::now());
        assert_eq!(known.admit(&a, false, start), (Admission::Deliver, 1));
        assert_eq!(known.admit(&a, false, start + 59 * SECOND), (Admission::Release, 2));
        assert_eq!(known.admit(&a, false, start + 60 * SECOND), (Admission::Deliver, 3), "it hangs");
        known.release("a");
        assert_eq!(known.admit(&a, false, start + 61 * SECOND), (Admission::Deliver, 4));
        assert_eq!(known.redelivered(), 3);
    }

    #[test]
    fn after_a_success_an_equal_event_is_a_new_one() {
        let (mut known, a, now) = (Known::new(10), key("a"), clock::now());
        for _ in 0..5 {
            assert_eq!(known.admit(&a, false, now), (Admission::Deliver, 1));
            known.accept(&a, now);
            assert_eq!(
                known.admit(&a, false, now).0,
                Admission::Release,
                "it is redelivered when more is known"
            );
            known.resolve("a", true, now);
        }
        assert!(known.keys.is_empty() && known.order.is_empty());
    }

    #[test]
    fn without_a_success_one_equal_event_is_the_same_and_not_for_ever() {
        let (mut known, a, start) = (Known::new(10), key("a"), clock::now());
        known.admit(&a, false, start);
        known.accept(&a, start);
        known.resolve("a", false, start + SECOND);
        assert_eq!(
            known.admit(&a, false, start + 2 * SECOND).0,
            Admission::Release,
            "too soon to be the same"
        );
        assert_eq!(known.admit(&a, false, start + 30 * SECOND).0, Admission::Confirm);
        known.resolve("a", true, start + 31 * SECOND);
        assert_eq!(known.admit(&a, false, start + 32 * SECOND), (Admission::Deliver, 1));
        known.accept(&a, start + 32 * SECOND);
        known.resolve("a", false, start + 60 * SECOND);
        assert_eq!(known.admit(&a, false, start + 660 * SECOND), (Admission::Deliver, 1));
    }

    #[test]
    fn what_may_be_the_same_event_is_told_by_time() {
        let short = |time: Duration| time.checked_sub(Duration::from_nanos(1)).unwrap();
        for (after, admission) in [
            (short(REDELIVERY), Admission::Release),
            (REDELIVERY, Admission::Confirm),
            (SECOND + short(EXPECTED), Admission::Confirm),
            (SECOND + EXPECTED, Admission::Deliver),
        ] {
            let (mut known, a, start) = (Known::new(10), key("a"), clock::now());
            known.admit(&a, false, start);
            known.accept(&a, start);
            known.resolve("a", false, start + SECOND);
            assert_eq!(known.admit(&a, false, start + after).0, admission, "{after:?}");
        }
        let (mut known, a, start) = (Known::new(10), key("a"), clock::now());
        known.admit(&a, false, start);
        assert_eq!(known.admit(&a, false, start + short(IN_FLIGHT)).0, Admission::Release);
        assert_eq!(known.admit(&a, false, start + IN_FLIGHT).0, Admission::Deliver);
        // The minute begins anew, and a release that comes late is of no account to what was accepted since.
        assert_eq!(known.admit(&a, false, start + IN_FLIGHT + short(IN_FLIGHT)).0, Admission::Release);
        known.accept(&a, start + IN_FLIGHT);
        known.release("a");
        assert_eq!(
            known.admit(&a, false, start + 5 * IN_FLIGHT).0,
            Admission::Release,
            "its confirmation is open"
        );
    }

    #[test]
    fn an_event_that_comes_while_its_confirmation_is_repeated_waits() {
        let (mut known, a, start) = (Known::new(10), key("a"), clock::now());
        known.admit(&a, false, start);
        known.accept(&a, start);
        known.resolve("a", false, start);
        assert_eq!(known.admit(&a, false, start + 30 * SECOND).0, Admission::Confirm);
        assert_eq!(known.admit(&a, false, start + 31 * SECOND).0, Admission::Release);
        known.resolve("a", false, start + 32 * SECOND);
        assert_eq!(known.admit(&a, false, start + 54 * SECOND).0, Admission::Release, "24 s after it came");
        assert_eq!(known.admit(&a, false, start + 55 * SECOND).0, Admission::Confirm);
        assert_eq!(known.redelivered(), 4);
    }

    #[test]
    fn what_is_resolved_without_having_been_accepted_stays_as_it_is() {
        let (mut known, a, now) = (Known::new(10), key("a"), clock::now());
        known.admit(&a, false, now);
        known.resolve("a", false, now);
        known.resolve("b", false, now);
        assert_eq!(known.admit(&a, false, now).0, Admission::Release, "it is in flight");
        known.release("a");
        assert_eq!(known.admit(&a, true, now).0, Admission::Confirm, "the store knows it");
    }

    #[test]
    fn what_the_store_knows_is_not_delivered() {
        let now = clock::now();
        assert_eq!(Known::new(10).admit(&key("a"), true, now), (Admission::Confirm, 1));
    }

    #[test]
    fn memory_is_bounded() {
        let (mut known, now) = (Known::new(2), clock::now());
        for text in ["a", "b", "c"] {
            known.admit(&key(text), false, now);
            known.accept(&key(text), now);
            known.resolve(text, false, now);
        }
        assert_eq!((known.keys.len(), known.order.len()), (2, 2));
        assert_eq!(known.admit(&key("c"), false, now + 30 * SECOND).0, Admission::Confirm);
        assert_eq!(known.admit(&key("a"), false, now + 30 * SECOND), (Admission::Deliver, 1));
    }
}
