//! `[errors]` of a service or of an action.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys;
use super::table::{Reader, Table, listed, misplaced};
use crate::model::{ErrorClass, ErrorCode, Position};
use crate::source::entries;
use crate::suggest::did_you_mean;

pub(crate) fn class_list() -> String {
    listed(&class_names())
}

/// The names of the classes.
pub(crate) fn class_names() -> Vec<&'static str> {
    ErrorClass::ALL.map(ErrorClass::name).to_vec()
}

impl Reader<'_> {
    /// Codes with their text, or with class and text. `owner` is empty for the service's own. The places of
    /// codes whose class cannot be read go to `unclassed`.
    pub(crate) fn error_codes(
        &mut self,
        table: &DeTable<'_>,
        owner: &str,
        unclassed: &mut Vec<Position>,
    ) -> Vec<ErrorCode> {
        let mut codes = Vec::new();
        for (key, value) in entries(table) {
            let code = key.get_ref().as_ref();
            let item = if owner.is_empty() { code.to_owned() } else { format!("{owner}.{code}") };
            let at = self.at(key);
            if let Some(fault) = fault_of(code) {
                let instead =
                    misplaced(code, value).unwrap_or_else(|| "write `Code` or `Code.Detail`".to_owned());
                self.report(&at, &item, format!("the error code `{code}` {fault}"), instead);
                continue;
            }
            let (class, doc) = self.error_code(value, code, &item);
            let class = match class {
                Class::Given(class) => Some(class),
                Class::Absent => None,
                Class::Unreadable => {
                    unclassed.push(at.clone());
                    None
                }
            };
            codes.push(ErrorCode { code: code.to_owned(), class, doc, at });
        }
        codes
    }

    /// Codes without texts.
    pub(crate) fn listed_codes(
        &mut self,
        list: &[Spanned<DeValue<'_>>],
        owner: &str,
    ) -> Vec<(String, Position)> {
        let mut codes: Vec<(String, Position)> = Vec::new();
        for value in list {
            let at = self.at(value);
            let DeValue::String(code) = value.get_ref() else {
                self.wrong_type(value, owner, "errors", "a list of texts", "put each code in quotes");
                continue;
            };
            let fault = if codes.iter().any(|(known, _)| *known == **code) {
                Some((format!("the error code `{code}` is listed twice"), "keep one of the two"))
            } else {
                fault_of(code).map(|fault| {
                    (format!("the error code `{code}` {fault}"), "write `Code` or `Code.Detail`")
                })
            };
            match fault {
                Some((what, instead)) => self.report(&at, &format!("{owner}.{code}"), what, instead),
                None => codes.push((code.to_string(), at)),
            }
        }
        codes
    }

    fn error_code(&mut self, value: &Spanned<DeValue<'_>>, code: &str, item: &str) -> (Class, String) {
        match value.get_ref() {
            DeValue::String(doc) => {
                if doc.trim().is_empty() {
                    let at = self.at(value);
                    self.report(&at, item, "the text is empty", "say when the service answers the code");
                }
                (Class::Absent, doc.trim().to_owned())
            }
            DeValue::Table(inner) => {
                if let Some(detail) = unquoted_detail(inner) {
                    let at = self.at(value);
                    let instead = format!("quote the whole code: `\"{code}.{detail}\" = \"...\"`");
                    self.report(&at, item, format!("`{code}` holds a table of codes"), instead);
                    return (Class::Unreadable, String::new());
                }
                let at = self.at(value);
                let table = self.open(inner, at, item, keys::ERROR);
                let class = self.class(&table);
                (class, self.doc(&table))
            }
            _ => {
                let instead = "say in quotes when the service answers the code";
                self.wrong_type(value, item, code, "a text", instead);
                (Class::Unreadable, String::new())
            }
        }
    }

    fn class(&mut self, table: &Table<'_>) -> Class {
        let Some(name) = self.text(table, "class") else {
            let tried = table.has("class") || table.has_misspelt("class");
            return if tried { Class::Unreadable } else { Class::Absent };
        };
        if let Some(class) = ErrorClass::ALL.iter().find(|class| class.name() == name.value) {
            return Class::Given(*class);
        }
        let instead = did_you_mean(&name.value, ErrorClass::ALL.map(ErrorClass::name), || {
            format!("the classes are {}", class_list())
        });
        self.report(&name.at, &table.item, format!("unknown class `{}`", name.value), instead);
        Class::Unreadable
    }
}

/// What a code says about its class.
enum Class {
    Absent,
    Given(ErrorClass),
    /// A fault that has been reported.
    Unreadable,
}

/// `A.B = "..."` without quotes is a table `A` with a key `B` to TOML.
fn unquoted_detail<'t>(inner: &'t DeTable<'_>) -> Option<&'t str> {
    entries(inner)
        .into_iter()
        .map(|(key, _)| key.get_ref().as_ref())
        .find(|key| key.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// What is wrong with the form of a code.
fn fault_of(code: &str) -> Option<&'static str> {
    let parts: Vec<&str> = code.split('.').collect();
    if code.contains(char::is_whitespace) {
        Some("has a blank in it")
    } else if parts.len() > 2 {
        Some("has more than one dot")
    } else if parts.iter().any(|part| part.is_empty()) {
        Some("has an empty part")
    } else if !code.starts_with(|c: char| c.is_ascii_uppercase()) {
        Some("does not start with a capital letter")
    } else if !code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')) {
        Some("has characters that no code has")
    } else {
        None
    }
}
