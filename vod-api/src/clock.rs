//! The only place that reads a clock. Everything else is told the time, so that tests can tell it another one.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Seconds since the start of 1970 in UTC, as the service wants them in a signature.
#[allow(clippy::disallowed_methods, reason = "this file is where the clock is read")]
pub(crate) fn unix_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The moment that timers count from; it stands still in a test with a paused clock.
#[allow(clippy::disallowed_methods, reason = "this file is where the clock is read")]
pub(crate) fn now() -> tokio::time::Instant {
    tokio::time::Instant::now()
}

/// Measures how long something took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts it.
    #[allow(clippy::disallowed_methods, reason = "this file is where the clock is read")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    #[allow(clippy::disallowed_methods, reason = "this file is where the clock is read")]
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
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

    /// A clock that runs with the timers.
    #[cfg(test)]
    pub(crate) fn with_timers() -> Self {
        Self::Timers { epoch: UNIX_EPOCH + Duration::from_hours(490_000), start: now() }
    }
}
