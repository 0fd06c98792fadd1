//! `service.toml`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys;
use super::table::{Reader, Table};
use crate::draft::{ServiceDraft, Unresolved};
use crate::model::{Category, Endpoint, Position};
use crate::source::entries;
use crate::suggest::did_you_mean;
use crate::time::is_date;

/// Reads a service's own file.
pub(crate) fn read_service(reader: &mut Reader<'_>, tree: &DeTable<'_>, drafts: &mut Unresolved) {
    let start = Position { file: reader.text.file, line: 1, column: 1 };
    let table = reader.open(tree, start, "", keys::SERVICE);
    let mut service = ServiceDraft {
        name: reader.word(&table, "service", "the product name that is signed, like \"vod\""),
        version: reader.version(&table),
        summary: reader.summary(&table, false),
        doc: reader.doc(&table),
        endpoints: reader.endpoints(&table),
        whole: true,
        ..ServiceDraft::default()
    };
    if let Some(categories) = reader.table(&table, "categories", "write `folder = \"what it is about\"`") {
        service.categories = reader.categories(categories, &drafts.folders);
    }
    if let Some(guides) = reader.table(&table, "guides", "write `name = { path = \"...\", doc = \"...\" }`") {
        service.guides = reader.guides(guides);
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

    /// The version of an API is the day of its publication.
    fn version(&mut self, table: &Table<'_>) -> String {
        let meaning = "the API version, like \"2018-07-17\"";
        let version = self.word(table, "version", meaning);
        if let Some(value) = table.get("version").filter(|_| !version.is_empty() && !is_date(&version)) {
            let at = self.at(value);
            let what = format!("`version` is `{version}`, which is no date");
            self.report(&at, &table.item, what, format!("write {meaning}"));
        }
        version
    }

    /// Folders with their texts.
    fn categories(&mut self, table: &DeTable<'_>, folders: &BTreeSet<String>) -> Vec<Category> {
        let mut categories = Vec::new();
        for (key, value) in entries(table) {
            let (name, at) = (key.get_ref().to_string(), self.at(key));
            if !folders.contains(&name) {
                let instead = did_you_mean(&name, folders.iter().map(String::as_str), || {
                    "write the name of a folder with spec files, or leave the line out".to_owned()
                });
                self.report(&at, "", format!("there is no folder `{name}` beside service.toml"), instead);
                continue;
            }
            let (doc, see_also) = match value.get_ref() {
                DeValue::String(doc) => (doc.trim().to_owned(), Vec::new()),
                DeValue::Table(inner) => {
                    let inner = self.open(inner, at.clone(), name.clone(), keys::CATEGORY);
                    (self.doc(&inner), self.see_also(&inner))
                }
                _ => {
                    let instead =
                        "say what the folder's actions are for, or write `{ doc = \"...\", see-also = [] }`";
                    self.wrong_type(value, "", &name, "a text", instead);
                    continue;
                }
            };
            categories.push(Category { name, doc, see_also, at });
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
        let at = table.get("endpoints").map_or_else(|| table.at.clone(), |value| self.at(value));
        let hosts = self.open(inner, at.clone(), "", keys::ENDPOINTS);
        let known = |key: &Spanned<Cow<'_, str>>| keys::ENDPOINTS.contains(&key.get_ref().as_ref());
        if !hosts.has("mainland") && inner.keys().all(known) {
            self.report(&at, "", "the endpoint `mainland` is missing", advice);
        }
        let mut endpoints = Vec::new();
        for (key, value) in entries(inner) {
            let name = key.get_ref().as_ref();
            if !keys::ENDPOINTS.contains(&name) {
                continue;
            }
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
