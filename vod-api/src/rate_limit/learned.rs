//! The rate of an action without a published limit: learned from what the service throttles.

use std::time::Duration;

use tokio::time::Instant;

use super::adaptive_rate::AdaptiveRate;

const SECOND: Duration = Duration::from_secs(1);

/// No limit at all, until the service throttles a call. Then the calls that it took in a second are the limit,
/// which calls keep below and approach again, and which is forgotten once they go at twice its rate.
#[derive(Debug)]
pub(super) struct Learned {
    pace: Option<AdaptiveRate>,
    sent: LastSecond,
    sign: Option<Sign>,
}

/// The service throttles.
#[derive(Debug)]
struct Sign {
    since: Instant,
    /// Calls that were sent in the second before.
    sent: u32,
    /// Those of them, as far as is known, that the service did not take.
    refused: u32,
}

impl Learned {
    pub(super) fn new(now: Instant) -> Self {
        Self { pace: None, sent: LastSecond { since: now, count: 0, before: 0 }, sign: None }
    }

    /// Whether a call may go without a turn.
    pub(super) fn is_unlimited(&mut self, now: Instant) -> bool {
        if self.pace.as_mut().is_some_and(|pace| pace.is_recovered(now)) {
            self.pace = None;
        }
        if self.pace.is_none() {
            self.sent.add(now);
        }
        self.pace.is_none()
    }

    /// Lets a call go now, or returns how long to wait.
    pub(super) fn take(&mut self, now: Instant) -> Option<Instant> {
        let at = self.pace.as_mut().and_then(|pace| pace.take(now));
        if at.is_none() {
            self.sent.add(now);
        }
        at
    }

    /// Takes a throttled call into account. Returns the new rate, in calls a second.
    pub(super) fn slow_down(&mut self, now: Instant) -> f64 {
        // Calls that were under way together tell one thing, and each of them tells it better.
        let sign = self.sign.take().filter(|sign| now - sign.since < SECOND);
        let sign = sign.unwrap_or_else(|| Sign { since: now, sent: self.sent.count(now), refused: 0 });
        let sign = self.sign.insert(Sign { refused: sign.refused + 1, ..sign });
        let taken = sign.sent.saturating_sub(sign.refused).max(1);
        let pace = AdaptiveRate::lowered(f64::from(taken), now);
        self.pace.insert(pace).rate()
    }

    /// Whether a call has gone within that time.
    pub(super) fn is_used_since(&self, now: Instant, time: Duration) -> bool {
        now.saturating_duration_since(self.sent.since) < time
    }
}

/// How many calls were sent in a second, roughly.
#[derive(Debug)]
struct LastSecond {
    since: Instant,
    count: u32,
    before: u32,
}

impl LastSecond {
    fn add(&mut self, now: Instant) {
        self.go_on(now);
        self.count += 1;
    }

    fn count(&mut self, now: Instant) -> u32 {
        self.go_on(now);
        self.count.max(self.before)
    }

    fn go_on(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.since);
        if passed >= SECOND {
            let before = if passed < 2 * SECOND { self.count } else { 0 };
            *self = Self { since: now, count: 0, before };
        }
    }
}
