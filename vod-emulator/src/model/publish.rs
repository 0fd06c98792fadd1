//! Why an event cannot be published.

use std::fmt;

/// Why an event cannot be published.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublishError {
    /// The event is not a JSON object.
    NotAnObject,
    /// The event has no `EventType`.
    NoType,
    /// The event has an `EventHandle`; the queue makes one for each delivery.
    HasHandle,
    /// A member does not fit the spec's type of an event; the text says which and why.
    Mismatch(String),
    /// The emulator was told which applications there are, and this one is not among them.
    UnknownApplication(u64),
    /// The specs describe no events.
    NoEvents,
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnObject => f.write_str("an event is a JSON object"),
            Self::NoType => f.write_str("the event has no `EventType`"),
            Self::HasHandle => f.write_str("the event has an `EventHandle`, which only the queue may give"),
            Self::Mismatch(what) => write!(f, "the event does not fit its type: {what}"),
            Self::UnknownApplication(sub_app_id) => write!(f, "there is no application {sub_app_id}"),
            Self::NoEvents => f.write_str("the specs describe no events"),
        }
    }
}

impl std::error::Error for PublishError {}
