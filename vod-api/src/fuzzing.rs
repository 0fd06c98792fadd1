//! Doors for the fuzz targets to what is private, open under `--cfg fuzzing` alone.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::credential::{Credential, CredentialError, fuzzing as files};
use crate::envelope;
use crate::error::Error;
use crate::record::{Record, flatten};
use crate::redact::Redactor;
use crate::skew;
use crate::transport::Answer;
use crate::wire;

/// Understands an answer.
pub fn interpret(
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    response: &mut dyn Record,
) -> Result<(), Error> {
    let show = |body: &[u8]| envelope::snippet(body, &Redactor::new([]));
    envelope::interpret(&Answer { status, headers, body }, response, false, &show).map(drop)
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
    wire::form_encoded(parameters)
}

/// The seconds since 1970 of an HTTP date.
pub fn http_date(text: &str) -> Option<u64> {
    skew::http_date(text)
}
