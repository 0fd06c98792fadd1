//! Which requests the server lets in: the rebinding of names and the pages of other sites.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod connection;
mod signer;

use bytes::Bytes;
use connection::{Connection, plain};
use http::Request;
use serde_json::json;
use signer::{Call, code};
use vod_emulator::Emulator;

fn with_header(mut request: Request<Bytes>, name: &'static str, value: &str) -> Request<Bytes> {
    request.headers_mut().insert(name, value.parse().unwrap());
    request
}

async fn status(emulator: &Emulator, request: &Request<Bytes>) -> u16 {
    Connection::open(emulator).await.send(request).await.0
}

#[tokio::test]
async fn a_rebound_name_reaches_no_route() {
    let emulator = Emulator::start().await.unwrap();
    let port = emulator.address().port();
    for (method, uri) in [
        ("GET", "/_emulator/state"),
        ("POST", "/_emulator/events"),
        ("POST", "/_emulator/faults"),
        ("POST", "/_emulator/advance?seconds=99"),
        ("GET", "/"),
        ("POST", "/"),
        ("GET", "/elsewhere"),
    ] {
        for host in [format!("evil.example:{port}"), "evil.example".into(), format!("127.0.0.1:{}", port ^ 1)]
        {
            let request = with_header(plain(method, uri, "{}"), "host", &host);
            assert_eq!(status(&emulator, &request).await, 403, "{method} {uri} at {host}");
        }
        let origin = with_header(plain(method, uri, "{}"), "origin", "http://evil.example");
        assert_eq!(status(&emulator, &origin).await, 403, "{method} {uri}");
        let site = with_header(plain(method, uri, "{}"), "sec-fetch-site", "cross-site");
        assert_eq!(status(&emulator, &site).await, 403, "{method} {uri}");
    }
    assert_eq!(emulator.calls().total, 0, "no call was looked at");
    let own = with_header(plain("GET", "/_emulator/state", ""), "host", &format!("localhost:{port}"));
    assert_eq!(status(&emulator, &own).await, 200);
}

#[tokio::test]
async fn signed_calls_under_the_services_own_name_are_answered() {
    let emulator = Emulator::start().await.unwrap();
    let name = "vod.tencentcloudapi.com";
    let call = Call {
        host: name.into(),
        signed_host: name.into(),
        ..Call::json(emulator.service(), "DescribeEventsState", &json!({}))
    };
    let (status, body) = Connection::open(&emulator).await.send(&call.v3()).await;
    assert_eq!((status, code(&body["Response"])), (200, "ok".to_owned()));
    let control = with_header(plain("GET", "/_emulator/state", ""), "host", name);
    assert_eq!(self::status(&emulator, &control).await, 403);
}

#[tokio::test]
async fn names_and_a_token_can_be_given_for_containers() {
    let emulator =
        Emulator::builder().allow_host("emulator").control_token("open sesame").start().await.unwrap();
    assert!(!format!("{emulator:?}").contains("sesame"));
    let named = with_header(plain("GET", "/_emulator/state", ""), "host", "emulator");
    assert_eq!(status(&emulator, &named).await, 403, "without the token");
    let wrong = with_header(named.clone(), "x-vod-emulator-token", "close sesame");
    assert_eq!(status(&emulator, &wrong).await, 403);
    let right = with_header(named, "x-vod-emulator-token", "open sesame");
    assert_eq!(status(&emulator, &right).await, 200);
}
