//! Texts of the specs as people read them in a terminal.

use std::fmt::Write as _;

use vod_spec::model::{Bounds, Element, Field, Service};

/// How wide texts are.
const WIDTH: usize = 100;

/// A text in lines of at most 100 characters, each one indented. Paragraphs, lists and code stay what they are.
pub fn wrapped(text: &str, indent: usize) -> String {
    let mut out = String::new();
    let blanks = " ".repeat(indent);
    for paragraph in paragraphs(text) {
        let (first, rest) = match paragraph {
            Paragraph::Empty => {
                out.push('\n');
                continue;
            }
            Paragraph::Code(line) => {
                let _ = writeln!(out, "{blanks}{line}");
                continue;
            }
            Paragraph::Item(text) => ("- ", text),
            Paragraph::Text(text) => ("", text),
        };
        let mut line = format!("{blanks}{first}");
        let hanging = format!("{blanks}{}", " ".repeat(first.len()));
        let mut is_begun = false;
        for word in rest.split_whitespace() {
            if is_begun && line.chars().count() + 1 + word.chars().count() > WIDTH {
                let _ = writeln!(out, "{}", line.trim_end());
                line.clone_from(&hanging);
                is_begun = false;
            }
            if is_begun {
                line.push(' ');
            }
            line.push_str(word);
            is_begun = true;
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

enum Paragraph {
    Empty,
    Code(String),
    Item(String),
    Text(String),
}

/// Lines of one paragraph belong together; links are their text.
fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    let mut in_code = false;
    for line in text.trim().lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if in_code {
            out.push(Paragraph::Code(line.to_owned()));
        } else if line.trim().is_empty() {
            out.push(Paragraph::Empty);
        } else if line.trim_start().starts_with('|') {
            out.push(Paragraph::Code(without_links(line)));
        } else if let Some(item) = line.trim_start().strip_prefix("- ") {
            out.push(Paragraph::Item(without_links(item)));
        } else if let Some(Paragraph::Text(before) | Paragraph::Item(before)) = out.last_mut() {
            before.push(' ');
            before.push_str(&without_links(line));
        } else {
            out.push(Paragraph::Text(without_links(line)));
        }
    }
    out
}

/// `[text](target)` and `[text]` are `text`.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let Some((inner, behind)) = after.split_once(']') else {
            out.push('[');
            rest = after;
            continue;
        };
        if let Some(target) = behind.strip_prefix('(')
            && let Some((_, behind)) = target.split_once(')')
        {
            out.push_str(inner);
            rest = behind;
        } else if inner.starts_with('`') {
            out.push_str(inner);
            rest = behind;
        } else {
            let _ = write!(out, "[{inner}]");
            rest = behind;
        }
    }
    out.push_str(rest);
    out
}

/// The first sentence of a text.
pub fn first_sentence(text: &str) -> String {
    let line = without_links(
        &text.trim().lines().take_while(|line| !line.trim().is_empty()).collect::<Vec<_>>().join(" "),
    );
    match line.split_once(". ") {
        Some((first, _)) => format!("{first}."),
        None => line,
    }
}

/// What a field holds: `list of MediaInfo`, `text`.
pub fn type_text(field: &Field) -> String {
    let element = match &field.ty.element {
        Element::String => "text",
        Element::Int64 => "integer",
        Element::Uint64 => "unsigned integer",
        Element::Float => "number",
        Element::Bool => "boolean",
        Element::Timestamp => "timestamp",
        Element::Date => "date",
        Element::Binary => "bytes",
        Element::Json => "JSON",
        Element::Record(name) | Element::Enum(name) | Element::External(name) => name,
    };
    if field.ty.list { format!("list of {element}") } else { element.to_owned() }
}

/// What must be known to fill a field in: whether it is required, its limits, its default and its values.
pub fn facts(field: &Field, service: &Service) -> Vec<String> {
    let mut out = Vec::new();
    if field.required {
        out.push("required".to_owned());
    }
    let limits = &field.limits;
    out.extend(limits.items.map(|bounds| range(bounds, " items")));
    out.extend(limits.length.map(|bounds| range(bounds, " characters")));
    out.extend(limits.range.map(|bounds| range(bounds, "")));
    out.extend(limits.pattern.as_ref().map(|pattern| format!("matches {pattern}")));
    out.extend(field.default.as_ref().map(|value| format!("default {value}")));
    if let Element::Enum(name) = &field.ty.element
        && let Some(list) = service.enumeration(name)
    {
        let values: Vec<&str> = list.values.iter().map(|listed| listed.value.as_str()).collect();
        out.push(format!("one of {}", values.join(", ")));
    }
    if field.sensitive {
        out.push("secret".to_owned());
    }
    out.extend(field.only_on.map(|site| format!("{} site only", site.name())));
    if field.deprecated.is_some() {
        out.push("deprecated".to_owned());
    }
    out
}

fn range<T: std::fmt::Display>(bounds: Bounds<T>, unit: &str) -> String {
    match (bounds.min, bounds.max) {
        (Some(min), Some(max)) => format!("{min} to {max}{unit}"),
        (Some(min), None) => format!("at least {min}{unit}"),
        (None, Some(max)) => format!("at most {max}{unit}"),
        (None, None) => format!("any number{unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_wrapped_and_links_are_their_words() {
        let text =
            "One [two](http://x) three\nfour [`Five`].\n\n- six\n  seven\n- eight\n\n```\ncode  [a](b)\n```";
        let expected = "  One two three four `Five`.\n\n  - six seven\n  - eight\n\n  code  [a](b)\n";
        assert_eq!(wrapped(text, 2), expected);
        assert!(wrapped(&"word ".repeat(100), 4).lines().all(|line| line.chars().count() <= WIDTH));
        assert_eq!(first_sentence("Does it. And more.\n\nMuch more."), "Does it.");
        assert_eq!(without_links("a [b"), "a [b");
    }
}
