//! `service.toml` and the directory.

use crate::{ACTION, SERVICE, refused_directory, refused_service};

#[test]
fn a_directory_without_service_toml() {
    refused_directory(
        &[(
            "a/Act.toml",
            r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
[request.SubAppId]
use = "SubAppId"
[errors]
InternalError = "D."
"#,
        )],
        &[
            "specs:1:1 the directory has no service.toml; add one with `service`, `version`, `summary`, `doc` and `[endpoints]`",
        ],
    );
    refused_directory(
        &[],
        &[
            "specs:1:1 the directory has no service.toml; add one with `service`, `version`, `summary`, `doc` and `[endpoints]`",
        ],
    );
}

#[test]
fn missing_keys() {
    refused_service(
        "",
        &[
            r#"specs/service.toml:1:1 `service` is missing; add `service`, the product name that is signed, like "vod""#,
            r#"specs/service.toml:1:1 `version` is missing; add `version`, the API version, like "2018-07-17""#,
            r#"specs/service.toml:1:1 `summary` is missing; add `summary = "..."`, one sentence that ends with a full stop"#,
            r#"specs/service.toml:1:1 `doc` is missing; add `doc = "..."` and say what it means"#,
            r#"specs/service.toml:1:1 `endpoints` is missing; add `[endpoints]` with `mainland = "<host>"`"#,
        ],
    );
    refused_service(
        r#"[endpoint]
mainland = "a.example.com"
"#,
        &[
            r#"specs/service.toml:1:1 `service` is missing; add `service`, the product name that is signed, like "vod""#,
            r#"specs/service.toml:1:1 `version` is missing; add `version`, the API version, like "2018-07-17""#,
            r#"specs/service.toml:1:1 `summary` is missing; add `summary = "..."`, one sentence that ends with a full stop"#,
            r#"specs/service.toml:1:1 `doc` is missing; add `doc = "..."` and say what it means"#,
            "specs/service.toml:1:2 unknown key `endpoint`; did you mean `endpoints`?",
        ],
    );
}

#[test]
fn unknown_keys() {
    refused_service(
        r#"service = "demo"
verison = "2024-01-01"
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
        &["specs/service.toml:2:1 unknown key `verison`; did you mean `version`?"],
    );
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
[regions]
"#,
        &[
            "specs/service.toml:12:2 unknown key `regions`; the keys here are `service`, `version`, `summary`, `doc`, `endpoints`, `categories`, `guides`, `parameters`, `errors`, `action-errors`, `types`, `enums`",
        ],
    );
}

#[test]
fn wrong_types() {
    refused_service(
        r#"service = 3
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
        &["specs/service.toml:1:11 `service` is a whole number, not a text; put it in quotes"],
    );
    refused_service(
        r#"service = "demo"
version = 2024-01-01
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
        &["specs/service.toml:2:11 `version` is a date or time, not a text; put it in quotes"],
    );
    refused_service(
        r#"service = "demo"
version = "2024-01-01"
summary = "A demonstration"
doc = "Only for tests."
[endpoints]
mainland = 3
[parameters.SubAppId]
type = "uint64"
doc = "The application."
[errors]
InternalError = { class = "service", doc = "It failed." }
"#,
        &["specs/service.toml:6:12 `mainland` is a whole number, not a text; write the host in quotes"],
    );
    refused_service(
        r#"endpoints = 3
parameters = 3
errors = 3
service = "demo"
version = "2024-01-01"
summary = "A demonstration"
doc = "Only for tests."
"#,
        &[
            "specs/service.toml:1:13 `endpoints` is a whole number, not a table; write `[endpoints]`",
            "specs/service.toml:2:14 `parameters` is a whole number, not a table; write `[parameters.Name]`",
            r#"specs/service.toml:3:10 `errors` is a whole number, not a table; write `Code = { class = "...", doc = "..." }`"#,
        ],
    );
}

#[test]
fn words_that_cannot_go_on_the_wire() {
    refused_service(
        r#"service = "de mo"
version = ""
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
        &[
            r#"specs/service.toml:1:11 `service` is `de mo`; write the product name that is signed, like "vod""#,
            r#"specs/service.toml:2:11 `version` is ``; write the API version, like "2018-07-17""#,
        ],
    );
}

#[test]
fn empty_texts() {
    refused_service(
        r#"service = "demo"
version = "2024-01-01"
summary = ""
doc = " "
[endpoints]
mainland = "demo.example.com"
[parameters.SubAppId]
type = "uint64"
doc = "The application."
[errors]
InternalError = { class = "service", doc = "It failed." }
"#,
        &[
            "specs/service.toml:3:11 `summary` is empty; say in one sentence what it does",
            "specs/service.toml:4:7 `doc` is empty; say what it means",
        ],
    );
}

#[test]
fn texts_with_line_breaks_in_one_line() {
    refused_service(
        r#"service = """de
mo"""
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
        &[
            r#"specs/service.toml:1:11 `service` is `de\nmo`; write the product name that is signed, like "vod""#,
        ],
    );
}

#[test]
fn endpoints() {
    refused_service(
        r#"service = "demo"
version = "2024-01-01"
summary = "A demonstration"
doc = "Only for tests."
[endpoints]
main = "demo.example.com"
[parameters.SubAppId]
type = "uint64"
doc = "The application."
[errors]
InternalError = { class = "service", doc = "It failed." }
"#,
        &[
            "specs/service.toml:6:1 unknown key `main`; the keys here are `mainland`, `international`, `regional`, `internal`",
        ],
    );
    refused_service(
        r#"service = "demo"
version = "2024-01-01"
summary = "A demonstration"
doc = "Only for tests."
[endpoints]
mainland = "https://demo.example.com/"
[parameters.SubAppId]
type = "uint64"
doc = "The application."
[errors]
InternalError = { class = "service", doc = "It failed." }
"#,
        &[
            "specs/service.toml:6:12 the endpoint `mainland` is `https://demo.example.com/`; write a host name alone, without scheme, port or path",
        ],
    );
    refused_service(
        r#"service = "demo"
version = "2024-01-01"
summary = "A demonstration"
doc = "Only for tests."
[endpoints]
mainland = "demo.example.com"
regional = "demo.example.com"
[parameters.SubAppId]
type = "uint64"
doc = "The application."
[errors]
InternalError = { class = "service", doc = "It failed." }
"#,
        &[
            "specs/service.toml:7:12 the endpoint `regional` is `demo.example.com`; put `{region}` where the region's name goes",
        ],
    );
}

#[test]
fn versions_are_dates() {
    for version in ["v1", "1.0", "2024-13-01", "20240101"] {
        refused_service(
            &SERVICE.replace("2024-01-01", version),
            &[&format!(
                "specs/service.toml:2:11 `version` is `{version}`, which is no date; write the API version, like \"2018-07-17\""
            )],
        );
    }
}

#[test]
fn categories_are_folders() {
    let service =
        format!("{SERVICE}[categories]\nevnts = \"What happens.\"\ncolours = \"None.\"\nevents = \"It.\"\n");
    refused_directory(
        &[("service.toml", &service), ("events/Act.toml", ACTION)],
        &[
            "specs/service.toml:13:1 there is no folder `evnts` beside service.toml; did you mean `events`?",
            "specs/service.toml:14:1 there is no folder `colours` beside service.toml; write the name of a folder with spec files, or leave the line out",
        ],
    );
}

#[test]
fn endpoints_are_those_that_a_client_chooses_from() {
    refused_service(
        &SERVICE.replace("mainland =", "mainlnd ="),
        &["specs/service.toml:6:1 unknown key `mainlnd`; did you mean `mainland`?"],
    );
    refused_service(
        &SERVICE.replace("[parameters", "internatinal = \"x.example.com\"\n[parameters"),
        &["specs/service.toml:7:1 unknown key `internatinal`; did you mean `international`?"],
    );
}

#[test]
fn an_endpoint_is_needed() {
    refused_service(
        &SERVICE.replace("mainland =", "international ="),
        &[
            r#"specs/service.toml:5:1 the endpoint `mainland` is missing; add `[endpoints]` with `mainland = "<host>"`"#,
        ],
    );
}
