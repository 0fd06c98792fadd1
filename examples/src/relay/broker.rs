//! The connection to the broker, and the stream that events are stored in.

use std::error::Error as StdError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_nats::jetstream::context::{
    ContextBuilder, CreateStreamError, CreateStreamErrorKind, GetStreamByNameErrorKind, PublishError,
    PublishErrorKind,
};
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::Stream;
use async_nats::jetstream::{self, Context, ErrorCode, consumer};
use futures_util::TryStreamExt as _;
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::RelayError;
use super::message::Message;
use super::settings::{BrokerSettings, NOT_CONNECTED};
use super::stream_check::Findings;

/// What an error of the stream begins with.
const NOT_USABLE: &str = "the stream can't be used";

/// What `JetStream` says while a cluster chooses who is in charge, or is busy. It is over by itself.
const PASSING: [ErrorCode; 6] = [
    ErrorCode::CLUSTER_NOT_AVAILABLE,
    ErrorCode::CLUSTER_INCOMPLETE,
    ErrorCode::CLUSTER_NOT_ACTIVE,
    ErrorCode::CLUSTER_NOT_ASSIGNED,
    ErrorCode::CLUSTER_NOT_LEADER,
    ErrorCode::STREAM_TOO_MANY_REQUESTS,
];

/// A connection to the broker, and the stream there. The connection is restored by itself.
pub struct Broker {
    jetstream: Context,
    settings: BrokerSettings,
    ack_timeout: Duration,
    /// How long the stream recognizes ids, at most: also if it is created again.
    duplicate_window: Duration,
    /// Held while the stream is looked for again.
    restoring: Mutex<()>,
    /// How often it was.
    generation: AtomicU64,
}

/// What the broker says of a message that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stored {
    /// It is stored now.
    Now,
    /// It had been stored before.
    Before,
}

/// Why it is not known whether a message is stored.
#[derive(Debug)]
pub(super) enum StoreError {
    /// Trying again may help.
    Passing(String),
    /// Trying again is no use until the broker is set up otherwise.
    Lasting(RelayError),
}

impl Broker {
    /// Connects, and creates the stream unless it is there.
    ///
    /// # Errors
    ///
    /// The broker can't be reached or does not let us in, it has no `JetStream`, or the stream is not fit.
    pub async fn connect(settings: BrokerSettings) -> Result<Self, RelayError> {
        let address = settings.address()?;
        let requires_tls = settings.requires_tls(&address);
        let client = settings.connect_options(&address).connect(address).await.map_err(|error| {
            let chain = chain_text(&error);
            let hint =
                if requires_tls { " (TLS is required by the URL, --nats-ca or the password)" } else { "" };
            RelayError::broker(NOT_CONNECTED, &format!("{chain}{hint}"))
        })?;
        let ack_timeout = Duration::from_secs(settings.ack_timeout);
        let jetstream = ContextBuilder::new().timeout(ack_timeout).build(client);
        let window = prepare_stream(&jetstream, &settings).await.map_err(|error| match error {
            StoreError::Passing(problem) => RelayError::broker(NOT_USABLE, &problem),
            StoreError::Lasting(error) => error,
        })?;
        let duplicate_window = window.max(Duration::from_secs(settings.duplicate_window));
        let (restoring, generation) = (Mutex::new(()), AtomicU64::new(0));
        Ok(Self { jetstream, settings, ack_timeout, duplicate_window, restoring, generation })
    }

    /// The subject below which events are published.
    pub(super) fn subject(&self) -> &str {
        &self.settings.subject
    }

    /// How long the broker recognizes a message by its id.
    pub(super) fn duplicate_window(&self) -> Duration {
        self.duplicate_window
    }

    /// Stores a message under an id, and waits for the broker to say so, for as long as settings and caller allow. After
    /// an error it is unknown whether the message is, or will be, stored.
    pub(super) async fn store(
        &self,
        message: Message,
        id: &str,
        remaining: Duration,
    ) -> Result<Stored, StoreError> {
        let limit = self.ack_timeout.min(remaining);
        timeout(limit, self.store_or_restore(message, id)).await.unwrap_or_else(|_| {
            Err(StoreError::Passing(format!("the broker did not answer within {limit:?}")))
        })
    }

    async fn store_or_restore(&self, message: Message, id: &str) -> Result<Stored, StoreError> {
        let generation = self.generation.load(Ordering::Acquire);
        match self.publish(&message, id).await {
            Err(error) if stream_is_gone(&error) => {
                self.restore_stream(generation).await?;
                self.publish(&message, id).await.map_err(|error| not_stored(&error))
            }
            outcome => outcome.map_err(|error| not_stored(&error)),
        }
    }

    async fn publish(&self, message: &Message, id: &str) -> Result<Stored, PublishError> {
        let publish = PublishMessage::build()
            .payload(message.body.clone().into())
            .message_id(id)
            .expected_stream(&self.settings.stream);
        let ack = self.jetstream.send_publish(message.subject.clone(), publish).await?.await?;
        Ok(if ack.duplicate { Stored::Before } else { Stored::Now })
    }

    /// Looks for the stream after it was not there, and creates it again. `seen` is the generation that was not there:
    /// the first one who finds that out acts for all.
    async fn restore_stream(&self, seen: u64) -> Result<(), StoreError> {
        let _turn = self.restoring.lock().await;
        if self.generation.load(Ordering::Acquire) != seen {
            return Ok(());
        }
        tracing::warn!(
            stream = self.settings.stream,
            "the stream is not there; looking for it, and creating it again"
        );
        prepare_stream(&self.jetstream, &self.settings).await?;
        self.generation.fetch_add(1, Ordering::AcqRel);
        Ok(())
    }
}

/// Creates the stream unless it is there, and checks that it is fit. Gives the time that it recognizes ids.
async fn prepare_stream(jetstream: &Context, settings: &BrokerSettings) -> Result<Duration, StoreError> {
    let created = jetstream.get_or_create_stream(settings.stream_config()).await;
    let stream = created.map_err(|error| of_creation(&error))?;
    let config = &stream.cached_info().config;
    let consumers = if Findings::need_consumers(config) { consumers_of(&stream).await? } else { Vec::new() };
    let findings = Findings::of(config, &consumers, &settings.event_subjects());
    refuse_unfit(findings, settings)?;
    check_subject(jetstream, settings).await?;
    Ok(config.duplicate_window)
}

async fn consumers_of(stream: &Stream) -> Result<Vec<consumer::Config>, StoreError> {
    let infos: Result<Vec<consumer::Info>, _> = stream.consumers().try_collect().await;
    let infos =
        infos.map_err(|error| StoreError::Passing(format!("its consumers can't be listed: {error}")))?;
    Ok(infos.into_iter().map(|info| info.config).collect())
}

fn refuse_unfit(findings: Findings, settings: &BrokerSettings) -> Result<(), StoreError> {
    let Findings { unusable, lossy, notes } = findings;
    if !unusable.is_empty() {
        return Err(StoreError::Lasting(RelayError::broker(NOT_USABLE, &unusable.join("; "))));
    }
    if !lossy.is_empty() && !settings.allow_lossy_stream {
        let problem = format!(
            "{}. Events would be lost that VOD has been told are safe; --allow-lossy-stream uses the stream all the same",
            lossy.join("; ")
        );
        return Err(StoreError::Lasting(RelayError::broker(NOT_USABLE, &problem)));
    }
    for note in lossy.iter().chain(&notes) {
        tracing::warn!(stream = settings.stream, "the stream does not keep all events: {note}");
    }
    Ok(())
}

/// Whether events under the subject go into the stream and not into another one.
async fn check_subject(jetstream: &Context, settings: &BrokerSettings) -> Result<(), StoreError> {
    let found = jetstream.stream_by_subject(format!("{}.any", settings.subject)).await;
    match found {
        Ok(name) if name == settings.stream => Ok(()),
        Err(error) if error.kind() == GetStreamByNameErrorKind::Request => {
            Err(StoreError::Passing(format!("the stream of its subject can't be looked up: {error}")))
        }
        _ => {
            let problem = format!("events under {:?} don't go there", settings.subject);
            Err(StoreError::Lasting(RelayError::broker(NOT_USABLE, &problem)))
        }
    }
}

/// What it means that the stream can't be looked up or created.
fn of_creation(error: &CreateStreamError) -> StoreError {
    let is_passing = match error.kind() {
        CreateStreamErrorKind::TimedOut
        | CreateStreamErrorKind::JetStreamUnavailable
        | CreateStreamErrorKind::Response
        | CreateStreamErrorKind::ResponseParse => true,
        CreateStreamErrorKind::JetStream(refusal) => PASSING.contains(&refusal.error_code()),
        _ => false,
    };
    let problem = chain_text(error);
    if is_passing {
        StoreError::Passing(problem)
    } else {
        StoreError::Lasting(RelayError::broker(NOT_USABLE, &problem))
    }
}

/// Whether a message was not stored because its stream is not there: nothing listens to the subject, or another stream
/// has taken it over.
fn stream_is_gone(error: &PublishError) -> bool {
    error.kind() == PublishErrorKind::StreamNotFound
        || refusal_of(error).is_some_and(|refusal| {
            matches!(refusal.error_code(), ErrorCode::STREAM_NOT_MATCH | ErrorCode::STREAM_NOT_FOUND)
        })
}

fn refusal_of(error: &PublishError) -> Option<&jetstream::Error> {
    error.source().and_then(|source| source.downcast_ref())
}

fn not_stored(error: &PublishError) -> StoreError {
    StoreError::Passing(format!("the broker did not store it: {}", chain_text(error)))
}

/// An error with its causes, each of which is told once.
fn chain_text(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let told = next.to_string();
        if !text.contains(&told) {
            text = format!("{text}: {told}");
        }
        cause = next.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(code: u16, error_code: u16, description: &str) -> jetstream::Error {
        let refusal = json!({ "code": code, "err_code": error_code, "description": description });
        serde_json::from_value(refusal).unwrap()
    }

    #[test]
    fn a_cluster_that_chooses_its_leader_is_waited_for_and_a_refusal_is_not() {
        for (code, error_code, is_passing) in [
            (503, 10_008, true),
            (503, 10_004, true),
            (503, 10_006, true),
            (500, 10_007, true),
            (500, 10_009, true),
            (429, 10_167, true),
            (400, 10_065, false),
            (400, 10_058, false),
            (503, 10_039, false),
            (503, 10_076, false),
            (400, 10_027, false),
            (500, 10_047, false),
        ] {
            let error = of_creation(&refusal(code, error_code, "as it says").into());
            assert_eq!(matches!(error, StoreError::Passing(_)), is_passing, "{error_code}");
            let text = match error {
                StoreError::Passing(text) => text,
                StoreError::Lasting(error) => error.to_string(),
            };
            assert!(text.contains("as it says"), "{text}");
        }
    }

    #[test]
    fn a_stream_is_gone_if_nothing_or_another_one_takes_the_message() {
        let refused = |error_code| {
            PublishError::with_source(PublishErrorKind::Other, refusal(400, error_code, "as it says"))
        };
        for (error, is_gone) in [
            (PublishError::new(PublishErrorKind::StreamNotFound), true),
            (refused(10_060), true),
            (refused(10_059), true),
            // It is full, or the message is too large for it.
            (refused(10_077), false),
            (refused(10_054), false),
            (PublishError::new(PublishErrorKind::TimedOut), false),
            (PublishError::new(PublishErrorKind::BrokenPipe), false),
            (PublishError::new(PublishErrorKind::MaxPayloadExceeded), false),
        ] {
            assert_eq!(stream_is_gone(&error), is_gone, "{error}");
            let StoreError::Passing(text) = not_stored(&error) else { panic!("{error} is lasting") };
            assert!(text.starts_with("the broker did not store it: "), "{text}");
        }
    }

    #[test]
    fn each_cause_is_told_once() {
        let error = std::io::Error::other(std::fmt::Error);
        assert_eq!(chain_text(&error), std::fmt::Error.to_string());
        let error = RelayError::broker("the stream can't be used", &"it is full");
        assert_eq!(chain_text(&error), "the stream can't be used: it is full");
    }
}
