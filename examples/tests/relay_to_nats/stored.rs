//! What was published beside what is stored.

use std::collections::HashMap;
use std::fmt;

use serde_json::Value;

/// How the messages of a stream differ from the events that were published.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    /// Messages.
    pub(crate) stored: usize,
    /// Events without a message.
    pub(crate) lost: usize,
    /// Messages beyond the first of an event.
    pub(crate) stored_twice: usize,
    /// Messages of no event.
    pub(crate) foreign: usize,
}

impl Comparison {
    /// Compares by all that an event holds.
    pub(crate) fn of(events: impl Iterator<Item = Value>, messages: Vec<Value>) -> Self {
        let mut counts: HashMap<String, usize> = events.map(|event| (content(&event), 0)).collect();
        let mut comparison = Self { stored: messages.len(), ..Self::default() };
        for message in messages {
            match counts.get_mut(&content(&message)) {
                Some(count) => *count += 1,
                None => comparison.foreign += 1,
            }
        }
        comparison.lost = counts.values().filter(|count| **count == 0).count();
        comparison.stored_twice = counts.values().map(|count| count.saturating_sub(1)).sum();
        comparison
    }
}

/// The same text for the same event: nothing is added to it, and nothing left out.
fn content(event: &Value) -> String {
    event.to_string()
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stored, lost, stored_twice, foreign } = self;
        write!(f, "stored {stored}, lost {lost}, stored twice {stored_twice}, foreign {foreign}")
    }
}
