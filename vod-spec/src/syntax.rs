//! What the TOML parser refuses, as problems.

use toml::de::{DeTable, Error};

use crate::model::Position;
use crate::report::Problems;
use crate::source::Text;

/// Parses as far as possible and reports everything that is not TOML.
///
/// The second value is whether the tree can be trusted. A key that is given twice does not spoil the rest.
pub(crate) fn parse<'t>(text: &'t Text<'_>, problems: &mut Problems) -> (DeTable<'t>, bool) {
    let (table, mut errors) = DeTable::parse_recoverable(&text.content);
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let owner =
        table.get_ref().get("action").and_then(|name| name.get_ref().as_str()).unwrap_or_default().to_owned();
    let (duplicates, faults): (Vec<_>, Vec<_>) =
        errors.iter().partition(|error| error.message() == "duplicate key");
    let mut last_duplicate = 0;
    for error in duplicates {
        let at = place(text, error);
        // Below a header that is given twice, keys are often given twice too.
        if !same_table(text, last_duplicate, at.line) {
            report_duplicate(text, error, &at, &owner, problems);
            last_duplicate = at.line;
        }
    }
    report_faults(text, &faults, problems);
    (table.into_inner(), faults.is_empty())
}

fn place(text: &Text<'_>, error: &Error) -> Position {
    text.position(error.span().map_or(0, |span| span.start))
}

/// Once a line, because what follows is a consequence more often than not; and once for lines on end that
/// have the same fault, as all lines after a bracket that is never closed have.
fn report_faults(text: &Text<'_>, faults: &[&Error], problems: &mut Problems) {
    let mut last: Option<(usize, &str)> = None;
    for line in faults.chunk_by(|a, b| place(text, a).line == place(text, b).line) {
        let telling = line.iter().find(|error| error.message().starts_with("unclosed"));
        let Some(error) = telling.or(line.first()) else {
            continue;
        };
        let at = place(text, error);
        if last != Some((at.line - 1, error.message())) {
            report_syntax(error, &at, problems);
        }
        last = Some((at.line, error.message()));
    }
}

fn report_syntax(error: &Error, at: &Position, problems: &mut Problems) {
    let (what, instead) = match error.message().split_once(", expected ") {
        Some((what, expected)) => (what, format!("expected {expected}")),
        None => (error.message(), "write it as TOML asks".to_owned()),
    };
    problems.report(at, "", format!("not TOML: {what}"), instead);
}

/// Whether one line is a header and the other belongs to the table that it opens.
fn same_table(text: &Text<'_>, header_line: usize, line: usize) -> bool {
    let mut lines = text.content.lines().skip(header_line.saturating_sub(1));
    header_line > 0
        && lines.next().is_some_and(|line| header(line).is_some())
        && !lines.take(line.saturating_sub(header_line)).any(|line| header(line).is_some())
}

fn report_duplicate(text: &Text<'_>, error: &Error, at: &Position, owner: &str, problems: &mut Problems) {
    let key = error.span().and_then(|span| text.content.get(span)).unwrap_or_default();
    let key = key.trim_matches(['"', '\'']);
    let line = text.content.lines().nth(at.line - 1).unwrap_or_default();
    let (what, item) = match header(line).as_deref() {
        Some(["request" | "response", field]) if *field == key => ("field", format!("{owner}.{key}")),
        Some(["types", name, "fields", field]) if *field == key => ("field", format!("{name}.{key}")),
        Some(["parameters", name]) if *name == key => ("parameter", key.to_owned()),
        Some(["types", name]) if *name == key => ("type", key.to_owned()),
        Some(["enums", name]) if *name == key => ("enumeration", key.to_owned()),
        _ => ("key", owner.to_owned()),
    };
    problems.report(at, &item, format!("the {what} `{key}` is given twice"), "keep one of the two");
}

/// What the headers of a file declare, for a file whose tree cannot be trusted.
pub(crate) struct Headers {
    /// Types and enumerations.
    pub(crate) types: Vec<String>,
    /// Fields of any item.
    pub(crate) fields: Vec<String>,
    /// Shared parameters.
    pub(crate) parameters: Vec<String>,
}

/// Reads headers line by line, whatever stands between them.
pub(crate) fn headers(text: &Text<'_>) -> Headers {
    let mut found = Headers { types: Vec::new(), fields: Vec::new(), parameters: Vec::new() };
    for parts in text.content.lines().filter_map(header) {
        match parts.as_slice() {
            ["request" | "response", name] => found.fields.push((*name).to_owned()),
            ["types", name, "fields", field] => {
                found.types.push((*name).to_owned());
                found.fields.push((*field).to_owned());
            }
            ["types" | "enums", name, ..] => found.types.push((*name).to_owned()),
            ["parameters", name, ..] => found.parameters.push((*name).to_owned()),
            _ => {}
        }
    }
    found
}

/// The parts of a `[table.header]`.
fn header(line: &str) -> Option<Vec<&str>> {
    let inside = line.trim_start().strip_prefix('[')?.split(']').next()?;
    Some(inside.split('.').map(|part| part.trim().trim_matches(['"', '\''])).collect())
}
