//! Limits and defaults that contradict the type, or each other.

use std::collections::HashMap;

use super::SpotMap;
use crate::draft::Spots;
use crate::model::{Element, Field, Limits, Number, Position, Service};
use crate::report::Problems;
use crate::value::{Side, check_value};

/// Reports contradictions and drops what is contradicted: a limit, a default, never the field.
pub(crate) fn check(service: &mut Service, spots: &SpotMap, problems: &mut Problems) {
    for_each_field(service, |owner, field| {
        if let Some(spots) = spots.get(&field.at).filter(|_| field.shared.is_none()) {
            check_kinds(field, &item(owner, field), spots, problems);
        }
    });
    share_limits(service);
    // Against the whole service, because a default may be an object.
    let mut refused = Vec::new();
    let mut judge = |owner: &str, field: &Field| {
        let Some(spots) = spots.get(&field.at).filter(|_| field.shared.is_none()) else {
            return;
        };
        if let Some((what, instead)) = fault_of_default(service, field) {
            problems.report(&spots.default, &item(owner, field), what, instead);
            refused.push(field.at.clone());
        }
    };
    for action in &service.actions {
        action.request.iter().chain(&action.response).for_each(|field| judge(&action.name, field));
    }
    for record in &service.types {
        record.fields.iter().for_each(|field| judge(&record.name, field));
    }
    service.parameters.iter().for_each(|field| judge("", field));
    drop_defaults(service, &refused);
}

/// What a shared parameter has lost, the fields that use it lose too.
fn share_limits(service: &mut Service) {
    let limits: HashMap<String, Limits> =
        service.parameters.iter().map(|field| (field.name.clone(), field.limits.clone())).collect();
    for_each_field(service, |_, field| {
        if let Some(limits) = field.shared.as_ref().and_then(|name| limits.get(name)) {
            field.limits = limits.clone();
        }
    });
}

fn item(owner: &str, field: &Field) -> String {
    if owner.is_empty() { field.name.clone() } else { format!("{owner}.{}", field.name) }
}

fn for_each_field(service: &mut Service, mut visit: impl FnMut(&str, &mut Field)) {
    for action in &mut service.actions {
        for field in action.request.iter_mut().chain(&mut action.response) {
            visit(&action.name, field);
        }
    }
    for record in &mut service.types {
        record.fields.iter_mut().for_each(|field| visit(&record.name, field));
    }
    service.parameters.iter_mut().for_each(|field| visit("", field));
}

fn drop_defaults(service: &mut Service, refused: &[Position]) {
    let shared: Vec<String> = service
        .parameters
        .iter()
        .filter(|field| refused.contains(&field.at))
        .map(|field| field.name.clone())
        .collect();
    for_each_field(service, |_, field| {
        let from_shared = field.shared.as_ref().is_some_and(|name| shared.contains(name));
        if from_shared || refused.contains(&field.at) {
            field.default = None;
        }
    });
}

fn check_kinds(field: &mut Field, item: &str, spots: &Spots, problems: &mut Problems) {
    let element = &field.ty.element;
    let mut refuse = |at: &Position, what: String, instead: &str| problems.report(at, item, what, instead);
    if field.limits.items.is_some() && !field.ty.list {
        let what = format!("`items` stands beside {}, which is no list", described(element));
        refuse(&spots.items, what, "write the type as `[T]`, or remove `items`");
        field.limits.items = None;
    }
    let external = matches!(element, Element::External(_));
    if field.limits.length.is_some() && *element != Element::String && !external {
        let what = format!("`length` stands beside {}", described(element));
        refuse(&spots.length, what, "only `string` has a length; remove it");
        field.limits.length = None;
    }
    if field.limits.pattern.is_some() && *element != Element::String && !external {
        let what = format!("`pattern` stands beside {}", described(element));
        refuse(&spots.pattern, what, "only `string` has a pattern; remove it");
        field.limits.pattern = None;
    }
    if let Some((what, instead)) = fault_of_range(field) {
        refuse(&spots.range, what, instead);
        field.limits.range = None;
    }
}

fn fault_of_range(field: &Field) -> Option<(String, &'static str)> {
    let range = field.limits.range?;
    let bounds = [range.min, range.max];
    let fraction = bounds.iter().flatten().any(|bound| matches!(bound, Number::Float(_)));
    let negative = bounds.iter().flatten().any(|bound| matches!(bound, Number::Int(bound) if *bound < 0));
    match field.ty.element {
        Element::Int64 | Element::Uint64 if fraction => {
            Some(("`range` of whole numbers has a fraction".to_owned(), "write whole numbers"))
        }
        Element::Uint64 if negative => Some((
            "`range` of `uint64` has a negative bound".to_owned(),
            "write 0 or more, or the type `int64`",
        )),
        Element::Int64 | Element::Uint64 | Element::Float => None,
        _ => {
            let what = format!("`range` stands beside {}", described(&field.ty.element));
            Some((what, "only numbers have a range; remove it"))
        }
    }
}

fn described(element: &Element) -> String {
    match element {
        Element::String => "`string`".to_owned(),
        Element::Int64 => "`int64`".to_owned(),
        Element::Uint64 => "`uint64`".to_owned(),
        Element::Float => "`float`".to_owned(),
        Element::Bool => "`bool`".to_owned(),
        Element::Timestamp => "`timestamp`".to_owned(),
        Element::Date => "`date`".to_owned(),
        Element::Json => "`json`".to_owned(),
        Element::Binary => "`binary`".to_owned(),
        Element::Record(name) => format!("the type `{name}`"),
        Element::Enum(name) => format!("the enumeration `{name}`"),
        Element::External(name) => format!("`{name}`"),
    }
}

fn fault_of_default(service: &Service, field: &Field) -> Option<(String, String)> {
    let default = field.default.as_ref()?;
    let object = serde_json::Value::Object([(field.name.clone(), default.clone())].into_iter().collect());
    let mismatches = check_value(service, std::slice::from_ref(field), &object, Side::Request);
    if let Some(mismatch) = mismatches.first() {
        let what = format!("`default` breaks the field's own spec: {}", mismatch.message);
        return Some((what, "correct the default or the limit".to_owned()));
    }
    let Element::Enum(name) = &field.ty.element else {
        return None;
    };
    let values = &service.enumeration(name)?.values;
    let texts = default.as_array().map_or(std::slice::from_ref(default), Vec::as_slice);
    let stranger = texts
        .iter()
        .filter_map(serde_json::Value::as_str)
        .find(|text| !values.iter().any(|value| value.value == *text))?;
    let instead =
        crate::suggest::did_you_mean(stranger, values.iter().map(|value| value.value.as_str()), || {
            "write one of the values, or add this one".to_owned()
        });
    Some((format!("`default` is `{stranger}`, which is none of the values of `{name}`"), instead))
}
