//! What the emulator says of its own answers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod connection;
mod signer;

use std::path::Path;

use connection::{Connection, plain};
use http::Response;
use serde_json::{Value, json};
use signer::{Call, call, code};
use vod_emulator::{AnswerKind, Emulator, Fault, Faults, Options, Target, coverage_document};

fn kind<B>(response: &Response<B>) -> &str {
    response.headers()["x-vod-emulator"].to_str().unwrap()
}

/// Write the page by `cargo run -p vod-emulator --features cli -- --print-coverage > docs/EMULATOR.md`.
#[test]
fn the_page_of_the_documentation_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/EMULATOR.md");
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(written, coverage_document(), "{} is out of date", path.display());
}

#[tokio::test]
async fn every_answer_says_what_it_is_worth() {
    let service = Emulator::builder().build().unwrap();
    for (action, parameters, expected) in [
        ("DescribeEventConfig", json!({}), "modelled"),
        (
            "DescribeReviewDetails",
            json!({ "StartTime": "2026-01-01T00:00:00Z", "EndTime": "2026-01-02T00:00:00Z" }),
            "example",
        ),
        ("DescribeReviewDetails", json!({}), "modelled"),
        ("NoSuchAction", json!({}), "modelled"),
    ] {
        let response = service.respond(Call::json(&service, action, &parameters).v3()).await;
        assert_eq!(kind(&response), expected, "{action} {parameters}");
        assert_eq!(service.calls().recent.last().unwrap().kind.name(), expected);
    }
    for (uri, expected) in [("/_emulator/state", 200), ("/_emulator/nothing", 404), ("/elsewhere", 404)] {
        let response = service.respond(plain("GET", uri, "")).await;
        assert_eq!((response.status().as_u16(), kind(&response)), (expected, "modelled"));
    }
    service.set_faults(Faults::none().script(Target::All, [Fault::BadGateway { handled: false }])).unwrap();
    let response = service.respond(Call::json(&service, "DescribeEventConfig", &json!({})).v3()).await;
    assert_eq!(kind(&response), "modelled");

    let emulator = Emulator::start().await.unwrap();
    let mut foreign = plain("GET", "/_emulator/state", "");
    foreign.headers_mut().insert("host", "evil.example".parse().unwrap());
    foreign.headers_mut().insert("connection", "close".parse().unwrap());
    let received = Connection::open(&emulator).await.exchange(&foreign).await;
    assert_eq!(received.header("x-vod-emulator").unwrap(), "refused");
}

#[tokio::test(start_paused = true)] // an empty queue is waited for
async fn strict_refuses_what_is_not_modelled() {
    let options = Options { strict: true, enforce_rate_limits: false, ..Options::default() };
    let service = Emulator::builder().options(options).build().unwrap();
    let loaded = vod_spec::load_service(Path::new("api-specs"), Path::new("vod"));
    let modelled = service.coverage(AnswerKind::Modelled);
    let mut refused = 0;
    for action in &loaded.service.actions {
        let parameters = action.examples.first().map_or(json!({}), |example| example.request.clone());
        let response = service.respond(Call::json(&service, &action.name, &parameters).v3()).await;
        let is_modelled = modelled.contains(&action.name);
        let body: Value = serde_json::from_slice(response.body()).unwrap();
        let code = code(&body["Response"]);
        // Some of the vendor's examples break the vendor's own limits.
        if code.starts_with("InvalidParameter") || code == "MissingParameter" {
            continue;
        }
        assert_eq!(kind(&response), if is_modelled { "modelled" } else { "refused" }, "{}", action.name);
        assert_eq!(code == "VodEmulator.NotModelled", !is_modelled, "{}: {body}", action.name);
        refused += u32::from(!is_modelled);
        let handled = service.handled().of(&action.name);
        assert!(is_modelled || handled == 0, "{}", action.name);
    }
    assert!(refused > 50, "{refused}");
    let wrong = call(&service, "DescribeMediaInfos", json!({})).await;
    assert_eq!(code(&wrong), "MissingParameter", "parameters are checked first");
    assert!(service.coverage(AnswerKind::Example).is_empty());
}

#[tokio::test]
async fn coverage_is_told_over_http() {
    let emulator = Emulator::start().await.unwrap();
    let (status, body) =
        Connection::open(&emulator).await.send(&plain("GET", "/_emulator/coverage", "")).await;
    assert_eq!(status, 200);
    let service = emulator.service();
    assert_eq!(body["modelled"], json!(service.coverage(AnswerKind::Modelled)));
    assert_eq!(body["example"], json!(service.coverage(AnswerKind::Example)));
    assert_eq!(body["refused"], json!([]));
    assert!(service.coverage(AnswerKind::Modelled).contains(&"PullEvents".to_owned()));
    for rule in body["rules"].as_array().unwrap() {
        assert!(!rule["source"].as_str().unwrap().is_empty() && !rule["rule"].as_str().unwrap().is_empty());
    }
}
