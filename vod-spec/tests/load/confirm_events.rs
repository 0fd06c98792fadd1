//! The action of the seed page, in full.

use std::path::Path;
use std::time::Duration;

use serde_json::json;
use vod_spec::model::{Bounds, Element, ErrorClass, Field, FieldType, Limits, Position};

use crate::sound;

pub(crate) const CONFIRM_EVENTS: &str = r#"
action     = "ConfirmEvents"
summary    = "Confirms that events handed out by PullEvents have been handled."
doc        = """
Longer Markdown, in our own words.
"""
doc-page   = 34184
rate-limit = 100
idempotent = true

[request.EventHandles]
type      = "[string]"
required  = true
items     = { min = 1, max = 16 }
valid-for = "30s"
doc       = "Handles of the events to confirm, from `PullEvents`."

[request.ExtInfo]
type = "string"
doc  = "Reserved."

[request.SubAppId]
use = "SubAppId"

[errors]
FailedOperation = "The confirmation could not be carried out."
"FailedOperation.InvalidVodUser" = "The account has not activated VOD."
InternalError = "The service failed internally."
InvalidParameterValue = "A handle is unknown or expired, or the list is too long."
UnauthorizedOperation = "The credential may not confirm events."

[[example]]
title    = "Confirm two events"
request  = { EventHandles = ["111", "222"] }
response = { RequestId = "12ae8d8e-dce3-4151-9d4b-5594145287e1" }
"#;

#[test]
fn confirm_events_loads_into_the_model() {
    let service = sound(&[("events/ConfirmEvents.toml", CONFIRM_EVENTS)]).service;
    assert_eq!((service.name.as_str(), service.version.as_str()), ("vod", "2018-07-17"));
    assert_eq!(service.summary, "Video on Demand");
    assert_eq!(service.endpoints[0].name, "mainland");
    assert_eq!(service.endpoints[1].host, "vod.{region}.example.com");
    assert_eq!(
        service.files,
        [Path::new("specs/vod/events/ConfirmEvents.toml"), Path::new("specs/vod/service.toml")]
    );

    let action = service.action("ConfirmEvents").unwrap();
    assert_eq!(action.summary, "Confirms that events handed out by PullEvents have been handled.");
    assert_eq!(action.doc, "Longer Markdown, in our own words.");
    assert_eq!(action.doc_page, Some(34184));
    assert_eq!(action.category, "events");
    assert_eq!(action.rate_limit, Some(100));
    assert!(action.idempotent && !action.unsigned && action.deprecated.is_none());
    assert!(action.response.is_empty());
    assert_eq!(action.at, Position { file: 0, line: 2, column: 14 });

    let codes: Vec<(&str, Option<ErrorClass>)> =
        action.errors.iter().map(|error| (error.code.as_str(), error.class)).collect();
    assert_eq!(
        codes,
        [
            ("FailedOperation", None),
            ("FailedOperation.InvalidVodUser", None),
            ("InternalError", None),
            ("InvalidParameterValue", None),
            ("UnauthorizedOperation", None),
        ]
    );
    assert_eq!(action.errors[1].doc, "The account has not activated VOD.");

    let [example] = action.examples.as_slice() else { panic!("{:?}", action.examples) };
    assert_eq!(example.title, "Confirm two events");
    assert_eq!(example.request, json!({ "EventHandles": ["111", "222"] }));
    assert_eq!(example.response, Some(json!({ "RequestId": "12ae8d8e-dce3-4151-9d4b-5594145287e1" })));
}

#[test]
fn its_parameters_keep_limits_places_and_where_they_come_from() {
    let service = sound(&[("events/ConfirmEvents.toml", CONFIRM_EVENTS)]).service;
    let action = service.action("ConfirmEvents").unwrap();
    let handles = Field {
        name: "EventHandles".into(),
        rust_name: "event_handles".into(),
        ty: FieldType { element: Element::String, list: true },
        required: true,
        nullable: false,
        sensitive: false,
        sensitive_stated: false,
        deprecated: None,
        doc: "Handles of the events to confirm, from `PullEvents`.".into(),
        limits: Limits { items: Some(Bounds { min: Some(1), max: Some(16) }), ..Limits::default() },
        not_limits: None,
        default: None,
        valid_for: Some(Duration::from_secs(30)),
        shared: None,
        tag: None,
        only_on: None,
        at: Position { file: 0, line: 11, column: 10 },
    };
    let ext_info = Field {
        name: "ExtInfo".into(),
        rust_name: "ext_info".into(),
        ty: FieldType { element: Element::String, list: false },
        required: false,
        doc: "Reserved.".into(),
        limits: Limits::default(),
        valid_for: None,
        at: Position { file: 0, line: 18, column: 10 },
        ..handles.clone()
    };
    let sub_app_id = Field {
        name: "SubAppId".into(),
        rust_name: "sub_app_id".into(),
        ty: FieldType { element: Element::Uint64, list: false },
        doc: "Id of the application.".into(),
        shared: Some("SubAppId".into()),
        at: Position { file: 0, line: 22, column: 10 },
        ..ext_info.clone()
    };
    assert_eq!(action.request, [handles, ext_info, sub_app_id]);
}
