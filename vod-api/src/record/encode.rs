//! A record as JSON text.
//!
//! Structure is written here, because names need no escaping and absent fields no test per type; every number and
//! every text with something to escape is written by `serde_json`.

use serde::Serialize;

use super::{ListRef, Record, ValueRef, present};

/// Room for most requests, so that they are written without moving.
const FIRST_ALLOCATION: usize = 1024;

/// Encodes a request's body: compact JSON, absent fields left out.
pub(crate) fn to_json(record: &dyn Record) -> Vec<u8> {
    let mut out = Vec::with_capacity(FIRST_ALLOCATION);
    write_record(&mut out, record);
    out
}

/// Encodes a single value or a list.
pub(crate) fn value_to_json(value: ValueRef<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    write_value(&mut out, value);
    out
}

fn write_record(out: &mut Vec<u8>, record: &dyn Record) {
    out.push(b'{');
    let mut first = true;
    for (_, name, value) in present(record) {
        write_name(out, &mut first, name);
        write_value(out, value);
    }
    for (name, value) in record.unknown().into_iter().flatten() {
        separate(out, &mut first);
        write_scalar(out, name);
        out.push(b':');
        write_scalar(out, value);
    }
    out.push(b'}');
}

fn separate(out: &mut Vec<u8>, first: &mut bool) {
    if !std::mem::replace(first, false) {
        out.push(b',');
    }
}

/// Names come from spec files, which allow letters, digits and `_` only.
fn write_name(out: &mut Vec<u8>, first: &mut bool, name: &str) {
    separate(out, first);
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}

fn write_value(out: &mut Vec<u8>, value: ValueRef<'_>) {
    match value {
        ValueRef::String(v) => write_text(out, v),
        ValueRef::Int64(v) => write_scalar(out, &v),
        ValueRef::Uint64(v) => write_scalar(out, &v),
        ValueRef::Float(v) => write_scalar(out, &v),
        ValueRef::Bool(v) => write_scalar(out, &v),
        ValueRef::Json(v) => write_scalar(out, v),
        ValueRef::Record(v) => write_record(out, v),
        ValueRef::List(v) => write_list(out, v),
    }
}

fn write_list(out: &mut Vec<u8>, list: ListRef<'_>) {
    out.push(b'[');
    let mut first = true;
    for value in list.iter() {
        separate(out, &mut first);
        write_value(out, value);
    }
    out.push(b']');
}

/// Most texts are handles, names and URLs, which stand in JSON as they are.
fn write_text(out: &mut Vec<u8>, text: &str) {
    if needs_escape(text) {
        return write_scalar(out, text);
    }
    out.reserve(text.len() + 2);
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

/// Looks at all bytes instead of stopping at the first, so that the compiler takes many at once.
#[allow(clippy::needless_bitwise_bool)] // the lazy operators would branch at each byte
fn needs_escape(text: &str) -> bool {
    text.bytes().fold(false, |found, byte| found | (byte < b' ') | (byte == b'"') | (byte == b'\\'))
}

/// Writing scalars to memory cannot fail: `serde_json` only passes on errors of the writer and of the value,
/// and neither has any.
#[inline]
fn write_scalar<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    let written = serde_json::to_writer(out, value);
    debug_assert!(written.is_ok());
}
