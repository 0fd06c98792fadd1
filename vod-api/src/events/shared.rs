//! What the stream, the deliveries and the driver share: the ledger behind a lock, and who waits for what.
//!
//! Under the lock runs code of this crate only. Wakers, recorders, loggers, and the destructors of what the
//! application or its transport has made, wait until it is released: any of them may come back here.

mod state;

#[cfg(feature = "blocking")]
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

use tokio::sync::{Notify, watch};
use tokio::time::Instant;

pub(super) use self::state::{ForStore, Pulled};
use self::state::{Payload, State, Waiter};
use super::confirm_error::ConfirmError;
use super::dedup::Known;
use super::ledger::{BatchId, ConfirmOutcome, DeliveredEvent, EventId, Hanging, PullId, Step};
use super::ledger_time::{LedgerTime, Moment};
#[cfg(feature = "metrics")]
use super::metrics;
use super::received_event::{ReceivedEvent, TimeLeft};
use super::report::{EventStats, Report};
use super::rules::Rules;
use crate::clock::WallClock;
use crate::error::Error;
use crate::sync::lock;

/// An event that is in flight from here on: its receiver must accept or release it.
pub(super) type InFlightEvent = (EventId, ReceivedEvent);

/// How far a consumer has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    Running,
    /// The stream has ended; what was delivered can still be confirmed.
    Stopped,
    /// Everything was given up.
    Abandoned,
    /// Nothing is left to do, and the driver has ended.
    Over,
}

/// What the driver has to do.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) now: Moment,
    /// When to ask again, unless something happens before.
    pub(super) wake_at: Option<Instant>,
    pub(super) for_store: ForStore,
    pub(super) is_stopped: bool,
    pub(super) is_done: bool,
}

#[derive(Debug)]
pub(super) struct Shared {
    state: Mutex<State>,
    /// Told when the driver has something to do earlier than it knows.
    changed: Notify,
    /// Told when events that were accepted are confirmed or never will be.
    #[cfg(feature = "blocking")]
    resolved: Notify,
    phase: watch::Sender<Phase>,
    time: Arc<LedgerTime>,
    #[cfg(feature = "metrics")]
    numbers: metrics::Numbers,
}

impl Shared {
    /// What a consumer of an application begins with; the application only names its numbers.
    #[cfg_attr(not(feature = "metrics"), expect(unused_variables, reason = "there are no numbers to name"))]
    pub(super) fn new(rules: Rules, known: Option<Known>, sub_app_id: Option<u64>, wall: WallClock) -> Self {
        Self {
            state: Mutex::new(State::new(rules, known)),
            changed: Notify::new(),
            #[cfg(feature = "blocking")]
            resolved: Notify::new(),
            phase: watch::Sender::new(Phase::Running),
            time: Arc::new(LedgerTime::new(wall)),
            #[cfg(feature = "metrics")]
            numbers: metrics::Numbers::new(sub_app_id),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Changes the state, and notifies the waiters, the log and the driver. Everything that the change removes from
    /// the state must be part of what it returns, so that it is dropped without the lock.
    fn change<T>(&self, change: impl FnOnce(&mut State, Moment) -> T) -> T {
        let moment = self.time.now();
        let (outcome, aftermath) = {
            let mut state = self.lock();
            let outcome = change(&mut state, moment);
            (outcome, state.aftermath(moment))
        };
        #[cfg(feature = "blocking")]
        if !aftermath.resolved.is_empty() {
            self.resolved.notify_waiters();
        }
        for (waiter, result) in aftermath.resolved {
            report(waiter, result);
        }
        if let Some(hanging) = aftermath.hanging {
            report_hanging(hanging);
        }
        drop((aftermath.dropped, aftermath.causes));
        #[cfg(feature = "metrics")]
        self.numbers.tell(aftermath.news);
        if aftermath.is_urgent {
            self.changed.notify_one();
        }
        outcome
    }

    fn look<T>(&self, look: impl FnOnce(&State, Moment) -> T) -> T {
        let moment = self.time.now();
        look(&self.lock(), moment)
    }

    /// What the driver has to do now. `armed` is when it looks by itself, if it does: that time is kept when a
    /// later one would do, because setting a timer costs more than one wake-up without work.
    pub(super) fn plan(&self, armed: Option<Instant>) -> Plan {
        self.change(|state, now| {
            let steps = std::iter::from_fn(|| state.ledger.step(now.ledger)).collect();
            let wake_at = state.wake_at(now);
            state.armed = [armed, wake_at].into_iter().flatten().min();
            state.must_look = false;
            Plan {
                steps,
                now,
                for_store: std::mem::take(&mut state.for_store),
                wake_at: state.armed,
                is_stopped: state.ledger.is_stopped(),
                is_done: state.ledger.is_done(),
            }
        })
    }

    /// Completes when the driver has something to do earlier than its plan said.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }

    pub(super) fn pulled(&self, pull: PullId, events: Vec<Pulled>) {
        let waker = self.change(|state, now| {
            let mut keys = Vec::with_capacity(events.len());
            let arrivals = events
                .into_iter()
                .map(|pulled| {
                    let (arrival, key) = state.admit(pulled, now);
                    keys.push(key);
                    arrival
                })
                .collect();
            let ids = state.ledger.pulled(pull, now.ledger, arrivals);
            let keys = ids.into_iter().zip(keys);
            state.keys.extend(keys.filter_map(|(id, key)| Some((id, key?))));
            state.stream.take()
        });
        wake(waker);
    }

    pub(super) fn pull_failed(&self, pull: PullId, jitter: f64, error: Option<&Error>) {
        let retry_after = error.and_then(Error::retry_after);
        let is_throttled = error.is_some_and(Error::is_throttling);
        self.change(|state, now| {
            state.ledger.pull_failed(pull, now.ledger, retry_after, jitter);
            if is_throttled {
                state.ledger.count_throttled();
            }
        });
    }

    pub(super) fn confirm_answered(&self, batch: BatchId, answer: ConfirmOutcome, jitter: f64) {
        self.change(|state, now| {
            if let ConfirmOutcome::Refused(cause) | ConfirmOutcome::NotSent(cause) = &answer {
                state.causes.push(Arc::clone(cause));
            }
            state.ledger.confirm_answered(batch, now.ledger, answer, jitter);
        });
    }

    /// The keys of events, for the store.
    pub(super) fn keys_of(&self, ids: &[EventId]) -> Vec<Arc<str>> {
        self.look(|state, _| ids.iter().filter_map(|id| state.keys.get(id)).map(Arc::clone).collect())
    }

    pub(super) fn accept(&self, id: EventId, waiter: Option<Waiter>) {
        let given_up = self.change(|state, now| {
            let at_once = waiter.is_some();
            if let Some(waiter) = waiter {
                state.waiters.insert(id, waiter);
            }
            state.accept_key(id, now);
            let is_known = state.ledger.accept(id, now.ledger, at_once);
            if is_known { None } else { state.waiters.remove(&id) }
        });
        // Given up before: dropping the waiter says so.
        drop(given_up);
    }

    pub(super) fn release(&self, id: EventId) {
        self.change(|state, now| {
            state.release_key(id);
            state.ledger.release(id, now.ledger);
        });
    }

    /// The next event for the application, its failure, or the end.
    pub(super) fn poll_next(&self, context: &Context<'_>) -> Poll<Option<Result<InFlightEvent, Error>>> {
        let waker = context.waker().clone();
        let (next, replaced) = self.change(|state, now| {
            if let Some(delivered) = state.deliver(now) {
                return (Poll::Ready(Some(Ok(self.in_flight_event(delivered, now)))), Some(waker));
            }
            if let Some(failure) = state.failure.take() {
                return (Poll::Ready(Some(Err(failure))), Some(waker));
            }
            if state.ledger.is_stopped() {
                return (Poll::Ready(None), Some(waker));
            }
            state.ledger.want();
            (Poll::Pending, state.stream.replace(waker))
        });
        drop(replaced);
        next
    }

    /// Further events that wait for the application.
    pub(super) fn deliver(&self, limit: usize) -> Vec<InFlightEvent> {
        self.change(|state, now| {
            let delivered = std::iter::from_fn(|| state.deliver(now)).take(limit);
            delivered.map(|delivered| self.in_flight_event(delivered, now)).collect()
        })
    }

    /// How many events in flight can still be confirmed, and when the next of them no longer can.
    pub(super) fn in_flight_in_time(&self) -> (usize, Option<Instant>) {
        let moment = self.time.now();
        let (count, next) = self.lock().ledger.in_flight_in_time(moment.ledger);
        (count, next.map(|next| moment.real_time_of(next)))
    }

    fn in_flight_event(&self, delivered: DeliveredEvent<Payload>, now: Moment) -> InFlightEvent {
        let Payload { event, delivery_attempt } = delivered.payload;
        let time = TimeLeft::new(Arc::clone(&self.time), now, delivered.deadline);
        (delivered.id, ReceivedEvent::new(event, time, delivery_attempt))
    }

    /// Ends the stream with an error.
    pub(super) fn fail(&self, error: Error) {
        tracing::error!(%error, "PullEvents failed permanently; the consumer stops");
        let (waker, unheard) = self.change(|state, _| {
            let unheard = if state.ledger.is_stopped() { Some(error) } else { state.failure.replace(error) };
            (state.stop(), unheard)
        });
        drop(unheard);
        self.enter(Phase::Stopped);
        wake(waker);
    }

    pub(super) fn take_failure(&self) -> Option<Error> {
        self.change(|state, _| state.failure.take())
    }

    /// Ends the stream; what was delivered can still be confirmed.
    pub(super) fn stop(&self) {
        let waker = self.change(|state, _| state.stop());
        self.enter(Phase::Stopped);
        wake(waker);
    }

    /// Ends the stream. True the first time.
    pub(super) fn begin_finishing(&self) -> bool {
        self.stop();
        self.change(|state, _| !std::mem::replace(&mut state.is_finishing, true))
    }

    /// Gives everything up.
    pub(super) fn abandon(&self) {
        let waker = self.change(|state, now| {
            state.ledger.abandon(now.ledger);
            state.stop()
        });
        self.enter(Phase::Abandoned);
        wake(waker);
    }

    pub(super) fn enter(&self, phase: Phase) {
        self.phase.send_if_modified(|current| {
            let advances = phase > *current;
            *current = phase.max(*current);
            advances
        });
    }

    /// Completes when a phase, or a later one, is reached.
    pub(super) async fn reached(&self, phase: Phase) {
        // The sender is `self`, so waiting can't fail.
        let _ = self.phase.subscribe().wait_for(|current| *current >= phase).await;
    }

    #[cfg(feature = "blocking")]
    pub(super) fn has_reached(&self, phase: Phase) -> bool {
        *self.phase.borrow() >= phase
    }

    /// Completes when no event waits for its confirmation.
    #[cfg(feature = "blocking")]
    pub(super) async fn resolved(&self) {
        loop {
            let mut told = pin!(self.resolved.notified());
            told.as_mut().enable();
            if self.look(|state, _| state.ledger.confirming() == 0) {
                return;
            }
            told.await;
        }
    }

    pub(super) fn count_panic(&self) {
        self.change(|state, _| state.handler_panics += 1);
    }

    pub(super) fn report(&self) -> Report {
        self.look(|state, _| Report::new(&state.ledger.counters(), state.handler_panics))
    }

    pub(super) fn stats(&self) -> EventStats {
        self.look(|state, now| {
            let ledger = &state.ledger;
            let counters = ledger.counters();
            EventStats {
                totals: Report::new(&counters, state.handler_panics),
                waiting: ledger.waiting(),
                in_flight: ledger.in_flight(),
                confirming: ledger.confirming(),
                lag: ledger.lag(now.ledger),
                redelivered: state.known.as_ref().map_or(0, Known::redelivered),
                confirm_latency_max: counters.slowest_confirmation,
                pull_calls: counters.pull_calls,
                empty_pulls: counters.empty_pulls,
                pull_failures: counters.pull_failures,
                confirm_calls: counters.confirm_calls,
                confirm_failures: counters.confirm_failures,
                throttled: counters.throttled,
            }
        })
    }
}

/// Sends the outcome of an event to its waiter; without one, logs a failure.
fn report(waiter: Option<Waiter>, result: Result<(), ConfirmError>) {
    let result = match waiter {
        Some(waiter) => match waiter.send(result) {
            Ok(()) => return,
            Err(unheard) => unheard,
        },
        None => result,
    };
    if let Err(error) = result {
        tracing::warn!(%error, "event was not confirmed");
    }
}

fn report_hanging(Hanging { count, longest }: Hanging) {
    tracing::warn!(
        handlers = count,
        longest_s = longest.as_secs(),
        "event handlers are stuck or too slow: their handles have expired; the events are redelivered, and other handlers \
         take their places"
    );
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}
