//! Makes the calls that the ledger asks for, in a task of its own.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::task::{AbortHandle, Id, JoinError, JoinSet};
use tokio::time::{Instant, sleep_until};

use super::calls::Calls;
use super::classify::PullFailure;
use super::ledger::{Answer, BatchId, PullId, Step};
use super::shared::{Phase, Pulled, Shared};
use crate::clock;

/// A call under way.
#[derive(Debug)]
enum UnderWay {
    Pull(PullId, AbortHandle),
    Confirmation(BatchId),
}

/// What a call came to.
enum Outcome {
    Pulled(Result<Vec<Pulled>, PullFailure>),
    Answered(Answer),
}

/// Works until nothing is left to do: the stream has ended and every event is resolved.
pub(super) async fn drive(shared: Arc<Shared>, calls: Calls) {
    let over = Over(shared);
    let mut driver = Driver {
        shared: Arc::clone(&over.0),
        calls: Arc::new(calls),
        tasks: JoinSet::new(),
        under_way: HashMap::new(),
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
    tasks: JoinSet<Outcome>,
    under_way: HashMap<Id, UnderWay>,
}

impl Driver {
    async fn run(&mut self) {
        loop {
            let plan = self.shared.plan();
            for step in plan.steps {
                self.begin(step);
            }
            if plan.is_stopped {
                self.give_up_pulls();
            }
            if plan.is_done {
                return;
            }
            tokio::select! {
                Some(ended) = self.tasks.join_next_with_id() => self.end(ended),
                () = self.shared.changed() => {}
                () = sleep_until_some(plan.wake_at) => {}
            }
        }
    }

    fn begin(&mut self, step: Step) {
        let calls = Arc::clone(&self.calls);
        match step {
            Step::Pull(pull) => {
                let task = self.tasks.spawn(async move { Outcome::Pulled(calls.pull().await) });
                self.under_way.insert(task.id(), UnderWay::Pull(pull, task));
            }
            Step::Confirm(confirmation) => {
                let limit = confirmation.until.saturating_duration_since(clock::now());
                let keys = self.shared.keys_of(&confirmation.ids);
                let handles = confirmation.handles;
                let task = self
                    .tasks
                    .spawn(async move { Outcome::Answered(calls.confirm(handles, keys, limit).await) });
                self.under_way.insert(task.id(), UnderWay::Confirmation(confirmation.batch));
            }
        }
    }

    /// An event that a pull is just bringing comes again.
    fn give_up_pulls(&self) {
        for call in self.under_way.values() {
            if let UnderWay::Pull(_, task) = call {
                task.abort();
            }
        }
    }

    fn end(&mut self, ended: Result<(Id, Outcome), JoinError>) {
        let (id, outcome) = match ended {
            Ok((id, outcome)) => (id, Some(outcome)),
            // It panicked, in code of the application's: a transport, a key, a store.
            Err(error) => (error.id(), None),
        };
        let jitter = rand::random::<f64>();
        match (self.under_way.remove(&id), outcome) {
            (Some(UnderWay::Pull(pull, _)), Some(Outcome::Pulled(Ok(events)))) => {
                self.shared.pulled(pull, events);
            }
            (Some(UnderWay::Pull(pull, _)), Some(Outcome::Pulled(Err(failure)))) => {
                self.pull_failed(pull, failure, jitter);
            }
            (Some(UnderWay::Pull(pull, _)), _) => self.shared.pull_failed(pull, jitter),
            (Some(UnderWay::Confirmation(batch)), Some(Outcome::Answered(answer))) => {
                self.shared.confirm_answered(batch, answer, jitter);
            }
            (Some(UnderWay::Confirmation(batch)), _) => {
                self.shared.confirm_answered(batch, Answer::Doubtful, jitter);
            }
            (None, _) => {}
        }
    }

    fn pull_failed(&self, pull: PullId, failure: PullFailure, jitter: f64) {
        match failure {
            PullFailure::Empty => self.shared.pulled(pull, Vec::new()),
            PullFailure::Passing(error) => {
                tracing::warn!(%error, "events could not be pulled; trying again");
                self.shared.pull_failed(pull, jitter);
            }
            PullFailure::Permanent(error) => {
                self.shared.pull_failed(pull, jitter);
                self.shared.fail(error);
            }
        }
    }
}

async fn sleep_until_some(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
