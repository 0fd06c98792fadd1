//! Problems of spec files as a compiler shows them: with the lines that they are about.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use vod_spec::Problem;

/// Shows problems, and reads each file once.
pub(super) struct Excerpts {
    renderer: Renderer,
    /// The text of each file; none where there is no file, such as a folder that is missing.
    texts: HashMap<PathBuf, Option<String>>,
}

impl Excerpts {
    /// With colours for a terminal, or without.
    pub(super) fn new(is_styled: bool) -> Self {
        let renderer = if is_styled { Renderer::styled() } else { Renderer::plain() };
        Self { renderer: renderer.decor_style(DecorStyle::Ascii), texts: HashMap::new() }
    }

    /// The problem in the words of its one-line form, which are those of the compile error.
    pub(super) fn render(&mut self, problem: &Problem) -> String {
        let text = self.texts.entry(problem.file.clone()).or_insert_with(|| read(&problem.file));
        let item = if problem.item.is_empty() { String::new() } else { format!("[{}] ", problem.item) };
        let title = Level::ERROR.primary_title(format!("{item}{}", problem.what));
        let path = problem.file.to_string_lossy().replace('\\', "/");
        let span = text.as_deref().and_then(|text| span(text, problem.line, problem.column));
        let group: Group<'_> = match (text.as_deref(), span) {
            (Some(text), Some(span)) => {
                title.element(Snippet::source(text).path(path).annotation(AnnotationKind::Primary.span(span)))
            }
            _ => title.element(Origin::path(path)),
        };
        let group = group.element(Level::HELP.message(problem.instead.as_str()));
        self.renderer.render(&[group])
    }
}

/// The text as positions count it: without a byte order mark, and with a mark in place of bytes that are not UTF-8.
fn read(file: &Path) -> Option<String> {
    let bytes = fs::read(file).ok()?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    Some(String::from_utf8_lossy(bytes).into_owned())
}

/// The bytes of the word, or of the text in quotes, that begins at a line and a column.
fn span(text: &str, line: usize, column: usize) -> Option<Range<usize>> {
    let lines_before = line.checked_sub(1)?;
    let (count, before) = text
        .split_inclusive('\n')
        .take(lines_before)
        .fold((0, 0), |(count, bytes), line| (count + 1, bytes + line.len()));
    if count < lines_before {
        return None;
    }
    let line = text.get(before..)?.lines().next().unwrap_or_default();
    let start = line.char_indices().nth(column.checked_sub(1)?).map_or(line.len(), |(at, _)| at);
    let rest = line.get(start..)?;
    let length = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => quoted(rest, quote),
        _ => {
            rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).unwrap_or(rest.len())
        }
    };
    // A single character that is none of these, or the end of the line.
    let length = if length == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { length };
    Some(before + start..before + start + length)
}

/// How long a text in quotes is, with both; to the end of the line where it does not end there.
fn quoted(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if quote == '"' => is_escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_at_a_place_is_found() {
        let text = "a = \"x \\\" y\" # z\n[request.\u{fc}b]\ntype = 'strng'\nn = [1]\n";
        let at = |line, column| span(text, line, column).map(|span| &text[span]);
        assert_eq!(at(1, 1), Some("a"));
        assert_eq!(at(1, 5), Some("\"x \\\" y\""));
        assert_eq!(at(2, 2), Some("request.\u{fc}b"));
        assert_eq!(at(3, 8), Some("'strng'"));
        assert_eq!(at(4, 5), Some("["));
        assert_eq!(at(4, 99), Some(""), "beyond the end of the line");
        assert_eq!(at(99, 1), None, "beyond the end of the file");
        assert_eq!(at(0, 1), None);
    }

    #[test]
    fn files_that_are_missing_empty_or_no_text_are_shown_too() {
        let folder = std::env::temp_dir().join(format!("vod-excerpt-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in [
            ("empty.toml", &b""[..]),
            ("bytes.toml", b"a = \"\xFF\x00\x1b[31m\"\n"),
            ("bom.toml", b"\xEF\xBB\xBFa"),
        ] {
            let file = folder.join(name);
            fs::write(&file, bytes).unwrap();
            for (line, column) in [(1, 1), (1, 6), (7, 7)] {
                let problem = Problem {
                    file: file.clone(),
                    line,
                    column,
                    item: "A.B".into(),
                    what: "is wrong".into(),
                    instead: "write it right".into(),
                };
                let shown = Excerpts::new(false).render(&problem);
                assert!(
                    shown.contains("error: [A.B] is wrong") && shown.contains("help: write it right"),
                    "{shown}"
                );
                assert!(shown.contains(name) && !shown.contains('\u{1b}'), "{shown}");
            }
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
