//! Values of enumerations.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::table::{Reader, misplaced};
use crate::model::EnumValue;
use crate::naming::variant_idents;
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
            let instead = misplaced(value, meaning);
            let instead = instead.as_deref().unwrap_or("say in quotes what the value means");
            self.wrong_type(meaning, item, value, "a text", instead);
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

/// Gives each value its Rust variant.
fn name_variants(mut values: Vec<EnumValue>) -> Vec<EnumValue> {
    let variants = variant_idents(values.iter().map(|value| value.value.as_str()));
    for (value, variant) in values.iter_mut().zip(variants) {
        value.variant = variant;
    }
    values
}
