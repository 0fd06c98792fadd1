//! Gives answers the shape of the spec: fields that must be there are, and no others.

use serde_json::{Map, Value};
use vod_spec::model::{Element, Field, Service};

use crate::model::examples::smallest_value;
use crate::protocol::envelope::Members;

/// A record of this type with these members. Fields that may be `null` and are not among them are; those that must be
/// there have the smallest value that the spec allows; members that the type does not have are left out.
pub(crate) fn shaped(service: &Service, record: &str, members: Value) -> Value {
    match (service.record(record), members) {
        (Some(record), Value::Object(members)) => shaped_members(service, &record.fields, members).into(),
        (_, members) => members,
    }
}

/// The members of an answer with these fields.
pub(crate) fn shaped_members(service: &Service, fields: &[Field], mut given: Members) -> Members {
    let mut shaped = Map::new();
    for field in fields {
        let value = match given.remove(&field.name) {
            Some(value) => shaped_value(service, field, value),
            None if field.nullable => Value::Null,
            None if field.required => smallest_value(service, field),
            None => continue,
        };
        shaped.insert(field.name.clone(), value);
    }
    shaped
}

fn shaped_value(service: &Service, field: &Field, value: Value) -> Value {
    let Element::Record(record) = &field.ty.element else { return value };
    match value {
        Value::Array(elements) => {
            elements.into_iter().map(|element| shaped(service, record, element)).collect()
        }
        value => shaped(service, record, value),
    }
}
