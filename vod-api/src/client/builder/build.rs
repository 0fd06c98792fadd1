//! Validates a client's settings together, and creates the client.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::{ClientBuilder, OwnTransport};
use crate::client::Client;
use crate::client::config::Config;
use crate::client::settings::{is_region, not_a_region, shown};
use crate::clock::skew::{ServiceClock, Skew};
use crate::credential::{ALLOW_PLAIN_HTTP, plain_http_is_allowed};
#[cfg(feature = "upload")]
use crate::endpoint::StorageEndpoint;
use crate::endpoint::{Endpoints, Hosts, Target};
use crate::error::{Error, ErrorKind};
use crate::rate_limit::{LOWEST_SHARE, RateLimiters};
use crate::retry::RetryBudget;
use crate::signature::SignatureMethod;
use crate::telemetry::{ToldActions, ToldMismatches};
use crate::transport::{ReqwestTransport, Transport};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const USER_AGENT: &str = concat!("vod-api/", env!("CARGO_PKG_VERSION"));
/// The service cuts a longer one.
const REQUEST_CLIENT_LENGTH: usize = 128;

impl ClientBuilder {
    /// Validates the settings and creates the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// A setting is invalid or conflicts with another one; the message begins with its name.
    pub fn build(self) -> Result<Client, Error> {
        let caller = self.caller.clone().ok_or_else(|| {
            refuse(
                "credential",
                "not set; call `credential` or `credential_provider`, or begin with `from_env`",
            )
        })?;
        let skew = Arc::new(Skew::default());
        let credentials = caller.source(ServiceClock::new(self.clock.clone(), Arc::clone(&skew)))?;
        if self.unsigned_payload && self.signature != SignatureMethod::Tc3 {
            return Err(refuse(
                "unsigned_payload",
                "must be used with `SignatureMethod::Tc3`: the older methods sign all parameters",
            ));
        }
        if let Some(region) = self.region.as_deref().filter(|region| !is_region(region)) {
            return Err(refuse("region", &not_a_region(region)));
        }
        for (name, limit) in [
            ("connect_timeout", self.connect_timeout.unwrap_or(CONNECT_TIMEOUT)),
            ("attempt_timeout", self.attempt_timeout),
            ("operation_timeout", self.operation_timeout),
        ] {
            if limit.is_zero() {
                return Err(refuse(name, "must be greater than zero"));
            }
        }
        if self.response_limit == 0 {
            return Err(refuse("response_limit", "must be greater than zero"));
        }
        if let Some(part) = self.rate_share.filter(|part| !(LOWEST_SHARE..=1.0).contains(part)) {
            return Err(refuse("rate_share", &format!("must be from {LOWEST_SHARE} to 1, not {part:?}")));
        }
        let endpoints = self.hosts()?;
        #[cfg(feature = "upload")]
        let storage = self.storage_at(&endpoints)?;
        let transport = self.transport_to(&endpoints)?;
        Ok(Client {
            config: Arc::new(Config {
                transport,
                credentials,
                endpoints,
                user_agent: self.user_agent_header()?,
                request_client: self.request_client_header()?,
                region: self.region,
                language: self.language,
                signature: self.signature,
                method: self.method,
                unsigned_payload: self.unsigned_payload,
                attempt_timeout: self.attempt_timeout,
                operation_timeout: self.operation_timeout,
                response_limit: self.response_limit,
                defaults: self.defaults,
                retry: self.retry,
                budget: RetryBudget::new(self.retry_budget),
                rate_limiters: RateLimiters::new(self.rate_share),
                clock: self.clock,
                skew,
                on_attempt: self.on_attempt,
                deprecated: ToldActions::default(),
                mismatches: ToldMismatches::default(),
                strict_answers: self.strict_answers,
                #[cfg(feature = "upload")]
                storage,
            }),
        })
    }

    fn hosts(&self) -> Result<Hosts, Error> {
        let variable = self.endpoint_setting.filter(|setting| !setting.contains("::"));
        let first =
            Endpoints::new(self.endpoint.clone(), self.endpoint_setting).map_err(|error| match variable {
                Some(variable) => refuse(variable, error.message()),
                None => error,
            })?;
        let setting = Some("ClientBuilder::backup_endpoints");
        let backups = self.backups.iter().map(|endpoint| Endpoints::new(endpoint.clone(), setting));
        let backups = backups
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| refuse("backup_endpoints", error.message()))?;
        self.check_encryption(variable.unwrap_or("endpoint"), &first)?;
        for backup in &backups {
            self.check_encryption("backup_endpoints", backup)?;
        }
        Ok(Hosts::new(first, backups))
    }

    /// Where uploads go. What is called on this machine has its storage there, too, as the emulator does.
    #[cfg(feature = "upload")]
    fn storage_at(&self, endpoints: &Hosts) -> Result<StorageEndpoint, Error> {
        let Some(storage) = &self.storage else {
            let here = endpoints.custom().filter(|target| target.is_loopback());
            return Ok(here.map_or_else(StorageEndpoint::default, |target| {
                StorageEndpoint::beneath(&target.uri.to_string())
            }));
        };
        if let Some(host) = storage.check().map_err(|problem| refuse("storage_endpoint", &problem))? {
            self.check_plain_http("storage_endpoint", &host)?;
        }
        Ok(storage.clone())
    }

    /// Refuses an address that calls would go to in clear, unless that is allowed.
    fn check_encryption(&self, setting: &str, endpoints: &Endpoints) -> Result<(), Error> {
        match endpoints.custom() {
            Some(target) if !target.is_encrypted() && !target.is_loopback() => {
                self.check_plain_http(setting, &target.host)
            }
            _ => Ok(()),
        }
    }

    fn check_plain_http(&self, setting: &str, host: &str) -> Result<(), Error> {
        if self.allow_plain_http {
            return Ok(());
        }
        let is_allowed = plain_http_is_allowed(&self.variables)
            .map_err(|error| Error::new(ErrorKind::Config, error.to_string()))?;
        if is_allowed {
            return Ok(());
        }
        let problem = format!(
            "calls to http://{host} would travel in clear, with all that they say and the token of a temporary \
             credential; use https://, or allow it by ClientBuilder::allow_plain_http(true) or {ALLOW_PLAIN_HTTP}=1"
        );
        Err(refuse(setting, &problem))
    }

    fn user_agent_header(&self) -> Result<HeaderValue, Error> {
        HeaderValue::from_str(self.user_agent.as_deref().unwrap_or(USER_AGENT))
            .map_err(|_| refuse("user_agent", "must not contain control characters"))
    }

    fn request_client_header(&self) -> Result<Option<HeaderValue>, Error> {
        let Some(name) = self.request_client.as_deref() else { return Ok(None) };
        let fits = (1..=REQUEST_CLIENT_LENGTH).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_,;.".contains(&b));
        let refused = || {
            refuse(
                "request_client",
                &format!("must have 1 to 128 letters, digits and - _ , ; . and not be {}", shown(name)),
            )
        };
        let header = fits.then(|| HeaderValue::from_str(name).ok()).flatten();
        header.map(Some).ok_or_else(refused)
    }

    fn transport_to(&self, endpoints: &Hosts) -> Result<Arc<dyn Transport>, Error> {
        if let Some(OwnTransport { setting, transport }) = &self.transport {
            if self.connect_timeout.is_some() {
                return Err(refuse(
                    "connect_timeout",
                    &format!("must be set on the {setting} that the client was given"),
                ));
            }
            return transport.clone().map_err(|message| Error::new(ErrorKind::Config, message));
        }
        let custom = endpoints.custom();
        if cfg!(not(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls")))
            && endpoints.may_be_encrypted()
        {
            return Err(refuse(
                "endpoint",
                "needs TLS for https: enable the feature `rustls`, `rustls-ring` or `native-tls`, or set an `http_client`",
            ));
        }
        let mut builder = reqwest::Client::builder()
            .http1_only()
            .tcp_nodelay(true)
            .connect_timeout(self.connect_timeout.unwrap_or(CONNECT_TIMEOUT));
        if custom.is_some_and(Target::is_loopback) {
            // A proxy would look for the address on its own machine.
            builder = builder.no_proxy();
        }
        let connect_timeout = self.connect_timeout.unwrap_or(CONNECT_TIMEOUT);
        Ok(Arc::new(ReqwestTransport::new(builder)?.with_connect_timeout(connect_timeout)))
    }
}

fn refuse(setting: &str, problem: &str) -> Error {
    Error::new(ErrorKind::Config, format!("{setting}: {problem}"))
}
