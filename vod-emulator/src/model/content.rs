//! The content of a queued event: a JSON object that fits the spec, or bytes exactly as a test gave them.

use bytes::{Bytes, BytesMut};
use serde_json::Value;

/// What stands in a raw event where the handle of its delivery goes.
pub(crate) const HANDLE_PLACE: &[u8] = b"${EventHandle}";

/// What a queue keeps of an event.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    /// A JSON object without a handle.
    Json(Value),
    /// Bytes that stand in the answer as they are, apart from the handle.
    Raw(Bytes),
}

impl From<Value> for Content {
    fn from(event: Value) -> Self {
        Self::Json(event)
    }
}

/// The bytes with the handle of one delivery: in place of every `${EventHandle}`; without one, as the first
/// member of an object. Bytes that are no object and have no such place carry no handle.
pub(crate) fn raw_with_handle(bytes: &Bytes, handle: &str) -> Bytes {
    if find(bytes, HANDLE_PLACE).is_some() {
        return replace_all(bytes, HANDLE_PLACE, handle.as_bytes());
    }
    let Some(start) = bytes.iter().position(|byte| !byte.is_ascii_whitespace()) else {
        return bytes.clone();
    };
    if bytes[start] != b'{' {
        return bytes.clone();
    }
    let rest = &bytes[start + 1..];
    let is_empty = rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'}');
    let separator = if is_empty { "" } else { "," };
    let mut whole = BytesMut::from(&bytes[..=start]);
    whole.extend_from_slice(format!("\"EventHandle\":\"{handle}\"{separator}").as_bytes());
    whole.extend_from_slice(rest);
    whole.freeze()
}

/// Puts `replacement` in the place of every `pattern`.
fn replace_all(bytes: &[u8], pattern: &[u8], replacement: &[u8]) -> Bytes {
    let (mut whole, mut rest) = (BytesMut::with_capacity(bytes.len()), bytes);
    while let Some(place) = find(rest, pattern) {
        whole.extend_from_slice(&rest[..place]);
        whole.extend_from_slice(replacement);
        rest = &rest[place + pattern.len()..];
    }
    whole.extend_from_slice(rest);
    whole.freeze()
}

/// Where `pattern`, which is not empty, begins first.
pub(crate) fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).position(|window| window == pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handle_goes_where_it_can() {
        for (raw, expected) in [
            (&b" {\"A\":1}"[..], &b" {\"EventHandle\":\"h\",\"A\":1}"[..]),
            (b"{ }", b"{\"EventHandle\":\"h\" }"),
            (b"{\"B\":\"\xff\"}", b"{\"EventHandle\":\"h\",\"B\":\"\xff\"}"),
            (b"[\"${EventHandle}\"]", b"[\"h\"]"),
            (b"{\"EventHandle\":[\"${EventHandle}\"]}", b"{\"EventHandle\":[\"h\"]}"),
            (b"[]", b"[]"),
            (b"", b""),
        ] {
            assert_eq!(raw_with_handle(&Bytes::from_static(raw), "h"), expected);
        }
    }
}
