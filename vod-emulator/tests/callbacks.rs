//! Events that are posted: what is sent, how often, and what is counted.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod signer;

use std::time::Duration;

use serde_json::{Value, json};
use signer::{Call, call, code};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use vod_emulator::{EmulatedService, Emulator, EventMode, Options, TaskProgress, samples};

/// A program that takes callbacks, one after the other.
struct Receiver(TcpListener);

impl Receiver {
    async fn listen() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    fn url(&self) -> String {
        format!("http://{}/events?from=vod", self.0.local_addr().unwrap())
    }

    /// The next request: its connection, its first line, and its body.
    async fn next(&self) -> (TcpStream, String, Value) {
        let (mut stream, _) = self.0.accept().await.unwrap();
        let mut received = Vec::new();
        loop {
            let mut buffer = [0; 4096];
            let count = stream.read(&mut buffer).await.unwrap();
            received.extend_from_slice(&buffer[..count]);
            let text = String::from_utf8_lossy(&received).into_owned();
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let length = head.lines().find_map(|line| {
                line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok()
            });
            if length == Some(body.len()) {
                let line = head.lines().next().unwrap().to_owned();
                return (stream, line, serde_json::from_str(body).unwrap());
            }
        }
    }

    /// Takes a request and answers it with this status.
    async fn answer(&self, status: &str) -> Value {
        let (mut stream, _, body) = self.next().await;
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.unwrap();
        body
    }
}

async fn push_to(service: &EmulatedService, url: &str, more: &Value) {
    let mut config = json!({
        "Mode": "PUSH",
        "NotificationUrl": url,
        "UploadMediaCompleteEventSwitch": "ON",
        "DeleteMediaCompleteEventSwitch": "ON",
    });
    config.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    assert_eq!(code(&call(service, "ModifyEventConfig", config).await), "ok");
}

/// Waits until so many callbacks were answered and lost.
async fn counted(emulator: &Emulator, answered: u64, lost: u64) {
    let done = async {
        loop {
            let state = emulator.state();
            if (state.callbacks_answered, state.callbacks_lost) == (answered, lost) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    let ended = tokio::time::timeout(Duration::from_secs(20), done).await;
    let state = emulator.state();
    assert!(ended.is_ok(), "{} {}", state.callbacks_answered, state.callbacks_lost);
}

#[tokio::test]
async fn events_are_posted_with_a_signature_and_any_answer_ends_it() {
    let (emulator, receiver) = (Emulator::start().await.unwrap(), Receiver::listen().await);
    push_to(emulator.service(), &receiver.url(), &json!({ "SignKey": "abc123" })).await;
    emulator.publish(samples::file_deleted(1)).unwrap();
    let (mut stream, line, body) = receiver.next().await;
    assert_eq!(line, "POST /events?from=vod HTTP/1.1");
    assert_eq!(body["EventType"], "FileDeleted");
    assert_eq!(body.get("EventHandle"), None);
    let expires = body["T"].as_i64().unwrap();
    assert!((595..=600).contains(&(expires - emulator.service().unix_seconds())), "{expires}");
    let digest = <md5::Md5 as md5::Digest>::digest(format!("abc123{expires}"));
    assert_eq!(body["Sign"].as_str().unwrap(), signer::hex(&digest));
    stream.write_all(b"HTTP/1.1 500 Sorry\r\ncontent-length: 0\r\n\r\n").await.unwrap();
    counted(&emulator, 1, 0).await;
    assert_eq!((emulator.state().queued, emulator.state().published), (0, 0), "it is not pulled too");

    push_to(emulator.service(), &receiver.url(), &json!({ "SignKey": "" })).await;
    emulator.publish(samples::file_deleted(2)).unwrap();
    let body = receiver.answer("204 No Content").await;
    assert_eq!((body.get("Sign"), body.get("T")), (None, None), "no key, no signature");
    counted(&emulator, 2, 0).await;
}

#[tokio::test]
async fn a_callback_without_an_answer_is_sent_three_times() {
    let (emulator, receiver) = (Emulator::start().await.unwrap(), Receiver::listen().await);
    push_to(emulator.service(), &receiver.url(), &json!({})).await;
    emulator.publish(samples::file_deleted(1)).unwrap();
    // The first connection is closed without an answer, the second is answered.
    let (stream, _, first) = receiver.next().await;
    drop(stream);
    assert_eq!(receiver.answer("200 OK").await, first);
    counted(&emulator, 1, 0).await;

    emulator.publish(samples::file_deleted(2)).unwrap();
    for _ in 0..2 {
        drop(receiver.next().await);
    }
    // The third is kept open and silent; its five seconds pass on the emulator's clock.
    let (_silent, ..) = receiver.next().await;
    emulator.advance(Duration::from_secs(5));
    counted(&emulator, 1, 1).await;
    let fourth = tokio::time::timeout(Duration::from_millis(50), receiver.0.accept()).await;
    assert!(fourth.is_err(), "it is given up");
}

#[tokio::test]
async fn no_other_machine_gets_a_callback() {
    let emulator = Emulator::start().await.unwrap();
    for (lost, url) in (1..).zip(["http://192.0.2.1/", "https://127.0.0.1:1/", "http://example.com/"]) {
        push_to(emulator.service(), url, &json!({})).await;
        emulator.publish(samples::file_deleted(1)).unwrap();
        counted(&emulator, 0, lost).await;
    }
}

/// Nobody calls while the task goes on: the event comes all the same.
#[tokio::test]
async fn the_end_of_a_task_is_posted_when_its_time_has_come() {
    let options =
        Options { task_progress: TaskProgress::After(Duration::from_mins(1)), ..Options::default() };
    let emulator = Emulator::builder().options(options).start().await.unwrap();
    let receiver = Receiver::listen().await;
    push_to(emulator.service(), &receiver.url(), &json!({})).await;
    let pull = json!({ "MediaUrl": "http://example.com/a.mp4" });
    let started = call(emulator.service(), "PullUpload", pull).await;
    emulator.advance(Duration::from_mins(1));
    let event = receiver.answer("200 OK").await;
    assert_eq!(event["PullCompleteEvent"]["TaskId"], started["TaskId"]);
    counted(&emulator, 1, 0).await;
}

/// Through a real upload and a real deletion: the switches say which events are posted.
#[tokio::test]
async fn the_switches_hold_for_callbacks() {
    let options = Options { obey_event_config: true, event_mode: EventMode::Push, ..Options::default() };
    let service = Emulator::builder().options(options).build().unwrap();
    push_to(&service, "http://127.0.0.1:1/", &json!({ "UploadMediaCompleteEventSwitch": "OFF" })).await;
    let session = call(&service, "ApplyUpload", json!({ "MediaType": "mp4" })).await;
    let storage = signer::Storage::new(&service, &session);
    let path = session["MediaStoragePath"].as_str().unwrap();
    assert_eq!(service.respond(storage.request("PUT", path, "", "a film")).await.status(), 200);
    let commit = json!({ "VodSessionKey": session["VodSessionKey"] });
    let file_id = call(&service, "CommitUpload", commit).await["FileId"].clone();
    assert_eq!(service.take_callbacks(), []);
    assert_eq!(service.state().not_wanted, 1);
    call(&service, "DeleteMedia", json!({ "FileId": file_id })).await;
    let callbacks = service.take_callbacks();
    assert_eq!((callbacks.len(), callbacks[0].url.as_str()), (1, "http://127.0.0.1:1/"));
    let body: Value = serde_json::from_slice(&callbacks[0].body).unwrap();
    assert_eq!(body["FileDeleteEvent"]["FileIdSet"], json!([file_id]));
}

/// `TasksNotifyMode` says which states are told, and a `SessionId` starts one task in three days.
#[tokio::test(start_paused = true)]
async fn tasks_are_told_as_often_as_asked_and_started_once() {
    let progress = TaskProgress::After(Duration::from_secs(8));
    let options = Options { task_progress: progress, long_poll: Duration::ZERO, ..Options::default() };
    let service = Emulator::builder().options(options).build().unwrap();
    let session = call(&service, "ApplyUpload", json!({ "MediaType": "mp4" })).await;
    let storage = signer::Storage::new(&service, &session);
    let path = session["MediaStoragePath"].as_str().unwrap();
    service.respond(storage.request("PUT", path, "", "a film")).await;
    let commit = json!({ "VodSessionKey": session["VodSessionKey"] });
    let file_id = call(&service, "CommitUpload", commit).await["FileId"].clone();
    push_to(&service, "http://127.0.0.1:1/", &json!({})).await;
    let start = async |more: Value| {
        let mut parameters = json!({ "FileId": file_id, "MediaProcessTask": { "TranscodeTaskSet": [{ "Definition": 100_010 }] } });
        parameters.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        call(&service, "ProcessMedia", parameters).await
    };
    let states = |service: &EmulatedService| -> Vec<String> {
        let told = service.take_callbacks().into_iter().map(|callback| {
            let event: Value = serde_json::from_slice(&callback.body).unwrap();
            event["ProcedureStateChangeEvent"]["Status"].as_str().unwrap().to_owned()
        });
        told.collect()
    };
    for (mode, expected) in [
        (json!({}), vec!["FINISH"]),
        (json!({ "TasksNotifyMode": "Finish" }), vec!["FINISH"]),
        (json!({ "TasksNotifyMode": "Change" }), vec!["PROCESSING", "FINISH"]),
        (json!({ "TasksNotifyMode": "None" }), vec![]),
    ] {
        assert_eq!(code(&start(mode.clone()).await), "ok");
        service.advance(Duration::from_secs(8));
        assert_eq!(states(&service), expected, "{mode}");
    }

    let once = json!({ "SessionId": "order 7" });
    assert_eq!(code(&start(once.clone()).await), "ok");
    let again = start(once.clone()).await;
    assert!(code(&again).contains("Duplicate") || code(&again).contains("SessionId"), "{again}");
    assert_eq!(code(&start(json!({ "SessionId": "order 8" })).await), "ok");
    service.advance(Duration::from_hours(3 * 24));
    let later =
        Call { timestamp: service.unix_seconds(), ..Call::json(&service, "DescribeTasks", &json!({})) };
    assert_eq!(code(&signer::send(&service, later.v3()).await), "ok");
    assert_eq!(code(&start(once).await), "ok", "three days are over");
    assert_eq!(states(&service).len(), 2, "of the two that were started");
}
