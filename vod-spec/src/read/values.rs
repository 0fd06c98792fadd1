//! Values of enumerations.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::table::Reader;
use crate::model::EnumValue;
use crate::naming::variant_ident;
use crate::source::entries;

impl Reader<'_> {
    /// A table of value to meaning.
    pub(crate) fn value_table(&mut self, table: &DeTable<'_>, owner: &str) -> Vec<EnumValue> {
        let mut values = Vec::new();
        for (key, meaning) in entries(table) {
            let value = key.get_ref().to_string();
            let item = format!("{owner}.{value}");
            let doc = self.meaning(meaning, &item, &value);
            values.push(EnumValue { value, variant: String::new(), doc, at: self.at(key) });
        }
        name_variants(values)
    }

    fn meaning(&mut self, meaning: &Spanned<DeValue<'_>>, item: &str, value: &str) -> String {
        let DeValue::String(doc) = meaning.get_ref() else {
            self.wrong_type(meaning, item, value, "a text", "say in quotes what the value means");
            return String::new();
        };
        if doc.trim().is_empty() {
            let at = self.at(meaning);
            self.report(&at, item, "the text is empty", "say what the value means");
        }
        doc.trim().to_owned()
    }

    /// A plain list of values.
    pub(crate) fn value_list(&mut self, list: &[Spanned<DeValue<'_>>], item: &str) -> Vec<EnumValue> {
        let mut values: Vec<EnumValue> = Vec::new();
        for value in list {
            let at = self.at(value);
            let DeValue::String(text) = value.get_ref() else {
                self.wrong_type(value, item, "values", "a list of texts", "put each value in quotes");
                continue;
            };
            if values.iter().any(|known| known.value == **text) {
                self.report(&at, item, format!("the value `{text}` is listed twice"), "keep one of the two");
                continue;
            }
            values.push(EnumValue {
                value: text.to_string(),
                variant: String::new(),
                doc: String::new(),
                at,
            });
        }
        name_variants(values)
    }
}

/// Gives each value its Rust variant; where two values differ in case or punctuation alone, the later one gets
/// a number.
fn name_variants(mut values: Vec<EnumValue>) -> Vec<EnumValue> {
    let mut taken = std::collections::HashSet::new();
    for value in &mut values {
        let base = variant_ident(&value.value);
        let numbered = (2..).map(|n| format!("{base}{n}"));
        let free = std::iter::once(base.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
        value.variant = free.unwrap_or_default();
    }
    values
}
