//! Test support: whether an example of a spec file survives serialization, as the generated tests of each action ask.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Record, check_limits, flatten, to_json};

/// What an example says survives the way through its type, keeps to the limits and reads the same everywhere.
pub(crate) fn assert_example<T>(text: &str) -> T
where
    T: Record + Default + Serialize + DeserializeOwned + PartialEq + Debug,
{
    let value: T = serde_json::from_str(text).expect("an example fits its type");
    check_limits(&value).map_err(|violation| violation.to_string()).expect("an example keeps to the limits");
    let written: Value = serde_json::from_slice(&to_json(&value)).expect("what is written is JSON");
    let example: Value = serde_json::from_str(text).expect("an example is JSON");
    assert_eq!(said(&written), said(&example), "an example comes out as it went in");
    assert_eq!(serde_json::to_value(&value).expect("a record is JSON"), written);
    assert_eq!(serde_json::from_value::<T>(written).expect("what was written can be read"), value);
    let mut flat = Vec::new();
    flat_json(&mut flat, String::new(), &said(&example));
    let mut pairs = flatten(&value);
    pairs.sort();
    flat.sort();
    assert_eq!(pairs, flat, "an example is the same as a query");
    value
}

/// The vendor's flattening, written a second time over plain JSON.
fn flat_json(out: &mut Vec<(String, String)>, name: String, value: &Value) {
    let below = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") };
    match value {
        Value::Object(members) => members.iter().for_each(|(part, value)| flat_json(out, below(part), value)),
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(i, value)| flat_json(out, below(&i.to_string()), value));
        }
        Value::String(text) => out.push((name, text.clone())),
        other => out.push((name, other.to_string())),
    }
}

/// Without what says nothing: `null` and empty lists stand for absent members, `3.0` for `3`.
pub(crate) fn said(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(_, value)| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()))
            .map(|(name, value)| (name.clone(), said(value)))
            .collect(),
        Value::Array(values) => values.iter().map(said).collect(),
        #[allow(clippy::cast_possible_truncation)] // it is whole
        Value::Number(number) if number.is_f64() => match number.as_f64() {
            Some(whole) if whole.fract() == 0.0 => json!(whole as i64),
            _ => value.clone(),
        },
        other => other.clone(),
    }
}
