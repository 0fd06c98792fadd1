//! The parameters of a call, held against the action's spec.

use bytes::Bytes;
use serde_json::{Map, Value};
use vod_spec::model::{Action, Service};
use vod_spec::{Mismatch, MismatchKind, Side, first_mismatch};

use crate::protocol::codes;
use crate::protocol::envelope::ApiError;
use crate::protocol::flat;
use crate::shown::shown_message;

/// The parameters as they were sent, without the common ones.
#[derive(Debug)]
pub(crate) enum Parameters {
    /// A JSON body.
    Json(Bytes),
    /// A query or a form, decoded.
    Flat(Vec<(String, String)>),
}

impl Parameters {
    /// The parameters as one JSON object, if the action takes them.
    pub(crate) fn check(&self, service: &Service, action: &Action) -> Result<Map<String, Value>, ApiError> {
        let value = match self {
            Self::Json(body) => parse_json(body)?,
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
