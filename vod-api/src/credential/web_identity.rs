//! The credential of a role, from STS against the token of a pod.

use std::path::PathBuf;
use std::time::Duration;

use super::temporary::{self, STS_REGION, STS_TIMEOUT, session_name};
use super::variables::Variables;
use super::{Credential, CredentialError, CredentialProvider, ProvideCredential, file};
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::redact::Redactor;
use crate::sts::AssumeRoleWithWebIdentityRequest;

const PROVIDER_ID: &str = "TKE_PROVIDER_ID";
const TOKEN_FILE: &str = "TKE_WEB_IDENTITY_TOKEN_FILE";
const ROLE_ARN: &str = "TKE_ROLE_ARN";
const REGION: &str = "TKE_REGION";

/// Assumes a role with [`Client::assume_role_with_web_identity`](crate::Client::assume_role_with_web_identity),
/// without any key.
///
/// The token is re-read from its file each time, because its issuer replaces it.
#[derive(Debug, Clone)]
pub struct WebIdentityProvider {
    identity: Identity,
    region: Option<String>,
    endpoint: Endpoint,
    session_name: Option<String>,
    duration: Option<Duration>,
}

#[derive(Debug, Clone)]
enum Identity {
    Given(Role),
    FromVariables(Variables),
}

#[derive(Debug, Clone)]
struct Role {
    provider_id: String,
    arn: String,
    token_file: PathBuf,
}

impl WebIdentityProvider {
    /// Assumes the role that the vendor's container service configures in the environment of a pod:
    /// `TKE_PROVIDER_ID`, `TKE_ROLE_ARN`, `TKE_WEB_IDENTITY_TOKEN_FILE`, and `TKE_REGION`.
    ///
    /// It counts as not configured if none of the first three is set. If only some of them are set, it fails.
    pub fn from_env() -> Self {
        Self::reading(Variables::of_process())
    }

    pub(super) fn reading(variables: Variables) -> Self {
        Self::of(Identity::FromVariables(variables))
    }

    /// Assumes the role with the token in a file, issued by the identity provider of this name.
    pub fn new(
        provider_id: impl Into<String>,
        role_arn: impl Into<String>,
        token_file: impl Into<PathBuf>,
    ) -> Self {
        Self::of(Identity::Given(Role {
            provider_id: provider_id.into(),
            arn: role_arn.into(),
            token_file: token_file.into(),
        }))
    }

    fn of(identity: Identity) -> Self {
        Self { identity, region: None, endpoint: Endpoint::default(), session_name: None, duration: None }
    }

    /// Sets the region of the call. Default: that of the environment.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the endpoint of STS. Default: STS's own host.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<Endpoint>) -> Self {
        self.endpoint = endpoint.into();
        self
    }

    /// Sets the name of the session in the account's logs. Default: `vod-api-` with the time.
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

    async fn assume(&self) -> Result<Credential, CredentialError> {
        let (role, region) = match &self.identity {
            Identity::Given(role) => (role.clone(), None),
            Identity::FromVariables(variables) => (role_from(variables)?, variables.get(REGION)?),
        };
        let region = self.region.clone().or(region).unwrap_or_else(|| STS_REGION.to_owned());
        let text = file::read(role.token_file.clone()).await.map_err(|error| {
            CredentialError::failed(format!("{} can't be read: {error}", role.token_file.display()))
        })?;
        let token = text.trim();
        if token.is_empty() {
            return Err(CredentialError::failed(format!("{} is empty", role.token_file.display())));
        }
        let session = self.session_name.clone().unwrap_or_else(session_name);
        let mut request = AssumeRoleWithWebIdentityRequest::new(role.provider_id, token, role.arn, session);
        request.duration_seconds = self.duration.and_then(|duration| i64::try_from(duration.as_secs()).ok());
        let client = Client::builder()
            .credential_provider(Unneeded)
            .endpoint(self.endpoint.clone())
            .region(region)
            .operation_timeout(STS_TIMEOUT)
            .build()
            .map_err(|error| temporary::refusal(&error))?;
        let answer =
            client.assume_role_with_web_identity(request).strict_answers(true).await.map_err(|error| {
                // The service may repeat what it did not like.
                let redactor = Redactor::new([token]);
                temporary::refusal(&error.map_texts(|text| redactor.redact(text)))
            })?;
        temporary::from_sts(answer.credentials, Some(answer.expired_time))
    }
}

fn role_from(variables: &Variables) -> Result<Role, CredentialError> {
    let (provider_id, role_arn) = (variables.get(PROVIDER_ID)?, variables.get(ROLE_ARN)?);
    let token_file = variables.path(TOKEN_FILE);
    let missing: Vec<&str> = [
        (PROVIDER_ID, provider_id.is_none()),
        (ROLE_ARN, role_arn.is_none()),
        (TOKEN_FILE, token_file.is_none()),
    ]
    .into_iter()
    .filter_map(|(name, missing)| missing.then_some(name))
    .collect();
    let complete = provider_id.zip(role_arn).zip(token_file);
    let Some(((provider_id, arn), token_file)) = complete else {
        return Err(match missing.as_slice() {
            [one] => CredentialError::failed(format!("{one} is not set")),
            [one, two] => CredentialError::failed(format!("{one} and {two} are not set")),
            _ => CredentialError::not_configured(format!("{ROLE_ARN} is not set")),
        });
    };
    Ok(Role { provider_id, arn, token_file })
}

/// A placeholder for the client's credential provider. The call is not signed, so it is never called.
struct Unneeded;

impl CredentialProvider for Unneeded {
    fn name(&self) -> &'static str {
        "unsigned call"
    }

    fn credential(&self) -> ProvideCredential<'_> {
        Box::pin(std::future::ready(Err(CredentialError::failed("this client only makes unsigned calls"))))
    }
}

impl CredentialProvider for WebIdentityProvider {
    fn name(&self) -> &'static str {
        "web identity"
    }

    fn credential(&self) -> ProvideCredential<'_> {
        Box::pin(self.assume())
    }
}
