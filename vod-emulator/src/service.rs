//! The emulated service without any network: requests in, answers out.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, header};
use serde_json::Value;
use tokio::sync::watch;
use vod_spec::model::{Action, Service};

use crate::clock::Clock;
use crate::faults::fault::{Fault, FaultCounts, FaultKind};
use crate::faults::injector::{Disturbance, Injector};
use crate::faults::plan::{Faults, FaultsError};
use crate::lock::lock;
use crate::log::call_counts::{CallKey, Handled, HandledLog};
use crate::log::call_log::{CallDetails, CallLog, CallRecord, Calls};
use crate::log::shown_members::shown_members;
use crate::model::application::{Applications, DEFAULT};
use crate::model::content::Content;
use crate::model::context::Surroundings;
use crate::model::publish::PublishError;
use crate::model::queue::{QueueState, QueuedEvent};
use crate::model::rate::{Caller, RateLimits};
use crate::model::request_ids::{RequestIds, handle_key};
use crate::model::specs::Specs;
use crate::model::{events, examples, rules, sts, sub_applications};
use crate::options::Options;
use crate::protocol::answer_kind::AnswerKind;
use crate::protocol::authentication::{Credential, authenticate};
use crate::protocol::call::{Call, Signature, header_text};
use crate::protocol::codes;
use crate::protocol::envelope::{Answer, ApiError, Members};
use crate::shown::{shown_message, shown_name};
use crate::start_error::StartError;
use crate::storage::operation::{Operation, Target};

/// Everything that an emulated service is made of.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) credential: Credential,
    pub(crate) sub_app_ids: BTreeSet<u64>,
    pub(crate) default_sub_app_id: Option<u64>,
    pub(crate) options: Options,
    pub(crate) specs: Vec<PathBuf>,
    pub(crate) answer_examples: bool,
    pub(crate) faults: Faults,
    pub(crate) handled_key: Option<CallKey>,
}

/// What the emulated service knows and remembers.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) specs: Specs,
    pub(crate) options: Options,
    pub(crate) clock: Clock,
    credential: Credential,
    /// What is accepted in place of it.
    rotated: Mutex<Option<Credential>>,
    pub(crate) request_ids: RequestIds,
    pub(crate) applications: Applications,
    pub(crate) rates: Mutex<RateLimits>,
    pub(crate) calls: Mutex<CallLog>,
    pub(crate) handled: Mutex<HandledLog>,
    pub(crate) injector: Injector,
    answer_examples: bool,
    closing: watch::Sender<bool>,
}

impl World {
    /// What applications live in.
    pub(crate) fn surroundings<'a>(&'a self, service: &'a Service) -> Surroundings<'a> {
        Surroundings { service, options: &self.options, clock: &self.clock }
    }

    /// Turns true when the emulator stops, and every pull that waits should end.
    pub(crate) fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }
}

/// What an answer, or a refusal, is worth.
pub(crate) fn kind_of(answer: &Result<Answer, ApiError>) -> AnswerKind {
    match answer {
        Ok(answer) => answer.kind,
        Err(error) if error.code == codes::NOT_MODELLED => AnswerKind::Refused,
        Err(_) => AnswerKind::Modelled,
    }
}

/// The emulated service, as a handle that is cheap to clone. All clones share the same state.
///
/// It does no I/O: [`respond`](Self::respond) and [`exchange`](Self::exchange) take a request and return the
/// response, for transports without sockets. [`Emulator`](crate::Emulator) adds an HTTP server.
#[derive(Debug, Clone)]
pub struct EmulatedService {
    pub(crate) world: Arc<World>,
}

impl EmulatedService {
    pub(crate) fn new(settings: Settings) -> Result<Self, StartError> {
        let options = settings.options;
        let specs = Specs::load(&settings.specs).map_err(StartError::Specs)?;
        settings
            .faults
            .check(specs.action_names().chain(Operation::NAMES.iter().copied()))
            .map_err(StartError::Faults)?;
        let (seed, is_repeatable) = (options.seed, options.repeatable);
        let world = World {
            specs,
            clock: Clock::new(options.wall_clock, options.clock_skew, options.start_time),
            credential: settings.credential,
            rotated: Mutex::default(),
            request_ids: RequestIds::new(seed, is_repeatable),
            applications: Applications::new(
                options.clone(),
                handle_key(seed, is_repeatable),
                settings.sub_app_ids,
                settings.default_sub_app_id,
            ),
            rates: Mutex::default(),
            calls: Mutex::default(),
            handled: Mutex::new(HandledLog::new(settings.handled_key)),
            injector: Injector::new(settings.faults),
            answer_examples: settings.answer_examples,
            closing: watch::Sender::new(false),
            options,
        };
        Ok(Self { world: Arc::new(world) })
    }

    /// Carries a call out if every check lets it pass.
    pub(crate) async fn answer(
        &self,
        request: &Request<Bytes>,
        call: &Call,
        disturbance: &Disturbance,
        details: &mut CallDetails,
    ) -> Result<Answer, ApiError> {
        let world = &*self.world;
        let (service, action) = world.specs.find(self.product(request, call), &call.version, &call.action)?;
        let answer = self.answer_action(request, call, service, action, disturbance, details).await;
        if let Ok(answer) = &answer {
            details.response = shown_members(service, &action.response, &answer.members);
        }
        answer.map_err(|error| codes::listed(action, error))
    }

    async fn answer_action(
        &self,
        request: &Request<Bytes>,
        call: &Call,
        service: &Service,
        action: &Action,
        disturbance: &Disturbance,
        details: &mut CallDetails,
    ) -> Result<Answer, ApiError> {
        let world = &*self.world;
        let clocks = world.clock.judging().map(|unix| unix.saturating_add(disturbance.clock_ahead));
        let find = |secret_id: &str| self.credential_of(secret_id);
        let secret_id = authenticate(find, request, call, action, clocks);
        let secret_id = details.checked("signature", secret_id, |secret_id| shown_name(secret_id))?;
        if let Some(limit) = action.rate_limit.filter(|_| world.options.enforce_rate_limits) {
            let caller = Caller { action: action.name.clone(), secret_id: secret_id.to_owned() };
            let counted = lock(&world.rates).admit(caller, limit, world.clock.now()).ok_or_else(|| {
                let message = format!("More than {limit} calls of `{}` in a second.", action.name);
                ApiError::new(codes::REQUEST_LIMIT_EXCEEDED, message)
            });
            details.checked("rate", counted, |count| format!("{count} of {limit} in this second"))?;
        }
        let parameters = call.parameters.check(service, action);
        let parameters =
            details.checked("parameters", parameters, |given| format!("{} given", given.len()))?;
        details.request = shown_members(service, &action.request, &parameters);
        if world.options.strict && !rules::is_modelled(service, action) {
            let message =
                format!("The emulator does not model `{}`, and was started as strict.", action.name);
            return Err(ApiError::new(codes::NOT_MODELLED, message));
        }
        // An example may be about an application that this account does not have.
        if world.answer_examples
            && let Some(answer) = examples::recorded(action, &parameters)
        {
            lock(&world.handled).add(&action.name, &parameters);
            return Ok(answer);
        }
        if service.name == sts::PRODUCT && rules::is_modelled(service, action) {
            lock(&world.handled).add(&action.name, &parameters);
            return sts::answer(
                &mut lock(&world.applications.account),
                action,
                &parameters,
                world.clock.unix_seconds(),
            );
        }
        if rules::is_modelled(service, action) && sub_applications::ACTIONS.contains(&action.name.as_str()) {
            lock(&world.handled).add(&action.name, &parameters);
            let (named, unix) = (world.applications.named(), world.clock.unix_seconds());
            let mut account = lock(&world.applications.account);
            return sub_applications::answer(&mut account, &named, service, action, &parameters, unix);
        }
        let application = world.applications.of_call(action, &parameters);
        let application =
            details.checked("application", application, |application| application.number().to_string())?;
        lock(&world.handled).add(&action.name, &parameters);
        if let Some(host) = header_text(request, header::HOST.as_str()) {
            application.called_at(host);
        }
        let twice = disturbance.fault == Some(Fault::DuplicateDelivery);
        if !rules::is_modelled(service, action) {
            return Ok(examples::answer(service, action, &parameters));
        }
        match events::answer(world, service, action, &application, &parameters, twice).await {
            Some(answer) => answer,
            None => application.act(action, &parameters, world.surroundings(service)),
        }
    }

    /// The product that a v3 signature names. None if the version and the action alone must tell.
    fn product<'c>(&self, request: &Request<Bytes>, call: &'c Call) -> Option<&'c str> {
        let Signature::V3 { authorization, .. } = &call.signature else {
            return None;
        };
        let product = authorization.service.as_str();
        let host = header_text(request, header::HOST.as_str()).unwrap_or_default();
        let named_after_host = self.world.options.accept_host_as_service
            && !self.world.specs.has_product(product)
            && host.split('.').next() == Some(product);
        (!named_after_host).then_some(product)
    }

    /// Remembers and logs a call: what its answer is worth, and the code and the message of its error. There is no
    /// answer of one that a fault kept from being handled.
    pub(crate) fn record(
        &self,
        action: &str,
        answer: Option<(AnswerKind, Option<(&str, &str)>)>,
        fault: Option<FaultKind>,
        request_id: &str,
        started: Duration,
        details: CallDetails,
    ) {
        let error = answer.and_then(|(_, error)| error);
        let code = error.map(|(code, _)| code.to_owned());
        let milliseconds = self.world.clock.now().saturating_sub(started).as_millis();
        let milliseconds = u64::try_from(milliseconds).unwrap_or(u64::MAX);
        let shown = code.as_deref().unwrap_or(if answer.is_some() { "ok" } else { "unhandled" });
        let action = shown_name(action);
        let message = error.map(|(_, message)| shown_message(message)).unwrap_or_default();
        let fault_name = fault.map(FaultKind::name);
        let kind = answer.map(|(kind, _)| kind).unwrap_or_default();
        tracing::info!(
            action,
            code = shown,
            answer = kind.name(),
            fault = fault_name,
            request_id,
            ms = milliseconds,
            "{message}"
        );
        let CallDetails { checks, request, response } = details;
        let record = CallRecord {
            action,
            code,
            kind,
            fault,
            request_id: request_id.to_owned(),
            unix_seconds: self.world.clock.unix_seconds(),
            milliseconds,
            message,
            checks,
            request,
            response,
        };
        lock(&self.world.calls).add(record);
    }

    /// Counts a request to the storage as handled, with its object and its parameters.
    pub(crate) fn count_storage(&self, target: &Target) {
        let Some(operation) = target.operation else { return };
        let query = target.query.iter().filter(|(name, _)| !name.starts_with("q-"));
        let mut parameters: Members =
            query.map(|(name, value)| (name.clone(), value.as_str().into())).collect();
        parameters.insert("Key".to_owned(), target.path.trim_start_matches('/').into());
        lock(&self.world.handled).add(operation.name(), &parameters);
    }

    /// Puts an event into the queue of the default application. It is queued whatever the application's event
    /// mode and switches are, unless [`Options::obey_event_config`] is set. In the mode `PUSH` pulls do not find it.
    ///
    /// # Errors
    /// [`PublishError`] if it is not an object with an `EventType` and without an `EventHandle`, or does not
    /// fit the spec's type of an event.
    pub fn publish(&self, event: Value) -> Result<(), PublishError> {
        self.publish_to(DEFAULT, event)
    }

    /// Puts an event into the queue of an application; 0 means the default one.
    ///
    /// # Errors
    /// As [`publish`](Self::publish); also if the emulator has a list of applications and this is not one of them.
    pub fn publish_to(&self, sub_app_id: u64, event: Value) -> Result<(), PublishError> {
        self.publish_all(sub_app_id, vec![event])
    }

    /// Puts events into the queue of one application: all of them, or none if one is wrong.
    pub(crate) fn publish_all(&self, sub_app_id: u64, events: Vec<Value>) -> Result<(), PublishError> {
        let application = self.world.applications.get(sub_app_id);
        let application = application.ok_or(PublishError::UnknownApplication(sub_app_id))?;
        events.iter().try_for_each(|event| events::check_event(&self.world, event))?;
        let events = events.into_iter().map(Content::Json).collect();
        if self.world.options.obey_event_config {
            application.publish_wanted(events, &self.world.clock);
        } else {
            application.publish(events, &self.world.clock);
        }
        Ok(())
    }

    /// Puts an event into the queue of one application (0: the default one) that is handed out as these bytes,
    /// whatever they are: JSON of an odd shape, bytes that are no UTF-8, half a surrogate pair, wrong types. Tests
    /// show with it that one bad event does not take others with it.
    ///
    /// The handle of each delivery stands in place of every `${EventHandle}` in the bytes. Without one, it is put
    /// in as the first member if the bytes begin with `{`; other bytes carry no handle, so that the event cannot
    /// be confirmed and returns after its time. Nothing is checked, so that bytes that are no JSON spoil the whole
    /// answer.
    ///
    /// # Errors
    /// [`PublishError::UnknownApplication`] if the emulator was told its applications and this is none.
    pub fn publish_raw(&self, sub_app_id: u64, event: impl Into<Bytes>) -> Result<(), PublishError> {
        let application = self.world.applications.get(sub_app_id);
        let application = application.ok_or(PublishError::UnknownApplication(sub_app_id))?;
        application.publish(vec![Content::Raw(event.into())], &self.world.clock);
        Ok(())
    }

    /// The statistics of the default application's queue at this moment.
    pub fn state(&self) -> QueueState {
        self.state_of(DEFAULT)
    }

    /// The statistics of an application's queue at this moment; all zero if it does not exist.
    pub fn state_of(&self, sub_app_id: u64) -> QueueState {
        let application = self.world.applications.made(sub_app_id);
        application.map(|application| application.state(&self.world.clock)).unwrap_or_default()
    }

    /// The events of the default application's queue that are neither confirmed nor lost, in the order in which they
    /// were published.
    pub fn queued_events(&self) -> Vec<QueuedEvent> {
        self.queued_events_of(DEFAULT)
    }

    /// The same of one application; none for one that does not exist.
    pub fn queued_events_of(&self, sub_app_id: u64) -> Vec<QueuedEvent> {
        let application = self.world.applications.made(sub_app_id);
        application.map(|application| application.queued_events(&self.world.clock)).unwrap_or_default()
    }

    /// Moves the emulator's clock forward: handles expire, events reappear, pulls that have waited long enough
    /// end. The wall clock that judges timestamps moves too, unless
    /// [`WallClock::System`](crate::WallClock::System) is chosen.
    pub fn advance(&self, by: Duration) {
        self.world.clock.advance(by);
    }

    /// Unix time in seconds as the emulated service sees it.
    pub fn unix_seconds(&self) -> i64 {
        self.world.clock.unix_seconds()
    }

    /// Replaces the faults. An outage, throttling or clock skew that is still in effect ends; counts continue.
    ///
    /// # Errors
    /// [`FaultsError`] if a fault is for an action that does not exist, or does not apply to its action. Nothing
    /// changes then.
    pub fn set_faults(&self, faults: Faults) -> Result<(), FaultsError> {
        faults.check(self.world.specs.action_names().chain(Operation::NAMES.iter().copied()))?;
        self.world.injector.set(faults);
        Ok(())
    }

    /// How many faults of each kind were injected so far.
    pub fn injected_faults(&self) -> FaultCounts {
        self.world.injector.counts()
    }

    /// How often calls were handled so far.
    pub fn handled(&self) -> Handled {
        lock(&self.world.handled).snapshot()
    }

    /// Counts handled calls by this key from now on, beginning at zero.
    pub fn count_handled_by(&self, key: CallKey) {
        lock(&self.world.handled).count_by(key);
    }

    /// The calls that were answered so far.
    pub fn calls(&self) -> Calls {
        lock(&self.world.calls).snapshot()
    }

    /// The secret id that calls must be signed with.
    pub fn secret_id(&self) -> &str {
        &self.world.credential.secret_id
    }

    /// The secret key that calls must be signed with.
    pub fn secret_key(&self) -> &str {
        &self.world.credential.secret_key
    }

    /// Replaces the accepted secret id and key, as a key rotation does. [`secret_id`](Self::secret_id) and
    /// [`secret_key`](Self::secret_key) still return the first ones. Pulls that are waiting complete normally.
    pub fn rotate_key(&self, secret_id: impl Into<String>, secret_key: impl Into<String>) {
        let (secret_id, secret_key) = (secret_id.into(), secret_key.into());
        let token = self.world.credential.token.clone();
        *lock(&self.world.rotated) = Some(Credential { secret_id, secret_key, token, expires: None });
    }

    /// The credential of this secret id: the permanent one, or one that STS or the metadata service gave out.
    fn credential_of(&self, secret_id: &str) -> Option<Credential> {
        let permanent = lock(&self.world.rotated).clone().unwrap_or_else(|| self.world.credential.clone());
        if permanent.secret_id == secret_id {
            return Some(permanent);
        }
        let account = lock(&self.world.applications.account);
        account.get(secret_id).map(|issued| Credential {
            secret_id: secret_id.to_owned(),
            secret_key: issued.secret_key.0.clone(),
            token: Some(issued.token.0.clone()),
            expires: Some(issued.expires),
        })
    }

    /// Ends every pull that waits, now and from now on.
    pub(crate) fn close(&self) {
        self.world.closing.send_replace(true);
    }
}
