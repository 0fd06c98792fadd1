//! Parses a response into the typed response or an error.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::CONTENT_TYPE;

use crate::error::{Error, ErrorKind};
use crate::record::mismatch::Mismatches;
use crate::record::unicode::without_bom;
use crate::record::{
    Broken, Envelope, FieldMut, Lenient, Record, Retired, decode_envelope, decode_leniently, refusal_in,
    request_id,
};
use crate::transport::RawResponse;
use crate::transport::snippet::request_id_header;

/// How much of an answer an error's one line shows.
const EXCERPT_CHARS: usize = 80;

/// What an answer brought besides its response.
#[derive(Debug, Default)]
pub(crate) struct Understood {
    /// What the service says about the end of the action.
    pub(crate) deprecated: Option<String>,
    /// What did not fit the response.
    pub(crate) mismatches: Mismatches,
    /// The JSON as it was read: the body itself, unless its text had to be repaired.
    pub(crate) json: Bytes,
    pub(crate) is_repaired: bool,
}

/// Reads an answer into the response. What does not fit is left out, unless the answer is to be taken strictly.
///
/// An `Error` member alone makes a failure, whatever the HTTP status and content type: the service sends
/// failures with status 200.
///
/// `show` makes a body safe to be shown. Only an error asks for it.
pub(crate) fn parse_response(
    answer: &RawResponse,
    response: &mut dyn Record,
    is_strict: bool,
    show: &dyn Fn(&[u8]) -> String,
) -> Result<Understood, Error> {
    let id = request_id_header(&answer.headers);
    read(answer, id.as_deref(), response, is_strict).map_err(|error| {
        let id = error.request_id().map(str::to_owned).or(id);
        let snippet = show(&answer.body);
        let error = if error.kind() == ErrorKind::Gateway { excerpted(error, &snippet) } else { error };
        error.with_status(answer.status.as_u16()).with_request_id(id).with_snippet(snippet)
    })
}

fn read(
    answer: &RawResponse,
    header_id: Option<&str>,
    response: &mut dyn Record,
    is_strict: bool,
) -> Result<Understood, Error> {
    let body = without_bom(&answer.body);
    if !is_object(body) {
        return Err(no_api_answer(answer));
    }
    let body = answer.body.slice_ref(body);
    let (mut envelope, mismatches, json) = match read_fitting(&body, response) {
        Some(envelope) => (envelope, Mismatches::default(), body.clone()),
        None => read_leniently(&body, response)?,
    };
    let deprecated = envelope.deprecated.take();
    if let Some(refusal) = refusal(envelope, response, &json) {
        return Err(refusal);
    }
    if is_strict {
        check_fits(&body, &json, &mismatches)
            .map_err(|error| error.with_request_id(request_id(response).map(str::to_owned)))?;
    }
    if request_id(response).is_none() {
        let adopted = adopt_request_id(header_id, response);
        // One that is there and is not a text is a mismatch as others are.
        if mismatches.of_field("RequestId").is_none() {
            adopted?;
        }
    }
    let is_repaired = json.as_ptr() != body.as_ptr();
    Ok(Understood { deprecated, mismatches, json, is_repaired })
}

/// Reads an answer that fits; `None` if it does not.
fn read_fitting(body: &Bytes, response: &mut dyn Record) -> Option<Envelope> {
    decode_envelope(simdutf8::basic::from_utf8(body).ok()?, response).ok()
}

/// Reads what fits of an answer.
#[cold]
fn read_leniently(body: &Bytes, response: &mut dyn Record) -> Result<(Envelope, Mismatches, Bytes), Error> {
    let Lenient { envelope, mismatches, text } =
        decode_leniently(body, response).map_err(|why| broken(body, why))?;
    let json = match text {
        Cow::Borrowed(_) => body.clone(),
        Cow::Owned(repaired) => repaired.into(),
    };
    Ok((envelope, mismatches, json))
}

/// Why an answer can't be read at all. The service's own error, if it can be seen, matters more than that.
fn broken(body: &Bytes, why: Broken) -> Error {
    let why = match why {
        Broken::TooLarge => {
            let message = "the answer's objects take more than 16 MiB and four times the size of the answer";
            return Error::new(ErrorKind::ResponseTooLarge, message);
        }
        why => why,
    };
    if let Some((error, id)) = refusal_in(body) {
        return Error::api(error.code, error.message).with_request_id(id);
    }
    match why {
        Broken::NotJson(_) if str::from_utf8(body).is_err() => not_utf8(body),
        Broken::NotJson(why) | Broken::NoEnvelope(why) => {
            Error::new(ErrorKind::Malformed, format!("response is not a valid API envelope: {why}"))
        }
        _ => {
            let text = format!("response truncated after {} bytes", body.len());
            Error::new(ErrorKind::Truncated, text)
        }
    }
}

/// What the envelope says instead of a response.
fn refusal(envelope: Envelope, response: &dyn Record, json: &[u8]) -> Option<Error> {
    if let Some(error) = envelope.error {
        let id = request_id(response).map(str::to_owned);
        return Some(Error::api(error.code, error.message).with_request_id(id));
    }
    if envelope.has_response {
        return None;
    }
    if envelope.has_code
        && let Some(retired) = str::from_utf8(json).ok().and_then(Retired::read)
    {
        return Some(Error::retired(retired.code, retired.code_desc, retired.message));
    }
    Some(Error::new(ErrorKind::Malformed, "response is JSON without `Response`"))
}

/// An answer that is to be taken strictly fits in every part, and is text as it came.
fn check_fits(body: &Bytes, json: &Bytes, mismatches: &Mismatches) -> Result<(), Error> {
    if let Some(mismatch) = mismatches.as_slice().first() {
        return Err(mismatch.to_error());
    }
    if json == body {
        return Ok(());
    }
    if str::from_utf8(body).is_err() {
        return Err(not_utf8(body));
    }
    let message = "response does not fit the action: it has halves of characters, such as `\\ud83d` alone";
    Err(Error::new(ErrorKind::Decode, message))
}

/// A response that came without its id takes the one in the answer's header.
pub(super) fn adopt_request_id(header_id: Option<&str>, response: &mut dyn Record) -> Result<(), Error> {
    let missing = || {
        Error::new(
            ErrorKind::MissingRequestId,
            "response has neither an error nor a request id, so it is not the service's",
        )
    };
    let id = header_id.ok_or_else(missing)?;
    let index = response.meta().fields.iter().position(|name| *name == "RequestId").ok_or_else(missing)?;
    match response.get_mut(index) {
        FieldMut::String(field) => id.clone_into(field),
        _ => return Err(missing()),
    }
    Ok(())
}

/// The service answers each call with an object; what is none was sent by something else.
fn is_object(body: &[u8]) -> bool {
    body.trim_ascii_start().first() == Some(&b'{')
}

fn no_api_answer(answer: &RawResponse) -> Error {
    if answer.body.trim_ascii().is_empty() {
        return Error::new(ErrorKind::Gateway, "empty response body");
    }
    let content_type = answer.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or("no content type");
    if content_type.trim_start().starts_with("text/event-stream") {
        let message = "the service answers with a stream of events, which `Call::stream` reads";
        return Error::new(ErrorKind::Decode, message);
    }
    Error::new(ErrorKind::Gateway, format!("not an API response ({content_type})"))
}

/// The error with how the answer begins.
fn excerpted(error: Error, snippet: &str) -> Error {
    if snippet.is_empty() {
        return error;
    }
    let excerpt: String = snippet.chars().take(EXCERPT_CHARS).collect();
    let message = format!("{}: {excerpt}", error.message());
    error.with_message(message)
}

fn not_utf8(body: &Bytes) -> Error {
    let valid = str::from_utf8(body).map_or_else(|error| error.valid_up_to(), str::len);
    Error::new(ErrorKind::NotUtf8, format!("response is not UTF-8 after {valid} of {} bytes", body.len()))
}

#[cfg(test)]
#[cfg(feature = "events")]
mod tests;
