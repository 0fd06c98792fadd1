//! `[pagination]` and `[wait]` of an action.

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::DeValue;

use super::keys;
use super::table::{At, Reader, Table};
use crate::draft::{PagePositionDraft, PaginationDraft, WaitDraft};
use crate::model::Window;
use crate::naming::is_field_ident;

impl Reader<'_> {
    /// `[pagination]`, if it says all that it must.
    pub(crate) fn pagination(&mut self, action: &Table<'_>) -> Option<PaginationDraft> {
        let instead = "write `[pagination]` and name the fields below it";
        let table = self.inner_table(action, "pagination", instead, keys::PAGINATION)?;
        if !table.has("items") {
            self.missing(
                &table,
                "items",
                "add `items = \"...\"` with the answer's field that holds the list",
            );
        }
        let position = self.page_position(&table);
        let limit = self.text(&table, "limit");
        let page_size = self.page_size(&table);
        let total = self.text(&table, "total");
        let more = self.text(&table, "more");
        let window = self.window(&table);
        let items = self.text(&table, "items")?;
        Some(PaginationDraft { position: position?, limit, page_size, items, total, more, window })
    }

    /// `[pagination.window]`, if it says all that it must.
    fn window(&mut self, pagination: &Table<'_>) -> Option<Window> {
        let instead = "write `[pagination.window]` and say below it how the list can be divided";
        let table = self.inner_table(pagination, "window", instead, keys::WINDOW)?;
        for (key, instead) in [
            ("ceiling", "add `ceiling = ...` with the number of items that the service gives out"),
            ("range", "add `range = \"...\"` with the request's field that takes a period of time"),
            ("start", "add `start = \"...\"` with the field of the range for its start"),
            ("end", "add `end = \"...\"` with the field of the range for its end"),
            ("id", "add `id = \"...\"` with the text by which items are told apart"),
        ] {
            if !table.has(key) {
                self.missing(&table, key, instead);
            }
        }
        let set = table.get("set").map(|value| {
            if matches!(value.get_ref(), DeValue::Table(_)) {
                return self.json(value, &table.item);
            }
            self.wrong_type(value, &table.item, "set", "a table", "write `{ Sort = { ... } }`");
            None
        });
        let ceiling = self.count(&table, "ceiling", i64::MAX.unsigned_abs());
        let [range, start, end, id] = ["range", "start", "end", "id"].map(|key| self.text(&table, key));
        Some(Window {
            ceiling: ceiling?,
            range: range?.value,
            start: start?.value,
            end: end?.value,
            id: id?.value,
            set: set.unwrap_or_else(|| Some(Value::Object(Map::new())))?,
            at: table.at.clone(),
        })
    }

    fn page_position(&mut self, table: &Table<'_>) -> Option<PagePositionDraft> {
        let ways = ["offset", "page", "token"];
        let mut given = ways.into_iter().filter(|key| table.has(key));
        let next = self.text(table, "next");
        let Some(way) = given.next() else {
            if !ways.iter().any(|key| table.has_misspelt(key)) {
                let what = "`offset`, `page` or `token` is missing";
                self.report(&table.at, &table.item, what, "add the one by which a request names its page");
            }
            return None;
        };
        if let Some(second) = given.next() {
            let at = table.get(second).map_or_else(|| table.at.clone(), |value| self.at(value));
            let what = format!("`{second}` stands beside `{way}`");
            self.report(&at, &table.item, what, "keep one of the two");
            return None;
        }
        if let Some(next) = next.as_ref().filter(|_| way != "token") {
            self.report(&next.at, &table.item, "`next` stands without `token`", "remove it, or add `token`");
        }
        let field = self.text(table, way)?;
        Some(match way {
            "offset" => PagePositionDraft::Offset(field),
            "page" => PagePositionDraft::Page(field),
            _ => PagePositionDraft::Token(field, next),
        })
    }

    fn page_size(&mut self, table: &Table<'_>) -> Option<At<u64>> {
        // What is sent is at most the largest value of the narrowest whole number.
        let value = self.count(table, "page-size", i64::MAX.unsigned_abs())?;
        let at = self.at(table.get("page-size")?);
        if table.has("limit") || table.has_misspelt("limit") {
            return Some(At { value, at });
        }
        let what = "`page-size` stands without `limit`";
        self.report(&at, &table.item, what, "add `limit = \"...\"` with the request's field for it");
        None
    }

    /// `[wait]`, if it says all that it must.
    pub(crate) fn wait(&mut self, action: &Table<'_>) -> Option<WaitDraft> {
        let instead = "write `[wait]` and say below it what to wait for";
        let table = self.inner_table(action, "wait", instead, keys::WAIT)?;
        for (key, instead) in [
            ("method", "add `method = \"wait_for_...\"`, the name of the client's method"),
            ("id", "add `id = \"...\"` with the request's field that names what is waited for"),
            ("status", "add `status = \"...\"` with the answer's field that tells how far it is"),
            ("until", "add `until = [...]` with the values that end the waiting"),
        ] {
            if !table.has(key) {
                self.missing(&table, key, instead);
            }
        }
        let method = self.method_name(&table);
        let id = self.text(&table, "id");
        let status = self.text(&table, "status");
        let until = table.get("until").and_then(|value| self.until(value, &table.item));
        Some(WaitDraft { method: method?, id: id?, status: status?, until: until? })
    }

    fn method_name(&mut self, table: &Table<'_>) -> Option<At<String>> {
        let method = self.text(table, "method")?;
        if is_field_ident(&method.value) {
            return Some(method);
        }
        let what = format!("`method` is `{}`, which no method can be called", method.value);
        let instead = "write lower-case letters, digits and `_`, and no word that Rust reserves";
        self.report(&method.at, &table.item, what, instead);
        None
    }

    fn until(&mut self, value: &Spanned<DeValue<'_>>, item: &str) -> Option<Vec<At<String>>> {
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong_type(value, item, "until", "a list of texts", "write `[\"...\"]`");
            return None;
        };
        if list.is_empty() {
            let at = self.at(value);
            self.report(&at, item, "`until` is empty", "list at least one value");
            return None;
        }
        let mut values = Vec::new();
        for value in list {
            if let DeValue::String(text) = value.get_ref() {
                values.push(At { value: text.to_string(), at: self.at(value) });
            } else {
                self.wrong_type(value, item, "until", "a list of texts", "put each value in quotes");
            }
        }
        (values.len() == list.len()).then_some(values)
    }

    /// A table of the action, named after both in complaints.
    fn inner_table<'t>(
        &mut self,
        action: &Table<'t>,
        key: &str,
        instead: &str,
        known: &[&'static str],
    ) -> Option<Table<'t>> {
        let inner = self.table(action, key, instead)?;
        let at = self.at(action.get(key)?);
        Some(self.open(inner, at, format!("{}.{key}", action.item), known))
    }
}
