//! Faults as a client at the other end of a socket meets them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod connection;
mod signer;

use std::io::ErrorKind;
use std::time::Duration;

use bytes::Bytes;
use connection::{Connection, Received, plain, request_bytes};
use http::{Method, Request};
use serde_json::{Value, json};
use signer::{Call, code};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::yield_now;
use vod_emulator::{ClockSkew, Emulator, Fault, FaultKind, Faults, Options, Outage, Target, samples};

const MODIFY: &str = "ModifyEventConfig";

async fn once(fault: Fault) -> Emulator {
    let faults = Faults::none().script(Target::All, [fault]);
    Emulator::builder().faults(faults).start().await.unwrap()
}

/// An emulator that closes its port with its next call.
async fn closing(lasting: Duration) -> Emulator {
    let faults = Faults::none().script(Target::All, [Fault::ConnectionRefused { lasting }]);
    let options = Options { outage: Outage::ClosePort, ..Options::default() };
    Emulator::builder().faults(faults).options(options).start().await.unwrap()
}

fn modify(emulator: &Emulator) -> Request<Bytes> {
    let mut request =
        Call::json(emulator.service(), MODIFY, &json!({ "Mode": "PUSH" })).to(emulator.address()).v3();
    request.headers_mut().insert("connection", "close".parse().unwrap());
    request
}

async fn exchange(emulator: &Emulator) -> Received {
    Connection::open(emulator).await.exchange(&modify(emulator)).await
}

fn body(received: &Received) -> Value {
    serde_json::from_str(&received.parts().1).unwrap()
}

fn length(received: &Received) -> usize {
    received.header("content-length").unwrap().parse().unwrap()
}

#[tokio::test]
async fn connections_are_reset() {
    for (fault, handled) in [
        (Fault::ConnectionRefused { lasting: Duration::ZERO }, 0),
        (Fault::ResetBeforeRequest, 0),
        (Fault::ResetAfterRequest, 0),
        (Fault::ResetAfterHandling, 1),
    ] {
        let emulator = once(fault.clone()).await;
        let received = exchange(&emulator).await;
        assert!(received.is_bare_reset(), "{fault:?}: {received:?}");
        assert_eq!(emulator.handled().of(MODIFY), handled, "{fault:?}");
        assert_eq!(emulator.injected_faults(), [(fault.kind(), 1)].into());
        assert_eq!(code(&body(&exchange(&emulator).await)["Response"]), "ok", "the fault is over");
    }
}

#[tokio::test]
async fn a_reset_before_the_request_does_not_wait_for_its_body() {
    for (fault, waits) in [(Fault::ResetBeforeRequest, false), (Fault::ResetAfterRequest, true)] {
        let emulator = once(fault).await;
        let bytes = request_bytes(&modify(&emulator));
        let (most, last) = bytes.split_at(bytes.len() - 1);
        let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
        stream.write_all(most).await.unwrap();
        if waits {
            // The body is not whole yet, so nothing may happen; that cannot be waited for, only given a chance.
            for _ in 0..100 {
                yield_now().await;
            }
            assert_eq!(emulator.calls().total, 0);
            stream.write_all(last).await.unwrap();
        }
        let error = stream.read_to_end(&mut Vec::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
        assert_eq!(emulator.handled().of(MODIFY), 0);
    }
}

#[tokio::test]
async fn an_outage_closes_the_port_for_its_time() {
    let emulator = closing(Duration::from_hours(1)).await;
    let mut opened_before = Connection::open(&emulator).await;
    let state = plain("GET", "/_emulator/state", "");
    assert_eq!(opened_before.send(&state).await.0, 200);
    assert!(exchange(&emulator).await.is_bare_reset());
    // The port closes a moment after the reset.
    while let Ok(stream) = TcpStream::connect(emulator.address()).await {
        drop(stream);
        yield_now().await;
    }
    let error = TcpStream::connect(emulator.address()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    assert!(opened_before.exchange(&modify(&emulator)).await.is_bare_reset());
    assert_eq!(emulator.injected_faults(), [(FaultKind::ConnectionRefused, 2)].into());

    emulator.advance(Duration::from_hours(1));
    reopened(&emulator).await;
    assert_eq!(code(&body(&exchange(&emulator).await)["Response"]), "ok");
    assert_eq!(emulator.handled().of(MODIFY), 1);
}

/// Waits until connections are accepted again.
async fn reopened(emulator: &Emulator) {
    while TcpStream::connect(emulator.address()).await.is_err() {
        yield_now().await;
    }
}

#[tokio::test]
async fn other_faults_end_an_outage() {
    let emulator = closing(Duration::from_hours(1)).await;
    assert!(exchange(&emulator).await.is_bare_reset());
    while TcpStream::connect(emulator.address()).await.is_ok() {
        yield_now().await;
    }
    emulator.set_faults(Faults::none()).unwrap();
    reopened(&emulator).await;
    assert_eq!(code(&body(&exchange(&emulator).await)["Response"]), "ok");
}

#[tokio::test]
async fn an_emulator_can_be_stopped_in_an_outage() {
    let emulator = once(Fault::ConnectionRefused { lasting: Duration::from_hours(1) }).await;
    let address = emulator.address();
    assert!(exchange(&emulator).await.is_bare_reset());
    emulator.shutdown().await;
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_body_is_cut_where_asked() {
    for keep in [0, 20] {
        let emulator = once(Fault::TruncatedBody { keep }).await;
        let received = exchange(&emulator).await;
        assert!(received.end.is_ok(), "an orderly end, too soon: {received:?}");
        let (head, body) = received.parts();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        assert_eq!(body.len(), keep);
        assert!(length(&received) > 20 && body.len() < length(&received));
        assert_eq!(emulator.handled().of(MODIFY), 1);
    }
}

#[tokio::test]
async fn events_in_a_cut_answer_return() {
    let emulator = once(Fault::TruncatedBody { keep: 200 }).await;
    emulator.publish(samples::new_file_upload(1)).unwrap();
    let pull = Call::json(emulator.service(), "PullEvents", &json!({})).to(emulator.address()).v3();
    let received = Connection::open(&emulator).await.exchange(&pull).await;
    assert_eq!(received.parts().1.len(), 200);
    assert_eq!((emulator.state().queued, emulator.state().in_flight), (0, 1));
    emulator.advance(Duration::from_secs(30));
    assert_eq!((emulator.state().queued, emulator.state().in_flight), (1, 0));
}

#[tokio::test]
async fn gateways_and_servers_fail() {
    let emulator = once(Fault::BadGateway { handled: false }).await;
    let received = exchange(&emulator).await;
    assert!(received.parts().0.starts_with("http/1.1 502"));
    assert_eq!(received.header("content-type").as_deref(), Some("text/html"));
    assert!(received.parts().1.starts_with("<html>"));

    let emulator = once(Fault::internal_error(true)).await;
    let received = exchange(&emulator).await;
    assert!(received.parts().0.starts_with("http/1.1 500"));
    assert_eq!(code(&body(&received)["Response"]), "InternalError");
    assert_eq!(emulator.handled().of(MODIFY), 1);
}

#[tokio::test]
async fn answers_are_refusals() {
    let throttling = Fault::Throttling { lasting: Duration::from_mins(1), retry_after: true };
    let emulator = once(throttling).await;
    for _ in 0..2 {
        let received = exchange(&emulator).await;
        assert_eq!(code(&body(&received)["Response"]), "RequestLimitExceeded");
        assert_eq!(received.header("retry-after").as_deref(), Some("60"));
    }
    let emulator = once(Fault::TokenExpired).await;
    assert_eq!(code(&body(&exchange(&emulator).await)["Response"]), "AuthFailure.TokenFailure");
    let skew = ClockSkew::Behind(Duration::from_hours(24 * 800));
    let emulator = once(Fault::ClockSkew { skew, lasting: Duration::ZERO }).await;
    let wrong = exchange(&emulator).await;
    assert_eq!(code(&body(&wrong)["Response"]), "AuthFailure.SignatureExpire");
    let right = exchange(&emulator).await;
    let year = |received: &Received| received.header("date").unwrap()[12..16].parse::<u32>().unwrap();
    assert!(year(&right) - year(&wrong) >= 2, "{} {}", year(&right), year(&wrong));
}

#[tokio::test]
async fn latency_holds_a_call_back() {
    let (before, after) = (Duration::from_mins(10), Duration::ZERO);
    let emulator = once(Fault::Latency { before, after }).await;
    let mut connection = Connection::open(&emulator).await;
    connection.0.write_all(&request_bytes(&modify(&emulator))).await.unwrap();
    while emulator.injected_faults().is_empty() {
        yield_now().await;
    }
    assert_eq!(emulator.handled().of(MODIFY), 0);
    // By now the call's timestamp would be too old; latency in the network does that.
    emulator.advance(before);
    assert_eq!(code(&connection.receive().await.1["Response"]), "AuthFailure.SignatureExpire");
}

#[tokio::test]
async fn a_client_that_gives_up_during_latency_has_no_effect() {
    let emulator = once(Fault::Latency { before: Duration::from_secs(1), after: Duration::ZERO }).await;
    let mut connection = Connection::open(&emulator).await;
    connection.0.write_all(&request_bytes(&modify(&emulator))).await.unwrap();
    while emulator.injected_faults().is_empty() {
        yield_now().await;
    }
    drop(connection);
    // A call on another connection, so that the server has had its turn.
    assert_eq!(code(&body(&exchange(&emulator).await)["Response"]), "ok");
    emulator.advance(Duration::from_secs(1));
    assert_eq!(code(&body(&exchange(&emulator).await)["Response"]), "ok");
    assert_eq!(emulator.handled().of(MODIFY), 2);
}

#[tokio::test]
async fn a_body_drips() {
    let pause = Duration::from_hours(1);
    let emulator = once(Fault::SlowBody { pause }).await;
    let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
    stream.write_all(&request_bytes(&modify(&emulator))).await.unwrap();
    let mut text = String::new();
    while !text.ends_with("\r\n\r\n") {
        text.push(char::from(stream.read_u8().await.unwrap()));
    }
    let promised = text.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    let mut body = String::new();
    for _ in 0..promised.parse::<usize>().unwrap() {
        let read = stream.read_u8();
        tokio::pin!(read);
        // No byte comes before its hour has passed, and only one then.
        assert!(stays_pending(&mut read).await);
        emulator.advance(pause);
        body.push(char::from(read.await.unwrap()));
    }
    assert_eq!(code(&serde_json::from_str::<Value>(&body).unwrap()["Response"]), "ok");
}

/// Whether a future stays pending although everything else has had a turn.
async fn stays_pending<F: Future + Unpin>(future: &mut F) -> bool {
    for _ in 0..10 {
        tokio::select! {
            biased;
            _ = &mut *future => return false,
            () = yield_now() => {}
        }
    }
    true
}

#[tokio::test]
async fn bodies_are_huge_and_ids_missing() {
    let emulator = once(Fault::HugeBody { size: 3 << 20 }).await;
    let received = exchange(&emulator).await;
    assert_eq!((length(&received), received.parts().1.len()), (3 << 20, 3 << 20));
    assert_eq!(code(&body(&received)["Response"]), "ok");
    let emulator = once(Fault::MissingRequestId).await;
    assert_eq!(body(&exchange(&emulator).await), json!({ "Response": {} }));
}

#[tokio::test]
async fn events_are_handed_out_twice() {
    let emulator = once(Fault::DuplicateDelivery).await;
    emulator.publish(samples::file_deleted(1)).unwrap();
    let mut connection = Connection::open(&emulator).await;
    let mut events = Vec::new();
    for _ in 0..2 {
        let pull = Call::json(emulator.service(), "PullEvents", &json!({})).to(emulator.address()).v3();
        let (_, mut body) = connection.send(&pull).await;
        events.push(body["Response"]["EventSet"][0].take());
    }
    assert_eq!(events[0]["FileDeleteEvent"], events[1]["FileDeleteEvent"]);
    assert_ne!(events[0]["EventHandle"], events[1]["EventHandle"]);
    assert_eq!((emulator.state().in_flight, emulator.state().duplicated), (1, 1));
}

#[tokio::test]
async fn a_form_meets_the_faults_of_the_action_in_its_body() {
    let faults = Faults::none().script(MODIFY, [Fault::ResetBeforeRequest]);
    let emulator = Emulator::builder().faults(faults).start().await.unwrap();
    let of = |action| {
        Call { method: Method::POST, ..Call::json(emulator.service(), action, &json!({})) }
            .to(emulator.address())
    };
    let mut connection = Connection::open(&emulator).await;
    let (_, answer) = connection.send(&of("DescribeEventsState").v1(&[], None)).await;
    assert_eq!(code(&answer["Response"]), "ok");
    assert!(connection.exchange(&of(MODIFY).v1(&[], None)).await.is_bare_reset());
}

#[tokio::test]
async fn a_seed_decides_over_the_socket_as_in_the_process() {
    let builder = || {
        let options = Options { enforce_rate_limits: false, ..Options::default() };
        let mixed = [Fault::BadGateway { handled: false }, Fault::ResetAfterHandling, Fault::TokenExpired];
        Emulator::builder().options(options).faults(Faults::seeded(5).mix(Target::All, 0.5, mixed))
    };
    let emulator = builder().start().await.unwrap();
    let service = builder().build().unwrap();
    for _ in 0..60 {
        let in_process = service.exchange(Call::json(&service, MODIFY, &json!({})).v3()).await;
        let received = exchange(&emulator).await;
        match in_process {
            Ok(response) if response.status() == 200 => {
                assert_eq!(code(&body(&received)["Response"]), code(&signer::inside(&response)));
            }
            Ok(_) => assert!(received.parts().0.starts_with("http/1.1 502")),
            Err(_) => assert!(received.is_bare_reset()),
        }
    }
    assert_eq!(emulator.injected_faults(), service.injected_faults());
    assert_eq!(emulator.injected_faults().len(), 3);
}

#[tokio::test]
async fn every_answer_has_the_date_of_the_emulators_clock() {
    let emulator = Emulator::start().await.unwrap();
    emulator.advance(Duration::from_hours(24 * 366 * 20));
    for (method, uri, text) in [
        ("GET", "/", ""),
        ("GET", "/elsewhere", ""),
        ("GET", "/_emulator/state", ""),
        ("POST", "/_emulator/faults", "{"),
    ] {
        let mut request = plain(method, uri, text);
        request.headers_mut().insert("connection", "close".parse().unwrap());
        let received = Connection::open(&emulator).await.exchange(&request).await;
        let year: u32 = received.header("date").unwrap()[12..16].parse().unwrap();
        assert!(year >= 2045, "{uri}: {year}");
    }
}

#[tokio::test]
async fn faults_are_set_and_counted_over_http() {
    let emulator = Emulator::start().await.unwrap();
    let mut connection = Connection::open(&emulator).await;
    let script = json!({ "script": [{ "action": MODIFY, "faults": [null, "bad-gateway"] }] }).to_string();
    let (status, answer) = connection.send(&plain("POST", "/_emulator/faults", &script)).await;
    assert_eq!((status, &answer["injected"]["bad-gateway"]), (200, &json!(0)));
    let (status, answer) = connection.send(&plain("POST", "/_emulator/handled?key=Mode", "")).await;
    assert_eq!((status, answer), (200, json!({ "actions": {}, "keys": {} })));

    let call = Call::json(emulator.service(), MODIFY, &json!({ "Mode": "PUSH" })).to(emulator.address()).v3();
    assert_eq!(connection.send(&call).await.0, 200);
    assert_eq!(connection.send(&call).await.0, 502);
    let (_, answer) = connection.send(&plain("GET", "/_emulator/faults", "")).await;
    assert_eq!(answer["injected"]["bad-gateway"], 1);
    let (_, answer) = connection.send(&plain("GET", "/_emulator/handled", "")).await;
    assert_eq!(answer, json!({ "actions": { MODIFY: 1 }, "keys": { MODIFY: { "PUSH": 1 } } }));

    let wrong = json!({ "script": [{ "faults": ["earthquake"] }] }).to_string();
    for (uri, body) in
        [("/_emulator/faults", "{"), ("/_emulator/faults", wrong.as_str()), ("/_emulator/handled", "")]
    {
        let (status, answer) = connection.send(&plain("POST", uri, body)).await;
        assert_eq!(status, 400, "{answer}");
        assert!(answer["error"].is_string());
    }
}
