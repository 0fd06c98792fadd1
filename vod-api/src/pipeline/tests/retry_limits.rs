//! What ends a call: its time, the policy's time, the client's budget, the room below a rate limit.

use std::future::IntoFuture as _;
use std::time::Duration;

use http::Response;

use super::fixture::{
    Confirm, ConfirmRequest, ConfirmResponse, Create, CreateRequest, Unsigned, UnsignedRequest,
};
use crate::client::Client;
use crate::clock;
use crate::error::ErrorKind;
use crate::retry::RetryPolicy;
use crate::testing::MockTransport;

fn confirm() -> ConfirmRequest {
    ConfirmRequest::new(["handle-1"])
}

fn failing(builder: impl FnOnce(crate::ClientBuilder) -> crate::ClientBuilder) -> (MockTransport, Client) {
    let mock = MockTransport::new();
    mock.on::<Confirm>().respond_error("InternalError", "down").repeat();
    let client = builder(mock.builder()).build().unwrap();
    (mock, client)
}

#[tokio::test(start_paused = true)]
async fn what_would_miss_the_deadline_is_not_waited_for() {
    let mock = MockTransport::new();
    let later = Response::builder().status(503).header("retry-after", "30").body("<html>").unwrap();
    mock.on::<Confirm>().respond_http(later).repeat();
    let client = mock.builder().build().unwrap();
    let start = clock::now();
    let error = client.call(confirm()).timeout(Duration::from_secs(20)).await.unwrap_err();
    assert_eq!(clock::now(), start);
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Gateway, 1));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
}

#[tokio::test(start_paused = true)]
async fn a_wish_of_any_size_is_no_pause_that_nobody_can_count() {
    for wish in ["18446744073709551615", "9999999999999", "60", "59"] {
        let mock = MockTransport::new();
        let later = Response::builder().status(503).header("retry-after", wish).body("<html>").unwrap();
        mock.on::<Confirm>().respond_http(later).respond(ConfirmResponse::default());
        let client = mock.builder().build().unwrap();
        let start = clock::now();
        let outcome = client.call(confirm()).await;
        // The call's own limit is a minute: at its end there is no time for an attempt.
        assert_eq!(outcome.is_ok(), wish == "59", "{wish}");
        assert_eq!((clock::now() - start).as_secs(), if outcome.is_ok() { 59 } else { 0 }, "{wish}");
    }
    // More than a number holds is no wish.
    let mock = MockTransport::new();
    let later =
        Response::builder().status(503).header("retry-after", "18446744073709551616").body("").unwrap();
    mock.on::<Confirm>().respond_http(later).respond(ConfirmResponse::default());
    mock.builder().build().unwrap().call(confirm()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn between_two_attempts_there_is_a_pause() {
    let second = Duration::from_secs(1);
    let policy = RetryPolicy::default().max_attempts(30).backoff(second, second);
    let (mock, client) =
        failing(|builder| builder.retry(policy).without_rate_limit().operation_timeout(100 * second));
    let start = clock::now();
    client.call(confirm()).await.unwrap_err();
    assert_eq!(mock.recorded().len(), 30);
    // Each of the 29 is any part of a second.
    let passed = clock::now() - start;
    assert!((5..25).contains(&passed.as_secs()), "{passed:?}");
}

#[tokio::test(start_paused = true)]
async fn limits_of_any_size_can_be_set() {
    let mock = MockTransport::new();
    mock.on::<Confirm>().respond_error("InternalError", "down").respond(ConfirmResponse::default());
    let policy =
        RetryPolicy::default().total_time(Duration::MAX).backoff(Duration::from_nanos(1), Duration::MAX);
    let client = mock
        .builder()
        .retry(policy.max_attempts(u32::MAX))
        .attempt_timeout(Duration::MAX)
        .operation_timeout(Duration::MAX)
        .retry_budget(u32::MAX)
        .response_limit(usize::MAX)
        .rate_share(0.000_001)
        .build()
        .unwrap();
    client.call(confirm()).await.unwrap();
    assert_eq!(
        mock.recorded().len(),
        2,
        "the second attempt waits for the rate limiter, however long that takes"
    );
}

#[tokio::test(start_paused = true)]
async fn no_call_takes_longer_than_its_limit() {
    let limit = Duration::from_millis(1500);
    for (seed, delay) in [0_u64, 30, 400, 700, 1400, 5000].into_iter().enumerate() {
        let mock = MockTransport::new();
        mock.on::<Confirm>().delay(Duration::from_millis(delay)).respond_error("InternalError", "").repeat();
        let policy = RetryPolicy::default().max_attempts(1000);
        let client = mock.builder().retry(policy).without_rate_limit().build().unwrap();
        let start = clock::now();
        let error = client.call(confirm()).timeout(limit).await.unwrap_err();
        assert!(clock::now() - start <= limit + Duration::from_millis(1), "{seed}: {error}");
        assert!(error.may_have_taken_effect());
    }
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_hangs_is_given_up_and_repeated_if_that_is_safe() {
    let mock = MockTransport::new();
    mock.on::<Confirm>().hang().respond(ConfirmResponse::default());
    mock.on::<Create>().hang();
    let client = mock.builder().attempt_timeout(Duration::from_secs(5)).build().unwrap();
    client.call(confirm()).await.unwrap();
    let error = client.call(CreateRequest).await.unwrap_err();
    let limit = "timed out waiting for the response: attempt timeout of 5s (ClientBuilder::attempt_timeout)";
    assert_eq!(error.message(), limit);
    let reason = "not retried: the action is not idempotent and the attempt may have taken effect";
    assert!(error.to_string().contains(reason), "{error}");
    assert!(error.is_timeout() && error.may_have_taken_effect());
    mock.assert_all_used();
}

/// Of two limits that end at the same moment, the call's is the one that is told: a longer attempt would not help.
#[tokio::test(start_paused = true)]
async fn an_attempt_that_ends_with_its_call_runs_into_the_calls_limit() {
    let mock = MockTransport::new();
    mock.on::<Confirm>().hang();
    let limit = Duration::from_secs(5);
    let call = mock.builder().build().unwrap().call(confirm()).timeout(limit).attempt_timeout(limit);
    let error = call.await.unwrap_err();
    assert!(error.message().contains("operation timeout of 5s"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn the_policys_time_ends_the_attempts() {
    let mock = MockTransport::new();
    mock.on::<Confirm>().delay(Duration::from_secs(2)).respond_error("InternalError", "").repeat();
    let policy = RetryPolicy::default().max_attempts(100).total_time(Duration::from_secs(5));
    let client = mock.builder().retry(policy).build().unwrap();
    let error = client.call(confirm()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 3));
    let text = error.to_string();
    assert!(text.contains("would exceed the total time of 5s (RetryPolicy::total_time)"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_throttled_call_says_how_long_to_wait_and_why_it_gave_up() {
    let body = r#"{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":"slow"},"RequestId":"1"}}"#;
    let throttled = || {
        let mock = MockTransport::new();
        let answer = Response::builder().header("retry-after", "120").body(body);
        mock.on::<Confirm>().respond_http(answer.unwrap()).repeat();
        mock
    };
    let error = throttled().builder().build().unwrap().call(confirm()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "ConfirmEvents failed: RequestLimitExceeded: slow (request 1, retry after 120s, attempt 1 of 3, not retried: \
         a delay of 120s would exceed the operation timeout of 60s (ClientBuilder::operation_timeout))"
    );
    let client =
        throttled().builder().retry_budget(0).operation_timeout(Duration::from_mins(10)).build().unwrap();
    let error = client.call(confirm()).await.unwrap_err();
    let reason = "not retried: the client's retry budget is used up (ClientBuilder::retry_budget)";
    assert!(error.to_string().contains(reason), "{error}");
    let client = throttled().builder().retry(RetryPolicy::none()).build().unwrap();
    let error = client.call(confirm()).await.unwrap_err();
    assert!(error.to_string().contains("retry after 120s, attempt 1 of 1)"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_outage_is_not_multiplied() {
    let (mock, client) = failing(|builder| builder.retry_budget(10).without_rate_limit());
    for _ in 0..100 {
        client.clone().call(confirm()).await.unwrap_err();
    }
    assert_eq!(mock.recorded().len(), 110);
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_turn_counts_and_says_so() {
    let mock = MockTransport::new();
    mock.on::<Confirm>().respond(ConfirmResponse::default()).repeat();
    let client = mock.builder().rate_share(0.01).build().unwrap();
    client.call(confirm()).await.unwrap();
    let start = clock::now();
    let error = client.call(confirm()).timeout(Duration::from_millis(100)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "ConfirmEvents failed: timed out waiting for the rate limiter: operation timeout of 100ms (Call::timeout); \
         this attempt was not sent"
    );
    assert_eq!((error.attempts(), error.may_have_taken_effect(), clock::now()), (0, false, start));
    assert_eq!(mock.recorded().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_earlier_failure_is_not_forgotten_when_there_is_no_further_turn() {
    let (_, client) = failing(|builder| builder.rate_share(0.01));
    let error = client.call(confirm()).timeout(Duration::from_millis(900)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert!(
        error.to_string().contains("previous attempt: ConfirmEvents failed: InternalError: down"),
        "{error}"
    );
    // The message has the earlier failure, so that a report of the chain must not have it again.
    assert!(std::error::Error::source(&error).is_none() && error.underlying().is_some());
    assert!(error.may_have_taken_effect());
}

#[tokio::test(start_paused = true)]
async fn calls_are_spaced_and_clones_share_the_pace() {
    let mock = MockTransport::new();
    mock.on::<Confirm>().respond(ConfirmResponse::default()).repeat();
    let client = mock.builder().build().unwrap();
    let start = clock::now();
    let calls: Vec<_> =
        (0..101).map(|_| tokio::spawn(client.clone().call(confirm()).into_future())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let passed = clock::now() - start;
    assert!((1_000..1_100).contains(&passed.as_millis()), "{passed:?}");
}

#[tokio::test(start_paused = true)]
async fn throttling_slows_the_next_calls_down() {
    let mock = MockTransport::new();
    let _ = mock
        .on::<Confirm>()
        .respond_error("RequestLimitExceeded", "")
        .respond(ConfirmResponse::default())
        .repeat();
    let client = mock.builder().retry(RetryPolicy::none()).build().unwrap();
    client.call(confirm()).await.unwrap_err();
    let start = clock::now();
    for _ in 0..10 {
        client.call(confirm()).await.unwrap();
    }
    let passed = clock::now() - start;
    assert!((180..=220).contains(&passed.as_millis()), "{passed:?}");
}

#[tokio::test(start_paused = true)]
async fn throttling_slows_down_an_action_without_a_published_limit() {
    let mock = MockTransport::new();
    let client = mock.builder().retry(RetryPolicy::none()).build().unwrap();
    let start = clock::now();
    mock.on::<Create>().respond(ConfirmResponse::default()).repeat();
    for _ in 0..100 {
        client.call(CreateRequest).await.unwrap();
    }
    assert_eq!(clock::now(), start, "there is no limit that anybody knows");

    for waits in [true, false] {
        let mock = MockTransport::new();
        let _ = mock
            .on::<Create>()
            .respond_error("RequestLimitExceeded", "")
            .respond(ConfirmResponse::default())
            .repeat();
        let builder = if waits { mock.builder() } else { mock.builder().without_rate_limit() };
        let client = builder.build().unwrap();
        let start = clock::now();
        for _ in 0..10 {
            client.call(CreateRequest).retry(RetryPolicy::none()).await.ok();
        }
        assert_eq!(clock::now() - start > Duration::from_secs(5), waits, "{:?}", clock::now() - start);
    }
}

#[tokio::test(start_paused = true)]
async fn calls_about_any_application_share_the_pace() {
    let mock = MockTransport::new();
    mock.on::<Confirm>().respond(ConfirmResponse::default()).repeat();
    let client = mock.builder().build().unwrap();
    let start = clock::now();
    for application in 0..101 {
        let request = ConfirmRequest { sub_app_id: Some(application), ..confirm() };
        client.call(request).await.unwrap();
    }
    assert!((clock::now() - start).as_millis() >= 1_000);
}

#[tokio::test(start_paused = true)]
async fn unsigned_calls_have_no_limit_of_the_callers() {
    let mock = MockTransport::new();
    mock.on::<Unsigned>()
        .respond_error("RequestLimitExceeded", "")
        .respond(ConfirmResponse::default())
        .repeat();
    let client = mock.builder().retry(RetryPolicy::none()).build().unwrap();
    let start = clock::now();
    client.call(UnsignedRequest).await.unwrap_err();
    for _ in 0..100 {
        client.call(UnsignedRequest).await.unwrap();
    }
    assert_eq!(clock::now(), start);
}

#[test]
fn a_share_is_a_part() {
    for part in [0.0, -0.5, 1.5, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE, 1e-30, 9e-7] {
        let error = MockTransport::new().builder().rate_share(part).build().unwrap_err();
        assert_eq!(error.to_string(), format!("rate_share: must be from 0.000001 to 1, not {part:?}"));
    }
}

#[tokio::test(start_paused = true)]
async fn the_lowest_share_and_the_longest_times_can_be_counted_with() {
    let (mock, _) = failing(|builder| builder);
    let client = mock
        .builder()
        .rate_share(0.000_001)
        .attempt_timeout(Duration::MAX)
        .operation_timeout(Duration::MAX)
        .retry(RetryPolicy::default().backoff(Duration::MAX, Duration::MAX).total_time(Duration::MAX))
        .build()
        .unwrap();
    tokio::time::timeout(Duration::from_hours(1), client.call(confirm())).await.unwrap_err();
}
