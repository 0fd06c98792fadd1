//! The driver: makes the calls that the ledger asks for, each in its own task.

use std::pin::pin;
use std::sync::Arc;
use std::thread;

use tokio::task::JoinSet;
use tokio::time::{sleep_until, timeout};

use super::calls::{Calls, STORE_LIMIT};
use super::classify::PullFailure;
use super::ledger::{BatchId, ConfirmOutcome, PullId, Step};
use super::ledger_time::Moment;
use super::shared::{ForStore, Phase, Pulled, Shared};
#[cfg(feature = "blocking")]
use super::shutdown::Shutdown;
use crate::clock;

/// Works until nothing is left to do: the stream has ended and every event is resolved.
pub(super) async fn drive(shared: Arc<Shared>, calls: Calls) {
    #[cfg(feature = "blocking")]
    crate::blocking::register(Shutdown::new(Arc::clone(&shared)));
    let over = Over(shared);
    let mut driver = Driver {
        shared: Arc::clone(&over.0),
        calls: Arc::new(calls),
        pulls: JoinSet::new(),
        confirmations: JoinSet::new(),
        store: JoinSet::new(),
    };
    driver.run().await;
}

/// Gives up what is left when the driver ends, also when its runtime does.
struct Over(Arc<Shared>);

impl Drop for Over {
    fn drop(&mut self) {
        self.0.abandon();
        self.0.enter(Phase::Over);
    }
}

struct Driver {
    shared: Arc<Shared>,
    calls: Arc<Calls>,
    pulls: JoinSet<()>,
    confirmations: JoinSet<()>,
    /// What the store of keys is told.
    store: JoinSet<()>,
}

impl Driver {
    async fn run(&mut self) {
        let mut alarm = pin!(sleep_until(clock::now()));
        let mut armed = None;
        loop {
            self.forget_ended();
            let plan = self.shared.plan(armed);
            for step in plan.steps {
                self.begin(step, plan.now);
            }
            self.tell_store(plan.for_store);
            if plan.is_stopped {
                // An event that a pull is just bringing is redelivered.
                self.pulls.abort_all();
            }
            if plan.is_done {
                // What the store is not told, it may take an event for that is another one.
                let told = async { while self.store.join_next().await.is_some() {} };
                let _ = timeout(STORE_LIMIT, told).await;
                return;
            }
            if plan.wake_at != armed
                && let Some(moment) = plan.wake_at
            {
                alarm.as_mut().reset(moment);
            }
            armed = plan.wake_at;
            tokio::select! {
                () = self.shared.changed() => {}
                () = &mut alarm, if armed.is_some() => armed = None,
            }
        }
    }

    /// Calls tell their outcome themselves, so that the driver need not wake for each of them.
    fn forget_ended(&mut self) {
        while self.pulls.try_join_next().is_some() {}
        while self.confirmations.try_join_next().is_some() {}
        while self.store.try_join_next().is_some() {}
    }

    fn tell_store(&mut self, ForStore { accepted, confirmed }: ForStore) {
        if !accepted.is_empty() {
            let calls = Arc::clone(&self.calls);
            self.store.spawn(async move { calls.remember(accepted, STORE_LIMIT).await });
        }
        if !confirmed.is_empty() {
            let calls = Arc::clone(&self.calls);
            self.store.spawn(async move { calls.forget(confirmed).await });
        }
    }

    fn begin(&mut self, step: Step, now: Moment) {
        let calls = Arc::clone(&self.calls);
        match step {
            Step::Pull(pull) => {
                let mut open = OpenPull { shared: Arc::clone(&self.shared), pull, is_told: false };
                self.pulls.spawn(async move { open.tell(calls.pull().await) });
            }
            Step::Confirm(confirmation) => {
                let until = now.real_time_of(confirmation.until);
                let keys = self.shared.keys_of(&confirmation.ids);
                let handles = confirmation.handles;
                let shared = Arc::clone(&self.shared);
                let mut open = OpenConfirmation { shared, batch: confirmation.batch, is_told: false };
                self.confirmations.spawn(async move { open.tell(calls.confirm(handles, keys, until).await) });
            }
        }
    }
}

/// A pull under way. Should it panic, in code of the application's (a transport, a key, a store), it has failed.
struct OpenPull {
    shared: Arc<Shared>,
    pull: PullId,
    is_told: bool,
}

impl OpenPull {
    fn tell(&mut self, outcome: Result<Vec<Pulled>, PullFailure>) {
        self.is_told = true;
        match outcome {
            Ok(events) => self.shared.pulled(self.pull, events),
            Err(PullFailure::Empty) => self.shared.pulled(self.pull, Vec::new()),
            Err(PullFailure::Passing(error)) => {
                let retry_after = error.retry_after();
                tracing::warn!(%error, ?retry_after, "PullEvents failed; retrying with backoff");
                self.shared.pull_failed(self.pull, jitter(), Some(&error));
            }
            Err(PullFailure::Permanent(error)) => {
                self.shared.pull_failed(self.pull, jitter(), Some(&error));
                self.shared.fail(error);
            }
        }
    }
}

impl Drop for OpenPull {
    fn drop(&mut self) {
        if !self.is_told && thread::panicking() {
            tracing::error!(
                "PullEvents panicked, in the transport, credential provider or hook of the client; retrying"
            );
            self.shared.pull_failed(self.pull, jitter(), None);
        }
    }
}

/// A confirmation in flight. If it panics, its outcome is unknown.
struct OpenConfirmation {
    shared: Arc<Shared>,
    batch: BatchId,
    is_told: bool,
}

impl OpenConfirmation {
    fn tell(&mut self, answer: ConfirmOutcome) {
        self.is_told = true;
        self.shared.confirm_answered(self.batch, answer, jitter());
    }
}

impl Drop for OpenConfirmation {
    fn drop(&mut self) {
        if !self.is_told && thread::panicking() {
            tracing::error!(
                "ConfirmEvents panicked, in the transport, credential provider or hook of the client"
            );
            self.shared.confirm_answered(
                self.batch,
                ConfirmOutcome::Ambiguous { retry_after: None },
                jitter(),
            );
        }
    }
}

/// From 0 to 1, to spread calls that are repeated.
fn jitter() -> f64 {
    rand::random()
}
