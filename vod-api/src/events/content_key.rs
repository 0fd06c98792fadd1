//! The content key of an event: equal for each delivery of it, whatever its handle.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::de::IgnoredAny;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::record::scan::{self, Piece};
use crate::signature::lower_hex;

/// The member that is new each time that an event comes.
const HANDLE: &str = "EventHandle";
/// What is nested deeper counts as it is written.
const DEEPEST: u32 = 100;

/// The SHA-256, in hexadecimal, of an event's JSON without its handle: members in the order of their names, no spaces,
/// texts without needless escapes. Numbers count as they are written, for two may be one to a type that has too few
/// digits. None for what is no JSON object.
pub(super) fn content_key(raw: &[u8]) -> Option<String> {
    let text = str::from_utf8(raw).ok()?.trim_ascii();
    if !text.starts_with('{') || serde_json::from_str::<IgnoredAny>(text).is_err() {
        return None;
    }
    let mut canonical = Vec::with_capacity(text.len());
    write_members(scan::members(text).filter(|(name, _)| name != HANDLE).collect(), &mut canonical, DEEPEST);
    Some(lower_hex(&Sha256::digest(&canonical)))
}

fn write(value: Piece<'_>, to: &mut Vec<u8>, depth: u32) {
    let Some(deeper) = depth.checked_sub(1) else {
        to.extend(value.text.as_bytes());
        return;
    };
    if value.is_object() {
        write_members(scan::members(value.text).collect(), to, deeper);
    } else if value.is_list() {
        to.push(b'[');
        for element in scan::elements(value.text) {
            write(element, to, deeper);
            to.push(b',');
        }
        to.push(b']');
    } else if let Some(text) = scan::unquoted(value) {
        write_text(&text, to);
    } else {
        to.extend(value.text.as_bytes());
    }
}

fn write_members(mut members: Vec<(Cow<'_, str>, Piece<'_>)>, to: &mut Vec<u8>, depth: u32) {
    // Members that are given twice keep their order.
    members.sort_by(|(one, _), (other, _)| one.cmp(other));
    to.push(b'{');
    for (name, value) in members {
        write_text(&name, to);
        to.push(b':');
        write(value, to, depth);
        to.push(b',');
    }
    to.push(b'}');
}

fn write_text(text: &str, to: &mut Vec<u8>) {
    to.extend(Value::from(text).to_string().into_bytes());
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
    fn numbers_that_a_type_would_round_to_one_are_two() {
        let keys = [
            r#"{"N":12345678901234567890123}"#,
            r#"{"N":12345678901234567890124}"#,
            r#"{"N":0.12345678901234567890}"#,
            r#"{"N":0.12345678901234567891}"#,
            r#"{"N":1e400}"#,
            r#"{"N":1e401}"#,
            r#"{"N":-0}"#,
            r#"{"N":0}"#,
            r#"{"N":1,"N":2}"#,
            r#"{"N":2}"#,
        ];
        let different: std::collections::HashSet<_> = keys.iter().map(|json| key(json).unwrap()).collect();
        assert_eq!(different.len(), keys.len());
    }

    #[test]
    fn texts_count_by_what_they_say() {
        let same = [
            r#"{"A\u0042":"\u00e9\/\n\"\\"}"#,
            "{ \"AB\" : \"\u{e9}/\\u000a\\u0022\\u005C\" }",
            r#"{"AB":"\u00E9/\n\"\\","Event\u0048andle":"h"}"#,
        ];
        for json in same {
            assert_eq!(key(json), key(same[0]), "{json}");
        }
        assert_ne!(key(r#"{"A":"\u0000"}"#), key(r#"{"A":"\\u0000"}"#));
    }

    #[test]
    fn depth_costs_no_stack_and_tells_events_apart() {
        let deep = |inner: &str| {
            let depth = 100_000;
            format!("{{\"N\":{}{inner}{}}}", "[".repeat(depth), "]".repeat(depth))
        };
        assert_eq!(key(&deep("1")), key(&deep("1")));
        assert_ne!(key(&deep("1")), key(&deep("2")));
        // As deep as it is read, order and blanks do not count.
        let nested = |inner: &str| format!("{{\"N\":{}{inner}{}}}", "[".repeat(97), "]".repeat(97));
        assert_eq!(key(&nested(r#"{"a":1,"b":2}"#)), key(&nested(r#"{ "b": 2, "a": 1 }"#)));
    }

    #[test]
    fn what_is_no_object_has_no_key() {
        for json in ["", "\"\"", "[]", "{", "7", "{}x", r#"{"a":}"#, "[{}]", r#"{"a":tru}"#] {
            assert_eq!(key(json), None, "{json}");
        }
    }
}
