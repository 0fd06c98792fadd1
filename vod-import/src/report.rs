//! What an import does to the spec files.

use std::fmt;

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// The model has it and the spec files had not.
    Added,
    /// The spec files had it and the model has not.
    Removed,
    /// Both have it, and the model says something else.
    Changed,
}

/// One difference between the spec files and the model.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// What it happened to: `action`, `field`, `type`, `limit`, ...
    pub what: &'static str,
    /// The item, for example `ConfirmEvents.EventHandles`.
    pub item: String,
    /// What it was and what it is; empty where the item says it all.
    pub detail: String,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Changed => "changed",
        };
        write!(f, "{kind} {} {}", self.what, self.item)?;
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}

/// Collects differences, in the order in which they are met.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) changes: Vec<Change>,
    /// What the maintainer should know though it changes nothing.
    pub(crate) notes: Vec<String>,
}

impl Report {
    pub(crate) fn add(
        &mut self,
        kind: ChangeKind,
        what: &'static str,
        item: impl Into<String>,
        detail: impl Into<String>,
    ) {
        self.changes.push(Change { kind, what, item: item.into(), detail: detail.into() });
    }

    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }
}
