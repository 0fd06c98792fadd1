//! No secret leaves through a text: `Debug`, errors, or the log.

use std::fmt::Write as _;

use percent_encoding::utf8_percent_encode;

use super::fixture::{ConfirmRequest, ID, KEY, SUCCESS, TOKEN, builder};
use super::log;
use super::server::{Reply, Server};
use crate::client::Client;
use crate::credential::Credential;
use crate::settings::HttpMethod;
use crate::signature::{SignatureMethod, UNRESERVED};

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
    let http = reqwest::Client::builder().default_headers(headers).build().unwrap();
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
