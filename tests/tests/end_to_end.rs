//! The client against the emulator, over loopback: the main job in every way that a call can be made.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use serde_json::json;
use vod_api::vod::{
    ConfirmEventsRequest, DescribeEventConfigRequest, DescribeEventsStateRequest, ErrorCode,
    EventNotificationMode, EventType, ModifyEventConfigRequest, PullEventsRequest, Switch,
};
use vod_api::{Client, ClientBuilder, Credential, ErrorKind, HttpMethod, SignatureMethod};
use vod_emulator::{BadHandleInBatch, ConfirmTwice, EmptyPull, Emulator, Options, WallClock, samples};

fn client(emulator: &Emulator) -> ClientBuilder {
    Client::builder()
        .credential(Credential::new(emulator.secret_id(), emulator.secret_key()))
        .endpoint(emulator.endpoint())
}

/// Signatures keep to the machine's clock when a test moves the queue's.
async fn emulator(options: Options) -> Emulator {
    let options = Options { wall_clock: WallClock::System, ..options };
    Emulator::builder().options(options).start().await.unwrap()
}

#[tokio::test]
async fn events_are_pulled_read_and_confirmed() {
    let emulator = Emulator::start().await.unwrap();
    for event in samples::events(20) {
        emulator.publish(event).unwrap();
    }
    let client = client(&emulator).build().unwrap();
    let mut seen = Vec::new();
    for expected in [16, 4] {
        let pulled = client.pull_events(PullEventsRequest::new()).await.unwrap();
        assert_eq!(pulled.event_set.len(), expected);
        seen.extend(pulled.event_set);
    }
    assert!(seen.iter().all(|event| !matches!(event.event_type, EventType::Unknown(_))));
    let upload = seen.iter().find(|event| event.event_type == EventType::NewFileUpload).unwrap();
    assert!(!upload.file_upload_event.as_ref().unwrap().file_id.is_empty());

    let state = emulator.state();
    assert_eq!((state.queued, state.in_flight, state.confirmed), (0, 20, 0));
    for handles in seen.chunks(16) {
        let handles = handles.iter().map(|event| event.event_handle.as_str());
        client.confirm_events(ConfirmEventsRequest::new(handles)).await.unwrap();
    }
    let state = emulator.state();
    assert_eq!((state.queued, state.in_flight, state.confirmed), (0, 0, 20));
    let backlog = client.describe_events_state(DescribeEventsStateRequest::new()).await.unwrap();
    assert_eq!(backlog.count_of_events_to_pull, 0);
}

#[tokio::test]
async fn every_signature_method_and_payload_form_is_accepted() {
    for (method, http, unsigned) in [
        (SignatureMethod::Tc3, HttpMethod::Post, false),
        (SignatureMethod::Tc3, HttpMethod::Get, false),
        (SignatureMethod::Tc3, HttpMethod::Post, true),
        (SignatureMethod::Tc3, HttpMethod::Get, true),
        (SignatureMethod::HmacSha256, HttpMethod::Post, false),
        (SignatureMethod::HmacSha256, HttpMethod::Get, false),
        (SignatureMethod::HmacSha1, HttpMethod::Post, false),
        (SignatureMethod::HmacSha1, HttpMethod::Get, false),
    ] {
        let emulator = Emulator::start().await.unwrap();
        for event in samples::three_events() {
            emulator.publish(event).unwrap();
        }
        let client =
            client(&emulator).signature(method).method(http).unsigned_payload(unsigned).build().unwrap();
        let info = "\u{672a}\u{547d}\u{540d} &=+%~*'()!-_.";
        let pulled = client.pull_events(PullEventsRequest::new().ext_info(info)).await.unwrap();
        let handles = pulled.event_set.iter().map(|event| event.event_handle.as_str());
        client.confirm_events(ConfirmEventsRequest::new(handles).ext_info(info)).await.unwrap();
        assert_eq!(emulator.state().confirmed, 3, "{method:?} {http:?} {unsigned}");
    }
}

#[tokio::test]
async fn a_token_travels_with_temporary_credentials() {
    let emulator = Emulator::builder().token("temporary").start().await.unwrap();
    let with = |token: &str| {
        let credential = Credential::new(emulator.secret_id(), emulator.secret_key()).with_token(token);
        Client::builder().credential(credential).endpoint(emulator.endpoint()).build().unwrap()
    };
    with("temporary").describe_events_state(DescribeEventsStateRequest::new()).await.unwrap();
    let error = with("other").describe_events_state(DescribeEventsStateRequest::new()).await.unwrap_err();
    assert_eq!(error.code(), Some(ErrorCode::AuthFailureTokenFailure));
}

#[tokio::test]
async fn seventeen_handles_are_refused_before_anything_is_sent() {
    let emulator = Emulator::start().await.unwrap();
    let client = client(&emulator).build().unwrap();
    let error = client.confirm_events(ConfirmEventsRequest::new(vec!["h"; 17])).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.to_string(), "ConfirmEvents failed: EventHandles has 17 items, at most 16 are allowed");
    assert_eq!(emulator.calls().total, 0);
}

#[tokio::test]
async fn an_expired_handle_is_refused_and_its_event_comes_again() {
    let emulator = emulator(Options::default()).await;
    emulator.publish(samples::new_file_upload(1)).unwrap();
    let client = client(&emulator).build().unwrap();
    let first = client.pull_events(PullEventsRequest::new()).await.unwrap().event_set.remove(0);
    emulator.advance(Duration::from_secs(31));
    let late = ConfirmEventsRequest::new([first.event_handle.as_str()]);
    let error = client.confirm_events(late).await.unwrap_err();
    assert_eq!(error.code(), Some(ErrorCode::InvalidParameterValue));
    assert!(error.request_id().is_some());
    let start = format!("ConfirmEvents failed: InvalidParameterValue: {}", error.message());
    assert!(error.to_string().starts_with(&start), "{error}");

    let second = client.pull_events(PullEventsRequest::new()).await.unwrap().event_set.remove(0);
    assert_ne!(second.event_handle, first.event_handle);
    assert_eq!(second.file_upload_event, first.file_upload_event);
    client.confirm_events(ConfirmEventsRequest::new([second.event_handle])).await.unwrap();
    assert_eq!(emulator.state().confirmed, 1);
}

#[tokio::test]
async fn an_empty_queue_is_no_error_unless_the_service_says_so() {
    for empty_pull in [EmptyPull::NullSet, EmptyPull::AbsentSet] {
        let emulator =
            emulator(Options { empty_pull, long_poll: Duration::ZERO, ..Options::default() }).await;
        let pulled = client(&emulator).build().unwrap().pull_events(PullEventsRequest::new()).await.unwrap();
        assert!(pulled.event_set.is_empty());
        assert!(!pulled.request_id.is_empty());
    }
    let options =
        Options { empty_pull: EmptyPull::ResourceNotFound, long_poll: Duration::ZERO, ..Options::default() };
    let emulator = emulator(options).await;
    let error = client(&emulator).build().unwrap().pull_events(PullEventsRequest::new()).await.unwrap_err();
    assert_eq!(error.code(), Some(ErrorCode::ResourceNotFound));
}

#[tokio::test]
async fn what_the_vendor_leaves_open_is_an_option_of_the_emulator() {
    let options = Options {
        bad_handle_in_batch: BadHandleInBatch::ConfirmGoodOnes,
        confirm_twice: ConfirmTwice::Accept,
        ..Options::default()
    };
    let emulator = emulator(options).await;
    emulator.publish(samples::file_deleted(1)).unwrap();
    let client = client(&emulator).build().unwrap();
    let event = client.pull_events(PullEventsRequest::new()).await.unwrap().event_set.remove(0);
    let confirm = |handles: &[&str]| client.confirm_events(ConfirmEventsRequest::new(handles.to_vec()));
    assert!(confirm(&[&event.event_handle, "unknown"]).await.is_err());
    assert_eq!(emulator.state().confirmed, 1);
    confirm(&[&event.event_handle]).await.unwrap();
}

#[tokio::test]
async fn each_application_has_its_own_queue_and_the_client_can_name_it_once() {
    let emulator = Emulator::builder().sub_app_id(1_500_000_001).start().await.unwrap();
    emulator.publish_to(1_500_000_001, samples::pull_complete(1)).unwrap();
    let client = client(&emulator).sub_app_id(1_500_000_001).build().unwrap();
    let pulled = client.pull_events(PullEventsRequest::new()).await.unwrap();
    assert_eq!(pulled.event_set.len(), 1);
    assert_eq!(emulator.state_of(1_500_000_001).in_flight, 1);
    let error = client.pull_events(PullEventsRequest::new().sub_app_id(7)).await.unwrap_err();
    assert_eq!(error.code_str(), Some("InvalidParameterValue"));
}

#[tokio::test]
async fn a_wrong_key_is_refused_and_never_shown() {
    let emulator = Emulator::start().await.unwrap();
    let credential = Credential::new(emulator.secret_id(), "thisIsNotTheKey");
    let client = Client::builder().credential(credential).endpoint(emulator.endpoint()).build().unwrap();
    let error = client.pull_events(PullEventsRequest::new()).await.unwrap_err();
    assert_eq!(error.code(), Some(ErrorCode::AuthFailureSignatureFailure));
    assert!(error.is_authentication());
    assert!(!format!("{error} {error:?} {client:?}").contains("thisIsNotTheKey"));
}

#[tokio::test]
async fn the_notification_settings_are_read_as_they_were_written() {
    let emulator = Emulator::start().await.unwrap();
    let client = client(&emulator).build().unwrap();
    let modify = ModifyEventConfigRequest::new()
        .mode(EventNotificationMode::Pull)
        .upload_media_complete_event_switch(Switch::On);
    client.modify_event_config(modify).await.unwrap();
    let config = client.describe_event_config(DescribeEventConfigRequest::new()).await.unwrap();
    assert_eq!(config.mode, EventNotificationMode::Pull);
    assert_eq!(config.upload_media_complete_event_switch, Switch::On);
    assert_eq!(config.delete_media_complete_event_switch, Switch::Off);
}

#[tokio::test]
async fn events_of_a_type_that_nobody_knows_yet_keep_their_payload() {
    let emulator = Emulator::start().await.unwrap();
    let event = json!({ "EventType": "NotYetInvented", "NotYetInventedEvent": { "Id": 7 } });
    if let Err(refusal) = emulator.publish(event.clone()) {
        panic!("the emulator plays what the service may send: {refusal}");
    }
    let client = client(&emulator).build().unwrap();
    let pulled = client.pull_events(PullEventsRequest::new()).await.unwrap().event_set.remove(0);
    assert_eq!(pulled.event_type.as_str(), "NotYetInvented");
    assert_eq!(pulled.unknown_members["NotYetInventedEvent"], event["NotYetInventedEvent"]);
}
