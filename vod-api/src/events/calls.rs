//! The consumer's two calls, `PullEvents` and `ConfirmEvents`, and its deduplication store.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;

use super::classify::{PullFailure, confirm_failure};
use super::content::{self, AnyContent, Content};
use super::content_key::{content_key, guarded};
use super::dedup::{Deduplication, KeyOf, SeenFuture, SeenStore};
use super::ledger::ConfirmOutcome;
use super::shared::Pulled;
use crate::action::Action as _;
use crate::client::Client;
use crate::clock;
use crate::error::{Error, ErrorKind};
use crate::record::mismatch::Mismatch;
use crate::retry::RetryPolicy;
use crate::vod::{ConfirmEventsRequest, PullEvents, PullEventsRequest};

/// How long a pull may take: the service holds it open for 5 s, and advises clients to wait 10 s. The client's own
/// limit may be shorter, and then each pull that brings nothing would fail.
const PULL_LIMIT: Duration = Duration::from_secs(10);
/// How long it may wait for a credential and for its turn before that.
const TURN_LIMIT: Duration = Duration::from_secs(10);
/// How long the store of handled keys may take for a batch: it is taken from the handles' 30 s.
pub(super) const STORE_LIMIT: Duration = Duration::from_secs(2);

/// Makes the calls, about one application.
#[derive(Debug, Clone)]
pub(super) struct Calls {
    pub(super) client: Client,
    pub(super) sub_app_id: Option<u64>,
    pub(super) deduplication: Option<Deduplication>,
    /// Whether the ledger limits the rate. A second limiter in series would only let calls queue up.
    pub(super) is_rate_limited: bool,
}

impl Calls {
    pub(super) async fn pull(&self) -> Result<Vec<Pulled>, PullFailure> {
        let mut request = PullEventsRequest::new();
        if let Some(id) = self.sub_app_id {
            request = request.sub_app_id(id);
        }
        // Sent again, its events' time would count from the first attempt, and mostly be over.
        let call =
            self.client.pull_events(request).timeout(TURN_LIMIT + PULL_LIMIT).attempt_timeout(PULL_LIMIT);
        let call = call.retry(RetryPolicy::none()).skip_rate_limit(self.is_rate_limited);
        // Each event tells what of it does not fit; one must not hide the others.
        let call = call.strict_answers(false);
        let credentials = &self.client.config().credentials;
        let answer = call.detailed().await.and_then(|answer| match not_a_list(&answer.mismatches) {
            Some(error) => Err(error),
            None => Ok(answer),
        });
        let answer = answer.map_err(|error| PullFailure::of(error, credentials.can_come_again()))?;
        let request_id = answer.response.request_id.clone();
        let events = content::of_answer(answer);
        for event in &events {
            report_misfit(&**event, &request_id);
        }
        let mut events: Vec<Pulled> = events.into_iter().map(|event| self.identify(event)).collect();
        if let Some(store) = self.store() {
            let keys = events.iter().filter_map(|event| event.key.clone());
            let found: HashSet<Arc<str>> = with_each(store, keys, STORE_LIMIT, |store, key| {
                Box::pin(async move { Ok(store.contains(&key).await?.then_some(key)) })
            })
            .await
            .into_iter()
            .flatten()
            .collect();
            for event in &mut events {
                event.is_in_store = event.key.as_ref().is_some_and(|key| found.contains(key));
            }
        }
        Ok(events)
    }

    fn identify(&self, event: Content) -> Pulled {
        let key = match self.deduplication.as_ref().map(|deduplication| &deduplication.key) {
            None => None,
            Some(KeyOf::Content) => content_key(event.raw()),
            Some(KeyOf::Function(function)) => guarded("a key function", || function(event.get())),
        };
        Pulled { event, key: key.map(Arc::from), is_in_store: false }
    }

    /// Tells the store that events were accepted.
    pub(super) async fn remember(&self, keys: Vec<Arc<str>>, limit: Duration) {
        if let Some(store) = self.store() {
            with_each(store, keys, limit, |store, key| Box::pin(async move { store.accepted(&key).await }))
                .await;
        }
    }

    /// Tells the store that events are confirmed. A key that stays would delete a later event, so a failure is tried
    /// again.
    pub(super) async fn forget(&self, keys: Vec<Arc<str>>) {
        let Some(store) = self.store() else { return };
        with_each(store, keys, STORE_LIMIT, |store, key| {
            Box::pin(async move {
                if store.confirmed(&key).await.is_ok() {
                    return Ok(());
                }
                tokio::time::sleep(STORE_LIMIT / 10).await;
                store.confirmed(&key).await
            })
        })
        .await;
    }

    /// Confirms handles, once and by a moment; `keys` are those of their events.
    pub(super) async fn confirm(
        &self,
        handles: Vec<String>,
        keys: Vec<Arc<str>>,
        until: Instant,
    ) -> ConfirmOutcome {
        let limit = || until.saturating_duration_since(clock::now());
        self.remember(keys, STORE_LIMIT.min(limit() / 2)).await;
        let limit = limit();
        if limit.is_zero() {
            // This task was late, and so would the handles be.
            let problem = "the confirmation's time was over before it could be sent";
            return ConfirmOutcome::NotSent(Arc::new(Error::new(ErrorKind::Timeout, problem)));
        }
        let mut request = ConfirmEventsRequest::new(handles);
        if let Some(id) = self.sub_app_id {
            request = request.sub_app_id(id);
        }
        // The ledger has to know of each attempt: a handle that is refused may have been confirmed by the last.
        let call = self.client.confirm_events(request).timeout(limit).attempt_timeout(limit);
        let call = call.retry(RetryPolicy::none()).skip_rate_limit(self.is_rate_limited);
        // A confirmation is one whatever its answer holds besides.
        let call = call.strict_answers(false);
        match call.await {
            Ok(_) => ConfirmOutcome::Confirmed,
            Err(error) => {
                tracing::debug!(%error, "ConfirmEvents failed");
                confirm_failure(error)
            }
        }
    }

    fn store(&self) -> Option<&Arc<dyn SeenStore>> {
        self.deduplication.as_ref()?.store.as_ref()
    }
}

/// The answer's list of events is something else, which may hold events. An empty text stands for an empty list.
fn not_a_list(mismatches: &[Mismatch]) -> Option<Error> {
    let of_list = mismatches.iter().find(|mismatch| mismatch.is_of_field("EventSet"))?;
    let is_empty = matches!(of_list.found(), r#""""# | "{}");
    (!is_empty).then(|| of_list.to_error().with_action(PullEvents::META))
}

/// An event that does not fit its type is delivered as far as it does. One without a handle can't be confirmed.
fn report_misfit(event: &dyn AnyContent, request_id: &str) {
    let mismatches = event.mismatches();
    if event.get().event_handle.is_empty() {
        tracing::warn!(
            request_id,
            mismatches = mismatches.len(),
            "event without a handle: it can't be confirmed, and is redelivered until the service drops it"
        );
    } else if let Some(first) = mismatches.first() {
        tracing::debug!(request_id, mismatches = mismatches.len(), %first, "event does not fit its type");
    }
}

/// Asks the store about each key, all at once. A key whose task fails, panics or is too slow is left out.
async fn with_each<T: Send + 'static>(
    store: &Arc<dyn SeenStore>,
    keys: impl IntoIterator<Item = Arc<str>>,
    limit: Duration,
    ask: fn(Arc<dyn SeenStore>, Arc<str>) -> SeenFuture<'static, T>,
) -> Vec<T> {
    let mut tasks = JoinSet::new();
    for key in keys {
        let store = Arc::clone(store);
        // In a task of its own, also what the store does before it gives its future.
        tasks.spawn(async move { ask(store, key).await });
    }
    let mut answers = Vec::with_capacity(tasks.len());
    let all = async {
        while let Some(ended) = tasks.join_next().await {
            match ended {
                Ok(Ok(answer)) => answers.push(answer),
                Ok(Err(error)) => tracing::warn!(%error, "deduplication store failed"),
                Err(_) => tracing::error!("deduplication store panicked"),
            }
        }
    };
    if tokio::time::timeout(limit, all).await.is_err() {
        tracing::warn!("deduplication store timed out before all keys were written or looked up");
    }
    answers
}
