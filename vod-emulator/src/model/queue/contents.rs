//! What a snapshot keeps of a queue.

use std::time::Duration;

use super::{Held, Queue};
use crate::model::content::Content;

/// Events of a listing at most.
const LISTED: usize = 200;

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
        // What has expired by now is moved or dropped by it.
        self.state(now);
        let waiting = self.fresh.iter().chain(&self.returned).map(|event| (event.number, &event.event));
        let in_flight = self.in_flight.iter().map(|(number, event)| (*number, &event.event));
        let mut events: Vec<(u64, &Content)> = waiting.chain(in_flight).collect();
        events.sort_by_key(|(number, _)| *number);
        events.into_iter().map(|(_, event)| event.clone()).collect()
    }
}
