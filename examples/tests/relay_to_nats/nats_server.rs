//! A real broker on this machine, which can be killed and started again with what it had stored.

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_nats::ConnectOptions;
use async_nats::jetstream::stream::Stream;
use async_nats::jetstream::{self, Context};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::sleep;

use crate::program::signal;

/// The stream that the relay makes.
pub(crate) const STREAM: &str = "VOD_EVENTS";
/// The user that a broker with a password lets in.
pub(crate) const USER: &str = "relay";

/// A `nats-server` with `JetStream` on a port and in a folder of its own. Both end with it.
pub(crate) struct NatsServer {
    folder: PathBuf,
    /// 0 until the first start.
    port: u16,
    password: Option<String>,
    /// Whether it takes connections by TLS only.
    has_tls: bool,
    process: Option<Child>,
    /// The test's own connection, a new one for each start.
    jetstream: Option<Context>,
}

impl NatsServer {
    /// Starts a broker that lets everybody in.
    pub(crate) async fn start() -> Self {
        Self::start_in_new_folder(None, false).await
    }

    /// Starts a broker that wants a password.
    pub(crate) async fn start_with_password(password: &str) -> Self {
        Self::start_in_new_folder(Some(password.to_owned()), false).await
    }

    /// Starts a broker that wants a password and takes connections by TLS only, with a certificate of its own.
    pub(crate) async fn start_with_tls(password: &str) -> Self {
        Self::start_in_new_folder(Some(password.to_owned()), true).await
    }

    async fn start_in_new_folder(password: Option<String>, has_tls: bool) -> Self {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("vod-relay-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut server = Self { folder, port: 0, password, has_tls, process: None, jetstream: None };
        if has_tls {
            server.make_certificate().await;
        }
        server.start_again().await;
        server
    }

    /// What clients connect to.
    pub(crate) fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// The certificate of a broker with TLS, which is also the authority that signed it.
    pub(crate) fn certificate(&self) -> PathBuf {
        self.folder.join("certificate.pem")
    }

    fn private_key(&self) -> PathBuf {
        self.folder.join("key.pem")
    }

    async fn make_certificate(&self) {
        let settings = self.folder.join("openssl.cnf");
        let text = "[req]\nprompt = no\ndistinguished_name = name\nx509_extensions = extensions\n\
                    [name]\nCN = 127.0.0.1\n\
                    [extensions]\nsubjectAltName = IP:127.0.0.1\nbasicConstraints = critical, CA:FALSE\n";
        std::fs::write(&settings, text).unwrap();
        let made = Command::new("openssl")
            .args([
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
            ])
            .arg("-config")
            .arg(settings)
            .arg("-keyout")
            .arg(self.private_key())
            .arg("-out")
            .arg(self.certificate())
            .output()
            .await
            .expect("there is an openssl");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }

    /// Starts it once more at the same port, with the same folder.
    pub(crate) async fn start_again(&mut self) {
        // Debian's package puts it where only root's path leads.
        let program = std::env::var("NATS_SERVER").unwrap_or_else(|_| "nats-server".to_owned());
        let port = if self.port == 0 { "-1".to_owned() } else { self.port.to_string() };
        let mut command = Command::new(program);
        command
            .args(["--addr", "127.0.0.1", "--port", &port, "--jetstream", "--store_dir"])
            .arg(&self.folder);
        if let Some(password) = &self.password {
            command.args(["--user", USER, "--pass", password]);
        }
        if self.has_tls {
            command.arg("--tls").arg("--tlscert").arg(self.certificate());
            command.arg("--tlskey").arg(self.private_key());
        }
        command.stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut process = command.spawn().expect("there is a nats-server");
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        while let Some(line) = lines.next_line().await.unwrap() {
            if let Some((_, address)) = line.split_once("Listening for client connections on ") {
                self.port = address.rsplit(':').next().unwrap().trim().parse().unwrap();
            }
            if line.contains("Server is ready") {
                break;
            }
        }
        // It must not wait for a reader of its log.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        self.process = Some(process);
        let mut options = ConnectOptions::new();
        if self.has_tls {
            // The workspace turns on more than one provider, so that one has to be chosen.
            let _ = async_nats::rustls::crypto::aws_lc_rs::default_provider().install_default();
            options = options.require_tls(true).add_root_certificates(self.certificate());
        }
        if let Some(password) = &self.password {
            options = options.user_and_password(USER.to_owned(), password.clone());
        }
        let client = options.connect(self.url()).await.expect("the broker lets the test in");
        self.jetstream = Some(jetstream::new(client));
    }

    /// Kills it, so that it can write nothing more.
    pub(crate) async fn kill(&mut self) {
        self.jetstream = None;
        self.process.take().unwrap().kill().await.unwrap();
    }

    /// Has it end in good order.
    pub(crate) async fn terminate(&mut self) {
        self.jetstream = None;
        let mut process = self.process.take().unwrap();
        signal(&process, "-TERM").await;
        process.wait().await.unwrap();
    }

    /// The test's own connection.
    pub(crate) fn jetstream(&self) -> &Context {
        self.jetstream.as_ref().expect("the broker runs")
    }

    async fn stream(&self) -> Option<Stream> {
        self.jetstream().get_stream(STREAM).await.ok()
    }

    /// How many messages the stream has; none if it is not there.
    pub(crate) async fn messages(&self) -> u64 {
        self.stream().await.map_or(0, |stream| stream.cached_info().state.messages)
    }

    /// Waits until the stream has so many messages.
    pub(crate) async fn wait_for_messages(&self, messages: u64) {
        // The broker tells nobody of it.
        while self.messages().await < messages {
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until the stream has so many messages more than now.
    pub(crate) async fn wait_for_more_messages(&self, more: u64) {
        self.wait_for_messages(self.messages().await + more).await;
    }

    /// The bodies of all messages.
    pub(crate) async fn all_messages(&self) -> Vec<Value> {
        let stream = self.stream().await.unwrap();
        let state = &stream.cached_info().state;
        let mut bodies = Vec::new();
        for sequence in state.first_sequence..=state.last_sequence {
            let message = stream.get_raw_message(sequence).await.unwrap();
            bodies.push(serde_json::from_slice(&message.payload).unwrap());
        }
        bodies
    }
}

impl Drop for NatsServer {
    fn drop(&mut self) {
        // The process is killed when its handle is dropped; what it has open is deleted all the same.
        self.process = None;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
