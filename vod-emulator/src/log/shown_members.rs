//! Parameters and answers as the record of calls keeps them: cut, and without what the spec calls sensitive.

use serde_json::{Map, Value};
use vod_spec::model::{Element, Field, Service};

/// Bytes that are kept of the parameters and of the answer of a call.
const MOST: usize = 2048;

/// The members as JSON, cut after 2 KiB with `…` at the end. What is sensitive is `***`; so is what is not in the spec,
/// because nothing says that it is not.
pub(crate) fn shown_members(service: &Service, fields: &[Field], members: &Map<String, Value>) -> String {
    let mut shown = Shown { service, text: String::new() };
    if shown.object(fields, members).is_none() {
        shown.text.push('…');
    }
    shown.text
}

/// Each step gives none once the text is full, so that a large answer costs no more than what is kept of it.
struct Shown<'a> {
    service: &'a Service,
    text: String,
}

impl Shown<'_> {
    fn push(&mut self, piece: &str) -> Option<()> {
        let room = MOST.saturating_sub(self.text.len());
        if piece.len() <= room {
            self.text.push_str(piece);
            return Some(());
        }
        let end = (0..=room).rev().find(|end| piece.is_char_boundary(*end)).unwrap_or_default();
        self.text.push_str(piece.get(..end).unwrap_or_default());
        None
    }

    fn object(&mut self, fields: &[Field], members: &Map<String, Value>) -> Option<()> {
        self.push("{")?;
        let mut is_first = true;
        for (name, value) in members {
            // Most members of an event are payloads of other types.
            if value.is_null() {
                continue;
            }
            if !std::mem::take(&mut is_first) {
                self.push(", ")?;
            }
            self.string(name)?;
            self.push(": ")?;
            match fields.iter().find(|field| field.name == *name) {
                Some(field) if !field.sensitive => self.value(&field.ty.element, value)?,
                None if name == "EventHandle" => self.value(&Element::String, value)?,
                _ => self.push("\"***\"")?,
            }
        }
        self.push("}")
    }

    fn value(&mut self, element: &Element, value: &Value) -> Option<()> {
        match value {
            Value::Object(members) => {
                let fields = match element {
                    Element::Record(name) => self.service.record(name).map(|record| record.fields.as_slice()),
                    _ => None,
                };
                self.object(fields.unwrap_or_default(), members)
            }
            Value::Array(elements) => {
                self.push("[")?;
                for (index, one) in elements.iter().enumerate() {
                    if index > 0 {
                        self.push(", ")?;
                    }
                    self.value(element, one)?;
                }
                self.push("]")
            }
            Value::String(text) => self.string(text),
            other => self.push(&other.to_string()),
        }
    }

    fn string(&mut self, text: &str) -> Option<()> {
        // No more of a long text is escaped than is kept.
        let end =
            (0..=text.len().min(MOST)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        let text = text.get(..end).unwrap_or_default();
        if text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            return self.push(&Value::from(text).to_string());
        }
        self.push("\"")?;
        self.push(text)?;
        self.push("\"")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::specs::Specs;

    fn shown(action: &str, members: &Value) -> String {
        let specs = Specs::load(&[]).unwrap();
        let (service, action) = specs.actions().find(|(_, known)| known.name == action).unwrap();
        shown_members(service, &action.request, members.as_object().unwrap())
    }

    #[test]
    fn secrets_are_not_kept_and_texts_are_cut() {
        let config =
            json!({ "Mode": "PUSH", "SignKey": "abc", "Unknown": { "a": "secret" }, "SubAppId": null });
        assert_eq!(
            shown("ModifyEventConfig", &config),
            r#"{"Mode": "PUSH", "SignKey": "***", "Unknown": "***"}"#
        );
        let long = json!({ "ExtInfo": "é\"".repeat(1_000_000), "EventHandles": ["a", "b"] });
        let text = shown("ConfirmEvents", &long);
        assert!(text.len() < MOST + 10 && text.ends_with('…'), "{}", text.len());
        let handles = json!({ "EventHandles": ["a", "b"] });
        assert_eq!(shown("ConfirmEvents", &handles), r#"{"EventHandles": ["a", "b"]}"#);
    }
}
