//! Understands an answer: a typed response, or one of the ways to fail.

use std::fmt::Write as _;

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;

use crate::error::{Error, ErrorKind};
use crate::record::{BareResponse, DecodeError, Envelope, FieldMut, Record, decode_envelope, request_id};
use crate::transport::Answer;

/// How much of an answer an error keeps.
const SNIPPET_BYTES: usize = 512;
/// How much of an answer an error's one line shows.
const EXCERPT_CHARS: usize = 80;

/// Reads an answer into the response. Returns what the service says about the end of the action, if anything.
///
/// An `Error` member alone makes a failure, whatever the HTTP status and content type: the service sends
/// failures with status 200.
pub(crate) fn interpret(answer: &Answer, response: &mut dyn Record) -> Result<Option<String>, Error> {
    let id = request_id_header(&answer.headers);
    read(answer, id.as_deref(), response).map_err(|error| {
        let id = error.request_id().map(str::to_owned).or(id);
        error.at_status(answer.status.as_u16()).of_request(id).showing(snippet(&answer.body))
    })
}

fn read(
    answer: &Answer,
    header_id: Option<&str>,
    response: &mut dyn Record,
) -> Result<Option<String>, Error> {
    if !is_object(&answer.body) {
        return Err(no_api_answer(answer));
    }
    let Ok(body) = simdutf8::basic::from_utf8(&answer.body) else {
        return Err(not_utf8(&answer.body));
    };
    let mut envelope = decode_envelope(body, response).map_err(|error| undecodable(body, &error))?;
    let warning = envelope.deprecated.take();
    if let Some(refusal) = refusal(envelope, response) {
        return Err(refusal);
    }
    if request_id(response).is_none() {
        adopt_request_id(header_id, response)?;
    }
    Ok(warning)
}

/// What the envelope says instead of a response.
fn refusal(envelope: Envelope, response: &dyn Record) -> Option<Error> {
    if let Some(error) = envelope.error {
        let id = request_id(response).map(str::to_owned);
        return Some(Error::api(error.code, error.message).of_request(id));
    }
    if let Some(retired) = envelope.retired {
        return Some(Error::retired(retired.code, retired.code_desc, retired.message));
    }
    let missing = || Error::new(ErrorKind::Malformed, "the answer is JSON without a `Response`");
    (!envelope.has_response).then(missing)
}

/// The typed response did not fit. The service's own error, if there is one, matters more than that.
fn undecodable(body: &str, error: &DecodeError) -> Error {
    if error.truncated {
        let text = format!("the answer ends in its middle, after {} bytes", body.len());
        return Error::new(ErrorKind::Truncated, text);
    }
    let mut bare = BareResponse::default();
    match decode_envelope(body, &mut bare) {
        Ok(envelope) => refusal(envelope, &bare).unwrap_or_else(|| {
            Error::new(ErrorKind::Decode, format!("the answer does not fit the action: {error}"))
                .of_request(request_id(&bare).map(str::to_owned))
        }),
        Err(syntax) if syntax.truncated => undecodable(body, &syntax),
        Err(syntax) => Error::new(ErrorKind::Malformed, format!("the answer is not an envelope: {syntax}")),
    }
}

/// A response that came without its id takes the one in the answer's header.
fn adopt_request_id(header_id: Option<&str>, response: &mut dyn Record) -> Result<(), Error> {
    let missing = || {
        Error::new(
            ErrorKind::MissingRequestId,
            "the answer has neither an error nor a request id, so it is not from the service",
        )
    };
    let id = header_id.ok_or_else(missing)?;
    let index = response.meta().fields.iter().position(|name| *name == "RequestId").ok_or_else(missing)?;
    match response.get_mut(index) {
        FieldMut::String(field) => id.clone_into(field),
        FieldMut::OptString(field) => *field = Some(id.to_owned()),
        _ => return Err(missing()),
    }
    Ok(())
}

/// The service answers each call with an object; what is none was sent by something else.
fn is_object(body: &[u8]) -> bool {
    body.trim_ascii_start().first() == Some(&b'{')
}

fn no_api_answer(answer: &Answer) -> Error {
    let status = answer.status.as_u16();
    if answer.body.trim_ascii().is_empty() {
        return Error::new(ErrorKind::Gateway, format!("HTTP {status} with an empty body"));
    }
    let content_type = answer.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or("no content type");
    let excerpt: String = snippet(&answer.body).chars().take(EXCERPT_CHARS).collect();
    Error::new(
        ErrorKind::Gateway,
        format!("HTTP {status} with something else than an answer of the API ({content_type}): {excerpt}"),
    )
}

fn not_utf8(body: &Bytes) -> Error {
    let valid = str::from_utf8(body).map_or_else(|error| error.valid_up_to(), str::len);
    Error::new(ErrorKind::NotUtf8, format!("the answer is not UTF-8 after {valid} of {} bytes", body.len()))
}

/// The request id that the answer's header carries.
pub(crate) fn request_id_header(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("x-tc-requestid")?.to_str().ok()?.trim();
    (!id.is_empty()).then(|| id.to_owned())
}

/// How an answer begins, in at most [`SNIPPET_BYTES`] that are safe to print.
pub(crate) fn snippet(body: &[u8]) -> String {
    let mut shown = String::new();
    for c in String::from_utf8_lossy(&body[..body.len().min(SNIPPET_BYTES)]).chars() {
        let before = shown.len();
        if c.is_control() {
            // Writing to a String can't fail.
            let _ = write!(shown, "{}", c.escape_default());
        } else {
            shown.push(c);
        }
        if shown.len() > SNIPPET_BYTES {
            shown.truncate(before);
            break;
        }
    }
    shown
}
