//! Tables for people.

use comfy_table::{ContentArrangement, Table, presets};
use terminal_size::{Width, terminal_size};

use super::document::Document;

/// So many columns are still a table; more are shown one below the other.
const MOST_COLUMNS: usize = 8;
/// Where standard output is no terminal.
const USUAL_WIDTH: u16 = 100;
/// So many characters of a value are shown.
const LONGEST: usize = 200;

/// A document as tables: its list first, then its single values.
pub(super) fn text(document: &Document, list: Option<&str>) -> String {
    let members = match document {
        Document::Object(members) => members,
        Document::List(values) => return of_list(values),
        other => return cell(other),
    };
    let list = list.filter(|list| document.member(list).and_then(Document::as_list).is_some());
    let list = list.or_else(|| {
        let holds_objects = |value: &Document| {
            value.as_list().is_some_and(|values| matches!(values.first(), Some(Document::Object(_))))
        };
        members.iter().find(|(_, value)| holds_objects(value)).map(|(name, _)| name.as_str())
    });
    let mut parts = Vec::new();
    if let Some(values) = list.and_then(|list| document.member(list)).and_then(Document::as_list) {
        parts.push(of_list(values));
    }
    let mut pairs = Vec::new();
    for (name, value) in members.iter().filter(|(name, _)| Some(name.as_str()) != list) {
        flatten(&mut pairs, name.clone(), value);
    }
    if !pairs.is_empty() {
        parts.push(rows(None, pairs.into_iter().map(|(name, value)| vec![name, value])));
    }
    if parts.is_empty() { "(nothing)".to_owned() } else { parts.join("\n") }
}

fn of_list(values: &[Document]) -> String {
    if values.is_empty() {
        return "(no items)".to_owned();
    }
    if !values.iter().all(|value| matches!(value, Document::Object(_))) {
        return values.iter().map(cell).collect::<Vec<_>>().join("\n");
    }
    let flat: Vec<Vec<(String, String)>> = values
        .iter()
        .map(|value| {
            let mut pairs = Vec::new();
            flatten(&mut pairs, String::new(), value);
            pairs
        })
        .collect();
    let mut columns: Vec<&str> = Vec::new();
    for (name, value) in flat.iter().flatten() {
        if !value.is_empty() && !columns.contains(&name.as_str()) {
            columns.push(name);
        }
    }
    if columns.len() > MOST_COLUMNS {
        let blocks = flat.iter().map(|pairs| {
            let present = pairs.iter().filter(|(_, value)| !value.is_empty());
            rows(None, present.map(|(name, value)| vec![name.clone(), value.clone()]))
        });
        return blocks.collect::<Vec<_>>().join("\n");
    }
    let header = columns.iter().map(|name| (*name).to_owned()).collect();
    let lines = flat.iter().map(|pairs| {
        let value =
            |column: &str| pairs.iter().find(|(name, _)| name == column).map(|(_, value)| value.clone());
        columns.iter().map(|column| value(column).unwrap_or_default()).collect()
    });
    rows(Some(header), lines)
}

/// Objects become dotted names; lists of plain values stay on one line.
fn flatten(out: &mut Vec<(String, String)>, name: String, value: &Document) {
    let below = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") };
    match value {
        Document::Object(members) => {
            for (part, value) in members {
                flatten(out, below(part), value);
            }
        }
        Document::List(values) if values.iter().any(|value| matches!(value, Document::Object(_))) => {
            for (index, value) in values.iter().enumerate() {
                flatten(out, below(&index.to_string()), value);
            }
        }
        other => out.push((name, cell(other))),
    }
}

/// A value on one line. What is no printable character does not reach the terminal.
fn cell(value: &Document) -> String {
    let text = match value {
        Document::Null => String::new(),
        Document::Text(text) => text.clone(),
        Document::List(values) => values.iter().map(cell).collect::<Vec<_>>().join(", "),
        other => other.compact(),
    };
    let printable = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut shown: String = text.chars().take(LONGEST).map(printable).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// Rows with a header or without.
pub(crate) fn rows(header: Option<Vec<String>>, rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(if header.is_some() { presets::UTF8_HORIZONTAL_ONLY } else { presets::NOTHING });
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(terminal_size().map_or(USUAL_WIDTH, |(Width(width), _)| width.max(40)));
    if let Some(header) = header {
        table.set_header(header);
    }
    table.add_rows(rows);
    table.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_a_table_and_the_rest_pairs() {
        let json = r#"{"TotalCount":2,"Set":[{"Id":"1","B":{"Name":"a"}},{"Id":"2","B":{"Name":"\u001b[31mred"}}],
            "RequestId":"r"}"#;
        let text = text(&Document::parse(json.as_bytes()).unwrap(), Some("Set"));
        for part in ["Id", "B.Name", "TotalCount", "RequestId"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(!text.contains('\u{1b}'), "no escape reaches the terminal: {text}");
    }
}
