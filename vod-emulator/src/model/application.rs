//! The applications of the emulated account. Each has a queue of events and an event configuration.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::{Notify, watch};
use vod_spec::model::Action;

use crate::clock::Clock;
use crate::free_later::free_later;
use crate::lock::lock;
use crate::model::account::Account;
use crate::model::actions;
use crate::model::callbacks::{Callback, CallbackCounts, Callbacks, body_of, url_of};
use crate::model::content::Content;
use crate::model::context::{Context, Surroundings};
use crate::model::event_config::{MODE, is_pulled, is_wanted};
use crate::model::handle::HandleMaker;
use crate::model::queue::{Chance, Delivery, Periods, Queue, QueueState, QueuedEvent, Verdict};
use crate::model::snapshot::{SavedApplication, SavedEvent, Snapshot, SnapshotError};
use crate::model::state::State;
use crate::options::{MissingSubAppId, Options};
use crate::protocol::codes;
use crate::protocol::envelope::{Answer, ApiError, Members};

/// The parameter that names the application of a call.
const SUB_APP_ID: &str = "SubAppId";
/// Numbers of waiting events that are remembered.
const BACKLOG_KEPT: usize = 4096;

/// The number under which the default application is kept; a call that names none means it too.
pub(crate) const DEFAULT: u64 = 0;

/// How many applications there are at most where any number is one.
const MAX_UNNAMED: usize = 1000;

/// All applications, made when a call or an event is for them.
#[derive(Debug)]
pub(crate) struct Applications {
    options: Options,
    handle_key: [u8; 16],
    /// The ones that exist besides the default; empty: any.
    known: BTreeSet<u64>,
    /// The number of the default application, if it was told.
    default: Option<u64>,
    made: Mutex<BTreeMap<u64, Arc<Application>>>,
    /// What ids follow from.
    seed: AtomicU64,
    callbacks: Arc<Callbacks>,
    /// What belongs to none of them.
    pub(crate) account: Mutex<Account>,
}

impl Applications {
    pub(crate) fn new(
        options: Options,
        handle_key: [u8; 16],
        known: BTreeSet<u64>,
        default: Option<u64>,
    ) -> Self {
        let account = Mutex::new(Account::new(options.seed));
        let seed = AtomicU64::new(options.seed);
        Self {
            account,
            options,
            handle_key,
            known,
            default,
            made: Mutex::default(),
            seed,
            callbacks: Arc::default(),
        }
    }

    /// Whether the emulator was told which applications there are.
    fn are_named(&self) -> bool {
        !self.known.is_empty() || self.default.is_some()
    }

    /// The application that the parameters of a call of this action name.
    pub(crate) fn of_call(
        &self,
        action: &Action,
        parameters: &Members,
    ) -> Result<Arc<Application>, ApiError> {
        let must_name = match self.options.missing_sub_app_id {
            MissingSubAppId::Accepted => false,
            MissingSubAppId::Refused => true,
            MissingSubAppId::RefusedIfNamed => self.are_named(),
        };
        let takes_one = action.request.iter().any(|field| field.name == SUB_APP_ID);
        if must_name && takes_one && parameters.get(SUB_APP_ID).is_none_or(Value::is_null) {
            let message = format!("The account must name an application by `{SUB_APP_ID}`.");
            return Err(ApiError::new(codes::MISSING_PARAMETER, message));
        }
        let sub_app_id = match parameters.get(SUB_APP_ID) {
            // The type differs between actions: a number mostly, a text in some.
            Some(Value::String(text)) => text.parse().ok(),
            Some(Value::Null) | None => Some(DEFAULT),
            Some(value) => value.as_u64(),
        };
        sub_app_id.and_then(|sub_app_id| self.get(sub_app_id)).ok_or_else(|| {
            let message = format!("`{SUB_APP_ID}` names no application of this account.");
            ApiError::new(codes::INVALID_SUB_APP_ID, message)
        })
    }

    /// The application of this number, if it exists.
    pub(crate) fn get(&self, sub_app_id: u64) -> Option<Arc<Application>> {
        let sub_app_id = self.canonical(sub_app_id);
        let told = lock(&self.account).has_application(sub_app_id);
        let exists =
            told.unwrap_or(sub_app_id == DEFAULT || !self.are_named() || self.known.contains(&sub_app_id));
        let mut made = lock(&self.made);
        if let Some(application) = made.get(&sub_app_id).filter(|_| exists) {
            return Some(Arc::clone(application));
        }
        if !exists || made.len() >= MAX_UNNAMED && !self.are_named() {
            return None;
        }
        let application = Arc::new(self.make(sub_app_id));
        made.insert(sub_app_id, Arc::clone(&application));
        Some(application)
    }

    /// The application of this number, if anything was ever done in it.
    pub(crate) fn made(&self, sub_app_id: u64) -> Option<Arc<Application>> {
        lock(&self.made).get(&self.canonical(sub_app_id)).cloned()
    }

    /// Forgets all applications; ids follow from this seed from now on.
    pub(crate) fn clear(&self, seed: u64) {
        let mut made = lock(&self.made);
        self.seed.store(seed, Ordering::SeqCst);
        *lock(&self.account) = Account::new(seed);
        self.callbacks.clear();
        let before = std::mem::take(&mut *made);
        for application in before.values() {
            application.retire();
        }
        free_later(before);
    }

    /// All applications as a snapshot keeps them.
    pub(crate) fn save(&self, now: Duration) -> BTreeMap<u64, SavedApplication> {
        let made = lock(&self.made);
        made.iter().map(|(number, application)| (*number, application.save(now))).collect()
    }

    /// Puts the applications of a snapshot in the place of all.
    pub(crate) fn restore(&self, snapshot: Snapshot, clock: &Clock) -> Result<(), SnapshotError> {
        let mut restored = BTreeMap::new();
        for (number, saved) in snapshot.applications {
            let application = self.make(number);
            application.load(saved, snapshot.clock, clock)?;
            restored.insert(number, Arc::new(application));
        }
        let mut made = lock(&self.made);
        self.callbacks.clear();
        let before = std::mem::replace(&mut *made, restored);
        for application in before.values() {
            application.retire();
        }
        free_later(before);
        Ok(())
    }

    /// All applications in which anything was ever done.
    pub(crate) fn all(&self) -> Vec<Arc<Application>> {
        lock(&self.made).values().cloned().collect()
    }

    /// The numbers that the emulator was told, and that of the default application.
    pub(crate) fn named(&self) -> Vec<u64> {
        let default = self.default.unwrap_or(DEFAULT);
        std::iter::once(default).chain(self.known.iter().copied()).collect()
    }

    /// The callbacks of all applications that wait to be sent.
    pub(crate) fn callbacks(&self) -> Arc<Callbacks> {
        Arc::clone(&self.callbacks)
    }

    /// The number under which an application is kept.
    fn canonical(&self, sub_app_id: u64) -> u64 {
        if Some(sub_app_id) == self.default { DEFAULT } else { sub_app_id }
    }

    fn make(&self, sub_app_id: u64) -> Application {
        let options = &self.options;
        let periods =
            Periods { visibility_timeout: options.visibility_timeout, retention: options.retention };
        let chance =
            Chance::new(options.delivery_order, options.batch_size, options.seed.wrapping_add(sub_app_id));
        let handles = HandleMaker::new(self.handle_key, sub_app_id);
        let state = State::new(self.seed.load(Ordering::SeqCst), sub_app_id);
        let queue = Queue::new(periods, chance, handles);
        Application::new(sub_app_id, queue, state, options, self.callbacks())
    }
}

/// One application.
#[derive(Debug)]
pub(crate) struct Application {
    queue: Mutex<Queue>,
    /// Told of every event that is published.
    arrived: Notify,
    waiting_pulls: AtomicUsize,
    /// The event configuration, by parameter name.
    config: Mutex<Members>,
    /// The number of waiting events as time went by; empty if it is told as it is.
    backlog: Mutex<VecDeque<(Duration, usize)>>,
    backlog_delay: Duration,
    not_wanted: AtomicU64,
    number: u64,
    callbacks: Arc<Callbacks>,
    callback_counts: Arc<CallbackCounts>,
    state: Mutex<State>,
    /// Whether another one has taken its place.
    retired: AtomicBool,
    /// Where the emulator was called last, for URLs in answers and events.
    base_url: Mutex<String>,
}

impl Application {
    fn new(number: u64, queue: Queue, state: State, options: &Options, callbacks: Arc<Callbacks>) -> Self {
        let config = Members::from_iter([(MODE.to_owned(), options.event_mode.to_string().into())]);
        Self {
            queue: Mutex::new(queue),
            arrived: Notify::new(),
            waiting_pulls: AtomicUsize::new(0),
            config: Mutex::new(config),
            backlog: Mutex::default(),
            backlog_delay: options.backlog_delay,
            not_wanted: AtomicU64::new(0),
            number,
            callbacks,
            callback_counts: Arc::default(),
            state: Mutex::new(state),
            retired: AtomicBool::new(false),
            base_url: Mutex::new("http://127.0.0.1".to_owned()),
        }
    }

    /// Whether events are posted to a URL of the application.
    pub(crate) fn posts_events(&self) -> bool {
        url_of(&lock(&self.config)).is_some()
    }

    /// Sends events on their way as callbacks; false if they are not posted but pulled.
    fn post(&self, events: &[Content], clock: &Clock) -> bool {
        let config = lock(&self.config);
        let Some(url) = url_of(&config) else { return false };
        for event in events {
            let body = body_of(event, &config, clock.unix_seconds());
            let callback = Callback { sub_app_id: self.number, url: url.to_owned(), body };
            self.callbacks.add(callback, &self.callback_counts);
        }
        true
    }

    /// Queues events, all at one moment, or posts them.
    pub(crate) fn publish(&self, events: Vec<Content>, clock: &Clock) {
        if self.post(&events, clock) {
            return;
        }
        {
            let mut queue = lock(&self.queue);
            // Read under the lock: the queue's time must not go back.
            let now = clock.now();
            for event in events {
                queue.publish(event, now);
            }
        }
        self.note_backlog(clock);
        self.arrived.notify_waiters();
    }

    /// The events that are neither confirmed nor lost.
    pub(crate) fn queued_events(&self, clock: &Clock) -> Vec<QueuedEvent> {
        lock(&self.queue).events(clock.now())
    }

    pub(crate) fn state(&self, clock: &Clock) -> QueueState {
        QueueState {
            waiting_pulls: self.waiting_pulls.load(Ordering::SeqCst),
            not_wanted: self.not_wanted.load(Ordering::SeqCst),
            callbacks_answered: self.callback_counts.answered.load(Ordering::SeqCst),
            callbacks_lost: self.callback_counts.lost.load(Ordering::SeqCst),
            ..self.queue_state(clock)
        }
    }

    /// Queues or posts the events that the configuration wants: those that nothing has switched off.
    pub(crate) fn publish_wanted(&self, events: Vec<Content>, clock: &Clock) {
        let before = events.len();
        let wanted: Vec<Content> = {
            let config = lock(&self.config);
            events.into_iter().filter(|event| is_wanted(&config, event)).collect()
        };
        self.not_wanted.fetch_add((before - wanted.len()) as u64, Ordering::SeqCst);
        self.publish(wanted, clock);
    }

    /// Ends the pulls that wait, because another application takes the place of this one.
    fn retire(&self) {
        self.retired.store(true, Ordering::SeqCst);
        self.arrived.notify_waiters();
    }

    fn save(&self, now: Duration) -> SavedApplication {
        let state = lock(&self.state);
        let events = lock(&self.queue).contents(now);
        SavedApplication {
            state: state.clone(),
            config: self.config(),
            events: events.into_iter().map(SavedEvent::from).collect(),
        }
    }

    /// Takes what a snapshot has kept when the clock showed `saved`.
    fn load(
        &self,
        application: SavedApplication,
        saved: Duration,
        clock: &Clock,
    ) -> Result<(), SnapshotError> {
        let events = application.events.into_iter().map(SavedEvent::into_content);
        self.publish(events.collect::<Result<_, _>>()?, clock);
        *lock(&self.config) = application.config;
        let mut state = application.state;
        state.tasks.shift(saved, clock.now());
        *lock(&self.state) = state;
        Ok(())
    }

    /// The number under which it is kept.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Notes the host that a client called, for URLs in answers and events.
    pub(crate) fn called_at(&self, host: &str) {
        *lock(&self.base_url) = format!("http://{host}");
    }

    /// Answers a modelled action that is not about events.
    pub(crate) fn act(
        &self,
        action: &Action,
        parameters: &Members,
        surroundings: Surroundings<'_>,
    ) -> Result<Answer, ApiError> {
        let answer = self.with_due_applied(surroundings, |state, context| {
            let context = Context { action: Some(action), ..*context };
            actions::act(state, &action.name, parameters, &context)
        });
        if self.posts_events() {
            // What the call began may end in a callback when its time has come.
            self.callbacks.arrived.notify_one();
        }
        answer
    }

    /// Applies what has become due by now, and publishes the events of it. The result is when the next change is due.
    pub(crate) fn apply_due(&self, surroundings: Surroundings<'_>) -> Option<Duration> {
        self.with_due_applied(surroundings, |state, context| {
            state.tasks.next_change(context.options.task_progress)
        })
    }

    /// Applies what has become due by now, then this change, and publishes the events of both.
    pub(crate) fn with_due_applied<T>(
        &self,
        surroundings: Surroundings<'_>,
        change: impl FnOnce(&mut State, &Context<'_>) -> T,
    ) -> T {
        let Surroundings { service, options, clock } = surroundings;
        let base_url = lock(&self.base_url).clone();
        let mut state = lock(&self.state);
        let context = Context {
            service,
            options,
            sub_app_id: self.number,
            action: None,
            now: clock.now(),
            unix: clock.unix_seconds(),
            base_url: &base_url,
        };
        actions::apply_due(&mut state, &context);
        let result = change(&mut state, &context);
        let events: Vec<Content> = std::mem::take(&mut state.outbox).into_iter().map(Content::Json).collect();
        // Under the lock, so that events stand in the queue in the order in which they happened.
        if !events.is_empty() && options.obey_event_config {
            self.publish_wanted(events, clock);
        } else if !events.is_empty() {
            self.publish(events, clock);
        }
        result
    }

    /// Reads the state as it is.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&lock(&self.state))
    }

    /// Changes what makes no events.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut lock(&self.state))
    }

    /// The event configuration, by parameter name.
    pub(crate) fn config(&self) -> Members {
        lock(&self.config).clone()
    }

    /// Takes these parameters into the event configuration.
    pub(crate) fn configure(&self, parameters: impl IntoIterator<Item = (String, Value)>) {
        lock(&self.config).extend(parameters);
        // A pull that waits may find events now.
        self.arrived.notify_waiters();
        self.callbacks.arrived.notify_one();
    }

    /// Whether events are handed out to pulls.
    fn is_pulled(&self) -> bool {
        is_pulled(&lock(&self.config))
    }

    /// How many events wait to be pulled, as the service tells it: late.
    pub(crate) fn told_backlog(&self, clock: &Clock) -> usize {
        self.note_backlog(clock);
        if self.backlog_delay.is_zero() {
            return self.queue_state(clock).queued;
        }
        let backlog = lock(&self.backlog);
        let then = clock.now().checked_sub(self.backlog_delay);
        let known = backlog.iter().rev().find(|(moment, _)| then.is_some_and(|then| *moment <= then));
        known.map_or(0, |(_, queued)| *queued)
    }

    /// Remembers how many events wait now, if that is told later.
    fn note_backlog(&self, clock: &Clock) {
        if self.backlog_delay.is_zero() {
            return;
        }
        let (now, queued) = (clock.now(), self.queue_state(clock).queued);
        let mut backlog = lock(&self.backlog);
        match backlog.back_mut() {
            // One number a second is enough of what is an estimate.
            Some((moment, last)) if moment.as_secs() == now.as_secs() => *last = queued,
            Some((_, last)) if *last == queued => {}
            _ => backlog.push_back((now, queued)),
        }
        if backlog.len() > BACKLOG_KEPT {
            backlog.pop_front();
        }
    }

    fn queue_state(&self, clock: &Clock) -> QueueState {
        let mut queue = lock(&self.queue);
        queue.state(clock.now())
    }

    /// Hands out up to `limit` events, waiting up to `wait` for the first; by fault also `twice`, once more to
    /// later pulls. Ends early when `closing` turns
    /// true. Events are taken only in the step that completes the future, so that dropping it, as when
    /// the client goes away, hands out nothing.
    pub(crate) async fn pull(
        &self,
        limit: usize,
        twice: bool,
        surroundings: Surroundings<'_>,
        mut closing: watch::Receiver<bool>,
    ) -> Vec<Delivery> {
        let clock = surroundings.clock;
        let deadline = clock.now().saturating_add(surroundings.options.long_poll);
        let mut waiting = None;
        loop {
            let arrived = self.arrived.notified();
            tokio::pin!(arrived);
            // Registered before looking, so that no event slips in between.
            arrived.as_mut().enable();
            let next_change = self.apply_due(surroundings);
            let is_pulled = self.is_pulled();
            let (deliveries, next_return, now) = {
                let mut queue = lock(&self.queue);
                let now = clock.now();
                let limit = if is_pulled { limit } else { 0 };
                (queue.pull(limit, twice, now), queue.next_return(), now)
            };
            self.note_backlog(clock);
            if twice && !deliveries.is_empty() {
                // The copies are there for pulls that wait already.
                self.arrived.notify_waiters();
            }
            if !deliveries.is_empty()
                || now >= deadline
                || *closing.borrow()
                || self.retired.load(Ordering::SeqCst)
            {
                return deliveries;
            }
            waiting.get_or_insert_with(|| Waiting::begin(&self.waiting_pulls));
            let moments = [next_return, next_change].into_iter().flatten();
            let moment = moments.fold(deadline, Duration::min);
            tokio::select! {
                () = clock.sleep_until(moment) => {}
                () = arrived => {}
                _ = closing.changed() => {}
            }
        }
    }

    /// Judges the handles, lets `decide` choose from the verdicts which to confirm, and confirms these, all
    /// in one step.
    pub(crate) fn confirm<T>(
        &self,
        handles: &[&str],
        clock: &Clock,
        decide: impl FnOnce(&[Verdict]) -> (T, Vec<bool>),
    ) -> T {
        let mut queue = lock(&self.queue);
        let now = clock.now();
        let (outcome, chosen) = decide(&queue.judge(handles, now));
        for (handle, _) in handles.iter().zip(chosen).filter(|(_, chosen)| *chosen) {
            queue.confirm(handle, now);
        }
        outcome
    }
}

/// Counts a pull as waiting for as long as it lives.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn begin(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
