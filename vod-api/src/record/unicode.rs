//! Text from outside: byte order marks, bytes that are not UTF-8, escapes that are not characters.

use std::borrow::Cow;

use memchr::memchr;

/// The byte order mark of UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";
/// The escape of the character that stands for what is not one.
const REPLACEMENT: &str = "\\ufffd";
/// Bytes of an escape such as `\ud83d`.
const ESCAPE: usize = 6;

/// The bytes without the byte order mark that editors and some gateways write first.
#[inline]
pub(crate) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BOM).unwrap_or(bytes)
}

/// The JSON text in these bytes, repaired as Go and JavaScript do: U+FFFD stands for bytes that are not UTF-8, and for
/// escaped halves of a character (`\ud83d` alone). It is borrowed if there was nothing to repair.
pub(crate) fn json_text(bytes: &[u8]) -> Cow<'_, str> {
    match String::from_utf8_lossy(bytes) {
        Cow::Borrowed(text) => with_whole_characters(text),
        Cow::Owned(text) => match with_whole_characters(&text) {
            Cow::Owned(repaired) => Cow::Owned(repaired),
            Cow::Borrowed(_) => Cow::Owned(text),
        },
    }
}

/// Replaces the escapes of surrogates that are not part of a pair. Backslashes only stand in the strings of JSON, so
/// that nothing else of it need be known.
fn with_whole_characters(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut repaired = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = memchr(b'\\', &bytes[at..]) {
        let escape = at + found;
        at = match escaped_unit(&bytes[escape..]) {
            None => (escape + 2).min(bytes.len()),
            Some(0xd800..=0xdbff) if is_low(&bytes[escape + ESCAPE..]) => escape + 2 * ESCAPE,
            Some(0xd800..=0xdfff) => {
                repaired.push_str(&text[copied..escape]);
                repaired.push_str(REPLACEMENT);
                copied = escape + ESCAPE;
                copied
            }
            Some(_) => escape + ESCAPE,
        };
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    repaired.push_str(&text[copied..]);
    Cow::Owned(repaired)
}

fn is_low(bytes: &[u8]) -> bool {
    matches!(escaped_unit(bytes), Some(0xdc00..=0xdfff))
}

/// The UTF-16 unit of an escape that the bytes begin with.
fn escaped_unit(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(b"\\u")?.first_chunk::<4>()?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_skipped_once() {
        assert_eq!(without_bom(b"\xef\xbb\xbf{}"), b"{}");
        assert_eq!(without_bom(b"\xef\xbb\xbf\xef\xbb\xbf{}"), b"\xef\xbb\xbf{}");
        for plain in [&b"{}"[..], b"", b"\xef\xbb"] {
            assert_eq!(without_bom(plain), plain);
        }
    }

    #[test]
    fn halves_of_characters_are_replaced_and_pairs_stay() {
        for (text, expected) in [
            (r#""a""#, r#""a""#),
            (r#""\ud83d\ude00""#, r#""\ud83d\ude00""#),
            (r#""\ud83d""#, r#""\ufffd""#),
            (r#""\uDE00""#, r#""\ufffd""#),
            (r#""\ud83d\ud83d\ude00x""#, r#""\ufffd\ud83d\ude00x""#),
            (r#""\ud83d\n\ude00""#, r#""\ufffd\n\ufffd""#),
            (r#""\ud83d\u0041""#, r#""\ufffd\u0041""#),
            // An escaped backslash begins no escape.
            (r#""\\ud83d""#, r#""\\ud83d""#),
            (r#""\\\ud83d""#, r#""\\\ufffd""#),
            (r#""\ud83"#, r#""\ud83"#),
            ("\"\\", "\"\\"),
            ("\"\\\u{e9}", "\"\\\u{e9}"),
        ] {
            assert_eq!(json_text(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_replaced() {
        assert_eq!(json_text(b"\"a\xffb\\ud83d\""), "\"a\u{fffd}b\\ufffd\"");
        assert!(matches!(json_text("\"\u{1f600}\"".as_bytes()), Cow::Borrowed(_)));
    }
}
