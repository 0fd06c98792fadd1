//! The form of every answer: one JSON object around the members or the error, and the request id.

use std::borrow::Cow;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Response, StatusCode};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use crate::model::content::find;
use crate::protocol::answer_kind::AnswerKind;

/// The header that repeats the request id.
const REQUEST_ID: &str = "x-tc-requestid";

/// The members of an answer, without the request id.
pub(crate) type Members = Map<String, Value>;

/// The members of a JSON object; none of anything else.
pub(crate) fn members(value: Value) -> Members {
    match value {
        Value::Object(members) => members,
        _ => Members::new(),
    }
}

/// What an action answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Answer {
    pub(crate) members: Members,
    /// What a stream of events consists of, in place of the members; empty for an answer in one piece.
    pub(crate) events: Vec<Members>,
    /// Bytes that stand in the answer in place of the text that names them, which no other text equals.
    pub(crate) raw: Vec<(String, Bytes)>,
    /// Whether a fault hands events of it out once more.
    pub(crate) duplicated: bool,
    pub(crate) kind: AnswerKind,
}

impl From<Members> for Answer {
    fn from(members: Members) -> Self {
        Self { members, ..Self::default() }
    }
}

impl Answer {
    /// The answer with the members of this object.
    pub(crate) fn of(value: Value) -> Self {
        match value {
            Value::Object(members) => members.into(),
            _ => Self::default(),
        }
    }
}

/// A refusal with the vendor's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(crate) code: Cow<'static, str>,
    pub(crate) message: String,
}

impl ApiError {
    pub(crate) fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }
}

/// The members of an answer or the refusal in its envelope. Failures have the status 200 too. Members
/// that bring a request id, as the answer of an example does, keep it; without any, there is none.
pub(crate) fn envelope(answer: Result<Answer, ApiError>, request_id: Option<&str>) -> Response<Bytes> {
    if let Ok(Answer { events, .. }) = &answer
        && !events.is_empty()
    {
        return event_stream(events, request_id);
    }
    let Answer { mut members, raw, .. } = answer.unwrap_or_else(|error| {
        let error = json!({ "Code": error.code, "Message": error.message });
        Members::from_iter([("Error".to_owned(), error)]).into()
    });
    match request_id {
        Some(request_id) => {
            members.entry("RequestId").or_insert_with(|| request_id.into());
        }
        None => {
            members.remove("RequestId");
        }
    }
    let shown = members.get("RequestId").and_then(Value::as_str);
    let shown = shown.and_then(|request_id| HeaderValue::from_str(request_id).ok());
    // `json!` would copy all members.
    let body = Value::Object(Members::from_iter([("Response".to_owned(), Value::Object(members))]));
    let mut response = json_response(StatusCode::OK, &body);
    if let Some(request_id) = shown {
        response.headers_mut().insert(REQUEST_ID, request_id);
    }
    if raw.is_empty() { response } else { response.map(|body| with_raw(&body, &raw)) }
}

/// An answer as server-sent events. Its request id, which an example may bring, is in the header.
fn event_stream(events: &[Members], request_id: Option<&str>) -> Response<Bytes> {
    let events_shown: Vec<String> =
        events.iter().map(|event| format!("data: {}\n\n", json!(event))).collect();
    let mut response = body_response(StatusCode::OK, "text/event-stream", events_shown.concat());
    let of_example = events.iter().find_map(|event| event.get("RequestId").and_then(Value::as_str));
    let shown = request_id.map(|request_id| of_example.unwrap_or(request_id));
    if let Some(request_id) = shown.and_then(|request_id| HeaderValue::from_str(request_id).ok()) {
        response.headers_mut().insert(REQUEST_ID, request_id);
    }
    response
}

/// The body with bytes in place of the texts that name them, which stand in this order.
fn with_raw(body: &[u8], raw: &[(String, Bytes)]) -> Bytes {
    let (mut whole, mut rest) = (BytesMut::new(), body);
    for (name, bytes) in raw {
        let quoted = format!("\"{name}\"");
        let Some(place) = find(rest, quoted.as_bytes()) else { continue };
        whole.extend_from_slice(&rest[..place]);
        whole.extend_from_slice(bytes);
        rest = &rest[place + quoted.len()..];
    }
    whole.extend_from_slice(rest);
    whole.freeze()
}

/// An answer that is plain JSON.
pub(crate) fn json_response(status: StatusCode, body: &Value) -> Response<Bytes> {
    // `to_string` would go through the formatting of texts. A value can always be written.
    body_response(status, "application/json", serde_json::to_vec(body).unwrap_or_default())
}

/// An answer of a gateway in front of the service: a page for people.
pub(crate) fn page_response(status: StatusCode) -> Response<Bytes> {
    let page = format!("<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>\n");
    body_response(status, "text/html", page)
}

fn body_response(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// A time in the form of a `Date` header; none for one beyond the calendar.
pub(crate) fn http_date(unix_seconds: i64) -> Option<HeaderValue> {
    let time = OffsetDateTime::from_unix_timestamp(unix_seconds).ok()?;
    let weekday = time.weekday().to_string();
    let month = time.month().to_string();
    let text = format!(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
        weekday.get(..3)?,
        time.day(),
        month.get(..3)?,
        time.year(),
        time.hour(),
        time.minute(),
        time.second()
    );
    HeaderValue::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(response: &Response<Bytes>) -> Value {
        serde_json::from_slice(response.body()).unwrap()
    }

    #[test]
    fn wraps_members_and_errors() {
        let members = Members::from_iter([("A".to_owned(), json!(1))]);
        let response = envelope(Ok(members.into()), Some("id"));
        assert_eq!(body(&response), json!({"Response": {"A": 1, "RequestId": "id"}}));
        assert_eq!(response.headers()[CONTENT_TYPE], "application/json");

        let response = envelope(Err(ApiError::new("A.B", "why")), Some("id"));
        let error = json!({"Code": "A.B", "Message": "why"});
        assert_eq!(body(&response), json!({"Response": {"Error": error, "RequestId": "id"}}));
        assert_eq!(response.status(), StatusCode::OK);
    }

    #[test]
    fn dates_have_the_form_of_http() {
        assert_eq!(http_date(0).unwrap(), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(http_date(1_551_113_065).unwrap(), "Mon, 25 Feb 2019 16:44:25 GMT");
        assert_eq!(http_date(i64::MAX), None);
    }

    #[test]
    fn keeps_the_request_id_of_an_example() {
        let members = Members::from_iter([("RequestId".to_owned(), json!("given"))]);
        assert_eq!(body(&envelope(Ok(members.clone().into()), Some("id")))["Response"]["RequestId"], "given");
        assert_eq!(body(&envelope(Ok(members.into()), None)), json!({"Response": {}}));
    }
}
