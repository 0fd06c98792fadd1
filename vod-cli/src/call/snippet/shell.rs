//! A call as a command: `vod`, or the vendor's `tccli`.

use serde_json::Value;
use vod_spec::model::{Element, Field, Service};

use super::super::option_name::kebab;
use crate::dynamic::DynamicAction;

/// So long a line may be.
const LINE: usize = 96;

/// The command of this program, one parameter a line where they are many.
pub fn vod_command(action: &DynamicAction, parameters: &Value) -> String {
    let mut words = vec![format!("vod {}", kebab(action.name()))];
    if action.service().name != "vod" {
        words.push(format!("--service {}", action.service().name));
    }
    options(&mut words, "", &action.model().request, parameters, action.service());
    joined(&words)
}

fn options(words: &mut Vec<String>, before: &str, fields: &[Field], value: &Value, service: &Service) {
    for field in fields {
        let Some(value) = value.get(&field.name).filter(|value| !value.is_null()) else { continue };
        let name = format!("{before}{}", kebab(&field.name));
        let inner = match &field.ty.element {
            Element::Record(name) => service.record(name),
            _ => None,
        };
        match (inner, value) {
            (Some(record), Value::Array(values)) if !values.is_empty() => {
                for (index, value) in values.iter().enumerate() {
                    object(words, &format!("{name}.{index}"), &record.fields, value, service);
                }
            }
            (Some(record), Value::Object(_)) => object(words, &name, &record.fields, value, service),
            (_, Value::Array(values)) => {
                let is_plain = |value: &Value| match value {
                    Value::String(text) => !text.starts_with(['-', '[']) && !text.is_empty(),
                    Value::Number(_) | Value::Bool(_) => true,
                    _ => false,
                };
                let is_json = matches!(field.ty.element, Element::Json);
                if values.is_empty() || is_json || !values.iter().all(is_plain) {
                    words.push(format!("--{name} {}", quoted(&value.to_string())));
                } else {
                    let values: Vec<String> = values.iter().map(|value| quoted(&plain(value))).collect();
                    words.push(format!("--{name} {}", values.join(" ")));
                }
            }
            (_, value) => {
                let is_json = matches!(field.ty.element, Element::Json);
                let text = if is_json { value.to_string() } else { plain(value) };
                let sign = if text.starts_with('-') { '=' } else { ' ' };
                words.push(format!("--{name}{sign}{}", quoted(&text)));
            }
        }
    }
}

fn object(words: &mut Vec<String>, name: &str, fields: &[Field], value: &Value, service: &Service) {
    let before = words.len();
    options(words, &format!("{name}."), fields, value, service);
    if words.len() == before {
        words.push(format!("--{name} '{{}}'"));
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The vendor's command: API names, lists and objects as JSON.
pub fn tccli_command(action: &DynamicAction, parameters: &Value) -> String {
    let (service, model) = (action.service(), action.model());
    let mut words = vec![format!("tccli {} {} --version {}", service.name, model.name, service.version)];
    for field in &model.request {
        let Some(value) = parameters.get(&field.name).filter(|value| !value.is_null()) else { continue };
        words.push(format!("--{} {}", field.name, quoted(&plain(value))));
    }
    joined(&words)
}

/// A word for the shell, in quotes where it needs them.
pub(super) fn quoted(text: &str) -> String {
    let is_plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '@' | '%' | '+' | ',')
    };
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

fn joined(words: &[String]) -> String {
    let line = words.join(" ");
    if line.len() <= LINE { line } else { words.join(" \\\n    ") }
}
