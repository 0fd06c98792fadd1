//! What a snapshot keeps of a queue.

use std::time::Duration;

use super::Queue;
use crate::model::content::Content;

impl Queue {
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
