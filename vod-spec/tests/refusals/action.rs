//! Actions.

use crate::{refused_action, refused_file, refused_files};

#[test]
fn unknown_keys() {
    refused_action(
        "rate_limit = 3\n",
        &["specs/a/Act.toml:4:1 [Act] unknown key `rate_limit`; did you mean `rate-limit`?"],
    );
    refused_action(
        "colour = 3\n",
        &[
            "specs/a/Act.toml:4:1 [Act] unknown key `colour`; the keys here are `action`, `summary`, `doc`, `doc-page`, `rate-limit`, `idempotent`, `why-idempotent`, `only-on`, `unsigned`, `body`, `answer`, `union`, `deprecated`, `see-also`, `aliases`, `request`, `response`, `pagination`, `wait`, `errors`, `example`, `types`, `enums`",
        ],
    );
}

#[test]
fn missing_keys() {
    refused_file(
        r#"action = "Act"
"#,
        &[
            r#"specs/a/Act.toml:1:1 [Act] `summary` is missing; add `summary = "..."`, one sentence that ends with a full stop"#,
            r#"specs/a/Act.toml:1:1 [Act] `doc` is missing; add `doc = "..."` and say what it means"#,
        ],
    );
    refused_file(
        r#"action = "Act"
sumary = "Acts."
doc = "D."
"#,
        &["specs/a/Act.toml:2:1 [Act] unknown key `sumary`; did you mean `summary`?"],
    );
}

#[test]
fn formats_that_there_are_not() {
    refused_action(
        "body = \"protobuf\"\n",
        &[
            r#"specs/a/Act.toml:4:8 [Act] `body` is `protobuf`; write "octet-stream" or "multipart", or leave it out"#,
        ],
    );
    refused_action(
        "answer = \"sse\"\n",
        &[r#"specs/a/Act.toml:4:10 [Act] `answer` is `sse`; write "event-stream", or leave it out"#],
    );
}

#[test]
fn bytes_that_no_part_can_hold() {
    let field = |table: &str, ty: &str| format!("[{table}.X]\ntype = \"{ty}\"\ndoc = \"D.\"\n");
    let elsewhere = r#"bytes can only be a part of a multipart body; make it a parameter of an action with `body = "multipart"`, or a `string` that holds Base64"#;
    refused_action(&field("request", "binary"), &[&format!("specs/a/Act.toml:4:10 [Act.X] {elsewhere}")]);
    let answered = format!("body = \"multipart\"\n{}", field("response", "binary"));
    refused_action(&answered, &[&format!("specs/a/Act.toml:5:11 [Act.X] {elsewhere}")]);
    let list = format!("body = \"multipart\"\n{}", field("request", "[binary]"));
    refused_action(
        &list,
        &["specs/a/Act.toml:5:10 [Act.X] a part holds one file; write `type = \"binary\"`"],
    );
    let other_name = format!("body = \"multipart\"\n{}", field("request", "bytes"));
    refused_action(
        &other_name,
        &[
            "specs/a/Act.toml:6:8 [Act.X] unknown type `bytes`; write `binary`; the built-in types are `string`, `int64`, `uint64`, `float`, `bool`, `timestamp`, `date`, `json`, `binary`",
        ],
    );
    let headers = format!("body = \"octet-stream\"\n{}", field("request", "binary"));
    let single = r#"specs/a/Act.toml:5:10 [Act.X] the field travels as a header, which holds a single value; give it a type such as `string` or `int64`, or remove `body = "octet-stream"`"#;
    refused_action(&headers, &[single, &format!("specs/a/Act.toml:5:10 [Act.X] {elsewhere}")]);
}

#[test]
fn parameters_that_no_header_can_hold() {
    let field = |name: &str, ty: &str| format!("[request.{name}]\ntype = \"{ty}\"\ndoc = \"D.\"\n");
    let fields =
        [field("A", "[string]"), field("B", "json"), field("C", "string"), field("D", "bool")].concat();
    let told = |at: &str| {
        format!(
            r#"specs/a/Act.toml:{at} the field travels as a header, which holds a single value; give it a type such as `string` or `int64`, or remove `body = "octet-stream"`"#
        )
    };
    refused_action(
        &format!("body = \"octet-stream\"\n{fields}"),
        &[&told("5:10 [Act.A]"), &told("8:10 [Act.B]")],
    );
}

#[test]
fn a_stream_has_no_pages_and_examples_of_one_event_or_several() {
    let rest = r#"answer = "event-stream"
[request.Offset]
type = "uint64"
doc = "D."
[response.Items]
type = "[string]"
doc = "D."
[pagination]
offset = "Offset"
items = "Items"
[[example]]
title = "No event"
request = {}
response = []
[[example]]
title = "No object"
request = {}
response = [{ Items = [] }, 1]
[[example]]
title = "A second event that does not fit"
request = {}
response = [{ Items = [] }, { Items = 1 }]
"#;
    refused_action(
        rest,
        &[
            r#"specs/a/Act.toml:1:10 [Act] `[pagination]` stands in an action that answers with a stream of events; remove `[pagination]`, or `answer = "event-stream"`"#,
            "specs/a/Act.toml:17:12 [Act] the list of `response` must hold an object for each event; write `[{ ... }, { ... }]`",
            "specs/a/Act.toml:21:12 [Act] the list of `response` must hold an object for each event; write `[{ ... }, { ... }]`",
            "specs/a/Act.toml:25:12 [Act] the example's response breaks the spec: `Items` is a whole number, not a list; correct the example or the field",
        ],
    );
}

#[test]
fn wrong_types() {
    refused_action(
        r#"doc-page = "34184"
"#,
        &[
            "specs/a/Act.toml:4:12 [Act] `doc-page` is a text, not a whole number; write one without quotes or fraction",
        ],
    );
    refused_action(
        "doc-page = 1.5\n",
        &[
            "specs/a/Act.toml:4:12 [Act] `doc-page` is a number with a fraction, not a whole number; write one without quotes or fraction",
        ],
    );
    refused_action(
        r#"idempotent = "yes"
"#,
        &["specs/a/Act.toml:4:14 [Act] `idempotent` is a text, not a boolean; write `true` or `false`"],
    );
    refused_action(
        "unsigned = 1\n",
        &["specs/a/Act.toml:4:12 [Act] `unsigned` is a whole number, not a boolean; write `true` or `false`"],
    );
    refused_action(
        "deprecated = true\n",
        &["specs/a/Act.toml:4:14 [Act] `deprecated` is a boolean, not a text; put it in quotes"],
    );
    refused_action(
        "request = 3\n",
        &[
            "specs/a/Act.toml:4:11 [Act] `request` is a whole number, not a table; write `[request.Field]` for each field",
        ],
    );
    refused_action(
        r#"request = { F = "string" }
"#,
        &[
            "specs/a/Act.toml:4:17 [Act.F] `F` is a text, not a table; give a field its own table with `type` and `doc`",
        ],
    );
    refused_action(
        "response = []\n",
        &[
            "specs/a/Act.toml:4:12 [Act] `response` is a list, not a table; write `[response.Field]` for each field",
        ],
    );
    refused_action(
        r#"errors = "A"
"#,
        &[
            r#"specs/a/Act.toml:4:10 [Act] `errors` is a text, not a table; write `Code = "when it is answered"` for each, or a list of codes"#,
        ],
    );
    refused_action(
        "example = 3\n",
        &[
            "specs/a/Act.toml:4:11 [Act] `example` is a whole number, not a list of tables; write `[[example]]`",
        ],
    );
    refused_action(
        "example = [3]\n",
        &[
            "specs/a/Act.toml:4:12 [Act] `example` is a whole number, not a list of tables; write `[[example]]`",
        ],
    );
    refused_action(
        r#"[example]
title = "T"
request = {}
"#,
        &["specs/a/Act.toml:4:1 [Act] `example` is a table, not a list of tables; write `[[example]]`"],
    );
    refused_action(
        "types = 3\n",
        &["specs/a/Act.toml:4:9 [Act] `types` is a whole number, not a table; write `[types.Name]`"],
    );
    refused_action(
        "types = { T = 3 }\n",
        &["specs/a/Act.toml:4:15 [T] `T` is a whole number, not a table; give it its own table with a `doc`"],
    );
    refused_action(
        r#"enums = "E"
"#,
        &["specs/a/Act.toml:4:9 [Act] `enums` is a text, not a table; write `[enums.Name]`"],
    );
}

#[test]
fn wrong_types_of_required_keys() {
    refused_file(
        r#"action = 3
summary = true
doc = ["D."]
"#,
        &[
            "specs/a/Act.toml:1:10 [Act] `action` is a whole number, not a text; put it in quotes",
            "specs/a/Act.toml:2:11 [Act] `summary` is a boolean, not a text; put it in quotes",
            "specs/a/Act.toml:3:7 [Act] `doc` is a list, not a text; put it in quotes",
        ],
    );
}

#[test]
fn names_that_rust_cannot_take() {
    refused_files(
        &[(
            "a/act.toml",
            r#"action = "act"
summary = "Acts."
doc = "D."
"#,
        )],
        &[
            "specs/a/act.toml:1:10 [act] `act` cannot be the name of a Rust type, which the action becomes; write a capital letter, then letters, digits and `_`",
        ],
    );
    refused_files(
        &[(
            "a/Act-2.toml",
            r#"action = "Act-2"
summary = "Acts."
doc = "D."
"#,
        )],
        &[
            "specs/a/Act-2.toml:1:10 [Act-2] `Act-2` cannot be the name of a Rust type, which the action becomes; write a capital letter, then letters, digits and `_`",
        ],
    );
}

#[test]
fn empty_texts() {
    refused_file(
        r#"action = "Act"
summary = " "
doc = "\n"
deprecated = ""
"#,
        &[
            "specs/a/Act.toml:2:11 [Act] `summary` is empty; say in one sentence what it does",
            "specs/a/Act.toml:3:7 [Act] `doc` is empty; say what it means",
            "specs/a/Act.toml:4:14 [Act] `deprecated` is empty; say what to use instead",
        ],
    );
}

#[test]
fn summaries_that_are_no_sentence() {
    refused_file(
        r#"action = "Act"
summary = "Acts"
doc = "D."
"#,
        &["specs/a/Act.toml:2:11 [Act] `summary` does not end with a full stop; write a sentence"],
    );
    refused_file(
        r#"action = "Act"
summary = "Acts.\nTwice."
doc = "D."
"#,
        &[
            "specs/a/Act.toml:2:11 [Act] `summary` has a line break; write one line and put the rest into `doc`",
        ],
    );
}

#[test]
fn rates_and_pages_out_of_range() {
    refused_action(
        "rate-limit = 0\n",
        &[
            "specs/a/Act.toml:4:14 [Act] `rate-limit` is 0; write a number from 1 to 4294967295, or leave it out",
        ],
    );
    refused_action(
        "rate-limit = -1\n",
        &[
            "specs/a/Act.toml:4:14 [Act] `rate-limit` is -1; write a number from 1 to 4294967295, or leave it out",
        ],
    );
    refused_action(
        "rate-limit = 4294967296\n",
        &[
            "specs/a/Act.toml:4:14 [Act] `rate-limit` is 4294967296; write a number from 1 to 4294967295, or leave it out",
        ],
    );
    refused_action(
        "doc-page = 0\n",
        &[
            "specs/a/Act.toml:4:12 [Act] `doc-page` is 0; write a number from 1 to 18446744073709551615, or leave it out",
        ],
    );
}

#[test]
fn a_request_id_that_is_declared() {
    refused_action(
        r#"[response.RequestId]
type = "string"
doc = "D."
"#,
        &[
            "specs/a/Act.toml:4:11 [Act.RequestId] `RequestId` is in every answer and is not declared; remove it",
        ],
    );
}

#[test]
fn reasons_and_sites() {
    refused_action(
        "why-idempotent = \"It only reads.\"\n",
        &[
            "specs/a/Act.toml:1:10 [Act] `why-idempotent` stands without `idempotent = true`; add `idempotent = true`, or remove the reason",
        ],
    );
    refused_action(
        "idempotent = true\nwhy-idempotent = \"\"\n",
        &["specs/a/Act.toml:5:18 [Act] `why-idempotent` is empty; give the reason in one line"],
    );
    refused_action(
        "idempotent = true\nwhy-idempotent = \"It\\nreads.\"\n",
        &["specs/a/Act.toml:5:18 [Act] `why-idempotent` has a line break; give the reason in one line"],
    );
    refused_action(
        "only-on = \"intl\"\n",
        &[
            "specs/a/Act.toml:4:11 [Act] `only-on` is `intl`; write \"mainland\" or \"international\", or leave it out",
        ],
    );
}
