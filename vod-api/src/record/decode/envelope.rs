//! The object around every answer: `{"Response": {…, "Error": {…}, "RequestId": "…"}}`.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::{Place, RecordSeed, Scalar, Step, Trail, or_null, with_path};
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
    /// The shape of answers from before API 3.0.
    pub(crate) retired: Option<Retired>,
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

/// Why an answer could not be read.
#[derive(Debug)]
pub(crate) struct DecodeError {
    /// The value's path below `Response`, empty if it is the whole: `EventSet[3].FileUploadEvent.FileId`.
    pub(crate) path: String,
    /// What is wrong, with line and column.
    pub(crate) message: String,
    /// The text ends before the JSON does.
    pub(crate) truncated: bool,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&with_path(&self.path, &self.message))
    }
}

/// Decodes an answer into its response record, which holds its defaults.
pub(crate) fn decode_envelope(body: &str, response: &mut dyn Record) -> Result<Envelope, DecodeError> {
    let trail = Trail::default();
    let mut json = serde_json::Deserializer::from_str(body);
    let decoded = EnvelopeSeed { response, trail: &trail }.deserialize(&mut json);
    decoded.and_then(|envelope| json.end().map(|()| envelope)).map_err(|error| DecodeError {
        path: trail.to_string(),
        truncated: error.is_eof(),
        message: error.to_string(),
    })
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
        let mut retired = Retired::default();
        while let Some(member) = map.next_key_seed(NameSeed)? {
            match member {
                Name::Response => {
                    envelope.has_response = true;
                    map.next_value_seed(RecordSeed {
                        record: &mut *self.response,
                        trail: self.trail,
                        envelope: Some(&mut envelope),
                    })?;
                }
                Name::Code => {
                    map.next_value_seed(RetiredSeed(&mut retired.code))?;
                    envelope.retired.get_or_insert_default();
                }
                Name::CodeDesc => {
                    map.next_value_seed(RetiredSeed(&mut retired.code_desc))?;
                }
                Name::Message => {
                    map.next_value_seed(RetiredSeed(&mut retired.message))?;
                }
                Name::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        envelope.retired = envelope.retired.map(|_| retired);
        Ok(envelope)
    }
}

enum Name {
    Response,
    Code,
    CodeDesc,
    Message,
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
            "codeDesc" => Name::CodeDesc,
            "message" => Name::Message,
            _ => Name::Other,
        })
    }
}

/// Fills a part of an answer of the retired shape.
struct RetiredSeed<'a, T>(&'a mut T);

impl<'de, T: Scalar> DeserializeSeed<'de> for RetiredSeed<'_, T> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        T::read(d, Place::Plain(self.0))
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
            // Nothing is lost if it is no text.
            EnvelopeMember::DeprecatedWarning => {
                self.deprecated = map.next_value::<Value>()?.as_str().map(str::to_owned);
            }
        }
        Ok(())
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

/// A response of which only the request id matters: to read an answer whose own type could not be decoded.
#[derive(Default)]
pub(crate) struct BareResponse {
    pub(crate) request_id: String,
}

impl Record for BareResponse {
    fn meta(&self) -> &'static RecordMeta {
        &RecordMeta {
            name: "BareResponse",
            fields: &["RequestId"],
            required: &[0],
            sensitive: &[],
            limits: &[],
        }
    }
    fn get(&self, index: usize) -> FieldRef<'_> {
        if index == 0 { FieldRef::String(&self.request_id) } else { FieldRef::None }
    }
    fn get_mut(&mut self, index: usize) -> FieldMut<'_> {
        if index == 0 { FieldMut::String(&mut self.request_id) } else { FieldMut::None }
    }
}

impl fmt::Debug for BareResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::record::debug_record(self, f)
    }
}
