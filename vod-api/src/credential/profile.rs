//! The profiles of the credentials file that the vendor's SDKs share.

use std::io;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::file;
use super::variables::Variables;
use super::{Credential, CredentialError, CredentialProvider, ProvideCredential, ini};

pub(super) const PROFILE: &str = "TENCENTCLOUD_PROFILE";
const FILE: &str = "TENCENTCLOUD_CREDENTIALS_FILE";
const DEFAULT: &str = "default";
const OF_THE_USER: &str = ".tencentcloud/credentials";
const OF_THE_MACHINE: &str = "/etc/tencentcloud/credentials";

/// Reads a profile of an INI file:
///
/// ```ini
/// [default]
/// secret_id = AKID...
/// secret_key = ...
/// token = ...
/// ```
///
/// The file is the one that was set, or `TENCENTCLOUD_CREDENTIALS_FILE`; otherwise `~/.tencentcloud/credentials` and
/// then `/etc/tencentcloud/credentials`, whichever has the profile. The profile is the one that was set, or
/// `TENCENTCLOUD_PROFILE`; otherwise `default`. The file is re-read each time. Other keys are ignored: as with the
/// vendor's SDKs, a `role_arn` has no effect; for a role use [`AssumeRoleProvider`](super::AssumeRoleProvider). A
/// value may be quoted.
///
/// It counts as not configured if there is no file, or no file has the profile with an id and a key. If a profile has
/// only one of the two, it fails. A home directory that can't be read is skipped with a warning. A file that was set
/// must exist and must have the profile.
#[derive(Debug, Clone)]
pub struct ProfileProvider {
    variables: Variables,
    profile: Option<String>,
    file: Option<PathBuf>,
    machine_wide: PathBuf,
}

impl ProfileProvider {
    /// Creates a provider that reads the file and profile of the environment, or the defaults.
    #[expect(clippy::new_without_default, reason = "a provider is chosen by name")]
    pub fn new() -> Self {
        Self::reading(Variables::of_process())
    }

    pub(crate) fn reading(variables: Variables) -> Self {
        Self { variables, profile: None, file: None, machine_wide: PathBuf::from(OF_THE_MACHINE) }
    }

    /// Sets the profile.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Sets the file.
    #[must_use]
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    async fn load(&self) -> Result<Credential, CredentialError> {
        let profile = match &self.profile {
            Some(name) => name.clone(),
            None => self.variables.get(PROFILE)?.unwrap_or_else(|| DEFAULT.to_owned()),
        };
        if let Some(path) = self.file.clone().or_else(|| self.variables.path(FILE)) {
            let text = file::read(path.clone()).await.map_err(|error| unreadable(&path, &error))?;
            return parse(&text, &profile, &path)?.map_err(CredentialError::failed);
        }
        let mut reasons = Vec::new();
        for path in self.usual_places() {
            match file::read(path.clone()).await {
                Ok(text) => match parse(&text, &profile, &path)? {
                    Ok(credential) => return Ok(credential),
                    Err(reason) => reasons.push(reason),
                },
                Err(error) => match file::passed_over(&path, &error) {
                    Some(reason) => reasons.push(reason),
                    None => return Err(unreadable(&path, &error)),
                },
            }
        }
        Err(CredentialError::not_configured(reasons.join(", ")))
    }

    fn usual_places(&self) -> impl Iterator<Item = PathBuf> {
        let of_user = self.variables.home().map(|home| home.join(OF_THE_USER));
        of_user.into_iter().chain([self.machine_wide.clone()])
    }
}

/// The credential of a profile, or why the file holds none: it has no such profile, or one without a credential.
pub(super) fn parse(
    text: &Zeroizing<String>,
    profile: &str,
    path: &Path,
) -> Result<Result<Credential, String>, CredentialError> {
    let shown = path.display();
    let section = ini::section(text, profile).map_err(|ini::Malformed { line }| {
        CredentialError::failed(format!("{shown}: line {line} is no section, comment or `name = value`"))
    })?;
    let Some(values) = section else {
        return Ok(Err(format!("{shown} has no profile `{profile}`")));
    };
    let value = |name: &str| ini::value(&values, name).map(unquoted).filter(|value| !value.is_empty());
    let lacks = |what: &str| format!("{shown}: the profile `{profile}` has no {what}");
    let (id, key) = match (value("secret_id"), value("secret_key")) {
        (Some(id), Some(key)) => (id, key),
        (None, None) => return Ok(Err(lacks("secret_id and no secret_key"))),
        (None, Some(_)) => return Err(CredentialError::failed(lacks("secret_id"))),
        (Some(_), None) => return Err(CredentialError::failed(lacks("secret_key"))),
    };
    let mut credential = Credential::new(id, key);
    if let Some(token) = value("token") {
        credential = credential.with_token(token);
    }
    credential.check().map_err(|error| {
        CredentialError::failed(format!("{shown}: in the profile `{profile}`, {}", error.message()))
    })?;
    Ok(Ok(credential))
}

/// The vendor's documents show values in quotes, which are no part of them.
fn unquoted(value: &str) -> &str {
    let between = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    between('"').or_else(|| between('\'')).unwrap_or(value)
}

fn unreadable(path: &Path, error: &io::Error) -> CredentialError {
    CredentialError::failed(format!("{} can't be read: {error}", path.display()))
}

impl CredentialProvider for ProfileProvider {
    fn name(&self) -> &'static str {
        "profile file"
    }

    fn credential(&self) -> ProvideCredential<'_> {
        Box::pin(self.load())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::test_support::Folder;

    const TWO: &str = "[default]\nsecret_id = AKID1\nsecret_key = k3y-text\n\
                       [prod]\nsecret_id = AKID2\nsecret_key = k3y-text\ntoken = t0ken-text\n";

    fn in_home(folder: &Folder, variables: &[(&str, &str)]) -> ProfileProvider {
        let home = folder.path.to_str().unwrap();
        let variables = Variables::of(&[variables, &[("HOME", home), ("USERPROFILE", home)]].concat());
        let mut provider = ProfileProvider::reading(variables);
        provider.machine_wide = folder.path.join("etc/credentials");
        provider
    }

    #[tokio::test]
    async fn the_users_file_comes_before_the_machines() {
        let folder = Folder::new();
        folder.write(
            "etc/credentials",
            "[default]\nsecret_id=AKID9\nsecret_key=k\n[etc]\nsecret_id=AKID8\nsecret_key=k",
        );
        let id = |provider: ProfileProvider| async move {
            provider.credential().await.unwrap().secret_id().to_owned()
        };
        assert_eq!(id(in_home(&folder, &[])).await, "AKID9");
        folder.write(OF_THE_USER, TWO);
        assert_eq!(id(in_home(&folder, &[])).await, "AKID1");
        assert_eq!(id(in_home(&folder, &[]).profile("etc")).await, "AKID8");
    }

    #[tokio::test]
    async fn profile_and_file_are_named_by_variables_or_by_the_caller() {
        let folder = Folder::new();
        let path = folder.write("mine.ini", TWO);
        let named = in_home(&folder, &[(PROFILE, "prod"), (FILE, &path)]);
        let credential = named.credential().await.unwrap();
        assert_eq!((credential.secret_id(), credential.token()), ("AKID2", Some("t0ken-text")));
        let own = named.profile("default").credential().await.unwrap();
        assert_eq!((own.secret_id(), own.token()), ("AKID1", None));
        let by_caller = in_home(&folder, &[(FILE, "/nowhere")]).file(&path).credential().await.unwrap();
        assert_eq!(by_caller.secret_id(), "AKID1");
    }

    #[tokio::test]
    async fn no_file_is_absent_and_a_named_one_has_to_exist() {
        let folder = Folder::new();
        let error = in_home(&folder, &[]).credential().await.unwrap_err();
        assert!(
            error.is_not_configured() && error.to_string().matches("does not exist").count() == 2,
            "{error}"
        );
        folder.write(OF_THE_USER, TWO);
        let error = in_home(&folder, &[(PROFILE, "test")]).credential().await.unwrap_err();
        assert!(error.is_not_configured() && error.to_string().contains("has no profile `test`"), "{error}");
        let error = in_home(&folder, &[(FILE, "/nowhere/file")]).credential().await.unwrap_err();
        assert!(
            !error.is_not_configured() && error.to_string().contains("/nowhere/file can't be read"),
            "{error}"
        );
    }

    #[tokio::test]
    async fn a_profile_without_a_credential_is_passed_over_and_half_of_one_is_not() {
        let folder = Folder::new();
        folder
            .write("etc/credentials", "[default] # of the machine\nsecret_id=AKID9\nsecret_key='k3y-text'\n");
        for empty in [
            "[default]\nsecret_id=\nsecret_key=\n",
            "[default]\nsecret_id=\"\"\nsecret_key=''\n",
            "[default]\nregion = ap-tokyo\n",
            "[default]",
            "",
        ] {
            let path = folder.write(OF_THE_USER, empty);
            let credential = in_home(&folder, &[]).credential().await.unwrap();
            assert_eq!((credential.secret_id(), credential.secret_key()), ("AKID9", "k3y-text"), "{empty}");
            let error = in_home(&folder, &[]).file(&path).credential().await.unwrap_err();
            assert!(!error.is_not_configured() && error.to_string().contains("has no "), "{error}");
            let error = in_home(&folder, &[(FILE, &path)]).credential().await.unwrap_err();
            assert!(!error.is_not_configured(), "{error}");
        }
        std::fs::remove_file(folder.path.join("etc/credentials")).unwrap();
        folder.write(OF_THE_USER, "[default]\nsecret_id=\nsecret_key=\n");
        let error = in_home(&folder, &[]).credential().await.unwrap_err();
        assert!(
            error.is_not_configured() && error.to_string().contains("has no secret_id and no secret_key"),
            "{error}"
        );
    }

    #[tokio::test]
    async fn a_byte_order_mark_is_skipped() {
        let folder = Folder::new();
        folder.write(OF_THE_USER, &format!("\u{feff}{TWO}"));
        assert_eq!(in_home(&folder, &[]).credential().await.unwrap().secret_id(), "AKID1");
    }

    #[tokio::test]
    async fn a_home_that_is_no_directory_is_passed_over_and_a_named_file_there_is_not() {
        let folder = Folder::new();
        let home = folder.write("home", "a file");
        let provider = |variables: &[(&str, &str)]| {
            let mut provider = ProfileProvider::reading(Variables::of(variables));
            provider.machine_wide = folder.path.join("missing");
            provider
        };
        let of_home = [("HOME", home.as_str()), ("USERPROFILE", home.as_str())];
        let error = provider(&of_home).credential().await.unwrap_err();
        assert!(error.is_not_configured() && error.to_string().contains("can't be reached: "), "{error}");
        let named = format!("{home}/{OF_THE_USER}");
        let error = provider(&of_home).file(&named).credential().await.unwrap_err();
        assert!(!error.is_not_configured() && error.to_string().contains("can't be read"), "{error}");
        let error = provider(&[(FILE, &named)]).credential().await.unwrap_err();
        assert!(!error.is_not_configured(), "{error}");
    }

    #[tokio::test]
    async fn a_broken_file_is_told_without_its_content() {
        let folder = Folder::new();
        for (text, problem) in [
            ("[default]\nsecret_id=AKID1\nk3y-text\n", "line 3 is no section"),
            ("[default]\nsecret_id = AKID1\n", "has no secret_key"),
            ("[default]\nsecret_key = k3y-text\nsecret_id=\n", "has no secret_id"),
            ("[default]\nsecret_id = AKID1\nsecret_key = k3y-text x\n", "secret key holds a character"),
        ] {
            folder.write(OF_THE_USER, text);
            let error = in_home(&folder, &[]).credential().await.unwrap_err();
            assert!(!error.is_not_configured() && error.to_string().contains(problem), "{error}");
            assert!(!format!("{error:?}").contains("k3y-text"), "{error:?}");
        }
        std::fs::write(folder.path.join(OF_THE_USER), b"[default]\nsecret_key=k3y-text\xff").unwrap();
        let error = in_home(&folder, &[]).credential().await.unwrap_err();
        assert!(error.to_string().contains("not UTF-8"), "{error}");
    }

    #[tokio::test]
    async fn a_changed_file_is_read_anew() {
        let folder = Folder::new();
        folder.write(OF_THE_USER, TWO);
        let provider = in_home(&folder, &[]);
        assert_eq!(provider.credential().await.unwrap().secret_id(), "AKID1");
        folder.write(OF_THE_USER, &TWO.replace("AKID1", "AKID3"));
        assert_eq!(provider.credential().await.unwrap().secret_id(), "AKID3");
    }
}
