//! What is sent again, and what each attempt is made of. On a paused clock, so that pauses cost nothing.

use std::collections::HashSet;
use std::time::Duration;

use bytes::Bytes;
use http::Response;

use super::fixture::{Confirm, ConfirmRequest, ConfirmResponse, Create, CreateRequest};
use crate::action::{Action, Request};
use crate::client::settings::HttpMethod;
use crate::clock;
use crate::clock::testing::with_timers;
use crate::error::{Error, ErrorKind};
use crate::retry::RetryPolicy;
use crate::signature::SignatureMethod;
use crate::testing::{MockResponses, MockTransport};
use crate::transport::TransportFailure;

fn confirm() -> ConfirmRequest {
    ConfirmRequest::new(["handle-1"])
}

/// A gateway's answer.
fn page(status: u16) -> Response<&'static str> {
    Response::builder().status(status).body("<html>no</html>").unwrap()
}

/// Calls against an action that always fails in one way: how often it was sent, and the error.
async fn sent_for<A: Action, R: Request<Action = A>>(
    request: R,
    fail: impl Fn(MockResponses<A>) -> MockResponses<A>,
) -> (usize, Error) {
    let mock = MockTransport::new();
    fail(mock.on::<A>()).repeat();
    let error = mock.builder().build().unwrap().call(request).await.unwrap_err();
    assert_eq!(error.attempts() as usize, mock.recorded().len());
    (mock.recorded().len(), error)
}

#[tokio::test(start_paused = true)]
async fn a_success_after_failures_is_the_result() {
    let mock = MockTransport::new();
    mock.on::<Confirm>()
        .respond_error("InternalError", "no")
        .fail(TransportFailure::Disconnected)
        .respond(ConfirmResponse { count: Some(7), ..ConfirmResponse::default() });
    let response = mock.builder().build().unwrap().call(confirm()).await.unwrap();
    assert_eq!((response.count, response.request_id.as_str()), (Some(7), "mock-3"));
    mock.assert_all_used();
}

#[tokio::test(start_paused = true)]
async fn what_is_sent_again_depends_on_failure_and_action() {
    macro_rules! assert_sent {
        ($fail:expr, idempotent: $idempotent:literal, other: $other:literal) => {
            let (sent, error) = sent_for::<Confirm, _>(confirm(), $fail).await;
            assert_eq!(sent, $idempotent, "{error}");
            let (sent, error) = sent_for::<Create, _>(CreateRequest, $fail).await;
            assert_eq!(sent, $other, "{error}");
        };
    }
    assert_sent!(|on| on.respond_error("RequestLimitExceeded", ""), idempotent: 3, other: 3);
    assert_sent!(|on| on.respond_error("RequestLimitExceeded.UinLimitExceeded", ""), idempotent: 3, other: 3);
    assert_sent!(|on| on.respond_http(page(429)), idempotent: 3, other: 3);
    assert_sent!(|on| on.fail(TransportFailure::Connect), idempotent: 3, other: 3);

    assert_sent!(|on| on.respond_error("InternalError.DBError", ""), idempotent: 3, other: 1);
    assert_sent!(|on| on.respond_error("ServiceUnavailable", ""), idempotent: 3, other: 1);
    assert_sent!(|on| on.respond_http(page(502)), idempotent: 3, other: 1);
    assert_sent!(|on| on.fail(TransportFailure::Disconnected), idempotent: 3, other: 1);
    assert_sent!(|on| on.fail(TransportFailure::Truncated), idempotent: 3, other: 1);
    assert_sent!(|on| on.fail(TransportFailure::TimedOut), idempotent: 3, other: 1);

    assert_sent!(|on| on.respond_error("InvalidParameterValue", ""), idempotent: 1, other: 1);
    assert_sent!(|on| on.respond_error("AuthFailure.SignatureFailure", ""), idempotent: 1, other: 1);
    assert_sent!(|on| on.respond_error("BrandNew.Code", ""), idempotent: 1, other: 1);
    assert_sent!(|on| on.respond_http(page(200)), idempotent: 1, other: 1);
    assert_sent!(|on| on.respond_http(page(414)), idempotent: 1, other: 1);
    assert_sent!(|on| on.fail(TransportFailure::TooLarge), idempotent: 1, other: 1);
    assert_sent!(|on| on.fail(TransportFailure::InvalidRequest), idempotent: 1, other: 1);
    // Neither can be corrected here: the credential is a fixed one, and no answer tells the time.
    assert_sent!(|on| on.respond_error("AuthFailure.TokenFailure", ""), idempotent: 1, other: 1);
    assert_sent!(|on| on.respond_error("AuthFailure.SignatureExpire", ""), idempotent: 1, other: 1);
}

#[tokio::test(start_paused = true)]
async fn the_error_tells_the_attempts_and_the_last_cause() {
    let mock = MockTransport::new();
    mock.on::<Confirm>()
        .fail(TransportFailure::Disconnected)
        .respond_error("InternalError", "first")
        .respond_error("InternalError", "last");
    let error = mock.builder().build().unwrap().call(confirm()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "ConfirmEvents failed: InternalError: last (request mock-3, attempt 3 of 3)"
    );
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 3));
}

#[tokio::test(start_paused = true)]
async fn what_a_failed_attempt_left_behind_is_gone() {
    let mock = MockTransport::new();
    let cut = r#"{"Response":{"Count":99,"RequestId":"cut","#;
    mock.on::<Confirm>().respond_http(Response::new(cut)).respond(ConfirmResponse::default());
    let response = mock.builder().build().unwrap().call(confirm()).await.unwrap();
    assert_eq!((response.count, response.request_id.as_str()), (None, "mock-2"));
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_its_own_time_nonce_and_signature() {
    for (method, signature) in [
        (HttpMethod::Post, SignatureMethod::Tc3),
        (HttpMethod::Get, SignatureMethod::Tc3),
        (HttpMethod::Get, SignatureMethod::HmacSha1),
        (HttpMethod::Post, SignatureMethod::HmacSha256),
    ] {
        let mock = MockTransport::new();
        let later = r#"{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":""},"RequestId":"1"}}"#;
        let later = Response::builder().header("retry-after", "2").body(later).unwrap();
        mock.on::<Confirm>().respond_http(later).repeat();
        let builder = mock.builder().method(method).signature(signature).clock(with_timers());
        builder.build().unwrap().call(confirm()).await.unwrap_err();

        let sent = mock.recorded();
        let times: Vec<u64> = sent.iter().map(|sent| sent.timestamp().unwrap()).collect();
        assert_eq!([times[1] - times[0], times[2] - times[1]], [2, 2], "{signature:?}");
        let proof = |name: &str| -> HashSet<String> {
            let of = |sent: &crate::testing::RecordedRequest| {
                let by_parameter = sent.parameters()[name].as_str().map(str::to_owned);
                sent.header("authorization").map(str::to_owned).or(by_parameter).unwrap()
            };
            sent.iter().map(of).collect()
        };
        assert_eq!(proof("Signature").len(), 3, "{signature:?}");
        assert_eq!(proof("Nonce").len(), 3, "{signature:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_earlier_attempt_may_have_taken_effect_though_the_last_was_refused() {
    let mock = MockTransport::new();
    mock.on::<Confirm>().fail(TransportFailure::TimedOut).respond_error("InvalidParameterValue", "expired");
    let error = mock.builder().build().unwrap().call(confirm()).await.unwrap_err();
    assert_eq!(error.code_str(), Some("InvalidParameterValue"));
    assert!(error.may_have_taken_effect());

    for refused in ["InvalidParameterValue", "RequestLimitExceeded"] {
        let (_, error) = sent_for::<Confirm, _>(confirm(), |on| on.respond_error(refused, "")).await;
        assert!(!error.may_have_taken_effect(), "{error}");
    }
    let (_, error) = sent_for::<Confirm, _>(confirm(), |on| on.fail(TransportFailure::Connect)).await;
    assert!(!error.may_have_taken_effect(), "{error}");
    let (_, error) = sent_for::<Create, _>(CreateRequest, |on| on.fail(TransportFailure::Disconnected)).await;
    assert!(error.may_have_taken_effect(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn it_can_be_tuned_and_turned_off_for_client_and_call() {
    let attempts = async |client: Option<RetryPolicy>, call: Option<RetryPolicy>| {
        let mock = MockTransport::new();
        mock.on::<Confirm>().respond_error("InternalError", "").repeat();
        let builder = client.into_iter().fold(mock.builder(), crate::ClientBuilder::retry);
        let client = builder.build().unwrap();
        let error = call.into_iter().fold(client.call(confirm()), crate::Call::retry).await.unwrap_err();
        (mock.recorded().len(), error.to_string())
    };
    let five = RetryPolicy::default().max_attempts(5);
    assert_eq!(attempts(None, None).await.0, 3);
    assert_eq!(attempts(Some(five), None).await.0, 5);
    assert_eq!(attempts(Some(five), Some(RetryPolicy::none())).await.0, 1);
    let (sent, text) = attempts(Some(RetryPolicy::none()), None).await;
    assert_eq!(sent, 1);
    assert!(!text.contains("attempt"), "{text}");
    assert_eq!(attempts(Some(RetryPolicy::none()), Some(five)).await.0, 5);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_is_not_sent_again() {
    let mock = MockTransport::new();
    mock.on::<Confirm>().respond_error("InternalError", "").repeat();
    let patient = RetryPolicy::default().backoff(Duration::from_secs(50), Duration::from_secs(50));
    let client = mock.builder().retry(patient).build().unwrap();
    let call = tokio::time::timeout(Duration::from_millis(1), client.call(confirm()));
    assert!(call.await.is_err());
    tokio::time::sleep(Duration::from_hours(1)).await;
    assert_eq!(mock.recorded().len(), 1);
}

/// The pause that the service asks for ends with the policy's total time, and a nanosecond after it.
#[tokio::test(start_paused = true)]
async fn a_pause_may_end_with_the_total_time_and_not_after_it() {
    let pause = Duration::from_secs(2);
    for (total, attempts) in [(pause, 2), (pause.saturating_sub(Duration::from_nanos(1)), 1)] {
        let mock = MockTransport::new();
        let unavailable =
            Response::builder().status(503).header("retry-after", "2").body(Bytes::new()).unwrap();
        mock.on::<Confirm>().respond_http(unavailable).respond(ConfirmResponse::default());
        let policy = RetryPolicy::default().total_time(total);
        let outcome = mock.builder().retry(policy).build().unwrap().call(confirm()).await;
        assert_eq!((outcome.is_ok(), mock.recorded().len()), (attempts == 2, attempts), "{total:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_service_says_when_to_come_again() {
    let mock = MockTransport::new();
    let unavailable = Response::builder().status(503).header("retry-after", "7").body(Bytes::new()).unwrap();
    mock.on::<Confirm>().respond_http(unavailable).respond(ConfirmResponse::default());
    let start = clock::now();
    mock.builder().build().unwrap().call(confirm()).await.unwrap();
    let passed = clock::now() - start;
    assert!((7_000..7_020).contains(&passed.as_millis()), "{passed:?}");
    assert!(mock.recorded().iter().all(|sent| sent.header("authorization").unwrap().contains("AKID-mock")));
}
