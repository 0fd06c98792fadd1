//! How many events that say the same were confirmed lately.
//!
//! Events have no id of their own. One that is redelivered must be recognized, and one that says the same as an earlier one
//! must not be taken for it: a cast may go `Working`, `Stopped`, `Working`. An event is redelivered only as long as its
//! confirmation has not succeeded. So the number of confirmed equals tells the two apart: it is the same when an event
//! is redelivered, and another one for the next event that says the same.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};
use tokio::time::Instant;

/// How long a number is kept beyond the time that the broker recognizes the ids made of it.
const SLACK: Duration = Duration::from_mins(1);

/// The numbers of all events that were under way within the broker's duplicate window.
#[derive(Debug)]
pub(super) struct EqualEvents {
    keep: Duration,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    by_key: HashMap<Arc<str>, Arc<AsyncMutex<Equals>>>,
    /// When each key was last used, in order. A key may stand here more than once.
    used: VecDeque<(Instant, Arc<str>)>,
}

#[derive(Debug)]
struct Equals {
    confirmed: u64,
    /// The broker has one that is not confirmed.
    is_stored: bool,
    used: Instant,
}

/// The right to work on an event, which no other event of the same key has meanwhile.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    all: &'a EqualEvents,
    key: Arc<str>,
    equals: OwnedMutexGuard<Equals>,
}

#[expect(clippy::disallowed_methods, reason = "numbers are kept for a time, which tests move")]
fn now() -> Instant {
    Instant::now()
}

impl EqualEvents {
    /// For a broker that recognizes ids for so long.
    pub(super) fn new(duplicate_window: Duration) -> Self {
        Self { keep: duplicate_window.saturating_add(SLACK), known: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until no other event of this key is under way, in the order of the calls.
    pub(super) async fn turn(&self, key: &str) -> Turn<'_> {
        let now = now();
        let (key, equals) = {
            let mut known = self.lock();
            known.forget(now, self.keep);
            known.entry(key, now)
        };
        Turn { all: self, key, equals: equals.lock_owned().await }
    }
}

impl Known {
    fn entry(&mut self, key: &str, now: Instant) -> (Arc<str>, Arc<AsyncMutex<Equals>>) {
        if let Some((key, equals)) = self.by_key.get_key_value(key) {
            return (Arc::clone(key), Arc::clone(equals));
        }
        let key: Arc<str> = key.into();
        let equals = Arc::new(AsyncMutex::new(Equals { confirmed: 0, is_stored: false, used: now }));
        self.by_key.insert(Arc::clone(&key), Arc::clone(&equals));
        (key, equals)
    }

    /// Drops the numbers that were not used for so long.
    fn forget(&mut self, now: Instant, keep: Duration) {
        while let Some((used, key)) = self.used.pop_front_if(|(used, _)| *used + keep <= now) {
            let Some(equals) = self.by_key.get(&key) else { continue };
            // One that is held is under way, and stands in the list once more when it is let go.
            let is_over = equals.try_lock().is_ok_and(|equals| equals.used <= used);
            if is_over && Arc::strong_count(equals) == 1 {
                self.by_key.remove(&key);
            }
        }
    }
}

impl Turn<'_> {
    /// How many equal events were confirmed before.
    pub(super) fn confirmed(&self) -> u64 {
        self.equals.confirmed
    }

    /// Whether the broker has acknowledged the event before, and nothing tells that it was confirmed.
    pub(super) fn is_stored(&self) -> bool {
        self.equals.is_stored
    }

    /// The broker has acknowledged the event.
    pub(super) fn store(&mut self) {
        self.equals.is_stored = true;
    }

    /// The event is confirmed: the next equal one is another event.
    pub(super) fn confirm(&mut self) {
        self.equals.confirmed += 1;
        self.equals.is_stored = false;
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let now = now();
        self.equals.used = now;
        self.all.lock().used.push_back((now, Arc::clone(&self.key)));
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::pin::{Pin, pin};
    use std::task::Poll;

    use super::*;

    const WINDOW: Duration = Duration::from_mins(10);
    const NANOSECOND: Duration = Duration::from_nanos(1);

    /// Whether a future, polled once, is not ready.
    async fn waits(mut future: Pin<&mut impl Future>) -> bool {
        poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_pending())).await
    }

    #[tokio::test(start_paused = true)]
    async fn a_confirmed_event_changes_the_number_and_one_that_comes_again_does_not() {
        let equals = EqualEvents::new(WINDOW);
        assert_eq!(equals.turn("a").await.confirmed(), 0);
        let mut turn = equals.turn("a").await;
        assert_eq!(turn.confirmed(), 0, "it has been redelivered");
        turn.confirm();
        drop(turn);
        assert_eq!(equals.turn("a").await.confirmed(), 1);
        assert_eq!(equals.turn("b").await.confirmed(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn an_event_is_stored_until_it_is_confirmed() {
        let equals = EqualEvents::new(WINDOW);
        let mut turn = equals.turn("a").await;
        assert!(!turn.is_stored());
        turn.store();
        drop(turn);
        let mut turn = equals.turn("a").await;
        assert!(turn.is_stored());
        turn.confirm();
        assert!(!turn.is_stored());
    }

    #[tokio::test(start_paused = true)]
    async fn equal_events_wait_for_each_other_in_order_and_others_do_not() {
        let equals = EqualEvents::new(WINDOW);
        let mut first = equals.turn("a").await;
        let mut second = pin!(equals.turn("a"));
        let mut third = pin!(equals.turn("a"));
        assert!(waits(second.as_mut()).await);
        assert!(waits(third.as_mut()).await);
        drop(equals.turn("b").await);
        first.confirm();
        drop(first);
        assert!(waits(third.as_mut()).await);
        let mut second = second.await;
        assert_eq!(second.confirmed(), 1);
        second.confirm();
        drop(second);
        assert_eq!(third.await.confirmed(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_number_is_kept_as_long_as_the_broker_recognizes_its_ids_and_not_for_ever() {
        let equals = EqualEvents::new(WINDOW);
        equals.turn("a").await.confirm();
        tokio::time::advance(WINDOW).await;
        assert_eq!(equals.turn("a").await.confirmed(), 1, "used again, it counts from now");
        tokio::time::advance(WINDOW).await;
        tokio::time::advance(SLACK.checked_sub(NANOSECOND).unwrap()).await;
        drop(equals.turn("b").await);
        assert_eq!(equals.lock().by_key.len(), 2);
        tokio::time::advance(NANOSECOND).await;
        drop(equals.turn("b").await);
        assert_eq!(equals.lock().by_key.len(), 1);
        assert_eq!(equals.turn("a").await.confirmed(), 0);
        tokio::time::advance(2 * WINDOW).await;
        drop(equals.turn("c").await);
        let known = equals.lock();
        assert_eq!((known.by_key.len(), known.used.len()), (1, 1));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_under_way_is_never_forgotten() {
        let equals = EqualEvents::new(WINDOW);
        drop(equals.turn("a").await);
        let mut turn = equals.turn("a").await;
        tokio::time::advance(3 * WINDOW).await;
        drop(equals.turn("b").await);
        turn.confirm();
        drop(turn);
        assert_eq!(equals.turn("a").await.confirmed(), 1);
    }
}
