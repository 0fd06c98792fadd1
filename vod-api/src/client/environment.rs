//! A client's settings from the environment.

use std::env;
use std::ffi::OsString;

use super::ClientBuilder;
use crate::credential::Credential;
use crate::error::{Error, ErrorKind};
use crate::settings::is_region;

const SECRET_ID: &str = "TENCENTCLOUD_SECRET_ID";
const SECRET_KEY: &str = "TENCENTCLOUD_SECRET_KEY";
const TOKEN: &str = "TENCENTCLOUD_TOKEN";
/// Another name for the token, which some of the vendor's tools use.
const SESSION_TOKEN: &str = "TENCENTCLOUD_SESSION_TOKEN";
const REGION: &str = "TENCENTCLOUD_REGION";
const ENDPOINT: &str = "VOD_ENDPOINT";
const SUB_APP_ID: &str = "VOD_SUB_APP_ID";

/// Reads the process's environment.
pub(super) fn read() -> Result<ClientBuilder, Error> {
    from_variables(|name| env::var_os(name))
}

fn from_variables(lookup: impl Fn(&str) -> Option<OsString>) -> Result<ClientBuilder, Error> {
    let value = |name: &str| match lookup(name).map(OsString::into_string) {
        None => Ok(None),
        // An empty variable is how many shells and container systems write an unset one.
        Some(Ok(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
        Some(Err(_)) => Err(wrong(name, "is not UTF-8")),
    };
    let needed = |name: &str| value(name)?.ok_or_else(|| wrong(name, "is not set"));

    let mut credential = Credential::new(needed(SECRET_ID)?, needed(SECRET_KEY)?);
    if let Some(token) = value(TOKEN)?.map_or_else(|| value(SESSION_TOKEN), |token| Ok(Some(token)))? {
        credential = credential.with_token(token);
    }
    credential.check().map_err(|error| {
        let message = format!("{SECRET_ID}, {SECRET_KEY} or {TOKEN}: {}", error.message());
        Error::new(error.kind(), message)
    })?;
    let mut builder = ClientBuilder::new().credential(credential);
    if let Some(region) = value(REGION)? {
        if !is_region(&region) {
            return Err(wrong(REGION, "is not the name of a region"));
        }
        builder = builder.region(region);
    }
    if let Some(endpoint) = value(ENDPOINT)? {
        builder = builder.endpoint(endpoint).endpoint_named(ENDPOINT);
    }
    if let Some(id) = value(SUB_APP_ID)? {
        let id = id.parse().map_err(|_| wrong(SUB_APP_ID, "is not the number of an application"))?;
        builder = builder.sub_app_id(id);
    }
    Ok(builder)
}

fn wrong(name: &str, problem: &str) -> Error {
    Error::new(ErrorKind::Settings, format!("the environment variable {name} {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Result<super::super::Client, Error> {
        let variables: Vec<(String, String)> =
            [(SECRET_ID, "AKID1"), (SECRET_KEY, "k3y-text"), (ENDPOINT, "http://127.0.0.1:1")]
                .iter()
                .chain(variables)
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect();
        from_variables(|name| {
            // The last one wins.
            variables.iter().rev().find(|(known, _)| known == name).map(|(_, value)| OsString::from(value))
        })?
        .build()
    }

    fn token_of(client: &super::super::Client) -> Option<String> {
        let crate::credential::CredentialSource::Static(signer) = &client.config().credentials;
        signer.credential().token().map(str::to_owned)
    }

    #[test]
    fn all_variables_are_read() {
        let client = with(&[
            (TOKEN, "t0ken-text"),
            (REGION, "ap-guangzhou"),
            (ENDPOINT, "http://127.0.0.1:9410"),
            (SUB_APP_ID, "1500000001"),
        ])
        .unwrap();
        let config = client.config();
        assert_eq!(token_of(&client).as_deref(), Some("t0ken-text"));
        assert_eq!(config.region.as_deref(), Some("ap-guangzhou"));
        assert_eq!(config.endpoints.custom().unwrap().host, "127.0.0.1:9410");
        assert!(format!("{:?}", config.defaults).contains("1500000001"));
    }

    #[test]
    fn the_token_has_two_names_and_an_empty_variable_is_none() {
        assert_eq!(token_of(&with(&[(SESSION_TOKEN, "second")]).unwrap()).as_deref(), Some("second"));
        let both = with(&[(SESSION_TOKEN, "second"), (TOKEN, "first")]).unwrap();
        assert_eq!(token_of(&both).as_deref(), Some("first"));
        assert_eq!(token_of(&with(&[(TOKEN, "")]).unwrap()), None);
    }

    #[test]
    fn a_wrong_variable_is_named() {
        for (name, value) in [
            (SECRET_ID, ""),
            (SECRET_KEY, ""),
            (SECRET_KEY, "k3y-text "),
            (REGION, "ap guangzhou"),
            (ENDPOINT, "ftp://host"),
            (SUB_APP_ID, "main"),
        ] {
            let error = with(&[(name, value)]).unwrap_err();
            assert!(error.to_string().contains(name), "{name}: {error}");
            assert!(!error.to_string().contains("k3y-text"), "{name}: {error}");
        }
    }
}
