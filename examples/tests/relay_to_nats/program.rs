//! The relay as a process of its own, which can be killed.

use std::process::{ExitStatus, Stdio};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use vod_emulator::Emulator;

/// A running relay, killed when it is dropped.
pub(crate) struct Relay {
    process: Child,
    /// How many events it has said to have left to come again.
    released: watch::Receiver<usize>,
    log: JoinHandle<String>,
}

impl Relay {
    /// Starts a relay that gives the broker a second for each acknowledgement.
    pub(crate) fn start(emulator: &Emulator, broker: &str) -> Self {
        Self::start_as(emulator, broker, None)
    }

    /// Starts such a relay with a user's name and password.
    pub(crate) fn start_as(emulator: &Emulator, broker: &str, user: Option<(&str, &str)>) -> Self {
        Self::start_with(emulator, broker, user, &[])
    }

    /// Starts such a relay with more arguments.
    pub(crate) fn start_with(
        emulator: &Emulator,
        broker: &str,
        user: Option<(&str, &str)>,
        arguments: &[&str],
    ) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relay_to_nats"));
        for name in [
            "TENCENTCLOUD_TOKEN",
            "VOD_SUB_APP_ID",
            "NATS_USER",
            "NATS_PASSWORD",
            "NATS_CA",
            "NATS_ALLOW_PLAIN_PASSWORD",
        ] {
            command.env_remove(name);
        }
        if let Some((name, password)) = user {
            command.env("NATS_USER", name).env("NATS_PASSWORD", password);
        }
        command
            .args(["--ack-timeout", "1", "--concurrency", "64"])
            .args(arguments)
            .env("TENCENTCLOUD_SECRET_ID", emulator.secret_id())
            .env("TENCENTCLOUD_SECRET_KEY", emulator.secret_key())
            .env("VOD_ENDPOINT", emulator.endpoint())
            .env("NATS_URL", broker)
            .env("NO_PROXY", "127.0.0.1")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let (count, released) = watch::channel(0);
        let log = tokio::spawn(async move {
            let mut log = String::new();
            while let Some(line) = lines.next_line().await.unwrap() {
                count.send_modify(|released| {
                    *released += usize::from(line.contains("event will be redelivered"));
                });
                log += &line;
                log.push('\n');
            }
            log
        });
        Self { process, released, log }
    }

    /// How many events it has left to come again.
    pub(crate) fn released(&self) -> usize {
        *self.released.borrow()
    }

    /// Waits until it has left so many events to come again.
    pub(crate) async fn wait_for_released(&mut self, events: usize) {
        self.released.wait_for(|released| *released >= events).await.expect("the relay runs");
    }

    /// Kills it, so that it can finish nothing.
    pub(crate) async fn kill(mut self) {
        self.process.kill().await.unwrap();
    }

    /// Asks it to end as a supervisor does.
    pub(crate) async fn terminate(&self) {
        signal(&self.process, "-TERM").await;
    }

    /// Presses ctrl-c, and gives the report that it ends with.
    pub(crate) async fn interrupt(mut self) -> String {
        signal(&self.process, "-INT").await;
        let (status, log) = self.ended().await;
        assert!(status.success(), "{log}");
        let mut report = String::new();
        self.process.stdout.take().unwrap().read_to_string(&mut report).await.unwrap();
        report.trim().to_owned()
    }

    /// Waits until it ends by itself, and gives its status and its log.
    pub(crate) async fn ended(&mut self) -> (ExitStatus, String) {
        let status = self.process.wait().await.unwrap();
        (status, (&mut self.log).await.unwrap())
    }
}

/// Sends a signal to a process.
pub(crate) async fn signal(process: &Child, signal: &str) {
    let id = process.id().expect("it runs").to_string();
    assert!(Command::new("kill").args([signal, &id]).status().await.unwrap().success());
}

/// A figure of a report.
pub(crate) fn figure(report: &str, name: &str) -> u64 {
    let figures = report.split_whitespace().filter_map(|figure| figure.split_once('='));
    let (_, number) = figures.into_iter().find(|(key, _)| *key == name).expect(report);
    number.parse().unwrap()
}
