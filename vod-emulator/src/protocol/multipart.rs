//! The parts of a `multipart/form-data` body.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Map, Value};
use vod_spec::model::{Element, Field, Service};

use crate::protocol::flat;

/// One parameter.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    name: String,
    /// It was sent as a file, with a file name.
    is_file: bool,
    content: Bytes,
}

/// Takes a body apart.
///
/// # Errors
/// What is malformed.
pub(crate) fn parse(content_type: &str, body: &Bytes) -> Result<Vec<Part>, String> {
    let boundary = parameter(content_type, "boundary").ok_or("the content type names no boundary")?;
    let delimiter = format!("\r\n--{boundary}");
    let first = delimiter.trim_start();
    if !body.starts_with(first.as_bytes()) {
        return Err("the body does not begin with the boundary".to_owned());
    }
    let mut parts = Vec::new();
    let mut rest = body.slice(first.len()..);
    while !rest.starts_with(b"--") {
        let Some(content) = rest.strip_prefix(b"\r\n") else {
            return Err("a boundary is not followed by a line break".to_owned());
        };
        let end = position(content, delimiter.as_bytes()).ok_or("a part has no end")?;
        let part = rest.slice(2..2 + end);
        rest = rest.slice(2 + end + delimiter.len()..);
        parts.push(Part::read(&part)?);
    }
    Ok(parts)
}

impl Part {
    fn read(part: &Bytes) -> Result<Self, String> {
        let head = position(part, b"\r\n\r\n").ok_or("a part has no header")?;
        let content = part.slice(head + 4..);
        let head = std::str::from_utf8(&part[..head]).map_err(|_| "the header of a part is not UTF-8")?;
        let disposition = head
            .split("\r\n")
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("content-disposition"))
            .map(|(_, value)| value.trim())
            .filter(|value| value.split(';').next().is_some_and(|kind| kind.trim() == "form-data"))
            .ok_or("a part has no `Content-Disposition: form-data`")?;
        let name = parameter(disposition, "name").ok_or("a part has no name")?.to_owned();
        let is_file = parameter(disposition, "filename").is_some();
        Ok(Self { name, is_file, content })
    }
}

/// A parameter of a header's value, without its quotation marks.
fn parameter<'h>(header: &'h str, name: &str) -> Option<&'h str> {
    let mut parameters = header.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, value) = parameters.find(|(key, _)| key.trim().eq_ignore_ascii_case(name))?;
    let value = value.trim();
    Some(value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value))
        .filter(|value| !value.is_empty())
}

fn position(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).position(|window| window == pattern)
}

/// The parameters as the JSON object that a body of JSON would have held: files as Base64. What does not fit its type
/// stays text, for the check of the types to refuse.
///
/// # Errors
/// A message for a name that is given twice, or a text that is none.
pub(crate) fn to_json(service: &Service, fields: &[Field], parts: &[Part]) -> Result<Value, String> {
    let mut object = Map::new();
    for part in parts {
        let field = fields.iter().find(|field| field.name == part.name);
        let value = match field.map(|field| (&field.ty.element, field.ty.list)) {
            Some((Element::Binary, _)) if !part.is_file => {
                return Err(format!("{} is not sent as a file", part.name));
            }
            Some((Element::Binary, _)) => STANDARD.encode(&part.content).into(),
            Some((Element::Record(_) | Element::Json | Element::External(_), _) | (_, true)) => {
                serde_json::from_slice(&part.content).or_else(|_| text(part).map(Value::from))?
            }
            Some(_) => single(service, fields, part)?,
            None => text(part)?.into(),
        };
        if object.insert(part.name.clone(), value).is_some() {
            return Err(format!("{} is given twice", part.name));
        }
    }
    Ok(Value::Object(object))
}

fn single(service: &Service, fields: &[Field], part: &Part) -> Result<Value, String> {
    let pair = (part.name.clone(), text(part)?);
    let mut object = flat::to_json(service, fields, &[pair])?;
    Ok(object.get_mut(&part.name).map(Value::take).unwrap_or_default())
}

fn text(part: &Part) -> Result<String, String> {
    String::from_utf8(part.content.to_vec()).map_err(|_| format!("{} is not UTF-8", part.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(body: &'static [u8]) -> Result<Vec<Part>, String> {
        parse("multipart/form-data; boundary=b", &Bytes::from_static(body))
    }

    #[test]
    fn files_and_values() {
        let body = b"--b\r\nContent-Disposition: form-data; name=\"File\"; filename=\"File\"\r\n\r\n\xff\r\n--\r\n\r\n\
            --b\r\ncontent-disposition: form-data; name=\"Name\"\r\nContent-Type: text/plain\r\n\r\n\r\n--b--\r\n";
        let part = |name: &str, is_file, content| Part {
            name: name.to_owned(),
            is_file,
            content: Bytes::from_static(content),
        };
        assert_eq!(parsed(body).unwrap(), [part("File", true, b"\xff\r\n--\r\n"), part("Name", false, b"")]);
        assert_eq!(parsed(b"--b--\r\n").unwrap(), []);
    }

    #[test]
    fn malformed() {
        let broken: [&'static [u8]; 8] = [
            b"",
            b"{}",
            b"--b",
            b"--b\r\n",
            b"--b\r\n\r\n",
            b"--b\r\nno header\r\n--b--",
            b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
            b"--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--",
        ];
        for body in broken {
            assert!(parsed(body).is_err(), "{}", body.escape_ascii());
        }
        assert!(parse("multipart/form-data", &Bytes::from_static(b"--b--")).is_err());
    }
}
