//! The one view of a generated struct that everything else works on.
//!
//! A generated type implements [`Record`] by two small matches from a field's index to a reference. Encoding,
//! decoding, limit checks, redaction and flattening are each one function over `dyn Record`, compiled once in
//! this crate: that is why 1149 types compile in the time that serde's derives need for 250.

mod debug;
mod decode;
mod encode;
mod flatten;
mod limits;
mod member;
pub(crate) mod mismatch;
mod same;
mod serde_forward;
mod text;
pub(crate) mod unicode;
mod union;

#[cfg(test)]
pub(crate) mod example_check;
#[cfg(test)]
#[cfg(feature = "events")]
mod tests;

pub use debug::debug_record;
pub(crate) use decode::{
    Broken, Envelope, Lenient, Retired, ServiceError, decode_envelope, decode_leniently, refusal_in, reset,
};
pub use decode::{deserialize_new, deserialize_record, deserialize_text};
#[cfg(feature = "events")]
pub(crate) use decode::{read_record, scan};
pub(crate) use encode::{to_json, value_to_json};
pub(crate) use flatten::flatten;
pub(crate) use limits::check_limits;
pub use limits::check_record;
pub use member::{Kind, Member, ObjectKind, TextKind};
pub use mismatch::Mismatch;
pub use same::same_record;
pub use serde_forward::{serialize_record, serialize_text};
use text::{OptionalText, TextList};
pub use text::{Text, UnknownValue};
pub use union::{UnionMeta, carried_member};

use serde_json::{Map, Value};

use crate::blob::Blob;

/// An object of the API: a request, a response or a type in them.
///
/// The macros implement it; do not implement it by hand.
pub trait Record: std::fmt::Debug + Send + Sync {
    /// Names, limits and marks of the fields.
    #[doc(hidden)]
    fn meta(&self) -> &'static RecordMeta;
    /// The field at an index of [`RecordMeta::fields`].
    #[doc(hidden)]
    fn get(&self, index: usize) -> FieldRef<'_>;
    /// The field at an index of [`RecordMeta::fields`], to be written.
    #[doc(hidden)]
    fn get_mut(&mut self, index: usize) -> FieldMut<'_>;
    /// Members that the spec does not know, where the type keeps them.
    #[doc(hidden)]
    fn unknown(&self) -> Option<&Map<String, Value>> {
        None
    }
    /// Members that the spec does not know, where the type keeps them, to be written.
    #[doc(hidden)]
    fn unknown_mut(&mut self) -> Option<&mut Map<String, Value>> {
        None
    }
    /// Which members it carries one of, where the type is a union.
    #[doc(hidden)]
    fn union(&self) -> Option<&'static UnionMeta> {
        None
    }
}

/// What the spec says of a type's fields. Lists of exceptions keep it small: most fields have none.
#[derive(Debug)]
pub struct RecordMeta {
    /// The type's name.
    pub name: &'static str,
    /// The fields' names on the wire, in the order of the spec file.
    pub fields: &'static [&'static str],
    /// The fields' names in Rust, in the same order.
    pub rust_names: &'static [&'static str],
    /// Indexes of the fields that must be there.
    pub required: &'static [usize],
    /// Indexes of the fields that are not shown.
    pub sensitive: &'static [usize],
    /// Limits by index; a field may have several.
    pub limits: &'static [(usize, Limit)],
}

/// What a field's value must keep to. Bounds are inclusive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// How many values the list holds.
    Items(u64, u64),
    /// How many characters the text, or each text of the list, has.
    Length(u64, u64),
    /// The whole number, or each one of the list.
    Int(i128, i128),
    /// The number with a fraction, or each one of the list.
    Float(f64, f64),
    /// A regular expression that the text, or each text of the list, matches.
    Pattern(&'static str),
    /// The text, or each text of the list, is a point in time.
    Timestamp,
    /// The text, or each text of the list, is a day.
    Date,
}

/// A field, to be read.
#[derive(Clone, Copy)]
#[allow(missing_docs)] // the names say it: a value, an optional value, a list, of each element type
pub enum FieldRef<'a> {
    String(&'a String),
    OptString(&'a Option<String>),
    Strings(&'a Vec<String>),
    Int64(&'a i64),
    OptInt64(&'a Option<i64>),
    Int64s(&'a Vec<i64>),
    Uint64(&'a u64),
    OptUint64(&'a Option<u64>),
    Uint64s(&'a Vec<u64>),
    Float(&'a f64),
    OptFloat(&'a Option<f64>),
    Floats(&'a Vec<f64>),
    Bool(&'a bool),
    OptBool(&'a Option<bool>),
    Bools(&'a Vec<bool>),
    Json(&'a Value),
    OptJson(&'a Option<Value>),
    Jsons(&'a Vec<Value>),
    Blob(&'a Blob),
    OptBlob(&'a Option<Blob>),
    Text(&'a dyn Text),
    OptText(&'a dyn OptionalText),
    Texts(&'a dyn TextList),
    Record(&'a dyn Record),
    Records(&'a dyn RecordList),
    /// The object is absent, or no field has this index.
    None,
}

/// A field, to be written.
#[allow(missing_docs)] // see FieldRef
pub enum FieldMut<'a> {
    String(&'a mut String),
    OptString(&'a mut Option<String>),
    Strings(&'a mut Vec<String>),
    Int64(&'a mut i64),
    OptInt64(&'a mut Option<i64>),
    Int64s(&'a mut Vec<i64>),
    Uint64(&'a mut u64),
    OptUint64(&'a mut Option<u64>),
    Uint64s(&'a mut Vec<u64>),
    Float(&'a mut f64),
    OptFloat(&'a mut Option<f64>),
    Floats(&'a mut Vec<f64>),
    Bool(&'a mut bool),
    OptBool(&'a mut Option<bool>),
    Bools(&'a mut Vec<bool>),
    Json(&'a mut Value),
    OptJson(&'a mut Option<Value>),
    Jsons(&'a mut Vec<Value>),
    Blob(&'a mut Blob),
    OptBlob(&'a mut Option<Blob>),
    Text(&'a mut dyn Text),
    OptText(&'a mut dyn OptionalText),
    Texts(&'a mut dyn TextList),
    Record(&'a mut dyn Record),
    OptRecord(&'a mut dyn OptionalRecord),
    Records(&'a mut dyn RecordList),
    /// No field has this index.
    None,
}

/// A single value, or a list, that is there: what the walks see.
#[derive(Clone, Copy)]
pub(crate) enum ValueRef<'a> {
    String(&'a str),
    Int64(i64),
    Uint64(u64),
    Float(f64),
    Bool(bool),
    Json(&'a Value),
    Blob(&'a Blob),
    Record(&'a dyn Record),
    List(ListRef<'a>),
}

impl ValueRef<'_> {
    /// Whether it is a list that holds nothing.
    #[inline]
    fn is_empty_list(self) -> bool {
        matches!(self, ValueRef::List(list) if list.len() == 0)
    }
}

/// A list, whatever it holds.
#[derive(Clone, Copy)]
pub(crate) enum ListRef<'a> {
    Strings(&'a [String]),
    Int64s(&'a [i64]),
    Uint64s(&'a [u64]),
    Floats(&'a [f64]),
    Bools(&'a [bool]),
    Jsons(&'a [Value]),
    Texts(&'a dyn TextList),
    Records(&'a dyn RecordList),
}

impl<'a> FieldRef<'a> {
    /// An object that may be absent: what the generated code says of its own types' fields, for a type from elsewhere.
    #[inline]
    pub fn optional<T: Record>(field: &'a Option<Box<T>>) -> Self {
        match field {
            Some(record) => FieldRef::Record(&**record),
            None => FieldRef::None,
        }
    }

    /// The value, if the field holds one.
    #[inline]
    pub(crate) fn value(self) -> Option<ValueRef<'a>> {
        Some(match self {
            FieldRef::String(v) => ValueRef::String(v),
            FieldRef::OptString(v) => ValueRef::String(v.as_deref()?),
            FieldRef::Strings(v) => ValueRef::List(ListRef::Strings(v)),
            FieldRef::Int64(v) => ValueRef::Int64(*v),
            FieldRef::OptInt64(v) => ValueRef::Int64((*v)?),
            FieldRef::Int64s(v) => ValueRef::List(ListRef::Int64s(v)),
            FieldRef::Uint64(v) => ValueRef::Uint64(*v),
            FieldRef::OptUint64(v) => ValueRef::Uint64((*v)?),
            FieldRef::Uint64s(v) => ValueRef::List(ListRef::Uint64s(v)),
            FieldRef::Float(v) => ValueRef::Float(*v),
            FieldRef::OptFloat(v) => ValueRef::Float((*v)?),
            FieldRef::Floats(v) => ValueRef::List(ListRef::Floats(v)),
            FieldRef::Bool(v) => ValueRef::Bool(*v),
            FieldRef::OptBool(v) => ValueRef::Bool((*v)?),
            FieldRef::Bools(v) => ValueRef::List(ListRef::Bools(v)),
            FieldRef::Json(v) => ValueRef::Json(v),
            FieldRef::OptJson(v) => ValueRef::Json(v.as_ref()?),
            FieldRef::Jsons(v) => ValueRef::List(ListRef::Jsons(v)),
            FieldRef::Blob(v) => ValueRef::Blob(v),
            FieldRef::OptBlob(v) => ValueRef::Blob(v.as_ref()?),
            FieldRef::Text(v) => ValueRef::String(v.as_text()),
            FieldRef::OptText(v) => ValueRef::String(v.as_text()?),
            FieldRef::Texts(v) => ValueRef::List(ListRef::Texts(v)),
            FieldRef::Record(v) => ValueRef::Record(v),
            FieldRef::Records(v) => ValueRef::List(ListRef::Records(v)),
            FieldRef::None => return None,
        })
    }
}

impl<'a> ListRef<'a> {
    /// How many values it holds.
    pub(crate) fn len(self) -> usize {
        match self {
            ListRef::Strings(v) => v.len(),
            ListRef::Int64s(v) => v.len(),
            ListRef::Uint64s(v) => v.len(),
            ListRef::Floats(v) => v.len(),
            ListRef::Bools(v) => v.len(),
            ListRef::Jsons(v) => v.len(),
            ListRef::Texts(v) => v.len(),
            ListRef::Records(v) => v.len(),
        }
    }

    /// The values, in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = ValueRef<'a>> {
        (0..self.len()).map_while(move |i| self.at(i))
    }

    fn at(self, i: usize) -> Option<ValueRef<'a>> {
        Some(match self {
            ListRef::Strings(v) => ValueRef::String(v.get(i)?),
            ListRef::Int64s(v) => ValueRef::Int64(*v.get(i)?),
            ListRef::Uint64s(v) => ValueRef::Uint64(*v.get(i)?),
            ListRef::Floats(v) => ValueRef::Float(*v.get(i)?),
            ListRef::Bools(v) => ValueRef::Bool(*v.get(i)?),
            ListRef::Jsons(v) => ValueRef::Json(v.get(i)?),
            ListRef::Texts(v) => ValueRef::String(v.at(i)?),
            ListRef::Records(v) => ValueRef::Record(v.at(i)?),
        })
    }
}

/// The fields that hold something to send or show, with their index and name.
///
/// An empty list is the same as an absent one, unless the field is required.
pub(crate) fn present(record: &dyn Record) -> impl Iterator<Item = (usize, &'static str, ValueRef<'_>)> {
    let meta = record.meta();
    meta.fields.iter().enumerate().filter_map(move |(i, name)| {
        let value = record.get(i).value()?;
        let counts = !value.is_empty_list() || meta.required.contains(&i);
        counts.then_some((i, *name, value))
    })
}

/// The answer's request id, if it has one.
pub(crate) fn request_id(record: &dyn Record) -> Option<&str> {
    let index = record.meta().fields.iter().position(|name| *name == "RequestId")?;
    match record.get(index).value()? {
        ValueRef::String(id) if !id.is_empty() => Some(id),
        _ => None,
    }
}

/// An object that may be absent, to be written.
pub trait OptionalRecord {
    /// Puts a new object there.
    fn insert(&mut self) -> &mut dyn Record;
    /// Takes it away.
    fn clear(&mut self);
}

// Called through the trait object alone. A function that may be inlined is compiled again in each part of the crate
// that reaches it, and with it everything that it reaches: twice the code for the optimizer, thrown away in the end.
impl<T: Record + Default> OptionalRecord for Option<Box<T>> {
    #[inline(never)]
    fn insert(&mut self) -> &mut dyn Record {
        OptionalRecord::clear(self);
        &mut **self.get_or_insert_default()
    }
    #[inline(never)]
    fn clear(&mut self) {
        *self = None;
    }
}

/// A list of objects.
pub trait RecordList {
    /// How many there are.
    fn len(&self) -> usize;
    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// One of them.
    fn at(&self, index: usize) -> Option<&dyn Record>;
    /// Appends a new one.
    fn push(&mut self) -> &mut dyn Record;
    /// Takes all away.
    fn clear(&mut self);
}

// See above.
impl<T: Record + Default> RecordList for Vec<T> {
    #[inline(never)]
    fn len(&self) -> usize {
        self.as_slice().len()
    }
    #[inline(never)]
    fn at(&self, index: usize) -> Option<&dyn Record> {
        match self.get(index) {
            Some(record) => Some(record),
            None => None,
        }
    }
    #[inline(never)]
    fn push(&mut self) -> &mut dyn Record {
        let index = self.len();
        Vec::push(self, T::default());
        &mut self[index]
    }
    #[inline(never)]
    fn clear(&mut self) {
        Vec::clear(self);
    }
}
