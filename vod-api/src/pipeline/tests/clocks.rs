//! Calls from a machine whose clock is wrong.

use std::future::IntoFuture as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::Response;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::fixture::{
    Confirm, ConfirmRequest, ConfirmResponse, Create, CreateRequest, SUCCESS, Unsigned, UnsignedRequest,
};
use super::log;
use crate::clock::testing::with_timers;
use crate::retry::RetryPolicy;
use crate::testing::MockTransport;

const REFUSED: &str =
    r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":"old"},"RequestId":"1"}}"#;

/// An answer of a service whose clock is that many seconds ahead of the machine's.
fn dated(now: SystemTime, ahead: i64, body: &'static str) -> Response<&'static str> {
    let now = now.duration_since(UNIX_EPOCH).unwrap().as_secs();
    let date = OffsetDateTime::from_unix_timestamp(i64::try_from(now).unwrap() + ahead).unwrap();
    Response::builder().header("date", date.format(&Rfc2822).unwrap()).body(body).unwrap()
}

fn times(mock: &MockTransport) -> Vec<u64> {
    mock.recorded().iter().map(|sent| sent.timestamp().unwrap()).collect()
}

#[tokio::test(start_paused = true)]
async fn the_clock_is_corrected_once_for_all_calls_and_told_once() {
    for ahead in [3600, -3600] {
        let (log, guard) = log::capture();
        let machine = with_timers();
        let mock = MockTransport::new();
        mock.on::<Create>()
            .respond_http(dated(machine(), ahead, REFUSED))
            .respond(ConfirmResponse::default());
        mock.on::<Confirm>().respond(ConfirmResponse::default()).repeat();
        let client = mock.builder().clock(machine).build().unwrap();

        client.call(CreateRequest).await.unwrap();
        client.clone().call(ConfirmRequest::new(["1"])).await.unwrap();
        let times = times(&mock);
        assert_eq!(times[1], times[0].saturating_add_signed(ahead));
        assert_eq!(times[2], times[1]);
        drop(guard);
        assert_eq!(log.text().matches("local clock is skewed").count(), 1, "{}", log.text());
    }
}

/// Nothing proves that the answer to an unsigned call is the service's.
#[tokio::test(start_paused = true)]
async fn an_unsigned_call_does_not_set_the_clock() {
    let machine = with_timers();
    let mock = MockTransport::new();
    mock.on::<Unsigned>().respond_http(dated(machine(), 100, SUCCESS));
    mock.on::<Confirm>().respond(ConfirmResponse::default());
    let client = mock.builder().clock(machine).build().unwrap();
    client.call(UnsignedRequest).await.unwrap();
    client.call(ConfirmRequest::new(["1"])).await.unwrap();
    let times = times(&mock);
    assert_eq!(times[0], times[1]);
}

#[tokio::test(start_paused = true)]
async fn a_second_refusal_is_the_end() {
    let machine = with_timers();
    let mock = MockTransport::new();
    mock.on::<Confirm>().respond_http(dated(machine(), 9000, REFUSED)).repeat();
    let client = mock.builder().clock(machine).build().unwrap();
    let error = client.call(ConfirmRequest::new(["1"])).await.unwrap_err();
    assert_eq!((error.code_str(), error.attempts()), (Some("AuthFailure.SignatureExpire"), 2));
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_right_is_not_moved() {
    let machine = with_timers();
    let mock = MockTransport::new();
    mock.on::<Confirm>().respond_http(dated(machine(), 3, REFUSED)).respond(ConfirmResponse::default());
    let client = mock.builder().clock(machine).build().unwrap();
    client.call(ConfirmRequest::new(["1"])).await.unwrap_err();
    client.call(ConfirmRequest::new(["1"])).await.unwrap();
    let times = times(&mock);
    assert_eq!(times[0], times[1]);
}

/// A clock that loses six seconds a minute is put right by the answers to calls, before one is refused.
#[tokio::test(start_paused = true)]
async fn a_clock_that_goes_wrong_slowly_never_costs_a_call() {
    let (log, guard) = log::capture();
    let right = with_timers();
    let start = right();
    let slow = move || start + right().duration_since(start).unwrap().mul_f64(0.9);
    let mock = MockTransport::new();
    let client = mock.builder().clock(slow).retry(RetryPolicy::none()).build().unwrap();
    for minute in 0..180 {
        mock.on::<Confirm>().respond_http(dated(right(), 0, SUCCESS));
        client.call(ConfirmRequest::new(["1"])).await.unwrap();
        let signed = times(&mock)[minute];
        let service = right().duration_since(UNIX_EPOCH).unwrap().as_secs();
        assert!(service.abs_diff(signed) <= 60, "{} s off after {minute} minutes", service.abs_diff(signed));
        tokio::time::sleep(Duration::from_mins(1)).await;
    }
    drop(guard);
    assert_eq!(log.text().matches("local clock is skewed").count(), 1, "{}", log.text());
}

#[tokio::test(start_paused = true)]
async fn a_slow_answer_does_not_move_the_clock() {
    let machine = with_timers();
    let mock = MockTransport::new();
    let early = dated(machine(), 0, SUCCESS);
    let late = dated(machine() + Duration::from_mins(3), 0, SUCCESS);
    for answer in [early, late] {
        mock.on::<Confirm>().delay(Duration::from_secs(50)).respond_http(answer);
    }
    let client = mock.builder().clock(machine).attempt_timeout(Duration::from_mins(1)).build().unwrap();
    let call = || client.call(ConfirmRequest::new(["1"])).into_future();
    call().await.unwrap();
    tokio::time::sleep(Duration::from_secs(80)).await;
    call().await.unwrap();
    mock.on::<Confirm>().respond(ConfirmResponse::default());
    call().await.unwrap();
    let times = times(&mock);
    assert_eq!((times[1] - times[0], times[2] - times[1]), (130, 50));
}

/// The service's clock and the machine's agree; what answers in between tells a time of its own.
#[tokio::test(start_paused = true)]
async fn a_wrong_date_of_a_proxy_does_not_break_a_client_whose_clock_is_right() {
    let machine = with_timers();
    let stale = dated(machine(), 0, SUCCESS);
    let refusal = stale.clone().map(|_| REFUSED);
    let mock = MockTransport::new();
    let client = mock.builder().clock(machine).build().unwrap();
    let mut refused = 0;
    for _ in 0..120 {
        // What the service makes of the next call is decided by what the last one was signed with.
        mock.on::<Confirm>().respond_http(stale.clone());
        client.call(ConfirmRequest::new(["1"])).await.unwrap();
        tokio::time::sleep(Duration::from_secs(30)).await;
        let signed = client.config().skew.apply(client.config().clock.unix_seconds());
        let right = machine().duration_since(UNIX_EPOCH).unwrap().as_secs();
        if signed.abs_diff(right) > 300 {
            refused += 1;
            mock.on::<Confirm>().respond_http(refusal.clone());
        }
    }
    assert_eq!(refused, 1, "one attempt, which the call repeats");
    assert_eq!(mock.recorded().len(), 121);
}
