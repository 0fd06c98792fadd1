//! Signatures of requests to object storage, against vectors made by the vendor's Python SDK.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::Value;
use vod_api::Credential;
use vod_api::signature::cos::{Parts, authorization, http_string, presigned_query, string_to_sign};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../tests/vectors/cos_vectors.json")).unwrap()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap()
}

fn pairs(value: &Value) -> Vec<(&str, &str)> {
    let pairs = value.as_object().unwrap().iter();
    pairs.map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect()
}

/// What the vendor's SDKs sign; other headers are sent without a signature.
fn is_signed(header: &str) -> bool {
    let header = header.to_ascii_lowercase();
    !matches!(header.as_str(), "date" | "user-agent")
}

#[test]
fn requests_are_signed_as_the_vendors_sdk_signs_them() {
    let all = vectors();
    let all = all["vectors"].as_array().unwrap();
    assert_eq!(all.len(), 22);
    for vector in all {
        let name = text(vector, "name");
        let is_bare = name == "host_and_params_unsigned";
        let credential = Credential::new(text(vector, "secret_id"), text(vector, "secret_key"));
        let mut headers = pairs(&vector["headers"]);
        headers.retain(|(name, _)| is_signed(name));
        if !is_bare && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            headers.push(("Host", text(vector, "host")));
        }
        let parameters = if is_bare { Vec::new() } else { pairs(&vector["params"]) };
        let valid = vector["sign_start"].as_u64().unwrap()..vector["sign_end"].as_u64().unwrap();
        let parts = Parts {
            method: text(vector, "method"),
            path: text(vector, "object_path"),
            parameters: &parameters,
            headers: &headers,
            valid,
        };
        assert_eq!(http_string(&parts), text(vector, "http_string"), "{name}");
        assert_eq!(string_to_sign(&parts), text(vector, "string_to_sign"), "{name}");
        assert_eq!(authorization(&credential, &parts), text(vector, "authorization"), "{name}");
    }
}

#[test]
fn urls_are_presigned_as_the_vendors_sdk_presigns_them() {
    let all = vectors();
    let first = &all["vectors"][0];
    let credential = Credential::new(text(first, "secret_id"), text(first, "secret_key"));
    let presigned = all["presigned"].as_array().unwrap();
    assert_eq!(presigned.len(), 4);
    for vector in presigned {
        let (address, query) = text(vector, "url").split_once('?').unwrap();
        let (_, address) = address.split_once("://").unwrap();
        let (host, path) = address.split_once('/').unwrap();
        let path = format!("/{path}");
        let parts = Parts {
            method: text(vector, "method"),
            path: &path,
            parameters: &pairs(&vector["params"]),
            headers: &[("Host", host)],
            valid: vector["sign_start"].as_u64().unwrap()..vector["sign_end"].as_u64().unwrap(),
        };
        assert_eq!(presigned_query(&credential, &parts), query);
    }
}
