//! An answer of `PullEvents` as the service writes it: members in the order of the model, absent ones `null`.
//!
//! Of the payloads that an event does not have, those are `null` that are so in the vendor's example; the later
//! ones are left out.
#![allow(dead_code, unreachable_pub, reason = "each bench uses a part")]

use serde_json::{Value, json};
use vod_spec::model::{Element, Field, Service};

/// How many events one pull hands out at most.
const EVENTS: u64 = 16;

/// Payloads of [`EventContent`](vod_api::vod::EventContent) that the vendor's example does not have.
const LATER_PAYLOADS: [&str; 11] = [
    "MediaCastStatusChangedEvent",
    "ProcessMediaByMPSCompleteEvent",
    "AigcImageCompleteEvent",
    "AigcVideoCompleteEvent",
    "ExtractBlindWatermarkComplete",
    "SceneAigcImageCompleteEvent",
    "ProcessImageAsyncCompleteEvent",
    "CreateAigcAdvancedCustomElementCompleteEvent",
    "CreateAigcCustomVoiceCompleteEvent",
    "DescribeAigcFaceInfoAsyncCompleteEvent",
    "AigcHunyuan3DCompleteEvent",
];

/// Sixteen events of four types, a quarter of them task flows with their results.
pub fn pull_events_answer(service: &Service) -> String {
    let events: Vec<Value> = vod_emulator::samples::events(EVENTS)
        .enumerate()
        .map(|(i, mut event)| {
            event["EventHandle"] = json!(event_handle(i));
            event
        })
        .collect();
    let action = service.action("PullEvents").expect("the specs have it");
    let mut text = String::from("{\"Response\":{");
    write_members(service, &action.response, &json!({ "EventSet": events }), &mut text);
    text.push_str(",\"RequestId\":\"5ca61a3a-6b8e-4b4e-9256-fdc001190064\"}}");
    text
}

/// A handle of the length that the service hands out.
pub fn event_handle(number: usize) -> String {
    format!("EventHandle-5285890784{number:06}-{:032x}", 0x9E37_79B9_7F4A_7C15_u128 * (number as u128 + 1))
}

fn write_members(service: &Service, fields: &[Field], object: &Value, out: &mut String) {
    let written = fields.iter().filter(|field| !LATER_PAYLOADS.contains(&field.name.as_str()));
    for (i, field) in written.enumerate() {
        if i > 0 {
            out.push(',');
        }
        out.push_str(&json!(field.name).to_string());
        out.push(':');
        match &object[&field.name] {
            // The service never leaves out a list.
            Value::Null if field.ty.list => out.push_str("[]"),
            value => write_value(service, &field.ty.element, value, out),
        }
    }
}

fn write_value(service: &Service, element: &Element, value: &Value, out: &mut String) {
    match (value, element) {
        (Value::Array(values), _) => {
            out.push('[');
            for (i, value) in values.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_value(service, element, value, out);
            }
            out.push(']');
        }
        (Value::Object(_), Element::Record(name)) => {
            let record = service.record(name).expect("the specs have it");
            out.push('{');
            write_members(service, &record.fields, value, out);
            out.push('}');
        }
        _ => out.push_str(&value.to_string()),
    }
}
