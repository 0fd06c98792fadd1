//! How large an answer may become in memory: the shortest object has two characters, and what holds it hundreds of
//! bytes.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::scalar::Place;

/// Objects and lists may take this much memory, whatever the answer's size, ...
const BASE: usize = 16 * 1024 * 1024;
/// ... and this many times the answer's size besides.
const GROWTH: usize = 4;
/// About what a map takes whose members are few.
const MAP: usize = 640;
/// What a member of a map takes besides its name and its value.
const MEMBER: usize = 32;

/// How much memory objects and lists may still take.
#[derive(Debug)]
pub(super) struct Room {
    left: Cell<usize>,
    is_exhausted: Cell<bool>,
}

impl Default for Room {
    /// No limit.
    fn default() -> Self {
        Self { left: Cell::new(usize::MAX), is_exhausted: Cell::new(false) }
    }
}

impl Room {
    /// For an answer of so many bytes.
    pub(super) fn for_answer(bytes: usize) -> Self {
        let left = bytes.saturating_mul(GROWTH).saturating_add(BASE);
        Self { left: Cell::new(left), ..Self::default() }
    }

    /// Takes memory; false if there is not as much.
    #[inline]
    pub(super) fn take(&self, bytes: usize) -> bool {
        let left = self.left.get().checked_sub(bytes);
        self.left.set(left.unwrap_or(0));
        if left.is_none() {
            self.is_exhausted.set(true);
        }
        left.is_some()
    }

    /// Whether there has been less than what was to be taken.
    pub(super) fn is_exhausted(&self) -> bool {
        self.is_exhausted.get()
    }
}

/// There was no room.
#[cold]
pub(super) fn exhausted<E: Error>() -> E {
    E::custom("the answer takes too much memory")
}

/// Reads any JSON value into its place.
pub(super) fn read_json<'de, D: Deserializer<'de>>(
    d: D,
    place: Place<'_, Value>,
    room: &Room,
) -> Result<(), D::Error> {
    match ValueSeed(room).deserialize(d)? {
        Value::Null => place.clear(),
        value => place.set(value),
    }
    Ok(())
}

/// Makes a [`Value`], as its own `Deserialize` does, as long as there is room.
#[derive(Clone, Copy)]
pub(super) struct ValueSeed<'a>(pub(super) &'a Room);

impl ValueSeed<'_> {
    fn take<E: Error>(self, bytes: usize) -> Result<(), E> {
        if self.0.take(bytes) { Ok(()) } else { Err(exhausted()) }
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Value, D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Value, D::Error> {
        self.deserialize(d)
    }
    fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
        Ok(v.into())
    }
    fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
        Ok(v.into())
    }
    fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
        Ok(v.into())
    }
    fn visit_f64<E>(self, v: f64) -> Result<Value, E> {
        Ok(v.into())
    }
    fn visit_str<E>(self, v: &str) -> Result<Value, E> {
        Ok(v.into())
    }
    fn visit_string<E>(self, v: String) -> Result<Value, E> {
        Ok(v.into())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element_seed(self)? {
            self.take(size_of::<Value>())?;
            values.push(value);
        }
        Ok(Value::Array(values))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            self.take(if members.is_empty() { MAP } else { MEMBER + size_of::<Value>() + name.len() })?;
            members.insert(name, map.next_value_seed(self)?);
        }
        Ok(Value::Object(members))
    }
}
