//! What a command prints to standard output.

mod document;
mod query;
mod table;
mod yaml;

use std::io::{self, IsTerminal as _, Write};
use std::str::FromStr;

pub use document::Document;
pub use query::Query;

use crate::failure::Failure;

/// How a result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON, indented.
    Json,
    /// JSON, one line for each item of a list.
    Jsonl,
    /// YAML.
    Yaml,
    /// A table for people.
    Table,
    /// The body as it came.
    Raw,
}

impl FromStr for Format {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        Ok(match text {
            "json" => Self::Json,
            "jsonl" => Self::Jsonl,
            "yaml" => Self::Yaml,
            "table" => Self::Table,
            "raw" => Self::Raw,
            other => {
                let known = ["json", "jsonl", "yaml", "table", "raw"];
                let failure = Failure::usage(format!("--output: `{other}` is no form: {}", known.join(", ")));
                return Err(match vod_spec::suggest(other, known) {
                    Some(near) => failure.hint(format!("did you mean `{near}`?")),
                    None => failure,
                });
            }
        })
    }
}

impl Format {
    /// The form where none was asked for: a table for people, JSON for programs.
    pub fn usual() -> Self {
        if io::stdout().is_terminal() { Self::Table } else { Self::Json }
    }
}

/// Prints a result.
///
/// # Errors
/// Standard output can't be written to.
pub fn print(document: &Document, format: Format, list: Option<&str>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Json => writeln!(out, "{}", document.indented())?,
        Format::Raw => writeln!(out, "{}", document.compact())?,
        Format::Jsonl => {
            for item in document.items(list) {
                writeln!(out, "{}", item.compact())?;
            }
        }
        Format::Yaml => write!(out, "{}", yaml::text(document))?,
        Format::Table => writeln!(out, "{}", table::text(document, list))?,
    }
    out.flush()
}
