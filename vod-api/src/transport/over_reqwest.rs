//! The default transport, over reqwest.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::{Request, Uri};
use http_body::Body as _;
use reqwest::{Client, Response, Url};

#[cfg(feature = "upload")]
use super::traffic::{ReportingBody, Traffic};
use super::{
    BodyStream, StreamFuture, Transport, TransportError, TransportFailure, TransportFuture, too_large,
};
use crate::error::{Error, ErrorKind};
use crate::sync::ReadMostly;

/// How much room is made for a body before it has come, whatever its header promises.
const FIRST_ALLOCATION: u64 = 256 * 1024;

/// How many hosts' addresses are kept: more than one client's calls go to.
const KEPT_ADDRESSES: usize = 16;

/// The default transport: a reqwest client with its connection pool.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: Client,
    /// Addresses without their query, as reqwest wants them. Parsing one costs more than comparing a few.
    addresses: Arc<ReadMostly<(Uri, Url)>>,
    /// The client's connect timeout, if it is known, for errors.
    connect_timeout: Option<Duration>,
}

impl ReqwestTransport {
    /// Creates a transport with the client's default settings.
    ///
    /// # Errors
    ///
    /// Of kind [`Config`](crate::ErrorKind::Config): the HTTP client can't be created.
    pub fn standard() -> Result<Self, Error> {
        Self::new(reqwest::Client::builder())
    }

    /// Creates a transport with these settings of the HTTP client, for example with a proxy or with certificates.
    ///
    /// Two settings are overridden: redirects are not followed, because they would send the token of a temporary
    /// credential to another host, and the HTTP client does not retry, because that could execute a call twice.
    ///
    /// # Errors
    ///
    /// The HTTP client can't be created with these settings.
    pub fn new(settings: reqwest::ClientBuilder) -> Result<Self, Error> {
        #[cfg(all(feature = "rustls-ring", not(feature = "rustls")))]
        install_ring();
        let settings = settings.redirect(reqwest::redirect::Policy::none()).retry(reqwest::retry::never());
        let client = settings.build().map_err(|error| {
            let message = format!("http_client: can't be made: {}", root_cause(&error));
            Error::new(ErrorKind::Config, message).with_source(error.without_url())
        })?;
        Ok(Self { client, addresses: Arc::default(), connect_timeout: None })
    }

    /// Lets errors name the connect timeout that the client was built with.
    pub(crate) fn with_connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = Some(limit);
        self
    }

    fn convert(&self, request: Request<Bytes>) -> Result<reqwest::Request, TransportError> {
        let (head, body) = request.into_parts();
        let mut request = reqwest::Request::new(head.method, self.address(&head.uri)?);
        *request.headers_mut() = head.headers;
        if !body.is_empty() {
            *request.body_mut() = Some(body.into());
        }
        Ok(request)
    }

    #[cfg(feature = "upload")]
    fn convert_reporting(
        &self,
        request: Request<Bytes>,
        traffic: &Arc<dyn Traffic>,
    ) -> Result<reqwest::Request, TransportError> {
        let (head, body) = request.into_parts();
        let mut request = self.convert(Request::from_parts(head, Bytes::new()))?;
        if !body.is_empty() {
            *request.body_mut() = Some(reqwest::Body::wrap(ReportingBody::new(body, Arc::clone(traffic))));
        }
        Ok(request)
    }

    fn address(&self, uri: &Uri) -> Result<Url, TransportError> {
        let is_it = |(known, _): &(Uri, Url)| {
            known.authority() == uri.authority()
                && known.scheme() == uri.scheme()
                && known.path() == uri.path()
        };
        let make = || Ok((without_query(uri), parse(uri)?));
        // The first ones stay: they are the API's, and those of uploads are as many as files.
        let make_room = |known: &mut Vec<_>| known.truncate(KEPT_ADDRESSES - 1);
        let (_, mut url) = self.addresses.get_or_insert(is_it, make, make_room)?;
        if uri.query().is_some() {
            url.set_query(uri.query());
        }
        Ok(url)
    }
}

/// An address without its query.
fn parse(uri: &Uri) -> Result<Url, TransportError> {
    let mut url = Url::parse(&uri.to_string()).map_err(|error| {
        TransportError::new(TransportFailure::InvalidRequest, "the request's URI is not a URL")
            .caused_by(error)
    })?;
    url.set_query(None);
    Ok(url)
}

/// Makes ring the process's provider of cryptography, unless the program has chosen one: without any, reqwest panics.
#[cfg(all(feature = "rustls-ring", not(feature = "rustls")))]
fn install_ring() {
    // An error says that there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A signed query must not be kept.
fn without_query(uri: &Uri) -> Uri {
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = uri.path().parse().ok();
    Uri::from_parts(parts).unwrap_or_default()
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        // Converted here and not in the future, which so need not hold the request in both forms.
        let sent = self.convert(request).map(|request| self.client.execute(request));
        Box::pin(async move {
            let response = sent?.await.map_err(|cause| self.unanswered(cause))?;
            whole(response, limit, |_| {}).await
        })
    }

    #[cfg(feature = "upload")]
    fn send_reporting(
        &self,
        request: Request<Bytes>,
        limit: usize,
        traffic: Arc<dyn Traffic>,
    ) -> TransportFuture<'_> {
        let sent = self.convert_reporting(request, &traffic).map(|request| self.client.execute(request));
        Box::pin(async move {
            let response = sent?.await.map_err(|cause| self.unanswered(cause))?;
            traffic.received(0);
            whole(response, limit, |bytes| traffic.received(bytes)).await
        })
    }

    fn open(&self, request: Request<Bytes>, _: usize) -> StreamFuture<'_> {
        let sent = self.convert(request).map(|request| self.client.execute(request));
        Box::pin(async move {
            let response = sent?.await.map_err(|cause| self.unanswered(cause))?;
            let response: http::Response<reqwest::Body> = response.into();
            Ok(response.map(|body| Box::pin(Pieces { body, received: 0 }) as BodyStream))
        })
    }
}

/// A body as it comes.
struct Pieces {
    body: reqwest::Body,
    received: usize,
}

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => {
                    if let Ok(piece) = frame.into_data() {
                        self.received += piece.len();
                        return Poll::Ready(Some(Ok(piece)));
                    }
                }
                Some(Err(cause)) => return Poll::Ready(Some(Err(broken_off_after(self.received, cause)))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Reads an answer to its end, and reports how long each piece of its body is.
async fn whole(
    mut response: Response,
    limit: usize,
    report: impl Fn(usize) + Send,
) -> Result<http::Response<Bytes>, TransportError> {
    let body = read_body(&mut response, limit, report)
        .await
        .map_err(|error| error.with_head(response.status(), response.headers()))?;
    let mut answer = http::Response::new(body);
    *answer.status_mut() = response.status();
    *answer.headers_mut() = std::mem::take(response.headers_mut());
    Ok(answer)
}

async fn read_body(
    response: &mut Response,
    limit: usize,
    report: impl Fn(usize),
) -> Result<Bytes, TransportError> {
    let promised = response.content_length();
    let mut body = match response.chunk().await {
        Ok(Some(first)) if promised == Some(first.len() as u64) && first.len() <= limit => return Ok(first),
        Ok(Some(first)) => {
            report(first.len());
            let room = promised.unwrap_or(0).min(FIRST_ALLOCATION).min(limit as u64);
            let mut body = BytesMut::with_capacity(first.len().max(usize::try_from(room).unwrap_or(0)));
            body.extend_from_slice(&first);
            body
        }
        Ok(None) => return Ok(Bytes::new()),
        Err(cause) => return Err(broken_off(&[], cause)),
    };
    loop {
        if body.len() > limit || promised.is_some_and(|promised| promised > limit as u64) {
            return Err(too_large(&body, limit));
        }
        match response.chunk().await {
            Ok(Some(chunk)) => {
                report(chunk.len());
                body.extend_from_slice(&chunk);
            }
            Ok(None) => return Ok(body.freeze()),
            Err(cause) => return Err(broken_off(&body, cause)),
        }
    }
}

impl ReqwestTransport {
    /// There was no response at all.
    fn unanswered(&self, cause: reqwest::Error) -> TransportError {
        let (failure, what) = if cause.is_connect() {
            (TransportFailure::Connect, "cannot connect")
        } else if cause.is_timeout() {
            (TransportFailure::TimedOut, "the HTTP client's own timeout ended the request")
        } else if cause.is_builder() {
            (TransportFailure::InvalidRequest, "the request cannot be sent")
        } else {
            (TransportFailure::Disconnected, "the connection broke before the response")
        };
        let limit = self.connect_timeout.filter(|_| cause.is_connect() && cause.is_timeout());
        let limit =
            limit.map(|limit| format!("; connect timeout of {limit:?} (ClientBuilder::connect_timeout)"));
        let message = format!("{what}: {}{}", root_cause(&cause), limit.unwrap_or_default());
        explain(failure, message, cause)
    }
}

/// The response was interrupted.
fn broken_off(body: &[u8], cause: reqwest::Error) -> TransportError {
    broken_off_after(body.len(), cause).with_body(body)
}

fn broken_off_after(received: usize, cause: reqwest::Error) -> TransportError {
    let (failure, what) = if cause.is_timeout() {
        (TransportFailure::TimedOut, "the HTTP client's own timeout ended the response body")
    } else {
        (TransportFailure::Truncated, "the response body was interrupted")
    };
    let message = format!("{what} after {received} bytes: {}", root_cause(&cause));
    explain(failure, message, cause)
}

/// Keeps the cause without its URL: that of a GET holds the signature.
fn explain(failure: TransportFailure, message: String, cause: reqwest::Error) -> TransportError {
    let error = TransportError::new(failure, message);
    let error = if cause.is_timeout() { error.timed_out() } else { error };
    error.caused_by(cause.without_url())
}

/// What was behind it all, for example that the connection was refused.
pub(crate) fn root_cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = match std::error::Error::source(error) {
        Some(cause) => cause,
        // The error itself would show the URL.
        None => return "unknown cause".to_owned(),
    };
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
