//! Notices that a host does not answer, so that calls go to another one for a while.

use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use tokio::time::Instant;

use crate::sync::lock;

/// Failures in a row that open it. A host that fails most calls soon fails as many in a row, so no rate is
/// counted besides.
const FAILURES: u32 = 5;
/// How long a host is left alone before one call tries it.
const REST: Duration = Duration::from_secs(30);

/// The circuit breaker of one host.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    state: Mutex<State>,
}

#[derive(Debug)]
enum State {
    /// Calls pass.
    Closed { failures: u32 },
    /// No call passes until then.
    Open { until: Instant },
    /// One call is trying the host.
    Trying,
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
    /// Whether the host's fate hangs on this call.
    trying: bool,
}

impl Breaker {
    /// Lets a call pass, or `None` while the host is left alone.
    pub(crate) fn admit(&self, now: Instant) -> Option<Permit<'_>> {
        let mut state = self.lock();
        let trying = match *state {
            State::Closed { .. } => false,
            State::Open { until } if now >= until => {
                *state = State::Trying;
                true
            }
            State::Open { .. } | State::Trying => return None,
        };
        Some(Permit { breaker: self, trying })
    }

    /// Whether a call would pass.
    pub(crate) fn would_admit(&self, now: Instant) -> bool {
        match *self.lock() {
            State::Closed { .. } => true,
            State::Open { until } => now >= until,
            State::Trying => false,
        }
    }

    /// Lets a call pass whatever the state: there is no other host.
    pub(crate) fn insist(&self) -> Permit<'_> {
        Permit { breaker: self, trying: false }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl Permit<'_> {
    /// Tells what came of the call. Returns true if that closes the host to further calls.
    pub(crate) fn report(mut self, healthy: bool, now: Instant) -> bool {
        let mut state = self.breaker.lock();
        let tried = std::mem::take(&mut self.trying);
        let open = State::Open { until: now + REST };
        match *state {
            _ if healthy => *state = State::default(),
            State::Closed { failures } if failures + 1 < FAILURES => {
                *state = State::Closed { failures: failures + 1 };
            }
            State::Open { .. } => {}
            State::Trying if !tried => {}
            State::Closed { .. } | State::Trying => {
                *state = open;
                return true;
            }
        }
        false
    }
}

impl Drop for Permit<'_> {
    /// The call was cancelled: the next one may try.
    fn drop(&mut self) {
        if self.trying {
            let until = crate::clock::now();
            let mut state = self.breaker.lock();
            if let State::Trying = *state {
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
        fail(&breaker, FAILURES - 1);
        breaker.admit(now()).unwrap().report(true, now());
        fail(&breaker, FAILURES - 1);
        assert!(breaker.admit(now()).unwrap().report(false, now()));
        assert!(breaker.admit(now()).is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn after_its_rest_one_call_tries_the_host() {
        let breaker = Breaker::default();
        fail(&breaker, FAILURES);
        tokio::time::advance(REST).await;
        let trial = breaker.admit(now()).unwrap();
        assert!(breaker.admit(now()).is_none());
        trial.report(false, now());
        assert!(breaker.admit(now()).is_none());

        tokio::time::advance(REST).await;
        breaker.admit(now()).unwrap().report(true, now());
        assert!(breaker.admit(now()).is_some() && breaker.admit(now()).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn a_trial_that_is_cancelled_leaves_the_host_to_the_next_call() {
        let breaker = Breaker::default();
        fail(&breaker, FAILURES);
        tokio::time::advance(REST).await;
        drop(breaker.admit(now()).unwrap());
        assert!(breaker.admit(now()).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn whether_it_would_admit_a_call_changes_nothing() {
        let breaker = Breaker::default();
        assert!(breaker.would_admit(now()));
        fail(&breaker, FAILURES);
        assert!(!breaker.would_admit(now()));
        tokio::time::advance(REST - Duration::from_nanos(1)).await;
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
        fail(&breaker, FAILURES);
        tokio::time::advance(REST).await;
        let trial = breaker.admit(now()).unwrap();
        assert!(!late.report(false, now()), "it does not close the host");
        assert!(breaker.admit(now()).is_none(), "the trial is still under way");
        assert!(trial.report(false, now()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_late_failure_does_not_speak_for_the_trial() {
        let breaker = Breaker::default();
        let late = breaker.admit(now()).unwrap();
        fail(&breaker, FAILURES);
        tokio::time::advance(REST).await;
        let trial = breaker.admit(now()).unwrap();
        late.report(false, now());
        trial.report(true, now());
        assert!(breaker.admit(now()).is_some());
    }
}
