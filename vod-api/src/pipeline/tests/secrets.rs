//! No secret leaves through a text: `Debug`, errors, or the log.

use std::fmt::Write as _;

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use percent_encoding::{percent_decode_str, utf8_percent_encode};

use super::fixture::{ConfirmRequest, ID, KEY, SUCCESS, TOKEN, builder};
use super::log;
use super::server::{Reply, Server};
use crate::client::Client;
use crate::client::settings::HttpMethod;
use crate::credential::Credential;
use crate::signature::{SignatureMethod, UNRESERVED};
use crate::transport::{Transport, TransportError, TransportFailure, TransportFuture};

fn assert_clean(what: &str, text: &str) {
    let encoded = utf8_percent_encode(TOKEN, UNRESERVED).to_string();
    for secret in [KEY, TOKEN, &encoded, "Signature="] {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
}

fn secretive(url: &str, method: HttpMethod, signature: SignatureMethod) -> Client {
    builder(url)
        .credential(Credential::new(ID, KEY).with_token(TOKEN))
        .method(method)
        .signature(signature)
        .build()
        .unwrap()
}

#[test]
fn debug_shows_none() {
    let mut headers = http::HeaderMap::new();
    headers.insert("authorization", http::HeaderValue::from_static(KEY));
    let http = reqwest::Client::builder().default_headers(headers);
    let builder = builder("http://127.0.0.1:9")
        .credential(Credential::new(ID, KEY).with_token(TOKEN))
        .http_client(http);
    assert_clean("ClientBuilder", &format!("{builder:?}"));
    let client = builder.build().unwrap();
    assert_clean("Client", &format!("{client:#?}"));
    assert!(format!("{client:?}").contains(ID));
    let call = client.call(ConfirmRequest::new(["handle-1"])).region("ap-tokyo");
    let shown = format!("{call:?}");
    assert_clean("Call", &shown);
    assert!(
        shown.contains("ConfirmEvents") && shown.contains("handle-1") && shown.contains("ap-tokyo"),
        "{shown}"
    );
}

#[tokio::test]
async fn an_error_of_a_get_does_not_show_its_url() {
    let closed = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let broken =
        Server::start(Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{".to_vec())).await;
    let silent = Server::start(Reply::Bytes(Vec::new())).await;
    for url in [&closed, &broken.url, &silent.url] {
        let client = secretive(url, HttpMethod::Get, SignatureMethod::HmacSha256);
        let error = client.call(ConfirmRequest::new(["1"])).await.unwrap_err();
        let mut shown = format!("{error} {error:?}");
        assert!(error.underlying().is_some());
        let mut source = error.underlying().map(|cause| cause as &dyn std::error::Error);
        while let Some(cause) = source {
            write!(shown, " {cause} {cause:?}").unwrap();
            source = cause.source();
        }
        assert_clean("Error", &shown);
        assert!(!shown.contains("SecretId"), "{shown}");
    }
}

#[tokio::test]
async fn an_answer_that_repeats_the_secrets_is_shown_without_them() {
    let encoded = utf8_percent_encode(TOKEN, UNRESERVED);
    let page = format!("<html>{KEY} {TOKEN} /?Token={encoded}</html>");
    let refused = format!(
        r#"{{"Response":{{"Error":{{"Code":"AuthFailure","Message":"token {TOKEN} key {KEY}"}},"RequestId":"1"}}}}"#
    );
    for reply in [Reply::body(502, "", &page), Reply::json(&refused)] {
        let server = Server::start(reply).await;
        let client = secretive(&server.url, HttpMethod::Post, SignatureMethod::Tc3);
        let error = client.call(ConfirmRequest::new(["1"])).await.unwrap_err();
        assert_clean("Error", &format!("{error} {error:?} {:?}", error.snippet()));
        assert!(error.snippet().unwrap().contains("redacted"));
    }
}

#[tokio::test]
async fn the_log_tells_the_call_and_no_secret() {
    let (log, guard) = log::capture();
    let refused = r#"{"Response":{"Error":{"Code":"InternalError","Message":"m"},"RequestId":"9f"}}"#;
    for reply in [Reply::json(SUCCESS), Reply::json(refused), Reply::Bytes(Vec::new())] {
        let server = Server::start(reply).await;
        for (method, signature) in [
            (HttpMethod::Post, SignatureMethod::Tc3),
            (HttpMethod::Get, SignatureMethod::Tc3),
            (HttpMethod::Get, SignatureMethod::HmacSha1),
        ] {
            let client = secretive(&server.url, method, signature);
            let _ = client.call(ConfirmRequest::new(["1"])).await;
        }
    }
    drop(guard);
    let log = log.text();
    assert_clean("the log", &log);
    for part in [
        "action=\"ConfirmEvents\"",
        "status=200",
        "request_id=\"12ae8d8e\"",
        "code=\"InternalError\"",
        "elapsed_ms",
    ] {
        assert!(log.contains(part), "{part} is missing: {log}");
    }
}

/// What becomes of a request that is repeated.
type Dress = fn(String) -> Result<Response<Bytes>, TransportError>;

/// Answers with the request, as a gateway in its page or a broken connection may, in some dress and behind so many
/// bytes. Keeps the signatures that it has seen.
#[derive(Clone)]
struct Echo {
    dress: Dress,
    before: usize,
    signatures: Arc<Mutex<Vec<String>>>,
}

impl Transport for Echo {
    fn send(&self, request: Request<Bytes>, _: usize) -> TransportFuture<'_> {
        let mut whole = format!("{}{} {}\r\n", "x".repeat(self.before), request.method(), request.uri());
        for (name, value) in request.headers() {
            write!(whole, "{name}: {}\r\n", value.to_str().unwrap()).unwrap();
        }
        write!(whole, "\r\n{}", str::from_utf8(request.body()).unwrap()).unwrap();
        let start = whole.rfind("Signature=").unwrap() + "Signature=".len();
        let signature: String = whole[start..].chars().take_while(|c| !"&\r\n ".contains(*c)).collect();
        let plain = percent_decode_str(&signature).decode_utf8().unwrap().into_owned();
        self.signatures.lock().unwrap().extend([signature, plain]);
        let answer = (self.dress)(whole);
        Box::pin(async move { answer })
    }
}

fn page(body: String) -> Response<Bytes> {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = StatusCode::BAD_GATEWAY;
    answer
}

fn refusal(message: &str) -> Response<Bytes> {
    let error = serde_json::json!({"Code": "InvalidParameter", "Message": message});
    Response::new(serde_json::json!({"Response": {"Error": error, "RequestId": "1"}}).to_string().into())
}

const DRESSES: [Dress; 8] = [
    |request| Ok(page(request)),
    |request| Ok(page(utf8_percent_encode(&request, UNRESERVED).to_string())),
    |request| Ok(page(serde_json::json!([request]).to_string().replace('/', "\\/").replace('+', "\\u002b"))),
    |request| Ok(refusal(&request)),
    // What the service repeats may have been cut by the service.
    |request| Ok(refusal(&format!("{}...", &request[..request.len() * 2 / 3]))),
    |request| Ok(Response::new(request.into())),
    |request| {
        let error = TransportError::new(TransportFailure::Truncated, "the answer broke off");
        Err(error.with_body(&request.as_bytes()[..request.len() * 3 / 4]))
    },
    |request| Err(TransportError::new(TransportFailure::Disconnected, format!("broken after {request}"))),
];

/// Wherever the text is cut, by whomever, and however it was encoded: no part of a secret is left that is longer than
/// a word.
#[tokio::test(start_paused = true)]
async fn an_answer_that_repeats_the_whole_request_is_shown_without_its_secrets() {
    let token = "T0kenEXAMPLE+/wXyZ=9876543210qwertzuiopASDFGHJKL/+yxcvbnm==";
    for (method, signature) in [
        (HttpMethod::Post, SignatureMethod::Tc3),
        (HttpMethod::Get, SignatureMethod::Tc3),
        (HttpMethod::Get, SignatureMethod::HmacSha1),
        (HttpMethod::Get, SignatureMethod::HmacSha256),
        (HttpMethod::Post, SignatureMethod::HmacSha1),
    ] {
        for dress in DRESSES {
            for before in (0..560).step_by(19) {
                let echo = Echo { dress, before, signatures: Arc::default() };
                let client = builder("http://127.0.0.1:9")
                    .credential(Credential::new(ID, KEY).with_token(token))
                    .method(method)
                    .signature(signature)
                    .transport(echo.clone())
                    .build()
                    .unwrap();
                let error = client.call(ConfirmRequest::new(["handle-1"])).await.unwrap_err();
                let mut shown = format!("{error} {error:?} {:?}", error.snippet());
                let mut source = std::error::Error::source(&error);
                while let Some(cause) = source {
                    write!(shown, " {cause} {cause:?}").unwrap();
                    source = cause.source();
                }
                assert!(error.snippet().is_none_or(|snippet| snippet.len() <= 512));
                let mut secrets = echo.signatures.lock().unwrap().clone();
                secrets.extend([KEY.to_owned(), token.to_owned()]);
                secrets.push(utf8_percent_encode(token, UNRESERVED).to_string());
                for secret in secrets {
                    for part in secret.as_bytes().windows(12) {
                        let part = str::from_utf8(part).unwrap();
                        assert!(!shown.contains(part), "{part} of {secret} after {before}: {shown}");
                    }
                }
                // The name may be what the text was cut behind.
                let is_value = |text: &str| text.starts_with(|c: char| c.is_ascii_alphanumeric());
                assert!(!shown.split("Signature=").skip(1).any(is_value), "{shown}");
            }
        }
    }
}

/// As an answer may quote it, without the name of its parameter.
#[tokio::test]
async fn a_signature_by_itself_does_not_show_either() {
    #[derive(Clone)]
    struct Quoting(Arc<Mutex<String>>);
    impl Transport for Quoting {
        fn send(&self, request: Request<Bytes>, _: usize) -> TransportFuture<'_> {
            let header = request.headers().get("authorization").and_then(|value| value.to_str().ok());
            let query = request.uri().query().unwrap_or_default();
            let of_query = || query.split('&').find_map(|pair| pair.strip_prefix("Signature="));
            let signature =
                header.and_then(|value| value.rsplit("Signature=").next()).or_else(of_query).unwrap();
            let signature = percent_decode_str(signature).decode_utf8().unwrap().into_owned();
            let body = format!(
                r#"{{"Response":{{"Error":{{"Code":"InvalidParameter","Message":"got {signature}, refused"}},"RequestId":"1"}}}}"#
            );
            *self.0.lock().unwrap() = signature;
            Box::pin(std::future::ready(Ok(Response::new(body.into()))))
        }
    }
    for signature in [SignatureMethod::Tc3, SignatureMethod::HmacSha1] {
        let quoting = Quoting(Arc::default());
        let client = builder("http://127.0.0.1:9")
            .method(HttpMethod::Get)
            .signature(signature)
            .transport(quoting.clone())
            .build()
            .unwrap();
        let error = client.call(ConfirmRequest::new(["1"])).await.unwrap_err();
        let sent = quoting.0.lock().unwrap().clone();
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("refused") && !shown.contains(&sent), "{shown}");
    }
}
