//! The vendor's examples: raw HTTP requests and answers, to the JSON that spec files have.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::ImportError;
use super::facts::{Facts, FieldFacts};

/// One example of the vendor.
pub(crate) struct VendorExample {
    /// Counts from 1 within the action.
    pub(crate) number: usize,
    /// The parameters, or why they cannot be read.
    pub(crate) request: Result<Value, String>,
    /// The answer, or why it cannot be read.
    pub(crate) response: Result<Value, String>,
}

/// The examples of every action.
pub(crate) type Examples = BTreeMap<String, Vec<VendorExample>>;

/// Reads `examples.json`.
pub(crate) fn parse(text: &str, facts: &Facts) -> Result<Examples, ImportError> {
    let root: Value = serde_json::from_str(text)
        .map_err(|error| ImportError::Examples(format!("they are not JSON: {error}")))?;
    let actions = root
        .get("actions")
        .and_then(Value::as_object)
        .ok_or_else(|| ImportError::Examples("there is no object `actions`".to_owned()))?;
    let mut examples = Examples::new();
    for action in &facts.actions {
        let Some(list) = actions.get(&action.name).and_then(Value::as_array) else {
            continue;
        };
        let read = list.iter().enumerate().map(|(at, example)| {
            let part = |key| example.get(key).and_then(Value::as_str).unwrap_or_default();
            VendorExample {
                number: at + 1,
                request: request(part("input"), &action.request, facts),
                response: response(part("output")),
            }
        });
        examples.insert(action.name.clone(), read.collect());
    }
    Ok(examples)
}

fn response(text: &str) -> Result<Value, String> {
    let json: Value =
        serde_json::from_str(text).map_err(|error| format!("the answer is not JSON: {error}"))?;
    match json {
        Value::Object(mut members) => match members.remove("Response") {
            Some(inner @ Value::Object(_)) => Ok(inner),
            _ => Err("the answer has no object `Response`".to_owned()),
        },
        _ => Err("the answer is no object".to_owned()),
    }
}

fn request(text: &str, fields: &[FieldFacts], facts: &Facts) -> Result<Value, String> {
    let text = text.trim();
    if text.starts_with("http") || text.starts_with("GET ") {
        return query(text, fields, facts);
    }
    let body = match text.find("\n\n").or_else(|| text.find("\r\n\r\n")) {
        Some(at) => text[at..].trim(),
        None => text.find('{').map_or("", |at| &text[at..]),
    };
    if body.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    let json: Value =
        serde_json::from_str(body).map_err(|error| format!("the request is not JSON: {error}"))?;
    if json.is_object() { Ok(json) } else { Err("the request is no object".to_owned()) }
}

/// Text of a query as a tree: `A.0.B=x` stands below `A`, `0`, `B`.
#[derive(Default)]
struct Node {
    text: Option<String>,
    below: BTreeMap<String, Node>,
}

/// Parameters that are part of the protocol, not of the action.
const PROTOCOL: &[&str] = &[
    "Action",
    "Version",
    "Region",
    "Timestamp",
    "Nonce",
    "SecretId",
    "Signature",
    "SignatureMethod",
    "Token",
    "Language",
    "RequestClient",
];

fn query(text: &str, fields: &[FieldFacts], facts: &Facts) -> Result<Value, String> {
    let (_, text) = text.split_once('?').ok_or("the address has no query")?;
    let mut root = Node::default();
    for pair in text.split('&') {
        let pair = pair.trim();
        if pair.is_empty() || pair.starts_with('<') {
            continue;
        }
        let (name, value) = pair
            .split_once('=')
            .ok_or_else(|| format!("the query has `{}`, which is no parameter", first(pair)))?;
        let (name, value) = (name.trim(), decoded(value.trim()));
        let declared = fields.iter().any(|field| field.name == name);
        if PROTOCOL.contains(&name) && !declared {
            continue;
        }
        let mut node = &mut root;
        for part in name.split('.') {
            node = node.below.entry(part.to_owned()).or_default();
        }
        node.text = Some(value);
    }
    object(&root, fields, facts)
}

fn first(text: &str) -> String {
    text.chars().take(30).collect()
}

/// The text with `%XX` resolved, as far as it is UTF-8.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| byte == b'%');
        let code = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        if let Some(code) = code {
            bytes.push(code);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn object(node: &Node, fields: &[FieldFacts], facts: &Facts) -> Result<Value, String> {
    let mut members = Map::new();
    for (name, below) in &node.below {
        let Some(field) = fields.iter().find(|field| field.name == *name) else {
            return Err(format!("the query has the parameter `{name}`, which the action has not"));
        };
        members.insert(name.clone(), value(below, field, facts)?);
    }
    Ok(Value::Object(members))
}

fn value(node: &Node, field: &FieldFacts, facts: &Facts) -> Result<Value, String> {
    if !field.list {
        return element(node, field, facts);
    }
    // A list that the vendor wrote as JSON instead.
    if let Some(text) = node.text.as_ref().filter(|_| node.below.is_empty()) {
        return serde_json::from_str(text)
            .ok()
            .filter(Value::is_array)
            .ok_or_else(|| format!("the query gives `{}` without an index", field.name));
    }
    let mut values = BTreeMap::new();
    for (index, below) in &node.below {
        let index: usize = index
            .parse()
            .map_err(|_| format!("the query has `{}.{index}`, which is no index", field.name))?;
        values.insert(index, element(below, field, facts)?);
    }
    Ok(Value::Array(values.into_values().collect()))
}

fn element(node: &Node, field: &FieldFacts, facts: &Facts) -> Result<Value, String> {
    if field.object {
        return match &node.text {
            Some(text) if node.below.is_empty() => serde_json::from_str(text)
                .ok()
                .filter(Value::is_object)
                .ok_or_else(|| format!("the query gives the object `{}` as text", field.name)),
            _ => object(node, facts.fields_of(&field.element), facts),
        };
    }
    let text = node
        .text
        .as_deref()
        .filter(|_| node.below.is_empty())
        .ok_or_else(|| format!("the query gives members to `{}`, which has none", field.name))?;
    let parsed = match field.element.as_str() {
        "int64" => text.parse::<i64>().ok().map(Value::from),
        "uint64" => text.parse::<u64>().ok().map(Value::from),
        "float" => text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from),
        "bool" => text.to_ascii_lowercase().parse::<bool>().ok().map(Value::from),
        "json" => Some(serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))),
        _ => Some(Value::from(text)),
    };
    parsed.ok_or_else(|| {
        format!("the query gives `{}` as `{}`, not as {}", field.name, first(text), field.element)
    })
}
