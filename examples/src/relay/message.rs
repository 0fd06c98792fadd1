//! An event as a message: its subject, its body, and the key by which equal events are recognized.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use vod_api::events::Delivery;

/// Characters of an event type that a subject has at most.
const LONGEST_TYPE: usize = 64;
/// The member of an event that is new each time that the event comes.
const HANDLE: &str = "EventHandle";

/// What is published of an event.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Message {
    /// The subject of all events, a dot, and the event's type.
    pub(super) subject: String,
    /// The same for events that say the same, and no others, under the same subject.
    pub(super) key: String,
    /// The event's JSON as the service sent it, without the handle.
    pub(super) body: Vec<u8>,
}

impl Message {
    /// The message of an event.
    pub(super) fn of(parent: &str, delivery: &Delivery) -> Self {
        let event_type = delivery.event().event_type.as_str();
        Self::new(parent, event_type, delivery.content_key(), delivery.raw())
    }

    fn new(parent: &str, event_type: &str, content_key: Option<String>, raw: &[u8]) -> Self {
        let subject = format!("{parent}.{}", subject_token(event_type));
        // What is no JSON object has no handle, and its bytes are all that it says.
        let content_key = content_key.unwrap_or_else(|| hash(raw));
        let key = format!("{subject}/{content_key}");
        let body = without_handle(raw).unwrap_or_else(|| raw.to_vec());
        Self { subject, key, body }
    }

    /// The id by which the broker recognizes the message, where so many equal ones were published and confirmed before.
    pub(super) fn id(&self, equals: u64) -> String {
        format!("{}/{equals}", self.key)
    }
}

fn hash(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(bytes))
}

/// An event type as one token of a subject, which dots, blanks and wildcards would break. The body has it as it is.
fn subject_token(event_type: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let token: String =
        event_type.chars().take(LONGEST_TYPE).map(|c| if is_plain(c) { c } else { '_' }).collect();
    if token.is_empty() { "_".to_owned() } else { token }
}

/// A JSON object without its handle. Everything else stays as it is written: the order of members, members that the
/// specs do not know, and numbers of any length. None for what is no object.
fn without_handle(raw: &[u8]) -> Option<Vec<u8>> {
    let mut json = serde_json::Deserializer::from_slice(raw);
    json.deserialize_map(WithoutHandle).ok()
}

/// Copies the members of an object, apart from the handle.
struct WithoutHandle;

impl<'de> Visitor<'de> for WithoutHandle {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Vec<u8>, A::Error> {
        let mut copy = b"{".to_vec();
        while let Some((name, value)) = members.next_entry::<&RawValue, &RawValue>()? {
            // The name may be written with escapes.
            if serde_json::from_str::<String>(name.get()).is_ok_and(|name| name == HANDLE) {
                continue;
            }
            if copy.len() > 1 {
                copy.push(b',');
            }
            copy.extend_from_slice(name.get().as_bytes());
            copy.push(b':');
            copy.extend_from_slice(value.get().as_bytes());
        }
        copy.push(b'}');
        Ok(copy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(raw: &str) -> Message {
        Message::new("vod.events", "ProcedureStateChanged", Some("key".to_owned()), raw.as_bytes())
    }

    fn body(raw: &str) -> String {
        String::from_utf8(message(raw).body).unwrap()
    }

    #[test]
    fn the_body_is_the_event_as_it_came_without_its_handle() {
        let raw = r#" {"EventHandle" : "h", "New": {"EventHandle":"kept", "a" : null},"n":1.50e400,"s":"\u0041\/",
            "E":"", "big":123456789012345678901234567890 } "#;
        let expected = r#"{"New":{"EventHandle":"kept", "a" : null},"n":1.50e400,"s":"\u0041\/","E":"","big":123456789012345678901234567890}"#;
        assert_eq!(body(raw), expected);
    }

    #[test]
    fn the_handle_is_left_out_wherever_and_however_it_is_written() {
        for raw in [
            r#"{"EventHandle":"h"}"#,
            r#"{"Event\u0048andle":"h"}"#,
            r#"{"EventHandle":{"odd":["h"]},"EventHandle":"h"}"#,
        ] {
            assert_eq!(body(raw), "{}", "{raw}");
        }
        assert_eq!(body(r#"{"a":1,"EventHandle":"h"}"#), r#"{"a":1}"#);
        assert_eq!(body(r#"{"EventHandle":"h","a":1}"#), r#"{"a":1}"#);
    }

    #[test]
    fn what_is_no_object_is_published_as_it_is_and_has_a_key() {
        let messages = ["\"\"", "[]", "7"].map(|raw| Message::new("vod.events", "", None, raw.as_bytes()));
        for (message, raw) in messages.iter().zip(["\"\"", "[]", "7"]) {
            assert_eq!(message.body, raw.as_bytes());
            assert_eq!(message.subject, "vod.events._");
        }
        assert_ne!(messages[0].key, messages[1].key);
    }

    #[test]
    fn the_id_says_which_of_equal_events_it_is() {
        let message = message("{}");
        assert_eq!(message.id(0), "vod.events.ProcedureStateChanged/key/0");
        assert_ne!(message.id(0), message.id(1));
    }

    #[test]
    fn the_same_event_of_another_application_is_another_message() {
        let key = |parent| Message::new(parent, "A", Some("key".to_owned()), b"{}").key;
        assert_ne!(key("vod.events.1"), key("vod.events.2"));
    }

    #[test]
    fn a_type_is_one_token_of_the_subject() {
        assert_eq!(subject_token("Brand.New > *"), "Brand_New____");
        assert_eq!(subject_token(""), "_");
        assert_eq!(subject_token(&"x".repeat(1000)).len(), LONGEST_TYPE);
    }
}
