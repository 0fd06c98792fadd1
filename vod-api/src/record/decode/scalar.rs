//! Single values, with the crossovers between text and numbers that services make.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, Unexpected, Visitor};
use serde_json::Value;

use super::TextTarget;

/// A value that a field or a list holds. `None` is `null`.
pub(super) trait Scalar: Default {
    /// Reads one.
    fn read<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Self>, D::Error>;
}

/// Reads a value of a list.
pub(super) struct ScalarSeed<T>(PhantomData<T>);

impl<T> ScalarSeed<T> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: Scalar> DeserializeSeed<'de> for ScalarSeed<T> {
    type Value = Option<T>;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Option<T>, D::Error> {
        T::read(d)
    }
}

impl Scalar for Value {
    fn read<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Self>, D::Error> {
        Ok(Some(Value::deserialize(d)?).filter(|value| !value.is_null()))
    }
}

/// Formats that describe themselves may hold another kind than the spec says; others can only be asked for it.
macro_rules! scalar {
    ($type:ty, $typed:ident) => {
        impl Scalar for $type {
            #[inline]
            fn read<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Self>, D::Error> {
                let target = Target::<$type>(PhantomData);
                if d.is_human_readable() { d.deserialize_any(target) } else { d.$typed(target) }
            }
        }
    };
}

scalar!(String, deserialize_string);
scalar!(i64, deserialize_i64);
scalar!(u64, deserialize_u64);
scalar!(f64, deserialize_f64);
scalar!(bool, deserialize_bool);

struct Target<T>(PhantomData<T>);

impl Visitor<'_> for Target<String> {
    type Value = Option<String>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }
    #[inline]
    fn visit_str<E>(self, v: &str) -> Result<Option<String>, E> {
        Ok(Some(v.to_owned()))
    }
    fn visit_string<E>(self, v: String) -> Result<Option<String>, E> {
        Ok(Some(v))
    }
    fn visit_i64<E>(self, v: i64) -> Result<Option<String>, E> {
        Ok(Some(v.to_string()))
    }
    fn visit_u64<E>(self, v: u64) -> Result<Option<String>, E> {
        Ok(Some(v.to_string()))
    }
    fn visit_f64<E>(self, v: f64) -> Result<Option<String>, E> {
        Ok(Some(v.to_string()))
    }
    fn visit_bool<E>(self, v: bool) -> Result<Option<String>, E> {
        Ok(Some(v.to_string()))
    }
    fn visit_unit<E>(self) -> Result<Option<String>, E> {
        Ok(None)
    }
    fn visit_none<E>(self) -> Result<Option<String>, E> {
        Ok(None)
    }
}

/// The two whole-number types differ only in what they can hold.
macro_rules! whole_number {
    ($type:ty, $expected:literal) => {
        impl Visitor<'_> for Target<$type> {
            type Value = Option<$type>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($expected)
            }
            #[inline]
            fn visit_i64<E: Error>(self, v: i64) -> Result<Self::Value, E> {
                <$type>::try_from(v).map(Some).map_err(|_| E::invalid_value(Unexpected::Signed(v), &self))
            }
            #[inline]
            fn visit_u64<E: Error>(self, v: u64) -> Result<Self::Value, E> {
                <$type>::try_from(v).map(Some).map_err(|_| E::invalid_value(Unexpected::Unsigned(v), &self))
            }
            fn visit_f64<E: Error>(self, v: f64) -> Result<Self::Value, E> {
                whole(v)
                    .and_then(|whole| <$type>::try_from(whole).ok())
                    .map(Some)
                    .ok_or_else(|| E::invalid_value(Unexpected::Float(v), &self))
            }
            fn visit_str<E: Error>(self, v: &str) -> Result<Self::Value, E> {
                match v.trim() {
                    "" => Ok(None),
                    text => text.parse().map(Some).map_err(|_| E::invalid_value(Unexpected::Str(v), &self)),
                }
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(None)
            }
            fn visit_none<E>(self) -> Result<Self::Value, E> {
                Ok(None)
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

impl Visitor<'_> for Target<f64> {
    type Value = Option<f64>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }
    #[inline]
    fn visit_f64<E>(self, v: f64) -> Result<Option<f64>, E> {
        Ok(Some(v))
    }
    #[inline]
    #[allow(clippy::cast_precision_loss)] // what any JSON reader does with a whole number for a float
    fn visit_i64<E>(self, v: i64) -> Result<Option<f64>, E> {
        Ok(Some(v as f64))
    }
    #[inline]
    #[allow(clippy::cast_precision_loss)]
    fn visit_u64<E>(self, v: u64) -> Result<Option<f64>, E> {
        Ok(Some(v as f64))
    }
    fn visit_str<E: Error>(self, v: &str) -> Result<Option<f64>, E> {
        match v.trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| E::invalid_value(Unexpected::Str(v), &self)),
        }
    }
    fn visit_unit<E>(self) -> Result<Option<f64>, E> {
        Ok(None)
    }
    fn visit_none<E>(self) -> Result<Option<f64>, E> {
        Ok(None)
    }
}

impl Visitor<'_> for Target<bool> {
    type Value = Option<bool>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false")
    }
    #[inline]
    fn visit_bool<E>(self, v: bool) -> Result<Option<bool>, E> {
        Ok(Some(v))
    }
    fn visit_u64<E: Error>(self, v: u64) -> Result<Option<bool>, E> {
        match v {
            0 => Ok(Some(false)),
            1 => Ok(Some(true)),
            _ => Err(E::invalid_value(Unexpected::Unsigned(v), &self)),
        }
    }
    fn visit_str<E: Error>(self, v: &str) -> Result<Option<bool>, E> {
        match v {
            "" => Ok(None),
            "true" | "True" | "1" => Ok(Some(true)),
            "false" | "False" | "0" => Ok(Some(false)),
            _ => Err(E::invalid_value(Unexpected::Str(v), &self)),
        }
    }
    fn visit_unit<E>(self) -> Result<Option<bool>, E> {
        Ok(None)
    }
    fn visit_none<E>(self) -> Result<Option<bool>, E> {
        Ok(None)
    }
}

/// Reads a text without making a `String` of it first.
pub(super) fn read_text<'de, D: Deserializer<'de>>(d: D, target: TextTarget<'_>) -> Result<(), D::Error> {
    let target = Borrowed(target);
    if d.is_human_readable() { d.deserialize_any(target) } else { d.deserialize_str(target) }
}

struct Borrowed<'a>(TextTarget<'a>);

impl Visitor<'_> for Borrowed<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }
    #[inline]
    fn visit_str<E>(self, v: &str) -> Result<(), E> {
        self.0.set(Some(v));
        Ok(())
    }
    fn visit_i64<E>(self, v: i64) -> Result<(), E> {
        self.0.set(Some(&v.to_string()));
        Ok(())
    }
    fn visit_u64<E>(self, v: u64) -> Result<(), E> {
        self.0.set(Some(&v.to_string()));
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
