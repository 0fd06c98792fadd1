//! Calls from a machine whose clock is wrong.

use std::time::UNIX_EPOCH;

use http::Response;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::fixture::{Confirm, ConfirmRequest, ConfirmResponse, Create, CreateRequest};
use super::log;
use crate::clock::WallClock;
use crate::testing::MockTransport;

const REFUSED: &str =
    r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":"old"},"RequestId":"1"}}"#;

/// A refusal of a service whose clock is that many seconds ahead of the machine's.
fn expired(machine: WallClock, ahead: i64) -> Response<&'static str> {
    let now = machine.now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let date = OffsetDateTime::from_unix_timestamp(i64::try_from(now).unwrap() + ahead).unwrap();
    Response::builder().header("date", date.format(&Rfc2822).unwrap()).body(REFUSED).unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_clock_is_corrected_once_for_all_calls_and_told_once() {
    for ahead in [3600, -3600] {
        let (log, guard) = log::capture();
        let machine = WallClock::with_timers();
        let mock = MockTransport::new();
        mock.on::<Create>().http(expired(machine, ahead)).respond(ConfirmResponse::default());
        mock.on::<Confirm>().respond(ConfirmResponse::default()).repeat();
        let client = mock.builder().clock(machine).build().unwrap();

        client.call(CreateRequest).await.unwrap();
        client.clone().call(ConfirmRequest::new(["1"])).await.unwrap();
        let times: Vec<u64> = mock.sent().iter().map(|sent| sent.timestamp().unwrap()).collect();
        assert_eq!(times[1], times[0].saturating_add_signed(ahead));
        assert_eq!(times[2], times[1]);
        drop(guard);
        assert_eq!(log.text().matches("this machine's clock is wrong").count(), 1, "{}", log.text());
    }
}

#[tokio::test(start_paused = true)]
async fn a_second_refusal_is_the_end() {
    let machine = WallClock::with_timers();
    let mock = MockTransport::new();
    mock.on::<Confirm>().http(expired(machine, 9000)).repeat();
    let client = mock.builder().clock(machine).build().unwrap();
    let error = client.call(ConfirmRequest::new(["1"])).await.unwrap_err();
    assert_eq!((error.code_text(), error.attempts()), (Some("AuthFailure.SignatureExpire"), 2));
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_right_is_not_moved() {
    let machine = WallClock::with_timers();
    let mock = MockTransport::new();
    mock.on::<Confirm>().http(expired(machine, 3)).respond(ConfirmResponse::default());
    let client = mock.builder().clock(machine).build().unwrap();
    client.call(ConfirmRequest::new(["1"])).await.unwrap_err();
    client.call(ConfirmRequest::new(["1"])).await.unwrap();
    let times: Vec<u64> = mock.sent().iter().map(|sent| sent.timestamp().unwrap()).collect();
    assert_eq!(times[0], times[1]);
}
