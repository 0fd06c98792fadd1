//! The two calls that the consumer makes.

use std::sync::Arc;
use std::time::Duration;

use super::classify::{PullFailure, confirm_failure};
use super::content::{self, AnyContent, Content};
use super::dedup::{Deduplication, SeenStore};
use super::ledger::Answer;
use super::shared::Pulled;
use crate::action::Action as _;
use crate::client::Client;
use crate::error::Error;
use crate::mismatch::Mismatch;
use crate::retry::RetryPolicy;
use crate::vod::{ConfirmEventsRequest, PullEvents, PullEventsRequest};

/// How long a pull may take: the service holds it open for 5 s, and advises clients to wait 10 s. The client's own limit
/// may be shorter, and then each pull that brings nothing would fail.
const PULL_LIMIT: Duration = Duration::from_secs(10);
/// How long it may wait for a credential and for its turn before that.
const TURN_LIMIT: Duration = Duration::from_secs(10);
/// How long the store of handled keys may take for a batch: it is taken from the handles' 30 s.
const STORE_LIMIT: Duration = Duration::from_secs(2);

/// Makes the calls, about one application.
#[derive(Debug, Clone)]
pub(super) struct Calls {
    pub(super) client: Client,
    pub(super) sub_app_id: Option<u64>,
    pub(super) deduplication: Option<Deduplication>,
    /// Whether the ledger paces the calls. A second pace behind it would only let them queue up.
    pub(super) is_paced: bool,
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
        let call = call.retry(RetryPolicy::off()).already_paced(self.is_paced);
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
            let lookups = async {
                for event in &mut events {
                    if let Some(key) = &event.key {
                        event.is_in_store = contains(store, key).await;
                    }
                }
            };
            if tokio::time::timeout(STORE_LIMIT, lookups).await.is_err() {
                tracing::warn!("the store of handled events was too slow to be asked about all of them");
            }
        }
        Ok(events)
    }

    fn identify(&self, event: Content) -> Pulled {
        let key = self.deduplication.as_ref().and_then(|deduplication| (deduplication.key)(event.get()));
        Pulled { event, key: key.map(Arc::from), is_in_store: false }
    }

    /// Confirms handles, once; `keys` are those of their events.
    pub(super) async fn confirm(&self, handles: Vec<String>, keys: Vec<Arc<str>>, limit: Duration) -> Answer {
        if let Some(store) = self.store() {
            // A key that is remembered in vain suppresses no event that was not accepted.
            let inserts = async {
                for key in &keys {
                    if let Err(error) = store.insert(key).await {
                        tracing::warn!(%error, "a handled event could not be remembered");
                    }
                }
            };
            if tokio::time::timeout(STORE_LIMIT.min(limit / 2), inserts).await.is_err() {
                tracing::warn!("the store of handled events was too slow to remember all of them");
            }
        }
        let mut request = ConfirmEventsRequest::new(handles);
        if let Some(id) = self.sub_app_id {
            request = request.sub_app_id(id);
        }
        // The ledger has to know of each attempt: a handle that is refused may have been confirmed by the last.
        let call = self.client.confirm_events(request).timeout(limit).attempt_timeout(limit);
        let call = call.retry(RetryPolicy::off()).already_paced(self.is_paced);
        // A confirmation is one whatever its answer holds besides.
        let call = call.strict_answers(false);
        match call.await {
            Ok(_) => Answer::Confirmed,
            Err(error) => {
                tracing::debug!(%error, "an attempt to confirm events failed");
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
    (!is_empty).then(|| of_list.to_error().of_action(PullEvents::META))
}

/// An event that does not fit its type is handed out as far as it does. One without a handle can't be confirmed.
fn report_misfit(event: &dyn AnyContent, request_id: &str) {
    let mismatches = event.mismatches();
    if event.get().event_handle.is_empty() {
        tracing::warn!(
            request_id,
            mismatches = mismatches.len(),
            "an event came without a handle: it can't be confirmed, and comes again until the service drops it"
        );
    } else if let Some(first) = mismatches.first() {
        tracing::debug!(request_id, mismatches = mismatches.len(), %first, "an event does not fit its type");
    }
}

async fn contains(store: &Arc<dyn SeenStore>, key: &str) -> bool {
    store.contains(key).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "the store of handled events could not be asked");
        false
    })
}
