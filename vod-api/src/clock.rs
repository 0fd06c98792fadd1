//! The only place that reads a clock; all other code gets the time as an argument, so that tests can control it.

pub(crate) mod skew;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The longest time that a timer is set for, where a delay or a limit may be as long as any number says: 30 years.
/// Timers can't count much further.
pub(crate) const LONGEST_TIMER: Duration = Duration::from_hours(24 * 365 * 30);

/// Seconds since the start of 1970 in UTC, as the service wants them in a signature.
pub(crate) fn unix_seconds() -> u64 {
    WallClock::System.unix_seconds()
}

/// The moment that timers count from; it stands still in a test with a paused clock.
#[allow(clippy::disallowed_methods, reason = "this file is where the clock is read")]
pub(crate) fn now() -> tokio::time::Instant {
    tokio::time::Instant::now()
}

/// Tells the time of day.
#[derive(Clone)]
pub(crate) enum WallClock {
    /// The machine's.
    System,
    /// The caller's.
    Own(Arc<dyn Fn() -> SystemTime + Send + Sync>),
}

impl WallClock {
    /// The time of day now.
    #[allow(clippy::disallowed_methods, reason = "this file is where the clock is read")]
    pub(crate) fn now(&self) -> SystemTime {
        match self {
            Self::System => SystemTime::now(),
            Self::Own(tell) => tell(),
        }
    }

    /// Seconds since the start of 1970 in UTC, as the service wants them in a signature.
    pub(crate) fn unix_seconds(&self) -> u64 {
        self.now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
    }
}

/// A moment, from which to see how the time of day and the monotonic clock part.
#[cfg(feature = "events")]
#[derive(Debug)]
pub(crate) struct Start {
    wall: SystemTime,
    machine: std::time::Instant,
    timers: tokio::time::Instant,
}

#[cfg(feature = "events")]
impl WallClock {
    /// This moment.
    #[allow(clippy::disallowed_methods, reason = "this file is where the clock is read")]
    pub(crate) fn start(&self) -> Start {
        Start { wall: self.now(), machine: std::time::Instant::now(), timers: now() }
    }

    /// By how many milliseconds the time of day has run ahead of the monotonic clock since a moment, or behind. They
    /// part while the machine is suspended, for the monotonic clock stands still, and when the time of day is set.
    /// A caller's own clock is held against the timers, which a test may have paused; the machine's is not.
    #[allow(clippy::disallowed_methods, reason = "this file is where the clock is read")]
    pub(crate) fn lead_since(&self, start: &Start) -> i64 {
        let steady = match self {
            Self::System => start.machine.elapsed(),
            Self::Own(_) => now().saturating_duration_since(start.timers),
        };
        let milliseconds = |time: std::time::Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        let passed = match self.now().duration_since(start.wall) {
            Ok(passed) => milliseconds(passed),
            Err(back) => -milliseconds(back.duration()),
        };
        passed.saturating_sub(milliseconds(steady))
    }
}

impl fmt::Debug for WallClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "System",
            Self::Own(_) => "Own",
        })
    }
}

#[cfg(all(test, feature = "events"))]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    /// A call without a limit does not time out while the program runs.
    #[tokio::test(start_paused = true)]
    async fn the_longest_timer_outlasts_any_program() {
        let begun = now();
        let mut timer = Box::pin(tokio::time::sleep(LONGEST_TIMER));
        let twenty_years = Duration::from_hours(24 * 365 * 20);
        tokio::time::timeout(twenty_years, &mut timer).await.unwrap_err();
        timer.await;
        assert!(begun.elapsed() < 2 * twenty_years);
    }

    #[tokio::test(start_paused = true)]
    async fn a_clock_of_ones_own_leads_and_lags_the_timers() {
        let milliseconds = Arc::new(AtomicU64::new(100_000));
        let told = Arc::clone(&milliseconds);
        let clock = WallClock::Own(Arc::new(move || {
            UNIX_EPOCH + Duration::from_millis(told.load(Ordering::Relaxed))
        }));
        let start = clock.start();
        assert_eq!(clock.lead_since(&start), 0);
        tokio::time::advance(Duration::from_secs(2)).await;
        assert_eq!(clock.lead_since(&start), -2000, "it stood still");
        milliseconds.store(107_000, Ordering::Relaxed);
        assert_eq!(clock.lead_since(&start), 5000);
        milliseconds.store(40_000, Ordering::Relaxed);
        assert_eq!(clock.lead_since(&start), -62_000, "it was set back");
        assert_eq!((clock.unix_seconds(), format!("{clock:?}").as_str()), (40, "Own"));
    }

    /// Paused timers say nothing about the machine's clock.
    #[tokio::test(start_paused = true)]
    async fn the_machines_clock_is_held_against_the_machine() {
        let start = WallClock::System.start();
        tokio::time::advance(Duration::from_hours(1)).await;
        assert!(WallClock::System.lead_since(&start).abs() < 60_000);
        assert_eq!(format!("{:?}", WallClock::System), "System");
        assert!(unix_seconds() > 1_700_000_000);
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use std::time::Duration;

    use super::{SystemTime, UNIX_EPOCH, now};

    /// A clock that runs with the timers, and stops with them.
    pub(crate) fn with_timers() -> impl Fn() -> SystemTime + Copy + Send + Sync + 'static {
        let start = now();
        move || UNIX_EPOCH + Duration::from_hours(490_000) + start.elapsed()
    }
}
