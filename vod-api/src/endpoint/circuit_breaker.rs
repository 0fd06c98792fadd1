//! Per-host circuit breaker: closed, open, half-open.

use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use tokio::time::Instant;

use crate::sync::lock;

/// Consecutive failures that open the circuit. A host that fails most calls soon fails as many in a row, so no rate is
/// counted besides.
const FAILURE_THRESHOLD: u32 = 5;
/// How long the circuit stays open before one probe request is allowed.
const OPEN_TIME: Duration = Duration::from_secs(30);

/// The circuit breaker of one host.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    state: Mutex<State>,
}

#[derive(Debug)]
enum State {
    /// Calls are permitted.
    Closed { failures: u32 },
    /// No call is permitted until then.
    Open { until: Instant },
    /// One probe request is in flight.
    HalfOpen,
}

impl Default for State {
    fn default() -> Self {
        Self::Closed { failures: 0 }
    }
}

/// A call's permission to use the host. What came of it is to be [reported](Self::report); dropped without,
/// it changes nothing.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    breaker: &'a Breaker,
    /// Whether the call is the probe request of a half-open circuit.
    is_probe: bool,
}

impl Breaker {
    /// Permits a call, or returns `None` while the circuit is open.
    pub(crate) fn admit(&self, now: Instant) -> Option<Permit<'_>> {
        let mut state = self.lock();
        let is_probe = match *state {
            State::Closed { .. } => false,
            State::Open { until } if now >= until => {
                *state = State::HalfOpen;
                true
            }
            State::Open { .. } | State::HalfOpen => return None,
        };
        Some(Permit { breaker: self, is_probe })
    }

    /// Whether a call would pass.
    pub(crate) fn would_admit(&self, now: Instant) -> bool {
        match *self.lock() {
            State::Closed { .. } => true,
            State::Open { until } => now >= until,
            State::HalfOpen => false,
        }
    }

    /// Permits a call in any state: there is no other host.
    pub(crate) fn force(&self) -> Permit<'_> {
        Permit { breaker: self, is_probe: false }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl Permit<'_> {
    /// Reports the outcome of the call. Returns true if that opens the circuit.
    pub(crate) fn report(mut self, healthy: bool, now: Instant) -> bool {
        let mut state = self.breaker.lock();
        let tried = std::mem::take(&mut self.is_probe);
        let open = State::Open { until: now + OPEN_TIME };
        match *state {
            _ if healthy => *state = State::default(),
            State::Closed { failures } if failures + 1 < FAILURE_THRESHOLD => {
                *state = State::Closed { failures: failures + 1 };
            }
            State::Open { .. } => {}
            State::HalfOpen if !tried => {}
            State::Closed { .. } | State::HalfOpen => {
                *state = open;
                return true;
            }
        }
        false
    }
}

impl Drop for Permit<'_> {
    /// The call was cancelled: the next one may be the probe.
    fn drop(&mut self) {
        if self.is_probe {
            let until = crate::clock::now();
            let mut state = self.breaker.lock();
            if let State::HalfOpen = *state {
                *state = State::Open { until };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Instant {
        crate::clock::now()
    }

    fn fail(breaker: &Breaker, times: u32) {
        for _ in 0..times {
            breaker.admit(now()).unwrap().report(false, now());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn failures_in_a_row_open_it_and_a_success_starts_anew() {
        let breaker = Breaker::default();
        fail(&breaker, FAILURE_THRESHOLD - 1);
        breaker.admit(now()).unwrap().report(true, now());
        fail(&breaker, FAILURE_THRESHOLD - 1);
        assert!(breaker.admit(now()).unwrap().report(false, now()));
        assert!(breaker.admit(now()).is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn after_its_rest_one_call_tries_the_host() {
        let breaker = Breaker::default();
        fail(&breaker, FAILURE_THRESHOLD);
        tokio::time::advance(OPEN_TIME).await;
        let trial = breaker.admit(now()).unwrap();
        assert!(breaker.admit(now()).is_none());
        trial.report(false, now());
        assert!(breaker.admit(now()).is_none());

        tokio::time::advance(OPEN_TIME).await;
        breaker.admit(now()).unwrap().report(true, now());
        assert!(breaker.admit(now()).is_some() && breaker.admit(now()).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn a_trial_that_is_cancelled_leaves_the_host_to_the_next_call() {
        let breaker = Breaker::default();
        fail(&breaker, FAILURE_THRESHOLD);
        tokio::time::advance(OPEN_TIME).await;
        drop(breaker.admit(now()).unwrap());
        assert!(breaker.admit(now()).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn whether_it_would_admit_a_call_changes_nothing() {
        let breaker = Breaker::default();
        assert!(breaker.would_admit(now()));
        fail(&breaker, FAILURE_THRESHOLD);
        assert!(!breaker.would_admit(now()));
        tokio::time::advance(OPEN_TIME.saturating_sub(Duration::from_nanos(1))).await;
        assert!(!breaker.would_admit(now()));
        tokio::time::advance(Duration::from_nanos(1)).await;
        assert!(breaker.would_admit(now()) && breaker.would_admit(now()));
        let _trial = breaker.admit(now()).unwrap();
        assert!(!breaker.would_admit(now()), "one call tries it");
    }

    #[tokio::test(start_paused = true)]
    async fn a_late_failure_leaves_the_host_to_the_trial() {
        let breaker = Breaker::default();
        let late = breaker.admit(now()).unwrap();
        fail(&breaker, FAILURE_THRESHOLD);
        tokio::time::advance(OPEN_TIME).await;
        let trial = breaker.admit(now()).unwrap();
        assert!(!late.report(false, now()), "it does not close the host");
        assert!(breaker.admit(now()).is_none(), "the trial is still under way");
        assert!(trial.report(false, now()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_late_failure_does_not_speak_for_the_trial() {
        let breaker = Breaker::default();
        let late = breaker.admit(now()).unwrap();
        fail(&breaker, FAILURE_THRESHOLD);
        tokio::time::advance(OPEN_TIME).await;
        let trial = breaker.admit(now()).unwrap();
        late.report(false, now());
        trial.report(true, now());
        assert!(breaker.admit(now()).is_some());
    }
}
