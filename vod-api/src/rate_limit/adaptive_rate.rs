//! The rate of a limiter: lowered by throttling, and recovering (AIMD). Arithmetic on moments that it is told.

use std::time::Duration;

use tokio::time::Instant;

use super::spacing::Spacing;
use crate::clock::LONGEST_TIMER;

/// The part of a limit that is used. Calls arrive closer together than they left, and the service must not count
/// one too many in a second.
const USED: f64 = 0.985;
/// How much of a timer's lateness is made up for, so that late timers do not lower the rate.
const SLACK: Duration = Duration::from_millis(2);
/// What a throttled rate is multiplied by.
const DECREASE: f64 = 0.5;
/// The lowest part of the full rate that throttling leads to.
const LOWEST: f64 = 0.05;
/// The part of the full rate that comes back each second.
const RECOVERY: f64 = 0.05;
/// Answers to calls that were under way together are one sign of throttling, not many.
const ONE_SIGN: Duration = Duration::from_secs(1);

/// The time between two calls at a rate.
fn interval(rate: f64) -> Duration {
    Duration::try_from_secs_f64(1.0 / rate).map_or(LONGEST_TIMER, |interval| interval.min(LONGEST_TIMER))
}

/// Even spacing at a rate that is lowered by throttling and recovers: additive increase, multiplicative decrease.
#[derive(Debug)]
pub(super) struct AdaptiveRate {
    /// Calls a second while all is well.
    full: f64,
    /// Calls a second at `since`.
    rate: f64,
    since: Instant,
    spacing: Spacing,
    slowed: Option<Instant>,
}

impl AdaptiveRate {
    /// For a limit in calls a second, of which the first may go at once.
    pub(super) fn new(limit: f64, now: Instant) -> Self {
        let full = limit * USED;
        Self { full, rate: full, since: now, spacing: Spacing::default(), slowed: None }
    }

    /// After throttling below a limit that is not published: it recovers to twice the accepted throughput, in case that
    /// was not all.
    pub(super) fn lowered(taken: f64, now: Instant) -> Self {
        let (full, rate) = (taken * 2.0, taken * DECREASE);
        let mut spacing = Spacing::default();
        spacing.put_off(now + interval(rate));
        Self { full, rate, since: now, spacing, slowed: Some(now) }
    }

    /// Whether nothing is left of the throttling.
    pub(super) fn is_recovered(&mut self, now: Instant) -> bool {
        self.recover(now);
        self.rate >= self.full
    }

    /// Calls a second when it was changed last.
    pub(super) fn rate(&self) -> f64 {
        self.rate
    }

    /// Lets a call go now, or returns how long to wait.
    pub(super) fn take(&mut self, now: Instant) -> Option<Instant> {
        if let Some(due) = self.spacing.due().filter(|due| now < *due) {
            return Some(due);
        }
        let interval = self.interval(now);
        self.spacing.record_call(now, interval, SLACK.min(interval));
        None
    }

    /// Takes a sign of throttling. Returns the new rate, in calls a second.
    pub(super) fn slow_down(&mut self, now: Instant) -> Option<f64> {
        if self.slowed.is_some_and(|slowed| now - slowed < ONE_SIGN) {
            return None;
        }
        self.slowed = Some(now);
        self.recover(now);
        self.rate = (self.rate * DECREASE).max(self.full * LOWEST);
        let next = now + self.interval(now);
        self.spacing.put_off(next);
        Some(self.rate)
    }

    /// Whether a call has gone within that time.
    pub(super) fn is_used_since(&self, now: Instant, time: Duration) -> bool {
        let last = self.spacing.due().unwrap_or(self.since);
        now.saturating_duration_since(last) < time
    }

    fn interval(&mut self, now: Instant) -> Duration {
        self.recover(now);
        interval(self.rate)
    }

    fn recover(&mut self, now: Instant) {
        if self.rate < self.full {
            let passed = now.saturating_duration_since(self.since).as_secs_f64();
            self.rate = (self.rate + self.full * RECOVERY * passed).min(self.full);
        }
        self.since = now;
    }
}
