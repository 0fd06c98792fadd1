//! Into an empty directory.

use std::path::Path;

use serde_json::{Value, json};
use vod_import::{Input, import};
use vod_spec::load_service;
use vod_spec::model::{AnswerFormat, BodyFormat, Element, Storage};

use crate::sample::{directory, imported, imported_with, loaded, member, model, read, told, write};

fn every_kind_of_fact() -> Value {
    let text = |text: &str| json!({ "document": text });
    model(
        &[(
            "StartTask",
            vec![
                member(
                    "Handles",
                    "list",
                    "string",
                    json!({ "required": true, "document": "句柄。数组长度限制：16。" }),
                ),
                member("Mode", "string", "string", text("<li>PUSH：推</li><li>PULL：拉</li>默认值：PUSH。")),
                member("Name", "string", "string", text("长度限制：64 个字符。")),
                member(
                    "Count",
                    "int",
                    "uint64",
                    json!({ "document": "取值范围：[1, 100]。默认值：10。", "example": "5" }),
                ),
                member("Odd", "int", "int64", json!({ "document": "取值范围：[1, 100]", "example": "0" })),
                member("Old", "bool", "bool", json!({ "disabled": true })),
                member("When", "string", "datetime_iso", json!({})),
                member("Data", "odd", "odd", json!({})),
            ],
            vec![member(
                "Result",
                "object",
                "TaskResult",
                json!({ "output_required": true, "value_allowed_null": true }),
            )],
        )],
        &[(
            "TaskResult",
            vec![
                member(
                    "Size",
                    "int",
                    "uint64",
                    json!({ "output_required": true, "document": "取值范围：[1, 9]", "example": "3" }),
                ),
                member("Days", "list", "date", json!({ "output_required": true })),
            ],
        )],
    )
}

#[test]
fn facts_are_written_and_sentences_are_not() {
    let directory = directory("facts");
    let model = every_kind_of_fact();
    let outcome = imported(&directory, &model);
    assert_eq!(
        told(&outcome),
        [
            "added service demo: 2024-01-01",
            "added action StartTask: StartTask.toml",
            "added type TaskResult: types.toml",
        ]
    );
    assert_eq!(outcome.notes, ["StartTask.Data: the model has no such type; any JSON is taken"]);
    assert_eq!(
        read(&directory, "StartTask.toml"),
        r#"action = "StartTask"
summary = "Not described yet."
doc = "Not described yet."

[request.Handles]
type = "[string]"
required = true
items = { max = 16 }
doc = "Not described yet."

[request.Mode]
type = "string"
default = "PUSH"
doc = "Not described yet."

[request.Mode.values]
PUSH = "Not described yet."
PULL = "Not described yet."

[request.Name]
type = "string"
length = { max = 64 }
doc = "Not described yet."

[request.Count]
type = "uint64"
range = { min = 1, max = 100 }
default = 10
doc = "Not described yet."

[request.Odd]
type = "int64"
doc = "Not described yet."

[request.Old]
type = "bool"
deprecated = "The service no longer uses it."
doc = "Not described yet."

[request.When]
type = "timestamp"
doc = "Not described yet."

[request.Data]
type = "json"
doc = "Not described yet."

[response.Result]
type = "TaskResult"
nullable = true
doc = "Not described yet."
"#
    );
    assert_eq!(
        read(&directory, "types.toml"),
        r#"[types.TaskResult]
doc = "Not described yet."

[types.TaskResult.fields.Size]
type = "uint64"
required = true
doc = "Not described yet."

[types.TaskResult.fields.Days]
type = "[date]"
required = true
doc = "Not described yet."
"#
    );
    loaded(&directory);
    let again = imported(&directory, &model);
    assert_eq!((again.changes, again.files), (vec![], vec![]));
}

#[test]
fn a_new_service_has_hosts_and_the_codes_of_every_service() {
    let directory = directory("service");
    let model = model(&[("Act", vec![], vec![])], &[]);
    imported_with(&directory, &model, Input { service_name: Some("other"), ..Input::default() });
    let service = loaded(&directory).service;
    assert_eq!((&*service.name, &*service.version), ("other", "2024-01-01"));
    let hosts: Vec<_> = service.endpoints.iter().map(|host| &*host.host).collect();
    assert_eq!(
        hosts,
        ["other.tencentcloudapi.com", "other.intl.tencentcloudapi.com", "other.{region}.tencentcloudapi.com"]
    );
    assert_eq!(service.errors.len(), 39);
    // VOD's own file and the importer describe the same codes alike.
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs");
    let vod = load_service(&base, Path::new("vod")).service;
    let codes = |service: &vod_spec::model::Service| {
        let codes = service.errors.iter().map(|error| (error.code.clone(), error.class, error.doc.clone()));
        codes.collect::<Vec<_>>()
    };
    assert_eq!(codes(&service), codes(&vod));
}

#[test]
fn names_that_collide_in_rust_are_told_apart() {
    let object = |name: &str, element: &str| member(name, "object", element, json!({}));
    let values = |name: &str, text: &str| member(name, "string", "string", json!({ "document": text }));
    let directory = directory("collisions");
    let model = model(
        &[(
            "Act",
            vec![
                member("Ttl", "int", "int64", json!({})),
                member("TTL", "int", "int64", json!({})),
                object("Own", "Act"),
                object("Lower", "lower_case"),
                values("Mode", "<li>A：x</li><li>B：y</li>"),
                values("Kind", "<li>A：x</li><li>B：y</li>"),
            ],
            vec![values("Mode", "<li>A：x</li><li>C：y</li>"), values("Kind", "<li>A：x</li><li>B：y</li>")],
        )],
        &[("Act", vec![object("Again", "Act")]), ("lower_case", vec![])],
    );
    imported(&directory, &model);
    let service = loaded(&directory).service;
    let action = service.action("Act").unwrap();
    let request: Vec<_> = action.request.iter().map(|field| (&*field.rust_name, &field.ty.element)).collect();
    let record = |name: &str| Element::Record(name.to_owned());
    let enumeration = |name: &str| Element::Enum(name.to_owned());
    assert_eq!(
        request,
        [
            ("ttl", &Element::Int64),
            ("ttl_2", &Element::Int64),
            ("own", &record("ActType")),
            ("lower", &record("Lower_case")),
            ("mode", &enumeration("ActMode")),
            ("kind", &enumeration("ActKind")),
        ]
    );
    let response: Vec<_> = action.response.iter().map(|field| &field.ty.element).collect();
    assert_eq!(response, [&enumeration("ActModeValue"), &enumeration("ActKind")]);
    assert_eq!(service.record("ActType").unwrap().fields[0].ty.element, record("ActType"));
    let again = imported(&directory, &model);
    assert_eq!((again.changes, again.files), (vec![], vec![]));
}

#[test]
fn values_that_many_fields_list_become_one_enumeration() {
    let values = |name: &str, text: &str| member(name, "string", "string", json!({ "document": text }));
    let (few, many) = ("<li>A：x</li><li>B：y</li>", "<li>open：x</li><li>close：y</li>");
    let act = |name| (name, vec![values("Way", many), values("Type", few)], vec![]);
    let directory = directory("shared_values");
    let model = model(&[act("One"), act("Two"), act("Three")], &[]);
    imported(&directory, &model);
    let service = loaded(&directory).service;
    let names: Vec<_> = service.enums.iter().map(|item| &*item.name).collect();
    // `Type` says too little to be a name.
    assert_eq!(names, ["Way", "ABType"]);
    for action in &service.actions {
        let types: Vec<_> = action.request.iter().map(|field| &field.ty.element).collect();
        let enumeration = |name: &str| Element::Enum(name.to_owned());
        assert_eq!(types, [&enumeration("Way"), &enumeration("ABType")]);
    }
    // A name that a person gives it instead stays, and another field with the values gets it.
    for file in ["types.toml", "One.toml", "Two.toml", "Three.toml"] {
        let text = read(&directory, file).replace("[enums.Way", "[enums.Door").replace("\"Way\"", "\"Door\"");
        write(&directory, file, &text);
    }
    let mut more = model.clone();
    more["objects"]["OneRequest"]["members"].as_array_mut().unwrap().push(values("Gate", many));
    assert_eq!(told(&imported(&directory, &more)), ["added field One.Gate: string"]);
    let service = loaded(&directory).service;
    assert_eq!(service.action("One").unwrap().request[2].ty.element, Element::Enum("Door".to_owned()));
}

#[test]
fn a_type_that_requires_itself_becomes_possible() {
    let needs = |name: &str, element: &str| member(name, "object", element, json!({ "required": true }));
    let directory = directory("cycles");
    let model = model(
        &[("Act", vec![needs("First", "A")], vec![])],
        &[("A", vec![needs("B", "B")]), ("B", vec![needs("A", "A")])],
    );
    imported(&directory, &model);
    let service = loaded(&directory).service;
    let storage = |name: &str| service.record(name).unwrap().fields[0].storage();
    assert_eq!((storage("A"), storage("B")), (Storage::Plain, Storage::Optional));
}

#[test]
fn status_and_signature_follow_the_model() {
    let directory = directory("status");
    let mut model = model(&[("Old", vec![], vec![]), ("Open", vec![], vec![])], &[]);
    model["actions"]["Old"]["status"] = json!("offline");
    model["actions"]["Open"] = json!({ "skip_sign": true });
    imported(&directory, &model);
    let service = loaded(&directory).service;
    let old = service.action("Old").unwrap();
    assert_eq!(old.deprecated.as_deref(), Some("The service has withdrawn this action."));
    assert!(!old.unsigned);
    let open = service.action("Open").unwrap();
    assert!(open.unsigned && open.deprecated.is_none());
}

#[test]
fn binary_bodies_and_streams_follow_the_model() {
    let directory = directory("formats");
    let name = || member("Name", "string", "string", json!({}));
    let mut model = model(&[("Ship", vec![name()], vec![]), ("Watch", vec![name()], vec![name()])], &[]);
    model["actions"]["Ship"]["document"] = json!("#### 输入参数(pb二进制流，位于body中)");
    let request_id =
        "唯一请求 ID。本接口为流式响应接口，当请求成功时，RequestId 会被放在 HTTP 响应的 Header 中。";
    model["objects"]["WatchResponse"]["members"][1]["document"] = json!(request_id);
    imported(&directory, &model);
    assert!(read(&directory, "Ship.toml").contains("\nbody = \"octet-stream\"\n"));
    let service = loaded(&directory).service;
    let (ship, watch) = (service.action("Ship").unwrap(), service.action("Watch").unwrap());
    assert_eq!((ship.body, ship.answer), (BodyFormat::OctetStream, AnswerFormat::Json));
    assert_eq!((watch.body, watch.answer), (BodyFormat::Json, AnswerFormat::EventStream));

    let again = imported(&directory, &model);
    assert_eq!((again.changes, again.files), (vec![], vec![]));
    model["actions"]["Watch"]["document"] = json!("二进制流，位于 body 中");
    assert_eq!(told(&imported(&directory, &model)), ["changed action Watch: `body` is octet-stream"]);
}

#[test]
fn a_file_travels_as_a_part_of_a_multipart_body() {
    let directory = directory("multipart");
    let part = || member("Part", "object", "Part", json!({}));
    let file = member("File", "binary", "binary", json!({}));
    let files = member("Files", "list", "binary", json!({}));
    let model = model(
        &[("Send", vec![file, part()], vec![]), ("Act", vec![files], vec![])],
        &[("Part", vec![member("Name", "string", "string", json!({}))])],
    );
    imported(&directory, &model);
    let text = read(&directory, "Send.toml");
    assert!(text.contains("\nbody = \"multipart\"\n") && text.contains("type = \"binary\""), "{text}");
    let service = loaded(&directory).service;
    let (send, act) = (service.action("Send").unwrap(), service.action("Act").unwrap());
    assert_eq!((send.body, act.body), (BodyFormat::Multipart, BodyFormat::Json));
    assert_eq!(send.request[0].ty.element, Element::Binary);
    assert_eq!(act.request[0].ty.element, Element::Json, "a part holds one file");
    let again = imported(&directory, &model);
    assert_eq!((again.changes, again.files), (vec![], vec![]));
}

#[test]
fn the_index_gives_folders_and_the_list_gives_error_codes() {
    let only = |name: &str| member("Part", "object", name, json!({}));
    let directory = directory("index");
    let model = model(
        &[
            ("Pull", vec![only("Event")], vec![only("Shared")]),
            ("Confirm", vec![], vec![only("Shared")]),
            ("Other", vec![], vec![]),
        ],
        &[("Event", vec![]), ("Shared", vec![])],
    );
    let input = Input {
        categories: Some(
            "[events]\nPull = { rate-limit = 100, doc-page = 7 }\n[more]\nConfirm = {}\nGone = {}\n",
        ),
        errors: Some(r#"{"Pull": ["InternalError", "FailedOperation.Busy", "Strange"], "Confirm": []}"#),
        ..Input::default()
    };
    let outcome = imported_with(&directory, &model, input);
    assert_eq!(outcome.notes, ["Gone is in a category and not in the model", "Other is in no category"]);
    let service = loaded(&directory).service;
    let files: Vec<_> = service.files.iter().map(|file| file.display().to_string()).collect();
    assert_eq!(
        files,
        [
            "Other.toml",
            "events/Pull.toml",
            "events/types.toml",
            "more/Confirm.toml",
            "service.toml",
            "types/types.toml"
        ]
    );
    let pull = service.action("Pull").unwrap();
    assert_eq!((pull.rate_limit, pull.doc_page, &*pull.category), (Some(100), Some(7), "events"));
    let codes: Vec<_> = pull.errors.iter().map(|error| &*error.code).collect();
    assert_eq!(codes, ["FailedOperation.Busy", "InternalError", "Strange"]);
    let own: Vec<_> = service.action_errors.iter().map(|error| &*error.code).collect();
    assert_eq!(own, ["FailedOperation.Busy", "Strange"]);
    let again = imported_with(&directory, &model, input);
    assert_eq!((again.changes, again.files), (vec![], vec![]));
}

#[test]
fn some_actions_can_be_imported_alone() {
    let part = |name: &str| member("Part", "object", name, json!({}));
    let directory = directory("only");
    let model = model(
        &[("Act", vec![part("Outer")], vec![]), ("Other", vec![part("Unused")], vec![])],
        &[("Outer", vec![part("Inner")]), ("Inner", vec![part("Outer")]), ("Unused", vec![])],
    );
    let only = ["Act".to_owned()];
    imported_with(&directory, &model, Input { only: &only, ..Input::default() });
    let service = loaded(&directory).service;
    let actions: Vec<_> = service.actions.iter().map(|action| &*action.name).collect();
    let types: Vec<_> = service.types.iter().map(|record| &*record.name).collect();
    assert_eq!((actions, types), (vec!["Act"], vec!["Inner", "Outer"]));

    let wrong = ["Akt".to_owned()];
    let text = model.to_string();
    let error = import(&directory, &Input { model: &text, only: &wrong, ..Input::default() }).unwrap_err();
    assert_eq!(error.to_string(), "the model cannot be used: it has no action `Akt`");
}

#[test]
fn an_object_that_a_person_knows_to_be_always_there_may_be_required() {
    let directory = directory("required_object");
    let answered = json!({ "output_required": true });
    let model =
        model(&[("Act", vec![], vec![member("Part", "object", "Inner", answered)])], &[("Inner", vec![])]);
    imported(&directory, &model);
    let file = read(&directory, "Act.toml");
    write(&directory, "Act.toml", &file.replace("type = \"Inner\"", "type = \"Inner\"\nrequired = true"));
    let again = imported(&directory, &model);
    assert_eq!((again.changes, again.files), (vec![], vec![]));
    assert!(loaded(&directory).service.actions[0].response[0].required);
}

#[test]
fn a_limit_that_an_example_breaks_is_not_believed() {
    let directory = directory("broken_limit");
    let list = |name: &str| member(name, "list", "string", json!({ "document": "数组长度限制：1。" }));
    let model = model(&[("Act", vec![list("Broken"), list("Kept")], vec![])], &[]);
    let examples = json!({ "actions": { "Act": [{
        "input": "POST / HTTP/1.1\n\n{\"Broken\": [\"a\", \"b\"], \"Kept\": [\"a\"]}",
        "output": "{\"Response\": {\"RequestId\": \"r\"}}",
    }] } });
    let examples = examples.to_string();
    imported_with(&directory, &model, Input { examples: Some(&examples), ..Input::default() });
    let service = loaded(&directory).service;
    let action = service.action("Act").unwrap();
    assert_eq!(action.request[0].limits.items, None);
    assert_eq!(action.request[1].limits.items.unwrap().max, Some(1));
    assert_eq!(action.examples.len(), 1);
}
