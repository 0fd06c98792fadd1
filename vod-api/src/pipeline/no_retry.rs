//! The reasons why a failed call is not retried.

use std::time::Duration;

use crate::client::time_limit::TimeLimit;
use crate::error::Error;
use crate::retry::Remedy;

/// The reason to end a call with the failure of its last attempt.
pub(super) enum NoRetry {
    /// There is nothing to retry: the attempt succeeded, or no other one could.
    Needless,
    /// The action is not idempotent, and the attempt may have taken effect.
    Unsafe,
    /// The provider gave no other credential, or the other one was refused as well.
    SameCredential,
    /// The clock could not be corrected, or the correction did not help.
    SameClock,
    /// All attempts have been made.
    Attempts,
    /// The next attempt, after this delay, would come after the end of the call.
    Late(Duration, TimeLimit),
    /// The next attempt, after this delay, would come after the policy's time for retries.
    Total(Duration, Duration),
    /// The client's retry budget is used up.
    Budget,
}

impl NoRetry {
    /// No retry action is left for the failure.
    pub(super) fn without_remedy(remedy: Remedy, error: &Error) -> Self {
        match remedy {
            Remedy::FreshCredential => Self::SameCredential,
            Remedy::RightTime => Self::SameClock,
            Remedy::None if error.is_retryable() => Self::Unsafe,
            Remedy::None | Remedy::Wait => Self::Needless,
        }
    }

    /// The reason for a person, unless the rest of the error tells it.
    pub(super) fn in_words(&self) -> Option<String> {
        Some(match self {
            Self::Needless | Self::Attempts => return None,
            Self::Unsafe => "the action is not idempotent and the attempt may have taken effect".to_owned(),
            Self::SameCredential => "no other credential was available".to_owned(),
            Self::SameClock => "the clock could not be corrected".to_owned(),
            Self::Late(delay, limit) => format!("a delay of {} would exceed the {limit}", rounded(*delay)),
            Self::Total(delay, total) => {
                let delay = rounded(*delay);
                format!(
                    "a delay of {delay} would exceed the total time of {total:?} (RetryPolicy::total_time)"
                )
            }
            Self::Budget => "the client's retry budget is used up (ClientBuilder::retry_budget)".to_owned(),
        })
    }
}

/// A delay without the digits that chance has given it.
fn rounded(delay: Duration) -> String {
    let milliseconds = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
    format!("{:?}", Duration::from_millis(milliseconds))
}
