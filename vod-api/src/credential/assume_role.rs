//! The credential of a role, from STS by a call that another credential signs.

use std::time::Duration;

use super::temporary::{self, STS_REGION, session_name};
use super::{Credential, CredentialError, CredentialProvider, ProvideCredential};
use crate::client::Client;
use crate::sts::AssumeRoleRequest;

/// Assumes a role with [`Client::assume_role`](crate::Client::assume_role).
///
/// The call is made by its own client, whose credential must be allowed to assume the role. That client may have any
/// credential provider; its endpoint must be that of STS or a preset. It retries and refreshes like any other client.
///
/// ```
/// use vod_api::credential::AssumeRoleProvider;
/// use vod_api::{Client, Credential};
///
/// let own = Client::builder().credential(Credential::new("AKID-example", "key-example")).build()?;
/// let role = AssumeRoleProvider::new(own, "qcs::cam::uin/10001:roleName/uploads").session_name("nightly");
/// let client = Client::builder().credential_provider(role).build()?;
/// # Ok::<(), vod_api::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct AssumeRoleProvider {
    client: Client,
    role_arn: String,
    session_name: Option<String>,
    duration: Option<Duration>,
    external_id: Option<String>,
    policy: Option<String>,
}

impl AssumeRoleProvider {
    /// Assumes the role of this name, such as `qcs::cam::uin/10001:roleName/uploads`.
    pub fn new(client: Client, role_arn: impl Into<String>) -> Self {
        Self {
            client,
            role_arn: role_arn.into(),
            session_name: None,
            duration: None,
            external_id: None,
            policy: None,
        }
    }

    /// Sets the name of the session in the account's logs, 2 to 128 characters. Default: `vod-api-` with the time.
    #[must_use]
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.session_name = Some(name.into());
        self
    }

    /// Sets how long each credential is valid, in whole seconds. Default: two hours; at most twelve.
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Self {
        self.duration = Some(duration);
        self
    }

    /// Sets the external id that the owner of the role requires.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.external_id = Some(id.into());
        self
    }

    /// Restricts the session's permissions by a policy: JSON that has been URL-encoded once.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    async fn assume(&self) -> Result<Credential, CredentialError> {
        let session = self.session_name.clone().unwrap_or_else(session_name);
        let mut request = AssumeRoleRequest::new(&*self.role_arn, session);
        request.duration_seconds = self.duration.map(|duration| duration.as_secs());
        request.external_id.clone_from(&self.external_id);
        request.policy.clone_from(&self.policy);
        let mut call = self.client.assume_role(request).strict_answers(true);
        if self.client.config().region.is_none() {
            call = call.region(STS_REGION);
        }
        let answer = call.await.map_err(|error| temporary::refusal(&error))?;
        temporary::from_sts(answer.credentials, u64::try_from(answer.expired_time).ok())
    }
}

impl CredentialProvider for AssumeRoleProvider {
    fn name(&self) -> &'static str {
        "assumed role"
    }

    fn credential(&self) -> ProvideCredential<'_> {
        Box::pin(self.assume())
    }
}

#[cfg(test)]
mod tests;
