//! One field of the model into one field of a spec file.

use std::collections::HashMap;

use toml_edit::{Array, InlineTable, Item, Table, TableLike, Value, value};

use super::enums::{Enums, Naming, values_of};
use super::facts::FieldFacts;
use super::report::{ChangeKind, Report};
use super::tree::ONE_SITE;
use crate::text_lints::UNDESCRIBED;
use vod_spec::FIELD_KEYS;
use vod_spec::model::Number;

/// Types that a person may give to what the vendor has as a text.
const REFINEMENTS: &[&str] = &["timestamp", "date", "json"];
const DISABLED: &str = "The service no longer uses it.";

/// A parameter that `service.toml` shares.
pub(crate) struct Parameter {
    pub(crate) ty: String,
    pub(crate) required: bool,
}

/// An enumeration that has to be declared beside the field that needs it.
pub(crate) struct NewEnum {
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
    /// Fields of other owners have it too.
    pub(crate) shared: bool,
}

/// Brings fields in line with the model.
pub(crate) struct FieldMerger<'a> {
    pub(crate) report: &'a mut Report,
    pub(crate) enums: &'a mut Enums,
    pub(crate) parameters: &'a HashMap<String, Parameter>,
    pub(crate) new_enums: Vec<NewEnum>,
    /// Values of enumerations that fields name: enumeration, value.
    pub(crate) new_values: Vec<(String, String)>,
    /// Nothing is reported, because the owner is new as a whole.
    pub(crate) quiet: bool,
    pub(crate) edited: bool,
}

impl FieldMerger<'_> {
    fn tell(&mut self, kind: ChangeKind, what: &'static str, item: &str, detail: impl Into<String>) {
        self.edited = true;
        if !self.quiet {
            self.report.add(kind, what, item, detail);
        }
    }

    /// Makes a section hold the fields of the model and no others.
    pub(crate) fn fields(&mut self, section: &mut dyn TableLike, owner: &str, facts: &[FieldFacts]) {
        let gone: Vec<String> = section
            .iter()
            .filter(|(_, field)| field.as_table_like().is_none_or(|field| !field.contains_key(ONE_SITE)))
            .map(|(name, _)| name.to_owned())
            .filter(|name| !facts.iter().any(|field| field.name == *name))
            .collect();
        for name in gone {
            section.remove(&name);
            self.tell(ChangeKind::Removed, "field", &format!("{owner}.{name}"), "");
        }
        for field in facts {
            let item = format!("{owner}.{}", field.name);
            if let Some(note) = field.note {
                self.report.note(format!("{item}: {note}"));
            }
            if let Some(existing) = section.get_mut(&field.name) {
                let before = std::mem::take(&mut self.edited);
                if let Some(table) = existing.as_table_like_mut() {
                    self.merge(table, owner, field, &item);
                }
                // A table that nothing was written to keeps the order that a person gave it.
                if let Some(table) = existing.as_table_mut().filter(|_| self.edited) {
                    in_order(table);
                }
                self.edited |= before;
            } else {
                let mut table = Table::new();
                self.fill(&mut table, owner, field);
                in_order(&mut table);
                section.insert(&field.name, Item::Table(table));
                self.tell(ChangeKind::Added, "field", &item, written_type(field));
            }
        }
    }

    fn fill(&mut self, table: &mut Table, owner: &str, field: &FieldFacts) {
        if let Some(parameter) = self.parameters.get(&field.name)
            && parameter.ty == written_type(field)
            && field.values.is_empty()
        {
            table.insert("use", value(&field.name));
            if parameter.required != field.required {
                table.insert("required", value(field.required));
            }
            return;
        }
        table.insert("type", value(written_type(field)));
        table.insert("doc", value(UNDESCRIBED));
        let was_quiet = std::mem::replace(&mut self.quiet, true);
        self.merge(table, owner, field, "");
        self.quiet = was_quiet;
    }

    fn merge(&mut self, table: &mut dyn TableLike, owner: &str, field: &FieldFacts, item: &str) {
        if let Some(shared) = table.get("use").and_then(Item::as_str) {
            let parameter = self.parameters.get(shared);
            if let Some(parameter) = parameter.filter(|parameter| parameter.ty == written_type(field)) {
                let assumed = parameter.required;
                self.shared_required(table, assumed, field, item);
                return;
            }
            table.remove("use");
        }
        self.ty(table, field, item);
        if field.required || !field.may_be_required {
            self.flag(table, "required", field.required, item);
        }
        // The vendor answers null where its model says it never would: what a person or an example knows stays.
        if field.nullable {
            self.flag(table, "nullable", true, item);
        }
        if field.disabled && !table.contains_key("deprecated") {
            table.insert("deprecated", value(DISABLED));
            self.tell(ChangeKind::Changed, "field", item, "deprecated");
        }
        if let Some(name) = field.rust_name.as_ref().filter(|_| !table.contains_key("rust-name")) {
            table.insert("rust-name", value(name));
            self.tell(ChangeKind::Changed, "field", item, format!("rust-name {name}"));
        }
        self.limits(table, field, item);
        if !field.values.is_empty() {
            self.values(table, owner, field, item);
        }
        if let Some(default) = &field.default {
            self.default(table, default, item);
        }
        if !table.contains_key("doc") {
            table.insert("doc", value(UNDESCRIBED));
            self.edited = true;
        }
    }

    fn shared_required(&mut self, table: &mut dyn TableLike, assumed: bool, field: &FieldFacts, item: &str) {
        let now = table.get("required").and_then(Item::as_bool).unwrap_or(assumed);
        if now != field.required {
            set(table, "required", value(field.required));
            self.tell(ChangeKind::Changed, "field", item, turned("required", field.required));
        }
    }

    fn ty(&mut self, table: &mut dyn TableLike, field: &FieldFacts, item: &str) {
        let wanted = written_type(field);
        let now = table.get("type").and_then(Item::as_str).unwrap_or_default().to_owned();
        let inside = now.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let element = inside.unwrap_or(&now).trim();
        let refined =
            field.element == "string" && (REFINEMENTS.contains(&element) || self.enums.contains(element));
        if inside.is_some() == field.list && (element == field.element || refined) {
            return;
        }
        set(table, "type", value(&wanted));
        self.tell(ChangeKind::Changed, "type", item, format!("{now} -> {wanted}"));
    }

    fn flag(&mut self, table: &mut dyn TableLike, key: &'static str, wanted: bool, item: &str) {
        let now = table.get(key).and_then(Item::as_bool).unwrap_or_default();
        if now == wanted {
            return;
        }
        if wanted {
            set(table, key, value(true));
        } else {
            table.remove(key);
        }
        self.tell(ChangeKind::Changed, "field", item, turned(key, wanted));
    }

    fn limits(&mut self, table: &mut dyn TableLike, field: &FieldFacts, item: &str) {
        let counts = [("items", field.items), ("length", field.length)];
        for (key, most) in counts {
            // A text that a person has made an enumeration or a time has no length of its own.
            let ty = table.get("type").and_then(Item::as_str).unwrap_or_default();
            if key == "length" && (table.contains_key("values") || !matches!(ty, "string" | "[string]")) {
                continue;
            }
            if let Some(most) = most.and_then(|most| i64::try_from(most).ok()) {
                let min = bound(table, key, "min").cloned();
                let now = bound(table, key, "max").and_then(Value::as_integer);
                if now != Some(most) {
                    set(table, key, bounds(min, Value::from(most)));
                    self.limit_told(key, item, now.map(|now| now.to_string()), &most.to_string());
                }
            }
        }
        if let Some((min, max)) = field.range {
            let now = (number(bound(table, "range", "min")), number(bound(table, "range", "max")));
            let implied = Some(Number::Int(0)).filter(|_| field.element == "uint64");
            if (now.0.or(implied), now.1) != (Some(min), Some(max)) {
                let low = Some(toml_number(min)).filter(|_| Some(min) != implied);
                set(table, "range", bounds(low, toml_number(max)));
                let before = now.1.map(|high| {
                    let low = now.0.map(|low| low.to_string()).unwrap_or_default();
                    format!("{low}..{high}")
                });
                self.limit_told("range", item, before, &format!("{min}..{max}"));
            }
        }
    }

    fn limit_told(&mut self, key: &str, item: &str, before: Option<String>, after: &str) {
        match before {
            Some(before) => {
                self.tell(ChangeKind::Changed, "limit", item, format!("{key} {before} -> {after}"));
            }
            None => self.tell(ChangeKind::Added, "limit", item, format!("{key} {after}")),
        }
    }

    fn values(&mut self, table: &mut dyn TableLike, owner: &str, field: &FieldFacts, item: &str) {
        let ty = table.get("type").and_then(Item::as_str).unwrap_or_default();
        let element = ty.trim_start_matches('[').trim_end_matches(']').to_owned();
        if element != "string" {
            if self.enums.contains(&element) {
                let values = field.values.iter().map(|value| (element.clone(), value.clone()));
                self.new_values.extend(values);
            }
            return;
        }
        if table.contains_key("values") {
            self.more_values(table, field, item);
            return;
        }
        let described = table.get("doc").and_then(Item::as_str).is_some_and(|doc| doc.trim() != UNDESCRIBED);
        if described || table.contains_key("pattern") {
            let note = format!(
                "{item} is a plain text; the model seems to list values: {}",
                field.values.join(", ")
            );
            self.report.note(note);
            return;
        }
        let written = |name: &str| if field.list { format!("[{name}]") } else { name.to_owned() };
        let naming = self.enums.name(owner, &field.name, &field.values);
        if let Naming::Declared(name) | Naming::Shared(name) = &naming {
            self.new_enums.push(NewEnum {
                name: name.clone(),
                values: field.values.clone(),
                shared: matches!(naming, Naming::Shared(_)),
            });
        }
        match naming {
            Naming::OnTheSpot => {
                table.insert("values", Item::Table(meanings(&field.values)));
            }
            Naming::Existing(name) | Naming::Declared(name) | Naming::Shared(name) => {
                set(table, "type", value(written(&name)));
            }
        }
        // What is one of a few words needs no limit of its length.
        table.remove("length");
        self.tell(ChangeKind::Changed, "field", item, format!("values {}", field.values.join(", ")));
    }

    fn more_values(&mut self, table: &mut dyn TableLike, field: &FieldFacts, item: &str) {
        let known = values_of(table.get("values"));
        let missing: Vec<&String> = field.values.iter().filter(|value| !known.contains(value)).collect();
        let Some(item_of_values) = table.get_mut("values").filter(|_| !missing.is_empty()) else {
            return;
        };
        for &text in &missing {
            if let Some(list) = item_of_values.as_array_mut() {
                list.push(text);
            } else if let Some(meanings) = item_of_values.as_table_like_mut() {
                meanings.insert(text, value(UNDESCRIBED));
            }
        }
        for text in missing {
            self.tell(ChangeKind::Added, "value", item, text);
        }
    }

    fn default(&mut self, table: &mut dyn TableLike, wanted: &serde_json::Value, item: &str) {
        let Some(wanted) = toml_value(wanted) else { return };
        let now = table.get("default").and_then(Item::as_value);
        let same_number = now.is_some_and(|now| {
            let now = number(Some(now));
            now.is_some() && now == number(Some(&wanted))
        });
        let now = now.map(plain);
        let text = plain(&wanted);
        if same_number || now.as_ref() == Some(&text) {
            return;
        }
        set(table, "default", Item::Value(wanted));
        match now {
            Some(now) => self.tell(ChangeKind::Changed, "default", item, format!("{now} -> {text}")),
            None => self.tell(ChangeKind::Added, "default", item, text),
        }
    }
}

/// A table of values that are not described yet.
pub(crate) fn meanings(values: &[String]) -> Table {
    let mut table = Table::new();
    for text in values {
        table.insert(text, value(UNDESCRIBED));
    }
    table
}

/// Gives a key a value; one that is there keeps the blanks and the comment around it.
pub(crate) fn set(table: &mut dyn TableLike, key: &str, item: Item) {
    let Some(place) = table.get_mut(key) else {
        table.insert(key, item);
        return;
    };
    let decor = place.as_value().map(|old| old.decor().clone());
    *place = item;
    if let Some((new, decor)) = place.as_value_mut().zip(decor) {
        *new.decor_mut() = decor;
    }
}

fn in_order(table: &mut Table) {
    let rank = |key: &str| FIELD_KEYS.iter().position(|known| *known == key);
    table.sort_values_by(|a, _, b, _| rank(a.get()).cmp(&rank(b.get())));
}

fn written_type(field: &FieldFacts) -> String {
    if field.list { format!("[{}]", field.element) } else { field.element.clone() }
}

fn turned(key: &str, on: bool) -> String {
    if on { key.to_owned() } else { format!("no longer {key}") }
}

fn bound<'t>(table: &'t dyn TableLike, key: &str, end: &str) -> Option<&'t Value> {
    table.get(key)?.as_table_like()?.get(end)?.as_value()
}

fn bounds(min: Option<Value>, max: Value) -> Item {
    let mut table = InlineTable::new();
    if let Some(min) = min {
        table.insert("min", min);
    }
    table.insert("max", max);
    value(table)
}

fn number(value: Option<&Value>) -> Option<Number> {
    let value = value?;
    value.as_integer().map(Number::Int).or_else(|| value.as_float().map(Number::Float))
}

fn toml_number(number: Number) -> Value {
    match number {
        Number::Int(whole) => whole.into(),
        Number::Float(fraction) => fraction.into(),
    }
}

/// A value without the blanks around it.
fn plain(value: &Value) -> String {
    value.to_string().trim().to_owned()
}

fn toml_value(json: &serde_json::Value) -> Option<Value> {
    match json {
        serde_json::Value::Bool(flag) => Some((*flag).into()),
        serde_json::Value::String(text) => Some(text.as_str().into()),
        serde_json::Value::Number(number) => {
            number.as_i64().map(Value::from).or_else(|| number.as_f64().map(Value::from))
        }
        serde_json::Value::Array(list) => {
            let list: Option<Array> = list.iter().map(toml_value).collect();
            list.map(Value::Array)
        }
        serde_json::Value::Null | serde_json::Value::Object(_) => None,
    }
}
