//! Media files: describing and deleting them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::model::arguments::Arguments;
use crate::model::context::Context;
use crate::model::instant::{NEVER, unix_of};
use crate::model::media::Media;
use crate::model::shape::shaped;
use crate::model::state::State;
use crate::protocol::codes;
use crate::protocol::envelope::{Answer, ApiError, Members};
use crate::storage::checksum::Checksums;
use crate::storage::objects::Object;

/// Tags of a file at most.
const MAX_TAGS: usize = 16;
/// Subtitles of a file at most.
const MAX_SUBTITLES: usize = 16;
/// Marked points of a file at most.
const MAX_MARKS: usize = 100;

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
    // `json!` would copy all of them.
    Members::from_iter([
        ("MediaInfoSet".to_owned(), Value::Array(infos)),
        ("NotExistFileIdSet".to_owned(), absent.into()),
    ])
    .into()
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

pub(super) fn modify(
    state: &mut State,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let file_id = arguments.text_or_empty("FileId");
    let Some(media) = state.media.get_mut(file_id) else {
        return Err(ApiError::new("ResourceNotFound.FileNotExist", "There is no file of this `FileId`."));
    };
    let (added, deleted) = (arguments.texts("AddTags"), arguments.texts("DeleteTags"));
    let clears = arguments.number("ClearTags") == Some(1);
    if !added.is_empty() && clears {
        let message = "`AddTags` and `ClearTags` exclude each other.";
        return Err(ApiError::new("InvalidParameterValue.AddTagsAndClearTagsConflict", message));
    }
    if added.iter().any(|tag| deleted.contains(tag)) {
        let message = "`AddTags` and `DeleteTags` have a tag in common.";
        return Err(ApiError::new("InvalidParameterValue.AddTagsAndDeleteTagsConflict", message));
    }
    let mut tags = if clears { Vec::new() } else { media.tags.clone() };
    tags.retain(|tag| !deleted.contains(&tag.as_str()));
    for tag in added {
        if !tags.iter().any(|own| own == tag) {
            tags.push(tag.to_owned());
        }
    }
    if tags.len() > MAX_TAGS {
        let message = format!("A file has at most {MAX_TAGS} tags.");
        return Err(ApiError::new("LimitExceeded.TagCountReachMax", message));
    }
    let marks = marks(media, arguments)?;
    let cover = arguments.text("CoverData").filter(|data| !data.is_empty());
    let cover = cover
        .map(|data| STANDARD.decode(data))
        .transpose()
        .map_err(|_| ApiError::new("InvalidParameterValue.ImageDecodeError", "`CoverData` is not Base64."))?;
    let kept = kept_subtitles(media, arguments);
    let new_subtitles = arguments.list("AddSubtitles");
    if kept.len() + new_subtitles.len() > MAX_SUBTITLES {
        let message = format!("A file has at most {MAX_SUBTITLES} subtitles.");
        return Err(ApiError::new("LimitExceeded", message));
    }
    let folder = media.path.rsplit_once('/').map(|(folder, _)| folder.to_owned()).unwrap_or_default();
    let mut added_subtitles = Vec::new();
    for subtitle in new_subtitles.iter().filter_map(Value::as_object).map(Arguments) {
        let named = subtitle.text("Id").filter(|id| !id.is_empty()).map(str::to_owned);
        let id = named.unwrap_or_else(|| state.ids.hexadecimal("subtitle", 16));
        let path = format!("{folder}/{id}.{}", subtitle.text_or_empty("Format"));
        let bytes = STANDARD.decode(subtitle.text_or_empty("Content")).unwrap_or_default();
        let sums = Checksums::of([bytes.as_slice()]);
        state.objects.put(&path, Object::new(bytes.into(), sums));
        added_subtitles.push(json!({
            "Id": id,
            "Name": subtitle.text("Name"),
            "Language": subtitle.text("Language"),
            "Format": subtitle.text("Format"),
            "Url": context.url_of(&path),
            "Source": "UserUploaded",
        }));
    }
    let cover_path = cover.map(|cover| {
        let path = format!("{folder}/{}.jpg", state.ids.number("cover"));
        let sums = Checksums::of([cover.as_slice()]);
        state.objects.put(&path, Object::new(cover.into(), sums));
        path
    });
    let Some(media) = state.media.get_mut(file_id) else { return Ok(Answer::default()) };
    if let Some(path) = cover_path {
        media.cover_path = path;
    }
    let subtitles: Vec<Value> = kept.into_iter().chain(added_subtitles.clone()).collect();
    if subtitles.is_empty() {
        media.made.remove("SubtitleInfo");
    } else {
        media.made.insert("SubtitleInfo".to_owned(), json!({ "SubtitleSet": subtitles }));
    }
    media.tags = tags;
    if marks.is_empty() {
        media.made.remove("KeyFrameDescInfo");
    } else {
        media.made.insert("KeyFrameDescInfo".to_owned(), json!({ "KeyFrameDescSet": marks }));
    }
    if let Some(name) = arguments.text("Name") {
        name.clone_into(&mut media.name);
    }
    if let Some(description) = arguments.text("Description") {
        description.clone_into(&mut media.description);
    }
    if let Some(class_id) = arguments.number("ClassId") {
        media.class_id = class_id;
    }
    media.updated = context.unix;
    let cover_url = media.cover_url(context);
    if let Some(expires) = arguments.text("ExpireTime") {
        state.media.set_expiry(file_id, unix_of(expires).filter(|_| expires != NEVER));
    }
    Ok(context.answer(Members::from_iter([
        ("CoverUrl".to_owned(), cover_url.into()),
        ("AddedSubtitleSet".to_owned(), added_subtitles.into()),
    ])))
}

/// The subtitles that a change leaves.
fn kept_subtitles(media: &Media, arguments: Arguments<'_>) -> Vec<Value> {
    let own = media.made.get("SubtitleInfo").and_then(|info| info["SubtitleSet"].as_array());
    let deleted = arguments.texts("DeleteSubtitleIds");
    let mut kept = own.cloned().unwrap_or_default();
    kept.retain(|subtitle| subtitle["Id"].as_str().is_none_or(|id| !deleted.contains(&id)));
    if arguments.number("ClearSubtitles") == Some(1) {
        kept.clear();
    }
    kept
}

/// The marked points of a file after a change.
fn marks(media: &Media, arguments: Arguments<'_>) -> Result<Vec<Value>, ApiError> {
    let own = media.made.get("KeyFrameDescInfo").and_then(|info| info["KeyFrameDescSet"].as_array());
    let mut marks = own.cloned().unwrap_or_default();
    let (added, deleted) = (arguments.list("AddKeyFrameDescs"), arguments.list("DeleteKeyFrameDescs"));
    let at = |mark: &Value| mark["TimeOffset"].as_f64();
    let clears = arguments.number("ClearKeyFrameDescs") == Some(1);
    if !added.is_empty() && clears {
        let message = "`AddKeyFrameDescs` and `ClearKeyFrameDescs` exclude each other.";
        return Err(ApiError::new(
            "InvalidParameterValue.AddKeyFrameDescsAndClearKeyFrameDescsConflict",
            message,
        ));
    }
    if added.iter().any(|mark| deleted.iter().any(|moment| moment.as_f64() == at(mark))) {
        let message = "`AddKeyFrameDescs` and `DeleteKeyFrameDescs` have a point in common.";
        return Err(ApiError::new(
            "InvalidParameterValue.AddKeyFrameDescsAndDeleteKeyFrameDescsConflict",
            message,
        ));
    }
    marks.retain(|mark| !clears && !deleted.iter().any(|moment| moment.as_f64() == at(mark)));
    for mark in added {
        marks.retain(|own| at(own) != at(mark));
        marks.push(mark.clone());
    }
    marks.sort_by(|left, right| at(left).partial_cmp(&at(right)).unwrap_or(std::cmp::Ordering::Equal));
    if marks.len() > MAX_MARKS {
        let message = format!("A file has at most {MAX_MARKS} marked points.");
        return Err(ApiError::new("LimitExceeded.KeyFrameDescCountReachMax", message));
    }
    Ok(marks)
}

pub(super) fn change_storage_class(
    state: &mut State,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let file_ids = arguments.texts("FileIds");
    if let Some(absent) = file_ids.iter().find(|file_id| state.media.get(file_id).is_none()) {
        let message = format!("There is no file {absent}.");
        return Err(ApiError::new("ResourceNotFound.FileNotExist", message));
    }
    for file_id in file_ids {
        if let Some(media) = state.media.get_mut(file_id) {
            arguments.text_or_empty("StorageClass").clone_into(&mut media.storage_class);
            media.updated = context.unix;
        }
    }
    Ok(Answer::default())
}

pub(super) fn forbid(state: &mut State, arguments: Arguments<'_>, context: &Context<'_>) -> Answer {
    let forbids = arguments.text_or_empty("Operation") == "forbid";
    let mut absent = Vec::new();
    for file_id in arguments.texts("FileIds") {
        match state.media.get_mut(file_id) {
            Some(media) => {
                media.is_forbidden = forbids;
                media.updated = context.unix;
            }
            None => absent.push(file_id),
        }
    }
    Answer::of(json!({ "NotExistFileIdSet": absent }))
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
