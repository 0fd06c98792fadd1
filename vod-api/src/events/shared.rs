//! What the stream, the deliveries and the driver share: the ledger behind a lock, and who waits for what.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use tokio::sync::{Notify, oneshot, watch};
use tokio::time::Instant;

use super::confirm_error::ConfirmError;
use super::content::Content;
use super::dedup::Known;
use super::delivery::{Delivery, ReceivedEvent, Ticket};
use super::ledger::{Admission, Answer, Arrival, BatchId, EventId, HandedOut, Ledger, PullId, Settled, Step};
use super::report::{EventStats, Report};
use super::rules::Rules;
#[cfg(feature = "metrics")]
use super::{ledger::Outcome, numbers};
use crate::clock;
use crate::error::Error;

type Waiter = oneshot::Sender<Result<(), ConfirmError>>;

/// How far a consumer has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    Running,
    /// Everything was given up.
    Abandoned,
    /// Nothing is left to do, and nobody does it.
    Over,
}

/// An event that was pulled, with what is known about its key.
#[derive(Debug)]
pub(super) struct Pulled {
    pub(super) event: Content,
    pub(super) key: Option<Arc<str>>,
    pub(super) is_in_store: bool,
}

/// An event that waits for the application.
#[derive(Debug)]
struct Payload {
    event: Content,
    delivery_attempt: Option<u32>,
}

/// What the driver has to do.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    /// When to ask again, unless something happens before.
    pub(super) wake_at: Option<Instant>,
    pub(super) is_stopped: bool,
    pub(super) is_done: bool,
}

#[derive(Debug)]
pub(super) struct Shared {
    state: Mutex<State>,
    /// Told when the driver has something to do earlier than it knows.
    changed: Notify,
    phase: watch::Sender<Phase>,
}

#[derive(Debug)]
struct State {
    ledger: Ledger<Payload>,
    /// When the driver will look by itself.
    armed: Option<Instant>,
    /// The stream, when it waits for an event.
    stream: Option<Waker>,
    waiters: HashMap<EventId, Waiter>,
    known: Option<Known>,
    /// The keys of events that are not settled.
    keys: HashMap<EventId, Arc<str>>,
    /// What ended the stream, until the stream has told it.
    failure: Option<Error>,
    is_finishing: bool,
    /// The driver is to look although time does not press: to give pulls up.
    must_look: bool,
    handler_panics: u64,
    #[cfg(feature = "metrics")]
    numbers: numbers::Numbers,
}

impl Shared {
    /// What a consumer of an application begins with; the application only names its numbers.
    #[cfg_attr(not(feature = "metrics"), expect(unused_variables, reason = "there are no numbers to name"))]
    pub(super) fn new(rules: Rules, known: Option<Known>, sub_app_id: Option<u64>) -> Self {
        let state = State {
            ledger: Ledger::new(rules),
            armed: None,
            stream: None,
            waiters: HashMap::new(),
            known,
            keys: HashMap::new(),
            failure: None,
            is_finishing: false,
            must_look: false,
            handler_panics: 0,
            #[cfg(feature = "metrics")]
            numbers: numbers::Numbers::new(sub_app_id),
        };
        Self { state: Mutex::new(state), changed: Notify::new(), phase: watch::Sender::new(Phase::Running) }
    }

    /// Changes the state, and tells everybody whom the change concerns.
    fn change<T>(&self, change: impl FnOnce(&mut State, Instant) -> T) -> T {
        let now = clock::now();
        let (outcome, settled, is_urgent) = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let outcome = change(&mut state, now);
            let settled = state.take_settled(now);
            #[cfg(feature = "metrics")]
            state.tell_numbers();
            (outcome, settled, state.is_urgent(now))
        };
        for (waiter, result) in settled {
            report(waiter, result);
        }
        if is_urgent {
            self.changed.notify_one();
        }
        outcome
    }

    fn look<T>(&self, look: impl FnOnce(&State, Instant) -> T) -> T {
        let now = clock::now();
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner), now)
    }

    /// What the driver has to do now. `armed` is when it looks by itself, if it does: that time is kept when a
    /// later one would do, because setting a timer anew costs more than looking once in vain.
    pub(super) fn plan(&self, armed: Option<Instant>) -> Plan {
        self.change(|state, now| {
            let steps = std::iter::from_fn(|| state.ledger.step(now)).collect();
            let wake_at = state.ledger.wake_at(now);
            state.armed = [armed, wake_at].into_iter().flatten().min();
            state.must_look = false;
            Plan {
                steps,
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
                    let (arrival, key) = state.admit(pulled);
                    keys.push(key);
                    arrival
                })
                .collect();
            let ids = state.ledger.pulled(pull, now, arrivals);
            let keys = ids.into_iter().zip(keys);
            state.keys.extend(keys.filter_map(|(id, key)| Some((id, key?))));
            state.stream.take()
        });
        wake(waker);
    }

    pub(super) fn pull_failed(&self, pull: PullId, jitter: f64, is_throttled: bool) {
        self.change(|state, now| {
            state.ledger.pull_failed(pull, now, jitter);
            if is_throttled {
                state.ledger.count_throttled();
            }
        });
    }

    pub(super) fn confirm_answered(&self, batch: BatchId, answer: Answer, jitter: f64) {
        self.change(|state, now| state.ledger.confirm_answered(batch, now, answer, jitter));
    }

    /// The keys of events, for the store.
    pub(super) fn keys_of(&self, ids: &[EventId]) -> Vec<Arc<str>> {
        self.look(|state, _| ids.iter().filter_map(|id| state.keys.get(id)).map(Arc::clone).collect())
    }

    pub(super) fn accept(&self, id: EventId, waiter: Option<Waiter>) {
        self.change(|state, now| {
            let at_once = waiter.is_some();
            if let Some(waiter) = waiter {
                state.waiters.insert(id, waiter);
            }
            state.resolve_key(id, true);
            if !state.ledger.accept(id, now, at_once) {
                // Given up before: dropping the waiter says so.
                state.waiters.remove(&id);
            }
        });
    }

    pub(super) fn release(&self, id: EventId) {
        self.change(|state, now| {
            state.resolve_key(id, false);
            state.keys.remove(&id);
            state.ledger.release(id, now);
        });
    }

    /// The next event for the application, its failure, or the end.
    pub(super) fn poll_next(
        self: &Arc<Self>,
        context: &Context<'_>,
    ) -> Poll<Option<Result<Delivery, Error>>> {
        self.change(|state, now| {
            if let Some(handed) = state.hand_out(now) {
                return Poll::Ready(Some(Ok(self.delivery(handed))));
            }
            if let Some(failure) = state.failure.take() {
                return Poll::Ready(Some(Err(failure)));
            }
            if state.ledger.is_stopped() {
                return Poll::Ready(None);
            }
            state.ledger.want();
            state.stream = Some(context.waker().clone());
            Poll::Pending
        })
    }

    /// Further events that wait for the application.
    pub(super) fn hand_out(self: &Arc<Self>, limit: usize) -> Vec<Delivery> {
        self.change(|state, now| {
            let handed = std::iter::from_fn(|| state.hand_out(now)).take(limit);
            handed.map(|handed| self.delivery(handed)).collect()
        })
    }

    fn delivery(self: &Arc<Self>, handed: HandedOut<Payload>) -> Delivery {
        let Payload { event, delivery_attempt } = handed.payload;
        let received = ReceivedEvent::new(event, handed.deadline, delivery_attempt);
        Delivery::new(received, Ticket::new(Arc::clone(self), handed.id))
    }

    /// Ends the stream with an error.
    pub(super) fn fail(&self, error: Error) {
        let waker = self.change(|state, _| {
            if !state.ledger.is_stopped() {
                state.failure = Some(error);
            }
            state.stop()
        });
        wake(waker);
    }

    pub(super) fn take_failure(&self) -> Option<Error> {
        self.change(|state, _| state.failure.take())
    }

    /// Ends the stream; what was handed out can still be confirmed.
    pub(super) fn stop(&self) {
        let waker = self.change(|state, _| state.stop());
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
            state.ledger.abandon(now);
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

    pub(super) fn count_panic(&self) {
        self.change(|state, _| state.handler_panics += 1);
    }

    pub(super) fn report(&self) -> Report {
        self.look(|state, _| Report::new(&state.ledger.tally(), state.handler_panics))
    }

    pub(super) fn stats(&self) -> EventStats {
        self.look(|state, now| {
            let ledger = &state.ledger;
            let tally = ledger.tally();
            EventStats {
                totals: Report::new(&tally, state.handler_panics),
                waiting: ledger.waiting(),
                in_flight: ledger.handed(),
                confirming: ledger.confirming(),
                lag: ledger.lag(now),
                redelivered: state.known.as_ref().map_or(0, Known::redelivered),
                confirm_latency_max: tally.slowest_confirmation,
                pull_calls: tally.pull_calls,
                empty_pulls: tally.empty_pulls,
                pull_failures: tally.pull_failures,
                confirm_calls: tally.confirm_calls,
                confirm_failures: tally.confirm_failures,
                throttled: tally.throttled,
            }
        })
    }
}

impl State {
    fn admit(&mut self, pulled: Pulled) -> (Arrival<Payload>, Option<Arc<str>>) {
        let Pulled { event, key, is_in_store } = pulled;
        let (admission, delivery_attempt) = match (&mut self.known, &key) {
            (Some(known), Some(key)) => {
                let (admission, deliveries) = known.admit(key, is_in_store);
                (admission, Some(deliveries))
            }
            _ => (Admission::HandOut, None),
        };
        let handle = event.get().event_handle.clone();
        let key = key.filter(|_| admission != Admission::Release);
        (Arrival { handle, payload: Payload { event, delivery_attempt }, admission }, key)
    }

    fn hand_out(&mut self, now: Instant) -> Option<HandedOut<Payload>> {
        let handed = self.ledger.hand_out(now)?;
        #[cfg(feature = "metrics")]
        self.numbers.handed_out(handed.lag);
        Some(handed)
    }

    #[cfg(feature = "metrics")]
    fn tell_numbers(&mut self) {
        self.numbers.follow(numbers::Figures {
            tally: self.ledger.tally(),
            redelivered: self.known.as_ref().map_or(0, Known::redelivered),
            handler_panics: self.handler_panics,
            waiting: self.ledger.waiting(),
            in_flight: self.ledger.handed(),
            confirming: self.ledger.confirming(),
        });
    }

    fn resolve_key(&mut self, id: EventId, accepted: bool) {
        if let (Some(known), Some(key)) = (&mut self.known, self.keys.get(&id)) {
            known.resolve(key, accepted);
        }
    }

    fn stop(&mut self) -> Option<Waker> {
        self.must_look |= !self.ledger.is_stopped();
        self.ledger.stop();
        self.stream.take()
    }

    /// Whether the driver must look before the time that it knows.
    fn is_urgent(&self, now: Instant) -> bool {
        if self.must_look || self.ledger.is_done() {
            return true;
        }
        match (self.ledger.wake_at(now), self.armed) {
            (Some(wake), Some(armed)) => wake < armed,
            (wake, None) => wake.is_some(),
            (None, Some(_)) => false,
        }
    }

    #[cfg_attr(not(feature = "metrics"), expect(unused_variables, reason = "only numbers want to know"))]
    fn take_settled(&mut self, now: Instant) -> Vec<(Option<Waiter>, Result<(), ConfirmError>)> {
        // Events that left unseen free their keys, too.
        for id in self.ledger.take_dropped() {
            self.resolve_key(id, false);
            self.keys.remove(&id);
        }
        let settled = self.ledger.take_settled();
        #[cfg(feature = "metrics")]
        for event in settled.iter().filter(|event| matches!(event.outcome, Outcome::Confirmed)) {
            self.numbers.confirmed(now.saturating_duration_since(event.accepted));
        }
        settled
            .into_iter()
            .map(|Settled { id, outcome, .. }| {
                self.keys.remove(&id);
                (self.waiters.remove(&id), ConfirmError::of(outcome))
            })
            .collect()
    }
}

/// Tells what became of an event to whoever waits for it, or else to the log.
fn report(waiter: Option<Waiter>, result: Result<(), ConfirmError>) {
    let result = match waiter {
        Some(waiter) => match waiter.send(result) {
            Ok(()) => return,
            Err(unheard) => unheard,
        },
        None => result,
    };
    if let Err(error) = result {
        tracing::warn!(%error, "an event was not confirmed");
    }
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}
