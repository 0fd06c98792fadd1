//! The XML of the storage: answers are written, the list of a completion is read.

use std::fmt::Write as _;

/// An element with text.
pub(crate) fn element(name: &str, text: impl AsRef<str>) -> String {
    format!("<{name}>{}</{name}>", escaped(text.as_ref()))
}

/// An element around others.
pub(crate) fn parent(name: &str, children: impl AsRef<str>) -> String {
    format!("<{name}>{}</{name}>", children.as_ref())
}

/// A whole document.
pub(crate) fn document(root: &str) -> String {
    format!("<?xml version='1.0' encoding='utf-8' ?>\n{root}")
}

/// A text with the characters that XML has other uses for written as references.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\r' | '\t' => {
                // Writing to a text cannot fail.
                let _ = write!(escaped, "&#{};", u32::from(character));
            }
            // XML has no form for the others.
            character if character.is_control() => escaped.push('\u{fffd}'),
            character => escaped.push(character),
        }
    }
    escaped
}

/// The parts that a completion lists, by number and tag without its quotes; none if the body is not such a list.
pub(crate) fn read_parts(body: &[u8]) -> Option<Vec<(u32, String)>> {
    let text = std::str::from_utf8(body).ok()?;
    let document = roxmltree::Document::parse(text).ok()?;
    let root = document.root_element();
    (root.tag_name().name() == "CompleteMultipartUpload").then_some(())?;
    let parts = root.children().filter(roxmltree::Node::is_element).map(|part| {
        let child =
            |name: &str| part.children().find(|child| child.tag_name().name() == name)?.text().map(str::trim);
        (part.tag_name().name() == "Part").then_some(())?;
        Some((child("PartNumber")?.parse().ok()?, child("ETag")?.trim_matches('"').to_owned()))
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_lists_of_different_clients() {
        let expected = Some(vec![(1, "a".to_owned()), (2, "b".to_owned())]);
        for body in [
            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"a\"</ETag></Part><Part><PartNumber>2</PartNumber><ETag>b</ETag></Part></CompleteMultipartUpload>",
            "<?xml version=\"1.0\"?>\n<CompleteMultipartUpload xmlns=\"x\">\n <Part><ETag>&quot;a&quot;</ETag><PartNumber> 1 </PartNumber></Part>\n <Part><PartNumber>2</PartNumber><ETag>&#34;b&#34;</ETag></Part></CompleteMultipartUpload>",
        ] {
            assert_eq!(read_parts(body.as_bytes()), expected, "{body}");
        }
        for body in [
            "",
            "<a/>",
            "<CompleteMultipartUpload><Part/></CompleteMultipartUpload>",
            "<CompleteMultipartUpload>",
        ] {
            assert_eq!(read_parts(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn written_texts_are_read_back() {
        let text = "<\"&\n>é";
        let written = document(&element("A", text));
        assert_eq!(roxmltree::Document::parse(&written).unwrap().root_element().text(), Some(text));
    }
}
