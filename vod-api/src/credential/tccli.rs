//! The credential that the vendor's command line keeps.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::profile::PROFILE;
use super::temporary::{STS_TIMEOUT, moment, object, take};
use super::variables::Variables;
use super::{
    AssumeRoleProvider, Credential, CredentialError, CredentialProvider, InstanceRoleProvider,
    ProvideCredential, file,
};
use crate::client::Client;
use crate::clock::WallClock;
use crate::endpoint::Endpoint;

const TCCLI_PROFILE: &str = "TCCLI_PROFILE";
const DEFAULT: &str = "default";
const FOLDER: &str = ".tccli";

/// Reads `~/.tccli/<profile>.credential`, which `tccli configure` and `tccli auth login` write.
///
/// The profile is the one that was set, or `TCCLI_PROFILE`, or `TENCENTCLOUD_PROFILE`; otherwise `default`. As
/// with `tccli`, a profile may name a role that its credential assumes, or say that the machine's role is meant.
/// A login in the browser is good for a while; `tccli` renews it whenever it runs, this provider does not.
///
/// It is not in use while there is no such file; that of a profile that was named has to exist.
#[derive(Debug, Clone)]
pub struct TccliProvider {
    variables: Variables,
    profile: Option<String>,
    folder: Option<PathBuf>,
    sts: Endpoint,
}

impl TccliProvider {
    /// Looks in the user's home directory.
    #[expect(clippy::new_without_default, reason = "a provider is chosen by name")]
    pub fn new() -> Self {
        Self::reading(Variables::of_process())
    }

    pub(super) fn reading(variables: Variables) -> Self {
        Self { variables, profile: None, folder: None, sts: Endpoint::default() }
    }

    /// Names the profile.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Names the folder, if it is not `~/.tccli`.
    #[must_use]
    pub fn folder(mut self, path: impl Into<PathBuf>) -> Self {
        self.folder = Some(path.into());
        self
    }

    /// Where STS is called for the profile's role, if not on its own host.
    #[must_use]
    pub fn sts_endpoint(mut self, endpoint: impl Into<Endpoint>) -> Self {
        self.sts = endpoint.into();
        self
    }

    async fn load(&self) -> Result<Credential, CredentialError> {
        let named = match &self.profile {
            Some(name) => Some(name.clone()),
            None => self
                .variables
                .get(TCCLI_PROFILE)?
                .map_or_else(|| self.variables.get(PROFILE), |name| Ok(Some(name)))?,
        };
        let folder = self.folder.clone().or_else(|| Some(self.variables.home()?.join(FOLDER)));
        let Some(folder) = folder else {
            return Err(CredentialError::absent("there is no home directory"));
        };
        let path = folder.join(format!("{}.credential", named.as_deref().unwrap_or(DEFAULT)));
        let text = file::read(path.clone()).await.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound if named.is_none() => {
                CredentialError::absent(format!("{} does not exist", path.display()))
            }
            _ => CredentialError::failed(format!("{} can't be read: {error}", path.display())),
        })?;
        let profile = object(text.as_bytes()).ok_or_else(|| failed(&path, "is no JSON object"))?;
        self.resolve(profile, &path).await
    }

    async fn resolve(
        &self,
        mut profile: Map<String, Value>,
        path: &Path,
    ) -> Result<Credential, CredentialError> {
        if profile.get("use-cvm-role").is_some_and(is_true) {
            let provider = InstanceRoleProvider::reading(self.variables.clone());
            return provider
                .credential()
                .await
                .map_err(|error| failed(path, &format!("names the machine's role: {error}")));
        }
        let (role, session) = (take(&mut profile, "role-arn"), take(&mut profile, "role-session-name"));
        let credential = own(profile, path)?;
        let Some(role) = role else { return Ok(credential) };
        let client = Client::builder()
            .credential(credential)
            .endpoint(self.sts.clone())
            .operation_timeout(STS_TIMEOUT)
            .build();
        let client = client.map_err(|error| failed(path, &error.to_string()))?;
        let mut provider = AssumeRoleProvider::new(client, role);
        if let Some(session) = session {
            provider = provider.session_name(session);
        }
        provider.credential().await
    }
}

/// The credential that stands in the file itself.
pub(super) fn own(mut profile: Map<String, Value>, path: &Path) -> Result<Credential, CredentialError> {
    let pair = take(&mut profile, "secretId").zip(take(&mut profile, "secretKey"));
    let (id, key) = pair.ok_or_else(|| failed(path, "has no secretId or no secretKey"))?;
    let mut credential = Credential::new(id, key);
    if let Some(token) = take(&mut profile, "token") {
        credential = credential.with_token(token);
    }
    credential.check().map_err(|error| failed(path, error.message()))?;
    let Some(expires_at) = profile.get("expiresAt").and_then(Value::as_u64).and_then(moment) else {
        return Ok(credential);
    };
    if expires_at <= WallClock::System.now() {
        return Err(failed(path, "has expired; run any `tccli` command, or log in again, to renew it"));
    }
    Ok(credential.expiring_at(expires_at))
}

/// `tccli` writes what was typed: `true`, `"True"`.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(value) => *value,
        Value::String(text) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

fn failed(path: &Path, problem: &str) -> CredentialError {
    CredentialError::failed(format!("{}: {problem}", path.display()))
}

impl CredentialProvider for TccliProvider {
    fn name(&self) -> &'static str {
        "tccli profile"
    }

    fn credential(&self) -> ProvideCredential<'_> {
        Box::pin(self.load())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::scripted::Folder;

    const PLAIN: &str = r#"{"secretId": "AKID1", "secretKey": "k3y-text", "token": "", "role-arn": null}"#;

    fn in_home(folder: &Folder, variables: &[(&str, &str)]) -> TccliProvider {
        let home = folder.path.to_str().unwrap();
        TccliProvider::reading(Variables::of(&[variables, &[("HOME", home), ("USERPROFILE", home)]].concat()))
    }

    #[tokio::test]
    async fn the_profile_is_named_by_the_caller_or_by_variables() {
        let folder = Folder::new();
        for (profile, id) in [("default", "AKID1"), ("a", "AKID2"), ("b", "AKID3"), ("c", "AKID4")] {
            folder.write(&format!(".tccli/{profile}.credential"), &PLAIN.replace("AKID1", id));
        }
        let (a, b) = ((TCCLI_PROFILE, "a"), (PROFILE, "b"));
        for (variables, named, id) in [
            (&[][..], None, "AKID1"),
            (&[b], None, "AKID3"),
            (&[a, b], None, "AKID2"),
            (&[a, b], Some("c"), "AKID4"),
        ] {
            let mut provider = in_home(&folder, variables);
            if let Some(name) = named {
                provider = provider.profile(name);
            }
            let credential = provider.credential().await.unwrap();
            assert_eq!((credential.secret_id(), credential.token()), (id, None));
        }
    }

    #[tokio::test]
    async fn a_login_is_good_until_it_expires() {
        let folder = Folder::new();
        let login = |at: u64| {
            format!(
                r#"{{"type":"oauth","secretId":"AKID1","secretKey":"k3y-text","token":"t","expiresAt":{at}}}"#
            )
        };
        folder.write(".tccli/default.credential", &login(4_102_444_800));
        let credential = in_home(&folder, &[]).credential().await.unwrap();
        assert_eq!(credential.expires_at(), moment(4_102_444_800));
        assert_eq!(credential.token(), Some("t"));
        folder.write(".tccli/default.credential", &login(1_543_914_376));
        let error = in_home(&folder, &[]).credential().await.unwrap_err();
        assert!(!error.is_absent() && error.to_string().contains("has expired"), "{error}");
    }

    #[tokio::test]
    async fn no_file_is_absent_and_that_of_a_named_profile_has_to_exist() {
        let folder = Folder::new();
        assert!(in_home(&folder, &[]).credential().await.unwrap_err().is_absent());
        assert!(!in_home(&folder, &[(PROFILE, "prod")]).credential().await.unwrap_err().is_absent());
    }

    #[tokio::test]
    async fn a_broken_file_is_told_without_its_content() {
        let folder = Folder::new();
        for text in [
            "k3y-text",
            "[\"k3y-text\"]",
            r#"{"secretKey":"k3y-text"}"#,
            r#"{"secretId":"A","secretKey":"k3y-text x"}"#,
        ] {
            let path = folder.write(".tccli/default.credential", text);
            let error = in_home(&folder, &[]).credential().await.unwrap_err();
            assert!(!error.is_absent() && error.to_string().starts_with(&path), "{error}");
            assert!(!format!("{error:?}").contains("k3y-text"), "{error:?}");
        }
    }

    #[tokio::test]
    async fn the_machines_role_is_asked_for_where_the_profile_says_so() {
        let folder = Folder::new();
        folder.write(".tccli/default.credential", r#"{"use-cvm-role": "True"}"#);
        let error = in_home(&folder, &[("VOD_METADATA_ENDPOINT", "off")]).credential().await.unwrap_err();
        assert!(!error.is_absent() && error.to_string().contains("VOD_METADATA_ENDPOINT"), "{error}");
    }
}
