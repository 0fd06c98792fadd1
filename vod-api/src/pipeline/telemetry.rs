//! Telemetry of calls: spans and log events, the caller's hook, metrics. Never a secret.

use std::time::Duration;

use tracing::Span;
use tracing::field::Empty;

use super::Invocation;
use super::attempt::Attempted;
use crate::action::ActionMeta;
use crate::error::Error;
use crate::pipeline::response::Understood;
use crate::record::mismatch::Mismatch;
use crate::record::{Record, request_id};
use crate::telemetry::{Attempt, Told};

/// How much of a warning of the service's is logged.
const WARNING_CHARS: usize = 500;

/// The span of a whole call.
pub(super) fn call_span(action: &ActionMeta) -> Span {
    tracing::debug_span!(
        "call",
        service = action.service.name,
        action = action.name,
        attempts = Empty,
        status = Empty,
        code = Empty,
        request_id = Empty,
        elapsed_ms = Empty,
    )
}

/// The span of one of its attempts.
pub(super) fn attempt_span(action: &ActionMeta, host: &str, number: u32) -> Span {
    tracing::debug_span!(
        "attempt",
        action = action.name,
        endpoint = host,
        attempt = number,
        status = Empty,
        code = Empty,
        request_id = Empty,
        sent = Empty,
        received = Empty,
        elapsed_ms = Empty,
    )
}

/// A call has ended. To be told inside its span.
pub(super) fn call_ended(
    span: &Span,
    action: &'static ActionMeta,
    elapsed: Duration,
    attempts: u32,
    error: Option<&Error>,
    response: &dyn Record,
) {
    #[cfg(feature = "metrics")]
    crate::telemetry::metrics::call(action, elapsed, error);
    if span.is_disabled() {
        return;
    }
    span.record("attempts", attempts);
    span.record("elapsed_ms", milliseconds(elapsed));
    match error {
        None => {
            span.record("request_id", request_id(response));
            tracing::debug!(action = action.name, "call succeeded");
        }
        Some(error) => {
            span.record("status", error.http_status());
            record_error(span, error);
            tracing::debug!(action = action.name, kind = ?error.kind(), "call failed");
        }
    }
}

/// An answer, or an event of one, has been read: what was odd in it is news once.
pub(super) fn answer_read(call: Invocation<'_>, understood: &Understood, response: &dyn Record) {
    if understood.is_repaired {
        repaired(call, response);
    }
    for mismatch in understood.mismatches.as_slice() {
        does_not_fit(call, mismatch, response);
    }
}

/// An attempt has ended.
pub(super) fn attempt_ended(
    call: Invocation<'_>,
    host: &str,
    number: u32,
    sent: usize,
    attempted: &Attempted,
    retry_in: Option<Duration>,
    response: &dyn Record,
) {
    record_attempt(sent, attempted, retry_in, response);
    answer_read(call, &attempted.brought, response);
    let mismatches = &attempted.brought.mismatches;
    if call.config.on_attempt.is_none() && !cfg!(feature = "metrics") {
        return;
    }
    let error = attempted.error.as_ref();
    let attempt = Attempt {
        service: call.action.service.name,
        action: call.action.name,
        host,
        number,
        elapsed: attempted.elapsed,
        status: attempted.status,
        request_id: error.map_or_else(|| request_id(response), Error::request_id),
        request_bytes: sent,
        response_bytes: attempted.received,
        error,
        retry_in,
        mismatches: mismatches.as_slice(),
        mismatch_count: mismatches.total(),
    };
    #[cfg(feature = "metrics")]
    crate::telemetry::metrics::attempt(call.action, &attempt);
    if let Some(hook) = &call.config.on_attempt {
        (hook.0)(&attempt);
    }
}

fn record_attempt(sent: usize, attempted: &Attempted, retry_in: Option<Duration>, response: &dyn Record) {
    let span = &attempted.span;
    if span.is_disabled() {
        return;
    }
    span.record("status", attempted.status);
    span.record("sent", sent);
    span.record("received", attempted.received);
    span.record("elapsed_ms", milliseconds(attempted.elapsed));
    let Some(error) = &attempted.error else {
        span.record("request_id", request_id(response));
        span.in_scope(|| tracing::debug!("response received"));
        return;
    };
    record_error(span, error);
    let retry_in_ms = retry_in.map(milliseconds);
    span.in_scope(
        || tracing::debug!(kind = ?error.kind(), error = error.message(), retry_in_ms, "attempt failed"),
    );
}

fn record_error(span: &Span, error: &Error) {
    span.record("code", error.code_str());
    span.record("request_id", error.request_id());
}

/// Logs the service's deprecation warning, once per action.
pub(super) fn deprecated(call: Invocation<'_>, warning: &str) {
    if call.config.deprecated.insert(call.action) {
        let warning: String = warning.chars().take(WARNING_CHARS).collect();
        tracing::warn!(action = call.action.name, warning, "action is deprecated by the service");
    }
}

/// An answer had text that is not Unicode. That is news once for each action.
fn repaired(call: Invocation<'_>, response: &dyn Record) {
    let (action, request_id) = (call.action.name, request_id(response));
    if call.config.mismatches.insert(call.action, "") == Told::Never {
        tracing::warn!(
            action,
            request_id,
            "response is not valid UTF-8; invalid bytes were replaced by U+FFFD; further responses of the action are not reported"
        );
    }
}

/// A value of an answer does not fit its field. That is news once for each path.
fn does_not_fit(call: Invocation<'_>, mismatch: &Mismatch, response: &dyn Record) {
    let action = call.action.name;
    let (expected, found, request_id) = (mismatch.expected(), mismatch.found(), request_id(response));
    let path = mismatch.pattern();
    match call.config.mismatches.insert(call.action, &path) {
        Told::Never => tracing::warn!(
            action,
            path,
            expected,
            found,
            request_id,
            "value of the response does not fit its field, which has its default; others at this path are only counted"
        ),
        Told::Before => {
            tracing::debug!(action, path, expected, found, request_id, "a value does not fit its field");
        }
        Told::TooMuch => tracing::warn!(
            action,
            "too many paths with values that do not fit their fields; further ones are only counted"
        ),
    }
}

/// A call has waited for its turn.
#[cfg_attr(not(feature = "metrics"), expect(unused_variables, reason = "it is a number and nothing else"))]
pub(super) fn paced(action: &'static ActionMeta, waited: Duration) {
    #[cfg(feature = "metrics")]
    crate::telemetry::metrics::paced(action, waited);
}

/// Milliseconds with one decimal: `12.3`.
fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 10_000.0).round() / 10.0
}
