//! Fields.

use crate::{refused_action, refused_field, refused_files, refused_service};

#[test]
fn unknown_keys() {
    refused_field(
        r#"type = "string"
doc = "D."
requird = true
"#,
        &["specs/a/Act.toml:7:1 [Act.F] unknown key `requird`; did you mean `required`?"],
    );
    refused_field(
        r#"type = "string"
doc = "D."
colour = 3
"#,
        &[
            "specs/a/Act.toml:7:1 [Act.F] unknown key `colour`; the keys here are `type`, `use`, `tag`, `rust-name`, `required`, `nullable`, `sensitive`, `deprecated`, `items`, `length`, `range`, `pattern`, `not-limits`, `values`, `default`, `valid-for`, `only-on`, `doc`",
        ],
    );
}

#[test]
fn missing_keys() {
    refused_field(
        r#"doc = "D."
"#,
        &[
            r#"specs/a/Act.toml:4:10 [Act.F] `type` is missing; add `type = "..."`, or `use = "..."` for a shared parameter"#,
        ],
    );
    refused_field(
        r#"type = "string"
"#,
        &[r#"specs/a/Act.toml:4:10 [Act.F] `doc` is missing; add `doc = "..."` and say what it means"#],
    );
    refused_field(
        r#"tpye = "string"
doc = "D."
"#,
        &["specs/a/Act.toml:5:1 [Act.F] unknown key `tpye`; did you mean `type`?"],
    );
}

#[test]
fn wrong_types() {
    refused_field(
        r#"type = 3
doc = "D."
"#,
        &["specs/a/Act.toml:5:8 [Act.F] `type` is a whole number, not a text; put it in quotes"],
    );
    refused_field(
        r#"type = "string"
doc = 3
"#,
        &["specs/a/Act.toml:6:7 [Act.F] `doc` is a whole number, not a text; put it in quotes"],
    );
    refused_field(
        r#"type = "string"
doc = "D."
required = "yes"
"#,
        &["specs/a/Act.toml:7:12 [Act.F] `required` is a text, not a boolean; write `true` or `false`"],
    );
    refused_field(
        r#"type = "string"
doc = "D."
nullable = 1
"#,
        &[
            "specs/a/Act.toml:7:12 [Act.F] `nullable` is a whole number, not a boolean; write `true` or `false`",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
sensitive = 0
"#,
        &[
            "specs/a/Act.toml:7:13 [Act.F] `sensitive` is a whole number, not a boolean; write `true` or `false`",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
deprecated = true
"#,
        &["specs/a/Act.toml:7:14 [Act.F] `deprecated` is a boolean, not a text; put it in quotes"],
    );
}

#[test]
fn wrong_types_of_limits_and_the_rest() {
    refused_field(
        r#"type = "string"
doc = "D."
items = 16
"#,
        &[
            "specs/a/Act.toml:7:9 [Act.F] `items` is a whole number, not a table; write `{ min = 1, max = 10 }`",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
length = [1, 2]
"#,
        &["specs/a/Act.toml:7:10 [Act.F] `length` is a list, not a table; write `{ min = 1, max = 10 }`"],
    );
    refused_field(
        r#"type = "string"
doc = "D."
length = { max = "3" }
"#,
        &["specs/a/Act.toml:7:18 [Act.F] `length` is a text, not a whole number; write 0 or more"],
    );
    refused_field(
        r#"type = "int64"
doc = "D."
range = { min = "1" }
"#,
        &["specs/a/Act.toml:7:17 [Act.F] `range` is a text, not a number; write it without quotes"],
    );
    refused_field(
        r#"type = "string"
doc = "D."
pattern = 3
"#,
        &["specs/a/Act.toml:7:11 [Act.F] `pattern` is a whole number, not a text; put it in quotes"],
    );
    refused_field(
        r#"type = "string"
doc = "D."
values = "A"
"#,
        &[
            r#"specs/a/Act.toml:7:10 [Act.F] `values` is a text, not a list or a table; write `["A", "B"]` or `{ A = "what A means" }`"#,
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
values = [1]
"#,
        &[
            "specs/a/Act.toml:7:11 [Act.F] `values` is a whole number, not a list of texts; put each value in quotes",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
values = { A = 1 }
"#,
        &[
            "specs/a/Act.toml:7:16 [Act.F.A] `A` is a whole number, not a text; say in quotes what the value means",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
valid-for = 30
"#,
        &["specs/a/Act.toml:7:13 [Act.F] `valid-for` is a whole number, not a text; put it in quotes"],
    );
    refused_field(
        "use = 3\n",
        &["specs/a/Act.toml:5:7 [Act.F] `use` is a whole number, not a text; put it in quotes"],
    );
}

#[test]
fn unknown_types() {
    refused_field(
        r#"type = "strng"
doc = "D."
"#,
        &["specs/a/Act.toml:5:8 [Act.F] unknown type `strng`; did you mean `string`?"],
    );
    refused_field(
        r#"type = "[Strin]"
doc = "D."
"#,
        &["specs/a/Act.toml:5:8 [Act.F] unknown type `Strin`; did you mean `string`?"],
    );
    refused_field(
        r#"type = "Widget"
doc = "D."
"#,
        &[
            "specs/a/Act.toml:5:8 [Act.F] unknown type `Widget`; declare it under `[types]` or `[enums]`, or use a built-in type: `string`, `int64`, `uint64`, `float`, `bool`, `timestamp`, `date`, `json`, `binary`",
        ],
    );
    refused_field(
        r#"type = "[string"
doc = "D."
"#,
        &[
            "specs/a/Act.toml:5:8 [Act.F] `[string` is not a type; write a type's name, or `[T]` for a list of T",
        ],
    );
    refused_field(
        r#"type = "[[string]]"
doc = "D."
"#,
        &[
            "specs/a/Act.toml:5:8 [Act.F] `[[string]]` is not a type; write a type's name, or `[T]` for a list of T",
        ],
    );
    refused_field(
        r#"type = ""
doc = "D."
"#,
        &["specs/a/Act.toml:5:8 [Act.F] `` is not a type; write a type's name, or `[T]` for a list of T"],
    );
}

#[test]
fn types_that_are_nearly_right() {
    refused_files(
        &[(
            "t.toml",
            r#"[types.Filter]
doc = "D."
[enums.Mode]
doc = "D."
values = { A = "a." }
[types.T]
doc = "D."
[types.T.fields.F]
type = "[Fliter]"
doc = "D."
[types.T.fields.M]
type = "Mod"
doc = "D."
"#,
        )],
        &[
            "specs/t.toml:9:8 [T.F] unknown type `Fliter`; did you mean `Filter`?",
            "specs/t.toml:12:8 [T.M] unknown type `Mod`; did you mean `Mode`?",
        ],
    );
}

#[test]
fn unknown_shared_parameters() {
    refused_action(
        r#"[request.SubAppId]
use = "SubAppID"
"#,
        &[
            "specs/a/Act.toml:5:7 [Act.SubAppId] unknown shared parameter `SubAppID`; did you mean `SubAppId`?",
        ],
    );
    refused_action(
        r#"[request.SubAppId]
use = "Widget"
"#,
        &[
            "specs/a/Act.toml:5:7 [Act.SubAppId] unknown shared parameter `Widget`; declare it as `[parameters.Widget]` in service.toml",
        ],
    );
}

#[test]
fn keys_beside_use() {
    refused_action(
        r#"[request.SubAppId]
use = "SubAppId"
type = "uint64"
"#,
        &[
            "specs/a/Act.toml:6:1 [Act.SubAppId] `type` stands beside `use`, which takes it from the shared parameter; remove `type`, or `use` and write the field out",
        ],
    );
    refused_action(
        r#"[request.SubAppId]
use = "SubAppId"
range = { min = 1 }
requird = true
"#,
        &[
            "specs/a/Act.toml:6:1 [Act.SubAppId] `range` stands beside `use`, which takes it from the shared parameter; remove `range`, or `use` and write the field out",
            "specs/a/Act.toml:7:1 [Act.SubAppId] unknown key `requird`; did you mean `required`?",
        ],
    );
}

#[test]
fn a_shared_parameter_that_uses_another() {
    refused_service(
        r#"service = "demo"
version = "2024-01-01"
summary = "A demonstration"
doc = "Only for tests."
[endpoints]
mainland = "demo.example.com"
[parameters.SubAppId]
type = "uint64"
doc = "The application."
[parameters.Other]
use = "SubAppId"
[errors]
InternalError = { class = "service", doc = "It failed." }
"#,
        &["specs/service.toml:11:7 [Other] a shared parameter cannot `use` another; write it out"],
    );
}

#[test]
fn empty_texts() {
    refused_field(
        r#"type = "string"
doc = " "
"#,
        &["specs/a/Act.toml:6:7 [Act.F] `doc` is empty; say what it means"],
    );
    refused_field(
        r#"type = "string"
doc = "D."
deprecated = ""
"#,
        &["specs/a/Act.toml:7:14 [Act.F] `deprecated` is empty; say what to use instead"],
    );
    refused_field(
        r#"type = "string"
doc = "D."
values = { A = " " }
"#,
        &["specs/a/Act.toml:7:16 [Act.F.A] the text is empty; say what the value means"],
    );
    refused_field(
        r#"use = "SubAppId"
doc = ""
"#,
        &["specs/a/Act.toml:6:7 [Act.F] `doc` is empty; say what it means"],
    );
}

#[test]
fn names_that_no_field_has() {
    refused_action(
        r#"[request."a b"]
type = "string"
doc = "D."
"#,
        &[
            "specs/a/Act.toml:4:10 [Act.a b] `a b` cannot be a field's name; write letters, digits, `_`, `-` and `.`",
        ],
    );
    refused_action(
        r#"[request."ü"]
type = "string"
doc = "D."
"#,
        &[
            "specs/a/Act.toml:4:10 [Act.ü] `ü` cannot be a field's name; write letters, digits, `_`, `-` and `.`",
        ],
    );
    refused_action(
        r#"[request._]
type = "string"
doc = "D."
"#,
        &[
            "specs/a/Act.toml:4:10 [Act._] `_` cannot be a field's name; write letters, digits, `_`, `-` and `.`",
        ],
    );
}

#[test]
fn durations() {
    refused_field(
        r#"type = "string"
doc = "D."
valid-for = "30"
"#,
        &[
            "specs/a/Act.toml:7:13 [Act.F] `valid-for` is `30`, not a duration; write a whole number and `s`, `m`, `h` or `d`, like `30s`",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
valid-for = "soon"
"#,
        &[
            "specs/a/Act.toml:7:13 [Act.F] `valid-for` is `soon`, not a duration; write a whole number and `s`, `m`, `h` or `d`, like `30s`",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
valid-for = "0s"
"#,
        &[
            "specs/a/Act.toml:7:13 [Act.F] `valid-for` is `0s`, not a duration; write a whole number and `s`, `m`, `h` or `d`, like `30s`",
        ],
    );
}

#[test]
fn patterns() {
    refused_field(
        r#"type = "string"
doc = "D."
pattern = "["
"#,
        &[
            "specs/a/Act.toml:7:11 [Act.F] `pattern` is no regular expression: found unclosed character class; correct it, or leave it out",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
pattern = "(a"
"#,
        &[
            "specs/a/Act.toml:7:11 [Act.F] `pattern` is no regular expression: found open group without closing ')'; correct it, or leave it out",
        ],
    );
}

#[test]
fn reasons_and_sites() {
    refused_field(
        "type = \"string\"\ndoc = \"D.\"\nnot-limits = \" \"\n",
        &["specs/a/Act.toml:7:14 [Act.F] `not-limits` is empty; give the reason in one line"],
    );
    refused_field(
        "type = \"string\"\ndoc = \"D.\"\nonly-on = \"Mainland\"\n",
        &[
            "specs/a/Act.toml:7:11 [Act.F] `only-on` is `Mainland`; write \"mainland\" or \"international\", or leave it out",
        ],
    );
}

#[test]
fn types_of_other_languages() {
    let all = "the built-in types are `string`, `int64`, `uint64`, `float`, `bool`, `timestamp`, `date`, `json`, `binary`";
    for (written, meant) in [
        ("int", "int64"),
        ("integer", "int64"),
        ("u64", "uint64"),
        ("boolean", "bool"),
        ("datetime", "timestamp"),
        ("Double", "float"),
        ("object", "json"),
    ] {
        refused_field(
            &format!("type = \"{written}\"\ndoc = \"D.\"\n"),
            &[&format!("specs/a/Act.toml:5:8 [Act.F] unknown type `{written}`; write `{meant}`; {all}")],
        );
    }
}

#[test]
fn null_in_a_request() {
    refused_field(
        "type = \"string\"\ndoc = \"D.\"\nnullable = true\n",
        &[
            "specs/a/Act.toml:7:12 [Act.F] `nullable` stands in a request, which never has `null`; remove `nullable`; a field that is not `required` may be left out",
        ],
    );
}

#[test]
fn defaults_that_are_no_time() {
    for (ty, default, form) in [
        ("timestamp", "yesterday", "date and time, like 2026-01-31T08:00:00Z"),
        ("timestamp", "2026-02-30T00:00:00Z", "date and time, like 2026-01-31T08:00:00Z"),
        ("date", "2026-13-01", "day, like 2026-01-31"),
    ] {
        refused_field(
            &format!("type = \"{ty}\"\ndoc = \"D.\"\ndefault = \"{default}\"\n"),
            &[&format!(
                "specs/a/Act.toml:7:11 [Act.F] `default` breaks the field's own spec: `F` is `{default}`, which is no {form}; correct the default or the limit"
            )],
        );
    }
}
