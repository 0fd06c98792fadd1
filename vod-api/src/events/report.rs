//! Reports and statistics of a consumer.

use std::time::Duration;

use super::ledger::Counters;

/// The event counters of a consumer that has ended.
///
/// Every event that was pulled is counted in exactly one of `confirmed`, `released`, `expired`, `rejected`, `failed`,
/// `unknown` and `abandoned`. All but the confirmed ones may be redelivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Report {
    /// Events that were pulled; one that is redelivered counts again.
    pub pulled: u64,
    /// Events that the service confirmed.
    pub confirmed: u64,
    /// Events that are to be redelivered: released or dropped by the application, not accepted by its handler, or
    /// never delivered.
    pub released: u64,
    /// Events whose handle expired before they were confirmed.
    pub expired: u64,
    /// Events whose handle the service rejected.
    pub rejected: u64,
    /// Events whose confirmation never reached the service.
    pub failed: u64,
    /// Events whose confirmation has an unknown outcome.
    pub unknown: u64,
    /// Events that were abandoned by a forced shutdown.
    pub abandoned: u64,
    /// Of all events: those that had been accepted before and were not delivered again.
    pub duplicates: u64,
    /// Of the released events: those that waited too long to be delivered.
    pub overdue: u64,
    /// Handlers that panicked.
    pub handler_panics: u64,
}

/// A consumer's statistics at one moment: counters since its start, and gauges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct EventStats {
    /// The counters of the report.
    pub totals: Report,
    /// Gauge: events that were pulled and not yet delivered.
    pub waiting: usize,
    /// Gauge: events in flight.
    pub in_flight: usize,
    /// Gauge: events that were accepted and are not yet confirmed.
    pub confirming: usize,
    /// Gauge: the time since the start of the pull that returned the oldest unresolved event. Near 30 s, handlers are
    /// too slow.
    pub lag: Duration,
    /// Events that were pulled more than once. Only known with a [key](super::EventsBuilder::deduplicate_by).
    pub redelivered: u64,
    /// The longest time from `confirm` to the service's acknowledgement.
    pub confirm_latency_max: Duration,
    /// Calls of `PullEvents`.
    pub pull_calls: u64,
    /// Calls of `PullEvents` that returned no event.
    pub empty_pulls: u64,
    /// Calls of `PullEvents` that failed.
    pub pull_failures: u64,
    /// Calls of `ConfirmEvents`.
    pub confirm_calls: u64,
    /// Calls of `ConfirmEvents` that failed or were rejected.
    pub confirm_failures: u64,
    /// Calls of either action that the service throttled: other callers use the same user's rate limit, see
    /// [`rate_share`](super::EventsBuilder::rate_share).
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
