//! The client builder; `build` validates the settings together.

mod build;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::{Defaults, environment};
use crate::client::settings::{HttpMethod, Language};
use crate::clock::WallClock;
use crate::clock::skew::ServiceClock;
use crate::credential::{Credential, CredentialProvider, CredentialSource, Variables};
use crate::endpoint::Endpoint;
#[cfg(feature = "upload")]
use crate::endpoint::StorageEndpoint;
use crate::error::Error;
use crate::retry::RetryPolicy;
use crate::signature::SignatureMethod;
use crate::telemetry::{Attempt, AttemptHook};
use crate::transport::{ReqwestTransport, Transport};

const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
const OPERATION_TIMEOUT: Duration = Duration::from_mins(1);
const RETRY_BUDGET: u32 = 100;
const RESPONSE_LIMIT: usize = 32 * 1024 * 1024;

/// The settings of a [`Client`](crate::Client). Only the credential has no default.
///
/// ```
/// use vod_api::{Client, Credential, Endpoint};
///
/// let client = Client::builder()
///     .credential(Credential::new("AKID-example", "key-example"))
///     .endpoint(Endpoint::international())
///     .sub_app_id(1_500_000_001)
///     .build()?;
/// # Ok::<(), vod_api::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a client is made by `build`"]
pub struct ClientBuilder {
    caller: Option<Caller>,
    endpoint: Endpoint,
    /// The setting that chose the endpoint; `None` for the default.
    endpoint_setting: Option<&'static str>,
    backups: Vec<Endpoint>,
    allow_plain_http: bool,
    variables: Variables,
    region: Option<String>,
    language: Language,
    user_agent: Option<String>,
    request_client: Option<String>,
    transport: Option<OwnTransport>,
    signature: SignatureMethod,
    method: HttpMethod,
    unsigned_payload: bool,
    connect_timeout: Option<Duration>,
    attempt_timeout: Duration,
    operation_timeout: Duration,
    response_limit: usize,
    defaults: Defaults,
    retry: RetryPolicy,
    retry_budget: u32,
    rate_share: Option<f64>,
    clock: WallClock,
    on_attempt: Option<AttemptHook>,
    strict_answers: bool,
    #[cfg(feature = "upload")]
    storage: Option<StorageEndpoint>,
}

/// Who calls, as it was set last.
#[derive(Clone)]
enum Caller {
    Credential(Credential),
    Provider(Arc<dyn CredentialProvider>),
}

impl Caller {
    fn source(self, clock: ServiceClock) -> Result<CredentialSource, Error> {
        match self {
            Self::Credential(credential) => {
                credential.check()?;
                Ok(CredentialSource::fixed(credential))
            }
            Self::Provider(provider) => Ok(CredentialSource::cached(provider, clock)),
        }
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Credential(credential) => fmt::Debug::fmt(credential, f),
            Self::Provider(provider) => f.debug_tuple("CredentialProvider").field(&provider.name()).finish(),
        }
    }
}

/// The caller's transport. It is not shown: it may add headers with secrets.
#[derive(Clone)]
struct OwnTransport {
    /// The setting that gave it.
    setting: &'static str,
    /// Or why there is none.
    transport: Result<Arc<dyn Transport>, String>,
}

impl fmt::Debug for OwnTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.setting)
    }
}

impl ClientBuilder {
    pub(super) fn new() -> Self {
        Self {
            caller: None,
            endpoint: Endpoint::default(),
            endpoint_setting: None,
            backups: Vec::new(),
            allow_plain_http: false,
            variables: Variables::of_process(),
            region: None,
            language: Language::default(),
            user_agent: None,
            request_client: None,
            transport: None,
            signature: SignatureMethod::default(),
            method: HttpMethod::default(),
            unsigned_payload: false,
            connect_timeout: None,
            attempt_timeout: ATTEMPT_TIMEOUT,
            operation_timeout: OPERATION_TIMEOUT,
            response_limit: RESPONSE_LIMIT,
            defaults: Defaults::default(),
            retry: RetryPolicy::default(),
            retry_budget: RETRY_BUDGET,
            rate_share: Some(1.0),
            clock: WallClock::System,
            on_attempt: None,
            strict_answers: false,
            #[cfg(feature = "upload")]
            storage: None,
        }
    }

    /// Reads the settings from environment variables:
    ///
    /// | Variable | Setting |
    /// |---|---|
    /// | `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY` | the credential; one needs the other |
    /// | `TENCENTCLOUD_TOKEN` or `TENCENTCLOUD_SESSION_TOKEN` | its token, if it is temporary |
    /// | `TENCENTCLOUD_REGION` | [`region`](Self::region) |
    /// | `VOD_ENDPOINT` | [`endpoint`](Self::endpoint), a host or a URL |
    /// | `VOD_ALLOW_PLAIN_HTTP` | [`allow_plain_http`](Self::allow_plain_http), by `1` or `true` |
    /// | `VOD_STORAGE_ENDPOINT` | `storage_endpoint`, a template of a URL; with the feature `upload` |
    /// | `VOD_SUB_APP_ID` | [`sub_app_id`](Self::sub_app_id) |
    ///
    /// If the environment holds no credential, the client looks for one along the
    /// [default chain](crate::credential::CredentialChain::default_chain) at its first call: profile files, `tccli`,
    /// the role of a pod or of a virtual machine.
    ///
    /// # Errors
    ///
    /// A variable is invalid, or only one of secret id and secret key is set; the message names it.
    pub fn from_env() -> Result<Self, Error> {
        environment::read()
    }

    /// Sets a static credential. This or a [`credential_provider`](Self::credential_provider) is required; the last one
    /// set wins.
    pub fn credential(mut self, credential: Credential) -> Self {
        self.caller = Some(Caller::Credential(credential));
        self
    }

    /// Sets the credential provider. It is called on the first request, and again shortly before the credential
    /// expires. Clones of the client share the cached credential.
    #[doc(alias("credentials", "provider chain"))]
    pub fn credential_provider(mut self, provider: impl CredentialProvider) -> Self {
        self.caller = Some(Caller::Provider(Arc::new(provider)));
        self
    }

    /// Sets the endpoint. Default: [`Endpoint::mainland`]. A string is a [custom](Endpoint::custom) endpoint.
    pub fn endpoint(mut self, endpoint: impl Into<Endpoint>) -> Self {
        self.endpoint = endpoint.into();
        self.endpoint_setting = Some("ClientBuilder::endpoint");
        self
    }

    /// Sets failover endpoints, in order. Default: none. A circuit breaker per host opens after five consecutive
    /// failures and allows one probe request after 30 s.
    ///
    /// Each attempt is signed for its host. A non-idempotent call that may have reached a host is never sent to another
    /// one.
    #[doc(alias("circuit breaker", "failover"))]
    pub fn backup_endpoints<E: Into<Endpoint>>(mut self, endpoints: impl IntoIterator<Item = E>) -> Self {
        self.backups = endpoints.into_iter().map(Into::into).collect();
        self
    }

    /// Allows `http://` endpoints on other machines, for example an emulator in another container of the same host.
    /// Default: false. `VOD_ALLOW_PLAIN_HTTP=1` in the environment does the same for every client of a process.
    ///
    /// By default only this machine (`127.0.0.1`, `[::1]`, `localhost`) can be called over `http://`: without
    /// encryption, others on the network can read requests and the token of a temporary credential, and can change
    /// responses.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// Where the environment is read.
    pub(super) fn with_variables(mut self, variables: Variables) -> Self {
        self.variables = variables;
        self
    }

    /// Names the setting that chose the endpoint, for errors.
    pub(super) fn endpoint_set_by(mut self, setting: &'static str) -> Self {
        self.endpoint_setting = Some(setting);
        self
    }

    /// Sets the endpoint of uploads. Default: the vendor's storage, or the emulator's if the
    /// [`endpoint`](Self::endpoint) is on this machine: see the [module](crate::upload#where-it-goes). A string is a
    /// template such as `http://emulator:9410/_storage/{bucket}`.
    #[cfg(feature = "upload")]
    pub fn storage_endpoint(mut self, endpoint: impl Into<StorageEndpoint>) -> Self {
        self.storage = Some(endpoint.into());
        self
    }

    /// Sets the region that is sent with each call, such as `ap-guangzhou`. Default: none; VOD does not need it.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the language of the service's messages. Default: English.
    pub fn language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// Sets the `User-Agent` header. Default: `vod-api/` with the version.
    pub fn user_agent(mut self, text: impl Into<String>) -> Self {
        self.user_agent = Some(text.into());
        self
    }

    /// Sets the name of the program in the service's logs (`X-TC-RequestClient`): at most 128 letters, digits and
    /// `-`, `_`, `,`, `;`, `.`. Default: not sent.
    pub fn request_client(mut self, name: impl Into<String>) -> Self {
        self.request_client = Some(name.into());
        self
    }

    /// Sets the settings of the HTTP client, for example a proxy or certificates. Set the connect timeout on it, not
    /// with [`connect_timeout`](Self::connect_timeout).
    ///
    /// Redirects are never followed, and the HTTP client never retries, whatever its settings are: see
    /// [`ReqwestTransport::new`]. If the settings are invalid, [`build`](Self::build) returns an error.
    ///
    /// ```
    /// use std::time::Duration;
    /// use vod_api::{Client, Credential};
    ///
    /// let http = reqwest::Client::builder().no_proxy().connect_timeout(Duration::from_secs(3));
    /// let credential = Credential::new("AKID-example", "key-example");
    /// let client = Client::builder().credential(credential).http_client(http).build()?;
    /// # Ok::<(), vod_api::Error>(())
    /// ```
    pub fn http_client(mut self, settings: reqwest::ClientBuilder) -> Self {
        let transport = match ReqwestTransport::new(settings) {
            Ok(transport) => Ok(Arc::new(transport) as Arc<dyn Transport>),
            Err(error) => Err(error.message().to_owned()),
        };
        self.transport = Some(OwnTransport { setting: "http_client", transport });
        self
    }

    /// Replaces the HTTP transport; overrides [`http_client`](Self::http_client). Set the connect timeout on the
    /// transport itself.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(OwnTransport { setting: "transport", transport: Ok(Arc::new(transport)) });
        self
    }

    /// Sets the signature method. Default: [`SignatureMethod::Tc3`].
    pub fn signature(mut self, method: SignatureMethod) -> Self {
        self.signature = method;
        self
    }

    /// Sets the HTTP method. Default: [`HttpMethod::Post`].
    pub fn method(mut self, method: HttpMethod) -> Self {
        self.method = method;
        self
    }

    /// Excludes the body from the signature, which saves hashing it twice. Default: false. Only with
    /// [`SignatureMethod::Tc3`].
    pub fn unsigned_payload(mut self, unsigned: bool) -> Self {
        self.unsigned_payload = unsigned;
        self
    }

    /// Sets the connect timeout. Default: 10 s.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = Some(limit);
        self
    }

    /// Sets the timeout of an attempt, from connecting to the end of the response. Default: 30 s. The service holds
    /// `PullEvents` for 5 s when there is no event, so give it at least 10 s.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = limit;
        self
    }

    /// Sets the timeout of a whole call: loading a credential, waiting for the rate limiter, all attempts and the
    /// delays between them. Default: 60 s.
    #[doc(alias("deadline"))]
    pub fn operation_timeout(mut self, limit: Duration) -> Self {
        self.operation_timeout = limit;
        self
    }

    /// Sets the retry policy. Default: [`RetryPolicy::default`].
    #[doc(alias("backoff", "retries"))]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the capacity of the retry token bucket that all clones of the client share. Default: 100. A retry costs one
    /// token, a successful call returns a tenth of one. This prevents retry storms in an outage.
    ///
    /// In steady state about one call in ten can be retried; the capacity is for bursts. If more of a client's calls
    /// fail all the time, raise it, or lower the [`rate_share`](Self::rate_share).
    #[doc(alias("token bucket", "retry quota", "retry storm"))]
    pub fn retry_budget(mut self, attempts: u32) -> Self {
        self.retry_budget = attempts;
        self
    }

    /// Sets the fraction of each action's rate limit that this client may use. Range: 0.000001 to 1. Default: 1.
    /// Processes that call with the same secret id share the limits, so give each of four processes `0.25`.
    ///
    /// Calls are evenly spaced per action, region and secret id, as the service counts them. If the service
    /// throttles, the rate is lowered and then recovers step by step. An action without a published limit is not
    /// limited until the service throttles one of its calls.
    #[doc(alias("rate limiter", "rate limit", "throttle", "qps"))]
    pub fn rate_share(mut self, part: f64) -> Self {
        self.rate_share = Some(part);
        self
    }

    /// Disables client-side rate limiting, including the slow-down after throttling.
    #[doc(alias("rate limiter", "without_pacing"))]
    pub fn without_rate_limit(mut self) -> Self {
        self.rate_share = None;
        self
    }

    /// Registers a hook that is called after each attempt. It runs inline, so keep it fast.
    #[doc(alias("hook", "interceptor", "middleware"))]
    pub fn on_attempt(mut self, hook: impl Fn(&Attempt<'_>) + Send + Sync + 'static) -> Self {
        self.on_attempt = Some(AttemptHook(Arc::new(hook)));
        self
    }

    /// Overrides the wall clock for signing and credential expiry, for tests. Default: the system time. Timeouts and
    /// delays use Tokio's clock, which a test can pause.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use vod_api::testing::MockTransport;
    /// use vod_api::vod::{ConfirmEvents, ConfirmEventsRequest, ConfirmEventsResponse};
    ///
    /// # async fn example() -> Result<(), vod_api::Error> {
    /// let mock = MockTransport::new();
    /// mock.on::<ConfirmEvents>().respond(ConfirmEventsResponse::default());
    /// let client = mock.builder().clock(|| UNIX_EPOCH + Duration::from_secs(1_700_000_000)).build()?;
    /// client.confirm_events(ConfirmEventsRequest::new(["handle-1"])).await?;
    /// assert_eq!(mock.recorded()[0].timestamp(), Some(1_700_000_000));
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(example()).unwrap();
    /// ```
    pub fn clock(mut self, tell: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = WallClock::Own(Arc::new(tell));
        self
    }

    /// Returns an error of kind [`Decode`](crate::ErrorKind::Decode), with the path of the value, if a value of a
    /// response does not fit its field. Default: false.
    ///
    /// By default such a value leaves its field empty, and is reported as a [`Mismatch`](crate::Mismatch): as a
    /// warning once for an action and path, in the metric `vod_api_mismatches_total` of the feature `metrics`, to the
    /// hook of [`on_attempt`](Self::on_attempt), and in the response of [`Call::detailed`](crate::Call::detailed).
    /// Invalid UTF-8 is replaced by U+FFFD, with a warning once for an action. The service has executed the call in
    /// either case, so an error would only hide the rest of the response. The event consumer is never strict: each
    /// event has its own mismatches.
    pub fn strict_answers(mut self, strict: bool) -> Self {
        self.strict_answers = strict;
        self
    }

    /// Sets the maximum size of a response body in bytes. Default: 32 MiB.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// Sets the default application (`SubAppId`) of requests that do not name one. Accounts that activated VOD from
    /// 2023-12-25 on must name an application in each call.
    pub fn sub_app_id(mut self, id: u64) -> Self {
        self.defaults.set("SubAppId", id);
        self
    }
}
