//! The consumer's own rate limit: even spacing, a sliding window, and silence that a failure or the service asks for.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::events::rules::Rate;
use crate::rate_limit::spacing::Spacing;
use crate::retry::backoff::{Backoff, Jitter};

/// How many calls that came late may be made up for by calls that come early. Without, each time that the machine
/// is busy elsewhere for some milliseconds would lower the rate for good.
const CATCH_UP: u32 = 4;

/// A rate limiter: spreads calls evenly, and lets no period of the rate have more than its calls.
#[derive(Debug, Clone)]
pub(super) struct CallRate {
    rate: Option<Rate>,
    spacing: Spacing,
    /// The latest calls, as many as the rate allows in its period.
    made: VecDeque<Instant>,
    held_until: Option<Instant>,
}

impl CallRate {
    /// One that keeps to a rate; none: calls may be made at any time.
    pub(super) fn new(rate: Option<Rate>) -> Self {
        Self { rate, spacing: Spacing::default(), made: VecDeque::new(), held_until: None }
    }

    /// When the next call may be made; none: at any time.
    pub(super) fn ready_at(&self) -> Option<Instant> {
        let Some(rate) = self.rate else { return self.held_until };
        let is_full = self.made.len() >= rate.calls;
        let has_place = self.made.front().filter(|_| is_full).map(|oldest| *oldest + rate.within);
        // Calls that make up for late ones don't come all at once either.
        let apart = self.made.back().map(|last| *last + rate.interval() / 2);
        self.spacing.due().max(has_place).max(apart).max(self.held_until)
    }

    pub(super) fn is_ready(&self, now: Instant) -> bool {
        self.ready_at().is_none_or(|ready| ready <= now)
    }

    /// Counts a call.
    pub(super) fn record_call(&mut self, now: Instant) {
        let Some(rate) = self.rate else { return };
        let interval = rate.interval();
        self.spacing.record_call(now, interval, interval * CATCH_UP);
        if self.made.len() >= rate.calls {
            self.made.pop_front();
        }
        self.made.push_back(now);
    }

    /// Makes no call before a moment.
    pub(super) fn hold_until(&mut self, moment: Instant) {
        self.held_until = self.held_until.max(Some(moment));
    }
}

/// The delay after that many failures, with the upper half left to `random` (0 to 1).
pub(super) fn backoff(first: Duration, longest: Duration, failures: u32, random: f64) -> Duration {
    Backoff::new(first, longest, Jitter::Half).delay(failures, random)
}

/// The longest time that a service may ask to be left alone for. A number beyond that is rather a mistake, and would
/// silence the consumer.
const LONGEST_RETRY_AFTER: Duration = Duration::from_hours(1);

/// How long to wait after a failure: no less than the service has asked for.
pub(super) fn wait_after(pause: Duration, retry_after: Option<Duration>) -> Duration {
    pause.max(retry_after.unwrap_or_default().min(LONGEST_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    const HUNDRED: Rate = Rate { calls: 100, within: Duration::from_millis(1010) };

    /// The calls of ten seconds in which somebody looks every so many milliseconds, and not at all for the first
    /// `stall` of every 200.
    fn calls(start: Instant, look_ms: u64, stall_ms: u64) -> Vec<Instant> {
        let mut rate = CallRate::new(Some(HUNDRED));
        let looks = (0..10_000).step_by(usize::try_from(look_ms).unwrap());
        let looks = looks.filter(|ms| ms % 200 >= stall_ms).map(|ms| start + Duration::from_millis(ms));
        looks
            .filter(|now| {
                let is_ready = rate.is_ready(*now);
                if is_ready {
                    rate.record_call(*now);
                }
                is_ready
            })
            .collect()
    }

    #[test]
    fn no_second_sees_more_calls_than_the_limit() {
        for (look_ms, stall_ms) in [(1, 0), (3, 0), (4, 0), (7, 0), (12, 0), (1, 30), (1, 150), (3, 100)] {
            let calls = calls(clock::now(), look_ms, stall_ms);
            let in_second = |first: &Instant| {
                let end = *first + Duration::from_secs(1);
                calls.iter().filter(|call| *call >= first && **call < end).count()
            };
            let most = calls.iter().map(in_second).max().unwrap();
            assert!(most <= 100, "{most} calls in a second");
        }
    }

    #[test]
    fn a_busy_machine_lowers_the_rate_little() {
        for (look_ms, stall_ms) in [(1, 0), (3, 0), (4, 0), (7, 0), (1, 30), (2, 40)] {
            let calls = calls(clock::now(), look_ms, stall_ms).len();
            assert!(
                calls >= 975,
                "{calls} calls in ten seconds, looking every {look_ms} ms, {stall_ms} busy"
            );
        }
    }

    #[test]
    fn calls_are_apart() {
        let calls = calls(clock::now(), 1, 60);
        for pair in calls.windows(2) {
            assert!(pair[1] - pair[0] >= HUNDRED.interval() / 2, "{:?}", pair[1] - pair[0]);
        }
    }

    #[test]
    fn calls_come_evenly_when_nothing_is_late() {
        let calls = calls(clock::now(), 1, 0);
        for pair in calls.windows(2) {
            let apart = pair[1] - pair[0];
            assert!(apart + Duration::from_millis(1) >= HUNDRED.interval(), "{apart:?}");
        }
    }

    #[test]
    fn holding_stops_calls() {
        let start = clock::now();
        let mut rate = CallRate::new(None);
        rate.record_call(start);
        assert!(rate.is_ready(start));
        rate.hold_until(start + Duration::from_secs(2));
        rate.hold_until(start + Duration::from_secs(1));
        assert!(!rate.is_ready(start + Duration::from_millis(1999)));
        assert!(rate.is_ready(start + Duration::from_secs(2)));
    }

    #[test]
    fn backoff_grows_to_a_bound() {
        let (first, longest) = (Duration::from_millis(100), Duration::from_secs(2));
        assert_eq!(backoff(first, longest, 0, 1.0), first);
        assert_eq!(backoff(first, longest, 3, 0.0), Duration::from_millis(400));
        assert_eq!(backoff(first, longest, 99, 1.0), longest);
    }
}
