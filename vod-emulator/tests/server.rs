//! The HTTP server: real connections on 127.0.0.1.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod connection;
mod signer;

use std::time::Duration;

use connection::{Connection, plain, request_bytes};
use serde_json::{Value, json};
use signer::{Call, code};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use vod_emulator::{Emulator, StartError, samples};

async fn waiting_pulls(emulator: &Emulator, count: usize) {
    while emulator.state().waiting_pulls != count {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn answers_several_calls_on_one_connection() {
    let emulator = Emulator::start().await.unwrap();
    assert_eq!(emulator.endpoint(), format!("http://127.0.0.1:{}", emulator.address().port()));
    emulator.publish(samples::new_file_upload(1)).unwrap();
    let mut connection = Connection::open(&emulator).await;
    let pull = Call::json(emulator.service(), "PullEvents", &json!({})).to(emulator.address()).v3();
    let (status, body) = connection.send(&pull).await;
    assert_eq!(status, 200);
    let handle = &body["Response"]["EventSet"][0]["EventHandle"];
    let query = format!("EventHandles.0={}", handle.as_str().unwrap());
    let confirm = Call::query(emulator.service(), "ConfirmEvents", &query).to(emulator.address()).v3();
    let (_, body) = connection.send(&confirm).await;
    assert_eq!(code(&body["Response"]), "ok");
    assert_eq!(emulator.state().confirmed, 1);
    assert_eq!(emulator.calls().total, 2);
}

#[tokio::test]
async fn a_client_that_hangs_up_gets_no_events() {
    let emulator = Emulator::start().await.unwrap();
    let mut connection = Connection::open(&emulator).await;
    let pull = Call::json(emulator.service(), "PullEvents", &json!({})).to(emulator.address()).v3();
    connection.0.write_all(&request_bytes(&pull)).await.unwrap();
    waiting_pulls(&emulator, 1).await;
    drop(connection);
    waiting_pulls(&emulator, 0).await;
    emulator.publish(samples::new_file_upload(1)).unwrap();
    let state = emulator.state();
    assert_eq!((state.queued, state.in_flight), (1, 0));
}

#[tokio::test]
async fn shutting_down_ends_waiting_pulls_with_an_answer() {
    let emulator = Emulator::start().await.unwrap();
    let address = emulator.address();
    let mut connection = Connection::open(&emulator).await;
    let pull = Call::json(emulator.service(), "PullEvents", &json!({})).to(emulator.address()).v3();
    connection.0.write_all(&request_bytes(&pull)).await.unwrap();
    waiting_pulls(&emulator, 1).await;
    let ((_, body), ()) = tokio::join!(connection.receive(), emulator.shutdown());
    assert_eq!(body["Response"]["EventSet"], Value::Null);
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn dropping_stops_it() {
    let emulator = Emulator::start().await.unwrap();
    let mut connection = Connection::open(&emulator).await;
    let state = plain("GET", "/_emulator/state", "");
    assert_eq!(connection.send(&state).await.0, 200);
    drop(emulator);
    let mut rest = Vec::new();
    // An end or a reset, as the system likes; no answer in any case.
    let _ = connection.0.read_to_end(&mut rest).await;
    assert!(rest.is_empty());
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_with_an_answer() {
    let emulator = Emulator::start().await.unwrap();
    let mut connection = Connection::open(&emulator).await;
    let parameters = json!({ "ExtInfo": "x".repeat(11 * 1024 * 1024) });
    let call = Call::json(emulator.service(), "PullEvents", &parameters).to(emulator.address()).v3();
    let (status, body) = connection.send(&call).await;
    assert_eq!(status, 200);
    assert_eq!(code(&body["Response"]), "RequestSizeLimitExceeded");
}

#[tokio::test]
async fn events_can_be_fed_in_and_looked_at_over_http() {
    let emulator = Emulator::builder().sub_app_id(5).start().await.unwrap();
    let mut connection = Connection::open(&emulator).await;
    let one = samples::file_deleted(1).to_string();
    let two = json!([samples::file_deleted(1), samples::pull_complete(2)]).to_string();
    let post = |uri: &str, body: &str| plain("POST", uri, body);
    let (status, body) = connection.send(&post("/_emulator/events", &one)).await;
    assert_eq!((status, body), (200, json!({ "published": 1 })));
    let (status, _) = connection.send(&post("/_emulator/events?sub-app-id=5", &two)).await;
    assert_eq!(status, 200);
    assert_eq!(emulator.state_of(5).queued, 2);

    for (uri, body, expected) in [
        ("/_emulator/events", "{", 400),
        ("/_emulator/events", r#"[{"EventType":"FileDeleted"}, {}]"#, 400),
        ("/_emulator/events?sub-app-id=x", one.as_str(), 400),
        ("/_emulator/events?sub-app-id=6", one.as_str(), 404),
        ("/_emulator/advance", "", 400),
        ("/_emulator/nothing", "", 404),
        ("/elsewhere", "", 404),
    ] {
        assert_eq!(connection.send(&post(uri, body)).await.0, expected, "{uri} {body}");
    }
    assert_eq!(emulator.state().published, 1, "a list is published whole or not at all");

    let (_, state) = connection.send(&plain("GET", "/_emulator/state?sub-app-id=5", "")).await;
    assert_eq!(state["queued"], 2);
    assert_eq!(state["confirmed"], 0);
    let days = Duration::from_hours(4 * 24).as_secs();
    let (status, _) = connection.send(&post(&format!("/_emulator/advance?seconds={days}"), "")).await;
    assert_eq!(status, 200);
    let (_, state) = connection.send(&plain("GET", "/_emulator/state?sub-app-id=5", "")).await;
    assert_eq!((&state["queued"], &state["expired_unpulled"]), (&json!(0), &json!(2)));
    let (status, _) = connection.send(&post(&format!("/_emulator/advance?seconds={}", u64::MAX), "")).await;
    assert_eq!(status, 200, "the end of time is no fault");
    assert_eq!(connection.send(&plain("GET", "/_emulator/state", "")).await.0, 200);
}

#[tokio::test]
async fn an_address_in_use_is_reported() {
    let emulator = Emulator::start().await.unwrap();
    let error = Emulator::builder().listen(emulator.address()).start().await.unwrap_err();
    assert!(matches!(error, StartError::Listen { .. }));
    assert!(error.to_string().contains(&emulator.address().to_string()), "{error}");
}

#[test]
fn everything_can_be_shared_between_threads_and_keeps_its_secret() {
    fn shareable<T: Send + Sync + 'static>() {}
    fn sendable<T: Send>(_: &T) {}
    shareable::<Emulator>();
    let builder = Emulator::builder().secret_key("do not show").token("nor this");
    let shown = format!("{builder:?}");
    let service = builder.build().unwrap();
    sendable(&service.respond(plain("GET", "/", "")));
    for text in [shown, format!("{service:?}")] {
        assert!(!text.contains("do not show") && !text.contains("nor this"), "{text}");
    }
}
