//! Error codes.

use crate::{refused_action, refused_service};

#[test]
fn malformed_codes() {
    refused_action(
        r#"[errors]
"A.B.C" = "D."
"#,
        &[
            "specs/a/Act.toml:5:1 [Act.A.B.C] the error code `A.B.C` has more than one dot; write `Code` or `Code.Detail`",
        ],
    );
    refused_action(
        r#"[errors]
"Invalid Parameter" = "D."
"#,
        &[
            "specs/a/Act.toml:5:1 [Act.Invalid Parameter] the error code `Invalid Parameter` has a blank in it; write `Code` or `Code.Detail`",
        ],
    );
    refused_action(
        r#"[errors]
invalid = "D."
"#,
        &[
            "specs/a/Act.toml:5:1 [Act.invalid] the error code `invalid` does not start with a capital letter; write `Code` or `Code.Detail`",
        ],
    );
    refused_action(
        r#"[errors]
"InternalError." = "D."
"" = "D."
"#,
        &[
            "specs/a/Act.toml:5:1 [Act.InternalError.] the error code `InternalError.` has an empty part; write `Code` or `Code.Detail`",
            "specs/a/Act.toml:6:1 [Act.] the error code `` has an empty part; write `Code` or `Code.Detail`",
        ],
    );
    refused_action(
        r#"[errors]
"Internal/Error" = "D."
"#,
        &[
            "specs/a/Act.toml:5:1 [Act.Internal/Error] the error code `Internal/Error` has characters that no code has; write `Code` or `Code.Detail`",
        ],
    );
}

#[test]
fn codes_that_need_quotes() {
    refused_action(
        r#"[errors]
InternalError.Db = "D."
"#,
        &[
            r#"specs/a/Act.toml:5:1 [Act.InternalError] `InternalError` holds a table of codes; quote the whole code: `"InternalError.Db" = "..."`"#,
        ],
    );
}

#[test]
fn unknown_classes() {
    refused_action(
        r#"[errors]
New = { class = "calller", doc = "D." }
"#,
        &["specs/a/Act.toml:5:17 [Act.New] unknown class `calller`; did you mean `caller`?"],
    );
    refused_action(
        r#"[errors]
New = { class = "fatal", doc = "D." }
"#,
        &[
            "specs/a/Act.toml:5:17 [Act.New] unknown class `fatal`; the classes are `caller`, `authentication`, `token-expired`, `credential-refused`, `clock-skew`, `throttling`, `service`, `retryable`, `none`",
        ],
    );
    refused_action(
        r#"[errors]
New = { clas = "caller", doc = "D." }
"#,
        &["specs/a/Act.toml:5:9 [Act.New] unknown key `clas`; did you mean `class`?"],
    );
    refused_action(
        r#"[errors]
New = { class = 3, doc = "D." }
"#,
        &["specs/a/Act.toml:5:17 [Act.New] `class` is a whole number, not a text; put it in quotes"],
    );
}

#[test]
fn codes_without_a_class() {
    refused_action(
        r#"[errors]
New = "D."
"#,
        &[
            r#"specs/a/Act.toml:5:1 [Act.New] the error code `New` is not one of service.toml and has no class; write `{ class = "...", doc = "..." }` with one of `caller`, `authentication`, `token-expired`, `credential-refused`, `clock-skew`, `throttling`, `service`, `retryable`, `none`"#,
        ],
    );
    refused_action(
        r#"[errors]
"New.Detail" = "D."
"#,
        &[
            r#"specs/a/Act.toml:5:1 [Act.New.Detail] the error code `New.Detail` has no class and `New` is not listed; write `{ class = "...", doc = "..." }` with one of `caller`, `authentication`, `token-expired`, `credential-refused`, `clock-skew`, `throttling`, `service`, `retryable`, `none`"#,
        ],
    );
}

#[test]
fn shared_codes_without_a_class() {
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
[errors]
InternalError = { class = "service", doc = "It failed." }
Other = "D."
"Another.Detail" = "D."
"#,
        &[
            r#"specs/service.toml:12:1 [Other] the error code `Other` has no class; write `{ class = "...", doc = "..." }` with one of `caller`, `authentication`, `token-expired`, `credential-refused`, `clock-skew`, `throttling`, `service`, `retryable`, `none`"#,
            r#"specs/service.toml:13:1 [Another.Detail] the error code `Another.Detail` has no class and `Another` is not listed; write `{ class = "...", doc = "..." }` with one of `caller`, `authentication`, `token-expired`, `credential-refused`, `clock-skew`, `throttling`, `service`, `retryable`, `none`"#,
        ],
    );
}

#[test]
fn codes_with_two_classes() {
    refused_action(
        r#"[errors]
InternalError = { class = "caller", doc = "D." }
"#,
        &[
            "specs/a/Act.toml:5:1 [Act.InternalError] the class differs from that of the same code at specs/service.toml:11; give it one class, once",
        ],
    );
}

#[test]
fn codes_without_a_text() {
    refused_action(
        r#"[errors]
InternalError = ""
"#,
        &[
            "specs/a/Act.toml:5:17 [Act.InternalError] the text is empty; say when the service answers the code",
        ],
    );
    refused_action(
        r#"[errors]
InternalError = { class = "service" }
"#,
        &[
            r#"specs/a/Act.toml:5:17 [Act.InternalError] `doc` is missing; add `doc = "..."` and say what it means"#,
        ],
    );
    refused_action(
        r#"[errors]
InternalError = { class = "service", doc = " " }
"#,
        &["specs/a/Act.toml:5:44 [Act.InternalError] `doc` is empty; say what it means"],
    );
    refused_action(
        "[errors]\nInternalError = 3\n",
        &[
            "specs/a/Act.toml:5:17 [Act.InternalError] `InternalError` is a whole number, not a text; say in quotes when the service answers the code",
        ],
    );
}

#[test]
fn listed_codes_that_service_toml_does_not_describe() {
    refused_action(
        "errors = [\"InternalError\", \"InternalEror\", \"Strange.Code\", \"InternalError\", \"A.B.C\", 7]\n",
        &[
            "specs/a/Act.toml:4:28 [Act.InternalEror] the error code `InternalEror` is not described; did you mean `InternalError`?",
            "specs/a/Act.toml:4:44 [Act.Strange.Code] the error code `Strange.Code` is not described; describe it in service.toml, as `\"Strange.Code\" = \"...\"` under `[action-errors]`",
            "specs/a/Act.toml:4:60 [Act.InternalError] the error code `InternalError` is listed twice; keep one of the two",
            "specs/a/Act.toml:4:77 [Act.A.B.C] the error code `A.B.C` has more than one dot; write `Code` or `Code.Detail`",
            "specs/a/Act.toml:4:86 [Act] `errors` is a whole number, not a list of texts; put each code in quotes",
        ],
    );
}

#[test]
fn codes_of_actions_in_service_toml() {
    let service = crate::SERVICE;
    refused_service(
        &format!("{service}[action-errors]\nInternalError = \"D.\"\nStrange = \"D.\"\n"),
        &[
            "specs/service.toml:13:1 [InternalError] `InternalError` stands under `[errors]` already; keep one of the two",
            "specs/service.toml:14:1 [Strange] the error code `Strange` has no class; write `{ class = \"...\", doc = \"...\" }` with one of `caller`, `authentication`, `token-expired`, `credential-refused`, `clock-skew`, `throttling`, `service`, `retryable`, `none`",
        ],
    );
}
