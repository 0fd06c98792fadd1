//! A record as the parts of a `multipart/form-data` body, as the vendor's own SDKs write them.

use bytes::Bytes;
use serde_json::Value;

use crate::record::{Record, ValueRef, present, value_to_json};

/// Stands between the parts: 32 hexadecimal digits, so many that no content holds them by chance.
pub(super) fn random_boundary() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// The content type that announces the body. It is signed, with the boundary.
pub(super) fn content_type(boundary: &str) -> String {
    format!("multipart/form-data; boundary={boundary}")
}

/// A part for each field that is there: bytes as a file, objects and lists as JSON, anything else as its text.
pub(super) fn encode(record: &dyn Record, boundary: &str) -> Bytes {
    let mut body = Body { out: Vec::new(), boundary };
    for (_, name, value) in present(record) {
        match value {
            ValueRef::Blob(file) => body.file(name, file.as_bytes()),
            ValueRef::Record(_) | ValueRef::List(_) => body.json(name, &value_to_json(value)),
            ValueRef::Json(value) => body.value(name, value),
            ValueRef::String(text) => body.text(name, text),
            // Numbers, `true` and `false` are the same in JSON and as a text.
            _ => body.part(&quoted(name), &value_to_json(value)),
        }
    }
    for (name, value) in record.unknown().into_iter().flatten() {
        body.value(name, value);
    }
    body.end()
}

struct Body<'b> {
    out: Vec<u8>,
    boundary: &'b str,
}

impl Body<'_> {
    fn file(&mut self, name: &str, content: &[u8]) {
        let name = quoted(name);
        self.part(&format!("{name}; filename={name}"), content);
    }

    fn json(&mut self, name: &str, json: &[u8]) {
        self.part(&format!("{}\r\nContent-Type: application/json", quoted(name)), json);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.part(&quoted(name), text.as_bytes());
    }

    fn value(&mut self, name: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::String(text) => self.text(name, text),
            Value::Bool(_) | Value::Number(_) => self.text(name, &value.to_string()),
            Value::Array(_) | Value::Object(_) => self.json(name, value.to_string().as_bytes()),
        }
    }

    fn part(&mut self, head: &str, content: &[u8]) {
        self.line(&["--", self.boundary]);
        self.line(&["Content-Disposition: form-data; name=", head]);
        self.line(&[]);
        self.out.extend_from_slice(content);
        self.line(&[]);
    }

    fn line(&mut self, pieces: &[&str]) {
        for piece in pieces {
            self.out.extend_from_slice(piece.as_bytes());
        }
        self.out.extend_from_slice(b"\r\n");
    }

    fn end(mut self) -> Bytes {
        self.line(&["--", self.boundary, "--"]);
        self.out.into()
    }
}

/// A name in quotation marks. Those of spec files hold letters, digits and `_` alone; others are escaped as browsers do.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A"))
}
