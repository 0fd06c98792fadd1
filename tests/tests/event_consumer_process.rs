//! The example that ends on ctrl-c, as a process that gets real signals, against an emulator's server.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, also in its helpers")]

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;
use vod_emulator::{Emulator, samples};

const EVENTS: u64 = 500;
/// Much more than anything here takes.
const HANG: Duration = Duration::from_mins(5);

/// Builds the examples as the workspace's tests do, all of them, since fewer have fewer features of dependencies: so cargo
/// mostly finds them built.
async fn example() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["build", "--offline", "--workspace", "--examples"])
        .args(["--message-format", "json"])
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .await
        .unwrap();
    assert!(output.status.success());
    let messages = String::from_utf8(output.stdout).unwrap();
    let executable = messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).unwrap();
        let is_it = message["target"]["name"] == "consume_with_shutdown";
        message["executable"].as_str().filter(|_| is_it).map(PathBuf::from)
    });
    executable.unwrap()
}

/// A running example.
struct Consumer {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Consumer {
    /// Starts it, and waits until it has handled an event.
    async fn start(emulator: &Emulator) -> Self {
        let mut process = Command::new(example().await)
            .arg("--live")
            .env("VOD_ENDPOINT", emulator.endpoint())
            .env("TENCENTCLOUD_SECRET_ID", emulator.secret_id())
            .env("TENCENTCLOUD_SECRET_KEY", emulator.secret_key())
            .env_remove("TENCENTCLOUD_TOKEN")
            .env_remove("TENCENTCLOUD_SESSION_TOKEN")
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut consumer = Self { process, lines };
        consumer.line().await;
        consumer
    }

    async fn line(&mut self) -> String {
        timeout(HANG, self.lines.next_line()).await.unwrap().unwrap().unwrap()
    }

    async fn line_with(&mut self, text: &str) -> String {
        loop {
            let line = self.line().await;
            if line.contains(text) {
                return line;
            }
        }
    }

    async fn press_ctrl_c(&self) {
        let process = self.process.id().unwrap().to_string();
        let status = Command::new("kill").args(["-INT", &process]).status().await.unwrap();
        assert!(status.success());
    }

    /// Waits for its end, and takes figures from the report that it prints.
    async fn report(mut self, figures: [&str; 2]) -> [u64; 2] {
        let report = self.line_with("Report {").await;
        assert!(timeout(HANG, self.process.wait()).await.unwrap().unwrap().success());
        figures.map(|figure| {
            let (_, rest) = report.split_once(&format!(" {figure}: ")).unwrap();
            rest.split([',', ' ']).next().unwrap().parse().unwrap()
        })
    }
}

async fn emulator() -> Emulator {
    let emulator = Emulator::start().await.unwrap();
    samples::events(EVENTS).try_for_each(|event| emulator.publish(event)).unwrap();
    emulator
}

#[tokio::test]
async fn ctrl_c_lets_it_finish_what_it_has_begun() {
    let emulator = emulator().await;
    let mut consumer = Consumer::start(&emulator).await;
    consumer.press_ctrl_c().await;
    consumer.line_with("Finishing").await;
    let [confirmed, abandoned] = consumer.report(["confirmed", "abandoned"]).await;
    assert_eq!(abandoned, 0);
    assert!((1..EVENTS).contains(&confirmed), "{confirmed}");
    assert_eq!(emulator.state().confirmed, confirmed);
}

#[tokio::test]
async fn a_second_ctrl_c_ends_it_at_once() {
    // Where the signals find no handler at work, there is nothing to abandon; each works for a second.
    for _ in 0..10 {
        let emulator = emulator().await;
        let mut consumer = Consumer::start(&emulator).await;
        consumer.press_ctrl_c().await;
        consumer.line_with("Finishing").await;
        consumer.press_ctrl_c().await;
        let [pulled, abandoned] = consumer.report(["pulled", "abandoned"]).await;
        assert!(abandoned <= pulled && emulator.state().confirmed < EVENTS);
        if abandoned > 0 {
            return;
        }
    }
    panic!("nothing was ever abandoned");
}
