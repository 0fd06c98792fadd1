//! The settings of a client, and the options of a single call.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;

use crate::client::defaults::Defaults;
use crate::client::settings::{HttpMethod, Language};
use crate::client::time_limit::TimeLimit;
use crate::clock::WallClock;
use crate::clock::skew::Skew;
use crate::credential::CredentialSource;
use crate::endpoint::Hosts;
#[cfg(feature = "upload")]
use crate::endpoint::StorageEndpoint;
use crate::rate_limit::RateLimiters;
use crate::retry::{RetryBudget, RetryPolicy};
use crate::signature::SignatureMethod;
use crate::telemetry::{AttemptHook, ToldActions, ToldMismatches};
use crate::transport::Transport;

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
    pub(crate) rate_limiters: RateLimiters,
    pub(crate) clock: WallClock,
    pub(crate) skew: Arc<Skew>,
    pub(crate) on_attempt: Option<AttemptHook>,
    /// Actions that the service has called deprecated.
    pub(crate) deprecated: ToldActions,
    /// Where answers did not fit.
    pub(crate) mismatches: ToldMismatches,
    pub(crate) strict_answers: bool,
    /// Where uploads go.
    #[cfg(feature = "upload")]
    pub(crate) storage: StorageEndpoint,
}

/// What a call changes of its client's settings.
#[derive(Debug, Clone, Default)]
pub(crate) struct CallSettings {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) region: Option<String>,
    pub(crate) language: Option<Language>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) strict_answers: Option<bool>,
    /// What an action with a binary body is sent.
    pub(crate) body: Option<BinaryBody>,
    /// The caller limits the rate.
    pub(crate) skip_rate_limit: bool,
}

/// Bytes that a call carries beside its parameters. They are never shown.
#[derive(Clone)]
pub(crate) struct BinaryBody(pub(crate) Bytes);

impl fmt::Debug for BinaryBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl CallSettings {
    /// How long the call may take.
    pub(crate) fn operation_timeout(&self, config: &Config) -> TimeLimit {
        let (time, setting) = match self.timeout {
            Some(time) => (time, "Call::timeout"),
            None => (config.operation_timeout, "ClientBuilder::operation_timeout"),
        };
        TimeLimit::new(time, "operation timeout", setting)
    }

    /// The region that the call names.
    pub(crate) fn region<'a>(&'a self, config: &'a Config) -> Option<&'a str> {
        self.region.as_deref().or(config.region.as_deref()).filter(|region| !region.is_empty())
    }

    /// Whether a value that does not fit its field makes the answer an error.
    pub(crate) fn strict_answers(&self, config: &Config) -> bool {
        self.strict_answers.unwrap_or(config.strict_answers)
    }

    /// How long each of its attempts may take.
    pub(crate) fn attempt_timeout(&self, config: &Config) -> TimeLimit {
        let (time, setting) = match self.attempt_timeout {
            Some(time) => (time, "Call::attempt_timeout"),
            None => (config.attempt_timeout, "ClientBuilder::attempt_timeout"),
        };
        TimeLimit::new(time, "attempt timeout", setting)
    }
}
