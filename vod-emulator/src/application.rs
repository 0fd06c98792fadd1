//! The applications of the emulated account. Each has a queue of events and an event configuration.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::{Notify, watch};

use crate::clock::Clock;
use crate::codes;
use crate::content::Content;
use crate::envelope::{ApiError, Members};
use crate::handle::HandleMaker;
use crate::lock::lock;
use crate::queue::{Delivery, Periods, Queue, QueueState, Verdict};

/// The parameter that names the application of a call.
const SUB_APP_ID: &str = "SubAppId";

/// The number under which the default application is kept; a call that names none means it too.
pub(crate) const DEFAULT: u64 = 0;

/// All applications, made when they are first spoken of.
#[derive(Debug)]
pub(crate) struct Applications {
    periods: Periods,
    handle_key: [u8; 16],
    /// The ones that exist besides the default; empty: any.
    known: BTreeSet<u64>,
    made: Mutex<BTreeMap<u64, Arc<Application>>>,
}

impl Applications {
    pub(crate) fn new(periods: Periods, handle_key: [u8; 16], known: BTreeSet<u64>) -> Self {
        Self { periods, handle_key, known, made: Mutex::default() }
    }

    /// The application that the parameters of a call name.
    pub(crate) fn of_call(&self, parameters: &Members) -> Result<Arc<Application>, ApiError> {
        let sub_app_id = match parameters.get(SUB_APP_ID) {
            // The type differs between actions: a number mostly, a text in some.
            Some(Value::String(text)) => text.parse().ok(),
            Some(Value::Null) | None => Some(DEFAULT),
            Some(value) => value.as_u64(),
        };
        sub_app_id.and_then(|sub_app_id| self.get(sub_app_id)).ok_or_else(|| {
            let message = format!("`{SUB_APP_ID}` names no application of this account.");
            ApiError::new(codes::INVALID_SUB_APP_ID, message)
        })
    }

    /// The application of this number, if it exists.
    pub(crate) fn get(&self, sub_app_id: u64) -> Option<Arc<Application>> {
        let exists = sub_app_id == DEFAULT || self.known.is_empty() || self.known.contains(&sub_app_id);
        exists.then(|| {
            let mut made = lock(&self.made);
            Arc::clone(made.entry(sub_app_id).or_insert_with(|| {
                let handles = HandleMaker::new(self.handle_key, sub_app_id);
                Arc::new(Application::new(Queue::new(self.periods, handles)))
            }))
        })
    }
}

/// One application.
#[derive(Debug)]
pub(crate) struct Application {
    queue: Mutex<Queue>,
    /// Told of every event that is published.
    arrived: Notify,
    waiting_pulls: AtomicUsize,
    /// The event configuration, by parameter name.
    pub(crate) config: Mutex<Members>,
}

impl Application {
    fn new(queue: Queue) -> Self {
        Self {
            queue: Mutex::new(queue),
            arrived: Notify::new(),
            waiting_pulls: AtomicUsize::new(0),
            config: Mutex::default(),
        }
    }

    /// Queues events, all at one moment.
    pub(crate) fn publish(&self, events: Vec<Content>, clock: &Clock) {
        {
            let mut queue = lock(&self.queue);
            // Read under the lock: the queue's time must not go back.
            let now = clock.now();
            for event in events {
                queue.publish(event, now);
            }
        }
        self.arrived.notify_waiters();
    }

    pub(crate) fn state(&self, clock: &Clock) -> QueueState {
        QueueState { waiting_pulls: self.waiting_pulls.load(Ordering::SeqCst), ..self.queue_state(clock) }
    }

    fn queue_state(&self, clock: &Clock) -> QueueState {
        let mut queue = lock(&self.queue);
        queue.state(clock.now())
    }

    /// Hands out up to `limit` events, waiting up to `wait` for the first; by fault also `twice`, once more to
    /// later pulls. Ends early when `closing` turns
    /// true. Events are taken only in the step that completes the future, so that dropping it, as when
    /// the client goes away, hands out nothing.
    pub(crate) async fn pull(
        &self,
        limit: usize,
        twice: bool,
        wait: Duration,
        clock: &Clock,
        mut closing: watch::Receiver<bool>,
    ) -> Vec<Delivery> {
        let deadline = clock.now().saturating_add(wait);
        let mut waiting = None;
        loop {
            let arrived = self.arrived.notified();
            tokio::pin!(arrived);
            // Registered before looking, so that no event slips in between.
            arrived.as_mut().enable();
            let (deliveries, next_return, now) = {
                let mut queue = lock(&self.queue);
                let now = clock.now();
                (queue.pull(limit, twice, now), queue.next_return(), now)
            };
            if twice && !deliveries.is_empty() {
                // The copies are there for pulls that wait already.
                self.arrived.notify_waiters();
            }
            if !deliveries.is_empty() || now >= deadline || *closing.borrow() {
                return deliveries;
            }
            waiting.get_or_insert_with(|| Waiting::begin(&self.waiting_pulls));
            let moment = next_return.map_or(deadline, |moment| moment.min(deadline));
            tokio::select! {
                () = clock.sleep_until(moment) => {}
                () = arrived => {}
                _ = closing.changed() => {}
            }
        }
    }

    /// Judges the handles, lets `decide` choose from the verdicts which to confirm, and confirms these, all
    /// in one step.
    pub(crate) fn confirm<T>(
        &self,
        handles: &[&str],
        clock: &Clock,
        decide: impl FnOnce(&[Verdict]) -> (T, Vec<bool>),
    ) -> T {
        let mut queue = lock(&self.queue);
        let now = clock.now();
        let (outcome, chosen) = decide(&queue.judge(handles, now));
        for (handle, _) in handles.iter().zip(chosen).filter(|(_, chosen)| *chosen) {
            queue.confirm(handle, now);
        }
        outcome
    }
}

/// Counts a pull as waiting for as long as it lives.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn begin(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
