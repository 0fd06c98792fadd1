//! Untyped calls take the way of typed ones.

use serde_json::{Value, json};

use super::*;
use crate::testing::MockTransport;
use crate::{Client, ErrorKind, RetryPolicy};

fn cvm() -> JsonService {
    JsonService::new("cvm", "2017-03-12")
}

fn client(mock: &MockTransport) -> Client {
    mock.builder().build().unwrap()
}

#[tokio::test]
async fn the_request_is_signed_for_its_service_and_sent_as_it_is() {
    let mock = MockTransport::new();
    mock.answer_json(
        "DescribeZones",
        json!({ "Zones": [null, 1.5], "RequestId": "r-1", "New": { "a": null } }),
    );
    let parameters = json!({ "Zones": ["a", "b"], "Nested": { "Deep": [{ "Er": null }] } });
    let answer =
        client(&mock).call_json(&cvm(), "DescribeZones", parameters.clone()).region("ap-hongkong").await;
    let expected = json!({ "Zones": [null, 1.5], "RequestId": "r-1", "New": { "a": null } });
    assert_eq!(answer.unwrap(), expected, "nothing of the answer is lost");
    let sent = &mock.recorded()[0];
    assert_eq!(sent.parameters(), parameters);
    let header = |name| sent.header(name).unwrap_or_default().to_owned();
    assert_eq!(header("host"), "cvm.tencentcloudapi.com");
    assert_eq!(header("x-tc-version"), "2017-03-12");
    assert_eq!(header("x-tc-region"), "ap-hongkong");
    assert!(header("authorization").contains("/cvm/tc3_request"), "{}", header("authorization"));
}

#[tokio::test]
async fn hosts_follow_the_clients_endpoint() {
    for (endpoint, host) in [
        (crate::Endpoint::international(), "cvm.intl.tencentcloudapi.com"),
        (crate::Endpoint::regional("ap-tokyo"), "cvm.ap-tokyo.tencentcloudapi.com"),
        (crate::Endpoint::custom("http://127.0.0.1:9"), "127.0.0.1:9"),
    ] {
        let mock = MockTransport::new();
        mock.answer_json("DescribeZones", json!({}));
        let client = mock.builder().endpoint(endpoint).build().unwrap();
        client.call_json(&cvm(), "DescribeZones", Value::Null).await.unwrap();
        assert_eq!(mock.recorded()[0].header("host"), Some(host));
    }
}

#[tokio::test(start_paused = true)]
async fn throttling_is_retried_and_an_unknown_outcome_only_if_the_caller_says_so() {
    let mock = MockTransport::new();
    let refuse = |code: &str| json!({ "Error": { "Code": code, "Message": "no" }, "RequestId": "r" });
    mock.answer_json("RunInstances", refuse("RequestLimitExceeded"));
    mock.answer_json("RunInstances", refuse("InternalError"));
    let error = client(&mock).call_json(&cvm(), "RunInstances", json!({})).await.unwrap_err();
    assert_eq!(error.code_str(), Some("InternalError"));
    assert_eq!((error.action(), error.attempts()), (Some("RunInstances"), 2));
    assert_eq!(error.service().map(|service| service.name), Some("cvm"));
    assert!(error.may_have_taken_effect());

    mock.answer_json("RunInstances", refuse("InternalError"));
    mock.answer_json("RunInstances", json!({ "Done": true }));
    let answer = client(&mock).call_json(&cvm(), "RunInstances", json!({})).idempotent(true).await.unwrap();
    assert_eq!(answer["Done"], true);
}

#[tokio::test]
async fn what_can_be_no_call_is_refused_before_it_is_sent() {
    let mock = MockTransport::new();
    let client = client(&mock);
    for (service, action, parameters, problem) in [
        (cvm(), "Describe Zones", json!({}), "action: \"Describe Zones\" is no name of one"),
        (cvm(), "", json!({}), "action: \"\" is no name of one"),
        (JsonService::new("c/vm", "2017-03-12"), "A", json!({}), "service: \"c/vm\" is no name of one"),
        (
            JsonService::new("cvm", "1\r\n2"),
            "A",
            json!({}),
            "version: \"1\\r\\n2\" is no name of an API version",
        ),
        (cvm(), "DescribeZones", json!([1]), "the parameters must be a JSON object"),
    ] {
        let error = client.call_json(&service, action, parameters).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.message(), problem);
    }
    assert!(mock.recorded().is_empty());
}

#[tokio::test]
async fn secrets_are_known_by_their_names_and_never_repeated() {
    let mock = MockTransport::new();
    let secret = "correct horse battery";
    let message = format!("the password {secret} is weak");
    mock.answer_json("ResetPassword", json!({ "Error": { "Code": "InvalidParameter", "Message": message } }));
    let parameters = json!({ "Login": [{ "AdminPassword": secret }], "InstanceName": "weak" });
    let client = client(&mock);
    let call = client.call_json(&cvm(), "ResetPassword", parameters).retry(RetryPolicy::none());
    let shown = format!("{call:?}");
    let error = call.await.unwrap_err();
    for text in [shown, format!("{error} {error:?}")] {
        assert!(!text.contains("horse"), "{text}");
    }
    assert!(error.message().contains("is weak"), "{error}");
    assert_eq!(mock.recorded()[0].parameters()["Login"][0]["AdminPassword"], secret);
}

#[tokio::test]
async fn the_same_action_is_kept_once() {
    let of = |service: &JsonService, name, idempotent| {
        std::ptr::from_ref(interned::action_meta(service, name, idempotent).unwrap())
    };
    assert_eq!(of(&cvm(), "A", true), of(&cvm(), "A", true));
    assert_ne!(of(&cvm(), "A", true), of(&cvm(), "A", false));
    assert_ne!(of(&cvm(), "A", true), of(&cvm().host("mainland", "example.com"), "A", true));
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_calls_are_the_same() {
    let mock = MockTransport::new();
    mock.answer_json("DescribeZones", json!({ "TotalCount": 1 }));
    let client = mock.builder().build_blocking().unwrap();
    assert_eq!(client.call_json(&cvm(), "DescribeZones", Value::Null).unwrap()["TotalCount"], 1);
}
