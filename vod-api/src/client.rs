//! The client: what is the same for all calls.

mod builder;
mod defaults;
mod environment;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

pub use builder::ClientBuilder;
pub(crate) use defaults::Defaults;

use crate::action::Request;
use crate::call::Call;
use crate::clock::WallClock;
use crate::credential::CredentialSource;
use crate::endpoint::Hosts;
use crate::error::Error;
use crate::observe::{AttemptHook, ToldActions, ToldMismatches};
use crate::pacing::Pacer;
use crate::retry::{RetryBudget, RetryPolicy};
use crate::settings::{HttpMethod, Language};
use crate::signature::SignatureMethod;
use crate::skew::Skew;
use crate::transport::Transport;

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

/// All settings, checked and ready for use.
pub(crate) struct Config {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) credentials: CredentialSource,
    pub(crate) endpoints: Hosts,
    pub(crate) region: Option<String>,
    pub(crate) language: Language,
    pub(crate) user_agent: HeaderValue,
    pub(crate) request_client: Option<HeaderValue>,
    pub(crate) signature: SignatureMethod,
    pub(crate) method: HttpMethod,
    pub(crate) unsigned_payload: bool,
    pub(crate) attempt_timeout: Duration,
    pub(crate) operation_timeout: Duration,
    pub(crate) response_limit: usize,
    pub(crate) defaults: Defaults,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: RetryBudget,
    pub(crate) pacer: Pacer,
    pub(crate) clock: WallClock,
    pub(crate) skew: Arc<Skew>,
    pub(crate) on_attempt: Option<AttemptHook>,
    /// Actions that the service has called deprecated.
    pub(crate) deprecated: ToldActions,
    /// Where answers did not fit.
    pub(crate) mismatches: ToldMismatches,
    pub(crate) strict_answers: bool,
}

impl Client {
    /// Starts a client with settings of its own.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// A client as the environment describes it, see [`ClientBuilder::from_env`].
    ///
    /// # Errors
    ///
    /// A variable's value can't be used, or of secret id and key one is missing; the message names it.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    /// Prepares a call. The generated methods do the same under the action's name.
    pub fn call<R: Request>(&self, request: R) -> Call<R::Action> {
        Call::new(self.clone(), request)
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
