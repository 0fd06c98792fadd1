//! An event's content behind a trait object, while the consumer passes it on; and how it comes out of a
//! pull's answer.
//!
//! Whatever holds a value by its type has the type's destructor compiled into its own part of the crate, and an
//! event's 37 payloads reach some 240 types. Behind the trait object they are compiled once.

use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};

use bytes::Bytes;

use crate::client::call::Detailed;
use crate::record::mismatch::Mismatch;
use crate::record::{Record, read_record, scan, to_json};
use crate::vod::{EventContent, PullEventsResponse};

/// What was pulled, until the application has it.
pub(super) type Content = Box<dyn AnyContent>;

/// An event with its JSON.
pub(super) trait AnyContent: fmt::Debug + Send + Sync + UnwindSafe + RefUnwindSafe {
    fn get(&self) -> &EventContent;
    fn record(&self) -> &dyn Record;
    fn take(self: Box<Self>) -> EventContent;
    /// The event's JSON, a part of the answer's body.
    fn raw(&self) -> &Bytes;
    /// What of it does not fit the type.
    fn mismatches(&self) -> &[Mismatch];
}

struct Pulled {
    event: EventContent,
    raw: Bytes,
    mismatches: Vec<Mismatch>,
}

impl fmt::Debug for Pulled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.event, f)
    }
}

impl AnyContent for Pulled {
    fn get(&self) -> &EventContent {
        &self.event
    }

    fn record(&self) -> &dyn Record {
        &self.event
    }

    fn take(self: Box<Self>) -> EventContent {
        self.event
    }

    fn raw(&self) -> &Bytes {
        &self.raw
    }

    fn mismatches(&self) -> &[Mismatch] {
        &self.mismatches
    }
}

/// The events of a pull. One that does not fit at all is there, too, with its JSON.
pub(super) fn of_answer(answer: Detailed<PullEventsResponse>) -> Vec<Content> {
    let Detailed { response, mismatches, json } = answer;
    let raws = events_in(&json);
    let events = response.event_set;
    if mismatches.is_empty() && raws.len() == events.len() {
        let contents = events.into_iter().zip(raws);
        return contents.map(|(event, raw)| boxed(event, raw, Vec::new())).collect();
    }
    // Each one is read by itself, to tell which mismatches are its own.
    raws.into_iter()
        .map(|raw| {
            let mut event = EventContent::default();
            let text = str::from_utf8(&raw).unwrap_or_default();
            let mismatches = read_record(text, &mut event).into_vec();
            boxed(event, raw, mismatches)
        })
        .collect()
}

/// An event that no consumer has pulled, for a test.
pub(super) fn for_test(event: EventContent) -> Content {
    let raw = to_json(&event).into();
    boxed(event, raw, Vec::new())
}

/// Puts the content into its box.
fn boxed(event: EventContent, raw: Bytes, mismatches: Vec<Mismatch>) -> Content {
    Box::new(Pulled { event, raw, mismatches })
}

/// The JSON of each event.
fn events_in(json: &Bytes) -> Vec<Bytes> {
    let Ok(text) = str::from_utf8(json) else { return Vec::new() };
    let once = scan::enter(text, "Response").and_then(|response| scan::enter(response, "EventSet"));
    let Some((mut events, rest)) = once.map(scan::elements_and_rest) else { return Vec::new() };
    // The last one counts of members that are given twice.
    if rest.contains(['\\', '{']) || rest.contains("\"EventSet\"") {
        let responses = scan::members(text).filter(|(name, _)| name == "Response");
        let lists = responses.filter_map(|(_, response)| scan::member(response.text, "EventSet"));
        events = lists.last().map(|list| scan::elements_and_rest(list.text).0).unwrap_or_default();
    }
    events.into_iter().map(|event| json.slice_ref(event.as_bytes())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raws(json: &str) -> Vec<Bytes> {
        events_in(&Bytes::copy_from_slice(json.as_bytes()))
    }

    #[test]
    fn the_json_of_each_event_is_a_part_of_the_body() {
        let body = Bytes::from_static(br#"{"Response": {"EventSet": [ {"a":[1]} , "" ], "RequestId": "r"}}"#);
        let events = events_in(&body);
        assert_eq!(events, [&b"{\"a\":[1]}"[..], &b"\"\""[..]]);
        assert!(body.as_ptr_range().contains(&events[0].as_ptr()), "it is not a copy");
    }

    #[test]
    fn the_last_one_of_members_that_come_twice_counts() {
        for json in [
            r#"{"Response":{"EventSet":[1],"EventSet":[2]}}"#,
            r#"{"Response":{"EventSet":[1],"Event\u0053et":[2]}}"#,
            r#"{"Response":{"EventSet":[1]},"Response":{"EventSet":[2]}}"#,
            r#"{"Response":{"EventSet":[1]},"Res\u0070onse":{"EventSet":[2]}}"#,
            r#"{"Response":{"x":{"EventSet":[1]},"EventSet":[2]},"y":{"EventSet":[3]}}"#,
        ] {
            assert_eq!(raws(json), ["2"], "{json}");
        }
    }

    #[test]
    fn no_list_has_no_events() {
        for json in [
            "{}",
            r#"{"Response":{}}"#,
            r#"{"Response":{"EventSet":null}}"#,
            r#"{"Response":{"EventSet":""}}"#,
        ] {
            assert!(raws(json).is_empty(), "{json}");
        }
    }
}
