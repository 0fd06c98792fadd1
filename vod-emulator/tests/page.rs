//! The page and what it shows; `tests/explorer/run.sh` looks at it in a browser.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod connection;
mod signer;

use std::time::Duration;

use connection::{Connection, plain};
use serde_json::{Value, json};
use signer::{Call, call, code};
use vod_emulator::{Emulator, Fault, Faults, Options, samples};

#[tokio::test]
async fn the_page_may_run_its_own_script_and_nothing_else() {
    let emulator = Emulator::start().await.unwrap();
    let page = emulator.service().respond(plain("GET", "/_emulator/", "")).await;
    assert_eq!(
        (page.status().as_u16(), &page.headers()["content-type"]),
        (200, &"text/html; charset=utf-8".parse().unwrap())
    );
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    for part in [
        "default-src 'none'",
        "script-src 'sha256-",
        "style-src 'sha256-",
        "connect-src 'self'",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(page.headers()[name], value);
    }
    assert!(!page.headers().contains_key("access-control-allow-origin"));
    let short = emulator.service().respond(plain("GET", "/_emulator", "")).await;
    assert_eq!(
        (short.status().as_u16(), &short.headers()["location"]),
        (308, &"/_emulator/".parse().unwrap())
    );
    let posted = emulator.service().respond(plain("POST", "/_emulator/", "")).await;
    assert_eq!(posted.status(), 404);
}

#[tokio::test]
async fn a_foreign_page_gets_neither_the_page_nor_what_it_shows() {
    let emulator = Emulator::builder().control_token("open sesame").start().await.unwrap();
    let status = async |uri: &str, name: &'static str, value: &str| {
        let mut request = plain("GET", uri, "");
        request.headers_mut().insert(name, value.parse().unwrap());
        request.headers_mut().insert("connection", "close".parse().unwrap());
        let received = Connection::open(&emulator).await.exchange(&request).await;
        let text = String::from_utf8(received.bytes).unwrap();
        text.split(' ').nth(1).unwrap().to_owned()
    };
    for uri in ["/_emulator/", "/_emulator/overview", "/_emulator/calls"] {
        assert_eq!(status(uri, "host", "evil.example").await, "403", "{uri}");
        assert_eq!(status(uri, "sec-fetch-site", "cross-site").await, "403", "{uri}");
        assert_eq!(status(uri, "origin", "http://evil.example").await, "403", "{uri}");
    }
    assert_eq!(status("/_emulator/", "accept", "text/html").await, "200", "it asks for the token itself");
    assert_eq!(status("/_emulator/overview", "accept", "text/html").await, "403");
    assert_eq!(status("/_emulator/overview", "x-vod-emulator-token", "open sesame").await, "200");
}

#[tokio::test(start_paused = true)]
async fn the_overview_and_the_calls_tell_what_happened() {
    let options = Options { long_poll: Duration::ZERO, ..Options::default() };
    let service = Emulator::builder().options(options).build().unwrap();
    let get = async |uri: &str| -> Value {
        let answer = service.respond(plain("GET", uri, "")).await;
        assert_eq!(answer.status(), 200, "{uri}");
        serde_json::from_slice(answer.body()).unwrap()
    };
    assert_eq!(get("/_emulator/overview").await["applications"], json!([0]));
    service.publish_to(7, samples::file_deleted(1)).unwrap();
    service.publish_to(7, samples::new_file_upload(2)).unwrap();
    service.advance(Duration::from_secs(3));
    call(&service, "PullEvents", json!({ "SubAppId": 7 })).await;
    service.publish_to(7, samples::file_deleted(3)).unwrap();
    service.advance(Duration::from_secs(10));
    let task =
        call(&service, "PullUpload", json!({ "SubAppId": 7, "MediaUrl": "http://example.com/a.mp4" })).await;
    service.advance(Duration::from_secs(1));
    call(&service, "DescribeTaskDetail", json!({ "SubAppId": 7, "TaskId": task["TaskId"] })).await;
    let world = get("/_emulator/overview?sub-app-id=7").await;
    assert_eq!(world["applications"], json!([0, 7]));
    let events = world["events"].as_array().unwrap();
    assert_eq!(events.len(), 4, "{world}");
    assert!(events[0]["handle"].is_string() && events[0]["seconds"] == 19, "{world}");
    assert_eq!((&events[2]["handle"], &events[2]["event_type"]), (&Value::Null, &json!("PullComplete")));
    assert_eq!(events[3]["seconds"], 11);
    assert_eq!(
        (world["tasks"].as_array().unwrap().len(), &world["tasks"][0]["Status"]),
        (1, &json!("FINISH"))
    );
    assert_eq!((world["media"].as_array().unwrap().len(), &world["media"][0]["type"]), (1, &json!("mp4")));

    let before = get("/_emulator/calls").await["total"].as_u64().unwrap();
    service.set_faults(Faults::none().script("PullEvents", [Fault::internal_error(false)])).unwrap();
    service.respond(Call::json(&service, "PullEvents", &json!({})).v3()).await;
    let wrong = Call { secret_key: "wrong".into(), ..Call::json(&service, "PullEvents", &json!({})) };
    assert_eq!(code(&signer::send(&service, wrong.v3()).await), "AuthFailure.SignatureFailure");
    call(&service, "PullEvents", json!({ "SubAppId": "x" })).await;
    call(&service, "ModifyEventConfig", json!({ "SignKey": "abc123", "Mode": "PULL" })).await;
    let calls = get(&format!("/_emulator/calls?after={before}")).await;
    let calls = calls["recent"].as_array().unwrap();
    assert_eq!(calls.len(), 4);
    let checks = |index: usize| -> Vec<(&str, bool)> {
        let checks = calls[index]["checks"].as_array().unwrap().iter();
        checks.map(|check| (check["name"].as_str().unwrap(), check["passed"].as_bool().unwrap())).collect()
    };
    assert_eq!((&calls[0]["fault"], checks(0)), (&json!("server-error"), vec![]));
    assert_eq!(checks(1), [("signature", false)]);
    assert_eq!(checks(2).last(), Some(&("parameters", false)));
    let expected = [("signature", true), ("rate", true), ("parameters", true), ("application", true)];
    assert_eq!(checks(3), expected);
    let request = calls[3]["request"].as_str().unwrap();
    assert!(request.contains("PULL") && !request.contains("abc123"), "{request}");
}
