//! Answers that come as a stream of events, and bodies of any bytes.

use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::fixture::{ConfirmRequest, ConfirmResponse, ID, KEY, SERVICE, SUCCESS, builder, client};
use super::server::{Reply, Server};
use crate::action::{Action, ActionMeta, BinaryAction, Request, StreamAction};
use crate::client::ResponseStream;
use crate::client::config::{BinaryBody, CallSettings};
use crate::credential::Credential;
use crate::error::ErrorKind;
use crate::pipeline::request::{Encoded, encode_parameters};
use crate::record::{FieldMut, FieldRef, Record, RecordMeta};
use crate::retry::RetryPolicy;
use crate::signature::{SignatureMethod, Signer, tc3};
use crate::testing::MockTransport;
use crate::{Client, HttpMethod};

/// An action with a body of any bytes that answers with events.
#[derive(Debug)]
struct Ship;

impl Action for Ship {
    type Request = ShipRequest;
    type Response = ConfirmResponse;
    const META: &'static ActionMeta =
        &ActionMeta::new("Ship", &SERVICE, 0, 0, true, false, &[]).with_binary_body().with_event_stream();
}

impl BinaryAction for Ship {}
impl StreamAction for Ship {}

#[derive(Debug, Clone)]
struct ShipRequest(ConfirmRequest);

impl Request for ShipRequest {
    type Action = Ship;
}

impl Record for ShipRequest {
    fn meta(&self) -> &'static RecordMeta {
        &RecordMeta {
            name: "ShipRequest",
            fields: &["EventHandles", "ExtInfo", "SubAppId"],
            rust_names: &[],
            required: &[],
            sensitive: &[1],
            limits: &[],
        }
    }
    fn get(&self, index: usize) -> FieldRef<'_> {
        self.0.get(index)
    }
    fn get_mut(&mut self, index: usize) -> FieldMut<'_> {
        self.0.get_mut(index)
    }
}

fn ship(secret: &str) -> ShipRequest {
    ShipRequest(ConfirmRequest {
        ext_info: Some(secret.to_owned()),
        sub_app_id: Some(7),
        ..ConfirmRequest::default()
    })
}

fn stream(client: &Client) -> ResponseStream<Ship> {
    client.call(ship("s3cret-s3cret")).body("bytes").stream()
}

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-tc-requestid: id-1\r\ntransfer-encoding: chunked\r\n\r\n";

fn chunk(text: &str) -> String {
    format!("{:x}\r\n{text}\r\n", text.len())
}

/// A server that a test plays by hand: one connection, whose request has been read.
async fn accepted(listener: &TcpListener) -> TcpStream {
    let (mut connection, _) = listener.accept().await.unwrap();
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\nbytes") {
        assert_ne!(connection.read_buf(&mut request).await.unwrap(), 0);
    }
    connection
}

async fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

#[tokio::test]
async fn parameters_are_headers_and_the_signature_covers_the_bytes() {
    let server = Server::start(Reply::json(SUCCESS)).await;
    for (method, signature) in [
        (HttpMethod::Post, SignatureMethod::Tc3),
        (HttpMethod::Get, SignatureMethod::Tc3),
        (HttpMethod::Get, SignatureMethod::HmacSha1),
    ] {
        let client = builder(&server.url).method(method).signature(signature).build().unwrap();
        client.call(ship("text")).body(Bytes::from_static(b"\x01bytes")).await.unwrap();
        let received = server.received().pop().unwrap();
        assert_eq!((received.method.as_str(), received.path.as_str()), ("POST", "/"));
        assert_eq!(received.body, "\u{1}bytes");
        assert_eq!(received.header("content-type"), Some("application/octet-stream"));
        assert_eq!(received.header("x-vod-extinfo"), Some("text"));
        assert_eq!(received.header("x-vod-subappid"), Some("7"));
        assert_eq!(received.header("x-tc-action"), Some("Ship"));
        let expected = Signer::new(Credential::new(ID, KEY)).tc3(&tc3::Parts {
            method: "POST",
            host: &server.host,
            content_type: "application/octet-stream",
            action: None,
            query: "",
            payload: tc3::Payload::Signed(b"\x01bytes"),
            service: "vod",
            timestamp: received.header("x-tc-timestamp").unwrap().parse().unwrap(),
        });
        assert_eq!(received.header("authorization"), Some(expected.as_str()));
    }
}

#[tokio::test]
async fn what_the_spec_marks_is_hidden_in_a_header_too() {
    let client = MockTransport::new().builder().build().unwrap();
    let body = Some(BinaryBody(Bytes::from_static(b"bytes")));
    let settings = CallSettings { body, ..CallSettings::default() };
    let encoded = encode_parameters(client.config(), Ship::META, &settings, &ship("s3cret")).unwrap();
    let Encoded::Octets(headers, _) = encoded else { panic!("{encoded:?}") };
    let hidden: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.is_sensitive())).collect();
    assert_eq!(hidden, [("x-vod-extinfo", true), ("x-vod-subappid", false)]);
}

#[tokio::test]
async fn what_no_header_can_hold_and_a_missing_body_are_refused_before_anything_is_sent() {
    let mock = MockTransport::new();
    let client = mock.builder().build().unwrap();
    let error = client.call(ship("two\r\nlines")).body("bytes").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.message(), "ExtInfo: it is sent as a header, which holds visible ASCII characters only");
    let error = client.call(ship("text")).await.unwrap_err();
    assert_eq!(error.message(), "Ship sends bytes beside its parameters: set them by `Call::body`");
    assert!(mock.recorded().is_empty());
    let shown = format!("{:?}", client.call(ship("text")).body("the-bytes"));
    assert!(shown.contains("9 bytes") && !shown.contains("the-bytes"), "{shown}");
}

#[tokio::test]
async fn events_arrive_one_by_one_while_the_answer_goes_on() {
    let (listener, url) = listener().await;
    let client = client(&url);
    let mut events = stream(&client);
    let (mut connection, first) = tokio::join!(
        async {
            let mut connection = accepted(&listener).await;
            let text = "id: 5\nevent: part\ndata: {\"Count\":1}\n\n: ping\n\ndata: {\"Cou";
            connection.write_all((HEAD.to_owned() + &chunk(text)).as_bytes()).await.unwrap();
            connection
        },
        events.next()
    );
    // The connection is still open: the first event has not waited for the others.
    let first = first.unwrap().unwrap();
    assert_eq!((first.count, first.request_id.as_str()), (Some(1), "id-1"));
    assert_eq!((events.request_id(), events.event_name(), events.event_id()), (Some("id-1"), "part", "5"));
    let rest = chunk("nt\":\"2\"}\n\ndata: {\"Count\":3,\"RequestId\":\"id-2\"}") + "0\r\n\r\n";
    connection.write_all(rest.as_bytes()).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().count, Some(2));
    // The last event lacks its blank line; the body has ended in order.
    let last = events.next().await.unwrap().unwrap();
    assert_eq!((last.count, last.request_id.as_str()), (Some(3), "id-2"));
    assert!(events.next().await.is_none());
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_refusal_in_the_middle_is_an_error_with_its_code_and_the_end() {
    let body = "data: {\"Count\":1}\n\n\
                data: {\"Type\":\"error\",\"Error\":{\"Code\":\"InternalError\",\"Message\":\"s3cret-s3cret failed\"}}\n\n\
                data: {\"Count\":2}\n\n";
    let server =
        Server::start(Reply::body(200, "content-type: text/event-stream\r\nx-tc-requestid: id-1\r\n", body))
            .await;
    let client = client(&server.url);
    let mut events = stream(&client);
    assert_eq!(events.next().await.unwrap().unwrap().count, Some(1));
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.code_str()), (ErrorKind::Api, Some("InternalError")));
    assert_eq!((error.action(), error.request_id()), (Some("Ship"), Some("id-1")));
    assert!(error.endpoint().unwrap().contains(&server.host));
    assert!(error.is_service_fault());
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_event_that_cannot_be_read_does_not_take_others_with_it() {
    let body = "data: {\"Count\":\n\ndata: text\n\ndata: {\"Count\":[1]}\n\ndata: {\"Count\":4}\n\ndata: [DONE]\n\ndata: {}\n\n";
    let server = Server::start(Reply::body(200, "content-type: text/event-stream\r\n", body)).await;
    let client = client(&server.url);
    let mut events = stream(&client);
    assert_eq!(events.next().await.unwrap().unwrap_err().kind(), ErrorKind::Malformed);
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.snippet()), (ErrorKind::Malformed, Some("text")));
    assert_eq!(events.next().await.unwrap().unwrap().count, None);
    assert_eq!(events.next().await.unwrap().unwrap().count, Some(4));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn json_in_place_of_a_stream_is_a_refusal_or_the_only_response() {
    let refused = r#"{"Response":{"Error":{"Code":"InvalidParameterValue","Message":"m"},"RequestId":"r"}}"#;
    let server = Server::start(Reply::json(refused)).await;
    let mut events = stream(&client(&server.url));
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!((error.code_str(), error.request_id()), (Some("InvalidParameterValue"), Some("r")));
    assert!(events.next().await.is_none());

    let server = Server::start(Reply::json(SUCCESS)).await;
    let mut events = stream(&client(&server.url));
    assert_eq!(events.next().await.unwrap().unwrap().count, Some(2));
    assert_eq!(events.request_id(), Some("12ae8d8e"));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn a_stream_is_opened_again_until_it_begins_and_never_after() {
    let mock = MockTransport::new();
    let begun =
        http::Response::builder().header(CONTENT_TYPE, "text/event-stream").body("data: {\"Count\":1}\n\n");
    mock.on::<Ship>().respond_error("InternalError", "later").respond_http(begun.unwrap());
    let client = mock.builder().retry(RetryPolicy::default().max_attempts(3)).build().unwrap();
    let mut events = stream(&client);
    assert_eq!(events.next().await.unwrap().unwrap().count, Some(1));
    assert!(events.next().await.is_none());
    assert_eq!(mock.recorded().len(), 2);
}

#[tokio::test]
async fn a_connection_that_breaks_is_an_error_and_not_the_end() {
    let (listener, url) = listener().await;
    let client = client(&url);
    let mut events = stream(&client);
    let (connection, first) = tokio::join!(
        async {
            let mut connection = accepted(&listener).await;
            connection
                .write_all((HEAD.to_owned() + &chunk("data: {}\n\ndata: {\"Co")).as_bytes())
                .await
                .unwrap();
            connection
        },
        events.next()
    );
    first.unwrap().unwrap();
    drop(connection);
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.request_id()), (ErrorKind::Truncated, Some("id-1")));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_event_beyond_the_limit_is_refused_before_it_has_come() {
    let (listener, url) = listener().await;
    let client = builder(&url).response_limit(100).build().unwrap();
    let mut events = stream(&client);
    let (_connection, outcome) = tokio::join!(
        async {
            let mut connection = accepted(&listener).await;
            let endless = chunk(&format!("data: {{\"A\":\"{}", "a".repeat(200)));
            connection.write_all((HEAD.to_owned() + &endless).as_bytes()).await.unwrap();
            connection
        },
        events.next()
    );
    let error = outcome.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ResponseTooLarge);
    assert_eq!(
        error.message(),
        "an event is larger than the limit of 100 bytes (ClientBuilder::response_limit)"
    );
}

#[tokio::test]
async fn silence_ends_a_stream_and_slow_events_do_not() {
    let (listener, url) = listener().await;
    let client = client(&url);
    let mut events = stream(&client).idle_timeout(Duration::from_millis(300));
    let (_connection, ()) = tokio::join!(
        async {
            let mut connection = accepted(&listener).await;
            connection.write_all(HEAD.as_bytes()).await.unwrap();
            // Longer altogether than the limit, which each of them begins anew.
            for _ in 0..5 {
                tokio::time::sleep(Duration::from_millis(100)).await;
                connection.write_all(chunk("data: {}\n\n").as_bytes()).await.unwrap();
            }
            connection
        },
        async {
            for _ in 0..5 {
                events.next().await.unwrap().unwrap();
            }
            let error = events.next().await.unwrap().unwrap_err();
            assert!(error.is_timeout());
            let expected = "timed out waiting for the next event of the stream: idle timeout of 300ms (ResponseStream::idle_timeout)";
            assert_eq!(error.message(), expected);
        }
    );
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn dropping_a_stream_ends_its_connection() {
    let (listener, url) = listener().await;
    let client = client(&url);
    let mut events = stream(&client);
    let (mut connection, first) = tokio::join!(
        async {
            let mut connection = accepted(&listener).await;
            connection.write_all((HEAD.to_owned() + &chunk("data: {}\n\n")).as_bytes()).await.unwrap();
            connection
        },
        events.next()
    );
    first.unwrap().unwrap();
    drop(events);
    let mut rest = [0; 1];
    let ended = tokio::time::timeout(Duration::from_secs(10), connection.read(&mut rest)).await.unwrap();
    assert!(matches!(ended, Ok(0) | Err(_)), "{ended:?}");
}

#[tokio::test]
async fn a_plain_call_says_how_to_read_a_stream() {
    let server = Server::start(Reply::body(200, "content-type: text/event-stream\r\n", "data: {}\n\n")).await;
    let error = client(&server.url).call(ship("text")).body("bytes").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.message(), "the service answers with a stream of events, which `Call::stream` reads");
    assert_eq!(server.received().len(), 1);
}
