//! Full-size answers as the service writes them: members in the order of the model, absent ones `null`.
//!
//! Of the payloads that an event does not have, those are `null` that are so in the vendor's example; the later
//! ones are left out.
#![allow(dead_code, unreachable_pub, reason = "each bench uses a part")]

use serde_json::{Value, json};
use vod_emulator::samples;
use vod_spec::model::{Element, Field, Service};

/// How many events one pull hands out at most.
const EVENTS: u64 = 16;

/// How many files one call of `DescribeMediaInfos` may ask for.
const FILES: u64 = 20;

/// How many outputs of a long video, and sentences spoken in it, one task tells of.
const OUTPUTS: u64 = 12;
const SENTENCES: u64 = 100;

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
pub fn pull_events(service: &Service) -> String {
    let events: Vec<Value> = samples::events(EVENTS)
        .enumerate()
        .map(|(i, mut event)| {
            event["EventHandle"] = json!(event_handle(i));
            event
        })
        .collect();
    answer(service, "PullEvents", &json!({ "EventSet": events }))
}

/// Twenty files, each with everything that the spec's example of a full answer has.
pub fn describe_media_infos(service: &Service) -> String {
    let action = service.action("DescribeMediaInfos").expect("the specs have it");
    let responses = action.examples.iter().filter_map(|example| example.response.as_ref());
    let example = responses.max_by_key(|response| response.to_string().len()).expect("it has examples");
    let files: Vec<Value> = (0..FILES)
        .map(|i| {
            let mut file = example["MediaInfoSet"][0].clone();
            file["FileId"] = json!((5_285_485_487_985_271_487 + i * 7919).to_string());
            file
        })
        .collect();
    answer(service, "DescribeMediaInfos", &json!({ "MediaInfoSet": files, "NotExistFileIdSet": [] }))
}

/// A task flow that made many outputs of a video and wrote down what is said in it.
pub fn describe_task_detail(service: &Service) -> String {
    let mut task = samples::procedure_state_changed(1)["ProcedureStateChangeEvent"].take();
    let outputs = (1..=OUTPUTS).map(|number| {
        samples::procedure_state_changed(number)["ProcedureStateChangeEvent"]["MediaProcessResultSet"].take()
    });
    task["MediaProcessResultSet"] =
        outputs.filter_map(|results| results.as_array().cloned()).flatten().collect();
    task["AiRecognitionResultSet"] =
        json!([{ "Type": "AsrFullTextRecognition", "AsrFullTextTask": speech() }]);
    let detail = json!({
        "TaskType": "Procedure",
        "Status": "FINISH",
        "CreateTime": "2025-01-01T00:01:01Z",
        "BeginProcessTime": "2025-01-01T00:01:02Z",
        "FinishTime": "2025-01-01T00:11:02Z",
        "ProcedureTask": task,
    });
    answer(service, "DescribeTaskDetail", &detail)
}

fn speech() -> Value {
    let sentences: Vec<Value> = (0..SENTENCES)
        .map(|i| {
            json!({
                "Confidence": 92.5,
                "StartTimeOffset": i * 6,
                "EndTimeOffset": i * 6 + 5,
                "Text": format!("Sentence {i} of the talk, about as long as people speak in one breath."),
            })
        })
        .collect();
    json!({
        "Status": "SUCCESS",
        "ErrCodeExt": "",
        "ErrCode": 0,
        "Message": "",
        "Input": { "Definition": 10 },
        "Output": {
            "SegmentSet": sentences,
            "SegmentSetFileUrl": "http://1500000001.vod2.myqcloud.com/00000001vodcq1500000001/asr.txt",
            "SegmentSetFileUrlExpireTime": "2025-01-02T00:11:02Z",
            "SubtitleSet": [],
            "SubtitleUrl": "",
        },
        "Progress": 100,
        "BeginProcessTime": "2025-01-01T00:01:02Z",
        "FinishTime": "2025-01-01T00:11:02Z",
    })
}

/// A handle of the length that the service hands out.
pub fn event_handle(number: usize) -> String {
    format!("EventHandle-5285890784{number:06}-{:032x}", 0x9E37_79B9_7F4A_7C15_u128 * (number as u128 + 1))
}

/// The text of an action's whole answer.
fn answer(service: &Service, action: &str, response: &Value) -> String {
    let action = service.action(action).expect("the specs have it");
    let mut text = String::from("{\"Response\":{");
    write_members(service, &action.response, response, &mut text);
    text.push_str(",\"RequestId\":\"5ca61a3a-6b8e-4b4e-9256-fdc001190064\"}}");
    text
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
