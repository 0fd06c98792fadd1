//! What became of the events.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use vod_api::events::Report;

use super::broker::Stored;

/// What became of the events: at the broker, and at VOD's queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RelayReport {
    /// Events that the broker has stored.
    pub stored: u64,
    /// Events that were redelivered and were stored already.
    pub stored_before: u64,
    /// Events that the broker did not acknowledge in time; they are redelivered.
    pub not_stored: u64,
    /// What the consumer of the queue reports.
    pub queue: Report,
}

/// In one line, each figure as `name=number`.
impl fmt::Display for RelayReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stored, stored_before, not_stored, queue } = self;
        write!(f, "stored={stored} stored_before={stored_before} not_stored={not_stored}")?;
        write!(f, " pulled={} confirmed={} released={}", queue.pulled, queue.confirmed, queue.released)?;
        write!(f, " expired={} rejected={} failed={}", queue.expired, queue.rejected, queue.failed)?;
        write!(f, " unknown={} abandoned={}", queue.unknown, queue.abandoned)
    }
}

#[derive(Debug, Default)]
pub(super) struct Counts {
    stored: AtomicU64,
    stored_before: AtomicU64,
    not_stored: AtomicU64,
}

impl Counts {
    /// Counts an event; `None` if it was not acknowledged.
    pub(super) fn count(&self, outcome: Option<Stored>) {
        let counter = match outcome {
            Some(Stored::Now) => &self.stored,
            Some(Stored::Before) => &self.stored_before,
            None => &self.not_stored,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// The figures, read when all handlers have ended.
    pub(super) fn report(&self, queue: Report) -> RelayReport {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        RelayReport {
            stored: read(&self.stored),
            stored_before: read(&self.stored_before),
            not_stored: read(&self.not_stored),
            queue,
        }
    }
}
