//! Credentials (secret id, secret key, optional session token) and credential providers.
//!
//! A client has one [`Credential`], or a [`CredentialProvider`] that it calls when it needs one. Clients that are
//! created from the environment use the [default chain](CredentialChain::default_chain), and any client can:
//!
//! ```
//! use vod_api::Client;
//! use vod_api::credential::CredentialChain;
//!
//! let client = Client::builder().credential_provider(CredentialChain::default_chain()).build()?;
//! # Ok::<(), vod_api::Error>(())
//! ```
//!
//! A client caches the credential of its provider and refreshes it in the background before it expires: within about
//! the last five minutes, or the last quarter of a shorter lifetime. If a refresh fails, the current credential stays
//! in use until it expires. Errors are not cached.

mod assume_role;
mod cache;
mod chain;
mod environment;
mod file;
#[cfg(fuzzing)]
pub(crate) mod fuzzing;
mod ini;
mod instance_role;
mod profile;
mod provider;
mod source;
mod tccli;
mod temporary;
#[cfg(test)]
mod test_support;
mod variables;
mod web_identity;

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use zeroize::Zeroizing;

pub use assume_role::AssumeRoleProvider;
pub use chain::CredentialChain;
pub use environment::EnvironmentProvider;
#[cfg(test)]
pub(crate) use environment::{SECRET_ID, SECRET_KEY};
pub use instance_role::InstanceRoleProvider;
pub use profile::ProfileProvider;
pub use provider::{CredentialError, CredentialProvider, ProvideCredential};
pub(crate) use source::{CredentialSource, Renewal};
pub use tccli::TccliProvider;
pub(crate) use variables::{ALLOW_PLAIN_HTTP, Variables, plain_http_is_allowed};
pub use web_identity::WebIdentityProvider;

use crate::error::{Error, ErrorKind};
use crate::redact::REDACTED;
use crate::timestamp::Timestamp;

/// A secret id with its key and, for temporary credentials, a token.
///
/// Clones share one copy of the secrets, which is zeroized when the last clone is dropped. `Debug` shows only the id.
///
/// ```
/// let credential = vod_api::Credential::new("AKID-example", "key-example").with_token("token-example");
/// assert!(!format!("{credential:?}").contains("key-example"));
/// ```
#[derive(Clone)]
pub struct Credential {
    inner: Arc<Inner>,
}

#[derive(Clone)]
struct Inner {
    id: String,
    key: Zeroizing<String>,
    token: Option<Zeroizing<String>>,
    expires_at: Option<SystemTime>,
}

impl Credential {
    /// A permanent credential: an API key's `SecretId` and `SecretKey`.
    pub fn new(secret_id: impl Into<String>, secret_key: impl Into<String>) -> Self {
        let key = Zeroizing::new(secret_key.into());
        Self { inner: Arc::new(Inner { id: secret_id.into(), key, token: None, expires_at: None }) }
    }

    /// Adds the session token of a temporary credential, which is only valid with it.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.inner).token = Some(Zeroizing::new(token.into()));
        self
    }

    /// Sets when the credential expires. A client that got it from a provider asks for the next one shortly before.
    #[must_use]
    pub fn with_expiry(mut self, time: SystemTime) -> Self {
        Arc::make_mut(&mut self.inner).expires_at = Some(time);
        self
    }

    /// When the credential expires, if it does.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.inner.expires_at
    }

    /// The secret id. It is not secret: it is sent with each call.
    pub fn secret_id(&self) -> &str {
        &self.inner.id
    }

    pub(crate) fn secret_key(&self) -> &str {
        &self.inner.key
    }

    pub(crate) fn token(&self) -> Option<&str> {
        self.inner.token.as_ref().map(|token| token.as_str())
    }

    /// Whether id, key and token are the same.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
            || (self.secret_id(), self.secret_key(), self.token())
                == (other.secret_id(), other.secret_key(), other.token())
    }

    /// Validates the credential locally; the service would only report a signature mismatch.
    pub(crate) fn check(&self) -> Result<(), Error> {
        check_part("secret id", self.secret_id())?;
        check_part("secret key", self.secret_key())?;
        self.token().map_or(Ok(()), |token| check_part("token", token))
    }
}

fn check_part(name: &str, value: &str) -> Result<(), Error> {
    let problem = if value.is_empty() {
        "is empty"
    } else if value.trim() != value {
        "starts or ends with a blank"
    } else if !value.bytes().all(|b| b.is_ascii_graphic()) {
        "holds a character that no credential has"
    } else {
        return Ok(());
    };
    Err(Error::new(ErrorKind::Credential, format!("the credential's {name} {problem}")))
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Credential");
        shown
            .field("secret_id", &self.inner.id)
            .field("secret_key", &REDACTED)
            .field("token", &self.inner.token.as_ref().map(|_| REDACTED));
        if let Some(time) = self.inner.expires_at {
            shown.field("expires_at", &Timestamp::from(time));
        }
        shown.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_gaps_are_refused_by_name_and_without_the_value() {
        let refused = |credential: Credential| credential.check().unwrap_err().to_string();
        assert_eq!(refused(Credential::new("", "k")), "the credential's secret id is empty");
        assert_eq!(
            refused(Credential::new("id", " k3y")),
            "the credential's secret key starts or ends with a blank"
        );
        assert_eq!(
            refused(Credential::new("id", "k").with_token("to\nken")),
            "the credential's token holds a character that no credential has"
        );
        assert!(Credential::new("id", "k").with_token("t").check().is_ok());
    }

    #[test]
    fn debug_shows_the_id_alone() {
        let shown = format!("{:?}", Credential::new("AKID1", "k3y-text").with_token("t0ken-text"));
        assert!(shown.contains("AKID1") && shown.contains(REDACTED), "{shown}");
        assert!(!shown.contains("k3y-text") && !shown.contains("t0ken-text"), "{shown}");
    }
}
