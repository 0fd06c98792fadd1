//! Environment variables, as the process or a test has them.

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use super::CredentialError;

type Lookup = dyn Fn(&str) -> Option<OsString> + Send + Sync;

/// Where variables are looked up, each time they are needed.
#[derive(Clone)]
pub(crate) struct Variables(Arc<Lookup>);

impl Variables {
    /// Those of the process.
    pub(crate) fn of_process() -> Self {
        Self(Arc::new(|name| env::var_os(name)))
    }

    /// Those that a test sets. Of several with one name the last holds.
    #[cfg(test)]
    pub(crate) fn of(variables: &[(&str, &str)]) -> Self {
        let variables: std::collections::HashMap<String, OsString> =
            variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        Self(Arc::new(move |name| variables.get(name).cloned()))
    }

    /// The value; an empty one is none, because that is how many shells and container systems write an unset
    /// variable.
    pub(crate) fn get(&self, name: &str) -> Result<Option<String>, CredentialError> {
        match self.raw(name).map(OsString::into_string) {
            None => Ok(None),
            Some(Ok(text)) => Ok(Some(text)),
            Some(Err(_)) => Err(CredentialError::failed(format!("{name} is not UTF-8"))),
        }
    }

    /// A path, which need not be UTF-8.
    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        self.raw(name).map(PathBuf::from)
    }

    /// The user's home directory.
    pub(super) fn home(&self) -> Option<PathBuf> {
        self.path(if cfg!(windows) { "USERPROFILE" } else { "HOME" })
    }

    fn raw(&self, name: &str) -> Option<OsString> {
        (self.0)(name).filter(|value| !value.is_empty())
    }
}

/// Allows calls to other machines over plain HTTP.
pub(crate) const ALLOW_PLAIN_HTTP: &str = "VOD_ALLOW_PLAIN_HTTP";

/// Whether the environment allows calls to other machines over plain HTTP.
pub(crate) fn plain_http_is_allowed(variables: &Variables) -> Result<bool, CredentialError> {
    match variables.get(ALLOW_PLAIN_HTTP)?.as_deref() {
        None | Some("0" | "false") => Ok(false),
        Some("1" | "true") => Ok(true),
        Some(_) => Err(CredentialError::failed(format!(
            "the environment variable {ALLOW_PLAIN_HTTP} is 1 or true, or 0 or false"
        ))),
    }
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Variables")
    }
}
