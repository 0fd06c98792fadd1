//! Keys and values of one table, with the complaints that they give rise to.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys;
use crate::model::Position;
use crate::report::Problems;
use crate::source::{Text, entries};
use crate::suggest::suggest;

/// A value and where it stands.
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) at: Position,
}

/// Reads the tables of one file.
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a Text<'a>,
    pub(crate) problems: &'a mut Problems,
}

/// A table whose keys have been checked.
pub(crate) struct Table<'t> {
    pub(crate) inner: &'t DeTable<'t>,
    /// Where to complain about what the table lacks.
    pub(crate) at: Position,
    /// What to name in complaints.
    pub(crate) item: String,
    /// Keys that a misspelt one was probably meant to be, with the misspelt one; they are not missing.
    meant: Vec<(&'static str, &'t str)>,
}

impl<'t> Table<'t> {
    pub(crate) fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.inner.get(key)
    }

    /// Whether an unknown key was probably meant to be this one.
    pub(crate) fn has_misspelt(&self, key: &str) -> bool {
        self.meant.iter().any(|(meant, _)| *meant == key)
    }

    /// The tables under misspelt keys that were probably meant to be this one.
    pub(crate) fn misspelt_tables(&self, key: &str) -> impl Iterator<Item = &'t DeTable<'t>> {
        let meant = self.meant.iter().filter(move |(meant, _)| *meant == key);
        meant.filter_map(|(_, written)| self.inner.get(*written)?.get_ref().as_table())
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.inner.contains_key(key)
    }
}

impl Reader<'_> {
    pub(crate) fn at<T>(&self, spanned: &Spanned<T>) -> Position {
        self.text.position(spanned.span().start)
    }

    pub(crate) fn report(
        &mut self,
        at: &Position,
        item: &str,
        what: impl Into<String>,
        instead: impl Into<String>,
    ) {
        self.problems.report(at, item, what, instead);
    }

    /// Opens a table and reports the keys that it must not have.
    pub(crate) fn open<'t>(
        &mut self,
        inner: &'t DeTable<'t>,
        at: Position,
        item: impl Into<String>,
        known: &[&'static str],
    ) -> Table<'t> {
        let item = item.into();
        let mut meant = Vec::new();
        for (key, value) in entries(inner) {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            // A key stands once, but what a table's header misspells may belong to a table that is there.
            let is_table = value.get_ref().is_table();
            let free = known
                .iter()
                .copied()
                .filter(|key| inner.get(*key).is_none_or(|other| is_table && other.get_ref().is_table()));
            let moved = misplaced(name, value).filter(|_| !is_top_level(known));
            let guess = suggest(name, free).filter(|_| moved.is_none());
            let instead = match guess {
                Some(key) => format!("did you mean `{key}`?"),
                None => moved.unwrap_or_else(|| format!("the keys here are {}", listed(known))),
            };
            meant.extend(known.iter().filter(|key| Some(**key) == guess).map(|key| (*key, name)));
            let at = self.at(key);
            self.report(&at, &item, format!("unknown key `{name}`"), instead);
        }
        Table { inner, at, item, meant }
    }

    /// Reports a key that must be there.
    pub(crate) fn missing(&mut self, table: &Table<'_>, key: &str, instead: impl Into<String>) {
        if !table.has_misspelt(key) {
            self.report(&table.at, &table.item, format!("`{key}` is missing"), instead);
        }
    }

    /// Reports a value of the wrong type.
    pub(crate) fn wrong_type(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        item: &str,
        key: &str,
        expected: &str,
        instead: &str,
    ) {
        let at = self.at(value);
        let found = kind(value.get_ref());
        self.report(&at, item, format!("`{key}` is {found}, not {expected}"), instead);
    }

    /// A text.
    pub(crate) fn text(&mut self, table: &Table<'_>, key: &str) -> Option<At<String>> {
        let value = table.get(key)?;
        if let DeValue::String(text) = value.get_ref() {
            return Some(At { value: text.to_string(), at: self.at(value) });
        }
        self.wrong_type(value, &table.item, key, "a text", "put it in quotes");
        None
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, table: &Table<'_>, key: &str) -> Option<bool> {
        let value = table.get(key)?;
        if let DeValue::Boolean(flag) = value.get_ref() {
            return Some(*flag);
        }
        self.wrong_type(value, &table.item, key, "a boolean", "write `true` or `false`");
        None
    }

    /// A whole number from 1 to `most`.
    pub(crate) fn count(&mut self, table: &Table<'_>, key: &str, most: u64) -> Option<u64> {
        let value = table.get(key)?;
        let DeValue::Integer(number) = value.get_ref() else {
            self.wrong_type(
                value,
                &table.item,
                key,
                "a whole number",
                "write one without quotes or fraction",
            );
            return None;
        };
        let count = u64::from_str_radix(number.as_str(), number.radix()).ok();
        if let Some(count) = count.filter(|count| (1..=most).contains(count)) {
            return Some(count);
        }
        let at = self.at(value);
        let (what, instead) =
            (format!("`{key}` is {number}"), format!("write a number from 1 to {most}, or leave it out"));
        self.report(&at, &table.item, what, instead);
        None
    }

    /// A table.
    pub(crate) fn table<'t>(
        &mut self,
        table: &Table<'t>,
        key: &str,
        instead: &str,
    ) -> Option<&'t DeTable<'t>> {
        let value = table.get(key)?;
        if let DeValue::Table(inner) = value.get_ref() {
            return Some(inner);
        }
        self.wrong_type(value, &table.item, key, "a table", instead);
        None
    }
}

/// Whether these are the keys of a file, not those of a table in it.
fn is_top_level(known: &[&str]) -> bool {
    [keys::ACTION, keys::SERVICE].contains(&known)
}

/// In TOML, what stands below the header of a table belongs to the table: what to do with a key of the file that has
/// got there.
pub(crate) fn misplaced(key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
    let of_the_file = [keys::ACTION, keys::SERVICE].iter().any(|keys| keys.contains(&key));
    (of_the_file && !value.get_ref().is_table())
        .then(|| format!("move `{key}` up, above the first `[table]` of the file"))
}

/// What a value is, with its article.
pub(crate) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// `` `a`, `b`, `c` ``.
pub(crate) fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
