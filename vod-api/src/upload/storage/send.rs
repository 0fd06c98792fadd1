//! One request to storage: signed for each attempt, sent, parsed, and retried.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, HOST, RETRY_AFTER, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};
use percent_encoding::{AsciiSet, utf8_percent_encode};
use tokio::time::{sleep, timeout_at};
use tracing::Instrument as _;

use super::bucket::Host;
use super::traffic::{Meter, Progressing};
use super::xml::Element;
use super::{Storage, TOKEN};
use crate::action::{ActionMeta, ErrorClass};
use crate::clock;
use crate::clock::skew::SignedAt;
use crate::error::{Attempts, Error, ErrorKind};
use crate::retry::Remedy;
use crate::signature::{UNRESERVED, cos};
use crate::telemetry::Attempt;
use crate::transport::RawResponse;
use crate::transport::snippet::snippet;

/// What stays as it is in a path.
const IN_PATH: &AsciiSet = &UNRESERVED.remove(b'/');
/// How long before the present a signature begins to be valid, and how long after it ends, in seconds.
const EARLIER: u64 = 60;
const VALIDITY: u64 = 3600;

const REQUEST_ID: &str = "x-cos-request-id";

/// A request that is not signed yet.
pub(super) struct Operation<'a> {
    pub(super) action: &'static ActionMeta,
    pub(super) method: Method,
    /// The object's key, without a slash before it; empty for the bucket.
    pub(super) key: &'a str,
    pub(super) parameters: Vec<(&'static str, String)>,
    pub(super) headers: Vec<(HeaderName, String)>,
    pub(super) body: Bytes,
    /// Who is told of the body's way.
    pub(super) progress: Option<Arc<dyn Progressing>>,
}

impl<'a> Operation<'a> {
    pub(super) fn new(action: &'static ActionMeta, method: Method, key: &'a str) -> Self {
        let (parameters, headers) = (Vec::new(), Vec::new());
        Self { action, method, key, parameters, headers, body: Bytes::new(), progress: None }
    }

    pub(super) fn parameter(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }

    pub(super) fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn body(mut self, body: Bytes) -> Self {
        self.body = body;
        self
    }
}

impl Storage {
    /// Sends a request until it succeeds or can't be sent again.
    pub(super) async fn send<T>(
        &self,
        operation: &Operation<'_>,
        read: impl Fn(&RawResponse) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let config = self.client.config();
        let mut attempts = Attempts { made: 0, allowed: self.policy.attempts(), ambiguous: false };
        let mut backoff = self.policy.exponential().delays();
        let mut is_time_corrected = false;
        loop {
            self.check_certificate()?;
            let host = self.bucket.host();
            attempts.made += 1;
            self.attempts.fetch_add(1, Ordering::Relaxed);
            let (outcome, corrected) = self.attempt(operation, &host, attempts.made, &read).await;
            let error = match outcome {
                Ok(value) => {
                    config.budget.earn();
                    return Ok(value);
                }
                Err(error) => error,
            };
            attempts.ambiguous |= error.is_ambiguous();
            if error.is_ambiguous() && std::ptr::eq(operation.action, &raw const super::operations::INITIATE)
            {
                self.repeated_initiate.store(true, Ordering::Relaxed);
            }
            if speaks_against_host(&error) {
                self.bucket.leave(&host);
            }
            let pause = match remedy(&error) {
                Remedy::Wait => Some(backoff.next_delay()),
                Remedy::RightTime if corrected && !is_time_corrected => {
                    is_time_corrected = true;
                    Some(std::time::Duration::ZERO)
                }
                _ => None,
            };
            let pause = pause.filter(|_| attempts.made < attempts.allowed && config.budget.take());
            let error = error.with_attempts(attempts);
            let Some(pause) = pause else { return Err(self.final_error(error)) };
            let pause = pause.max(error.retry_after().unwrap_or_default());
            tracing::debug!(
                action = operation.action.name,
                error = %error,
                retry_in_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX),
                "storage request failed"
            );
            sleep(pause).await;
        }
    }

    /// Makes one attempt. Says also whether its answer has corrected the clock.
    async fn attempt<T>(
        &self,
        operation: &Operation<'_>,
        host: &Host,
        number: u32,
        read: impl Fn(&RawResponse) -> Result<T, Error>,
    ) -> (Result<T, Error>, bool) {
        let config = self.client.config();
        let local = config.clock.unix_seconds();
        let at = SignedAt { local, timestamp: config.skew.apply(local) };
        let started = clock::now();
        let meter = Arc::new(Meter::new(self.limiter.clone(), operation.progress.clone()));
        let request = match self.request(operation, host, at.timestamp) {
            Ok(request) => request,
            Err(error) => return (Err(error.with_action(operation.action)), false),
        };
        let span = tracing::debug_span!(
            "storage",
            action = operation.action.name,
            endpoint = host.name,
            attempt = number
        );
        let answer = self.exchange(request, &meter).instrument(span).await;
        let (mut status, mut corrected) = (None, false);
        let outcome = answer.and_then(|answer| {
            status = Some(answer.status);
            let outcome = self.understand(operation, &answer, &read);
            let outcome = outcome.map_err(|error| error.with_action(operation.action));
            if let Err(error) = &outcome
                && remedy(error) == Remedy::RightTime
            {
                corrected = config.skew.refused(at, config.clock.unix_seconds(), &answer.headers);
            }
            outcome
        });
        let outcome = outcome.map_err(|error| {
            error.map_texts(|text| self.redactor.redact(text)).with_action(operation.action)
        });
        match &outcome {
            Ok(_) => meter.succeeded(operation.body.len() as u64).await,
            Err(_) => meter.failed(),
        }
        if let Some(hook) = &config.on_attempt {
            let error = outcome.as_ref().err();
            (hook.0)(&Attempt {
                service: operation.action.service.name,
                action: operation.action.name,
                host: &host.name,
                number,
                elapsed: clock::now() - started,
                status: status.map(|status| status.as_u16()),
                request_id: error.and_then(Error::request_id),
                request_bytes: operation.body.len(),
                response_bytes: 0,
                error,
                retry_in: None,
                mismatches: &[],
                mismatch_count: 0,
            });
        }
        (outcome, corrected)
    }

    /// Sends a request once, for as long as something passes.
    async fn exchange(&self, request: Request<Bytes>, meter: &Arc<Meter>) -> Result<RawResponse, Error> {
        let config = self.client.config();
        let traffic = Arc::clone(meter);
        let mut answer = config.transport.send_reporting(request, config.response_limit, traffic);
        let answer = loop {
            let end = meter.idle_since() + self.idle_timeout;
            match timeout_at(end, &mut answer).await {
                Ok(answer) => break answer,
                Err(_) if meter.idle_since() + self.idle_timeout > end => {}
                Err(_) => {
                    let limit = self.idle_timeout;
                    let message = format!("no byte has passed for {limit:?} (Upload::idle_timeout)");
                    return Err(Error::new(ErrorKind::Timeout, message));
                }
            }
        };
        answer
            .and_then(|answer| RawResponse::of(answer, config.response_limit))
            .map_err(|error| error.explained(&self.redactor))
    }

    fn request(&self, operation: &Operation<'_>, host: &Host, now: u64) -> Result<Request<Bytes>, Error> {
        let config = self.client.config();
        let path = format!("/{}", operation.key);
        let mut headers: Vec<(HeaderName, &str)> = vec![(HOST, &host.name)];
        let length = operation.body.len().to_string();
        if matches!(operation.method, Method::PUT | Method::POST) {
            headers.push((CONTENT_LENGTH, &length));
        }
        if let Some(token) = self.credential.token() {
            headers.push((HeaderName::from_static(TOKEN), token));
        }
        headers.extend(operation.headers.iter().map(|(name, value)| (name.clone(), value.as_str())));
        let parameters: Vec<(&str, &str)> =
            operation.parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let signed: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let authorization = cos::authorization(
            &self.credential,
            &cos::Parts {
                method: operation.method.as_str(),
                path: &path,
                parameters: &parameters,
                headers: &signed,
                valid: now.saturating_sub(EARLIER)..now.saturating_add(VALIDITY),
            },
        );
        let mut uri = format!("{}{}", host.base, utf8_percent_encode(&path, IN_PATH));
        for (i, (name, value)) in parameters.iter().enumerate() {
            uri.push(if i == 0 { '?' } else { '&' });
            uri.push_str(name);
            if !value.is_empty() {
                uri.push('=');
                uri.extend(utf8_percent_encode(value, UNRESERVED));
            }
        }
        let unsendable = |what: &str| Error::new(ErrorKind::InvalidRequest, format!("{what} can't be sent"));
        let uri = Uri::try_from(uri).map_err(|_| unsendable("the object's key"))?;
        let mut request = Request::new(operation.body.clone());
        *request.method_mut() = operation.method.clone();
        *request.uri_mut() = uri;
        let map = request.headers_mut();
        for (name, value) in headers {
            let mut header = HeaderValue::from_str(value)
                .map_err(|_| unsendable(&format!("the value of the header {name}")))?;
            header.set_sensitive(name.as_str() == TOKEN);
            map.insert(name, header);
        }
        let mut authorization =
            HeaderValue::try_from(authorization).map_err(|_| unsendable("the secret id"))?;
        authorization.set_sensitive(true);
        map.insert(AUTHORIZATION, authorization);
        map.insert(USER_AGENT, config.user_agent.clone());
        Ok(request)
    }

    /// Reads an answer, or why it is none. An error may come with any status, 200 too.
    fn understand<T>(
        &self,
        operation: &Operation<'_>,
        answer: &RawResponse,
        read: impl Fn(&RawResponse) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let status = answer.status;
        let refusal = Element::read(&answer.body).filter(|root| root.name == "Error");
        let id = text_header(&answer.headers, REQUEST_ID).map(str::to_owned);
        let error = match refusal {
            Some(root) => {
                let of = |name: &str| root.text_of(name).to_owned();
                let id = id.or_else(|| Some(of("RequestId")).filter(|id| !id.is_empty()));
                Error::api(of("Code"), of("Message")).with_request_id(id)
            }
            None if status.is_success() => {
                return read(answer).map_err(|error| error.with_status(status.as_u16()).with_request_id(id));
            }
            // What storage itself answers has its request id; without one it was something before it.
            None if id.is_some() && operation.method == Method::HEAD => {
                let message = format!("storage returned {status}");
                Error::new(ErrorKind::Malformed, message).with_request_id(id)
            }
            None => {
                Error::new(ErrorKind::Gateway, format!("storage returned {status} without an error code"))
                    .with_request_id(id)
            }
        };
        let after = text_header(&answer.headers, RETRY_AFTER.as_str()).and_then(|text| text.parse().ok());
        Err(error
            .with_status(status.as_u16())
            .with_retry_after(after.map(std::time::Duration::from_secs))
            .with_snippet(snippet(&answer.body, &self.redactor)))
    }

    /// Names what is behind an error that ends a request.
    fn final_error(&self, error: Error) -> Error {
        if error.class() == Some(ErrorClass::TokenExpired) || is_time_refusal(&error) {
            return match self.check_certificate() {
                Err(expired) => expired.with_source(error),
                Ok(()) => error,
            };
        }
        error
    }
}

/// What may help after an error of storage. All its requests may be sent again.
fn remedy(error: &Error) -> Remedy {
    match error.kind() {
        ErrorKind::Integrity => Remedy::Wait,
        _ if is_time_refusal(error) => Remedy::RightTime,
        _ => Remedy::of(error, true),
    }
}

/// Whether something else than storage answered, or nothing.
fn speaks_against_host(error: &Error) -> bool {
    let is_refusal = error.http_status().is_some_and(|status| (400..500).contains(&status));
    error.is_connect() || error.kind() == ErrorKind::Gateway && !is_refusal
}

/// A signature that is valid only later or was valid only earlier is refused by a code of several meanings.
fn is_time_refusal(error: &Error) -> bool {
    match error.code_str() {
        Some("AccessDenied") => error.message().to_ascii_lowercase().contains("expired"),
        Some(_) => error.class() == Some(ErrorClass::ClockSkew),
        None => false,
    }
}

/// A header's value, if it is text.
pub(super) fn text_header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
