//! What the fields of a type hold, for as long as the process lives.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use vod_api::__private::RecordMeta;
use vod_spec::model::{Element, Field, Service, Storage};

use super::leak::{leak, leak_record};

/// A type.
pub(super) struct Shape {
    pub(super) meta: &'static RecordMeta,
    pub(super) keeps_unknown: bool,
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

    /// The request or the answer itself.
    pub(super) fn of_fields(&mut self, name: &str, fields: &'a [Field], is_answer: bool) -> &'static Shape {
        let meta = leak_record(name, fields, is_answer);
        let shape = leak(Shape { meta, keeps_unknown: false, fields: OnceLock::new() });
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
        let shape: &'static Shape =
            leak(Shape { meta, keeps_unknown: record.keeps_unknown, fields: OnceLock::new() });
        self.known.insert(name, shape);
        let kinds = record.fields.iter().map(|field| (self.kind(field), field.storage())).collect();
        // It was made here.
        let _ = shape.fields.set(kinds);
        Some(shape)
    }
}
