//! What an event is about, for logs: its type, the file or task, and how often it has come.

use super::received_event::ReceivedEvent;
use crate::record::{ListRef, Record, ValueRef, present};

/// What identifies an event in a log. The handle does not: it is new with each delivery.
pub(super) struct Subject {
    pub(super) event_type: String,
    pub(super) file_id: Option<String>,
    pub(super) task_id: Option<String>,
    /// How often this consumer has pulled the event; only known with a key.
    pub(super) attempt: Option<u32>,
}

impl Subject {
    pub(super) fn of(received: &ReceivedEvent) -> Self {
        let record = received.record();
        Self {
            event_type: received.event().event_type.to_string(),
            file_id: find(record, &["FileId", "FileIdSet"]),
            task_id: find(record, &["TaskId"]),
            attempt: received.delivery_attempt(),
        }
    }
}

/// The first member of one of these names in the event's payload.
fn find(event: &dyn Record, names: &[&str]) -> Option<String> {
    let payloads = present(event).filter_map(|(_, _, value)| match value {
        ValueRef::Record(payload) => Some(payload),
        _ => None,
    });
    payloads.flat_map(present).filter(|(_, name, _)| names.contains(name)).find_map(|(_, _, value)| {
        match value {
            ValueRef::String(id) => Some(id.to_owned()),
            ValueRef::List(ListRef::Strings(ids)) => ids.first().cloned(),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::received;

    fn subject(event: &str) -> (Option<String>, Option<String>) {
        let subject = Subject::of(&received(serde_json::from_str(event).unwrap()));
        (subject.file_id, subject.task_id)
    }

    #[test]
    fn file_and_task_are_found_in_any_payload() {
        let some = |id: &str| Some(id.to_owned());
        let upload = r#"{"EventType": "NewFileUpload", "FileUploadEvent": {"FileId": "f1"}}"#;
        assert_eq!(subject(upload), (some("f1"), None));
        let task = r#"{"ProcedureStateChangeEvent": {"TaskId": "t1", "FileId": "f1"}}"#;
        assert_eq!(subject(task), (some("f1"), some("t1")));
        let deleted = r#"{"FileDeleteEvent": {"FileIdSet": ["f1", "f2"]}}"#;
        assert_eq!(subject(deleted), (some("f1"), None));
        assert_eq!(subject(r#"{"EventType": "New"}"#), (None, None));
    }
}
