//! Examples.

use crate::refused_action;

const FIELDS: &str = r#"[request.F]
type = "[string]"
doc = "D."
required = true
items = { max = 1 }
[request.N]
type = "uint64"
doc = "D."
range = { max = 9 }
[response.Set]
type = "[T]"
doc = "D."
[types.T]
doc = "D."
[types.T.fields.Id]
type = "string"
doc = "D."
required = true
"#;

/// The request and the response of an example for [`FIELDS`], from line 24.
#[track_caller]
fn refused_example(keys: &str, expected: &[&str]) {
    refused_action(&format!("{FIELDS}[[example]]\ntitle = \"E\"\n{keys}"), expected);
}

#[test]
fn requests_that_break_their_spec() {
    refused_example(
        "request = {}\n",
        &[
            "specs/a/Act.toml:24:11 [Act] the example's request breaks the spec: `F` is required and missing; correct the example or the field",
        ],
    );
    refused_example(
        r#"request = { F = ["a", "b"] }
"#,
        &[
            "specs/a/Act.toml:24:11 [Act] the example's request breaks the spec: `F` has 2 items, at most 1 are allowed; correct the example or the field",
        ],
    );
    refused_example(
        r#"request = { F = ["a"], N = 10, M = 1 }
"#,
        &[
            "specs/a/Act.toml:24:11 [Act] the example's request breaks the spec: `N` is 10, the largest value allowed is 9; correct the example or the field",
            "specs/a/Act.toml:24:11 [Act] the example's request breaks the spec: `M` is unknown; correct the example or the field",
        ],
    );
    refused_example(
        r#"request = { F = ["a"], N = "1" }
"#,
        &[
            "specs/a/Act.toml:24:11 [Act] the example's request breaks the spec: `N` is a text, not a uint64; correct the example or the field",
        ],
    );
    refused_example(
        r#"request = '{"F": [1]}'
"#,
        &[
            "specs/a/Act.toml:24:11 [Act] the example's request breaks the spec: `F[0]` is a whole number, not a text; correct the example or the field",
        ],
    );
}

#[test]
fn responses_that_break_their_spec() {
    refused_example(
        r#"request = { F = [] }
response = '{"Set": [{"Id": "1"}, {"ID": 1}]}'
"#,
        &[
            "specs/a/Act.toml:25:12 [Act] the example's response breaks the spec: `Set[1].ID` is unknown (did you mean `Id`?); correct the example or the field",
        ],
    );
    refused_example(
        r#"request = { F = [] }
response = '{"Response": {}}'
"#,
        &[
            "specs/a/Act.toml:25:12 [Act] the example's response breaks the spec: `Response` is unknown; give the object inside `Response` alone",
        ],
    );
    refused_example(
        r#"request = { F = [] }
response = '{"RequestId": 1, "Set": {}}'
"#,
        &[
            "specs/a/Act.toml:25:12 [Act] the example's response breaks the spec: `Set` is an object, not a list; correct the example or the field",
            "specs/a/Act.toml:25:12 [Act] the example's response breaks the spec: `RequestId` is a whole number, not a text; correct the example or the field",
        ],
    );
}

#[test]
fn examples_that_cannot_be_read() {
    refused_action(
        r#"[[example]]
title = "E"
request = '{'
"#,
        &[
            "specs/a/Act.toml:6:11 [Act] `request` is not JSON: EOF while parsing an object at line 1 column 1 of the text; correct the JSON",
        ],
    );
    refused_action(
        r#"[[example]]
title = "E"
request = '[]'
"#,
        &["specs/a/Act.toml:6:11 [Act] the JSON of `request` is not an object; write `{ ... }`"],
    );
    refused_action(
        r#"[[example]]
title = "E"
request = 3
"#,
        &[
            "specs/a/Act.toml:6:11 [Act] `request` is a whole number, not an object; write a table, or JSON in quotes",
        ],
    );
    refused_action(
        r#"[[example]]
title = "E"
request = {}
response = '{"a": }'
"#,
        &[
            "specs/a/Act.toml:7:12 [Act] `response` is not JSON: expected value at line 1 column 7 of the text; correct the JSON",
        ],
    );
    refused_action(
        r#"[[example]]
title = "E"
request = { N = nan }
"#,
        &[
            "specs/a/Act.toml:6:17 [Act] the number does not fit into JSON; write a finite number of at most 64 bits",
        ],
    );
}

#[test]
fn examples_with_missing_or_unknown_keys() {
    refused_action(
        "[[example]]\n",
        &[
            r#"specs/a/Act.toml:4:1 [Act] `title` is missing; add `title = "..."` and say what the example shows"#,
            "specs/a/Act.toml:4:1 [Act] `request` is missing; add `request = {}` with the parameters",
        ],
    );
    refused_action(
        r#"[[example]]
title = ""
request = {}
"#,
        &["specs/a/Act.toml:5:9 [Act] `title` is empty; say what it means"],
    );
    refused_action(
        r#"[[example]]
title = "E"
request = {}
respone = {}
"#,
        &["specs/a/Act.toml:7:1 [Act] unknown key `respone`; did you mean `response`?"],
    );
}

#[test]
fn times_that_are_none() {
    let fields = "[request.From]\ntype = \"timestamp\"\ndoc = \"D.\"\n[response.Days]\ntype = \"[date]\"\ndoc = \"D.\"\n";
    refused_action(
        &format!(
            "{fields}[[example]]\ntitle = \"E\"\nrequest = {{ From = \"yesterday\" }}\n\
             response = {{ Days = [\"2026-01-31\", \"soon\"], RequestId = \"r\" }}\n"
        ),
        &[
            "specs/a/Act.toml:12:11 [Act] the example's request breaks the spec: `From` is `yesterday`, which is no date and time, like 2026-01-31T08:00:00Z; correct the example or the field",
            "specs/a/Act.toml:13:12 [Act] the example's response breaks the spec: `Days[1]` is `soon`, which is no day, like 2026-01-31; correct the example or the field",
        ],
    );
    refused_action(
        &format!(
            "{fields}[[example]]\ntitle = \"E\"\nrequest = {{ From = 2026-01-31T08:00:00Z }}\n\
             response = {{ Days = [\"0000-00-00\", \"\"], RequestId = \"r\" }}\n"
        ),
        &[],
    );
}
