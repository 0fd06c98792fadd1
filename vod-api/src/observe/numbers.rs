//! The numbers of the feature `metrics`, by the facade of that name.

use std::time::Duration;

use metrics::{counter, histogram};

use super::Attempt;
use crate::action::ActionMeta;
use crate::error::{Error, ErrorKind};

/// A call has ended.
pub(crate) fn call(action: &'static ActionMeta, elapsed: Duration, error: Option<&Error>) {
    let (service, name) = (action.service.name, action.name);
    let outcome = outcome(error);
    counter!("vod_api_calls_total", "service" => service, "action" => name, "outcome" => outcome)
        .increment(1);
    histogram!("vod_api_call_seconds", "service" => service, "action" => name).record(elapsed);
}

/// An attempt has ended.
pub(crate) fn attempt(attempt: &Attempt<'_>) {
    let (service, name) = (attempt.service, attempt.action);
    let outcome = outcome(attempt.error);
    counter!("vod_api_attempts_total", "service" => service, "action" => name, "outcome" => outcome)
        .increment(1);
    histogram!("vod_api_attempt_seconds", "service" => service, "action" => name).record(attempt.elapsed);
    if attempt.retry_in.is_some() {
        counter!("vod_api_retries_total", "service" => service, "action" => name).increment(1);
    }
}

/// A call has waited for its turn.
pub(crate) fn paced(action: &'static ActionMeta, waited: Duration) {
    let (service, name) = (action.service.name, action.name);
    histogram!("vod_api_pacing_seconds", "service" => service, "action" => name).record(waited);
}

/// What a call or attempt came to. Codes that no spec knows are one value, so that the number of values is
/// bounded whatever answers.
fn outcome(error: Option<&Error>) -> String {
    let Some(error) = error else { return "ok".to_owned() };
    match error.code_text() {
        Some(code) if error.class().is_some() => code.split('.').next().unwrap_or(code).to_owned(),
        Some(_) => "other code".to_owned(),
        None => kind(error.kind()),
    }
}

fn kind(kind: ErrorKind) -> String {
    format!("{kind:?}")
}
