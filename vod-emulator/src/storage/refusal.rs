//! Refusals of the storage, with the codes and the XML of the vendor's.

use std::borrow::Cow;

use bytes::Bytes;
use http::{Response, StatusCode};

use crate::storage::objects::NotComplete;
use crate::storage::response::xml_response;
use crate::storage::xml;

/// A refusal of the storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StorageError {
    pub(crate) status: StatusCode,
    pub(crate) code: Cow<'static, str>,
    pub(crate) message: String,
}

impl StorageError {
    pub(crate) fn new(
        status: StatusCode,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        Self { status, code: code.into(), message: message.into() }
    }

    pub(crate) fn denied(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "AccessDenied", message)
    }

    pub(crate) fn bad(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    pub(crate) fn absent(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, message)
    }

    /// The answer that tells it.
    pub(crate) fn response(&self, resource: &str, request_id: &str) -> Response<Bytes> {
        let members = [
            xml::element("Code", &self.code),
            xml::element("Message", &self.message),
            xml::element("Resource", resource),
            xml::element("RequestId", request_id),
            xml::element("TraceId", request_id),
        ];
        xml_response(self.status, &xml::parent("Error", members.concat()))
    }
}

pub(crate) fn no_such_upload() -> StorageError {
    StorageError::absent("NoSuchUpload", "The specified multipart upload does not exist.")
}

pub(crate) fn refusal(reason: NotComplete) -> StorageError {
    match reason {
        NotComplete::NoSuchUpload => no_such_upload(),
        NotComplete::InvalidPart(number) => {
            let message =
                format!("The part {number} was not uploaded with this ETag, or a part before it is missing.");
            StorageError::bad("InvalidPart", message)
        }
        NotComplete::InvalidPartOrder => {
            StorageError::bad("InvalidPartOrder", "The parts are not listed in ascending order.")
        }
        NotComplete::EntityTooSmall(number) => StorageError::bad(
            "EntityTooSmall",
            format!("The part {number} is smaller than 1 MB and not the last."),
        ),
    }
}

/// A completion that fails after it seemed to succeed.
pub(crate) fn late_error(code: &str, blanks: usize, resource: &str, request_id: &str) -> Response<Bytes> {
    let message = "We encountered an internal error. Please try again.";
    let error = StorageError::new(StatusCode::OK, code.to_owned(), message);
    error.response(resource, request_id).map(|body| [" ".repeat(blanks).as_bytes(), &body].concat().into())
}

/// The refusal of a body that is larger than the storage may keep.
pub(crate) fn too_large(limit: u64) -> StorageError {
    let message = format!("The emulator keeps at most {limit} bytes of an application; see `storage_limit`.");
    StorageError::new(StatusCode::INSUFFICIENT_STORAGE, "VodEmulator.StorageFull", message)
}
