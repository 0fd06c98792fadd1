//! `Serialize` of generated types, for any serde format.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::text::Text;
use super::{ListRef, Record, ValueRef, present};

/// Serialises a record as a map of the fields that are there.
///
/// # Errors
/// Those of the serializer.
pub fn serialize_record<S: Serializer>(record: &dyn Record, serializer: S) -> Result<S::Ok, S::Error> {
    Shown(ValueRef::Record(record)).serialize(serializer)
}

/// Serialises an open enumeration, a timestamp or a date as its text.
///
/// # Errors
/// Those of the serializer.
pub fn serialize_text<S: Serializer>(text: &dyn Text, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text.as_text())
}

struct Shown<'a>(ValueRef<'a>);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            ValueRef::String(v) => serializer.serialize_str(v),
            ValueRef::Int64(v) => serializer.serialize_i64(v),
            ValueRef::Uint64(v) => serializer.serialize_u64(v),
            ValueRef::Float(v) => serializer.serialize_f64(v),
            ValueRef::Bool(v) => serializer.serialize_bool(v),
            ValueRef::Json(v) => v.serialize(serializer),
            ValueRef::Blob(v) => v.serialize(serializer),
            ValueRef::Record(v) => serialize_fields(v, serializer),
            ValueRef::List(v) => serialize_list(v, serializer),
        }
    }
}

fn serialize_fields<S: Serializer>(record: &dyn Record, serializer: S) -> Result<S::Ok, S::Error> {
    let unknown = record.unknown();
    // Binary formats want the number of entries beforehand.
    let len = present(record).count() + unknown.map_or(0, serde_json::Map::len);
    let mut map = serializer.serialize_map(Some(len))?;
    for (_, name, value) in present(record) {
        map.serialize_entry(name, &Shown(value))?;
    }
    for (name, value) in unknown.into_iter().flatten() {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

fn serialize_list<S: Serializer>(list: ListRef<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut seq = serializer.serialize_seq(Some(list.len()))?;
    for value in list.iter() {
        seq.serialize_element(&Shown(value))?;
    }
    seq.end()
}
