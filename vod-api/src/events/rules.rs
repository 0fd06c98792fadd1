//! The numbers that the consumer works by.

use std::time::Duration;

use tokio::time::Instant;

/// How long a handle can be confirmed, counted by the service from the answer of its pull.
const VALIDITY: Duration = Duration::from_secs(30);
/// How many events a pull brings, and how many handles a confirmation takes.
pub(super) const BATCH: usize = 16;
/// How much of a rate limit pulls use. The service counts in seconds of its own, so a little is left for
/// requests that the network moves from one second into the next.
const PULL_USE: f64 = 0.985;
/// How much of a rate limit confirmations use: more than pulls, so that they keep up with them.
const CONFIRM_USE: f64 = 0.99;

/// What the ledger decides by. All durations are short of an hour: the builder sees to it.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    /// From before a pull is sent until its handles may have expired.
    pub(super) validity: Duration,
    /// How long before the end of the validity no confirmation is sent any more.
    pub(super) margin: Duration,
    /// How long an event must be confirmable to be handed out.
    pub(super) min_remaining: Duration,
    /// How many events the application works on at a time.
    pub(super) concurrency: usize,
    /// How many pulls run at a time, at most.
    pub(super) max_pulls: usize,
    /// How long a confirmation waits for company.
    pub(super) linger: Duration,
    /// How long before its deadline a confirmation waits no longer.
    pub(super) urgency: Duration,
    /// How long one attempt to confirm may take.
    pub(super) confirm_attempt: Duration,
    /// The time from one pull to the next.
    pub(super) pull_interval: Duration,
    /// The time from one confirmation to the next.
    pub(super) confirm_interval: Duration,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            validity: VALIDITY,
            margin: Duration::from_secs(2),
            min_remaining: Duration::from_secs(5),
            concurrency: 64,
            max_pulls: 10,
            linger: Duration::from_millis(50),
            urgency: Duration::from_secs(2),
            confirm_attempt: Duration::from_secs(5),
            pull_interval: Duration::ZERO,
            confirm_interval: Duration::ZERO,
        }
    }
}

impl Rules {
    /// Keeps to a share of the limits, in calls a second; 0 stands for no limit.
    pub(super) fn at_rates(mut self, pulls: u32, confirms: u32, share: f64) -> Self {
        self.pull_interval = interval(pulls, PULL_USE * share);
        self.confirm_interval = interval(confirms, CONFIRM_USE * share);
        self
    }

    /// From when on an event is no longer handed out.
    pub(super) fn last_call(&self, deadline: Instant) -> Instant {
        deadline.checked_sub(self.min_remaining).unwrap_or(deadline)
    }

    /// How many events may be pulled and not resolved. A pull can't ask for fewer than a batch.
    pub(super) fn room(&self) -> usize {
        self.concurrency.max(BATCH)
    }
}

fn interval(limit: u32, used: f64) -> Duration {
    match limit {
        0 => Duration::ZERO,
        limit => Duration::from_secs_f64(1.0 / (f64::from(limit) * used)),
    }
}
