//! Realistic events to publish. Each is made from a number alone: the same number gives the same event, and
//! events of the same number are about the same file.

use serde_json::{Value, json};

/// The first second of 2025, Unix time; events are spread over the seconds after it.
const START: i64 = 1_735_689_600;

/// What the numbered files are called.
const NAMES: [&str; 5] = ["Harbour at dawn", "Keynote", "Goal of the month", "Trailer", "Lesson"];

/// What happened to three files: one was uploaded, one was transcoded, one was deleted.
pub fn three_events() -> [Value; 3] {
    [new_file_upload(1), procedure_state_changed(2), file_deleted(3)]
}

/// `count` events of changing types, about the files from 1.
pub fn events(count: u64) -> impl Iterator<Item = Value> {
    (1..=count).map(|number| match number % 4 {
        1 => new_file_upload(number),
        2 => procedure_state_changed(number),
        3 => file_deleted(number),
        _ => pull_complete(number),
    })
}

/// `NewFileUpload`: a video was uploaded.
pub fn new_file_upload(number: u64) -> Value {
    json!({
        "EventType": "NewFileUpload",
        "FileUploadEvent": {
            "FileId": file_id(number),
            "MediaBasicInfo": basic_info(number, "Upload"),
            "ProcedureTaskId": "",
            "ReviewAudioVideoTaskId": "",
            "MetaData": meta_data(number),
        },
    })
}

/// `ProcedureStateChanged`: a task flow that transcodes a video and takes its cover has finished.
pub fn procedure_state_changed(number: u64) -> Value {
    json!({
        "EventType": "ProcedureStateChanged",
        "ProcedureStateChangeEvent": {
            "TaskId": task_id(number, "Procedure"),
            "Status": "FINISH",
            "ErrCode": 0,
            "Message": "",
            "FileId": file_id(number),
            "FileName": name(number),
            "FileUrl": url(number, "original.mp4"),
            "MetaData": meta_data(number),
            "MediaProcessResultSet": [transcoded(number), cover_taken(number)],
            "AiContentReviewResultSet": [],
            "AiAnalysisResultSet": [],
            "AiRecognitionResultSet": [],
            "TasksPriority": 0,
            "TasksNotifyMode": "Finish",
            "SessionContext": "",
            "SessionId": "",
            "Operator": "",
            "OperationType": "",
        },
    })
}

/// `FileDeleted`: a file was deleted with everything that was made from it.
pub fn file_deleted(number: u64) -> Value {
    json!({
        "EventType": "FileDeleted",
        "FileDeleteEvent": {
            "FileIdSet": [file_id(number)],
            "FileDeleteResultInfo": [{ "FileId": file_id(number), "DeleteParts": [] }],
        },
    })
}

/// `PullComplete`: a video was fetched from a URL.
pub fn pull_complete(number: u64) -> Value {
    json!({
        "EventType": "PullComplete",
        "PullCompleteEvent": {
            "TaskId": task_id(number, "Pull"),
            "Status": "FINISH",
            "ErrCode": 0,
            "Message": "",
            "FileId": file_id(number),
            "MediaBasicInfo": basic_info(number, "UrlUpload"),
            "MetaData": meta_data(number),
            "FileUrl": url(number, "original.mp4"),
            "ProcedureTaskId": "",
            "ReviewAudioVideoTaskId": "",
            "SessionContext": "",
            "SessionId": "",
            "Progress": 100,
        },
    })
}

fn basic_info(number: u64, source: &str) -> Value {
    json!({
        "Name": name(number),
        "Description": "",
        "CreateTime": time(number, 0),
        "UpdateTime": time(number, 2),
        "ExpireTime": "9999-12-31T23:59:59Z",
        "ClassId": 0,
        "ClassName": "Other",
        "ClassPath": "Other",
        "CoverUrl": "",
        "Type": "mp4",
        "MediaUrl": url(number, "original.mp4"),
        "SourceInfo": {
            "SourceType": source,
            "SourceContext": "",
            "LiveRecordInfo": null,
            "TrtcRecordInfo": null,
            "WebPageRecordInfo": null,
        },
        "StorageRegion": "ap-guangzhou",
        "StoragePath": "",
        "TagSet": [],
        "Vid": file_id(number),
        "Category": "Video",
        "Status": "Normal",
        "StorageClass": "STANDARD",
    })
}

fn meta_data(number: u64) -> Value {
    let seconds = seconds(number);
    json!({
        "Size": seconds * 262_144,
        "Container": "mov,mp4,m4a,3gp,3g2,mj2",
        "Bitrate": 2_097_152,
        "Height": 1080,
        "Width": 1920,
        "Duration": seconds,
        "Rotate": 0,
        "VideoStreamSet": [video_stream(1_966_080, 1080, 1920)],
        "AudioStreamSet": [audio_stream()],
        "VideoDuration": seconds,
        "AudioDuration": seconds,
        "Md5": format!("{:032x}", u128::from(number) * 0x9E37_79B9_7F4A_7C15),
    })
}

fn transcoded(number: u64) -> Value {
    json!({
        "Type": "Transcode",
        "TranscodeTask": {
            "Status": "SUCCESS",
            "ErrCodeExt": "",
            "ErrCode": 0,
            "Message": "",
            "Input": { "Definition": 100_030 },
            "Output": {
                "Url": url(number, "v.f100030.mp4"),
                "Definition": 100_030,
                "Bitrate": 1_048_576,
                "Height": 720,
                "Width": 1280,
                "Size": seconds(number) * 131_072,
                "Duration": seconds(number),
                "Md5": format!("{:032x}", u128::from(number) * 0xC2B2_AE3D_27D4_EB4F),
                "Container": "mov,mp4,m4a,3gp,3g2,mj2",
                "VideoStreamSet": [video_stream(917_504, 720, 1280)],
                "AudioStreamSet": [audio_stream()],
                "DigitalWatermarkType": "None",
                "CopyRightWatermarkText": "",
            },
            "Progress": 100,
            "BeginProcessTime": time(number, 5),
            "FinishTime": time(number, 30),
        },
    })
}

fn cover_taken(number: u64) -> Value {
    json!({
        "Type": "CoverBySnapshot",
        "CoverBySnapshotTask": {
            "Status": "SUCCESS",
            "ErrCodeExt": "",
            "ErrCode": 0,
            "Message": "",
            "Input": { "Definition": 10, "PositionType": "Time", "PositionValue": 1 },
            "Output": { "CoverUrl": url(number, "coverBySnapshot/cover.jpg") },
            "Progress": 100,
            "BeginProcessTime": time(number, 5),
            "FinishTime": time(number, 7),
        },
    })
}

fn video_stream(bitrate: u64, height: u64, width: u64) -> Value {
    json!({
        "Bitrate": bitrate,
        "Height": height,
        "Width": width,
        "Codec": "h264",
        "Fps": 25,
        "CodecTag": "avc1",
        "DynamicRangeInfo": { "Type": "SDR", "HDRType": "" },
    })
}

fn audio_stream() -> Value {
    json!({ "Bitrate": 131_072, "SamplingRate": 48_000, "Codec": "aac" })
}

fn file_id(number: u64) -> String {
    (5_285_890_784_000_000_000 + number % 1_000_000_000 * 7919).to_string()
}

fn task_id(number: u64, kind: &str) -> String {
    format!("1500000001-{kind}-{:032x}t0", u128::from(number) * 0xD6E8_FEB8_6659_FD93)
}

fn name(number: u64) -> String {
    let index = usize::try_from(number % NAMES.len() as u64).unwrap_or_default();
    format!("{} {number}", NAMES[index])
}

fn url(number: u64, file: &str) -> String {
    format!("http://1500000001.vod2.myqcloud.com/{:08x}vodcq1500000001/{}/{file}", number, file_id(number))
}

/// Length of the file, in seconds.
fn seconds(number: u64) -> u64 {
    30 + number % 90
}

/// A moment `after` seconds after the file came, ISO 8601.
fn time(number: u64, after: i64) -> String {
    let since_start = i64::try_from(number % 31_536_000).unwrap_or_default() + after;
    let text = time::OffsetDateTime::from_unix_timestamp(START + since_start)
        .ok()
        .and_then(|time| time.format(&time::format_description::well_known::Rfc3339).ok());
    text.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Emulator;

    #[tokio::test]
    async fn every_sample_fits_the_spec() {
        let service = Emulator::builder().build().unwrap();
        for event in three_events().into_iter().chain(events(8)) {
            let kind = event["EventType"].clone();
            service.publish(event).unwrap_or_else(|error| panic!("{kind}: {error}"));
        }
        assert_eq!(service.state().queued, 11);
        service.publish(new_file_upload(u64::MAX)).unwrap();
    }

    #[test]
    fn a_number_makes_one_event() {
        assert_eq!(new_file_upload(7), new_file_upload(7));
        assert_ne!(new_file_upload(7), new_file_upload(8));
        assert_eq!(time(0, 61), "2025-01-01T00:01:01Z");
    }
}
