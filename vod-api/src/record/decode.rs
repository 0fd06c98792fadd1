//! JSON, or any other serde format, into a record.
//!
//! One walk for all types: serde's streaming deserializer is driven by seeds over `&mut dyn Record`. It is
//! lenient where services are sloppy: absent and `null` leave the default, unknown members are skipped or kept,
//! a number in a string and a string for a number are taken.
//!
//! A failing value's path costs nothing on the way in: each level adds its step to the trail on the way out.

mod envelope;
mod scalar;

use std::cell::RefCell;
use std::fmt::{self, Write as _};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use self::scalar::Scalar;
use super::{FieldMut, OptionalRecord, OptionalText, Record, RecordList, Text, TextList};

pub(crate) use self::envelope::{BareResponse, DecodeError, ServiceError, decode_envelope};

/// Deserialises a record that holds its defaults.
///
/// # Errors
/// Those of the deserializer, with the path of the value: `EventSet[3].FileUploadEvent.FileId: invalid type …`.
pub fn deserialize_record<'de, D>(record: &mut dyn Record, deserializer: D) -> Result<(), D::Error>
where
    D: Deserializer<'de>,
{
    let trail = Trail::default();
    RecordSeed { record, trail: &trail, error: None }.deserialize(deserializer).map_err(|error| {
        let path = trail.to_string();
        if path.is_empty() { error } else { D::Error::custom(format_args!("{path}: {error}")) }
    })
}

/// The steps to a value that failed, innermost first.
#[derive(Default)]
struct Trail(RefCell<Vec<Step>>);

enum Step {
    Field(&'static str),
    Index(usize),
}

impl Trail {
    #[cold]
    fn add(&self, step: Step) {
        self.0.borrow_mut().push(step);
    }
}

impl fmt::Display for Trail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.borrow().iter().rev().enumerate() {
            match step {
                Step::Field(name) if i == 0 => f.write_str(name)?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Fills a record from a map.
struct RecordSeed<'a> {
    record: &'a mut dyn Record,
    trail: &'a Trail,
    /// Where the envelope's `Error` member goes, which only the outermost object of an answer may have.
    error: Option<&'a mut Option<ServiceError>>,
}

impl<'de> DeserializeSeed<'de> for RecordSeed<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RecordSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { record, trail, mut error } = self;
        let names = record.meta().fields;
        let keep_unknown = record.unknown_mut().is_some();
        let mut hint = 0;
        while let Some(key) = map.next_key_seed(KeySeed { names, hint, keep_unknown })? {
            match key {
                Key::Known(i) => {
                    hint = i + 1;
                    if let Err(e) = map.next_value_seed(MemberSeed { record: &mut *record, index: i, trail })
                    {
                        trail.add(Step::Field(names.get(i).copied().unwrap_or_default()));
                        return Err(e);
                    }
                }
                Key::Error if error.is_some() => {
                    if let Some(error) = &mut error {
                        **error = envelope::next_error(&mut map, trail)?;
                    }
                }
                Key::Kept(name) => {
                    let value = map.next_value::<Value>()?;
                    if let Some(unknown) = record.unknown_mut()
                        && !value.is_null()
                    {
                        unknown.insert(name, value);
                    }
                }
                Key::Error | Key::Skipped => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

enum Key {
    Known(usize),
    /// `Error`, where it is no field of the record.
    Error,
    Kept(String),
    Skipped,
}

/// Finds a member's index. Services write members in the order of their model, so the one after the last is
/// tried first, then those behind it.
struct KeySeed {
    names: &'static [&'static str],
    hint: usize,
    keep_unknown: bool,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E>(self, key: &str) -> Result<Key, E> {
        let (before, behind) = self.names.split_at(self.hint.min(self.names.len()));
        if let Some(i) = behind.iter().position(|name| *name == key) {
            return Ok(Key::Known(before.len() + i));
        }
        if let Some(i) = before.iter().position(|name| *name == key) {
            return Ok(Key::Known(i));
        }
        Ok(match key {
            _ if self.keep_unknown => Key::Kept(key.to_owned()),
            "Error" => Key::Error,
            _ => Key::Skipped,
        })
    }
}

/// Fills one field of a record. It looks the field up only when its value comes: handing a [`FieldMut`] from
/// seed to seed would copy it each time, right after it was written.
struct MemberSeed<'a> {
    record: &'a mut dyn Record,
    index: usize,
    trail: &'a Trail,
}

impl<'de> DeserializeSeed<'de> for MemberSeed<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        self.record.get_mut(self.index).fill(d, self.trail)
    }
}

impl FieldMut<'_> {
    /// Reads the field's value.
    #[inline]
    fn fill<'de, D: Deserializer<'de>>(self, d: D, trail: &Trail) -> Result<(), D::Error> {
        match self {
            FieldMut::String(slot) => plain(slot, d),
            FieldMut::OptString(slot) => optional(slot, d),
            FieldMut::Strings(slot) => list(slot, d, trail),
            FieldMut::Int64(slot) => plain(slot, d),
            FieldMut::OptInt64(slot) => optional(slot, d),
            FieldMut::Int64s(slot) => list(slot, d, trail),
            FieldMut::Uint64(slot) => plain(slot, d),
            FieldMut::OptUint64(slot) => optional(slot, d),
            FieldMut::Uint64s(slot) => list(slot, d, trail),
            FieldMut::Float(slot) => plain(slot, d),
            FieldMut::OptFloat(slot) => optional(slot, d),
            FieldMut::Floats(slot) => list(slot, d, trail),
            FieldMut::Bool(slot) => plain(slot, d),
            FieldMut::OptBool(slot) => optional(slot, d),
            FieldMut::Bools(slot) => list(slot, d, trail),
            FieldMut::Json(slot) => plain(slot, d),
            FieldMut::OptJson(slot) => optional(slot, d),
            FieldMut::Jsons(slot) => list(slot, d, trail),
            FieldMut::Text(slot) => scalar::read_text(d, TextTarget::One(slot)),
            FieldMut::OptText(slot) => scalar::read_text(d, TextTarget::Optional(slot)),
            FieldMut::Texts(slot) => list(slot, d, trail),
            FieldMut::Record(record) => or_null(d, ObjectTarget::Plain(record), trail),
            FieldMut::OptRecord(record) => or_null(d, ObjectTarget::Optional(record), trail),
            FieldMut::Records(records) => list(records, d, trail),
            FieldMut::None => d.deserialize_ignored_any(IgnoredAny).map(|_| ()),
        }
    }
}

fn plain<'de, T: Scalar, D: Deserializer<'de>>(slot: &mut T, d: D) -> Result<(), D::Error> {
    *slot = T::read(d)?.unwrap_or_default();
    Ok(())
}

fn optional<'de, T: Scalar, D: Deserializer<'de>>(slot: &mut Option<T>, d: D) -> Result<(), D::Error> {
    *slot = T::read(d)?;
    Ok(())
}

/// Where a text goes: into a field or onto a list.
enum TextTarget<'a> {
    One(&'a mut dyn Text),
    Optional(&'a mut dyn OptionalText),
    Pushed(&'a mut dyn TextList),
}

impl TextTarget<'_> {
    fn set(self, text: Option<&str>) {
        match self {
            TextTarget::One(slot) => slot.set_text(text.unwrap_or_default()),
            TextTarget::Optional(slot) => slot.set_text(text),
            TextTarget::Pushed(slot) => slot.push(text.unwrap_or_default()),
        }
    }
}

/// Where an object goes.
enum ObjectTarget<'a> {
    Plain(&'a mut dyn Record),
    Optional(&'a mut dyn OptionalRecord),
}

/// An object, or `null` for none.
fn or_null<'de, 'a, D: Deserializer<'de>>(
    d: D,
    target: ObjectTarget<'a>,
    trail: &'a Trail,
) -> Result<(), D::Error> {
    if d.is_human_readable() {
        d.deserialize_option(ObjectSeed { target, trail })
    } else {
        // Absent objects are not written, so that what is there is an object.
        ObjectSeed { target, trail }.visit_some(d)
    }
}

struct ObjectSeed<'a> {
    target: ObjectTarget<'a>,
    trail: &'a Trail,
}

impl<'de> Visitor<'de> for ObjectSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or null")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        if let ObjectTarget::Optional(slot) = self.target {
            slot.clear();
        }
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        let record = match self.target {
            ObjectTarget::Plain(record) => record,
            ObjectTarget::Optional(slot) => slot.insert(),
        };
        RecordSeed { record, trail: self.trail, error: None }.deserialize(d)
    }
}

/// A list that can be filled value by value. A `null` among the values is a default value, so that lists which
/// belong together by position stay in step.
trait List {
    fn start(&mut self);
    fn push_next<'de, A: SeqAccess<'de>>(&mut self, seq: &mut A, trail: &Trail) -> Result<bool, A::Error>;
}

impl<T: Scalar> List for Vec<T> {
    fn start(&mut self) {
        self.clear();
    }
    fn push_next<'de, A: SeqAccess<'de>>(&mut self, seq: &mut A, _: &Trail) -> Result<bool, A::Error> {
        let value = seq.next_element_seed(scalar::ScalarSeed::<T>::new())?;
        Ok(value.map(|value| self.push(value.unwrap_or_default())).is_some())
    }
}

impl List for dyn TextList + '_ {
    fn start(&mut self) {
        self.clear();
    }
    fn push_next<'de, A: SeqAccess<'de>>(&mut self, seq: &mut A, _: &Trail) -> Result<bool, A::Error> {
        struct Push<'a>(&'a mut dyn TextList);
        impl<'de> DeserializeSeed<'de> for Push<'_> {
            type Value = ();
            fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
                scalar::read_text(d, TextTarget::Pushed(self.0))
            }
        }
        Ok(seq.next_element_seed(Push(self))?.is_some())
    }
}

impl List for dyn RecordList + '_ {
    fn start(&mut self) {
        self.clear();
    }
    fn push_next<'de, A: SeqAccess<'de>>(&mut self, seq: &mut A, trail: &Trail) -> Result<bool, A::Error> {
        struct Push<'a>(&'a mut dyn RecordList, &'a Trail);
        impl<'de> DeserializeSeed<'de> for Push<'_> {
            type Value = ();
            fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
                or_null(d, ObjectTarget::Plain(self.0.push()), self.1)
            }
        }
        Ok(seq.next_element_seed(Push(self, trail))?.is_some())
    }
}

/// A list, or `null` for an empty one.
fn list<'de, L: List + ?Sized, D: Deserializer<'de>>(
    list: &mut L,
    d: D,
    trail: &Trail,
) -> Result<(), D::Error> {
    list.start();
    let human_readable = d.is_human_readable();
    let seed = ListSeed { list, trail };
    if human_readable { d.deserialize_any(seed) } else { d.deserialize_seq(seed) }
}

struct ListSeed<'a, L: ?Sized> {
    list: &'a mut L,
    trail: &'a Trail,
}

impl<'de, L: List + ?Sized> Visitor<'de> for ListSeed<'_, L> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or null")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut index = 0;
        loop {
            match self.list.push_next(&mut seq, self.trail) {
                Ok(true) => index += 1,
                Ok(false) => return Ok(()),
                Err(e) => {
                    self.trail.add(Step::Index(index));
                    return Err(e);
                }
            }
        }
    }
}

/// Renders what an error says with its path, for errors that have both.
fn with_path(path: &str, message: &dyn fmt::Display) -> String {
    let mut text = String::new();
    if !path.is_empty() {
        // Writing to a String cannot fail.
        let _ = write!(text, "{path}: ");
    }
    let _ = write!(text, "{message}");
    text
}
