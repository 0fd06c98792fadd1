//! What leads a reader to an action and on from it: `aliases`, `see-also`, `[guides]`.

use toml::de::{DeTable, DeValue};

use super::keys;
use super::table::{At, Reader, Table};
use crate::model::{Guide, SeeAlso};
use crate::source::entries;

impl Reader<'_> {
    /// Names of actions and guides.
    pub(crate) fn see_also(&mut self, table: &Table<'_>) -> Vec<SeeAlso> {
        let names = self.texts(table, "see-also", "write `[\"Action\", \"guide\"]`");
        names.into_iter().map(|At { value, at }| SeeAlso { target: value, at }).collect()
    }

    /// Words to search for.
    pub(crate) fn aliases(&mut self, table: &Table<'_>) -> Vec<String> {
        let mut aliases: Vec<String> = Vec::new();
        for At { value, at } in self.texts(table, "aliases", "write `[\"words to search for\"]`") {
            let is_word = |word: &str| {
                !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
            };
            if !value.split(' ').all(is_word) {
                let what = format!("the alias `{value}` is not words to search for");
                self.report(&at, &table.item, what, "write lower-case words with one space between them");
            } else if aliases.contains(&value) {
                self.report(
                    &at,
                    &table.item,
                    format!("the alias `{value}` is given twice"),
                    "remove one of the two",
                );
            } else {
                aliases.push(value);
            }
        }
        aliases
    }

    /// `[guides]` of a service.
    pub(crate) fn guides(&mut self, table: &DeTable<'_>) -> Vec<Guide> {
        let mut guides = Vec::new();
        for (key, value) in entries(table) {
            let (name, at) = (key.get_ref().to_string(), self.at(key));
            let DeValue::Table(inner) = value.get_ref() else {
                self.wrong_type(value, "", &name, "a table", "write `{ path = \"...\", doc = \"...\" }`");
                continue;
            };
            let inner = self.open(inner, at.clone(), name.clone(), keys::GUIDE);
            if !inner.has("path") {
                self.missing(
                    &inner,
                    "path",
                    "add `path = \"guide::name\"`, the place in the runtime's documentation",
                );
            }
            let doc = self.doc(&inner);
            let Some(path) = self.text(&inner, "path") else { continue };
            guides.push(Guide { name, path: path.value, doc, at });
        }
        guides
    }

    /// A list of texts.
    fn texts(&mut self, table: &Table<'_>, key: &str, instead: &str) -> Vec<At<String>> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong_type(value, &table.item, key, "a list of texts", instead);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for value in list {
            if let DeValue::String(text) = value.get_ref() {
                texts.push(At { value: text.to_string(), at: self.at(value) });
            } else {
                self.wrong_type(value, &table.item, key, "a list of texts", instead);
            }
        }
        texts
    }
}
