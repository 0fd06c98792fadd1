//! Texts for people: they must say something.

use super::table::{Reader, Table};
use crate::model::Site;

impl Reader<'_> {
    /// A `doc` that must be there. What is wrong with it costs nothing but the text.
    pub(crate) fn doc(&mut self, table: &Table<'_>) -> String {
        if !table.has("doc") {
            self.missing(table, "doc", "add `doc = \"...\"` and say what it means");
        }
        self.prose(table, "doc").unwrap_or_default()
    }

    /// A text that says something, if it is there.
    pub(crate) fn prose(&mut self, table: &Table<'_>, key: &str) -> Option<String> {
        let text = self.text(table, key)?;
        if text.value.trim().is_empty() {
            self.report(&text.at, &table.item, format!("`{key}` is empty"), "say what it means");
            return None;
        }
        Some(text.value.trim_end().to_owned())
    }

    /// A `summary`: one line, which for an action is a sentence.
    pub(crate) fn summary(&mut self, table: &Table<'_>, sentence: bool) -> String {
        let Some(text) = self.text(table, "summary") else {
            if !table.has("summary") {
                self.missing(
                    table,
                    "summary",
                    "add `summary = \"...\"`, one sentence that ends with a full stop",
                );
            }
            return String::new();
        };
        let summary = text.value.trim();
        let fault = if summary.is_empty() {
            Some(("`summary` is empty", "say in one sentence what it does"))
        } else if summary.contains(['\n', '\r']) {
            Some(("`summary` has a line break", "write one line and put the rest into `doc`"))
        } else if sentence && !summary.ends_with('.') {
            Some(("`summary` does not end with a full stop", "write a sentence"))
        } else {
            None
        };
        if let Some((what, instead)) = fault {
            self.report(&text.at, &table.item, what, instead);
        }
        summary.to_owned()
    }

    /// A `deprecated`, if it is there.
    pub(crate) fn deprecated(&mut self, table: &Table<'_>) -> Option<String> {
        let text = self.text(table, "deprecated")?;
        if text.value.trim().is_empty() {
            self.report(&text.at, &table.item, "`deprecated` is empty", "say what to use instead");
        }
        Some(text.value)
    }

    /// A reason: one line, if it is there.
    pub(crate) fn reason(&mut self, table: &Table<'_>, key: &str) -> Option<String> {
        let text = self.text(table, key)?;
        let reason = text.value.trim();
        if reason.is_empty() || reason.contains(['\n', '\r']) {
            let fault = if reason.is_empty() { "is empty" } else { "has a line break" };
            self.report(&text.at, &table.item, format!("`{key}` {fault}"), "give the reason in one line");
            return None;
        }
        Some(reason.to_owned())
    }

    /// A word of a few, or what stands for its absence.
    pub(crate) fn one_of<T: Copy + Default>(
        &mut self,
        table: &Table<'_>,
        key: &str,
        words: &[(&'static str, T)],
    ) -> T {
        let Some(text) = self.text(table, key) else { return T::default() };
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return *value;
        }
        let quoted: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        let instead = format!("write {}, or leave it out", quoted.join(" or "));
        self.report(&text.at, &table.item, format!("`{key}` is `{}`", text.value), instead);
        T::default()
    }

    /// `only-on`, if it is there.
    pub(crate) fn site(&mut self, table: &Table<'_>) -> Option<Site> {
        let text = self.text(table, "only-on")?;
        let site = [Site::Mainland, Site::International].into_iter().find(|site| site.name() == text.value);
        if site.is_none() {
            let what = format!("`only-on` is `{}`", text.value);
            let instead = "write \"mainland\" or \"international\", or leave it out";
            self.report(&text.at, &table.item, what, instead);
        }
        site
    }
}
