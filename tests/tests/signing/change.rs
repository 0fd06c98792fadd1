//! Changes of one byte of a signed request, of all that its signature is to protect.

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http::{HeaderName, HeaderValue, Request};
use proptest::prelude::*;
use proptest::sample::Index;

/// How many changes are tried on one request.
const CHANGES: usize = 24;

/// One byte becomes another one.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    part: Part,
    at: Index,
    to: u8,
}

/// Where the byte is.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// The body, or the query if there is none.
    Content,
    Authorization,
    Timestamp,
    Host,
    ContentType,
}

/// Changes of one byte each.
pub(crate) fn changes() -> impl Strategy<Value = Vec<Change>> {
    let part = prop_oneof![
        4 => Just(Part::Content),
        4 => Just(Part::Authorization),
        1 => Just(Part::Timestamp),
        1 => Just(Part::Host),
        1 => Just(Part::ContentType),
    ];
    let change = (part, any::<Index>(), any::<u8>()).prop_map(|(part, at, to)| Change { part, at, to });
    prop::collection::vec(change, CHANGES)
}

impl Change {
    /// The changed request. `None` if there is nothing to change, if it can't be sent so, or if it says the same.
    pub(crate) fn of(&self, signed: &Request<Bytes>) -> Option<Request<Bytes>> {
        let is_by_header = signed.headers().contains_key(AUTHORIZATION);
        match self.part {
            Part::Content if signed.body().is_empty() => self.of_query(signed, is_by_header),
            Part::Content => {
                let changed = self.apply(signed.body())?;
                // A form is signed by what it means.
                let says_the_same = !is_by_header && decoded(&changed) == decoded(signed.body());
                (!says_the_same).then(|| signed.clone().map(|_| changed.into()))
            }
            Part::Authorization => self.of_header(signed, AUTHORIZATION),
            Part::Timestamp => self.of_header(signed, HeaderName::from_static("x-tc-timestamp")),
            Part::Host => self.of_header(signed, HOST),
            // The older signatures do not sign it.
            Part::ContentType if !is_by_header => None,
            Part::ContentType => self.of_header(signed, CONTENT_TYPE),
        }
    }

    fn apply(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut changed = bytes.to_vec();
        let byte = changed.get_mut(self.at.index(bytes.len().max(1)))?;
        (*byte != self.to).then(|| *byte = self.to)?;
        Some(changed)
    }

    fn of_query(&self, signed: &Request<Bytes>, is_by_header: bool) -> Option<Request<Bytes>> {
        let query = signed.uri().query()?.as_bytes();
        let changed = self.apply(query)?;
        if !is_by_header && decoded(&changed) == decoded(query) {
            return None;
        }
        let mut parts = signed.uri().clone().into_parts();
        parts.path_and_query = Some(format!("/?{}", String::from_utf8(changed).ok()?).parse().ok()?);
        let mut request = signed.clone();
        *request.uri_mut() = parts.try_into().ok()?;
        (request.uri() != signed.uri()).then_some(request)
    }

    /// Values may be signed in lower case, and without the blanks around them.
    fn of_header(&self, signed: &Request<Bytes>, name: HeaderName) -> Option<Request<Bytes>> {
        let value = signed.headers().get(&name)?;
        let changed = self.apply(value.as_bytes())?;
        let is_case_alone = changed.eq_ignore_ascii_case(value.as_bytes());
        if is_case_alone && (name == HOST || name == CONTENT_TYPE) {
            return None;
        }
        let mut request = signed.clone();
        request.headers_mut().insert(name, HeaderValue::from_bytes(&changed).ok()?);
        Some(request)
    }
}

/// What a query or a form says: names and values, in order. `None` if it is not UTF-8.
pub(crate) fn decoded(encoded: &[u8]) -> Option<Vec<(String, String)>> {
    let pairs = encoded.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let end = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            Some((text(&pair[..end])?, text(pair.get(end + 1..).unwrap_or_default())?))
        })
        .collect()
}

fn text(encoded: &[u8]) -> Option<String> {
    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let mut bytes = Vec::new();
    let mut rest = encoded;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        let escaped = (*byte == b'%').then(|| digit(after.first()).zip(digit(after.get(1)))).flatten();
        match (byte, escaped) {
            (_, Some((high, low))) => {
                bytes.push(u8::try_from(high << 4 | low).ok()?);
                rest = &after[2..];
            }
            (b'+', None) => bytes.push(b' '),
            (byte, None) => bytes.push(*byte),
        }
    }
    String::from_utf8(bytes).ok()
}
