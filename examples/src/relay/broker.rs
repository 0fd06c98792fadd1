//! The stream that events are stored in.

use std::path::PathBuf;
use std::time::Duration;

use async_nats::jetstream::context::ContextBuilder;
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::{Config, DiscardPolicy};
use async_nats::jetstream::{self, Context};
use async_nats::{ConnectOptions, ServerAddr};
use clap::Args;
use tokio::time::timeout;

use super::RelayError;
use super::message::Message;

/// Seconds that the broker must know ids at least: an event comes again after 30 s, and perhaps more than once.
const SHORTEST_WINDOW: u64 = 90;

/// Where the broker is, and how events are stored there.
#[derive(Args)]
pub struct BrokerSettings {
    /// Broker's URL; `tls://` for TLS
    #[arg(
        long,
        value_name = "URL",
        env = "NATS_URL",
        hide_env_values = true,
        default_value = "nats://127.0.0.1:4222"
    )]
    pub nats_url: String,

    /// User that the broker lets in
    #[arg(long, value_name = "NAME", env = "NATS_USER", requires = "nats_password")]
    pub nats_user: Option<String>,

    /// That user's password; others can see arguments, the variable they cannot
    #[arg(long, value_name = "PASSWORD", env = "NATS_PASSWORD", hide_env_values = true)]
    pub nats_password: Option<String>,

    /// File of certificates to trust, in place of the operating system's
    #[arg(long, value_name = "PEM-FILE", env = "NATS_CA")]
    pub nats_ca: Option<PathBuf>,

    /// Stream that stores the events; it is created if it is not there
    #[arg(long, value_name = "NAME", env = "VOD_RELAY_STREAM", default_value = "VOD_EVENTS")]
    pub stream: String,

    /// Subject of the events, to which a dot and the event's type are added; one for each application
    #[arg(long, value_name = "SUBJECT", env = "VOD_RELAY_SUBJECT", default_value = "vod.events")]
    pub subject: String,

    /// Copies of the stream in a cluster, when it is created
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=5))]
    pub replicas: u8,

    /// Seconds that the broker recognises an event again, when the stream is created
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = clap::value_parser!(u64).range(SHORTEST_WINDOW..=86_400))]
    pub duplicate_window: u64,

    /// Seconds to wait for the broker's acknowledgement of an event before leaving it to come again
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=15))]
    pub ack_timeout: u64,
}

impl BrokerSettings {
    /// Its URL. The client would pass over a user in it, and be let in by nobody.
    fn address(&self) -> Result<ServerAddr, RelayError> {
        let what = "the broker can't be connected to";
        let address: ServerAddr = self.nats_url.parse().map_err(|error| RelayError::broker(what, &error))?;
        if address.has_user_pass() || address.password().is_some() {
            return Err(RelayError::broker(what, &"user and password do not belong into its URL"));
        }
        Ok(address)
    }

    fn config(&self) -> Config {
        Config {
            name: self.stream.clone(),
            subjects: vec![format!("{}.>", self.subject)],
            num_replicas: usize::from(self.replicas),
            duplicate_window: Duration::from_secs(self.duplicate_window),
            // Should somebody give the stream a limit: what is stored stays, what does not fit is not acknowledged
            // and waits at the service.
            discard: DiscardPolicy::New,
            ..Config::default()
        }
    }
}

/// A connection to the broker, and the stream there. The connection is restored by itself.
#[derive(Debug, Clone)]
pub struct Broker {
    jetstream: Context,
    stream: String,
    subject: String,
    ack_timeout: Duration,
}

/// What the broker says of a message that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stored {
    /// It is stored now.
    Now,
    /// It had been stored before.
    Before,
}

impl Broker {
    /// Connects, and creates the stream unless it is there.
    ///
    /// # Errors
    ///
    /// The broker can't be reached or does not let us in, it has no `JetStream`, or the stream is not fit.
    pub async fn connect(settings: &BrokerSettings) -> Result<Self, RelayError> {
        let mut options = ConnectOptions::new().name("vod relay");
        if let (Some(user), Some(password)) = (&settings.nats_user, &settings.nats_password) {
            options = options.user_and_password(user.clone(), password.clone());
        }
        if let Some(file) = &settings.nats_ca {
            options = options.add_root_certificates(file.clone());
        }
        let client = options
            .connect(settings.address()?)
            .await
            .map_err(|error| RelayError::broker("the broker can't be connected to", &error))?;
        let ack_timeout = Duration::from_secs(settings.ack_timeout);
        let jetstream = ContextBuilder::new().timeout(ack_timeout).build(client);
        prepare_stream(&jetstream, settings).await?;
        let (stream, subject) = (settings.stream.clone(), settings.subject.clone());
        Ok(Self { jetstream, stream, subject, ack_timeout })
    }

    /// The subject below which events are published.
    pub(super) fn subject(&self) -> &str {
        &self.subject
    }

    /// Stores a message, and waits for the broker to say so, for as long as settings and caller allow. After an
    /// error, nobody knows whether the message is, or will be, stored.
    pub(super) async fn store(&self, message: Message, remaining: Duration) -> Result<Stored, String> {
        let limit = self.ack_timeout.min(remaining);
        let publish = PublishMessage::build()
            .payload(message.body.into())
            .message_id(&message.id)
            .expected_stream(&self.stream);
        let storing = async { self.jetstream.send_publish(message.subject, publish).await?.await };
        match timeout(limit, storing).await {
            Err(_) => Err(format!("the broker did not answer within {limit:?}")),
            Ok(Err(error)) => Err(format!("the broker did not store it: {error}")),
            Ok(Ok(jetstream::publish::PublishAck { duplicate: true, .. })) => Ok(Stored::Before),
            Ok(Ok(_)) => Ok(Stored::Now),
        }
    }
}

async fn prepare_stream(jetstream: &Context, settings: &BrokerSettings) -> Result<(), RelayError> {
    let stream = jetstream
        .get_or_create_stream(settings.config())
        .await
        .map_err(|error| RelayError::broker("the stream can't be used", &error))?;
    let window = stream.cached_info().config.duplicate_window;
    if window < Duration::from_secs(SHORTEST_WINDOW) {
        let problem =
            format!("it recognises duplicates for {window:?} only, and {SHORTEST_WINDOW} s are needed");
        return Err(RelayError::broker("the stream can't be used", &problem));
    }
    let subject = format!("{}.any", settings.subject);
    match jetstream.stream_by_subject(subject).await {
        Ok(name) if name == settings.stream => Ok(()),
        _ => {
            let problem = format!("events under {:?} don't go there", settings.subject);
            Err(RelayError::broker("the stream can't be used", &problem))
        }
    }
}
