//! A time limit of a call, with the setting that it comes from.

use std::fmt;
use std::time::Duration;

/// A time limit with what an error says of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeLimit {
    pub(crate) time: Duration,
    name: &'static str,
    /// The method that sets it.
    setting: &'static str,
}

impl TimeLimit {
    pub(crate) fn new(time: Duration, name: &'static str, setting: &'static str) -> Self {
        Self { time, name, setting }
    }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {:?} ({})", self.name, self.time, self.setting)
    }
}
