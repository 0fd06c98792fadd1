//! `[types]` and `[enums]`.

use toml::de::{DeTable, DeValue};

use super::keys;
use super::table::{Reader, Table};
use crate::draft::{TypeDraft, Unresolved};
use crate::model::{Enum, Position, Record, Union};
use crate::naming::is_type_name;
use crate::source::entries;

impl Reader<'_> {
    /// Adds what the file declares to the drafts.
    pub(crate) fn declarations(&mut self, file: &Table<'_>, drafts: &mut Unresolved) {
        for misspelt in ["types", "enums"].into_iter().flat_map(|key| file.misspelt_tables(key)) {
            drafts.lost.extend(misspelt.keys().map(|key| key.get_ref().to_string()));
        }
        if let Some(types) = self.table(file, "types", "write `[types.Name]`") {
            for (name, at, inner) in self.named(types, "type", drafts) {
                self.record(inner, name, at, drafts);
            }
        }
        if let Some(enums) = self.table(file, "enums", "write `[enums.Name]`") {
            for (name, at, inner) in self.named(enums, "enumeration", drafts) {
                self.enumeration(inner, name, at, drafts);
            }
        }
    }

    fn named<'t>(
        &mut self,
        table: &'t DeTable<'t>,
        what: &str,
        drafts: &mut Unresolved,
    ) -> Vec<(&'t str, Position, &'t DeTable<'t>)> {
        let mut named = Vec::new();
        for (key, value) in entries(table) {
            let (name, at) = (key.get_ref().as_ref(), self.at(key));
            if !is_type_name(name) {
                self.bad_name(&at, name, what);
                drafts.lost.push(name.to_owned());
            } else if let DeValue::Table(inner) = value.get_ref() {
                named.push((name, at, inner));
            } else {
                self.wrong_type(value, name, name, "a table", "give it its own table with a `doc`");
                drafts.lost.push(name.to_owned());
            }
        }
        named
    }

    pub(crate) fn bad_name(&mut self, at: &Position, name: &str, what: &str) {
        let message = format!("`{name}` cannot be the name of a Rust type, which the {what} becomes");
        self.report(at, name, message, "write a capital letter, then letters, digits and `_`");
    }

    fn record(&mut self, inner: &DeTable<'_>, name: &str, at: Position, drafts: &mut Unresolved) {
        let table = self.open(inner, at.clone(), name, keys::TYPE);
        let doc = self.doc(&table);
        let keeps_unknown = self.text(&table, "unknown-members").is_some_and(|word| {
            if word.value != "keep" {
                let what = format!("`unknown-members` is `{}`", word.value);
                self.report(&word.at, name, what, "write \"keep\", or leave it out");
            }
            word.value == "keep"
        });
        let union = self.union(&table);
        let only_on = self.site(&table);
        let fields = self.table(&table, "fields", &format!("write `[types.{name}.fields.Field]`"));
        let fields =
            fields.map(|fields| self.fields(fields, name, &mut drafts.lost_fields)).unwrap_or_default();
        let record =
            Record { name: name.to_owned(), doc, fields: Vec::new(), keeps_unknown, union, only_on, at };
        drafts.types.push(TypeDraft { record, fields });
    }

    /// `union = { name = "EventPayload", tag = "EventType" }`
    pub(crate) fn union(&mut self, table: &Table<'_>) -> Option<Union> {
        let instead = "write `{ name = \"...\", tag = \"...\" }`";
        let inner = self.table(table, "union", instead)?;
        let at = table.get("union").map_or_else(|| table.at.clone(), |value| self.at(value));
        let inner = self.open(inner, at.clone(), table.item.clone(), keys::UNION);
        for key in ["name", "tag"] {
            if !inner.has(key) {
                self.missing(&inner, key, instead);
            }
        }
        let (name, tag) = (self.text(&inner, "name")?, self.text(&inner, "tag")?);
        if !is_type_name(&name.value) {
            self.bad_name(&name.at, &name.value, "union");
            return None;
        }
        Some(Union { name: name.value, tag: tag.value, at })
    }

    fn enumeration(&mut self, inner: &DeTable<'_>, name: &str, at: Position, drafts: &mut Unresolved) {
        let table = self.open(inner, at.clone(), name, keys::ENUMERATION);
        let doc = self.doc(&table);
        let mut values = Vec::new();
        if let Some(inner) = self.table(&table, "values", "write `Value = \"what it means\"` for each") {
            values = self.value_table(inner, name);
            if let Some(value) = table.get("values").filter(|_| inner.is_empty()) {
                self.no_values(value, name);
            }
        } else if !table.has("values") {
            self.missing(
                &table,
                "values",
                format!("add `[enums.{name}.values]` with `Value = \"what it means\"`"),
            );
        }
        drafts.enums.push(Enum { name: name.to_owned(), doc, values, at });
    }
}
