//! What a program would find at the real service and must find here too.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod signer;

use std::time::Duration;

use serde_json::{Value, json};
use signer::{Call, call, code, handles, message, send};
use vod_emulator::{
    BatchSize, DeliveryOrder, EmulatedService, Emulator, EventMode, LateConfirmCode, MissingSubAppId,
    Options, OtherPayloads, StartError, samples,
};

fn service(options: Options) -> EmulatedService {
    Emulator::builder().options(options).build().unwrap()
}

async fn pull(service: &EmulatedService) -> Value {
    call(service, "PullEvents", json!({})).await
}

#[tokio::test(start_paused = true)]
async fn an_account_with_named_applications_must_name_one_in_each_call() {
    let named = Emulator::builder().sub_app_id(5).build().unwrap();
    for action in ["PullEvents", "DescribeEventConfig", "DescribeMediaInfos"] {
        let parameters = if action == "DescribeMediaInfos" { json!({ "FileIds": ["1"] }) } else { json!({}) };
        let refused = call(&named, action, parameters).await;
        assert_eq!(code(&refused), "MissingParameter", "{action}");
        assert!(message(&refused).contains("SubAppId"), "{refused}");
    }
    assert_eq!(code(&call(&named, "DescribeEventConfig", json!({ "SubAppId": 5 })).await), "ok");
    // This action is about the account, and has no such parameter.
    assert_eq!(code(&call(&named, "DescribeSubAppIds", json!({})).await), "ok");

    let options = Options { missing_sub_app_id: MissingSubAppId::Accepted, ..Options::default() };
    let old = Emulator::builder().sub_app_id(5).options(options).build().unwrap();
    assert_eq!(code(&call(&old, "DescribeEventConfig", json!({})).await), "ok");
    let options = Options { missing_sub_app_id: MissingSubAppId::Refused, ..Options::default() };
    let refused = call(&service(options), "DescribeEventConfig", json!({})).await;
    assert_eq!(code(&refused), "MissingParameter");
    assert_eq!(code(&call(&service(Options::default()), "DescribeEventConfig", json!({})).await), "ok");
}

#[tokio::test(start_paused = true)]
async fn the_default_application_has_a_number() {
    let options = Options { missing_sub_app_id: MissingSubAppId::Accepted, ..Options::default() };
    let service = Emulator::builder().default_sub_app_id(1_500_000_000).options(options).build().unwrap();
    service.publish(samples::file_deleted(1)).unwrap();
    service.publish_to(1_500_000_000, samples::file_deleted(2)).unwrap();
    assert_eq!((service.state().queued, service.state_of(1_500_000_000).queued), (2, 2));
    let pulled = call(&service, "PullEvents", json!({ "SubAppId": 1_500_000_000 })).await;
    assert_eq!(handles(&pulled).len(), 2, "one queue under both names");
    let confirmed = call(&service, "ConfirmEvents", json!({ "EventHandles": handles(&pulled) })).await;
    assert_eq!(code(&confirmed), "ok");
    let other = call(&service, "DescribeEventConfig", json!({ "SubAppId": 7 })).await;
    assert_ne!(code(&other), "ok", "no application of this account");
}

#[tokio::test(start_paused = true)]
async fn pulls_find_events_in_the_mode_pull_alone() {
    let service = service(Options { event_mode: EventMode::Push, ..Options::default() });
    service.publish(samples::file_deleted(1)).unwrap();
    assert_eq!(call(&service, "DescribeEventConfig", json!({})).await["Mode"], "PUSH");
    assert_eq!(pull(&service).await["EventSet"], Value::Null);
    let waiting = tokio::spawn({
        let service = service.clone();
        async move { pull(&service).await }
    });
    while service.state().waiting_pulls == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(code(&call(&service, "ModifyEventConfig", json!({ "Mode": "PULL" })).await), "ok");
    assert_eq!(handles(&waiting.await.unwrap()).len(), 1);
    call(&service, "ModifyEventConfig", json!({ "Mode": "PUSH" })).await;
    service.advance(Duration::from_secs(30));
    assert_eq!(pull(&service).await["EventSet"], Value::Null);
}

#[tokio::test(start_paused = true)]
async fn switches_can_be_obeyed() {
    let service = service(Options { obey_event_config: true, ..Options::default() });
    let publish = || {
        service.publish(samples::new_file_upload(1)).unwrap();
        service.publish(samples::file_deleted(2)).unwrap();
        service.publish(samples::pull_complete(3)).unwrap();
        (service.state().published, service.state().not_wanted)
    };
    assert_eq!(publish(), (1, 2), "the switches are off at first");
    let on = json!({ "UploadMediaCompleteEventSwitch": "ON", "DeleteMediaCompleteEventSwitch": "ON" });
    call(&service, "ModifyEventConfig", on).await;
    assert_eq!(publish(), (4, 2));
    call(&service, "ModifyEventConfig", json!({ "Mode": "PUSH" })).await;
    assert_eq!(publish(), (4, 5));
}

#[tokio::test]
async fn a_notification_url_is_a_url() {
    let service = service(Options::default());
    for (url, expected) in [
        ("", "ok"),
        ("http://example.com/callback?a=1", "ok"),
        ("https://[::1]:8080/", "ok"),
        ("not a url", "InvalidParameter"),
        ("/callback", "InvalidParameter"),
        ("example.com/callback", "InvalidParameter"),
        ("ftp://example.com/", "InvalidParameter"),
    ] {
        let answer = call(&service, "ModifyEventConfig", json!({ "NotificationUrl": url })).await;
        assert_eq!(code(&answer), expected, "{url}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_payloads_of_other_types_are_null() {
    for (other_payloads, expected) in
        [(OtherPayloads::Null, Some(&Value::Null)), (OtherPayloads::Absent, None)]
    {
        let service = service(Options { other_payloads, ..Options::default() });
        service.publish(samples::file_deleted(1)).unwrap();
        let event = pull(&service).await["EventSet"][0].take();
        assert_eq!(event.get("FileUploadEvent"), expected);
        assert_eq!(event.get("ProcedureStateChangeEvent"), expected);
        assert!(event["FileDeleteEvent"].is_object());
    }
}

#[tokio::test]
async fn errors_come_in_the_language_that_is_asked_for() {
    let service = service(Options::default());
    let call = Call::json(&service, "ConfirmEvents", &json!({}));
    let mut request = call.v3();
    request.headers_mut().insert("x-tc-language", "zh-CN".parse().unwrap());
    let chinese = send(&service, request).await;
    assert_eq!(code(&chinese), "MissingParameter");
    assert!(message(&chinese).starts_with("缺少参数"), "{chinese}");
    assert!(message(&chinese).contains("EventHandles"), "{chinese}");
    let mut request = call.v3();
    request.headers_mut().insert("x-tc-language", "en-US".parse().unwrap());
    assert!(message(&send(&service, request).await).is_ascii());
    assert!(message(&send(&service, call.v3()).await).is_ascii());
    // The signed form of the tests names it among the parameters.
    let form = Call { method: http::Method::POST, ..call }.v1(&[], Some("HmacSHA256"));
    assert!(message(&send(&service, form).await).starts_with("缺少参数"));
}

#[tokio::test]
async fn the_request_id_stands_in_a_header_too() {
    let service = service(Options::default());
    for parameters in [json!({ "EventHandles": ["1"] }), json!({})] {
        let response = service.respond(Call::json(&service, "ConfirmEvents", &parameters).v3()).await;
        let body: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(response.headers()["x-tc-requestid"], body["Response"]["RequestId"].as_str().unwrap());
    }
}

#[tokio::test(start_paused = true)]
async fn order_and_batches_can_be_left_to_chance() {
    let options = Options {
        delivery_order: DeliveryOrder::Shuffled,
        batch_size: BatchSize::Partial,
        seed: 3,
        ..Options::default()
    };
    let service = service(options);
    for event in samples::events(40) {
        service.publish(event).unwrap();
    }
    let mut sizes = Vec::new();
    while service.state().queued > 0 {
        let pulled = handles(&pull(&service).await);
        sizes.push(pulled.len());
        assert_eq!(code(&call(&service, "ConfirmEvents", json!({ "EventHandles": pulled })).await), "ok");
    }
    assert!(sizes.iter().any(|size| *size < 16) && sizes.iter().all(|size| *size <= 16), "{sizes:?}");
    assert_eq!((service.state().confirmed, sizes.iter().sum::<usize>()), (40, 40));
}

#[tokio::test(start_paused = true)]
async fn the_region_does_not_multiply_a_rate() {
    let service = service(Options::default());
    let mut answers = Vec::new();
    for number in 0..40 {
        let of_region = Call {
            region: Some(format!("ap-region-{number}")),
            ..Call::json(&service, "DescribeEventConfig", &json!({}))
        };
        answers.push(code(&send(&service, of_region.v3()).await));
    }
    assert!(answers.contains(&"RequestLimitExceeded".to_owned()), "{answers:?}");
}

/// Every action is called with an application that does not exist, with wrong values and with a wrong type.
#[tokio::test]
async fn a_code_that_an_action_does_not_list_is_never_sent() {
    let loaded = vod_spec::load_service(std::path::Path::new("api-specs"), std::path::Path::new("vod"));
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let options = Options {
        enforce_rate_limits: false,
        missing_sub_app_id: MissingSubAppId::Accepted,
        long_poll: Duration::ZERO,
        ..Options::default()
    };
    let service = Emulator::builder().sub_app_id(5).options(options).build().unwrap();
    let of_every_action = [
        "InvalidParameter",
        "MissingParameter",
        "UnknownParameter",
        "InternalError",
        "RequestLimitExceeded",
        "RequestSizeLimitExceeded",
    ];
    let mut refusals = 0;
    for action in &loaded.service.actions {
        let mut given = action.examples.first().map_or(json!({}), |example| example.request.clone());
        let mut tried = vec![json!({ "NoSuchParameter": 1 }), json!({})];
        for field in &action.request {
            for wrong in
                [json!(""), json!("x".repeat(3000)), json!([]), json!(-1), json!(vec!["no"; 300]), json!({})]
            {
                let mut parameters = given.clone();
                parameters[&field.name] = wrong;
                tried.push(parameters);
            }
        }
        given["SubAppId"] = json!(7);
        tried.push(given);
        for parameters in tried {
            let answer = call(&service, &action.name, parameters.clone()).await;
            let code = code(&answer);
            let no_list = action.errors.is_empty();
            let listed = action.errors.iter().any(|listed| listed.code == code);
            assert!(
                // Of some actions no code at all is published.
                code == "ok"
                    || listed
                    || no_list && !code.contains('.')
                    || of_every_action.contains(&code.as_str()),
                "{} answers {code} to {parameters}",
                action.name
            );
            refusals += u32::from(code != "ok");
        }
    }
    assert!(refusals > 1000, "{refusals}");
}

#[tokio::test]
async fn codes_are_the_nearest_that_the_action_lists() {
    let service = Emulator::builder()
        .sub_app_id(5)
        .options(Options { missing_sub_app_id: MissingSubAppId::Accepted, ..Options::default() })
        .build()
        .unwrap();
    let sign_key = call(&service, "ModifyEventConfig", json!({ "SignKey": "x".repeat(33) })).await;
    assert_eq!(code(&sign_key), "InvalidParameter");
    for (action, parameters, expected) in [
        ("SearchMedia", json!({ "SubAppId": 7 }), "InvalidParameterValue.SubAppId"),
        ("PullEvents", json!({ "SubAppId": 7 }), "InvalidParameterValue"),
        ("ModifyEventConfig", json!({ "SubAppId": 7 }), "InvalidParameter"),
    ] {
        assert_eq!(code(&call(&service, action, parameters).await), expected, "{action}");
    }
    for unlisted in ["ResourceNotFound", "InvalidParameter"] {
        assert!(unlisted.parse::<LateConfirmCode>().is_err(), "ConfirmEvents does not list {unlisted}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_number_of_waiting_events_can_be_old() {
    let minutes = Duration::from_mins(3);
    let service = service(Options { backlog_delay: minutes, ..Options::default() });
    let told =
        || async { call(&service, "DescribeEventsState", json!({})).await["CountOfEventsToPull"].clone() };
    service.publish(samples::file_deleted(1)).unwrap();
    assert_eq!(told().await, 0);
    service.advance(minutes);
    assert_eq!(told().await, 1);
    pull(&service).await;
    assert_eq!(told().await, 1, "it has been pulled since");
    assert_eq!(service.state().queued, 0);
}

/// An action for which no rate is published is not limited.
#[tokio::test(start_paused = true)]
async fn absent_rates_limit_nothing() {
    let loaded = vod_spec::load_service(std::path::Path::new("api-specs"), std::path::Path::new("vod"));
    let unlimited: Vec<_> =
        loaded.service.actions.iter().filter(|action| action.rate_limit.is_none()).collect();
    assert!(!unlimited.is_empty());
    let service = service(Options::default());
    for action in unlimited {
        let parameters = action.examples.first().map_or(json!({}), |example| example.request.clone());
        let call = Call::json(&service, &action.name, &parameters).v3();
        // The smallest rate that is published is 20 a second.
        for _ in 0..30 {
            let response = service.respond(call.clone()).await;
            let body: Value = serde_json::from_slice(response.body()).unwrap();
            assert_ne!(code(&body["Response"]), "RequestLimitExceeded", "{}", action.name);
        }
    }
}

#[test]
fn faults_that_can_meet_no_call_are_refused() {
    use vod_emulator::{Fault, Faults};
    for (faults, expected) in [
        (Faults::none().random("PullEvent", 0.5, Fault::TokenExpired), "did you mean `PullEvents`"),
        (Faults::none().script("NoSuchAction", [None::<Fault>]), "no action `NoSuchAction`"),
        (Faults::none().script("ConfirmEvents", [Fault::DuplicateDelivery]), "only of `PullEvents`"),
    ] {
        let error = service(Options::default()).set_faults(faults.clone()).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        let error = Emulator::builder().faults(faults).build().unwrap_err();
        assert!(matches!(&error, StartError::Faults(_)) && error.to_string().contains(expected), "{error}");
    }
}
