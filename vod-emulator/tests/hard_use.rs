//! The emulator under clients that err, stall or send too much.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod connection;
mod signer;

use std::time::{Duration, Instant};

use connection::{Connection, plain, request_bytes};
use serde_json::{Value, json};
use signer::{Call, call, code, message};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use vod_emulator::{Emulator, Fault, FaultKind, Faults, Options, PublishError, Target, samples};

/// The machine's clock, for what must not take long.
#[allow(clippy::disallowed_methods, reason = "a test measures how long a call takes")]
fn now() -> Instant {
    Instant::now()
}

#[tokio::test]
async fn an_outage_can_be_ended_over_http() {
    let faults =
        Faults::none().script(Target::All, [Fault::ConnectionRefused { lasting: Duration::from_hours(1) }]);
    let emulator = Emulator::builder().faults(faults).start().await.unwrap();
    let pull =
        || Call::json(emulator.service(), "DescribeEventConfig", &json!({})).to(emulator.address()).v3();
    for _ in 0..2 {
        assert!(Connection::open(&emulator).await.exchange(&pull()).await.is_bare_reset());
    }
    let mut control = Connection::open(&emulator).await;
    let (status, counts) = control.send(&plain("POST", "/_emulator/faults", "{}")).await;
    assert_eq!((status, &counts["injected"]["connection-refused"]), (200, &json!(2)));
    let (_, body) = control.send(&pull()).await;
    assert_eq!(code(&body["Response"]), "ok");
}

#[tokio::test]
async fn control_calls_refuse_what_they_do_not_know() {
    let emulator = Emulator::start().await.unwrap();
    let mut connection = Connection::open(&emulator).await;
    let event = samples::file_deleted(1).to_string();
    for (method, uri, body, expected, part) in [
        ("POST", "/_emulator/events?SubAppId=7", event.as_str(), 400, "sub-app-id"),
        ("POST", "/_emulator/events?sub-app-id=%zz", event.as_str(), 400, "%"),
        ("POST", "/_emulator/events?sub-app-id=%F", event.as_str(), 400, "%"),
        ("POST", "/_emulator/events?sub-app-id=1&sub-app-id=2", event.as_str(), 400, "twice"),
        ("POST", "/_emulator/events?raw=yes", event.as_str(), 400, "raw"),
        ("GET", "/_emulator/state?sub_app_id=7", "", 400, "sub-app-id"),
        ("GET", "/_emulator/health?x=1", "", 400, "none"),
        (
            "POST",
            "/_emulator/faults",
            r#"{"script":[{"action":"Pull","faults":["token-expired"]}]}"#,
            400,
            "Pull",
        ),
        (
            "POST",
            "/_emulator/faults",
            r#"{"script":[{"action":"ConfirmEvents","faults":["duplicate-delivery"]}]}"#,
            400,
            "PullEvents",
        ),
        ("GET", "/_emulator/events", "", 405, "POST"),
        ("DELETE", "/_emulator/faults", "", 405, "POST, GET"),
        ("GET", "/_emulator/nothing", "", 404, "no such call"),
    ] {
        let (status, answer) = connection.send(&plain(method, uri, body)).await;
        assert_eq!(status, expected, "{method} {uri}");
        assert!(answer["error"].as_str().unwrap().contains(part), "{method} {uri}: {answer}");
    }
    assert_eq!(emulator.state().published, 0);
    assert_eq!(
        connection.send(&plain("GET", "/_emulator/health", "")).await,
        (200, json!({ "status": "ok" }))
    );
}

#[tokio::test]
async fn a_probe_uses_up_no_fault() {
    let faults = Faults::none().script(Target::All, [Fault::BadGateway { handled: false }]);
    let emulator = Emulator::builder().faults(faults).start().await.unwrap();
    let mut connection = Connection::open(&emulator).await;
    for (method, uri) in [("GET", "/"), ("GET", "/?Action=NoSuchAction"), ("OPTIONS", "/"), ("POST", "/")] {
        assert_ne!(connection.send(&plain(method, uri, "")).await.0, 502, "{method} {uri}");
    }
    assert_eq!(connection.send(&plain("GET", "/?Action=PullEvents", "")).await.0, 502);
}

#[tokio::test(start_paused = true)]
async fn a_duplicate_delivery_counts_where_it_had_an_effect() {
    let faults = Faults::none().script("PullEvents", [Fault::DuplicateDelivery, Fault::DuplicateDelivery]);
    let service = Emulator::builder().faults(faults).build().unwrap();
    call(&service, "PullEvents", json!({})).await;
    assert_eq!(service.injected_faults(), [].into(), "an empty pull hands out nothing twice");
    assert_eq!(service.calls().recent[0].fault, None);
    service.publish(samples::file_deleted(1)).unwrap();
    call(&service, "PullEvents", json!({})).await;
    assert_eq!(service.injected_faults(), [(FaultKind::DuplicateDelivery, 1)].into());
}

#[tokio::test]
async fn an_oversized_control_body_is_told_its_limit() {
    let emulator = Emulator::start().await.unwrap();
    let large = " ".repeat(11 * 1024 * 1024);
    let (status, body) =
        Connection::open(&emulator).await.send(&plain("POST", "/_emulator/events", &large)).await;
    assert_eq!(status, 413);
    assert!(body["error"].as_str().unwrap().contains("10485760"), "{body}");
}

/// The time that a wrong body takes does not grow with the number of its mistakes.
#[tokio::test]
async fn a_body_full_of_mistakes_is_refused_at_the_first() {
    let service = Emulator::builder().build().unwrap();
    let unknown: serde_json::Map<String, Value> =
        (0..500_000).map(|number| (format!("EventHandlez{number}"), json!(1))).collect();
    let items = json!({ "EventHandles": vec![json!(1); 2_000_000] });
    let long = json!({ "x".repeat(9_000_000): 1 });
    for parameters in [Value::Object(unknown), items, long] {
        let request = Call::json(&service, "ConfirmEvents", &parameters).v3();
        let started = now();
        let response = service.respond(request).await;
        let took = started.elapsed();
        assert!(took < Duration::from_secs(5), "{took:?}");
        let body: Value = serde_json::from_slice(response.body()).unwrap();
        assert_ne!(code(&body["Response"]), "ok");
        assert!(message(&body["Response"]).len() < 1000, "what a client sent is not repeated whole");
    }
    let mut event = samples::file_deleted(1);
    for number in 0..200_000 {
        event["FileDeleteEvent"][format!("FileIdSett{number}")] = json!(1);
    }
    let started = now();
    let error = service.publish(event).unwrap_err();
    assert!(matches!(error, PublishError::Mismatch(_)), "{error}");
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
}

#[tokio::test]
async fn recorded_names_are_cut_and_stay_on_one_line() {
    let service = Emulator::builder().build().unwrap();
    let name = format!("Evil\n{}", "x".repeat(1_000_000));
    let form = Call { method: http::Method::POST, action: name, ..Call::json(&service, "", &json!({})) };
    let answer = signer::send(&service, form.v1(&[], None)).await;
    assert_eq!(code(&answer), "InvalidAction");
    let record = &service.calls().recent[0];
    assert!(
        record.action.starts_with("Evil\\nxxx") && record.action.chars().count() <= 110,
        "{}",
        record.action
    );
}

#[tokio::test]
async fn silent_connections_are_closed() {
    let options = Options { idle_timeout: Duration::from_millis(200), ..Options::default() };
    let emulator = Emulator::builder().options(options).start().await.unwrap();
    let whole = request_bytes(&{
        let mut request = plain("POST", "/_emulator/events", "[]");
        request.headers_mut().insert("host", emulator.address().to_string().parse().unwrap());
        request
    });
    let head = whole.len() - 2;
    for sent in [0, 20, head, head + 1] {
        let mut connection = Connection::open(&emulator).await;
        connection.0.write_all(&whole[..sent]).await.unwrap();
        let mut rest = Vec::new();
        let ended = connection.0.read_to_end(&mut rest);
        let ended = tokio::time::timeout(Duration::from_secs(10), ended).await;
        assert!(ended.is_ok(), "after {sent} bytes the connection is kept");
    }
    // One that was used and is idle.
    let mut connection = Connection::open(&emulator).await;
    assert_eq!(connection.send(&plain("GET", "/_emulator/health", "")).await.0, 200);
    let mut rest = Vec::new();
    let ended = connection.0.read_to_end(&mut rest);
    assert!(tokio::time::timeout(Duration::from_secs(10), ended).await.is_ok());
}

#[tokio::test]
async fn a_look_makes_no_application_and_their_number_has_an_end() {
    let service = Emulator::builder()
        .options(Options { enforce_rate_limits: false, ..Options::default() })
        .build()
        .unwrap();
    for number in 0..3000 {
        assert_eq!(service.state_of(number).published, 0);
    }
    let mut made = 0;
    for number in 1..1100 {
        made += u32::from(service.publish_to(number, samples::file_deleted(number)).is_ok());
    }
    assert!((900..=1000).contains(&made), "{made}");
    let refused = call(&service, "DescribeEventConfig", json!({ "SubAppId": 5000 })).await;
    assert_ne!(code(&refused), "ok");
    assert_eq!(code(&call(&service, "DescribeEventConfig", json!({ "SubAppId": 5 })).await), "ok");
}

#[test]
fn many_faults_load_in_their_time() {
    let entry = r#"{"action":"PullEvents","probability":0.00000001,"fault":"token-expired"}"#;
    let json = format!(r#"{{"random":[{}]}}"#, vec![entry; 60_000].join(","));
    let started = now();
    assert!(Faults::from_json(json.as_bytes()).is_ok());
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    let all = r#"{"random":[{"action":"PullEvents","probability":0.7,"fault":"token-expired"},
        {"action":"ConfirmEvents","probability":0.7,"fault":"token-expired"},
        {"probability":0.3,"fault":"bad-gateway"}]}"#;
    assert!(Faults::from_json(all.as_bytes()).is_ok(), "no call meets more than all of them");
    assert!(Faults::from_json(all.replace("0.3", "0.4").as_bytes()).is_err());
}

/// A pipe among the spec files must not be waited for.
#[cfg(unix)]
#[test]
fn a_pipe_is_no_spec_file() {
    let directory = std::env::temp_dir().join(format!("vod-emulator-pipe-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let made = std::process::Command::new("mkfifo").arg(directory.join("service.toml")).status().unwrap();
    assert!(made.success());
    let error = Emulator::builder().specs(&directory).build().unwrap_err();
    assert!(error.to_string().contains("service.toml:1:1 is no regular file"), "{error}");
    std::fs::remove_dir_all(directory).unwrap();
}

#[tokio::test]
async fn numbers_beyond_64_bits_are_called_so() {
    let service = Emulator::builder().build().unwrap();
    let body = r#"{ "SubAppId": 18446744073709551616 }"#;
    let request = Call { parameters: body.into(), ..Call::json(&service, "PullEvents", &json!({})) };
    let answer = signer::send(&service, request.v3()).await;
    assert!(message(&answer).contains("a whole number beyond 64 bits"), "{answer}");
}

#[tokio::test]
async fn empty_texts_are_no_token() {
    let service = Emulator::builder().token("").build().unwrap();
    assert_eq!(code(&call(&service, "DescribeEventConfig", json!({})).await), "ok");
}
