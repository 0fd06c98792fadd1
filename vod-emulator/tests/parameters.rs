//! The parameters of calls against the specs, rate limits, sizes, and answers from examples.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod signer;

use std::time::Duration;

use http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use signer::{Call, call, code, message, send};
use vod_emulator::{EmulatedService, Emulator, Options};

fn service() -> EmulatedService {
    Emulator::builder().build().unwrap()
}

fn clock_service() -> EmulatedService {
    Emulator::builder().specs("tests/clock-specs").build().unwrap()
}

fn clock_call(call: Call) -> Call {
    Call { version: "2024-01-01".into(), product: "clock".into(), ..call }
}

#[tokio::test]
async fn refuses_parameters_that_break_the_spec() {
    let service = service();
    let seventeen: Vec<String> = (0..17).map(|number| number.to_string()).collect();
    for (parameters, expected, named) in [
        (json!({}), "MissingParameter", "EventHandles"),
        (json!({ "EventHandles": null }), "MissingParameter", "EventHandles"),
        (json!({ "EventHandles": ["1"], "Handles": 1 }), "UnknownParameter", "Handles"),
        (json!({ "EventHandles": "1" }), "InvalidParameter", "EventHandles"),
        (json!({ "EventHandles": [1] }), "InvalidParameter", "EventHandles[0]"),
        (json!({ "EventHandles": ["1"], "SubAppId": "1" }), "InvalidParameter", "SubAppId"),
        (json!({ "EventHandles": ["1"], "SubAppId": -1 }), "InvalidParameter", "SubAppId"),
        (json!({ "EventHandles": [] }), "InvalidParameterValue", "EventHandles"),
        (json!({ "EventHandles": seventeen }), "InvalidParameterValue", "EventHandles"),
    ] {
        let answer = call(&service, "ConfirmEvents", parameters.clone()).await;
        assert_eq!(code(&answer), expected, "{parameters}");
        assert!(message(&answer).contains(named), "{answer}");
    }
    let answer = call(&service, "ModifyEventConfig", json!({ "SignKey": "not allowed!" })).await;
    assert_eq!(code(&answer), "InvalidParameter", "the action lists no other code for it");
    assert!(!answer.to_string().contains("not allowed!"), "the key is sensitive: {answer}");
}

#[tokio::test]
async fn refuses_bodies_that_are_no_object() {
    let service = service();
    for body in ["", "{", "[]", "null", "{}{}", "\u{feff}{}"] {
        let call = Call { parameters: body.into(), ..Call::json(&service, "PullEvents", &json!({})) };
        assert_eq!(code(&send(&service, call.v3()).await), "InvalidParameter", "{body:?}");
    }
    let deep = "[".repeat(100_000);
    let call = Call { parameters: deep, ..Call::json(&service, "PullEvents", &json!({})) };
    assert_eq!(code(&send(&service, call.v3()).await), "InvalidParameter");
}

#[tokio::test]
async fn flat_parameters_are_typed_by_the_spec() {
    let service = service();
    let many: Vec<String> = (0..17).map(|number| format!("EventHandles.{number}=h")).collect();
    for (query, expected) in [
        // Well formed: only the handles are unknown.
        ("EventHandles.0=111&EventHandles.1=222&SubAppId=1500000001", "InvalidParameterValue"),
        ("EventHandles.0=111&SubAppId=x", "InvalidParameter"),
        ("EventHandles.0=111&SubAppId=-1", "InvalidParameter"),
        ("EventHandles=111", "InvalidParameter"),
        ("EventHandles.0=111&EventHandles.0=222", "InvalidParameter"),
        ("EventHandles.x=111", "InvalidParameter"),
        ("EventHandles.0=%FF", "InvalidParameter"),
        ("SubAppId=1", "MissingParameter"),
        ("EventHandles.0=111&Action=ConfirmEvents", "UnknownParameter"),
        (&many.join("&"), "InvalidParameterValue"),
    ] {
        let answer = send(&service, Call::query(&service, "ConfirmEvents", query).v3()).await;
        assert_eq!(code(&answer), expected, "{query}");
    }
}

#[tokio::test]
async fn nested_flat_parameters_reach_their_fields() {
    let service = clock_service();
    for (query, expected) in [
        ("Hands.0.Name=hour&Hands.0.Lengths.0=10&Hands.1.Name=minute&Precise=True&Deviation=0.5", "ok"),
        ("Precise=false&Deviation=1", "ok"),
        ("Precise=yes", "InvalidParameter"),
        ("Deviation=NaN", "InvalidParameter"),
        ("Hands.0.Lengths.0=10", "MissingParameter"),
        ("Hands.0.Name=h&Hands.0.Colour=red", "UnknownParameter"),
        (
            "Hands.0.Name=h&Hands.0.Lengths.0=1&Hands.0.Lengths.1=2&Hands.0.Lengths.2=3",
            "InvalidParameterValue",
        ),
    ] {
        let get = clock_call(Call::query(&service, "DescribeClock", query));
        assert_eq!(code(&send(&service, get.v3()).await), expected, "{query}");
        let pairs: Vec<(&str, &str)> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let post = clock_call(Call { method: Method::POST, ..get });
        let answer = send(&service, post.v1(&pairs, Some("HmacSHA256"))).await;
        assert_eq!(code(&answer), expected, "form {query}");
    }
}

/// Largest JSON body.
const LIMIT: usize = 10 * 1024 * 1024;

#[tokio::test]
async fn refuses_what_is_too_large() {
    let service = service();
    let of_size = |size: usize| {
        let filler = "x".repeat(size - r#"{"ExtInfo":""}"#.len());
        Call::json(&service, "DescribeEventConfig", &json!({ "ExtInfo": filler })).v3()
    };
    // Within the limit it is looked at, and the action has no such parameter.
    assert_eq!(code(&send(&service, of_size(LIMIT)).await), "UnknownParameter");
    assert_eq!(code(&send(&service, of_size(LIMIT + 1)).await), "RequestSizeLimitExceeded");

    let long = "x".repeat(1024 * 1024);
    let form = Call { method: Method::POST, ..Call::json(&service, "PullEvents", &json!({})) };
    let answer = send(&service, form.v1(&[("ExtInfo", &long)], None)).await;
    assert_eq!(code(&answer), "AuthFailure.SignatureFailure");

    let query = format!("ExtInfo={}", "x".repeat(32 * 1024));
    let response = service.respond(Call::query(&service, "PullEvents", &query).v3()).await;
    assert_eq!(response.status(), StatusCode::URI_TOO_LONG);
    assert_eq!(response.headers()["content-type"], "text/html");
    let response = service.respond(Request::get("/elsewhere").body(bytes::Bytes::new()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}

#[tokio::test(start_paused = true)]
async fn enforces_the_rate_limit_of_the_spec() {
    let service = service();
    let describe = || call(&service, "DescribeEventConfig", json!({}));
    for number in 0..20 {
        assert_eq!(code(&describe().await), "ok", "call {number}");
    }
    assert_eq!(code(&describe().await), "RequestLimitExceeded");
    let elsewhere =
        Call { region: Some("ap-tokyo".into()), ..Call::json(&service, "DescribeEventConfig", &json!({})) };
    assert_eq!(code(&send(&service, elsewhere.v3()).await), "RequestLimitExceeded", "another region");
    assert_eq!(code(&call(&service, "DescribeEventsState", json!({})).await), "ok", "another action");
    let other_application = call(&service, "DescribeEventConfig", json!({ "SubAppId": 5 })).await;
    assert_eq!(code(&other_application), "RequestLimitExceeded", "applications count together");
    service.advance(Duration::from_secs(1));
    assert_eq!(code(&describe().await), "ok");
    for number in 0..500 {
        let unlimited = call(&service, "DescribeEventsState", json!({})).await;
        assert_eq!(code(&unlimited), "ok", "no rate is published: call {number}");
    }

    let options = Options { enforce_rate_limits: false, ..Options::default() };
    let unlimited = Emulator::builder().options(options).build().unwrap();
    for _ in 0..200 {
        assert_eq!(code(&call(&unlimited, "DescribeEventConfig", json!({})).await), "ok");
    }
}

#[tokio::test]
async fn answers_other_actions_by_their_examples() {
    let service = clock_service();
    let ask = async |parameters: Value| {
        send(&service, clock_call(Call::json(&service, "DescribeTime", &parameters)).v3()).await
    };
    let first = ask(json!({})).await;
    assert_eq!(first["Time"], "2024-01-01T00:00:00Z");
    assert_ne!(first["RequestId"], "first", "a fresh one");
    assert_ne!(first["RequestId"], ask(json!({})).await["RequestId"]);
    assert_eq!(ask(json!({ "Place": "Tokyo" })).await["Time"], "2024-01-01T09:00:00+09:00");
    assert_eq!(ask(json!({ "Place": "Oslo" })).await["Time"], "2024-01-01T00:00:00Z");
}

#[tokio::test]
async fn answers_without_an_example_have_the_right_shape() {
    let service = clock_service();
    let mut answer = send(&service, clock_call(Call::json(&service, "DescribeClock", &json!({}))).v3()).await;
    answer.as_object_mut().unwrap().remove("RequestId");
    assert_eq!(
        answer,
        json!({
            "Name": "",
            "Kind": "Quartz",
            "Face": { "Hours": 12, "Lit": false },
            "Parts": [],
            "Owner": null,
        })
    );
}

#[tokio::test]
async fn plays_back_examples_if_told_so() {
    let service = Emulator::builder().answer_examples(true).build().unwrap();
    let answer = call(&service, "ConfirmEvents", json!({ "EventHandles": ["111", "222"] })).await;
    assert_eq!(answer, json!({ "RequestId": "12ae8d8e-dce3-4151-9d4b-5594145287e1" }));
    let by_query = Call::query(&service, "ConfirmEvents", "EventHandles.0=111&EventHandles.1=222");
    assert_eq!(send(&service, by_query.v3()).await, answer);
    let answer = call(&service, "ConfirmEvents", json!({ "EventHandles": ["111"] })).await;
    assert_eq!(code(&answer), "InvalidParameterValue", "not an example: it is played");
    let pulled = call(&service, "PullEvents", json!({})).await;
    assert_eq!(pulled["EventSet"][0]["EventType"], "NewFileUpload");
}

#[tokio::test]
async fn a_directory_can_take_the_place_of_an_embedded_service() {
    let directory = std::env::temp_dir().join(format!("vod-emulator-specs-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let service_file = std::fs::read_to_string("tests/clock-specs/service.toml").unwrap();
    let renamed = service_file.replace("\"clock\"", "\"vod\"").replace("2024-01-01", "2018-07-17");
    std::fs::write(directory.join("service.toml"), renamed).unwrap();
    std::fs::copy("tests/clock-specs/DescribeTime.toml", directory.join("DescribeTime.toml")).unwrap();
    let built = Emulator::builder().specs(&directory).build();
    std::fs::remove_dir_all(&directory).unwrap();
    let service = built.unwrap();
    assert_eq!(call(&service, "DescribeTime", json!({})).await["Time"], "2024-01-01T00:00:00Z");
    assert_eq!(code(&call(&service, "PullEvents", json!({})).await), "InvalidAction");
    let error = service.publish(vod_emulator::samples::file_deleted(1)).unwrap_err();
    assert_eq!(error, vod_emulator::PublishError::NoEvents);
}

#[tokio::test]
async fn remembers_the_calls() {
    let service = service();
    let answer = call(&service, "DescribeEventsState", json!({})).await;
    call(&service, "ConfirmEvents", json!({ "EventHandles": ["1"] })).await;
    let mut nameless = Call::json(&service, "PullEvents", &json!({})).v3();
    nameless.headers_mut().remove("x-tc-action");
    send(&service, nameless).await;

    let calls = service.calls();
    assert_eq!((calls.total, calls.failed), (3, 2));
    let seen: Vec<_> = calls.recent.iter().map(|call| (call.action.as_str(), call.code.as_deref())).collect();
    assert_eq!(
        seen,
        [
            ("DescribeEventsState", None),
            ("ConfirmEvents", Some("InvalidParameterValue")),
            ("", Some("MissingParameter")),
        ]
    );
    assert_eq!(calls.recent[0].request_id, answer["RequestId"]);
}
