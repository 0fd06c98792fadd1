//! Redacts secrets in text that came from outside.
//!
//! What answers a call may repeat the request: its token, its signature, its headers, encoded in one way or another,
//! and cut anywhere. So a text is redacted as a whole and only then cut, and what is taken out is
//!
//! - a secret of this call, or any part of one that is long enough to be told from an ordinary word, percent-encoded
//!   or escaped as in JSON or HTML or not;
//! - what follows `Authorization:`, `X-TC-Token:`, `Signature=` and `Token=`, whosever it is.

mod decode;

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value as Json;
use zeroize::Zeroizing;

use decode::{Unit, decode};

use crate::record::{Record, ValueRef, present};
use crate::untyped::looks_secret;

/// What a secret is shown as.
pub(crate) const REDACTED: &str = "** redacted **";

/// What is shorter is a word that a test made up, and as a part of other words it would garble a text.
const SHORTEST_SECRET: usize = 8;
/// How long a part of a secret is taken out.
const PART: usize = 8;
/// How many different bytes such a part has at least: `00000000` is also a part of other things.
const DIFFERENT: usize = 5;
/// How long the start of a secret is taken out where a text was cut.
const CUT_PART: usize = 4;
/// How much of a text is looked at at a time, and how much of it together with what comes before.
const CHUNK: usize = 64 * 1024;
const OVERLAP: usize = 8 * 1024;
/// A value this long that follows `Token:` is one. What is shorter is a word of a sentence.
const SHORTEST_VALUE: usize = 16;

/// The secrets of one call.
pub(crate) struct Redactor {
    secrets: Vec<Zeroizing<Vec<u8>>>,
    /// Parts of them, in order, with the secret's number and the part's place in it.
    parts: Vec<(Part, usize, usize)>,
}

type Part = [u8; PART];

impl Redactor {
    /// Takes out these secrets, where they are long enough not to be mistaken.
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let long = secrets.into_iter().filter(|secret| secret.len() >= SHORTEST_SECRET);
        let secrets: Vec<Zeroizing<Vec<u8>>> = long.map(plain).collect();
        let mut parts = Vec::new();
        for (number, secret) in secrets.iter().enumerate() {
            let all = || secret.windows(PART).enumerate();
            let has_telling = all().any(|(_, part)| is_telling(part));
            for (place, part) in all().filter(|(_, part)| !has_telling || is_telling(part)) {
                if let Ok(part) = Part::try_from(part) {
                    parts.push((part, number, place));
                }
            }
        }
        parts.sort_unstable();
        Self { secrets, parts }
    }

    /// The text without the secrets.
    pub(crate) fn redact(&self, text: String) -> String {
        match self.without_secrets(&text, false, true) {
            Cow::Borrowed(_) => text,
            Cow::Owned(redacted) => redacted,
        }
    }

    /// The same for a text that may have been cut, so that the start of a secret may be left at its end.
    pub(crate) fn redact_cut(&self, text: &str) -> String {
        self.without_secrets(text, true, true).into_owned()
    }

    /// The text without these secrets, but with what follows the names of others.
    pub(crate) fn redact_known(&self, text: &str) -> String {
        self.without_secrets(text, false, false).into_owned()
    }

    fn without_secrets<'a>(&self, text: &'a str, is_cut: bool, by_name: bool) -> Cow<'a, str> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut start = 0;
        loop {
            let end = text.len().min(start + CHUNK);
            let units = decode(&text.as_bytes()[start..end]);
            let at_end = is_cut && end == text.len();
            let places = |units: Range<usize>, all: &[Unit]| {
                start + all[units.start].start..start + all[units.end - 1].end
            };
            found.extend(self.known(&units, at_end).into_iter().map(|range| places(range, &units)));
            if by_name {
                found.extend(named(&units).into_iter().map(|range| places(range, &units)));
            }
            if end == text.len() {
                break;
            }
            start = end - OVERLAP;
        }
        if found.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(without(text, found)) }
    }

    /// Secrets of this call, and parts of them.
    fn known(&self, units: &[Unit], at_end: bool) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut next = 0;
        while next + PART <= units.len() {
            match self.longest(units, next) {
                Some(range) => {
                    next = range.end;
                    found.push(range);
                }
                None => next += 1,
            }
        }
        if at_end {
            found.extend(self.start_at_end(units));
        }
        found
    }

    /// The longest piece of a secret around a part of it that stands there.
    fn longest(&self, units: &[Unit], at: usize) -> Option<Range<usize>> {
        let mut part = Part::default();
        for (byte, unit) in part.iter_mut().zip(&units[at..]) {
            *byte = unit.byte;
        }
        let first = self.parts.partition_point(|(known, ..)| *known < part);
        let same = self.parts[first..].iter().take_while(|(known, ..)| *known == part);
        same.map(|(_, number, place)| {
            let (before, after) = self.secrets[*number].split_at(*place);
            let is_same = |(byte, unit): &(&u8, &Unit)| **byte == unit.byte;
            let left = before.iter().rev().zip(units[..at].iter().rev()).take_while(is_same).count();
            let right = after.iter().zip(&units[at..]).take_while(is_same).count();
            at - left..at + right
        })
        .max_by_key(Range::len)
    }

    /// The start of a secret, at the end of a text that was cut.
    fn start_at_end(&self, units: &[Unit]) -> Option<Range<usize>> {
        let longest = PART.min(units.len());
        let is_start = |length: &usize| {
            let end = &units[units.len() - length..];
            self.secrets
                .iter()
                .any(|secret| end.iter().zip(secret.iter()).all(|(unit, byte)| unit.byte == *byte))
        };
        let length = (CUT_PART..=longest).rev().find(is_start)?;
        Some(units.len() - length..units.len())
    }
}

/// The texts of a request's sensitive fields.
pub(crate) fn sensitive_texts(request: &dyn Record) -> Vec<&str> {
    let mut found = Vec::new();
    collect(ValueRef::Record(request), false, &mut found);
    found
}

fn collect<'a>(value: ValueRef<'a>, is_sensitive: bool, found: &mut Vec<&'a str>) {
    match value {
        ValueRef::String(text) if is_sensitive => found.push(text),
        ValueRef::Record(record) => {
            let sensitive = record.meta().sensitive;
            for (index, _, value) in present(record) {
                collect(value, is_sensitive || sensitive.contains(&index), found);
            }
            for (name, value) in record.unknown().into_iter().flatten() {
                collect_json(value, is_sensitive || looks_secret(name), found);
            }
        }
        ValueRef::List(list) => list.iter().for_each(|value| collect(value, is_sensitive, found)),
        ValueRef::Json(value) => collect_json(value, is_sensitive, found),
        _ => {}
    }
}

/// What no spec describes is told by its name.
fn collect_json<'a>(value: &'a Json, is_sensitive: bool, found: &mut Vec<&'a str>) {
    match value {
        Json::String(text) if is_sensitive => found.push(text),
        Json::Array(values) => values.iter().for_each(|value| collect_json(value, is_sensitive, found)),
        Json::Object(members) => {
            for (name, value) in members {
                collect_json(value, is_sensitive || looks_secret(name), found);
            }
        }
        _ => {}
    }
}

/// A secret as it stands in a decoded text.
fn plain(secret: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(decode(secret.as_bytes()).iter().map(|unit| unit.byte).collect())
}

fn is_telling(part: &[u8]) -> bool {
    let mut bytes = part.to_vec();
    bytes.sort_unstable();
    bytes.dedup();
    bytes.len() >= DIFFERENT
}

/// Values that their names tell to be secret, with their names where those look like a secret's beginning.
fn named(units: &[Unit]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let is_word = at == 0 || !units[at - 1].byte.is_ascii_alphanumeric();
        match is_word.then(|| value_at(units, at)).flatten() {
            Some(range) => {
                at = range.end;
                found.push(range);
            }
            None => at += 1,
        }
    }
    found
}

fn value_at(units: &[Unit], at: usize) -> Option<Range<usize>> {
    if let Some(value) = after_name(units, at, "authorization") {
        return whole_line(units, value.start);
    }
    if let Some(value) = after_name(units, at, "x-tc-token") {
        return one_word(units, value.start);
    }
    if let Some(end) = after(units, at, "tc3-hmac-sha256 credential") {
        return whole_line(units, end).map(|line| at..line.end);
    }
    if let Some(Value { start, is_assigned }) = after_name(units, at, "signature") {
        let value = one_word(units, start)?;
        return (is_assigned || value.len() >= SHORTEST_VALUE).then_some(at..value.end);
    }
    let Value { start, .. } = after_name(units, at, "token")?;
    let is_part = at > 0 && matches!(units[at - 1].byte, b'-' | b'_');
    one_word(units, start).filter(|value| !is_part && value.len() >= SHORTEST_VALUE)
}

/// Where a value starts.
struct Value {
    start: usize,
    /// By `=` and not by `:`.
    is_assigned: bool,
}

/// The value behind a name, which may stand in quotes.
fn after_name(units: &[Unit], at: usize, name: &str) -> Option<Value> {
    let mut next = after(units, at, name)?;
    let byte = |at: usize| units.get(at).map(|unit| unit.byte);
    if matches!(byte(next), Some(b'"' | b'\'')) {
        next += 1;
    }
    next = skip_blanks(units, next);
    let is_assigned = match byte(next)? {
        b'=' => true,
        b':' => false,
        _ => return None,
    };
    next = skip_blanks(units, next + 1);
    if matches!(byte(next), Some(b'"' | b'\'' | b'[')) {
        next = skip_blanks(units, next + 1);
    }
    if matches!(byte(next), Some(b'"' | b'\'')) {
        next += 1;
    }
    Some(Value { start: next, is_assigned })
}

/// Where a text ends that stands there, in any case.
fn after(units: &[Unit], at: usize, text: &str) -> Option<usize> {
    let end = at + text.len();
    let there = units.get(at..end)?;
    let is_there = there.iter().zip(text.bytes()).all(|(unit, byte)| unit.byte.eq_ignore_ascii_case(&byte));
    is_there.then_some(end)
}

fn skip_blanks(units: &[Unit], at: usize) -> usize {
    let blanks = units[at.min(units.len())..].iter().take_while(|unit| matches!(unit.byte, b' ' | b'\t'));
    at + blanks.count()
}

/// A header's value: up to the end of the line, the quote or the element.
fn whole_line(units: &[Unit], start: usize) -> Option<Range<usize>> {
    until(units, start, |byte| byte.is_ascii_control() || b"\"'<>`".contains(&byte))
}

/// A value without blanks.
fn one_word(units: &[Unit], start: usize) -> Option<Range<usize>> {
    until(units, start, |byte| !byte.is_ascii_alphanumeric() && !b"+/=_.~-%".contains(&byte))
}

fn until(units: &[Unit], start: usize, is_end: impl Fn(u8) -> bool) -> Option<Range<usize>> {
    let length = units.get(start..)?.iter().take_while(|unit| !is_end(unit.byte)).count();
    (length > 0).then(|| start..start + length)
}

/// The text with these pieces replaced.
fn without(text: &str, mut pieces: Vec<Range<usize>>) -> String {
    pieces.sort_unstable_by_key(|piece| piece.start);
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    let mut pieces = pieces.into_iter().peekable();
    while let Some(Range { start, mut end }) = pieces.next() {
        while let Some(next) = pieces.next_if(|next| next.start <= end) {
            end = end.max(next.end);
        }
        // What a value is cut off at may stand within a character.
        shown.push_str(&text[done..text.floor_char_boundary(start)]);
        shown.push_str(REDACTED);
        done = text.ceil_char_boundary(end);
    }
    shown.push_str(&text[done..]);
    shown
}

#[cfg(test)]
mod tests;
