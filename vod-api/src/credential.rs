//! Who calls: a secret id, its key, and for temporary credentials a token.

use std::fmt;
use std::sync::Arc;

use percent_encoding::utf8_percent_encode;
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind};
use crate::signature::{Signer, UNRESERVED};

/// What a secret is shown as.
const REDACTED: &str = "** redacted **";

/// What is shorter is a word that a test made up, and as a part of other words it would garble a text.
const SHORTEST_SECRET: usize = 8;

/// A secret id with its key and, for temporary credentials, a token.
///
/// Clones share one copy of the secrets, which is wiped from memory with the last of them. `Debug` shows the
/// id alone.
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
}

impl Credential {
    /// A permanent credential: an API key's `SecretId` and `SecretKey`.
    pub fn new(secret_id: impl Into<String>, secret_key: impl Into<String>) -> Self {
        let key = Zeroizing::new(secret_key.into());
        Self { inner: Arc::new(Inner { id: secret_id.into(), key, token: None }) }
    }

    /// Makes it a temporary credential, which is only valid together with its token.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.inner).token = Some(Zeroizing::new(token.into()));
        self
    }

    /// The id, which is no secret: it is sent along with each call.
    pub fn secret_id(&self) -> &str {
        &self.inner.id
    }

    pub(crate) fn secret_key(&self) -> &str {
        &self.inner.key
    }

    pub(crate) fn token(&self) -> Option<&str> {
        self.inner.token.as_ref().map(|token| token.as_str())
    }

    /// Refuses what can't work, before the service answers it with a riddle about signatures.
    pub(crate) fn check(&self) -> Result<(), Error> {
        check_part("secret id", self.secret_id())?;
        check_part("secret key", self.secret_key())?;
        self.token().map_or(Ok(()), |token| check_part("token", token))
    }

    /// The text without the secrets, in case that an answer repeats them.
    pub(crate) fn redact(&self, text: String) -> String {
        [Some(self.secret_key()), self.token()].into_iter().flatten().fold(text, |text, secret| {
            if secret.len() < SHORTEST_SECRET {
                return text;
            }
            let encoded = Zeroizing::new(utf8_percent_encode(secret, UNRESERVED).to_string());
            text.replace(secret, REDACTED).replace(encoded.as_str(), REDACTED)
        })
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
        f.debug_struct("Credential")
            .field("secret_id", &self.inner.id)
            .field("secret_key", &REDACTED)
            .field("token", &self.inner.token.as_ref().map(|_| REDACTED))
            .finish()
    }
}

/// Where a client takes its credential from.
#[derive(Debug)]
pub(crate) enum CredentialSource {
    /// Always the same one.
    Static(Arc<Signer>),
}

impl CredentialSource {
    /// A source of one credential.
    pub(crate) fn fixed(credential: Credential) -> Self {
        Self::Static(Arc::new(Signer::new(credential)))
    }

    /// The credential of one call, as what signs with it. Asked once a call.
    #[expect(clippy::unused_async, reason = "sources that fetch credentials wait here")]
    pub(crate) async fn signer(&self) -> Result<Arc<Signer>, Error> {
        match self {
            Self::Static(signer) => Ok(Arc::clone(signer)),
        }
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

    #[test]
    fn repeated_secrets_are_taken_out_of_a_text() {
        let credential = Credential::new("id", "k3y-text").with_token("a+b/cdef=");
        let text = credential.redact("GET /?Token=a%2Bb%2Fcdef%3D a+b/cdef= k3y-text end".to_owned());
        assert_eq!(text, format!("GET /?Token={REDACTED} {REDACTED} {REDACTED} end"));
    }
}
