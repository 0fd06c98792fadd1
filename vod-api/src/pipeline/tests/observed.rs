//! What is seen of a call, and that no secret is.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Response;

use super::fixture::{Confirm, ConfirmRequest, ConfirmResponse, Create, CreateRequest, KEY, SUCCESS, TOKEN};
use super::log;
use crate::client::settings::HttpMethod;
use crate::credential::Credential;
use crate::signature::SignatureMethod;
use crate::testing::MockTransport;
use crate::transport::TransportFailure;

#[tokio::test(start_paused = true)]
async fn a_hook_sees_each_attempt() {
    let mock = MockTransport::new();
    mock.on::<Confirm>()
        .delay(Duration::from_millis(20))
        .respond_error("RequestLimitExceeded", "slowly")
        .fail(TransportFailure::Connect)
        .respond(ConfirmResponse::default());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let client = mock.builder().on_attempt({
        let seen = Arc::clone(&seen);
        move |attempt| {
            assert_eq!((attempt.service, attempt.action), ("vod", "ConfirmEvents"));
            assert_eq!((attempt.host, attempt.elapsed.as_millis()), ("vod.tencentcloudapi.com", 20));
            assert_eq!(
                (attempt.response_bytes > 0, attempt.request_bytes > 0),
                (attempt.status.is_some(), true)
            );
            seen.lock().unwrap().push((
                attempt.number,
                attempt.status,
                attempt.request_id.map(str::to_owned),
                attempt.error.and_then(|error| error.code_str()).map(str::to_owned),
                attempt.retry_in.is_some(),
            ));
        }
    });
    client.build().unwrap().call(ConfirmRequest::new(["1"])).await.unwrap();
    let id = |id: &str| Some(id.to_owned());
    assert_eq!(
        *seen.lock().unwrap(),
        [
            (1, Some(200), id("mock-1"), id("RequestLimitExceeded"), true),
            (2, None, None, None, true),
            (3, Some(200), id("mock-3"), None, false),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn what_does_not_fit_is_told_once_and_shown_each_time() {
    let (log, guard) = log::capture();
    let mock = MockTransport::new();
    let body = format!(r#"{{"Response":{{"Count":"many {KEY}","RequestId":"1"}}}}"#);
    mock.on::<Confirm>().respond_http(Response::new(body)).repeat();
    mock.on::<Create>()
        .respond_http(Response::new(r#"{"Response":{"Count":{},"RequestId":"2"}}"#.to_owned()));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let client = mock.builder().credential(Credential::new("id", KEY)).on_attempt({
        let seen = Arc::clone(&seen);
        move |attempt| {
            let shown: Vec<_> = attempt.mismatches.iter().map(ToString::to_string).collect();
            seen.lock().unwrap().push((attempt.action.to_owned(), attempt.mismatch_count, shown.join("; ")));
        }
    });
    let client = client.build().unwrap();
    for _ in 0..2 {
        client.call(ConfirmRequest::new(["1"])).await.unwrap();
    }
    client.call(CreateRequest).await.unwrap();
    mock.on::<Create>()
        .respond_http(Response::new(r#"{"Response":{"\ud83d":1,"RequestId":"\ud83d"}}"#))
        .repeat();
    for _ in 0..2 {
        client.call(CreateRequest).await.unwrap();
    }
    drop(guard);
    let seen = seen.lock().unwrap();
    let confirm = "Count: expected a whole number of at least 0, found \"many ** redacted **\"";
    assert_eq!(seen[0], ("ConfirmEvents".to_owned(), 1, confirm.to_owned()));
    assert_eq!(seen[1], seen[0]);
    assert_eq!((seen[2].0.as_str(), seen[2].1), ("Create", 1));
    let log = log.text();
    let warnings = log.lines().filter(|line| line.contains("at this path are only counted")).count();
    assert_eq!(warnings, 2, "{log}");
    assert_eq!(log.matches("were replaced by U+FFFD").count(), 1, "{log}");
    assert!(log.contains("Count") && !log.contains(KEY), "{log}");
}

#[tokio::test(start_paused = true)]
async fn a_deprecated_action_is_told_once() {
    let (log, guard) = log::capture();
    let mock = MockTransport::new();
    let body = format!(r#"{{"Response":{{"DeprecatedWarning":"use another {KEY}","RequestId":"1"}}}}"#);
    mock.on::<Confirm>().respond_http(Response::new(body)).repeat();
    mock.on::<Create>().respond_http(Response::new(SUCCESS)).repeat();
    let client = mock.builder().credential(Credential::new("id", KEY)).build().unwrap();
    for _ in 0..3 {
        client.clone().call(ConfirmRequest::new(["1"])).await.unwrap();
        client.call(CreateRequest).await.unwrap();
    }
    drop(guard);
    let log = log.text();
    assert_eq!(log.matches("action is deprecated by the service").count(), 1, "{log}");
    assert!(log.contains("action=\"ConfirmEvents\" warning=\"use another ") && !log.contains(KEY), "{log}");
}

/// Fails a call with known secrets in every way that there is, with an answer that repeats them where one can.
fn fail_in_every_way(mock: &MockTransport) -> usize {
    let leak = format!("{KEY} {TOKEN}");
    let codes =
        ["RequestLimitExceeded", "InternalError", "AuthFailure.TokenFailure", "InvalidParameterValue"];
    for code in codes {
        mock.on::<Confirm>().respond_error(code, &leak);
    }
    let pages = [
        (200, format!("<html>{leak}")),
        (502, format!("<html>{leak}")),
        (200, format!(r#"{{"Response":{{"Count":"{leak}","RequestId":"1"}}}}"#)),
        (200, format!(r#"{{"Response":{{"RequestId":"1","x":"{leak}"#)),
        (200, format!(r#"{{"code":4000,"message":"{leak}","codeDesc":"{leak}"}}"#)),
        (200, format!(r#"{{"other":"{leak}"}}"#)),
        (200, r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":""}}}"#.to_owned()),
    ];
    let count = pages.len();
    for (status, body) in pages {
        let page =
            Response::builder().status(status).header("date", "Sun, 06 Nov 1994 08:49:37 GMT").body(body);
        mock.on::<Confirm>().respond_http(page.unwrap());
    }
    let failures = [
        TransportFailure::Connect,
        TransportFailure::InvalidRequest,
        TransportFailure::TimedOut,
        TransportFailure::Disconnected,
        TransportFailure::Truncated,
        TransportFailure::TooLarge,
    ];
    for failure in failures {
        mock.on::<Confirm>().fail(failure);
    }
    mock.on::<Confirm>().hang();
    codes.len() + count + failures.len() + 1
}

#[tokio::test(start_paused = true)]
async fn whatever_fails_no_secret_is_logged() {
    let (log, guard) = log::capture();
    let mock = MockTransport::new();
    let ways = fail_in_every_way(&mock);
    let signatures = [(HttpMethod::Post, SignatureMethod::Tc3), (HttpMethod::Get, SignatureMethod::HmacSha1)];
    let clients = signatures.map(|(method, signature)| {
        let credential = Credential::new("AKID1", KEY).with_token(TOKEN);
        mock.builder().credential(credential).method(method).signature(signature).build().unwrap()
    });
    let mut shown = String::new();
    while mock.recorded().len() < ways {
        let client = &clients[mock.recorded().len() % 2];
        let error = client.call(ConfirmRequest::new(["1"])).strict_answers(true).await.unwrap_err();
        writeln!(shown, "{error} {error:?}").unwrap();
    }
    drop(guard);
    let log = log.text();
    for (what, text) in [("the log", &log), ("an error", &shown)] {
        for secret in [KEY, TOKEN, "Signature="] {
            assert!(!text.contains(secret), "{what} shows {secret}: {text}");
        }
    }
    for part in [
        "endpoint=\"vod.tencentcloudapi.com\"",
        "attempt=2",
        "attempts=3",
        "retry_in_ms",
        "received=",
        "sent=",
    ] {
        assert!(log.contains(part), "{part} is missing: {log}");
    }
}
