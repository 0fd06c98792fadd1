//! The time that the ledger is told: the monotonic clock's, and what that clock missed while the machine slept.
//!
//! The service counts a handle's 30 s while this machine is suspended; the monotonic clock of most systems does not. So
//! what is late by either clock is late. A time of day that is set forward looks the same, and has no other effect
//! events are redelivered.

use std::sync::Mutex;
use std::time::Duration;

use tokio::time::Instant;

use crate::clock::{self, Start, WallClock};
use crate::sync::lock;

/// The clocks may part by so many milliseconds within a [`PERIOD`] before that means anything: corrections of the
/// time of day do, and clocks that count in seconds.
const TOLERANCE: i64 = 1000;
const PERIOD: Duration = Duration::from_mins(1);
/// All handles have expired by then: a longer sleep means the same.
const LONGEST_SLEEP: i64 = 3_600_000;

/// Tells the ledger's time.
#[derive(Debug)]
pub(super) struct LedgerTime {
    wall: WallClock,
    start: Start,
    sleep: Mutex<Sleep>,
}

/// What is known of the time that the monotonic clock missed.
#[derive(Debug)]
struct Sleep {
    slept: Duration,
    /// How far the time of day was ahead at `since`, in milliseconds.
    lead: i64,
    since: Instant,
}

/// A moment by the monotonic clock and in the ledger's time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) real: Instant,
    pub(super) ledger: Instant,
}

impl LedgerTime {
    pub(super) fn new(wall: WallClock) -> Self {
        let start = wall.start();
        let sleep = Mutex::new(Sleep { slept: Duration::ZERO, lead: 0, since: clock::now() });
        Self { wall, start, sleep }
    }

    pub(super) fn now(&self) -> Moment {
        let (real, lead) = (clock::now(), self.wall.lead_since(&self.start));
        let slept = lock(&self.sleep).learn(real, lead);
        Moment { real, ledger: real.checked_add(slept).unwrap_or(real) }
    }
}

impl Sleep {
    /// Takes how far the time of day is ahead now, and tells how long the machine has slept in all.
    fn learn(&mut self, now: Instant, lead: i64) -> Duration {
        let growth = lead.saturating_sub(self.lead);
        if growth > TOLERANCE {
            self.slept += Duration::from_millis(growth.min(LONGEST_SLEEP).unsigned_abs());
        }
        if growth.saturating_abs() > TOLERANCE || now.saturating_duration_since(self.since) > PERIOD {
            self.lead = lead;
            self.since = now;
        }
        self.slept
    }
}

impl Moment {
    /// When a moment of the ledger's comes by the monotonic clock, unless the machine sleeps before.
    pub(super) fn real_time_of(&self, moment: Instant) -> Instant {
        match moment.checked_duration_since(self.ledger) {
            Some(ahead) => self.real + ahead,
            None => self.real.checked_sub(self.ledger.saturating_duration_since(moment)).unwrap_or(self.real),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn awake() -> (Sleep, Instant) {
        let start = clock::now();
        (Sleep { slept: Duration::ZERO, lead: 0, since: start }, start)
    }

    #[test]
    fn a_sleep_counts_once_and_a_clock_that_is_set_back_does_not() {
        let (mut sleep, start) = awake();
        assert_eq!(sleep.learn(start + SECOND, 900), Duration::ZERO, "clocks that count in seconds");
        assert_eq!(sleep.learn(start + SECOND, 3_601_000), Duration::from_hours(1), "no more than an hour");
        assert_eq!(sleep.learn(start + 2 * SECOND, 3_601_000), Duration::from_hours(1));
        assert_eq!(sleep.learn(start + 3 * SECOND, -90_000), Duration::from_hours(1), "set back");
        assert_eq!(sleep.learn(start + 4 * SECOND, -85_000), Duration::from_hours(1) + 5 * SECOND, "again");
    }

    #[test]
    fn many_short_sleeps_add_up_and_slow_drift_does_not() {
        let (mut sleep, start) = awake();
        for nap in 1..=4 {
            sleep.learn(start + SECOND, nap * 300);
        }
        assert_eq!(sleep.slept, Duration::from_millis(1200));
        let (mut sleep, start) = awake();
        for minute in 1..=100_u32 {
            sleep.learn(start + 61 * minute * SECOND, 100 * i64::from(minute));
        }
        assert_eq!(sleep.slept, Duration::ZERO);
    }

    #[test]
    fn a_sleep_is_more_than_a_second_within_a_minute() {
        let (mut sleep, start) = awake();
        assert_eq!(sleep.learn(start, TOLERANCE), Duration::ZERO);
        assert_eq!(sleep.learn(start, TOLERANCE + 1), Duration::from_millis(1001));
        // It counts from there.
        assert_eq!(sleep.learn(start, 2 * TOLERANCE + 1), Duration::from_millis(1001));
        assert_eq!(sleep.learn(start, 2 * TOLERANCE + 2), Duration::from_millis(2002));

        let (mut sleep, start) = awake();
        sleep.learn(start + PERIOD, 600);
        assert_eq!(sleep.learn(start + PERIOD, 1200), Duration::from_millis(1200), "the minute is not over");
        let (mut sleep, start) = awake();
        sleep.learn(start + PERIOD + Duration::from_nanos(1), 600);
        assert_eq!(sleep.learn(start + PERIOD + SECOND, 1200), Duration::ZERO, "another minute has begun");
    }

    #[test]
    fn a_clock_that_is_set_back_a_little_is_no_sleep_when_it_is_right_again() {
        let (mut sleep, start) = awake();
        assert_eq!(sleep.learn(start, -TOLERANCE), Duration::ZERO);
        assert_eq!(sleep.learn(start, 0), Duration::ZERO, "it was not believed");
        assert_eq!(sleep.learn(start, -TOLERANCE - 1), Duration::ZERO);
        assert_eq!(sleep.learn(start, 0), Duration::from_millis(1001), "it was");
    }

    #[test]
    fn a_moment_of_the_ledgers_is_later_by_what_the_machine_slept() {
        let start = clock::now();
        let moment = Moment { real: start + 10 * SECOND, ledger: start + 70 * SECOND };
        assert_eq!(moment.real_time_of(start + 75 * SECOND), start + 15 * SECOND);
        assert_eq!(moment.real_time_of(start + 70 * SECOND), start + 10 * SECOND);
        assert_eq!(moment.real_time_of(start + 65 * SECOND), start + 5 * SECOND);
    }

    #[test]
    fn extremes_do_no_harm() {
        let (mut sleep, start) = awake();
        for lead in [i64::MAX, i64::MIN, i64::MAX, 0] {
            sleep.learn(start, lead);
        }
        let moment = Moment { real: start, ledger: start + sleep.slept };
        assert_eq!(moment.real_time_of(start + sleep.slept + SECOND), start + SECOND);
        assert!(moment.real_time_of(start) <= start);
    }
}
