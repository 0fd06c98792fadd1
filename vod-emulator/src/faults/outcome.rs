//! The response of a call, or what a fault makes of it.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::RETRY_AFTER;
use http::{Response, StatusCode};

use crate::faults::fault::{ConnectionFault, Fault};
use crate::protocol::codes;
use crate::protocol::envelope::{Answer, ApiError, envelope, page_response};

/// What a transport does with the answer.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Brings it.
    Answer(Response<Bytes>),
    /// Brings it byte by byte, with a pause before each.
    Drip(Response<Bytes>, Duration),
    /// Brings the head and this many bytes of the body, then breaks off.
    Cut(Response<Bytes>, usize),
    /// Breaks the connection; there is no answer.
    Break(ConnectionFault),
}

impl Outcome {
    pub(crate) fn map(self, change: impl FnOnce(Response<Bytes>) -> Response<Bytes>) -> Self {
        match self {
            Self::Answer(response) => Self::Answer(change(response)),
            Self::Drip(response, pause) => Self::Drip(change(response), pause),
            Self::Cut(response, keep) => Self::Cut(change(response), keep),
            Self::Break(fault) => Self::Break(fault),
        }
    }
}

/// The refusal that a fault puts in the place of the service's own answer.
pub(crate) fn refusal(fault: &Fault) -> Option<ApiError> {
    let (code, message) = match fault {
        Fault::Throttling { .. } => (codes::REQUEST_LIMIT_EXCEEDED.into(), "The action is throttled."),
        Fault::TokenExpired => (codes::TOKEN_FAILURE.into(), "The token has expired."),
        Fault::ServerError { code, .. } => (code.clone().into(), "The service failed."),
        _ => return None,
    };
    Some(ApiError { code, message: message.into() })
}

/// Whether the answer tells its request id.
pub(crate) fn tells_request_id(fault: Option<&Fault>) -> bool {
    fault != Some(&Fault::MissingRequestId)
}

/// The envelope of a call's answer, or of the refusal that took its place.
pub(crate) fn call_response(
    fault: Option<&Fault>,
    answer: Result<Answer, ApiError>,
    request_id: &str,
) -> Response<Bytes> {
    let mut response = envelope(answer, tells_request_id(fault).then_some(request_id));
    match fault {
        Some(Fault::ServerError { status, .. }) => *response.status_mut() = *status,
        Some(Fault::BesideResponse) => {
            let extra_members = br#"{"code":0,"message":"","codeDesc":"Success","#;
            response = response.map(|body| joined(&[extra_members, body.get(1..).unwrap_or_default()]));
        }
        Some(Fault::DeepWarning { depth }) => response = response.map(|body| deeply_warned(&body, *depth)),
        _ => {}
    }
    response
}

/// Puts an answer on its way. There is none of a call that was not handled.
pub(crate) fn outcome(fault: Option<&Fault>, response: Option<Response<Bytes>>) -> Outcome {
    match fault {
        Some(Fault::ConnectionRefused { .. }) => return Outcome::Break(ConnectionFault::Refused),
        Some(Fault::ResetBeforeRequest | Fault::ResetInBody { .. }) => {
            return Outcome::Break(ConnectionFault::ResetBeforeRequest);
        }
        Some(Fault::ResetAfterRequest | Fault::ResetAfterHandling) => {
            return Outcome::Break(ConnectionFault::ResetAfterRequest);
        }
        _ => {}
    }
    let (Some(mut response), None) =
        (response, fault.filter(|fault| matches!(fault, Fault::BadGateway { .. })))
    else {
        return Outcome::Answer(page_response(StatusCode::BAD_GATEWAY));
    };
    match fault {
        Some(Fault::Throttling { lasting, retry_after: true }) => {
            let seconds = lasting.as_secs() + u64::from(lasting.subsec_nanos() > 0);
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        Some(Fault::HugeBody { size }) => response = response.map(|body| filled_up(body, *size)),
        Some(Fault::ByteOrderMark) => response = response.map(|body| joined(&[b"\xef\xbb\xbf", &body])),
        Some(Fault::ReplacedBody { body }) => response = response.map(|_| body.clone()),
        Some(Fault::SlowBody { pause }) => return Outcome::Drip(response, *pause),
        Some(Fault::TruncatedBody { keep }) => {
            let keep = (*keep).min(response.body().len().saturating_sub(1));
            return Outcome::Cut(response, keep);
        }
        _ => {}
    }
    Outcome::Answer(response)
}

/// The body with blanks behind it, which JSON allows.
fn filled_up(body: Bytes, size: usize) -> Bytes {
    let mut filled = BytesMut::from(body);
    if filled.len() < size {
        filled.resize(size, b' ');
    }
    filled.freeze()
}

fn joined(pieces: &[&[u8]]) -> Bytes {
    pieces.concat().into()
}

/// The body of an answer with a warning of nested lists as the first member inside `Response`.
fn deeply_warned(body: &Bytes, depth: usize) -> Bytes {
    let start = b"{\"Response\":{".len();
    let (head, rest) = body.split_at(start.min(body.len()));
    let separator: &[u8] = if rest.starts_with(b"}") { b"" } else { b"," };
    // No lists at all are still a value.
    let depth = depth.max(1);
    let (open, close) = (vec![b'['; depth], vec![b']'; depth]);
    joined(&[head, b"\"DeprecatedWarning\":", &open, &close, separator, rest])
}
