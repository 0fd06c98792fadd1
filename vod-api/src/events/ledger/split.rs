//! Finds the invalid handles of a refused batch, by splitting it.
//!
//! The vendor does not document whether a service that refuses a batch has confirmed good handles of it: all, none,
//! or those before the first bad one. If it has, and refuses to confirm twice, a good handle is refused, too, when
//! it is sent again. So a handle that is refused alone is known to be bad in two cases only:
//!
//! - The first handle of a refused batch was accepted later. A service that confirms handles of a batch that it
//!   refuses confirms the first one, if it is good. So this service confirms none of them, or accepts a handle twice.
//! - All others of the batch were accepted later. So they were good, and the batch was refused for this one.
//!
//! Otherwise the outcome is unknown.

use std::collections::HashSet;

use tokio::time::Instant;

use super::{Cause, EventId, Outcome, Resolved};

/// What became of one handle of a split.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The service confirmed it.
    Accepted(EventId),
    /// The service refused it, alone and without an ambiguous earlier attempt.
    Refused { id: EventId, accepted: Instant, cause: Cause },
    /// Anything that teaches nothing about the siblings.
    Open,
}

/// The handles of a batch that was refused.
#[derive(Debug)]
pub(super) struct Split {
    handles: usize,
    /// Handles that are still being sent.
    open: usize,
    accepted: usize,
    /// The first handle of each batch that was refused: the whole, and its parts.
    firsts: HashSet<EventId>,
    /// One of them was accepted later.
    any_first_accepted: bool,
    refused: Vec<(EventId, Instant, Cause)>,
}

impl Split {
    pub(super) fn of(handles: usize) -> Self {
        Self {
            handles,
            open: handles,
            accepted: 0,
            firsts: HashSet::new(),
            any_first_accepted: false,
            refused: Vec::new(),
        }
    }

    /// Takes the first handle of a refused batch.
    pub(super) fn refused_batch(&mut self, first: EventId) {
        self.firsts.insert(first);
    }

    /// Takes what became of one of them, and tells which are resolved by it.
    pub(super) fn leave(&mut self, verdict: Verdict) -> Vec<Resolved> {
        self.open = self.open.saturating_sub(1);
        match verdict {
            Verdict::Accepted(id) => {
                self.accepted += 1;
                self.any_first_accepted |= self.firsts.contains(&id);
            }
            Verdict::Refused { id, accepted, cause } => self.refused.push((id, accepted, cause)),
            Verdict::Open => {}
        }
        if !self.any_first_accepted && !self.is_over() {
            return Vec::new();
        }
        let is_the_only_one = self.refused.len() == 1 && self.accepted + 1 == self.handles;
        let bad = self.any_first_accepted || is_the_only_one;
        let refused = self.refused.drain(..);
        refused
            .map(|(id, accepted, cause)| Resolved {
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
