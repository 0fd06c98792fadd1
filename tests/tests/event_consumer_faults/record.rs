//! What handlers and the network saw of every event, from which each duplicate is explained.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::time::Duration;

use tokio::time::Instant;
use vod_api::events::ReceivedEvent;
use vod_emulator::{EmulatedService, FaultKind};

use crate::events::{is_odd, number_in};

/// From a delivery's deadline until its handle may expire: the consumer's margin.
const MARGIN: Duration = Duration::from_secs(2);
/// How long a confirmation may wait for its turn below the rate limit.
const TURN: Duration = Duration::from_millis(500);
/// Fewer than the service remembers.
const CALLS_BETWEEN_LOOKS: u64 = 500;

/// How a handler left an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Handling,
    Accepted,
    /// Accepted, when it was too late to confirm it.
    AcceptedLate,
    Failed,
    Panicked,
    /// Cancelled with its consumer.
    Killed,
}

/// Why an event came once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    /// Its handler took longer than its handle was valid, or nearly so.
    SlowHandler,
    /// Its handler never ended.
    HungHandler,
    FailedHandler,
    PanickedHandler,
    /// Its consumer was killed before the event was handled, or before it was confirmed.
    Killed,
    /// An attempt to confirm it may have reached the service, and none is known to have succeeded.
    AmbiguousConfirm,
    /// Attempts to confirm it were refused or did not leave until its time was over.
    FailedConfirm,
    /// A fault made the service hand it out twice.
    DuplicateDelivery,
    /// The machine stood still, its time of day was set or the keys were rotated before it was confirmed.
    Disturbed,
}

/// How an attempt to confirm ended, as the network saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attempt {
    Confirmed,
    /// The service said, or the network knows, that it was not carried out.
    NotCarriedOut,
    Ambiguous,
}

/// One event in a handler's hands.
#[derive(Debug)]
struct Delivery {
    number: u64,
    consumer: usize,
    received: Instant,
    /// The service keeps the event from others until then at least.
    expiry: Instant,
    fate: Fate,
    /// When the handler was done.
    ended: Instant,
    hangs: bool,
    is_confirmed: bool,
    /// Attempts that are under way, or were given up on their way.
    open: u32,
    ambiguous: u32,
    not_carried_out: u32,
}

/// A handle that was sent without having been accepted, or after its time.
#[derive(Debug)]
struct WronglySent {
    text: String,
    /// From when on it was to be sent.
    since: Instant,
    at: Instant,
}

/// All that was seen.
#[derive(Debug, Default)]
pub(crate) struct Record {
    deliveries: Vec<Delivery>,
    by_handle: HashMap<String, usize>,
    /// Consumers so far.
    pub(crate) consumers: usize,
    pub(crate) calls: u64,
    /// What must not happen: handles that were sent without having been accepted, or after their time.
    wrongly_sent: Vec<WronglySent>,
    /// How often an event came that had no handle.
    pub(crate) without_handle: u64,
    /// The events that came with mismatches.
    pub(crate) with_mismatches: BTreeSet<u64>,
    /// When the machine stood still, its time of day was set or the keys were rotated.
    disturbed: Vec<Instant>,
    /// The events of each answer to a pull.
    pulled: HashMap<String, Vec<u64>>,
    /// The answers whose events were handed out once more, by fault.
    duplicated: HashSet<String>,
    /// The number of calls when that was looked up last.
    looked_at: u64,
}

impl Record {
    /// A handler has got an event.
    pub(crate) fn begin(&mut self, event: &ReceivedEvent, now: Instant) -> usize {
        let place = self.deliveries.len();
        let number = number_in(&String::from_utf8_lossy(event.raw())).unwrap();
        assert_eq!(is_odd(number), !event.mismatches().is_empty(), "{:?}", event.mismatches());
        if is_odd(number) {
            self.with_mismatches.insert(number);
        }
        self.deliveries.push(Delivery {
            number,
            consumer: self.consumers,
            received: now,
            expiry: event.deadline() + MARGIN,
            fate: Fate::Handling,
            ended: now,
            hangs: false,
            is_confirmed: false,
            open: 0,
            ambiguous: 0,
            not_carried_out: 0,
        });
        self.by_handle.insert(event.event_handle.clone(), place);
        place
    }

    /// A handler will never be done with an event.
    pub(crate) fn hang(&mut self, place: usize) {
        self.deliveries[place].hangs = true;
    }

    /// The machine has stood still until now, or its time of day is set, or its keys are no longer good.
    pub(crate) fn disturb(&mut self, now: Instant) {
        self.disturbed.push(now);
    }

    /// A handler is done with an event.
    pub(crate) fn end(&mut self, place: usize, fate: Fate, now: Instant) {
        let delivery = &mut self.deliveries[place];
        let is_late = fate == Fate::Accepted && now + MARGIN >= delivery.expiry;
        delivery.ended = now;
        delivery.fate = if is_late { Fate::AcceptedLate } else { fate };
    }

    /// Handles leave for the service.
    pub(crate) fn send(&mut self, handles: &[String], now: Instant) {
        for handle in handles {
            let mut delivery = self.by_handle.get(handle).map(|place| &mut self.deliveries[*place]);
            if let Some(delivery) = &mut delivery {
                delivery.open += 1;
            }
            let is_right = |delivery: &Delivery| delivery.fate == Fate::Accepted && now < delivery.expiry;
            if !delivery.as_deref().is_some_and(is_right) {
                // A panic here would be a failed call to the consumer, and nobody would hear of it.
                let since = delivery.as_ref().map_or(now, |delivery| delivery.ended);
                self.wrongly_sent.push(WronglySent {
                    text: format!("{handle} {delivery:?}"),
                    since,
                    at: now,
                });
            }
        }
    }

    /// An attempt to confirm has ended.
    pub(crate) fn answer(&mut self, handles: &[String], attempt: Attempt, now: Instant) {
        for handle in handles {
            let Some(place) = self.by_handle.get(handle) else { continue };
            let delivery = &mut self.deliveries[*place];
            delivery.open -= 1;
            match attempt {
                // Beyond its time it proves nothing where bad handles are ignored.
                Attempt::Confirmed if now < delivery.expiry => delivery.is_confirmed = true,
                Attempt::Confirmed | Attempt::Ambiguous => delivery.ambiguous += 1,
                Attempt::NotCarriedOut => delivery.not_carried_out += 1,
            }
        }
    }

    /// A pull has been answered.
    pub(crate) fn pulled(&mut self, request_id: String, numbers: Vec<u64>, service: &EmulatedService) {
        self.pulled.insert(request_id, numbers);
        if self.calls >= self.looked_at + CALLS_BETWEEN_LOOKS {
            self.learn_faults(service);
        }
    }

    /// Looks up which answers met the fault that hands events out twice. The service remembers its latest 1000
    /// calls.
    pub(crate) fn learn_faults(&mut self, service: &EmulatedService) {
        self.looked_at = self.calls;
        let calls = service.calls().recent.into_iter();
        let duplicating = calls.filter(|call| call.fault == Some(FaultKind::DuplicateDelivery));
        self.duplicated.extend(duplicating.map(|call| call.request_id));
    }

    /// The service's clock was moved: no handle of before is valid any more.
    pub(crate) fn expire_all(&mut self, now: Instant) {
        for delivery in &mut self.deliveries {
            delivery.expiry = delivery.expiry.min(now);
        }
    }

    /// The machine has slept: handles are good for so much less.
    pub(crate) fn pass(&mut self, time: Duration, now: Instant) {
        for delivery in &mut self.deliveries {
            if delivery.expiry > now {
                delivery.expiry = delivery.expiry.checked_sub(time).unwrap_or(now).max(now);
            }
        }
    }

    /// What must not happen. A machine that has just stood still may send what it was about to send before.
    pub(crate) fn wrongly_sent(&self) -> Vec<&str> {
        let inexcusable = self.wrongly_sent.iter().filter(|sent| !self.was_disturbed(sent.since, sent.at));
        inexcusable.map(|sent| sent.text.as_str()).collect()
    }

    /// The events that handlers have accepted.
    pub(crate) fn accepted(&self) -> BTreeSet<u64> {
        let accepted = |delivery: &&Delivery| matches!(delivery.fate, Fate::Accepted | Fate::AcceptedLate);
        self.deliveries.iter().filter(accepted).map(|delivery| delivery.number).collect()
    }

    /// Deliveries of which the service said in time that they are confirmed.
    pub(crate) fn confirmed(&self) -> u64 {
        self.deliveries.iter().filter(|delivery| delivery.is_confirmed).count() as u64
    }

    /// Deliveries beyond the first of each event.
    pub(crate) fn duplicates(&self) -> usize {
        let events: HashSet<u64> = self.deliveries.iter().map(|delivery| delivery.number).collect();
        self.deliveries.len() - events.len()
    }

    /// Why each duplicate came. Fails if one has no reason.
    pub(crate) fn explain(&self) -> BTreeMap<Cause, u64> {
        let copied: HashSet<u64> = self
            .duplicated
            .iter()
            .filter_map(|request_id| self.pulled.get(request_id))
            .flatten()
            .copied()
            .collect();
        let mut before: HashMap<u64, &Delivery> = HashMap::new();
        let mut causes = BTreeMap::new();
        for delivery in &self.deliveries {
            assert_ne!(delivery.fate, Fate::Handling, "a handler outlived its consumer");
            if let Some(first) = before.insert(delivery.number, delivery) {
                let cause = self.cause(first, delivery, &copied);
                assert!(cause.is_some(), "no reason why {delivery:?} came after {first:?}");
                *causes.entry(cause.unwrap()).or_default() += 1;
            }
        }
        causes
    }

    fn cause(&self, first: &Delivery, again: &Delivery, copied: &HashSet<u64>) -> Option<Cause> {
        // As long as its handle is valid, and when it is confirmed, the service gives an event to nobody else.
        if again.received < first.expiry || first.is_confirmed {
            return copied.contains(&first.number).then_some(Cause::DuplicateDelivery);
        }
        match first.fate {
            Fate::AcceptedLate => Some(Cause::SlowHandler),
            Fate::Failed => Some(Cause::FailedHandler),
            Fate::Panicked => Some(Cause::PanickedHandler),
            Fate::Killed if first.hangs => Some(Cause::HungHandler),
            Fate::Killed => Some(Cause::Killed),
            Fate::Accepted if first.open + first.ambiguous > 0 => Some(Cause::AmbiguousConfirm),
            Fate::Accepted if first.consumer < self.consumers => Some(Cause::Killed),
            Fate::Accepted if first.not_carried_out > 0 => Some(Cause::FailedConfirm),
            // Its turn below the rate limit came after its deadline.
            Fate::Accepted if first.ended + MARGIN + TURN >= first.expiry => Some(Cause::SlowHandler),
            Fate::Accepted if self.was_disturbed(first.received, again.received) => Some(Cause::Disturbed),
            Fate::Handling | Fate::Accepted => None,
        }
    }

    fn was_disturbed(&self, from: Instant, until: Instant) -> bool {
        self.disturbed.iter().any(|at| (from..=until).contains(at))
    }
}
