//! The trait of credential providers, and its error.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::Credential;

/// What [`CredentialProvider::credential`] returns.
pub type ProvideCredential<'a> =
    Pin<Box<dyn Future<Output = Result<Credential, CredentialError>> + Send + 'a>>;

/// A provider of credentials.
///
/// A client calls it when it has no credential, shortly before the credential expires, and once more when the service
/// has refused the credential: its token as expired, its id as unknown, or its signature. If the provider then
/// returns another credential, the call is retried, so keys can be rotated while a program runs. Calls of the
/// provider never overlap, however many requests wait, and it need not cache anything itself. A call of the provider
/// that takes longer than a minute fails.
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
    /// The provider's name in errors and logs.
    fn name(&self) -> &str;

    /// Loads a credential: id, key and token that belong together, and when they expire if they do
    /// ([`Credential::with_expiry`]).
    ///
    /// # Errors
    ///
    /// [`CredentialError::not_configured`] if this provider is not configured, so that a chain tries the next one;
    /// [`CredentialError::failed`] if it is configured and failed.
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

/// Why a provider returned no credential.
///
/// The text is logged and shown: a provider must not put secrets into it.
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
    /// The provider is not configured: a variable is not set, a file does not exist. A chain tries the next one.
    pub fn not_configured(reason: impl Into<String>) -> Self {
        Self::new(true, reason.into(), None)
    }

    /// The provider is configured and failed. A chain stops: trying the next one would call under another identity.
    pub fn failed(reason: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let source = reason.into();
        Self::new(false, source.to_string(), source.source().is_some().then_some(source))
    }

    fn new(absent: bool, message: String, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { inner: Arc::new(Inner { absent, message, source }) }
    }

    /// Whether the provider is not configured, so that a chain tries the next one.
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
