//! Types, enumerations and fields as JSON schemas.

use std::collections::HashSet;

use serde_json::{Map, Value, json};
use vod_spec::model::{Action, Bounds, Element, EnumValue, Field, Number, Service};

/// Which way a value goes. Only requests have limits, and types that go both ways have a schema for each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    Answer,
}

/// The schemas that operations refer to, by name.
pub(super) struct Schemas<'s> {
    service: &'s Service,
    found: Map<String, Value>,
    /// The types that answers reach.
    answered: HashSet<&'s str>,
}

impl<'s> Schemas<'s> {
    /// With the types and enumerations of the service.
    pub(super) fn new(service: &'s Service) -> Self {
        let sent = service.reached_by_requests();
        let answered = service.reached(service.actions.iter().flat_map(|action| &action.response));
        let mut this = Self { service, found: Map::new(), answered };
        for list in &service.enums {
            let value = |value: &EnumValue| json!({ "const": value.value, "description": value.doc });
            let values: Vec<Value> = list.values.iter().map(value).collect();
            // The service adds values without a new version.
            let schema =
                json!({ "description": list.doc, "type": "string", "anyOf": [{ "oneOf": values }, {}] });
            this.found.insert(list.name.clone(), schema);
        }
        for record in &service.types {
            let sides = [(Side::Request, &sent), (Side::Answer, &this.answered)];
            for side in sides.map(|(side, names)| names.contains(&*record.name).then_some(side)) {
                let Some(side) = side else { continue };
                let schema = this.members(&record.doc, &record.fields, side);
                this.found.insert(this.name(&record.name, side), schema);
            }
        }
        let error = json!({
            "type": "object",
            "required": ["Code", "Message"],
            "properties": { "Code": { "type": "string" }, "Message": { "type": "string" } },
        });
        this.found.insert("Answer.Error".to_owned(), error);
        this
    }

    pub(super) fn into_map(self) -> Map<String, Value> {
        self.found
    }

    /// The name of a type's schema. The dot is in no type's name.
    fn name(&self, record: &str, side: Side) -> String {
        let is_other = side == Side::Request && self.answered.contains(record);
        if is_other { format!("{record}.Request") } else { record.to_owned() }
    }

    /// Adds the parameters of an action; their reference.
    pub(super) fn request(&mut self, action: &Action) -> Value {
        let name = format!("{}Request", action.name);
        let schema = self.members("", &action.request, Side::Request);
        self.found.insert(name.clone(), schema);
        reference(&name)
    }

    /// The answer of an action with what is around it, or an error in its place.
    pub(super) fn answer(&mut self, action: &Action) -> Value {
        let name = format!("{}Response", action.name);
        let mut schema = self.members("", &action.response, Side::Answer);
        schema["properties"]["RequestId"] = json!({ "type": "string" });
        self.found.insert(name.clone(), schema);
        let failure = json!({
            "type": "object",
            "required": ["Error"],
            "properties": { "Error": reference("Answer.Error"), "RequestId": { "type": "string" } },
        });
        let success = json!({ "allOf": [reference(&name), { "not": { "required": ["Error"] } }] });
        json!({
            "type": "object",
            "required": ["Response"],
            "properties": { "Response": { "oneOf": [success, failure] } },
        })
    }

    /// Members that an answer should have may be absent all the same, so that none is required there.
    fn members(&self, doc: &str, fields: &[Field], side: Side) -> Value {
        let properties: Map<String, Value> =
            fields.iter().map(|field| (field.name.clone(), self.field(field, side))).collect();
        let mut out = json!({ "type": "object", "properties": properties });
        if !doc.is_empty() {
            out["description"] = doc.into();
        }
        let required: Vec<&str> =
            fields.iter().filter(|field| field.required).map(|field| field.name.as_str()).collect();
        match side {
            Side::Request if !required.is_empty() => out["required"] = json!(required),
            _ => {}
        }
        out
    }

    /// What a field holds. `null` counts as absent.
    pub(super) fn field(&self, field: &Field, side: Side) -> Value {
        let mut out = self.element(field, side);
        if field.ty.list {
            let items = if side == Side::Answer { or_null(out) } else { out };
            out = json!({ "type": "array", "items": items });
            if side == Side::Request {
                bounds(&mut out, field.limits.items, ["minItems", "maxItems"], |number| json!(number));
            }
        }
        if side == Side::Answer || !field.required {
            out = or_null(out);
        }
        let mut set = |name: &str, value: Value| out[name] = value;
        set("description", field.doc.as_str().into());
        if let Some(default) = &field.default {
            set("default", default.clone());
        }
        if let Some(note) = &field.deprecated {
            set("deprecated", true.into());
            set("x-deprecated", note.as_str().into());
        }
        if field.sensitive {
            set("x-sensitive", true.into());
        }
        if let Some(site) = field.only_on {
            set("x-only-on", site.name().into());
        }
        out
    }

    fn element(&self, field: &Field, side: Side) -> Value {
        let mut out = match &field.ty.element {
            Element::String => json!({ "type": "string" }),
            Element::Int64 => json!({ "type": "integer", "format": "int64" }),
            Element::Uint64 => json!({ "type": "integer", "format": "uint64", "minimum": 0 }),
            Element::Float => json!({ "type": "number", "format": "double" }),
            Element::Bool => json!({ "type": "boolean" }),
            // The service also writes `0000-00-00` and nothing for "never".
            Element::Timestamp if side == Side::Answer => json!({ "type": "string", "x-type": "timestamp" }),
            Element::Timestamp => json!({ "type": "string", "format": "date-time" }),
            Element::Date if side == Side::Answer => json!({ "type": "string", "x-type": "date" }),
            Element::Date => json!({ "type": "string", "format": "date" }),
            Element::Binary => json!({ "type": "string", "format": "binary" }),
            Element::Record(name) if self.service.record(name).is_some() => reference(&self.name(name, side)),
            Element::Enum(name) if self.service.enumeration(name).is_some() => reference(name),
            Element::Json | Element::Record(_) | Element::Enum(_) | Element::External(_) => json!({}),
        };
        if side == Side::Answer {
            return out;
        }
        let limits = &field.limits;
        bounds(&mut out, limits.length, ["minLength", "maxLength"], |number| json!(number));
        bounds(&mut out, limits.range, ["minimum", "maximum"], |number| match number {
            Number::Int(number) => json!(number),
            Number::Float(number) => json!(number),
        });
        if let Some(pattern) = &limits.pattern {
            out["pattern"] = pattern.as_str().into();
        }
        out
    }
}

/// The schema, or `null`.
fn or_null(mut schema: Value) -> Value {
    match schema.get("type") {
        Some(Value::String(kind)) => {
            schema["type"] = json!([kind, "null"]);
            schema
        }
        None if schema.get("$ref").is_some() => json!({ "anyOf": [schema, { "type": "null" }] }),
        _ => schema,
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn bounds<T: Copy>(
    schema: &mut Value,
    bounds: Option<Bounds<T>>,
    names: [&str; 2],
    json: impl Fn(T) -> Value,
) {
    let Some(Bounds { min, max }) = bounds else { return };
    for (name, bound) in names.into_iter().zip([min, max]) {
        if let Some(bound) = bound {
            schema[name] = json(bound);
        }
    }
}
