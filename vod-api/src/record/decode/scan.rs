//! Where the members and elements of a JSON text begin and end, without reading them.
//!
//! Nothing here checks the text: what it finds in a text that is not JSON may be anything, but each piece is a part of
//! the text, and there is an end. Nesting costs no stack.

use std::borrow::Cow;

use memchr::memchr2;

/// A value in a text.
#[derive(Clone, Copy)]
pub(crate) struct Piece<'t> {
    /// From its first character to its last.
    pub(crate) text: &'t str,
    /// The text goes on behind it, or it has a closing mark: it can't go on.
    pub(crate) is_whole: bool,
}

impl Piece<'_> {
    pub(crate) fn is_object(&self) -> bool {
        self.text.starts_with('{')
    }

    pub(crate) fn is_list(&self) -> bool {
        self.text.starts_with('[')
    }

    pub(crate) fn is_string(&self) -> bool {
        self.text.starts_with('"')
    }

    pub(crate) fn is_null(&self) -> bool {
        self.text == "null"
    }
}

/// The members of the object that the text begins with, up to the first thing that is none.
pub(crate) fn members(text: &str) -> impl Iterator<Item = (Cow<'_, str>, Piece<'_>)> {
    let mut items = Items::of(text, '{');
    std::iter::from_fn(move || {
        let name = items.next()?;
        items.rest = skip_blanks(items.rest).strip_prefix(':')?;
        Some((unquoted(name)?, items.value()?))
    })
}

/// The elements of the list that the text begins with, up to the first thing that is none.
pub(crate) fn elements(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut items = Items::of(text, '[');
    std::iter::from_fn(move || items.next())
}

/// The value of a member of an object; the last one if it is given twice.
pub(crate) fn member<'t>(text: &'t str, name: &str) -> Option<Piece<'t>> {
    members(text).filter(|(known, _)| known == name).last().map(|(_, value)| value)
}

/// Where the value of an object's first member of this name begins, with all that follows it.
#[cfg(any(test, feature = "events"))]
pub(crate) fn enter<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut items = Items::of(text, '{');
    loop {
        let found = items.next()?;
        items.rest = skip_blanks(items.rest).strip_prefix(':')?;
        if unquoted(found)? == name {
            return Some(skip_blanks(items.rest));
        }
        items.value()?;
    }
}

/// The elements of the list that the text begins with, and what follows it.
#[cfg(any(test, feature = "events"))]
pub(crate) fn elements_and_rest(text: &str) -> (Vec<&str>, &str) {
    let mut items = Items::of(text, '[');
    let found = std::iter::from_fn(|| items.next()).map(|piece| piece.text).collect();
    (found, items.rest)
}

/// The text of a string.
pub(crate) fn unquoted(string: Piece<'_>) -> Option<Cow<'_, str>> {
    let inner = string.text.strip_prefix('"')?.strip_suffix('"').filter(|_| string.is_whole)?;
    if inner.contains('\\') {
        return serde_json::from_str(string.text).ok().map(Cow::Owned);
    }
    Some(Cow::Borrowed(inner))
}

/// What is separated by commas.
struct Items<'t> {
    rest: &'t str,
    is_first: bool,
}

impl<'t> Items<'t> {
    fn of(text: &'t str, open: char) -> Self {
        Self { rest: skip_blanks(text).strip_prefix(open).unwrap_or_default(), is_first: true }
    }

    fn next(&mut self) -> Option<Piece<'t>> {
        self.rest = skip_blanks(self.rest);
        if !std::mem::take(&mut self.is_first) {
            self.rest = self.rest.strip_prefix(',')?;
        }
        self.value()
    }

    fn value(&mut self) -> Option<Piece<'t>> {
        self.rest = skip_blanks(self.rest);
        let (length, is_whole) = extent(self.rest.as_bytes());
        let (text, rest) = self.rest.split_at_checked(length).filter(|(text, _)| !text.is_empty())?;
        self.rest = rest;
        Some(Piece { text, is_whole })
    }
}

fn skip_blanks(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\n', '\r'])
}

/// How many bytes the value has that the bytes begin with, and whether it ends there for certain.
fn extent(bytes: &[u8]) -> (usize, bool) {
    match bytes.first() {
        Some(b'"') => string_extent(bytes),
        Some(b'{' | b'[') => nested_extent(bytes),
        _ => {
            let end = bytes.iter().position(|byte| b",]}: \t\n\r".contains(byte));
            (end.unwrap_or(bytes.len()), end.is_some())
        }
    }
}

fn string_extent(bytes: &[u8]) -> (usize, bool) {
    let mut at = 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        at += found;
        if bytes.get(at) == Some(&b'"') {
            return (at + 1, true);
        }
        at += 2;
    }
    (bytes.len(), false)
}

fn nested_extent(bytes: &[u8]) -> (usize, bool) {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return (at, true);
                }
            }
            b'"' => at += string_extent(&bytes[at - 1..]).0 - 1,
            _ => {}
        }
    }
    (bytes.len(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(String, &str)> {
        members(text).map(|(name, piece)| (name.into_owned(), piece.text)).collect()
    }

    #[test]
    fn members_are_found_with_their_text() {
        let text =
            " { \"a\" : 1 ,\"b\\u0063\":{\"x\":[\"}\\\"\"]} , \"d\":[ ],\"e\":\"\\\\\",\"f\": null\n} rest";
        let expected =
            [("a", "1"), ("bc", r#"{"x":["}\""]}"#), ("d", "[ ]"), ("e", r#""\\""#), ("f", "null")];
        assert_eq!(shown(text), expected.map(|(name, value)| (name.to_owned(), value)));
        assert_eq!(member(r#"{"a":1,"b":2,"a":3}"#, "a").unwrap().text, "3");
        assert_eq!(
            elements_and_rest(enter(r#"{"b":[[]],"a": [1, {"x":2}] ,"c":3}"#, "a").unwrap()),
            (vec!["1", r#"{"x":2}"#], r#"] ,"c":3}"#)
        );
        assert!(member("{}", "a").is_none() && shown("[1]").is_empty() && shown("").is_empty());
    }

    #[test]
    fn elements_are_found_however_deep_they_are() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let text = format!("[1,{deep}, \"a,b\",{{}} ]");
        let found: Vec<_> = elements(&text).map(|piece| piece.text).collect();
        assert_eq!(found, ["1", &deep, "\"a,b\"", "{}"]);
        assert_eq!(elements("[]").count(), 0);
    }

    #[test]
    fn a_text_that_is_cut_tells_what_is_whole() {
        for (cut, expected) in [
            (r#"{"Code":"A","Message":"cut"#, vec![true, false]),
            (r#"{"Code":"A","Message":"cut\""#, vec![true, false]),
            (r#"{"Code":"A""#, vec![true]),
            (r#"{"Code":"A"#, vec![false]),
            (r#"{"Code":12"#, vec![false]),
            (r#"{"Code":12,"x":{"y":[1]"#, vec![true, false]),
            (r#"{"Code"#, vec![]),
        ] {
            assert_eq!(members(cut).map(|(_, piece)| piece.is_whole).collect::<Vec<_>>(), expected, "{cut}");
        }
    }

    #[test]
    fn what_is_not_json_has_an_end_too() {
        for text in
            ["{\"a\" 1}", "{\"a\":}", "{,}", "[,]", "[}", "{\"\\", "[\"\\", "{:1}", "{\"a\":\"b\"c\":1}"]
        {
            let _ = (members(text).count(), elements(text).count());
        }
    }
}
