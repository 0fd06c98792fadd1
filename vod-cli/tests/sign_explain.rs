//! `vod sign explain`, as a person calls it, on all vectors and on the mistakes that signers make.

#![allow(clippy::unwrap_used, clippy::panic)] // a helper that fails has failed the test

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use vod_api::Credential;
use vod_api::signature::{Signer, tc3, v1};

const ID: &str = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
const KEY: &str = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";

/// Runs the command on a request from standard input, with a key in the environment or without one.
fn explain(request: &[u8], arguments: &[&str], key: Option<(&str, &str)>) -> Output {
    let nowhere = concat!(env!("CARGO_TARGET_TMPDIR"), "/no-home");
    let mut command = Command::new(env!("CARGO_BIN_EXE_vod"));
    command.env_clear().env("HOME", nowhere).args(["sign", "explain", "-"]).args(arguments);
    if let Some((id, key)) = key {
        command.env("TENCENTCLOUD_SECRET_ID", id).env("TENCENTCLOUD_SECRET_KEY", key);
    }
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(request).unwrap();
    child.wait_with_output().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!(
            "{error}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    })
}

fn request(head: &[(&str, &str)], line: &str, body: &[u8]) -> Vec<u8> {
    let mut text = format!("{line} HTTP/1.1\r\n").into_bytes();
    for (name, value) in head {
        write!(text, "{name}: {value}\r\n").unwrap();
    }
    text.extend_from_slice(b"\r\n");
    text.extend_from_slice(body);
    text
}

fn vectors(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

fn text<'v>(vector: &'v Value, key: &str) -> &'v str {
    vector[key].as_str().unwrap()
}

#[test]
fn every_tc3_vector_agrees_and_shows_its_steps() {
    for vector in vectors(include_str!("../../tests/vectors/tc3_vectors.json")) {
        let timestamp = vector["timestamp"].to_string();
        let mut head = vec![
            ("Host", text(&vector, "host")),
            ("Content-Type", text(&vector, "content_type")),
            ("X-TC-Action", vector["action"].as_str().unwrap_or("Any")),
            ("X-TC-Timestamp", &timestamp),
            ("Authorization", text(&vector, "authorization")),
        ];
        if vector["unsigned_payload"] == true {
            head.push(("X-TC-Content-SHA256", "UNSIGNED-PAYLOAD"));
        }
        let query = text(&vector, "query");
        let line = format!("{} /{}{query}", text(&vector, "method"), if query.is_empty() { "" } else { "?" });
        let sent = request(&head, &line, text(&vector, "payload").as_bytes());
        let key = (text(&vector, "secret_id"), text(&vector, "secret_key"));
        let service = text(&vector, "service");
        let output = explain(&sent, &["-o", "json", "--service", service], Some(key));
        let report = json(&output);
        let name = &vector["name"];
        assert_eq!(report["verdict"], "agrees", "{name}: {report:#}");
        assert_eq!(output.status.code(), Some(0), "{name}");
        assert_eq!(report["authorization"], vector["authorization"], "{name}");
        let lines = |step: usize| {
            let lines = report["steps"][step]["lines"].as_array().unwrap().iter();
            lines.map(|line| line["text"].as_str().unwrap()).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(lines(0), text(&vector, "canonical_request"), "{name}");
        assert_eq!(lines(1), text(&vector, "string_to_sign"), "{name}");
        let printed = String::from_utf8_lossy(&output.stdout).replace(key.0, "(id)");
        assert!(!printed.contains(key.1), "{name}: the key was printed");
    }
}

fn parameters(vector: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    vector["params"].as_object().unwrap().iter().map(|(name, value)| (name.clone(), text(value))).collect()
}

/// A request with these parameters in its query or form.
fn v1_request(method: &str, host: &str, path: &str, parameters: &[(String, String)]) -> Vec<u8> {
    let escape = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let encoded: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    let encoded = encoded.join("&");
    let head = [("Host", host), ("Content-Type", "application/x-www-form-urlencoded")];
    match method {
        "GET" => request(&head, &format!("GET {path}?{encoded}"), b""),
        _ => request(&head, &format!("POST {path}"), encoded.as_bytes()),
    }
}

#[test]
fn every_older_vector_agrees() {
    for vector in vectors(include_str!("../../tests/vectors/v1_vectors.json")) {
        let mut all = parameters(&vector);
        // The service takes a request without SecretId for one that nobody signed.
        let id = vector["params"]["SecretId"].as_str().unwrap_or("AKID1").to_owned();
        let has_method = all.iter().any(|(name, _)| name == "SignatureMethod");
        if text(&vector, "signature_method") == "HmacSHA256" && !has_method {
            continue; // The method would be a parameter, which the published signature does not cover.
        }
        all.push(("Signature".to_owned(), text(&vector, "signature").to_owned()));
        let sent = v1_request(text(&vector, "method"), text(&vector, "host"), text(&vector, "path"), &all);
        let output = explain(&sent, &["-o", "json"], Some((&id, text(&vector, "secret_key"))));
        let report = json(&output);
        assert_eq!(report["verdict"], "agrees", "{}: {report:#}", vector["name"]);
    }
}

const TIMESTAMP: u64 = 1_700_000_000;
const BODY: &str = r#"{"EventHandles": ["111", "222"], "ExtInfo": "x"}"#;
const CANONICAL: [&str; 8] = [
    "POST",
    "/",
    "",
    "content-type:application/json",
    "host:vod.tencentcloudapi.com",
    "",
    "content-type;host",
    "",
];

fn signer() -> Signer {
    Signer::new(Credential::new(ID, KEY))
}

/// The right request, but with this signature and these signed headers.
fn signed(signature: &str, names: &str, scope: &str) -> Vec<u8> {
    let timestamp = TIMESTAMP.to_string();
    let authorization =
        format!("TC3-HMAC-SHA256 Credential={ID}/{scope}, SignedHeaders={names}, Signature={signature}");
    let head = [
        ("Host", "vod.tencentcloudapi.com"),
        ("Content-Type", "application/json"),
        ("X-TC-Action", "ConfirmEvents"),
        ("X-TC-Timestamp", &timestamp),
        ("Authorization", &authorization),
    ];
    request(&head, "POST /", BODY.as_bytes())
}

fn sha256(body: &str) -> String {
    let parts = tc3::Parts {
        method: "POST",
        host: "",
        content_type: "",
        action: None,
        query: "",
        payload: tc3::Payload::Signed(body.as_bytes()),
        service: "vod",
        timestamp: 0,
    };
    tc3::canonical_request(&parts).lines().last().unwrap().to_owned()
}

/// Lines to change, the number of the first of them, a part of the reason.
type Case<'a> = (&'a [(usize, &'a str)], u64, &'a str);

#[test]
fn the_line_that_another_signer_has_differently_is_found_by_its_signature() {
    let right = sha256(BODY);
    let compact = sha256(r#"{"EventHandles":["111","222"],"ExtInfo":"x"}"#);
    let newline = sha256(&format!("{BODY}\n"));
    let empty = sha256("");
    let cases: [Case<'_>; 12] = [
        (&[(0, "GET")], 1, "for a GET"),
        (&[(0, "post")], 1, "lower case"),
        (&[(1, "")], 2, "must be `/`"),
        (&[(2, BODY)], 3, "as the query"),
        (&[(3, "content-type:application/json; charset=utf-8")], 4, "charset=utf-8"),
        (&[(4, "host:vod.tencentcloudapi.com:443")], 5, "port 443"),
        (&[(4, "host:vod.intl.tencentcloudapi.com")], 5, "another one"),
        (&[(7, &compact)], 8, "without spaces"),
        (&[(7, &newline)], 8, "line feed"),
        (&[(7, &empty)], 8, "empty body"),
        (&[(7, "UNSIGNED-PAYLOAD")], 8, "instead of its SHA-256"),
        (&[(3, "content-type:application/json; charset=utf-8"), (7, &compact)], 4, "; the JSON was signed"),
    ];
    for (edits, line, reason) in cases {
        let mut lines = CANONICAL.map(str::to_owned);
        lines[7].clone_from(&right);
        for (at, text) in edits {
            lines[*at] = (*text).to_owned();
        }
        let signature = signer().tc3_signature(&lines.join("\n"), "vod", TIMESTAMP);
        let sent = signed(&signature, "content-type;host", "2023-11-14/vod/tc3_request");
        let output = explain(&sent, &["-o", "json"], Some((ID, KEY)));
        let difference = json(&output)["difference"].clone();
        assert_eq!(output.status.code(), Some(1), "{edits:?}");
        assert_eq!(difference["step"], "canonical request", "{edits:?}: {difference:#}");
        assert_eq!(difference["line"], line, "{edits:?}: {difference:#}");
        assert_eq!(difference["given"], lines[edits[0].0], "{edits:?}");
        assert!(difference["reason"].as_str().unwrap().contains(reason), "{edits:?}: {difference:#}");
        assert!(!String::from_utf8_lossy(&output.stdout).contains(KEY));
    }
}

#[test]
fn ends_of_lines_and_mistakes_with_the_key_are_found() {
    let mut lines = CANONICAL.map(str::to_owned);
    lines[7] = sha256(BODY);
    let scope = "2023-11-14/vod/tc3_request";
    let difference = |signature: &str| {
        let output =
            explain(&signed(signature, "content-type;host", scope), &["-o", "json"], Some((ID, KEY)));
        assert!(!String::from_utf8_lossy(&output.stdout).contains(KEY));
        json(&output)["difference"].clone()
    };
    let crlf = difference(&signer().tc3_signature(&lines.join("\r\n"), "vod", TIMESTAMP));
    assert_eq!((&crlf["line"], &crlf["given"]), (&1.into(), &"POST\r".into()), "{crlf:#}");

    let mut without_empty_line = lines.to_vec();
    without_empty_line.remove(5);
    let missing = difference(&signer().tc3_signature(&without_empty_line.join("\n"), "vod", TIMESTAMP));
    assert_eq!(missing["line"], 6, "{missing:#}");
    assert!(missing["reason"].as_str().unwrap().contains("empty line"), "{missing:#}");

    for (key, part) in [(format!("{KEY}\n"), "line feed"), (ID.to_owned(), "secret id")] {
        let other = Signer::new(Credential::new(ID, key));
        let found = difference(&other.tc3_signature(&lines.join("\n"), "vod", TIMESTAMP));
        assert_eq!(found["step"], "signing key", "{found:#}");
        assert!(found["reason"].as_str().unwrap().contains(part), "{found:#}");
    }

    let foreign = Signer::new(Credential::new(ID, "another-key-altogether"));
    let unknown = difference(&foreign.tc3_signature(&lines.join("\n"), "vod", TIMESTAMP));
    assert_eq!(unknown["step"], "signature");
    assert!(unknown["reason"].as_str().unwrap().contains("another secret key"), "{unknown:#}");
}

#[test]
fn what_the_header_itself_shows_needs_no_key() {
    for (names, scope, step, line, part) in [
        ("content-type;host", "2023-11-15/vod/tc3_request", "string to sign", 3, "in UTC"),
        ("content-type;host", "2023-11-14/127/tc3_request", "string to sign", 3, "product's name"),
        ("content-type;host", "2023-11-14/vod/aws4_request", "string to sign", 3, "tc3_request"),
        ("host;content-type", "2023-11-14/vod/tc3_request", "canonical request", 7, "ascending order"),
        ("host", "2023-11-14/vod/tc3_request", "canonical request", 7, "content-type and host"),
        (
            "content-type;host;x-tc-region",
            "2023-11-14/vod/tc3_request",
            "canonical request",
            6,
            "no such header",
        ),
    ] {
        let output = explain(&signed("00", names, scope), &["-o", "json"], None);
        let difference = json(&output)["difference"].clone();
        assert_eq!(
            (&difference["step"], &difference["line"]),
            (&step.into(), &line.into()),
            "{difference:#}"
        );
        assert!(difference["reason"].as_str().unwrap().contains(part), "{difference:#}");
    }
    let sound = explain(&signed("00", "content-type;host", "2023-11-14/vod/tc3_request"), &[], None);
    assert_eq!(sound.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&sound.stdout).contains("can only be checked with the secret key"));
    let other = explain(
        &signed("00", "content-type;host", "2023-11-14/vod/tc3_request"),
        &[],
        Some(("AKID-another-0000-1111", "key-another")),
    );
    assert!(String::from_utf8_lossy(&other.stdout).contains("belongs to AKID...1111"));
    let strange = explain(&signed("00", "host", "a/b"), &["--authorization", "Bearer x"], None);
    assert_eq!(strange.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&strange.stdout).contains("First difference: Authorization header, line 1")
    );
}

#[test]
fn texts_of_other_signers_and_of_services_are_compared() {
    let mut lines = CANONICAL.map(str::to_owned);
    lines[7] = sha256(BODY);
    lines[4] = "host:example.com".to_owned();
    let sent = signed("00", "content-type;host", "2023-11-14/vod/tc3_request");
    let log = format!("CanonicalRequest:\n{}\n---", lines.join("\n"));
    for pasted in [log.clone(), log.replace('\n', "\\n"), serde_json::to_string(&log).unwrap()] {
        let report = json(&explain(&sent, &["-o", "json", "--against", &pasted], None));
        assert_eq!(report["difference"]["line"], 5, "{pasted}: {report:#}");
        assert_eq!(report["difference"]["expected"], "host:vod.tencentcloudapi.com");
    }
    let answer = r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureFailure","Message":"Check your signature."},"RequestId":"r"}}"#;
    let output = explain(&sent, &["--against", answer], Some((ID, KEY)));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(printed.contains("AuthFailure.SignatureFailure: Check your signature."), "{printed}");
    assert!(printed.contains("First difference: signature"), "{printed}");

    let expired = "[TencentCloudSDKException] code:AuthFailure.SignatureExpire message:expired requestId:r";
    let report = json(&explain(&sent, &["-o", "json", "--against", expired], None));
    assert_eq!(
        (&report["difference"]["step"], &report["difference"]["line"]),
        (&"string to sign".into(), &2.into())
    );
    assert_eq!(report["difference"]["given"], TIMESTAMP.to_string());
    assert!(report["notes"][1].as_str().unwrap().starts_with("The spec on this code: "), "{report:#}");

    let nothing = explain(&sent, &["--against", "lorem ipsum"], None);
    assert_eq!(nothing.status.code(), Some(2));
}

#[test]
fn mistakes_of_the_older_methods_are_found() {
    let parameters: Vec<(String, String)> = [
        ("Action", "ConfirmEvents"),
        ("EventHandles.0", "a b+c/é"),
        ("Nonce", "7"),
        ("SecretId", ID),
        ("Timestamp", "1700000000"),
        ("Token", "temporary-token-0123456789"),
        ("Version", "2018-07-17"),
        ("signature_Method", "x"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let parts = |parameters| v1::Parts {
        algorithm: v1::Algorithm::Sha1,
        method: "POST",
        host: "vod.tencentcloudapi.com",
        path: "/",
        parameters,
    };
    let right = v1::string_to_sign(&parts(&parameters[..]));
    let sign = |text: &str| signer().v1_signature(v1::Algorithm::Sha1, text);
    let report = |signature: &str| {
        let mut all = parameters.clone();
        all.push(("Signature".to_owned(), signature.to_owned()));
        let sent = v1_request("POST", "vod.tencentcloudapi.com", "/", &all);
        let output = explain(&sent, &["-o", "json"], Some((ID, KEY)));
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(!printed.contains(KEY) && !printed.contains("temporary-token"), "{printed}");
        json(&output)
    };
    assert_eq!(report(&sign(&right))["verdict"], "agrees");
    let cases = [
        (right.replace("POSTvod", "GETvod"), "method", "for a GET"),
        (right.replacen('/', "", 1), "path", "left out"),
        (right.replace("a b+c/é", "a%20b%2Bc%2F%C3%A9"), "parameter EventHandles.0", "percent-encoded"),
        (right.replace("Nonce=7&", ""), "parameter Nonce", "not signed"),
        (
            right.replace("signature_Method", "signature.Method"),
            "parameter signature_Method",
            "in place of `_`",
        ),
    ];
    for (text, what, reason) in cases {
        let difference = report(&sign(&text))["difference"].clone();
        assert_eq!(difference["what"], what, "{text}: {difference:#}");
        assert!(difference["reason"].as_str().unwrap().contains(reason), "{difference:#}");
    }
    let other_hash = report(&signer().v1_signature(v1::Algorithm::Sha256, &right))["difference"].clone();
    assert_eq!(other_hash["given"], "HmacSHA256", "{other_hash:#}");

    // A `+` that is sent as it is arrives as a space.
    let signature = sign(&right);
    let mut encoded_twice = parameters.clone();
    encoded_twice.push((
        "Signature".to_owned(),
        signature.replace('=', "%3D").replace('+', "%2B").replace('/', "%2F"),
    ));
    let sent = v1_request("POST", "vod.tencentcloudapi.com", "/", &encoded_twice);
    let difference = json(&explain(&sent, &["-o", "json"], Some((ID, KEY))))["difference"].clone();
    assert!(difference["reason"].as_str().unwrap().contains("percent-encoded twice"), "{difference:#}");
}

#[test]
fn a_plus_that_arrives_as_a_space_is_told() {
    let parameters = |nonce: u64| {
        [
            ("Action", "PullEvents"),
            ("Nonce", &nonce.to_string()),
            ("SecretId", ID),
            ("Timestamp", "1700000000"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let signature = |nonce: u64| {
        let parts = v1::Parts {
            algorithm: v1::Algorithm::Sha1,
            method: "GET",
            host: "vod.tencentcloudapi.com",
            path: "/",
            parameters: &parameters(nonce),
        };
        signer().v1(&parts)
    };
    let nonce = (0..1000).find(|nonce| signature(*nonce).contains('+')).unwrap();
    let mut all = parameters(nonce).to_vec();
    all.push(("Signature".to_owned(), signature(nonce).replace('+', " ")));
    let sent = v1_request("GET", "vod.tencentcloudapi.com", "/", &all);
    let difference = json(&explain(&sent, &["-o", "json"], Some((ID, KEY))))["difference"].clone();
    assert!(difference["reason"].as_str().unwrap().contains("arrives as a space"), "{difference:#}");
}

#[test]
fn what_cannot_be_used_is_refused_with_a_reason() {
    for (text, arguments, part) in [
        ("hello", &[][..], "is not a request line"),
        ("POST / HTTP/1.1\nHost: h\n\n{}", &[], "X-TC-Timestamp: the request has no such header"),
        ("POST / HTTP/1.1\nX-TC-Timestamp: soon\n\n{}", &[], "must be a number of seconds"),
        ("POST / HTTP/1.1\n\n", &["--against", "-"], "only one of the request and --against"),
        ("POST / HTTP/1.1\n\n", &["--profile", "absent"], "profile `absent`: "),
    ] {
        let output = explain(text.as_bytes(), arguments, None);
        assert_eq!(output.status.code(), Some(2), "{text}");
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(stderr.contains(part), "{stderr}");
    }
}

#[test]
fn the_emulators_own_key_needs_no_setting() {
    let (id, key) = (vod_emulator::DEFAULT_SECRET_ID, vod_emulator::DEFAULT_SECRET_KEY);
    let timestamp = TIMESTAMP.to_string();
    let mut head = vec![
        ("Host", "127.0.0.1:9410"),
        ("Content-Type", "application/json"),
        ("X-TC-Timestamp", &timestamp),
    ];
    let unsigned = request(&head, "POST /", b"{}");
    let parts = tc3::Parts {
        method: "POST",
        host: "127.0.0.1:9410",
        content_type: "application/json",
        action: None,
        query: "",
        payload: tc3::Payload::Signed(b"{}"),
        service: "vod",
        timestamp: TIMESTAMP,
    };
    let authorization = Signer::new(Credential::new(id, key)).tc3(&parts);
    head.push(("Authorization", &authorization));
    let report = json(&explain(&request(&head, "POST /", b"{}"), &["-o", "json"], None));
    assert_eq!(report["verdict"], "agrees", "{report:#}");
    let other = json(&explain(&unsigned, &["-o", "json"], None));
    assert_eq!((&other["verdict"], &other["signature"]), (&"nothing-to-compare".into(), &Value::Null));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 12, ..Default::default() })]
    #[test]
    fn no_input_makes_it_panic(request in ".{0,200}", pasted in "(GET|POST)[ -~\n/?&=]{0,80}") {
        for text in [request.clone(), format!("POST / HTTP/1.1\nX-TC-Timestamp: 1\n\n{request}"), format!("GET /?Signature=a&{request} HTTP/1.1\nHost: h\n\n")] {
            let output = explain(text.as_bytes(), &["--against", &pasted], Some((ID, KEY)));
            proptest::prop_assert!(output.status.code().is_some_and(|code| code <= 2), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
}
