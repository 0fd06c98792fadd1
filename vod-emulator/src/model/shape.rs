//! Gives answers the shape of the spec: fields that must be there are, and no others.

use serde_json::Value;
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

/// The members of an answer with these fields. What is there keeps its place: an answer may have thousands of members.
pub(crate) fn shaped_members(service: &Service, fields: &[Field], mut members: Members) -> Members {
    let mut wanted = 0;
    for field in fields {
        if let Some(value) = members.get_mut(&field.name) {
            *value = shaped_value(service, field, value.take());
        } else if field.nullable {
            members.insert(field.name.clone(), Value::Null);
        } else if field.required {
            members.insert(field.name.clone(), smallest_value(service, field));
        } else {
            continue;
        }
        wanted += 1;
    }
    if wanted < members.len() {
        members.retain(|name, _| fields.iter().any(|field| field.name == *name));
    }
    members
}

fn shaped_value(service: &Service, field: &Field, value: Value) -> Value {
    if value.is_null() {
        return if field.nullable || !field.required { value } else { smallest_value(service, field) };
    }
    match value {
        Value::Array(elements) if field.ty.list => {
            let shaped = elements
                .into_iter()
                .filter_map(|element| shaped_element(service, &field.ty.element, element));
            shaped.collect()
        }
        value if field.ty.list => {
            // What is not a list is not what this field means.
            drop(value);
            smallest_value(service, field)
        }
        value => shaped_element(service, &field.ty.element, value)
            .unwrap_or_else(|| smallest_value(service, field)),
    }
}

/// A value as one of this type; none if it cannot be one.
fn shaped_element(service: &Service, element: &Element, value: Value) -> Option<Value> {
    match (element, value) {
        (Element::Record(record), value @ Value::Object(_)) => Some(shaped(service, record, value)),
        (Element::Record(_), _) => None,
        (Element::Int64, Value::String(text)) => text.parse::<i64>().ok().map(Value::from),
        (Element::Uint64, Value::String(text)) => text.parse::<u64>().ok().map(Value::from),
        (Element::Int64 | Element::Uint64 | Element::Float, value) => value.is_number().then_some(value),
        (Element::Bool, value) => value.is_boolean().then_some(value),
        // The same id is a number in one action and a text in another.
        (Element::String, Value::Number(number)) => Some(number.to_string().into()),
        (
            Element::String | Element::Enum(_) | Element::Timestamp | Element::Date | Element::Binary,
            value,
        ) => value.is_string().then_some(value),
        (_, value) => Some(value),
    }
}
