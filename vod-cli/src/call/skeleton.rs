//! `vod ACTION --skeleton`: a file for `--input`, in TOML because that has comments.

use std::fmt::Write as _;

use serde_json::Value;
use vod_spec::model::{Element, Field, Service};

use crate::dynamic::DynamicAction;
use crate::prose::{facts, first_sentence, type_text};

/// How deep objects are filled in: types may hold themselves.
const DEPTH: usize = 3;

/// The file: required parameters with the values of an example, the others as comments.
pub(crate) fn text(action: &DynamicAction) -> String {
    let (service, model) = (action.service(), action.model());
    let example = model.examples.first().map(|example| &example.request);
    let mut out = format!(
        "# Parameters of {}: {}\n# vod {} --input FILE\n",
        model.name,
        model.summary,
        super::option_name::kebab(&model.name)
    );
    let (required, others): (Vec<&Field>, Vec<&Field>) =
        model.request.iter().partition(|field| field.required);
    for field in required.into_iter().chain(others) {
        let mut notes = vec![type_text(field)];
        notes.extend(facts(field, service));
        let _ = writeln!(out, "\n# {}", first_sentence(&field.doc));
        let _ = writeln!(out, "# {}", notes.join("; "));
        let shown = example.and_then(|example| example.get(&field.name)).filter(|value| !value.is_null());
        let value = shown.map_or_else(|| placeholder(field, service, DEPTH), inline);
        let sign = if field.required { "" } else { "# " };
        let _ = writeln!(out, "{sign}{} = {value}", field.name);
    }
    out
}

fn placeholder(field: &Field, service: &Service, depth: usize) -> String {
    let value = match &field.ty.element {
        Element::String | Element::Binary => "\"\"".to_owned(),
        Element::Int64 | Element::Uint64 => "0".to_owned(),
        Element::Float => "0.0".to_owned(),
        Element::Bool => "false".to_owned(),
        Element::Timestamp => "\"2026-01-31T08:00:00Z\"".to_owned(),
        Element::Date => "\"2026-01-31\"".to_owned(),
        Element::Json | Element::External(_) => "{}".to_owned(),
        Element::Enum(name) => {
            let first = service.enumeration(name).and_then(|list| list.values.first());
            first.map_or_else(|| "\"\"".to_owned(), |value| Value::from(value.value.as_str()).to_string())
        }
        Element::Record(name) => match service.record(name).filter(|_| depth > 0) {
            Some(record) => {
                let required = record.fields.iter().filter(|field| field.required);
                let parts: Vec<String> = required
                    .map(|field| format!("{} = {}", field.name, placeholder(field, service, depth - 1)))
                    .collect();
                if parts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", parts.join(", ")) }
            }
            None => "{}".to_owned(),
        },
    };
    if field.ty.list { format!("[{value}]") } else { value }
}

/// JSON as TOML on one line. A JSON text is a TOML text, and `null` has no form and is left out.
fn inline(value: &Value) -> String {
    match value {
        Value::Array(values) => {
            let values: Vec<String> = values.iter().filter(|value| !value.is_null()).map(inline).collect();
            format!("[{}]", values.join(", "))
        }
        Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| format!("{} = {}", key(name), inline(value)))
                .collect();
            if members.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", members.join(", ")) }
        }
        other => other.to_string(),
    }
}

fn key(name: &str) -> String {
    let is_bare =
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if is_bare { name.to_owned() } else { Value::from(name).to_string() }
}
