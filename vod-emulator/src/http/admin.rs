//! The emulator's own calls below `/_emulator/`, for programs that are not Rust. They carry no signature; the
//! server answers them on loopback connections only.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ALLOW, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use serde_json::{Value, json};

use crate::faults::plan::Faults;
use crate::http::page;
use crate::log::call_counts::CallKey;
use crate::model::application::DEFAULT;
use crate::model::publish::PublishError;
use crate::model::queue::QueueState;
use crate::protocol::call::MAX_BODY;
use crate::protocol::envelope::json_response;
use crate::protocol::flat::decode_pairs;
use crate::service::EmulatedService;
use crate::shown::shown_name;
use crate::task_outcome::TaskOutcome;

/// What the paths of these calls start with.
pub(crate) const PREFIX: &str = "/_emulator/";

/// Answers one of the emulator's own calls.
pub(crate) fn respond(service: &EmulatedService, request: &Request<Bytes>) -> Response<Bytes> {
    if request.body().len() > MAX_BODY {
        return too_large();
    }
    if page::is_wanted(request) {
        return page::respond(request);
    }
    let path = request.uri().path();
    let Some((_, methods)) = ROUTES.iter().find(|(known, _)| *known == path) else {
        return refused(StatusCode::NOT_FOUND, "there is no such call of the emulator");
    };
    let Some((_, names, execute)) = methods.iter().find(|(method, ..)| method == request.method()) else {
        let allowed: Vec<&str> = methods.iter().map(|(method, ..)| method.as_str()).collect();
        let allowed = allowed.join(", ");
        let mut response = refused(StatusCode::METHOD_NOT_ALLOWED, &format!("this call takes {allowed}"));
        if let Ok(allowed) = HeaderValue::from_str(&allowed) {
            response.headers_mut().insert(ALLOW, allowed);
        }
        return response;
    };
    match Query::read(request, names).and_then(|query| execute(service, request, &query)) {
        Ok(body) => json_response(StatusCode::OK, &body),
        Err((status, message)) => refused(status, &message),
    }
}

/// The refusal of a body beyond the limit.
pub(crate) fn too_large() -> Response<Bytes> {
    refused(StatusCode::PAYLOAD_TOO_LARGE, &format!("the body is larger than {MAX_BODY} bytes"))
}

fn refused(status: StatusCode, message: &str) -> Response<Bytes> {
    json_response(status, &json!({ "error": message }))
}

/// Carries one call out.
type Route = fn(&EmulatedService, &Request<Bytes>, &Query) -> Answer;
/// A method with the parameters of its query.
type Methods = &'static [(Method, &'static [&'static str], Route)];

/// All calls.
const ROUTES: &[(&str, Methods)] = &[
    ("/_emulator/events", &[(Method::POST, &["sub-app-id", "raw"], publish)]),
    ("/_emulator/state", &[(Method::GET, &["sub-app-id"], state)]),
    ("/_emulator/advance", &[(Method::POST, &["seconds"], advance)]),
    ("/_emulator/faults", &[(Method::POST, &[], set_faults), (Method::GET, &[], faults)]),
    ("/_emulator/handled", &[(Method::POST, &["key"], count_handled_by), (Method::GET, &[], handled)]),
    ("/_emulator/coverage", &[(Method::GET, &[], coverage)]),
    ("/_emulator/reset", &[(Method::POST, &["seed"], reset)]),
    ("/_emulator/snapshot", &[(Method::GET, &[], snapshot), (Method::PUT, &[], restore)]),
    ("/_emulator/calls", &[(Method::GET, &["after"], calls)]),
    ("/_emulator/overview", &[(Method::GET, &["sub-app-id"], overview)]),
    (
        "/_emulator/tasks",
        &[
            (Method::GET, &["sub-app-id"], tasks),
            (Method::POST, &["sub-app-id", "task-id", "code", "name", "message"], finish_task),
        ],
    ),
    ("/_emulator/health", &[(Method::GET, &[], health)]),
];

/// The parameters of a call's query.
struct Query(BTreeMap<String, String>);

impl Query {
    /// Reads a query, every parameter of which is one of `names`.
    fn read(request: &Request<Bytes>, names: &[&str]) -> Result<Self, (StatusCode, String)> {
        let query = request.uri().query().unwrap_or_default();
        if !has_sound_escapes(query.as_bytes()) {
            return Err(bad_request("the query has a `%` without two hexadecimal digits behind it".into()));
        }
        let pairs =
            decode_pairs(query.as_bytes()).ok_or_else(|| bad_request("the query is not UTF-8".into()))?;
        let mut read = BTreeMap::new();
        for (name, value) in pairs {
            let shown = shown_name(&name);
            if !names.contains(&name.as_str()) {
                let known = if names.is_empty() { "none".into() } else { names.join(", ") };
                return Err(bad_request(format!(
                    "there is no parameter `{shown}` here; the call takes {known}"
                )));
            }
            if read.insert(name, value).is_some() {
                return Err(bad_request(format!("`{shown}` is given twice")));
            }
        }
        Ok(Self(read))
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A whole number.
    fn number(&self, name: &str) -> Result<Option<u64>, (StatusCode, String)> {
        let Some(value) = self.text(name) else { return Ok(None) };
        value.parse().map(Some).map_err(|_| bad_request(format!("`{name}` is not a whole number")))
    }

    /// `true` or `false`; absent means false.
    fn flag(&self, name: &str) -> Result<bool, (StatusCode, String)> {
        match self.text(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(bad_request(format!("`{name}` is `true` or `false`"))),
        }
    }
}

fn has_sound_escapes(query: &[u8]) -> bool {
    let mut rest = query;
    while let Some(place) = rest.iter().position(|byte| *byte == b'%') {
        if !rest.get(place + 1..place + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
            return false;
        }
        rest = &rest[place + 3..];
    }
    true
}

type Answer = Result<Value, (StatusCode, String)>;

/// `POST /_emulator/events[?sub-app-id=N]`: one event or a list of them; with `raw=true` the bytes of one event.
fn publish(service: &EmulatedService, request: &Request<Bytes>, query: &Query) -> Answer {
    let sub_app_id = query.number("sub-app-id")?.unwrap_or(DEFAULT);
    if query.flag("raw")? {
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
fn state(service: &EmulatedService, _: &Request<Bytes>, query: &Query) -> Answer {
    let sub_app_id = query.number("sub-app-id")?.unwrap_or(DEFAULT);
    Ok(queue_figures(service.state_of(sub_app_id)))
}

/// The figures of a queue by their names.
pub(crate) fn queue_figures(state: QueueState) -> Value {
    json!({
        "queued": state.queued,
        "in_flight": state.in_flight,
        "waiting_pulls": state.waiting_pulls,
        "published": state.published,
        "confirmed": state.confirmed,
        "redelivered": state.redelivered,
        "duplicated": state.duplicated,
        "expired_unpulled": state.expired_unpulled,
        "not_wanted": state.not_wanted,
        "callbacks_answered": state.callbacks_answered,
        "callbacks_lost": state.callbacks_lost,
    })
}

/// `POST /_emulator/advance?seconds=N`: moves the clock forward.
fn advance(service: &EmulatedService, _: &Request<Bytes>, query: &Query) -> Answer {
    let seconds = query.number("seconds")?.ok_or_else(|| bad_request("`seconds` is missing".into()))?;
    service.advance(Duration::from_secs(seconds));
    Ok(json!({ "unix_seconds": service.unix_seconds() }))
}

/// `POST /_emulator/faults`: faults in place of the ones before.
fn set_faults(service: &EmulatedService, request: &Request<Bytes>, query: &Query) -> Answer {
    let given = Faults::from_json(request.body()).and_then(|faults| service.set_faults(faults));
    given.map_err(|error| bad_request(error.to_string()))?;
    faults(service, request, query)
}

/// `GET /_emulator/faults`: how many faults of each kind were injected.
#[allow(clippy::unnecessary_wraps, reason = "every call has this form")]
fn faults(service: &EmulatedService, _: &Request<Bytes>, _: &Query) -> Answer {
    Ok(json!({ "injected": service.injected_by_name() }))
}

/// `POST /_emulator/handled?key=NAME`: counts handled calls by this key from now on.
fn count_handled_by(service: &EmulatedService, request: &Request<Bytes>, query: &Query) -> Answer {
    let key = query.text("key").ok_or_else(|| bad_request("`key` is missing".into()))?;
    let Ok(key) = key.parse::<CallKey>();
    service.count_handled_by(key);
    handled(service, request, query)
}

/// `GET /_emulator/handled`: how often calls were handled, by action and by key.
#[allow(clippy::unnecessary_wraps, reason = "every call has this form")]
fn handled(service: &EmulatedService, _: &Request<Bytes>, _: &Query) -> Answer {
    let handled = service.handled();
    Ok(json!({ "actions": handled.actions(), "keys": handled.all_keys() }))
}

/// `GET /_emulator/coverage`: what is modelled, by which rules.
#[allow(clippy::unnecessary_wraps, reason = "every call has this form")]
fn coverage(service: &EmulatedService, _: &Request<Bytes>, _: &Query) -> Answer {
    Ok(service.coverage_json())
}

/// `POST /_emulator/reset[?seed=N]`: forgets what calls have done.
fn reset(service: &EmulatedService, _: &Request<Bytes>, query: &Query) -> Answer {
    match query.number("seed")? {
        Some(seed) => service.reset_seeded(seed),
        None => service.reset(),
    }
    Ok(json!({ "status": "ok" }))
}

/// `GET /_emulator/snapshot`: the state.
fn snapshot(service: &EmulatedService, _: &Request<Bytes>, _: &Query) -> Answer {
    let failed = |error: String| (StatusCode::INTERNAL_SERVER_ERROR, error);
    let json = service.snapshot().map_err(|error| failed(error.to_string()))?;
    serde_json::from_slice(&json).map_err(|error| failed(error.to_string()))
}

/// `PUT /_emulator/snapshot`: takes the state of a snapshot.
fn restore(service: &EmulatedService, request: &Request<Bytes>, _: &Query) -> Answer {
    service.restore(request.body()).map_err(|error| bad_request(error.to_string()))?;
    Ok(json!({ "status": "ok" }))
}

/// `GET /_emulator/calls[?after=N]`: the latest calls, those after the first N.
fn calls(service: &EmulatedService, _: &Request<Bytes>, query: &Query) -> Answer {
    Ok(service.calls_after(query.number("after")?.unwrap_or_default()))
}

/// `GET /_emulator/overview[?sub-app-id=N]`: what the page shows.
fn overview(service: &EmulatedService, _: &Request<Bytes>, query: &Query) -> Answer {
    Ok(service.overview(query.number("sub-app-id")?.unwrap_or(DEFAULT)))
}

/// `GET /_emulator/tasks[?sub-app-id=N]`: the tasks of an application.
fn tasks(service: &EmulatedService, _: &Request<Bytes>, query: &Query) -> Answer {
    Ok(json!({ "tasks": service.tasks(query.number("sub-app-id")?.unwrap_or(DEFAULT)) }))
}

/// `POST /_emulator/tasks?task-id=ID`: ends a task.
fn finish_task(service: &EmulatedService, _: &Request<Bytes>, query: &Query) -> Answer {
    let sub_app_id = query.number("sub-app-id")?.unwrap_or(DEFAULT);
    let id = query.text("task-id").ok_or_else(|| bad_request("`task-id` is missing".into()))?;
    let text = |name: &str| query.text(name).unwrap_or_default().to_owned();
    let outcome = match query.number("code")? {
        Some(code) => TaskOutcome::Failure {
            code: i64::try_from(code).unwrap_or(i64::MAX),
            name: text("name"),
            message: text("message"),
        },
        None if query.text("name").is_some() || query.text("message").is_some() => {
            return Err(bad_request("a failure needs a `code`".into()));
        }
        None => TaskOutcome::Success,
    };
    if service.finish_task(sub_app_id, id, outcome) {
        Ok(json!({ "status": "ok" }))
    } else {
        Err((StatusCode::NOT_FOUND, "there is no such task that has not ended".into()))
    }
}

/// `GET /_emulator/health`: the emulator answers.
#[allow(clippy::unnecessary_wraps, reason = "every call has this form")]
fn health(_: &EmulatedService, _: &Request<Bytes>, _: &Query) -> Answer {
    Ok(json!({ "status": "ok" }))
}

fn bad_request(message: String) -> (StatusCode, String) {
    (StatusCode::BAD_REQUEST, message)
}
