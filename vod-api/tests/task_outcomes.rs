//! Outcomes of tasks, from the vendor's own examples and from made-up ones.

#![cfg(feature = "all-categories")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::time::Duration;

use serde_json::json;
use vod_api::ErrorKind;
use vod_api::task::{TaskOutcome, TaskResult as _};
use vod_api::testing::MockTransport;
use vod_api::vod::{
    DescribeTaskDetail, DescribeTaskDetailResponse, EventContent, EventPayload, ProcedureTask, ProcessMedia,
    ProcessMediaRequest, SearchMediaRequest, TaskPayload,
};

fn procedure() -> serde_json::Value {
    json!({
        "TaskId": "task-1", "Status": "FINISH", "ErrCode": 0, "Message": "SUCCESS", "FileUrl": "http://e/source.mp4",
        "MediaProcessResultSet": [
            { "Type": "Transcode", "TranscodeTask": {
                "Status": "SUCCESS", "ErrCode": 0, "ErrCodeExt": "", "Message": "SUCCESS",
                "Output": { "Url": "http://e/t.mp4", "Size": 10502 },
            } },
            { "Type": "ImageSprites", "ImageSpriteTask": {
                "Status": "SUCCESS", "ErrCode": 0, "Message": "",
                "Output": { "ImageUrlSet": ["http://e/1.jpg", "http://e/2.jpg"], "WebVttUrl": "http://e/s.vtt" },
            } },
            { "Type": "CoverBySnapshot", "CoverBySnapshotTask": {
                "Status": "FAIL", "ErrCode": 30000, "ErrCodeExt": "InvalidParameterValue.Time", "Message": "too late",
                "Input": { "CoverUrl": "http://e/input.jpg" }, "Output": null,
            } },
        ],
        "AiContentReviewResultSet": [], "AiAnalysisResultSet": [], "AiRecognitionResultSet": [],
    })
}

#[test]
fn details_tasks_and_events_tell_the_same() {
    let task: ProcedureTask = serde_json::from_value(procedure()).unwrap();
    let detail = json!({ "TaskType": "Procedure", "Status": "FINISH", "ProcedureTask": procedure() });
    let detail: DescribeTaskDetailResponse = serde_json::from_value(detail).unwrap();
    let event = json!({ "EventType": "ProcedureStateChanged", "ProcedureStateChangeEvent": procedure() });
    let event: EventContent = serde_json::from_value(event).unwrap();
    for (outcome, within) in [
        (task.outcome(), ""),
        (detail.outcome(), "ProcedureTask."),
        (event.outcome(), "ProcedureStateChangeEvent."),
    ] {
        let outcome = outcome.unwrap();
        assert!(outcome.is_finished() && !outcome.is_success(), "{outcome:?}");
        let failures: Vec<String> = outcome.failures().map(ToString::to_string).collect();
        let told = "MediaProcessResultSet[2].CoverBySnapshotTask: FAIL: InvalidParameterValue.Time: too late";
        assert_eq!(failures, [format!("{within}{told}")]);
        let outputs: Vec<_> = outcome.outputs().map(|output| (output.url.as_str(), output.size)).collect();
        assert_eq!(
            outputs,
            [
                ("http://e/t.mp4", Some(10502)),
                ("http://e/1.jpg", None),
                ("http://e/2.jpg", None),
                ("http://e/s.vtt", None),
            ]
        );
        assert_eq!(
            outcome.outputs().next().unwrap().path,
            format!("{within}MediaProcessResultSet[0].TranscodeTask.Output.Url")
        );
    }
}

#[test]
fn answers_and_events_give_what_their_type_names() {
    let detail =
        |json: serde_json::Value| -> DescribeTaskDetailResponse { serde_json::from_value(json).unwrap() };
    let failed = json!({ "Status": "FINISH", "ErrCode": 40001, "Message": "gone", "FileId": "8" });
    // Members of other types do not count, neither for the payload nor for the outcome.
    let both = json!({
        "TaskType": "Procedure", "Status": "FINISH", "PullUploadTask": failed, "ProcedureTask": procedure(),
    });
    let pulled = json!({
        "TaskType": "PullUpload", "Status": "FINISH", "PullUploadTask": failed, "ProcedureTask": procedure(),
    });
    let (both, pulled) = (detail(both), detail(pulled));
    let TaskPayload::Procedure(task) = both.payload() else { panic!("{both:?}") };
    assert_eq!(task.task_id, "task-1");
    let failures =
        |outcome: TaskOutcome| outcome.failures().map(|part| part.path.clone()).collect::<Vec<_>>();
    assert_eq!(
        failures(both.outcome().unwrap()),
        ["ProcedureTask.MediaProcessResultSet[2].CoverBySnapshotTask"]
    );
    let TaskPayload::PullUpload(task) = pulled.payload() else { panic!("{pulled:?}") };
    assert_eq!(task.file_id, "8");
    assert_eq!(failures(pulled.outcome().unwrap()), ["PullUploadTask"]);

    // The vendor's texts have two names for this one: what is there counts.
    for name in ["RemoveWatermarkTask", "RemoveWatermark"] {
        let removed =
            detail(json!({ "TaskType": name, "Status": "FINISH", "RemoveWatermarkTask": { "TaskId": "r" } }));
        let TaskPayload::RemoveWatermarkTask(task) = removed.payload() else { panic!("{removed:?}") };
        assert_eq!(task.task_id, "r");
    }
    let new = detail(json!({ "TaskType": "Dream", "Status": "FINISH", "DreamTask": { "Status": "FINISH" } }));
    let TaskPayload::Unknown { tag, members } = new.payload() else { panic!("{new:?}") };
    assert_eq!((tag, &members["DreamTask"]["Status"]), ("Dream", &json!("FINISH")));
    assert!(new.outcome().unwrap().is_success());

    let event = json!({
        "EventType": "PullComplete", "PullCompleteEvent": failed, "ProcedureStateChangeEvent": procedure(),
    });
    let event: EventContent = serde_json::from_value(event).unwrap();
    assert!(matches!(event.payload(), EventPayload::PullComplete(task) if task.file_id == "8"));
    assert_eq!(failures(event.outcome().unwrap()), ["PullCompleteEvent"]);
}

#[test]
fn a_task_without_parts_is_its_only_part() {
    let detail = |task: serde_json::Value| -> DescribeTaskDetailResponse {
        let detail = json!({ "TaskType": "PullUpload", "Status": "FINISH", "PullUploadTask": task });
        serde_json::from_value(detail).unwrap()
    };
    let good = json!({ "Status": "FINISH", "ErrCode": 0, "FileId": "7", "FileUrl": "http://e/f.mp4" });
    let outcome = detail(good).outcome().unwrap();
    assert!(outcome.is_success());
    let output = outcome.outputs().next().unwrap();
    assert_eq!((output.url.as_str(), output.file_id.as_deref()), ("http://e/f.mp4", Some("7")));
    for bad in [
        json!({ "Status": "FINISH", "ErrCode": 40001, "Message": "gone" }),
        json!({ "Status": "ABORTED", "ErrCode": 0 }),
    ] {
        let outcome = detail(bad.clone()).outcome().unwrap();
        assert!(outcome.is_finished() && !outcome.is_success(), "{bad}");
        assert_eq!(outcome.failures().count(), 1, "{bad}");
    }
    let running = detail(json!({ "Status": "PROCESSING", "ErrCode": 0 }));
    assert_eq!(running.outcome().unwrap().failures().count(), 0);
    assert!(!running.outcome().unwrap().is_success());
}

#[test]
fn what_is_running_or_no_task_is_no_success() {
    let running = json!({ "TaskType": "Procedure", "Status": "PROCESSING" });
    let running: DescribeTaskDetailResponse = serde_json::from_value(running).unwrap();
    let outcome = running.outcome().unwrap();
    assert!(!outcome.is_finished() && !outcome.is_success());
    let upload = json!({ "EventType": "NewFileUpload", "FileUploadEvent": { "FileId": "7" } });
    let upload: EventContent = serde_json::from_value(upload).unwrap();
    assert_eq!(upload.outcome(), None);
    let aborted = json!({ "TaskType": "Procedure", "Status": "ABORTED" });
    let aborted: DescribeTaskDetailResponse = serde_json::from_value(aborted).unwrap();
    assert!(!aborted.outcome().unwrap().is_success());
}

#[tokio::test(start_paused = true)]
async fn a_call_is_made_and_its_task_waited_for_in_one_line() {
    let mock = MockTransport::new();
    mock.on::<ProcessMedia>().respond_json(json!({ "TaskId": "task-1" }));
    mock.on::<DescribeTaskDetail>()
        .respond_json(json!({ "Status": "PROCESSING" }))
        .respond_json(json!({ "Status": "FINISH", "TaskType": "Procedure", "ProcedureTask": procedure() }));
    let client = mock.builder().build().unwrap();
    let request = ProcessMediaRequest::new().file_id("file-1").sub_app_id(7_u64);
    let detail = client.process_media(request).run_to_end().timeout(Duration::from_mins(10)).await.unwrap();
    assert_eq!(detail.outcome().unwrap().failures().count(), 1);
    let asked = &mock.requests::<DescribeTaskDetail>()[0];
    assert_eq!((asked.task_id.as_str(), asked.sub_app_id), ("task-1", Some(7)));
}

#[tokio::test(start_paused = true)]
async fn an_action_without_a_task_is_not_called() {
    let mock = MockTransport::new();
    let client = mock.builder().build().unwrap();
    let error = client.search_media(SearchMediaRequest::new()).run_to_end().await.unwrap_err();
    assert!(
        error.kind() == ErrorKind::InvalidRequest && error.message().contains("has no TaskId"),
        "{error}"
    );
    mock.on::<ProcessMedia>().respond_json(json!({ "TaskId": "" }));
    let error = client.process_media(ProcessMediaRequest::new().file_id("f")).run_to_end().await.unwrap_err();
    assert_eq!((error.kind(), error.action()), (ErrorKind::Decode, Some("ProcessMedia")));
    assert_eq!(mock.recorded().len(), 1);
}
