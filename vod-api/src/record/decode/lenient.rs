//! An answer of which something does not fit, member by member: what fits is read, the rest is left at its default and
//! reported.
//!
//! The walk in `decode.rs` costs nothing more for it: it is tried first, and ends at the first value that does not fit.
//! Then the answer is read a second time, here. Each value is found in the text by `scan.rs`, which knows where it
//! ends whatever is in it, and is read by the same code as in the walk.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::de::{DeserializeSeed, IgnoredAny};
use serde_json::Deserializer;

use super::envelope::{EnvelopeMember, ServiceError};
use super::room::ValueSeed;
use super::scalar::{Place, Scalar};
use super::scan::{self, Piece};
use super::{Envelope, MemberSeed, ScalarList, Trail};
use crate::record::mismatch::{Mismatch, Mismatches};
use crate::record::unicode::{json_text, without_bom};
use crate::record::{FieldMut, Record, RecordList};

/// Objects that may lie in each other. The walk allows about as many.
const DEPTH: usize = 100;
/// Characters of a value that are shown. Longer ones are described: a part of one could be a part of a secret, which
/// could not be told any more.
const SHOWN: usize = 100;
/// Characters of a request id.
const ID_LENGTH: usize = 64;

/// What fields of objects take.
const OBJECT: &str = "an object";
const LIST_OF_OBJECTS: &str = "a list of objects";

/// An answer of which not everything fits.
pub(crate) struct Lenient<'t> {
    pub(crate) envelope: Envelope,
    pub(crate) mismatches: Mismatches,
    /// The text as it was read. It is borrowed unless it had to be repaired.
    pub(crate) text: Cow<'t, str>,
}

/// Why an answer could not be read at all.
pub(crate) enum Broken {
    /// It ends before its JSON does.
    Truncated,
    /// It is not JSON, for this reason.
    NotJson(String),
    /// It is JSON and not an envelope, for this reason.
    NoEnvelope(String),
    /// Its objects take too much memory.
    TooLarge,
}

/// Reads an answer into its response. What the response held before is gone.
pub(crate) fn decode_leniently<'t>(body: &'t [u8], response: &mut dyn Record) -> Result<Lenient<'t>, Broken> {
    let text = json_text(body);
    check_syntax(&text)?;
    reset(response);
    let mut reader = Reader::new(Trail::of_answer(text.len()));
    let mut envelope = Envelope::default();
    for (name, value) in scan::members(&text) {
        match &*name {
            "Response" if value.is_object() => {
                envelope.has_response = true;
                reader.object(response, value.text, Some(&mut envelope));
            }
            "Response" if !value.is_null() => {
                return Err(Broken::NoEnvelope(format!("its `Response` is {}", described(value))));
            }
            "code" => envelope.has_code = true,
            _ => {}
        }
    }
    if !envelope.has_response && !text.trim_ascii_start().starts_with('{') {
        return Err(Broken::NoEnvelope("it is not an object".to_owned()));
    }
    if reader.trail.room.is_exhausted() {
        return Err(Broken::TooLarge);
    }
    Ok(Lenient { envelope, mismatches: reader.mismatches, text })
}

/// Reads a record, which holds its defaults, from a piece of an answer that has been read before.
#[cfg(feature = "events")]
pub(crate) fn read_record(text: &str, record: &mut dyn Record) -> Mismatches {
    let trail = Trail::of_answer(text.len());
    let mut json = Deserializer::from_str(text);
    let seed = super::RecordSeed { record: &mut *record, trail: &trail, envelope: None };
    if seed.deserialize(&mut json).and_then(|()| json.end()).is_ok() {
        return Mismatches::default();
    }
    reset(record);
    let mut reader = Reader::new(Trail::of_answer(text.len()));
    reader.whole_record(record, text);
    reader.mismatches
}

/// Everything that is JSON, however deep it is nested, and whatever its texts and numbers are.
fn check_syntax(text: &str) -> Result<(), Broken> {
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => Ok(()),
        Err(error) if error.is_eof() => Err(Broken::Truncated),
        Err(error) => Err(Broken::NotJson(error.to_string())),
    }
}

/// Puts the defaults back into a record.
pub(crate) fn reset(record: &mut dyn Record) {
    for index in 0..record.meta().fields.len() {
        if let FieldMut::Record(inner) = record.get_mut(index) {
            reset(inner);
        } else {
            read_field(record, index, "null", &Trail::default());
        }
    }
    if let Some(unknown) = record.unknown_mut() {
        unknown.clear();
    }
}

/// Reads a field as the walk does; false if the value does not fit.
fn read_field(record: &mut dyn Record, index: usize, text: &str, trail: &Trail) -> bool {
    let seed = MemberSeed { record, index, untouched: false, trail };
    seed.deserialize(&mut Deserializer::from_str(text)).is_ok()
}

/// Fills records from text that is known to be JSON.
struct Reader {
    trail: Trail,
    mismatches: Mismatches,
    path: String,
    /// What is read now is not to be shown.
    is_secret: bool,
    depth: usize,
}

impl Reader {
    fn new(trail: Trail) -> Self {
        Self { trail, mismatches: Mismatches::default(), path: String::new(), is_secret: false, depth: 0 }
    }

    #[cfg(feature = "events")]
    fn whole_record(&mut self, record: &mut dyn Record, text: &str) {
        let value = Piece { text: text.trim_ascii(), is_whole: true };
        if value.is_object() {
            self.object(record, value.text, None);
        } else {
            self.mismatch(OBJECT, value);
        }
        if self.trail.room.is_exhausted() {
            self.mismatch("an object that takes less memory", value);
        }
    }

    /// Fills a record from an object.
    fn object(&mut self, record: &mut dyn Record, text: &str, mut envelope: Option<&mut Envelope>) {
        if self.depth == DEPTH {
            return self.mismatch("at most 100 objects in each other", Piece { text, is_whole: true });
        }
        self.depth += 1;
        let names = record.meta().fields;
        for (name, value) in scan::members(text) {
            if self.trail.room.is_exhausted() {
                break;
            }
            if let Some(index) = names.iter().position(|known| *known == name) {
                self.field(record, index, value);
            } else if let Some(envelope) = &mut envelope
                && let Some(member) = EnvelopeMember::named(&name)
            {
                envelope_member(envelope, member, value);
            } else if record.unknown().is_some() {
                self.unknown(record, &name, value);
            }
        }
        self.depth -= 1;
    }

    fn field(&mut self, record: &mut dyn Record, index: usize, value: Piece<'_>) {
        let meta = record.meta();
        let was_secret = self.is_secret;
        self.is_secret |= meta.sensitive.contains(&index);
        let name = meta.fields.get(index).copied().unwrap_or_default();
        self.below_name(name, |reader| reader.value(record, index, value));
        self.is_secret = was_secret;
    }

    fn value(&mut self, record: &mut dyn Record, index: usize, value: Piece<'_>) {
        let field = record.get_mut(index);
        let expected = expected(&field);
        match field {
            FieldMut::Record(inner) if value.is_object() => self.object(inner, value.text, None),
            FieldMut::Record(_) if value.is_null() => {}
            FieldMut::OptRecord(slot) if value.is_object() => {
                let inner = slot.insert();
                if self.trail.room.take(size_of_val(inner)) {
                    self.object(inner, value.text, None);
                }
            }
            FieldMut::OptRecord(slot) => {
                slot.clear();
                if !value.is_null() {
                    self.mismatch(expected, value);
                }
            }
            FieldMut::Records(records) if value.is_list() => self.records(records, value),
            FieldMut::Strings(list) if value.is_list() => self.list(list, "a string", value),
            FieldMut::Int64s(list) if value.is_list() => self.list(list, "a whole number", value),
            FieldMut::Uint64s(list) if value.is_list() => {
                self.list(list, "a whole number of at least 0", value);
            }
            FieldMut::Floats(list) if value.is_list() => self.list(list, "a number", value),
            FieldMut::Bools(list) if value.is_list() => self.list(list, "true or false", value),
            FieldMut::Jsons(list) if value.is_list() => self.list(list, "any JSON value", value),
            FieldMut::Texts(list) if value.is_list() => self.list(list, "a string", value),
            FieldMut::Record(_) => self.mismatch(expected, value),
            // What is left are single values, and what is no list but should be one.
            _ => {
                if !read_field(record, index, value.text, &self.trail) {
                    self.mismatch(expected, value);
                }
            }
        }
    }

    fn records(&mut self, records: &mut dyn RecordList, value: Piece<'_>) {
        records.clear();
        for (index, element) in scan::elements(value.text).enumerate() {
            let record = records.push();
            if !self.trail.room.take(size_of_val(record)) {
                return;
            }
            if element.is_object() {
                self.below_index(index, |reader| reader.object(record, element.text, None));
            } else if !element.is_null() {
                self.below_index(index, |reader| reader.mismatch(OBJECT, element));
            }
        }
    }

    /// An element that does not fit is a default value, as `null` is: lists may belong together by position.
    fn list<L: ScalarList + ?Sized>(&mut self, list: &mut L, expected: &'static str, value: Piece<'_>) {
        list.start();
        for (index, element) in scan::elements(value.text).enumerate() {
            let mut json = Deserializer::from_str(element.text);
            if list.push_next(&mut json, &self.trail).is_ok() {
                continue;
            }
            if self.trail.room.is_exhausted() {
                return;
            }
            list.push_default();
            self.below_index(index, |reader| reader.mismatch(expected, element));
        }
    }

    /// Keeps a member that the spec does not know.
    fn unknown(&mut self, record: &mut dyn Record, name: &str, value: Piece<'_>) {
        let seed = ValueSeed(&self.trail.room);
        match (seed.deserialize(&mut Deserializer::from_str(value.text)), record.unknown_mut()) {
            (Ok(value), Some(unknown)) if !value.is_null() => {
                unknown.insert(name.to_owned(), value);
            }
            (Ok(_), _) => {}
            (Err(_), _) => {
                // What the spec does not know may be a secret.
                let was_secret = std::mem::replace(&mut self.is_secret, true);
                let is_plain =
                    name.len() <= 64 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
                let shown = if is_plain { name } else { "*" };
                let expected = "numbers that can be held and at most 127 levels";
                self.below_name(shown, |reader| reader.mismatch(expected, value));
                self.is_secret = was_secret;
            }
        }
    }

    fn below_name(&mut self, name: &str, read: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(name);
        read(self);
        self.path.truncate(length);
    }

    fn below_index(&mut self, index: usize, read: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        // Writing to a String cannot fail.
        let _ = write!(self.path, "[{index}]");
        read(self);
        self.path.truncate(length);
    }

    #[cold]
    fn mismatch(&mut self, expected: &'static str, value: Piece<'_>) {
        if !self.trail.room.is_exhausted() {
            // A text in place of an object may be what the object's sensitive fields would hide.
            let hides =
                matches!(expected, OBJECT | LIST_OF_OBJECTS) && value.is_string() && value.text.len() > 2;
            let found = match (self.is_secret, hides) {
                (true, _) => "a value that is not shown".to_owned(),
                (false, true) => format!("a string of {} bytes", value.text.len()),
                (false, false) => described(value),
            };
            self.mismatches.add(Mismatch::new(self.path.clone(), expected, found));
        }
    }
}

fn expected(field: &FieldMut<'_>) -> &'static str {
    match field {
        FieldMut::String(_) | FieldMut::OptString(_) | FieldMut::Text(_) | FieldMut::OptText(_) => "a string",
        FieldMut::Int64(_) | FieldMut::OptInt64(_) => "a whole number",
        FieldMut::Uint64(_) | FieldMut::OptUint64(_) => "a whole number of at least 0",
        FieldMut::Float(_) | FieldMut::OptFloat(_) => "a number",
        FieldMut::Bool(_) | FieldMut::OptBool(_) => "true or false",
        FieldMut::Json(_) | FieldMut::OptJson(_) | FieldMut::None => "any JSON value",
        FieldMut::Blob(_) | FieldMut::OptBlob(_) => "Base64 text",
        FieldMut::Record(_) | FieldMut::OptRecord(_) => OBJECT,
        FieldMut::Records(_) => LIST_OF_OBJECTS,
        FieldMut::Strings(_)
        | FieldMut::Int64s(_)
        | FieldMut::Uint64s(_)
        | FieldMut::Floats(_)
        | FieldMut::Bools(_)
        | FieldMut::Jsons(_)
        | FieldMut::Texts(_) => "a list",
    }
}

/// A value as it came if it is short, and in words if it is not.
fn described(value: Piece<'_>) -> String {
    let text = value.text;
    let what = if value.is_object() {
        "an object"
    } else if value.is_list() {
        "a list"
    } else {
        if text.chars().nth(SHOWN).is_none() {
            return text.to_owned();
        }
        if value.is_string() { "a string" } else { "a number" }
    };
    if text.len() <= 2 { text.to_owned() } else { format!("{what} of {} bytes", text.len()) }
}

fn envelope_member(envelope: &mut Envelope, member: EnvelopeMember, value: Piece<'_>) {
    match member {
        EnvelopeMember::Error => envelope.error = service_error(value),
        EnvelopeMember::DeprecatedWarning => envelope.deprecated = scan::unquoted(value).map(Cow::into_owned),
    }
}

/// The failure that an `Error` member tells; `null` is none. Whatever else it is, it is one.
fn service_error(value: Piece<'_>) -> Option<ServiceError> {
    if value.is_null() {
        return None;
    }
    let mut error = ServiceError::default();
    if value.is_object() {
        let text = |name| plain_text(scan::member(value.text, name)?);
        error.code = text("Code").unwrap_or_default();
        error.message = text("Message").unwrap_or_default();
    } else {
        error.message = match plain_text(value) {
            Some(text) if !text.is_empty() => text,
            _ => format!("the answer's `Error` is {}", described(value)),
        };
    }
    Some(error)
}

/// A text, or what is taken for one.
fn plain_text(value: Piece<'_>) -> Option<String> {
    let mut text = None;
    Scalar::read(&mut Deserializer::from_str(value.text), Place::Optional(&mut text)).ok()?;
    text
}

/// The service's own failure in a body that is not JSON: one that breaks off, or whose message breaks its JSON. Only
/// what stands before the break counts, so that code and place of the failure are certain. With it comes the request
/// id if one can be seen.
pub(crate) fn refusal_in(body: &[u8]) -> Option<(ServiceError, Option<String>)> {
    let text = json_text(without_bom(body));
    let response = scan::member(&text, "Response")?;
    let error = scan::member(response.text, "Error")?;
    let code = scan::unquoted(scan::member(error.text, "Code")?)?.into_owned();
    if code.is_empty() {
        return None;
    }
    let message = scan::member(error.text, "Message").and_then(scan::unquoted);
    let message = message.unwrap_or(Cow::Borrowed("its message can't be read")).into_owned();
    Some((ServiceError { code, message }, request_id_in(&text)))
}

fn request_id_in(text: &str) -> Option<String> {
    let (_, behind) = text.rsplit_once("\"RequestId\"")?;
    let (_, value) = behind.split_once('"').filter(|(between, _)| between.trim_ascii() == ":")?;
    let (id, _) = value.split_once('"')?;
    let is_id = (1..=ID_LENGTH).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_id.then(|| id.to_owned())
}
