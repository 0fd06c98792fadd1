//! How a request leaves and its answer comes: what to replace, and what it may report.

pub(crate) mod event_stream;
mod over_reqwest;
pub(crate) mod snippet;
#[cfg(feature = "upload")]
mod traffic;

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, Request, Response, StatusCode};

pub use over_reqwest::ReqwestTransport;
pub(crate) use over_reqwest::root_cause;
#[cfg(feature = "upload")]
pub use traffic::Traffic;

use self::snippet::{REDACTED_BYTES, request_id_header, snippet};
use crate::error::{Error, ErrorKind, untold};
use crate::record::{ServiceError, refusal_in};
use crate::redact::Redactor;

/// What [`Transport::send`] returns.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Bytes>, TransportError>> + Send + 'a>>;

/// What [`Transport::open`] returns.
pub type StreamFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Response<BodyStream>, TransportError>> + Send + 'a>>;

/// The body of an answer, piece by piece. It ends with the body, or after an error.
pub type BodyStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// Carries requests to the service and answers back.
///
/// A client sends by [`ReqwestTransport`] unless [`ClientBuilder::transport`](crate::ClientBuilder::transport)
/// gives it another one: for a test without sockets, or around the default, to watch or change what passes.
///
/// ```
/// use bytes::Bytes;
/// use vod_api::{Transport, TransportFuture};
///
/// /// Counts the bytes that leave.
/// struct Counting<T>(T, std::sync::atomic::AtomicUsize);
///
/// impl<T: Transport> Transport for Counting<T> {
///     fn send(&self, request: http::Request<Bytes>, limit: usize) -> TransportFuture<'_> {
///         self.1.fetch_add(request.body().len(), std::sync::atomic::Ordering::Relaxed);
///         self.0.send(request, limit)
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends a signed request once, and reads the whole answer, whose body may have `limit` bytes.
    ///
    /// The request's URI is absolute, and the headers that are signed must leave as they are. A redirect is not
    /// to be followed, and a request that may have reached the service is not to be sent again: when to repeat
    /// a call is decided elsewhere, with a signature of its own. Dropping the future gives the request up.
    ///
    /// # Errors
    ///
    /// There is no whole answer. Whatever came as one is an answer, whatever its status.
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_>;

    /// Like [`send`](Self::send), and reports to `traffic` which bytes of the bodies have passed, while they pass. An
    /// upload sends its parts so: its progress, its bandwidth limit and its idle timeout go by the reports.
    ///
    /// Without an implementation of its own nothing is reported. An upload then counts whole parts, and its idle
    /// timeout limits each request as a whole.
    ///
    /// # Errors
    ///
    /// The same as those of [`send`](Self::send).
    #[cfg(feature = "upload")]
    fn send_reporting(
        &self,
        request: Request<Bytes>,
        limit: usize,
        traffic: Arc<dyn Traffic>,
    ) -> TransportFuture<'_> {
        drop(traffic);
        self.send(request, limit)
    }

    /// Sends a signed request once as [`send`](Self::send) does, and gives the answer as soon as its head has come. Actions
    /// that answer with a stream of events are called so. Dropping the body ends the connection.
    ///
    /// By default the whole answer is read by `send` first, so that its events come all at once at its end. A transport
    /// around another one should forward this method, too.
    ///
    /// # Errors
    ///
    /// There is no head of an answer.
    fn open(&self, request: Request<Bytes>, limit: usize) -> StreamFuture<'_> {
        let sent = self.send(request, limit);
        Box::pin(async move { Ok(sent.await?.map(whole_body)) })
    }
}

/// A body that is there already.
pub(crate) fn whole_body(body: Bytes) -> BodyStream {
    Box::pin(Whole(Some(body).filter(|body| !body.is_empty())))
}

struct Whole(Option<Bytes>);

impl Stream for Whole {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        (**self).send(request, limit)
    }

    #[cfg(feature = "upload")]
    fn send_reporting(
        &self,
        request: Request<Bytes>,
        limit: usize,
        traffic: Arc<dyn Traffic>,
    ) -> TransportFuture<'_> {
        (**self).send_reporting(request, limit, traffic)
    }

    fn open(&self, request: Request<Bytes>, limit: usize) -> StreamFuture<'_> {
        (**self).open(request, limit)
    }
}

/// Why there is no answer. It decides whether a call may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportFailure {
    /// The request certainly never left: there was no connection. Any call may be sent again.
    Connect,
    /// The request can't be sent at all, now or later.
    InvalidRequest,
    /// Time ran out. The service may have carried the call out.
    TimedOut,
    /// The connection broke before the answer. The service may have carried the call out.
    Disconnected,
    /// The answer ended in its middle. The service may have carried the call out.
    Truncated,
    /// The answer is larger than the limit. The service may have carried the call out.
    TooLarge,
}

/// Why [`Transport::send`] has no answer, with as much of one as came.
pub struct TransportError {
    inner: Box<Inner>,
}

struct Inner {
    failure: TransportFailure,
    message: String,
    timed_out: bool,
    status: Option<StatusCode>,
    request_id: Option<String>,
    /// How the body began.
    received: Vec<u8>,
    /// The service's own failure, with the request id, if what came of the answer tells it.
    refusal: Option<(ServiceError, Option<String>)>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl TransportError {
    /// A failure, described for people. The text must not show the request's URI or headers: they hold the
    /// signature.
    pub fn new(failure: TransportFailure, message: impl Into<String>) -> Self {
        Self {
            inner: Box::new(Inner {
                failure,
                message: message.into(),
                timed_out: failure == TransportFailure::TimedOut,
                status: None,
                request_id: None,
                received: Vec::new(),
                refusal: None,
                source: None,
            }),
        }
    }

    /// Keeps what the answer began with.
    #[must_use]
    pub fn with_head(mut self, status: StatusCode, headers: &HeaderMap) -> Self {
        self.inner.status = Some(status);
        self.inner.request_id = request_id_header(headers);
        self
    }

    /// Keeps how a body began that came in part. An error shows at most 512 bytes of it, without the call's secrets. If
    /// the service's error code stands in it as a whole, the call has been refused with that code.
    #[must_use]
    pub fn with_body(mut self, received: &[u8]) -> Self {
        self.inner.received = received[..received.len().min(REDACTED_BYTES)].to_vec();
        if self.inner.failure != TransportFailure::TooLarge {
            self.inner.refusal = refusal_in(received);
        }
        self
    }

    /// Keeps the cause. Like the message it must not show the request.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.inner.source = Some(cause.into());
        self
    }

    /// Says that it was time that ran out, for example while connecting.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.inner.timed_out = true;
        self
    }

    /// What happened.
    pub fn failure(&self) -> TransportFailure {
        self.inner.failure
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner.message)
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("failure", &self.inner.failure)
            .field("message", &self.inner.message)
            .field("status", &self.inner.status)
            .field("source", &self.inner.source)
            .finish_non_exhaustive()
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        untold(&self.inner.message, self.inner.source.as_deref()?)
    }
}

/// The error as one of a call, without what names itself a secret in the answer.
impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        error.explained(&Redactor::new([]))
    }
}

impl TransportError {
    /// The error of a call with these secrets.
    pub(crate) fn explained(self, redactor: &Redactor) -> Error {
        let inner = *self.inner;
        let kind = match inner.failure {
            TransportFailure::Connect => ErrorKind::Connect,
            TransportFailure::InvalidRequest => ErrorKind::InvalidRequest,
            TransportFailure::TimedOut => ErrorKind::Timeout,
            TransportFailure::Disconnected => ErrorKind::Transport,
            TransportFailure::Truncated => ErrorKind::Truncated,
            TransportFailure::TooLarge => ErrorKind::ResponseTooLarge,
        };
        let (mut error, id) = match inner.refusal {
            Some((refusal, id)) => (Error::api(refusal.code, refusal.message), id),
            None => (Error::new(kind, inner.message), None),
        };
        error =
            error.with_request_id(id.or(inner.request_id)).with_snippet(snippet(&inner.received, redactor));
        if let Some(status) = inner.status {
            error = error.with_status(status.as_u16());
        }
        if inner.timed_out && error.kind() != ErrorKind::Api {
            error = error.timed_out();
        }
        if let Some(cause) = inner.source {
            error = error.with_source(cause);
        }
        error
    }
}

/// A whole answer, not yet understood.
#[derive(Debug)]
pub(crate) struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl RawResponse {
    /// What a transport has brought. Whatever transport it is, the body has at most `limit` bytes.
    pub(crate) fn of(response: Response<Bytes>, limit: usize) -> Result<Self, TransportError> {
        let (head, body) = response.into_parts();
        if body.len() > limit {
            return Err(too_large(&body, limit).with_head(head.status, &head.headers));
        }
        Ok(Self { status: head.status, headers: head.headers, body })
    }
}

/// The answer has more bytes than the client takes.
pub(crate) fn too_large(received: &[u8], limit: usize) -> TransportError {
    let message =
        format!("response is larger than the limit of {limit} bytes (ClientBuilder::response_limit)");
    TransportError::new(TransportFailure::TooLarge, message).with_body(received)
}
