//! Media files and tasks through the API.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod signer;

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use signer::{Storage, call, code};
use vod_emulator::{EmulatedService, Emulator, Options, TaskProgress};
use vod_spec::model::Service;
use vod_spec::{Side, first_mismatch, load_service};

fn service(mut options: Options) -> EmulatedService {
    options.enforce_rate_limits = false;
    options.long_poll = Duration::ZERO;
    Emulator::builder().options(options).build().unwrap()
}

fn spec() -> Service {
    load_service(Path::new(""), &Path::new(env!("CARGO_MANIFEST_DIR")).join("api-specs/vod")).service
}

/// Calls an action that must succeed, and checks the answer against the spec.
async fn good(service: &EmulatedService, spec: &Service, action: &str, parameters: Value) -> Value {
    let mut answer = call(service, action, parameters.clone()).await;
    assert_eq!(code(&answer), "ok", "{action} {parameters}: {answer}");
    answer.as_object_mut().unwrap().remove("RequestId");
    let fields = &spec.action(action).unwrap().response;
    let mismatch = first_mismatch(spec, fields, false, &answer, Side::Response);
    assert!(mismatch.is_none(), "{action}: {}", mismatch.unwrap().message);
    answer
}

async fn upload(service: &EmulatedService, parameters: Value) -> String {
    let session = call(service, "ApplyUpload", parameters).await;
    let storage = Storage::new(service, &session);
    let path = session["MediaStoragePath"].as_str().unwrap();
    assert_eq!(service.respond(storage.request("PUT", path, "", "a film")).await.status(), 200);
    let committed = call(service, "CommitUpload", json!({ "VodSessionKey": session["VodSessionKey"] })).await;
    committed["FileId"].as_str().unwrap().to_owned()
}

/// The events that wait, confirmed and checked against the spec.
async fn events(service: &EmulatedService, spec: &Service) -> Vec<Value> {
    let answer = good(service, spec, "PullEvents", json!({})).await;
    let events = answer["EventSet"].as_array().cloned().unwrap_or_default();
    let handles: Vec<&Value> = events.iter().map(|event| &event["EventHandle"]).collect();
    if !handles.is_empty() {
        good(service, spec, "ConfirmEvents", json!({ "EventHandles": handles })).await;
    }
    events
}

#[tokio::test]
async fn files_are_found_by_what_they_are() {
    let (service, spec) = (service(Options::default()), spec());
    let class = call(&service, "CreateClass", json!({ "ParentId": -1, "ClassName": "films" })).await;
    let class = class["ClassId"].clone();
    let dawn = upload(&service, json!({ "MediaType": "mp4", "MediaName": "Dawn", "ClassId": class })).await;
    service.advance(Duration::from_secs(10));
    let song = upload(&service, json!({ "MediaType": "mp3", "MediaName": "Song" })).await;
    let change = json!({ "FileId": dawn, "AddTags": ["sea", "sun"], "Description": "at the harbour" });
    good(&service, &spec, "ModifyMediaInfo", change).await;
    let search = async |parameters: Value| {
        let answer = good(&service, &spec, "SearchMedia", parameters).await;
        let ids = answer["MediaInfoSet"].as_array().unwrap().iter().map(|info| info["FileId"].clone());
        (answer["TotalCount"].clone(), ids.collect::<Vec<_>>())
    };
    let (dawn, song) = (json!(dawn), json!(song));
    for (parameters, expected) in [
        (json!({}), vec![&song, &dawn]),
        (json!({ "Sort": { "Field": "CreateTime", "Order": "Asc" } }), vec![&dawn, &song]),
        (json!({ "Names": ["awn"] }), vec![&dawn]),
        (json!({ "NamePrefixes": ["awn"] }), vec![]),
        (json!({ "NamePrefixes": ["So", "x"] }), vec![&song]),
        (json!({ "Tags": ["sun", "moon"] }), vec![&dawn]),
        (json!({ "Tags": ["moon"] }), vec![]),
        (json!({ "ClassIds": [class] }), vec![&dawn]),
        (json!({ "Categories": ["Audio"] }), vec![&song]),
        (json!({ "Descriptions": ["HARBOUR"], "Categories": ["Video"] }), vec![&dawn]),
        (json!({ "Descriptions": ["harbour"], "Categories": ["Audio"] }), vec![]),
        (json!({ "FileIds": [song, "nope"] }), vec![&song]),
    ] {
        let (total, found) = search(parameters.clone()).await;
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{parameters}");
        assert_eq!(total, expected.len(), "{parameters}");
    }
    let (total, page) = search(json!({ "Offset": 1, "Limit": 1 })).await;
    assert_eq!((total, page), (json!(2), vec![dawn.clone()]));
    let created = call(&service, "DescribeMediaInfos", json!({ "FileIds": [dawn] })).await;
    let info = &created["MediaInfoSet"][0]["BasicInfo"];
    assert_eq!((&info["ClassName"], &info["TagSet"]), (&json!("films"), &json!(["sea", "sun"])));
    let (_, early) = search(json!({ "CreateTime": { "Before": info["CreateTime"] } })).await;
    assert_eq!(early, vec![dawn.clone()]);
    for (parameters, expected) in [
        (json!({ "Offset": 4999, "Limit": 2 }), "InvalidParameterValue.Offset"),
        (json!({ "Sort": { "Field": "Name", "Order": "Asc" } }), "InvalidParameterValue.Sort"),
        (json!({ "StreamIds": ["a"] }), "ok"),
    ] {
        assert_eq!(code(&call(&service, "SearchMedia", parameters).await), expected);
    }
}

#[tokio::test]
async fn files_are_changed_forbidden_and_expire() {
    let (service, spec) = (service(Options::default()), spec());
    let file_id = upload(&service, json!({ "MediaType": "mp4" })).await;
    let modify = |change: Value| {
        let mut parameters = change;
        parameters["FileId"] = json!(file_id);
        call(&service, "ModifyMediaInfo", parameters)
    };
    let basic = async || {
        let found = good(&service, &spec, "DescribeMediaInfos", json!({ "FileIds": [file_id] })).await;
        found["MediaInfoSet"][0]["BasicInfo"].clone()
    };
    let tags: Vec<String> = (0..16).map(|tag| format!("t{tag}")).collect();
    assert_eq!(code(&modify(json!({ "AddTags": tags, "Name": "new" })).await), "ok");
    for (change, expected) in [
        (json!({ "AddTags": ["more"] }), "LimitExceeded.TagCountReachMax"),
        (json!({ "AddTags": ["a"], "ClearTags": 1 }), "InvalidParameterValue.AddTagsAndClearTagsConflict"),
        (
            json!({ "AddTags": ["a"], "DeleteTags": ["a"] }),
            "InvalidParameterValue.AddTagsAndDeleteTagsConflict",
        ),
        (json!({ "CoverData": "*" }), "InvalidParameterValue.ImageDecodeError"),
    ] {
        assert_eq!(code(&modify(change).await), expected);
    }
    assert_eq!(basic().await["TagSet"].as_array().unwrap().len(), 16, "a refusal changes nothing");
    assert_eq!(code(&modify(json!({ "DeleteTags": tags[1..] })).await), "ok");
    assert_eq!((&basic().await["TagSet"], &basic().await["Name"]), (&json!(["t0"]), &json!("new")));

    let content = "MDA6MDE=";
    let subtitle = json!({ "Name": "en", "Language": "en", "Format": "vtt", "Content": content, "Id": "s1" });
    let added = modify(json!({ "AddSubtitles": [subtitle], "CoverData": "MDA6MDE=" })).await;
    assert_eq!(added["AddedSubtitleSet"][0]["Id"], "s1");
    assert_eq!(added["CoverUrl"], basic().await["CoverUrl"]);
    let kept = good(&service, &spec, "DescribeMediaInfos", json!({ "FileIds": [file_id] })).await;
    assert_eq!(kept["MediaInfoSet"][0]["SubtitleInfo"]["SubtitleSet"], added["AddedSubtitleSet"]);
    assert_eq!(code(&modify(json!({ "DeleteSubtitleIds": ["s1"] })).await), "ok");

    let forbid = json!({ "FileIds": [file_id, "nope"], "Operation": "forbid" });
    let answer = good(&service, &spec, "ForbidMediaDistribution", forbid).await;
    assert_eq!(answer["NotExistFileIdSet"], json!(["nope"]));
    let info = basic().await;
    assert_eq!(info["Status"], "Forbidden");
    let play = || {
        let request = http::Request::builder().uri(info["MediaUrl"].as_str().unwrap());
        service.respond(request.header("host", signer::HOST).body(bytes::Bytes::new()).unwrap())
    };
    assert_eq!(play().await.status(), 403);
    let recover = json!({ "FileIds": [file_id], "Operation": "recover" });
    good(&service, &spec, "ForbidMediaDistribution", recover).await;
    assert_eq!(play().await.status(), 200);

    let class = json!({ "FileIds": [file_id], "StorageClass": "STANDARD_IA" });
    good(&service, &spec, "ModifyMediaStorageClass", class).await;
    assert_eq!(basic().await["StorageClass"], "STANDARD_IA");
    let absent = json!({ "FileIds": [file_id, "nope"], "StorageClass": "STANDARD" });
    assert_eq!(
        code(&call(&service, "ModifyMediaStorageClass", absent).await),
        "ResourceNotFound.FileNotExist"
    );

    assert_eq!(code(&modify(json!({ "ExpireTime": "2100-01-01T00:00:00Z" })).await), "ok");
    let lasting = call(&service, "DescribeMediaInfos", json!({ "FileIds": [file_id] })).await;
    assert_eq!(lasting["MediaInfoSet"][0]["BasicInfo"]["ExpireTime"], "2100-01-01T00:00:00Z");
    service.advance(Duration::from_hours(24 * 366 * 80));
    let gone = call(&service, "DescribeMediaInfos", json!({ "FileIds": [file_id] })).await;
    assert_eq!(gone["NotExistFileIdSet"], json!([file_id]));
}

fn transcode() -> Value {
    json!({
        "TranscodeTaskSet": [{ "Definition": 100_010 }, { "Definition": 100_020 }],
        "SnapshotByTimeOffsetTaskSet": [{ "Definition": 10, "ExtTimeOffsetSet": ["1s", "50%"] }],
        "CoverBySnapshotTaskSet": [{ "Definition": 10, "PositionType": "Time", "PositionValue": 1.0 }],
    })
}

#[tokio::test(start_paused = true)]
async fn a_task_goes_on_by_time_and_ends_in_an_event() {
    let progress = TaskProgress::After(Duration::from_secs(8));
    let (service, spec) = (service(Options { task_progress: progress, ..Options::default() }), spec());
    let file_id = upload(&service, json!({ "MediaType": "mp4", "MediaName": "Dawn" })).await;
    assert_eq!(events(&service, &spec).await.len(), 1);
    let start = json!({ "FileId": file_id, "MediaProcessTask": transcode(), "SessionContext": "mine", "SessionId": "once" });
    let task_id = good(&service, &spec, "ProcessMedia", start.clone()).await["TaskId"].clone();
    assert_eq!(code(&call(&service, "ProcessMedia", start).await), "FailedOperation.TaskDuplicate");
    let detail = async || good(&service, &spec, "DescribeTaskDetail", json!({ "TaskId": task_id })).await;
    let waiting = detail().await;
    assert_eq!((&waiting["Status"], &waiting["TaskType"]), (&json!("WAITING"), &json!("Procedure")));
    service.advance(Duration::from_secs(2));
    let processing = detail().await;
    assert_eq!(processing["Status"], "PROCESSING");
    assert_eq!(
        processing["ProcedureTask"]["MediaProcessResultSet"][0]["TranscodeTask"]["Status"],
        "PROCESSING"
    );
    assert!(events(&service, &spec).await.is_empty());
    service.advance(Duration::from_secs(6));
    let published = events(&service, &spec).await;
    assert_eq!((published.len(), &published[0]["EventType"]), (1, &json!("ProcedureStateChanged")));
    let finished = detail().await;
    assert_eq!(finished["Status"], "FINISH");
    let event = &published[0]["ProcedureStateChangeEvent"];
    assert_eq!(*event, finished["ProcedureTask"], "the event tells what the task tells");
    assert_eq!((&event["FileName"], &event["SessionContext"]), (&json!("Dawn"), &json!("mine")));
    let results = event["MediaProcessResultSet"].as_array().unwrap();
    let kinds: Vec<&str> = results.iter().map(|result| result["Type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["Transcode", "Transcode", "SnapshotByTimeOffset", "CoverBySnapshot"]);
    assert_eq!(results[2]["SnapshotByTimeOffsetTask"]["Output"]["PicInfoSet"].as_array().unwrap().len(), 2);
    let info = good(&service, &spec, "DescribeMediaInfos", json!({ "FileIds": [file_id] })).await;
    let info = &info["MediaInfoSet"][0];
    let made = info["TranscodeInfo"]["TranscodeSet"].as_array().unwrap();
    assert_eq!(
        made.iter().map(|one| one["Definition"].as_i64().unwrap()).collect::<Vec<_>>(),
        [100_010, 100_020]
    );
    assert_ne!(info["BasicInfo"]["CoverUrl"], "");
    let played = http::Request::builder().uri(made[0]["Url"].as_str().unwrap()).header("host", signer::HOST);
    let played = service.respond(played.body(bytes::Bytes::new()).unwrap()).await;
    assert_eq!(played.body(), "a film");

    let parts = json!([{ "Type": "TranscodeFiles", "Definition": 100_010 }]);
    good(&service, &spec, "DeleteMedia", json!({ "FileId": file_id, "DeleteParts": parts })).await;
    let info = good(&service, &spec, "DescribeMediaInfos", json!({ "FileIds": [file_id] })).await;
    assert_eq!(info["MediaInfoSet"][0]["TranscodeInfo"]["TranscodeSet"].as_array().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_pull_that_waits_is_told_when_a_task_ends() {
    let options =
        Options { task_progress: TaskProgress::After(Duration::from_secs(3)), ..Options::default() };
    let service = Emulator::builder().options(options).build().unwrap();
    let pull = json!({ "MediaUrl": "http://example.com/film.mov", "MediaName": "pulled" });
    let task_id = call(&service, "PullUpload", pull).await["TaskId"].clone();
    let before = service.unix_seconds();
    let answer = call(&service, "PullEvents", json!({})).await;
    let waited = service.unix_seconds() - before;
    assert!((3..=4).contains(&waited), "{waited}");
    let event = &answer["EventSet"][0];
    assert_eq!(
        (&event["EventType"], &event["PullCompleteEvent"]["TaskId"]),
        (&json!("PullComplete"), &task_id)
    );
    let file_id = &event["PullCompleteEvent"]["FileId"];
    let info = call(&service, "DescribeMediaInfos", json!({ "FileIds": [file_id] })).await;
    let info = &info["MediaInfoSet"][0]["BasicInfo"];
    assert_eq!((&info["Name"], &info["Type"]), (&json!("pulled"), &json!("mov")));
    assert_eq!(
        code(&call(&service, "PullUpload", json!({ "MediaUrl": "film.mov" })).await),
        "InvalidParameterValue.MediaUrl"
    );
}

#[tokio::test]
async fn tasks_go_on_as_the_option_says() {
    let spec = spec();
    let status = async |service: &EmulatedService, task_id: &Value| {
        let detail = good(service, &spec, "DescribeTaskDetail", json!({ "TaskId": task_id })).await;
        detail["Status"].as_str().unwrap().to_owned()
    };
    let begin = async |progress: TaskProgress| {
        let service = service(Options { task_progress: progress, ..Options::default() });
        let file_id = upload(&service, json!({ "MediaType": "mp4" })).await;
        let start = json!({ "FileId": file_id, "MediaProcessTask": transcode() });
        let task_id = good(&service, &spec, "ProcessMedia", start).await["TaskId"].clone();
        (service, task_id)
    };
    let (at_once, task_id) = begin(TaskProgress::AtOnce).await;
    assert_eq!(status(&at_once, &task_id).await, "FINISH");
    let (looks, task_id) = begin(TaskProgress::AfterLooks(3)).await;
    for expected in ["WAITING", "PROCESSING", "FINISH", "FINISH"] {
        assert_eq!(status(&looks, &task_id).await, expected);
    }
    let (by_hand, task_id) = begin(TaskProgress::ByHand).await;
    by_hand.advance(Duration::from_hours(1));
    assert_eq!(status(&by_hand, &task_id).await, "WAITING");
    let manage = |operation: &'static str| {
        call(&by_hand, "ManageTask", json!({ "TaskId": task_id, "OperationType": operation }))
    };
    assert_eq!(code(&manage("Stop").await), "InvalidParameterValue.InvalidOperationType");
    assert_eq!(code(&manage("Abort").await), "ok");
    assert_eq!(status(&by_hand, &task_id).await, "ABORTED");
    assert_eq!(code(&manage("Abort").await), "FailedOperation");
    assert_eq!(
        code(&call(&by_hand, "DescribeTaskDetail", json!({ "TaskId": "nope" })).await),
        "ResourceNotFound"
    );
    assert_eq!(events(&by_hand, &spec).await.len(), 1, "of the upload alone");
}

#[tokio::test]
async fn a_procedure_runs_after_an_upload() {
    let (service, spec) =
        (service(Options { task_progress: TaskProgress::AtOnce, ..Options::default() }), spec());
    let procedure = json!({ "Name": "small", "MediaProcessTask": transcode() });
    good(&service, &spec, "CreateProcedureTemplate", procedure).await;
    let file_id =
        upload(&service, json!({ "MediaType": "mp4", "Procedure": "small", "SessionContext": "mine" })).await;
    let published = events(&service, &spec).await;
    let kinds: Vec<&str> = published.iter().map(|event| event["EventType"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["NewFileUpload", "ProcedureStateChanged"]);
    let task_id = &published[0]["FileUploadEvent"]["ProcedureTaskId"];
    assert_eq!(published[1]["ProcedureStateChangeEvent"]["TaskId"], *task_id);
    assert_eq!(published[1]["ProcedureStateChangeEvent"]["SessionContext"], "mine");
    let unknown = json!({ "FileId": file_id, "ProcedureName": "large" });
    let unknown = call(&service, "ProcessMediaByProcedure", unknown).await;
    assert_eq!(code(&unknown), "InvalidParameterValue.ProcedureName");
    let started = json!({ "FileId": file_id, "ProcedureName": "small" });
    let started = good(&service, &spec, "ProcessMediaByProcedure", started).await;
    let listed = good(&service, &spec, "DescribeTasks", json!({ "FileId": file_id, "Limit": 1 })).await;
    assert_eq!(listed["TaskSet"][0]["TaskId"], started["TaskId"], "newest first");
    let next = json!({ "FileId": file_id, "ScrollToken": listed["ScrollToken"] });
    let next = good(&service, &spec, "DescribeTasks", next).await;
    assert_eq!((&next["TaskSet"][0]["TaskId"], &next["ScrollToken"]), (task_id, &json!("")));
}

/// A call of every action that starts a task, by the example of its spec with files that exist.
#[tokio::test]
async fn every_task_is_described_and_ends_in_its_event() {
    let (service, spec) =
        (service(Options { task_progress: TaskProgress::AtOnce, ..Options::default() }), spec());
    good(&service, &spec, "CreateProcedureTemplate", json!({ "Name": "Simple" })).await;
    let file_id = upload(&service, json!({ "MediaType": "mp4", "MediaStoragePath": "/a/b.mp4" })).await;
    events(&service, &spec).await;
    let mut started = 0;
    for name in service.coverage(vod_emulator::AnswerKind::Modelled) {
        let Some(action) = spec.action(&name) else { continue };
        let starts =
            action.response.iter().any(|field| field.name == "TaskId") && name != "DescribeTaskDetail";
        if !starts {
            continue;
        }
        let Some(example) = action.examples.first() else { continue };
        let mut parameters = example.request.clone();
        let members = parameters.as_object_mut().unwrap();
        members.remove("SubAppId");
        if action.request.iter().any(|field| field.name == "SubAppId" && field.required) {
            members.insert("SubAppId".into(), 0.into());
        }
        if members.contains_key("FileId") {
            members.insert("FileId".into(), file_id.as_str().into());
        }
        if members.contains_key("MediaStoragePath") {
            members.insert("MediaStoragePath".into(), "/a/b.mp4".into());
        }
        if members.contains_key("ProcedureName") {
            members.insert("ProcedureName".into(), "Simple".into());
        }
        if members.contains_key("SessionId") {
            members.insert("SessionId".into(), name.as_str().into());
        }
        members.insert("ExpireTime".into(), "2100-01-01T00:00:00Z".into());
        if !action.request.iter().any(|field| field.name == "ExpireTime") {
            members.remove("ExpireTime");
        }
        let task_id = good(&service, &spec, &name, parameters).await["TaskId"].clone();
        let detail = good(&service, &spec, "DescribeTaskDetail", json!({ "TaskId": task_id })).await;
        assert_eq!(detail["Status"], "FINISH", "{name}");
        let published = events(&service, &spec).await;
        assert!(published.len() <= 1, "{name}: {published:?}");
        started += 1;
    }
    assert!(started >= 30, "{started}");
}
