//! The event consumer's builder; `stream` validates the settings together.

use std::error::Error as StdError;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tracing::Instrument as _;

use super::calls::Calls;
use super::dedup::{Deduplication, KeyOf, Known, SeenStore};
use super::driver::drive;
use super::received_event::ReceivedEvent;
use super::report::Report;
use super::rules::Rules;
use super::shared::Shared;
use super::shutdown::{Shutdown, ShutdownOn};
use super::stream::EventStream;
use crate::action::{Action as _, ActionMeta};
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::rate_limit::LOWEST_SHARE;
use crate::vod::{ConfirmEvents, EventContent, PullEvents};

/// How many keys are remembered unless the caller says otherwise.
const KNOWN_KEYS: usize = 100_000;

/// The most events that are worked on at a time, and the most pulls that run at a time: far beyond what a process can
/// use, and small enough to count with.
const MOST_PLACES: usize = 1_000_000;
const MOST_PULLS: usize = 1000;
const LONGEST_LINGER: Duration = Duration::from_secs(10);

/// The settings of an event consumer, from [`Client::events`]. Every one has a default.
#[derive(Debug, Clone)]
#[must_use = "a consumer is started by `stream` or `run`"]
#[doc(alias("subscriber", "subscription", "consumer", "poll", "queue"))]
pub struct EventsBuilder {
    client: Client,
    sub_app_id: Option<u64>,
    rules: Rules,
    rate_share: f64,
    is_rate_limited: bool,
    deduplication: Option<Deduplication>,
    store: Option<StoreSetting>,
    dedup_capacity: Option<usize>,
    cancel_expired: bool,
    shutdown_on: Option<ShutdownOn>,
}

#[derive(Clone)]
struct StoreSetting(Arc<dyn SeenStore>);

impl std::fmt::Debug for StoreSetting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SeenStore")
    }
}

impl Client {
    /// Consumes the events of an application, see [`events`](crate::events).
    #[doc(alias("subscribe", "subscriber", "consumer"))]
    pub fn events(&self) -> EventsBuilder {
        EventsBuilder {
            client: self.clone(),
            sub_app_id: None,
            rules: Rules::default(),
            rate_share: 1.0,
            is_rate_limited: true,
            deduplication: None,
            store: None,
            dedup_capacity: None,
            cancel_expired: false,
            shutdown_on: None,
        }
    }
}

impl EventsBuilder {
    /// Sets the application whose queue is consumed. Default: the client's. Each application needs its own consumer.
    pub fn sub_app_id(mut self, id: u64) -> Self {
        self.sub_app_id = Some(id);
        self
    }

    /// Sets the maximum number of events in flight, not counting those whose deadline is over. Default: 64. A pull
    /// returns up to 16 events, so the consumer has room for `concurrency` plus 15 events, delivered or waiting.
    /// Below 16 some of them wait, and are released if they wait too long.
    #[doc(alias("prefetch", "in flight", "flow control", "max_outstanding"))]
    pub fn concurrency(mut self, events: usize) -> Self {
        self.rules.concurrency = events;
        self
    }

    /// Sets the maximum number of concurrent pulls while the queue is full. Default: 10. While it is empty, one pull
    /// runs at a time.
    pub fn max_concurrent_pulls(mut self, pulls: usize) -> Self {
        self.rules.max_concurrent_pulls = pulls;
        self
    }

    /// Sets the safety margin: confirmations stop this long before the 30 s of a handle are over. Default: 2 s. It
    /// covers network latency.
    #[doc(alias("lease", "ack deadline", "margin"))]
    pub fn confirm_margin(mut self, margin: Duration) -> Self {
        self.rules.confirm_margin = margin;
        self
    }

    /// Sets the least time that an event must have left to be delivered. Default: 5 s.
    pub fn min_remaining(mut self, remaining: Duration) -> Self {
        self.rules.min_remaining = remaining;
        self
    }

    /// Sets how long a confirmation waits for others to share its call. Default: 50 ms; at most 10 s.
    #[doc(alias("batching", "batch"))]
    pub fn linger(mut self, linger: Duration) -> Self {
        self.rules.linger = linger;
        self
    }

    /// Sets the fraction of the client's [rate](crate::ClientBuilder::rate_share) that this consumer may use. Range:
    /// 0.000001 to 1. Default: 1. The service counts the calls of all consumers of an account together, whatever
    /// their application, so divide the rate among the consumers of a process. The consumer limits its rate
    /// separately from the client's other calls, until the service throttles.
    #[doc(alias("rate limiter"))]
    pub fn rate_share(mut self, share: f64) -> Self {
        self.rate_share = share;
        self
    }

    /// Disables the consumer's own rate limiter. The client's rate limiter still applies, and spaces the calls of all
    /// such consumers of the client together.
    #[doc(alias("rate limiter", "without_pacing"))]
    pub fn without_rate_limit(mut self) -> Self {
        self.is_rate_limited = false;
        self
    }

    /// Recognizes redelivered events by [their content](ReceivedEvent::content_key) without the handle. An event is
    /// remembered from the time that it is accepted until its confirmation is known to have succeeded. Until then, an
    /// equal event is released and redelivered later. If the confirmation failed or its outcome is unknown, the next
    /// equal event within ten minutes is confirmed without being delivered. After a success, an equal event is a new
    /// event. An event that is being handled is not delivered a second time within a minute.
    ///
    /// If a confirmation with an unknown outcome did succeed, one later event with exactly the same content may be
    /// taken for a duplicate.
    pub fn deduplicate(mut self) -> Self {
        let key = KeyOf::Content;
        self.deduplication = Some(Deduplication { key, capacity: KNOWN_KEYS, store: None });
        self
    }

    /// Recognizes redelivered events as [`deduplicate`](Self::deduplicate) does, by a key of your own. An event
    /// without a key is always delivered, and so is one whose key function panics.
    ///
    /// The key must contain everything in which two events can differ. The type and a task's id are not enough: a
    /// task flow reports `PROCESSING` and then `FINISH` with the same id, and a cast may go `Working`, `Stopped`,
    /// `Working`. The key must not contain the handle, which is new with each delivery.
    #[doc(alias("idempotency", "exactly once", "dedup"))]
    pub fn deduplicate_by(
        mut self,
        key: impl Fn(&EventContent) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        let key = KeyOf::Function(Arc::new(key));
        self.deduplication = Some(Deduplication { key, capacity: KNOWN_KEYS, store: None });
        self
    }

    /// Sets how many keys this process remembers. Default: 100,000.
    #[doc(alias("known_keys"))]
    pub fn dedup_capacity(mut self, keys: usize) -> Self {
        self.dedup_capacity = Some(keys);
        self
    }

    /// Also keeps the keys in a store, which several processes can share.
    pub fn seen_store(mut self, store: Arc<dyn SeenStore>) -> Self {
        self.store = Some(StoreSetting(store));
        self
    }

    /// Whether [`run`](Self::run) cancels a handler whose event can no longer be confirmed, at its next await point.
    /// Default: false.
    pub fn cancel_expired(mut self, cancel: bool) -> Self {
        self.cancel_expired = cancel;
        self
    }

    /// Shuts the consumer down when a future completes, whatever its output, as
    /// [`Shutdown::finish_within`] does: it stops pulling, waits for the events in flight and confirms those that were
    /// handled. What takes longer than `limit` is abandoned, to be redelivered.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use vod_api::events::ReceivedEvent;
    ///
    /// # async fn example(client: vod_api::Client) -> Result<(), vod_api::Error> {
    /// let report = client
    ///     .events()
    ///     .shutdown_on(tokio::signal::ctrl_c(), Duration::from_secs(20))
    ///     .run(async |event: ReceivedEvent| {
    ///         println!("{}", event.event_type);
    ///         Ok::<(), std::io::Error>(())
    ///     })
    ///     .await?;
    /// println!("{report:?}");
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias("graceful shutdown", "drain"))]
    pub fn shutdown_on<F>(mut self, signal: F, limit: Duration) -> Self
    where
        F: Future<Output: Send> + Send + 'static,
    {
        self.shutdown_on = Some(ShutdownOn::new(signal, limit));
        self
    }

    /// Starts the consumer and returns its events as a stream. Nothing is pulled before the stream is polled.
    ///
    /// # Errors
    ///
    /// A setting is invalid, or there is no Tokio runtime.
    pub fn stream(self) -> Result<EventStream, Error> {
        let runtime =
            Handle::try_current().map_err(|_| refuse("events", "must be started inside a Tokio runtime"))?;
        let rules = self.checked_rules()?;
        let deduplication = self.checked_deduplication()?;
        let known = deduplication.as_ref().map(|deduplication| Known::new(deduplication.capacity));
        let concurrency = rules.concurrency;
        let wall = self.client.config().clock.clone();
        let shared = Arc::new(Shared::new(rules, known, self.sub_app_id, wall));
        if let Some(shutdown_on) = &self.shutdown_on {
            let watch = shutdown_on.watch(Shutdown::new(Arc::clone(&shared)));
            let watch = watch.ok_or_else(|| {
                refuse(
                    "shutdown_on",
                    "the signal already belongs to a consumer; set another one for a second consumer",
                )
            })?;
            drop(runtime.spawn(watch));
        }
        let span = tracing::debug_span!("events", sub_app_id = self.sub_app_id);
        let calls = Calls {
            client: self.client,
            sub_app_id: self.sub_app_id,
            deduplication,
            is_rate_limited: self.is_rate_limited,
        };
        // It ends when nothing is left to do, so its handle is not needed.
        drop(runtime.spawn(drive(Arc::clone(&shared), calls).instrument(span)));
        Ok(EventStream::new(shared, concurrency, self.cancel_expired))
    }

    /// Starts the consumer and calls a handler for each event, as [`EventStream::run`] does.
    ///
    /// # Errors
    ///
    /// As [`stream`](Self::stream) and [`EventStream::run`].
    pub async fn run<H, F, E>(self, handler: H) -> Result<Report, Error>
    where
        H: Fn(ReceivedEvent) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>> + Send + 'static,
    {
        self.stream()?.run(handler).await
    }

    fn checked_rules(&self) -> Result<Rules, Error> {
        let rules = self.rules.clone();
        for (name, number, most) in [
            ("concurrency", rules.concurrency, MOST_PLACES),
            ("max_concurrent_pulls", rules.max_concurrent_pulls, MOST_PULLS),
        ] {
            if !(1..=most).contains(&number) {
                return Err(refuse(name, &format!("must be from 1 to {most}, not {number}")));
            }
        }
        if rules.linger > LONGEST_LINGER {
            return Err(refuse(
                "linger",
                &format!("must be at most {LONGEST_LINGER:?}, not {:?}", rules.linger),
            ));
        }
        let reserved = rules.confirm_margin.saturating_add(rules.min_remaining);
        if reserved >= rules.validity {
            return Err(refuse(
                "confirm_margin",
                &format!(
                    "must be less than {:?} together with min_remaining, not {reserved:?}",
                    rules.validity
                ),
            ));
        }
        let share = self.rate_share;
        if !(LOWEST_SHARE..=1.0).contains(&share) {
            return Err(refuse("rate_share", &format!("must be from {LOWEST_SHARE} to 1, not {share:?}")));
        }
        let limit = |meta: &ActionMeta| if self.is_rate_limited { meta.rate_limit } else { 0 };
        let share = share * self.client.config().rate_limiters.share().unwrap_or(1.0);
        Ok(rules.at_rates(limit(PullEvents::META), limit(ConfirmEvents::META), share))
    }

    fn checked_deduplication(&self) -> Result<Option<Deduplication>, Error> {
        let Some(mut deduplication) = self.deduplication.clone() else {
            return match (&self.store, self.dedup_capacity) {
                (None, None) => Ok(None),
                (Some(_), _) => Err(refuse("seen_store", "must be used with deduplicate_by")),
                (None, Some(_)) => Err(refuse("dedup_capacity", "must be used with deduplicate_by")),
            };
        };
        deduplication.capacity = self.dedup_capacity.unwrap_or(deduplication.capacity);
        if deduplication.capacity == 0 {
            return Err(refuse("dedup_capacity", "must be at least 1, not 0"));
        }
        deduplication.store = self.store.as_ref().map(|store| Arc::clone(&store.0));
        Ok(Some(deduplication))
    }
}

fn refuse(setting: &str, problem: &str) -> Error {
    Error::new(ErrorKind::Config, format!("{setting}: {problem}"))
}
