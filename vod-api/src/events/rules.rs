//! The limits and times of the consumer.

use std::time::Duration;

use tokio::time::Instant;

/// The visibility timeout of a handle. The vendor does not document when it starts, so the consumer counts from before it
/// sends the pull.
const VALIDITY: Duration = Duration::from_secs(30);
/// The largest number of events in a pull, and of handles in a confirmation.
pub(super) const BATCH: usize = 16;
/// The fraction of the rate limit that pulls use. The rest is for requests that network delays shift from one of the
/// service's seconds into the next.
const PULL_USE: f64 = 0.985;
/// The fraction of the rate limit that confirmations use: more than pulls, so that they keep up with them.
const CONFIRM_USE: f64 = 0.99;

/// The maximum number of concurrent confirmations with the consumer's own rate limit: at 100 calls per second each may take
/// 640 ms before the limit is not reached.
const PACED_CONFIRMS: usize = 64;
/// The maximum number of concurrent confirmations without it.
const UNPACED_CONFIRMS: usize = 16;

/// The rules of the ledger. All durations are less than an hour: the builder checks that.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    /// From before a pull is sent until its handles may have expired.
    pub(super) validity: Duration,
    /// The safety margin: confirmations stop this long before the end of the validity.
    pub(super) confirm_margin: Duration,
    /// The least time that an event must have left to be delivered.
    pub(super) min_remaining: Duration,
    /// The maximum number of events in flight.
    pub(super) concurrency: usize,
    /// The maximum number of concurrent pulls.
    pub(super) max_concurrent_pulls: usize,
    /// How long a confirmation waits for others to share its call.
    pub(super) linger: Duration,
    /// How long before its deadline a confirmation stops waiting.
    pub(super) urgency: Duration,
    /// The timeout of one confirmation.
    pub(super) confirm_attempt: Duration,
    /// The rate limit of pulls; `None`: unlimited.
    pub(super) pull_rate: Option<Rate>,
    /// The rate limit of confirmations; `None`: unlimited.
    pub(super) confirm_rate: Option<Rate>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            validity: VALIDITY,
            confirm_margin: Duration::from_secs(2),
            min_remaining: Duration::from_secs(5),
            concurrency: 64,
            max_concurrent_pulls: 10,
            linger: Duration::from_millis(50),
            urgency: Duration::from_secs(2),
            confirm_attempt: Duration::from_secs(5),
            pull_rate: None,
            confirm_rate: None,
        }
    }
}

impl Rules {
    /// Keeps to a share of the limits, in calls a second; 0 stands for no limit.
    pub(super) fn at_rates(mut self, pulls: u32, confirms: u32, share: f64) -> Self {
        self.pull_rate = Rate::of(pulls, share, PULL_USE);
        self.confirm_rate = Rate::of(confirms, share, CONFIRM_USE);
        self
    }

    /// From when on an event is no longer delivered.
    pub(super) fn last_call(&self, deadline: Instant) -> Instant {
        deadline.checked_sub(self.min_remaining).unwrap_or(deadline)
    }

    /// How many events may wait or be in flight, late ones aside. A pull can't ask for fewer than a batch, and the
    /// next one is to come before the last place is free.
    pub(super) fn room(&self) -> usize {
        self.concurrency.saturating_add(BATCH - 1)
    }

    /// How many confirmations may be under way. Without a pace of its own, the consumer is slowed down by the
    /// client's, and each call that waits there is one whose handles could have gathered company here.
    pub(super) fn max_confirms(&self) -> usize {
        match self.confirm_rate {
            Some(_) => PACED_CONFIRMS,
            None => UNPACED_CONFIRMS.max(self.concurrency.div_ceil(BATCH)),
        }
    }
}

/// So many calls at most in any period of this length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rate {
    pub(super) calls: usize,
    pub(super) within: Duration,
}

impl Rate {
    /// A share of a limit in calls a second, of which only so much is used; 0 stands for no limit.
    fn of(limit: u32, share: f64, used: f64) -> Option<Self> {
        let second = Duration::from_secs(1).div_f64(used);
        let calls = f64::from(limit) * share;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 1 to a u32")]
        let whole = calls.floor().max(1.0) as usize;
        (limit > 0).then(|| Self {
            calls: whole,
            // A share of less than a call a second takes longer.
            within: if calls < 1.0 { second.div_f64(calls) } else { second },
        })
    }

    /// The time from one call to the next, if they come evenly.
    pub(super) fn interval(&self) -> Duration {
        self.within.div_f64(f64::from(u32::try_from(self.calls).unwrap_or(u32::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_rate_is_a_share_of_a_limit_of_which_a_little_is_left() {
        let rates = |pulls, confirms, share| {
            let rules = Rules::default().at_rates(pulls, confirms, share);
            (rules.pull_rate, rules.confirm_rate)
        };
        assert_eq!(rates(0, 0, 1.0), (None, None));
        let within = |used| SECOND.div_f64(used);
        let (pull, confirm) = rates(100, 50, 1.0);
        assert_eq!(pull, Some(Rate { calls: 100, within: within(PULL_USE) }));
        assert_eq!(confirm, Some(Rate { calls: 50, within: within(CONFIRM_USE) }));
        assert_eq!(rates(100, 50, 0.259).0, Some(Rate { calls: 25, within: within(PULL_USE) }));
        assert_eq!(rates(100, 0, 0.01), (Some(Rate { calls: 1, within: within(PULL_USE) }), None));
        // Less than one call a second takes longer.
        let slow = Some(Rate { calls: 1, within: within(PULL_USE).div_f64(0.25) });
        assert_eq!(rates(100, 0, 0.0025).0, slow);
    }

    #[test]
    fn calls_of_a_rate_come_evenly() {
        let rate = Rate { calls: 4, within: 2 * SECOND };
        assert_eq!(rate.interval(), SECOND / 2);
    }

    #[test]
    fn there_is_room_for_a_batch_beside_all_but_one() {
        let room = |concurrency| Rules { concurrency, ..Rules::default() }.room();
        assert_eq!((room(1), room(64), room(usize::MAX)), (BATCH, 64 + 15, usize::MAX));
    }

    #[test]
    fn confirmations_under_way_are_bounded_by_the_pace_or_the_places() {
        let most = |concurrency, limit| {
            Rules { concurrency, ..Rules::default() }.at_rates(0, limit, 1.0).max_confirms()
        };
        assert_eq!((most(1, 100), most(100_000, 100)), (PACED_CONFIRMS, PACED_CONFIRMS));
        assert_eq!((most(1, 0), most(256, 0), most(257, 0), most(1600, 0)), (16, 16, 17, 100));
    }

    #[test]
    fn the_last_call_comes_before_the_deadline() {
        let deadline = clock::now() + 20 * SECOND;
        assert_eq!(Rules::default().last_call(deadline), deadline - 5 * SECOND);
        let defaults = Rules::default();
        assert_eq!((defaults.validity, defaults.confirm_margin), (30 * SECOND, 2 * SECOND));
    }
}
