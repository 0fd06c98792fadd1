//! The credential of the role that a virtual machine has, from its metadata service.

use std::time::Duration;

use http::StatusCode;
use reqwest::Url;
use zeroize::Zeroizing;

use super::temporary::{moment, object, take};
use super::variables::{ALLOW_PLAIN_HTTP, Variables, plain_http_is_allowed};
use super::{Credential, CredentialError, CredentialProvider, ProvideCredential};
use crate::endpoint::{is_link_local, is_loopback};
use crate::transport::root_cause;

const SERVICE: &str = "http://metadata.tencentyun.com";
/// Its name leads to a link-local address.
const HOST: &str = "metadata.tencentyun.com";
const PATH: &str = "/latest/meta-data/cam/security-credentials/";
const VARIABLE: &str = "VOD_METADATA_ENDPOINT";
const OFF: &str = "off";
/// The service is a hop away or not there at all.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
const TIMEOUT: Duration = Duration::from_secs(5);
const ANSWER_LIMIT: usize = 64 * 1024;
const ROLE_LENGTH: usize = 128;

/// Reads the credential of the machine's role from the metadata service.
///
/// It counts as not configured if the service can't be reached, which takes at most a second, or if the machine has
/// no role. `VOD_METADATA_ENDPOINT` sets another URL of the service, or disables it with the value `off`. The service
/// is called over plain HTTP at its own, link-local address or on this machine; any other `http://` address is
/// refused unless the environment has `VOD_ALLOW_PLAIN_HTTP=1`.
#[derive(Debug, Clone)]
pub struct InstanceRoleProvider {
    variables: Variables,
    role: Option<String>,
    endpoint: Option<String>,
    timeout: Duration,
}

impl InstanceRoleProvider {
    /// Creates a provider that asks the service for the machine's role.
    #[expect(clippy::new_without_default, reason = "a provider is chosen by name")]
    pub fn new() -> Self {
        Self::reading(Variables::of_process())
    }

    pub(super) fn reading(variables: Variables) -> Self {
        Self { variables, role: None, endpoint: None, timeout: TIMEOUT }
    }

    /// Sets the role's name, which saves a request.
    #[must_use]
    pub fn role(mut self, name: impl Into<String>) -> Self {
        self.role = Some(name.into());
        self
    }

    /// Sets the URL of the service, such as `http://127.0.0.1:8000`. It overrides the environment.
    #[must_use]
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// Sets the timeout of each of the two requests, connecting included. Default: 5 s. Zero is refused when the
    /// provider is called.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = limit;
        self
    }

    async fn load(&self) -> Result<Credential, CredentialError> {
        let endpoint = match &self.endpoint {
            Some(url) => url.clone(),
            None => self.variables.get(VARIABLE)?.unwrap_or_else(|| SERVICE.to_owned()),
        };
        if endpoint == OFF {
            return Err(CredentialError::not_configured(format!("turned off by {VARIABLE}")));
        }
        if self.timeout.is_zero() {
            return Err(CredentialError::failed("timeout: must be greater than zero"));
        }
        let service = Service::at(&endpoint, self.timeout)?;
        if !service.is_near() && !plain_http_is_allowed(&self.variables)? {
            return Err(service.failed(&format!(
                "would send the credential in clear from another network; use https://, or allow it by \
                 {ALLOW_PLAIN_HTTP}=1"
            )));
        }
        let role = match &self.role {
            Some(role) => role.clone(),
            None => service.role().await?,
        };
        if !is_role(&role) {
            return Err(CredentialError::failed("the name of the role holds a character that no role has"));
        }
        service.credential(&role).await
    }
}

/// The metadata service, for one look.
struct Service {
    http: reqwest::Client,
    roles: Url,
}

impl Service {
    fn at(endpoint: &str, timeout: Duration) -> Result<Self, CredentialError> {
        let roles = Url::parse(endpoint)
            .and_then(|url| url.join(PATH))
            .map_err(|error| CredentialError::failed(format!("`{endpoint}` is not a URL: {error}")))?;
        // A proxy would ask for its own machine's role, and a redirect leads away from this one.
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(timeout)
            .build()
            .map_err(|error| CredentialError::failed(format!("no HTTP client: {}", root_cause(&error))))?;
        Ok(Self { http, roles })
    }

    /// Whether its responses can't be read by others: they are encrypted, or do not leave this machine and its host.
    fn is_near(&self) -> bool {
        let host = self.host();
        self.roles.scheme() == "https" || is_loopback(host) || is_link_local(host) || host == HOST
    }

    async fn role(&self) -> Result<String, CredentialError> {
        let (status, body) = self.get(self.roles.clone()).await.map_err(|problem| {
            CredentialError::not_configured(format!("no metadata service at {}: {problem}", self.host()))
        })?;
        match status {
            StatusCode::OK => match String::from_utf8_lossy(&body).trim() {
                "" => Err(CredentialError::not_configured("the machine has no role")),
                role => Ok(role.to_owned()),
            },
            StatusCode::NOT_FOUND => Err(CredentialError::not_configured("the machine has no role")),
            status => Err(self.failed(&format!("responded with HTTP {}", status.as_u16()))),
        }
    }

    async fn credential(&self, role: &str) -> Result<Credential, CredentialError> {
        let url = self.roles.join(role).map_err(|_| self.failed("can't be asked for this role"))?;
        let (status, body) = self.get(url).await.map_err(|problem| self.failed(&problem))?;
        match status {
            StatusCode::OK => read(&body).map_err(|problem| self.failed(problem)),
            StatusCode::NOT_FOUND => Err(self.failed(&format!("knows no role `{role}` of this machine"))),
            status => Err(self.failed(&format!("responded with HTTP {}", status.as_u16()))),
        }
    }

    /// One answer, or in a few words why there is none; never a piece of it, since it may hold the credential.
    async fn get(&self, url: Url) -> Result<(StatusCode, Zeroizing<Vec<u8>>), String> {
        let in_words = |error: reqwest::Error| {
            let what = if error.is_timeout() { "no answer in time" } else { "no answer" };
            format!("{what}: {}", root_cause(&error))
        };
        let mut response = self.http.get(url).send().await.map_err(in_words)?;
        let mut body = Zeroizing::new(Vec::with_capacity(ANSWER_LIMIT));
        while let Some(chunk) = response.chunk().await.map_err(in_words)? {
            if body.len() + chunk.len() > ANSWER_LIMIT {
                return Err("the answer is too large".to_owned());
            }
            body.extend_from_slice(&chunk);
        }
        Ok((response.status(), body))
    }

    fn failed(&self, problem: &str) -> CredentialError {
        CredentialError::failed(format!("the metadata service at {}: {problem}", self.host()))
    }

    fn host(&self) -> &str {
        self.roles.host_str().unwrap_or_default()
    }
}

fn read(body: &[u8]) -> Result<Credential, &'static str> {
    let mut answer = object(body).ok_or("answers something else than a JSON object")?;
    if take(&mut answer, "Code").is_none_or(|code| code != "Success") {
        return Err("does not answer `Success`");
    }
    let (id, key) = (take(&mut answer, "TmpSecretId"), take(&mut answer, "TmpSecretKey"));
    let parts = id.zip(key).zip(take(&mut answer, "Token"));
    let ((id, key), token) = parts.ok_or("answers without TmpSecretId, TmpSecretKey or Token")?;
    let expires = answer.get("ExpiredTime").and_then(serde_json::Value::as_u64).and_then(moment);
    let expires = expires.ok_or("answers without ExpiredTime")?;
    Ok(Credential::new(id, key).with_token(token).with_expiry(expires))
}

fn is_role(name: &str) -> bool {
    (1..=ROLE_LENGTH).contains(&name.len())
        && !name.starts_with('.')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b))
}

impl CredentialProvider for InstanceRoleProvider {
    fn name(&self) -> &'static str {
        "instance role"
    }

    fn credential(&self) -> ProvideCredential<'_> {
        Box::pin(self.load())
    }
}

#[cfg(test)]
mod tests;
