//! A chain of credential providers: the first one that is configured is used.

use std::fmt;
use std::sync::Arc;

use super::{
    Credential, CredentialError, CredentialProvider, EnvironmentProvider, InstanceRoleProvider,
    ProfileProvider, ProvideCredential, TccliProvider, WebIdentityProvider,
};

/// Tries several credential providers in order.
///
/// Unconfigured providers are skipped. A configured provider that fails stops the chain, so that calls never run
/// under the wrong identity. The error names every provider that was called, and its reason.
#[derive(Clone)]
#[doc(alias("provider chain", "default credentials"))]
pub struct CredentialChain {
    providers: Vec<Arc<dyn CredentialProvider>>,
}

impl CredentialChain {
    /// The default chain:
    ///
    /// 1. [`EnvironmentProvider`]: `TENCENTCLOUD_SECRET_ID` and `TENCENTCLOUD_SECRET_KEY`
    /// 2. [`ProfileProvider`]: `~/.tencentcloud/credentials`, `/etc/tencentcloud/credentials`
    /// 3. [`TccliProvider`]: the credential of the vendor's command line
    /// 4. [`WebIdentityProvider`]: the role of a pod in the vendor's container service
    /// 5. [`InstanceRoleProvider`]: the role of a virtual machine
    ///
    /// The vendor's SDKs ask for the machine's role before the pod's, which makes a pod run as its node.
    pub fn default_chain() -> Self {
        Self::first(EnvironmentProvider::new())
            .or_else(ProfileProvider::new())
            .or_else(TccliProvider::new())
            .or_else(WebIdentityProvider::from_env())
            .or_else(InstanceRoleProvider::new())
    }

    /// Creates a chain of one provider.
    pub fn first(provider: impl CredentialProvider) -> Self {
        Self { providers: vec![Arc::new(provider)] }
    }

    /// Adds a provider that is called if all before it are not configured.
    #[must_use]
    pub fn or_else(mut self, provider: impl CredentialProvider) -> Self {
        self.providers.push(Arc::new(provider));
        self
    }

    async fn search(&self) -> Result<Credential, CredentialError> {
        let mut reasons = Vec::new();
        for provider in &self.providers {
            match provider.credential().await {
                Ok(credential) => {
                    tracing::debug!(provider = provider.name(), "credential found");
                    return Ok(credential);
                }
                Err(error) => {
                    reasons.push(format!("{}: {error}", provider.name()));
                    if !error.is_not_configured() {
                        return Err(error.with_message(reasons.join("; ")));
                    }
                }
            }
        }
        Err(CredentialError::not_configured(reasons.join("; ")))
    }
}

impl Default for CredentialChain {
    fn default() -> Self {
        Self::default_chain()
    }
}

impl CredentialProvider for CredentialChain {
    fn name(&self) -> &'static str {
        "credential chain"
    }

    fn credential(&self) -> ProvideCredential<'_> {
        Box::pin(self.search())
    }
}

impl fmt::Debug for CredentialChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.providers.iter().map(CredentialProvider::name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::test_support::{Scripted, Step};

    #[tokio::test]
    async fn the_first_source_in_use_wins_and_later_ones_are_not_asked() {
        let last = Arc::new(Scripted::new([]));
        let chain = CredentialChain::first(Scripted::new([Step::absent("not set")]))
            .or_else(Credential::new("AKID2", "k"))
            .or_else(Arc::clone(&last));
        assert_eq!(chain.credential().await.unwrap().secret_id(), "AKID2");
        assert_eq!(last.asked(), 0);
    }

    #[tokio::test]
    async fn every_source_is_named_with_its_reason() {
        let chain = CredentialChain::first(Scripted::new([Step::absent("no variable")]).named("one"))
            .or_else(Scripted::new([Step::absent("no file")]).named("two"));
        let error = chain.credential().await.unwrap_err();
        assert_eq!(error.to_string(), "one: no variable; two: no file");
        assert!(error.is_not_configured());
    }

    #[tokio::test]
    async fn a_source_in_use_that_fails_ends_the_search() {
        let last = Arc::new(Scripted::new([]));
        let chain = CredentialChain::first(Scripted::new([Step::absent("no variable")]).named("one"))
            .or_else(Scripted::new([Step::failed("line 3 is broken")]).named("two"))
            .or_else(Arc::clone(&last));
        let error = chain.credential().await.unwrap_err();
        assert_eq!(error.to_string(), "one: no variable; two: line 3 is broken");
        assert!(!error.is_not_configured());
        assert_eq!(last.asked(), 0);
    }

    #[test]
    fn the_default_chain_asks_for_what_was_set_on_purpose_first() {
        assert_eq!(
            format!("{:?}", CredentialChain::default()),
            r#"["environment", "profile file", "tccli profile", "web identity", "instance role"]"#
        );
    }
}
