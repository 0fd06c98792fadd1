//! Counters of events by their outcome.

use std::time::Duration;

use tokio::time::Instant;

use super::Outcome;

/// Counts of the ledger. `pulled` is the sum of the others down to `abandoned` and of what is not resolved yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::events) struct Counters {
    pub(in crate::events) pulled: u64,
    pub(in crate::events) confirmed: u64,
    pub(in crate::events) released: u64,
    pub(in crate::events) expired: u64,
    pub(in crate::events) rejected: u64,
    pub(in crate::events) failed: u64,
    pub(in crate::events) unknown: u64,
    pub(in crate::events) abandoned: u64,
    /// Of the released: never delivered, because they had waited too long.
    pub(in crate::events) overdue: u64,
    /// Events confirmed without the application, which had accepted them before.
    pub(in crate::events) duplicates: u64,
    pub(in crate::events) pull_calls: u64,
    pub(in crate::events) pull_failures: u64,
    /// Pulls that brought events.
    pub(in crate::events) filled_pulls: u64,
    /// Pulls that were answered without an event.
    pub(in crate::events) empty_pulls: u64,
    pub(in crate::events) confirm_calls: u64,
    pub(in crate::events) confirm_failures: u64,
    /// Calls of either kind that failed because there were too many.
    pub(in crate::events) throttled: u64,
    pub(in crate::events) slowest_confirmation: Duration,
}

impl Counters {
    /// Counts the end of an event that was accepted at a time.
    pub(super) fn count(&mut self, outcome: &Outcome, accepted: Instant, now: Instant) {
        match outcome {
            Outcome::Confirmed => {
                self.confirmed += 1;
                let latency = now.saturating_duration_since(accepted);
                self.slowest_confirmation = self.slowest_confirmation.max(latency);
            }
            Outcome::Expired => self.expired += 1,
            Outcome::Rejected(_) => self.rejected += 1,
            Outcome::Failed(_) => self.failed += 1,
            Outcome::Unknown => self.unknown += 1,
            Outcome::Abandoned => self.abandoned += 1,
        }
    }

    /// How many events are resolved, in whatever way.
    #[cfg(test)]
    pub(in crate::events) fn resolved(&self) -> u64 {
        self.confirmed
            + self.released
            + self.expired
            + self.rejected
            + self.failed
            + self.unknown
            + self.abandoned
    }
}
