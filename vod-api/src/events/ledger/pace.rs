//! Spreads calls over time.

use std::time::Duration;

use tokio::time::Instant;

/// Keeps an interval between calls. A call that came late lets the next one come early by as much, up to half
/// an interval, so that the timer's coarseness does not lower the rate.
#[derive(Debug, Clone)]
pub(super) struct Pace {
    interval: Duration,
    due: Option<Instant>,
    held_until: Option<Instant>,
}

impl Pace {
    pub(super) fn new(interval: Duration) -> Self {
        Self { interval, due: None, held_until: None }
    }

    /// When the next call may be made; none: at any time.
    pub(super) fn ready_at(&self) -> Option<Instant> {
        let tolerance = self.interval / 2;
        let paced = self.due.map(|due| due.checked_sub(tolerance).unwrap_or(due));
        paced.max(self.held_until)
    }

    pub(super) fn is_ready(&self, now: Instant) -> bool {
        self.ready_at().is_none_or(|ready| ready <= now)
    }

    /// Counts a call.
    pub(super) fn take(&mut self, now: Instant) {
        self.due = Some(self.due.map_or(now, |due| due.max(now)) + self.interval);
    }

    /// Makes no call before a moment.
    pub(super) fn hold_until(&mut self, moment: Instant) {
        self.held_until = self.held_until.max(Some(moment));
    }
}

/// Waiting times that double with each failure, of which `jitter` (0 to 1) leaves the upper half open.
pub(super) fn backoff(first: Duration, longest: Duration, failures: u32, jitter: f64) -> Duration {
    let whole = first.saturating_mul(1 << failures.min(16)).min(longest);
    whole.mul_f64(0.5 + jitter.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn no_second_sees_more_calls_than_the_limit() {
        let start = clock::now();
        for wake_every_ms in [1, 3, 4, 7, 12] {
            let mut pace = Pace::new(Duration::from_secs_f64(1.0 / 99.0));
            let mut calls = Vec::new();
            for tick in 0..10_000 / wake_every_ms {
                let now = start + Duration::from_millis(tick * wake_every_ms);
                if pace.is_ready(now) {
                    pace.take(now);
                    calls.push(now);
                }
            }
            let most = calls
                .iter()
                .map(|first| {
                    calls
                        .iter()
                        .filter(|call| **call >= *first && **call < *first + Duration::from_secs(1))
                        .count()
                })
                .max()
                .unwrap();
            assert!(most <= 100, "{most} calls in a second");
            if wake_every_ms <= 4 {
                assert!(calls.len() >= 985, "{} calls in ten seconds", calls.len());
            }
        }
    }

    #[test]
    fn holding_stops_calls() {
        let start = clock::now();
        let mut pace = Pace::new(Duration::ZERO);
        pace.take(start);
        assert!(pace.is_ready(start));
        pace.hold_until(start + Duration::from_secs(2));
        pace.hold_until(start + Duration::from_secs(1));
        assert!(!pace.is_ready(start + Duration::from_millis(1999)));
        assert!(pace.is_ready(start + Duration::from_secs(2)));
    }

    #[test]
    fn backoff_grows_to_a_bound() {
        let (first, longest) = (Duration::from_millis(100), Duration::from_secs(2));
        assert_eq!(backoff(first, longest, 0, 1.0), first);
        assert_eq!(backoff(first, longest, 3, 0.0), Duration::from_millis(400));
        assert_eq!(backoff(first, longest, 99, 1.0), longest);
    }
}
