//! Bodies of any bytes, and answers that are streams of events.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod signer;

use bytes::Bytes;
use http::Request;
use serde_json::json;
use signer::{Call, code, message, send};
use vod_emulator::{EmulatedService, Emulator};

fn service() -> EmulatedService {
    Emulator::builder().specs("tests/clock-specs").answer_examples(true).build().unwrap()
}

fn clock_call(service: &EmulatedService, action: &str) -> Call {
    let call = Call::json(service, action, &json!({}));
    Call { version: "2024-01-01".into(), product: "clock".into(), ..call }
}

fn octets(service: &EmulatedService, headers: &[(&str, &str)]) -> Request<Bytes> {
    let call = Call {
        parameters: "any \u{1} bytes".into(),
        content_type: "application/octet-stream".into(),
        ..clock_call(service, "SetClock")
    };
    let mut request = call.v3();
    for (name, value) in headers {
        let name = http::HeaderName::from_bytes(name.as_bytes()).unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    request
}

#[tokio::test]
async fn parameters_beside_a_binary_body_are_checked_as_others_are() {
    let service = service();
    for (headers, expected) in [
        (&[("X-CLOCK-Zone", "UTC"), ("X-CLOCK-Volume", "7")][..], "ok"),
        (&[("X-Clock-Volume", "7")], "MissingParameter"),
        (&[("x-clock-zone", "UTC"), ("x-clock-volume", "11")], "InvalidParameterValue"),
        (&[("x-clock-zone", "UTC"), ("x-clock-volume", "loud")], "InvalidParameter"),
        (&[("x-clock-zone", "UTC"), ("x-clock-colour", "red")], "UnknownParameter"),
        (&[("x-other-zone", "UTC")], "MissingParameter"),
    ] {
        let answer = send(&service, octets(&service, headers)).await;
        assert_eq!(code(&answer), expected, "{headers:?}: {answer}");
    }
}

#[tokio::test]
async fn the_signature_covers_every_byte() {
    let service = service();
    let request = octets(&service, &[("x-clock-zone", "UTC")]);
    let changed = request.map(|body| Bytes::from([&body[..], b"!"].concat()));
    let answer = send(&service, changed).await;
    assert_eq!(code(&answer), "AuthFailure.SignatureFailure");
}

#[tokio::test]
async fn actions_take_the_body_of_their_spec_alone() {
    let service = service();
    let answer = send(&service, clock_call(&service, "SetClock").v3()).await;
    assert_eq!(code(&answer), "UnsupportedProtocol");
    assert!(message(&answer).contains("application/octet-stream"), "{answer}");
    let bytes =
        Call { content_type: "application/octet-stream".into(), ..clock_call(&service, "DescribeTime") };
    assert_eq!(code(&send(&service, bytes.v3()).await), "UnsupportedProtocol");
}

#[tokio::test]
async fn examples_are_answered_as_events() {
    let service = service();
    let call =
        Call { parameters: json!({ "Zone": "UTC" }).to_string(), ..clock_call(&service, "WatchClock") };
    let response = service.respond(call.v3()).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert_eq!(response.headers()["x-tc-requestid"], "id-of-the-example");
    let expected = "data: {\"RequestId\":\"id-of-the-example\",\"Time\":\"12:00:00\"}\n\ndata: {\"Time\":\"12:00:01\"}\n\n";
    assert_eq!(response.body(), expected);

    // Of other parameters the events of the first example, under an id of their own.
    let response = service.respond(clock_call(&service, "WatchClock").v3()).await;
    assert_eq!(response.body(), "data: {\"Time\":\"12:00:00\"}\n\ndata: {\"Time\":\"12:00:01\"}\n\n");
    assert_ne!(response.headers()["x-tc-requestid"], "id-of-the-example");

    // A refusal is JSON.
    let call = Call { parameters: json!({ "Zone": 1 }).to_string(), ..clock_call(&service, "WatchClock") };
    assert_eq!(code(&send(&service, call.v3()).await), "InvalidParameter");
}

const FILE: &str = "Content-Disposition: form-data; name=\"Chime\"; filename=\"Chime\"\r\n\r\nding";

fn part(name: &str, content: &str) -> String {
    format!("Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}")
}

async fn chime(service: &EmulatedService, parts: &[&str]) -> String {
    let body = parts.iter().fold(String::new(), |body, part| body + "--b\r\n" + part + "\r\n");
    let call = Call {
        parameters: format!("{body}--b--\r\n"),
        content_type: "multipart/form-data; boundary=b".into(),
        ..clock_call(service, "PlayChime")
    };
    let answer = send(service, call.v3()).await;
    code(&answer)
}

#[tokio::test]
async fn parts_are_checked_as_other_parameters_are() {
    let service = service();
    let zones = "Content-Disposition: form-data; name=\"Zones\"\r\nContent-Type: application/json\r\n\r\n";
    for (parts, expected) in [
        (&[FILE, &part("Volume", "7"), &format!("{zones}[\"UTC\"]")][..], "ok"),
        (&[&part("Volume", "7")], "MissingParameter"),
        (&[&part("Chime", "ding")], "InvalidParameter"),
        (&[FILE, FILE], "InvalidParameter"),
        (&[FILE, &part("Volume", "11")], "InvalidParameterValue"),
        (&[FILE, &part("Volume", "loud")], "InvalidParameter"),
        (&[FILE, &part("Colour", "red")], "UnknownParameter"),
        (&[FILE, &part("Zones", "UTC")], "InvalidParameter"),
        (&[FILE, &format!("{zones}[1]")], "InvalidParameter"),
        (&[FILE, "no header"], "InvalidRequest"),
    ] {
        assert_eq!(chime(&service, parts).await, expected, "{parts:?}");
    }
    let other = Call { content_type: "application/json".into(), ..clock_call(&service, "PlayChime") };
    assert_eq!(code(&send(&service, other.v3()).await), "UnsupportedProtocol");
}
