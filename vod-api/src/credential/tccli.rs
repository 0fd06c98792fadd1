//! Reads the credentials of the vendor's command line.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

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
/// The profile is the one that was set, or `TCCLI_PROFILE`; otherwise `default`. As with `tccli`, a profile may name
/// a role that its credential assumes (`role-arn` and `role-session-name`; one of them alone has no effect), or the
/// machine's role (`"type": "cvm-role"`). A login in the browser is valid for a limited time; `tccli` refreshes it
/// whenever it runs, this provider does not.
///
/// It counts as not configured if the file does not exist or has no credential, as `tccli configure` writes it when
/// only a region is given. If the file has only half of a credential, it fails. A home directory that can't be read
/// is skipped with a warning. The file of a profile that was set must exist and must have a credential.
#[derive(Debug, Clone)]
pub struct TccliProvider {
    variables: Variables,
    profile: Option<String>,
    folder: Option<PathBuf>,
    sts: Endpoint,
}

impl TccliProvider {
    /// Creates a provider that reads the files in the user's home directory.
    #[expect(clippy::new_without_default, reason = "a provider is chosen by name")]
    pub fn new() -> Self {
        Self::reading(Variables::of_process())
    }

    pub(super) fn reading(variables: Variables) -> Self {
        Self { variables, profile: None, folder: None, sts: Endpoint::default() }
    }

    /// Sets the profile.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Sets the directory. Default: `~/.tccli`.
    #[must_use]
    pub fn folder(mut self, path: impl Into<PathBuf>) -> Self {
        self.folder = Some(path.into());
        self
    }

    /// Sets the endpoint of STS for the profile's role. Default: STS's own host.
    #[must_use]
    pub fn sts_endpoint(mut self, endpoint: impl Into<Endpoint>) -> Self {
        self.sts = endpoint.into();
        self
    }

    async fn load(&self) -> Result<Credential, CredentialError> {
        let profile = match &self.profile {
            Some(name) => Some(name.clone()),
            None => self.variables.get(TCCLI_PROFILE)?,
        };
        let folder = self.folder.clone().or_else(|| Some(self.variables.home()?.join(FOLDER)));
        let Some(folder) = folder else {
            return Err(CredentialError::not_configured("there is no home directory"));
        };
        let path = folder.join(format!("{}.credential", profile.as_deref().unwrap_or(DEFAULT)));
        let text = match file::read(path.clone()).await {
            Ok(text) => text,
            Err(error) => {
                let is_missing = error.kind() == io::ErrorKind::NotFound;
                let is_usual = profile.is_none() && (self.folder.is_none() || is_missing);
                let passed_over = if is_usual { file::passed_over(&path, &error) } else { None };
                return Err(match passed_over {
                    Some(reason) => CredentialError::not_configured(reason),
                    None => CredentialError::failed(format!("{} can't be read: {error}", path.display())),
                });
            }
        };
        let content = object(text.as_bytes()).ok_or_else(|| failed(&path, "is no JSON object"))?;
        let outcome = self.resolve(content, &path).await;
        match outcome {
            Err(error) if error.is_not_configured() && profile.is_some() => {
                Err(CredentialError::failed(error.to_string()))
            }
            outcome => outcome,
        }
    }

    async fn resolve(
        &self,
        mut profile: Map<String, Value>,
        path: &Path,
    ) -> Result<Credential, CredentialError> {
        if profile.get("type").is_some_and(|kind| kind == "cvm-role") {
            let provider = InstanceRoleProvider::reading(self.variables.clone());
            return provider
                .credential()
                .await
                .map_err(|error| failed(path, &format!("names the machine's role: {error}")));
        }
        // One without the other has no effect, as with `tccli`.
        let role = take(&mut profile, "role-arn").zip(take(&mut profile, "role-session-name"));
        let credential = own(profile, path)?;
        let Some((role, session)) = role else { return Ok(credential) };
        let client = Client::builder()
            .credential(credential)
            .endpoint(self.sts.clone())
            .operation_timeout(STS_TIMEOUT)
            .build();
        let client = client.map_err(|error| failed(path, &error.to_string()))?;
        AssumeRoleProvider::new(client, role).session_name(session).credential().await
    }
}

/// The credential that stands in the file itself; absent if there is neither an id nor a key.
pub(super) fn own(mut profile: Map<String, Value>, path: &Path) -> Result<Credential, CredentialError> {
    let (id, key) = match (take(&mut profile, "secretId"), take(&mut profile, "secretKey")) {
        (Some(id), Some(key)) => (id, key),
        (None, None) => {
            let reason = format!("{}: has no secretId and no secretKey", path.display());
            return Err(CredentialError::not_configured(reason));
        }
        (None, Some(_)) => return Err(failed(path, "has no secretId")),
        (Some(_), None) => return Err(failed(path, "has no secretKey")),
    };
    let mut credential = Credential::new(id, key);
    if let Some(token) = take(&mut profile, "token") {
        credential = credential.with_token(token);
    }
    credential.check().map_err(|error| failed(path, error.message()))?;
    // Only a login ends; what another kind of profile has kept of an earlier one has no effect.
    let is_login = profile.get("type").is_some_and(|kind| kind == "oauth" || kind == "sso");
    let end = profile.get("expiresAt").filter(|_| is_login).and_then(Value::as_u64);
    let Some(expires_at) = end.and_then(moment) else { return Ok(credential) };
    if expires_at <= WallClock::System.now() {
        return Err(failed(path, "has expired; run any `tccli` command, or log in again, to renew it"));
    }
    Ok(credential.with_expiry(expires_at))
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
    use crate::credential::test_support::Folder;

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
        // The vendor's SDKs' own variable is none of `tccli`'s.
        let (a, b) = ((TCCLI_PROFILE, "a"), ("TENCENTCLOUD_PROFILE", "b"));
        for (variables, named, id) in [
            (&[][..], None, "AKID1"),
            (&[b], None, "AKID1"),
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
        assert!(!error.is_not_configured() && error.to_string().contains("has expired"), "{error}");
    }

    #[tokio::test]
    async fn no_file_is_absent_and_that_of_a_named_profile_has_to_exist() {
        let folder = Folder::new();
        assert!(in_home(&folder, &[]).credential().await.unwrap_err().is_not_configured());
        let named = in_home(&folder, &[(TCCLI_PROFILE, "prod")]);
        assert!(!named.credential().await.unwrap_err().is_not_configured());
        let others = in_home(&folder, &[("TENCENTCLOUD_PROFILE", "prod")]);
        assert!(others.credential().await.unwrap_err().is_not_configured());
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
            assert!(!error.is_not_configured() && error.to_string().starts_with(&path), "{error}");
            assert!(!format!("{error:?}").contains("k3y-text"), "{error:?}");
        }
    }

    /// As `tccli configure set use-cvm-role true` writes it, beside keys of before.
    #[tokio::test]
    async fn the_machines_role_is_asked_for_where_the_profile_says_so() {
        let folder = Folder::new();
        for text in [
            r#"{"type": "cvm-role"}"#,
            r#"{"type": "cvm-role", "secretId": "", "secretKey": ""}"#,
            r#"{"type": "cvm-role", "secretId": "AKID-old", "secretKey": "k3y-text"}"#,
        ] {
            folder.write(".tccli/default.credential", text);
            let provider = in_home(&folder, &[("VOD_METADATA_ENDPOINT", "off")]);
            let error = provider.credential().await.unwrap_err();
            assert!(
                !error.is_not_configured() && error.to_string().contains("VOD_METADATA_ENDPOINT"),
                "{error}"
            );
        }
    }

    #[tokio::test]
    async fn a_profile_without_keys_is_passed_over_unless_it_was_named() {
        let folder = Folder::new();
        for text in [
            r#"{"secretId": "", "secretKey": ""}"#,
            r#"{"secretId": null}"#,
            r#"{"type": "default", "secretId": "", "secretKey": "", "token": ""}"#,
            r#"{"use-cvm-role": "True"}"#,
            "{}",
        ] {
            for profile in ["default", "work"] {
                folder.write(&format!(".tccli/{profile}.credential"), text);
            }
            let error = in_home(&folder, &[]).credential().await.unwrap_err();
            assert!(error.is_not_configured(), "{text}: {error}");
            for named in
                [in_home(&folder, &[(TCCLI_PROFILE, "work")]), in_home(&folder, &[]).profile("default")]
            {
                let error = named.credential().await.unwrap_err();
                assert!(!error.is_not_configured(), "{text}: {error}");
                assert!(error.to_string().contains("has no secretId and no secretKey"), "{error}");
            }
        }
    }

    /// A role needs both; the key is used as it is otherwise, as `tccli` does.
    #[tokio::test]
    async fn a_role_is_assumed_only_under_the_name_of_a_session() {
        let folder = Folder::new();
        let role = r#""role-arn": "qcs::cam::uin/1:roleName/r""#;
        for (more, assumed) in [
            (role.to_owned(), false),
            (r#""role-session-name": "nightly""#.to_owned(), false),
            (format!(r#"{role}, "role-session-name": """#), false),
            (format!(r#"{role}, "role-session-name": null"#), false),
            (format!(r#"{role}, "role-session-name": "nightly""#), true),
        ] {
            let text = format!(r#"{{"secretId": "AKID1", "secretKey": "k3y-text", {more}}}"#);
            folder.write(".tccli/default.credential", &text);
            let outcome = in_home(&folder, &[]).sts_endpoint("http://127.0.0.1:1").credential().await;
            match outcome {
                Ok(credential) => assert!(!assumed && credential.secret_id() == "AKID1", "{more}"),
                Err(error) => assert!(assumed && error.to_string().contains("AssumeRole"), "{more}: {error}"),
            }
        }
    }

    #[tokio::test]
    async fn only_a_login_ends() {
        let folder = Folder::new();
        for (kind, ends) in [("oauth", true), ("sso", true), ("default", false), ("", false)] {
            let text = format!(
                r#"{{"type":"{kind}","secretId":"AKID1","secretKey":"k3y-text","expiresAt":1543914376}}"#
            );
            // With the mark that some editors write.
            folder.write(".tccli/default.credential", &["\u{feff}", &text].concat());
            let outcome = in_home(&folder, &[]).credential().await;
            assert_eq!(outcome.is_err(), ends, "{kind}: {outcome:?}");
        }
    }

    #[tokio::test]
    async fn a_home_that_is_no_directory_is_passed_over_and_a_named_profile_there_is_not() {
        let folder = Folder::new();
        let home = folder.write("home", "a file");
        let provider = |variables: &[(&str, &str)]| {
            let home = [("HOME", home.as_str()), ("USERPROFILE", home.as_str())];
            TccliProvider::reading(Variables::of(&[variables, &home].concat()))
        };
        let error = provider(&[]).credential().await.unwrap_err();
        assert!(error.is_not_configured() && error.to_string().contains("can't be reached"), "{error}");
        for named in [
            provider(&[(TCCLI_PROFILE, "a")]),
            provider(&[]).profile("a"),
            provider(&[]).folder(format!("{home}/x")),
        ] {
            let error = named.credential().await.unwrap_err();
            assert!(!error.is_not_configured() && error.to_string().contains("can't be read"), "{error}");
        }
    }
}
