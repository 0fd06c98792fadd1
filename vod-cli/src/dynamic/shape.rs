//! What the fields of a type hold, for as long as the process lives.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use vod_api::__private::{RecordMeta, UnionMeta};
use vod_spec::model::{Action, Element, Field, Service, Storage, Union};

use super::leak::{leak, leak_record, leak_union};

/// A type.
pub(super) struct Shape {
    pub(super) meta: &'static RecordMeta,
    pub(super) keeps_unknown: bool,
    pub(super) union: Option<&'static UnionMeta>,
    /// Set once the types that it names are known; types may name each other in circles.
    fields: OnceLock<Vec<(Kind, Storage)>>,
}

/// What a single value of a field is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Enumerations, timestamps and dates too: text on the wire.
    Text,
    Int64,
    Uint64,
    Float,
    Bool,
    Json,
    Blob,
    Object(&'static Shape),
}

impl Shape {
    pub(super) fn fields(&self) -> &[(Kind, Storage)] {
        self.fields.get().map_or(&[], Vec::as_slice)
    }
}

impl fmt::Debug for Shape {
    /// The name alone, since types may name each other in circles.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.meta.name)
    }
}

/// The shapes of one action.
pub(super) struct Shapes<'a> {
    service: &'a Service,
    known: HashMap<&'a str, &'static Shape>,
}

impl<'a> Shapes<'a> {
    pub(super) fn new(service: &'a Service) -> Self {
        Self { service, known: HashMap::new() }
    }

    /// The request of an action.
    pub(super) fn of_request(&mut self, action: &'a Action) -> &'static Shape {
        self.of_fields(&format!("{}Request", action.name), &action.request, None, false)
    }

    /// The answer to an action.
    pub(super) fn of_response(&mut self, action: &'a Action) -> &'static Shape {
        self.of_fields(&format!("{}Response", action.name), &action.response, action.union.as_ref(), true)
    }

    fn of_fields(
        &mut self,
        name: &str,
        fields: &'a [Field],
        union: Option<&Union>,
        is_answer: bool,
    ) -> &'static Shape {
        let meta = leak_record(name, fields, is_answer);
        let keeps_unknown = union.is_some();
        let union = union.and_then(|union| leak_union(fields, union));
        let shape = leak(Shape { meta, keeps_unknown, union, fields: OnceLock::new() });
        let mut kinds: Vec<_> = fields.iter().map(|field| (self.kind(field), field.storage())).collect();
        if is_answer {
            kinds.push((Kind::Text, Storage::Plain));
        }
        // Nothing else has set it.
        let _ = shape.fields.set(kinds);
        shape
    }

    fn kind(&mut self, field: &'a Field) -> Kind {
        match &field.ty.element {
            Element::String | Element::Timestamp | Element::Date | Element::Enum(_) => Kind::Text,
            Element::Int64 => Kind::Int64,
            Element::Uint64 => Kind::Uint64,
            Element::Float => Kind::Float,
            Element::Bool => Kind::Bool,
            Element::Binary => Kind::Blob,
            Element::Json | Element::External(_) => Kind::Json,
            Element::Record(name) => self.of_type(name).map_or(Kind::Json, Kind::Object),
        }
    }

    fn of_type(&mut self, name: &'a str) -> Option<&'static Shape> {
        if let Some(known) = self.known.get(name) {
            return Some(known);
        }
        let service = self.service;
        let record = service.record(name)?;
        let meta = leak_record(name, &record.fields, false);
        let union = record.union.as_ref().and_then(|union| leak_union(&record.fields, union));
        let shape: &'static Shape =
            leak(Shape { meta, keeps_unknown: record.keeps_unknown, union, fields: OnceLock::new() });
        self.known.insert(name, shape);
        let kinds = record.fields.iter().map(|field| (self.kind(field), field.storage())).collect();
        // It was made here.
        let _ = shape.fields.set(kinds);
        Some(shape)
    }
}
