//! Single values, with the crossovers between text and numbers that services make.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Expected, Unexpected, Visitor};

use super::TextTarget;
use crate::blob::Blob;
use crate::record::Text;

/// A value that a field or a list holds.
pub(super) trait Scalar: Default {
    /// Reads one.
    fn read<'de, D: Deserializer<'de>>(d: D, place: Place<'_, Self>) -> Result<(), D::Error>;
}

/// Where a value goes. It is written there at once: a value that is passed up through the layers of a
/// deserializer is copied in each of them.
pub(super) enum Place<'a, T> {
    Plain(&'a mut T),
    Optional(&'a mut Option<T>),
    Pushed(&'a mut Vec<T>),
}

impl<T: Default> Place<'_, T> {
    #[inline]
    pub(super) fn set(self, value: T) {
        match self {
            Place::Plain(slot) => *slot = value,
            Place::Optional(slot) => *slot = Some(value),
            Place::Pushed(list) => list.push(value),
        }
    }

    /// Takes a `null`.
    #[inline]
    pub(super) fn clear(self) {
        match self {
            Place::Plain(slot) => *slot = T::default(),
            Place::Optional(slot) => *slot = None,
            Place::Pushed(list) => list.push(T::default()),
        }
    }
}

/// Formats that describe themselves may hold another kind than the spec says; others can only be asked for it.
macro_rules! scalar {
    ($type:ty, $typed:ident) => {
        impl Scalar for $type {
            #[inline]
            fn read<'de, D: Deserializer<'de>>(d: D, place: Place<'_, Self>) -> Result<(), D::Error> {
                if d.is_human_readable() { d.deserialize_any(Target(place)) } else { d.$typed(Target(place)) }
            }
        }
    };
}

scalar!(String, deserialize_string);
scalar!(i64, deserialize_i64);
scalar!(u64, deserialize_u64);
scalar!(f64, deserialize_f64);
scalar!(bool, deserialize_bool);
scalar!(Blob, deserialize_str);

/// What the value may be, by the type of its place.
struct Target<'a, T>(Place<'a, T>);

/// `null` clears the place, whatever the type.
macro_rules! null {
    () => {
        fn visit_unit<E: Error>(self) -> Result<(), E> {
            self.0.clear();
            Ok(())
        }
        fn visit_none<E: Error>(self) -> Result<(), E> {
            self.visit_unit()
        }
    };
}

impl Visitor<'_> for Target<'_, String> {
    type Value = ();
    null!();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }
    #[inline]
    fn visit_str<E: Error>(self, v: &str) -> Result<(), E> {
        self.visit_string(v.to_owned())
    }
    #[inline]
    fn visit_string<E: Error>(self, v: String) -> Result<(), E> {
        self.0.set(v);
        Ok(())
    }
    fn visit_i64<E: Error>(self, v: i64) -> Result<(), E> {
        self.visit_string(v.to_string())
    }
    fn visit_u64<E: Error>(self, v: u64) -> Result<(), E> {
        self.visit_string(v.to_string())
    }
    fn visit_f64<E: Error>(self, v: f64) -> Result<(), E> {
        self.visit_string(v.to_string())
    }
    fn visit_bool<E: Error>(self, v: bool) -> Result<(), E> {
        self.visit_string(v.to_string())
    }
}

impl<T: Default> Target<'_, T> {
    /// Takes a value that was converted, unless the conversion failed.
    #[inline]
    fn take<E: Error>(self, value: Option<T>, unexpected: Unexpected<'_>) -> Result<(), E>
    where
        Self: Expected,
    {
        match value {
            Some(value) => {
                self.0.set(value);
                Ok(())
            }
            None => Err(E::invalid_value(unexpected, &self)),
        }
    }

    /// Takes a number that stands in a text; blanks are as good as `null`.
    fn take_text<E: Error>(self, text: &str) -> Result<(), E>
    where
        T: FromStr,
        Self: Expected,
    {
        match text.trim() {
            "" => {
                self.0.clear();
                Ok(())
            }
            number => self.take(number.parse().ok(), Unexpected::Str(text)),
        }
    }
}

/// The two whole-number types differ only in what they can hold.
macro_rules! whole_number {
    ($type:ty, $expected:literal) => {
        impl Visitor<'_> for Target<'_, $type> {
            type Value = ();
            null!();
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($expected)
            }
            #[inline]
            fn visit_i64<E: Error>(self, v: i64) -> Result<(), E> {
                self.take(v.try_into().ok(), Unexpected::Signed(v))
            }
            #[inline]
            fn visit_u64<E: Error>(self, v: u64) -> Result<(), E> {
                self.take(v.try_into().ok(), Unexpected::Unsigned(v))
            }
            fn visit_f64<E: Error>(self, v: f64) -> Result<(), E> {
                let number = whole(v).and_then(|whole| whole.try_into().ok());
                self.take(number, Unexpected::Float(v))
            }
            fn visit_str<E: Error>(self, v: &str) -> Result<(), E> {
                self.take_text(v)
            }
        }
    };
}

whole_number!(i64, "a whole number");
whole_number!(u64, "a whole number of at least 0");

/// The whole number that a float is, where it is one that a float holds exactly.
fn whole(v: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation)] // it is whole and below 2^53
    (v.fract() == 0.0 && v.abs() <= EXACT).then_some(v as i64)
}

impl Visitor<'_> for Target<'_, f64> {
    type Value = ();
    null!();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }
    #[inline]
    fn visit_f64<E: Error>(self, v: f64) -> Result<(), E> {
        self.0.set(v);
        Ok(())
    }
    #[inline]
    #[allow(clippy::cast_precision_loss)] // what any JSON reader does with a whole number for a float
    fn visit_i64<E: Error>(self, v: i64) -> Result<(), E> {
        self.visit_f64(v as f64)
    }
    #[inline]
    #[allow(clippy::cast_precision_loss)]
    fn visit_u64<E: Error>(self, v: u64) -> Result<(), E> {
        self.visit_f64(v as f64)
    }
    fn visit_str<E: Error>(self, v: &str) -> Result<(), E> {
        self.take_text(v)
    }
}

impl Visitor<'_> for Target<'_, bool> {
    type Value = ();
    null!();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false")
    }
    #[inline]
    fn visit_bool<E: Error>(self, v: bool) -> Result<(), E> {
        self.0.set(v);
        Ok(())
    }
    fn visit_u64<E: Error>(self, v: u64) -> Result<(), E> {
        let value = match v {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        };
        self.take(value, Unexpected::Unsigned(v))
    }
    fn visit_str<E: Error>(self, v: &str) -> Result<(), E> {
        let value = match v {
            "" => return self.visit_unit(),
            "true" | "True" | "1" => Some(true),
            "false" | "False" | "0" => Some(false),
            _ => None,
        };
        self.take(value, Unexpected::Str(v))
    }
}

impl Visitor<'_> for Target<'_, Blob> {
    type Value = ();
    null!();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Base64 text")
    }
    fn visit_str<E: Error>(self, v: &str) -> Result<(), E> {
        self.take(Blob::from_base64(v), Unexpected::Str(v))
    }
}

/// Reads a text without making a `String` of it first.
pub(super) fn read_text<'de, D: Deserializer<'de>>(d: D, target: TextTarget<'_>) -> Result<(), D::Error> {
    let target = Borrowed(target);
    if d.is_human_readable() { d.deserialize_any(target) } else { d.deserialize_str(target) }
}

/// Deserialises an open enumeration, a timestamp or a date from its text, or from a number, `true` or `false`, as plain
/// texts are.
///
/// # Errors
/// Those of the deserializer, an object and a list.
pub fn deserialize_text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Text + Default,
    D: Deserializer<'de>,
{
    let mut value = T::default();
    read_text(deserializer, TextTarget::One(&mut value))?;
    Ok(value)
}

struct Borrowed<'a>(TextTarget<'a>);

impl Visitor<'_> for Borrowed<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }
    #[inline]
    fn visit_str<E: Error>(self, v: &str) -> Result<(), E> {
        self.0.set(Some(v));
        Ok(())
    }
    fn visit_i64<E: Error>(self, v: i64) -> Result<(), E> {
        self.0.set(Some(&v.to_string()));
        Ok(())
    }
    fn visit_u64<E: Error>(self, v: u64) -> Result<(), E> {
        self.0.set(Some(&v.to_string()));
        Ok(())
    }
    fn visit_f64<E: Error>(self, v: f64) -> Result<(), E> {
        self.0.set(Some(&v.to_string()));
        Ok(())
    }
    fn visit_bool<E: Error>(self, v: bool) -> Result<(), E> {
        self.0.set(Some(if v { "true" } else { "false" }));
        Ok(())
    }
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.set(None);
        Ok(())
    }
    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }
}
