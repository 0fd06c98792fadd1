//! Why an event is not confirmed.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::ledger::Outcome;
use crate::error::Error;

/// Why [`Delivery::confirm_and_wait`](super::Delivery::confirm_and_wait) can't say that the event is confirmed. The event
/// is redelivered, or has been confirmed all the same after [`OutcomeUnknown`](Self::OutcomeUnknown).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum ConfirmError {
    /// The handle's time ran out before it could be sent. The event is redelivered.
    HandleExpired,
    /// The service refused this handle. The event is redelivered, if the service still has it.
    Rejected(Arc<Error>),
    /// No attempt reached the service before the handle's time ran out; this is the last one's failure. The
    /// event is redelivered.
    Transport(Arc<Error>),
    /// The consumer was abandoned before the handle was sent. The event is redelivered.
    Shutdown,
    /// Some attempt may have confirmed the event, and nothing told whether it has.
    OutcomeUnknown,
}

impl ConfirmError {
    pub(super) fn of(outcome: Outcome) -> Result<(), Self> {
        match outcome {
            Outcome::Confirmed => Ok(()),
            Outcome::Expired => Err(Self::HandleExpired),
            Outcome::Rejected(cause) => Err(Self::Rejected(cause)),
            Outcome::Failed(cause) => Err(Self::Transport(cause)),
            Outcome::Unknown => Err(Self::OutcomeUnknown),
            Outcome::Abandoned => Err(Self::Shutdown),
        }
    }
}

impl fmt::Display for ConfirmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HandleExpired => f.write_str("the handle expired before the event was confirmed"),
            Self::Rejected(cause) => write!(f, "the service refused the handle: {cause}"),
            Self::Transport(cause) => write!(f, "the confirmation did not reach the service: {cause}"),
            Self::Shutdown => f.write_str("the consumer ended before the event was confirmed"),
            Self::OutcomeUnknown => f.write_str("whether the event is confirmed is unknown"),
        }
    }
}

impl StdError for ConfirmError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            // `Display` contains the cause itself.
            Self::Rejected(cause) | Self::Transport(cause) => cause.source(),
            Self::HandleExpired | Self::Shutdown | Self::OutcomeUnknown => None,
        }
    }
}
