//! Temporary credentials: who gets them, and how long the emulator accepts them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod signer;

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};
use signer::{Call, code, send};
use vod_emulator::{EmulatedService, Emulator, Options};

const VERSION: &str = "2018-08-13";

fn service(options: Options) -> EmulatedService {
    Emulator::builder().options(Options { long_poll: Duration::ZERO, ..options }).build().unwrap()
}

/// Assumes a role with the permanent credential.
async fn assume(service: &EmulatedService, parameters: Value) -> Value {
    let call = Call::json(service, "AssumeRole", &parameters);
    send(service, Call { product: "sts".into(), version: VERSION.into(), ..call }.v3()).await
}

fn role(seconds: u64) -> Value {
    json!({
        "RoleArn": "qcs::cam::uin/10001:roleName/reader",
        "RoleSessionName": "session",
        "DurationSeconds": seconds,
    })
}

/// The code of a call with the credential that an answer of STS has.
async fn code_with(service: &EmulatedService, assumed: &Value, token: Option<&str>) -> String {
    let credentials = &assumed["Credentials"];
    let text = |name: &str| credentials[name].as_str().unwrap().to_owned();
    let call = Call {
        secret_id: text("TmpSecretId"),
        secret_key: text("TmpSecretKey"),
        token: token.map(str::to_owned),
        ..Call::json(service, "DescribeEventConfig", &json!({}))
    };
    code(&send(service, call.v3()).await)
}

#[tokio::test(start_paused = true)]
async fn an_assumed_role_calls_until_its_credential_expires() {
    let service = service(Options::default());
    let assumed = assume(&service, role(900)).await;
    assert_eq!(code(&assumed), "ok");
    assert_eq!(assumed["ExpiredTime"].as_i64().unwrap(), service.unix_seconds() + 900);
    let token = assumed["Credentials"]["Token"].as_str().unwrap();
    assert_eq!(code_with(&service, &assumed, Some(token)).await, "ok");
    assert_eq!(code_with(&service, &assumed, None).await, "AuthFailure.TokenFailure");
    assert_eq!(code_with(&service, &assumed, Some("another")).await, "AuthFailure.TokenFailure");
    let other = assume(&service, role(900)).await;
    assert_ne!(other["Credentials"], assumed["Credentials"], "each call gives one of its own");
    let others = other["Credentials"]["Token"].as_str().unwrap();
    assert_eq!(code_with(&service, &assumed, Some(others)).await, "AuthFailure.TokenFailure");

    service.advance(Duration::from_secs(899));
    assert_eq!(code_with(&service, &assumed, Some(token)).await, "ok");
    service.advance(Duration::from_secs(1));
    assert_eq!(code_with(&service, &assumed, Some(token)).await, "AuthFailure.TokenFailure");
}

#[tokio::test(start_paused = true)]
async fn a_temporary_credential_assumes_a_role_itself() {
    let service = service(Options::default());
    let first = assume(&service, role(900)).await;
    let credentials = &first["Credentials"];
    let text = |name: &str| credentials[name].as_str().unwrap().to_owned();
    let call = Call {
        product: "sts".into(),
        version: VERSION.into(),
        secret_id: text("TmpSecretId"),
        secret_key: text("TmpSecretKey"),
        token: Some(text("Token")),
        ..Call::json(&service, "AssumeRole", &role(60))
    };
    assert_eq!(code(&send(&service, call.v3()).await), "ok");
}

#[tokio::test]
async fn wrong_calls_of_sts_are_refused() {
    let service = service(Options::default());
    for (parameters, expected) in [
        (json!({ "RoleSessionName": "session" }), "MissingParameter"),
        (json!({ "RoleArn": "reader", "RoleSessionName": "session" }), "InvalidParameter.ParamError"),
        (role(43_201), "InvalidParameter.OverLimit InvalidParameter InvalidParameterValue"),
    ] {
        let found = code(&assume(&service, parameters.clone()).await);
        assert!(expected.split(' ').any(|one| one == found), "{parameters}: {found}");
    }
}

#[tokio::test]
async fn a_token_of_a_provider_takes_the_place_of_a_signature() {
    let service = service(Options::default());
    let request = |token: &str| {
        let body = json!({
            "ProviderId": "OIDC",
            "WebIdentityToken": token,
            "RoleArn": "qcs::cam::uin/10001:roleName/pod",
            "RoleSessionName": "session",
        });
        Request::builder()
            .method("POST")
            .uri("/")
            .header("host", signer::HOST)
            .header("authorization", "SKIP")
            .header("content-type", "application/json")
            .header("x-tc-action", "AssumeRoleWithWebIdentity")
            .header("x-tc-version", VERSION)
            .body(Bytes::from(body.to_string()))
            .unwrap()
    };
    let assumed = send(&service, request("a.token.of-it")).await;
    let token = assumed["Credentials"]["Token"].as_str().unwrap();
    assert_eq!(code_with(&service, &assumed, Some(token)).await, "ok");
    assert_eq!(assumed["ExpiredTime"].as_i64().unwrap(), service.unix_seconds() + 7200);
    assert_eq!(code(&send(&service, request("")).await), "InvalidParameter");
}

#[tokio::test(start_paused = true)]
async fn the_metadata_service_tells_the_credential_of_the_machine() {
    let service = service(Options { machine_role_lifetime: Duration::from_secs(100), ..Options::default() });
    let path = "/latest/meta-data/cam/security-credentials/";
    let get = |path: String, host: &'static str| {
        let request = Request::builder().uri(path).header("host", host).body(Bytes::new()).unwrap();
        async { service.respond(request).await }
    };
    let role = get(path.into(), "metadata.tencentyun.com").await;
    assert_eq!(role.body(), "emulator-role");
    let read = async || {
        let answer = get(format!("{path}emulator-role"), signer::HOST).await;
        serde_json::from_slice::<Value>(answer.body()).unwrap()
    };
    let first = read().await;
    assert_eq!(
        (&first["Code"], &first["ExpiredTime"]),
        (&json!("Success"), &json!(service.unix_seconds() + 100))
    );
    let assumed = json!({ "Credentials": first });
    assert_eq!(code_with(&service, &assumed, first["Token"].as_str()).await, "ok");
    service.advance(Duration::from_secs(49));
    assert_eq!(read().await, first);
    service.advance(Duration::from_secs(1));
    let second = read().await;
    assert_ne!(second["Token"], first["Token"]);
    assert_eq!(
        code_with(&service, &assumed, first["Token"].as_str()).await,
        "ok",
        "the first is good to its end"
    );
    service.advance(Duration::from_secs(50));
    assert_eq!(code_with(&service, &assumed, first["Token"].as_str()).await, "AuthFailure.TokenFailure");
    assert_eq!(get(format!("{path}another"), signer::HOST).await.status(), 404);
    let none = Emulator::builder().options(Options { machine_role: String::new(), ..Options::default() });
    let none = none.build().unwrap();
    let request = Request::builder().uri(path).header("host", signer::HOST).body(Bytes::new()).unwrap();
    assert_eq!(none.respond(request).await.status(), 404);
}

#[tokio::test]
async fn credentials_are_part_of_the_state() {
    let service = service(Options::default());
    let assumed = assume(&service, role(900)).await;
    let token = assumed["Credentials"]["Token"].as_str();
    let saved = service.snapshot().unwrap();
    service.reset();
    assert_eq!(code_with(&service, &assumed, token).await, "AuthFailure.SecretIdNotFound");
    assert_eq!(assume(&service, role(900)).await["Credentials"], assumed["Credentials"], "as from a new one");
    let other = Emulator::builder().build().unwrap();
    other.restore(&saved).unwrap();
    assert_eq!(code_with(&other, &assumed, token).await, "ok");
    // A snapshot of an emulator that had no account yet.
    let mut old: Value = serde_json::from_slice(&saved).unwrap();
    old.as_object_mut().unwrap().remove("account");
    other.restore(old.to_string().as_bytes()).unwrap();
    assert_eq!(code_with(&other, &assumed, token).await, "AuthFailure.SecretIdNotFound");
}

/// The same calls have the same answers, request ids and handles included, where that was asked for.
#[tokio::test(start_paused = true)]
async fn a_seed_and_a_start_time_make_a_run_repeatable() {
    let run = async |seed: u64, repeatable: bool| {
        let start_time = Some(1_767_225_600);
        let options = Options { seed, repeatable, start_time, ..Options::default() };
        let service = service(options);
        let mut answers = Vec::new();
        service.publish(vod_emulator::samples::file_deleted(1)).unwrap();
        for (action, parameters) in [
            ("ApplyUpload", json!({ "MediaType": "mp4" })),
            ("CreateClass", json!({ "ParentId": -1, "ClassName": "a" })),
            ("PullUpload", json!({ "MediaUrl": "http://example.com/a.mp4" })),
            ("CreateTranscodeTemplate", json!({ "Container": "mp4" })),
            ("DescribeTranscodeTemplates", json!({})),
            ("PullEvents", json!({})),
            ("DescribeMediaInfos", json!({ "FileIds": ["nope"] })),
        ] {
            service.advance(Duration::from_secs(2));
            answers.push(service.respond(Call::json(&service, action, &parameters).v3()).await.into_body());
        }
        answers.push(assume(&service, role(900)).await.to_string().into());
        answers
    };
    assert_eq!(run(7, true).await, run(7, true).await);
    assert_ne!(run(7, true).await, run(8, true).await);
    assert_ne!(run(7, false).await, run(7, false).await);
}

/// A clock that began elsewhere does not lock clients out that sign with their machine's time.
#[tokio::test]
async fn a_start_time_lets_clients_sign_with_their_own_time() {
    let service = service(Options { start_time: Some(1_000_000_000), ..Options::default() });
    let now = self::service(Options::default()).unix_seconds();
    for (timestamp, expected) in
        [(now, "ok"), (service.unix_seconds(), "ok"), (1_500_000_000, "AuthFailure.SignatureExpire")]
    {
        let call = Call { timestamp, ..Call::json(&service, "DescribeEventConfig", &json!({})) };
        assert_eq!(code(&send(&service, call.v3()).await), expected, "{timestamp}");
    }
    let created = signer::call(&service, "CreateTranscodeTemplate", json!({ "Container": "mp4" })).await;
    assert_eq!(code(&created), "ok");
    let listed = signer::call(&service, "DescribeTranscodeTemplates", json!({})).await;
    let time = listed["TranscodeTemplateSet"][0]["CreateTime"].as_str().unwrap().to_owned();
    assert!(time.starts_with("2001-09-09T"), "{time}");
}
