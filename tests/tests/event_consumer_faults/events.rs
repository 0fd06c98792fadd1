//! The events of the runs: each carries a number, and one in fifty does not fit its type.

use serde_json::{Value, json};
use vod_emulator::EmulatedService;

use crate::service::event;

/// One in so many events does not fit its type.
const ODD: u64 = 50;

/// Whether the event of a number does not fit its type.
pub(crate) fn is_odd(number: u64) -> bool {
    number.is_multiple_of(ODD)
}

/// Puts events with these numbers into the queue.
pub(crate) fn publish(service: &EmulatedService, numbers: std::ops::Range<u64>) {
    for number in numbers {
        if is_odd(number) {
            service.publish_raw(0, odd_event(number)).unwrap();
        } else {
            service.publish(event(number)).unwrap();
        }
    }
}

/// Puts values in place of events into the queue, which have no handle. They come again and again.
pub(crate) fn publish_without_handle(service: &EmulatedService) -> u64 {
    let values = ["[]", "0", "null", r#""""#, r#"{"EventHandle":["${EventHandle}"]}"#];
    for value in values {
        service.publish_raw(0, value).unwrap();
    }
    values.len() as u64
}

fn odd_event(number: u64) -> String {
    let number_text = number.to_string();
    let typed = |event_type: Value, member: &str, content: Value| {
        json!({ "EventType": event_type, "Number": number_text, member: content }).to_string()
    };
    let deleted = || json!("FileDeleted");
    match number / ODD % 6 {
        0 => typed(deleted(), "FileDeleteEvent", json!([])),
        1 => typed(deleted(), "FileDeleteEvent", json!({ "FileIdSet": {} })),
        2 => typed(json!({}), "FileDeleteEvent", json!("")),
        3 => {
            let date = json!({ "ErrCode": "2023-09-08T02:23:29Z" });
            typed(json!("ProcedureStateChanged"), "ProcedureStateChangeEvent", date)
        }
        4 => typed(deleted(), "FileDeleteEvent", json!({ "FileIdSet": [[]] })),
        // Text that no strict reader takes: half of a character, and a number beyond all types.
        _ => format!(
            r#"{{"EventType":"FileDeleted","Name":"cut \ud83d","FileDeleteEvent":0,"Size":1e400,"Number":"{number}"}}"#
        ),
    }
}

/// The number that the JSON of an event carries.
pub(crate) fn number_in(event: &str) -> Option<u64> {
    numbers_in(event).next()
}

/// The numbers that the JSON of events carries, in no order.
pub(crate) fn numbers_in(events: &str) -> impl Iterator<Item = u64> {
    let members = [r#""Number":""#, r#""FileIdSet":[""#];
    let rests = members.into_iter().flat_map(move |member| events.split(member).skip(1));
    rests.filter_map(|rest| rest.split('"').next()?.parse().ok())
}
