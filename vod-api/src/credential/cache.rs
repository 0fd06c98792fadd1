//! Keeps a provider's credential, and gets the next one before the service needs it.
//!
//! A load runs as a task of its own: it goes on when the call that started it is cancelled, any number of calls
//! wait for the same one, and a credential that is still good serves meanwhile. Only successes are kept.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, SystemTime};

use rand::random_range;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::{Credential, CredentialError, CredentialProvider};
use crate::clock::WallClock;
use crate::signature::Signer;

/// How long before its end a credential is replaced, if it lives long enough.
const MARGIN: Duration = Duration::from_mins(5);
/// The part of its life that a short-lived credential may spend being replaced.
const MARGIN_PART: u32 = 4;
/// Many processes that started together must not refresh together.
const JITTER: std::ops::RangeInclusive<f64> = 0.8..=1.2;
/// The pause after a refresh that failed, while the credential is still good.
const PAUSE: Duration = Duration::from_secs(10);
/// How long a provider may take.
pub(super) const LOAD_LIMIT: Duration = Duration::from_mins(1);

type Outcome = Result<Arc<Signer>, CredentialError>;

/// A provider with the credential that it gave last.
pub(crate) struct Cache {
    shared: Arc<Shared>,
}

struct Shared {
    provider: Arc<dyn CredentialProvider>,
    clock: WallClock,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    load: Option<Load>,
    /// No refresh before this, after one that failed.
    pause_until: Option<SystemTime>,
}

/// A credential, as what signs with it.
struct Held {
    signer: Arc<Signer>,
    lifetime: Option<Lifetime>,
}

#[derive(Clone, Copy)]
struct Lifetime {
    refresh_at: SystemTime,
    expires_at: SystemTime,
}

/// A load that is under way.
struct Load {
    outcome: watch::Receiver<Option<Outcome>>,
    task: AbortHandle,
    /// From then on it counts as lost: its runtime no longer runs.
    lost_at: SystemTime,
}

impl Cache {
    /// A cache that holds nothing yet.
    pub(super) fn new(provider: Arc<dyn CredentialProvider>, clock: WallClock) -> Self {
        Self { shared: Arc::new(Shared { provider, clock, state: Mutex::default() }) }
    }

    /// What the provider is called.
    pub(super) fn provider_name(&self) -> &str {
        self.shared.provider.name()
    }

    /// Whether the provider has ever given a credential.
    #[cfg(feature = "events")]
    pub(super) fn has_loaded(&self) -> bool {
        self.shared.lock().held.is_some()
    }

    /// The credential that is held, if it is good now.
    pub(super) fn at_hand(&self) -> Option<Arc<Signer>> {
        self.shared.good(&mut self.shared.lock(), self.shared.clock.now())
    }

    /// A credential that is good now. Waits only if there is none.
    pub(super) async fn signer(&self) -> Outcome {
        let load = {
            let mut state = self.shared.lock();
            let now = self.shared.clock.now();
            if let Some(signer) = self.shared.good(&mut state, now) {
                return Ok(signer);
            }
            self.shared.join_or_start(&mut state, now)
        };
        self.wait(load).await
    }

    /// Gets another credential than the one that the service refused, unless that has already happened.
    pub(super) async fn renew(&self, used: &Credential) -> Outcome {
        let load = {
            let mut state = self.shared.lock();
            let now = self.shared.clock.now();
            match state.good(now) {
                Some(signer) if !signer.credential().is_same(used) => return Ok(signer),
                _ => self.shared.join_or_start(&mut state, now),
            }
        };
        self.wait(load).await
    }

    async fn wait(&self, load: watch::Receiver<Option<Outcome>>) -> Outcome {
        if let Some(outcome) = finished(load).await {
            return outcome;
        }
        // Its runtime was shut down, or the provider panicked. One more try, on the runtime of this call.
        let load = {
            let mut state = self.shared.lock();
            let now = self.shared.clock.now();
            self.shared.join_or_start(&mut state, now)
        };
        finished(load).await.unwrap_or_else(|| {
            Err(CredentialError::failed(format!(
                "the provider `{}` stopped in its middle",
                self.provider_name()
            )))
        })
    }
}

/// What a load led to; `None` if it was broken off.
async fn finished(mut load: watch::Receiver<Option<Outcome>>) -> Option<Outcome> {
    load.wait_for(Option::is_some).await.ok()?.clone()
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The credential that can be signed with. Has it replaced if that is due.
    fn good(self: &Arc<Self>, state: &mut State, now: SystemTime) -> Option<Arc<Signer>> {
        let signer = state.good(now)?;
        if state.is_due(now) {
            self.join_or_start(state, now);
        }
        Some(signer)
    }

    /// The load that is under way, or a new one.
    fn join_or_start(
        self: &Arc<Self>,
        state: &mut State,
        now: SystemTime,
    ) -> watch::Receiver<Option<Outcome>> {
        if let Some(load) = state.load.as_ref().filter(|load| now < load.lost_at) {
            return load.outcome.clone();
        }
        let (sender, outcome) = watch::channel(None);
        let provider = Arc::clone(&self.provider);
        // Weak: a load must not keep what waits for it alive.
        let landing = Landing { shared: Arc::downgrade(self), sender };
        let task = tokio::spawn(async move {
            let outcome = load(&*provider).await;
            landing.land(outcome);
        });
        state.load = Some(Load {
            outcome: outcome.clone(),
            task: task.abort_handle(),
            lost_at: now + LOAD_LIMIT + PAUSE,
        });
        outcome
    }
}

async fn load(provider: &dyn CredentialProvider) -> Result<Credential, CredentialError> {
    let credential = tokio::time::timeout(LOAD_LIMIT, provider.credential())
        .await
        .unwrap_or_else(|_| Err(CredentialError::failed(format!("no credential within {LOAD_LIMIT:?}"))))?;
    credential.check().map_err(|error| CredentialError::failed(error.message().to_owned()))?;
    Ok(credential)
}

/// Takes a load to its end, also when it is broken off.
struct Landing {
    shared: Weak<Shared>,
    sender: watch::Sender<Option<Outcome>>,
}

impl Landing {
    fn land(&self, outcome: Result<Credential, CredentialError>) {
        let Some(shared) = self.shared.upgrade() else { return };
        let provider = shared.provider.name();
        let outcome = {
            let mut state = shared.lock();
            let now = shared.clock.now();
            // First of all: whoever comes from now on must not be given this outcome.
            self.make_way(&mut state);
            match outcome {
                Ok(credential) => Ok(state.hold(credential, now)),
                Err(error) => {
                    if state.good(now).is_some() {
                        tracing::warn!(provider, %error, "credential not refreshed, the old one goes on");
                    } else {
                        tracing::warn!(provider, %error, "no credential");
                    }
                    state.pause_until = Some(now + PAUSE.mul_f64(random_range(JITTER)));
                    Err(error)
                }
            }
        };
        if let Ok(signer) = &outcome {
            tracing::debug!(provider, secret_id = signer.credential().secret_id(), "credential loaded");
        }
        self.sender.send_replace(Some(outcome));
    }
}

impl Landing {
    /// The load is over. Another one that has replaced it after it was lost stays.
    fn make_way(&self, state: &mut State) {
        let own = self.sender.subscribe();
        if state.load.as_ref().is_some_and(|load| load.outcome.same_channel(&own)) {
            state.load = None;
        }
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        if let Some(shared) = self.shared.upgrade() {
            self.make_way(&mut shared.lock());
        }
    }
}

impl State {
    /// The credential that can be signed with.
    fn good(&self, now: SystemTime) -> Option<Arc<Signer>> {
        let held = self.held.as_ref()?;
        let good = held.lifetime.is_none_or(|lifetime| now < lifetime.expires_at);
        good.then(|| Arc::clone(&held.signer))
    }

    /// Whether it is time to replace it.
    fn is_due(&self, now: SystemTime) -> bool {
        let lifetime = self.held.as_ref().and_then(|held| held.lifetime);
        lifetime.is_some_and(|lifetime| now >= lifetime.refresh_at)
            && self.pause_until.is_none_or(|until| now >= until)
    }

    /// Keeps a credential. One that is the same as before keeps its signer, whose derived keys are good still.
    fn hold(&mut self, credential: Credential, now: SystemTime) -> Arc<Signer> {
        let lifetime = credential.expires_at().map(|expires_at| Lifetime::ending(expires_at, now));
        let signer = match self.held.take() {
            Some(held) if held.signer.credential().is_same(&credential) => held.signer,
            _ => Arc::new(Signer::new(credential)),
        };
        self.held = Some(Held { signer: Arc::clone(&signer), lifetime });
        self.pause_until = None;
        signer
    }
}

impl Lifetime {
    fn ending(expires_at: SystemTime, now: SystemTime) -> Self {
        // Nothing is left of one that has expired by this machine's clock, which may be wrong: it serves those
        // who wait for it, and the service decides.
        let left = expires_at.duration_since(now).unwrap_or_default();
        let margin = MARGIN.min(left / MARGIN_PART).mul_f64(random_range(JITTER));
        Self { refresh_at: expires_at.checked_sub(margin).unwrap_or(now), expires_at }
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        if let Some(load) = &self.shared.lock().load {
            load.task.abort();
        }
    }
}

#[cfg(test)]
mod tests;
