use http::{HeaderName, HeaderValue};
use serde_json::Value;

use super::*;

struct Vector {
    name: String,
    method: String,
    query: String,
    payload: Vec<u8>,
    headers: HeaderMap,
    timestamp: i64,
    authorization: String,
    secret_key: String,
}

impl Vector {
    fn read(value: &Value) -> Self {
        let text = |key: &str| value[key].as_str().unwrap().to_owned();
        let mut headers = HeaderMap::new();
        let mut set = |name: &str, value: &str| {
            let name: HeaderName = name.parse().unwrap();
            headers.insert(name, HeaderValue::from_str(value).unwrap());
        };
        set("host", &text("host"));
        set("content-type", &text("content_type"));
        if let Some(action) = value["action"].as_str() {
            set("x-tc-action", action);
        }
        if value["unsigned_payload"] == true {
            set("x-tc-content-sha256", UNSIGNED_PAYLOAD);
        }
        // The vectors of the SDK carry all headers that it sent.
        for (name, value) in value["headers"].as_object().into_iter().flatten() {
            set(name, value.as_str().unwrap());
        }
        Self {
            name: text("name"),
            method: text("method"),
            query: text("query"),
            payload: text("payload").into_bytes(),
            headers,
            timestamp: value["timestamp"].as_i64().unwrap(),
            authorization: text("authorization"),
            secret_key: text("secret_key"),
        }
    }

    fn accepted(&self) -> bool {
        let Ok(authorization) = Authorization::parse(&self.authorization) else {
            return false;
        };
        let request = SignedRequest {
            method: &self.method,
            query: &self.query,
            headers: &self.headers,
            payload: &self.payload,
            timestamp: self.timestamp,
        };
        verify(&authorization, request, &self.secret_key)
    }

    fn unsigned_payload(&self) -> bool {
        self.headers.contains_key("x-tc-content-sha256")
    }
}

fn vectors() -> Vec<Vector> {
    let vectors: Vec<Value> =
        serde_json::from_str(&crate::test_vectors::vectors_file("tc3_vectors.json")).unwrap();
    vectors.iter().map(Vector::read).collect()
}

/// Replaces one byte by another printable one.
fn flip(text: &mut String, at: usize) {
    let mut bytes = std::mem::take(text).into_bytes();
    bytes[at] ^= 1;
    *text = String::from_utf8(bytes).unwrap();
}

#[test]
fn accepts_every_vector() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 36);
    for vector in vectors {
        assert!(vector.accepted(), "{}", vector.name);
    }
}

#[test]
fn dates_are_the_scope_s() {
    for vector in vectors() {
        let authorization = Authorization::parse(&vector.authorization).unwrap();
        assert_eq!(utc_date(vector.timestamp).unwrap(), authorization.date, "{}", vector.name);
    }
    assert_eq!(utc_date(i64::MAX), None);
}

#[test]
fn refuses_a_changed_signature() {
    for mut vector in vectors() {
        let last = vector.authorization.len() - 1;
        for at in [last - 63, last - 20, last] {
            flip(&mut vector.authorization, at);
            assert!(!vector.accepted(), "{}", vector.name);
            flip(&mut vector.authorization, at);
        }
        vector.authorization.pop();
        assert!(!vector.accepted(), "{}: a digit short", vector.name);
    }
}

#[test]
fn refuses_a_changed_payload_query_key_time_or_method() {
    for mut vector in vectors() {
        let name = vector.name.clone();
        vector.payload.push(b' ');
        assert_eq!(vector.accepted(), vector.unsigned_payload(), "{name}: payload");
        vector.payload.pop();
        if let Some(last) = vector.payload.last_mut() {
            *last ^= 1;
            assert_eq!(vector.accepted(), vector.unsigned_payload(), "{name}: last byte of the payload");
            *vector.payload.last_mut().unwrap() ^= 1;
        }
        vector.query.push('x');
        assert!(!vector.accepted(), "{name}: query");
        vector.query.pop();
        flip(&mut vector.secret_key, 5);
        assert!(!vector.accepted(), "{name}: key");
        flip(&mut vector.secret_key, 5);
        vector.timestamp += 1;
        assert!(!vector.accepted(), "{name}: timestamp");
        vector.timestamp -= 1;
        vector.method = "PUT".into();
        assert!(!vector.accepted(), "{name}: method");
    }
}

#[test]
fn refuses_changed_signed_headers() {
    for mut vector in vectors() {
        for header in ["content-type", "host"] {
            let kept = vector.headers.remove(header).unwrap();
            assert!(!vector.accepted(), "{}: no {header}", vector.name);
            let mut changed = kept.as_bytes().to_vec();
            changed[3] ^= 1;
            vector.headers.insert(header, HeaderValue::from_bytes(&changed).unwrap());
            assert!(!vector.accepted(), "{}: {header}", vector.name);
            vector.headers.insert(header, kept);
        }
        let action_signed = vector.authorization.contains("x-tc-action");
        vector.headers.insert("x-tc-action", HeaderValue::from_static("Other"));
        assert_eq!(vector.accepted(), !action_signed, "{}: action", vector.name);
    }
}

#[test]
fn the_port_may_be_sent_though_it_was_not_signed() {
    for mut vector in vectors().into_iter().filter(|vector| vector.name == "vod-pullevents-post-empty-body") {
        vector.headers.insert("host", HeaderValue::from_static("vod.tencentcloudapi.com:8443"));
        assert!(vector.accepted());
        vector.headers.insert("host", HeaderValue::from_static("vod.tencentcloudapi.com:x"));
        assert!(!vector.accepted());
    }
}

#[test]
fn reads_the_header_with_and_without_blanks() {
    let spaced = "TC3-HMAC-SHA256 Credential=a/b/2019-02-25/cvm/tc3_request, \
                  SignedHeaders=content-type;host, Signature=00";
    let dense = spaced.replace(", ", ",");
    let authorization = Authorization::parse(spaced).unwrap();
    assert_eq!(Authorization::parse(&dense), Ok(authorization.clone()));
    assert_eq!(authorization.secret_id, "a/b");
    assert_eq!(authorization.service, "cvm");
}

#[test]
fn refuses_malformed_headers() {
    let good = "TC3-HMAC-SHA256 Credential=a/2019-02-25/cvm/tc3_request, \
                SignedHeaders=content-type;host, Signature=00";
    for (from, to) in [
        ("TC3-HMAC-SHA256", "TC3-HMAC-SHA1"),
        ("TC3-HMAC-SHA256 ", "TC3-HMAC-SHA256"),
        ("tc3_request", "tc2_request"),
        ("a/2019", "2019"),
        ("Credential", "Credentials"),
        ("Credential=a/2019-02-25/cvm/tc3_request, ", ""),
        ("content-type;host", "host"),
        ("content-type;host", "content-type"),
        ("content-type;host", "host;content-type"),
        ("content-type;host", "Content-Type;Host"),
        ("content-type;host", "content-type;host;host"),
        ("SignedHeaders=content-type;host, ", ""),
        (", Signature=00", ""),
        ("Signature=00", "Signature"),
        ("Signature=00", "Signature=00, Signature=00"),
    ] {
        assert!(Authorization::parse(good).is_ok());
        assert!(Authorization::parse(&good.replace(from, to)).is_err(), "{from} -> {to}");
    }
}
