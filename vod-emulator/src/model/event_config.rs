//! The event configuration of an application: how it receives its events, and which.

use serde_json::Value;

use crate::model::callbacks::url_of;
use crate::model::content::Content;
use crate::protocol::envelope::Members;

/// The member that says how events are received.
pub(crate) const MODE: &str = "Mode";

/// Whether the mode lets pulls find events.
pub(crate) fn is_pulled(config: &Members) -> bool {
    config.get(MODE).and_then(Value::as_str) == Some("PULL")
}

/// Whether the configuration lets an event reach the application, by a pull or by a callback. Raw ones are let through,
/// whatever their type may be.
pub(crate) fn is_wanted(config: &Members, event: &Content) -> bool {
    let Content::Json(event) = event else { return true };
    let has_way = is_pulled(config) || url_of(config).is_some();
    let switch = match event["EventType"].as_str() {
        Some("NewFileUpload") => "UploadMediaCompleteEventSwitch",
        Some("FileDeleted") => "DeleteMediaCompleteEventSwitch",
        Some("PersistenceComplete") => "PersistenceCompleteEventSwitch",
        _ => return has_way,
    };
    has_way && config.get(switch).and_then(Value::as_str) == Some("ON")
}
