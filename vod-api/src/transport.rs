//! The transport trait: sends requests and returns responses.

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

/// The body of a response, piece by piece. It ends with the body, or after an error.
pub type BodyStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// Sends requests to the service and returns its responses.
///
/// A client uses [`ReqwestTransport`] unless [`ClientBuilder::transport`](crate::ClientBuilder::transport) sets
/// another one: for a test without sockets, or to wrap the default and observe or change what passes.
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
    /// Sends a signed request once and returns the whole response, whose body may have at most `limit` bytes.
    ///
    /// The request's URI is absolute, and the signed headers must not be changed. The transport must not follow
    /// redirects, and must not retry a request that may have reached the service: the client retries, with a new
    /// signature for each attempt. Dropping the future cancels the request.
    ///
    /// # Errors
    ///
    /// There is no complete response. A complete response is never an error, whatever its status.
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_>;

    /// Like [`send`](Self::send), and reports to `traffic` which bytes of the bodies have been transferred. Uploads
    /// send their parts in this way: progress, bandwidth limit and idle timeout depend on the reports.
    ///
    /// The default implementation reports nothing. An upload then counts whole parts, and its idle timeout limits
    /// each request as a whole.
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

    /// Sends a signed request once as [`send`](Self::send) does, and returns the response as soon as its head is
    /// received. It is used for actions that respond with a stream of events. Dropping the body closes the
    /// connection.
    ///
    /// The default implementation reads the whole response with `send`, so that all events arrive at its end. A
    /// transport that wraps another one should forward this method too.
    ///
    /// # Errors
    ///
    /// The head of a response was not received.
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

/// Why there is no response. It determines whether a call may be retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportFailure {
    /// The connection could not be established, so the request was never sent. Any call may be retried.
    Connect,
    /// The request can't be sent at all, now or later.
    InvalidRequest,
    /// A timeout expired. The service may have executed the call.
    TimedOut,
    /// The connection was lost before the response. The service may have executed the call.
    Disconnected,
    /// The response was truncated. The service may have executed the call.
    Truncated,
    /// The response is larger than the limit. The service may have executed the call.
    TooLarge,
}

/// Why [`Transport::send`] returned no response, with the part of it that was received.
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
    /// Creates a failure with a message. The message must not contain the request's URI or headers: they contain the
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

    /// Adds the status and headers of the response.
    #[must_use]
    pub fn with_head(mut self, status: StatusCode, headers: &HeaderMap) -> Self {
        self.inner.status = Some(status);
        self.inner.request_id = request_id_header(headers);
        self
    }

    /// Adds the part of the body that was received. An error shows at most 512 bytes of it, without the call's
    /// secrets. If it contains the service's error code in full, the call counts as rejected with that code.
    #[must_use]
    pub fn with_body(mut self, received: &[u8]) -> Self {
        self.inner.received = received[..received.len().min(REDACTED_BYTES)].to_vec();
        if self.inner.failure != TransportFailure::TooLarge {
            self.inner.refusal = refusal_in(received);
        }
        self
    }

    /// Adds the cause. Like the message, it must not contain the request.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.inner.source = Some(cause.into());
        self
    }

    /// Marks the failure as a timeout, for example while connecting.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.inner.timed_out = true;
        self
    }

    /// The kind of the failure.
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
