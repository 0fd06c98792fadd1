//! Which failed calls are retried, and when: retry policy, backoff and retry budget.

pub(crate) mod backoff;
mod budget;

use std::time::Duration;

use backoff::{Backoff, Jitter};
pub(crate) use budget::RetryBudget;

use crate::action::ErrorClass;
use crate::clock::LONGEST_TIMER;
use crate::error::{Error, ErrorKind};

const ATTEMPTS: u32 = 3;
const BASE: Duration = Duration::from_millis(100);
const CAP: Duration = Duration::from_secs(5);

/// The retry policy: which failed calls are retried, how often, and with which delays.
///
/// | Failure | Retried |
/// |---|---|
/// | throttling | always |
/// | no connection, so that the request was never sent | always |
/// | a failure of the service or of the network | only if the action is idempotent |
/// | an expired token, an unknown secret id, a signature with another key | once, if the credential provider returns another credential |
/// | clock skew | once, after correcting the offset from the `Date` header |
/// | anything else | never |
///
/// The delay is exponential backoff with full jitter, and at least the service's `Retry-After`. A call is not retried
/// past its timeout, nor without a token in the client's [retry budget](crate::ClientBuilder::retry_budget). With the
/// default budget, a client can make a hundred retries at once, and in steady state about one for every ten
/// successful calls.
///
/// ```
/// use std::time::Duration;
/// use vod_api::RetryPolicy;
///
/// let patient = RetryPolicy::default().max_attempts(6).backoff(Duration::from_millis(50), Duration::from_secs(10));
/// let client = vod_api::testing::MockTransport::new().builder().retry(patient).build()?;
/// # Ok::<(), vod_api::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias("backoff", "exponential backoff", "retries"))]
pub struct RetryPolicy {
    attempts: u32,
    base: Duration,
    cap: Duration,
    total: Option<Duration>,
}

/// Three attempts, with delays of up to 100 ms and 200 ms.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self { attempts: ATTEMPTS, base: BASE, cap: CAP, total: None }
    }
}

impl RetryPolicy {
    /// No retries: each call is sent once.
    #[doc(alias("off", "no retries"))]
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the maximum number of attempts, the first one included. Default: 3. 0 counts as 1.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Sets the backoff: the upper bound of the first delay, doubled with each retry, and its cap. The actual delay is
    /// random between zero and that bound.
    #[must_use]
    #[doc(alias("jitter", "exponential backoff", "delay"))]
    pub fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.cap = cap.min(LONGEST_TIMER);
        self.base = base.min(self.cap);
        self
    }

    /// Sets how long after the start of a call an attempt may begin. Default: only the call's timeout applies.
    #[must_use]
    pub fn total_time(mut self, limit: Duration) -> Self {
        self.total = Some(limit);
        self
    }

    pub(crate) fn attempts(self) -> u32 {
        self.attempts
    }

    /// The last moment of a new attempt, from the start of a call.
    pub(crate) fn total(self) -> Option<Duration> {
        self.total
    }

    /// The delays before the second, third and later attempts.
    pub(crate) fn exponential(self) -> Backoff {
        Backoff::new(self.base, self.cap, Jitter::Full)
    }
}

/// What may help a call that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// Nothing, or it could do harm.
    None,
    /// Sending it again, a little later.
    Wait,
    /// Sending it again with a fresh credential.
    FreshCredential,
    /// Sending it again with the right time.
    RightTime,
}

impl Remedy {
    /// What may help after this error of an action.
    pub(crate) fn of(error: &Error, idempotent: bool) -> Self {
        let safe = |wait: bool| if wait { Self::Wait } else { Self::None };
        match (error.class(), error.kind()) {
            (Some(ErrorClass::Throttling), _) | (None, ErrorKind::Connect) => Self::Wait,
            (Some(ErrorClass::TokenExpired | ErrorClass::CredentialRefused), _) => Self::FreshCredential,
            (Some(ErrorClass::ClockSkew), _) => Self::RightTime,
            (Some(ErrorClass::Service | ErrorClass::Retryable), _) => safe(idempotent),
            (Some(_), _) => Self::None,
            (None, ErrorKind::Gateway) => {
                safe(error.is_throttling() || idempotent && error.is_service_fault())
            }
            (None, _) => safe(idempotent && error.is_transport()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::{ActionMeta, ServiceMeta};

    #[test]
    fn delays_are_any_part_of_growing_bounds() {
        let policy = RetryPolicy::default().backoff(Duration::from_millis(100), Duration::from_millis(350));
        for (delays, bound) in (0..).zip([100, 200, 350, 350].map(Duration::from_millis)) {
            let longest = (0..200).map(|_| policy.exponential().random_delay(delays)).max().unwrap();
            assert!(longest <= bound && longest > bound.mul_f64(0.8), "{longest:?} of {bound:?}");
        }
    }

    #[test]
    fn a_base_above_the_cap_is_cut() {
        let policy = RetryPolicy::default().backoff(Duration::from_mins(1), Duration::from_secs(1));
        assert_eq!(policy.exponential().bound(0), Duration::from_secs(1));
        assert_eq!(RetryPolicy::default().max_attempts(0).attempts(), 1);
    }

    #[test]
    fn delays_of_any_length_can_be_asked_for() {
        let policy = RetryPolicy::default().backoff(Duration::MAX, Duration::MAX);
        assert_eq!(policy.exponential().bound(0), LONGEST_TIMER);
        let policy = RetryPolicy::default().backoff(Duration::MAX, Duration::ZERO);
        assert_eq!(policy.exponential().bound(9), Duration::ZERO);
    }

    static SERVICE: ServiceMeta = ServiceMeta::new(
        "vod",
        "2018-07-17",
        &[],
        &[
            ("A.Caller", ErrorClass::Caller),
            ("A.Authentication", ErrorClass::Authentication),
            ("A.TokenExpired", ErrorClass::TokenExpired),
            ("A.CredentialRefused", ErrorClass::CredentialRefused),
            ("A.ClockSkew", ErrorClass::ClockSkew),
            ("A.Throttling", ErrorClass::Throttling),
            ("A.Service", ErrorClass::Service),
            ("A.Retryable", ErrorClass::Retryable),
            ("A.None", ErrorClass::None),
        ],
        &[],
    );
    static ACTION: ActionMeta = ActionMeta::new("Act", &SERVICE, 0, 0, true, false, &[]);

    #[test]
    fn each_failure_has_its_remedy() {
        use Remedy::{FreshCredential, None, RightTime, Wait};
        for (code, idempotent, other) in [
            ("A.Caller", None, None),
            ("A.Authentication", None, None),
            ("A.TokenExpired", FreshCredential, FreshCredential),
            ("A.CredentialRefused", FreshCredential, FreshCredential),
            ("A.ClockSkew", RightTime, RightTime),
            ("A.Throttling", Wait, Wait),
            ("A.Service", Wait, None),
            ("A.Retryable", Wait, None),
            ("A.None", None, None),
            ("A.New", None, None),
        ] {
            let error = Error::api(code.to_owned(), String::new()).with_action(&ACTION);
            assert_eq!([Remedy::of(&error, true), Remedy::of(&error, false)], [idempotent, other], "{code}");
        }
        for (kind, status, idempotent, other) in [
            (ErrorKind::Connect, 0, Wait, Wait),
            (ErrorKind::Timeout, 0, Wait, None),
            (ErrorKind::Transport, 0, Wait, None),
            (ErrorKind::Truncated, 200, Wait, None),
            (ErrorKind::ResponseTooLarge, 200, None, None),
            (ErrorKind::Gateway, 429, Wait, Wait),
            (ErrorKind::Gateway, 499, None, None),
            (ErrorKind::Gateway, 500, Wait, None),
            (ErrorKind::Gateway, 503, Wait, None),
            (ErrorKind::Malformed, 503, None, None),
            (ErrorKind::InvalidRequest, 0, None, None),
        ] {
            let error = Error::new(kind, "").with_status(status).with_action(&ACTION);
            let remedies = [Remedy::of(&error, true), Remedy::of(&error, false)];
            assert_eq!(remedies, [idempotent, other], "{kind:?} {status}");
        }
    }
}
