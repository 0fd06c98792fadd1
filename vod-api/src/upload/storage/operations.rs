//! The calls of object storage that an upload makes, and what its error codes mean for a caller.

use crate::action::{ActionMeta, ErrorClass, ServiceMeta};

use ErrorClass::{
    Authentication, Caller, ClockSkew, CredentialRefused, Retryable, Service, Throttling, TokenExpired,
};

/// Object storage (COS), as far as an upload needs it.
static COS: ServiceMeta = ServiceMeta::new(
    "cos",
    "",
    &[],
    &[
        ("AccessDenied", Authentication),
        ("BadDigest", Retryable),
        ("EntityTooLarge", Caller),
        ("EntityTooSmall", Caller),
        ("ExpiredToken", TokenExpired),
        ("FileAlreadyExists", Caller),
        ("IncompleteBody", Retryable),
        ("InternalError", Service),
        ("InvalidAccessKeyId", CredentialRefused),
        ("InvalidArgument", Caller),
        ("InvalidPart", Caller),
        ("InvalidPartOrder", Caller),
        ("NoSuchBucket", Caller),
        ("NoSuchKey", Caller),
        ("NoSuchUpload", Caller),
        ("PathConflict", Caller),
        ("RequestTimeTooSkewed", ClockSkew),
        ("RequestTimeout", Retryable),
        ("ServiceUnavailable", Retryable),
        ("SignatureDoesNotMatch", Authentication),
        ("SlowDown", Throttling),
        ("UploadConflict", Caller),
    ],
    &[],
);

/// Each may be sent again: a second upload with parts that were initiated without an answer is found and aborted, and
/// a completion of unknown outcome is looked into.
const fn operation(name: &'static str) -> ActionMeta {
    ActionMeta::new(name, &COS, 0, 0, true, false, &[])
}

/// `PUT /key`: a whole object.
pub(super) static PUT_OBJECT: ActionMeta = operation("PutObject");
/// `POST /key?uploads`: begins an upload in parts.
pub(super) static INITIATE: ActionMeta = operation("InitiateMultipartUpload");
/// `PUT /key?partNumber=N&uploadId=ID`: one part.
pub(super) static UPLOAD_PART: ActionMeta = operation("UploadPart");
/// `GET /key?uploadId=ID`: the parts that are there.
pub(super) static LIST_PARTS: ActionMeta = operation("ListParts");
/// `GET /?uploads`: the uploads in parts that are not complete.
pub(super) static LIST_UPLOADS: ActionMeta = operation("ListMultipartUploads");
/// `POST /key?uploadId=ID`: makes an object of the parts.
pub(super) static COMPLETE: ActionMeta = operation("CompleteMultipartUpload");
/// `DELETE /key?uploadId=ID`: throws the parts away.
pub(super) static ABORT: ActionMeta = operation("AbortMultipartUpload");
/// `HEAD /key`: whether an object is there.
pub(super) static HEAD_OBJECT: ActionMeta = operation("HeadObject");
