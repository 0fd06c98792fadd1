//! Waiting for errands of a sample service, on a clock that runs as fast as the tests do.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::clock;
use crate::testing::MockTransport;
use crate::{Client, Error, ErrorKind, RetryPolicy};

#[allow(missing_docs)]
mod sample {
    vod_macros::service! { crate = crate; "sample-specs", only = [DescribeErrand] }
}

use sample::{
    DescribeErrand, DescribeErrandRequest, DescribeErrandResponse, DescribeErrandStatus as Status,
    SampleCalls,
};

/// Without the client's own repetitions, so that each failure is one call.
async fn once(client: &Client) -> Result<DescribeErrandResponse, Error> {
    client.describe_errand(DescribeErrandRequest::new("e-1")).retry(RetryPolicy::none()).wait().await
}

const SECOND: Duration = Duration::from_secs(1);

fn mocked() -> (MockTransport, Client) {
    let mock = MockTransport::new();
    let client = mock.builder().build().unwrap();
    (mock, client)
}

fn at(status: impl Into<Status>, percent: i64) -> DescribeErrandResponse {
    DescribeErrandResponse {
        status: status.into(),
        percent: Some(percent),
        ..DescribeErrandResponse::default()
    }
}

#[tokio::test(start_paused = true)]
async fn it_calls_until_the_status_is_one_that_ends() {
    for end in [Status::Done, Status::Lost] {
        let (mock, client) = mocked();
        mock.on::<DescribeErrand>()
            .respond(at(Status::Waiting, 0))
            .respond(at("BrandNew", 50))
            .respond(at(end.clone(), 100));
        let answer = client.wait_for_errand("e-1").await.unwrap();
        assert_eq!((answer.status, answer.percent), (end, Some(100)));
        assert!(mock.requests::<DescribeErrand>().iter().all(|request| request.errand_id == "e-1"));
        mock.assert_all_used();
    }
}

#[tokio::test(start_paused = true)]
async fn a_status_that_does_not_fit_ends_the_waiting_with_its_path() {
    for status in ["{}", "[]", "[\"DONE\"]"] {
        let (mock, client) = mocked();
        let answer = format!(r#"{{"Response":{{"Status":{status},"RequestId":"r"}}}}"#);
        mock.on::<DescribeErrand>().respond(at(Status::Waiting, 0)).respond_http(http::Response::new(answer));
        let error = client.wait_for_errand("e-1").await.unwrap_err();
        assert_eq!((error.kind(), error.action()), (ErrorKind::Decode, Some("DescribeErrand")));
        let expected = "response does not fit the action: Status: expected a string, found ";
        assert!(error.message().starts_with(expected), "{error}");
        mock.assert_all_used();
    }
    // An odd value elsewhere does not.
    let (mock, client) = mocked();
    let answer = r#"{"Response":{"Status":"DONE","Percent":{},"RequestId":"r"}}"#;
    mock.on::<DescribeErrand>().respond_http(http::Response::new(answer));
    assert_eq!(client.wait_for_errand("e-1").await.unwrap().percent, None);
}

#[tokio::test(start_paused = true)]
async fn what_has_ended_already_is_not_waited_for() {
    let (mock, client) = mocked();
    mock.on::<DescribeErrand>().respond(at(Status::Done, 100));
    let start = clock::now();
    client.wait_for_errand("e-1").await.unwrap();
    assert_eq!(clock::now(), start);
}

/// The pauses between the calls of a waiting.
async fn pauses(
    calls: usize,
    wait: impl FnOnce(super::Wait<DescribeErrand>) -> super::Wait<DescribeErrand>,
) -> Vec<Duration> {
    let (mock, client) = mocked();
    for _ in 1..calls {
        mock.on::<DescribeErrand>().respond(at(Status::Waiting, 0));
    }
    mock.on::<DescribeErrand>().respond(at(Status::Done, 0));
    let times = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&times);
    let wait = wait(client.wait_for_errand("e-1"));
    wait.on_progress(move |_| seen.lock().unwrap().push(clock::now())).await.unwrap();
    let times = times.lock().unwrap();
    times.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

/// A timer fires up to a millisecond late.
#[track_caller]
fn assert_pauses(found: &[Duration], longest: &[u64]) {
    assert_eq!(found.len(), longest.len());
    for (found, longest) in found.iter().zip(longest) {
        let longest = SECOND * u32::try_from(*longest).unwrap();
        let range = longest.mul_f64(0.75)..=longest + Duration::from_millis(2);
        assert!(range.contains(found), "{found:?} is not in {range:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn pauses_grow_from_a_second_to_half_a_minute() {
    assert_pauses(&pauses(8, |wait| wait).await, &[1, 2, 4, 8, 16, 30, 30]);
}

#[tokio::test(start_paused = true)]
async fn pauses_are_what_the_caller_sets() {
    let wait = |wait: super::Wait<_>| wait.first_delay(3 * SECOND).max_delay(5 * SECOND);
    assert_pauses(&pauses(4, wait).await, &[3, 5, 5]);
    // Pauses without length do not make a loop without pause, and endless ones do no harm.
    let (none, huge) = (Duration::ZERO, Duration::MAX);
    assert!(pauses(3, |wait| wait.first_delay(none).max_delay(none)).await.iter().all(|p| !p.is_zero()));
    let found = pauses(3, |wait| wait.first_delay(huge).max_delay(huge)).await;
    assert_pauses(&found, &[24 * 3600, 24 * 3600]);
}

#[tokio::test(start_paused = true)]
async fn pauses_differ_from_each_other() {
    let mut distinct = std::collections::HashSet::new();
    for _ in 0..20 {
        distinct.insert(pauses(2, |wait| wait.first_delay(30 * SECOND)).await);
    }
    assert!(distinct.len() > 1);
}

#[tokio::test(start_paused = true)]
async fn progress_is_shown_with_each_answer() {
    let (mock, client) = mocked();
    mock.on::<DescribeErrand>()
        .respond(at(Status::Waiting, 10))
        .respond(at(Status::Waiting, 60))
        .respond(at(Status::Done, 100));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let shown = Arc::clone(&seen);
    client
        .wait_for_errand("e-1")
        .on_progress(move |answer| shown.lock().unwrap().push(answer.percent.unwrap()))
        .await
        .unwrap();
    assert_eq!(*seen.lock().unwrap(), [10, 60, 100]);
}

#[tokio::test(start_paused = true)]
async fn time_that_runs_out_is_an_error_with_the_last_status() {
    let (mock, client) = mocked();
    mock.on::<DescribeErrand>().respond(at(Status::Waiting, 0)).repeat();
    let start = clock::now();
    let error = client.wait_for_errand("e-1").timeout(20 * SECOND).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.is_timeout());
    assert_eq!(
        error.to_string(),
        "DescribeErrand failed: timed out after 20s (Wait::timeout) waiting for ErrandId e-1: its last status was `WAITING`"
    );
    let waited = clock::now() - start;
    assert!((20 * SECOND..21 * SECOND).contains(&waited), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn a_last_look_comes_shortly_before_time_runs_out() {
    let (mock, client) = mocked();
    let start = clock::now();
    // It ends after 18 of 20 seconds, between two looks of an undisturbed course.
    mock.on::<DescribeErrand>().respond_with(move |_| {
        Ok(at(if clock::now() - start >= 18 * SECOND { Status::Done } else { Status::Waiting }, 0))
    });
    let answer = client.wait_for_errand("e-1").timeout(20 * SECOND).await.unwrap();
    assert_eq!(answer.status, Status::Done);
    assert!(clock::now() - start <= 20 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_hangs_is_cut_off() {
    let (mock, client) = mocked();
    mock.on::<DescribeErrand>().hang();
    let error = client.wait_for_errand("e-1").timeout(SECOND).await.unwrap_err();
    let text = "timed out after 1s (Wait::timeout) waiting for ErrandId e-1: no status reported";
    assert_eq!(error.message(), text);
}

#[tokio::test(start_paused = true)]
async fn a_status_that_is_missing_is_waited_for() {
    let (mock, client) = mocked();
    mock.on::<DescribeErrand>().respond(DescribeErrandResponse::default()).repeat();
    let error = client.wait_for_errand("e-1").timeout(5 * SECOND).await.unwrap_err();
    let text = "timed out after 5s (Wait::timeout) waiting for ErrandId e-1: its last status was empty";
    assert_eq!(error.message(), text);
}

#[tokio::test(start_paused = true)]
async fn failures_that_may_pass_are_left_behind() {
    let (mock, client) = mocked();
    mock.on::<DescribeErrand>()
        .respond_error("RequestLimitExceeded", "slowly")
        .respond_error("InternalError", "sorry")
        .respond(at(Status::Waiting, 0))
        .respond_error("InternalError", "sorry")
        .respond(at(Status::Done, 0));
    once(&client).await.unwrap();
    mock.assert_all_used();
}

#[tokio::test(start_paused = true)]
async fn the_fifth_failure_in_a_row_ends_it() {
    let (mock, client) = mocked();
    mock.on::<DescribeErrand>().respond_error("InternalError", "sorry").repeat();
    let error = once(&client).await.unwrap_err();
    assert_eq!(error.code_str(), Some("InternalError"));
    assert_eq!(mock.recorded().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_ends_it_at_once() {
    let (mock, client) = mocked();
    mock.on::<DescribeErrand>().respond_error("InvalidParameter", "no such errand");
    let error = client.wait_for_errand("e-1").await.unwrap_err();
    assert_eq!(error.code_str(), Some("InvalidParameter"), "{error:?}");
    assert_eq!(mock.recorded().len(), 1);
}

/// The response keeps what the spec does not know; a service error is never kept there, not in an odd answer either.
#[tokio::test(start_paused = true)]
async fn a_response_with_unknown_members_does_not_hide_an_error() {
    for odd in ["", r#","Percent":{}"#] {
        let (mock, client) = mocked();
        let error = r#""Error":{"Code":"InvalidParameter","Message":"no"},"DeprecatedWarning":"old""#;
        let answer = format!(r#"{{"Response":{{{error},"Novel":1,"RequestId":"r"{odd}}}}}"#);
        mock.on::<DescribeErrand>().respond_http(http::Response::new(answer));
        let error = client.describe_errand(DescribeErrandRequest::new("e-1")).await.unwrap_err();
        assert_eq!((error.code_str(), error.request_id()), (Some("InvalidParameter"), Some("r")));
    }
}

#[tokio::test(start_paused = true)]
async fn a_prepared_call_waits_with_its_request_and_settings() {
    let (mock, client) = mocked();
    mock.on::<DescribeErrand>().respond(at(Status::Waiting, 0)).respond(at(Status::Done, 0));
    let request = DescribeErrandRequest::new("e-2").verbose(true);
    client.describe_errand(request).region("ap-tokyo").wait().await.unwrap();
    assert!(mock.requests::<DescribeErrand>().iter().all(|request| request.verbose == Some(true)));
    assert!(mock.recorded().iter().all(|sent| sent.header("x-tc-region") == Some("ap-tokyo")));
}
