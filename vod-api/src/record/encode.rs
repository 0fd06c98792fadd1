//! A record as JSON text.
//!
//! Structure is written here, because names need no escaping and absent fields no test per type; whole numbers by `itoa`, as
//! `serde_json` does; every other number and every text with something to escape is written by `serde_json`.

use serde::Serialize;

use super::{FieldRef, ListRef, Record, RecordList, ValueRef};

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

/// Each member begins with a comma, of which the first becomes the bracket.
fn write_record(out: &mut Vec<u8>, record: &dyn Record) {
    let start = out.len();
    let meta = record.meta();
    for (i, name) in meta.fields.iter().enumerate() {
        // Each kind is written from where it lies: the way over a value costs as much as the writing.
        match record.get(i) {
            FieldRef::None
            | FieldRef::OptString(None)
            | FieldRef::OptInt64(None)
            | FieldRef::OptUint64(None) => {}
            FieldRef::String(v) | FieldRef::OptString(Some(v)) => {
                write_name(out, name);
                write_text(out, v);
            }
            FieldRef::Int64(v) | FieldRef::OptInt64(Some(v)) => {
                write_name(out, name);
                write_integer(out, *v);
            }
            FieldRef::Uint64(v) | FieldRef::OptUint64(Some(v)) => {
                write_name(out, name);
                write_integer(out, *v);
            }
            FieldRef::Text(v) => {
                write_name(out, name);
                write_text(out, v.as_text());
            }
            FieldRef::OptText(v) => {
                if let Some(text) = v.as_text() {
                    write_name(out, name);
                    write_text(out, text);
                }
            }
            FieldRef::Record(v) => {
                write_name(out, name);
                write_record(out, v);
            }
            FieldRef::Records(v) => {
                if !v.is_empty() || meta.required.contains(&i) {
                    write_name(out, name);
                    write_records(out, v);
                }
            }
            other => {
                if let Some(value) = other.value()
                    && (!value.is_empty_list() || meta.required.contains(&i))
                {
                    write_name(out, name);
                    write_value(out, value);
                }
            }
        }
    }
    for (name, value) in record.unknown().into_iter().flatten() {
        out.push(b',');
        write_scalar(out, name);
        out.push(b':');
        write_scalar(out, value);
    }
    close(out, start, *b"{}");
}

/// Puts the brackets around what was written since `start`.
fn close(out: &mut Vec<u8>, start: usize, [open, close]: [u8; 2]) {
    match out.get_mut(start) {
        Some(comma) => *comma = open,
        None => out.push(open),
    }
    out.push(close);
}

/// Names come from spec files, which allow letters, digits and `_` only.
#[inline]
fn write_name(out: &mut Vec<u8>, name: &str) {
    out.reserve(name.len() + 4);
    out.extend_from_slice(b",\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}

fn write_value(out: &mut Vec<u8>, value: ValueRef<'_>) {
    match value {
        ValueRef::String(v) => write_text(out, v),
        ValueRef::Int64(v) => write_integer(out, v),
        ValueRef::Uint64(v) => write_integer(out, v),
        ValueRef::Float(v) => write_scalar(out, &v),
        ValueRef::Bool(v) => write_scalar(out, &v),
        ValueRef::Json(v) => write_scalar(out, v),
        ValueRef::Blob(v) => write_text(out, &v.to_base64()),
        ValueRef::Record(v) => write_record(out, v),
        ValueRef::List(ListRef::Records(v)) => write_records(out, v),
        ValueRef::List(v) => write_list(out, v),
    }
}

fn write_list(out: &mut Vec<u8>, list: ListRef<'_>) {
    let start = out.len();
    for value in list.iter() {
        out.push(b',');
        write_value(out, value);
    }
    close(out, start, *b"[]");
}

fn write_records(out: &mut Vec<u8>, records: &dyn RecordList) {
    let start = out.len();
    for record in (0..records.len()).map_while(|i| records.at(i)) {
        out.push(b',');
        write_record(out, record);
    }
    close(out, start, *b"[]");
}

fn write_integer(out: &mut Vec<u8>, number: impl itoa::Integer) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
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
