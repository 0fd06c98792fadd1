//! Texts of spec files as Markdown that is never code.
//!
//! `rustdoc` takes a block without a language for a doctest, and `rustdoc` or the compiler complains of links that lead
//! nowhere, of HTML and of bare addresses. A spec file's author means none of that. All texts pass through [`safe`]
//! before anything is made of them; it reads them with the parser that `rustdoc` itself uses.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use vod_spec::model::{EnumValue, Field, Service};

/// How often a text is corrected before all of it becomes one block.
const ROUNDS: usize = 8;

/// The service with all texts made safe.
pub(super) fn all_safe(service: &mut Service) {
    let parameters = service.parameters.iter_mut();
    let of_types = service.types.iter_mut().flat_map(|record| &mut record.fields);
    parameters.chain(of_types).for_each(field);
    for record in &mut service.types {
        make_safe(&mut record.doc);
    }
    for item in &mut service.enums {
        make_safe(&mut item.doc);
        item.values.iter_mut().for_each(value);
    }
    for action in &mut service.actions {
        make_safe(&mut action.summary);
        make_safe(&mut action.doc);
        action.request.iter_mut().chain(&mut action.response).for_each(field);
        action.errors.iter_mut().for_each(|error| make_safe(&mut error.doc));
        action.examples.iter_mut().for_each(|example| make_safe(&mut example.title));
        action.why_idempotent.iter_mut().for_each(make_safe);
    }
    for error in service.errors.iter_mut().chain(&mut service.action_errors) {
        make_safe(&mut error.doc);
    }
    for category in &mut service.categories {
        make_safe(&mut category.doc);
    }
    make_safe(&mut service.summary);
    make_safe(&mut service.doc);
}

fn field(field: &mut Field) {
    make_safe(&mut field.doc);
}

fn value(value: &mut EnumValue) {
    make_safe(&mut value.doc);
}

fn make_safe(text: &mut String) {
    if let Cow::Owned(safe) = safe(text) {
        *text = safe;
    }
}

/// The text without anything that `rustdoc` would run or complain of.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    let suspicious = ["```", "~~~", "    ", "\t", "<", "[", "://"].iter().any(|mark| text.contains(mark));
    if !suspicious {
        return Cow::Borrowed(text);
    }
    let mut text = Cow::Borrowed(text);
    for _ in 0..ROUNDS {
        let mut edits = edits(&text);
        if edits.is_empty() {
            return text;
        }
        edits.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(text.len() + 16);
        let mut done = 0;
        for (range, with) in edits {
            if range.start < done {
                continue; // the next round sees it
            }
            out.push_str(text.get(done..range.start).unwrap_or_default());
            out.push_str(&with);
            done = range.end;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        text = Cow::Owned(out);
    }
    Cow::Owned(fenced(&text))
}

/// A text after the words that introduce it: a block begins a paragraph of its own.
pub(super) fn after(words: &str, text: &str) -> String {
    let text = text.trim();
    let block = ["```", "~~~"].iter().any(|fence| text.starts_with(fence));
    format!("{words}{}{text}", if block { "\n\n" } else { " " })
}

/// The text up to its first block of code.
pub(super) fn before_code(text: &str) -> &str {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let start = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        if start.starts_with("```") || start.starts_with("~~~") {
            break;
        }
        end += line.len();
    }
    text.get(..end).unwrap_or(text)
}

type Edit = (Range<usize>, String);

fn edits(text: &str) -> Vec<Edit> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut broken: Vec<Range<usize>> = Vec::new();
    let mut callback = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        broken.push(link.span);
        None
    };
    let mut edits = Vec::new();
    let mut containers = 0usize;
    let mut in_link = 0usize;
    // An indented block, with the places of its lines.
    let mut indented: Option<(Range<usize>, Vec<usize>)> = None;
    let mut in_fence = false;
    let parser = Parser::new_with_broken_link_callback(text, options, Some(&mut callback));
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                in_fence = true;
                edits.extend(fence(text, &range, &info, containers == 0));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => indented = Some((range, Vec::new())),
            Event::End(TagEnd::CodeBlock) => {
                in_fence = false;
                if let Some((range, lines)) = indented.take() {
                    edits.extend(indented_block(text, range, &lines, containers == 0));
                }
            }
            Event::Start(Tag::Item | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)) => containers += 1,
            Event::End(TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition) => {
                containers = containers.saturating_sub(1);
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                in_link += 1;
                let leads =
                    dest_url.contains("://") || dest_url.starts_with('#') || dest_url.starts_with("mailto:");
                if !leads && let Some(bracket) = text.get(range.clone()).and_then(|link| link.find('[')) {
                    let at = range.start + bracket;
                    edits.push((at..at, "\\".to_owned()));
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => in_link = in_link.saturating_sub(1),
            Event::Html(_) | Event::InlineHtml(_) => {
                let found = text.get(range.clone()).unwrap_or_default().match_indices('<');
                edits.extend(found.map(|(i, _)| (range.start + i..range.start + i, "\\".to_owned())));
            }
            Event::Text(_) if indented.is_some() => {
                if let Some((_, lines)) = &mut indented {
                    lines.push(range.start);
                }
            }
            Event::Text(_) if !in_fence && in_link == 0 => edits.extend(bare_addresses(text, &range)),
            _ => {}
        }
    }
    edits.extend(broken.into_iter().map(|span| (span.start..span.start, "\\".to_owned())));
    edits
}

/// What makes a fenced block plain text, and closes it. Within a list or a quotation, what follows closes it.
fn fence(text: &str, range: &Range<usize>, info: &str, outermost: bool) -> Vec<Edit> {
    let block = text.get(range.clone()).unwrap_or_default();
    let Some(start) = block.find(['`', '~']) else { return Vec::new() };
    let mark = if block[start..].starts_with('`') { '`' } else { '~' };
    let run = block[start..].chars().take_while(|c| *c == mark).count();
    let line_end = block[start..].find('\n').map_or(block.len(), |end| start + end);
    let mut edits = Vec::new();
    let language = language(info);
    if language != info {
        edits.push((range.start + start + run..range.start + line_end, language.to_owned()));
    }
    let last = block.get(line_end..).unwrap_or_default().trim_end().rsplit('\n').next().unwrap_or_default();
    let last = last.trim();
    let closed = last.len() >= run && last.chars().all(|c| c == mark);
    if outermost && !closed {
        edits.push((range.end..range.end, format!("\n{}\n", mark.to_string().repeat(run))));
    }
    edits
}

/// The language of a block that is shown and never run: the one that is named, unless `rustdoc` takes it for Rust.
fn language(info: &str) -> &str {
    const OF_RUSTDOC: &[&str] = &[
        "rust",
        "ignore",
        "should_panic",
        "no_run",
        "compile_fail",
        "allow_fail",
        "test_harness",
        "standalone",
        "standalone_crate",
        "custom",
    ];
    let first = info.split([',', ' ', '\t']).next().unwrap_or_default();
    let plain = !first.is_empty() && first.chars().all(|c| c.is_ascii_alphanumeric() || "_+#-".contains(c));
    let lower = first.to_ascii_lowercase();
    let code =
        lower.len() == 5 && lower.starts_with('e') && lower[1..].bytes().all(|byte| byte.is_ascii_digit());
    let rust = OF_RUSTDOC.contains(&lower.as_str())
        || lower.starts_with("ignore-")
        || lower.starts_with("edition")
        || code;
    if plain && !rust { first } else { "text" }
}

/// An indented block as a fenced one; within a list or a quotation, as a paragraph.
fn indented_block(text: &str, range: Range<usize>, lines: &[usize], outermost: bool) -> Vec<Edit> {
    let start_of_line = |at: usize| text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |i| i + 1);
    let start = start_of_line(range.start);
    let indent = text.get(start..range.start).unwrap_or_default();
    if outermost && indent.chars().all(char::is_whitespace) {
        let block = text.get(start..range.end).unwrap_or_default();
        let lines: Vec<&str> = block
            .lines()
            .map(|line| {
                line.strip_prefix("    ").or_else(|| line.strip_prefix('\t')).unwrap_or(line.trim_start())
            })
            .collect();
        return vec![(start..range.end, fenced(&lines.join("\n")))];
    }
    let unindented = lines.iter().filter_map(|at| {
        let before = text.get(start_of_line(*at)..*at)?;
        let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
        // The blanks that make it a block stand before it, or are a part of it.
        let after = text.get(*at..)?;
        let more = after.len() - after.trim_start_matches([' ', '\t']).len();
        (blanks + more > 1).then(|| (at - blanks..at + more, " ".to_owned()))
    });
    unindented.collect()
}

/// The text in a block that is closed by a longer fence than any in it.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{}\n{fence}\n", text.trim_end())
}

/// Addresses that are no links yet.
fn bare_addresses(text: &str, range: &Range<usize>) -> Vec<Edit> {
    let inside = text.get(range.clone()).unwrap_or_default();
    let mut edits = Vec::new();
    for scheme in ["http://", "https://"] {
        for (i, _) in inside.match_indices(scheme) {
            let at = range.start + i;
            let rest = text.get(at..).unwrap_or_default();
            let end =
                rest.find(|c: char| c.is_whitespace() || "<>\"`|()[]{}\\*".contains(c)).unwrap_or(rest.len());
            let address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '_', '~']);
            if address.len() > scheme.len() {
                edits.push((at..at + address.len(), format!("<{address}>")));
            }
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether `rustdoc` would find code or something to complain of.
    fn is_safe(text: &str) -> bool {
        edits(text).is_empty()
    }

    #[test]
    fn blocks_have_a_language_that_is_not_rust() {
        for (text, expected) in [
            ("A.\n\n```\nlet a = 1;\n```\nB.", "A.\n\n```text\nlet a = 1;\n```\nB."),
            ("```rust\nx\n```", "```text\nx\n```"),
            ("```ignore\nx\n```", "```text\nx\n```"),
            ("```rust,no_run\nx\n```", "```text\nx\n```"),
            ("```edition2021\nx\n```", "```text\nx\n```"),
            ("```json,ignore\n{}\n```", "```json\n{}\n```"),
            ("```json\n{}\n```", "```json\n{}\n```"),
            ("~~~~\nx\n~~~~", "~~~~text\nx\n~~~~"),
            ("A.\n\n```\nnot closed", "A.\n\n```text\nnot closed\n```\n"),
            ("```", "```text\n```\n"),
            ("A.\n\n    let a = 1;\n      b\n\nB.", "A.\n\n```text\nlet a = 1;\n  b\n```\n\nB."),
            ("A.\n\n\tlet a = 1;\n", "A.\n\n```text\nlet a = 1;\n```\n"),
        ] {
            assert_eq!(safe(text), expected, "{text:?}");
        }
    }

    #[test]
    fn links_and_html_and_addresses_are_text() {
        for (text, expected) in [
            ("One of [a] and [0-9].", "One of \\[a] and \\[0-9]."),
            ("See [here](Missing).", "See \\[here](Missing)."),
            ("See [here](https://example.com).", "See [here](https://example.com)."),
            ("A Vec<T> of <b>bold</b>", "A Vec\\<T> of \\<b>bold\\</b>"),
            ("`Vec<T>` and `[a]`", "`Vec<T>` and `[a]`"),
            ("See https://example.com/a_b_c.", "See <https://example.com/a_b_c>."),
            ("1 < 2", "1 < 2"),
        ] {
            assert_eq!(safe(text), expected, "{text:?}");
        }
    }

    #[test]
    fn whatever_is_written_becomes_safe_and_stays_so() {
        let parts = [
            "A.",
            "```",
            "~~~",
            "    x = 1;",
            "\tx",
            "- item",
            "-     code",
            "  ```rust",
            "> quoted",
            ">     code",
            "1. one",
            "",
            "<b>",
            "<!--",
            "[a]",
            "[a]: b",
            "[a][b]",
            "https://example.com",
            "| a | b |\n|---|---|",
            "`",
            "``` text",
            "[^1]",
            "[^1]: note",
            "\\",
            "* * *",
            "====",
        ];
        // Every text of up to three lines of these.
        for a in parts {
            for b in parts {
                for c in parts {
                    let text = format!("{a}\n{b}\n{c}");
                    let once = safe(&text).into_owned();
                    assert!(is_safe(&once), "{text:?} becomes {once:?}");
                }
            }
        }
    }
}
