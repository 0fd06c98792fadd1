//! One fault, one report: what follows from it is not reported again.

use std::fmt::Write as _;

use crate::{refused_action, refused_directory, refused_files};

#[test]
fn a_dropped_field_is_no_fault_of_its_examples() {
    refused_action(
        r#"[request.F]
type = "strng"
doc = "D."
[[example]]
title = "E"
request = { F = "a" }
"#,
        &["specs/a/Act.toml:5:8 [Act.F] unknown type `strng`; did you mean `string`?"],
    );
}

#[test]
fn a_dropped_type_is_no_fault_of_its_users() {
    refused_files(
        &[(
            "a/Act.toml",
            r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
[request.F]
type = "ActRequest"
doc = "D."
[types.ActRequest]
doc = "D."
"#,
        )],
        &[
            "specs/a/Act.toml:7:8 [ActRequest] the type `ActRequest` has the name of the request of the action `Act` at specs/a/Act.toml:1; rename or remove one of the two",
        ],
    );
}

#[test]
fn what_a_broken_file_declares_is_known() {
    refused_files(
        &[
            (
                "a/types.toml",
                r#"x = [
[types.T]
doc = "D."
[types.T.fields.F]
type = "T"
doc = "D."
required = true
[enums.E]
doc = "D."
values = { A = "a." }
"#,
            ),
            (
                "t.toml",
                r#"[types.U]
doc = "D."
[types.U.fields.F]
type = "T"
doc = "D."
required = true
[types.U.fields.G]
type = "E"
doc = "D."
required = true
[types.U.fields.H]
type = "Missing"
doc = "D."
required = true
"#,
            ),
        ],
        &[
            "specs/a/types.toml:2:2 not TOML: invalid boolean; expected `true`",
            "specs/a/types.toml:3:1 not TOML: missing comma between array elements; expected `,`",
            "specs/a/types.toml:10:22 not TOML: unclosed array; expected `]`",
            "specs/t.toml:12:8 [U.H] unknown type `Missing`; declare it under `[types]` or `[enums]`, or use a built-in type: `string`, `int64`, `uint64`, `float`, `bool`, `timestamp`, `date`, `json`, `binary`",
        ],
    );
}

#[test]
fn a_broken_service_file_has_its_parameters() {
    refused_directory(
        &[
            (
                "service.toml",
                r#"x = [
service = "demo"
version = "2024-01-01"
summary = "A demonstration"
doc = "Only for tests."
[endpoints]
mainland = "demo.example.com"
[parameters.SubAppId]
type = "uint64"
doc = "The application."
[errors]
InternalError = { class = "service", doc = "It failed." }
"#,
            ),
            (
                "a/Act.toml",
                r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
[request.SubAppId]
use = "SubAppId"
[request.Other]
use = "Other"
[errors]
New = "D."
"#,
            ),
        ],
        &[
            "specs/a/Act.toml:7:7 [Act.Other] unknown shared parameter `Other`; declare it as `[parameters.Other]` in service.toml",
            "specs/service.toml:2:1 not TOML: string values must be quoted; expected literal string",
            "specs/service.toml:3:1 not TOML: missing comma between array elements; expected `,`",
            "specs/service.toml:12:58 not TOML: unclosed array; expected `]`",
        ],
    );
}

#[test]
fn a_shared_parameter_without_a_type_is_known() {
    refused_directory(
        &[
            (
                "service.toml",
                r#"service = "demo"
version = "2024-01-01"
summary = "A demonstration"
doc = "Only for tests."
[endpoints]
mainland = "demo.example.com"
[parameters.SubAppId]
type = "uint65"
doc = "The application."
[errors]
InternalError = { class = "service", doc = "It failed." }
"#,
            ),
            (
                "a/Act.toml",
                r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
[request.SubAppId]
use = "SubAppId"
"#,
            ),
        ],
        &["specs/service.toml:8:8 [SubAppId] unknown type `uint65`; did you mean `uint64`?"],
    );
}

#[test]
fn an_unreadable_class_is_no_fault_of_the_codes_below() {
    refused_action(
        r#"[errors]
New = { class = "wrong", doc = "D." }
"New.Detail" = "D."
"#,
        &[
            "specs/a/Act.toml:5:17 [Act.New] unknown class `wrong`; the classes are `caller`, `authentication`, `token-expired`, `credential-refused`, `clock-skew`, `throttling`, `service`, `retryable`, `none`",
        ],
    );
}

#[test]
fn all_problems_come_at_once_in_the_order_of_the_files() {
    refused_files(
        &[
            (
                "b/Act.toml",
                r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
colour = 1
[request.F]
type = "strng"
doc = "D."
"#,
            ),
            (
                "a/types.toml",
                r#"[types.T]
doc = ""
"#,
            ),
            ("c.toml", "x = = 1\n"),
        ],
        &[
            "specs/a/types.toml:2:7 [T] `doc` is empty; say what it means",
            "specs/b/Act.toml:4:1 [Act] unknown key `colour`; the keys here are `action`, `summary`, `doc`, `doc-page`, `rate-limit`, `idempotent`, `why-idempotent`, `only-on`, `unsigned`, `body`, `answer`, `union`, `deprecated`, `see-also`, `aliases`, `request`, `response`, `pagination`, `wait`, `errors`, `example`, `types`, `enums`",
            "specs/b/Act.toml:6:8 [Act.F] unknown type `strng`; did you mean `string`?",
            "specs/c.toml:1:5 not TOML: extra `=`; expected nothing",
        ],
    );
}

#[test]
fn a_misspelt_table_of_an_action_is_no_fault_of_its_examples() {
    for table in ["requst", "Request"] {
        refused_action(
            &format!(
                "[request.G]\ntype = \"string\"\ndoc = \"D.\"\n[{table}.F]\ntype = \"string\"\ndoc = \"D.\"\n\
                 [[example]]\ntitle = \"E\"\nrequest = {{ F = \"a\", G = \"b\" }}\n"
            ),
            &[&format!("specs/a/Act.toml:7:2 [Act] unknown key `{table}`; did you mean `request`?")],
        );
    }
    refused_action(
        "[request.F]\ntype = \"T\"\ndoc = \"D.\"\n[typs.T]\ndoc = \"D.\"\n",
        &["specs/a/Act.toml:7:2 [Act] unknown key `typs`; did you mean `types`?"],
    );
}

#[test]
fn a_type_declared_twice_is_no_fault_of_the_examples() {
    refused_files(
        &[
            (
                "a/Act.toml",
                "action = \"Act\"\nsummary = \"Acts.\"\ndoc = \"D.\"\n[request.F]\ntype = \"T\"\ndoc = \"D.\"\n\
                 [[example]]\ntitle = \"E\"\nrequest = { F = { New = 1 } }\n",
            ),
            ("a/one.toml", "[types.T]\ndoc = \"D.\"\n[types.T.fields.Old]\ntype = \"int64\"\ndoc = \"D.\"\n"),
            ("a/two.toml", "[types.T]\ndoc = \"D.\"\n[types.T.fields.New]\ntype = \"int64\"\ndoc = \"D.\"\n"),
        ],
        &[
            "specs/a/two.toml:1:8 [T] the type `T` is declared twice, first at specs/a/one.toml:1; rename or remove one of the two",
        ],
    );
}

#[test]
fn an_unknown_type_is_the_only_fault_of_its_field() {
    refused_action(
        "[request.F]\ntype = \"strng\"\ndoc = \"D.\"\nvalues = [\"A\"]\n",
        &["specs/a/Act.toml:5:8 [Act.F] unknown type `strng`; did you mean `string`?"],
    );
    refused_action(
        "[request.F]\ntype = \"strng\"\ndoc = \"D.\"\nrange = { max = 1 }\ndefault = 3\n",
        &["specs/a/Act.toml:5:8 [Act.F] unknown type `strng`; did you mean `string`?"],
    );
    refused_action(
        "[request.Offset]\ntype = \"int\"\ndoc = \"D.\"\n[response.List]\ntype = \"[Itm]\"\ndoc = \"D.\"\n\
         [pagination]\noffset = \"Offset\"\nitems = \"List\"\n",
        &[
            "specs/a/Act.toml:5:8 [Act.Offset] unknown type `int`; write `int64`; the built-in types are `string`, `int64`, `uint64`, `float`, `bool`, `timestamp`, `date`, `json`, `binary`",
            "specs/a/Act.toml:8:8 [Act.List] unknown type `Itm`; declare it under `[types]` or `[enums]`, or use a built-in type: `string`, `int64`, `uint64`, `float`, `bool`, `timestamp`, `date`, `json`, `binary`",
        ],
    );
}

/// A chain of types: `T0` holds `T1` and so on, as these lines say.
fn chain(length: usize, how: &str) -> String {
    let mut text = "[request.First]\ntype = \"T0\"\ndoc = \"D.\"\n".to_owned();
    for i in 0..length {
        let (ty, how) = if i + 1 < length { (format!("T{}", i + 1), how) } else { ("string".to_owned(), "") };
        let ty = if how == "list" { format!("[{ty}]") } else { ty };
        let required = if how == "required" { "required = true\n" } else { "" };
        // Writing to a String can't fail.
        let _ = write!(
            text,
            "[types.T{i}]\ndoc = \"D.\"\n[types.T{i}.fields.N]\ntype = \"{ty}\"\n{required}doc = \"D.\"\n"
        );
    }
    text
}

#[test]
fn types_that_are_nested_too_deeply_are_one_report() {
    let told = |line: usize, name: &str| {
        let column = "[types.".len() + name.len() + ".fields.".len() + 1;
        format!(
            "specs/a/Act.toml:{line}:{column} [{name}.N] the types below this field are nested too deeply for the compiler; make a field on the way down `json`, or use fewer levels (about 25 of optional objects or lists)"
        )
    };
    // Each type of the chain has 6 lines, without `required` 5, behind the 6 of the action.
    refused_action(&chain(101, "required"), &[]);
    refused_action(&chain(102, "required"), &[&told(9, "T0")]);
    refused_action(&chain(300, "required"), &[&told(9 + 97 * 6, "T97"), &told(9 + 198 * 6, "T198")]);
    refused_action(&chain(26, "optional"), &[]);
    refused_action(&chain(27, "optional"), &[&told(9, "T0")]);
    refused_action(&chain(27, "list"), &[&told(9, "T0")]);
}
