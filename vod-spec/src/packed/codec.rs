//! The model of a spec in bytes.
//!
//! Both sides are made of one list of fields for each type, so that they can't differ. Whole numbers are written in
//! groups of seven bits, texts and lists with their length before them, JSON as its text.

use std::path::PathBuf;
use std::time::Duration;

use crate::model::{
    Action, AnswerFormat, BodyFormat, Bounds, Category, Element, Endpoint, Enum, EnumValue, ErrorClass,
    ErrorCode, Example, Field, FieldType, Guide, Limits, Number, PagePosition, Pagination, Position, Record,
    SeeAlso, Service, Site, Union, Wait, Window,
};
use crate::type_index::TypeIndex;
use serde_json::Value;

/// Something that can be written and read.
pub(crate) trait Coded: Sized {
    /// Appends it.
    fn write(&self, out: &mut Vec<u8>);
    /// Takes it from the front; `None` if the bytes are not what `write` wrote.
    fn read(input: &mut &[u8]) -> Option<Self>;
}

macro_rules! structs {
    ($($type:ty { $($field:ident),* $(,)? })*) => { $(
        impl Coded for $type {
            fn write(&self, out: &mut Vec<u8>) {
                $( self.$field.write(out); )*
            }
            fn read(input: &mut &[u8]) -> Option<Self> {
                Some(Self { $( $field: Coded::read(input)? ),* })
            }
        }
    )* };
}

macro_rules! plain_enums {
    ($($type:ident { $($variant:ident = $number:literal),* $(,)? })*) => { $(
        impl Coded for $type {
            fn write(&self, out: &mut Vec<u8>) {
                out.push(match self { $( $type::$variant => $number ),* });
            }
            fn read(input: &mut &[u8]) -> Option<Self> {
                Some(match byte(input)? { $( $number => $type::$variant, )* _ => return None })
            }
        }
    )* };
}

structs! {
    Service {
        name, version, summary, doc, endpoints, categories, guides, parameters, errors, action_errors, enums, types,
        type_index, actions, files,
    }
    Endpoint { name, host }
    Category { name, doc, see_also, at }
    Guide { name, path, doc, at }
    SeeAlso { target, at }
    ErrorCode { code, class, doc, at }
    Enum { name, doc, values, at }
    EnumValue { value, variant, doc, at }
    Record { name, doc, fields, keeps_unknown, union, only_on, at }
    Union { name, tag, at }
    Action {
        name, summary, doc, doc_page, category, rate_limit, idempotent, why_idempotent, only_on, unsigned, body, answer,
        union, deprecated, see_also, aliases, request, response, pagination, wait, errors, examples, at,
    }
    Example { title, request, response, at }
    Field {
        name, rust_name, ty, required, nullable, sensitive, sensitive_stated, deprecated, doc, limits, not_limits,
        default, valid_for, shared, tag, only_on, at,
    }
    FieldType { element, list }
    Limits { items, length, range, pattern }
    Bounds<u64> { min, max }
    Bounds<Number> { min, max }
    Pagination { position, limit, page_size, items, total, more, window, at }
    Window { ceiling, range, start, end, id, set, at }
    Wait { method, id, status, until, at }
    Position { file, line, column }
}

plain_enums! {
    Site { Mainland = 0, International = 1 }
    BodyFormat { Json = 0, OctetStream = 1, Multipart = 2 }
    AnswerFormat { Json = 0, EventStream = 1 }
    ErrorClass {
        Caller = 0, Authentication = 1, TokenExpired = 2, CredentialRefused = 3, ClockSkew = 4, Throttling = 5,
        Service = 6, Retryable = 7, None = 8,
    }
}

impl Coded for TypeIndex {
    fn write(&self, _: &mut Vec<u8>) {}
    fn read(_: &mut &[u8]) -> Option<Self> {
        Some(Self::default())
    }
}

impl Coded for Element {
    fn write(&self, out: &mut Vec<u8>) {
        let (number, name) = match self {
            Self::String => (0, None),
            Self::Int64 => (1, None),
            Self::Uint64 => (2, None),
            Self::Float => (3, None),
            Self::Bool => (4, None),
            Self::Timestamp => (5, None),
            Self::Date => (6, None),
            Self::Json => (7, None),
            Self::Record(name) => (8, Some(name)),
            Self::Enum(name) => (9, Some(name)),
            Self::External(name) => (10, Some(name)),
            Self::Binary => (11, None),
        };
        out.push(number);
        if let Some(name) = name {
            name.write(out);
        }
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        Some(match byte(input)? {
            0 => Self::String,
            1 => Self::Int64,
            2 => Self::Uint64,
            3 => Self::Float,
            4 => Self::Bool,
            5 => Self::Timestamp,
            6 => Self::Date,
            7 => Self::Json,
            8 => Self::Record(Coded::read(input)?),
            9 => Self::Enum(Coded::read(input)?),
            10 => Self::External(Coded::read(input)?),
            11 => Self::Binary,
            _ => return None,
        })
    }
}

impl Coded for Number {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Int(number) => {
                out.push(0);
                out.extend(number.to_le_bytes());
            }
            Self::Float(number) => {
                out.push(1);
                out.extend(number.to_le_bytes());
            }
        }
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        let kind = byte(input)?;
        let (bytes, rest) = input.split_first_chunk()?;
        *input = rest;
        match kind {
            0 => Some(Self::Int(i64::from_le_bytes(*bytes))),
            1 => Some(Self::Float(f64::from_le_bytes(*bytes))),
            _ => None,
        }
    }
}

impl Coded for PagePosition {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Offset(name) => {
                out.push(0);
                name.write(out);
            }
            Self::Page(name) => {
                out.push(1);
                name.write(out);
            }
            Self::Token { request, response } => {
                out.push(2);
                request.write(out);
                response.write(out);
            }
        }
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        Some(match byte(input)? {
            0 => Self::Offset(Coded::read(input)?),
            1 => Self::Page(Coded::read(input)?),
            2 => Self::Token { request: Coded::read(input)?, response: Coded::read(input)? },
            _ => return None,
        })
    }
}

fn byte(input: &mut &[u8]) -> Option<u8> {
    let (first, rest) = input.split_first()?;
    *input = rest;
    Some(*first)
}

impl Coded for u64 {
    fn write(&self, out: &mut Vec<u8>) {
        let mut left = *self;
        while left >= 0x80 {
            #[allow(clippy::cast_possible_truncation)] // seven bits
            out.push((left & 0x7f) as u8 | 0x80);
            left >>= 7;
        }
        #[allow(clippy::cast_possible_truncation)] // seven bits
        out.push(left as u8);
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = byte(input)?;
            value |= Self::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

macro_rules! through {
    ($($type:ty, $wire:ty, |$value:ident| $write:expr, |$read:ident| $back:expr;)*) => { $(
        impl Coded for $type {
            fn write(&self, out: &mut Vec<u8>) {
                let $value = self;
                <$wire>::from($write).write(out);
            }
            fn read(input: &mut &[u8]) -> Option<Self> {
                let $read = <$wire as Coded>::read(input)?;
                $back
            }
        }
    )* };
}

through! {
    u32, u64, |v| *v, |w| w.try_into().ok();
    bool, u64, |v| *v, |w| Some(w == 1);
    Duration, u64, |v| v.as_secs(), |w| Some(Self::from_secs(w));
    PathBuf, String, |v| v.to_string_lossy(), |w| Some(w.into());
    Value, String, |v| v.to_string(), |w| serde_json::from_str(&w).ok();
}

impl Coded for usize {
    fn write(&self, out: &mut Vec<u8>) {
        (*self as u64).write(out);
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        u64::read(input)?.try_into().ok()
    }
}

impl Coded for String {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        out.extend(self.as_bytes());
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        let length = usize::read(input)?;
        let (text, rest) = input.split_at_checked(length)?;
        *input = rest;
        Some(std::str::from_utf8(text).ok()?.to_owned())
    }
}

impl<T: Coded> Coded for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(self.is_some().into());
        if let Some(value) = self {
            value.write(out);
        }
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        match byte(input)? {
            0 => Some(None),
            1 => Some(Some(T::read(input)?)),
            _ => None,
        }
    }
}

impl<T: Coded> Coded for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        for value in self {
            value.write(out);
        }
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        let length = usize::read(input)?;
        // Each value has one byte at least, so that a wrong length takes no memory.
        if length > input.len() {
            return None;
        }
        (0..length).map(|_| T::read(input)).collect()
    }
}
