//! YAML of JSON: indented lines, and every text that YAML could take for something else in quotes.

use super::document::Document;

/// The lines.
pub(super) fn text(document: &Document) -> String {
    let mut out = String::new();
    match document {
        Document::Object(members) if !members.is_empty() => object(&mut out, members, 0, false),
        Document::List(values) if !values.is_empty() => list(&mut out, values, 0, false),
        other => {
            scalar(&mut out, other);
            out.push('\n');
        }
    }
    out
}

fn object(out: &mut String, members: &[(String, Document)], depth: usize, mut is_begun: bool) {
    for (name, value) in members {
        if !std::mem::take(&mut is_begun) {
            indent(out, depth);
        }
        plain_or_quoted(out, name);
        out.push(':');
        below(out, value, depth);
    }
}

/// What stands behind `name:`.
fn below(out: &mut String, value: &Document, depth: usize) {
    match value {
        Document::Object(members) if !members.is_empty() => {
            out.push('\n');
            object(out, members, depth + 1, false);
        }
        Document::List(values) if !values.is_empty() => {
            out.push('\n');
            list(out, values, depth, false);
        }
        other => {
            out.push(' ');
            scalar(out, other);
            out.push('\n');
        }
    }
}

fn list(out: &mut String, values: &[Document], depth: usize, mut is_begun: bool) {
    for value in values {
        if !std::mem::take(&mut is_begun) {
            indent(out, depth);
        }
        out.push_str("- ");
        match value {
            Document::Object(members) if !members.is_empty() => object(out, members, depth + 1, true),
            Document::List(values) if !values.is_empty() => list(out, values, depth + 1, true),
            other => {
                scalar(out, other);
                out.push('\n');
            }
        }
    }
}

fn indent(out: &mut String, depth: usize) {
    (0..depth).for_each(|_| out.push_str("  "));
}

fn scalar(out: &mut String, value: &Document) {
    match value {
        Document::Text(text) => plain_or_quoted(out, text),
        other => out.push_str(&other.compact()),
    }
}

/// A JSON text is a YAML text in double quotes. Only what can be nothing else stands without them: it begins with a
/// letter, has no sign that YAML knows, and is no word such as `yes` or `null`.
fn plain_or_quoted(out: &mut String, text: &str) {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_simple = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'));
    let words = ["y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", "inf"];
    let is_word = words.contains(&text.to_ascii_lowercase().as_str());
    if begins && is_simple && !is_word {
        out.push_str(text);
    } else {
        out.push_str(&Document::Text(text.to_owned()).compact());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_kind() {
        let json = r#"{"Name":"yes","Size":12,"Empty":[],"Set":[{"Id":"528","Tags":["a","b c"]},{"Id":"x"},
            [1,[2]]],"In":{"A":{"B":null}},"T":"2026-01-31T08:00:00Z","L":"a\nb"}"#;
        let expected = "Name: \"yes\"\nSize: 12\nEmpty: []\nSet:\n- Id: \"528\"\n  Tags:\n  - a\n  - \"b c\"\n- Id: x\n\
                        - - 1\n  - - 2\nIn:\n  A:\n    B: null\nT: \"2026-01-31T08:00:00Z\"\nL: \"a\\nb\"\n";
        assert_eq!(text(&Document::parse(json.as_bytes()).unwrap()), expected);
        assert_eq!(text(&Document::parse(b"[]").unwrap()), "[]\n");
        assert_eq!(text(&Document::parse(b"\"null\"").unwrap()), "\"null\"\n");
    }
}
