//! Where the broker is, how the connection to it is secured, and how the stream is created.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use async_nats::jetstream::stream::{Config, DiscardPolicy};
use async_nats::{ConnectOptions, ServerAddr};
use clap::Args;

use super::RelayError;
use super::stream_check::SHORTEST_WINDOW;

/// What an error of the connection begins with.
pub(super) const NOT_CONNECTED: &str = "the broker can't be connected to";

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

    /// That user's password; prefer the environment variable: arguments are visible in the process list
    #[arg(long, value_name = "PASSWORD", env = "NATS_PASSWORD", hide_env_values = true)]
    pub nats_password: Option<String>,

    /// File of certificates to trust, in place of the operating system's; requires TLS, whatever the URL says
    #[arg(long, value_name = "PEM-FILE", env = "NATS_CA")]
    pub nats_ca: Option<PathBuf>,

    /// Send the password to another machine without TLS, where the network itself is trusted
    #[arg(long, env = "NATS_ALLOW_PLAIN_PASSWORD", value_parser = clap::builder::FalseyValueParser::new())]
    pub allow_plain_password: bool,

    /// Stream that stores the events; it is created if it is not there
    #[arg(long, value_name = "NAME", env = "VOD_RELAY_STREAM", default_value = "VOD_EVENTS")]
    pub stream: String,

    /// Use an existing stream although it does not keep all events that it acknowledges; each reason is logged
    #[arg(long)]
    pub allow_lossy_stream: bool,

    /// Subject of the events, to which a dot and the event's type are added; one for each application
    #[arg(long, value_name = "SUBJECT", env = "VOD_RELAY_SUBJECT", default_value = "vod.events")]
    pub subject: String,

    /// Copies of the stream in a cluster, when it is created
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=5))]
    pub replicas: u8,

    /// Seconds that the broker recognises an event again, when the stream is created
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = clap::value_parser!(u64).range(SHORTEST_WINDOW..=86_400))]
    pub duplicate_window: u64,

    /// Seconds to wait for the broker's acknowledgement of an event before releasing it
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=15))]
    pub ack_timeout: u64,
}

impl BrokerSettings {
    /// The broker's URL. The client would ignore a user in it.
    pub(super) fn address(&self) -> Result<ServerAddr, RelayError> {
        let address: ServerAddr =
            self.nats_url.parse().map_err(|error| RelayError::broker(NOT_CONNECTED, &error))?;
        if address.has_user_pass() || address.password().is_some() {
            let problem = "user and password do not belong into its URL; set NATS_USER and NATS_PASSWORD";
            return Err(RelayError::broker(NOT_CONNECTED, &problem));
        }
        if !matches!(address.scheme(), "nats" | "tls") {
            return Err(RelayError::broker(NOT_CONNECTED, &"its URL must begin with nats:// or tls://"));
        }
        Ok(address)
    }

    /// Whether the connection uses TLS even if the server does not ask for it. A certificate authority is of no use
    /// without, and a password must not cross a network in clear.
    pub(super) fn requires_tls(&self, address: &ServerAddr) -> bool {
        let sends_password = self.nats_password.is_some();
        let is_exempt = self.allow_plain_password || is_loopback(address.host());
        address.tls_required() || self.nats_ca.is_some() || sends_password && !is_exempt
    }

    /// How to connect.
    pub(super) fn connect_options(&self, address: &ServerAddr) -> ConnectOptions {
        let requires_tls = self.requires_tls(address);
        let mut options = ConnectOptions::new().name("vod relay").require_tls(requires_tls);
        if let (Some(user), Some(password)) = (&self.nats_user, &self.nats_password) {
            options = options.user_and_password(user.clone(), password.clone());
            if !requires_tls && !self.allow_plain_password {
                // A cluster names its other servers, which need not be on this machine.
                options = options.ignore_discovered_servers();
            }
        }
        if let Some(file) = &self.nats_ca {
            options = options.add_root_certificates(file.clone());
        }
        options
    }

    /// The stream, if it has to be created.
    pub(super) fn stream_config(&self) -> Config {
        Config {
            name: self.stream.clone(),
            subjects: vec![self.subjects()],
            num_replicas: usize::from(self.replicas),
            duplicate_window: Duration::from_secs(self.duplicate_window),
            // Should the stream get a limit later: what is stored stays, what does not fit is not acknowledged and
            // waits at the service.
            discard: DiscardPolicy::New,
            ..Config::default()
        }
    }

    /// The subjects that the stream is created for.
    fn subjects(&self) -> String {
        format!("{}.>", self.subject)
    }

    /// The subjects that events are published under.
    pub(super) fn event_subjects(&self) -> String {
        format!("{}.*", self.subject)
    }
}

/// Whether a host is this machine.
fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Arguments {
        #[command(flatten)]
        broker: BrokerSettings,
    }

    fn settings(arguments: &[&str]) -> BrokerSettings {
        Arguments::parse_from(["relay"].iter().chain(arguments)).broker
    }

    fn requires_tls(arguments: &[&str]) -> bool {
        let settings = settings(arguments);
        settings.requires_tls(&settings.address().unwrap())
    }

    #[test]
    fn a_certificate_authority_requires_tls() {
        assert!(!requires_tls(&["--nats-url", "nats://broker.internal"]));
        assert!(requires_tls(&["--nats-url", "nats://broker.internal", "--nats-ca", "ca.pem"]));
        assert!(requires_tls(&["--nats-url", "nats://127.0.0.1", "--nats-ca", "ca.pem"]));
        assert!(requires_tls(&["--nats-url", "tls://broker.internal"]));
    }

    #[test]
    fn a_password_leaves_this_machine_over_tls_only() {
        let with_password = |url| {
            let user = ["--nats-user", "relay", "--nats-password", "secret-text"];
            requires_tls(&[&["--nats-url", url][..], &user].concat())
        };
        for url in
            ["nats://broker.internal", "nats://10.0.0.7:4222", "nats://[2001:db8::1]", "broker.internal"]
        {
            assert!(with_password(url), "{url}");
        }
        for url in
            ["nats://127.0.0.1", "nats://127.8.8.8:4222", "nats://[::1]", "nats://LOCALHOST", "localhost"]
        {
            assert!(!with_password(url), "{url}");
        }
        let user = ["--nats-user", "relay", "--nats-password", "secret-text", "--allow-plain-password"];
        assert!(!requires_tls(&[&["--nats-url", "nats://broker.internal"][..], &user].concat()));
    }

    #[test]
    fn an_url_that_the_client_would_misread_is_refused() {
        for url in
            ["nats://user:secret-text@broker", "nats://:secret-text@broker", "ws://broker", "wss://broker"]
        {
            let error = settings(&["--nats-url", url]).address().unwrap_err().to_string();
            assert!(error.starts_with(NOT_CONNECTED) && !error.contains("secret-text"), "{error}");
        }
    }
}
