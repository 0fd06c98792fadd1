//! The example that uploads, as a process that is killed again and again, against an emulator's server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, also in its helpers"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use serde_json::Value;
use tokio::io::AsyncReadExt as _;
use tokio::process::Command;
use tokio::time::{sleep, timeout};
use vod_api::signature::cos;
use vod_api::vod::EventPayload;
use vod_api::{Client, Credential};
use vod_emulator::{Emulator, Options, SecondCommit};

const MIB: usize = 1024 * 1024;
const PARTS: usize = 64;
const KILLS: usize = 200;
/// The requests of an upload, by which kills are timed.
const UPLOAD_REQUESTS: [&str; 7] = [
    "ApplyUpload",
    "InitiateMultipartUpload",
    "ListParts",
    "UploadPart",
    "HeadObject",
    "CompleteMultipartUpload",
    "CommitUpload",
];
/// Much more than anything here takes.
const HANG: Duration = Duration::from_mins(2);

struct Case {
    emulator: Emulator,
    folder: PathBuf,
    file: PathBuf,
    content: Vec<u8>,
    /// What the state files have held that must be nowhere else.
    secrets: Vec<String>,
    /// The last certificate, with its bucket and path.
    state: Option<Value>,
}

impl Case {
    async fn new(name: &str, length: usize) -> Self {
        let options = Options {
            enforce_rate_limits: false,
            second_commit: SecondCommit::SameFile,
            storage_reads: true,
            ..Options::default()
        };
        let emulator = Emulator::builder().options(options).start().await.unwrap();
        let folder = std::env::temp_dir().join(format!("vod-upload-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let content: Vec<u8> =
            (0..length).map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect();
        let file = folder.join("film.mp4");
        std::fs::write(&file, &content).unwrap();
        Self { emulator, folder, file, content, secrets: Vec::new(), state: None }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_upload"));
        command
            .arg(&self.file)
            .args(arguments)
            .env("VOD_ENDPOINT", self.emulator.endpoint())
            .env("TENCENTCLOUD_SECRET_ID", self.emulator.secret_id())
            .env("TENCENTCLOUD_SECRET_KEY", self.emulator.secret_key())
            .env_remove("TENCENTCLOUD_TOKEN")
            .env_remove("TENCENTCLOUD_SESSION_TOKEN")
            .env_remove("VOD_STORAGE_ENDPOINT")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    fn state_file(&self) -> PathBuf {
        self.folder.join("film.mp4.upload")
    }

    /// How many parts the state knows; none without a state.
    fn progress(&mut self) -> usize {
        let Ok(bytes) = std::fs::read(self.state_file()) else { return 0 };
        if bytes.is_empty() {
            return 0;
        }
        let state: Value = serde_json::from_slice(&bytes).expect("the state is whole at any moment");
        for name in ["SecretKey", "Token", "SessionKey"] {
            let secret = state[name].as_str().unwrap().to_owned();
            if !self.secrets.contains(&secret) {
                self.secrets.push(secret);
            }
        }
        let object = &state["Objects"][0];
        let parts = object["Parts"].as_array().unwrap().len();
        let is_complete = object["Verified"].is_boolean();
        self.state = Some(state);
        if is_complete { PARTS } else { parts }
    }

    /// Exactly one file with the right bytes, no part in storage, no state, and no secret in what was written.
    async fn check(&self, written: &[u8]) {
        let credential = Credential::new(self.emulator.secret_id(), self.emulator.secret_key());
        let client =
            Client::builder().credential(credential).endpoint(self.emulator.endpoint()).build().unwrap();
        assert_eq!(self.emulator.state().published, 1, "exactly one file");
        let pulled = client.pull_events(vod_api::vod::PullEventsRequest::new()).await.unwrap();
        let EventPayload::NewFileUpload(event) = pulled.event_set[0].payload() else {
            panic!("{:?}", pulled.event_set);
        };
        let url = event.media_basic_info.as_ref().unwrap().media_url.clone();
        let play =
            Request::builder().uri(&url).header("host", host(&self.emulator)).body(Bytes::new()).unwrap();
        let played = self.emulator.service().respond(play).await;
        assert!(played.body() == &self.content, "{}: {} bytes", played.status(), played.body().len());
        assert!(!self.state_file().exists());
        let names: Vec<_> = std::fs::read_dir(&self.folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| Path::new(name).extension().is_none_or(|extension| extension != "new"))
            .collect();
        assert_eq!(names, ["film.mp4"]);
        let listed = self.uploads().await;
        assert!(listed.contains("ListMultipartUploadsResult") && !listed.contains("<UploadId>"), "{listed}");
        let written = String::from_utf8_lossy(written);
        for secret in self.secrets.iter().map(String::as_str).chain([self.emulator.secret_key()]) {
            assert!(!written.contains(secret), "a secret was written: {written}");
        }
    }

    /// What storage says of uploads that are not complete, asked with the upload's own certificate.
    async fn uploads(&self) -> String {
        let state = self.state.as_ref().unwrap();
        let of = |name: &str| state[name].as_str().unwrap();
        let credential = Credential::new(of("SecretId"), of("SecretKey"));
        let host = host(&self.emulator);
        let now = u64::try_from(self.emulator.service().unix_seconds()).unwrap();
        let prefix = of("MediaPath").trim_start_matches('/');
        let parts = cos::Parts {
            method: "GET",
            path: "/",
            parameters: &[("uploads", ""), ("prefix", prefix)],
            headers: &[("host", &host), ("x-cos-security-token", of("Token"))],
            valid: now - 60..now + 60,
        };
        let prefix: String = prefix
            .bytes()
            .map(|byte| if byte == b'/' { "%2F".to_owned() } else { char::from(byte).to_string() })
            .collect();
        let uri = format!("{}/_storage/{}/?uploads&prefix={prefix}", self.emulator.endpoint(), of("Bucket"));
        let request = Request::builder()
            .uri(uri)
            .header("host", &host)
            .header("x-cos-security-token", of("Token"))
            .header("authorization", cos::authorization(&credential, &parts))
            .body(Bytes::new())
            .unwrap();
        let answer = self.emulator.service().respond(request).await;
        String::from_utf8(answer.body().to_vec()).unwrap()
    }
}

impl Drop for Case {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn host(emulator: &Emulator) -> String {
    emulator.address().to_string()
}

/// Kills a process after the emulator has begun to handle a number of its requests, and some milliseconds. Gives what it
/// wrote, and whether it had ended before.
async fn killed(emulator: &Emulator, mut command: Command, requests: u64, delay: Duration) -> (Output, bool) {
    let target = handled(emulator) + requests;
    let mut child = command.spawn().unwrap();
    // What the process writes is read all the time: on a full pipe it would stand still.
    let mut errors = child.stderr.take().unwrap();
    let written = tokio::spawn(async move {
        let mut written = Vec::new();
        errors.read_to_end(&mut written).await.map(|_| written)
    });
    let reached = async {
        while handled(emulator) < target && child.try_wait().unwrap().is_none() {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(HANG, reached).await.unwrap();
    sleep(delay).await;
    let had_ended = child.try_wait().unwrap().is_some();
    let _ = child.start_kill();
    let output = timeout(HANG, child.wait_with_output()).await.unwrap().unwrap();
    (Output { stderr: written.await.unwrap().unwrap(), ..output }, had_ended)
}

/// How many requests of an upload the emulator has begun to handle.
fn handled(emulator: &Emulator) -> u64 {
    let handled = emulator.handled();
    UPLOAD_REQUESTS.iter().map(|name| handled.of(name)).sum()
}

/// A random number below a bound.
fn below(bound: u64) -> u64 {
    use std::hash::{BuildHasher as _, Hasher as _};
    std::hash::RandomState::new().build_hasher().finish() % bound
}

/// Kills are spread over the whole upload by counting its requests, so that a slow machine meets the same states: a process
/// that is ahead of the kills is killed before it can send a part, another one after up to four parts. An upload that is
/// through before all kills is followed by another one.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_killed_two_hundred_times_is_one_file_in_the_end() {
    let mut steps = BTreeMap::new();
    let mut kills = 0;
    while kills < KILLS {
        let mut case = Case::new("killed", PARTS * MIB).await;
        let written = killed_again_and_again(&mut case, &mut kills, &mut steps).await;
        assert!(!written.is_empty());
        case.check(&written).await;
    }
    assert!(steps.len() > 10, "the kills met few states: {steps:?}");
}

/// Uploads a file in spite of kills, and gives what the processes wrote.
async fn killed_again_and_again(
    case: &mut Case,
    kills: &mut usize,
    steps: &mut BTreeMap<usize, usize>,
) -> Vec<u8> {
    let arguments = ["--part-size", "1048576", "--concurrency", "2", "--verbose"];
    let mut written = Vec::new();
    while *kills < KILLS {
        let progress = case.progress();
        *steps.entry(progress).or_insert(0) += 1;
        let is_ahead = progress * KILLS > *kills * PARTS;
        let requests = if is_ahead { below(2) } else { 2 + below(4) };
        let delay = Duration::from_millis(below(if requests == 0 { 25 } else { 5 }));
        let (output, had_ended) = killed(&case.emulator, case.command(&arguments), requests, delay).await;
        written.extend_from_slice(&output.stderr);
        assert!(!had_ended || output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        if !case.state_file().exists() && case.state.is_some() {
            // The process ended between its success and its kill: the file is there.
            return written;
        }
        *kills += 1;
    }
    case.progress();
    let output = timeout(HANG, case.command(&arguments).output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    written.extend_from_slice(&output.stderr);
    written
}

/// The state of a killed process is whole, and no other process can read it.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_upload_goes_on_and_sends_no_byte_twice() {
    use std::os::unix::fs::PermissionsExt as _;

    let mut case = Case::new("interrupted", 8 * MIB + 5).await;
    let slow = ["--part-size", "1048576", "--concurrency", "1", "--bandwidth-limit", "2000000"];
    let child = case.command(&slow).spawn().unwrap();
    let reached = async {
        while case.progress() < 2 {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(HANG, reached).await.unwrap();
    let mode = std::fs::metadata(case.state_file()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let id = child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().await.unwrap().success());
    let output = timeout(HANG, child.wait_with_output()).await.unwrap().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(String::from_utf8_lossy(&output.stderr).contains("the same command goes on"));
    let output = timeout(HANG, case.command(&["--concurrency", "1"]).output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("http"));
    case.check(&output.stderr).await;
}
