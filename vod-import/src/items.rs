//! Actions and types of the model into the spec files.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, TableLike, value};

use super::categories::{Categories, Entry};
use super::enums::Enums;
use super::error_codes::{self, ActionErrors};
use super::facts::{ActionFacts, Facts, FieldFacts};
use super::fields::{FieldMerger, NewEnum, Parameter, meanings};
use super::report::{ChangeKind, Report};
use super::tree::Tree;
use crate::text_lints::UNDESCRIBED;
use vod_spec::model::{AnswerFormat, BodyFormat};

/// The file of enumerations that fields of several owners have.
const SHARED_ENUMS: &str = "types.toml";

/// Brings the items of a tree in line with the model.
pub(crate) struct ItemMerger<'a> {
    pub(crate) tree: &'a mut Tree,
    pub(crate) report: &'a mut Report,
    pub(crate) enums: Enums,
    pub(crate) parameters: HashMap<String, Parameter>,
    pub(crate) categories: &'a Categories,
    pub(crate) errors: &'a ActionErrors,
    /// Values of declared enumerations that fields name.
    new_values: Vec<(String, String)>,
}

impl<'a> ItemMerger<'a> {
    pub(crate) fn new(
        tree: &'a mut Tree,
        report: &'a mut Report,
        enums: Enums,
        parameters: HashMap<String, Parameter>,
        categories: &'a Categories,
        errors: &'a ActionErrors,
    ) -> Self {
        Self { tree, report, enums, parameters, categories, errors, new_values: Vec::new() }
    }

    pub(crate) fn all(&mut self, facts: &Facts) {
        self.remove_strangers(facts);
        for action in &facts.actions {
            self.action(action);
        }
        let folders = self.folders(facts);
        let places = super::layout::of_types(facts, &folders, |name| self.tree.type_file(name).is_none());
        for item in &facts.types {
            self.record(&item.name, &item.fields, &places);
        }
        self.more_values();
    }

    fn remove_strangers(&mut self, facts: &Facts) {
        for name in self.tree.action_names() {
            if self.tree.action_is_of_one_site(&name) {
                continue;
            }
            if !facts.actions.iter().any(|action| action.name == name) {
                self.tree.remove_action(&name);
                self.report.add(ChangeKind::Removed, "action", name, "");
            }
        }
        for name in self.tree.type_names() {
            if self.tree.type_is_of_one_site(&name) {
                continue;
            }
            if !facts.types.iter().any(|item| item.name == name) {
                self.tree.remove_type(&name);
                self.report.add(ChangeKind::Removed, "type", name, "");
            }
        }
    }

    fn folders(&self, facts: &Facts) -> BTreeMap<String, PathBuf> {
        let folder = |name: &str| {
            let file = self.tree.files.get(self.tree.action_file(name)?)?;
            Some(file.path.parent()?.to_owned())
        };
        let actions = facts.actions.iter();
        actions.filter_map(|action| Some((action.name.clone(), folder(&action.name)?))).collect()
    }

    fn action(&mut self, action: &ActionFacts) {
        let entry = self.categories.of(&action.name);
        if entry.is_none() && !self.categories.is_empty() {
            self.report.note(format!("{} is in no category", action.name));
        }
        let known = self.tree.action_file(&action.name);
        let new = known.is_none();
        let at = known.unwrap_or_else(|| {
            let folder = entry.map_or(Path::new(""), |entry| Path::new(&entry.folder));
            self.tree.file(&folder.join(format!("{}.toml", action.name)))
        });
        if new {
            self.tree.add_action(&action.name, at);
        }
        let Some(file) = self.tree.files.get_mut(at) else { return };
        if new {
            start(&mut file.doc, action);
            let path = file.path.display().to_string().replace('\\', "/");
            self.report.add(ChangeKind::Added, "action", &action.name, path);
        }
        let mut edited = index_facts(&mut file.doc, entry);
        edited |= status(&mut file.doc, action, new, self.report);
        edited |= formats(&mut file.doc, action, new, self.report);
        if let Some(codes) = self.errors.of(&action.name) {
            edited |= error_codes::merge_action(&mut file.doc, &action.name, codes, new, self.report);
        }
        let mut new_enums = Vec::new();
        for (key, fields) in [("request", &action.request), ("response", &action.response)] {
            if fields.is_empty() && !file.doc.contains_key(key) {
                continue;
            }
            let Some(section) = file.section(key) else { continue };
            let (changed, enums) = merge_fields(
                section,
                &action.name,
                fields,
                new,
                self.report,
                &mut self.enums,
                &self.parameters,
                &mut self.new_values,
            );
            edited |= changed;
            new_enums.extend(enums);
        }
        file.edited |= edited;
        self.declare(at, new_enums);
    }

    fn record(&mut self, name: &str, fields: &[FieldFacts], places: &BTreeMap<String, PathBuf>) {
        let known = self.tree.type_file(name);
        let new = known.is_none();
        let at = known.unwrap_or_else(|| {
            let place = places.get(name).map_or(Path::new("types.toml"), PathBuf::as_path);
            self.tree.file(place)
        });
        let Some(file) = self.tree.files.get_mut(at) else { return };
        let path = file.path.display().to_string().replace('\\', "/");
        let Some(types) = file.section("types") else { return };
        if new {
            let mut table = Table::new();
            table.insert("doc", value(UNDESCRIBED));
            types.insert(name, Item::Table(table));
            self.report.add(ChangeKind::Added, "type", name, path);
        }
        let Some(record) = types.get_mut(name).and_then(Item::as_table_like_mut) else { return };
        if !record.contains_key("fields") && !fields.is_empty() {
            let mut section = Table::new();
            section.set_implicit(true);
            record.insert("fields", Item::Table(section));
        }
        let mut new_enums = Vec::new();
        let mut edited = new;
        if let Some(section) = record.get_mut("fields").and_then(Item::as_table_like_mut) {
            let (changed, enums) = merge_fields(
                section,
                name,
                fields,
                new,
                self.report,
                &mut self.enums,
                &self.parameters,
                &mut self.new_values,
            );
            edited |= changed;
            new_enums = enums;
        }
        file.edited |= edited;
        if new {
            self.tree.add_type(name, at);
        }
        self.declare(at, new_enums);
    }

    fn declare(&mut self, at: usize, enums: Vec<NewEnum>) {
        for item in enums {
            let at = if item.shared { self.tree.file(Path::new(SHARED_ENUMS)) } else { at };
            let Some(file) = self.tree.files.get_mut(at) else { continue };
            file.edited = true;
            let Some(section) = file.section("enums") else { continue };
            let mut table = Table::new();
            table.insert("doc", value(UNDESCRIBED));
            table.insert("values", Item::Table(meanings(&item.values)));
            section.insert(&item.name, Item::Table(table));
            self.tree.add_enum(&item.name, at);
            self.report.add(ChangeKind::Added, "enumeration", item.name, item.values.join(", "));
        }
    }

    /// Values that the model lists for a field whose enumeration a person has declared.
    fn more_values(&mut self) {
        for (name, text) in std::mem::take(&mut self.new_values) {
            let Some(file) = self.tree.enum_file(&name).and_then(|at| self.tree.files.get_mut(at)) else {
                continue;
            };
            let values = file
                .section("enums")
                .and_then(|section| section.get_mut(&name))
                .and_then(Item::as_table_like_mut)
                .and_then(|item| item.get_mut("values"))
                .and_then(Item::as_table_like_mut);
            let Some(values) = values.filter(|values| !values.contains_key(&text)) else {
                continue;
            };
            values.insert(&text, value(UNDESCRIBED));
            file.edited = true;
            self.report.add(ChangeKind::Added, "value", format!("{name}.{text}"), "");
        }
    }
}

#[allow(clippy::too_many_arguments)] // the parts of one borrowed struct
fn merge_fields(
    section: &mut dyn TableLike,
    owner: &str,
    fields: &[FieldFacts],
    quiet: bool,
    report: &mut Report,
    enums: &mut Enums,
    parameters: &HashMap<String, Parameter>,
    new_values: &mut Vec<(String, String)>,
) -> (bool, Vec<NewEnum>) {
    let mut merger = FieldMerger {
        report,
        enums,
        parameters,
        new_enums: Vec::new(),
        new_values: Vec::new(),
        quiet,
        edited: false,
    };
    merger.fields(section, owner, fields);
    new_values.append(&mut merger.new_values);
    (merger.edited, merger.new_enums)
}

fn start(doc: &mut DocumentMut, action: &ActionFacts) {
    doc.insert("action", value(&action.name));
    doc.insert("summary", value(UNDESCRIBED));
    doc.insert("doc", value(UNDESCRIBED));
}

/// What the index says where the file says nothing.
fn index_facts(doc: &mut DocumentMut, entry: Option<&Entry>) -> bool {
    let Some(entry) = entry else { return false };
    let mut edited = false;
    for (key, fact) in [("doc-page", entry.doc_page), ("rate-limit", entry.rate_limit)] {
        if let Some(fact) = fact.filter(|_| !doc.contains_key(key)) {
            doc.insert(key, value(fact));
            edited = true;
        }
    }
    edited
}

/// What the model says of the way in which parameters and answer travel.
fn formats(doc: &mut DocumentMut, action: &ActionFacts, quiet: bool, report: &mut Report) -> bool {
    let body = (action.body != BodyFormat::Json).then(|| action.body.name());
    let answer = (action.answer != AnswerFormat::Json).then(|| action.answer.name());
    let mut edited = false;
    for (key, fact) in [("body", body), ("answer", answer)] {
        let Some(fact) = fact.filter(|fact| doc.get(key).and_then(Item::as_str) != Some(*fact)) else {
            continue;
        };
        doc.insert(key, value(fact));
        edited = true;
        if !quiet {
            report.add(ChangeKind::Changed, "action", &action.name, format!("`{key}` is {fact}"));
        }
    }
    edited
}

fn status(doc: &mut DocumentMut, action: &ActionFacts, quiet: bool, report: &mut Report) -> bool {
    let mut edited = false;
    if let Some(text) = action.deprecated.filter(|_| !doc.contains_key("deprecated")) {
        doc.insert("deprecated", value(text));
        edited = true;
        if !quiet {
            report.add(ChangeKind::Changed, "action", &action.name, "deprecated");
        }
    }
    let now = doc.get("unsigned").and_then(Item::as_bool).unwrap_or_default();
    if now != action.unsigned {
        if action.unsigned {
            doc.insert("unsigned", value(true));
        } else {
            doc.remove("unsigned");
        }
        edited = true;
        if !quiet {
            report.add(ChangeKind::Changed, "action", &action.name, "signed or unsigned");
        }
    }
    edited
}
