//! What goes over the wire, and that its signature covers just that.

use super::fixture::{ConfirmRequest, ID, KEY, SUCCESS, TOKEN, UnsignedRequest, builder, client};
use super::server::{Received, Reply, Server};
use crate::client::settings::{HttpMethod, Language};
use crate::credential::Credential;
use crate::error::ErrorKind;
use crate::signature::{SignatureMethod, Signer, tc3, v1};
use crate::transport::ReqwestTransport;

/// The signature that this very request needs.
fn expected_tc3(request: &Received, payload: tc3::Payload<'_>) -> String {
    Signer::new(Credential::new(ID, KEY)).tc3(&tc3::Parts {
        method: &request.method,
        host: request.header("host").unwrap(),
        content_type: request.header("content-type").unwrap(),
        action: None,
        query: request.query(),
        payload,
        service: "vod",
        timestamp: request.header("x-tc-timestamp").unwrap().parse().unwrap(),
    })
}

#[tokio::test]
async fn a_post_is_json_signed_by_tc3() {
    let server = Server::start(Reply::json(SUCCESS)).await;
    let response = client(&server.url).call(ConfirmRequest::new(["111", "222"])).await.unwrap();
    assert_eq!((response.count, response.request_id.as_str()), (Some(2), "12ae8d8e"));

    let request = server.only();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/"));
    assert_eq!(request.body, r#"{"EventHandles":["111","222"]}"#);
    for (name, value) in [
        ("host", server.host.as_str()),
        ("content-type", "application/json"),
        ("x-tc-action", "ConfirmEvents"),
        ("x-tc-version", "2018-07-17"),
        ("x-tc-language", "en-US"),
        ("user-agent", concat!("vod-api/", env!("CARGO_PKG_VERSION"))),
    ] {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
    for absent in ["x-tc-region", "x-tc-token", "x-tc-content-sha256"] {
        assert_eq!(request.header(absent), None, "{absent}");
    }
    let expected = expected_tc3(&request, tc3::Payload::Signed(request.body.as_bytes()));
    assert_eq!(request.header("authorization"), Some(expected.as_str()));
}

#[tokio::test]
async fn a_get_is_the_query_of_the_documentation() {
    let server = Server::start(Reply::json(SUCCESS)).await;
    let client = builder(&server.url).method(HttpMethod::Get).build().unwrap();
    let mut request = ConfirmRequest::new(["111", "222"]);
    request.ext_info = Some("a b/\u{672a}".to_owned());
    client.call(request).await.unwrap();

    let request = server.only();
    assert_eq!(request.method, "GET");
    assert_eq!(request.query(), "EventHandles.0=111&EventHandles.1=222&ExtInfo=a%20b%2F%E6%9C%AA");
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.body, "");
    let expected = expected_tc3(&request, tc3::Payload::Signed(b""));
    assert_eq!(request.header("authorization"), Some(expected.as_str()));
}

#[tokio::test]
async fn an_unsigned_payload_says_so() {
    for method in [HttpMethod::Post, HttpMethod::Get] {
        let server = Server::start(Reply::json(SUCCESS)).await;
        let client = builder(&server.url).method(method).unsigned_payload(true).build().unwrap();
        client.call(ConfirmRequest::new(["111"])).await.unwrap();
        let request = server.only();
        assert_eq!(request.header("x-tc-content-sha256"), Some("UNSIGNED-PAYLOAD"));
        let expected = expected_tc3(&request, tc3::Payload::Unsigned);
        assert_eq!(request.header("authorization"), Some(expected.as_str()));
    }
}

#[tokio::test]
async fn the_older_signatures_sign_query_and_form() {
    for (method, signature, algorithm) in [
        (HttpMethod::Get, SignatureMethod::HmacSha1, v1::Algorithm::Sha1),
        (HttpMethod::Get, SignatureMethod::HmacSha256, v1::Algorithm::Sha256),
        (HttpMethod::Post, SignatureMethod::HmacSha1, v1::Algorithm::Sha1),
        (HttpMethod::Post, SignatureMethod::HmacSha256, v1::Algorithm::Sha256),
    ] {
        let server = Server::start(Reply::json(SUCCESS)).await;
        let client = builder(&server.url)
            .credential(Credential::new(ID, KEY).with_token(TOKEN))
            .method(method)
            .signature(signature)
            .region("ap-guangzhou")
            .build()
            .unwrap();
        client.call(ConfirmRequest::new(["1 1", "222"])).await.unwrap();

        let request = server.only();
        let (sent, empty) = match method {
            HttpMethod::Get => (request.query(), request.body.as_str()),
            HttpMethod::Post => (request.body.as_str(), request.query()),
        };
        assert_eq!(empty, "");
        assert_eq!(request.header("authorization"), None);
        let mut parameters: Vec<(String, String)> = sent
            .split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| {
                let value = percent_encoding::percent_decode_str(value).decode_utf8().unwrap();
                (name.to_owned(), value.into_owned())
            })
            .collect();
        let (name, given) = parameters.pop().unwrap();
        assert_eq!(name, "Signature");
        let value =
            |name: &str| parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        for (name, expected) in [
            ("Action", "ConfirmEvents"),
            ("Version", "2018-07-17"),
            ("Region", "ap-guangzhou"),
            ("SecretId", ID),
            ("Token", TOKEN),
            ("SignatureMethod", algorithm.as_str()),
            ("Language", "en-US"),
            ("EventHandles.0", "1 1"),
            ("EventHandles.1", "222"),
        ] {
            assert_eq!(value(name), Some(expected), "{name}");
        }
        assert!(value("Nonce").unwrap().parse::<u32>().unwrap() > 0);
        let parts = v1::Parts {
            algorithm,
            method: &request.method,
            host: &server.host,
            path: "/",
            parameters: &parameters,
        };
        assert_eq!(given, Signer::new(Credential::new(ID, KEY)).v1(&parts));
    }
}

#[tokio::test]
async fn a_calls_settings_replace_the_clients() {
    let server = Server::start(Reply::json(SUCCESS)).await;
    let client = builder(&server.url)
        .credential(Credential::new(ID, KEY).with_token(TOKEN))
        .region("ap-guangzhou")
        .user_agent("agent/1")
        .request_client("my-app_1.0")
        .build()
        .unwrap();
    client.call(ConfirmRequest::new(["1"])).await.unwrap();
    client.call(ConfirmRequest::new(["1"])).region("ap-tokyo").language(Language::Chinese).await.unwrap();
    client.call(ConfirmRequest::new(["1"])).region("").await.unwrap();

    let received = server.received();
    let headers = |name: &str| received.iter().map(|request| request.header(name)).collect::<Vec<_>>();
    assert_eq!(headers("x-tc-region"), [Some("ap-guangzhou"), Some("ap-tokyo"), None]);
    assert_eq!(headers("x-tc-language"), [Some("en-US"), Some("zh-CN"), Some("en-US")]);
    assert_eq!(headers("x-tc-token"), [Some(TOKEN); 3]);
    assert_eq!(headers("user-agent"), [Some("agent/1"); 3]);
    assert_eq!(headers("x-tc-requestclient"), [Some("my-app_1.0"); 3]);
}

#[tokio::test]
async fn the_clients_application_is_filled_in_where_the_request_names_none() {
    let server = Server::start(Reply::json(SUCCESS)).await;
    let client = builder(&server.url).sub_app_id(1_500_000_001).build().unwrap();
    client.call(ConfirmRequest::new(["1"])).await.unwrap();
    let mut request = ConfirmRequest::new(["1"]);
    request.sub_app_id = Some(7);
    client.call(request).await.unwrap();

    let bodies: Vec<String> = server.received().into_iter().map(|request| request.body).collect();
    assert_eq!(
        bodies,
        [r#"{"EventHandles":["1"],"SubAppId":1500000001}"#, r#"{"EventHandles":["1"],"SubAppId":7}"#]
    );
}

#[tokio::test]
async fn an_unsigned_action_has_no_signature_whatever_the_client_signs_with() {
    for signature in [SignatureMethod::Tc3, SignatureMethod::HmacSha1] {
        let server = Server::start(Reply::json(SUCCESS)).await;
        let client = builder(&server.url)
            .credential(Credential::new(ID, KEY).with_token(TOKEN))
            .signature(signature)
            .build()
            .unwrap();
        client.call(UnsignedRequest).await.unwrap();
        let request = server.only();
        assert_eq!(request.header("authorization"), Some("SKIP"));
        assert_eq!(request.header("x-tc-token"), None);
        assert_eq!(request.body, "{}");
    }
}

#[tokio::test]
async fn a_client_of_the_callers_is_used() {
    let server = Server::start(Reply::json(SUCCESS)).await;
    let mut headers = http::HeaderMap::new();
    headers.insert("x-mine", http::HeaderValue::from_static("yes"));
    let http = reqwest::Client::builder().default_headers(headers).no_proxy();
    let client = builder(&server.url).http_client(http).build().unwrap();
    client.call(ConfirmRequest::new(["1"])).await.unwrap();
    assert_eq!(server.only().header("x-mine"), Some("yes"));
}

/// Whatever the settings of the HTTP client say: the other host gets neither token nor signature.
#[tokio::test]
async fn a_redirect_is_not_followed_by_a_client_of_the_callers_either() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::start(Reply::json(SUCCESS)).await;
        let redirect = Reply::body(status, &format!("location: {}/\r\n", other.url), "moved");
        let server = Server::start(redirect).await;
        let settings = || {
            let follows = reqwest::redirect::Policy::limited(10);
            reqwest::Client::builder().redirect(follows).no_proxy()
        };
        let by_settings = builder(&server.url).http_client(settings());
        let by_transport = builder(&server.url).transport(ReqwestTransport::new(settings()).unwrap());
        for builder in [by_settings, by_transport] {
            let credential = Credential::new(ID, KEY).with_token(TOKEN);
            let client = builder.credential(credential).build().unwrap();
            let error = client.call(ConfirmRequest::new(["1"])).await.unwrap_err();
            assert_eq!((error.kind(), error.http_status()), (ErrorKind::Gateway, Some(status)));
        }
        assert_eq!((server.received().len(), other.received().len()), (2, 0));
    }
}

#[tokio::test]
async fn settings_that_make_no_http_client_are_told_when_the_client_is_built() {
    let settings = reqwest::Client::builder().user_agent("a\nb");
    let error = builder("http://127.0.0.1:9").http_client(settings).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().starts_with("http_client: can't be made: "), "{error}");
}

#[test]
fn the_length_of_a_request_is_that_of_what_travels() {
    use bytes::Bytes;
    use http::{HeaderName, HeaderValue};

    use crate::pipeline::request::Encoded;

    let body = || Bytes::from_static(b"12345");
    let header = (HeaderName::from_static("x-a"), HeaderValue::from_static("bc"));
    let pairs = [("key", "123"), ("a", "")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    for (encoded, length) in [
        (Encoded::Json(body()), 5),
        (Encoded::Query("ab".to_owned()), 2),
        (Encoded::Octets(vec![header], body()), "x-a: bc\r\n".len() + 5),
        (Encoded::Multipart(String::new(), body()), 5),
        (Encoded::Parameters(v1::Algorithm::Sha1, pairs.to_vec()), "key=123&a=&".len()),
    ] {
        assert_eq!(encoded.len(), length, "{encoded:?}");
    }
}
