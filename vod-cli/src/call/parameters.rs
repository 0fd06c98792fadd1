//! Parameters that are put together from a file and from named values, each one read as its spec says.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use vod_spec::model::{Element, Field, Service};
use vod_spec::suggest;

use super::option_name::kebab;
use crate::dynamic::DynamicAction;
use crate::failure::Failure;
use crate::specs::folded;

/// Parameters that grow.
#[derive(Debug)]
pub(crate) struct Parameters<'a> {
    action: &'a DynamicAction,
    value: Value,
    /// Lists that the command line has begun: further values are added to them.
    begun: HashSet<String>,
    /// What should be looked at, and does not keep the call from being made.
    pub(crate) warnings: Vec<String>,
}

/// Why a value can't be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The API's name with dots.
    pub(crate) field: String,
    /// What is wrong, and what to write instead.
    pub(crate) message: String,
}

impl Problem {
    /// For programs.
    pub(crate) fn to_json(&self) -> Value {
        json!({ "field": self.field })
    }
}

impl<'a> Parameters<'a> {
    /// Begins with what a file or the like gives.
    ///
    /// # Errors
    /// It is no object.
    pub(crate) fn new(action: &'a DynamicAction, base: Value) -> Result<Self, Failure> {
        if !base.is_object() {
            return Err(Failure::usage("the parameters must be a JSON object"));
        }
        Ok(Self { action, value: base, begun: HashSet::new(), warnings: Vec::new() })
    }

    /// The parameters.
    pub(crate) fn into_value(self) -> Value {
        self.value
    }

    /// Sets what stands at a path, such as `Filters.0.Name`.
    ///
    /// # Errors
    /// There is no such field, or the values don't fit it.
    pub(crate) fn assign(&mut self, path: &str, values: &[String], replaces: bool) -> Result<(), Problem> {
        let service = self.action.service();
        let mut at = String::new();
        let mut node = &mut self.value;
        let mut fields: &[Field] = &self.action.model().request;
        let mut steps = path.split('.').peekable();
        while let Some(step) = steps.next() {
            let field = find(fields, step, &at)?;
            if !at.is_empty() {
                at.push('.');
            }
            at.push_str(&field.name);
            let problem = |at: &str, message: String| Problem { field: at.to_owned(), message };
            node = member(node, &field.name).map_err(|message| problem(&at, message))?;
            if steps.peek().is_none() {
                let value = if field.ty.list {
                    let list = list_value(service, field, values, &mut self.warnings)
                        .map_err(|message| problem(&at, message))?;
                    let is_first = self.begun.insert(at.clone());
                    match (node.as_array_mut(), list) {
                        (Some(there), Value::Array(new)) if !is_first && !replaces => {
                            there.extend(new);
                            return Ok(());
                        }
                        (_, list) => list,
                    }
                } else {
                    single(service, field, values, &mut self.warnings)
                        .map_err(|message| problem(&at, message))?
                };
                *node = value;
                return Ok(());
            }
            if field.ty.list {
                let Some(index) = steps.next().and_then(|step| step.parse::<usize>().ok()) else {
                    let message = "is a list: name one of its values by a number, such as `.0`".to_owned();
                    return Err(problem(&at, message));
                };
                node = element(node, index).map_err(|message| problem(&at, message))?;
                at.push('.');
                at.push_str(&index.to_string());
                if steps.peek().is_none() {
                    *node = single(service, field, values, &mut self.warnings)
                        .map_err(|message| problem(&at, message))?;
                    return Ok(());
                }
            }
            match &field.ty.element {
                Element::Record(name) => fields = service.record(name).map_or(&[], |record| &record.fields),
                Element::Json | Element::External(_) => {
                    for step in steps {
                        node = member(node, step).map_err(|message| problem(&at, message))?;
                    }
                    *node = single(service, field, values, &mut self.warnings)
                        .map_err(|message| problem(&at, message))?;
                    return Ok(());
                }
                _ => return Err(problem(&at, "is a single value and has no parts".to_owned())),
            }
        }
        Ok(())
    }
}

fn find<'a>(fields: &'a [Field], step: &str, at: &str) -> Result<&'a Field, Problem> {
    let wanted = folded(step);
    if let Some(field) = fields.iter().find(|field| folded(&field.name) == wanted) {
        return Ok(field);
    }
    let kebabs: Vec<String> = fields.iter().map(|field| kebab(&field.name)).collect();
    let owner = if at.is_empty() { "the action".to_owned() } else { format!("`{at}`") };
    let hint = suggest(&kebab(step), kebabs.iter().map(String::as_str)).map_or_else(
        || format!("; it has {}", kebabs.join(", ")),
        |near| format!("; did you mean `{near}`?"),
    );
    Err(Problem { field: at.to_owned(), message: format!("{owner} has no `{step}`{hint}") })
}

/// A member of what is an object or can become one.
fn member<'a>(node: &'a mut Value, name: &str) -> Result<&'a mut Value, String> {
    if node.is_null() {
        *node = Value::Object(Map::new());
    }
    match node {
        Value::Object(members) => Ok(members.entry(name).or_insert(Value::Null)),
        _ => Err("what was given before is no object".to_owned()),
    }
}

/// A value of what is a list or can become one. Lists grow by one value at a time.
fn element(node: &mut Value, index: usize) -> Result<&mut Value, String> {
    if node.is_null() {
        *node = Value::Array(Vec::new());
    }
    let Value::Array(values) = node else { return Err("what was given before is no list".to_owned()) };
    if index > values.len() {
        return Err(format!(
            "value {index} is set before value {}: lists begin at 0 and have no gaps",
            values.len()
        ));
    }
    if index == values.len() {
        values.push(Value::Null);
    }
    Ok(&mut values[index])
}

fn list_value(
    service: &Service,
    field: &Field,
    values: &[String],
    warnings: &mut Vec<String>,
) -> Result<Value, String> {
    if let [text] = values
        && text.trim_start().starts_with('[')
    {
        match serde_json::from_str::<Value>(text) {
            Ok(list @ Value::Array(_)) => return Ok(list),
            // A text may begin with a bracket; nothing else may.
            _ if is_text(&field.ty.element) => {}
            Ok(_) => return Err("is a list: the JSON given is none".to_owned()),
            Err(error) => return Err(format!("is a list, and its JSON can't be read: {error}")),
        }
    }
    let values: Result<Vec<Value>, String> =
        values.iter().map(|text| convert(service, field, text, warnings)).collect();
    Ok(Value::Array(values?))
}

fn is_text(element: &Element) -> bool {
    matches!(
        element,
        Element::String | Element::Enum(_) | Element::Timestamp | Element::Date | Element::Binary
    )
}

fn single(
    service: &Service,
    field: &Field,
    values: &[String],
    warnings: &mut Vec<String>,
) -> Result<Value, String> {
    match values {
        // The name of a flag alone means yes.
        [] if field.ty.element == Element::Bool => Ok(true.into()),
        [] => Err(format!("needs a value: {}", described(&field.ty.element))),
        [text] => convert(service, field, text, warnings),
        [..] => Err("takes one value".to_owned()),
    }
}

/// Reads a text as what the field holds.
fn convert(
    service: &Service,
    field: &Field,
    text: &str,
    warnings: &mut Vec<String>,
) -> Result<Value, String> {
    let element = &field.ty.element;
    let wrong = || {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        match (element, is_whole) {
            (Element::Int64, true) => {
                format!("{} is not between {} and {}", shown(field, text), i64::MIN, i64::MAX)
            }
            (Element::Uint64, true) => format!("{} is not between 0 and {}", shown(field, text), u64::MAX),
            _ => format!("{} is not {}", shown(field, text), described(element)),
        }
    };
    match element {
        Element::String | Element::Timestamp | Element::Date => Ok(text.into()),
        Element::Binary => bytes(text),
        Element::Enum(name) => {
            if let Some(list) = service.enumeration(name)
                && !list.values.iter().any(|listed| listed.value == text)
            {
                let known = list.values.iter().map(|listed| listed.value.as_str());
                let hint =
                    suggest(text, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                warnings.push(format!(
                    "{}: {} is not among the values that the spec lists{hint}",
                    field.name,
                    shown(field, text)
                ));
            }
            Ok(text.into())
        }
        Element::Int64 => text.parse::<i64>().map(Value::from).map_err(|_| wrong()),
        Element::Uint64 => text.parse::<u64>().map(Value::from).map_err(|_| wrong()),
        Element::Float => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number.into()),
            _ => Err(wrong()),
        },
        Element::Bool => match text {
            "true" => Ok(true.into()),
            "false" => Ok(false.into()),
            _ => Err(wrong()),
        },
        Element::Record(_) => match serde_json::from_str::<Value>(text) {
            Ok(object @ Value::Object(_)) => Ok(object),
            Ok(_) => Err(wrong()),
            Err(error) => Err(format!(
                "is an object: write its parts with dots, such as --{}.NAME VALUE, or as JSON ({error})",
                kebab(&field.name)
            )),
        },
        Element::Json | Element::External(_) => {
            serde_json::from_str(text).map_err(|error| format!("takes any JSON, and this is none: {error}"))
        }
    }
}

/// A file by its path after `@`, or Base64.
fn bytes(text: &str) -> Result<Value, String> {
    let Some(path) = text.strip_prefix('@') else {
        return match STANDARD.decode(text) {
            Ok(_) => Ok(text.into()),
            Err(error) => Err(format!("is no Base64 ({error}); write a file as @PATH")),
        };
    };
    let content = std::fs::read(path).map_err(|error| format!("{path} cannot be read: {error}"))?;
    Ok(STANDARD.encode(content).into())
}

fn shown(field: &Field, text: &str) -> String {
    if field.sensitive { "the value".to_owned() } else { format!("`{text}`") }
}

fn described(element: &Element) -> &'static str {
    match element {
        Element::String | Element::Enum(_) => "a text",
        Element::Timestamp => "a date and time, such as 2026-01-31T08:00:00Z",
        Element::Date => "a day, such as 2026-01-31",
        Element::Binary => "a file, such as @photo.jpg, or Base64",
        Element::Int64 => "a whole number",
        Element::Uint64 => "a whole number of at least 0",
        Element::Float => "a number",
        Element::Bool => "true or false",
        Element::Record(_) => "a JSON object",
        Element::Json | Element::External(_) => "JSON",
    }
}
