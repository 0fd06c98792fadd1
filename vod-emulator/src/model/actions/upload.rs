//! Uploads: sessions, and the files that commits make of them.

use http::Uri;
use serde_json::{Value, json};

use crate::model::arguments::Arguments;
use crate::model::context::Context;
use crate::model::ids::bucket_of;
use crate::model::media::{Media, MediaOrigin, REGION};
use crate::model::metadata::metadata;
use crate::model::secret::Secret;
use crate::model::shape::shaped;
use crate::model::state::State;
use crate::model::task_kinds::TaskKind;
use crate::model::uploads::{Certificate, Session};
use crate::options::SecondCommit;
use crate::protocol::codes;
use crate::protocol::envelope::{Answer, ApiError};

/// Whether a text can be the kind of a file: the ending of its name.
fn is_kind(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

pub(super) fn apply(
    state: &mut State,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let (media_type, cover_type) =
        (arguments.text_or_empty("MediaType"), arguments.text_or_empty("CoverType"));
    let wrong = |name: &str, what: &str| {
        Err(ApiError::new(format!("InvalidParameterValue.{name}"), format!("`{name}` {what}.")))
    };
    if !is_kind(media_type) {
        return wrong("MediaType", "is not the ending of a file name");
    }
    if !cover_type.is_empty() && !is_kind(cover_type) {
        return wrong("CoverType", "is not the ending of a file name");
    }
    let expires = arguments.moment("ExpireTime");
    if expires.is_some_and(|expires| expires <= context.unix) {
        return wrong("ExpireTime", "is in the past");
    }
    let chosen = arguments.text_or_empty("MediaStoragePath");
    let has_dots = chosen.split('/').any(|segment| segment == "." || segment == "..");
    if !chosen.is_empty() && (!chosen.starts_with('/') || chosen.ends_with('/') || has_dots) {
        return wrong("MediaStoragePath", "is not the path of a file, beginning with `/`");
    }
    let folder = format!("/{}/{}", state.ids.hexadecimal("folder", 16), state.ids.number("folder"));
    let media_path = if chosen.is_empty() { format!("{folder}/f0.{media_type}") } else { chosen.to_owned() };
    let cover_path = if cover_type.is_empty() {
        String::new()
    } else {
        format!("{folder}/{}.{cover_type}", state.ids.number("cover"))
    };
    // Segments of a playlist go beside it, unless that is the whole bucket.
    let own_folder = media_path.rsplit_once('/').map(|(folder, _)| format!("{folder}/"));
    let own_folder = own_folder.filter(|folder| folder != "/");
    let paths = own_folder.into_iter().chain([media_path.clone(), cover_path.clone()]);
    let lifetime = i64::try_from(context.options.certificate_lifetime.as_secs()).unwrap_or(i64::MAX);
    let certificate = Certificate {
        secret_id: format!("AKID{}", state.ids.hexadecimal("certificate", 32)),
        secret_key: Secret(state.ids.hexadecimal("key", 32)),
        token: Secret(state.ids.hexadecimal("token", 64)),
        expires: context.unix.saturating_add(lifetime),
        paths: paths.filter(|path| !path.is_empty()).collect(),
    };
    let key = state.ids.hexadecimal("session", 128);
    let region = arguments.text("StorageRegion").filter(|region| !region.is_empty()).unwrap_or(REGION);
    let answer = json!({
        "StorageBucket": bucket_of(context.sub_app_id),
        "StorageRegion": region,
        "VodSessionKey": key,
        "MediaStoragePath": media_path,
        "CoverStoragePath": cover_path,
        "TempCertificate": {
            "SecretId": certificate.secret_id,
            "SecretKey": &*certificate.secret_key,
            "Token": &*certificate.token,
            "ExpiredTime": certificate.expires,
        },
    });
    let session = Session {
        certificate,
        media_path,
        path_was_chosen: !chosen.is_empty(),
        cover_path,
        media_type: media_type.to_owned(),
        name: arguments.text_or_empty("MediaName").to_owned(),
        procedure: arguments.text_or_empty("Procedure").to_owned(),
        expires,
        region: region.to_owned(),
        class_id: arguments.number("ClassId").unwrap_or_default(),
        source_context: arguments.text_or_empty("SourceContext").to_owned(),
        procedure_context: arguments.text_or_empty("SessionContext").to_owned(),
        file_id: None,
    };
    state.uploads.add(&key, session);
    Ok(Answer::of(answer))
}

pub(super) fn commit(
    state: &mut State,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let key = arguments.text_or_empty("VodSessionKey");
    let unknown =
        |what: &str| ApiError::new("InvalidParameterValue.VodSessionKey", format!("`VodSessionKey` {what}."));
    let session = state.uploads.get(key).cloned().ok_or_else(|| unknown("is that of no upload"))?;
    if let Some(file_id) = &session.file_id {
        let media = match context.options.second_commit {
            SecondCommit::SameFile => state.media.get(file_id),
            SecondCommit::Refused => None,
        };
        let media = media.ok_or_else(|| unknown("has been committed already"))?;
        return Ok(committed(media, context));
    }
    let Some(object) = state.objects.get(&session.media_path) else {
        let message = format!("There is no object {} in the storage.", session.media_path);
        return Err(ApiError::new(codes::RESOURCE_NOT_FOUND, message));
    };
    let meta = metadata(&session.media_type, object);
    let has_cover = state.objects.get(&session.cover_path).is_some();
    let file_id = state.ids.number("file");
    let origin = MediaOrigin {
        name: session.name.clone(),
        kind: session.media_type.clone(),
        class_id: session.class_id,
        source_type: "Upload",
        source_context: session.source_context.clone(),
        region: session.region.clone(),
        chosen_path: if session.path_was_chosen { session.media_path.clone() } else { String::new() },
        expires: session.expires,
    };
    let mut media = Media::new(file_id.clone(), session.media_path.clone(), origin, meta, context.unix);
    if has_cover {
        media.cover_path.clone_from(&session.cover_path);
    }
    let answer = committed(&media, context);
    state.media.add(media.clone());
    let procedure_task_id =
        start_procedure(state, &file_id, &session.procedure, &session.procedure_context, context);
    let event = uploaded(state, &media, &procedure_task_id, context);
    state.uploads.committed(key, &file_id);
    state.outbox.push(event);
    Ok(answer)
}

fn committed(media: &Media, context: &Context<'_>) -> Answer {
    Answer::of(json!({
        "FileId": media.file_id,
        "MediaUrl": media.url(context),
        "CoverUrl": media.cover_url(context),
    }))
}

/// The event of a new file.
fn uploaded(state: &State, media: &Media, procedure_task_id: &str, context: &Context<'_>) -> Value {
    let payload = json!({
        "FileId": media.file_id,
        "MediaBasicInfo": media.basic_info(&state.classes, context),
        "MetaData": media.meta,
        "ProcedureTaskId": procedure_task_id,
    });
    let payload = shaped(context.service, "FileUploadTask", payload);
    json!({ "EventType": "NewFileUpload", "FileUploadEvent": payload })
}

/// Starts the procedure that an upload names, for the file that it made. The result is the task's id; empty without
/// one, and for a procedure that does not exist.
pub(super) fn start_procedure(
    state: &mut State,
    file_id: &str,
    name: &str,
    session_context: &str,
    context: &Context<'_>,
) -> String {
    let kind =
        TaskKind::of("ProcessMediaByProcedure").filter(|_| super::tasks::procedure(state, name).is_some());
    let Some(kind) = kind else { return String::new() };
    let parameters = json!({ "FileId": file_id, "ProcedureName": name, "SessionContext": session_context });
    let parameters = parameters.as_object().cloned().unwrap_or_default();
    super::tasks::begin(state, kind, parameters, file_id.to_owned(), context)
}

/// Checks what a pull asks for.
pub(super) fn check_pull(arguments: Arguments<'_>, context: &Context<'_>) -> Result<(), ApiError> {
    let url = arguments.text_or_empty("MediaUrl").parse::<Uri>().ok();
    let is_web =
        url.is_some_and(|url| matches!(url.scheme_str(), Some("http" | "https")) && url.host().is_some());
    if !is_web {
        return Err(ApiError::new("InvalidParameterValue.MediaUrl", "`MediaUrl` is no URL of HTTP."));
    }
    if arguments.moment("ExpireTime").is_some_and(|expires| expires <= context.unix) {
        return Err(ApiError::new("InvalidParameterValue.ExpireTime", "`ExpireTime` is in the past."));
    }
    Ok(())
}
