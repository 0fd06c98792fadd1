//! The transport that clients have unless they are given another one.

use bytes::{Bytes, BytesMut};
use http::Request;
use reqwest::{Client, Response};

use super::{Transport, TransportError, TransportFailure, TransportFuture, too_large};

/// How much room is made for a body before it has come, whatever its header promises.
const FIRST_ALLOCATION: u64 = 256 * 1024;

/// Sends over the network, by a client of reqwest with its pool of connections.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: Client,
}

impl ReqwestTransport {
    /// Sends by this client, which should not follow redirects nor send anything again by itself.
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    async fn exchange(
        &self,
        request: Request<Bytes>,
        limit: usize,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let request = reqwest::Request::try_from(request).map_err(unanswered)?;
        let mut response = self.client.execute(request).await.map_err(unanswered)?;
        let body = read_body(&mut response, limit)
            .await
            .map_err(|error| error.with_head(response.status(), response.headers()))?;
        let mut answer = http::Response::new(body);
        *answer.status_mut() = response.status();
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        Ok(answer)
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        Box::pin(self.exchange(request, limit))
    }
}

async fn read_body(response: &mut Response, limit: usize) -> Result<Bytes, TransportError> {
    let promised = response.content_length();
    let mut body = match response.chunk().await {
        Ok(Some(first)) if promised == Some(first.len() as u64) && first.len() <= limit => return Ok(first),
        Ok(Some(first)) => {
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
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(body.freeze()),
            Err(cause) => return Err(broken_off(&body, cause)),
        }
    }
}

/// There was no answer at all.
fn unanswered(cause: reqwest::Error) -> TransportError {
    let (failure, what) = if cause.is_connect() {
        (TransportFailure::NotSent, "no connection")
    } else if cause.is_timeout() {
        (TransportFailure::TimedOut, "no answer in time")
    } else if cause.is_builder() {
        (TransportFailure::NotSendable, "the request can't be sent")
    } else {
        (TransportFailure::Broken, "the connection broke before the answer")
    };
    explain(failure, format!("{what}: {}", root_cause(&cause)), cause)
}

/// The answer stopped in its middle.
fn broken_off(body: &[u8], cause: reqwest::Error) -> TransportError {
    let received = body.len();
    let (failure, what) = if cause.is_timeout() {
        (TransportFailure::TimedOut, "time ran out")
    } else {
        (TransportFailure::Truncated, "the answer broke off")
    };
    let message = format!("{what} after {received} bytes: {}", root_cause(&cause));
    explain(failure, message, cause).with_body(body)
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
