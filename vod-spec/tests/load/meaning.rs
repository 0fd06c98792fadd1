//! Order, names, limits, enumerations, examples, and what is left out when something is wrong.

use std::path::Path;

use serde_json::json;
use vod_spec::load_sources;
use vod_spec::model::{Element, ErrorClass, Field, FieldType, Limits, Storage};

use crate::{SERVICE, action, load, sound, source};

#[test]
fn error_classes_come_from_the_code_or_from_the_part_before_the_dot() {
    let loaded =
        sound(&[("Act.toml", &action("Act", "[errors]\nNew = { class = \"retryable\", doc = \"D.\" }\n"))]);
    let service = loaded.service;
    for (code, class) in [
        ("InternalError", Some(ErrorClass::Service)),
        ("InternalError.Database", Some(ErrorClass::Service)),
        ("RequestLimitExceeded.Clock", Some(ErrorClass::ClockSkew)),
        ("RequestLimitExceeded.Other", Some(ErrorClass::Throttling)),
        ("New.Detail", Some(ErrorClass::Retryable)),
        ("Nothing", None),
        ("", None),
    ] {
        assert_eq!(service.error_class(code), class, "{code}");
    }
}

#[test]
fn shared_parameters_can_be_made_required_and_told_differently() {
    let text =
        action("Act", "[request.SubAppId]\nuse = \"SubAppId\"\nrequired = true\ndoc = \"Which one.\"\n");
    let service = sound(&[("Act.toml", &text)]).service;
    let field = &service.action("Act").unwrap().request[0];
    assert!(field.required);
    assert_eq!(field.doc, "Which one.");
    assert_eq!(field.ty.element, Element::Uint64);
    assert_eq!(service.parameters[0].doc, "Id of the application.");
}

#[test]
fn order_is_that_of_the_files_and_actions_are_sorted_by_name() {
    let types = "[types.Z]\ndoc = \"D.\"\n[types.Z.fields.B]\ntype = \"string\"\ndoc = \"D.\"\n\
                 [types.Z.fields.A]\ntype = \"string\"\ndoc = \"D.\"\n[enums.Y]\ndoc = \"D.\"\nvalues = { B = \"b.\", A = \"a.\" }\n\
                 [types.X]\ndoc = \"D.\"\n";
    let first = action("Beta", "[types.W]\ndoc = \"D.\"\n");
    let second = action("Alpha", "");
    let forward = [("a/Beta.toml", first.as_str()), ("b/Alpha.toml", &second), ("b/types.toml", types)];
    let backward = [forward[2], forward[1], forward[0]];
    let service = sound(&forward).service;
    assert_eq!(service, sound(&backward).service);
    let names = |records: &[vod_spec::model::Record]| {
        records.iter().map(|record| record.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&service.types), ["W", "Z", "X"]);
    assert_eq!(service.actions[0].name, "Alpha");
    assert_eq!(service.actions[1].category, "a");
    let fields: Vec<&str> = service.types[1].fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(fields, ["B", "A"]);
    let values: Vec<&str> = service.enums[0].values.iter().map(|value| value.value.as_str()).collect();
    assert_eq!(values, ["B", "A"]);
}

#[test]
fn fields_keep_the_order_of_a_file_that_opens_a_type_late() {
    let text = "[types.T.fields.B]\ntype = \"string\"\ndoc = \"D.\"\n[types.U]\ndoc = \"D.\"\n\
                [types.T.fields.A]\ntype = \"string\"\ndoc = \"D.\"\n[types.T]\ndoc = \"D.\"\n";
    let service = sound(&[("types.toml", text)]).service;
    let fields: Vec<&str> =
        service.record("T").unwrap().fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(fields, ["B", "A"]);
}

#[test]
fn every_keyword_is_a_field() {
    let words = [
        "Abstract", "As", "Async", "Await", "Become", "Box", "Break", "Const", "Continue", "Crate", "Do",
        "Dyn", "Else", "Enum", "Extern", "False", "Final", "Fn", "For", "Gen", "If", "Impl", "In", "Let",
        "Loop", "Macro", "Match", "Mod", "Move", "Mut", "Override", "Priv", "Pub", "Ref", "Return", "Self",
        "Static", "Struct", "Super", "Trait", "True", "Try", "Type", "Typeof", "Union", "Unsafe", "Unsized",
        "Use", "Virtual", "Where", "While", "Yield",
    ];
    let fields: Vec<String> =
        words.iter().map(|word| format!("[request.{word}]\ntype = \"string\"\ndoc = \"D.\"\n")).collect();
    let service = sound(&[("Act.toml", &action("Act", &fields.concat()))]).service;
    assert_eq!(service.action("Act").unwrap().request.len(), words.len());
}

#[test]
fn types_may_contain_themselves_through_options_and_lists() {
    let text = r#"
[types.Node]
doc = "D."
[types.Node.fields.Next]
type = "Node"
doc = "D."
[types.Node.fields.Children]
type = "[Node]"
required = true
doc = "D."
[types.Node.fields.Nullable]
type = "Node"
required = true
nullable = true
doc = "D."
"#;
    let service = sound(&[("types.toml", text)]).service;
    let storage: Vec<Storage> = service.record("Node").unwrap().fields.iter().map(Field::storage).collect();
    assert_eq!(storage, [Storage::Optional, Storage::List, Storage::Optional]);
}

#[test]
fn values_of_a_field_become_an_enumeration() {
    let text = action(
        "Act",
        "[request.Mode]\ntype = \"[string]\"\ndoc = \"How.\"\nvalues = [\"ON\", \"on\", \"O-N\"]\ndefault = [\"on\"]\n\
         [types.T]\ndoc = \"D.\"\n[types.T.fields.kind]\ntype = \"string\"\ndoc = \"D.\"\nvalues = { A = \"First.\" }\n",
    );
    let service = sound(&[("Act.toml", &text)]).service;
    let field = &service.action("Act").unwrap().request[0];
    assert_eq!(field.ty, FieldType { element: Element::Enum("ActMode".into()), list: true });
    let mode = service.enumeration("ActMode").unwrap();
    assert_eq!(mode.doc, "How.");
    let variants: Vec<(&str, &str)> =
        mode.values.iter().map(|value| (value.value.as_str(), value.variant.as_str())).collect();
    assert_eq!(variants, [("ON", "On"), ("on", "On2"), ("O-N", "ON")]);
    assert_eq!(service.enumeration("TKind").unwrap().values[0].doc, "First.");
}

#[test]
fn examples_may_be_json_and_may_lack_a_response() {
    let text = action(
        "Act",
        "[request.Day]\ntype = \"date\"\ndoc = \"D.\"\n[response.Any]\ntype = \"json\"\ndoc = \"D.\"\n\
         [[example]]\ntitle = \"E\"\nrequest = { Day = 2024-02-29 }\n\
         [[example]]\ntitle = \"F\"\nrequest = '{}'\nresponse = '{\"Any\": [1, null], \"RequestId\": \"r\"}'\n",
    );
    let service = sound(&[("Act.toml", &text)]).service;
    let examples = &service.action("Act").unwrap().examples;
    assert_eq!(examples[0].request, json!({ "Day": "2024-02-29" }));
    assert_eq!(examples[0].response, None);
    assert_eq!(examples[1].response, Some(json!({ "Any": [1, null], "RequestId": "r" })));
}

#[test]
fn the_smallest_unsound_thing_is_left_out() {
    let text = action(
        "Act",
        "rate-limit = 0\n\
         [request.Bad]\ntype = \"strng\"\ndoc = \"D.\"\n\
         [request.Good]\ntype = \"int64\"\ndoc = \"\"\nrange = { min = 5, max = 1 }\ndefault = \"x\"\n\
         [request.ActRequest]\ntype = \"ActRequest\"\ndoc = \"D.\"\n\
         [types.ActRequest]\ndoc = \"D.\"\n\
         [[example]]\ntitle = \"E\"\nrequest = { Good = 1 }\n[[example]]\ntitle = \"F\"\nrequest = { Other = 1 }\n",
    );
    let loaded = load(&[("Act.toml", &text)]);
    assert_eq!(loaded.problems.len(), 7, "{:#?}", loaded.problems);
    let action = loaded.service.action("Act").unwrap();
    assert_eq!(action.rate_limit, None);
    let [bad, good, lost] = action.request.as_slice() else { panic!("{:?}", action.request) };
    assert_eq!((&bad.ty.element, &lost.ty.element), (&Element::String, &Element::Json));
    assert_eq!((good.name.as_str(), &good.limits, &good.default), ("Good", &Limits::default(), &None));
    assert_eq!(action.examples.len(), 1);
    assert!(loaded.service.types.is_empty());
}

#[test]
fn what_a_shared_parameter_loses_is_lost_where_it_is_used() {
    let service = SERVICE.replace(
        "type = \"uint64\"",
        "type = \"uint64\"\ndefault = -1\nlength = { max = 3 }\nrange = { max = 9 }",
    );
    let text = action("Act", "[request.SubAppId]\nuse = \"SubAppId\"\n");
    let loaded =
        load_sources(Path::new("s"), vec![source("service.toml", &service), source("Act.toml", &text)]);
    assert_eq!(loaded.problems.len(), 2, "{:#?}", loaded.problems);
    let field = &loaded.service.action("Act").unwrap().request[0];
    assert_eq!((&field.default, &field.limits.length), (&None, &None));
    assert!(field.limits.range.is_some());
}

#[test]
fn an_action_without_a_name_takes_that_of_its_file() {
    let loaded = load(&[("events/Act.toml", "summary = \"Acts.\"\ndoc = \"D.\"\n")]);
    assert_eq!(loaded.problems.len(), 1);
    assert!(loaded.service.action("Act").is_some());
}

#[test]
fn a_field_can_be_given_its_rust_name() {
    let loaded = load(&[(
        "Act.toml",
        r#"
            action = "Act"
            summary = "Acts."
            doc = "Acts."
            [request.Ttl]
            type = "int64"
            doc = "One."
            [request.TTL]
            type = "int64"
            rust-name = "ttl_2"
            doc = "Another."
        "#,
    )]);
    assert_eq!(loaded.problems, []);
    let request = &loaded.service.actions[0].request;
    let names: Vec<_> = request.iter().map(|field| (&*field.name, &*field.rust_name)).collect();
    assert_eq!(names, [("Ttl", "ttl"), ("TTL", "ttl_2")]);
}

#[test]
fn listed_codes_have_the_class_and_the_text_of_the_service() {
    let service = format!("{SERVICE}[action-errors]\n\"FailedOperation.Busy\" = \"It is busy.\"\n");
    let loaded = load_sources(
        Path::new(""),
        vec![
            source("service.toml", &service),
            source(
                "Act.toml",
                "action = \"Act\"\nsummary = \"Acts.\"\ndoc = \"Acts.\"\nerrors = [\"FailedOperation.Busy\", \"InternalError\"]",
            ),
        ],
    );
    assert_eq!(loaded.problems, []);
    let errors = &loaded.service.actions[0].errors;
    let codes: Vec<_> = errors.iter().map(|error| (&*error.code, &*error.doc, error.at.line)).collect();
    assert_eq!(
        codes,
        [("FailedOperation.Busy", "It is busy.", 4), ("InternalError", "The service failed.", 4)]
    );
    assert_eq!(loaded.service.error_class("FailedOperation.Busy"), Some(ErrorClass::Caller));
    assert_eq!(loaded.service.action_errors.len(), 1);
    assert_eq!(loaded.service.select(&["Act"]).unwrap().action_errors.len(), 1);
}
