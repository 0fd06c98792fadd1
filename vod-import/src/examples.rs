//! The vendor's examples into the files of their actions.

use serde_json::Value;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::report::{ChangeKind, Report};
use super::requests::{Examples, VendorExample};
use super::tree::Tree;
use crate::text_lints::UNDESCRIBED;
use vod_spec::model::{Action, Service};
use vod_spec::{Side, check_value};

/// Adds the examples that the files do not have yet, and removes those that break the spec by now.
///
/// An example is known by its request; what a person made of its answer stays. One that contradicts its own
/// spec is left out and noted. `service` is what the files say without it.
pub(crate) fn merge(tree: &mut Tree, service: &Service, examples: &Examples, report: &mut Report) {
    for action in &service.actions {
        let Some(file) = tree.action_file(&action.name).and_then(|at| tree.files.get_mut(at)) else {
            continue;
        };
        let vendor = examples.get(&action.name).map_or(&[][..], Vec::as_slice);
        let changed = prune(&mut file.doc, service, action, report)
            | add(&mut file.doc, service, action, vendor, report);
        file.edited |= changed;
    }
}

fn prune(doc: &mut DocumentMut, service: &Service, action: &Action, report: &mut Report) -> bool {
    let Some(list) = doc.get_mut("example").and_then(Item::as_array_of_tables_mut) else {
        return false;
    };
    let before = list.len();
    list.retain(|table| {
        let request = table.get("request").and_then(json);
        let response = table.get("response").and_then(json);
        let fault = fault_of(service, action, request.as_ref(), response.as_ref());
        if let Some(fault) = &fault {
            let title = table.get("title").and_then(Item::as_str).unwrap_or_default();
            report.add(ChangeKind::Removed, "example", &action.name, format!("{title}: {fault}"));
        }
        fault.is_none()
    });
    let changed = list.len() != before;
    if list.is_empty() {
        doc.remove("example");
    }
    changed
}

fn add(
    doc: &mut DocumentMut,
    service: &Service,
    action: &Action,
    vendor: &[VendorExample],
    report: &mut Report,
) -> bool {
    let list = doc.get("example").and_then(Item::as_array_of_tables);
    let mut known: Vec<Value> =
        list.into_iter().flatten().filter_map(|table| table.get("request").and_then(json)).collect();
    let mut changed = false;
    for example in vendor {
        let (request, response) = match (&example.request, &example.response) {
            (Ok(request), Ok(response)) => (request, response),
            (Err(fault), _) | (_, Err(fault)) => {
                left_out(action, example, fault, report);
                continue;
            }
        };
        if let Some(fault) = fault_of(service, action, Some(request), Some(response)) {
            left_out(action, example, &fault, report);
            continue;
        }
        // Each example that is there stands for one of the vendor's with the same request.
        if let Some(at) = known.iter().position(|other| other == request) {
            known.swap_remove(at);
            continue;
        }
        let list = doc.entry("example").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        let Some(list) = list.as_array_of_tables_mut() else {
            left_out(action, example, "the file has no list of tables `example`", report);
            continue;
        };
        list.push(written(request, response));
        report.add(ChangeKind::Added, "example", &action.name, format!("number {}", example.number));
        changed = true;
    }
    changed
}

fn left_out(action: &Action, example: &VendorExample, fault: &str, report: &mut Report) {
    report.note(format!("left out example {} of {}: {fault}", example.number, action.name));
}

fn fault_of(
    service: &Service,
    action: &Action,
    request: Option<&Value>,
    response: Option<&Value>,
) -> Option<String> {
    let request = request.map(|value| check_value(service, &action.request, value, Side::Request));
    let response = response.map(|value| check_value(service, &action.response, value, Side::Response));
    let faults = [("request", request), ("answer", response)];
    faults
        .into_iter()
        .find_map(|(part, mismatches)| Some(format!("its {part}: {}", mismatches?.first()?.message)))
}

fn written(request: &Value, response: &Value) -> Table {
    let mut table = Table::new();
    table.insert("title", value(UNDESCRIBED));
    table.insert("request", json_text(request));
    table.insert("response", json_text(response));
    table
}

/// JSON as a literal text, on one line if it is short.
fn json_text(json: &Value) -> Item {
    let short = json.to_string();
    let long = serde_json::to_string_pretty(json).unwrap_or_else(|_| short.clone());
    let (text, literal) = if short.len() <= 80 {
        (short.clone(), format!("'{short}'"))
    } else {
        (format!("{long}\n"), format!("'''\n{long}\n'''"))
    };
    // What a literal text cannot hold is escaped instead.
    let parsed = literal.parse::<toml_edit::Value>().ok();
    let parsed = parsed.filter(|parsed| parsed.as_str() == Some(text.as_str()));
    Item::Value(parsed.unwrap_or_else(|| text.into()))
}

/// An object of an example: a table, or JSON in a text.
fn json(item: &Item) -> Option<Value> {
    if let Some(text) = item.as_str() {
        return serde_json::from_str(text).ok();
    }
    let table = item.as_table_like()?.iter();
    let members = table.map(|(name, item)| Some((name.to_owned(), member(item)?)));
    members.collect::<Option<_>>().map(Value::Object)
}

fn member(item: &Item) -> Option<Value> {
    if let Some(value) = item.as_value() {
        return json_value(value);
    }
    let table = item.as_table_like()?.iter();
    let members = table.map(|(name, item)| Some((name.to_owned(), member(item)?)));
    members.collect::<Option<_>>().map(Value::Object)
}

fn json_value(value: &toml_edit::Value) -> Option<Value> {
    match value {
        toml_edit::Value::String(text) => Some(Value::from(text.value().as_str())),
        toml_edit::Value::Integer(number) => Some(Value::from(*number.value())),
        toml_edit::Value::Float(number) => serde_json::Number::from_f64(*number.value()).map(Value::Number),
        toml_edit::Value::Boolean(flag) => Some(Value::from(*flag.value())),
        toml_edit::Value::Datetime(_) => None,
        toml_edit::Value::Array(list) => list.iter().map(json_value).collect::<Option<_>>().map(Value::Array),
        toml_edit::Value::InlineTable(table) => {
            let members = table.iter().map(|(name, value)| Some((name.to_owned(), json_value(value)?)));
            members.collect::<Option<_>>().map(Value::Object)
        }
    }
}
