//! What happened to which file, in a line.

use vod_api::vod::{EventContent, EventPayload};

/// What happened to which file. Texts of the event are quoted and escaped: a signature does not prove who wrote them.
pub fn describe(event: &EventContent) -> String {
    match event.payload() {
        EventPayload::NewFileUpload(upload) => {
            let name = upload.media_basic_info.as_ref().map_or("", |info| info.name.as_str());
            format!("file {:?} was uploaded: {name:?}", upload.file_id)
        }
        EventPayload::FileDeleted(deleted) => format!("files {:?} were deleted", deleted.file_id_set),
        EventPayload::PullComplete(task) => {
            format!(
                "file {:?} was fetched by task {:?}: {:?}",
                task.file_id,
                task.task_id,
                task.status.as_str()
            )
        }
        EventPayload::ProcedureStateChanged(task) => {
            format!(
                "file {:?} was processed by task {:?}: {:?}",
                task.file_id,
                task.task_id,
                task.status.as_str()
            )
        }
        EventPayload::Unknown { tag, members } => {
            let members: Vec<&String> = members.keys().collect();
            format!("event of an unknown type {tag:?} with {members:?}")
        }
        _ => format!("{:?}", event.event_type.as_str()),
    }
}
