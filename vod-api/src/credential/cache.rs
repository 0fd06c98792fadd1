//! Caches a provider's credential, and refreshes it before it expires.
//!
//! A load runs as a task of its own: it goes on when the call that started it is cancelled, any number of calls
//! wait for the same one, and a credential that is still good serves meanwhile. Only successes are kept.
//!
//! Times are the service's, as far as they are known. A credential that has expired by them on the day it was given
//! tells that they are wrong: it serves until the service refuses it.
//!
//! Nothing foreign runs under the lock: no provider, no clock of the caller's, no spawning or aborting (a runtime that
//! is shutting down drops a new task at once, with all that it holds), no waking, no log.

mod load;

use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::time::{Duration, SystemTime};

use rand::random_range;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::time::Instant;

use load::{Load, Outcome, Ticket, Waiting, drive};

use super::{Credential, CredentialError, CredentialProvider};
use crate::clock;
use crate::clock::skew::ServiceClock;
use crate::signature::Signer;
use crate::sync::lock;

/// How long before its end a credential is replaced, if it lives long enough.
const MARGIN: Duration = Duration::from_mins(5);
/// The part of its life that a short-lived credential may spend being replaced.
const MARGIN_PART: u32 = 4;
/// Many processes that started together must not refresh together.
const JITTER: std::ops::RangeInclusive<f64> = 0.8..=1.2;
/// The pause after a refresh that failed, while the credential is still good.
const PAUSE: Duration = Duration::from_secs(10);
/// How long a provider that gave a refused credential again is not asked for another one: calls that are refused one
/// after the other must not ask it each time.
const SAME_AGAIN: Duration = Duration::from_secs(1);

/// A provider with the credential that it gave last.
pub(crate) struct Cache {
    shared: Arc<Shared>,
}

/// What there is after a refusal.
#[derive(Debug)]
pub(super) struct Renewed {
    pub(super) signer: Arc<Signer>,
    /// The provider was asked after the refusal. Otherwise it was asked before, and may have another one by now.
    pub(super) was_asked: bool,
}

struct Shared {
    provider: Arc<dyn CredentialProvider>,
    clock: ServiceClock,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    load: Option<Load>,
    /// How many loads there have been.
    loads: u64,
    /// No refresh before this, after one that failed.
    pause_until: Option<Instant>,
}

/// A credential, as what signs with it.
struct Held {
    signer: Arc<Signer>,
    lifetime: Option<Lifetime>,
    /// It had expired when it was given: the clock is wrong, and the service decides.
    is_trusted: bool,
    /// When the provider gave the same one again.
    given_again: Option<Instant>,
}

#[derive(Clone, Copy)]
struct Lifetime {
    refresh_at: SystemTime,
    expires_at: SystemTime,
}

impl Cache {
    /// A cache that holds nothing yet.
    pub(super) fn new(provider: Arc<dyn CredentialProvider>, clock: ServiceClock) -> Self {
        Self { shared: Arc::new(Shared { provider, clock, state: Mutex::default() }) }
    }

    /// What the provider is called.
    pub(super) fn provider_name(&self) -> &str {
        self.shared.provider.name()
    }

    /// Whether the provider has ever given a credential.
    #[cfg(any(test, feature = "events"))]
    pub(super) fn has_loaded(&self) -> bool {
        self.shared.lock().held.is_some()
    }

    /// The credential that is held, if it is good now. Has it replaced if that is due.
    pub(super) fn at_hand(&self) -> Option<Arc<Signer>> {
        let now = self.shared.clock.now();
        let (signer, ticket) = {
            let mut state = self.shared.lock();
            let signer = state.good(now)?;
            let ticket = if state.is_due(now) { state.join_or_reserve().1 } else { None };
            (signer, ticket)
        };
        self.shared.start(ticket);
        Some(signer)
    }

    /// A credential that is good now. Waits only if there is none.
    pub(super) async fn signer(&self) -> Outcome {
        if let Some(signer) = self.at_hand() {
            return Ok(signer);
        }
        self.load().await.0
    }

    /// Gets another credential than the one that the service refused, unless that has already happened. The provider
    /// may give the same one again.
    pub(super) async fn renew(&self, used: &Credential) -> Result<Renewed, CredentialError> {
        let now = self.shared.clock.now();
        {
            let mut state = self.shared.lock();
            if let Some(signer) = state.instead_of(used, now) {
                return Ok(Renewed { signer, was_asked: false });
            }
        }
        let (outcome, was_asked) = self.load().await;
        outcome.map(|signer| Renewed { signer, was_asked })
    }

    /// Waits for the load that is under way, or for a new one. Tells whether it is one that this call has started.
    async fn load(&self) -> (Outcome, bool) {
        let (waiting, is_own) = self.join_or_start();
        if let Some(outcome) = waiting.finished().await {
            return (outcome, is_own);
        }
        // Its runtime was shut down or is not driven, or the provider panicked. Once more, on the runtime of this call.
        let (waiting, is_own) = self.join_or_start();
        let outcome = waiting.finished().await.unwrap_or_else(|| {
            Err(CredentialError::failed(format!(
                "credential provider `{}` panicked or its runtime was shut down",
                self.provider_name()
            )))
        });
        (outcome, is_own)
    }

    /// A place at a load, and whether that was started for it.
    fn join_or_start(&self) -> (Waiting, bool) {
        let (waiting, ticket) = self.shared.lock().join_or_reserve();
        let is_own = ticket.is_some();
        self.shared.start(ticket);
        (waiting, is_own)
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Spawns a load that has its place.
    fn start(self: &Arc<Self>, ticket: Option<Ticket>) {
        let Some(Ticket { number, sender, pulse, instead_of }) = ticket else { return };
        if let Some(lost) = instead_of {
            lost.abort();
        }
        // Weak: a load must not keep what waits for it alive.
        let landing = Landing { shared: Arc::downgrade(self), number, sender };
        let (provider, clock) = (Arc::clone(&self.provider), self.clock.clone());
        // Without a runtime it is broken off at once.
        let Ok(runtime) = Handle::try_current() else { return };
        let task = runtime.spawn(async move {
            if let Some(outcome) = drive(&*provider, &pulse, &clock).await {
                landing.land(outcome);
            } else {
                tracing::debug!("credential load stalled and failed; starting another");
            }
        });
        let abort = task.abort_handle();
        let mut state = self.lock();
        if let Some(load) = state.load.as_mut().filter(|load| load.number == number) {
            load.task = Some(abort);
        }
    }
}

/// Takes a load to its end, also when it is broken off.
struct Landing {
    shared: Weak<Shared>,
    number: u64,
    sender: watch::Sender<Option<Outcome>>,
}

impl Landing {
    fn land(&self, outcome: Result<Credential, CredentialError>) {
        let Some(shared) = self.shared.upgrade() else { return };
        let provider = shared.provider.name();
        let now = shared.clock.now();
        // Taken and given in two steps, so that what is dropped is dropped without the lock.
        let (outcome, landed, is_good) = {
            let mut state = shared.lock();
            // First of all: later callers must not get this outcome.
            let landed = state.take_load(self.number);
            match outcome {
                Ok(credential) => (Ok(state.hold(credential, now, landed.is_some())), landed, true),
                Err(error) => {
                    state.pause_until = Some(clock::now() + PAUSE.mul_f64(random_range(JITTER)));
                    let is_good = state.good(now).is_some();
                    (Err(error), landed, is_good)
                }
            }
        };
        drop(landed);
        match &outcome {
            Ok(signer) => {
                tracing::debug!(provider, secret_id = signer.credential().secret_id(), "credential loaded");
            }
            Err(error) if is_good => {
                tracing::warn!(provider, %error, "credential refresh failed; using the current credential until it expires");
            }
            Err(error) => tracing::warn!(provider, %error, "failed to load credentials"),
        }
        self.sender.send_replace(Some(outcome));
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        if let Some(shared) = self.shared.upgrade() {
            let left = shared.lock().take_load(self.number);
            drop(left);
        }
    }
}

impl State {
    /// The credential that can be signed with.
    fn good(&mut self, now: SystemTime) -> Option<Arc<Signer>> {
        let held = self.held.as_mut()?;
        let is_alive = held.lifetime.is_none_or(|lifetime| now < lifetime.expires_at);
        if held.is_trusted && is_alive {
            // The clock has been put right: it tells when this credential ends.
            held.is_trusted = false;
            held.lifetime = held.lifetime.map(|lifetime| Lifetime::ending(lifetime.expires_at, now));
        }
        (is_alive || held.is_trusted).then(|| Arc::clone(&held.signer))
    }

    /// Whether it is time to replace a good one.
    fn is_due(&self, now: SystemTime) -> bool {
        let Some(held) = &self.held else { return false };
        held.lifetime.is_some_and(|lifetime| now >= lifetime.refresh_at)
            && !held.is_trusted
            && self.pause_until.is_none_or(|until| clock::now() >= until)
    }

    /// What to sign with instead of a credential that was refused, if there is no need to load it.
    fn instead_of(&mut self, used: &Credential, now: SystemTime) -> Option<Arc<Signer>> {
        let held = self.held.as_mut()?;
        if !held.signer.credential().is_same(used) {
            return self.good(now);
        }
        held.is_trusted = false;
        let was_given_again =
            held.given_again.is_some_and(|at| clock::now().saturating_duration_since(at) < SAME_AGAIN);
        was_given_again.then(|| Arc::clone(&held.signer))
    }

    /// A place at the load that is under way, or at a new one that is to be started without the lock.
    fn join_or_reserve(&mut self) -> (Waiting, Option<Ticket>) {
        let now = clock::now();
        if let Some(load) = self.load.as_ref().filter(|load| !load.is_lost(now)) {
            return (load.join(), None);
        }
        self.loads += 1;
        let (load, ticket) = Load::new(self.loads, now, self.load.take());
        let waiting = load.join();
        self.load = Some(load);
        (waiting, Some(ticket))
    }

    /// The load of that number, which is over. Another one that has taken its place stays.
    fn take_load(&mut self, number: u64) -> Option<Load> {
        self.load.take_if(|load| load.number == number)
    }

    /// Keeps a credential. One that is the same as before keeps its signer, whose derived keys are good still. A load
    /// that was taken for lost only helps if there is nothing newer.
    fn hold(&mut self, credential: Credential, now: SystemTime, is_newest: bool) -> Arc<Signer> {
        if !is_newest && let Some(newer) = self.good(now) {
            return newer;
        }
        let lifetime = credential.expires_at().map(|expires_at| Lifetime::ending(expires_at, now));
        let (signer, given_again) = match self.held.take() {
            Some(held) if held.signer.credential().is_same(&credential) => (held.signer, Some(clock::now())),
            _ => (Arc::new(Signer::new(credential)), None),
        };
        let is_trusted = lifetime.is_some_and(|lifetime| now >= lifetime.expires_at);
        self.held = Some(Held { signer: Arc::clone(&signer), lifetime, is_trusted, given_again });
        self.pause_until = None;
        signer
    }
}

impl Lifetime {
    fn ending(expires_at: SystemTime, now: SystemTime) -> Self {
        // Nothing is left of one that has expired by a clock that may be wrong.
        let left = expires_at.duration_since(now).unwrap_or_default();
        let margin = MARGIN.min(left / MARGIN_PART).mul_f64(random_range(JITTER));
        Self { refresh_at: expires_at.checked_sub(margin).unwrap_or(now), expires_at }
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        let load = self.shared.lock().load.take();
        if let Some(load) = load {
            load.abort();
        }
    }
}

#[cfg(test)]
mod tests;
