//! Finds the bad handles of a refused batch.
//!
//! Nobody has written down whether a service that refuses a batch has confirmed the good handles in it. If it has,
//! and refuses to confirm twice, every handle is refused when it is sent alone, and nothing tells the bad from
//! the good. So a handle that is refused alone is known to be bad only if a sibling was accepted alone.

use tokio::time::Instant;

use super::confirms::Settled;
use super::{Cause, EventId, Outcome};

/// What became of one handle of a split.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The service confirmed it.
    Accepted,
    /// The service refused it, alone and without a doubt about earlier attempts.
    Refused { id: EventId, accepted: Instant, cause: Cause },
    /// Anything that teaches nothing about the siblings.
    Open,
}

/// The handles of a batch that was refused.
#[derive(Debug)]
pub(super) struct Split {
    /// Handles that are still being sent.
    open: usize,
    any_accepted: bool,
    refused: Vec<(EventId, Instant, Cause)>,
}

impl Split {
    pub(super) fn of(handles: usize) -> Self {
        Self { open: handles, any_accepted: false, refused: Vec::new() }
    }

    /// Takes what became of one of them, and tells which are settled by it.
    pub(super) fn leave(&mut self, verdict: Verdict) -> Vec<Settled> {
        self.open = self.open.saturating_sub(1);
        match verdict {
            Verdict::Accepted => self.any_accepted = true,
            Verdict::Refused { id, accepted, cause } => self.refused.push((id, accepted, cause)),
            Verdict::Open => {}
        }
        if !self.any_accepted && !self.is_over() {
            return Vec::new();
        }
        let bad = self.any_accepted;
        let refused = self.refused.drain(..);
        refused
            .map(|(id, accepted, cause)| Settled {
                id,
                accepted,
                outcome: if bad { Outcome::Rejected(cause) } else { Outcome::Unknown },
            })
            .collect()
    }

    pub(super) fn is_over(&self) -> bool {
        self.open == 0
    }
}
