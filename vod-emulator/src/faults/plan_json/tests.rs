use serde_json::json;

use super::*;

fn read(json: &Value) -> Result<Faults, String> {
    Faults::from_json(json.to_string().as_bytes()).map_err(|error| error.to_string())
}

fn fault(json: &Value) -> Result<Fault, String> {
    let faults = read(&json!({ "script": [{ "faults": [json] }] }))?;
    Ok(faults.scripts[&Target::All][0].clone().unwrap())
}

#[test]
fn reads_seed_chance_and_script() {
    let faults = read(&json!({
        "seed": 7,
        "random": [
            { "probability": 0.25, "fault": "bad-gateway" },
            { "action": "PullEvents", "probability": 0.5, "fault": { "kind": "slow-body", "pause-ms": 3 } },
        ],
        "script": [{ "action": "ConfirmEvents", "faults": [null, "token-expired"] }],
    }));
    let expected = Faults::seeded(7)
        .random(Target::All, 0.25, Fault::BadGateway { handled: false })
        .random("PullEvents", 0.5, Fault::SlowBody { pause: Duration::from_millis(3) })
        .script("ConfirmEvents", [None, Some(Fault::TokenExpired)]);
    assert_eq!(faults, Ok(expected));
    assert_eq!(read(&json!({})), Ok(Faults::none()));
}

#[test]
fn reads_every_kind() {
    let second = Duration::from_secs(1);
    let status = StatusCode::SERVICE_UNAVAILABLE;
    for (json, expected) in [
        (
            json!({"kind": "latency", "before-ms": 1000}),
            Fault::Latency { before: second, after: Duration::ZERO },
        ),
        (
            json!({"kind": "latency", "after-ms": 1000}),
            Fault::Latency { before: Duration::ZERO, after: second },
        ),
        (
            json!({"kind": "connection-refused", "lasting-ms": 1000}),
            Fault::ConnectionRefused { lasting: second },
        ),
        (json!("connection-refused"), Fault::ConnectionRefused { lasting: Duration::ZERO }),
        (json!("reset-before-request"), Fault::ResetBeforeRequest),
        (json!("reset-after-request"), Fault::ResetAfterRequest),
        (json!("reset-after-handling"), Fault::ResetAfterHandling),
        (json!("truncated-body"), Fault::TruncatedBody { keep: 20 }),
        (json!({"kind": "truncated-body", "keep": 3}), Fault::TruncatedBody { keep: 3 }),
        (json!({"kind": "bad-gateway", "handled": true}), Fault::BadGateway { handled: true }),
        (json!("server-error"), Fault::internal_error(false)),
        (json!("byte-order-mark"), Fault::ByteOrderMark),
        (json!("beside-response"), Fault::BesideResponse),
        (json!("deep-warning"), Fault::DeepWarning { depth: 200 }),
        (json!({"kind": "deep-warning", "depth": 3}), Fault::DeepWarning { depth: 3 }),
        (json!({"kind": "replaced-body", "body": "x"}), Fault::ReplacedBody { body: "x".into() }),
        (
            json!({"kind": "replaced-body", "body-base64": "/w=="}),
            Fault::ReplacedBody { body: vec![0xff].into() },
        ),
        (
            json!({"kind": "server-error", "status": 503, "code": "ServiceUnavailable", "handled": true}),
            Fault::ServerError { status, code: "ServiceUnavailable".into(), handled: true },
        ),
        (
            json!({"kind": "throttling", "lasting-ms": 1000, "retry-after": true}),
            Fault::Throttling { lasting: second, retry_after: true },
        ),
        (
            json!({"kind": "clock-skew", "skew-seconds": -1}),
            Fault::ClockSkew { skew: ClockSkew::Behind(second), lasting: Duration::ZERO },
        ),
        (json!("token-expired"), Fault::TokenExpired),
        (json!("slow-body"), Fault::SlowBody { pause: Duration::from_millis(10) }),
        (json!("duplicate-delivery"), Fault::DuplicateDelivery),
        (json!({"kind": "huge-body", "size": 5}), Fault::HugeBody { size: 5 }),
        (json!("missing-request-id"), Fault::MissingRequestId),
    ] {
        assert_eq!(fault(&json), Ok(expected), "{json}");
    }
}

#[test]
fn says_what_is_wrong() {
    for (json, expected) in [
        (json!([]), "must be an object"),
        (json!({"sead": 1}), "no `sead`"),
        (json!({"seed": -1}), "`seed`"),
        (json!({"random": {}}), "`random` must be a list"),
        (json!({"random": [{"probability": 1.5, "fault": "slow-body"}]}), "`random[0]`: `probability`"),
        (json!({"random": [{"probability": 0.5}]}), "`fault` must be given"),
        (json!({"script": [{"faults": ["earthquake"]}]}), "no fault `earthquake`"),
        (json!({"script": [{"faults": [{"kind": "slow-body", "keep": 1}]}]}), "no `keep`"),
        (json!({"script": [{"faults": [1]}]}), "must be an object"),
        (json!({"script": [{"faults": ["latency"]}]}), "`before-ms`"),
        (json!({"script": [{"faults": ["clock-skew"]}]}), "`skew-seconds`"),
        (json!({"script": [{"faults": ["huge-body"]}]}), "`size`"),
        (json!({"script": [{"faults": [{"kind": "huge-body", "size": 1 << 31}]}]}), "`size`"),
        (json!({"script": [{"faults": [{"kind": "server-error", "status": 200}]}]}), "`status`"),
        (json!({"script": [{"action": 1}]}), "`action` must be a text"),
    ] {
        let error = read(&json).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
    assert!(Faults::from_json(b"{").is_err());
}

#[test]
fn probabilities_may_add_up_to_one() {
    let entry = |action: &str, probability: f64| json!({"action": action, "probability": probability, "fault": "slow-body"});
    assert!(read(&json!({ "random": vec![entry("A", 0.1); 10] })).is_ok());
    assert!(read(&json!({ "random": [entry("A", 0.9), entry("B", 0.9)] })).is_ok());
    let error = read(&json!({ "random": [entry("A", 0.9), entry("A", 0.2)] })).unwrap_err();
    assert!(error.contains("`random[1]`") && error.contains("more than 1"), "{error}");
}
