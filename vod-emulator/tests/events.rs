//! The queue of events through the API, on a paused clock.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod signer;

use std::time::Duration;

use serde_json::{Value, json};
use signer::{Call, call, code, handles, message};
use tokio::task::{JoinHandle, yield_now};
use vod_emulator::{
    BadHandleInBatch, ConfirmTwice, EmptyPull, EmulatedService, Emulator, LateConfirmCode, Options,
    PublishError, samples,
};

/// The paused clock.
#[allow(clippy::disallowed_methods, reason = "a test looks at tokio's clock, not at the machine's")]
fn now() -> tokio::time::Instant {
    tokio::time::Instant::now()
}

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Timestamps are not the matter here, and the paused clock runs through days.
fn service(options: Options) -> EmulatedService {
    Emulator::builder().options(options).build().unwrap()
}

async fn pull(service: &EmulatedService) -> Value {
    call(service, "PullEvents", json!({})).await
}

async fn confirm(service: &EmulatedService, handles: &[String]) -> Value {
    call(service, "ConfirmEvents", json!({ "EventHandles": handles })).await
}

/// Starts a pull and lets it come to where it waits.
async fn waiting_pull(service: &EmulatedService) -> JoinHandle<Value> {
    let before = service.state().waiting_pulls;
    let pull = tokio::spawn({
        let service = service.clone();
        async move { pull(&service).await }
    });
    while service.state().waiting_pulls == before {
        yield_now().await;
    }
    pull
}

fn publish(service: &EmulatedService, count: u64) {
    for event in samples::events(count) {
        service.publish(event).unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn events_are_pulled_confirmed_and_gone() {
    let service = service(Options::default());
    publish(&service, 20);
    let first = pull(&service).await;
    assert_eq!(handles(&first).len(), 16);
    let mut event = first["EventSet"][0].clone();
    event.as_object_mut().unwrap().retain(|name, value| name != "EventHandle" && !value.is_null());
    assert_eq!(event, samples::new_file_upload(1));
    let second = pull(&service).await;
    assert_eq!(handles(&second).len(), 4);
    assert_eq!(service.state().in_flight, 20);

    for pulled in [first, second] {
        assert_eq!(code(&confirm(&service, &handles(&pulled)).await), "ok");
    }
    let state = service.state();
    assert_eq!((state.queued, state.in_flight, state.confirmed, state.published), (0, 0, 20, 20));
    service.advance(seconds(60));
    assert_eq!(pull(&service).await["EventSet"], Value::Null);
}

#[tokio::test(start_paused = true)]
async fn an_empty_pull_waits_five_seconds() {
    let service = service(Options::default());
    let started = now();
    let answer = pull(&service).await;
    assert_eq!(started.elapsed(), seconds(5));
    assert_eq!(answer.as_object().unwrap().get("EventSet"), Some(&Value::Null));
    assert_eq!(service.state().waiting_pulls, 0);
}

#[tokio::test(start_paused = true)]
async fn an_event_ends_the_wait_at_once() {
    let service = service(Options::default());
    let started = now();
    let (first, second) = (waiting_pull(&service).await, waiting_pull(&service).await);
    publish(&service, 1);
    // One of the two gets it, the other goes on waiting.
    let (first, second) = tokio::join!(first, second);
    let sets = [&first.unwrap()["EventSet"], &second.unwrap()["EventSet"]].map(Value::is_array);
    assert_eq!(sets.iter().filter(|got| **got).count(), 1);
    assert_eq!(started.elapsed(), seconds(5));

    let started = now();
    let waiting = waiting_pull(&service).await;
    publish(&service, 1);
    assert_eq!(handles(&waiting.await.unwrap()).len(), 1);
    assert_eq!(started.elapsed(), seconds(0));
}

#[tokio::test(start_paused = true)]
async fn advancing_ends_the_wait() {
    let service = service(Options::default());
    let started = now();
    let waiting = waiting_pull(&service).await;
    service.advance(seconds(5));
    assert_eq!(waiting.await.unwrap()["EventSet"], Value::Null);
    assert_eq!(started.elapsed(), seconds(0));
}

#[tokio::test(start_paused = true)]
async fn unconfirmed_events_return_under_new_handles() {
    let service = service(Options::default());
    publish(&service, 1);
    let first = pull(&service).await;
    service.advance(seconds(29));
    assert_eq!(service.state().in_flight, 1);
    let waiting = waiting_pull(&service).await;
    service.advance(seconds(1));
    let second = waiting.await.unwrap();
    assert_ne!(handles(&first), handles(&second));
    assert_eq!(service.state().redelivered, 1);

    let late = confirm(&service, &handles(&first)).await;
    assert_eq!(code(&late), "InvalidParameterValue");
    assert!(message(&late).contains("EventHandles.0"), "{late}");
    assert_eq!(code(&confirm(&service, &handles(&second)).await), "ok");
    assert_eq!(service.state().confirmed, 1);
}

#[tokio::test(start_paused = true)]
async fn a_waiting_pull_gets_an_event_that_returns_by_itself() {
    let service = service(Options { visibility_timeout: seconds(3), ..Options::default() });
    publish(&service, 1);
    pull(&service).await;
    let started = now();
    assert_eq!(handles(&pull(&service).await).len(), 1);
    assert_eq!(started.elapsed(), seconds(3));
}

#[tokio::test(start_paused = true)]
async fn a_pull_that_is_given_up_hands_out_nothing() {
    let service = service(Options::default());
    let waiting = waiting_pull(&service).await;
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    assert_eq!(service.state().waiting_pulls, 0);
    publish(&service, 1);
    let state = service.state();
    assert_eq!((state.queued, state.in_flight), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn events_that_nobody_pulls_are_kept_four_days() {
    let service = service(Options::default());
    publish(&service, 2);
    service.advance(seconds(4 * 24 * 3600 - 1));
    assert_eq!(service.state().queued, 2);
    service.advance(seconds(1));
    let state = service.state();
    assert_eq!((state.queued, state.expired_unpulled), (0, 2));
    assert_eq!(pull(&service).await["EventSet"], Value::Null);
}

#[tokio::test(start_paused = true)]
async fn an_empty_pull_answers_as_chosen() {
    let of = |empty_pull| service(Options { empty_pull, ..Options::default() });
    let absent = pull(&of(EmptyPull::AbsentSet)).await;
    assert_eq!(absent.as_object().unwrap().keys().collect::<Vec<_>>(), ["RequestId"]);
    assert_eq!(code(&pull(&of(EmptyPull::ResourceNotFound)).await), "ResourceNotFound");
    let impatient = service(Options { long_poll: seconds(0), ..Options::default() });
    let started = now();
    assert_eq!(pull(&impatient).await["EventSet"], Value::Null);
    assert_eq!(started.elapsed(), seconds(0));
}

/// Two handed-out events and a third that has expired; their handles with an unknown one in front.
async fn mixed_handles(service: &EmulatedService) -> (Vec<String>, Vec<String>) {
    publish(service, 1);
    let late = handles(&pull(service).await);
    service.advance(seconds(30));
    publish(service, 1);
    let good = handles(&pull(service).await);
    assert_eq!(good.len(), 2);
    let mixed = [vec![String::from("111")], good.clone(), late].concat();
    (mixed, good)
}

#[tokio::test(start_paused = true)]
async fn one_bad_handle_does_to_its_batch_what_is_chosen() {
    for (rule, expected_code, expected_confirmed) in [
        (BadHandleInBatch::FailWholeBatch, "InvalidParameterValue", 0),
        (BadHandleInBatch::ConfirmGoodOnes, "InvalidParameterValue", 2),
        (BadHandleInBatch::IgnoreBadOnes, "ok", 2),
    ] {
        let service = service(Options { bad_handle_in_batch: rule, ..Options::default() });
        let (mixed, good) = mixed_handles(&service).await;
        assert_eq!(code(&confirm(&service, &mixed).await), expected_code, "{rule:?}");
        assert_eq!(service.state().confirmed, expected_confirmed, "{rule:?}");
        let none_good = confirm(&service, &[String::from("111")]).await;
        assert_eq!(code(&none_good), "InvalidParameterValue", "{rule:?}");
        if expected_confirmed == 0 {
            assert_eq!(code(&confirm(&service, &good).await), "ok", "still confirmable");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_late_confirmation_answers_as_chosen() {
    for (late_confirm_code, expected) in [
        (LateConfirmCode::InvalidParameterValue, "InvalidParameterValue"),
        (LateConfirmCode::FailedOperation, "FailedOperation"),
    ] {
        let service = service(Options { late_confirm_code, ..Options::default() });
        publish(&service, 1);
        let pulled = pull(&service).await;
        service.advance(seconds(30));
        assert_eq!(code(&confirm(&service, &handles(&pulled)).await), expected);
        let unknown = confirm(&service, &[String::from("111")]).await;
        assert_eq!(code(&unknown), "InvalidParameterValue", "never handed out");
    }
}

#[tokio::test(start_paused = true)]
async fn confirming_twice_answers_as_chosen() {
    for (confirm_twice, expected) in
        [(ConfirmTwice::Refuse, "InvalidParameterValue"), (ConfirmTwice::Accept, "ok")]
    {
        let service = service(Options { confirm_twice, ..Options::default() });
        publish(&service, 1);
        let handles = handles(&pull(&service).await);
        assert_eq!(code(&confirm(&service, &handles).await), "ok");
        assert_eq!(code(&confirm(&service, &handles).await), expected, "{confirm_twice:?}");
        assert_eq!(service.state().confirmed, 1);
        service.advance(seconds(30));
        assert_eq!(code(&confirm(&service, &handles).await), "InvalidParameterValue", "expired");
    }
}

#[tokio::test(start_paused = true)]
async fn every_application_has_its_own_queue() {
    let service = service(Options::default());
    service.publish_to(5, samples::file_deleted(1)).unwrap();
    assert_eq!(service.state().queued, 0);
    assert_eq!(service.state_of(5).queued, 1);
    let pulled = call(&service, "PullEvents", json!({ "SubAppId": 5 })).await;
    let handles = handles(&pulled);
    let elsewhere = confirm(&service, &handles).await;
    assert_eq!(code(&elsewhere), "InvalidParameterValue", "the handle belongs to another application");
    let there = json!({ "SubAppId": 5, "EventHandles": handles });
    assert_eq!(code(&call(&service, "ConfirmEvents", there).await), "ok");
    assert_eq!(service.state_of(5).confirmed, 1);

    publish(&service, 1);
    let zero = call(&service, "PullEvents", json!({ "SubAppId": 0 })).await;
    assert_eq!(signer::handles(&zero).len(), 1, "0 is the default application");
}

#[tokio::test(start_paused = true)]
async fn applications_that_were_not_named_are_refused() {
    let service = Emulator::builder().sub_app_id(5).sub_app_id(6).build().unwrap();
    for (sub_app_id, expected) in [(5, "ok"), (6, "ok"), (0, "ok"), (7, "InvalidParameterValue")] {
        let answer = call(&service, "DescribeEventsState", json!({ "SubAppId": sub_app_id })).await;
        assert_eq!(code(&answer), expected);
    }
    let error = service.publish_to(7, samples::file_deleted(1)).unwrap_err();
    assert_eq!(error, PublishError::UnknownApplication(7));
    assert_eq!(service.state_of(7), vod_emulator::QueueState::default());
}

#[tokio::test(start_paused = true)]
async fn the_state_tells_the_backlog() {
    let service = service(Options::default());
    publish(&service, 3);
    let state = call(&service, "DescribeEventsState", json!({})).await;
    assert_eq!(state["CountOfEventsToPull"], 3);
}

#[tokio::test(start_paused = true)]
async fn the_configuration_is_kept_for_each_application() {
    let service = service(Options::default());
    let describe = async |parameters: Value| {
        let mut shown = call(&service, "DescribeEventConfig", parameters).await;
        shown.as_object_mut().unwrap().remove("RequestId");
        shown
    };
    let untouched = json!({
        "Mode": "PULL",
        "NotificationUrl": "",
        "UploadMediaCompleteEventSwitch": "OFF",
        "DeleteMediaCompleteEventSwitch": "OFF",
        "PersistenceCompleteEventSwitch": "OFF",
    });
    assert_eq!(describe(json!({})).await, untouched);
    let change = json!({
        "Mode": "PUSH",
        "NotificationUrl": "http://127.0.0.1/events",
        "DeleteMediaCompleteEventSwitch": "ON",
        "SignKey": "abc",
    });
    assert_eq!(code(&call(&service, "ModifyEventConfig", change).await), "ok");
    let shown = describe(json!({})).await;
    assert_eq!(shown["Mode"], "PUSH");
    assert_eq!(shown["NotificationUrl"], "http://127.0.0.1/events");
    assert_eq!(shown["DeleteMediaCompleteEventSwitch"], "ON");
    assert_eq!(shown["UploadMediaCompleteEventSwitch"], "OFF");
    assert_eq!(shown.get("SignKey"), None);
    assert_eq!(describe(json!({ "SubAppId": 5 })).await, untouched);

    let back = json!({ "NotificationUrl": "" });
    call(&service, "ModifyEventConfig", back).await;
    let shown = describe(json!({})).await;
    assert_eq!((&shown["Mode"], &shown["NotificationUrl"]), (&json!("PUSH"), &json!("")));
    let wrong = call(&service, "ModifyEventConfig", json!({ "Mode": "push" })).await;
    assert_eq!(code(&wrong), "InvalidParameter");
    assert!(message(&wrong).contains("Mode"), "{wrong}");
}

#[tokio::test]
async fn only_events_of_the_spec_are_published() {
    let service = service(Options::default());
    assert_eq!(service.publish(json!([])), Err(PublishError::NotAnObject));
    assert_eq!(service.publish(json!({})), Err(PublishError::NoType));
    assert_eq!(service.publish(json!({ "EventType": "" })), Err(PublishError::NoType));
    assert_eq!(service.publish(json!({ "EventType": 1 })), Err(PublishError::NoType));
    let with_handle = json!({ "EventType": "FileDeleted", "EventHandle": "1" });
    assert_eq!(service.publish(with_handle), Err(PublishError::HasHandle));
    let wrong = json!({ "EventType": "FileDeleted", "FileDeleteEvent": { "FileIdSet": "1" } });
    let error = service.publish(wrong).unwrap_err();
    assert!(error.to_string().contains("FileDeleteEvent.FileIdSet"), "{error}");
    let misspelt = json!({ "EventType": "FileDeleted", "FileDeleteEvent": { "FileIds": ["1"] } });
    assert!(matches!(service.publish(misspelt), Err(PublishError::Mismatch(_))));
    assert_eq!(service.state().published, 0);

    // The set of types is open, and so are their payloads.
    let of_the_future = json!({ "EventType": "CoffeeReady", "CoffeeReadyEvent": { "Cups": 2 } });
    service.publish(of_the_future).unwrap();
    assert_eq!(service.state().published, 1);
}

#[tokio::test(start_paused = true)]
async fn a_service_may_stop_at_the_first_bad_handle() {
    let options = Options { bad_handle_in_batch: BadHandleInBatch::StopAtFirstBad, ..Options::default() };
    let service = service(options);
    publish(&service, 4);
    let mut pulled = handles(&pull(&service).await);
    pulled.insert(2, "0123".into());
    let refused = confirm(&service, &pulled).await;
    assert_eq!(code(&refused), "InvalidParameterValue");
    assert!(message(&refused).contains("EventHandles.2"), "{refused}");
    assert_eq!(service.state().confirmed, 2, "those before it");
    let again = confirm(&service, &pulled).await;
    assert!(message(&again).contains("EventHandles.0"), "a second confirmation is refused: {again}");
    assert_eq!(service.state().confirmed, 2);
    assert_eq!(code(&confirm(&service, &pulled[3..]).await), "ok");
    assert_eq!(service.state().confirmed, 4);
}

#[tokio::test(start_paused = true)]
async fn raw_events_are_handed_out_as_given() {
    let service = service(Options::default());
    service.publish(samples::file_deleted(1)).unwrap();
    let odd: [&[u8]; 5] = [
        br#"{"EventType":"NewFileUpload","FileUploadEvent":{"FileId":"\ud83d"}}"#,
        b"{\"EventType\":\"NewFileUpload\",\"FileUploadEvent\":{\"FileId\":\"\xff\"}}",
        br#"{"EventType":7,"EventHandle":["${EventHandle}"],"EventHandle":"x ${EventHandle}"}"#,
        b"{}",
        b"[]",
    ];
    for event in odd {
        service.publish_raw(0, event).unwrap();
    }
    let response = service.respond(Call::json(&service, "PullEvents", &json!({})).v3()).await;
    let body = response.body();
    let has = |piece: &[u8]| body.windows(piece.len()).any(|window| window == piece);
    assert!(has(br#""FileId":"\ud83d"}}"#) && has(b"\"FileId\":\"\xff\"}}") && has(b",[]]"));
    assert!(!has(b"${EventHandle}") && !has(b"\"raw "));
    let text = String::from_utf8_lossy(body);
    let found: Vec<&str> = text.split("\"EventHandle\":\"").skip(1).map(|rest| &rest[..34]).collect();
    assert_eq!(found.len(), 5, "{text}");
    let handles: Vec<String> =
        found.iter().map(|found| found.trim_start_matches("x ")[..32].to_owned()).collect();
    assert_eq!(code(&confirm(&service, &handles).await), "ok");
    service.advance(seconds(30));
    assert_eq!(pull(&service).await["EventSet"], json!([[]]), "what carries no handle cannot be confirmed");
    assert_eq!(service.publish_raw(0, ""), Ok(()));
}

/// Several events that are published together are not split between the pulls that wait.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_published_list_goes_to_one_waiting_pull() {
    for _ in 0..20 {
        let emulator = Emulator::start().await.unwrap();
        let service = emulator.service();
        let mut pulls = Vec::new();
        for _ in 0..8 {
            pulls.push(waiting_pull(service).await);
        }
        let list = Value::Array(samples::events(10).collect()).to_string();
        let response = service.respond(connection_free_post("/_emulator/events", list)).await;
        assert_eq!(response.status(), 200);
        service.advance(seconds(5));
        let mut counts = Vec::new();
        for pull in pulls {
            counts.extend(pull.await.unwrap()["EventSet"].as_array().map(Vec::len));
        }
        assert_eq!(counts, [10]);
    }
}

fn connection_free_post(uri: &str, body: String) -> http::Request<bytes::Bytes> {
    http::Request::post(uri).body(body.into()).unwrap()
}
