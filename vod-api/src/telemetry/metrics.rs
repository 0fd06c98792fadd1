//! Metrics of calls, for the feature `metrics`.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use metrics::{Key, Level, Metadata, counter, with_recorder};

use super::Attempt;
use crate::action::ActionMeta;
use crate::error::{Error, ErrorKind};
use crate::sync::ReadMostly;

static METADATA: Metadata<'static> = Metadata::new(module_path!(), Level::INFO, Some(module_path!()));

/// The keys of the actions that were called. Each is a list of labels with its hash, which is the most that a number
/// costs.
static KNOWN: ReadMostly<(&'static ActionMeta, Arc<Keys>)> = ReadMostly::new();

/// The keys of the numbers that each call of an action tells.
struct Keys {
    calls_succeeded: Key,
    call_seconds: Key,
    attempts_succeeded: Key,
    attempt_seconds: Key,
    rate_limit_wait_seconds: Key,
}

impl Keys {
    fn new(action: &'static ActionMeta) -> Self {
        let of_action = [("service", action.service.name), ("action", action.name)];
        let plain = |name: &'static str| Key::from_parts(name, &of_action);
        let succeeded =
            |name: &'static str| Key::from_parts(name, &[of_action[0], of_action[1], ("outcome", "ok")]);
        Self {
            calls_succeeded: succeeded("vod_api_calls_total"),
            call_seconds: plain("vod_api_call_seconds"),
            attempts_succeeded: succeeded("vod_api_attempts_total"),
            attempt_seconds: plain("vod_api_attempt_seconds"),
            rate_limit_wait_seconds: plain("vod_api_rate_limit_wait_seconds"),
        }
    }

    fn of(action: &'static ActionMeta) -> Arc<Self> {
        let is_it = |(of, _): &(&'static ActionMeta, Arc<Self>)| std::ptr::eq(*of, action);
        let make = || Ok::<_, Infallible>((action, Arc::new(Self::new(action))));
        let Ok((_, keys)) = KNOWN.get_or_insert(is_it, make, |_| ());
        keys
    }
}

/// A call has ended.
pub(crate) fn call(action: &'static ActionMeta, elapsed: Duration, error: Option<&Error>) {
    let keys = Keys::of(action);
    match error {
        None => count(&keys.calls_succeeded),
        Some(error) => count_failure("vod_api_calls_total", action, error),
    }
    record(&keys.call_seconds, elapsed);
}

/// An attempt has ended.
pub(crate) fn attempt(action: &'static ActionMeta, attempt: &Attempt<'_>) {
    let keys = Keys::of(action);
    match attempt.error {
        None => count(&keys.attempts_succeeded),
        Some(error) => count_failure("vod_api_attempts_total", action, error),
    }
    record(&keys.attempt_seconds, attempt.elapsed);
    if attempt.mismatch_count > 0 {
        let (service, name) = (action.service.name, action.name);
        counter!("vod_api_mismatches_total", "service" => service, "action" => name)
            .increment(attempt.mismatch_count as u64);
    }
    if attempt.retry_in.is_some() {
        let (service, name) = (action.service.name, action.name);
        counter!("vod_api_retries_total", "service" => service, "action" => name).increment(1);
    }
}

/// A call has waited for its turn.
pub(crate) fn paced(action: &'static ActionMeta, waited: Duration) {
    record(&Keys::of(action).rate_limit_wait_seconds, waited);
}

fn count(key: &Key) {
    with_recorder(|recorder| recorder.register_counter(key, &METADATA)).increment(1);
}

fn count_failure(counter: &'static str, action: &'static ActionMeta, error: &Error) {
    let (service, name) = (action.service.name, action.name);
    counter!(counter, "service" => service, "action" => name, "outcome" => outcome(error)).increment(1);
}

fn record(key: &Key, time: Duration) {
    with_recorder(|recorder| recorder.register_histogram(key, &METADATA)).record(time);
}

/// What a call or attempt failed by. Codes that no spec knows are one value, so that the number of values is
/// bounded whatever answers.
fn outcome(error: &Error) -> String {
    match error.code_str() {
        Some(code) if error.class().is_some() => code.split('.').next().unwrap_or(code).to_owned(),
        Some(_) => "other code".to_owned(),
        None => kind(error.kind()),
    }
}

fn kind(kind: ErrorKind) -> String {
    format!("{kind:?}")
}
