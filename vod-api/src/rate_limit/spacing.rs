//! Even spacing of calls by the generic cell rate algorithm: arithmetic on moments that it is told.

use std::time::Duration;

use tokio::time::Instant;

/// When the next call is due. The rate may change with each call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spacing {
    due: Option<Instant>,
}

impl Spacing {
    /// When the next call is due; `None` before the first one.
    pub(crate) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Counts a call. The next one is due an interval after this one was. A call that comes late is made up for, by no
    /// more than `tolerance`, so that late timers do not lower the rate.
    pub(crate) fn record_call(&mut self, now: Instant, interval: Duration, tolerance: Duration) {
        let earliest = now.checked_sub(tolerance).unwrap_or(now);
        self.due = Some(self.due.map_or(now, |due| due.max(earliest)) + interval);
    }

    /// Puts the next call off until a moment.
    pub(crate) fn put_off(&mut self, until: Instant) {
        self.due = self.due.max(Some(until));
    }
}
