//! Sends one request and reads the whole answer, within the client's limits.

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use reqwest::{Client, Request, Response};

use crate::envelope::{request_id_header, snippet};
use crate::error::{Error, ErrorKind};

/// How much room is made for a body before it has come, whatever its header promises.
const FIRST_ALLOCATION: u64 = 256 * 1024;

/// A whole answer, not yet understood.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Sends the request, and reads an answer of at most `limit` bytes.
pub(crate) async fn exchange(http: &Client, request: Request, limit: usize) -> Result<Answer, Error> {
    let mut response = http.execute(request).await.map_err(unanswered)?;
    let status = response.status();
    let body = read_body(&mut response, limit).await.map_err(|error| {
        error.at_status(status.as_u16()).of_request(request_id_header(response.headers()))
    })?;
    Ok(Answer { status, headers: std::mem::take(response.headers_mut()), body })
}

async fn read_body(response: &mut Response, limit: usize) -> Result<Bytes, Error> {
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
fn unanswered(cause: reqwest::Error) -> Error {
    let (kind, what) = if cause.is_connect() {
        (ErrorKind::Connect, "no connection")
    } else if cause.is_timeout() {
        (ErrorKind::Timeout, "no answer in time")
    } else if cause.is_builder() {
        (ErrorKind::Request, "the request can't be sent")
    } else {
        (ErrorKind::Transport, "the connection broke before the answer")
    };
    Error::new(kind, format!("{what}: {}", root_cause(&cause))).caused_by(cause)
}

/// The answer stopped in its middle.
fn broken_off(body: &[u8], cause: reqwest::Error) -> Error {
    let received = body.len();
    let (kind, what) = if cause.is_timeout() {
        (ErrorKind::Timeout, "time ran out")
    } else {
        (ErrorKind::Truncated, "the answer broke off")
    };
    Error::new(kind, format!("{what} after {received} bytes: {}", root_cause(&cause)))
        .caused_by(cause)
        .showing(snippet(body))
}

fn too_large(body: &[u8], limit: usize) -> Error {
    Error::new(ErrorKind::TooLarge, format!("the answer is larger than the limit of {limit} bytes"))
        .showing(snippet(body))
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
