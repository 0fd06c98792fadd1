//! A field: of a request, a response, a type, or shared by the service.

use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys;
use super::table::{At, Reader, Table, misplaced};
use crate::draft::{FieldDraft, Origin, Spots};
use crate::model::{Element, EnumValue, Field, FieldType, Limits, Position};
use crate::naming::{field_ident, is_field_ident};
use crate::source::entries;

/// Names of the types that every spec file knows.
pub(crate) const BUILT_IN: &[&str] =
    &["string", "int64", "uint64", "float", "bool", "timestamp", "date", "json", "binary"];

/// What other languages and notations call the built-in types, in lower case.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("string", &["str", "text", "char", "varchar", "enum"]),
    ("int64", &["int", "integer", "i64", "i32", "int32", "long", "short", "number"]),
    ("uint64", &["uint", "unsigned", "u64", "u32", "uint32", "usize"]),
    ("float", &["double", "f64", "f32", "float64", "float32", "decimal", "real"]),
    ("bool", &["boolean"]),
    ("timestamp", &["datetime", "time", "datetime_iso", "instant"]),
    ("date", &["day"]),
    ("json", &["object", "any", "map", "value", "struct", "table"]),
    ("binary", &["bytes", "blob", "file", "octets", "base64"]),
];

/// The built-in type that a name from elsewhere most likely means.
pub(crate) fn built_in(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let meant = SYNONYMS.iter().find(|(_, names)| names.contains(&lower.as_str()));
    meant.map(|(built_in, _)| *built_in)
}

impl Element {
    /// The built-in type of this name.
    pub(crate) fn built_in(name: &str) -> Option<Self> {
        Some(match name {
            "string" => Self::String,
            "int64" => Self::Int64,
            "uint64" => Self::Uint64,
            "float" => Self::Float,
            "bool" => Self::Bool,
            "timestamp" => Self::Timestamp,
            "date" => Self::Date,
            "json" => Self::Json,
            "binary" => Self::Binary,
            _ => return None,
        })
    }
}

impl Reader<'_> {
    /// `[request]`, `[response]`, `[types.X.fields]` or `[parameters]`; `owner` is empty for the last. Names of
    /// fields that cannot be taken over go to `lost`.
    pub(crate) fn fields(
        &mut self,
        table: &DeTable<'_>,
        owner: &str,
        lost: &mut impl Extend<String>,
    ) -> Vec<FieldDraft> {
        let mut fields = Vec::new();
        for (key, value) in entries(table) {
            let name = key.get_ref().as_ref();
            let item = if owner.is_empty() { name.to_owned() } else { format!("{owner}.{name}") };
            let at = self.at(key);
            let DeValue::Table(inner) = value.get_ref() else {
                let instead = misplaced(name, value)
                    .unwrap_or_else(|| "give a field its own table with `type` and `doc`".to_owned());
                self.wrong_type(value, &item, name, "a table", &instead);
                lost.extend([name.to_owned()]);
                continue;
            };
            match self.field(inner, name, at, item) {
                Some(field) => fields.push(field),
                None => lost.extend([name.to_owned()]),
            }
        }
        fields
    }

    fn field(&mut self, inner: &DeTable<'_>, name: &str, at: Position, item: String) -> Option<FieldDraft> {
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
            || !name.contains(|c: char| c.is_ascii_alphanumeric())
        {
            let what = format!("`{name}` cannot be a field's name");
            self.report(&at, &item, what, "write letters, digits, `_`, `-` and `.`");
            return None;
        }
        if inner.contains_key("use") {
            self.shared_field(inner, name, at, item)
        } else {
            Some(self.typed_field(inner, name, at, item))
        }
    }

    fn shared_field(
        &mut self,
        inner: &DeTable<'_>,
        name: &str,
        at: Position,
        item: String,
    ) -> Option<FieldDraft> {
        let table = self.open(inner, at.clone(), item, keys::FIELD_KEYS);
        for (key, _) in entries(inner) {
            let word = key.get_ref().as_ref();
            if keys::FIELD_KEYS.contains(&word) && !keys::BESIDE_USE.contains(&word) {
                let at = self.at(key);
                let what = format!("`{word}` stands beside `use`, which takes it from the shared parameter");
                self.report(
                    &at,
                    &table.item,
                    what,
                    format!("remove `{word}`, or `use` and write the field out"),
                );
            }
        }
        let target = self.text(&table, "use")?;
        let doc = if table.has("doc") { self.prose(&table, "doc") } else { None };
        let required = self.flag(&table, "required");
        let mut field = blank(name, at);
        self.rust_name(&table, &mut field);
        field.shared = Some(target.value);
        field.required = required.unwrap_or_default();
        let has_doc = doc.is_some();
        field.doc = doc.unwrap_or_default();
        let origin = Origin::Shared { at: target.at, required, doc: has_doc };
        Some(FieldDraft { field, origin, spots: Spots::default(), doubtful: false })
    }

    fn typed_field(&mut self, inner: &DeTable<'_>, name: &str, at: Position, item: String) -> FieldDraft {
        let table = self.open(inner, at.clone(), item, keys::FIELD_KEYS);
        let mut field = blank(name, at);
        self.rust_name(&table, &mut field);
        let mut spots = Spots::default();
        if !table.has("type") {
            let instead = "add `type = \"...\"`, or `use = \"...\"` for a shared parameter";
            self.missing(&table, "type", instead);
        }
        let ty = self.text(&table, "type").and_then(|text| self.field_type(text, &table.item));
        field.doc = self.doc(&table);
        field.required = self.flag(&table, "required").unwrap_or_default();
        field.nullable = self.flag(&table, "nullable").unwrap_or_default();
        let sensitive = self.flag(&table, "sensitive");
        (field.sensitive, field.sensitive_stated) = (sensitive.unwrap_or_default(), sensitive.is_some());
        field.deprecated = self.deprecated(&table);
        field.valid_for = self.valid_for(&table);
        field.tag = self.text(&table, "tag").map(|tag| tag.value);
        field.not_limits = self.reason(&table, "not-limits");
        field.only_on = self.site(&table);
        self.limits(&table, &mut field, &mut spots);
        if let Some(value) = table.get("default") {
            field.default = self.json(value, &table.item);
            spots.default = self.at(value);
        }
        let origin = self.values(&table).map_or(Origin::Typed, Origin::Values);
        let doubtful = ty.is_none();
        if let Some(ty) = ty {
            field.ty = ty.value;
            spots.ty = ty.at;
        }
        FieldDraft { field, origin, spots, doubtful }
    }

    /// `rust-name`, where the name that the field would have is taken or unfortunate.
    fn rust_name(&mut self, table: &Table<'_>, field: &mut Field) {
        let Some(text) = self.text(table, "rust-name") else {
            return;
        };
        if is_field_ident(&text.value) {
            field.rust_name = text.value;
        } else {
            let what = format!("`rust-name` is `{}`, which no field can have", text.value);
            let instead = "write lower-case letters, digits and `_`, and no word that Rust reserves";
            self.report(&text.at, &table.item, what, instead);
        }
    }

    fn field_type(&mut self, text: At<String>, item: &str) -> Option<At<FieldType>> {
        let written = text.value.trim();
        let inside = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let (name, list) = (inside.unwrap_or(written).trim(), inside.is_some());
        let element = match Element::built_in(name) {
            Some(element) => element,
            None if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') => {
                Element::External(name.to_owned())
            }
            None => {
                let what = format!("`{written}` is not a type");
                self.report(&text.at, item, what, "write a type's name, or `[T]` for a list of T");
                return None;
            }
        };
        Some(At { value: FieldType { element, list }, at: text.at })
    }

    fn limits(&mut self, table: &Table<'_>, field: &mut Field, spots: &mut Spots) {
        if let Some(items) = self.count_bounds(table, "items") {
            (field.limits.items, spots.items) = (Some(items.value), items.at);
        }
        if let Some(length) = self.count_bounds(table, "length") {
            (field.limits.length, spots.length) = (Some(length.value), length.at);
        }
        if let Some(range) = self.number_bounds(table, "range") {
            (field.limits.range, spots.range) = (Some(range.value), range.at);
        }
        let Some(pattern) = self.text(table, "pattern") else {
            return;
        };
        match regex_lite::Regex::new(&pattern.value) {
            Ok(_) => (field.limits.pattern, spots.pattern) = (Some(pattern.value), pattern.at),
            Err(error) => {
                let what = format!("`pattern` is no regular expression: {error}");
                self.report(&pattern.at, &table.item, what, "correct it, or leave it out");
            }
        }
    }

    fn values(&mut self, table: &Table<'_>) -> Option<Vec<EnumValue>> {
        let value = table.get("values")?;
        let values = match value.get_ref() {
            DeValue::Array(list) => self.value_list(list, &table.item),
            DeValue::Table(inner) => self.value_table(inner, &table.item),
            _ => {
                let instead = "write `[\"A\", \"B\"]` or `{ A = \"what A means\" }`";
                self.wrong_type(value, &table.item, "values", "a list or a table", instead);
                return None;
            }
        };
        if value.get_ref().as_array().is_some_and(|list| list.is_empty())
            || value.get_ref().as_table().is_some_and(toml::map::Map::is_empty)
        {
            self.no_values(value, &table.item);
        }
        (!values.is_empty()).then_some(values)
    }

    pub(crate) fn no_values(&mut self, value: &Spanned<DeValue<'_>>, item: &str) {
        let at = self.at(value);
        self.report(&at, item, "`values` is empty", "list at least one value");
    }

    fn valid_for(&mut self, table: &Table<'_>) -> Option<Duration> {
        let text = self.text(table, "valid-for")?;
        let duration = duration(&text.value);
        if duration.is_none() {
            let what = format!("`valid-for` is `{}`, not a duration", text.value);
            self.report(
                &text.at,
                &table.item,
                what,
                "write a whole number and `s`, `m`, `h` or `d`, like `30s`",
            );
        }
        duration
    }
}

/// `30s`, `5m`, `2h`, `4d`; nothing is valid for no time at all.
fn duration(text: &str) -> Option<Duration> {
    let unit = match text.chars().last()? {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        _ => return None,
    };
    let digits = text.get(..text.len() - 1)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = digits.parse::<u64>().ok()?.checked_mul(unit)?;
    (seconds > 0).then(|| Duration::from_secs(seconds))
}

fn blank(name: &str, at: Position) -> Field {
    Field {
        name: name.to_owned(),
        rust_name: field_ident(name),
        ty: FieldType { element: Element::Json, list: false },
        required: false,
        nullable: false,
        sensitive: false,
        sensitive_stated: false,
        deprecated: None,
        doc: String::new(),
        limits: Limits::default(),
        not_limits: None,
        default: None,
        valid_for: None,
        shared: None,
        tag: None,
        only_on: None,
        at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_a_number_and_a_unit() {
        for (text, seconds) in [
            ("30s", Some(30)),
            ("5m", Some(300)),
            ("2h", Some(7200)),
            ("4d", Some(345_600)),
            ("", None),
            ("s", None),
            ("0s", None),
            ("+3s", None),
            ("30", None),
            ("3ü", None),
            ("99999999999999999999d", None),
            ("999999999999999999d", None),
        ] {
            assert_eq!(duration(text), seconds.map(Duration::from_secs), "{text}");
        }
    }
}
