//! One attempt of a call: sign, send, and decode the response.

use std::cell::OnceCell;
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, Request, Response};
use percent_encoding::percent_decode_str;
use tokio::time::{Instant, timeout_at};
use tracing::Instrument as _;
use tracing::instrument::Instrumented;

use super::{Invocation, stream, telemetry};
use crate::action::ErrorClass;
use crate::client::config::Config;
use crate::client::time_limit::TimeLimit;
use crate::clock;
use crate::clock::skew::{SignedAt, http_date};
use crate::endpoint::Target;
use crate::error::{Error, ErrorKind};
use crate::pipeline::request::{Context, Encoded, sign_request};
use crate::pipeline::response::{Understood, parse_response};
use crate::record::Record;
use crate::redact::{Redactor, sensitive_texts};
use crate::signature::Signer;
use crate::transport::snippet::snippet;
use crate::transport::{RawResponse, TransportError, TransportFuture};

/// A signed request.
pub(super) struct Signed {
    http: Request<Bytes>,
    at: SignedAt,
    proof: Option<HeaderValue>,
}

/// What came of an attempt.
pub(super) struct Attempted {
    pub(super) error: Option<Error>,
    /// What a good answer brought besides its response.
    pub(super) brought: Understood,
    pub(super) status: Option<u16>,
    pub(super) received: usize,
    pub(super) elapsed: Duration,
    pub(super) ended: Instant,
    /// Whether the answer has put the clock right.
    pub(super) corrected: bool,
    pub(super) span: tracing::Span,
}

impl Invocation<'_> {
    /// Signs the call for a host, at the service's time.
    pub(super) fn sign(self, encoded: &Encoded, target: &Target, signer: &Signer) -> Result<Signed, Error> {
        let Self { config, action, settings, .. } = self;
        let local = config.clock.unix_seconds();
        let timestamp = config.skew.apply(local);
        let http = sign_request(Context { config, action, settings, target, signer, timestamp }, encoded)?;
        let proof = proof(&http);
        Ok(Signed { http, at: SignedAt { local, timestamp }, proof })
    }
}

/// A request under way: no more than its future, so that a call's own holds no request.
pub(super) struct Sent<'a> {
    answer: Instrumented<TransportFuture<'a>>,
    at: SignedAt,
    proof: Option<HeaderValue>,
    started: Instant,
}

/// Sends a request.
pub(super) fn send<'a>(
    call: Invocation<'a>,
    request: Signed,
    target: &Target,
    number: u32,
    started: Instant,
) -> Sent<'a> {
    let span = telemetry::attempt_span(call.action, &target.host, number);
    let transport = &call.config.transport;
    let limit = call.config.response_limit;
    let answer = span.in_scope(|| match call.slot {
        Some(slot) => slot.send(&**transport, request.http, limit),
        None => transport.send(request.http, limit),
    });
    Sent { answer: answer.instrument(span), at: request.at, proof: request.proof, started }
}

impl Sent<'_> {
    /// Waits for the answer, until the limit, and reads it into the response.
    pub(super) async fn answered(
        mut self,
        call: Invocation<'_>,
        signer: &Signer,
        (end, limit): (Instant, TimeLimit),
        request: &dyn Record,
        response: &mut dyn Record,
    ) -> Attempted {
        let answer = timeout_at(end, &mut self.answer).await;
        let secrets = Secrets { signer, proof: self.proof.take(), request, redactor: OnceCell::new() };
        self.understood(call, &secrets, answer.map_err(|_| limit), response)
    }

    fn understood(
        self,
        call: Invocation<'_>,
        secrets: &Secrets<'_>,
        answer: Result<Result<Response<Bytes>, TransportError>, TimeLimit>,
        response: &mut dyn Record,
    ) -> Attempted {
        let ended = clock::now();
        let mut attempted = Attempted {
            error: None,
            brought: Understood::default(),
            status: None,
            received: 0,
            elapsed: ended - self.started,
            ended,
            corrected: false,
            span: self.answer.span().clone(),
        };
        let answer = match answer {
            Ok(Ok(answer)) => RawResponse::of(answer, call.config.response_limit)
                .map_err(|error| error.explained(secrets.redactor())),
            Ok(Err(error)) => Err(error.explained(secrets.redactor())),
            Err(limit) => {
                Err(Error::new(ErrorKind::Timeout, format!("timed out waiting for the response: {limit}")))
            }
        };
        let outcome = answer.and_then(|answer| {
            attempted.status = Some(answer.status.as_u16());
            attempted.received = answer.body.len();
            if let Some(slot) = call.slot.filter(|slot| slot.is_open()) {
                accepted(call, &answer, self.at);
                stream::name_request(&answer.headers, response);
                slot.with_redactor(secrets.new_redactor());
                return Ok(());
            }
            let show = |body: &[u8]| snippet(body, secrets.redactor());
            match parse_response(&answer, response, call.settings.strict_answers(call.config), &show) {
                Ok(mut brought) => {
                    accepted(call, &answer, self.at);
                    if let Some(warning) = brought.deprecated.take() {
                        telemetry::deprecated(call, &secrets.redactor().redact(warning));
                    }
                    for mismatch in brought.mismatches.as_mut_slice() {
                        mismatch.map_text(|text| secrets.redactor().redact(text));
                    }
                    attempted.brought = brought;
                    Ok(())
                }
                Err(error) => Err(attempted.learn(call, error, &answer, self.at)),
            }
        });
        if let Err(error) = outcome {
            attempted.status = attempted.status.or(error.http_status());
            // An answer may repeat the request, whatever sent it. One that brings secrets is not shown at all.
            let secretive = !response.meta().sensitive.is_empty();
            let error = if secretive { error.without_snippet() } else { error };
            let error = error.map_texts(|text| secrets.redactor().redact(text));
            attempted.error = Some(error.with_action(call.action));
        }
        attempted
    }
}

/// What the answer to an attempt must not be shown with, put together when there is something to show.
struct Secrets<'a> {
    signer: &'a Signer,
    proof: Option<HeaderValue>,
    request: &'a dyn Record,
    redactor: OnceCell<Redactor>,
}

impl Secrets<'_> {
    fn redactor(&self) -> &Redactor {
        self.redactor.get_or_init(|| self.new_redactor())
    }

    fn new_redactor(&self) -> Redactor {
        let credential = self.signer.credential();
        let proof = self.proof.as_ref().and_then(|proof| proof.to_str().ok());
        let signature = proof.and_then(|proof| proof.rsplit("Signature=").next());
        let own = [Some(credential.secret_key()), credential.token(), signature];
        Redactor::new(own.into_iter().flatten().chain(sensitive_texts(self.request)))
    }
}

/// What proves who sent a request: its header, or the parameter that an older signature travels as.
fn proof(request: &Request<Bytes>) -> Option<HeaderValue> {
    if let Some(header) = request.headers().get(AUTHORIZATION) {
        return Some(header.clone());
    }
    let form = str::from_utf8(request.body()).ok()?;
    let mut parameters = request.uri().query().unwrap_or(form).split('&');
    let signature = parameters.find_map(|parameter| parameter.strip_prefix("Signature="))?;
    HeaderValue::from_str(&percent_decode_str(signature).decode_utf8().ok()?).ok()
}

/// Takes from a success what helps the calls after it. An unsigned one says nothing about the time.
fn accepted(call: Invocation<'_>, answer: &RawResponse, at: SignedAt) {
    let Config { skew, clock, .. } = call.config;
    // Asked by the earlier time first: mostly nothing is due, and the clock need not be read again.
    if !call.action.unsigned && skew.is_due(at.local) {
        skew.accepted(at.timestamp, clock.unix_seconds(), &answer.headers);
    }
}

impl Attempted {
    /// Takes from an answer's headers what helps the next attempt.
    fn learn(&mut self, call: Invocation<'_>, error: Error, answer: &RawResponse, at: SignedAt) -> Error {
        let config = call.config;
        let error = error.with_action(call.action);
        let local = config.clock.unix_seconds();
        if error.class() == Some(ErrorClass::ClockSkew) {
            self.corrected = config.skew.refused(at, local, &answer.headers);
        }
        error.with_retry_after(retry_after(&answer.headers, config.skew.apply(local)))
    }
}

/// How long the service wants to be left alone: in seconds, or until a time of its clock.
fn retry_after(headers: &HeaderMap, now: u64) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = text.parse().ok().or_else(|| Some(http_date(text)?.saturating_sub(now)))?;
    Some(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_retry_after_are_read() {
        let after = |text: &str| {
            retry_after(&HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]), 784_111_770)
        };
        assert_eq!(after("3"), Some(Duration::from_secs(3)));
        assert_eq!(after("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::from_secs(7)));
        assert_eq!(after("Sun, 06 Nov 1993 08:49:37 GMT"), Some(Duration::ZERO));
        assert_eq!(after("-1"), None);
        assert_eq!(after("soon"), None);
    }
}
