//! Faults as a transport in the process meets them, on a paused clock.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod signer;

use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::{Value, json};
use signer::{Call, code, handles, inside};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;
use vod_emulator::{
    CallKey, ClockSkew, ConnectionFault, EmulatedService, Emulator, Fault, FaultKind, Faults, Options,
    Target, samples,
};

const MODIFY: &str = "ModifyEventConfig";
const PULL: &str = "PullEvents";

/// The paused clock.
#[allow(clippy::disallowed_methods, reason = "a test looks at tokio's clock, not at the machine's")]
fn now() -> tokio::time::Instant {
    tokio::time::Instant::now()
}

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn service(faults: Faults) -> EmulatedService {
    Emulator::builder().faults(faults).build().unwrap()
}

/// A service whose next call meets this fault.
fn once(fault: Fault) -> EmulatedService {
    service(Faults::none().script(Target::All, [fault]))
}

type Exchanged = Result<Response<Bytes>, ConnectionFault>;

async fn exchange(service: &EmulatedService, action: &str, parameters: Value) -> Exchanged {
    service.exchange(Call::json(service, action, &parameters).v3()).await
}

/// A call that changes something.
async fn modify(service: &EmulatedService) -> Exchanged {
    exchange(service, MODIFY, json!({ "Mode": "PUSH" })).await
}

fn json_of(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn broken_connections_are_told_apart_and_tell_nothing_of_the_handling() {
    for (fault, expected, handled) in [
        (Fault::ConnectionRefused { lasting: Duration::ZERO }, ConnectionFault::Refused, 0),
        (Fault::ResetBeforeRequest, ConnectionFault::ResetBeforeRequest, 0),
        (Fault::ResetAfterRequest, ConnectionFault::ResetAfterRequest, 0),
        (Fault::ResetAfterHandling, ConnectionFault::ResetAfterRequest, 1),
    ] {
        let service = once(fault.clone());
        assert_eq!(modify(&service).await.unwrap_err(), expected);
        assert_eq!(service.handled().of(MODIFY), handled, "{fault:?}");
        assert_eq!(service.injected_faults(), [(fault.kind(), 1)].into());
        let record = &service.calls().recent[0];
        assert_eq!((record.action.as_str(), record.fault), (MODIFY, Some(fault.kind())));
        assert_eq!(code(&inside(&modify(&service).await.unwrap())), "ok", "the fault is over");
    }
}

#[tokio::test(start_paused = true)]
async fn respond_meets_a_gateway_in_place_of_broken_connections() {
    for fault in [Fault::ResetBeforeRequest, Fault::ResetAfterHandling, Fault::TruncatedBody { keep: 9 }] {
        let service = once(fault.clone());
        let response = service.respond(Call::json(&service, MODIFY, &json!({})).v3()).await;
        assert_eq!(response.status(), StatusCode::BAD_GATEWAY);
        assert!(response.headers().contains_key("date"));
        let handled = u64::from(fault != Fault::ResetBeforeRequest);
        assert_eq!(service.handled().of(MODIFY), handled, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_outage_is_over_when_its_time_is() {
    let service = once(Fault::ConnectionRefused { lasting: seconds(10) });
    assert_eq!(modify(&service).await.unwrap_err(), ConnectionFault::Refused);
    service.advance(seconds(9));
    let other_action = exchange(&service, "DescribeEventsState", json!({})).await;
    assert_eq!(other_action.unwrap_err(), ConnectionFault::Refused);
    service.advance(seconds(1));
    assert_eq!(code(&inside(&modify(&service).await.unwrap())), "ok");
}

#[tokio::test(start_paused = true)]
async fn latency_comes_before_or_after_the_handling() {
    for (before, after) in [(seconds(3), seconds(0)), (seconds(0), seconds(3))] {
        let service = once(Fault::Latency { before, after });
        let started = now();
        let call = modify(&service);
        let given_up = tokio::time::timeout(seconds(2), call).await;
        assert!(given_up.is_err());
        assert_eq!(service.handled().of(MODIFY), u64::from(before.is_zero()));

        service.set_faults(Faults::none().script(MODIFY, [Fault::Latency { before, after }])).unwrap();
        assert_eq!(code(&inside(&modify(&service).await.unwrap())), "ok");
        assert_eq!(started.elapsed(), seconds(5));
    }
}

#[tokio::test(start_paused = true)]
async fn a_cut_body_was_longer() {
    for (keep, arrives) in [(20, 20), (0, 0), (1 << 20, usize::MAX)] {
        let service = once(Fault::TruncatedBody { keep });
        let error = modify(&service).await.unwrap_err();
        let ConnectionFault::TruncatedBody { status, received, expected } = error else {
            panic!("{error:?}");
        };
        assert_eq!(status, StatusCode::OK);
        assert_eq!(received.len(), arrives.min(expected - 1));
        assert!(b"{\"Response\":{\"RequestId\":".starts_with(&received[..received.len().min(25)]));
        assert_eq!(service.handled().of(MODIFY), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn gateways_and_servers_fail_before_or_after_the_handling() {
    for handled in [false, true] {
        let service = once(Fault::BadGateway { handled });
        let response = modify(&service).await.unwrap();
        assert_eq!(response.status(), StatusCode::BAD_GATEWAY);
        assert_eq!(response.headers()["content-type"], "text/html");
        assert!(response.body().starts_with(b"<html>"));
        assert_eq!(service.handled().of(MODIFY), u64::from(handled));

        let service = once(Fault::internal_error(handled));
        let response = modify(&service).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = json_of(&response);
        assert_eq!(body["Response"]["Error"]["Code"], "InternalError");
        assert!(body["Response"]["RequestId"].is_string());
        assert_eq!(service.handled().of(MODIFY), u64::from(handled));
        assert_eq!(service.calls().recent[0].code.as_deref(), Some("InternalError"));
    }
    let status = StatusCode::SERVICE_UNAVAILABLE;
    let service = once(Fault::ServerError { status, code: "ServiceUnavailable".into(), handled: false });
    let response = modify(&service).await.unwrap();
    assert_eq!(response.status(), status);
    assert_eq!(json_of(&response)["Response"]["Error"]["Code"], "ServiceUnavailable");
}

#[tokio::test(start_paused = true)]
async fn throttling_tells_how_long_it_lasts_if_asked_to() {
    for retry_after in [true, false] {
        let lasting = Duration::from_millis(2500);
        let service = service(Faults::none().script(MODIFY, [Fault::Throttling { lasting, retry_after }]));
        for left in ["3", "2"] {
            let response = modify(&service).await.unwrap();
            assert_eq!(code(&inside(&response)), "RequestLimitExceeded");
            let header = response.headers().get("retry-after").map(|value| value.to_str().unwrap());
            assert_eq!(header, retry_after.then_some(left));
            service.advance(seconds(1));
        }
        let other_action = exchange(&service, "DescribeEventsState", json!({})).await.unwrap();
        assert_eq!(code(&inside(&other_action)), "ok");
        service.advance(seconds(1));
        assert_eq!(code(&inside(&modify(&service).await.unwrap())), "ok");
        assert_eq!(service.handled().of(MODIFY), 1);
    }
}

/// The `Date` header.
fn unix_seconds(response: &Response<Bytes>) -> i64 {
    let date = response.headers()["date"].to_str().unwrap().replace("GMT", "+0000");
    OffsetDateTime::parse(&date, &Rfc2822).unwrap().unix_timestamp()
}

#[tokio::test(start_paused = true)]
async fn a_wrong_clock_refuses_right_timestamps_and_shows_in_the_date() {
    let skew = ClockSkew::Ahead(Duration::from_hours(1));
    let service = once(Fault::ClockSkew { skew, lasting: seconds(10) });
    let wrong = modify(&service).await.unwrap();
    assert_eq!(code(&inside(&wrong)), "AuthFailure.SignatureExpire");

    // A client that follows the date gets through, as long as the clock stays wrong.
    let followed = || {
        let call = Call::json(&service, MODIFY, &json!({}));
        Call { timestamp: call.timestamp + 3600, ..call }.v3()
    };
    assert_eq!(code(&inside(&service.exchange(followed()).await.unwrap())), "ok");
    service.advance(seconds(10));
    let refused = service.exchange(followed()).await.unwrap();
    assert_eq!(code(&inside(&refused)), "AuthFailure.SignatureExpire");
    let right = modify(&service).await.unwrap();
    assert_eq!(code(&inside(&right)), "ok");
    // Ten seconds have passed between the two.
    let difference = unix_seconds(&wrong) - unix_seconds(&right);
    assert!((3589..=3591).contains(&difference), "{difference}");
    assert_eq!(service.injected_faults(), [(FaultKind::ClockSkew, 2)].into());
}

#[tokio::test(start_paused = true)]
async fn every_answer_has_a_date_which_can_be_wrong_alone() {
    let options = |date_skew| Options { date_skew, ..Options::default() };
    let dates = async |date_skew| {
        let service = Emulator::builder().options(options(date_skew)).build().unwrap();
        let mut dates = Vec::new();
        for uri in ["/", "/elsewhere", "/_emulator/state", "/_emulator/nothing"] {
            let request = http::Request::builder().uri(uri).body(Bytes::new()).unwrap();
            dates.push(unix_seconds(&service.respond(request).await));
        }
        let accepted = modify(&service).await.unwrap();
        assert_eq!(code(&inside(&accepted)), "ok", "timestamps are judged by the right clock");
        dates.push(unix_seconds(&accepted));
        dates
    };
    let right = dates(ClockSkew::None).await;
    let wrong = dates(ClockSkew::Behind(Duration::from_hours(1))).await;
    for (right, wrong) in right.into_iter().zip(wrong) {
        assert!((3599..=3602).contains(&(right - wrong)), "{right} {wrong}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_expired_token_is_refused_unhandled() {
    let service = once(Fault::TokenExpired);
    assert_eq!(code(&inside(&modify(&service).await.unwrap())), "AuthFailure.TokenFailure");
    assert_eq!(service.handled().of(MODIFY), 0);
}

#[tokio::test(start_paused = true)]
async fn a_dripping_body_takes_its_time() {
    let service = once(Fault::SlowBody { pause: seconds(2) });
    let started = now();
    let response = modify(&service).await.unwrap();
    assert_eq!(code(&inside(&response)), "ok");
    assert_eq!(started.elapsed(), seconds(2 * response.body().len() as u64));
}

#[tokio::test(start_paused = true)]
async fn a_huge_body_is_still_json() {
    let service = once(Fault::HugeBody { size: 1 << 20 });
    let response = modify(&service).await.unwrap();
    assert_eq!(response.body().len(), 1 << 20);
    assert_eq!(code(&inside(&response)), "ok");
}

#[tokio::test(start_paused = true)]
async fn a_request_id_can_be_missing() {
    let service = once(Fault::MissingRequestId);
    let body = json_of(&modify(&service).await.unwrap());
    assert_eq!(body, json!({ "Response": {} }));
    assert_eq!(service.handled().of(MODIFY), 1);
}

#[tokio::test(start_paused = true)]
async fn events_can_be_handed_out_twice() {
    let service = once(Fault::DuplicateDelivery);
    service.publish(samples::file_deleted(1)).unwrap();
    let mut pulled = Vec::new();
    for _ in 0..2 {
        pulled.push(inside(&exchange(&service, PULL, json!({})).await.unwrap()));
    }
    let handles: Vec<String> = pulled.iter().flat_map(handles).collect();
    assert_eq!(handles.len(), 2);
    assert_ne!(handles[0], handles[1]);
    let state = service.state();
    assert_eq!((state.in_flight, state.duplicated, state.redelivered), (1, 1, 0));
    for handle in handles {
        let confirmed = exchange(&service, "ConfirmEvents", json!({ "EventHandles": [handle] })).await;
        assert_eq!(code(&inside(&confirmed.unwrap())), "ok");
    }
    let state = service.state();
    assert_eq!((state.queued, state.in_flight, state.confirmed), (0, 0, 1));
}

#[tokio::test(start_paused = true)]
async fn a_waiting_pull_gets_the_copies_at_once() {
    let service = service(Faults::none().script(PULL, [Fault::DuplicateDelivery, Fault::DuplicateDelivery]));
    let pull = || {
        let service = service.clone();
        tokio::spawn(async move { inside(&exchange(&service, PULL, json!({})).await.unwrap()) })
    };
    let started = now();
    let waiting = [pull(), pull()];
    while service.state().waiting_pulls != 2 {
        tokio::task::yield_now().await;
    }
    service.publish(samples::file_deleted(1)).unwrap();
    for pull in waiting {
        assert_eq!(handles(&pull.await.unwrap()).len(), 1);
    }
    assert_eq!(started.elapsed(), seconds(0));
    assert_eq!((service.state().in_flight, service.state().duplicated), (1, 1), "copies are not copied");
}

#[tokio::test(start_paused = true)]
async fn events_in_an_answer_that_was_lost_return() {
    for fault in [
        Fault::ResetAfterHandling,
        Fault::TruncatedBody { keep: 100 },
        Fault::BadGateway { handled: true },
        Fault::internal_error(true),
    ] {
        let service = once(fault.clone());
        for event in samples::events(3) {
            service.publish(event).unwrap();
        }
        let lost = exchange(&service, PULL, json!({})).await;
        assert!(!lost.is_ok_and(|response| response.status() == 200));
        let state = service.state();
        assert_eq!((state.queued, state.in_flight), (0, 3), "{fault:?}");
        service.advance(seconds(30));
        assert_eq!((service.state().queued, service.state().in_flight), (3, 0));
        let pulled = inside(&exchange(&service, PULL, json!({})).await.unwrap());
        let confirmed =
            exchange(&service, "ConfirmEvents", json!({ "EventHandles": handles(&pulled) })).await;
        assert_eq!(code(&inside(&confirmed.unwrap())), "ok");
        let state = service.state();
        assert_eq!((state.confirmed, state.redelivered, state.published), (3, 3, 3));
    }
}

#[tokio::test(start_paused = true)]
async fn events_stay_in_the_queue_if_the_pull_was_not_handled() {
    for fault in [
        Fault::ConnectionRefused { lasting: Duration::ZERO },
        Fault::ResetBeforeRequest,
        Fault::ResetAfterRequest,
        Fault::BadGateway { handled: false },
        Fault::TokenExpired,
    ] {
        let service = once(fault.clone());
        service.publish(samples::file_deleted(1)).unwrap();
        let lost = exchange(&service, PULL, json!({})).await;
        assert!(
            lost.is_err()
                || lost.is_ok_and(|response| !response.body().starts_with(b"{\"Response\":{\"EventSet"))
        );
        let state = service.state();
        assert_eq!((state.queued, state.in_flight, service.handled().of(PULL)), (1, 0, 0), "{fault:?}");
    }
}

/// Faults that are over at once, of every other kind.
fn every_kind() -> Vec<Fault> {
    let moment = Duration::from_millis(20);
    vec![
        Fault::Latency { before: moment, after: moment },
        Fault::ConnectionRefused { lasting: moment },
        Fault::ResetBeforeRequest,
        Fault::ResetAfterRequest,
        Fault::ResetAfterHandling,
        Fault::TruncatedBody { keep: 30 },
        Fault::BadGateway { handled: false },
        Fault::BadGateway { handled: true },
        Fault::internal_error(false),
        Fault::internal_error(true),
        Fault::Throttling { lasting: moment, retry_after: true },
        Fault::ClockSkew { skew: ClockSkew::Behind(seconds(1000)), lasting: moment },
        Fault::TokenExpired,
        Fault::SlowBody { pause: Duration::from_millis(1) },
        Fault::DuplicateDelivery,
        Fault::HugeBody { size: 100_000 },
        Fault::MissingRequestId,
        Fault::ByteOrderMark,
        Fault::BesideResponse,
        Fault::DeepWarning { depth: 100 },
        Fault::ReplacedBody { body: Bytes::from_static(b"neither") },
        Fault::ResetInBody { after: 10 },
        Fault::SlowReader { pause: Duration::from_millis(1) },
    ]
}

/// What a client sees of a call.
fn seen(exchanged: &Exchanged) -> String {
    match exchanged {
        Ok(response) => {
            let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
            format!("{} {}", response.status(), code(&body["Response"]))
        }
        Err(ConnectionFault::TruncatedBody { .. }) => "truncated".to_owned(),
        Err(fault) => fault.to_string(),
    }
}

/// What a client sees of a thousand calls, and how often they were handled.
async fn thousand_calls(seed: u64) -> (Vec<String>, u64) {
    let options = Options { enforce_rate_limits: false, ..Options::default() };
    let faults = Faults::seeded(seed).mix(Target::All, 0.5, every_kind());
    let service = Emulator::builder().options(options).faults(faults).build().unwrap();
    let mut all = Vec::new();
    for _ in 0..1000 {
        all.push(seen(&modify(&service).await));
        service.advance(Duration::from_millis(10));
    }
    let injected = service.injected_faults();
    // Every kind but the one that is for pulls alone and the seven that are for the storage alone.
    assert_eq!(injected.len(), FaultKind::ALL.len() - 8, "{injected:?}");
    (all, service.handled().of(MODIFY))
}

#[tokio::test(start_paused = true)]
async fn a_seed_decides_everything() {
    let first = thousand_calls(1).await;
    assert_eq!(first, thousand_calls(1).await);
    assert_ne!(first, thousand_calls(2).await);
}

#[tokio::test(start_paused = true)]
async fn no_event_is_lost_or_counted_twice_under_faults() {
    let options = Options { enforce_rate_limits: false, ..Options::default() };
    let faults = Faults::seeded(11).mix(Target::All, 0.5, every_kind());
    let service = Emulator::builder().options(options).faults(faults).build().unwrap();
    for event in samples::events(500) {
        service.publish(event).unwrap();
    }
    let mut calls = 0;
    while service.state().confirmed < 500 {
        calls += 1;
        service.advance(Duration::from_millis(10));
        assert!(calls < 5000, "{:?}", service.state());
        // A wrong clock refuses this call; the events wait for the next.
        if let Ok(response) = exchange(&service, PULL, json!({})).await
            && let Ok(body) = serde_json::from_slice::<Value>(response.body())
            && body["Response"]["EventSet"].is_array()
        {
            for handle in handles(&body["Response"]) {
                // Whatever comes of it: what is not confirmed returns.
                let _ = exchange(&service, "ConfirmEvents", json!({ "EventHandles": [handle] })).await;
            }
        }
        let state = service.state();
        let accounted = state.queued + state.in_flight + usize::try_from(state.confirmed).unwrap();
        assert_eq!(accounted, 500, "{state:?}");
    }
    let state = service.state();
    assert_eq!((state.queued, state.in_flight, state.published), (0, 0, 500));
    assert!(state.duplicated > 0 && state.redelivered > 0, "{state:?}");
    assert!(service.injected_faults().contains_key(&FaultKind::DuplicateDelivery));
}

#[tokio::test(start_paused = true)]
async fn handled_calls_are_told_apart_by_a_key() {
    const A: &str = "http://a.example/";
    const B: &str = "http://b.example/";
    let faults = Faults::none().script(MODIFY, [Some(Fault::ResetBeforeRequest), None, None]);
    let key = CallKey::Parameter("NotificationUrl".into());
    let service = Emulator::builder().faults(faults).count_handled_by(key).build().unwrap();
    for key in [A, A, B] {
        let _ = exchange(&service, MODIFY, json!({ "NotificationUrl": key })).await;
    }
    let _ = exchange(&service, MODIFY, json!({ "NotificationUrl": 1 })).await;
    let handled = service.handled();
    assert_eq!(handled.of(MODIFY), 2, "neither the disturbed call nor the refused one");
    assert_eq!(handled.keys(MODIFY).collect::<Vec<_>>(), [(A, 1), (B, 1)]);
    let _ = exchange(&service, MODIFY, json!({ "NotificationUrl": B })).await;
    assert_eq!(service.handled().most_repeated(MODIFY), 2);
    assert_eq!(service.handled().of_key(MODIFY, B), 2);

    service.count_handled_by(CallKey::RequestHash);
    assert_eq!(service.handled().keys(MODIFY).count(), 0);
    modify(&service).await.unwrap();
    assert_eq!(service.handled().keys(MODIFY).count(), 1);
}

#[tokio::test(start_paused = true)]
async fn every_form_of_call_meets_the_faults_of_its_action() {
    for method in [http::Method::GET, http::Method::POST] {
        let service = service(Faults::none().script(MODIFY, [Fault::ResetAfterRequest]));
        let call = Call { method, ..Call::json(&service, MODIFY, &json!({})) };
        assert!(service.exchange(call.v1(&[], None)).await.is_err());
        assert!(service.exchange(call.v1(&[], None)).await.is_ok());
    }
    let service = service(Faults::none().script(Target::All, [Fault::ResetAfterRequest]));
    let unknown = exchange(&service, "NoSuchAction", json!({})).await.unwrap();
    assert_eq!(code(&inside(&unknown)), "InvalidAction", "there is no such action to be disturbed");
}

#[tokio::test(start_paused = true)]
async fn answers_can_come_in_odd_forms() {
    for (fault, start) in [
        (Fault::ByteOrderMark, &b"\xef\xbb\xbf{\"Response\":{"[..]),
        (Fault::BesideResponse, br#"{"code":0,"message":"","codeDesc":"Success","Response":{"#),
        (Fault::DeepWarning { depth: 3 }, br#"{"Response":{"DeprecatedWarning":[[[]]],"RequestId":""#),
        (Fault::ReplacedBody { body: Bytes::from_static(b"\xff") }, b"\xff"),
    ] {
        let service = once(fault.clone());
        let body = modify(&service).await.unwrap().into_body();
        assert!(body.starts_with(start), "{fault:?}: {body:?}");
        assert_eq!(service.handled().of(MODIFY), 1);
        assert_eq!(service.injected_faults(), [(fault.kind(), 1)].into());
    }
}
