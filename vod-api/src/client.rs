//! The client: the settings and state that all calls share.

mod builder;
pub(crate) mod call;
pub(crate) mod config;
mod defaults;
mod describe_all;
mod environment;
pub(crate) mod pages;
pub(crate) mod settings;
mod stream;
pub(crate) mod time_limit;
pub(crate) mod wait;
pub(crate) mod windows;

use std::fmt;
use std::sync::Arc;

pub use builder::ClientBuilder;
pub use call::{Call, Detailed, DetailedCall};
use config::Config;
pub(crate) use defaults::Defaults;
pub use describe_all::DescribeAll;
pub use pages::{Items, Pages, Paginated};
pub use settings::{HttpMethod, Language};
pub use stream::ResponseStream;
pub use wait::{Wait, Waitable};
pub use windows::{AllItems, Windowed};

use crate::error::Error;

/// Client for the service. Clones are cheap and share the connection pool, derived signing keys, rate limiters and the
/// retry budget; share one client in a program.
///
/// The actions are methods, grouped below by category; the pages of [`vod`](crate::vod) list them. A method only
/// prepares a [`Call`]: its settings follow, and `.await` sends it.
///
/// Calls need a Tokio runtime with its time and I/O drivers enabled.
#[derive(Clone)]
pub struct Client {
    config: Arc<Config>,
}

impl Client {
    /// Returns the settings of a new client, with their defaults.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Creates a client from environment variables, see [`ClientBuilder::from_env`].
    ///
    /// # Errors
    ///
    /// A variable is invalid, or only one of secret id and secret key is set; the message names it.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let config = &*self.config;
        f.debug_struct("Client")
            .field("credentials", &config.credentials)
            .field("endpoint", config.endpoints.endpoint())
            .field("region", &config.region)
            .field("language", &config.language)
            .field("user_agent", &config.user_agent)
            .field("request_client", &config.request_client)
            .field("signature", &config.signature)
            .field("method", &config.method)
            .field("unsigned_payload", &config.unsigned_payload)
            .field("attempt_timeout", &config.attempt_timeout)
            .field("operation_timeout", &config.operation_timeout)
            .field("response_limit", &config.response_limit)
            .field("defaults", &config.defaults)
            .field("retry", &config.retry)
            .field("strict_answers", &config.strict_answers)
            .finish_non_exhaustive()
    }
}
