//! The emulator's own calls below `/_emulator/`, for programs that are not Rust. They carry no signature; the
//! server answers them on loopback connections only.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use serde_json::{Map, Value, json};

use crate::application::DEFAULT;
use crate::envelope::json_response;
use crate::fault::FaultKind;
use crate::faults::Faults;
use crate::flat::decode_pairs;
use crate::handled::CallKey;
use crate::publish::PublishError;
use crate::service::EmulatedService;

/// What the paths of these calls start with.
pub(crate) const PREFIX: &str = "/_emulator/";

/// Answers one of the emulator's own calls.
pub(crate) fn respond(service: &EmulatedService, request: &Request<Bytes>) -> Response<Bytes> {
    let answer = match (request.method(), request.uri().path()) {
        (&Method::POST, "/_emulator/events") => publish(service, request),
        (&Method::GET, "/_emulator/state") => state(service, request),
        (&Method::POST, "/_emulator/advance") => advance(service, request),
        (&Method::POST, "/_emulator/faults") => set_faults(service, request),
        (&Method::GET, "/_emulator/faults") => Ok(faults(service)),
        (&Method::POST, "/_emulator/handled") => count_handled_by(service, request),
        (&Method::GET, "/_emulator/handled") => Ok(handled(service)),
        _ => Err((StatusCode::NOT_FOUND, "there is no such call of the emulator".into())),
    };
    match answer {
        Ok(body) => json_response(StatusCode::OK, &body),
        Err((status, message)) => json_response(status, &json!({ "error": message })),
    }
}

type Answer = Result<Value, (StatusCode, String)>;

/// `POST /_emulator/events[?sub-app-id=N]`: one event or a list of them; with `raw=true` the bytes of one event.
fn publish(service: &EmulatedService, request: &Request<Bytes>) -> Answer {
    let sub_app_id = number(request, "sub-app-id")?.unwrap_or(DEFAULT);
    if flag(request, "raw")? {
        service.publish_raw(sub_app_id, request.body().clone()).map_err(not_published)?;
        return Ok(json!({ "published": 1 }));
    }
    let body: Value = serde_json::from_slice(request.body())
        .map_err(|error| bad_request(format!("the body is not valid JSON: {error}")))?;
    let events = match body {
        Value::Array(events) => events,
        event => vec![event],
    };
    let published = events.len();
    service.publish_all(sub_app_id, events).map_err(not_published)?;
    Ok(json!({ "published": published }))
}

#[allow(clippy::needless_pass_by_value, reason = "errors are mapped by it")]
fn not_published(error: PublishError) -> (StatusCode, String) {
    let status = match error {
        PublishError::UnknownApplication(_) => StatusCode::NOT_FOUND,
        _ => StatusCode::BAD_REQUEST,
    };
    (status, error.to_string())
}

/// `GET /_emulator/state[?sub-app-id=N]`: the figures of a queue.
fn state(service: &EmulatedService, request: &Request<Bytes>) -> Answer {
    let sub_app_id = number(request, "sub-app-id")?.unwrap_or(DEFAULT);
    let state = service.state_of(sub_app_id);
    Ok(json!({
        "queued": state.queued,
        "in_flight": state.in_flight,
        "waiting_pulls": state.waiting_pulls,
        "published": state.published,
        "confirmed": state.confirmed,
        "redelivered": state.redelivered,
        "duplicated": state.duplicated,
        "expired_unpulled": state.expired_unpulled,
    }))
}

/// `POST /_emulator/advance?seconds=N`: moves the clock forward.
fn advance(service: &EmulatedService, request: &Request<Bytes>) -> Answer {
    let seconds = number(request, "seconds")?.ok_or_else(|| bad_request("`seconds` is missing".into()))?;
    service.advance(Duration::from_secs(seconds));
    Ok(json!({ "unix_seconds": service.unix_seconds() }))
}

/// `POST /_emulator/faults`: faults in place of the ones before.
fn set_faults(service: &EmulatedService, request: &Request<Bytes>) -> Answer {
    let faults = Faults::from_json(request.body()).map_err(|error| bad_request(error.to_string()))?;
    service.set_faults(faults);
    Ok(self::faults(service))
}

/// `GET /_emulator/faults`: how many faults of each kind were injected.
fn faults(service: &EmulatedService) -> Value {
    let counts = service.injected_faults();
    let injected = FaultKind::ALL.iter().map(|kind| {
        let count = counts.get(kind).copied().unwrap_or_default();
        (kind.name().to_owned(), count.into())
    });
    json!({ "injected": injected.collect::<Map<String, Value>>() })
}

/// `POST /_emulator/handled?key=NAME`: counts handled calls by this key from now on.
fn count_handled_by(service: &EmulatedService, request: &Request<Bytes>) -> Answer {
    let key = text(request, "key").ok_or_else(|| bad_request("`key` is missing".into()))?;
    let Ok(key) = key.parse::<CallKey>();
    service.count_handled_by(key);
    Ok(handled(service))
}

/// `GET /_emulator/handled`: how often calls were handled, by action and by key.
fn handled(service: &EmulatedService) -> Value {
    let handled = service.handled();
    json!({ "actions": handled.actions(), "keys": handled.all_keys() })
}

/// A whole number of the query.
fn number(request: &Request<Bytes>, name: &str) -> Result<Option<u64>, (StatusCode, String)> {
    let Some(value) = text(request, name) else {
        return Ok(None);
    };
    value.parse().map(Some).map_err(|_| bad_request(format!("`{name}` is not a whole number")))
}

/// `true` or `false` of the query; absent means false.
fn flag(request: &Request<Bytes>, name: &str) -> Result<bool, (StatusCode, String)> {
    match text(request, name).as_deref() {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(bad_request(format!("`{name}` is `true` or `false`"))),
    }
}

/// A value of the query.
fn text(request: &Request<Bytes>, name: &str) -> Option<String> {
    let query = request.uri().query().unwrap_or_default();
    let pairs = decode_pairs(query.as_bytes()).unwrap_or_default();
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

fn bad_request(message: String) -> (StatusCode, String) {
    (StatusCode::BAD_REQUEST, message)
}
