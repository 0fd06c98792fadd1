//! A category's page, its part of the client's page, and what a shared type says of the categories that need it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use vod_spec::model::{Action, Service};

use super::{action, cell, first_sentence};
use crate::Home;

/// A category's module: what it is about, and a table of its actions.
pub(crate) fn category(name: &str, actions: &[&Action], service: &Service) -> String {
    let about = about(name, service).unwrap_or("Actions that the specs keep in one folder.");
    let listed = service.categories.iter().find(|category| category.name == name);
    let see_also = listed.map(|category| action::see_also(&category.see_also, service, Home::Runtime));
    let see_also = see_also.filter(|part| !part.is_empty()).map(|part| format!("{part}\n\n# Actions\n"));
    let see_also = see_also.unwrap_or_default();
    let mut out =
        format!("{about}\n\n**Feature**: `{name}`.\n\n{see_also}| action | what it does |\n|---|---|");
    for action in actions {
        let deprecated = if action.deprecated.is_some() { "**Deprecated.** " } else { "" };
        let link = action::link(action, Home::Runtime);
        let _ = write!(out, "\n| {link} | {deprecated}{} |", cell(&action.summary.trim()));
    }
    out
}

/// The block of a category's methods on the client's page, which stands in the category's module.
pub(crate) fn methods(actions: &[&Action], service: &Service) -> String {
    let category = actions.first().map_or("", |action| action.category.as_str());
    let Some(about) = about(category, service) else {
        return format!("Actions of [`{}`](self) {}.", service.name, service.version);
    };
    format!("**[`{}::{category}`](self)**: {}", service.name, first_sentence(about))
}

fn about<'a>(name: &str, service: &'a Service) -> Option<&'a str> {
    service.categories.iter().find(|category| category.name == name).map(|category| category.doc.as_str())
}

/// The service with a line at each shared type and enumeration that says which features bring it.
pub(crate) fn with_features(service: &Service, users: &BTreeMap<&str, BTreeSet<&str>>) -> Service {
    let mut service = service.clone();
    let types = service.types.iter_mut().map(|record| (&record.name, &mut record.doc));
    let enums = service.enums.iter_mut().map(|item| (&item.name, &mut item.doc));
    for (name, doc) in types.chain(enums) {
        let Some(features) = users.get(name.as_str()).filter(|features| !features.contains("")) else {
            continue;
        };
        let features: Vec<String> = features.iter().map(|feature| format!("`{feature}`")).collect();
        let _ = match features.as_slice() {
            [one] => write!(doc, "\n\n**Feature**: {one}."),
            many => write!(doc, "\n\n**Feature**: any of {}.", many.join(", ")),
        };
    }
    service
}
