//! What is in a queue: for a snapshot, and to be looked at.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::Value;

use super::{Held, Queue};
use crate::model::content::Content;

/// Events of a listing at most.
const LISTED: usize = 200;

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
}

impl Queue {
    /// The newest events: those in flight with a handle of theirs and the seconds that it has left, then those that wait
    /// and for how many seconds.
    pub(crate) fn listing(&mut self, now: Duration) -> Vec<(Content, Option<String>, u64)> {
        self.state(now);
        let in_flight = self.expiries.iter().filter_map(|(expiry, handle)| {
            let Held::Event(number) = self.held.get(handle)? else { return None };
            let event = self.in_flight.get(number)?.event.clone();
            Some((event, Some(handle.clone()), expiry.saturating_sub(now).as_secs()))
        });
        let waiting = self.returned.iter().chain(&self.fresh).rev();
        let waiting =
            waiting.map(|event| (event.event.clone(), None, now.saturating_sub(event.since).as_secs()));
        in_flight.chain(waiting).take(LISTED).collect()
    }

    /// The events that are neither confirmed nor lost by now, in the order in which they were published. Handles are not
    /// kept: an event in flight counts as waiting.
    pub(crate) fn contents(&mut self, now: Duration) -> Vec<Content> {
        self.numbered(now).into_iter().map(|(_, event)| event.clone()).collect()
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
        let shown = |(number, event): (u64, &Content)| {
            let (handle, valid_for) = handles.remove(&number).unzip();
            QueuedEvent { number, event: shown(event), handle, valid_for }
        };
        self.numbered(now).into_iter().map(shown).collect()
    }

    fn numbered(&mut self, now: Duration) -> Vec<(u64, &Content)> {
        // What has expired by now is moved or dropped by it.
        self.state(now);
        let waiting = self.fresh.iter().chain(&self.returned).map(|event| (event.number, &event.event));
        let in_flight = self.in_flight.iter().map(|(number, event)| (*number, &event.event));
        let mut events: Vec<(u64, &Content)> = waiting.chain(in_flight).collect();
        events.sort_by_key(|(number, _)| *number);
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
