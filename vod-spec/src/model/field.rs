//! A parameter or a member: its type and what its values may be.

use std::cmp::Ordering;
use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::{Position, Site};

/// A parameter or a member.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::struct_excessive_bools)] // each is a key of its own in a spec file
pub struct Field {
    /// The name on the wire, for example `SubAppId`.
    pub name: String,
    /// The Rust name, for example `sub_app_id` or `r#type` (see [`crate::naming`]), or what `rust-name` says.
    pub rust_name: String,
    /// The type.
    pub ty: FieldType,
    /// In a request: must be given. In an answer: always there.
    pub required: bool,
    /// In an answer: may be `null`.
    pub nullable: bool,
    /// Must not be shown in logs.
    pub sensitive: bool,
    /// The file says whether the field is sensitive; otherwise it is not.
    pub sensitive_stated: bool,
    /// Why not to use it any more.
    pub deprecated: Option<String>,
    /// What it means.
    pub doc: String,
    /// What the values may be.
    pub limits: Limits,
    /// `not-limits`: why numbers in the text are no limits of the value.
    pub not_limits: Option<String>,
    /// What the service assumes when it is absent.
    pub default: Option<Value>,
    /// How long the value stays usable after the service handed it out.
    pub valid_for: Option<Duration>,
    /// The shared parameter that the field came from by `use`.
    pub shared: Option<String>,
    /// `tag`: the value of the type's tag that says that this member is the one that it carries.
    pub tag: Option<String>,
    /// `only-on`: the one of the vendor's two sites that has the field. `None`: both, or as its owner.
    pub only_on: Option<Site>,
    /// Where it stands.
    pub at: Position,
}

impl Field {
    /// How the field is stored: a list is never optional, anything else is plain only if it is always there.
    pub fn storage(&self) -> Storage {
        if self.ty.list {
            Storage::List
        } else if self.required && !self.nullable {
            Storage::Plain
        } else {
            Storage::Optional
        }
    }
}

/// How a field is stored in its struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// `T`.
    Plain,
    /// `Option<T>`; objects are boxed, so that recursion is legal and absent payloads are small.
    Optional,
    /// `Vec<T>`.
    List,
}

/// A field's type: an element, or a list of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldType {
    /// What the value, or each of the list's values, is.
    pub element: Element,
    /// `[T]` instead of `T`.
    pub list: bool,
}

/// What a single value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// `string`.
    String,
    /// `int64`.
    Int64,
    /// `uint64`.
    Uint64,
    /// `float`: 64 bits.
    Float,
    /// `bool`.
    Bool,
    /// `timestamp`: date and time as ISO 8601 text, kept as the service wrote it.
    Timestamp,
    /// `date`: a day as `YYYY-MM-DD` text, kept as the service wrote it.
    Date,
    /// `json`: anything.
    Json,
    /// `binary`: bytes, such as a file. Only the parts of a multipart body can be; in JSON they are Base64 text.
    Binary,
    /// A type of the service.
    Record(String),
    /// An enumeration of the service.
    Enum(String),
    /// A type or an enumeration that a single file names without declaring it: it stands in the service
    /// that the file extends.
    External(String),
}

/// What values a field may have. Bounds are inclusive.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Limits {
    /// `items`: how many values a list may hold.
    pub items: Option<Bounds<u64>>,
    /// `length`: how many characters a text, or each text of a list, may have.
    pub length: Option<Bounds<u64>>,
    /// `range`: the smallest and largest number, of each value in a list.
    pub range: Option<Bounds<Number>>,
    /// `pattern`: a regular expression that a text, or each text of a list, must match.
    pub pattern: Option<String>,
}

/// An inclusive interval, open where a bound is missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds<T> {
    /// The smallest value allowed.
    pub min: Option<T>,
    /// The largest value allowed.
    pub max: Option<T>,
}

/// A bound of a numeric range, as written.
#[derive(Debug, Clone, Copy)]
pub enum Number {
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
}

impl Number {
    /// The number with a fraction; beyond 2^53 it may be off by the usual rounding.
    #[allow(clippy::cast_precision_loss)] // said above
    pub fn to_f64(self) -> f64 {
        match self {
            Self::Int(number) => number as f64,
            Self::Float(number) => number,
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => Some(a.cmp(b)),
            _ => self.to_f64().partial_cmp(&other.to_f64()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => number.fmt(f),
            Self::Float(number) => number.fmt(f),
        }
    }
}
