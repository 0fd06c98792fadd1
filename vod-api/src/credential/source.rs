//! The client's credential: a static one, or a cached provider.

use std::fmt;
use std::sync::Arc;

use super::cache::Cache;
use super::{Credential, CredentialProvider};
use crate::action::ActionMeta;
use crate::clock::skew::ServiceClock;
use crate::error::{Error, ErrorKind};
use crate::signature::Signer;

/// A client's own source.
pub(crate) enum CredentialSource {
    /// Always the same one.
    Static(Arc<Signer>),
    /// A provider's, for as long as it is good.
    Cached(Cache),
}

/// What came of asking for another credential than one that was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Renewal {
    /// There is another one: a second attempt has a chance.
    Another,
    /// There is only the refused one.
    Same,
    /// There was only the refused one when the provider was asked last, which was before this refusal. It is not asked
    /// for every refusal.
    SameAsBefore,
    /// The provider failed. A later call may get another one.
    Failed,
}

impl CredentialSource {
    /// A source of one credential.
    pub(crate) fn fixed(credential: Credential) -> Self {
        Self::Static(Arc::new(Signer::new(credential)))
    }

    /// A source that asks the provider when it must.
    pub(crate) fn cached(provider: Arc<dyn CredentialProvider>, clock: ServiceClock) -> Self {
        Self::Cached(Cache::new(provider, clock))
    }

    /// The credential of one attempt, as what signs with it, if there is no need to wait for it. An unsigned
    /// action gets an empty one.
    pub(crate) fn at_hand(&self, action: &ActionMeta) -> Option<Arc<Signer>> {
        match self {
            Self::Static(signer) => Some(Arc::clone(signer)),
            Self::Cached(_) if action.unsigned => Some(Arc::new(Signer::new(Credential::new("", "")))),
            Self::Cached(cache) => cache.at_hand(),
        }
    }

    /// The credential of one attempt, when it has come.
    pub(crate) async fn signer(&self) -> Result<Arc<Signer>, Error> {
        match self {
            Self::Static(signer) => Ok(Arc::clone(signer)),
            Self::Cached(cache) => cache.signer().await.map_err(|error| {
                let message = format!("no credential from the {}: {error}", cache.provider_name());
                Error::new(ErrorKind::Credential, message).with_source(error)
            }),
        }
    }

    /// Asks the provider once more after the service has refused a credential. Any number of calls may ask at once; the
    /// provider is asked once.
    pub(crate) async fn renew(&self, used: &Credential) -> Renewal {
        match self {
            Self::Static(_) => Renewal::Same,
            Self::Cached(cache) => match cache.renew(used).await {
                Ok(renewed) if !renewed.signer.credential().is_same(used) => Renewal::Another,
                Ok(renewed) if renewed.was_asked => Renewal::Same,
                Ok(_) => Renewal::SameAsBefore,
                // A failure has been logged where it happened.
                Err(_) => Renewal::Failed,
            },
        }
    }
}

impl CredentialSource {
    /// Whether there has been a credential, and there may be another one.
    #[cfg(feature = "events")]
    pub(crate) fn can_come_again(&self) -> bool {
        match self {
            Self::Static(_) => false,
            Self::Cached(cache) => cache.has_loaded(),
        }
    }
}

impl fmt::Debug for CredentialSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Static(signer) => fmt::Debug::fmt(signer, f),
            Self::Cached(cache) => f.debug_tuple("CredentialProvider").field(&cache.provider_name()).finish(),
        }
    }
}
