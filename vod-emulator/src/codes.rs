//! The vendor's error codes that the emulator answers with.

pub(crate) const FAILED_OPERATION: &str = "FailedOperation";
pub(crate) const INTERNAL_ERROR: &str = "InternalError";
pub(crate) const INVALID_ACTION: &str = "InvalidAction";
pub(crate) const INVALID_AUTHORIZATION: &str = "AuthFailure.InvalidAuthorization";
pub(crate) const INVALID_PARAMETER: &str = "InvalidParameter";
pub(crate) const INVALID_PARAMETER_VALUE: &str = "InvalidParameterValue";
pub(crate) const INVALID_REQUEST: &str = "InvalidRequest";
pub(crate) const INVALID_SUB_APP_ID: &str = "InvalidParameterValue.SubAppId";
pub(crate) const MISSING_PARAMETER: &str = "MissingParameter";
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
