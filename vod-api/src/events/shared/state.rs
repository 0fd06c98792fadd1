//! The state behind the lock: the ledger, the keys of its events, and who waits for what.

use std::collections::HashMap;
use std::sync::Arc;
use std::task::Waker;

use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::error::Error;
use crate::events::confirm_error::ConfirmError;
use crate::events::content::Content;
use crate::events::dedup::Known;
use crate::events::ledger::{
    Admission, Arrival, Cause, DeliveredEvent, EventId, Hanging, Ledger, Outcome, Resolved,
};
use crate::events::ledger_time::Moment;
#[cfg(feature = "metrics")]
use crate::events::metrics;
use crate::events::rules::Rules;

pub(super) type Waiter = oneshot::Sender<Result<(), ConfirmError>>;

/// An event that was pulled, with what is known about its key.
#[derive(Debug)]
pub(in crate::events) struct Pulled {
    pub(in crate::events) event: Content,
    pub(in crate::events) key: Option<Arc<str>>,
    pub(in crate::events) is_in_store: bool,
}

/// An event that waits for the application.
#[derive(Debug)]
pub(super) struct Payload {
    pub(super) event: Content,
    pub(super) delivery_attempt: Option<u32>,
}

/// Keys of events that the store is to be told about.
#[derive(Debug, Default)]
pub(in crate::events) struct ForStore {
    pub(in crate::events) accepted: Vec<Arc<str>>,
    pub(in crate::events) confirmed: Vec<Arc<str>>,
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) ledger: Ledger<Payload>,
    /// When the driver will look by itself.
    pub(super) armed: Option<Instant>,
    /// The stream, when it waits for an event.
    pub(super) stream: Option<Waker>,
    pub(super) waiters: HashMap<EventId, Waiter>,
    pub(super) known: Option<Known>,
    /// The keys of events that are not resolved.
    pub(super) keys: HashMap<EventId, Arc<str>>,
    pub(super) for_store: ForStore,
    /// What ended the stream, until the stream has told it.
    pub(super) failure: Option<Error>,
    pub(super) is_finishing: bool,
    /// The driver is to look although time does not press: to give pulls up.
    pub(super) must_look: bool,
    pub(super) handler_panics: u64,
    /// Why calls failed, kept so that nothing drops the last reference under the lock.
    pub(super) causes: Vec<Cause>,
    #[cfg(feature = "metrics")]
    pub(super) numbers: metrics::Told,
}

/// What a change leaves to do without the lock.
#[derive(Debug)]
pub(super) struct Aftermath {
    pub(super) resolved: Vec<(Option<Waiter>, Result<(), ConfirmError>)>,
    /// What needs no more than to be dropped.
    pub(super) dropped: Vec<Payload>,
    pub(super) causes: Vec<Cause>,
    pub(super) hanging: Option<Hanging>,
    pub(super) is_urgent: bool,
    #[cfg(feature = "metrics")]
    pub(super) news: metrics::News,
}

impl State {
    /// What a consumer begins with.
    pub(super) fn new(rules: Rules, known: Option<Known>) -> Self {
        Self {
            ledger: Ledger::new(rules),
            armed: None,
            stream: None,
            waiters: HashMap::new(),
            known,
            keys: HashMap::new(),
            for_store: ForStore::default(),
            failure: None,
            is_finishing: false,
            must_look: false,
            handler_panics: 0,
            causes: Vec::new(),
            #[cfg(feature = "metrics")]
            numbers: metrics::Told::default(),
        }
    }

    pub(super) fn admit(&mut self, pulled: Pulled, now: Moment) -> (Arrival<Payload>, Option<Arc<str>>) {
        let Pulled { event, key, is_in_store } = pulled;
        let (admission, delivery_attempt) = match (&mut self.known, &key) {
            (Some(known), Some(key)) => {
                let (admission, deliveries) = known.admit(key, is_in_store, now.ledger);
                (admission, Some(deliveries))
            }
            _ => (Admission::Deliver, None),
        };
        let handle = event.get().event_handle.clone();
        let key = key.filter(|_| admission != Admission::Release);
        (Arrival { handle, payload: Payload { event, delivery_attempt }, admission }, key)
    }

    pub(super) fn deliver(&mut self, now: Moment) -> Option<DeliveredEvent<Payload>> {
        let delivered = self.ledger.deliver(now.ledger)?;
        #[cfg(feature = "metrics")]
        self.numbers.delivered(delivered.lag);
        Some(delivered)
    }

    /// When the driver should look, unless something happens before.
    pub(super) fn wake_at(&self, now: Moment) -> Option<Instant> {
        self.ledger.wake_at(now.ledger).map(|moment| now.real_time_of(moment))
    }

    pub(super) fn aftermath(&mut self, now: Moment) -> Aftermath {
        let mut dropped = Vec::new();
        // Events that left unseen free their keys, too.
        for (id, payload) in self.ledger.take_dropped() {
            self.release_key(id);
            dropped.push(payload);
        }
        let resolved = self.take_resolved(now);
        Aftermath {
            resolved,
            dropped,
            causes: self.causes.extract_if(.., |cause| Arc::strong_count(cause) == 1).collect(),
            hanging: self.ledger.take_hanging(),
            is_urgent: self.is_urgent(now),
            #[cfg(feature = "metrics")]
            news: self.news(),
        }
    }

    #[cfg(feature = "metrics")]
    fn news(&mut self) -> metrics::News {
        self.numbers.follow(metrics::Figures {
            counters: self.ledger.counters(),
            redelivered: self.known.as_ref().map_or(0, Known::redelivered),
            handler_panics: self.handler_panics,
            waiting: self.ledger.waiting(),
            in_flight: self.ledger.in_flight(),
            confirming: self.ledger.confirming(),
        })
    }

    pub(super) fn accept_key(&mut self, id: EventId, now: Moment) {
        if let (Some(known), Some(key)) = (&mut self.known, self.keys.get(&id)) {
            known.accept(key, now.ledger);
        }
    }

    pub(super) fn release_key(&mut self, id: EventId) {
        if let (Some(known), Some(key)) = (&mut self.known, self.keys.remove(&id)) {
            known.release(&key);
        }
    }

    /// An event is resolved. What the store is to be told is kept for the driver.
    fn resolve_key(&mut self, id: EventId, outcome: &Outcome, now: Moment) {
        let (Some(known), Some(key)) = (&mut self.known, self.keys.remove(&id)) else { return };
        let is_confirmed = matches!(outcome, Outcome::Confirmed);
        known.resolve(&key, is_confirmed, now.ledger);
        match outcome {
            Outcome::Confirmed => self.for_store.confirmed.push(key),
            // Accepted too late to be sent, which would have told the store.
            Outcome::Expired => self.for_store.accepted.push(key),
            _ => return,
        }
        self.must_look = true;
    }

    pub(super) fn stop(&mut self) -> Option<Waker> {
        self.must_look |= !self.ledger.is_stopped();
        self.ledger.stop();
        self.stream.take()
    }

    /// Whether the driver must look before the time that it knows.
    fn is_urgent(&self, now: Moment) -> bool {
        if self.must_look || self.ledger.is_done() {
            return true;
        }
        match (self.wake_at(now), self.armed) {
            (Some(wake), Some(armed)) => wake < armed,
            (wake, None) => wake.is_some(),
            (None, Some(_)) => false,
        }
    }

    fn take_resolved(&mut self, now: Moment) -> Vec<(Option<Waiter>, Result<(), ConfirmError>)> {
        let resolved = self.ledger.take_resolved();
        #[cfg(feature = "metrics")]
        for event in resolved.iter().filter(|event| matches!(event.outcome, Outcome::Confirmed)) {
            self.numbers.confirmed(now.ledger.saturating_duration_since(event.accepted));
        }
        resolved
            .into_iter()
            .map(|Resolved { id, outcome, .. }| {
                self.resolve_key(id, &outcome, now);
                (self.waiters.remove(&id), ConfirmError::of(outcome))
            })
            .collect()
    }
}
