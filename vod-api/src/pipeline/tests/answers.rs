//! Every way in which an answer can be none.

use std::error::Error as _;
use std::time::Duration;

use super::fixture::{ConfirmRequest, ConfirmResponse, SUCCESS, builder, client};
use super::server::{Reply, Server};
use crate::action::ErrorClass;
use crate::error::{Error, ErrorKind};

async fn call(reply: Reply) -> Result<ConfirmResponse, Error> {
    let server = Server::start(reply).await;
    client(&server.url).call(ConfirmRequest::new(["111"])).await
}

async fn failure(reply: Reply) -> Error {
    let error = call(reply).await.unwrap_err();
    assert_eq!(error.action(), Some("ConfirmEvents"));
    error
}

const REFUSED: &str = r#"{"Response":{"Error":{"Code":"InvalidParameterValue","Message":"no such handle"},"RequestId":"12ae8d8e"}}"#;

#[tokio::test]
async fn an_error_member_is_a_failure_whatever_status_and_content_type() {
    for reply in [
        Reply::json(REFUSED),
        Reply::body(200, "content-type: application/json; charset=utf-8\r\n", REFUSED),
        Reply::body(200, "", REFUSED),
        Reply::body(200, "content-type: text/html\r\n", REFUSED),
    ] {
        let error = failure(reply).await;
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(
            error.to_string(),
            "ConfirmEvents failed: InvalidParameterValue: no such handle (request 12ae8d8e)"
        );
        assert_eq!((error.class(), error.http_status()), (Some(ErrorClass::Caller), Some(200)));
    }
}

#[tokio::test]
async fn a_500_keeps_the_services_code() {
    let body = REFUSED.replace("InvalidParameterValue", "InternalError.DBError");
    let error = failure(Reply::body(500, "", &body)).await;
    assert_eq!(error.code_str(), Some("InternalError.DBError"));
    assert_eq!((error.http_status(), error.request_id()), (Some(500), Some("12ae8d8e")));
    assert!(error.is_service_fault() && error.is_retryable());
}

#[tokio::test]
async fn an_error_beside_content_that_does_not_fit_is_still_the_services_error() {
    let body =
        r#"{"Response":{"Count":{},"Error":{"Code":"InternalError","Message":"m"},"RequestId":"12ae8d8e"}}"#;
    let error = failure(Reply::json(body)).await;
    assert_eq!((error.kind(), error.code_str()), (ErrorKind::Api, Some("InternalError")));
    assert_eq!(error.request_id(), Some("12ae8d8e"));
}

#[tokio::test]
async fn a_success_is_one_whatever_the_status() {
    for reply in [Reply::body(200, "", SUCCESS), Reply::body(500, "", SUCCESS)] {
        assert_eq!(call(reply).await.unwrap().count, Some(2));
    }
}

#[tokio::test]
async fn a_gateways_page_is_recognised() {
    let page = "<html>\r\n<title>502 Bad Gateway</title></html>";
    let error = failure(Reply::body(502, "content-type: text/html\r\nx-tc-requestid: 9f\r\n", page)).await;
    assert_eq!(error.kind(), ErrorKind::Gateway);
    assert_eq!(error.snippet(), Some("<html>\\r\\n<title>502 Bad Gateway</title></html>"));
    let expected = format!(
        "ConfirmEvents failed: not an API response (text/html): <html>\\r\\n<title>502 Bad Gateway</title></html> \
         (HTTP 502, request 9f, endpoint {}, set by ClientBuilder::endpoint)",
        error.endpoint().unwrap()
    );
    assert_eq!(error.to_string(), expected);
    assert!(error.is_service_fault() && error.is_retryable());

    let hijacked = failure(Reply::body(200, "content-type: text/html\r\n", page)).await;
    assert_eq!((hijacked.kind(), hijacked.http_status()), (ErrorKind::Gateway, Some(200)));
    let empty = failure(Reply::body(503, "", "")).await;
    assert_eq!(empty.kind(), ErrorKind::Gateway);
    assert_eq!(empty.message(), "empty response body");
    // The port of the endpoint may hold the same digits.
    let text = empty.to_string().replace(empty.endpoint().unwrap(), "");
    assert_eq!(text.matches("503").count(), 1, "{empty}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let error = failure(Reply::body(302, "location: http://127.0.0.1:1/\r\n", "moved")).await;
    assert_eq!((error.kind(), error.http_status()), (ErrorKind::Gateway, Some(302)));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_truncated() {
    let by_transport =
        "HTTP/1.1 200 OK\r\ncontent-length: 90\r\nx-tc-requestid: 9f\r\n\r\n{\"Response\":{\"Cou";
    let error = failure(Reply::Bytes(by_transport.into())).await;
    assert_eq!(error.kind(), ErrorKind::Truncated);
    assert_eq!((error.http_status(), error.request_id()), (Some(200), Some("9f")));
    assert_eq!(error.snippet(), Some("{\"Response\":{\"Cou"));
    assert!(error.source().is_none() && error.underlying().is_some() && error.is_transport());

    let by_content = failure(Reply::json(r#"{"Response":{"Count":2,"Requ"#)).await;
    assert_eq!(by_content.kind(), ErrorKind::Truncated);
    assert_eq!(by_content.message(), "response truncated after 28 bytes");
}

#[tokio::test]
async fn a_refusal_that_breaks_off_behind_its_code_is_that_refusal() {
    let refused = r#"{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":"too ma"#;
    let by_transport =
        format!("HTTP/1.1 200 OK\r\ncontent-length: 900\r\nx-tc-requestid: 9f\r\n\r\n{refused}");
    for reply in [Reply::Bytes(by_transport.into()), Reply::json(refused)] {
        let error = failure(reply).await;
        assert_eq!((error.kind(), error.code_str()), (ErrorKind::Api, Some("RequestLimitExceeded")));
        assert!(error.is_throttling() && error.is_retryable(), "{error:?}");
    }
    let unknown = r#"{"Response":{"Error":{"Code":"RequestLimit"#;
    let by_transport = format!("HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{unknown}");
    assert_eq!(failure(Reply::Bytes(by_transport.into())).await.kind(), ErrorKind::Truncated);
}

#[tokio::test]
async fn a_chunked_body_is_read_to_its_end() {
    let (first, second) = SUCCESS.split_at(20);
    let answer = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n",
        first.len(),
        second.len()
    );
    assert_eq!(call(Reply::Bytes(answer.into_bytes())).await.unwrap().request_id, "12ae8d8e");
}

#[tokio::test]
async fn an_answer_without_any_request_id_is_refused_and_the_headers_id_serves() {
    let without = r#"{"Response":{"Count":2}}"#;
    let error = failure(Reply::json(without)).await;
    assert_eq!(error.kind(), ErrorKind::MissingRequestId);
    let response = call(Reply::body(200, "x-tc-requestid: 9f\r\n", without)).await.unwrap();
    assert_eq!((response.count, response.request_id.as_str()), (Some(2), "9f"));
}

#[tokio::test]
async fn the_retired_shape_is_recognised() {
    let body = r#"{"code":4000,"message":"(4000) late","codeDesc":"InvalidParameterValue"}"#;
    let error = failure(Reply::json(body)).await;
    assert_eq!(error.kind(), ErrorKind::LegacyResponse);
    assert_eq!((error.code_str(), error.legacy_code()), (Some("InvalidParameterValue"), Some(4000)));
    assert!(error.is_caller_fault());
}

#[tokio::test]
async fn json_that_is_no_envelope_is_malformed() {
    for body in [r#"{"status":"ok"}"#, r#"{"Response":{"Count":2,}}"#, r#"{"Response":[]}"#, "{}"] {
        let error = failure(Reply::json(body)).await;
        assert_eq!(error.kind(), ErrorKind::Malformed, "{body}: {error}");
        assert_eq!(error.snippet(), Some(body));
    }
}

#[tokio::test]
async fn content_of_the_wrong_type_is_left_out_or_refused_as_the_caller_wants() {
    let body = r#"{"Response":{"Count":{"a":1},"RequestId":"12ae8d8e"}}"#;
    let server = Server::start(Reply::json(body)).await;
    let lenient = client(&server.url);
    let request = || ConfirmRequest::new(["111"]);
    assert_eq!(lenient.call(request()).await.unwrap().count, None);
    let detailed = lenient.call(request()).detailed().await.unwrap();
    assert_eq!((detailed.response.request_id.as_str(), &*detailed.json), ("12ae8d8e", body.as_bytes()));
    let expected = "Count: expected a whole number of at least 0, found an object of 7 bytes";
    assert_eq!(detailed.mismatches.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);

    let strict = builder(&server.url).strict_answers(true).build().unwrap();
    for error in [
        strict.call(request()).await.unwrap_err(),
        lenient.call(request()).strict_answers(true).await.unwrap_err(),
    ] {
        assert_eq!((error.kind(), error.request_id()), (ErrorKind::Decode, Some("12ae8d8e")));
        assert_eq!(error.message(), format!("response does not fit the action: {expected}"));
        assert_eq!(error.action(), Some("ConfirmEvents"));
    }
    assert!(strict.call(request()).strict_answers(false).await.is_ok());
}

#[tokio::test]
async fn bytes_that_are_no_text_are_counted() {
    let mut answer = b"HTTP/1.1 200 OK\r\ncontent-length: 16\r\n\r\n".to_vec();
    answer.extend_from_slice(b"{\"Response\":{\"\xff\x00");
    let error = failure(Reply::Bytes(answer)).await;
    assert_eq!(error.kind(), ErrorKind::NotUtf8);
    assert_eq!(error.message(), "response is not UTF-8 after 14 of 16 bytes");
    assert_eq!(error.snippet(), Some("{\"Response\":{\"\u{fffd}\\u{0}"));
}

#[tokio::test]
async fn an_answer_over_the_limit_is_not_read() {
    let body = format!(r#"{{"Response":{{"Pad":"{}","RequestId":"1"}}}}"#, "x".repeat(2000));
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    );
    for reply in [Reply::body(200, "x-tc-requestid: 9f\r\n", &body), Reply::Bytes(chunked.into_bytes())] {
        let server = Server::start(reply).await;
        let client = builder(&server.url).response_limit(1000).build().unwrap();
        let error = client.call(ConfirmRequest::new(["1"])).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ResponseTooLarge);
        assert_eq!(error.http_status(), Some(200));
        assert!(error.snippet().is_some_and(|snippet| snippet.len() <= 512));
    }
    let server = Server::start(Reply::json(&body)).await;
    let client = builder(&server.url).response_limit(body.len()).build().unwrap();
    client.call(ConfirmRequest::new(["1"])).await.unwrap();
}

#[tokio::test]
async fn a_connection_closed_without_an_answer_is_transport() {
    let error = failure(Reply::Bytes(Vec::new())).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.is_retryable() && !error.is_timeout() && error.underlying().is_some());
}

#[tokio::test]
async fn a_refused_connection_is_told_apart() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = client(&url).call(ConfirmRequest::new(["1"])).await.unwrap_err();
    assert!(error.is_connect() && error.is_transport() && !error.is_timeout(), "{error:?}");
    let text = error.to_string();
    assert!(text.starts_with("ConfirmEvents failed: cannot connect: "), "{text}");
    assert!(text.contains(&format!("(endpoint {url}, set by ClientBuilder::endpoint")), "{text}");
    assert_eq!(error.endpoint(), Some(&*url));
    // A report of the whole chain has the cause once.
    let chain = std::iter::successors(Some(&error as &dyn std::error::Error), |&error| error.source());
    let report = chain.map(ToString::to_string).collect::<Vec<_>>().join(": ");
    assert_eq!(report.matches("refused").count(), 1, "{report}");
}

#[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
#[tokio::test]
async fn an_address_without_a_scheme_is_called_by_https_and_the_error_says_so() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let error = client(&address).call(ConfirmRequest::new(["1"])).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains(&format!("https was assumed; for a server without TLS write http://{address}")),
        "{text}"
    );
    assert_eq!(error.endpoint(), Some(&*format!("https://{address}")));
}

#[tokio::test]
async fn a_silent_server_runs_into_the_calls_limit() {
    let server = Server::start(Reply::Silence).await;
    let limit = Duration::from_millis(200);
    let client = client(&server.url);
    let error = client.call(ConfirmRequest::new(["1"])).timeout(limit).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let limit_hit = "timed out waiting for the response: operation timeout of 200ms (Call::timeout)";
    assert_eq!(error.message(), limit_hit);
    let error = client.call(ConfirmRequest::new(["1"])).attempt_timeout(limit).await.unwrap_err();
    assert!(error.is_timeout() && error.is_retryable());
    let limit_hit = "timed out waiting for the response: attempt timeout of 200ms (Call::attempt_timeout)";
    assert_eq!(error.message(), limit_hit);
    assert_eq!(server.received().len(), 2);
}
