//! The vendor's own signatures, and what differs from them by a little.

use http::Request;
use serde_json::Value;

use super::*;
use crate::storage::operation::{decode_path, query_pairs};

fn vectors() -> Value {
    serde_json::from_str(&crate::test_vectors::vectors_file("cos_vectors.json")).unwrap()
}

fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap_or_default()
}

/// The request of a vector, with this signature.
fn request(vector: &Value, authorization: &str) -> Request<()> {
    let query = text(vector, "query_on_the_wire");
    let path = vector["url_path_on_the_wire"].as_str().unwrap_or_else(|| text(vector, "object_path"));
    let uri = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let mut builder = Request::builder()
        .method(text(vector, "method"))
        .uri(uri)
        .header("host", text(vector, "host"))
        .header("authorization", authorization);
    for (name, value) in vector["headers"].as_object().unwrap() {
        if !name.eq_ignore_ascii_case("host") {
            builder = builder.header(name, value.as_str().unwrap());
        }
    }
    let mut request = builder.body(()).unwrap();
    let own_host = vector["headers"].get("Host").or_else(|| vector["headers"].get("host"));
    if let Some(host) = own_host.and_then(Value::as_str) {
        request.headers_mut().insert("host", host.parse().unwrap());
    }
    request
}

fn accepted(request: &Request<()>, key: &str) -> bool {
    let query = query_pairs(request.uri().query().unwrap_or_default()).unwrap();
    let path = decode_path(request.uri().path()).unwrap();
    StorageSignature::read(request, &query)
        .is_some_and(|signature| signature.matches(request, &path, &query, key))
}

#[test]
fn accepts_every_vector_of_the_vendor() {
    let vectors = vectors();
    let vectors = vectors["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 22);
    for vector in vectors {
        let key = text(vector, "secret_key");
        for name in ["authorization", "vendor_authorization"] {
            let Some(authorization) = vector[name].as_str() else { continue };
            let request = request(vector, authorization);
            assert!(accepted(&request, key), "{} {name}", text(vector, "name"));
            assert!(!accepted(&request, "another"), "{} {name}", text(vector, "name"));
        }
    }
}

#[test]
fn accepts_presigned_urls() {
    let vectors = vectors();
    let key = text(&vectors["vectors"][0], "secret_key").to_owned();
    for vector in vectors["presigned"].as_array().unwrap() {
        let url = text(vector, "url").parse::<http::Uri>().unwrap();
        let host = url.host().unwrap().to_owned();
        let path = url.path_and_query().unwrap().as_str().to_owned();
        let request = Request::builder()
            .method(text(vector, "method"))
            .uri(path)
            .header("host", host)
            .body(())
            .unwrap();
        assert!(accepted(&request, &key), "{}", text(vector, "url"));
        let query = query_pairs(request.uri().query().unwrap()).unwrap();
        let signature = StorageSignature::read(&request, &query).unwrap();
        assert_eq!(signature.token.as_deref(), vector["token"].as_str());
    }
}

#[test]
fn refuses_what_was_changed() {
    let vectors = vectors();
    for vector in vectors["vectors"].as_array().unwrap() {
        let (key, authorization) = (text(vector, "secret_key"), text(vector, "authorization"));
        let name = text(vector, "name");
        let digit = authorization.len() - 1;
        let other = if authorization.ends_with('0') { "1" } else { "0" };
        let wrong = format!("{}{other}", &authorization[..digit]);
        assert!(!accepted(&request(vector, &wrong), key), "{name}");
        let longer = authorization.replace("q-sign-time=1", "q-sign-time=0");
        assert!(!accepted(&request(vector, &longer), key), "{name}: both times are one");
        let mut elsewhere = request(vector, authorization);
        *elsewhere.method_mut() = http::Method::OPTIONS;
        assert!(!accepted(&elsewhere, key), "{name}");
    }
}
