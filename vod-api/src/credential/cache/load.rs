//! A credential load in flight: its waiters, and how a load that is no longer driven is detected.
//!
//! A load's task runs on the runtime of the call that began it. That runtime may be driven no longer, or the whole
//! process may stand still between two calls, as a suspended machine or a function in a cloud does. So the task gives
//! a heartbeat twice a second. Waiters treat a load without heartbeats as lost and start another.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::select;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use crate::clock;
use crate::clock::skew::ServiceClock;
use crate::credential::{Credential, CredentialError, CredentialProvider};
use crate::signature::Signer;

/// How long a provider may take.
pub(super) const LOAD_LIMIT: Duration = Duration::from_mins(1);
/// How often a load gives a sign of life.
const BEAT: Duration = Duration::from_millis(500);
/// A load without a sign of life for so long is lost.
pub(super) const LOST: Duration = Duration::from_secs(3);
/// How long a load may take to give a sign of life after all, when its runtime was only busy.
const GRACE: Duration = Duration::from_millis(50);

pub(super) type Outcome = Result<Arc<Signer>, CredentialError>;

/// A load that is under way.
pub(super) struct Load {
    pub(super) number: u64,
    outcome: watch::Receiver<Option<Outcome>>,
    pulse: Arc<Pulse>,
    /// Absent until it has been spawned.
    pub(super) task: Option<AbortHandle>,
}

/// A load that has its place and is to be spawned.
pub(super) struct Ticket {
    pub(super) number: u64,
    pub(super) sender: watch::Sender<Option<Outcome>>,
    pub(super) pulse: Arc<Pulse>,
    /// The lost one whose place it takes.
    pub(super) instead_of: Option<Load>,
}

impl Load {
    /// A load of that number, to be spawned by the ticket.
    pub(super) fn new(number: u64, now: Instant, instead_of: Option<Self>) -> (Self, Ticket) {
        let (sender, outcome) = watch::channel(None);
        let pulse = Arc::new(Pulse::new(now));
        let load = Self { number, outcome, pulse: Arc::clone(&pulse), task: None };
        (load, Ticket { number, sender, pulse, instead_of })
    }

    pub(super) fn is_lost(&self, now: Instant) -> bool {
        self.pulse.is_lost(now)
    }

    /// A place among those who wait for it.
    pub(super) fn join(&self) -> Waiting {
        Waiting { outcome: self.outcome.clone(), pulse: Arc::clone(&self.pulse) }
    }

    /// Ends its task.
    pub(super) fn abort(&self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

/// A call that waits for a load.
pub(super) struct Waiting {
    outcome: watch::Receiver<Option<Outcome>>,
    pulse: Arc<Pulse>,
}

impl Waiting {
    /// What the load led to; `None` if it was broken off or is lost.
    pub(super) async fn finished(self) -> Option<Outcome> {
        let mut landed = pin!(landed(self.outcome));
        loop {
            select! {
                biased;
                outcome = &mut landed => return outcome,
                () = sleep_until(self.pulse.lost_at()) => {}
            }
            // If it shares a busy runtime with this call, its sign of life comes now.
            select! {
                biased;
                outcome = &mut landed => return outcome,
                () = sleep(GRACE) => {}
            }
            if self.pulse.is_lost(clock::now()) {
                return None;
            }
        }
    }
}

async fn landed(mut outcome: watch::Receiver<Option<Outcome>>) -> Option<Outcome> {
    outcome.wait_for(Option::is_some).await.ok()?.clone()
}

/// When a load last gave a sign of life.
pub(super) struct Pulse {
    start: Instant,
    /// Milliseconds after the start.
    beat: AtomicU64,
}

impl Pulse {
    fn new(now: Instant) -> Self {
        Self { start: now, beat: AtomicU64::new(0) }
    }

    /// Gives a sign of life. Returns how long after the one before.
    fn beat(&self, now: Instant) -> Duration {
        let since_start = now.saturating_duration_since(self.start);
        let since_start_ms = u64::try_from(since_start.as_millis()).unwrap_or(u64::MAX);
        let before = self.beat.swap(since_start_ms, Ordering::Relaxed);
        Duration::from_millis(since_start_ms.saturating_sub(before))
    }

    fn lost_at(&self) -> Instant {
        self.start + Duration::from_millis(self.beat.load(Ordering::Relaxed)) + LOST
    }

    fn is_lost(&self, now: Instant) -> bool {
        now >= self.lost_at()
    }
}

/// Asks the provider, with signs of life meanwhile. `None` if it failed and had stood still before: its timeouts ran
/// out and its connections broke while it was not driven, which says nothing about the provider.
pub(super) async fn drive(
    provider: &dyn CredentialProvider,
    pulse: &Pulse,
    service_clock: &ServiceClock,
) -> Option<Result<Credential, CredentialError>> {
    let mut asked = pin!(ask(provider));
    let mut has_stood_still = false;
    let mut seen = service_clock.now();
    loop {
        let outcome = select! {
            biased;
            outcome = &mut asked => Some(outcome),
            () = sleep(BEAT) => None,
        };
        // The monotonic clock stands still while a machine sleeps, the other one does not.
        let now = service_clock.now();
        let slept = now.duration_since(seen).unwrap_or_default();
        has_stood_still |= pulse.beat(clock::now()).max(slept) >= LOST;
        seen = now;
        match outcome {
            Some(Err(_)) if has_stood_still => return None,
            Some(outcome) => return Some(outcome),
            None => {}
        }
    }
}

async fn ask(provider: &dyn CredentialProvider) -> Result<Credential, CredentialError> {
    let credential = timeout(LOAD_LIMIT, provider.credential())
        .await
        .unwrap_or_else(|_| Err(CredentialError::failed(format!("no credential within {LOAD_LIMIT:?}"))))?;
    credential.check().map_err(|error| CredentialError::failed(error.message().to_owned()))?;
    Ok(credential)
}
