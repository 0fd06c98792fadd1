//! Decides which fault each call gets, and counts them.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use fastrand::Rng;
use sha2::{Digest as _, Sha256};
use tokio::sync::watch;

use crate::faults::fault::{Fault, FaultCounts, FaultKind};
use crate::faults::plan::{Faults, Target};
use crate::lock::lock;

/// What disturbs one call.
#[derive(Debug, Default)]
pub(crate) struct Disturbance {
    /// When the call arrived, on the emulator's clock.
    pub(crate) arrived: Duration,
    pub(crate) fault: Option<Fault>,
    /// By how many seconds the service's clock is ahead by fault.
    pub(crate) clock_ahead: i64,
    /// Whether a slow reader has taken its time already.
    pub(crate) was_read: bool,
}

/// Bytes that a slow reader reads at once.
pub(crate) const PIECE: usize = 64 * 1024;

impl Disturbance {
    /// The kind of fault that shows in the record of calls.
    pub(crate) fn kind(&self) -> Option<FaultKind> {
        let wrong_clock = (self.clock_ahead != 0).then_some(FaultKind::ClockSkew);
        self.fault.as_ref().map(Fault::kind).or(wrong_clock)
    }
}

/// The faults of an emulator.
#[derive(Debug)]
pub(crate) struct Injector {
    state: Mutex<State>,
    /// Connections are refused until then.
    unreachable_until: watch::Sender<Duration>,
}

#[derive(Debug, Default)]
struct State {
    faults: Faults,
    /// The chance of each action.
    chances: HashMap<String, Rng>,
    throttled: HashMap<String, Throttled>,
    wrong_clock: Option<WrongClock>,
    counts: FaultCounts,
}

#[derive(Debug, Clone, Copy)]
struct Throttled {
    until: Duration,
    retry_after: bool,
}

#[derive(Debug, Clone, Copy)]
struct WrongClock {
    until: Duration,
    ahead: i64,
}

impl Injector {
    pub(crate) fn new(faults: Faults) -> Self {
        let state = State { faults, ..State::default() };
        Self { state: Mutex::new(state), unreachable_until: watch::Sender::new(Duration::ZERO) }
    }

    /// Takes other faults in place of all, the ones that last included.
    pub(crate) fn set(&self, faults: Faults) {
        let mut state = lock(&self.state);
        let counts = std::mem::take(&mut state.counts);
        *state = State { faults, counts, ..State::default() };
        self.unreachable_until.send_replace(Duration::ZERO);
    }

    pub(crate) fn counts(&self) -> FaultCounts {
        lock(&self.state).counts.clone()
    }

    /// Publishes until when connections are refused, whenever that changes.
    pub(crate) fn unreachable_until(&self) -> watch::Receiver<Duration> {
        self.unreachable_until.subscribe()
    }

    /// What disturbs a request that arrives now and is no call of an action: nothing but an outage and a wrong clock.
    pub(crate) fn meet_lasting(&self, now: Duration) -> Disturbance {
        let state = lock(&self.state);
        let fault = self.is_unreachable(now).then_some(Fault::ConnectionRefused { lasting: Duration::ZERO });
        Disturbance { arrived: now, fault, clock_ahead: state.clock_ahead(now), was_read: false }
    }

    fn is_unreachable(&self, now: Duration) -> bool {
        now < *self.unreachable_until.borrow()
    }

    /// Counts a fault whose effect shows only when the call is handled.
    pub(crate) fn count(&self, kind: FaultKind) {
        *lock(&self.state).counts.entry(kind).or_default() += 1;
    }

    /// What disturbs the call of this action that arrives now.
    pub(crate) fn draw(&self, action: &str, now: Duration) -> Disturbance {
        let mut state = lock(&self.state);
        // Drawn for every call, needed or not, so that the fifth call meets the fifth number.
        let chance = state.chance(action);
        let unreachable = self.is_unreachable(now);
        let lasting = unreachable.then_some(Fault::ConnectionRefused { lasting: Duration::ZERO });
        let lasting = lasting.or_else(|| state.throttling(action, now));
        let mut fault = lasting.or_else(|| state.scripted_or_random(action, chance));
        fault = fault.filter(|fault| fault.meets(action));

        let mut clock_ahead = state.clock_ahead(now);
        match &fault {
            Some(Fault::ConnectionRefused { lasting }) if !unreachable => {
                self.unreachable_until.send_replace(now.saturating_add(*lasting));
            }
            Some(Fault::Throttling { lasting, retry_after }) => {
                let throttled = Throttled { until: now.saturating_add(*lasting), retry_after: *retry_after };
                state.throttled.insert(action.to_owned(), throttled);
            }
            Some(Fault::ClockSkew { skew, lasting }) => {
                clock_ahead = skew.seconds();
                if !lasting.is_zero() {
                    let until = now.saturating_add(*lasting);
                    state.wrong_clock = Some(WrongClock { until, ahead: clock_ahead });
                }
                // It disturbs the clock, not the call.
                fault = None;
            }
            _ => {}
        }
        let wrong_clock = (clock_ahead != 0).then_some(FaultKind::ClockSkew);
        let kind = fault.as_ref().map(Fault::kind).filter(|kind| *kind != FaultKind::DuplicateDelivery);
        for kind in kind.into_iter().chain(wrong_clock) {
            *state.counts.entry(kind).or_default() += 1;
        }
        Disturbance { arrived: now, fault, clock_ahead, was_read: false }
    }
}

impl State {
    /// By how many seconds the clock is wrong.
    fn clock_ahead(&self, now: Duration) -> i64 {
        self.wrong_clock.filter(|wrong| now < wrong.until).map_or(0, |wrong| wrong.ahead)
    }

    /// The next number of the action, at least 0 and below 1.
    fn chance(&mut self, action: &str) -> f64 {
        if let Some(chance) = self.chances.get_mut(action) {
            return chance.f64();
        }
        let digest =
            Sha256::new().chain_update(self.faults.seed.to_be_bytes()).chain_update(action).finalize();
        let seed = digest.iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte));
        let mut chance = Rng::with_seed(seed);
        let first = chance.f64();
        self.chances.insert(action.to_owned(), chance);
        first
    }

    /// The throttling that began earlier and goes on.
    fn throttling(&self, action: &str, now: Duration) -> Option<Fault> {
        let throttled = self.throttled.get(action).filter(|throttled| now < throttled.until)?;
        let lasting = throttled.until.saturating_sub(now);
        Some(Fault::Throttling { lasting, retry_after: throttled.retry_after })
    }

    /// The next step of the script that the action is under; what chance brings if it is under none.
    fn scripted_or_random(&mut self, action: &str, chance: f64) -> Option<Fault> {
        for target in [Target::Action(action.to_owned()), Target::All] {
            if let Some(step) = self.faults.scripts.get_mut(&target).and_then(VecDeque::pop_front) {
                return step;
            }
        }
        self.random(action, chance)
    }

    fn random(&self, action: &str, mut chance: f64) -> Option<Fault> {
        let candidates = self.faults.random.iter().filter(|random| random.target.includes(action));
        for random in candidates {
            if chance < random.probability {
                return Some(random.fault.clone());
            }
            chance -= random.probability;
        }
        None
    }
}

#[cfg(test)]
mod tests;
