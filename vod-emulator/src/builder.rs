//! Settings of an emulator, and how it starts from them.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use crate::emulator::Emulator;
use crate::faults::plan::Faults;
use crate::http::server::{Access, ControlToken, Server};
use crate::log::call_counts::CallKey;
use crate::options::Options;
use crate::protocol::authentication::Credential;
use crate::service::{EmulatedService, Settings};
use crate::start_error::StartError;

/// The default secret id of an emulator. It is valid nowhere else.
pub const DEFAULT_SECRET_ID: &str = "AKIDEMULATOR0000000000000000EXAMPLE";
/// The secret key that belongs to [`DEFAULT_SECRET_ID`].
pub const DEFAULT_SECRET_KEY: &str = "EmulatorSecretKey0000000EXAMPLE";

// Here and not beside the other methods, so that the running emulator does not need to know its settings.
impl Emulator {
    /// Starts an emulator with the defaults on a free port of 127.0.0.1. It needs a tokio runtime with I/O and time
    /// enabled, and runs on it.
    ///
    /// # Errors
    /// [`StartError`] if no port is available.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Returns the settings of a new emulator, with their defaults.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::new()
    }
}

/// Settings of an [`Emulator`]; see [`Emulator::builder`].
#[derive(Debug)]
#[must_use = "a builder does nothing until `start` or `build`"]
pub struct EmulatorBuilder {
    listen: SocketAddr,
    access: Access,
    settings: Settings,
}

impl EmulatorBuilder {
    pub(crate) fn new() -> Self {
        let credential = Credential {
            secret_id: DEFAULT_SECRET_ID.into(),
            secret_key: DEFAULT_SECRET_KEY.into(),
            token: None,
            expires: None,
        };
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            access: Access::default(),
            settings: Settings {
                credential,
                sub_app_ids: BTreeSet::new(),
                default_sub_app_id: None,
                options: Options::default(),
                specs: Vec::new(),
                answer_examples: false,
                faults: Faults::none(),
                handled_key: None,
            },
        }
    }

    /// Sets the address to listen on. Default: 127.0.0.1, on a free port. If other machines can reach the address,
    /// anyone who knows the credential can call; the paths below `/_emulator/` stay closed to them without a [control
    /// token](Self::control_token).
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Adds a host that requests may have besides `127.0.0.1`, `localhost` and `[::1]`: a name such as `emulator` in
    /// a container network, with or without the port that the emulator listens on, or a name and a port such as
    /// `localhost:8080` if a port is mapped. Requests for other hosts are refused.
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.access.allowed_hosts.insert(host.into());
        self
    }

    /// Allows other machines, such as other containers, to call the paths below `/_emulator/`. Each of these calls
    /// must then have this token in the header `X-Vod-Emulator-Token`. By default only this machine may call them,
    /// without a token.
    pub fn control_token(mut self, token: impl Into<String>) -> Self {
        self.access.control_token =
            Some(token.into()).filter(|token: &String| !token.is_empty()).map(ControlToken);
        self
    }

    /// The secret id that calls must be signed with. Default: [`DEFAULT_SECRET_ID`].
    pub fn secret_id(mut self, secret_id: impl Into<String>) -> Self {
        self.settings.credential.secret_id = secret_id.into();
        self
    }

    /// The secret key that calls must be signed with. Default: [`DEFAULT_SECRET_KEY`].
    pub fn secret_key(mut self, secret_key: impl Into<String>) -> Self {
        self.settings.credential.secret_key = secret_key.into();
        self
    }

    /// Requires a session token: every signed call must have it, as with a temporary credential. By default, and with
    /// an empty token, no call may have one.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.settings.credential.token = Some(token.into()).filter(|token: &String| !token.is_empty());
        self
    }

    /// Adds an application besides the default one. If any is added, a call for another application is refused with
    /// `InvalidParameterValue.SubAppId` (or the nearest code that the action lists), and a call without one is
    /// treated as [`Options::missing_sub_app_id`] says. If none is added, any number is an application, up to a
    /// thousand.
    pub fn sub_app_id(mut self, sub_app_id: u64) -> Self {
        self.settings.sub_app_ids.insert(sub_app_id);
        self
    }

    /// Sets the number of the default application: calls with this number and calls without one use the same queue.
    /// Like [`sub_app_id`](Self::sub_app_id), it restricts the account's applications. Default: the default
    /// application has no number.
    pub fn default_sub_app_id(mut self, sub_app_id: u64) -> Self {
        self.settings.default_sub_app_id = Some(sub_app_id);
        self
    }

    /// Sets the behaviour of the service. Default: [`Options::default`].
    pub fn options(mut self, options: Options) -> Self {
        self.settings.options = options;
        self
    }

    /// Also emulates the service of another spec directory, which has a `service.toml`. It replaces an embedded
    /// service of the same name and version. Its actions return their examples.
    pub fn specs(mut self, directory: impl Into<PathBuf>) -> Self {
        self.settings.specs.push(directory.into());
        self
    }

    /// Whether a call whose parameters equal those of an example in the specs returns that example's response,
    /// request id included. For documentation tests. Default: false.
    pub fn answer_examples(mut self, answer: bool) -> Self {
        self.settings.answer_examples = answer;
        self
    }

    /// Sets the faults to inject. Default: none.
    pub fn faults(mut self, faults: Faults) -> Self {
        self.settings.faults = faults;
        self
    }

    /// Also counts handled calls by this key, so that a test can detect a call that was executed twice. Counts are
    /// kept for every key that occurs. Default: by action only.
    pub fn count_handled_by(mut self, key: CallKey) -> Self {
        self.settings.handled_key = Some(key);
        self
    }

    /// Creates the service without a server, for transports of your own. The address to listen on is not used.
    ///
    /// # Errors
    /// [`StartError::Specs`] if a spec directory is unusable, [`StartError::Faults`] if a fault is for an action that
    /// does not exist.
    pub fn build(self) -> Result<EmulatedService, StartError> {
        EmulatedService::new(self.settings)
    }

    /// Starts the emulator. It needs a tokio runtime with I/O and time enabled, and runs on it.
    ///
    /// # Errors
    /// [`StartError::Listen`] if the address is unusable; otherwise as [`build`](Self::build).
    pub async fn start(self) -> Result<Emulator, StartError> {
        let Self { listen: address, access, settings } = self;
        let service = EmulatedService::new(settings)?;
        let server = Server::start(address, service.clone(), access)
            .await
            .map_err(|error| StartError::Listen { address, error })?;
        Ok(Emulator::new(service, server))
    }
}
