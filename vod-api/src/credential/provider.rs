//! What a source of credentials has to do, and how it says that it can't.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::Credential;

/// What [`CredentialProvider::credential`] returns.
pub type ProvideCredential<'a> =
    Pin<Box<dyn Future<Output = Result<Credential, CredentialError>> + Send + 'a>>;

/// A source of credentials.
///
/// A client asks it when it has no credential, shortly before the one it has expires, and once more when the service
/// has refused that one: its token as expired, its id as unknown, or its signature. A call is repeated if the provider
/// then gives another credential, so keys can be rotated while a program runs. However many calls wait, the provider is asked once at a time; it need not keep
/// anything itself. An answer that takes longer than a minute is given up.
///
/// ```
/// use vod_api::credential::{Credential, CredentialError, CredentialProvider, ProvideCredential};
///
/// struct Vault;
///
/// impl CredentialProvider for Vault {
///     fn name(&self) -> &str {
///         "vault"
///     }
///     fn credential(&self) -> ProvideCredential<'_> {
///         Box::pin(async {
///             let (id, key) = read_secret().await.map_err(CredentialError::failed)?;
///             Ok(Credential::new(id, key))
///         })
///     }
/// }
/// # async fn read_secret() -> Result<(String, String), std::io::Error> { Ok(("AKID".into(), "key".into())) }
///
/// let client = vod_api::Client::builder().credential_provider(Vault).build()?;
/// # Ok::<(), vod_api::Error>(())
/// ```
pub trait CredentialProvider: Send + Sync + 'static {
    /// What the source is called in errors and logs.
    fn name(&self) -> &str;

    /// Fetches a credential: id, key and token that belong together, and when they expire if they do
    /// ([`Credential::with_expiry`]).
    ///
    /// # Errors
    ///
    /// [`CredentialError::not_configured`] if this source is not in use here, so that a chain tries the next one;
    /// [`CredentialError::failed`] if it is and gave no credential.
    fn credential(&self) -> ProvideCredential<'_>;
}

/// The simplest source: always the same one.
impl CredentialProvider for Credential {
    fn name(&self) -> &'static str {
        "static credential"
    }

    fn credential(&self) -> ProvideCredential<'_> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

impl<P: CredentialProvider + ?Sized> CredentialProvider for Arc<P> {
    fn name(&self) -> &str {
        (**self).name()
    }

    fn credential(&self) -> ProvideCredential<'_> {
        (**self).credential()
    }
}

/// Why a source gave no credential.
///
/// The text is logged and shown: a provider must keep secrets out of it.
#[derive(Clone)]
pub struct CredentialError {
    inner: Arc<Inner>,
}

struct Inner {
    absent: bool,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl CredentialError {
    /// The source is not configured: a variable is not set, a file does not exist. A chain tries the next one.
    pub fn not_configured(reason: impl Into<String>) -> Self {
        Self::new(true, reason.into(), None)
    }

    /// The source is configured and gave no credential. A chain stops: going on would call under another identity.
    pub fn failed(reason: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let source = reason.into();
        Self::new(false, source.to_string(), source.source().is_some().then_some(source))
    }

    fn new(absent: bool, message: String, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { inner: Arc::new(Inner { absent, message, source }) }
    }

    /// Whether the source is not configured here, so that a chain tries the next one.
    pub fn is_not_configured(&self) -> bool {
        self.inner.absent
    }

    /// The same under another text.
    pub(super) fn with_message(&self, message: String) -> Self {
        Self::new(self.is_not_configured(), message, Some(Box::new(self.clone())))
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner.message)
    }
}

impl fmt::Debug for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { absent, message, source } = &*self.inner;
        f.debug_struct("CredentialError")
            .field("absent", absent)
            .field("message", message)
            .field("source", source)
            .finish()
    }
}

impl StdError for CredentialError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let cause = self.inner.source.as_deref()?;
        // A cause that reads the same would be told twice.
        if cause.to_string() == self.inner.message { cause.source() } else { Some(cause) }
    }
}
