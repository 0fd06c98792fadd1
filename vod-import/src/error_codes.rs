//! Error codes: those of every service, and those that a list gives for each action.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use super::ImportError;
use super::report::{ChangeKind, Report};
use crate::text_lints::UNDESCRIBED;

/// The codes that every service of the vendor can answer, as the `[errors]` of a service.toml.
pub(crate) const COMMON: &str = include_str!("common_errors.toml");

/// The codes that the vendor lists for each action.
#[derive(Default)]
pub(crate) struct ActionErrors(BTreeMap<String, BTreeSet<String>>);

impl ActionErrors {
    /// Reads `{ "Action": ["Code", ...], ... }`.
    pub(crate) fn parse(text: &str) -> Result<Self, ImportError> {
        let lists: serde_json::Value = serde_json::from_str(text)
            .map_err(|error| ImportError::List(format!("the list of error codes is not JSON: {error}")))?;
        let lists = lists
            .as_object()
            .ok_or_else(|| ImportError::List("the list of error codes is no object of actions".to_owned()))?;
        let codes = lists.iter().map(|(action, codes)| {
            let codes = codes.as_array().into_iter().flatten();
            let codes = codes.filter_map(serde_json::Value::as_str).map(str::to_owned);
            (action.clone(), codes.collect())
        });
        Ok(Self(codes.collect()))
    }

    pub(crate) fn of(&self, action: &str) -> Option<&BTreeSet<String>> {
        self.0.get(action)
    }
}

/// Brings an action's codes in line with the list. Texts that a person gave a code for this action stay.
pub(crate) fn merge_action(
    doc: &mut DocumentMut,
    action: &str,
    codes: &BTreeSet<String>,
    quiet: bool,
    report: &mut Report,
) -> bool {
    if let Some(own) = doc.get_mut("errors").filter(|item| item.is_table_like()) {
        let Some(table) = own.as_table_like_mut() else { return false };
        let missing: Vec<&String> = codes.iter().filter(|code| !table.contains_key(code)).collect();
        for code in &missing {
            table.insert(code, value(UNDESCRIBED));
            report.add(ChangeKind::Added, "error code", format!("{action}.{code}"), "");
        }
        return !missing.is_empty();
    }
    let now: BTreeSet<String> = super::enums::values_of(doc.get("errors")).into_iter().collect();
    if now == *codes {
        return false;
    }
    if !quiet {
        for code in codes.difference(&now) {
            report.add(ChangeKind::Added, "error code", format!("{action}.{code}"), "");
        }
        for code in now.difference(codes) {
            report.add(ChangeKind::Removed, "error code", format!("{action}.{code}"), "");
        }
    }
    if codes.is_empty() {
        doc.remove("errors");
    } else {
        doc.insert("errors", value(one_a_line(codes)));
    }
    true
}

fn one_a_line(codes: &BTreeSet<String>) -> Array {
    let mut list = Array::new();
    for code in codes {
        let mut code = Value::from(code);
        code.decor_mut().set_prefix("\n    ");
        list.push_formatted(code);
    }
    list.set_trailing("\n");
    list.set_trailing_comma(true);
    list
}

/// Gives each code that an action refers to a place in the service's own file. A text that all actions with a
/// code agree upon is taken over.
pub(crate) fn merge_service(
    service: &mut DocumentMut,
    referenced: &BTreeSet<String>,
    texts: &BTreeMap<String, String>,
    report: &mut Report,
) -> bool {
    let listed = |service: &DocumentMut, section: &str, code: &str| {
        let table = service.get(section).and_then(Item::as_table_like);
        table.is_some_and(|table| table.contains_key(code))
    };
    let missing: Vec<&String> = referenced
        .iter()
        .filter(|code| !listed(service, "errors", code) && !listed(service, "action-errors", code))
        .collect();
    if missing.is_empty() {
        return false;
    }
    let bare_is_listed: Vec<bool> = missing
        .iter()
        .map(|code| {
            code.split_once('.').is_some_and(|(bare, _)| {
                listed(service, "errors", bare)
                    || listed(service, "action-errors", bare)
                    || referenced.contains(bare)
            })
        })
        .collect();
    let section = service.entry("action-errors").or_insert_with(|| Item::Table(Table::new()));
    let Some(section) = section.as_table_like_mut() else { return false };
    for (code, has_bare) in missing.into_iter().zip(bare_is_listed) {
        let text = texts.get(code).map_or(UNDESCRIBED, String::as_str);
        section.insert(code, described(text, has_bare));
        report.add(ChangeKind::Added, "error code", code, "");
    }
    sort(section);
    true
}

/// A code without a bare parent has no class to inherit: the one that promises nothing.
fn described(text: &str, has_bare: bool) -> Item {
    if has_bare {
        return value(text);
    }
    let mut table = InlineTable::new();
    table.insert("class", "caller".into());
    table.insert("doc", text.into());
    value(table)
}

fn sort(section: &mut dyn TableLike) {
    section.sort_values();
}
