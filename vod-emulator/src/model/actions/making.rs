//! What tasks make: the outputs of processing, and new media files.

use serde_json::{Value, json};

use crate::model::context::Context;
use crate::model::instant::{NEVER, rfc3339, unix_of};
use crate::model::media::{Media, MediaOrigin};
use crate::model::metadata::metadata;
use crate::model::state::State;
use crate::model::task_kinds::{PROCEDURE, TaskKind};
use crate::model::tasks::{Task, TaskState};
use crate::protocol::envelope::{Members, members};
use crate::storage::checksum::Checksums;
use crate::storage::objects::Object;

/// One kind of processing.
struct Part {
    /// The list of wishes in `MediaProcessTask`.
    wishes: &'static str,
    /// The type of a result, and the member that holds it.
    result: &'static str,
    member: &'static str,
    /// Where the file shows it, and the list there.
    info: &'static str,
    set: &'static str,
    /// What the output's file is called.
    ending: &'static str,
}

const PARTS: &[Part] = &[
    part("TranscodeTaskSet", "Transcode", "TranscodeTask", "TranscodeInfo", "TranscodeSet", "mp4"),
    part(
        "AnimatedGraphicTaskSet",
        "AnimatedGraphics",
        "AnimatedGraphicTask",
        "AnimatedGraphicsInfo",
        "AnimatedGraphicsSet",
        "gif",
    ),
    part(
        "SnapshotByTimeOffsetTaskSet",
        "SnapshotByTimeOffset",
        "SnapshotByTimeOffsetTask",
        "SnapshotByTimeOffsetInfo",
        "SnapshotByTimeOffsetSet",
        "jpg",
    ),
    part(
        "SampleSnapshotTaskSet",
        "SampleSnapshot",
        "SampleSnapshotTask",
        "SampleSnapshotInfo",
        "SampleSnapshotSet",
        "jpg",
    ),
    part("ImageSpriteTaskSet", "ImageSprites", "ImageSpriteTask", "ImageSpriteInfo", "ImageSpriteSet", "jpg"),
    part("CoverBySnapshotTaskSet", "CoverBySnapshot", "CoverBySnapshotTask", "", "", "jpg"),
    part(
        "AdaptiveDynamicStreamingTaskSet",
        "AdaptiveDynamicStreaming",
        "AdaptiveDynamicStreamingTask",
        "AdaptiveDynamicStreamingInfo",
        "AdaptiveDynamicStreamingSet",
        "m3u8",
    ),
];

const fn part(
    wishes: &'static str,
    result: &'static str,
    member: &'static str,
    info: &'static str,
    set: &'static str,
    ending: &'static str,
) -> Part {
    Part { wishes, result, member, info, set, ending }
}

/// What a task asks for, by parts, in the order of `MediaProcessTaskInput`.
fn wishes(state: &State, task: &Task) -> Vec<(&'static Part, Value)> {
    let own = task.parameters.get("MediaProcessTask").cloned();
    let name = task.parameter("ProcedureName");
    let input = own.or_else(|| super::tasks::procedure(state, name)?.get("MediaProcessTask").cloned());
    let input = input.unwrap_or_default();
    let wishes = PARTS.iter().flat_map(|part| {
        let wishes = input[part.wishes].as_array().cloned().unwrap_or_default();
        wishes.into_iter().map(move |wish| (part, wish))
    });
    wishes.collect()
}

fn definition(wish: &Value) -> i64 {
    wish["Definition"].as_i64().unwrap_or_default()
}

/// The path of an output, beside the original.
fn path_of(media: &Media, part: &Part, wish: &Value) -> String {
    let folder = media.path.rsplit_once('/').map(|(folder, _)| folder).unwrap_or_default();
    format!("{folder}/{}.{}.{}", media.file_id, definition(wish), part.ending)
}

/// The output of one part.
fn output(media: &Media, part: &Part, wish: &Value, context: &Context<'_>) -> Value {
    let url = context.url_of(&path_of(media, part, wish));
    let mut members = json!({
        "Url": url,
        "Definition": definition(wish),
        "Container": part.ending,
        "CoverUrl": url,
        "ImageUrlSet": [url],
        "TotalCount": 1,
        "WebVttUrl": "",
        "Package": "HLS",
        "DrmType": "",
        "SampleType": "Percent",
        "Interval": 10,
        "DigitalWatermarkType": "None",
    });
    let offsets = wish["TimeOffsetSet"].as_array().cloned().unwrap_or_default();
    let offsets = offsets.iter().chain(wish["ExtTimeOffsetSet"].as_array().into_iter().flatten());
    let pictures =
        offsets.map(|offset| json!({ "TimeOffset": offset, "Url": url, "WaterMarkDefinition": [] }));
    members["PicInfoSet"] = pictures.collect();
    for name in ["Bitrate", "Height", "Width", "Size", "Duration", "Md5", "VideoStreamSet", "AudioStreamSet"]
    {
        members[name] = media.meta.get(name).cloned().unwrap_or_default();
    }
    members
}

/// The results of all parts of a task that processes media.
pub(super) fn parts(state: &State, task: &Task, context: &Context<'_>) -> Vec<Value> {
    let media = state.media.get(&task.file_id);
    let shown = |moment: Option<i64>| moment.map(rfc3339);
    let results = wishes(state, task).into_iter().map(|(part, wish)| {
        let (status, output) = match (task.state, &task.failure) {
            (TaskState::Finish, None) => {
                ("SUCCESS", media.map_or(Value::Null, |media| output(media, part, &wish, context)))
            }
            (TaskState::Waiting, _) => ("WAITING", Value::Null),
            (TaskState::Processing, _) => ("PROCESSING", Value::Null),
            _ => ("FAIL", Value::Null),
        };
        let failure = task.failure.as_ref().filter(|_| status == "FAIL");
        let mut result = json!({
            "Status": status,
            "ErrCode": failure.map_or(0, |failure| failure.code),
            "ErrCodeExt": failure.map(|failure| failure.name.as_str()).unwrap_or_default(),
            "Message": failure.map_or("SUCCESS", |failure| failure.message.as_str()),
            "Input": wish,
            "Progress": task.progress(),
            "BeginProcessTime": shown(task.begun).unwrap_or_else(|| "0000-00-00T00:00:00Z".to_owned()),
            "FinishTime": shown(task.finished).unwrap_or_else(|| "0000-00-00T00:00:00Z".to_owned()),
        });
        if !output.is_null() {
            result["Output"] = output;
        }
        json!({ "Type": part.result, part.member: result })
    });
    results.collect()
}

/// Makes what a task that ends well makes. The result are members of its record.
pub(super) fn make(state: &mut State, task: &Task, context: &Context<'_>) -> Members {
    let kind = TaskKind::of(&task.action).map(|kind| kind.name).unwrap_or_default();
    let made = match kind {
        PROCEDURE => {
            process(state, task, context);
            Value::Null
        }
        "PullUpload" => pull(state, task, context),
        "EditMedia" | "ComposeMedia" => compose(state, task, context),
        _ => Value::Null,
    };
    members(made)
}

/// Shows the outputs of processing in the file.
fn process(state: &mut State, task: &Task, context: &Context<'_>) {
    for (part, wish) in wishes(state, task) {
        let Some(media) = state.media.get(&task.file_id) else { return };
        let (output, path) = (output(media, part, &wish, context), path_of(media, part, &wish));
        // A transcoded file plays; it has the original's content.
        if let Some(original) = state.objects.get(&media.path).cloned().filter(|_| part.ending == "mp4") {
            state.objects.put(&path, original);
        }
        let Some(media) = state.media.get_mut(&task.file_id) else { return };
        media.updated = context.unix;
        if part.info.is_empty() {
            media.cover_path = path;
            continue;
        }
        let info = media.made.entry(part.info.to_owned()).or_insert_with(|| json!({ part.set: [] }));
        if let Some(set) = info.get_mut(part.set).and_then(Value::as_array_mut) {
            set.retain(|one| one["Definition"] != output["Definition"]);
            set.push(output);
        }
    }
}

/// The object behind a URL: a copy of a stored one, else a content made up from the URL.
fn fetched(state: &State, url: &str, context: &Context<'_>) -> Object {
    let own = context.path_of_url(url).and_then(|path| state.objects.get(&path).cloned());
    own.unwrap_or_else(|| made_up(url))
}

/// A content that tells what it stands for.
fn made_up(name: &str) -> Object {
    let text = format!("content of {name}\n");
    let sums = Checksums::of([text.as_bytes()]);
    Object::new(text.into(), sums)
}

/// The ending of the file that a URL names.
fn ending_of_url(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default()
}

fn pull(state: &mut State, task: &Task, context: &Context<'_>) -> Value {
    let url = task.parameter("MediaUrl");
    let object = fetched(state, url, context);
    let kind = match task.parameter("MediaType") {
        "" => ending_of_url(url),
        kind => kind,
    };
    let origin = MediaOrigin {
        name: task.parameter("MediaName").to_owned(),
        kind: if kind.is_empty() { "mp4" } else { kind }.to_owned(),
        class_id: task.parameters.get("ClassId").and_then(Value::as_i64).unwrap_or_default(),
        source_type: "Upload",
        source_context: task.parameter("SourceContext").to_owned(),
        region: task.parameter("StorageRegion").to_owned(),
        chosen_path: task.parameter("MediaStoragePath").to_owned(),
        expires: unix_of(task.parameter("ExpireTime")),
    };
    let media = store(state, origin, object, context);
    let procedure_task_id = super::upload::start_procedure(
        state,
        &media.file_id,
        task.parameter("Procedure"),
        task.parameter("SessionContext"),
        context,
    );
    json!({
        "FileId": media.file_id,
        "MediaBasicInfo": media.basic_info(&state.classes, context),
        "MetaData": media.meta,
        "FileUrl": media.url(context),
        "ProcedureTaskId": procedure_task_id,
    })
}

/// A new file with the content of the first file that the task names.
fn compose(state: &mut State, task: &Task, context: &Context<'_>) -> Value {
    let source = task.parameters.get("FileInfos").and_then(|infos| infos[0]["FileId"].as_str());
    let object = source.and_then(|file_id| state.objects.get(&state.media.get(file_id)?.path).cloned());
    let object = object.unwrap_or_else(|| made_up(&task.id));
    let config = task.parameters.get("OutputConfig").or_else(|| task.parameters.get("Output")).cloned();
    let config = config.unwrap_or_default();
    let text =
        |names: [&str; 2]| names.into_iter().find_map(|name| config[name].as_str()).unwrap_or_default();
    let kind = match text(["Type", "Container"]) {
        "" => "mp4",
        kind => kind,
    };
    let origin = MediaOrigin {
        name: text(["MediaName", "FileName"]).to_owned(),
        kind: kind.to_owned(),
        class_id: config["ClassId"].as_i64().unwrap_or_default(),
        source_type: "VideoProcessing",
        source_context: String::new(),
        region: String::new(),
        chosen_path: String::new(),
        expires: config["ExpireTime"].as_str().and_then(unix_of),
    };
    let media = store(state, origin, object, context);
    json!({
        "Output": {
            "FileType": media.kind,
            "FileId": media.file_id,
            "FileUrl": media.url(context),
            "MediaName": media.name,
            "ClassId": media.class_id,
            "ExpireTime": media.expires.map_or_else(|| NEVER.to_owned(), rfc3339),
        },
        "MetaData": media.meta,
    })
}

/// Stores a content as a new file.
fn store(state: &mut State, origin: MediaOrigin, object: Object, context: &Context<'_>) -> Media {
    let file_id = state.ids.number("file");
    let path = if origin.chosen_path.is_empty() {
        format!("/{}/{}/f0.{}", state.ids.hexadecimal("folder", 16), state.ids.number("folder"), origin.kind)
    } else {
        origin.chosen_path.clone()
    };
    let meta = metadata(&origin.kind, &object);
    state.objects.put(&path, object);
    let media = Media::new(file_id, path, origin, meta, context.unix);
    state.media.add(media.clone());
    media
}
