//! Parses temporary credentials from JSON responses.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value};

use super::{Credential, CredentialError};
use crate::error::Error;
use crate::record::unicode::without_bom;

/// The object that a text holds. Errors of the parser are not passed on: they may show a piece of the text.
pub(super) fn object(text: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(without_bom(text)).ok()
}

/// Takes a text out of an object, without leaving a copy behind.
pub(super) fn take(object: &mut Map<String, Value>, name: &str) -> Option<String> {
    match object.remove(name) {
        Some(Value::String(text)) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// A point in time from seconds since 1970.
pub(super) fn moment(unix_seconds: u64) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_secs(unix_seconds))
}

/// What STS has given out. A part that is absent or empty is an error with its path: half a credential would sign calls
/// that the service refuses for another reason.
pub(super) fn from_sts(
    given: crate::sts::Credentials,
    expired_time: Option<u64>,
) -> Result<Credential, CredentialError> {
    for (path, part) in [
        ("Credentials.TmpSecretId", &given.tmp_secret_id),
        ("Credentials.TmpSecretKey", &given.tmp_secret_key),
        ("Credentials.Token", &given.token),
    ] {
        if part.is_empty() {
            return Err(CredentialError::failed(format!("the response of STS has no `{path}`")));
        }
    }
    let Some(end) = expired_time.filter(|seconds| *seconds > 0).and_then(moment) else {
        return Err(CredentialError::failed("the response of STS has no valid `ExpiredTime`"));
    };
    let credential = Credential::new(given.tmp_secret_id, given.tmp_secret_key).with_token(given.token);
    credential
        .check()
        .map_err(|error| CredentialError::failed(format!("the response of STS: {}", error.message())))?;
    Ok(credential.with_expiry(end))
}

/// Why STS has given out nothing: the error's text alone. The answer that it keeps may hold a credential.
pub(super) fn refusal(error: &Error) -> CredentialError {
    CredentialError::failed(error.to_string())
}

/// How long calling STS may take, with all that is tried again: less than a provider may.
pub(super) const STS_TIMEOUT: Duration = Duration::from_secs(20);

/// The default region of calls to STS; the service has them all.
pub(super) const STS_REGION: &str = "ap-guangzhou";

/// The default name of a session.
pub(super) fn session_name() -> String {
    format!("vod-api-{}", crate::clock::unix_seconds())
}
