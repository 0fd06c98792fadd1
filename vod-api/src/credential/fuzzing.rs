//! What reads credential files, for the crate's doors for fuzzing.

use std::path::Path;

use zeroize::Zeroizing;

use super::temporary::object;
use super::{Credential, CredentialError, ini, profile, tccli};

/// The values of a section, or the number of the line that is nothing.
pub(crate) fn section<'a>(text: &'a str, name: &str) -> Result<Option<Vec<(String, &'a str)>>, usize> {
    ini::section(text, name).map_err(|ini::Malformed { line }| line)
}

/// The credential of a profile in the text of an INI file.
pub(crate) fn profile(text: &str, name: &str) -> Result<Option<Credential>, CredentialError> {
    profile::parse(&Zeroizing::new(text.to_owned()), name, Path::new("credentials")).map(Result::ok)
}

/// The credential in the text of a file of `tccli`.
pub(crate) fn tccli(text: &[u8]) -> Option<Result<Credential, CredentialError>> {
    Some(tccli::own(object(text)?, Path::new("default.credential")))
}
