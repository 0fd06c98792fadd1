//! The only place that reads a clock. Everything else is told the time, so that tests can tell it another one.

#[cfg(test)]
use std::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since the start of 1970 in UTC, as the service wants them in a signature.
pub(crate) fn unix_seconds() -> u64 {
    WallClock::System.unix_seconds()
}

/// The moment that timers count from; it stands still in a test with a paused clock.
#[allow(clippy::disallowed_methods, reason = "this file is where the clock is read")]
pub(crate) fn now() -> tokio::time::Instant {
    tokio::time::Instant::now()
}

/// Tells the time of day: the machine's, or in a test one that runs with the timers and stops with them.
#[derive(Debug, Clone, Copy)]
pub(crate) enum WallClock {
    /// The machine's.
    System,
    /// That of a test.
    #[cfg(test)]
    Timers {
        /// What time it was at `start`.
        epoch: SystemTime,
        /// A moment of the timers.
        start: tokio::time::Instant,
    },
}

impl WallClock {
    /// The time of day now.
    #[allow(clippy::disallowed_methods, reason = "this file is where the clock is read")]
    pub(crate) fn now(self) -> SystemTime {
        match self {
            Self::System => SystemTime::now(),
            #[cfg(test)]
            Self::Timers { epoch, start } => epoch + start.elapsed(),
        }
    }

    /// Seconds since the start of 1970 in UTC, as the service wants them in a signature.
    pub(crate) fn unix_seconds(self) -> u64 {
        self.now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
    }

    /// A clock that runs with the timers.
    #[cfg(test)]
    pub(crate) fn with_timers() -> Self {
        Self::Timers { epoch: UNIX_EPOCH + Duration::from_hours(490_000), start: now() }
    }
}
