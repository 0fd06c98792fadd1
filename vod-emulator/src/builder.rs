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

/// The secret id that calls must be signed with unless another is chosen. It opens nothing anywhere else.
pub const DEFAULT_SECRET_ID: &str = "AKIDEMULATOR0000000000000000EXAMPLE";
/// The secret key that belongs to [`DEFAULT_SECRET_ID`].
pub const DEFAULT_SECRET_KEY: &str = "EmulatorSecretKey0000000EXAMPLE";

// Here and not beside the other methods, so that the running emulator does not need to know its settings.
impl Emulator {
    /// Starts an emulator with the defaults on a free port of 127.0.0.1. Needs a tokio runtime with I/O and
    /// time enabled, and lives in it.
    ///
    /// # Errors
    /// [`StartError`] if no port can be listened at.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Settings to start an emulator with.
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

    /// Where to listen. Default: 127.0.0.1, on a free port. Beyond loopback, mind that whoever knows the
    /// credential can call; the paths below `/_emulator/` stay closed there without a
    /// [control token](Self::control_token).
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// A host under which the emulator is called besides `127.0.0.1`, `localhost` and `[::1]`: a name such as
    /// `emulator` in a network of containers, which may come with the port that the emulator listens at, or a name
    /// and a port such as `localhost:8080` where a port is mapped. Requests for other hosts are refused.
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.access.allowed_hosts.insert(host.into());
        self
    }

    /// Lets the paths below `/_emulator/` be called from other machines too, such as other containers. Every call
    /// of them must then carry this token in the header `X-Vod-Emulator-Token`. By default only connections from
    /// this machine may call them, without a token.
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

    /// Makes the credential a temporary one: every signed call must carry this token. By default, and with an
    /// empty token, no call may carry any.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.settings.credential.token = Some(token.into()).filter(|token: &String| !token.is_empty());
        self
    }

    /// Adds an application besides the default one. Once one is named, a call for an application that is not
    /// is refused with `InvalidParameterValue.SubAppId` (or the nearest code that the action lists), and one that
    /// names none as [`Options::missing_sub_app_id`] says. Before, any number is an application, up to a thousand.
    pub fn sub_app_id(mut self, sub_app_id: u64) -> Self {
        self.settings.sub_app_ids.insert(sub_app_id);
        self
    }

    /// The number of the default application, which every application of the service has: calls that give it and
    /// calls that give none mean the same queue. Names the account's applications as [`sub_app_id`](Self::sub_app_id)
    /// does. By default it has none that is known.
    pub fn default_sub_app_id(mut self, sub_app_id: u64) -> Self {
        self.settings.default_sub_app_id = Some(sub_app_id);
        self
    }

    /// How the service behaves. Default: [`Options::default`].
    pub fn options(mut self, options: Options) -> Self {
        self.settings.options = options;
        self
    }

    /// Plays the service of another spec directory too: one with a `service.toml`. A service of the name and
    /// version of an embedded one takes its place. Its actions are answered by their examples.
    pub fn specs(mut self, directory: impl Into<PathBuf>) -> Self {
        self.settings.specs.push(directory.into());
        self
    }

    /// Whether a call whose parameters equal those of an example in the specs is answered with that example's
    /// response, request id included, in place of being played. For documentation tests. Default: false.
    pub fn answer_examples(mut self, answer: bool) -> Self {
        self.settings.answer_examples = answer;
        self
    }

    /// What goes wrong with calls on purpose. Default: nothing.
    pub fn faults(mut self, faults: Faults) -> Self {
        self.settings.faults = faults;
        self
    }

    /// Counts handled calls by this key, besides by action, so that a test can tell whether one was carried out
    /// twice. The counts are kept for every key that occurs. Default: by action only.
    pub fn count_handled_by(mut self, key: CallKey) -> Self {
        self.settings.handled_key = Some(key);
        self
    }

    /// Makes the service without a server around it, for transports of one's own. The address to listen at
    /// plays no part.
    ///
    /// # Errors
    /// [`StartError::Specs`] if a spec directory cannot be used, [`StartError::Faults`] if a fault is for an action
    /// that does not exist.
    pub fn build(self) -> Result<EmulatedService, StartError> {
        EmulatedService::new(self.settings)
    }

    /// Starts the emulator. Needs a tokio runtime with I/O and time enabled, and lives in it.
    ///
    /// # Errors
    /// [`StartError::Listen`] if the address cannot be listened at; otherwise as [`build`](Self::build).
    pub async fn start(self) -> Result<Emulator, StartError> {
        let Self { listen: address, access, settings } = self;
        let service = EmulatedService::new(settings)?;
        let server = Server::start(address, service.clone(), access)
            .await
            .map_err(|error| StartError::Listen { address, error })?;
        Ok(Emulator::new(service, server))
    }
}
