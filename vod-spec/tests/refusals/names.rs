//! Names, types and enumerations.

use crate::{refused_action, refused_field, refused_files};

#[test]
fn items_declared_twice() {
    refused_files(
        &[
            (
                "a/Act.toml",
                r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
"#,
            ),
            (
                "b/Act.toml",
                r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
"#,
            ),
        ],
        &[
            "specs/b/Act.toml:1:10 [Act] the action `Act` is declared twice, first at specs/a/Act.toml:1; remove one of the two",
        ],
    );
    refused_files(
        &[
            (
                "a/types.toml",
                r#"[types.T]
doc = "D."
"#,
            ),
            (
                "b/types.toml",
                r#"[types.T]
doc = "D."
"#,
            ),
        ],
        &[
            "specs/b/types.toml:1:8 [T] the type `T` is declared twice, first at specs/a/types.toml:1; rename or remove one of the two",
        ],
    );
    refused_files(
        &[
            (
                "a/types.toml",
                r#"[enums.E]
doc = "D."
values = { A = "a." }
"#,
            ),
            (
                "b/types.toml",
                r#"[enums.E]
doc = "D."
values = { A = "a." }
"#,
            ),
        ],
        &[
            "specs/b/types.toml:1:8 [E] the enumeration `E` is declared twice, first at specs/a/types.toml:1; rename or remove one of the two",
        ],
    );
    refused_files(
        &[(
            "a/types.toml",
            r#"[types.X]
doc = "D."
[enums.X]
doc = "D."
values = { A = "a." }
"#,
        )],
        &[
            "specs/a/types.toml:3:8 [X] the enumeration `X` has the name of the type `X` at specs/a/types.toml:1; rename or remove one of the two",
        ],
    );
}

#[test]
fn names_that_the_macro_generates() {
    refused_files(
        &[(
            "a/Act.toml",
            r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
[types.ActRequest]
doc = "D."
[types.ActResponse]
doc = "D."
[enums.Act]
doc = "D."
values = { A = "a." }
"#,
        )],
        &[
            "specs/a/Act.toml:4:8 [ActRequest] the type `ActRequest` has the name of the request of the action `Act` at specs/a/Act.toml:1; rename or remove one of the two",
            "specs/a/Act.toml:6:8 [ActResponse] the type `ActResponse` has the name of the response of the action `Act` at specs/a/Act.toml:1; rename or remove one of the two",
            "specs/a/Act.toml:8:8 [Act] the enumeration `Act` has the name of the action `Act` at specs/a/Act.toml:1; rename or remove one of the two",
        ],
    );
    refused_files(
        &[
            (
                "a/Act.toml",
                r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
"#,
            ),
            (
                "a/ActRequest.toml",
                r#"action = "ActRequest"
summary = "Acts."
doc = "Acts on something."
"#,
            ),
        ],
        &[
            "specs/a/ActRequest.toml:1:10 [ActRequest] the action `ActRequest` has the name of the request of the action `Act` at specs/a/Act.toml:1; remove one of the two",
        ],
    );
}

#[test]
fn actions_that_become_one_method() {
    refused_files(
        &[
            (
                "a/DoURL.toml",
                r#"action = "DoURL"
summary = "Acts."
doc = "Acts on something."
"#,
            ),
            (
                "a/DoUrl.toml",
                r#"action = "DoUrl"
summary = "Acts."
doc = "Acts on something."
"#,
            ),
        ],
        &[
            "specs/a/DoUrl.toml:1:10 [DoUrl] the action becomes the method `do_url`, as `DoURL` at specs/a/DoURL.toml:1 does; remove one of the two",
        ],
    );
}

#[test]
fn fields_that_become_one_rust_name() {
    refused_files(
        &[(
            "a/Act.toml",
            r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
[request.FileId]
type = "string"
doc = "D."
[request.File_Id]
type = "string"
doc = "D."
"#,
        )],
        &[
            "specs/a/Act.toml:7:10 [Act.File_Id] the field becomes `file_id` in Rust, as `FileId` does; give it a `rust-name`, or keep one of the two",
        ],
    );
    refused_files(
        &[(
            "t.toml",
            r#"[types.T]
doc = "D."
[types.T.fields.URL]
type = "string"
doc = "D."
required = true
[types.T.fields.Url]
type = "string"
doc = "D."
required = true
"#,
        )],
        &[
            "specs/t.toml:7:17 [T.Url] the field becomes `url` in Rust, as `URL` does; give it a `rust-name`, or keep one of the two",
        ],
    );
}

#[test]
fn values_that_are_listed_twice() {
    refused_field(
        r#"type = "string"
doc = "D."
values = ["A", "B", "A"]
"#,
        &["specs/a/Act.toml:7:21 [Act.F] the value `A` is listed twice; keep one of the two"],
    );
}

#[test]
fn lists_of_no_values() {
    refused_files(
        &[(
            "t.toml",
            r#"[enums.E]
doc = "D."
[enums.F]
doc = "D."
values = {}
"#,
        )],
        &[
            r#"specs/t.toml:1:8 [E] `values` is missing; add `[enums.E.values]` with `Value = "what it means"`"#,
            "specs/t.toml:5:10 [F] `values` is empty; list at least one value",
        ],
    );
    refused_files(
        &[(
            "a/Act.toml",
            r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
[request.F]
type = "string"
doc = "D."
values = []
"#,
        )],
        &["specs/a/Act.toml:7:10 [Act.F] `values` is empty; list at least one value"],
    );
}

#[test]
fn enumerations_made_on_the_spot() {
    refused_files(
        &[(
            "a/Act.toml",
            r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
[request.Mode]
type = "string"
doc = "D."
values = ["A"]
[response.Mode]
type = "string"
doc = "D."
values = ["A"]
"#,
        )],
        &[
            "specs/a/Act.toml:8:11 [Act.Mode] the enumeration `ActMode` of the field's `values` is declared twice, first at specs/a/Act.toml:4; declare an enumeration under `[enums]` and name it in `type`",
        ],
    );
    refused_files(
        &[(
            "a/Act.toml",
            r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
[request.Mode]
type = "string"
doc = "D."
values = ["A"]
[types.ActMode]
doc = "D."
"#,
        )],
        &[
            "specs/a/Act.toml:4:10 [Act.Mode] the enumeration `ActMode` of the field's `values` has the name of the type `ActMode` at specs/a/Act.toml:8; declare an enumeration under `[enums]` and name it in `type`",
        ],
    );
    refused_files(
        &[(
            "a/Act.toml",
            r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
[request.Mode]
type = "int64"
doc = "D."
values = ["A"]
"#,
        )],
        &[
            "specs/a/Act.toml:5:8 [Act.Mode] `values` stands beside a type other than `string` or `[string]`; write `string`, or remove `values`",
        ],
    );
}

#[test]
fn names_that_rust_cannot_take() {
    refused_files(
        &[(
            "t.toml",
            r#"[types.widget]
doc = "D."
[enums."E-1"]
doc = "D."
values = { A = "a." }
[types.T]
doc = "D."
[types.T.fields.F]
type = "widget"
doc = "D."
required = true
"#,
        )],
        &[
            "specs/t.toml:1:8 [widget] `widget` cannot be the name of a Rust type, which the type becomes; write a capital letter, then letters, digits and `_`",
            "specs/t.toml:3:8 [E-1] `E-1` cannot be the name of a Rust type, which the enumeration becomes; write a capital letter, then letters, digits and `_`",
        ],
    );
}

#[test]
fn types_and_enumerations_without_texts() {
    refused_files(
        &[(
            "t.toml",
            r#"[types.T]
[types.U]
doc = ""
[enums.E]
values = { A = "", B = 3 }
"#,
        )],
        &[
            r#"specs/t.toml:1:8 [T] `doc` is missing; add `doc = "..."` and say what it means"#,
            "specs/t.toml:3:7 [U] `doc` is empty; say what it means",
            r#"specs/t.toml:4:8 [E] `doc` is missing; add `doc = "..."` and say what it means"#,
            "specs/t.toml:5:16 [E.A] the text is empty; say what the value means",
            "specs/t.toml:5:24 [E.B] `B` is a whole number, not a text; say in quotes what the value means",
        ],
    );
}

#[test]
fn types_with_unknown_keys() {
    refused_files(
        &[(
            "t.toml",
            r#"[types.T]
doc = "D."
unknown-member = "keep"
[types.T.F]
type = "string"
doc = "D."
[types.U]
doc = "D."
unknown-members = "drop"
[enums.E]
doc = "D."
value = { A = "a." }
"#,
        )],
        &[
            "specs/t.toml:3:1 [T] unknown key `unknown-member`; did you mean `unknown-members`?",
            "specs/t.toml:4:10 [T] unknown key `F`; the keys here are `doc`, `unknown-members`, `union`, `only-on`, `fields`",
            r#"specs/t.toml:9:19 [U] `unknown-members` is `drop`; write "keep", or leave it out"#,
            "specs/t.toml:12:1 [E] unknown key `value`; did you mean `values`?",
        ],
    );
}

#[test]
fn types_that_require_themselves() {
    refused_files(
        &[(
            "t.toml",
            r#"[types.T]
doc = "D."
[types.T.fields.Next]
type = "T"
doc = "D."
required = true
"#,
        )],
        &[
            "specs/t.toml:3:17 [T.Next] the type requires itself: T -> T; make one field on the way optional or a list",
        ],
    );
    refused_files(
        &[(
            "t.toml",
            r#"[types.A]
doc = "D."
[types.A.fields.B]
type = "B"
doc = "D."
required = true
[types.B]
doc = "D."
[types.B.fields.C]
type = "C"
doc = "D."
required = true
[types.C]
doc = "D."
[types.C.fields.A]
type = "A"
doc = "D."
required = true
[types.C.fields.B]
type = "B"
doc = "D."
required = true
"#,
        )],
        &[
            "specs/t.toml:15:17 [C.A] the type requires itself: A -> B -> C -> A; make one field on the way optional or a list",
            "specs/t.toml:19:17 [C.B] the type requires itself: B -> C -> B; make one field on the way optional or a list",
        ],
    );
}

#[test]
fn rust_names_that_no_field_can_have() {
    refused_action(
        r#"[request.A]
type = "string"
rust-name = "type"
doc = "D."
[request.B]
use = "SubAppId"
rust-name = "subAppId"
"#,
        &[
            "specs/a/Act.toml:6:13 [Act.A] `rust-name` is `type`, which no field can have; write lower-case letters, digits and `_`, and no word that Rust reserves",
            "specs/a/Act.toml:10:13 [Act.B] `rust-name` is `subAppId`, which no field can have; write lower-case letters, digits and `_`, and no word that Rust reserves",
        ],
    );
    refused_action(
        r#"[request.Ttl]
type = "string"
doc = "D."
[request.Other]
type = "string"
rust-name = "ttl"
doc = "D."
"#,
        &[
            "specs/a/Act.toml:7:10 [Act.Other] the field becomes `ttl` in Rust, as `Ttl` does; give it a `rust-name`, or keep one of the two",
        ],
    );
}

#[test]
fn names_that_generated_code_has() {
    for (name, what) in [
        ("ErrorCode", "the enumeration of the service's error codes"),
        ("SERVICE", "the static that describes the service"),
        ("DemoClient", "the client of the service"),
        ("DemoBlockingClient", "the blocking client of the service"),
        ("DemoCalls", "the trait of the client's methods"),
        ("DemoBlockingCalls", "the trait of the blocking client's methods"),
    ] {
        let fault = format!(
            "the name of {what}, which is generated; give it another name, or leave it out if the name is on the wire"
        );
        for (text, kind) in [
            (format!("[types.{name}]\ndoc = \"D.\"\n"), "type"),
            (format!("[enums.{name}]\ndoc = \"D.\"\nvalues = {{ A = \"a.\" }}\n"), "enumeration"),
        ] {
            refused_files(
                &[("t.toml", &text)],
                &[&format!("specs/t.toml:1:8 [{name}] the {kind} `{name}` has {fault}")],
            );
        }
        refused_files(
            &[(&format!("{name}.toml"), &format!("action = \"{name}\"\nsummary = \"S.\"\ndoc = \"D.\"\n"))],
            &[&format!("specs/{name}.toml:1:10 [{name}] the action `{name}` has {fault}")],
        );
        refused_files(
            &[(
                "t.toml",
                &format!(
                    "[types.T]\ndoc = \"D.\"\nunknown-members = \"keep\"\nunion = {{ name = \"{name}\", tag = \"Kind\" }}\n\
                     [types.T.fields.Kind]\ntype = \"string\"\nrequired = true\ndoc = \"D.\"\n\
                     [types.T.fields.A]\ntype = \"json\"\ntag = \"a\"\ndoc = \"D.\"\n"
                ),
            )],
            &[&format!(
                "specs/t.toml:4:9 [T] the union's name `{name}` is taken by a type, an enumeration or an action; choose another one"
            )],
        );
    }
    refused_files(
        &[(
            "Error.toml",
            "action = \"Error\"\nsummary = \"S.\"\ndoc = \"D.\"\n\
             [request.Code]\ntype = \"string\"\nvalues = [\"A\"]\ndoc = \"D.\"\n",
        )],
        &[
            "specs/Error.toml:4:10 [Error.Code] the enumeration `ErrorCode` of the field's `values` has the name of the enumeration of the service's error codes, which is generated; give it another name, or leave it out if the name is on the wire",
        ],
    );
}

#[test]
fn fields_that_generated_code_has() {
    for field in ["RequestID", "Request_Id", "requestId", "REQUEST_ID"] {
        refused_action(
            &format!("[response.{field}]\ntype = \"string\"\ndoc = \"D.\"\n"),
            &[&format!(
                "specs/a/Act.toml:4:11 [Act.{field}] the field becomes `request_id` in Rust, which every answer has already; give it a `rust-name`"
            )],
        );
        refused_action(&format!("[request.{field}]\ntype = \"string\"\ndoc = \"D.\"\n"), &[]);
    }
    refused_action(
        "[response.Id]\ntype = \"string\"\nrust-name = \"request_id\"\ndoc = \"D.\"\n",
        &[
            "specs/a/Act.toml:4:11 [Act.Id] the field becomes `request_id` in Rust, which every answer has already; give it a `rust-name`",
        ],
    );
    refused_action(
        "[types.T]\ndoc = \"D.\"\nunknown-members = \"keep\"\n\
         [types.T.fields.UnknownMembers]\ntype = \"string\"\ndoc = \"D.\"\n",
        &[
            "specs/a/Act.toml:7:17 [T.UnknownMembers] the field becomes `unknown_members` in Rust, which a type that keeps unknown members has already; give it a `rust-name`",
        ],
    );
    refused_action(
        "[request.T]\ntype = \"T\"\ndoc = \"D.\"\n\
         [types.T]\ndoc = \"D.\"\nunknown-members = \"keep\"\nunion = { name = \"U\", tag = \"Kind\" }\n\
         [types.T.fields.Kind]\ntype = \"string\"\nrequired = true\ndoc = \"D.\"\n\
         [types.T.fields.A]\ntype = \"json\"\ntag = \"a\"\ndoc = \"D.\"\n\
         [types.T.fields.Payload]\ntype = \"json\"\ndoc = \"D.\"\n",
        &[
            "specs/a/Act.toml:19:17 [T.Payload] the field's setter becomes `payload` in Rust, which a type with a `union` has already; give it a `rust-name`",
        ],
    );
}

#[test]
fn the_method_that_waits_is_not_the_constructor() {
    refused_action(
        "[request.Id]\ntype = \"string\"\nrequired = true\ndoc = \"D.\"\n\
         [response.Status]\ntype = \"string\"\ndoc = \"D.\"\n\
         [wait]\nmethod = \"new\"\nid = \"Id\"\nstatus = \"Status\"\nuntil = [\"DONE\"]\n",
        &[
            "specs/a/Act.toml:12:10 [Act.wait] `method` is `new`, which makes the client of the service; give it another name",
        ],
    );
}
