//! The credential in environment variables.

use super::variables::Variables;
use super::{Credential, CredentialError, CredentialProvider, ProvideCredential};

pub(crate) const SECRET_ID: &str = "TENCENTCLOUD_SECRET_ID";
pub(crate) const SECRET_KEY: &str = "TENCENTCLOUD_SECRET_KEY";
pub(crate) const TOKEN: &str = "TENCENTCLOUD_TOKEN";
/// Another name for the token, which some of the vendor's tools use.
pub(crate) const SESSION_TOKEN: &str = "TENCENTCLOUD_SESSION_TOKEN";

/// Reads `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY`, and for a temporary credential `TENCENTCLOUD_TOKEN` or
/// `TENCENTCLOUD_SESSION_TOKEN`.
///
/// It counts as not configured if both id and key are unset or empty. If only one of them is set, it fails.
#[derive(Debug, Clone)]
pub struct EnvironmentProvider {
    variables: Variables,
}

impl EnvironmentProvider {
    /// Reads the variables of the process.
    #[expect(clippy::new_without_default, reason = "a provider is chosen by name")]
    pub fn new() -> Self {
        Self::reading(Variables::of_process())
    }

    pub(crate) fn reading(variables: Variables) -> Self {
        Self { variables }
    }

    /// Reads the variables now.
    pub(crate) fn read(&self) -> Result<Credential, CredentialError> {
        let value = |name| self.variables.get(name);
        let unset = |name| format!("{name} is not set");
        let (id, key) = match (value(SECRET_ID)?, value(SECRET_KEY)?) {
            (Some(id), Some(key)) => (id, key),
            (None, None) => return Err(CredentialError::not_configured(unset(SECRET_ID))),
            (None, Some(_)) => return Err(CredentialError::failed(unset(SECRET_ID))),
            (Some(_), None) => return Err(CredentialError::failed(unset(SECRET_KEY))),
        };
        let mut credential = Credential::new(id, key);
        let token = match value(TOKEN)? {
            Some(token) => Some(token),
            None => value(SESSION_TOKEN)?,
        };
        if let Some(token) = token {
            credential = credential.with_token(token);
        }
        credential.check().map_err(|error| {
            CredentialError::failed(format!("{SECRET_ID}, {SECRET_KEY} or {TOKEN}: {}", error.message()))
        })?;
        Ok(credential)
    }
}

impl CredentialProvider for EnvironmentProvider {
    fn name(&self) -> &'static str {
        "environment"
    }

    fn credential(&self) -> ProvideCredential<'_> {
        Box::pin(std::future::ready(self.read()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Credential, CredentialError> {
        EnvironmentProvider::reading(Variables::of(variables)).read()
    }

    #[test]
    fn both_names_of_the_token_are_read_and_an_empty_variable_is_none() {
        let pair = [(SECRET_ID, "AKID1"), (SECRET_KEY, "k3y-text")];
        let token = |more: &[(&str, &str)]| read(&[&pair, more].concat()).unwrap().token().map(str::to_owned);
        assert_eq!(token(&[]), None);
        assert_eq!(token(&[(SESSION_TOKEN, "second")]).as_deref(), Some("second"));
        assert_eq!(token(&[(SESSION_TOKEN, "second"), (TOKEN, "first")]).as_deref(), Some("first"));
        assert_eq!(token(&[(SESSION_TOKEN, "second"), (TOKEN, "")]).as_deref(), Some("second"));
    }

    #[test]
    fn nothing_set_is_absent_and_half_a_credential_is_a_mistake() {
        let error = read(&[(SECRET_ID, ""), (TOKEN, "t")]).unwrap_err();
        assert!(error.is_not_configured() && error.to_string().contains(SECRET_ID), "{error}");
        for (given, missing) in [(SECRET_ID, SECRET_KEY), (SECRET_KEY, SECRET_ID)] {
            let error = read(&[(given, "k3y-text")]).unwrap_err();
            assert!(!error.is_not_configured(), "{error}");
            assert_eq!(error.to_string(), format!("{missing} is not set"));
        }
    }

    #[test]
    fn a_wrong_value_is_named_and_not_shown() {
        let error = read(&[(SECRET_ID, "AKID1"), (SECRET_KEY, "k3y-text ")]).unwrap_err();
        assert!(error.to_string().contains(SECRET_KEY) && !error.is_not_configured(), "{error}");
        assert!(!format!("{error:?}").contains("k3y-text"), "{error:?}");
    }
}
