//! `--input`: parameters from a file or from standard input, as JSON or TOML.

use std::fs::File;
use std::io::{self, Read};

use serde_json::{Map, Value};

use crate::failure::Failure;

/// So many bytes are read. The service takes no more than 10 MiB.
const MOST: u64 = 16 * 1024 * 1024;

/// Reads a file, or standard input for `-`.
///
/// # Errors
/// It can't be read, or is neither JSON nor TOML; the message tells line and column.
pub(crate) fn read(path: &str) -> Result<Value, Failure> {
    let mut text = String::new();
    let read = if path == "-" {
        io::stdin().lock().take(MOST + 1).read_to_string(&mut text)
    } else {
        File::open(path).and_then(|file| file.take(MOST + 1).read_to_string(&mut text))
    };
    read.map_err(|error| Failure::usage(format!("--input {path}: cannot be read: {error}")))?;
    if text.len() as u64 > MOST {
        return Err(Failure::usage(format!("--input {path}: has more than {MOST} bytes")));
    }
    parse(&text).map_err(|problem| Failure::usage(format!("--input {path}: {problem}")))
}

/// Reads parameters: JSON if they begin with a bracket, TOML otherwise. Nothing at all is no parameters.
///
/// # Errors
/// The text is neither.
pub(crate) fn parse(text: &str) -> Result<Value, String> {
    match text.trim_start().chars().next() {
        None => Ok(Value::Object(Map::new())),
        Some('{' | '[') => {
            let value: Value = serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
            if value.is_object() {
                Ok(value)
            } else {
                Err("holds a list, and parameters are an object".to_owned())
            }
        }
        Some(_) => {
            let table: toml::Table = text
                .parse()
                .map_err(|error: toml::de::Error| format!("is not TOML: {}", error.to_string().trim()))?;
            Ok(from_toml(toml::Value::Table(table)))
        }
    }
}

fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(value) => value.into(),
        // Times are text on the wire.
        toml::Value::Datetime(time) => time.to_string().into(),
        toml::Value::Array(values) => values.into_iter().map(from_toml).collect(),
        toml::Value::Table(members) => {
            members.into_iter().map(|(name, value)| (name, from_toml(value))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_and_toml_are_the_same_parameters() {
        let expected = json!({ "Ids": ["1"], "In": { "At": "2026-01-31T08:00:00Z", "N": 2.5 } });
        assert_eq!(parse(&expected.to_string()).unwrap(), expected);
        let toml = "# a comment\nIds = [\"1\"]\n[In]\nAt = 2026-01-31T08:00:00Z\nN = 2.5\n";
        assert_eq!(parse(toml).unwrap(), expected);
        assert_eq!(parse(" \n").unwrap(), json!({}));
        assert!(parse("{\"a\":").unwrap_err().contains("line 1 column 5"));
        assert!(parse("a = ").unwrap_err().starts_with("is not TOML"));
        assert!(parse("[1]").is_err());
    }
}
