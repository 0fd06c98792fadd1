//! Names of actions and types in the texts of spec files, made links.

use std::collections::HashMap;

use vod_spec::model::{Field, Service};

use super::{action, origin, prose};
use crate::Home;

/// The service with a link at each name of an action or a type that a text has in backticks.
///
/// A name that is also a field's or a value's stays as it is, because a text that has it most often means those;
/// only what is said of an action as a whole means the other action.
/// Summaries stay as they are, because lists and the search show them without links.
pub(crate) fn linked(service: &Service, home: Home) -> Service {
    let targets = targets(service, home);
    let of_actions = with_actions(targets.clone(), service, home);
    let mut service = service.clone();
    prose::all_safe(&mut service);
    let origins = service.clone();
    for record in &mut service.types {
        let payload = record.union.as_ref().map(super::carries);
        set_links(&mut record.doc, &record.name, &targets);
        record.doc.push_str(&payload.unwrap_or_default());
        record.doc.push_str(&origin(&record.at, &origins));
        fields(&mut record.fields, &record.name, &targets);
    }
    for item in &mut service.enums {
        set_links(&mut item.doc, &item.name, &targets);
        item.doc.push_str(&origin(&item.at, &origins));
        for value in &mut item.values {
            set_links(&mut value.doc, &item.name, &targets);
        }
    }
    for action in &mut service.actions {
        let name = action.name.clone();
        set_links(&mut action.doc, &name, &of_actions);
        fields(&mut action.request, &name, &targets);
        fields(&mut action.response, &name, &targets);
        for error in &mut action.errors {
            set_links(&mut error.doc, &name, &targets);
        }
    }
    for error in &mut service.errors {
        set_links(&mut error.doc, "", &targets);
    }
    service
}

fn fields(fields: &mut [Field], owner: &str, targets: &HashMap<String, String>) {
    for field in fields {
        set_links(&mut field.doc, owner, targets);
    }
}

/// What to write for each name that leads somewhere, whatever the text is about.
fn targets(service: &Service, home: Home) -> HashMap<String, String> {
    let types = service.types.iter().map(|record| &record.name);
    let enums = service.enums.iter().map(|item| &item.name);
    let types = types.chain(enums).map(|name| (name.clone(), format!("[`{name}`]")));
    let mut targets = with_actions(types.collect(), service, home);
    let of_actions = service.actions.iter().flat_map(|action| action.request.iter().chain(&action.response));
    for field in service.types.iter().flat_map(|record| &record.fields).chain(of_actions) {
        targets.remove(&field.name);
    }
    for value in service.enums.iter().flat_map(|item| &item.values) {
        targets.remove(&value.value);
    }
    targets
}

fn with_actions(
    mut targets: HashMap<String, String>,
    service: &Service,
    home: Home,
) -> HashMap<String, String> {
    targets.extend(service.actions.iter().map(|item| (item.name.clone(), action::link(item, home))));
    targets
}

/// Puts links into one text, but none to the item that it belongs to.
fn set_links(text: &mut String, owner: &str, targets: &HashMap<String, String>) {
    if !text.contains('`') || text.contains("```") {
        return;
    }
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('`').enumerate().peekable();
    while let Some((i, part)) = parts.next() {
        let (inside, closed) = (i % 2 == 1, parts.peek().is_some());
        let in_link = out.ends_with('[');
        match targets.get(part).filter(|_| inside && closed && !in_link && part != owner) {
            Some(link) => out.push_str(link),
            None if inside => {
                out.push('`');
                out.push_str(part);
                if closed {
                    out.push('`');
                }
            }
            None => out.push_str(part),
        }
    }
    *text = out;
}
