//! A record whose fields are known at run time.

use std::fmt;

use serde_json::{Map, Value};
use vod_api::__private::untyped::{OptionalRecord, RecordList};
use vod_api::__private::{FieldMut, FieldRef, RecordMeta, UnionMeta, debug_record};
use vod_api::{Blob, Record};
use vod_spec::model::Storage;

use super::shape::{Kind, Shape};

/// A request, an answer or a part of one, with the fields that its spec says. It is what a generated struct is to the
/// runtime; `Debug` hides what the spec marks as sensitive.
#[derive(Clone)]
pub struct DynamicRecord {
    shape: &'static Shape,
    slots: Vec<Slot>,
    unknown: Map<String, Value>,
}

/// What one field holds.
#[derive(Clone)]
enum Slot {
    Text(String),
    OptText(Option<String>),
    Texts(Vec<String>),
    Int64(i64),
    OptInt64(Option<i64>),
    Int64s(Vec<i64>),
    Uint64(u64),
    OptUint64(Option<u64>),
    Uint64s(Vec<u64>),
    Float(f64),
    OptFloat(Option<f64>),
    Floats(Vec<f64>),
    Bool(bool),
    OptBool(Option<bool>),
    Bools(Vec<bool>),
    Json(Value),
    OptJson(Option<Value>),
    Jsons(Vec<Value>),
    Blob(Blob),
    OptBlob(Option<Blob>),
    Object(Box<DynamicRecord>),
    OptObject(OptObject),
    Objects(Objects),
}

impl Slot {
    fn new(kind: Kind, storage: Storage) -> Self {
        match (kind, storage) {
            (Kind::Text, Storage::Plain) => Self::Text(String::new()),
            (Kind::Text, Storage::Optional) => Self::OptText(None),
            (Kind::Text, Storage::List) => Self::Texts(Vec::new()),
            (Kind::Int64, Storage::Plain) => Self::Int64(0),
            (Kind::Int64, Storage::Optional) => Self::OptInt64(None),
            (Kind::Int64, Storage::List) => Self::Int64s(Vec::new()),
            (Kind::Uint64, Storage::Plain) => Self::Uint64(0),
            (Kind::Uint64, Storage::Optional) => Self::OptUint64(None),
            (Kind::Uint64, Storage::List) => Self::Uint64s(Vec::new()),
            (Kind::Float, Storage::Plain) => Self::Float(0.0),
            (Kind::Float, Storage::Optional) => Self::OptFloat(None),
            (Kind::Float, Storage::List) => Self::Floats(Vec::new()),
            (Kind::Bool, Storage::Plain) => Self::Bool(false),
            (Kind::Bool, Storage::Optional) => Self::OptBool(None),
            (Kind::Bool, Storage::List) => Self::Bools(Vec::new()),
            (Kind::Json, Storage::Plain) => Self::Json(Value::Null),
            (Kind::Json, Storage::Optional) => Self::OptJson(None),
            // The spec checker lets no list hold bytes.
            (Kind::Json | Kind::Blob, Storage::List) => Self::Jsons(Vec::new()),
            (Kind::Blob, Storage::Plain) => Self::Blob(Blob::default()),
            (Kind::Blob, Storage::Optional) => Self::OptBlob(None),
            // The spec checker lets no type hold itself in this way.
            (Kind::Object(shape), Storage::Plain) => Self::Object(Box::new(DynamicRecord::new(shape))),
            (Kind::Object(shape), Storage::Optional) => Self::OptObject(OptObject { shape, object: None }),
            (Kind::Object(shape), Storage::List) => Self::Objects(Objects { shape, objects: Vec::new() }),
        }
    }
}

/// An object that may be absent.
#[derive(Clone)]
struct OptObject {
    shape: &'static Shape,
    object: Option<Box<DynamicRecord>>,
}

impl OptionalRecord for OptObject {
    fn insert(&mut self) -> &mut dyn Record {
        &mut **self.object.insert(Box::new(DynamicRecord::new(self.shape)))
    }
    fn clear(&mut self) {
        self.object = None;
    }
}

/// A list of objects.
#[derive(Clone)]
struct Objects {
    shape: &'static Shape,
    objects: Vec<DynamicRecord>,
}

impl RecordList for Objects {
    fn len(&self) -> usize {
        self.objects.len()
    }
    fn at(&self, index: usize) -> Option<&dyn Record> {
        match self.objects.get(index) {
            Some(object) => Some(object),
            None => None,
        }
    }
    fn push(&mut self) -> &mut dyn Record {
        self.objects.push_mut(DynamicRecord::new(self.shape))
    }
    fn clear(&mut self) {
        self.objects.clear();
    }
}

impl DynamicRecord {
    pub(super) fn new(shape: &'static Shape) -> Self {
        let slots = shape.fields().iter().map(|(kind, storage)| Slot::new(*kind, *storage)).collect();
        Self { shape, slots, unknown: Map::new() }
    }
}

impl Record for DynamicRecord {
    fn meta(&self) -> &'static RecordMeta {
        self.shape.meta
    }

    fn get(&self, index: usize) -> FieldRef<'_> {
        let Some(slot) = self.slots.get(index) else { return FieldRef::None };
        match slot {
            Slot::Text(value) => FieldRef::String(value),
            Slot::OptText(value) => FieldRef::OptString(value),
            Slot::Texts(values) => FieldRef::Strings(values),
            Slot::Int64(value) => FieldRef::Int64(value),
            Slot::OptInt64(value) => FieldRef::OptInt64(value),
            Slot::Int64s(values) => FieldRef::Int64s(values),
            Slot::Uint64(value) => FieldRef::Uint64(value),
            Slot::OptUint64(value) => FieldRef::OptUint64(value),
            Slot::Uint64s(values) => FieldRef::Uint64s(values),
            Slot::Float(value) => FieldRef::Float(value),
            Slot::OptFloat(value) => FieldRef::OptFloat(value),
            Slot::Floats(values) => FieldRef::Floats(values),
            Slot::Bool(value) => FieldRef::Bool(value),
            Slot::OptBool(value) => FieldRef::OptBool(value),
            Slot::Bools(values) => FieldRef::Bools(values),
            Slot::Json(value) => FieldRef::Json(value),
            Slot::OptJson(value) => FieldRef::OptJson(value),
            Slot::Jsons(values) => FieldRef::Jsons(values),
            Slot::Blob(value) => FieldRef::Blob(value),
            Slot::OptBlob(value) => FieldRef::OptBlob(value),
            Slot::Object(object) => FieldRef::Record(&**object),
            Slot::OptObject(OptObject { object, .. }) => {
                object.as_ref().map_or(FieldRef::None, |object| FieldRef::Record(&**object))
            }
            Slot::Objects(objects) => FieldRef::Records(objects),
        }
    }

    fn get_mut(&mut self, index: usize) -> FieldMut<'_> {
        let Some(slot) = self.slots.get_mut(index) else { return FieldMut::None };
        match slot {
            Slot::Text(value) => FieldMut::String(value),
            Slot::OptText(value) => FieldMut::OptString(value),
            Slot::Texts(values) => FieldMut::Strings(values),
            Slot::Int64(value) => FieldMut::Int64(value),
            Slot::OptInt64(value) => FieldMut::OptInt64(value),
            Slot::Int64s(values) => FieldMut::Int64s(values),
            Slot::Uint64(value) => FieldMut::Uint64(value),
            Slot::OptUint64(value) => FieldMut::OptUint64(value),
            Slot::Uint64s(values) => FieldMut::Uint64s(values),
            Slot::Float(value) => FieldMut::Float(value),
            Slot::OptFloat(value) => FieldMut::OptFloat(value),
            Slot::Floats(values) => FieldMut::Floats(values),
            Slot::Bool(value) => FieldMut::Bool(value),
            Slot::OptBool(value) => FieldMut::OptBool(value),
            Slot::Bools(values) => FieldMut::Bools(values),
            Slot::Json(value) => FieldMut::Json(value),
            Slot::OptJson(value) => FieldMut::OptJson(value),
            Slot::Jsons(values) => FieldMut::Jsons(values),
            Slot::Blob(value) => FieldMut::Blob(value),
            Slot::OptBlob(value) => FieldMut::OptBlob(value),
            Slot::Object(object) => FieldMut::Record(&mut **object),
            Slot::OptObject(object) => FieldMut::OptRecord(object),
            Slot::Objects(objects) => FieldMut::Records(objects),
        }
    }

    fn unknown(&self) -> Option<&Map<String, Value>> {
        self.shape.keeps_unknown.then_some(&self.unknown)
    }

    fn unknown_mut(&mut self) -> Option<&mut Map<String, Value>> {
        self.shape.keeps_unknown.then_some(&mut self.unknown)
    }

    fn union(&self) -> Option<&'static UnionMeta> {
        self.shape.union
    }
}

impl fmt::Debug for DynamicRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_record(self, f)
    }
}
