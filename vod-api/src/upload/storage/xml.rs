//! The answers of object storage, in XML. Namespaces differ, so local names count.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

/// An answer of storage is never nested deeper.
const DEEPEST: usize = 8;

/// An element with its text and its children.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    text: String,
    children: Vec<Element>,
}

impl Element {
    /// Reads a document. Blanks before it are kept alive connections and no mistake. `None` if it is none.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let text = str::from_utf8(crate::record::unicode::without_bom(body.trim_ascii_start())).ok()?;
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Self> = Vec::new();
        loop {
            let closed = match reader.read_event().ok()? {
                Event::Start(start) if open.len() < DEEPEST => {
                    open.push(Self::named(start.local_name().as_ref()));
                    continue;
                }
                Event::Empty(start) => Self::named(start.local_name().as_ref()),
                Event::End(_) => open.pop()?,
                Event::Text(text) => {
                    append(&mut open, &text)?;
                    continue;
                }
                Event::CData(text) => {
                    append(&mut open, &text)?;
                    continue;
                }
                Event::GeneralRef(reference) => {
                    let character = character(&reference)?;
                    append(&mut open, character.encode_utf8(&mut [0; 4]))?;
                    continue;
                }
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) => continue,
                // A document type may define entities, and is no part of an answer.
                Event::Start(_) | Event::DocType(_) | Event::Eof => return None,
            };
            match open.last_mut() {
                Some(parent) => parent.children.push(closed),
                None => return Some(closed),
            }
        }
    }

    fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// The text of a child; empty if there is none.
    pub(super) fn text_of(&self, name: &str) -> &str {
        self.children.iter().find(|child| child.name == name).map_or("", |child| child.text.trim())
    }

    pub(super) fn children_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

/// Text outside of every element is only allowed to be blank.
fn append(open: &mut [Element], text: &str) -> Option<()> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return None,
    }
    Some(())
}

/// The character that a reference such as `&quot;` or `&#34;` stands for.
fn character(reference: &BytesRef<'_>) -> Option<char> {
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

/// A text of an XML document, escaped.
pub(super) fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_namespaces_and_references_are_read() {
        let body = b"    \n  <?xml version='1.0' encoding='utf-8' ?>\n\
            <x:CompleteMultipartUploadResult xmlns:x=\"https://cloud.tencent.com/document/product/436\">\
            <x:ETag>&quot;a&#45;1&quot;</x:ETag><x:Key><![CDATA[a&b]]></x:Key><Empty/></x:CompleteMultipartUploadResult>";
        let root = Element::read(body).unwrap();
        assert_eq!(root.name, "CompleteMultipartUploadResult");
        assert_eq!(
            [root.text_of("ETag"), root.text_of("Key"), root.text_of("Empty")],
            ["\"a-1\"", "a&b", ""]
        );
        assert_eq!(root.text_of("Other"), "");
    }

    #[test]
    fn what_is_no_document_is_none() {
        let deep = "<a>".repeat(100);
        let entity = "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>";
        for body in ["", "   ", "<a>", "<a></b>", "text", "<a>&unknown;</a>", entity, &deep] {
            assert_eq!(Element::read(body.as_bytes()), None, "{body}");
        }
        assert_eq!(Element::read(b"<a>\xff</a>"), None);
    }

    #[test]
    fn escaped_texts_are_read_back() {
        let text = "\"<&>'";
        let root = Element::read(format!("<a><b>{}</b></a>", escaped(text)).as_bytes()).unwrap();
        assert_eq!(root.text_of("b"), text);
    }
}
