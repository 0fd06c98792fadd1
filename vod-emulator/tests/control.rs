//! Resetting, saving and restoring an emulator, and ending its tasks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod signer;

use std::time::Duration;

use bytes::Bytes;
use fastrand::Rng;
use http::Request;
use serde_json::{Value, json};
use signer::{Call, Storage, call, code, send};
use vod_emulator::{CallKey, EmulatedService, Emulator, Options, SnapshotError, TaskOutcome, TaskProgress};

fn service(progress: TaskProgress) -> EmulatedService {
    let options = Options {
        enforce_rate_limits: false,
        long_poll: Duration::ZERO,
        task_progress: progress,
        // Two of them begin at the same time.
        start_time: Some(1_767_225_600),
        ..Options::default()
    };
    Emulator::builder().options(options).build().unwrap()
}

async fn upload(service: &EmulatedService) -> String {
    let session = call(service, "ApplyUpload", json!({ "MediaType": "mp4", "MediaName": "film" })).await;
    let storage = Storage::new(service, &session);
    let path = session["MediaStoragePath"].as_str().unwrap();
    assert_eq!(service.respond(storage.request("PUT", path, "", "a film")).await.status(), 200);
    let key = json!({ "VodSessionKey": session["VodSessionKey"] });
    call(service, "CommitUpload", key).await["FileId"].as_str().unwrap().to_owned()
}

/// Does one of many things, drawn at random.
async fn act(service: &EmulatedService, random: &mut Rng) {
    match random.u8(..9) {
        0 => drop(upload(service).await),
        1 => drop(
            call(service, "CreateClass", json!({ "ParentId": -1, "ClassName": random.u64(..).to_string() }))
                .await,
        ),
        2 => {
            drop(
                call(service, "CreateTranscodeTemplate", json!({ "Container": "mp4", "SubAppId": 7 })).await,
            );
        }
        3 => drop(call(service, "PullUpload", json!({ "MediaUrl": "http://example.com/a.mp4" })).await),
        4 => drop(call(service, "PullEvents", json!({})).await),
        6 => drop(call(service, "CreateSubAppId", json!({ "Name": random.u64(..).to_string() })).await),
        7 => drop(send(service, assume(service)).await),
        5 => drop(call(service, "ModifyEventConfig", json!({ "Mode": "PUSH" })).await),
        _ => service.publish_raw(0, &b"{\"EventType\": 7}"[..]).unwrap(),
    }
}

/// A call that gives out a credential.
fn assume(service: &EmulatedService) -> Request<Bytes> {
    let parameters =
        json!({ "RoleArn": "qcs::cam::uin/10001:roleName/reader", "RoleSessionName": "session" });
    let call = Call::json(service, "AssumeRole", &parameters);
    Call { product: "sts".into(), version: "2018-08-13".into(), ..call }.v3()
}

fn account(service: &EmulatedService) -> Value {
    let snapshot: Value = serde_json::from_slice(&service.snapshot().unwrap()).unwrap();
    snapshot["account"].clone()
}

fn applications(service: &EmulatedService) -> Value {
    let snapshot: Value = serde_json::from_slice(&service.snapshot().unwrap()).unwrap();
    snapshot["applications"].clone()
}

#[tokio::test(start_paused = true)]
async fn a_reset_leaves_what_a_new_one_has() {
    let used = service(TaskProgress::AtOnce);
    used.count_handled_by(CallKey::RequestHash);
    for seed in 0..20 {
        let mut random = Rng::with_seed(seed);
        for _ in 0..10 {
            act(&used, &mut random).await;
        }
        used.reset();
        assert_eq!(applications(&used), json!({}));
        assert_eq!(account(&used), account(&service(TaskProgress::AtOnce)));
        assert_eq!((used.calls().total, used.handled().of("PullEvents"), used.state().published), (0, 0, 0));
    }
    // What is done from there on is what a new one does.
    let new = service(TaskProgress::AtOnce);
    assert_eq!(upload(&used).await, upload(&new).await);
    assert_eq!(applications(&used), applications(&new));
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_restores_everything() {
    for seed in 0..20 {
        let first = service(TaskProgress::After(Duration::from_secs(5)));
        let mut random = Rng::with_seed(seed);
        for _ in 0..10 {
            act(&first, &mut random).await;
            first.advance(Duration::from_secs(random.u64(..4)));
        }
        let saved = first.snapshot().unwrap();
        let second = service(TaskProgress::After(Duration::from_secs(5)));
        second.restore(&saved).unwrap();
        let waiting = first.state().queued + first.state().in_flight;
        assert_eq!(second.state().queued, waiting, "seed {seed}: no event is lost");
        let mut again: Value = serde_json::from_slice(&second.snapshot().unwrap()).unwrap();
        let mut saved: Value = serde_json::from_slice(&saved).unwrap();
        // Starts of tasks are counted by each emulator's own clock.
        for snapshot in [&mut again, &mut saved] {
            let applications = snapshot["applications"].as_object_mut().unwrap();
            for application in applications.values_mut() {
                for task in application["state"]["tasks"]["all"].as_array_mut().unwrap() {
                    task["started"] = Value::Null;
                }
            }
        }
        assert_eq!(again["applications"], saved["applications"], "seed {seed}");
        assert_eq!(again["account"], saved["account"], "seed {seed}");
    }
}

#[tokio::test]
async fn a_bad_snapshot_is_refused_and_changes_nothing() {
    let service = service(TaskProgress::ByHand);
    upload(&service).await;
    let before = applications(&service);
    let good = String::from_utf8(service.snapshot().unwrap()).unwrap();
    let line = good.lines().position(|line| line.contains("\"classes\"")).unwrap() + 1;
    for (bad, expected) in [
        (good.replace("\"classes\"", "\"clases\""), "missing field `classes`".to_owned()),
        (good.replace("\"classes\": {", "\"classes\": 7, \"x\": {"), format!("line {line}")),
        (good.replace("\"version\": 1", "\"version\": 2"), "version 2".to_owned()),
        ("[]".to_owned(), "line 1".to_owned()),
    ] {
        let error = service.restore(bad.as_bytes()).unwrap_err();
        assert!(error.to_string().contains(&expected), "{error}");
        assert_eq!(applications(&service), before);
    }
    assert!(matches!(service.restore_from("/nonexistent/file"), Err(SnapshotError::File(_))));
    let path = std::env::temp_dir().join(format!("vod-emulator-snapshot-{}.json", std::process::id()));
    service.save_to(&path).unwrap();
    service.reset();
    service.restore_from(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(applications(&service), before);
}

#[tokio::test]
async fn a_task_ends_as_a_test_wants() {
    let service = service(TaskProgress::ByHand);
    let file_id = upload(&service).await;
    call(&service, "PullEvents", json!({})).await;
    let process = json!({ "TranscodeTaskSet": [{ "Definition": 10 }] });
    let start = json!({ "FileId": file_id, "MediaProcessTask": process });
    let failing = call(&service, "ProcessMedia", start.clone()).await["TaskId"].as_str().unwrap().to_owned();
    let failure =
        TaskOutcome::Failure { code: 30_000, name: "SourceFile.Broken".into(), message: "broken".into() };
    assert!(service.finish_task(0, &failing, failure));
    assert!(!service.finish_task(0, &failing, TaskOutcome::Success), "it has ended");
    assert!(!service.finish_task(0, "nope", TaskOutcome::Success));
    let event = &call(&service, "PullEvents", json!({})).await["EventSet"][0]["ProcedureStateChangeEvent"];
    let part = &event["MediaProcessResultSet"][0]["TranscodeTask"];
    assert_eq!((&part["Status"], &part["ErrCode"]), (&json!("FAIL"), &json!(30_000)));
    assert_eq!(part["ErrCodeExt"], "SourceFile.Broken");
    let found = call(&service, "DescribeMediaInfos", json!({ "FileIds": [file_id] })).await;
    assert_eq!(found["MediaInfoSet"][0]["TranscodeInfo"], Value::Null, "it has made nothing");

    let good = call(&service, "ProcessMedia", start).await["TaskId"].as_str().unwrap().to_owned();
    let send = |method: &str, uri: String, body: Vec<u8>| {
        service.respond(Request::builder().method(method).uri(uri).body(Bytes::from(body)).unwrap())
    };
    let listed = send("GET", "/_emulator/tasks".into(), Vec::new()).await;
    let listed: Value = serde_json::from_slice(listed.body()).unwrap();
    assert_eq!(
        (&listed["tasks"][1]["TaskId"], &listed["tasks"][1]["Status"]),
        (&json!(good), &json!("WAITING"))
    );
    assert_eq!(send("POST", format!("/_emulator/tasks?task-id={good}"), Vec::new()).await.status(), 200);
    assert_eq!(send("POST", format!("/_emulator/tasks?task-id={good}"), Vec::new()).await.status(), 404);
    let detail = call(&service, "DescribeTaskDetail", json!({ "TaskId": good })).await;
    assert_eq!(detail["Status"], "FINISH");

    let calls = send("GET", "/_emulator/calls".into(), Vec::new()).await;
    let calls: Value = serde_json::from_slice(calls.body()).unwrap();
    assert_eq!(calls["recent"].as_array().unwrap().last().unwrap()["action"], "DescribeTaskDetail");
    let snapshot = send("GET", "/_emulator/snapshot".into(), Vec::new()).await;
    assert_eq!(send("POST", "/_emulator/reset?seed=9".into(), Vec::new()).await.status(), 200);
    let gone = json!({ "FileIds": [file_id] });
    assert_eq!(
        call(&service, "DescribeMediaInfos", gone.clone()).await["NotExistFileIdSet"],
        json!([file_id])
    );
    let restored = send("PUT", "/_emulator/snapshot".into(), snapshot.body().to_vec()).await;
    assert_eq!(restored.status(), 200);
    assert_eq!(call(&service, "DescribeMediaInfos", gone).await["NotExistFileIdSet"], json!([]));
    assert_eq!(send("PUT", "/_emulator/snapshot".into(), b"{}".to_vec()).await.status(), 400);
    assert_eq!(code(&call(&service, "DescribeTaskDetail", json!({ "TaskId": good })).await), "ok");
}
