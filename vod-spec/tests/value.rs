//! Checking JSON values against fields.

use std::path::Path;

use serde_json::{Value, json};
use vod_spec::model::Service;
use vod_spec::{MismatchKind, Side, Source, check_value, load_sources};

const FIELDS: &str = r#"
[request.Handles]
type = "[string]"
required = true
items = { min = 1, max = 2 }
length = { min = 1, max = 3 }
doc = "D."
[request.Count]
type = "uint64"
range = { min = 1, max = 9 }
doc = "D."
[request.Offset]
type = "int64"
range = { max = 100 }
doc = "D."
[request.Ratio]
type = "float"
range = { min = 0.5 }
doc = "D."
[request.Flag]
type = "bool"
doc = "D."
[request.Since]
type = "timestamp"
doc = "D."
[request.Mode]
type = "string"
values = ["A"]
doc = "D."
[request.Name]
type = "string"
pattern = "^[a-z]+$"
doc = "D."
[request.Secret]
type = "string"
sensitive = true
pattern = "^[a-z]+$"
doc = "D."
[request.Any]
type = "json"
doc = "D."
[request.Filters]
type = "[Filter]"
doc = "D."
[types.Filter]
doc = "D."
[types.Filter.fields.Name]
type = "string"
required = true
length = { max = 5 }
doc = "D."
[types.Filter.fields.Rest]
type = "Rest"
doc = "D."
[types.Rest]
doc = "D."
unknown-members = "keep"
[types.Rest.fields.Id]
type = "uint64"
doc = "D."
"#;

fn service() -> Service {
    let service = "service = \"s\"\nversion = \"1\"\nsummary = \"S\"\ndoc = \"D.\"\n[endpoints]\nmainland = \"a.example.com\"\n";
    let action = format!("action = \"Act\"\nsummary = \"Acts.\"\ndoc = \"D.\"\n{FIELDS}");
    let loaded = load_sources(
        Path::new("s"),
        vec![
            Source {
                path: "service.toml".into(),
                bytes: service.into(),
            },
            Source {
                path: "Act.toml".into(),
                bytes: action.into(),
            },
        ],
    );
    assert_eq!(loaded.problems, []);
    loaded.service
}

fn check(value: &Value, side: Side) -> Vec<(String, MismatchKind, String)> {
    let service = service();
    let fields = &service.action("Act").unwrap().request;
    let found = check_value(&service, fields, value, side);
    found
        .into_iter()
        .map(|mismatch| (mismatch.path, mismatch.kind, mismatch.message))
        .collect()
}

/// A request with the required field and one more.
fn with(name: &str, value: &Value) -> Value {
    json!({ "Handles": ["a"], name: value })
}

#[test]
fn what_fits_is_accepted() {
    for (name, value) in [
        ("Count", json!(9)),
        ("Count", Value::Null),
        ("Offset", json!(-1)),
        ("Ratio", json!(1)),
        ("Ratio", json!(0.5)),
        ("Flag", json!(true)),
        ("Since", json!("2024-01-01T00:00:00Z")),
        ("Mode", json!("not listed")),
        ("Name", json!("abc")),
        ("Any", json!([{ "a": null }])),
        (
            "Filters",
            json!([{ "Name": "äöüßé", "Rest": { "Id": 1, "New": true } }]),
        ),
        ("Handles", json!(["äöü"])),
    ] {
        assert_eq!(check(&with(name, &value), Side::Request), [], "{name}: {value}");
    }
}

#[test]
fn what_does_not_fit_a_request_is_told_with_its_path() {
    use MismatchKind::{Items, Length, Missing, Pattern, Range, UnknownMember, WrongType};
    for (name, value, path, kind, message) in [
        (
            "Handles",
            Value::Null,
            "Handles",
            Missing,
            "`Handles` is required and missing",
        ),
        (
            "Handles",
            json!([]),
            "Handles",
            Items,
            "`Handles` has 0 items, at least 1 must be given",
        ),
        (
            "Handles",
            json!(["a", "b", "c"]),
            "Handles",
            Items,
            "`Handles` has 3 items, at most 2 are allowed",
        ),
        (
            "Handles",
            json!("a"),
            "Handles",
            WrongType,
            "`Handles` is a text, not a list",
        ),
        (
            "Handles",
            json!(["a", null]),
            "Handles[1]",
            WrongType,
            "`Handles[1]` is null, not a text",
        ),
        (
            "Handles",
            json!([""]),
            "Handles[0]",
            Length,
            "`Handles[0]` has 0 characters, at least 1 must be given",
        ),
        (
            "Count",
            json!(0),
            "Count",
            Range,
            "`Count` is 0, the range is 1 to 9",
        ),
        (
            "Count",
            json!(-1),
            "Count",
            WrongType,
            "`Count` is a negative number, not a whole number from 0",
        ),
        (
            "Count",
            json!(1.5),
            "Count",
            WrongType,
            "`Count` is a number with a fraction, not a whole number from 0",
        ),
        (
            "Offset",
            json!(101),
            "Offset",
            Range,
            "`Offset` is 101, the largest value allowed is 100",
        ),
        (
            "Offset",
            json!(u64::MAX),
            "Offset",
            WrongType,
            "`Offset` is a whole number, not a whole number of 64 bits",
        ),
        (
            "Ratio",
            json!(0.25),
            "Ratio",
            Range,
            "`Ratio` is 0.25, the smallest value allowed is 0.5",
        ),
        (
            "Flag",
            json!(1),
            "Flag",
            WrongType,
            "`Flag` is a whole number, not a boolean",
        ),
        (
            "Since",
            json!(1),
            "Since",
            WrongType,
            "`Since` is a whole number, not a text",
        ),
        (
            "Mode",
            json!(["A"]),
            "Mode",
            WrongType,
            "`Mode` is a list, not a text",
        ),
        (
            "Name",
            json!("A"),
            "Name",
            Pattern,
            "`Name` is `A`, which does not match `^[a-z]+$`",
        ),
        (
            "Secret",
            json!("HUSH"),
            "Secret",
            Pattern,
            "`Secret` does not match `^[a-z]+$`",
        ),
        (
            "Filters",
            json!([{}]),
            "Filters[0].Name",
            Missing,
            "`Filters[0].Name` is required and missing",
        ),
        (
            "Filters",
            json!([3]),
            "Filters[0]",
            WrongType,
            "`Filters[0]` is a whole number, not an object",
        ),
        (
            "Filters",
            json!([{ "Name": "a", "Nam": "b" }]),
            "Filters[0].Nam",
            UnknownMember,
            "`Filters[0].Nam` is unknown (did you mean `Name`?)",
        ),
        (
            "Filters",
            json!([{ "Name": "a" }, { "Name": "sixsix", }]),
            "Filters[1].Name",
            Length,
            "`Filters[1].Name` has 6 characters, at most 5 are allowed",
        ),
        (
            "Filters",
            json!([{ "Name": "a", "Rest": { "Id": "1" } }]),
            "Filters[0].Rest.Id",
            WrongType,
            "`Filters[0].Rest.Id` is a text, not a whole number from 0",
        ),
        (
            "RequestId",
            json!("r"),
            "RequestId",
            UnknownMember,
            "`RequestId` is unknown",
        ),
    ] {
        let found = check(&with(name, &value), Side::Request);
        assert_eq!(
            found,
            [(path.to_owned(), kind, message.to_owned())],
            "{name}: {value}"
        );
    }
}

#[test]
fn answers_are_read_leniently() {
    for value in [
        json!({}),
        json!({ "Handles": null, "Filters": [null, {}], "RequestId": "r" }),
        json!({ "Handles": ["a", "b", "c"], "Count": 100, "Name": "A" }),
    ] {
        assert_eq!(check(&value, Side::Response), [], "{value}");
    }
}

#[test]
fn answers_are_not_read_blindly() {
    for (value, message) in [
        (
            json!({ "RequestId": 1 }),
            "`RequestId` is a whole number, not a text",
        ),
        (
            json!({ "Filters": [{ "RequestId": "r" }] }),
            "`Filters[0].RequestId` is unknown",
        ),
        (
            json!({ "Count": "1" }),
            "`Count` is a text, not a whole number from 0",
        ),
        (json!([]), "the value is a list, not an object"),
    ] {
        let found: Vec<String> = check(&value, Side::Response)
            .into_iter()
            .map(|(_, _, message)| message)
            .collect();
        assert_eq!(found, [message], "{value}");
    }
}
