//! The object around every answer: `{"Response": {…, "Error": {…}, "RequestId": "…"}}`.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Place, RecordSeed, Scalar, Step, Trail, or_null, scan, with_path};
use crate::record::{FieldMut, FieldRef, OptionalRecord, Record, RecordMeta};

/// What an answer's envelope says.
#[derive(Debug, Default)]
pub(crate) struct Envelope {
    /// Whether there is a `Response` object at all.
    pub(crate) has_response: bool,
    /// The failure, whose presence alone tells failure from success.
    pub(crate) error: Option<ServiceError>,
    /// What the service says about the end of the action, if it is to go.
    pub(crate) deprecated: Option<String>,
    /// Whether there is a `code` beside the `Response`, as answers from before API 3.0 have in its place.
    pub(crate) has_code: bool,
}

/// The `Error` member of an answer.
#[derive(Default)]
pub(crate) struct ServiceError {
    pub(crate) code: String,
    pub(crate) message: String,
}

/// An answer of the retired shape: `{"code": 4000, "message": "…", "codeDesc": "…"}`.
#[derive(Debug, Default)]
pub(crate) struct Retired {
    pub(crate) code: i64,
    pub(crate) code_desc: String,
    pub(crate) message: String,
}

impl Retired {
    /// Reads an answer that has a `code` and no `Response`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut retired = Self::default();
        read_scalar(text, "code", &mut retired.code)?;
        read_scalar(text, "codeDesc", &mut retired.code_desc);
        read_scalar(text, "message", &mut retired.message);
        Some(retired)
    }
}

fn read_scalar<T: Scalar>(text: &str, name: &str, value: &mut T) -> Option<()> {
    let member = scan::member(text, name)?;
    T::read(&mut serde_json::Deserializer::from_str(member.text), Place::Plain(value)).ok()
}

/// Why an answer could not be read.
#[derive(Debug)]
pub(crate) struct DecodeError {
    /// The value's path below `Response`, empty if it is the whole: `EventSet[3].FileUploadEvent.FileId`.
    pub(crate) path: String,
    /// What is wrong, with line and column.
    pub(crate) message: String,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&with_path(&self.path, &self.message))
    }
}

/// Decodes an answer into its response record, which holds its defaults.
pub(crate) fn decode_envelope(body: &str, response: &mut dyn Record) -> Result<Envelope, DecodeError> {
    let trail = Trail::of_answer(body.len());
    let mut json = serde_json::Deserializer::from_str(body);
    let decoded = EnvelopeSeed { response, trail: &trail }.deserialize(&mut json);
    decoded
        .and_then(|envelope| json.end().map(|()| envelope))
        .map_err(|error| DecodeError { path: trail.to_string(), message: error.to_string() })
}

struct EnvelopeSeed<'a> {
    response: &'a mut dyn Record,
    trail: &'a Trail,
}

impl<'de> DeserializeSeed<'de> for EnvelopeSeed<'_> {
    type Value = Envelope;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Envelope, D::Error> {
        d.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for EnvelopeSeed<'_> {
    type Value = Envelope;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a Response member")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Envelope, A::Error> {
        let mut envelope = Envelope::default();
        while let Some(member) = map.next_key_seed(NameSeed)? {
            if let Name::Response = member {
                envelope.has_response = true;
                map.next_value_seed(RecordSeed {
                    record: &mut *self.response,
                    trail: self.trail,
                    envelope: Some(&mut envelope),
                })?;
            } else {
                envelope.has_code |= matches!(member, Name::Code);
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(envelope)
    }
}

enum Name {
    Response,
    Code,
    Other,
}

struct NameSeed;

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = Name;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Name, D::Error> {
        d.deserialize_identifier(self)
    }
}

impl Visitor<'_> for NameSeed {
    type Value = Name;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }
    fn visit_str<E>(self, name: &str) -> Result<Name, E> {
        Ok(match name {
            "Response" => Name::Response,
            "code" => Name::Code,
            _ => Name::Other,
        })
    }
}

/// A member of `Response` that is no part of the typed response.
#[derive(Clone, Copy)]
pub(super) enum EnvelopeMember {
    Error,
    DeprecatedWarning,
}

impl EnvelopeMember {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "Error" => Some(Self::Error),
            "DeprecatedWarning" => Some(Self::DeprecatedWarning),
            _ => None,
        }
    }
}

impl Envelope {
    /// Reads the value of a member.
    pub(super) fn read_member<'de, A: MapAccess<'de>>(
        &mut self,
        member: EnvelopeMember,
        map: &mut A,
        trail: &Trail,
    ) -> Result<(), A::Error> {
        match member {
            EnvelopeMember::Error => self.error = next_error(map, trail)?,
            EnvelopeMember::DeprecatedWarning => self.deprecated = map.next_value_seed(WarningSeed)?,
        }
        Ok(())
    }
}

/// A text. Nothing is lost if it is none, however large that is.
struct WarningSeed;

/// A value that is no text is as good as none.
macro_rules! no_text {
    ($visit:ident($($type:ty)?)) => {
        fn $visit<E>(self $(, _: $type)?) -> Result<Self::Value, E> {
            Ok(None)
        }
    };
}

impl<'de> DeserializeSeed<'de> for WarningSeed {
    type Value = Option<String>;
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for WarningSeed {
    type Value = Option<String>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }
    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }
    no_text!(visit_unit());
    no_text!(visit_bool(bool));
    no_text!(visit_i64(i64));
    no_text!(visit_u64(u64));
    no_text!(visit_f64(f64));
    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_seq(seq).map(|_| None)
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        IgnoredAny.visit_map(map).map(|_| None)
    }
}

/// Reads the value of an `Error` member; `null` is no error.
fn next_error<'de, A: MapAccess<'de>>(map: &mut A, trail: &Trail) -> Result<Option<ServiceError>, A::Error> {
    struct ErrorSeed<'a>(&'a mut Option<Box<ServiceError>>, &'a Trail);
    impl<'de> DeserializeSeed<'de> for ErrorSeed<'_> {
        type Value = ();
        fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
            or_null(d, self.0 as &mut dyn OptionalRecord, self.1)
        }
    }
    let mut error = None;
    map.next_value_seed(ErrorSeed(&mut error, trail)).inspect_err(|_| trail.add(Step::Field("Error")))?;
    Ok(error.map(|error| *error))
}

impl Record for ServiceError {
    fn meta(&self) -> &'static RecordMeta {
        &RecordMeta {
            name: "ServiceError",
            fields: &["Code", "Message"],
            rust_names: &[],
            required: &[0, 1],
            sensitive: &[],
            limits: &[],
        }
    }
    fn get(&self, index: usize) -> FieldRef<'_> {
        match index {
            0 => FieldRef::String(&self.code),
            1 => FieldRef::String(&self.message),
            _ => FieldRef::None,
        }
    }
    fn get_mut(&mut self, index: usize) -> FieldMut<'_> {
        match index {
            0 => FieldMut::String(&mut self.code),
            1 => FieldMut::String(&mut self.message),
            _ => FieldMut::None,
        }
    }
}

impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::record::debug_record(self, f)
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::{BytesDeserializer, Error, MapDeserializer};

    use super::*;

    /// What JSON does not have: names that are no texts, and bytes.
    #[test]
    fn other_formats_are_told_what_is_expected() {
        let trail = Trail::default();
        let seed = EnvelopeSeed { response: &mut ServiceError::default(), trail: &trail };
        let numbered = MapDeserializer::<_, Error>::new([(1, 2)].into_iter());
        let error = seed.deserialize(numbered).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains("expected a member's name"), "{error}");
        let error =
            WarningSeed.deserialize(BytesDeserializer::<Error>::new(b"bytes")).unwrap_err().to_string();
        assert!(error.contains("expected any JSON value"), "{error}");
    }
}
