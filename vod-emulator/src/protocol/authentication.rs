//! Authentication: timestamp, secret id, signature and token, with the vendor's error codes.

use std::fmt;

use bytes::Bytes;
use http::{Method, Request, header};
use vod_spec::model::Action;

use crate::protocol::call::{Call, Signature, header_text};
use crate::protocol::codes;
use crate::protocol::envelope::ApiError;
use crate::protocol::parameters::Parameters;
use crate::protocol::{signature_v1, signature_v3};

/// How far a timestamp may be from the service's clock, in seconds.
const TOLERANCE: u64 = 300;

/// A credential of the emulated account.
#[derive(Clone)]
pub(crate) struct Credential {
    pub(crate) secret_id: String,
    pub(crate) secret_key: String,
    /// Makes it a temporary credential, whose calls carry this token.
    pub(crate) token: Option<String>,
    /// From when on it is refused, in Unix seconds; none for never.
    pub(crate) expires: Option<i64>,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").field("secret_id", &self.secret_id).finish_non_exhaustive()
    }
}

/// Checks that the call was signed by a credential that `find` knows, near the time of one of these clocks, of which the
/// first is the service's. The result is the secret id that the call is counted under.
pub(crate) fn authenticate<'c>(
    find: impl FnOnce(&str) -> Option<Credential>,
    request: &Request<Bytes>,
    call: &'c Call,
    action: &Action,
    clocks: [i64; 2],
) -> Result<&'c str, ApiError> {
    let (secret_id, timestamp) = match &call.signature {
        Signature::Skipped if action.unsigned => return Ok(""),
        Signature::Skipped => {
            let message = format!("The action `{}` must be signed.", action.name);
            return Err(ApiError::new(codes::INVALID_AUTHORIZATION, message));
        }
        Signature::V3 { authorization, timestamp } => (&authorization.secret_id, *timestamp),
        Signature::V1 { secret_id, timestamp, .. } => (secret_id, *timestamp),
    };
    let [unix_seconds, _] = clocks;
    if clocks.iter().all(|clock| timestamp.abs_diff(*clock) > TOLERANCE) {
        let message = format!(
            "The timestamp {timestamp} is more than {TOLERANCE} seconds away from the service's time {unix_seconds}."
        );
        return Err(ApiError::new(codes::SIGNATURE_EXPIRE, message));
    }
    let Some(credential) = find(secret_id) else {
        return Err(ApiError::new(codes::SECRET_ID_NOT_FOUND, "The secret id is unknown."));
    };
    if !signature_matches(request, call, &credential.secret_key) {
        let message = "The signature does not match the request and the secret key.";
        return Err(ApiError::new(codes::SIGNATURE_FAILURE, message));
    }
    if call.token != credential.token {
        let message = "The token is missing, or is not the one of the secret id.";
        return Err(ApiError::new(codes::TOKEN_FAILURE, message));
    }
    if credential.expires.is_some_and(|expires| unix_seconds >= expires) {
        let message = "The temporary credential has expired.";
        return Err(ApiError::new(codes::TOKEN_FAILURE, message));
    }
    Ok(secret_id)
}

fn signature_matches(request: &Request<Bytes>, call: &Call, secret_key: &str) -> bool {
    match &call.signature {
        Signature::Skipped => false,
        Signature::V3 { authorization, timestamp } => {
            let payload: &[u8] = match &call.parameters {
                Parameters::Json(body) | Parameters::Octets(_, body) | Parameters::Multipart(_, body) => body,
                Parameters::Flat(_) => b"",
            };
            let is_get = request.method() == Method::GET;
            let signed = signature_v3::SignedRequest {
                method: request.method().as_str(),
                query: if is_get { request.uri().query().unwrap_or_default() } else { "" },
                headers: request.headers(),
                payload,
                timestamp: *timestamp,
            };
            signature_v3::utc_date(*timestamp).is_some_and(|date| date == authorization.date)
                && signature_v3::verify(authorization, signed, secret_key)
        }
        Signature::V1 { method, signature, signed, .. } => {
            let signed = signature_v1::SignedRequest {
                method: request.method().as_str(),
                host: header_text(request, header::HOST.as_str()).unwrap_or_default(),
                path: request.uri().path(),
                parameters: signed,
            };
            signature_v1::verify(signature, method.as_deref(), signed, secret_key)
        }
    }
}
