//! Reads a client's settings from environment variables.

use super::ClientBuilder;
use crate::client::settings::{is_region, not_a_region, shown};
use crate::credential::{CredentialChain, CredentialError, EnvironmentProvider, Variables};
use crate::error::{Error, ErrorKind};

const REGION: &str = "TENCENTCLOUD_REGION";
const ENDPOINT: &str = "VOD_ENDPOINT";
#[cfg(feature = "upload")]
const STORAGE_ENDPOINT: &str = "VOD_STORAGE_ENDPOINT";
const SUB_APP_ID: &str = "VOD_SUB_APP_ID";

/// Reads the process's environment.
pub(super) fn read() -> Result<ClientBuilder, Error> {
    from_variables(&Variables::of_process())
}

fn from_variables(variables: &Variables) -> Result<ClientBuilder, Error> {
    let value = |name| variables.get(name).map_err(|error| unusable(&error));
    let builder = ClientBuilder::new().with_variables(variables.clone());
    // What the environment says is checked now rather than at the first call.
    let mut builder = match EnvironmentProvider::reading(variables.clone()).read() {
        Ok(credential) => builder.credential(credential),
        Err(error) if error.is_not_configured() => {
            builder.credential_provider(CredentialChain::default_chain())
        }
        Err(error) => return Err(unusable(&error)),
    };
    if let Some(region) = value(REGION)? {
        if !is_region(&region) {
            return Err(wrong(REGION, &not_a_region(&region)));
        }
        builder = builder.region(region);
    }
    if let Some(endpoint) = value(ENDPOINT)? {
        builder = builder.endpoint(endpoint).endpoint_set_by(ENDPOINT);
    }
    #[cfg(feature = "upload")]
    if let Some(template) = value(STORAGE_ENDPOINT)? {
        let storage = crate::endpoint::StorageEndpoint::from(template);
        storage.check().map_err(|problem| wrong(STORAGE_ENDPOINT, &problem))?;
        builder = builder.storage_endpoint(storage);
    }
    if let Some(id) = value(SUB_APP_ID)? {
        let wrong_id = |_| {
            let problem =
                format!("{} is not an application id: write a number such as 1500000001", shown(&id));
            wrong(SUB_APP_ID, &problem)
        };
        builder = builder.sub_app_id(id.parse().map_err(wrong_id)?);
    }
    Ok(builder)
}

fn wrong(name: &str, problem: &str) -> Error {
    Error::new(ErrorKind::Config, format!("environment variable {name}: {problem}"))
}

fn unusable(error: &CredentialError) -> Error {
    Error::new(ErrorKind::Config, format!("the environment: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::{CredentialSource, SECRET_ID, SECRET_KEY};

    const TOKEN: &str = "TENCENTCLOUD_TOKEN";
    const SESSION_TOKEN: &str = "TENCENTCLOUD_SESSION_TOKEN";

    fn with(variables: &[(&str, &str)]) -> Result<super::super::Client, Error> {
        let usual = [(SECRET_ID, "AKID1"), (SECRET_KEY, "k3y-text"), (ENDPOINT, "http://127.0.0.1:1")];
        from_variables(&Variables::of(&[&usual, variables].concat()))?.build()
    }

    fn token_of(client: &super::super::Client) -> Option<String> {
        match &client.config().credentials {
            CredentialSource::Static(signer) => signer.credential().token().map(str::to_owned),
            other @ CredentialSource::Cached(_) => panic!("{other:?}"),
        }
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
    fn calls_in_clear_are_refused_unless_they_are_allowed() {
        let allow = crate::credential::ALLOW_PLAIN_HTTP;
        for endpoint in
            ["http://emulator:9410", "http://10.0.0.1", "http://169.254.0.23", "http://127.0.0.1.nip.io"]
        {
            for value in ["", "0", "false"] {
                let error = with(&[(ENDPOINT, endpoint), (allow, value)]).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Config);
                for part in ["VOD_ENDPOINT: ", "in clear", "allow_plain_http(true)", "VOD_ALLOW_PLAIN_HTTP=1"]
                {
                    assert!(error.to_string().contains(part), "{part} is missing: {error}");
                }
            }
            for value in ["1", "true"] {
                with(&[(ENDPOINT, endpoint), (allow, value)]).unwrap();
            }
            let error = with(&[(ENDPOINT, endpoint), (allow, "maybe")]).unwrap_err();
            assert!(error.to_string().contains(allow) && !error.to_string().contains("maybe"), "{error}");
        }
        for endpoint in ["http://127.0.0.1:1", "http://127.9.9.9", "http://[::1]:1", "http://localhost:1"] {
            with(&[(ENDPOINT, endpoint)]).unwrap();
        }
        let with_backup = |endpoint: &str| {
            let usual = [(SECRET_ID, "AKID1"), (SECRET_KEY, "k3y-text"), (ENDPOINT, "http://127.0.0.1:1")];
            let builder = from_variables(&Variables::of(&usual)).unwrap();
            builder.backup_endpoints([endpoint])
        };
        let error = with_backup("http://emulator:9410").build().unwrap_err();
        assert!(error.to_string().starts_with("backup_endpoints: calls to http://emulator:9410"), "{error}");
        with_backup("http://emulator:9410").allow_plain_http(true).build().unwrap();
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
            let shows_value = [REGION, ENDPOINT, SUB_APP_ID].contains(&name);
            assert!(!shows_value || error.to_string().contains(&format!("`{value}`")), "{name}: {error}");
        }
    }

    #[test]
    fn without_a_credential_the_default_chain_is_asked_later() {
        let client = with(&[(SECRET_ID, ""), (SECRET_KEY, "")]).unwrap();
        let shown = format!("{:?}", client.config().credentials);
        assert_eq!(shown, "CredentialProvider(\"credential chain\")");
    }
}
