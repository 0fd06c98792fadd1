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
    let service = "service = \"s\"\nversion = \"2024-01-01\"\nsummary = \"S\"\ndoc = \"D.\"\n[endpoints]\nmainland = \"a.example.com\"\n";
    let action = format!("action = \"Act\"\nsummary = \"Acts.\"\ndoc = \"D.\"\n{FIELDS}");
    let loaded = load_sources(
        Path::new("s"),
        vec![
            Source { path: "service.toml".into(), bytes: service.into() },
            Source { path: "Act.toml".into(), bytes: action.into() },
        ],
    );
    assert_eq!(loaded.problems, []);
    loaded.service
}

fn check(value: &Value, side: Side) -> Vec<(String, MismatchKind, String)> {
    let service = service();
    let fields = service.action("Act").map(|action| action.request.as_slice()).unwrap_or_default();
    let found = check_value(&service, fields, value, side);
    found.into_iter().map(|mismatch| (mismatch.path, mismatch.kind, mismatch.message)).collect()
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
        ("Filters", json!([{ "Name": "äöüßé", "Rest": { "Id": 1, "New": true } }])),
        ("Handles", json!(["äöü"])),
    ] {
        assert_eq!(check(&with(name, &value), Side::Request), [], "{name}: {value}");
    }
}

#[track_caller]
fn refused(name: &str, value: &Value, path: &str, kind: MismatchKind, message: &str) {
    let found = check(&with(name, value), Side::Request);
    assert_eq!(found, [(path.to_owned(), kind, message.to_owned())], "{name}: {value}");
}

#[test]
fn lists_and_texts_have_their_limits() {
    use MismatchKind::{Items, Length, Missing, Pattern, WrongType};
    refused("Handles", &Value::Null, "Handles", Missing, "`Handles` is required and missing");
    refused("Handles", &json!([]), "Handles", Items, "`Handles` has 0 items, at least 1 must be given");
    refused(
        "Handles",
        &json!(["a", "b", "c"]),
        "Handles",
        Items,
        "`Handles` has 3 items, at most 2 are allowed",
    );
    refused("Handles", &json!("a"), "Handles", WrongType, "`Handles` is a text, not a list");
    refused("Handles", &json!(["a", null]), "Handles[1]", WrongType, "`Handles[1]` is null, not a text");
    let short = "`Handles[0]` has 0 characters, at least 1 must be given";
    refused("Handles", &json!([""]), "Handles[0]", Length, short);
    refused("Mode", &json!(["A"]), "Mode", WrongType, "`Mode` is a list, not a text");
    refused("Since", &json!(1), "Since", WrongType, "`Since` is a whole number, not a text");
    refused("Name", &json!("A"), "Name", Pattern, "`Name` is `A`, which does not match `^[a-z]+$`");
    refused("Secret", &json!("HUSH"), "Secret", Pattern, "`Secret` does not match `^[a-z]+$`");
}

#[test]
fn numbers_have_their_ranges_and_kinds() {
    use MismatchKind::{Range, WrongType};
    refused("Count", &json!(0), "Count", Range, "`Count` is 0, the range is 1 to 9");
    refused("Offset", &json!(101), "Offset", Range, "`Offset` is 101, the largest value allowed is 100");
    refused("Ratio", &json!(0.25), "Ratio", Range, "`Ratio` is 0.25, the smallest value allowed is 0.5");
    let negative = "`Count` is a negative number, not a uint64";
    refused("Count", &json!(-1), "Count", WrongType, negative);
    let fraction = "`Count` is a number with a fraction, not a uint64";
    refused("Count", &json!(1.5), "Count", WrongType, fraction);
    let wide = "`Offset` is a whole number beyond 63 bits, not an int64";
    refused("Offset", &json!(u64::MAX), "Offset", WrongType, wide);
    refused("Flag", &json!(1), "Flag", WrongType, "`Flag` is a whole number, not a boolean");
}

#[test]
fn objects_are_checked_down_to_their_members() {
    use MismatchKind::{Length, Missing, UnknownMember, WrongType};
    let path = "Filters[0].Name";
    refused("Filters", &json!([{}]), path, Missing, "`Filters[0].Name` is required and missing");
    let number = "`Filters[0]` is a whole number, not an object";
    refused("Filters", &json!([3]), "Filters[0]", WrongType, number);
    let misspelt = json!([{ "Name": "a", "Nam": "b" }]);
    let unknown = "`Filters[0].Nam` is unknown (did you mean `Name`?)";
    refused("Filters", &misspelt, "Filters[0].Nam", UnknownMember, unknown);
    let long = json!([{ "Name": "a" }, { "Name": "sixsix" }]);
    let characters = "`Filters[1].Name` has 6 characters, at most 5 are allowed";
    refused("Filters", &long, "Filters[1].Name", Length, characters);
    let deep = json!([{ "Name": "a", "Rest": { "Id": "1" } }]);
    let text = "`Filters[0].Rest.Id` is a text, not a uint64";
    refused("Filters", &deep, "Filters[0].Rest.Id", WrongType, text);
    refused("RequestId", &json!("r"), "RequestId", UnknownMember, "`RequestId` is unknown");
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
        (json!({ "RequestId": 1 }), "`RequestId` is a whole number, not a text"),
        (json!({ "Filters": [{ "RequestId": "r" }] }), "`Filters[0].RequestId` is unknown"),
        (json!({ "Count": "1" }), "`Count` is a text, not a uint64"),
        (json!([]), "the value is a list, not an object"),
    ] {
        let found: Vec<String> =
            check(&value, Side::Response).into_iter().map(|(_, _, message)| message).collect();
        assert_eq!(found, [message], "{value}");
    }
}
