//! Answers of actions that nothing plays: the spec's example, or an object of the right shape.

use serde_json::{Map, Value, json};
use vod_spec::model::{Action, AnswerFormat, Element, Example, Field, Number, Service};

use crate::protocol::answer_kind::AnswerKind;
use crate::protocol::envelope::{Answer, Members};

/// The answer of the example that has exactly these parameters, with the example's request id.
pub(crate) fn recorded(action: &Action, parameters: &Members) -> Option<Answer> {
    let is_it =
        |example: &&Example| example.request.as_object().is_some_and(|request| are_same(request, parameters));
    of_example(action, action.examples.iter().find(is_it)?)
}

fn are_same(a: &Members, b: &Members) -> bool {
    a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| is_same(a, b)))
}

/// Whether two values say the same: `1` and `1.0` are one number.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || a.as_f64() == b.as_f64() && (a.is_f64() || b.is_f64())
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => are_same(a, b),
        _ => a == b,
    }
}

/// An answer that is true to the spec: that of the example with these parameters, else that of the first
/// example, else the smallest that the fields allow. Without a request id.
pub(crate) fn answer(service: &Service, action: &Action, parameters: &Members) -> Answer {
    let first = || action.examples.iter().find_map(|example| of_example(action, example));
    let smallest = || answer_of(action, vec![smallest(service, &action.response)]);
    let mut answer = recorded(action, parameters).or_else(first).unwrap_or_else(smallest);
    for members in std::iter::once(&mut answer.members).chain(&mut answer.events) {
        members.remove("RequestId");
    }
    answer
}

fn of_example(action: &Action, example: &Example) -> Option<Answer> {
    let objects: Vec<Members> =
        example.responses().filter_map(|response| response.as_object().cloned()).collect();
    (!objects.is_empty()).then(|| answer_of(action, objects))
}

/// The answer with these objects, one for each event of a stream.
fn answer_of(action: &Action, mut objects: Vec<Members>) -> Answer {
    let kind = AnswerKind::Example;
    match action.answer {
        AnswerFormat::EventStream => Answer { events: objects, kind, ..Answer::default() },
        AnswerFormat::Json => {
            Answer { members: objects.pop().unwrap_or_default(), kind, ..Answer::default() }
        }
    }
}

/// An object with only the fields that are always there. Recursion ends because a type may contain itself
/// only through a field that may be absent, or a list.
fn smallest(service: &Service, fields: &[Field]) -> Map<String, Value> {
    let required = fields.iter().filter(|field| field.required);
    required.map(|field| (field.name.clone(), smallest_value(service, field))).collect()
}

/// The smallest value that a field allows.
pub(crate) fn smallest_value(service: &Service, field: &Field) -> Value {
    if let Some(default) = &field.default {
        return default.clone();
    }
    if field.ty.list {
        return json!([]);
    }
    if field.nullable {
        return Value::Null;
    }
    let minimum = field.limits.range.and_then(|range| range.min);
    match &field.ty.element {
        Element::String | Element::Binary => json!(""),
        Element::Int64 | Element::Uint64 | Element::Float => match minimum {
            Some(Number::Int(number)) => json!(number),
            Some(Number::Float(number)) => json!(number),
            None => json!(0),
        },
        Element::Bool => json!(false),
        Element::Timestamp => json!("1970-01-01T00:00:00Z"),
        Element::Date => json!("1970-01-01"),
        Element::Json | Element::External(_) => Value::Null,
        Element::Record(name) => {
            service.record(name).map_or(Value::Null, |record| smallest(service, &record.fields).into())
        }
        Element::Enum(name) => {
            let value = service.enumeration(name).and_then(|list| list.values.first());
            value.map_or(json!(""), |value| json!(value.value))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_by_what_they_are_worth() {
        let nested = |number: Value| json!({"A": [{"B": number}]});
        assert!(is_same(&nested(json!(1)), &nested(json!(1.0))));
        for (a, b) in [(json!(1), json!(1.5)), (json!(1), json!("1")), (json!(u64::MAX), json!(u64::MAX - 1))]
        {
            assert!(!is_same(&nested(a.clone()), &nested(b.clone())), "{a} {b}");
        }
        assert!(!is_same(&json!({"A": 1}), &json!({"A": 1, "B": 2})));
    }
}
