//! Options that commands share: how to call the service, and by which specs.

use std::path::PathBuf;
use std::time::Duration;

use vod_api::credential::{CredentialChain, ProfileProvider, TccliProvider};
use vod_api::{Client, ClientBuilder, Language, RetryPolicy};

use crate::failure::Failure;
use crate::specs::Specs;

/// Where, as whom and how to call.
#[derive(Debug, Clone, Default, clap::Args)]
#[allow(clippy::doc_markdown, reason = "the comments are the help, where backticks would show")]
pub struct ClientOptions {
    /// Profile that holds the credential: of ~/.tencentcloud/credentials, or of tccli
    #[arg(long, value_name = "NAME", env = "VOD_PROFILE", global = true)]
    pub profile: Option<String>,

    /// Address to call, such as http://127.0.0.1:9410 (variable: VOD_ENDPOINT)
    #[arg(long, value_name = "URL", global = true)]
    pub endpoint: Option<String>,

    /// Region of the call (variable: TENCENTCLOUD_REGION)
    #[arg(long, value_name = "REGION", global = true)]
    pub region: Option<String>,

    /// Application to call (variable: VOD_SUB_APP_ID)
    #[arg(long, value_name = "N", global = true)]
    pub sub_app_id: Option<u64>,

    /// Language of the service's messages: en-US or zh-CN
    #[arg(long, value_name = "LANGUAGE", global = true)]
    pub language: Option<String>,

    /// Time limit for one call with all its attempts
    #[arg(long, value_name = "SECONDS", global = true)]
    pub timeout: Option<u64>,

    /// Send each request only once, also after a failure
    #[arg(long, global = true)]
    pub no_retry: bool,

    /// Fail if a value in the answer does not have the type of its field
    #[arg(long, global = true)]
    pub strict: bool,
}

/// By which specs.
#[derive(Debug, Clone, clap::Args)]
pub struct SpecOptions {
    /// Name of a service whose specs are built in
    #[arg(long, value_name = "NAME", default_value = "vod", global = true)]
    pub service: String,

    /// Folder with spec files to use instead of the built-in ones
    #[arg(long, value_name = "FOLDER", global = true)]
    pub specs: Option<PathBuf>,
}

impl Default for SpecOptions {
    fn default() -> Self {
        Self { service: "vod".to_owned(), specs: None }
    }
}

impl SpecOptions {
    /// The specs that the options choose.
    ///
    /// # Errors
    /// There are none.
    pub fn load(&self) -> Result<Specs, Failure> {
        match &self.specs {
            Some(folder) => Specs::from_folder(folder).map(|(specs, _)| specs).map_err(Failure::usage),
            None => Specs::builtin(&self.service).map_err(Failure::usage),
        }
    }
}

impl ClientOptions {
    /// A client's settings: those of the environment, then those of the options.
    ///
    /// # Errors
    /// A variable or an option has a value that can't be used.
    pub fn client_builder(&self) -> Result<ClientBuilder, Failure> {
        self.applied(ClientBuilder::from_env()?)
    }

    /// Puts the options on a client's settings.
    ///
    /// # Errors
    /// An option has a value that can't be used.
    pub fn applied(&self, mut builder: ClientBuilder) -> Result<ClientBuilder, Failure> {
        if let Some(profile) = &self.profile {
            let chain = CredentialChain::first(ProfileProvider::new().profile(profile))
                .or_else(TccliProvider::new().profile(profile));
            builder = builder.credential_provider(chain);
        }
        if let Some(endpoint) = &self.endpoint {
            builder = builder.endpoint(endpoint.as_str());
        }
        if let Some(region) = &self.region {
            builder = builder.region(region);
        }
        if let Some(id) = self.sub_app_id {
            builder = builder.sub_app_id(id);
        }
        builder = match self.language.as_deref() {
            None => builder,
            Some("en-US") => builder.language(Language::English),
            Some("zh-CN") => builder.language(Language::Chinese),
            Some(other) => {
                let message =
                    format!("--language: `{other}` is not a language of the service: en-US or zh-CN");
                return Err(Failure::usage(message));
            }
        };
        if let Some(seconds) = self.timeout {
            builder = builder.operation_timeout(Duration::from_secs(seconds));
        }
        if self.no_retry {
            builder = builder.retry(RetryPolicy::none());
        }
        Ok(builder.strict_answers(self.strict))
    }

    /// A client.
    ///
    /// # Errors
    /// A setting can't be used.
    pub fn client(&self) -> Result<Client, Failure> {
        Ok(self.client_builder()?.build()?)
    }
}
