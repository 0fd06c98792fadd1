//! The walks, on the generated types of VOD and of a service with one of everything.

mod fields;
mod limits;
mod odd_values;
mod round_trip;

use serde_json::{Value, json};

use super::{Record, Retired, check_limits, decode_envelope, flatten, to_json};
use crate::vod::{
    ConfirmEventsRequest, EventContent, EventPayload, EventType, ModifyEventConfigRequest, PullEventsResponse,
};

#[allow(missing_docs)]
mod sample {
    vod_macros::service! { crate = crate; "sample-specs", only = [PutThing, TakeThing] }
}

use sample::{Colour, PutThingMode, PutThingRequest, PutThingResponse, TakeThingResponse};

fn decode<T: Record + Default>(response: &Value) -> Result<T, String> {
    let mut record = T::default();
    let body = json!({ "Response": response }).to_string();
    let envelope = decode_envelope(&body, &mut record).map_err(|error| error.to_string())?;
    assert!(envelope.has_response && envelope.error.is_none());
    Ok(record)
}

fn put() -> PutThingRequest {
    PutThingRequest::new("box", Colour::Red)
}

fn violation(record: &dyn Record) -> String {
    check_limits(record).expect_err("a limit is broken").to_string()
}

#[test]
fn requests_are_compact_json_in_the_order_of_the_spec() {
    let request = ConfirmEventsRequest::new(["111", "2\"2"]).sub_app_id(1_500_000_001);
    assert_eq!(to_json(&request), br#"{"EventHandles":["111","2\"2"],"SubAppId":1500000001}"#);
    assert_eq!(to_json(&crate::vod::PullEventsRequest::new()), b"{}");
    let inner = sample::Box::new(3).lid(sample::Box::new(2)).inner([sample::Box::new(1)]);
    let request = put().r#box(inner).weight(0.5).mode("odd").super_(-1);
    assert_eq!(
        String::from_utf8(to_json(&request)).unwrap(),
        r#"{"Name":"box","Type":"RED","Super":-1,"Weight":0.5,"Box":{"Side":3,"Inner":[{"Side":1}],"Lid":{"Side":2}},"Mode":"odd"}"#
    );
}

#[test]
fn required_lists_are_written_even_when_empty_and_others_are_not() {
    assert_eq!(to_json(&ConfirmEventsRequest::new(Vec::<String>::new())), br#"{"EventHandles":[]}"#);
    assert!(!String::from_utf8(to_json(&put().labels(Vec::<String>::new()))).unwrap().contains("Labels"));
}

#[test]
fn queries_are_flattened_as_the_vendor_documents_it() {
    let pairs = |record: &dyn Record| {
        flatten(record)
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("&")
    };
    assert_eq!(pairs(&ConfirmEventsRequest::new(["111", "222"])), "EventHandles.0=111&EventHandles.1=222");
    let request = put().r#box(sample::Box::new(3).inner([sample::Box::new(1)])).old_and_count();
    assert_eq!(
        pairs(&request),
        "Name=box&Type=RED&Weight=1.5&Count=7&Box.Side=3&Box.Inner.0.Side=1&New=true"
    );
}

impl PutThingRequest {
    fn old_and_count(self) -> Self {
        self.count(7).weight(1.5).new_(true)
    }
}

#[test]
fn absent_and_null_members_are_defaults() {
    for response in [json!({ "RequestId": "r" }), json!({ "EventSet": null, "RequestId": "r" })] {
        let decoded: PullEventsResponse = decode(&response).unwrap();
        assert!(decoded.event_set.is_empty());
        assert_eq!(decoded.request_id, "r");
    }
    let decoded: TakeThingResponse =
        decode(&json!({ "Thing": null, "Shelves": ["RED", null], "Counts": [1, null, 3], "Boxes": [null] }))
            .unwrap();
    assert_eq!(decoded.thing, None);
    assert_eq!(decoded.shelves, [Colour::Red, Colour::default()]);
    assert_eq!(decoded.counts, [1, 0, 3]);
    assert_eq!(decoded.boxes, [sample::Box::default()]);
}

#[test]
fn unknown_members_are_skipped_or_kept_as_the_type_says() {
    let decoded: PutThingResponse =
        decode(&json!({ "Surprise": { "a": [1, { "b": null }] }, "PutAt": "now", "RequestId": "r" }))
            .unwrap();
    assert_eq!(decoded.put_at.as_str(), "now");
    let event =
        json!({ "EventHandle": "h", "EventType": "NotYetInvented", "NotYetInventedEvent": { "Id": 7 } });
    let decoded: EventContent = serde_json::from_value(event.clone()).unwrap();
    assert_eq!(decoded.event_type.as_str(), "NotYetInvented");
    assert_eq!(decoded.unknown_members["NotYetInventedEvent"], json!({ "Id": 7 }));
    assert_eq!(serde_json::to_value(&decoded).unwrap(), event);
}

#[test]
fn a_union_tells_what_it_carries() {
    let event = |text: Value| serde_json::from_value::<EventContent>(text).unwrap();
    let deleted = event(json!({ "EventType": "FileDeleted", "FileDeleteEvent": { "FileIdSet": ["1"] } }));
    assert!(matches!(deleted.payload(), EventPayload::FileDeleted(task) if task.file_id_set == ["1"]));
    // The service has types that its documentation does not list; what is there counts.
    let untold = event(json!({ "EventType": "Other", "FileDeleteEvent": { "FileIdSet": ["1"] } }));
    assert!(matches!(untold.payload(), EventPayload::FileDeleted(_)));
    let unknown = event(json!({ "EventType": "NotYetInvented", "NotYetInventedEvent": { "Id": 7 } }));
    let EventPayload::Unknown { tag, members } = unknown.payload() else { panic!("it is unknown") };
    assert_eq!((tag, &members["NotYetInventedEvent"]["Id"]), ("NotYetInvented", &json!(7)));
}

#[test]
fn enumerations_are_open_and_listed_values_never_hide_in_unknown() {
    assert_eq!(EventType::from("FileDeleted"), EventType::FileDeleted);
    assert_eq!(EventType::from("New").to_string(), "New");
    assert!(matches!(EventType::from("New"), EventType::Unknown(_)));
    assert_eq!(PutThingMode::from("slow".to_owned()), PutThingMode::Slow);
    assert_eq!(serde_json::to_value(Colour::V720p).unwrap(), json!("720p"));
}

#[test]
fn numbers_in_strings_and_strings_for_numbers_are_taken() {
    let decoded: sample::Box = serde_json::from_value(json!({ "Side": "12" })).unwrap();
    assert_eq!(decoded.side, 12);
    let decoded: sample::Box = serde_json::from_value(json!({ "Side": 12.0 })).unwrap();
    assert_eq!(decoded.side, 12);
    let decoded: PutThingRequest = serde_json::from_value(
        json!({ "Name": 5, "Type": 720, "Weight": "2.5", "Count": "18446744073709551615", "Old": "true", "New": 0 }),
    )
    .unwrap();
    assert_eq!((decoded.name.as_str(), decoded.r#type.as_str()), ("5", "720"));
    assert_eq!((decoded.weight, decoded.count), (Some(2.5), Some(u64::MAX)));
    assert_eq!((decoded.old, decoded.new), (Some(true), Some(false)));
    let text = |value: Value| {
        serde_json::from_value::<PutThingRequest>(json!({ "Name": "a", "Type": value })).unwrap()
    };
    for (value, expected) in [(json!(true), "true"), (json!(1.5), "1.5"), (json!(-7), "-7")] {
        assert_eq!(text(value.clone()).r#type.as_str(), expected);
        assert_eq!(serde_json::from_value::<Colour>(value).unwrap().as_str(), expected);
    }
}

#[test]
fn a_wrong_value_is_reported_with_its_path() {
    let upload = |id: Value| json!({ "EventType": "NewFileUpload", "FileUploadEvent": { "FileId": id } });
    let response = json!({ "EventSet": [upload(json!("1")), upload(json!("2")), upload(json!([]))] });
    let error = decode::<PullEventsResponse>(&response).unwrap_err();
    assert!(
        error.starts_with("EventSet[2].FileUploadEvent.FileId: invalid type: sequence, expected a string"),
        "{error}"
    );
    let error =
        serde_json::from_value::<sample::Box>(json!({ "Inner": [{ "Side": 1 }, { "Side": "much" }] }))
            .unwrap_err();
    assert!(error.to_string().starts_with("Inner[1].Side: "), "{error}");
    let error = decode::<TakeThingResponse>(&json!({ "Counts": [1, 2, -0.5] })).unwrap_err();
    assert!(error.starts_with("Counts[2]: "), "{error}");
    let error = decode::<PutThingResponse>(&json!([])).unwrap_err();
    assert!(error.contains("expected an object"), "{error}");
    let error = serde_json::from_value::<PutThingRequest>(json!({ "Count": -1 })).unwrap_err();
    assert!(error.to_string().contains("whole number of at least 0"), "{error}");
}

#[test]
fn the_envelope_tells_success_failure_and_the_retired_shape() {
    let read = |text: &str| decode_envelope(text, &mut PullEventsResponse::default());
    let failed = read(r#"{"Response":{"Error":{"Code":"A.B","Message":"no"},"RequestId":"r"}}"#).unwrap();
    let error = failed.error.expect("there is an error");
    assert_eq!((error.code.as_str(), error.message.as_str()), ("A.B", "no"));
    assert!(read(r#"{"Response":{"Error":null,"RequestId":"r"}}"#).unwrap().error.is_none());
    let retired = r#"{"code":4000,"message":"bad","codeDesc":"Bad"}"#;
    let envelope = read(retired).unwrap();
    assert!(envelope.has_code && !envelope.has_response);
    let retired = Retired::read(retired).expect("it is retired");
    assert_eq!((retired.code, retired.code_desc.as_str(), retired.message.as_str()), (4000, "Bad", "bad"));
    assert!(!read("{}").unwrap().has_response);
    assert!(read(r#"{"Response":{"EventSet":[{"EventHandle":"#).is_err());
    assert!(read("<html>").is_err());
    assert!(read(r#"{"Response":{}} trailing"#).is_err());
}

#[test]
fn every_limit_names_field_value_and_bound() {
    assert!(check_limits(&put().labels(["a", "bbbb"]).super_(5).weight(0.5).count(100)).is_ok());
    let handles = |n: usize| ConfirmEventsRequest::new(vec!["h"; n]);
    assert!(check_limits(&handles(16)).is_ok());
    assert_eq!(violation(&handles(17)), "EventHandles has 17 items, at most 16 are allowed");
    assert_eq!(violation(&handles(0)), "EventHandles has 0 items, at least 1 must be given");
    assert_eq!(violation(&put().labels(["a", "bbbbb"])), "Labels[1] has 5 characters, at most 4 are allowed");
    assert_eq!(violation(&put().labels(["a"; 4])), "Labels has 4 items, at most 3 are allowed");
    assert_eq!(violation(&put().super_(6)), "Super is 6, the range is -5 to 5");
    assert_eq!(violation(&put().weight(0.25)), "Weight is 0.25, the smallest value allowed is 0.5");
    assert_eq!(violation(&put().count(101)), "Count is 101, the largest value allowed is 100");
    assert_eq!(
        violation(&PutThingRequest::new("Box", Colour::Red)),
        r#"Name is "Box", which does not match the pattern ^[a-z]*$"#
    );
    assert_eq!(violation(&put().weight(f64::INFINITY)), "Weight is inf, only finite numbers can be sent");
}

#[test]
fn characters_are_counted_not_bytes() {
    assert!(check_limits(&put().labels(["\u{53e5}\u{67c4}\u{4e00}\u{4e8c}"])).is_ok());
}

#[test]
fn sensitive_values_are_shown_nowhere() {
    let request = ModifyEventConfigRequest::new().sign_key("not letters!");
    let shown = format!("{request:?} {request:#?} {}", violation(&request));
    assert!(!shown.contains("not letters"), "{shown}");
    assert!(shown.contains("** redacted **"), "{shown}");
    assert!(String::from_utf8(to_json(&request)).unwrap().contains("not letters!"));
    let nested = format!("{:?}", put().secret("hunter2"));
    assert_eq!(nested, r#"PutThingRequest { name: "box", type: "RED", secret: ** redacted ** }"#);
}

#[test]
fn json_fields_hold_anything() {
    let thing = json!({ "Self": "s", "Payload": { "deep": [1, { "er": null }] }, "Flags": [true, false] });
    let decoded: TakeThingResponse = decode(&json!({ "Thing": thing })).unwrap();
    let decoded = decoded.thing.expect("there is a thing");
    assert_eq!(decoded.self_, "s");
    assert_eq!(decoded.note, Some(json!({ "deep": [1, { "er": null }] })));
    assert_eq!(serde_json::to_value(&*decoded).unwrap(), thing);
}
