//! An event as a message: its subject, its body, and an id by which the broker knows it again.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use vod_api::vod::EventContent;

/// Characters of an event type that a subject has at most.
const LONGEST_TYPE: usize = 64;

/// What is published of an event.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// The subject of all events, a dot, and the event's type.
    pub(crate) subject: String,
    /// The same whenever the same event is published under the same subject.
    pub(crate) id: String,
    /// The event as JSON, without its handle: that is new each time the event comes, and worth nothing afterwards.
    pub(crate) body: Vec<u8>,
}

impl Message {
    /// Makes the message of an event. The id is a hash of subject and body. Events have no id of their own, and
    /// type and task id are not enough: a task can report several times, and each report says something new. So
    /// what is not the same in every byte is published; a duplicate is a nuisance, a loss is not to be mended.
    pub(crate) fn new(parent: &str, event: &EventContent) -> serde_json::Result<Self> {
        let mut content = serde_json::to_value(event)?;
        if let Value::Object(members) = &mut content {
            members.remove("EventHandle");
        }
        let subject = format!("{parent}.{}", subject_token(event.event_type.as_str()));
        let body = serde_json::to_vec(&content)?;
        let hash = Sha256::new().chain_update(&subject).chain_update("\n").chain_update(&body).finalize();
        Ok(Self { subject, id: URL_SAFE_NO_PAD.encode(hash), body })
    }
}

/// An event type as one token of a subject, which dots, blanks and wildcards would break. The body has it as it is.
fn subject_token(event_type: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let token: String =
        event_type.chars().take(LONGEST_TYPE).map(|c| if is_plain(c) { c } else { '_' }).collect();
    if token.is_empty() { "_".to_owned() } else { token }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(event: &Value) -> Message {
        let event: EventContent = serde_json::from_value(event.clone()).unwrap();
        Message::new("vod.events", &event).unwrap()
    }

    fn task(handle: &str, progress: u32) -> Value {
        json!({
            "EventHandle": handle,
            "EventType": "ProcedureStateChanged",
            "ProcedureStateChangeEvent": { "TaskId": "1-Procedure-2", "Status": "PROCESSING", "TasksPriority": progress },
        })
    }

    #[test]
    fn an_event_that_comes_again_is_the_same_message() {
        let first = message(&task("handle-1", 0));
        assert_eq!(first, message(&task("handle-2", 0)));
        assert_eq!(first.subject, "vod.events.ProcedureStateChanged");
        assert!(!String::from_utf8(first.body).unwrap().contains("andle"), "the handle stays here");
    }

    #[test]
    fn another_report_of_the_same_task_is_another_message() {
        assert_ne!(message(&task("handle", 1)).id, message(&task("handle", 2)).id);
    }

    #[test]
    fn the_same_event_of_another_application_is_another_message() {
        let event: EventContent = serde_json::from_value(task("handle", 1)).unwrap();
        let id = |parent| Message::new(parent, &event).unwrap().id;
        assert_ne!(id("vod.events.1"), id("vod.events.2"));
    }

    #[test]
    fn an_unknown_type_is_passed_on_whole_under_a_subject_that_is_one_token() {
        let event =
            json!({ "EventType": "Brand.New > *", "BrandNewEvent": { "FileId": "1", "New": [true] } });
        let message = message(&event);
        assert_eq!(message.subject, "vod.events.Brand_New____");
        assert_eq!(serde_json::from_slice::<Value>(&message.body).unwrap(), event);
        assert_eq!(subject_token(""), "_");
        assert_eq!(subject_token(&"x".repeat(1000)).len(), LONGEST_TYPE);
    }
}
