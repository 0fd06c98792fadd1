//! Entry points for the fuzz targets, compiled under `--cfg fuzzing` only.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::clock::skew;
use crate::credential::{Credential, CredentialError, fuzzing as files};
use crate::error::Error;
use crate::pipeline::{request, response};
use crate::record::{Record, flatten};
use crate::redact::Redactor;
use crate::transport::RawResponse;
use crate::transport::snippet::snippet;

/// Understands an answer.
pub fn parse_response(
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    response: &mut dyn Record,
) -> Result<(), Error> {
    let show = |body: &[u8]| snippet(body, &Redactor::new([]));
    response::parse_response(&RawResponse { status, headers, body }, response, false, &show).map(drop)
}

/// The values of a section of an INI file, or the number of the line that is nothing.
pub fn ini_section<'a>(text: &'a str, name: &str) -> Result<Option<Vec<(String, &'a str)>>, usize> {
    files::section(text, name)
}

/// The credential of a profile in the text of an INI file.
pub fn profile(text: &str, name: &str) -> Result<Option<Credential>, CredentialError> {
    files::profile(text, name)
}

/// The credential in the text of a file of `tccli`; `None` if it is no JSON object.
pub fn tccli(text: &[u8]) -> Option<Result<Credential, CredentialError>> {
    files::tccli(text)
}

/// A request as dotted parameters.
pub fn flat(request: &dyn Record) -> Vec<(String, String)> {
    flatten(request)
}

/// Parameters as a query or a form.
pub fn form_encoded(parameters: &[(String, String)]) -> String {
    request::form_encoded(parameters)
}

/// The seconds since 1970 of an HTTP date.
pub fn http_date(text: &str) -> Option<u64> {
    skew::http_date(text)
}
