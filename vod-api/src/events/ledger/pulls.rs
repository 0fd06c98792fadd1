//! Scheduling of pulls: how many run concurrently, and when the next one starts.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::call_rate::{CallRate, backoff, wait_after};
use super::{PullId, Rules};
use crate::events::rules::BATCH;

/// An empty answer that came sooner was not a long poll.
const HELD_OPEN: Duration = Duration::from_secs(1);
const FIRST_IDLE: Duration = Duration::from_millis(100);
const LONGEST_IDLE: Duration = Duration::from_secs(2);
const FIRST_RETRY: Duration = Duration::from_millis(200);
const LONGEST_RETRY: Duration = Duration::from_secs(10);

/// The pulls that are under way, and what the last ones taught.
#[derive(Debug)]
pub(super) struct Pulls {
    /// When each began.
    open: HashMap<PullId, Instant>,
    last: u64,
    /// How many may be under way: more while the queue is full of events, one while it is empty.
    allowed: usize,
    most: usize,
    rate: CallRate,
    /// Failures in a row, and empty answers in a row that came too soon.
    failures: u32,
    idle: u32,
    stopped: bool,
}

impl Pulls {
    pub(super) fn new(rules: &Rules) -> Self {
        Self {
            open: HashMap::new(),
            last: 0,
            allowed: 1,
            most: rules.max_concurrent_pulls,
            rate: CallRate::new(rules.pull_rate),
            failures: 0,
            idle: 0,
            stopped: false,
        }
    }

    pub(super) fn open(&self) -> usize {
        self.open.len()
    }

    pub(super) fn stop(&mut self) {
        self.stopped = true;
        self.open.clear();
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Whether another pull may begin as soon as the rate limit lets it.
    pub(super) fn wants_more(&self) -> bool {
        !self.stopped && self.open.len() < self.allowed
    }

    /// How many events may wait to be delivered when another pull begins: none while one pull at a time is
    /// enough, and half of what the others may bring, so that the service need not wait for the application.
    pub(super) fn overlap(&self) -> usize {
        self.allowed.saturating_sub(1) * BATCH / 2
    }

    pub(super) fn ready_at(&self) -> Option<Instant> {
        self.rate.ready_at()
    }

    pub(super) fn is_ready(&self, now: Instant) -> bool {
        self.rate.is_ready(now)
    }

    pub(super) fn begin(&mut self, now: Instant) -> PullId {
        self.rate.record_call(now);
        self.last += 1;
        let id = PullId(self.last);
        self.open.insert(id, now);
        id
    }

    /// Ends a pull that was answered, and tells when it began; none if it had been given up.
    pub(super) fn answered(&mut self, id: PullId, now: Instant, events: usize) -> Option<Instant> {
        let began = self.open.remove(&id)?;
        self.failures = 0;
        if events > 0 {
            self.idle = 0;
            self.allowed = if events >= BATCH {
                (self.allowed * 2).min(self.most)
            } else {
                self.allowed.saturating_sub(1).max(1)
            };
            return Some(began);
        }
        self.allowed = 1;
        if now.saturating_duration_since(began) < HELD_OPEN {
            self.rate.hold_until(now + backoff(FIRST_IDLE, LONGEST_IDLE, self.idle, 1.0));
            self.idle = self.idle.saturating_add(1);
        } else {
            self.idle = 0;
        }
        Some(began)
    }

    /// Ends a pull that failed; the next ones wait.
    pub(super) fn failed(&mut self, id: PullId, now: Instant, retry_after: Option<Duration>, jitter: f64) {
        if self.open.remove(&id).is_some() {
            self.allowed = (self.allowed / 2).max(1);
            let pause = backoff(FIRST_RETRY, LONGEST_RETRY, self.failures, jitter);
            self.rate.hold_until(now + wait_after(pause, retry_after));
            self.failures = self.failures.saturating_add(1);
        }
    }
}

#[cfg(test)]
impl Pulls {
    pub(super) fn allowed(&self) -> usize {
        self.allowed
    }

    pub(super) fn set_allowed(&mut self, pulls: usize) {
        self.allowed = pulls;
    }
}
