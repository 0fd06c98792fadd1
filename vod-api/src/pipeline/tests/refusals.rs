//! What is refused before anything is sent.

use std::time::Duration;

use super::fixture::{ConfirmRequest, ID, KEY, SUCCESS, builder, client};
use super::server::{Reply, Server};
use crate::client::settings::HttpMethod;
use crate::client::{Client, ClientBuilder};
use crate::credential::Credential;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::signature::SignatureMethod;

fn refused(change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Error {
    change(builder("http://127.0.0.1:9")).build().unwrap_err()
}

#[test]
fn a_wrong_setting_is_named() {
    type Change = fn(ClientBuilder) -> ClientBuilder;
    let wrong: [(&str, Change); 11] = [
        ("unsigned_payload", |b| b.unsigned_payload(true).signature(SignatureMethod::HmacSha256)),
        ("unsigned_payload", |b| b.unsigned_payload(true).signature(SignatureMethod::HmacSha1)),
        ("region", |b| b.region("ap guangzhou")),
        ("endpoint", |b| b.endpoint("https://host/path")),
        ("endpoint", |b| b.endpoint(Endpoint::regional(""))),
        ("user_agent", |b| b.user_agent("a\nb")),
        ("request_client", |b| b.request_client("a b")),
        ("request_client", |b| b.request_client("x".repeat(129))),
        ("operation_timeout", |b| b.operation_timeout(Duration::ZERO)),
        ("response_limit", |b| b.response_limit(0)),
        ("connect_timeout", |b| {
            b.connect_timeout(Duration::from_secs(1)).http_client(reqwest::Client::builder())
        }),
    ];
    for (setting, change) in wrong {
        let error = refused(change);
        assert_eq!(error.kind(), ErrorKind::Config, "{error}");
        assert!(error.to_string().starts_with(&format!("{setting}: ")), "{error}");
    }
    let error = Client::builder().build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "credential: not set; call `credential` or `credential_provider`, or begin with `from_env`"
    );
    let error = refused(|builder| builder.region("ap guangzhou"));
    assert!(error.to_string().starts_with("region: `ap guangzhou` is not a region name"), "{error}");
}

#[test]
fn a_credential_that_cannot_work_is_refused() {
    for credential in
        [Credential::new("", KEY), Credential::new(ID, ""), Credential::new(ID, format!("{KEY}\n"))]
    {
        let error = refused(|builder| builder.credential(credential));
        assert_eq!(error.kind(), ErrorKind::Credential);
        assert!(error.is_authentication() && !error.to_string().contains(KEY), "{error}");
    }
}

#[tokio::test]
async fn a_broken_limit_is_named_and_nothing_is_sent() {
    let server = Server::start(Reply::json(SUCCESS)).await;
    for request in [ConfirmRequest::new(["h"; 17]), ConfirmRequest::new([])] {
        let error = client(&server.url).call(request).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().starts_with("ConfirmEvents failed: EventHandles "), "{error}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn what_is_too_large_for_its_way_is_not_sent() {
    let server = Server::start(Reply::json(SUCCESS)).await;
    for (method, signature, largest) in [
        (HttpMethod::Get, SignatureMethod::Tc3, 32 * 1024),
        (HttpMethod::Get, SignatureMethod::HmacSha1, 32 * 1024),
        (HttpMethod::Post, SignatureMethod::HmacSha256, 1024 * 1024),
        (HttpMethod::Post, SignatureMethod::Tc3, 10 * 1024 * 1024),
    ] {
        let client = builder(&server.url).method(method).signature(signature).build().unwrap();
        let mut request = ConfirmRequest::new(["1"]);
        request.ext_info = Some("x".repeat(largest));
        let error = client.call(request).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.message().contains(&format!("at most {largest} bytes")), "{error}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_query_of_just_the_largest_size_is_sent() {
    let server = Server::start(Reply::json(SUCCESS)).await;
    let client = builder(&server.url).method(HttpMethod::Get).build().unwrap();
    let mut request = ConfirmRequest::new(["1"]);
    request.ext_info = Some("x".repeat(32 * 1024 - "EventHandles.0=1&ExtInfo=".len()));
    client.call(request).await.unwrap();
    assert_eq!(server.only().query().len(), 32 * 1024);
}

#[tokio::test]
async fn nothing_is_sent_before_the_await_and_nothing_after_a_drop() {
    let server = Server::start(Reply::json(SUCCESS)).await;
    let client = client(&server.url);
    drop(client.call(ConfirmRequest::new(["1"])));
    drop(std::future::IntoFuture::into_future(client.call(ConfirmRequest::new(["1"]))));
    client.call(ConfirmRequest::new(["2"])).await.unwrap();
    assert!(server.only().body.contains("\"2\""));
}

#[test]
fn clients_and_calls_go_anywhere() {
    fn anywhere<T: Send + Sync + 'static>(_: &T) {}
    fn sent<T: Send + 'static>(_: &T) {}
    let client = client("http://127.0.0.1:9");
    anywhere(&client);
    let call = client.call(ConfirmRequest::new(["1"]));
    anywhere(&call);
    sent(&std::future::IntoFuture::into_future(call));
}

#[cfg(not(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls")))]
#[test]
fn without_tls_only_plain_addresses_can_be_called() {
    for endpoint in [Endpoint::mainland(), Endpoint::custom("https://127.0.0.1:9")] {
        let error = refused(|builder| builder.endpoint(endpoint));
        assert!(error.to_string().starts_with("endpoint: needs TLS"), "{error}");
    }
    let http = reqwest::Client::builder();
    builder("https://127.0.0.1:9").http_client(http).build().unwrap();
}
