//! Why an event is not confirmed.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::ledger::Outcome;
use crate::error::Error;

/// Why [`Delivery::confirm_and_wait`](super::Delivery::confirm_and_wait) failed. The event is redelivered; after
/// [`OutcomeUnknown`](Self::OutcomeUnknown) it may instead have been confirmed.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum ConfirmError {
    /// The handle expired before it could be sent. The event is redelivered.
    HandleExpired,
    /// The service rejected this handle. The event is redelivered, if the service still has it.
    Rejected(Arc<Error>),
    /// No attempt reached the service before the handle expired; this is the failure of the last one. The event is
    /// redelivered.
    Transport(Arc<Error>),
    /// The consumer was abandoned before the handle was sent. The event is redelivered.
    Shutdown,
    /// An attempt may have confirmed the event, and no response says whether it did.
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
