//! What the TOML parser refuses, as problems.

use toml::de::{DeTable, Error};

use crate::model::Position;
use crate::report::Problems;
use crate::source::Text;

/// Parses as far as possible and reports everything that is not TOML, once a line: what follows on the same
/// line is a consequence more often than not.
///
/// The second value is whether the tree can be trusted. A key that is given twice does not spoil the rest.
pub(crate) fn parse<'t>(text: &'t Text<'_>, problems: &mut Problems) -> (DeTable<'t>, bool) {
    let (table, mut errors) = DeTable::parse_recoverable(&text.text);
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let mut sound = true;
    let mut last_line = 0;
    for error in &errors {
        let at = text.position(error.span().map_or(0, |span| span.start));
        if error.message() == "duplicate key" {
            report_duplicate(text, error, &at, problems);
            continue;
        }
        sound = false;
        if at.line != last_line {
            last_line = at.line;
            report_syntax(error, &at, problems);
        }
    }
    (table.into_inner(), sound)
}

fn report_syntax(error: &Error, at: &Position, problems: &mut Problems) {
    let (what, instead) = match error.message().split_once(", expected ") {
        Some((what, expected)) => (what, format!("expected {expected}")),
        None => (error.message(), "write it as TOML asks".to_owned()),
    };
    problems.report(at, "", format!("not TOML: {what}"), instead);
}

fn report_duplicate(text: &Text<'_>, error: &Error, at: &Position, problems: &mut Problems) {
    let key = error
        .span()
        .and_then(|span| text.text.get(span))
        .unwrap_or_default();
    let key = key.trim_matches(['"', '\'']);
    let line = text.text.lines().nth(at.line - 1).unwrap_or_default();
    let (what, instead) = match header(line).as_deref() {
        Some(["request" | "response", field]) if *field == key => ("field", "keep one of the two"),
        Some(["types", _, "fields", field]) if *field == key => ("field", "keep one of the two"),
        Some(["parameters", name]) if *name == key => ("parameter", "keep one of the two"),
        Some(["types", name]) if *name == key => ("type", "keep one of the two or rename it"),
        Some(["enums", name]) if *name == key => ("enumeration", "keep one of the two or rename it"),
        _ => ("key", "keep one of the two"),
    };
    problems.report(at, "", format!("the {what} `{key}` is given twice"), instead);
}

/// The parts of a `[table.header]`.
fn header(line: &str) -> Option<Vec<&str>> {
    let inside = line.trim_start().strip_prefix('[')?.split(']').next()?;
    Some(
        inside
            .split('.')
            .map(|part| part.trim().trim_matches(['"', '\'']))
            .collect(),
    )
}
