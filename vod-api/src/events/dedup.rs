//! Events that come again.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::ledger::Admission;
use crate::vod::EventContent;

/// The future of a [`SeenStore`].
pub type SeenFuture<'a, T> =
    Pin<Box<dyn Future<Output = Result<T, Box<dyn std::error::Error + Send + Sync>>> + Send + 'a>>;

/// Remembers the keys of events that were handled, beyond one process: a table of a database, say.
///
/// A failure is logged and costs a duplicate at most: an event that can't be looked up is handed out, and one
/// that can't be remembered is confirmed all the same.
pub trait SeenStore: Send + Sync + 'static {
    /// Whether the event of this key has been handled.
    fn contains<'a>(&'a self, key: &'a str) -> SeenFuture<'a, bool>;

    /// Remembers that the event of this key has been handled. Called before the event is confirmed.
    fn insert<'a>(&'a self, key: &'a str) -> SeenFuture<'a, ()>;
}

type KeyFunction = dyn Fn(&EventContent) -> Option<String> + Send + Sync;

/// How events are told apart.
#[derive(Clone)]
pub(super) struct Deduplication {
    pub(super) key: Arc<KeyFunction>,
    pub(super) capacity: usize,
    pub(super) store: Option<Arc<dyn SeenStore>>,
}

impl fmt::Debug for Deduplication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deduplication").field("capacity", &self.capacity).finish_non_exhaustive()
    }
}

/// What this process knows of the events of each key. The keys that came first are forgotten first.
#[derive(Debug)]
pub(super) struct Known {
    capacity: usize,
    keys: HashMap<Arc<str>, Knowledge>,
    order: VecDeque<Arc<str>>,
    redelivered: u64,
}

#[derive(Debug, Default)]
struct Knowledge {
    deliveries: u32,
    /// Waits for the application, or is in its hands.
    in_hand: bool,
    accepted: bool,
}

impl Known {
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity, keys: HashMap::new(), order: VecDeque::new(), redelivered: 0 }
    }

    /// Decides on an event that has come, and counts how often it has.
    pub(super) fn admit(&mut self, key: &Arc<str>, is_in_store: bool) -> (Admission, u32) {
        if !self.keys.contains_key(key) {
            if self.order.len() >= self.capacity
                && let Some(oldest) = self.order.pop_front()
            {
                self.keys.remove(&oldest);
            }
            self.order.push_back(Arc::clone(key));
        }
        let known = self.keys.entry(Arc::clone(key)).or_default();
        known.deliveries = known.deliveries.saturating_add(1);
        self.redelivered += u64::from(known.deliveries > 1);
        known.accepted |= is_in_store;
        let admission = if known.accepted {
            Admission::Confirm
        } else if known.in_hand {
            Admission::Release
        } else {
            known.in_hand = true;
            Admission::HandOut
        };
        (admission, known.deliveries)
    }

    /// The application is done with an event.
    pub(super) fn resolve(&mut self, key: &str, accepted: bool) {
        if let Some(known) = self.keys.get_mut(key) {
            known.in_hand = false;
            known.accepted |= accepted;
        }
    }

    pub(super) fn redelivered(&self) -> u64 {
        self.redelivered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Arc<str> {
        text.into()
    }

    #[test]
    fn an_event_is_in_one_pair_of_hands_and_accepted_once() {
        let mut known = Known::new(10);
        let a = key("a");
        assert_eq!(known.admit(&a, false), (Admission::HandOut, 1));
        assert_eq!(known.admit(&a, false), (Admission::Release, 2));
        known.resolve("a", false);
        assert_eq!(known.admit(&a, false), (Admission::HandOut, 3));
        known.resolve("a", true);
        assert_eq!(known.admit(&a, false), (Admission::Confirm, 4));
        assert_eq!(known.redelivered(), 3);
    }

    #[test]
    fn what_the_store_knows_is_not_handed_out() {
        assert_eq!(Known::new(10).admit(&key("a"), true), (Admission::Confirm, 1));
    }

    #[test]
    fn memory_is_bounded() {
        let mut known = Known::new(2);
        for text in ["a", "b", "c"] {
            known.admit(&key(text), false);
            known.resolve(text, true);
        }
        assert_eq!((known.keys.len(), known.order.len()), (2, 2));
        assert_eq!(known.admit(&key("c"), false).0, Admission::Confirm);
        assert_eq!(known.admit(&key("a"), false), (Admission::HandOut, 1));
    }
}
