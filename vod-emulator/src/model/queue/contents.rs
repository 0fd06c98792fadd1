//! The events in a queue, for snapshots and for the page.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::Value;

use super::{Held, Queue};
use crate::model::content::Content;

/// An event that is neither confirmed nor lost.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct QueuedEvent {
    /// Tells events of a queue apart: how many were published before and with it.
    pub number: u64,
    /// The event without its handle; of bytes that were published as they are and are no JSON, their text.
    pub event: Value,
    /// While it is in flight: the handle that was handed out last.
    pub handle: Option<String>,
    /// While it is in flight: how long that handle is still valid.
    pub valid_for: Option<Duration>,
    /// While it waits: for how long it has, since it was published or returned.
    pub waited_for: Option<Duration>,
}

impl Queue {
    /// The events that are neither confirmed nor lost by now, in the order in which they were published. Handles are not
    /// kept: an event in flight counts as waiting.
    pub(crate) fn contents(&mut self, now: Duration) -> Vec<Content> {
        self.numbered(now).into_iter().map(|(_, event, _)| event.clone()).collect()
    }

    /// The same events, and the handles of those in flight.
    pub(crate) fn events(&mut self, now: Duration) -> Vec<QueuedEvent> {
        // What has expired by now is no handle any more.
        self.state(now);
        let mut handles: HashMap<u64, (String, Duration)> = HashMap::new();
        for (expiry, handle) in &self.expiries {
            if let Some(Held::Event(number)) = self.held.get(handle) {
                handles.insert(*number, (handle.clone(), expiry.saturating_sub(now)));
            }
        }
        let shown = |(number, event, since): (u64, &Content, Option<Duration>)| {
            let (handle, valid_for) = handles.remove(&number).unzip();
            let waited_for = since.map(|since| now.saturating_sub(since));
            QueuedEvent { number, event: shown(event), handle, valid_for, waited_for }
        };
        self.numbered(now).into_iter().map(shown).collect()
    }

    /// Each with its number, and with the moment since when it waits.
    fn numbered(&mut self, now: Duration) -> Vec<(u64, &Content, Option<Duration>)> {
        // What has expired by now is moved or dropped by it.
        self.state(now);
        let waiting = self.fresh.iter().chain(&self.returned);
        let waiting = waiting.map(|event| (event.number, &event.event, Some(event.since)));
        let in_flight = self.in_flight.iter().map(|(number, event)| (*number, &event.event, None));
        let mut events: Vec<(u64, &Content, Option<Duration>)> = waiting.chain(in_flight).collect();
        events.sort_by_key(|(number, ..)| *number);
        events
    }
}

fn shown(event: &Content) -> Value {
    match event {
        Content::Json(event) => event.clone(),
        Content::Raw(bytes) => serde_json::from_slice(bytes)
            .unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned().into()),
    }
}
