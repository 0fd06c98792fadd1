//! JSON, or any other serde format, into a record.
//!
//! One walk for all types: serde's streaming deserializer is driven by seeds over `&mut dyn Record`. It is
//! lenient where services are sloppy: absent and `null` leave the default, unknown members are skipped or kept,
//! a number in a string and a string for a number are taken. It ends at the first value that does not fit; what
//! becomes of an answer that holds one is decided in `lenient.rs`.
//!
//! A failing value's path costs nothing on the way in: each level adds its step to the trail on the way out.

mod envelope;
mod lenient;
mod room;
mod scalar;
pub(crate) mod scan;

use std::cell::RefCell;
use std::fmt::{self, Write as _};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use self::envelope::EnvelopeMember;
use self::room::{Room, ValueSeed};
use self::scalar::{Place, Scalar};
use super::{FieldMut, OptionalRecord, OptionalText, Record, RecordList, Text, TextList};

pub(crate) use self::envelope::{Envelope, Retired, ServiceError, decode_envelope};
#[cfg(feature = "events")]
pub(crate) use self::lenient::read_record;
pub(crate) use self::lenient::{Broken, Lenient, decode_leniently, refusal_in, reset};
pub use self::scalar::deserialize_text;

/// Deserialises a record that holds its defaults.
///
/// # Errors
/// Those of the deserializer, with the path of the value: `EventSet[3].FileUploadEvent.FileId: invalid type …`.
pub fn deserialize_record<'de, D>(record: &mut dyn Record, deserializer: D) -> Result<(), D::Error>
where
    D: Deserializer<'de>,
{
    let trail = Trail::default();
    RecordSeed { record, trail: &trail, envelope: None }.deserialize(deserializer).map_err(|error| {
        let path = trail.to_string();
        if path.is_empty() { error } else { D::Error::custom(format_args!("{path}: {error}")) }
    })
}

/// Deserialises a new record.
///
/// # Errors
/// Those of the deserializer, with the path of the value: `EventSet[3].FileUploadEvent.FileId: invalid type …`.
pub fn deserialize_new<'de, R, D>(deserializer: D) -> Result<R, D::Error>
where
    R: Record + Default,
    D: Deserializer<'de>,
{
    let mut record = R::default();
    deserialize_record(&mut record, deserializer)?;
    Ok(record)
}

/// The steps to a value that failed, innermost first; and how much room there is for objects.
#[derive(Default)]
struct Trail {
    steps: RefCell<Vec<Step>>,
    room: Room,
}

enum Step {
    Field(&'static str),
    Index(usize),
}

impl Trail {
    /// For an answer of so many bytes.
    fn of_answer(bytes: usize) -> Self {
        Self { steps: RefCell::default(), room: Room::for_answer(bytes) }
    }

    #[cold]
    fn add(&self, step: Step) {
        self.steps.borrow_mut().push(step);
    }
}

impl fmt::Display for Trail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.steps.borrow().iter().rev().enumerate() {
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
    /// Where the members go that only the outermost object of an answer may have.
    envelope: Option<&'a mut Envelope>,
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
        let Self { record, trail, mut envelope } = self;
        let names = record.meta().fields;
        let mut hint = 0;
        let mut filled = 0;
        let mut unknown_name = String::new();
        let is_outermost = envelope.is_some();
        while let Some(key) = map.next_key_seed(KeySeed {
            record: &*record,
            names,
            hint,
            is_outermost,
            unknown_name: &mut unknown_name,
        })? {
            match key {
                Key::Known(i) => {
                    let untouched = i >= filled;
                    filled = filled.max(i + 1);
                    hint = i + 1;
                    let seed = MemberSeed { record: &mut *record, index: i, untouched, trail };
                    if let Err(e) = map.next_value_seed(seed) {
                        trail.add(Step::Field(names.get(i).copied().unwrap_or_default()));
                        return Err(e);
                    }
                }
                Key::OfEnvelope(member) => match &mut envelope {
                    Some(envelope) => envelope.read_member(member, &mut map, trail)?,
                    None => {
                        map.next_value::<IgnoredAny>()?;
                    }
                },
                Key::Kept => {
                    let name = std::mem::take(&mut unknown_name);
                    let value = map.next_value_seed(ValueSeed(&trail.room))?;
                    if let Some(unknown) = record.unknown_mut()
                        && !value.is_null()
                    {
                        unknown.insert(name, value);
                    }
                }
                Key::Skipped => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

enum Key {
    /// A field, by its index.
    Known(usize),
    /// `Error` and the like, where it is no field of the record.
    OfEnvelope(EnvelopeMember),
    /// A member that the spec does not know and the record keeps.
    Kept,
    Skipped,
}

/// Finds a member's index. Services write members in the order of their model, so the one after the last is
/// tried first, then those behind it.
struct KeySeed<'a> {
    record: &'a dyn Record,
    names: &'static [&'static str],
    hint: usize,
    /// Whether the record is the response itself, beside whose members `Error` stands.
    is_outermost: bool,
    /// Where the name of an unknown member goes, if the record keeps it.
    unknown_name: &'a mut String,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E>(self, key: &str) -> Result<Key, E> {
        if self.names.get(self.hint).is_some_and(|name| is_same(name, key)) {
            return Ok(Key::Known(self.hint));
        }
        let (before, behind) = self.names.split_at(self.hint.min(self.names.len()));
        let mut others = behind.iter().chain(before).zip((self.hint..self.names.len()).chain(0..));
        if let Some((_, i)) = others.find(|(name, _)| **name == key) {
            return Ok(Key::Known(i));
        }
        // Before what the record keeps: a service error must never be one of its unknown members.
        if let Some(member) = EnvelopeMember::named(key).filter(|_| self.is_outermost) {
            return Ok(Key::OfEnvelope(member));
        }
        if self.record.unknown().is_some() {
            key.clone_into(self.unknown_name);
            return Ok(Key::Kept);
        }
        Ok(Key::Skipped)
    }
}

/// Compares names. They are short, so that comparing words in place costs less than the call for any length.
#[inline]
fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let word = |bytes: &[u8; 8]| u64::from_ne_bytes(*bytes);
    if a.len() != b.len() {
        return false;
    }
    // The last word overlaps the ones before, where the length is no multiple of theirs.
    if let (Some(a_last), Some(b_last)) = (a.last_chunk(), b.last_chunk()) {
        let ((a, _), (b, _)) = (a.as_chunks(), b.as_chunks());
        return word(a_last) == word(b_last) && a.iter().zip(b).all(|(a, b)| word(a) == word(b));
    }
    match (a.first_chunk::<4>(), b.first_chunk::<4>()) {
        (Some(a_first), Some(b_first)) => a_first == b_first && a.last_chunk::<4>() == b.last_chunk::<4>(),
        _ => a.iter().zip(b).all(|(a, b)| a == b),
    }
}

/// Fills one field of a record. It looks the field up only when its value comes: handing a [`FieldMut`] from
/// seed to seed would copy it each time, right after it was written.
struct MemberSeed<'a> {
    record: &'a mut dyn Record,
    index: usize,
    /// No earlier member can have filled the field, so that `null` leaves it as it is.
    untouched: bool,
    trail: &'a Trail,
}

impl<'de> DeserializeSeed<'de> for MemberSeed<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        if self.untouched && d.is_human_readable() {
            // Services write `null` for most of what a type can hold: it is not worth a look at the field.
            d.deserialize_option(self)
        } else {
            self.visit_some(d)
        }
    }
}

impl<'de> Visitor<'de> for MemberSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    #[inline]
    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    #[inline]
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        let trail = self.trail;
        match self.record.get_mut(self.index) {
            FieldMut::String(slot) => Scalar::read(d, Place::Plain(slot)),
            FieldMut::OptString(slot) => Scalar::read(d, Place::Optional(slot)),
            FieldMut::Strings(slot) => list(slot, d, trail),
            FieldMut::Int64(slot) => Scalar::read(d, Place::Plain(slot)),
            FieldMut::OptInt64(slot) => Scalar::read(d, Place::Optional(slot)),
            FieldMut::Int64s(slot) => list(slot, d, trail),
            FieldMut::Uint64(slot) => Scalar::read(d, Place::Plain(slot)),
            FieldMut::OptUint64(slot) => Scalar::read(d, Place::Optional(slot)),
            FieldMut::Uint64s(slot) => list(slot, d, trail),
            FieldMut::Float(slot) => Scalar::read(d, Place::Plain(slot)),
            FieldMut::OptFloat(slot) => Scalar::read(d, Place::Optional(slot)),
            FieldMut::Floats(slot) => list(slot, d, trail),
            FieldMut::Bool(slot) => Scalar::read(d, Place::Plain(slot)),
            FieldMut::OptBool(slot) => Scalar::read(d, Place::Optional(slot)),
            FieldMut::Bools(slot) => list(slot, d, trail),
            FieldMut::Json(slot) => room::read_json(d, Place::Plain(slot), &trail.room),
            FieldMut::OptJson(slot) => room::read_json(d, Place::Optional(slot), &trail.room),
            FieldMut::Jsons(slot) => list(slot, d, trail),
            FieldMut::Blob(slot) => Scalar::read(d, Place::Plain(slot)),
            FieldMut::OptBlob(slot) => Scalar::read(d, Place::Optional(slot)),
            FieldMut::Text(slot) => scalar::read_text(d, TextTarget::One(slot)),
            FieldMut::OptText(slot) => scalar::read_text(d, TextTarget::Optional(slot)),
            FieldMut::Texts(slot) => list(slot, d, trail),
            FieldMut::Record(record) => or_null(d, record, trail),
            FieldMut::OptRecord(record) => or_null(d, record, trail),
            FieldMut::Records(records) => list(records, d, trail),
            FieldMut::None => d.deserialize_ignored_any(IgnoredAny).map(|_| ()),
        }
    }
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
trait ObjectTarget<'a> {
    /// The object to fill, which may be a new one.
    fn record(self, room: &Room) -> Option<&'a mut dyn Record>;
    /// Takes a `null`.
    fn clear(self);
}

impl<'a> ObjectTarget<'a> for &'a mut dyn Record {
    #[inline]
    fn record(self, _: &Room) -> Option<&'a mut dyn Record> {
        Some(self)
    }
    fn clear(self) {}
}

impl<'a> ObjectTarget<'a> for &'a mut dyn OptionalRecord {
    #[inline]
    fn record(self, room: &Room) -> Option<&'a mut dyn Record> {
        let record = self.insert();
        room.take(size_of_val(record)).then_some(record)
    }
    fn clear(self) {
        OptionalRecord::clear(self);
    }
}

/// An object, or `null` for none.
fn or_null<'de, 'a, D: Deserializer<'de>>(
    d: D,
    target: impl ObjectTarget<'a>,
    trail: &'a Trail,
) -> Result<(), D::Error> {
    if d.is_human_readable() {
        d.deserialize_option(ObjectSeed { target, trail })
    } else {
        // Absent objects are not written, so that what is there is an object.
        ObjectSeed { target, trail }.visit_some(d)
    }
}

struct ObjectSeed<'a, T> {
    target: T,
    trail: &'a Trail,
}

impl<'de, 'a, T: ObjectTarget<'a>> Visitor<'de> for ObjectSeed<'a, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or null")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.target.clear();
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        let record = self.target.record(&self.trail.room).ok_or_else(room::exhausted)?;
        RecordSeed { record, trail: self.trail, envelope: None }.deserialize(d)
    }
}

/// A list that can be filled value by value. A `null` among the values is a default value, so that lists which
/// belong together by position stay in step.
trait List {
    fn start(&mut self);
    /// Reads a value onto the end.
    fn push_next<'de, D: Deserializer<'de>>(&mut self, d: D, trail: &Trail) -> Result<(), D::Error>;
}

/// A list of single values.
trait ScalarList: List {
    /// Appends a default value.
    fn push_default(&mut self);
}

impl<T: Scalar> List for Vec<T> {
    fn start(&mut self) {
        self.clear();
    }
    #[inline]
    fn push_next<'de, D: Deserializer<'de>>(&mut self, d: D, trail: &Trail) -> Result<(), D::Error> {
        if !trail.room.take(size_of::<T>()) {
            return Err(room::exhausted());
        }
        Scalar::read(d, Place::Pushed(self))
    }
}

impl<T: Scalar> ScalarList for Vec<T> {
    fn push_default(&mut self) {
        self.push(T::default());
    }
}

impl List for Vec<Value> {
    fn start(&mut self) {
        self.clear();
    }
    fn push_next<'de, D: Deserializer<'de>>(&mut self, d: D, trail: &Trail) -> Result<(), D::Error> {
        room::read_json(d, Place::Pushed(self), &trail.room)
    }
}

impl ScalarList for Vec<Value> {
    fn push_default(&mut self) {
        self.push(Value::Null);
    }
}

impl List for dyn TextList + '_ {
    fn start(&mut self) {
        self.clear();
    }
    #[inline]
    fn push_next<'de, D: Deserializer<'de>>(&mut self, d: D, trail: &Trail) -> Result<(), D::Error> {
        if !trail.room.take(size_of::<String>()) {
            return Err(room::exhausted());
        }
        scalar::read_text(d, TextTarget::Pushed(self))
    }
}

impl ScalarList for dyn TextList + '_ {
    fn push_default(&mut self) {
        self.push("");
    }
}

impl List for dyn RecordList + '_ {
    fn start(&mut self) {
        self.clear();
    }
    #[inline]
    fn push_next<'de, D: Deserializer<'de>>(&mut self, d: D, trail: &Trail) -> Result<(), D::Error> {
        let record = self.push();
        if !trail.room.take(size_of_val(record)) {
            return Err(room::exhausted());
        }
        or_null(d, record, trail)
    }
}

/// Reads a value of a list.
struct PushSeed<'a, L: ?Sized>(&'a mut L, &'a Trail);

impl<'de, L: List + ?Sized> DeserializeSeed<'de> for PushSeed<'_, L> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        self.0.push_next(d, self.1)
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
            match seq.next_element_seed(PushSeed(&mut *self.list, self.trail)) {
                Ok(Some(())) => index += 1,
                Ok(None) => return Ok(()),
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
