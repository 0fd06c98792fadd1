//! Validates the parameters of a call against the action's spec.

use bytes::Bytes;
use serde_json::{Map, Value};
use vod_spec::model::{Action, BodyFormat, Service};
use vod_spec::{Mismatch, MismatchKind, Side, first_mismatch};

use crate::protocol::codes;
use crate::protocol::envelope::ApiError;
use crate::protocol::flat;
use crate::protocol::multipart::{self, Part};
use crate::shown::shown_message;

/// The parameters as they were sent, without the common ones.
#[derive(Debug)]
pub(crate) enum Parameters {
    /// A JSON body.
    Json(Bytes),
    /// A query or a form, decoded.
    Flat(Vec<(String, String)>),
    /// Any bytes, and the headers among which the parameters are.
    Octets(Vec<(String, String)>, Bytes),
    /// The parts of a body, and the body itself.
    Multipart(Vec<Part>, Bytes),
}

impl Parameters {
    /// The parameters as one JSON object, if the action takes them.
    pub(crate) fn check(&self, service: &Service, action: &Action) -> Result<Map<String, Value>, ApiError> {
        self.check_form(action)?;
        let value = match self {
            Self::Json(body) => parse_json(body)?,
            Self::Octets(headers, _) => {
                flat::to_json(service, &action.request, &of_headers(service, action, headers))
                    .map_err(|problem| ApiError::new(codes::INVALID_PARAMETER, problem))?
            }
            Self::Multipart(parts, _) => multipart::to_json(service, &action.request, parts)
                .map_err(|problem| ApiError::new(codes::INVALID_PARAMETER, problem))?,
            Self::Flat(pairs) => flat::to_json(service, &action.request, pairs)
                .map_err(|problem| ApiError::new(codes::INVALID_PARAMETER, problem))?,
        };
        if let Some(mismatch) = first_mismatch(service, &action.request, false, &value, Side::Request) {
            return Err(refusal(action, &mismatch));
        }
        match value {
            Value::Object(members) => Ok(members),
            _ => Err(ApiError::new(codes::INVALID_PARAMETER, "The parameters are not a JSON object.")),
        }
    }

    /// Whether the action is called with a body of this form.
    fn check_form(&self, action: &Action) -> Result<(), ApiError> {
        let sent = match self {
            Self::Json(_) | Self::Flat(_) => BodyFormat::Json,
            Self::Octets(..) => BodyFormat::OctetStream,
            Self::Multipart(..) => BodyFormat::Multipart,
        };
        if sent == action.body {
            return Ok(());
        }
        let (code, verb, form) = match (action.body, sent) {
            (BodyFormat::Json, BodyFormat::Multipart) => (codes::INVALID_REQUEST, "does not take", sent),
            (BodyFormat::Json, _) => (codes::UNSUPPORTED_PROTOCOL, "does not take", sent),
            (wanted, _) => (codes::UNSUPPORTED_PROTOCOL, "is called with", wanted),
        };
        let media_type = match form {
            BodyFormat::OctetStream => "application/octet-stream",
            BodyFormat::Multipart => "multipart/form-data",
            BodyFormat::Json => "application/json",
        };
        let message = format!("The action `{}` {verb} a body of the type {media_type}.", action.name);
        Err(ApiError::new(code, message))
    }
}

/// The parameters among the headers, `X-CLS-TopicId` for `TopicId`. Case does not matter in the name of a header.
fn of_headers(service: &Service, action: &Action, headers: &[(String, String)]) -> Vec<(String, String)> {
    let prefix = format!("x-{}-", service.name);
    let own = headers.iter().filter_map(|(name, value)| Some((name.strip_prefix(&prefix)?, value)));
    own.map(|(name, value)| {
        let field = action.request.iter().find(|field| field.name.eq_ignore_ascii_case(name));
        (field.map_or(name, |field| field.name.as_str()).to_owned(), value.clone())
    })
    .collect()
}

fn parse_json(body: &[u8]) -> Result<Value, ApiError> {
    let value: Value = serde_json::from_slice(body).map_err(|error| {
        ApiError::new(codes::INVALID_PARAMETER, format!("The body is not valid JSON: {error}."))
    })?;
    if value.is_object() {
        Ok(value)
    } else {
        Err(ApiError::new(codes::INVALID_PARAMETER, "The body is not a JSON object."))
    }
}

/// The vendor's code for a parameter that is not as the spec says. The message names the parameter.
fn refusal(action: &Action, mismatch: &Mismatch) -> ApiError {
    let code = match mismatch.kind {
        MismatchKind::UnknownMember => codes::UNKNOWN_PARAMETER,
        MismatchKind::Missing => codes::MISSING_PARAMETER,
        MismatchKind::WrongType => codes::INVALID_PARAMETER,
        MismatchKind::Items
        | MismatchKind::Length
        | MismatchKind::Range
        | MismatchKind::Pattern
        | MismatchKind::Time => codes::INVALID_PARAMETER_VALUE,
    };
    let message = format!("{}.", shown_message(&mismatch.message));
    // The code of the parameter itself, where the action has one.
    let parameter = mismatch.path.split(['.', '[']).next().unwrap_or_default();
    let own = format!("{code}.{parameter}");
    let has_own = action.errors.iter().any(|listed| listed.code == own);
    if has_own { ApiError::new(own, message) } else { ApiError::new(code, message) }
}
