//! A key of what an event says: the same for an event that is delivered again, whatever its handle.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::signature::lower_hex;

/// The SHA-256, in hexadecimal, of an event's JSON without its handle: members in the order of their names, no spaces.
/// None for what is no JSON object.
pub(super) fn content_key(raw: &[u8]) -> Option<String> {
    let Ok(Value::Object(mut members)) = serde_json::from_slice(raw) else { return None };
    members.remove("EventHandle");
    let mut canonical = Vec::with_capacity(raw.len());
    write(&Value::Object(members), &mut canonical);
    let digest = Sha256::digest(&canonical);
    Some(lower_hex(&digest))
}

fn write(value: &Value, to: &mut Vec<u8>) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            to.push(b'{');
            for (name, value) in members {
                to.extend(Value::from(name.as_str()).to_string().into_bytes());
                to.push(b':');
                write(value, to);
                to.push(b',');
            }
            to.push(b'}');
        }
        Value::Array(values) => {
            to.push(b'[');
            for value in values {
                write(value, to);
                to.push(b',');
            }
            to.push(b']');
        }
        plain => to.extend(plain.to_string().into_bytes()),
    }
}

/// What a function of the application's says; none if it panics.
pub(super) fn guarded<T>(what: &str, function: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(function)).unwrap_or_else(|panic| {
        // The payload is the application's, and its destructor may panic again.
        std::mem::forget(panic);
        tracing::error!("{what} panicked; the event counts as one without a key");
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(json: &str) -> Option<String> {
        content_key(json.as_bytes())
    }

    #[test]
    fn the_handle_the_order_and_spaces_do_not_count() {
        let first = key(r#"{"EventHandle":"1","EventType":"A","X":{"b":[1,2],"a":null}}"#);
        let again = key(r#" { "X" : {"a":null, "b":[1, 2]}, "EventType":"\u0041", "EventHandle":"2" } "#);
        assert_eq!(first, again);
        assert_eq!(first.unwrap().len(), 64);
    }

    #[test]
    fn everything_else_counts() {
        let keys = [
            r#"{"EventType":"A"}"#,
            r#"{"EventType":"B"}"#,
            r#"{"EventType":"A","New":1}"#,
            r#"{"EventType":"A","New":"1"}"#,
            r#"{"EventType":"A","New":[1]}"#,
            r#"{"EventType":"A","New":{"EventHandle":"1"}}"#,
            r#"{"EventType":"A","New":{"EventHandle":"2"}}"#,
        ];
        let different: std::collections::HashSet<_> = keys.iter().map(|json| key(json).unwrap()).collect();
        assert_eq!(different.len(), keys.len());
    }

    #[test]
    fn what_is_no_object_has_no_key() {
        for json in ["", "\"\"", "[]", "{", "7"] {
            assert_eq!(key(json), None, "{json}");
        }
    }
}
