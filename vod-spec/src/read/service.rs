//! `service.toml`.

use toml::de::{DeTable, DeValue};

use super::table::{Reader, Table};
use crate::draft::{Drafts, ServiceDraft};
use crate::model::{Category, Endpoint, Position};
use crate::source::entries;

const KEYS: &[&str] = &[
    "service",
    "version",
    "summary",
    "doc",
    "endpoints",
    "categories",
    "parameters",
    "errors",
    "action-errors",
    "types",
    "enums",
];

/// Reads a service's own file.
pub(crate) fn read_service(reader: &mut Reader<'_>, tree: &DeTable<'_>, drafts: &mut Drafts) {
    let start = Position { file: reader.text.file, line: 1, column: 1 };
    let table = reader.open(tree, start, "", KEYS);
    let mut service = ServiceDraft {
        name: reader.word(&table, "service", "the product name that is signed, like \"vod\""),
        version: reader.word(&table, "version", "the API version, like \"2018-07-17\""),
        summary: reader.summary(&table, false),
        doc: reader.doc(&table),
        endpoints: reader.endpoints(&table),
        whole: true,
        ..ServiceDraft::default()
    };
    if let Some(categories) = reader.table(&table, "categories", "write `folder = \"what it is about\"`") {
        service.categories = reader.categories(categories);
    }
    if let Some(parameters) = reader.table(&table, "parameters", "write `[parameters.Name]`") {
        service.parameters = reader.fields(parameters, "", &mut service.lost_parameters);
    }
    if let Some(errors) = reader.table(&table, "errors", "write `Code = { class = \"...\", doc = \"...\" }`")
    {
        service.errors = reader.error_codes(errors, "", &mut drafts.unclassed);
    }
    if let Some(errors) =
        reader.table(&table, "action-errors", "write `Code = \"when it is answered\"` for each")
    {
        service.action_errors = reader.error_codes(errors, "", &mut drafts.unclassed);
        service.without_common_codes(reader);
    }
    reader.declarations(&table, drafts);
    drafts.service = Some(service);
}

impl ServiceDraft {
    /// Reports codes that stand among those of every action already, and drops them.
    fn without_common_codes(&mut self, reader: &mut Reader<'_>) {
        let common = &self.errors;
        self.action_errors.retain(|error| {
            let twice = common.iter().any(|other| other.code == error.code);
            if twice {
                let what = format!("`{}` stands under `[errors]` already", error.code);
                reader.report(&error.at, &error.code, what, "keep one of the two");
            }
            !twice
        });
    }
}

impl Reader<'_> {
    /// A text without blanks that goes on the wire.
    fn word(&mut self, table: &Table<'_>, key: &str, meaning: &str) -> String {
        if !table.has(key) {
            self.missing(table, key, format!("add `{key}`, {meaning}"));
        }
        let Some(text) = self.text(table, key) else {
            return String::new();
        };
        if text.value.is_empty()
            || !text.value.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        {
            let what = format!("`{key}` is `{}`", text.value);
            self.report(&text.at, &table.item, what, format!("write {meaning}"));
        }
        text.value
    }

    /// Folders with their texts.
    fn categories(&mut self, table: &DeTable<'_>) -> Vec<Category> {
        let mut categories = Vec::new();
        for (key, value) in entries(table) {
            let (name, at) = (key.get_ref().to_string(), self.at(key));
            let DeValue::String(doc) = value.get_ref() else {
                self.wrong_type(value, "", &name, "a text", "say what the folder's actions are for");
                continue;
            };
            categories.push(Category { name, doc: doc.trim().to_owned(), at });
        }
        categories
    }

    fn endpoints(&mut self, table: &Table<'_>) -> Vec<Endpoint> {
        let advice = "add `[endpoints]` with `mainland = \"<host>\"`";
        if !table.has("endpoints") {
            self.missing(table, "endpoints", advice);
        }
        let Some(inner) = self.table(table, "endpoints", "write `[endpoints]`") else {
            return Vec::new();
        };
        if !inner.contains_key("mainland")
            && let Some(value) = table.get("endpoints")
        {
            let at = self.at(value);
            self.report(&at, "", "the endpoint `mainland` is missing", advice);
        }
        let mut endpoints = Vec::new();
        for (key, value) in entries(inner) {
            let name = key.get_ref().as_ref();
            let DeValue::String(host) = value.get_ref() else {
                self.wrong_type(value, "", name, "a text", "write the host in quotes");
                continue;
            };
            if let Some(instead) = fault_of(name, host) {
                let at = self.at(value);
                self.report(&at, "", format!("the endpoint `{name}` is `{host}`"), instead);
                continue;
            }
            endpoints.push(Endpoint { name: name.to_owned(), host: host.to_string() });
        }
        endpoints
    }
}

fn fault_of(name: &str, host: &str) -> Option<&'static str> {
    let bare = host.replace("{region}", "region");
    let is_host = bare
        .split('.')
        .all(|label| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    if !is_host {
        Some("write a host name alone, without scheme, port or path")
    } else if name == "regional" && !host.contains("{region}") {
        Some("put `{region}` where the region's name goes")
    } else {
        None
    }
}
