//! What the vendor's own examples prove wrong in its model.

use std::collections::BTreeSet;

use serde_json::Value;

use super::facts::{Facts, FieldFacts};
use super::requests::Examples;
use vod_spec::model::Number;

/// Owner and field.
type Found = BTreeSet<(String, String)>;
/// Tells whether what an example gives a field, or that it gives nothing, proves something wrong.
type Proof = fn(Option<&Value>, &FieldFacts) -> bool;

/// Takes back every limit that an example of a request breaks, and makes nullable what an example of an answer
/// has as `null` or, against its word, leaves out.
pub(crate) fn apply_counterexamples(facts: &mut Facts, examples: &Examples) {
    let (mut broken, mut nulls) = (Found::new(), Found::new());
    for action in &facts.actions {
        for example in examples.get(&action.name).into_iter().flatten() {
            if let Ok(request) = &example.request {
                walk(request, &action.name, &action.request, facts, breaks, &mut broken);
            }
            if let Ok(response) = &example.response {
                walk(response, &action.name, &action.response, facts, lacks, &mut nulls);
            }
        }
    }
    let is_in = |found: &Found, owner: &str, field: &FieldFacts| {
        found.contains(&(owner.to_owned(), field.name.clone()))
    };
    let forget = |owner: &str, field: &mut FieldFacts| {
        if is_in(&broken, owner, field) {
            (field.items, field.length, field.range) = (None, None, None);
        }
    };
    let allow = |owner: &str, field: &mut FieldFacts| field.nullable |= is_in(&nulls, owner, field);
    for action in &mut facts.actions {
        action.request.iter_mut().for_each(|field| forget(&action.name, field));
        action.response.iter_mut().for_each(|field| allow(&action.name, field));
    }
    for item in &mut facts.types {
        for field in &mut item.fields {
            forget(&item.name, field);
            allow(&item.name, field);
        }
    }
}

fn walk(value: &Value, owner: &str, fields: &[FieldFacts], facts: &Facts, proof: Proof, found: &mut Found) {
    let Some(members) = value.as_object() else { return };
    for field in fields {
        let value = members.get(&field.name);
        if proof(value, field) {
            found.insert((owner.to_owned(), field.name.clone()));
        }
        if let Some(value) = value.filter(|_| field.object) {
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            for value in values {
                walk(value, &field.element, facts.fields_of(&field.element), facts, proof, found);
            }
        }
    }
}

fn lacks(value: Option<&Value>, field: &FieldFacts) -> bool {
    value.map_or(field.required && !field.list, Value::is_null)
}

fn breaks(value: Option<&Value>, field: &FieldFacts) -> bool {
    let Some(value) = value else { return false };
    let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let too_many = field.items.is_some_and(|most| values.len() as u64 > most);
    too_many || values.iter().any(|value| outside(value, field))
}

fn outside(value: &Value, field: &FieldFacts) -> bool {
    let too_long = value.as_str().is_some_and(|text| {
        let length = text.chars().count() as u64;
        field.length.is_some_and(|most| length > most)
    });
    let number = value.as_i64().map(Number::Int).or_else(|| value.as_f64().map(Number::Float));
    too_long || number.zip(field.range).is_some_and(|(number, (min, max))| number < min || number > max)
}
