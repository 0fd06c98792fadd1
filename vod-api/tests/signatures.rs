//! All published and generated signatures that the project knows.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests fail by panicking")]

use serde_json::Value;
use vod_api::Credential;
use vod_api::signature::explain::{self, SentRequest, StepKind, Tc3Scope};
use vod_api::signature::{Signer, tc3, v1};

fn vectors(text: &str) -> Vec<Value> {
    serde_json::from_str(text).expect("the vectors are a list")
}

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap_or_else(|| panic!("{}: no text {key}", vector["name"]))
}

#[test]
fn every_tc3_vector_is_reproduced() {
    let vectors = vectors(include_str!("../../tests/vectors/tc3_vectors.json"));
    assert_eq!(vectors.len(), 36);
    for vector in &vectors {
        let name = text(vector, "name");
        let payload = text(vector, "payload").as_bytes();
        let action = text(vector, "signed_headers").contains("x-tc-action").then(|| text(vector, "action"));
        let unsigned = vector["unsigned_payload"] == Value::Bool(true);
        let parts = tc3::Parts {
            method: text(vector, "method"),
            host: text(vector, "host"),
            content_type: text(vector, "content_type"),
            action,
            query: text(vector, "query"),
            payload: if unsigned { tc3::Payload::Unsigned } else { tc3::Payload::Signed(payload) },
            service: text(vector, "service"),
            timestamp: vector["timestamp"].as_u64().expect("seconds"),
        };
        let canonical = tc3::canonical_request(&parts);
        assert_eq!(canonical, text(vector, "canonical_request"), "{name}");
        assert!(canonical.ends_with(text(vector, "hashed_payload")), "{name}");
        let to_sign = tc3::string_to_sign(&parts);
        assert_eq!(to_sign, text(vector, "string_to_sign"), "{name}");
        assert!(to_sign.ends_with(text(vector, "hashed_canonical_request")), "{name}");
        assert!(to_sign.contains(text(vector, "credential_scope")), "{name}");

        let signer = Signer::new(Credential::new(text(vector, "secret_id"), text(vector, "secret_key")));
        for round in ["derived", "cached"] {
            assert_eq!(signer.tc3(&parts), text(vector, "authorization"), "{name}, {round} key");
        }

        let mut headers = vec![
            ("HOST".to_owned(), format!(" {} ", parts.host)),
            ("Content-Type".to_owned(), parts.content_type.to_owned()),
            ("x-tc-timestamp".to_owned(), parts.timestamp.to_string()),
            ("X-TC-Action".to_owned(), vector["action"].as_str().unwrap_or("Any").to_owned()),
        ];
        if unsigned {
            headers.push(("X-TC-Content-SHA256".to_owned(), tc3::UNSIGNED_PAYLOAD.to_owned()));
        }
        let request = SentRequest {
            method: parts.method,
            path: "/",
            query: parts.query,
            headers: &headers,
            body: payload,
        };
        let signed_headers: Vec<&str> = text(vector, "signed_headers").split(';').collect();
        let scope = Tc3Scope { service: parts.service, signed_headers: &signed_headers };
        let explanation = explain::tc3(&request, scope, Some(&signer)).expect("a timestamp");
        let step = |kind| explanation.step(kind).map(explain::Step::text);
        assert_eq!(step(StepKind::CanonicalRequest), Some(canonical), "{name}");
        assert_eq!(step(StepKind::StringToSign), Some(to_sign), "{name}");
        assert_eq!(explanation.signature.as_deref(), Some(text(vector, "signature")), "{name}");
        assert!(!format!("{explanation:?}").contains(text(vector, "secret_key")), "{name}");
    }
}

#[test]
fn every_older_vector_is_reproduced() {
    let vectors = vectors(include_str!("../../tests/vectors/v1_vectors.json"));
    assert_eq!(vectors.len(), 15);
    for vector in &vectors {
        let name = text(vector, "name");
        let parameters: Vec<(&String, String)> = vector["params"]
            .as_object()
            .expect("parameters")
            .iter()
            .map(|(name, value)| (name, value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
            .collect();
        let parts = v1::Parts {
            algorithm: match text(vector, "signature_method") {
                "HmacSHA256" => v1::Algorithm::Sha256,
                "HmacSHA1" => v1::Algorithm::Sha1,
                other => panic!("{name}: {other}"),
            },
            method: text(vector, "method"),
            host: text(vector, "host"),
            path: text(vector, "path"),
            parameters: &parameters,
        };
        assert_eq!(v1::string_to_sign(&parts), text(vector, "string_to_sign"), "{name}");
        let signer = Signer::new(Credential::new("the-id-is-a-parameter", text(vector, "secret_key")));
        assert_eq!(signer.v1(&parts), text(vector, "signature"), "{name}");

        let explanation = explain::v1(&parts, Some(&signer));
        assert_eq!(explanation.steps[0].text(), text(vector, "string_to_sign"), "{name}");
        assert_eq!(explanation.signature.as_deref(), Some(text(vector, "signature")), "{name}");
    }
}

#[test]
fn one_signer_keeps_services_and_days_apart() {
    let signer = Signer::new(Credential::new("AKID1", "key"));
    let sign = |service, timestamp| {
        let parts = tc3::Parts {
            method: "POST",
            host: "127.0.0.1:1",
            content_type: "application/json",
            action: None,
            query: "",
            payload: tc3::Payload::Signed(b"{}"),
            service,
            timestamp,
        };
        let fresh = Signer::new(Credential::new("AKID1", "key")).tc3(&parts);
        assert_eq!(signer.tc3(&parts), fresh, "{service} {timestamp}");
        fresh
    };
    // More days than keys are kept, twice, so that keys are found, dropped and derived again.
    let days: Vec<String> = (0..40).map(|day| sign("vod", day % 20 * 86_400)).collect();
    assert_eq!(days[..20], days[20..]);
    assert_ne!(sign("vod", 86_399), sign("vod", 86_400));
    assert_ne!(sign("vod", 0), sign("sts", 0));
}
