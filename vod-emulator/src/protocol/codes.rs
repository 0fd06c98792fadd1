//! The vendor's error codes that the emulator answers with, and which of them an action may answer.

use vod_spec::model::Action;

use crate::protocol::envelope::ApiError;

pub(crate) const FAILED_OPERATION: &str = "FailedOperation";
pub(crate) const INTERNAL_ERROR: &str = "InternalError";
pub(crate) const INVALID_ACTION: &str = "InvalidAction";
pub(crate) const INVALID_AUTHORIZATION: &str = "AuthFailure.InvalidAuthorization";
pub(crate) const INVALID_PARAMETER: &str = "InvalidParameter";
pub(crate) const INVALID_PARAMETER_VALUE: &str = "InvalidParameterValue";
pub(crate) const INVALID_REQUEST: &str = "InvalidRequest";
pub(crate) const INVALID_SUB_APP_ID: &str = "InvalidParameterValue.SubAppId";
pub(crate) const MISSING_PARAMETER: &str = "MissingParameter";
/// A code of the emulator's own, which the service never answers.
pub(crate) const NOT_MODELLED: &str = "VodEmulator.NotModelled";
pub(crate) const NO_SUCH_PRODUCT: &str = "NoSuchProduct";
pub(crate) const NO_SUCH_VERSION: &str = "NoSuchVersion";
pub(crate) const REQUEST_LIMIT_EXCEEDED: &str = "RequestLimitExceeded";
pub(crate) const REQUEST_SIZE_LIMIT_EXCEEDED: &str = "RequestSizeLimitExceeded";
pub(crate) const RESOURCE_NOT_FOUND: &str = "ResourceNotFound";
pub(crate) const SECRET_ID_NOT_FOUND: &str = "AuthFailure.SecretIdNotFound";
pub(crate) const SIGNATURE_EXPIRE: &str = "AuthFailure.SignatureExpire";
pub(crate) const SIGNATURE_FAILURE: &str = "AuthFailure.SignatureFailure";
pub(crate) const TOKEN_FAILURE: &str = "AuthFailure.TokenFailure";
pub(crate) const UNKNOWN_PARAMETER: &str = "UnknownParameter";
pub(crate) const UNSUPPORTED_PROTOCOL: &str = "UnsupportedProtocol";

/// What the service's front door answers for every action, before the action itself is reached.
const OF_EVERY_ACTION: &[&str] = &[
    INTERNAL_ERROR,
    INVALID_ACTION,
    INVALID_PARAMETER,
    INVALID_REQUEST,
    MISSING_PARAMETER,
    NO_SUCH_PRODUCT,
    NO_SUCH_VERSION,
    REQUEST_LIMIT_EXCEEDED,
    REQUEST_SIZE_LIMIT_EXCEEDED,
    UNKNOWN_PARAMETER,
    UNSUPPORTED_PROTOCOL,
];

/// Whether an action may answer a code: its spec lists it, or every action answers it. Of an action whose
/// spec lists no code at all, the general ones are likely, and no finer one.
pub(crate) fn may_answer(action: &Action, code: &str) -> bool {
    action.errors.is_empty() && !code.contains('.')
        || action.errors.iter().any(|listed| listed.code == code)
        || OF_EVERY_ACTION.contains(&code)
        || code.starts_with("AuthFailure.")
}

/// The error with the nearest code that the action may answer.
pub(crate) fn listed(action: &Action, error: ApiError) -> ApiError {
    if error.code == NOT_MODELLED || may_answer(action, &error.code) {
        return error;
    }
    let parent = error.code.split('.').next().unwrap_or_default();
    let nearest = [parent, INVALID_PARAMETER_VALUE, FAILED_OPERATION].into_iter().find(|code| {
        // What is wrong with the call's own values is not reported as a failure of the service.
        let fits = *code == parent || (*code == FAILED_OPERATION) != parent.starts_with("InvalidParameter");
        fits && may_answer(action, code)
    });
    let otherwise = if parent.starts_with("InvalidParameter") { INVALID_PARAMETER } else { INTERNAL_ERROR };
    let code = nearest.map_or_else(|| otherwise.to_owned(), str::to_owned);
    ApiError { code: code.into(), ..error }
}
