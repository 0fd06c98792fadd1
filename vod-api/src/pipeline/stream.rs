//! Answers that come as a stream of events: opened by an attempt like any other, then read event by event.

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future as _, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Request, Response, StatusCode};
use tokio::time::{Sleep, sleep};

use super::{Invocation, telemetry};
use crate::action::ActionMeta;
use crate::client::time_limit::TimeLimit;
use crate::endpoint::Address;
use crate::error::{Error, ErrorKind};
use crate::pipeline::response::{Understood, adopt_request_id, parse_response};
use crate::record::Record;
use crate::redact::Redactor;
use crate::sync::lock;
use crate::transport::event_stream::{EventParser, EventTooLarge, ServerSentEvent};
use crate::transport::snippet::{request_id_header, snippet};
use crate::transport::{BodyStream, RawResponse, Transport, TransportFuture, too_large};

/// What marks the end of a stream where the service sends it as an event.
const DONE: &[u8] = b"[DONE]";

/// Where an attempt leaves the body of an answer that is a stream of events.
#[derive(Default)]
pub(crate) struct StreamSlot(Mutex<Option<Opened>>);

/// A stream whose head has come.
pub(crate) struct Opened {
    body: BodyStream,
    status: StatusCode,
    headers: HeaderMap,
    redactor: Redactor,
    address: Option<Arc<Address>>,
}

impl StreamSlot {
    fn lock(&self) -> MutexGuard<'_, Option<Opened>> {
        lock(&self.0)
    }

    /// Sends a request. The body of a stream stays in the slot, and the answer has an empty one; any other answer is
    /// read to its end.
    pub(super) fn send<'a>(
        &'a self,
        transport: &'a dyn Transport,
        request: Request<Bytes>,
        limit: usize,
    ) -> TransportFuture<'a> {
        *self.lock() = None;
        let opened = transport.open(request, limit);
        Box::pin(async move {
            let (head, mut body) = opened.await?.into_parts();
            if is_event_stream(head.status, &head.headers) {
                *self.lock() = Some(Opened {
                    body,
                    status: head.status,
                    headers: head.headers.clone(),
                    redactor: Redactor::new([]),
                    address: None,
                });
                return Ok(Response::from_parts(head, Bytes::new()));
            }
            let mut whole = BytesMut::new();
            while let Some(piece) = poll_fn(|context| body.as_mut().poll_next(context)).await {
                let failed = match piece {
                    Ok(piece) => {
                        whole.extend_from_slice(&piece);
                        (whole.len() > limit).then(|| too_large(&whole, limit))
                    }
                    Err(error) => Some(error.with_body(&whole)),
                };
                if let Some(error) = failed {
                    return Err(error.with_head(head.status, &head.headers));
                }
            }
            Ok(Response::from_parts(head, whole.freeze()))
        })
    }

    /// Whether the answer of the last attempt is a stream.
    pub(super) fn is_open(&self) -> bool {
        self.lock().is_some()
    }

    /// Completes what is known of an open stream: its secrets.
    pub(super) fn with_redactor(&self, redactor: Redactor) {
        if let Some(opened) = self.lock().as_mut() {
            opened.redactor = redactor;
        }
    }

    /// Completes what is known of an open stream: where it comes from.
    pub(super) fn with_address(&self, address: &Arc<Address>) {
        if let Some(opened) = self.lock().as_mut() {
            opened.address = Some(Arc::clone(address));
        }
    }

    /// The stream, if the call has one.
    pub(crate) fn into_opened(self) -> Option<Opened> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Refusals come as JSON, whatever the action; and not all that is called an event stream is a success.
fn is_event_stream(status: StatusCode, headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    status.is_success() && media_type.eq_ignore_ascii_case("text/event-stream")
}

/// Gives the answer that a stream begins with the request id of its header.
pub(super) fn name_request(headers: &HeaderMap, response: &mut dyn Record) {
    // A stream without one is a stream all the same.
    let _ = adopt_request_id(request_id_header(headers).as_deref(), response);
}

/// The events of an answer.
pub(crate) struct EventReader {
    opened: Opened,
    action: &'static ActionMeta,
    parser: EventParser,
    limit: usize,
    idle: TimeLimit,
    /// Ends the stream when nothing comes. Made with the first wait.
    timer: Option<Pin<Box<Sleep>>>,
    events: VecDeque<ServerSentEvent>,
    is_over: bool,
}

impl EventReader {
    /// Reads events of at most `limit` bytes, which come `idle` after each other at the latest.
    pub(crate) fn new(opened: Opened, action: &'static ActionMeta, limit: usize, idle: TimeLimit) -> Self {
        Self {
            opened,
            action,
            parser: EventParser::new(limit),
            limit,
            idle,
            timer: None,
            events: VecDeque::new(),
            is_over: false,
        }
    }

    /// The next event; none at the end. There is nothing behind an error.
    pub(crate) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<ServerSentEvent, Error>>> {
        loop {
            if let Some(event) = self.events.pop_front() {
                if event.data.trim_ascii() == DONE {
                    self.end();
                    return Poll::Ready(None);
                }
                return Poll::Ready(Some(Ok(event)));
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            let error = match self.opened.body.as_mut().poll_next(context) {
                Poll::Ready(Some(Ok(piece))) => {
                    self.timer = None;
                    let Err(EventTooLarge) = self.parser.push(&piece, &mut self.events) else { continue };
                    self.too_large()
                }
                Poll::Ready(Some(Err(error))) => error.explained(&self.opened.redactor),
                Poll::Ready(None) => {
                    self.is_over = true;
                    match self.parser.finish() {
                        Ok(last) => {
                            self.events.extend(last);
                            continue;
                        }
                        Err(EventTooLarge) => self.too_large(),
                    }
                }
                Poll::Pending => {
                    let idle = self.idle.time;
                    let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(idle)));
                    if timer.as_mut().poll(context).is_pending() {
                        return Poll::Pending;
                    }
                    let message =
                        format!("timed out waiting for the next event of the stream: {}", self.idle);
                    Error::new(ErrorKind::Timeout, message)
                }
            };
            self.end();
            return Poll::Ready(Some(Err(self.told(error))));
        }
    }

    /// Lets go of the connection. What has been read already and not been asked for is gone, too.
    pub(crate) fn end(&mut self) {
        self.is_over = true;
        self.events.clear();
        self.opened.body = crate::transport::whole_body(Bytes::new());
    }

    /// Reads an event's data into a response. A refusal in it is an error.
    pub(crate) fn decode(
        &self,
        call: Invocation<'_>,
        event: &ServerSentEvent,
        response: &mut dyn Record,
    ) -> Result<(), Error> {
        let Some(body) = enveloped(&event.data) else {
            let shown = snippet(&event.data, &self.opened.redactor);
            let error = Error::new(ErrorKind::Malformed, "the data of an event are not a JSON object");
            return Err(self.told(error.with_snippet(shown)));
        };
        let answer = RawResponse { status: self.opened.status, headers: self.opened.headers.clone(), body };
        let show = |body: &[u8]| snippet(body, &self.opened.redactor);
        let is_strict = call.settings.strict_answers(call.config);
        let mut understood = match parse_response(&answer, response, is_strict, &show) {
            Ok(understood) => understood,
            // It has been read, and needs no id of its own.
            Err(error) if error.kind() == ErrorKind::MissingRequestId => Understood::default(),
            Err(error) => {
                let secretive = !response.meta().sensitive.is_empty();
                return Err(self.told(if secretive { error.without_snippet() } else { error }));
            }
        };
        for mismatch in understood.mismatches.as_mut_slice() {
            mismatch.map_text(|text| self.opened.redactor.redact(text));
        }
        telemetry::answer_read(call, &understood, response);
        Ok(())
    }

    fn too_large(&self) -> Error {
        let message = format!(
            "an event is larger than the limit of {} bytes (ClientBuilder::response_limit)",
            self.limit
        );
        Error::new(ErrorKind::ResponseTooLarge, message)
    }

    /// The error with what is known of the call, and without its secrets.
    fn told(&self, error: Error) -> Error {
        let id = error.request_id().map(str::to_owned).or_else(|| request_id_header(&self.opened.headers));
        let error = error
            .map_texts(|text| self.opened.redactor.redact(text))
            .with_action(self.action)
            .with_status(self.opened.status.as_u16())
            .with_request_id(id);
        match &self.opened.address {
            Some(address) => error.at_endpoint(address),
            None => error,
        }
    }
}

impl fmt::Debug for EventReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventReader").field("action", &self.action.name).finish_non_exhaustive()
    }
}

/// Event data as whole answers look: the members stand in `Response`, unless they do so already. None if the data are
/// no object.
fn enveloped(data: &[u8]) -> Option<Bytes> {
    const START: &[u8] = b"\"Response\"";
    let members = data.trim_ascii_start().strip_prefix(b"{")?.trim_ascii_start();
    let rest = members.strip_prefix(START).map(<[u8]>::trim_ascii_start);
    if rest.is_some_and(|rest| rest.first() == Some(&b':')) {
        return Some(Bytes::copy_from_slice(data));
    }
    Some([b"{\"Response\":", data, b"}"].concat().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_are_put_into_an_envelope_once() {
        let enveloped = |data: &str| {
            enveloped(data.as_bytes())
                .map(|body| String::from_utf8(body.to_vec()).unwrap())
                .unwrap_or_default()
        };
        assert_eq!(enveloped(r#"{"A":1}"#), r#"{"Response":{"A":1}}"#);
        assert_eq!(enveloped("{}"), r#"{"Response":{}}"#);
        for whole in [r#"{"Response":{"A":1}}"#, r#" { "Response" : {}}"#] {
            assert_eq!(enveloped(whole), whole);
        }
        for no_object in ["[1]", "text", ""] {
            assert_eq!(enveloped(no_object), "");
        }
        assert_eq!(enveloped(r#"{"Response2":1}"#), r#"{"Response":{"Response2":1}}"#);
        assert_eq!(enveloped(r#"{"A":"\"Response\":"}"#), r#"{"Response":{"A":"\"Response\":"}}"#);
    }

    #[test]
    fn only_a_success_is_a_stream() {
        let headers =
            |text: &'static str| HeaderMap::from_iter([(CONTENT_TYPE, http::HeaderValue::from_static(text))]);
        assert!(is_event_stream(StatusCode::OK, &headers("Text/Event-Stream; charset=utf-8")));
        assert!(!is_event_stream(StatusCode::BAD_GATEWAY, &headers("text/event-stream")));
        assert!(!is_event_stream(StatusCode::OK, &headers("application/json")));
        assert!(!is_event_stream(StatusCode::OK, &HeaderMap::new()));
    }
}
