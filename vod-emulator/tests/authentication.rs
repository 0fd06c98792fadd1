//! Who may call, and which of the vendor's codes everybody else gets.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod signer;

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde_json::json;
use signer::{Call, FORM, code, message, send};
use vod_emulator::{ClockSkew, EmulatedService, Emulator, Options, WallClock};

fn service() -> EmulatedService {
    Emulator::builder().build().unwrap()
}

fn state_call(service: &EmulatedService) -> Call {
    Call::json(service, "DescribeEventsState", &json!({}))
}

#[tokio::test]
async fn accepts_every_form_of_v3() {
    let service = service();
    let post = state_call(&service);
    let get = Call::query(&service, "DescribeEventsState", "SubAppId=1500000001");
    let calls = [
        post.clone(),
        get.clone(),
        Call { unsigned_payload: true, ..post.clone() },
        Call { unsigned_payload: true, ..get.clone() },
        Call { signed_action: true, ..post.clone() },
        Call { content_type: "application/json".into(), ..post.clone() },
        // The vendor's Node SDK signs the host without its port and sends it with.
        Call { signed_host: "127.0.0.1".into(), ..post.clone() },
        Call { signed_host: "127.0.0.1".into(), ..get },
    ];
    for call in calls {
        assert_eq!(code(&send(&service, call.v3()).await), "ok", "{call:?}");
    }
    let mut dense = post.v3();
    let authorization = dense.headers()["authorization"].to_str().unwrap().replace(", ", ",");
    dense.headers_mut().insert("authorization", authorization.parse().unwrap());
    assert_eq!(code(&send(&service, dense).await), "ok");
}

#[tokio::test]
async fn accepts_every_form_of_v1() {
    let service = service();
    for method in [Method::GET, Method::POST] {
        for signature_method in [None, Some("HmacSHA1"), Some("HmacSHA256")] {
            for host in ["127.0.0.1:9410", "127.0.0.1"] {
                let call = Call { method: method.clone(), signed_host: host.into(), ..state_call(&service) };
                let request = call.v1(&[("SubAppId", "1500000001")], signature_method);
                assert_eq!(code(&send(&service, request).await), "ok", "{method} {signature_method:?}");
            }
        }
    }
}

#[tokio::test]
async fn refuses_a_wrong_signature() {
    let service = service();
    let good = state_call(&service);
    let wrong_key = Call { secret_key: "wrong".into(), ..good.clone() };
    let other_host = Call { signed_host: "vod.tencentcloudapi.com".into(), ..good.clone() };
    let mut changed_body = good.v3();
    *changed_body.body_mut() = Bytes::from_static(b"{ }");
    let yesterday = Call { timestamp: good.timestamp - 86_400, ..good.clone() };
    let mut wrong_day = yesterday.v3();
    wrong_day.headers_mut().insert("x-tc-timestamp", good.timestamp.into());
    let v1 = Call { method: Method::GET, ..wrong_key.clone() };
    for request in [
        wrong_key.v3(),
        other_host.v3(),
        changed_body,
        wrong_day,
        v1.v1(&[], None),
        v1.v1(&[], Some("HmacSHA256")),
    ] {
        let answer = send(&service, request).await;
        assert_eq!(code(&answer), "AuthFailure.SignatureFailure");
        assert!(!answer.to_string().contains(service.secret_key()), "{answer}");
    }
}

#[tokio::test]
async fn refuses_unknown_secret_ids_and_tokens() {
    let service = service();
    let good = state_call(&service);
    let unknown = Call { secret_id: "AKIDother".into(), ..good.clone() };
    assert_eq!(code(&send(&service, unknown.v3()).await), "AuthFailure.SecretIdNotFound");
    assert_eq!(code(&send(&service, unknown.v1(&[], None)).await), "AuthFailure.SecretIdNotFound");
    let unexpected = Call { token: Some("t".into()), ..good };
    assert_eq!(code(&send(&service, unexpected.v3()).await), "AuthFailure.TokenFailure");

    let temporary = Emulator::builder().secret_id("id").secret_key("key").token("t").build().unwrap();
    let none = state_call(&temporary);
    let wrong = Call { token: Some("u".into()), ..none.clone() };
    let right = Call { token: Some("t".into()), ..none.clone() };
    let right_v1 = Call { method: Method::POST, ..right.clone() };
    assert_eq!(code(&send(&temporary, none.v3()).await), "AuthFailure.TokenFailure");
    assert_eq!(code(&send(&temporary, wrong.v3()).await), "AuthFailure.TokenFailure");
    assert_eq!(code(&send(&temporary, right.v3()).await), "ok");
    assert_eq!(code(&send(&temporary, right_v1.v1(&[], None)).await), "ok");
}

#[tokio::test]
async fn a_timestamp_may_be_five_minutes_off() {
    let service = service();
    for (off, expected) in [
        (-298, "ok"),
        (298, "ok"),
        (-302, "AuthFailure.SignatureExpire"),
        (302, "AuthFailure.SignatureExpire"),
    ] {
        let good = state_call(&service);
        let call = Call { timestamp: good.timestamp + off, method: Method::POST, ..good };
        assert_eq!(code(&send(&service, call.v3()).await), expected, "{off}");
        assert_eq!(code(&send(&service, call.v1(&[], None)).await), expected, "{off}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_wall_clock_follows_what_it_is_told_to() {
    let of = |clock_skew, wall_clock| {
        let options = Options { clock_skew, wall_clock, ..Options::default() };
        Emulator::builder().options(options).build().unwrap()
    };
    let reference = service();
    let machine_time = reference.unix_seconds();
    let signed_now = |service: &EmulatedService| Call { timestamp: machine_time, ..state_call(service) }.v3();
    let minutes = |minutes: u64| Duration::from_secs(minutes * 60);

    for skew in [ClockSkew::Ahead(minutes(10)), ClockSkew::Behind(minutes(10))] {
        let skewed = of(skew, WallClock::Virtual);
        let response = skewed.respond(signed_now(&skewed)).await;
        // The client can tell the service's time from the answer.
        let date = response.headers()["date"].to_str().unwrap().to_owned();
        assert_eq!(code(&signer::inside(&response)), "AuthFailure.SignatureExpire");
        let plain = reference.respond(signed_now(&reference)).await;
        assert_ne!(date, plain.headers()["date"].to_str().unwrap());
    }

    let virtual_time = of(ClockSkew::None, WallClock::Virtual);
    virtual_time.advance(minutes(10));
    let answer = send(&virtual_time, signed_now(&virtual_time)).await;
    assert_eq!(code(&answer), "AuthFailure.SignatureExpire");
    let system_time = of(ClockSkew::None, WallClock::System);
    system_time.advance(minutes(10));
    assert_eq!(code(&send(&system_time, signed_now(&system_time)).await), "ok");
}

#[tokio::test]
async fn refuses_unknown_products_versions_and_actions() {
    let service = service();
    let good = state_call(&service);
    let v1 = Call { method: Method::GET, ..good.clone() };
    let cases = [
        (Call { product: "cvm".into(), ..good.clone() }.v3(), "NoSuchProduct"),
        (Call { product: "127".into(), ..good.clone() }.v3(), "NoSuchProduct"),
        (Call { version: "2017-03-12".into(), ..good.clone() }.v3(), "NoSuchVersion"),
        (Call { action: "DescribeNothing".into(), ..good.clone() }.v3(), "InvalidAction"),
        (Call { action: "describeEventsState".into(), ..good }.v3(), "InvalidAction"),
        (Call { version: "2017-03-12".into(), ..v1.clone() }.v1(&[], None), "NoSuchVersion"),
        (Call { action: "DescribeNothing".into(), ..v1 }.v1(&[], None), "InvalidAction"),
    ];
    for (request, expected) in cases {
        assert_eq!(code(&send(&service, request).await), expected);
    }
}

#[tokio::test]
async fn the_host_may_stand_for_the_service_if_told_so() {
    let options = Options { accept_host_as_service: true, ..Options::default() };
    let service = Emulator::builder().options(options).build().unwrap();
    let as_node = Call { product: "127".into(), signed_host: "127.0.0.1".into(), ..state_call(&service) };
    assert_eq!(code(&send(&service, as_node.v3()).await), "ok");
    let other = Call { product: "128".into(), ..as_node };
    assert_eq!(code(&send(&service, other.v3()).await), "NoSuchProduct");
}

#[tokio::test]
async fn names_what_is_missing() {
    let service = service();
    for (header, expected, named) in [
        ("x-tc-action", "MissingParameter", "Action"),
        ("x-tc-version", "MissingParameter", "Version"),
        ("x-tc-timestamp", "MissingParameter", "Timestamp"),
        ("authorization", "AuthFailure.InvalidAuthorization", "Authorization"),
    ] {
        let mut request = state_call(&service).v3();
        request.headers_mut().remove(header);
        let answer = send(&service, request).await;
        assert_eq!(code(&answer), expected, "{header}");
        assert!(message(&answer).contains(named), "{answer}");
    }
    for parameter in ["Action", "Version", "Timestamp", "Nonce", "SecretId", "Signature"] {
        let mut request = Call { method: Method::POST, ..state_call(&service) }.v1(&[], None);
        let form = String::from_utf8(request.body().to_vec()).unwrap();
        let kept: Vec<&str> =
            form.split('&').filter(|pair| !pair.starts_with(&format!("{parameter}="))).collect();
        *request.body_mut() = kept.join("&").into();
        let answer = send(&service, request).await;
        assert_eq!(code(&answer), "MissingParameter", "{parameter}");
        assert!(message(&answer).contains(&format!("`{parameter}`")), "{answer}");
    }
}

#[tokio::test]
async fn refuses_malformed_authorizations() {
    let service = service();
    for authorization in ["", "Bearer x", "TC3-HMAC-SHA256", "TC3-HMAC-SHA256 Credential=a", "SKIP"] {
        let mut request = state_call(&service).v3();
        request.headers_mut().insert("authorization", authorization.parse().unwrap());
        let answer = send(&service, request).await;
        assert_eq!(code(&answer), "AuthFailure.InvalidAuthorization", "{authorization}");
    }
    let mut request = state_call(&service).v3();
    request.headers_mut().insert("x-tc-timestamp", "soon".parse().unwrap());
    assert_eq!(code(&send(&service, request).await), "InvalidParameter");
}

#[tokio::test]
async fn unsigned_actions_need_no_signature() {
    let service = Emulator::builder().specs("tests/clock-specs").build().unwrap();
    let call = Call {
        version: "2024-01-01".into(),
        product: "clock".into(),
        ..Call::json(&service, "DescribeTime", &json!({}))
    };
    let mut skipped = call.v3();
    skipped.headers_mut().insert("authorization", "SKIP".parse().unwrap());
    assert_eq!(code(&send(&service, skipped).await), "ok");
    assert_eq!(code(&send(&service, call.v3()).await), "ok", "it may be signed all the same");
    let wrong = Call { secret_key: "wrong".into(), ..call.clone() };
    assert_eq!(code(&send(&service, wrong.v3()).await), "AuthFailure.SignatureFailure");
    let mut signed_only = Call { action: "DescribeClock".into(), ..call }.v3();
    signed_only.headers_mut().insert("authorization", "SKIP".parse().unwrap());
    assert_eq!(code(&send(&service, signed_only).await), "AuthFailure.InvalidAuthorization");
}

#[tokio::test]
async fn refuses_methods_and_content_types_that_the_vendor_does() {
    let service = service();
    let json = state_call(&service);
    let of_type = |content_type: &str| Call { content_type: content_type.into(), ..json.clone() }.v3();
    let get = Call::query(&service, "DescribeEventsState", "");
    let cases = [
        (of_type("multipart/form-data; boundary=x"), "InvalidRequest"),
        (of_type("application/octet-stream"), "UnsupportedProtocol"),
        (of_type("text/plain"), "UnsupportedProtocol"),
        (of_type(FORM), "UnsupportedProtocol"),
        (Call { content_type: "application/json".into(), ..get.clone() }.v3(), "UnsupportedProtocol"),
        (Call { method: Method::PUT, ..get }.v3(), "UnsupportedProtocol"),
    ];
    for (request, expected) in cases {
        assert_eq!(code(&send(&service, request).await), expected);
    }
}
