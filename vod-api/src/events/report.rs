//! Figures about a consumer.

use std::time::Duration;

use super::ledger::Counters;

/// What became of the events of a consumer that has ended.
///
/// Every event that was pulled is counted in exactly one of `confirmed`, `released`, `expired`, `rejected`,
/// `failed`, `unknown` and `abandoned`. All but the confirmed ones may be redelivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Report {
    /// Events that were pulled; one that came twice counts twice.
    pub pulled: u64,
    /// Events that the service confirmed.
    pub confirmed: u64,
    /// Events that were left to be redelivered: released or dropped by the application, refused by its handler,
    /// or never delivered.
    pub released: u64,
    /// Events whose handle ran out before they were confirmed.
    pub expired: u64,
    /// Events that the service refused to confirm.
    pub rejected: u64,
    /// Events whose confirmation never reached the service.
    pub failed: u64,
    /// Events whose confirmation has an unknown outcome.
    pub unknown: u64,
    /// Events that were given up when the consumer was abandoned.
    pub abandoned: u64,
    /// Of the confirmed and other ones: events that had been accepted before and were not delivered again.
    pub duplicates: u64,
    /// Of the released ones: events that had waited too long to be delivered.
    pub overdue: u64,
    /// Handlers that panicked.
    pub handler_panics: u64,
}

/// A consumer's figures at one moment: counters since its start, and gauges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct EventStats {
    /// The counters, as they will stand in the report.
    pub totals: Report,
    /// Gauge: events that were pulled and not yet delivered.
    pub waiting: usize,
    /// Gauge: events in flight.
    pub in_flight: usize,
    /// Gauge: events that are accepted and not yet confirmed.
    pub confirming: usize,
    /// Gauge: how long ago the pull began that brought the oldest event that is not resolved. Near 30 s,
    /// handlers are too slow.
    pub lag: Duration,
    /// Events that came more than once. Only known with a [key](super::EventsBuilder::deduplicate_by).
    pub redelivered: u64,
    /// The longest time from `confirm` to the service's answer.
    pub confirm_latency_max: Duration,
    /// Calls of `PullEvents`.
    pub pull_calls: u64,
    /// Calls of `PullEvents` that were answered without an event.
    pub empty_pulls: u64,
    /// Calls of `PullEvents` that failed.
    pub pull_failures: u64,
    /// Calls of `ConfirmEvents`.
    pub confirm_calls: u64,
    /// Calls of `ConfirmEvents` that failed or were refused.
    pub confirm_failures: u64,
    /// Calls of either action that were refused because there were too many: something else uses up the
    /// user's rate limit, see [`rate_share`](super::EventsBuilder::rate_share).
    pub throttled: u64,
}

impl Report {
    pub(super) fn new(counters: &Counters, handler_panics: u64) -> Self {
        Self {
            pulled: counters.pulled,
            confirmed: counters.confirmed,
            released: counters.released,
            expired: counters.expired,
            rejected: counters.rejected,
            failed: counters.failed,
            unknown: counters.unknown,
            abandoned: counters.abandoned,
            duplicates: counters.duplicates,
            overdue: counters.overdue,
            handler_panics,
        }
    }
}
