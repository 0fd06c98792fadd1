//! Media files: describing and deleting them.

use serde_json::{Value, json};

use crate::model::arguments::Arguments;
use crate::model::context::Context;
use crate::model::media::Media;
use crate::model::shape::shaped;
use crate::model::state::State;
use crate::protocol::codes;
use crate::protocol::envelope::{Answer, ApiError, Members};

/// The members of `MediaInfo` by the filters that ask for them.
const INFOS: &[(&str, &str)] = &[
    ("basicInfo", "BasicInfo"),
    ("metaData", "MetaData"),
    ("transcodeInfo", "TranscodeInfo"),
    ("animatedGraphicsInfo", "AnimatedGraphicsInfo"),
    ("sampleSnapshotInfo", "SampleSnapshotInfo"),
    ("imageSpriteInfo", "ImageSpriteInfo"),
    ("snapshotByTimeOffsetInfo", "SnapshotByTimeOffsetInfo"),
    ("keyFrameDescInfo", "KeyFrameDescInfo"),
    ("adaptiveDynamicStreamingInfo", "AdaptiveDynamicStreamingInfo"),
    ("miniProgramReviewInfo", "MiniProgramReviewInfo"),
    ("subtitleInfo", "SubtitleInfo"),
    ("reviewInfo", "ReviewInfo"),
    ("mpsAiMediaInfo", "MPSAiMediaInfo"),
    ("imageUnderstanding", "ImageUnderstandingInfo"),
];

/// What a call is told of one file; without filters all.
pub(super) fn info(state: &State, media: &Media, filters: &[&str], context: &Context<'_>) -> Value {
    let mut members = Members::new();
    members.insert("FileId".into(), media.file_id.as_str().into());
    for (filter, member) in INFOS {
        if !filters.is_empty() && !filters.contains(filter) {
            continue;
        }
        let value = match *member {
            "BasicInfo" => Some(media.basic_info(&state.classes, context)),
            "MetaData" => Some(media.meta.clone().into()),
            member => media.made.get(member).cloned(),
        };
        if let Some(value) = value {
            members.insert((*member).to_owned(), value);
        }
    }
    shaped(context.service, "MediaInfo", members.into())
}

pub(super) fn describe(state: &State, arguments: Arguments<'_>, context: &Context<'_>) -> Answer {
    let filters = arguments.texts("Filters");
    let (mut infos, mut absent) = (Vec::new(), Vec::new());
    for file_id in arguments.texts("FileIds") {
        match state.media.get(file_id) {
            Some(media) => infos.push(info(state, media, &filters, context)),
            None => absent.push(file_id),
        }
    }
    Answer::of(json!({ "MediaInfoSet": infos, "NotExistFileIdSet": absent }))
}

/// Removes a file with everything that is stored of it. False if there is none.
pub(super) fn remove(state: &mut State, file_id: &str) -> bool {
    let Some(media) = state.media.remove(file_id) else { return false };
    state.objects.remove(&media.path);
    state.objects.remove(&media.cover_path);
    true
}

pub(super) fn delete(
    state: &mut State,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let file_id = arguments.text_or_empty("FileId");
    let parts = arguments.list("DeleteParts");
    if state.media.get(file_id).is_none() {
        return Err(ApiError::new(codes::RESOURCE_NOT_FOUND, "There is no file of this `FileId`."));
    }
    for part in parts.iter().filter_map(Value::as_object) {
        delete_part(state, file_id, Arguments(part));
    }
    if parts.is_empty() {
        remove(state, file_id);
    }
    let payload = json!({
        "FileIdSet": [file_id],
        "FileDeleteResultInfo": [{ "FileId": file_id, "DeleteParts": parts }],
    });
    let payload = shaped(context.service, "FileDeleteTask", payload);
    state.outbox.push(json!({ "EventType": "FileDeleted", "FileDeleteEvent": payload }));
    Ok(Answer::default())
}

/// Deletes one part of a file, which itself stays.
fn delete_part(state: &mut State, file_id: &str, part: Arguments<'_>) {
    let definition = part.number("Definition").unwrap_or_default();
    let (member, set) = match part.text_or_empty("Type") {
        "OriginalFiles" => {
            if let Some(path) = state.media.remove_original(file_id) {
                state.objects.remove(&path);
            }
            return;
        }
        "TranscodeFiles" => ("TranscodeInfo", "TranscodeSet"),
        "AdaptiveDynamicStreamingFiles" => ("AdaptiveDynamicStreamingInfo", "AdaptiveDynamicStreamingSet"),
        _ => return,
    };
    let Some(media) = state.media.get_mut(file_id) else { return };
    if let Some(Value::Array(made)) = media.made.get_mut(member).and_then(|info| info.get_mut(set)) {
        // The number 0 stands for all.
        made.retain(|one| definition != 0 && one["Definition"].as_i64() != Some(definition));
    }
}
