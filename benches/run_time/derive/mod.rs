//! The floor of the codec: the same structs with serde's derives, as one would write them by hand.
//!
//! `types.rs` is rendered from the specs by `render.rs`. It has the same names, fields and storage as the
//! generated types. Where derives could do less than the generated types, they do less:
//!
//! - members that the spec does not know are dropped (`#[serde(flatten)]` would keep them, and be slower);
//! - `null` in place of a list or of a required member is an error, and so is a text for a number;
//! - open enumerations have the same variants and are read from the borrowed text;
//! - a missing member costs nothing: the defaults stand at the fields, not at the struct.
#![allow(dead_code, unreachable_pub, reason = "each bench uses a part")]

pub mod render;
#[rustfmt::skip]
#[allow(clippy::pedantic, reason = "rendered")]
mod types;

pub use types::*;

/// An open enumeration as its texts: the same storage and the same match as in the generated one.
macro_rules! open_enum {
    ($name:ident { $($variant:ident = $text:literal,)* }) => {
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $($variant,)*
            Unknown(Box<str>),
        }
        impl Default for $name {
            fn default() -> Self {
                Self::Unknown(Box::default())
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(text) => text,
                })
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl serde::de::Visitor<'_> for Visitor {
                    type Value = $name;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("a string")
                    }
                    fn visit_str<E>(self, text: &str) -> Result<$name, E> {
                        Ok(match text {
                            $($text => $name::$variant,)*
                            _ => $name::Unknown(text.into()),
                        })
                    }
                }
                deserializer.deserialize_str(Visitor)
            }
        }
    };
}
use open_enum;

/// The object around every answer.
#[derive(Debug, serde::Deserialize)]
pub struct Envelope<T> {
    #[serde(rename = "Response")]
    pub response: T,
}
