//! A record as the dotted parameters of a query or a form.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Record, ValueRef, present};

/// Parameters in the order of the fields: `EventHandles.0`, `Filters.0.Name`. Values are not escaped.
///
/// Empty lists and objects have no parameter, and neither has `null`: this form cannot say them.
pub(crate) fn flatten(record: &dyn Record) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut name = String::new();
    flatten_record(&mut out, &mut name, record);
    out
}

fn flatten_record(out: &mut Vec<(String, String)>, name: &mut String, record: &dyn Record) {
    for (_, field, value) in present(record) {
        below(name, field, |name| flatten_value(out, name, value));
    }
    for (field, value) in record.unknown().into_iter().flatten() {
        below(name, field, |name| flatten_json(out, name, value));
    }
}

fn flatten_value(out: &mut Vec<(String, String)>, name: &mut String, value: ValueRef<'_>) {
    let text = match value {
        ValueRef::Record(record) => return flatten_record(out, name, record),
        ValueRef::List(list) => {
            for (i, value) in list.iter().enumerate() {
                below(name, i, |name| flatten_value(out, name, value));
            }
            return;
        }
        ValueRef::Json(json) => return flatten_json(out, name, json),
        ValueRef::String(v) => v.to_owned(),
        ValueRef::Blob(v) => v.to_base64(),
        ValueRef::Int64(v) => v.to_string(),
        ValueRef::Uint64(v) => v.to_string(),
        ValueRef::Float(v) => v.to_string(),
        ValueRef::Bool(v) => v.to_string(),
    };
    out.push((name.clone(), text));
}

fn flatten_json(out: &mut Vec<(String, String)>, name: &mut String, value: &Value) {
    let text = match value {
        Value::Null => return,
        Value::Object(members) => {
            for (member, value) in members {
                below(name, member, |name| flatten_json(out, name, value));
            }
            return;
        }
        Value::Array(values) => {
            for (i, value) in values.iter().enumerate() {
                below(name, i, |name| flatten_json(out, name, value));
            }
            return;
        }
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    };
    out.push((name.clone(), text));
}

/// Runs something with the name one level deeper, and restores it.
fn below(name: &mut String, part: impl std::fmt::Display, run: impl FnOnce(&mut String)) {
    let end = name.len();
    if end > 0 {
        name.push('.');
    }
    // Writing to a String cannot fail.
    let _ = write!(name, "{part}");
    run(name);
    name.truncate(end);
}
