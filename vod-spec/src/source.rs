//! The text of one spec file: bytes to text to a tree of values, with the place of each.

use std::borrow::Cow;
use std::path::PathBuf;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::Position;
use crate::report::Problems;

/// A spec file that has been read already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it stands, relative to the service's directory: `events/ConfirmEvents.toml`.
    pub path: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A file's text, and where its lines start.
pub(crate) struct Text<'a> {
    pub(crate) file: usize,
    pub(crate) content: Cow<'a, str>,
    line_starts: Vec<usize>,
}

impl<'a> Text<'a> {
    /// Reports bytes that are not UTF-8; the rest can still be read, so that what the file declares is known.
    pub(crate) fn decode(file: usize, bytes: &'a [u8], problems: &mut Problems) -> (Self, bool) {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text = String::from_utf8_lossy(bytes);
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        let this = Self { file, content: text, line_starts };
        let Err(error) = std::str::from_utf8(bytes) else {
            return (this, true);
        };
        // Up to the first bad byte, the lossy text has the same bytes as the file.
        let at = this.position(error.valid_up_to());
        let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
        problems.report(&at, "", format!("the file is not UTF-8: byte 0x{byte:02X}"), "save it as UTF-8");
        (this, false)
    }

    /// The place of a byte of the text.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let line = self.line_starts.partition_point(|&start| start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or_default();
        let column = self.content.get(start..offset).map_or(0, |before| before.chars().count()) + 1;
        Position { file: self.file, line, column }
    }
}

/// The entries of a table in the order of the file, which TOML's own map loses where a table is reopened.
pub(crate) fn entries<'t, 'i>(
    table: &'t DeTable<'i>,
) -> Vec<(&'t Spanned<Cow<'i, str>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8]) -> (Text<'_>, bool, Vec<String>) {
        let mut problems = Problems::new(vec![PathBuf::from("a.toml")]);
        let (text, sound) = Text::decode(0, bytes, &mut problems);
        (text, sound, problems.into_list().iter().map(ToString::to_string).collect())
    }

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let (text, sound, _) = decode("a = \"ü\" # x\nb = 1\n".as_bytes());
        assert!(sound);
        let place = |offset| {
            let at = text.position(offset);
            (at.line, at.column)
        };
        assert_eq!(place(0), (1, 1));
        assert_eq!(place("a = \"ü\"".len()), (1, 8));
        assert_eq!(place("a = \"ü\" # x\n".len()), (2, 1));
        assert_eq!(place("a = \"ü\" # x\nb = 1\n".len()), (3, 1));
    }

    #[test]
    fn the_first_bad_byte_is_named() {
        let (_, sound, problems) = decode(b"a = 1\nb = \"\xFFx\"\n");
        assert!(!sound);
        assert_eq!(problems, ["a.toml:2:6 the file is not UTF-8: byte 0xFF; save it as UTF-8"]);
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        let (text, sound, _) = decode(b"\xEF\xBB\xBFa = 1");
        assert!(sound);
        assert_eq!(text.content, "a = 1");
    }
}
