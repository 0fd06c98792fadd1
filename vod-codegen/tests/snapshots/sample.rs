///A service with one of everything: name, version, endpoints and error classes, from the spec files.
pub static SERVICE: ::vod_api::ServiceMeta = ::vod_api::ServiceMeta::new(
    "sample",
    "2020-01-01",
    &[("mainland", "sample.example.com"), ("regional", "sample.{region}.example.com")],
    &[
        ("InternalError", ::vod_api::ErrorClass::Service),
        ("InvalidParameter", ::vod_api::ErrorClass::Caller),
        ("RequestLimitExceeded", ::vod_api::ErrorClass::Throttling),
    ],
    &["TenantId"],
);
///The error codes of `sample` 2020-01-01, those of every action and those of single ones, to compare `Error::code` with.
#[derive(
    ::core::clone::Clone,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
    ::core::hash::Hash
)]
#[non_exhaustive]
pub enum ErrorCode {
    ///The service failed.
    InternalError,
    ///A parameter is wrong.
    InvalidParameter,
    ///`InvalidParameter.Name`: The name is taken by another tenant.
    InvalidParameterName,
    ///Too many calls a second.
    RequestLimitExceeded,
    /// A value that this version does not list.
    Unknown(::vod_api::UnknownValue),
}
impl ErrorCode {
    /// The value as it goes on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::InternalError => "InternalError",
            Self::InvalidParameter => "InvalidParameter",
            Self::InvalidParameterName => "InvalidParameter.Name",
            Self::RequestLimitExceeded => "RequestLimitExceeded",
            Self::Unknown(value) => value.as_str(),
        }
    }
}
impl ::core::convert::From<&str> for ErrorCode {
    fn from(text: &str) -> Self {
        match text {
            "InternalError" => Self::InternalError,
            "InvalidParameter" => Self::InvalidParameter,
            "InvalidParameter.Name" => Self::InvalidParameterName,
            "RequestLimitExceeded" => Self::RequestLimitExceeded,
            _ => Self::Unknown(::vod_api::UnknownValue::new(text)),
        }
    }
}
impl ::core::convert::From<::std::string::String> for ErrorCode {
    fn from(text: ::std::string::String) -> Self {
        <Self as ::core::convert::From<&str>>::from(&text)
    }
}
impl ::core::default::Default for ErrorCode {
    fn default() -> Self {
        <Self as ::core::convert::From<&str>>::from("")
    }
}
impl ::core::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.pad(self.as_str())
    }
}
impl ::core::fmt::Debug for ErrorCode {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(self.as_str(), f)
    }
}
impl ::vod_api::__private::Text for ErrorCode {
    #[inline]
    fn as_text(&self) -> &str {
        self.as_str()
    }
    #[inline]
    fn set_text(&mut self, text: &str) {
        *self = <Self as ::core::convert::From<&str>>::from(text);
    }
}
impl ::vod_api::__private::Member for ErrorCode {
    type Kind = ::vod_api::__private::TextKind;
}
impl ::vod_api::__private::Serialize for ErrorCode {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_text(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for ErrorCode {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_text(deserializer)
    }
}
/**How far it is.

Spec: `tests/specs/sample/shelf/DescribeErrand.toml:16`.*/
#[derive(
    ::core::clone::Clone,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
    ::core::hash::Hash
)]
#[non_exhaustive]
pub enum DescribeErrandStatus {
    ///`WAITING`: Nobody went yet.
    Waiting,
    ///`DONE`: The thing is there.
    Done,
    ///`LOST`: The thing is gone.
    Lost,
    /// A value that this version does not list.
    Unknown(::vod_api::UnknownValue),
}
impl DescribeErrandStatus {
    /// The value as it goes on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Waiting => "WAITING",
            Self::Done => "DONE",
            Self::Lost => "LOST",
            Self::Unknown(value) => value.as_str(),
        }
    }
}
impl ::core::convert::From<&str> for DescribeErrandStatus {
    fn from(text: &str) -> Self {
        match text {
            "WAITING" => Self::Waiting,
            "DONE" => Self::Done,
            "LOST" => Self::Lost,
            _ => Self::Unknown(::vod_api::UnknownValue::new(text)),
        }
    }
}
impl ::core::convert::From<::std::string::String> for DescribeErrandStatus {
    fn from(text: ::std::string::String) -> Self {
        <Self as ::core::convert::From<&str>>::from(&text)
    }
}
impl ::core::default::Default for DescribeErrandStatus {
    fn default() -> Self {
        <Self as ::core::convert::From<&str>>::from("")
    }
}
impl ::core::fmt::Display for DescribeErrandStatus {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.pad(self.as_str())
    }
}
impl ::core::fmt::Debug for DescribeErrandStatus {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(self.as_str(), f)
    }
}
impl ::vod_api::__private::Text for DescribeErrandStatus {
    #[inline]
    fn as_text(&self) -> &str {
        self.as_str()
    }
    #[inline]
    fn set_text(&mut self, text: &str) {
        *self = <Self as ::core::convert::From<&str>>::from(text);
    }
}
impl ::vod_api::__private::Member for DescribeErrandStatus {
    type Kind = ::vod_api::__private::TextKind;
}
impl ::vod_api::__private::Serialize for DescribeErrandStatus {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_text(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for DescribeErrandStatus {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_text(deserializer)
    }
}
/**How to put it.

Spec: `tests/specs/sample/shelf/PutThing.toml:54`.*/
#[derive(
    ::core::clone::Clone,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
    ::core::hash::Hash
)]
#[non_exhaustive]
pub enum PutThingMode {
    ///`fast`.
    Fast,
    ///`slow`.
    Slow,
    /// A value that this version does not list.
    Unknown(::vod_api::UnknownValue),
}
impl PutThingMode {
    /// The value as it goes on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Fast => "fast",
            Self::Slow => "slow",
            Self::Unknown(value) => value.as_str(),
        }
    }
}
impl ::core::convert::From<&str> for PutThingMode {
    fn from(text: &str) -> Self {
        match text {
            "fast" => Self::Fast,
            "slow" => Self::Slow,
            _ => Self::Unknown(::vod_api::UnknownValue::new(text)),
        }
    }
}
impl ::core::convert::From<::std::string::String> for PutThingMode {
    fn from(text: ::std::string::String) -> Self {
        <Self as ::core::convert::From<&str>>::from(&text)
    }
}
impl ::core::default::Default for PutThingMode {
    fn default() -> Self {
        <Self as ::core::convert::From<&str>>::from("")
    }
}
impl ::core::fmt::Display for PutThingMode {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.pad(self.as_str())
    }
}
impl ::core::fmt::Debug for PutThingMode {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(self.as_str(), f)
    }
}
impl ::vod_api::__private::Text for PutThingMode {
    #[inline]
    fn as_text(&self) -> &str {
        self.as_str()
    }
    #[inline]
    fn set_text(&mut self, text: &str) {
        *self = <Self as ::core::convert::From<&str>>::from(text);
    }
}
impl ::vod_api::__private::Member for PutThingMode {
    type Kind = ::vod_api::__private::TextKind;
}
impl ::vod_api::__private::Serialize for PutThingMode {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_text(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for PutThingMode {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_text(deserializer)
    }
}
/**Colours of things and shelves.

Spec: `tests/specs/sample/shelf/types.toml:43`.*/
#[derive(
    ::core::clone::Clone,
    ::core::cmp::PartialEq,
    ::core::cmp::Eq,
    ::core::hash::Hash
)]
#[non_exhaustive]
pub enum Colour {
    ///`RED`: Red.
    Red,
    ///`blue`: Blue.
    Blue,
    ///`720p`: A colour that starts with a digit.
    V720p,
    /// A value that this version does not list.
    Unknown(::vod_api::UnknownValue),
}
impl Colour {
    /// The value as it goes on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Red => "RED",
            Self::Blue => "blue",
            Self::V720p => "720p",
            Self::Unknown(value) => value.as_str(),
        }
    }
}
impl ::core::convert::From<&str> for Colour {
    fn from(text: &str) -> Self {
        match text {
            "RED" => Self::Red,
            "blue" => Self::Blue,
            "720p" => Self::V720p,
            _ => Self::Unknown(::vod_api::UnknownValue::new(text)),
        }
    }
}
impl ::core::convert::From<::std::string::String> for Colour {
    fn from(text: ::std::string::String) -> Self {
        <Self as ::core::convert::From<&str>>::from(&text)
    }
}
impl ::core::default::Default for Colour {
    fn default() -> Self {
        <Self as ::core::convert::From<&str>>::from("")
    }
}
impl ::core::fmt::Display for Colour {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.pad(self.as_str())
    }
}
impl ::core::fmt::Debug for Colour {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::core::fmt::Debug::fmt(self.as_str(), f)
    }
}
impl ::vod_api::__private::Text for Colour {
    #[inline]
    fn as_text(&self) -> &str {
        self.as_str()
    }
    #[inline]
    fn set_text(&mut self, text: &str) {
        *self = <Self as ::core::convert::From<&str>>::from(text);
    }
}
impl ::vod_api::__private::Member for Colour {
    type Kind = ::vod_api::__private::TextKind;
}
impl ::vod_api::__private::Serialize for Colour {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_text(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for Colour {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_text(deserializer)
    }
}
/**A period of time.

Spec: `tests/specs/sample/shelf/ListThings.toml:46`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct Period {
    ///`From`: Its start.
    pub from: ::core::option::Option<::vod_api::Timestamp>,
    ///`To`: Its end.
    pub to: ::core::option::Option<::vod_api::Timestamp>,
}
impl Period {
    ///Makes one with every field left out; set those that you need.
    #[inline]
    #[must_use]
    pub fn new() -> Self {
        Self {
            ..<Self as ::core::default::Default>::default()
        }
    }
    ///Sets `From`: Its start.
    #[inline]
    #[must_use]
    pub fn from(
        mut self,
        from: impl ::core::convert::Into<::vod_api::Timestamp>,
    ) -> Self {
        self.from = ::core::option::Option::Some(::core::convert::Into::into(from));
        self
    }
    ///Sets `To`: Its end.
    #[inline]
    #[must_use]
    pub fn to(mut self, to: impl ::core::convert::Into<::vod_api::Timestamp>) -> Self {
        self.to = ::core::option::Option::Some(::core::convert::Into::into(to));
        self
    }
}
impl ::vod_api::__private::Record for Period {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "Period",
            fields: &["From", "To"],
            rust_names: &["from", "to"],
            required: &[],
            sensitive: &[],
            limits: &[
                (0usize, ::vod_api::__private::Limit::Timestamp),
                (1usize, ::vod_api::__private::Limit::Timestamp),
            ],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::OptText(&self.from),
            1usize => ::vod_api::__private::FieldRef::OptText(&self.to),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::OptText(&mut self.from),
            1usize => ::vod_api::__private::FieldMut::OptText(&mut self.to),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for Period {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for Period {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for Period {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for Period {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for Period {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**A box, with boxes in it.

Spec: `tests/specs/sample/shelf/types.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct Box {
    ///`Side`: Length of a side in centimetres.
    pub side: i64,
    ///`Inner`: Boxes inside.
    pub inner: ::std::vec::Vec<Box>,
    ///`Lid`: A lid that is a box itself.
    pub lid: ::core::option::Option<::std::boxed::Box<Box>>,
}
impl Box {
    ///Makes one with the required fields: `side`.
    #[inline]
    #[must_use]
    pub fn new(side: i64) -> Self {
        Self {
            side: side,
            ..<Self as ::core::default::Default>::default()
        }
    }
    ///Sets `Inner`: Boxes inside.
    #[inline]
    #[must_use]
    pub fn inner(mut self, inner: impl ::core::iter::IntoIterator<Item = Box>) -> Self {
        self.inner = ::core::iter::Iterator::collect(
            ::core::iter::IntoIterator::into_iter(inner),
        );
        self
    }
    ///Sets `Lid`: A lid that is a box itself.
    #[inline]
    #[must_use]
    pub fn lid(mut self, lid: Box) -> Self {
        self.lid = ::core::option::Option::Some(::std::boxed::Box::new(lid));
        self
    }
}
impl ::vod_api::__private::Record for Box {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "Box",
            fields: &["Side", "Inner", "Lid"],
            rust_names: &["side", "inner", "lid"],
            required: &[0usize],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::Int64(&self.side),
            1usize => ::vod_api::__private::FieldRef::Records(&self.inner),
            2usize => {
                match &self.lid {
                    ::core::option::Option::Some(record) => {
                        ::vod_api::__private::FieldRef::Record(&**record)
                    }
                    ::core::option::Option::None => ::vod_api::__private::FieldRef::None,
                }
            }
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::Int64(&mut self.side),
            1usize => ::vod_api::__private::FieldMut::Records(&mut self.inner),
            2usize => ::vod_api::__private::FieldMut::OptRecord(&mut self.lid),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for Box {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for Box {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for Box {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for Box {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for Box {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Whatever was put.

[`payload`](Self::payload) gives what it carries as one [`ThingPayload`].

Spec: `tests/specs/sample/shelf/types.toml:17`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct Thing {
    ///`Self`: The thing's own name.
    pub self_: ::std::string::String,
    ///`Boxed`: The thing, if it is a box.
    pub boxed: ::core::option::Option<::std::boxed::Box<Box>>,
    ///`Payload`: What its owner wrote on it.
    pub note: ::core::option::Option<::vod_api::__private::Value>,
    ///`Flags`: Marks.
    pub flags: ::std::vec::Vec<bool>,
    /// Members that this version of the specs does not know, as the service sent them.
    pub unknown_members: ::vod_api::__private::Map<
        ::std::string::String,
        ::vod_api::__private::Value,
    >,
}
impl Thing {
    ///Sets `Self`: The thing's own name.
    #[inline]
    #[must_use]
    pub fn self_(
        mut self,
        self_: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.self_ = ::core::convert::Into::into(self_);
        self
    }
    ///Sets `Boxed`: The thing, if it is a box.
    #[inline]
    #[must_use]
    pub fn boxed(mut self, boxed: Box) -> Self {
        self.boxed = ::core::option::Option::Some(::std::boxed::Box::new(boxed));
        self
    }
    ///Sets `Payload`: What its owner wrote on it.
    #[inline]
    #[must_use]
    pub fn note(
        mut self,
        note: impl ::core::convert::Into<::vod_api::__private::Value>,
    ) -> Self {
        self.note = ::core::option::Option::Some(::core::convert::Into::into(note));
        self
    }
    ///Sets `Flags`: Marks.
    #[inline]
    #[must_use]
    pub fn flags(mut self, flags: impl ::core::iter::IntoIterator<Item = bool>) -> Self {
        self.flags = ::core::iter::Iterator::collect(
            ::core::iter::IntoIterator::into_iter(flags),
        );
        self
    }
}
impl ::vod_api::__private::Record for Thing {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "Thing",
            fields: &["Self", "Boxed", "Payload", "Flags"],
            rust_names: &["self_", "boxed", "note", "flags"],
            required: &[0usize],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::String(&self.self_),
            1usize => {
                match &self.boxed {
                    ::core::option::Option::Some(record) => {
                        ::vod_api::__private::FieldRef::Record(&**record)
                    }
                    ::core::option::Option::None => ::vod_api::__private::FieldRef::None,
                }
            }
            2usize => ::vod_api::__private::FieldRef::OptJson(&self.note),
            3usize => ::vod_api::__private::FieldRef::Bools(&self.flags),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::String(&mut self.self_),
            1usize => ::vod_api::__private::FieldMut::OptRecord(&mut self.boxed),
            2usize => ::vod_api::__private::FieldMut::OptJson(&mut self.note),
            3usize => ::vod_api::__private::FieldMut::Bools(&mut self.flags),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
    #[inline]
    fn unknown(
        &self,
    ) -> ::core::option::Option<
        &::vod_api::__private::Map<::std::string::String, ::vod_api::__private::Value>,
    > {
        ::core::option::Option::Some(&self.unknown_members)
    }
    #[inline]
    fn unknown_mut(
        &mut self,
    ) -> ::core::option::Option<
        &mut ::vod_api::__private::Map<
            ::std::string::String,
            ::vod_api::__private::Value,
        >,
    > {
        ::core::option::Option::Some(&mut self.unknown_members)
    }
    #[inline]
    fn union(&self) -> ::core::option::Option<&'static ::vod_api::__private::UnionMeta> {
        ::core::option::Option::Some(
            &::vod_api::__private::UnionMeta {
                tag: 0usize,
                members: &[(1usize, "box"), (2usize, "note")],
            },
        )
    }
}
impl ::vod_api::__private::Member for Thing {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for Thing {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for Thing {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for Thing {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for Thing {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
///The payload of [`Thing`], selected by its `Self`.
#[derive(
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq
)]
#[non_exhaustive]
pub enum ThingPayload<'a> {
    ///`box`: The thing, if it is a box.
    Box(&'a Box),
    ///`note`: What its owner wrote on it.
    Note(&'a ::vod_api::__private::Value),
    /// None of the above: the tag and the members that this version does not know, as they came.
    Unknown {
        /// The tag.
        tag: &'a str,
        /// The unknown members.
        members: &'a ::vod_api::__private::Map<
            ::std::string::String,
            ::vod_api::__private::Value,
        >,
    },
}
impl Thing {
    ///What it carries, by `Self`. If that names none of the members that are there, the first one that is there counts, and without any it is [`ThingPayload::Unknown`].
    #[must_use]
    pub fn payload(&self) -> ThingPayload<'_> {
        let payload = match ::vod_api::__private::carried_member(self) {
            ::core::option::Option::Some(1usize) => {
                ::core::option::Option::map(self.boxed.as_deref(), ThingPayload::Box)
            }
            ::core::option::Option::Some(2usize) => {
                ::core::option::Option::map(self.note.as_ref(), ThingPayload::Note)
            }
            _ => ::core::option::Option::None,
        };
        payload
            .unwrap_or_else(|| ThingPayload::Unknown {
                tag: &*self.self_,
                members: &self.unknown_members,
            })
    }
}
/**Tells how far an errand is.

The action as a type, which `Client::describe_errand` calls, with [`DescribeErrandRequest`] and [`DescribeErrandResponse`].

Spec: `tests/specs/sample/shelf/DescribeErrand.toml:1`.*/
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct DescribeErrand;
impl ::vod_api::Action for DescribeErrand {
    type Request = DescribeErrandRequest;
    type Response = DescribeErrandResponse;
    const META: &'static ::vod_api::ActionMeta = &::vod_api::ActionMeta::new(
        "DescribeErrand",
        &SERVICE,
        0u32,
        0u32,
        true,
        false,
        &[],
    );
}
impl ::vod_api::Request for DescribeErrandRequest {
    type Action = DescribeErrand;
}
impl ::vod_api::Waitable for DescribeErrand {
    const WAITING: &'static ::vod_api::__private::Waiting = &::vod_api::__private::Waiting {
        id: 0usize,
        status: 0usize,
        until: &["DONE", "LOST"],
    };
}
/**Parameters of [`DescribeErrand`].

Tells how far an errand is.

Spec: `tests/specs/sample/shelf/DescribeErrand.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct DescribeErrandRequest {
    ///`ErrandId`: The errand.
    pub errand_id: ::std::string::String,
    ///`Verbose`: Whether to tell more.
    pub verbose: ::core::option::Option<bool>,
}
impl DescribeErrandRequest {
    ///Makes one with the required fields: `errand_id`.
    #[inline]
    #[must_use]
    pub fn new(errand_id: impl ::core::convert::Into<::std::string::String>) -> Self {
        Self {
            errand_id: ::core::convert::Into::into(errand_id),
            ..<Self as ::core::default::Default>::default()
        }
    }
    ///Sets `Verbose`: Whether to tell more.
    #[inline]
    #[must_use]
    pub fn verbose(mut self, verbose: bool) -> Self {
        self.verbose = ::core::option::Option::Some(verbose);
        self
    }
}
impl ::vod_api::__private::Record for DescribeErrandRequest {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "DescribeErrandRequest",
            fields: &["ErrandId", "Verbose"],
            rust_names: &["errand_id", "verbose"],
            required: &[0usize],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::String(&self.errand_id),
            1usize => ::vod_api::__private::FieldRef::OptBool(&self.verbose),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::String(&mut self.errand_id),
            1usize => ::vod_api::__private::FieldMut::OptBool(&mut self.verbose),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for DescribeErrandRequest {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for DescribeErrandRequest {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for DescribeErrandRequest {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for DescribeErrandRequest {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for DescribeErrandRequest {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Response of [`DescribeErrand`].

Tells how far an errand is.

[`payload`](Self::payload) gives what it carries as one [`ErrandFind`].

Spec: `tests/specs/sample/shelf/DescribeErrand.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct DescribeErrandResponse {
    ///`Status`: How far it is.
    pub status: DescribeErrandStatus,
    ///`Percent`: How much of the way is done.
    pub percent: ::core::option::Option<i64>,
    ///`Kind`: What was fetched; it decides which of the members below is there.
    pub kind: ::std::string::String,
    ///`FoundBox`: The box; there when `Kind` is `box`.
    pub found_box: ::core::option::Option<::std::boxed::Box<Box>>,
    ///`Payload`: The letter; there when `Kind` is `letter`.
    pub payload: ::core::option::Option<::vod_api::__private::Value>,
    /// The id of the call, which the service asks for when something has to be looked into.
    pub request_id: ::std::string::String,
    /// Members that this version of the specs does not know, as the service sent them.
    pub unknown_members: ::vod_api::__private::Map<
        ::std::string::String,
        ::vod_api::__private::Value,
    >,
}
impl DescribeErrandResponse {
    /// Sets the request id.
    #[inline]
    #[must_use]
    pub fn request_id(
        mut self,
        request_id: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.request_id = ::core::convert::Into::into(request_id);
        self
    }
    ///Sets `Status`: How far it is.
    #[inline]
    #[must_use]
    pub fn status(
        mut self,
        status: impl ::core::convert::Into<DescribeErrandStatus>,
    ) -> Self {
        self.status = ::core::convert::Into::into(status);
        self
    }
    ///Sets `Percent`: How much of the way is done.
    #[inline]
    #[must_use]
    pub fn percent(mut self, percent: i64) -> Self {
        self.percent = ::core::option::Option::Some(percent);
        self
    }
    ///Sets `Kind`: What was fetched; it decides which of the members below is there.
    #[inline]
    #[must_use]
    pub fn kind(
        mut self,
        kind: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.kind = ::core::convert::Into::into(kind);
        self
    }
    ///Sets `FoundBox`: The box; there when `Kind` is `box`.
    #[inline]
    #[must_use]
    pub fn found_box(mut self, found_box: Box) -> Self {
        self.found_box = ::core::option::Option::Some(::std::boxed::Box::new(found_box));
        self
    }
    ///Sets `Payload`: The letter; there when `Kind` is `letter`.
    #[inline]
    #[must_use]
    pub fn payload_(
        mut self,
        payload: impl ::core::convert::Into<::vod_api::__private::Value>,
    ) -> Self {
        self.payload = ::core::option::Option::Some(
            ::core::convert::Into::into(payload),
        );
        self
    }
}
impl ::vod_api::__private::Record for DescribeErrandResponse {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "DescribeErrandResponse",
            fields: &["Status", "Percent", "Kind", "FoundBox", "Payload", "RequestId"],
            rust_names: &[
                "status",
                "percent",
                "kind",
                "found_box",
                "payload",
                "request_id",
            ],
            required: &[0usize, 2usize, 5usize],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::Text(&self.status),
            1usize => ::vod_api::__private::FieldRef::OptInt64(&self.percent),
            2usize => ::vod_api::__private::FieldRef::String(&self.kind),
            3usize => {
                match &self.found_box {
                    ::core::option::Option::Some(record) => {
                        ::vod_api::__private::FieldRef::Record(&**record)
                    }
                    ::core::option::Option::None => ::vod_api::__private::FieldRef::None,
                }
            }
            4usize => ::vod_api::__private::FieldRef::OptJson(&self.payload),
            5usize => ::vod_api::__private::FieldRef::String(&self.request_id),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::Text(&mut self.status),
            1usize => ::vod_api::__private::FieldMut::OptInt64(&mut self.percent),
            2usize => ::vod_api::__private::FieldMut::String(&mut self.kind),
            3usize => ::vod_api::__private::FieldMut::OptRecord(&mut self.found_box),
            4usize => ::vod_api::__private::FieldMut::OptJson(&mut self.payload),
            5usize => ::vod_api::__private::FieldMut::String(&mut self.request_id),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
    #[inline]
    fn unknown(
        &self,
    ) -> ::core::option::Option<
        &::vod_api::__private::Map<::std::string::String, ::vod_api::__private::Value>,
    > {
        ::core::option::Option::Some(&self.unknown_members)
    }
    #[inline]
    fn unknown_mut(
        &mut self,
    ) -> ::core::option::Option<
        &mut ::vod_api::__private::Map<
            ::std::string::String,
            ::vod_api::__private::Value,
        >,
    > {
        ::core::option::Option::Some(&mut self.unknown_members)
    }
    #[inline]
    fn union(&self) -> ::core::option::Option<&'static ::vod_api::__private::UnionMeta> {
        ::core::option::Option::Some(
            &::vod_api::__private::UnionMeta {
                tag: 2usize,
                members: &[(3usize, "box"), (4usize, "letter")],
            },
        )
    }
}
impl ::vod_api::__private::Member for DescribeErrandResponse {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for DescribeErrandResponse {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for DescribeErrandResponse {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for DescribeErrandResponse {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for DescribeErrandResponse {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
///The payload of [`DescribeErrandResponse`], selected by its `Kind`.
#[derive(
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq
)]
#[non_exhaustive]
pub enum ErrandFind<'a> {
    ///`box`: The box.
    Box(&'a Box),
    ///`letter`: The letter.
    Letter(&'a ::vod_api::__private::Value),
    /// None of the above: the tag and the members that this version does not know, as they came.
    Unknown {
        /// The tag.
        tag: &'a str,
        /// The unknown members.
        members: &'a ::vod_api::__private::Map<
            ::std::string::String,
            ::vod_api::__private::Value,
        >,
    },
}
impl DescribeErrandResponse {
    ///What it carries, by `Kind`. If that names none of the members that are there, the first one that is there counts, and without any it is [`ErrandFind::Unknown`].
    #[must_use]
    pub fn payload(&self) -> ErrandFind<'_> {
        let payload = match ::vod_api::__private::carried_member(self) {
            ::core::option::Option::Some(3usize) => {
                ::core::option::Option::map(self.found_box.as_deref(), ErrandFind::Box)
            }
            ::core::option::Option::Some(4usize) => {
                ::core::option::Option::map(self.payload.as_ref(), ErrandFind::Letter)
            }
            _ => ::core::option::Option::None,
        };
        payload
            .unwrap_or_else(|| ErrandFind::Unknown {
                tag: &*self.kind,
                members: &self.unknown_members,
            })
    }
}
/**Lists the boxes of a shelf.

The action as a type, which `Client::list_boxes` calls, with [`ListBoxesRequest`] and [`ListBoxesResponse`].

Spec: `tests/specs/sample/shelf/ListBoxes.toml:1`.*/
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct ListBoxes;
impl ::vod_api::Action for ListBoxes {
    type Request = ListBoxesRequest;
    type Response = ListBoxesResponse;
    const META: &'static ::vod_api::ActionMeta = &::vod_api::ActionMeta::new(
        "ListBoxes",
        &SERVICE,
        0u32,
        0u32,
        false,
        false,
        &[],
    );
}
impl ::vod_api::Request for ListBoxesRequest {
    type Action = ListBoxes;
}
impl ::vod_api::Paginated for ListBoxes {
    type Item = Box;
    const PAGING: &'static ::vod_api::__private::Paging = &::vod_api::__private::Paging {
        by: ::vod_api::__private::PageBy::Token {
            request: 0usize,
            response: 1usize,
        },
        limit: ::core::option::Option::Some(2usize),
        page_size: 0u64,
        items: 0usize,
        total: ::core::option::Option::None,
        more: ::core::option::Option::Some(3usize),
    };
    #[inline]
    fn into_items(response: Self::Response) -> ::std::vec::Vec<Self::Item> {
        response.box_set
    }
}
/**Parameters of [`ListBoxes`].

Lists the boxes of a shelf.

Spec: `tests/specs/sample/shelf/ListBoxes.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct ListBoxesRequest {
    ///`Marker`: Where to go on, from the answer before.
    pub marker: ::core::option::Option<::std::string::String>,
    ///`PageNumber`: Which page, from 1; instead of a marker.
    pub page_number: ::core::option::Option<i64>,
    ///`PageSize`: How many boxes to answer at most.
    pub page_size: ::core::option::Option<u64>,
}
impl ListBoxesRequest {
    ///Makes one with every field left out; set those that you need.
    #[inline]
    #[must_use]
    pub fn new() -> Self {
        Self {
            ..<Self as ::core::default::Default>::default()
        }
    }
    ///Sets `Marker`: Where to go on, from the answer before.
    #[inline]
    #[must_use]
    pub fn marker(
        mut self,
        marker: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.marker = ::core::option::Option::Some(::core::convert::Into::into(marker));
        self
    }
    ///Sets `PageNumber`: Which page, from 1; instead of a marker.
    #[inline]
    #[must_use]
    pub fn page_number(mut self, page_number: i64) -> Self {
        self.page_number = ::core::option::Option::Some(page_number);
        self
    }
    ///Sets `PageSize`: How many boxes to answer at most.
    #[inline]
    #[must_use]
    pub fn page_size(mut self, page_size: u64) -> Self {
        self.page_size = ::core::option::Option::Some(page_size);
        self
    }
}
impl ::vod_api::__private::Record for ListBoxesRequest {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "ListBoxesRequest",
            fields: &["Marker", "PageNumber", "PageSize"],
            rust_names: &["marker", "page_number", "page_size"],
            required: &[],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::OptString(&self.marker),
            1usize => ::vod_api::__private::FieldRef::OptInt64(&self.page_number),
            2usize => ::vod_api::__private::FieldRef::OptUint64(&self.page_size),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::OptString(&mut self.marker),
            1usize => ::vod_api::__private::FieldMut::OptInt64(&mut self.page_number),
            2usize => ::vod_api::__private::FieldMut::OptUint64(&mut self.page_size),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for ListBoxesRequest {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for ListBoxesRequest {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for ListBoxesRequest {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for ListBoxesRequest {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for ListBoxesRequest {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Response of [`ListBoxes`].

Lists the boxes of a shelf.

Spec: `tests/specs/sample/shelf/ListBoxes.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct ListBoxesResponse {
    ///`BoxSet`: The boxes.
    pub box_set: ::std::vec::Vec<Box>,
    ///`NextMarker`: Where to go on; absent at the end.
    pub next_marker: ::core::option::Option<::std::string::String>,
    ///`BoxCount`: How many there are, if that is known.
    pub box_count: ::core::option::Option<i64>,
    ///`IsCut`: Whether there are more.
    pub is_cut: ::core::option::Option<bool>,
    /// The id of the call, which the service asks for when something has to be looked into.
    pub request_id: ::std::string::String,
}
impl ListBoxesResponse {
    /// Sets the request id.
    #[inline]
    #[must_use]
    pub fn request_id(
        mut self,
        request_id: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.request_id = ::core::convert::Into::into(request_id);
        self
    }
    ///Sets `BoxSet`: The boxes.
    #[inline]
    #[must_use]
    pub fn box_set(
        mut self,
        box_set: impl ::core::iter::IntoIterator<Item = Box>,
    ) -> Self {
        self.box_set = ::core::iter::Iterator::collect(
            ::core::iter::IntoIterator::into_iter(box_set),
        );
        self
    }
    ///Sets `NextMarker`: Where to go on; absent at the end.
    #[inline]
    #[must_use]
    pub fn next_marker(
        mut self,
        next_marker: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.next_marker = ::core::option::Option::Some(
            ::core::convert::Into::into(next_marker),
        );
        self
    }
    ///Sets `BoxCount`: How many there are, if that is known.
    #[inline]
    #[must_use]
    pub fn box_count(mut self, box_count: i64) -> Self {
        self.box_count = ::core::option::Option::Some(box_count);
        self
    }
    ///Sets `IsCut`: Whether there are more.
    #[inline]
    #[must_use]
    pub fn is_cut(mut self, is_cut: bool) -> Self {
        self.is_cut = ::core::option::Option::Some(is_cut);
        self
    }
}
impl ::vod_api::__private::Record for ListBoxesResponse {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "ListBoxesResponse",
            fields: &["BoxSet", "NextMarker", "BoxCount", "IsCut", "RequestId"],
            rust_names: &["box_set", "next_marker", "box_count", "is_cut", "request_id"],
            required: &[4usize],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::Records(&self.box_set),
            1usize => ::vod_api::__private::FieldRef::OptString(&self.next_marker),
            2usize => ::vod_api::__private::FieldRef::OptInt64(&self.box_count),
            3usize => ::vod_api::__private::FieldRef::OptBool(&self.is_cut),
            4usize => ::vod_api::__private::FieldRef::String(&self.request_id),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::Records(&mut self.box_set),
            1usize => ::vod_api::__private::FieldMut::OptString(&mut self.next_marker),
            2usize => ::vod_api::__private::FieldMut::OptInt64(&mut self.box_count),
            3usize => ::vod_api::__private::FieldMut::OptBool(&mut self.is_cut),
            4usize => ::vod_api::__private::FieldMut::String(&mut self.request_id),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for ListBoxesResponse {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for ListBoxesResponse {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for ListBoxesResponse {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for ListBoxesResponse {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for ListBoxesResponse {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Lists the things on all shelves.

The action as a type, which `Client::list_things` calls, with [`ListThingsRequest`] and [`ListThingsResponse`].

Spec: `tests/specs/sample/shelf/ListThings.toml:1`.*/
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct ListThings;
impl ::vod_api::Action for ListThings {
    type Request = ListThingsRequest;
    type Response = ListThingsResponse;
    const META: &'static ::vod_api::ActionMeta = &::vod_api::ActionMeta::new(
        "ListThings",
        &SERVICE,
        0u32,
        0u32,
        false,
        false,
        &[],
    );
}
impl ::vod_api::Request for ListThingsRequest {
    type Action = ListThings;
}
impl ::vod_api::Paginated for ListThings {
    type Item = Thing;
    const PAGING: &'static ::vod_api::__private::Paging = &::vod_api::__private::Paging {
        by: ::vod_api::__private::PageBy::Offset(0usize),
        limit: ::core::option::Option::Some(1usize),
        page_size: 50u64,
        items: 0usize,
        total: ::core::option::Option::Some(1usize),
        more: ::core::option::Option::None,
    };
    #[inline]
    fn into_items(response: Self::Response) -> ::std::vec::Vec<Self::Item> {
        response.thing_set
    }
}
impl ::vod_api::Windowed for ListThings {
    const WINDOW: &'static ::vod_api::__private::Window = &::vod_api::__private::Window {
        ceiling: 200u64,
        range: 3usize,
        start: "From",
        end: "To",
        id: "Self",
        set: "{\"Prefix\":\"\"}",
    };
}
/**Parameters of [`ListThings`].

Lists the things on all shelves.

Spec: `tests/specs/sample/shelf/ListThings.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct ListThingsRequest {
    ///`Offset`: How many things to skip.
    pub offset: ::core::option::Option<u64>,
    /**`Limit`: How many things to answer at most.

Limits: 1 to 50.*/
    pub limit: ::core::option::Option<i64>,
    ///`Prefix`: How the names begin.
    pub prefix: ::core::option::Option<::std::string::String>,
    ///`PutTime`: When they were put.
    pub put_time: ::core::option::Option<::std::boxed::Box<Period>>,
}
impl ListThingsRequest {
    ///Makes one with every field left out; set those that you need.
    #[inline]
    #[must_use]
    pub fn new() -> Self {
        Self {
            ..<Self as ::core::default::Default>::default()
        }
    }
    ///Sets `Offset`: How many things to skip.
    #[inline]
    #[must_use]
    pub fn offset(mut self, offset: u64) -> Self {
        self.offset = ::core::option::Option::Some(offset);
        self
    }
    ///Sets `Limit`: How many things to answer at most.
    #[inline]
    #[must_use]
    pub fn limit(mut self, limit: i64) -> Self {
        self.limit = ::core::option::Option::Some(limit);
        self
    }
    ///Sets `Prefix`: How the names begin.
    #[inline]
    #[must_use]
    pub fn prefix(
        mut self,
        prefix: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.prefix = ::core::option::Option::Some(::core::convert::Into::into(prefix));
        self
    }
    ///Sets `PutTime`: When they were put.
    #[inline]
    #[must_use]
    pub fn put_time(mut self, put_time: Period) -> Self {
        self.put_time = ::core::option::Option::Some(::std::boxed::Box::new(put_time));
        self
    }
}
impl ::vod_api::__private::Record for ListThingsRequest {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "ListThingsRequest",
            fields: &["Offset", "Limit", "Prefix", "PutTime"],
            rust_names: &["offset", "limit", "prefix", "put_time"],
            required: &[],
            sensitive: &[],
            limits: &[(1usize, ::vod_api::__private::Limit::Int(1i128, 50i128))],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::OptUint64(&self.offset),
            1usize => ::vod_api::__private::FieldRef::OptInt64(&self.limit),
            2usize => ::vod_api::__private::FieldRef::OptString(&self.prefix),
            3usize => {
                match &self.put_time {
                    ::core::option::Option::Some(record) => {
                        ::vod_api::__private::FieldRef::Record(&**record)
                    }
                    ::core::option::Option::None => ::vod_api::__private::FieldRef::None,
                }
            }
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::OptUint64(&mut self.offset),
            1usize => ::vod_api::__private::FieldMut::OptInt64(&mut self.limit),
            2usize => ::vod_api::__private::FieldMut::OptString(&mut self.prefix),
            3usize => ::vod_api::__private::FieldMut::OptRecord(&mut self.put_time),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for ListThingsRequest {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for ListThingsRequest {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for ListThingsRequest {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for ListThingsRequest {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for ListThingsRequest {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Response of [`ListThings`].

Lists the things on all shelves.

Spec: `tests/specs/sample/shelf/ListThings.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct ListThingsResponse {
    ///`ThingSet`: The things.
    pub thing_set: ::std::vec::Vec<Thing>,
    ///`TotalCount`: How many there are.
    pub total_count: u64,
    /// The id of the call, which the service asks for when something has to be looked into.
    pub request_id: ::std::string::String,
}
impl ListThingsResponse {
    /// Sets the request id.
    #[inline]
    #[must_use]
    pub fn request_id(
        mut self,
        request_id: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.request_id = ::core::convert::Into::into(request_id);
        self
    }
    ///Sets `ThingSet`: The things.
    #[inline]
    #[must_use]
    pub fn thing_set(
        mut self,
        thing_set: impl ::core::iter::IntoIterator<Item = Thing>,
    ) -> Self {
        self.thing_set = ::core::iter::Iterator::collect(
            ::core::iter::IntoIterator::into_iter(thing_set),
        );
        self
    }
    ///Sets `TotalCount`: How many there are.
    #[inline]
    #[must_use]
    pub fn total_count(mut self, total_count: u64) -> Self {
        self.total_count = total_count;
        self
    }
}
impl ::vod_api::__private::Record for ListThingsResponse {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "ListThingsResponse",
            fields: &["ThingSet", "TotalCount", "RequestId"],
            rust_names: &["thing_set", "total_count", "request_id"],
            required: &[1usize, 2usize],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::Records(&self.thing_set),
            1usize => ::vod_api::__private::FieldRef::Uint64(&self.total_count),
            2usize => ::vod_api::__private::FieldRef::String(&self.request_id),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::Records(&mut self.thing_set),
            1usize => ::vod_api::__private::FieldMut::Uint64(&mut self.total_count),
            2usize => ::vod_api::__private::FieldMut::String(&mut self.request_id),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for ListThingsResponse {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for ListThingsResponse {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for ListThingsResponse {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for ListThingsResponse {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for ListThingsResponse {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Puts a thing on a shelf.

The action as a type, which `Client::put_thing` calls, with [`PutThingRequest`] and [`PutThingResponse`].

Spec: `tests/specs/sample/shelf/PutThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct PutThing;
impl ::vod_api::Action for PutThing {
    type Request = PutThingRequest;
    type Response = PutThingResponse;
    const META: &'static ::vod_api::ActionMeta = &::vod_api::ActionMeta::new(
        "PutThing",
        &SERVICE,
        12345u32,
        20u32,
        true,
        false,
        &["InvalidParameter.Name"],
    );
}
impl ::vod_api::Request for PutThingRequest {
    type Action = PutThing;
}
/**Parameters of [`PutThing`].

Puts a thing on a shelf.

Spec: `tests/specs/sample/shelf/PutThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct PutThingRequest {
    /**`Name`: The thing's name, unique on its shelf. Lower case.

Limits: 1 to 8 characters, matching `^[a-z]*$`.*/
    pub name: ::std::string::String,
    ///`Type`: A keyword of Rust as a field, and an enumeration as its type.
    pub r#type: Colour,
    /**`Super`: A keyword that cannot even be a raw identifier.

Limits: -5 to 5. Default of the service: `0`.*/
    pub super_: ::core::option::Option<i64>,
    /**`Weight`: Weight in kilograms.

Limits: at least 0.5.*/
    pub weight: ::core::option::Option<f64>,
    /**`Count`: How many of it.

Limits: at most 100.*/
    pub count: ::core::option::Option<u64>,
    /**`Labels`: Labels to find it by.

Limits: at most 3 items, each at most 4 characters.*/
    pub labels: ::std::vec::Vec<::std::string::String>,
    /**`Secret`: The key of the shelf.

Hidden in `Debug`.*/
    pub secret: ::core::option::Option<::std::string::String>,
    ///`Box`: What it is packed in.
    pub r#box: ::core::option::Option<::std::boxed::Box<Box>>,
    ///`Mode`: How to put it.
    pub mode: ::core::option::Option<PutThingMode>,
    /**`Old`: Whether it is old.

**Deprecated**: It has no effect.*/
    pub old: ::core::option::Option<bool>,
    ///`New`: A field whose setter would be the constructor.
    pub new: ::core::option::Option<bool>,
    ///`TenantId`: The tenant that the call is for.
    pub tenant_id: ::core::option::Option<u64>,
}
impl PutThingRequest {
    ///Makes one with the required fields: `name`, `type`.
    #[inline]
    #[must_use]
    pub fn new(
        name: impl ::core::convert::Into<::std::string::String>,
        r#type: impl ::core::convert::Into<Colour>,
    ) -> Self {
        Self {
            name: ::core::convert::Into::into(name),
            r#type: ::core::convert::Into::into(r#type),
            ..<Self as ::core::default::Default>::default()
        }
    }
    ///Sets `Super`: A keyword that cannot even be a raw identifier.
    #[inline]
    #[must_use]
    pub fn super_(mut self, super_: i64) -> Self {
        self.super_ = ::core::option::Option::Some(super_);
        self
    }
    ///Sets `Weight`: Weight in kilograms.
    #[inline]
    #[must_use]
    pub fn weight(mut self, weight: f64) -> Self {
        self.weight = ::core::option::Option::Some(weight);
        self
    }
    ///Sets `Count`: How many of it.
    #[inline]
    #[must_use]
    pub fn count(mut self, count: u64) -> Self {
        self.count = ::core::option::Option::Some(count);
        self
    }
    ///Sets `Labels`: Labels to find it by.
    #[inline]
    #[must_use]
    pub fn labels(
        mut self,
        labels: impl ::core::iter::IntoIterator<
            Item = impl ::core::convert::Into<::std::string::String>,
        >,
    ) -> Self {
        self.labels = ::core::iter::Iterator::collect(
            ::core::iter::Iterator::map(
                ::core::iter::IntoIterator::into_iter(labels),
                ::core::convert::Into::into,
            ),
        );
        self
    }
    ///Sets `Secret`: The key of the shelf.
    #[inline]
    #[must_use]
    pub fn secret(
        mut self,
        secret: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.secret = ::core::option::Option::Some(::core::convert::Into::into(secret));
        self
    }
    ///Sets `Box`: What it is packed in.
    #[inline]
    #[must_use]
    pub fn r#box(mut self, r#box: Box) -> Self {
        self.r#box = ::core::option::Option::Some(::std::boxed::Box::new(r#box));
        self
    }
    ///Sets `Mode`: How to put it.
    #[inline]
    #[must_use]
    pub fn mode(mut self, mode: impl ::core::convert::Into<PutThingMode>) -> Self {
        self.mode = ::core::option::Option::Some(::core::convert::Into::into(mode));
        self
    }
    ///Sets `Old`: Whether it is old.
    #[deprecated = "It has no effect."]
    #[inline]
    #[must_use]
    pub fn old(mut self, old: bool) -> Self {
        self.old = ::core::option::Option::Some(old);
        self
    }
    ///Sets `New`: A field whose setter would be the constructor.
    #[inline]
    #[must_use]
    pub fn new_(mut self, new: bool) -> Self {
        self.new = ::core::option::Option::Some(new);
        self
    }
    ///Sets `TenantId`: The tenant that the call is for.
    #[inline]
    #[must_use]
    pub fn tenant_id(mut self, tenant_id: u64) -> Self {
        self.tenant_id = ::core::option::Option::Some(tenant_id);
        self
    }
}
impl ::vod_api::__private::Record for PutThingRequest {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "PutThingRequest",
            fields: &[
                "Name",
                "Type",
                "Super",
                "Weight",
                "Count",
                "Labels",
                "Secret",
                "Box",
                "Mode",
                "Old",
                "New",
                "TenantId",
            ],
            rust_names: &[
                "name",
                "type",
                "super_",
                "weight",
                "count",
                "labels",
                "secret",
                "box",
                "mode",
                "old",
                "new",
                "tenant_id",
            ],
            required: &[0usize, 1usize],
            sensitive: &[6usize],
            limits: &[
                (0usize, ::vod_api::__private::Limit::Length(1u64, 8u64)),
                (0usize, ::vod_api::__private::Limit::Pattern("^[a-z]*$")),
                (2usize, ::vod_api::__private::Limit::Int(-5i128, 5i128)),
                (
                    3usize,
                    ::vod_api::__private::Limit::Float(
                        0.5f64,
                        179769313486231570000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000f64,
                    ),
                ),
                (
                    4usize,
                    ::vod_api::__private::Limit::Int(
                        -170141183460469231731687303715884105728i128,
                        100i128,
                    ),
                ),
                (5usize, ::vod_api::__private::Limit::Items(0u64, 3u64)),
                (5usize, ::vod_api::__private::Limit::Length(0u64, 4u64)),
            ],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::String(&self.name),
            1usize => ::vod_api::__private::FieldRef::Text(&self.r#type),
            2usize => ::vod_api::__private::FieldRef::OptInt64(&self.super_),
            3usize => ::vod_api::__private::FieldRef::OptFloat(&self.weight),
            4usize => ::vod_api::__private::FieldRef::OptUint64(&self.count),
            5usize => ::vod_api::__private::FieldRef::Strings(&self.labels),
            6usize => ::vod_api::__private::FieldRef::OptString(&self.secret),
            7usize => {
                match &self.r#box {
                    ::core::option::Option::Some(record) => {
                        ::vod_api::__private::FieldRef::Record(&**record)
                    }
                    ::core::option::Option::None => ::vod_api::__private::FieldRef::None,
                }
            }
            8usize => ::vod_api::__private::FieldRef::OptText(&self.mode),
            9usize => ::vod_api::__private::FieldRef::OptBool(&self.old),
            10usize => ::vod_api::__private::FieldRef::OptBool(&self.new),
            11usize => ::vod_api::__private::FieldRef::OptUint64(&self.tenant_id),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::String(&mut self.name),
            1usize => ::vod_api::__private::FieldMut::Text(&mut self.r#type),
            2usize => ::vod_api::__private::FieldMut::OptInt64(&mut self.super_),
            3usize => ::vod_api::__private::FieldMut::OptFloat(&mut self.weight),
            4usize => ::vod_api::__private::FieldMut::OptUint64(&mut self.count),
            5usize => ::vod_api::__private::FieldMut::Strings(&mut self.labels),
            6usize => ::vod_api::__private::FieldMut::OptString(&mut self.secret),
            7usize => ::vod_api::__private::FieldMut::OptRecord(&mut self.r#box),
            8usize => ::vod_api::__private::FieldMut::OptText(&mut self.mode),
            9usize => ::vod_api::__private::FieldMut::OptBool(&mut self.old),
            10usize => ::vod_api::__private::FieldMut::OptBool(&mut self.new),
            11usize => ::vod_api::__private::FieldMut::OptUint64(&mut self.tenant_id),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for PutThingRequest {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for PutThingRequest {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for PutThingRequest {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for PutThingRequest {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for PutThingRequest {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Response of [`PutThing`].

Puts a thing on a shelf.

Spec: `tests/specs/sample/shelf/PutThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct PutThingResponse {
    /**`PutAt`: When it was put.

Valid for 2 hours.*/
    pub put_at: ::vod_api::Timestamp,
    ///`Best`: The day until which it is best.
    pub best: ::core::option::Option<::vod_api::Date>,
    /// The id of the call, which the service asks for when something has to be looked into.
    pub request_id: ::std::string::String,
}
impl PutThingResponse {
    /// Sets the request id.
    #[inline]
    #[must_use]
    pub fn request_id(
        mut self,
        request_id: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.request_id = ::core::convert::Into::into(request_id);
        self
    }
    ///Sets `PutAt`: When it was put.
    #[inline]
    #[must_use]
    pub fn put_at(
        mut self,
        put_at: impl ::core::convert::Into<::vod_api::Timestamp>,
    ) -> Self {
        self.put_at = ::core::convert::Into::into(put_at);
        self
    }
    ///Sets `Best`: The day until which it is best.
    #[inline]
    #[must_use]
    pub fn best(mut self, best: impl ::core::convert::Into<::vod_api::Date>) -> Self {
        self.best = ::core::option::Option::Some(::core::convert::Into::into(best));
        self
    }
}
impl ::vod_api::__private::Record for PutThingResponse {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "PutThingResponse",
            fields: &["PutAt", "Best", "RequestId"],
            rust_names: &["put_at", "best", "request_id"],
            required: &[0usize, 2usize],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::Text(&self.put_at),
            1usize => ::vod_api::__private::FieldRef::OptText(&self.best),
            2usize => ::vod_api::__private::FieldRef::String(&self.request_id),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::Text(&mut self.put_at),
            1usize => ::vod_api::__private::FieldMut::OptText(&mut self.best),
            2usize => ::vod_api::__private::FieldMut::String(&mut self.request_id),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for PutThingResponse {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for PutThingResponse {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for PutThingResponse {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for PutThingResponse {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for PutThingResponse {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Ships the picture of a thing.

The action as a type, which `Client::ship_thing` calls, with [`ShipThingRequest`] and [`ShipThingResponse`].

Spec: `tests/specs/sample/shelf/ShipThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct ShipThing;
impl ::vod_api::Action for ShipThing {
    type Request = ShipThingRequest;
    type Response = ShipThingResponse;
    const META: &'static ::vod_api::ActionMeta = &::vod_api::ActionMeta::new(
            "ShipThing",
            &SERVICE,
            0u32,
            0u32,
            false,
            false,
            &[],
        )
        .with_binary_body();
}
impl ::vod_api::Request for ShipThingRequest {
    type Action = ShipThing;
}
impl ::vod_api::BinaryAction for ShipThing {}
/**Parameters of [`ShipThing`].

Ships the picture of a thing.

Spec: `tests/specs/sample/shelf/ShipThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct ShipThingRequest {
    /**`Name`: The thing's name.

Limits: at most 8 characters.*/
    pub name: ::std::string::String,
    ///`Pages`: How many pages the picture has.
    pub pages: ::core::option::Option<u64>,
    ///`Urgent`: Whether it must arrive soon.
    pub urgent: ::core::option::Option<bool>,
}
impl ShipThingRequest {
    ///Makes one with the required fields: `name`.
    #[inline]
    #[must_use]
    pub fn new(name: impl ::core::convert::Into<::std::string::String>) -> Self {
        Self {
            name: ::core::convert::Into::into(name),
            ..<Self as ::core::default::Default>::default()
        }
    }
    ///Sets `Pages`: How many pages the picture has.
    #[inline]
    #[must_use]
    pub fn pages(mut self, pages: u64) -> Self {
        self.pages = ::core::option::Option::Some(pages);
        self
    }
    ///Sets `Urgent`: Whether it must arrive soon.
    #[inline]
    #[must_use]
    pub fn urgent(mut self, urgent: bool) -> Self {
        self.urgent = ::core::option::Option::Some(urgent);
        self
    }
}
impl ::vod_api::__private::Record for ShipThingRequest {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "ShipThingRequest",
            fields: &["Name", "Pages", "Urgent"],
            rust_names: &["name", "pages", "urgent"],
            required: &[0usize],
            sensitive: &[],
            limits: &[(0usize, ::vod_api::__private::Limit::Length(0u64, 8u64))],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::String(&self.name),
            1usize => ::vod_api::__private::FieldRef::OptUint64(&self.pages),
            2usize => ::vod_api::__private::FieldRef::OptBool(&self.urgent),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::String(&mut self.name),
            1usize => ::vod_api::__private::FieldMut::OptUint64(&mut self.pages),
            2usize => ::vod_api::__private::FieldMut::OptBool(&mut self.urgent),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for ShipThingRequest {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for ShipThingRequest {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for ShipThingRequest {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for ShipThingRequest {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for ShipThingRequest {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Response of [`ShipThing`].

Ships the picture of a thing.

Spec: `tests/specs/sample/shelf/ShipThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct ShipThingResponse {
    /// The id of the call, which the service asks for when something has to be looked into.
    pub request_id: ::std::string::String,
}
impl ShipThingResponse {
    /// Sets the request id.
    #[inline]
    #[must_use]
    pub fn request_id(
        mut self,
        request_id: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.request_id = ::core::convert::Into::into(request_id);
        self
    }
}
impl ::vod_api::__private::Record for ShipThingResponse {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "ShipThingResponse",
            fields: &["RequestId"],
            rust_names: &["request_id"],
            required: &[0usize],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::String(&self.request_id),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::String(&mut self.request_id),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for ShipThingResponse {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for ShipThingResponse {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for ShipThingResponse {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for ShipThingResponse {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for ShipThingResponse {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Stores the photo of a thing.

The action as a type, which `Client::store_thing` calls, with [`StoreThingRequest`] and [`StoreThingResponse`].

Spec: `tests/specs/sample/shelf/StoreThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct StoreThing;
impl ::vod_api::Action for StoreThing {
    type Request = StoreThingRequest;
    type Response = StoreThingResponse;
    const META: &'static ::vod_api::ActionMeta = &::vod_api::ActionMeta::new(
            "StoreThing",
            &SERVICE,
            0u32,
            0u32,
            false,
            false,
            &[],
        )
        .with_multipart_body();
}
impl ::vod_api::Request for StoreThingRequest {
    type Action = StoreThing;
}
/**Parameters of [`StoreThing`].

Stores the photo of a thing.

Spec: `tests/specs/sample/shelf/StoreThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct StoreThingRequest {
    ///`Photo`: The photo.
    pub photo: ::vod_api::Blob,
    ///`Thumbnail`: A small one.
    pub thumbnail: ::core::option::Option<::vod_api::Blob>,
    /**`Name`: The thing's name.

Limits: at most 8 characters.*/
    pub name: ::core::option::Option<::std::string::String>,
    ///`Pages`: How many pages the photo shows.
    pub pages: ::core::option::Option<u64>,
    ///`Colours`: What colours the photo has.
    pub colours: ::std::vec::Vec<::std::string::String>,
}
impl StoreThingRequest {
    ///Makes one with the required fields: `photo`.
    #[inline]
    #[must_use]
    pub fn new(photo: impl ::core::convert::Into<::vod_api::Blob>) -> Self {
        Self {
            photo: ::core::convert::Into::into(photo),
            ..<Self as ::core::default::Default>::default()
        }
    }
    ///Sets `Thumbnail`: A small one.
    #[inline]
    #[must_use]
    pub fn thumbnail(
        mut self,
        thumbnail: impl ::core::convert::Into<::vod_api::Blob>,
    ) -> Self {
        self.thumbnail = ::core::option::Option::Some(
            ::core::convert::Into::into(thumbnail),
        );
        self
    }
    ///Sets `Name`: The thing's name.
    #[inline]
    #[must_use]
    pub fn name(
        mut self,
        name: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.name = ::core::option::Option::Some(::core::convert::Into::into(name));
        self
    }
    ///Sets `Pages`: How many pages the photo shows.
    #[inline]
    #[must_use]
    pub fn pages(mut self, pages: u64) -> Self {
        self.pages = ::core::option::Option::Some(pages);
        self
    }
    ///Sets `Colours`: What colours the photo has.
    #[inline]
    #[must_use]
    pub fn colours(
        mut self,
        colours: impl ::core::iter::IntoIterator<
            Item = impl ::core::convert::Into<::std::string::String>,
        >,
    ) -> Self {
        self.colours = ::core::iter::Iterator::collect(
            ::core::iter::Iterator::map(
                ::core::iter::IntoIterator::into_iter(colours),
                ::core::convert::Into::into,
            ),
        );
        self
    }
}
impl ::vod_api::__private::Record for StoreThingRequest {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "StoreThingRequest",
            fields: &["Photo", "Thumbnail", "Name", "Pages", "Colours"],
            rust_names: &["photo", "thumbnail", "name", "pages", "colours"],
            required: &[0usize],
            sensitive: &[],
            limits: &[(2usize, ::vod_api::__private::Limit::Length(0u64, 8u64))],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::Blob(&self.photo),
            1usize => ::vod_api::__private::FieldRef::OptBlob(&self.thumbnail),
            2usize => ::vod_api::__private::FieldRef::OptString(&self.name),
            3usize => ::vod_api::__private::FieldRef::OptUint64(&self.pages),
            4usize => ::vod_api::__private::FieldRef::Strings(&self.colours),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::Blob(&mut self.photo),
            1usize => ::vod_api::__private::FieldMut::OptBlob(&mut self.thumbnail),
            2usize => ::vod_api::__private::FieldMut::OptString(&mut self.name),
            3usize => ::vod_api::__private::FieldMut::OptUint64(&mut self.pages),
            4usize => ::vod_api::__private::FieldMut::Strings(&mut self.colours),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for StoreThingRequest {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for StoreThingRequest {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for StoreThingRequest {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for StoreThingRequest {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for StoreThingRequest {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Response of [`StoreThing`].

Stores the photo of a thing.

Spec: `tests/specs/sample/shelf/StoreThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct StoreThingResponse {
    /// The id of the call, which the service asks for when something has to be looked into.
    pub request_id: ::std::string::String,
}
impl StoreThingResponse {
    /// Sets the request id.
    #[inline]
    #[must_use]
    pub fn request_id(
        mut self,
        request_id: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.request_id = ::core::convert::Into::into(request_id);
        self
    }
}
impl ::vod_api::__private::Record for StoreThingResponse {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "StoreThingResponse",
            fields: &["RequestId"],
            rust_names: &["request_id"],
            required: &[0usize],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::String(&self.request_id),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::String(&mut self.request_id),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for StoreThingResponse {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for StoreThingResponse {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for StoreThingResponse {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for StoreThingResponse {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for StoreThingResponse {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Takes a thing from a shelf.

The action as a type, which `Client::take_thing` calls, with [`TakeThingRequest`] and [`TakeThingResponse`].

Spec: `tests/specs/sample/shelf/TakeThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct TakeThing;
impl ::vod_api::Action for TakeThing {
    type Request = TakeThingRequest;
    type Response = TakeThingResponse;
    const META: &'static ::vod_api::ActionMeta = &::vod_api::ActionMeta::new(
        "TakeThing",
        &SERVICE,
        0u32,
        0u32,
        false,
        true,
        &[],
    );
}
impl ::vod_api::Request for TakeThingRequest {
    type Action = TakeThing;
}
/**Parameters of [`TakeThing`].

Takes a thing from a shelf.

Spec: `tests/specs/sample/shelf/TakeThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct TakeThingRequest {}
impl TakeThingRequest {
    ///Makes one with every field left out; set those that you need.
    #[inline]
    #[must_use]
    pub fn new() -> Self {
        Self {}
    }
}
impl ::vod_api::__private::Record for TakeThingRequest {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "TakeThingRequest",
            fields: &[],
            rust_names: &[],
            required: &[],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        {
            let _ = index;
            ::vod_api::__private::FieldRef::None
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        {
            let _ = index;
            ::vod_api::__private::FieldMut::None
        }
    }
}
impl ::vod_api::__private::Member for TakeThingRequest {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for TakeThingRequest {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for TakeThingRequest {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for TakeThingRequest {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for TakeThingRequest {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Response of [`TakeThing`].

Takes a thing from a shelf.

Spec: `tests/specs/sample/shelf/TakeThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct TakeThingResponse {
    ///`Thing`: The thing, if there was one.
    pub thing: ::core::option::Option<::std::boxed::Box<Thing>>,
    ///`Shelves`: The colours of the shelves that were looked at.
    pub shelves: ::std::vec::Vec<Colour>,
    ///`Boxes`: Boxes that were opened.
    pub boxes: ::std::vec::Vec<Box>,
    ///`Counts`: Things on each shelf.
    pub counts: ::std::vec::Vec<i64>,
    /// The id of the call, which the service asks for when something has to be looked into.
    pub request_id: ::std::string::String,
}
impl TakeThingResponse {
    /// Sets the request id.
    #[inline]
    #[must_use]
    pub fn request_id(
        mut self,
        request_id: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.request_id = ::core::convert::Into::into(request_id);
        self
    }
    ///Sets `Thing`: The thing, if there was one.
    #[inline]
    #[must_use]
    pub fn thing(mut self, thing: Thing) -> Self {
        self.thing = ::core::option::Option::Some(::std::boxed::Box::new(thing));
        self
    }
    ///Sets `Shelves`: The colours of the shelves that were looked at.
    #[inline]
    #[must_use]
    pub fn shelves(
        mut self,
        shelves: impl ::core::iter::IntoIterator<
            Item = impl ::core::convert::Into<Colour>,
        >,
    ) -> Self {
        self.shelves = ::core::iter::Iterator::collect(
            ::core::iter::Iterator::map(
                ::core::iter::IntoIterator::into_iter(shelves),
                ::core::convert::Into::into,
            ),
        );
        self
    }
    ///Sets `Boxes`: Boxes that were opened.
    #[inline]
    #[must_use]
    pub fn boxes(mut self, boxes: impl ::core::iter::IntoIterator<Item = Box>) -> Self {
        self.boxes = ::core::iter::Iterator::collect(
            ::core::iter::IntoIterator::into_iter(boxes),
        );
        self
    }
    ///Sets `Counts`: Things on each shelf.
    #[inline]
    #[must_use]
    pub fn counts(
        mut self,
        counts: impl ::core::iter::IntoIterator<Item = i64>,
    ) -> Self {
        self.counts = ::core::iter::Iterator::collect(
            ::core::iter::IntoIterator::into_iter(counts),
        );
        self
    }
}
impl ::vod_api::__private::Record for TakeThingResponse {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "TakeThingResponse",
            fields: &["Thing", "Shelves", "Boxes", "Counts", "RequestId"],
            rust_names: &["thing", "shelves", "boxes", "counts", "request_id"],
            required: &[4usize],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => {
                match &self.thing {
                    ::core::option::Option::Some(record) => {
                        ::vod_api::__private::FieldRef::Record(&**record)
                    }
                    ::core::option::Option::None => ::vod_api::__private::FieldRef::None,
                }
            }
            1usize => ::vod_api::__private::FieldRef::Texts(&self.shelves),
            2usize => ::vod_api::__private::FieldRef::Records(&self.boxes),
            3usize => ::vod_api::__private::FieldRef::Int64s(&self.counts),
            4usize => ::vod_api::__private::FieldRef::String(&self.request_id),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::OptRecord(&mut self.thing),
            1usize => ::vod_api::__private::FieldMut::Texts(&mut self.shelves),
            2usize => ::vod_api::__private::FieldMut::Records(&mut self.boxes),
            3usize => ::vod_api::__private::FieldMut::Int64s(&mut self.counts),
            4usize => ::vod_api::__private::FieldMut::String(&mut self.request_id),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for TakeThingResponse {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for TakeThingResponse {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for TakeThingResponse {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for TakeThingResponse {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for TakeThingResponse {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Watches a thing.

The action as a type, which `Client::watch_thing` calls, with [`WatchThingRequest`] and [`WatchThingResponse`].

Spec: `tests/specs/sample/shelf/WatchThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct WatchThing;
impl ::vod_api::Action for WatchThing {
    type Request = WatchThingRequest;
    type Response = WatchThingResponse;
    const META: &'static ::vod_api::ActionMeta = &::vod_api::ActionMeta::new(
            "WatchThing",
            &SERVICE,
            0u32,
            0u32,
            false,
            false,
            &[],
        )
        .with_event_stream();
}
impl ::vod_api::Request for WatchThingRequest {
    type Action = WatchThing;
}
impl ::vod_api::StreamAction for WatchThing {}
/**Parameters of [`WatchThing`].

Watches a thing.

Spec: `tests/specs/sample/shelf/WatchThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct WatchThingRequest {
    ///`Name`: The thing's name.
    pub name: ::std::string::String,
}
impl WatchThingRequest {
    ///Makes one with the required fields: `name`.
    #[inline]
    #[must_use]
    pub fn new(name: impl ::core::convert::Into<::std::string::String>) -> Self {
        Self {
            name: ::core::convert::Into::into(name),
        }
    }
}
impl ::vod_api::__private::Record for WatchThingRequest {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "WatchThingRequest",
            fields: &["Name"],
            rust_names: &["name"],
            required: &[0usize],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::String(&self.name),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::String(&mut self.name),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for WatchThingRequest {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for WatchThingRequest {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for WatchThingRequest {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for WatchThingRequest {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for WatchThingRequest {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Response of [`WatchThing`].

Watches a thing.

Spec: `tests/specs/sample/shelf/WatchThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct WatchThingResponse {
    ///`What`: What has happened.
    pub what: ::core::option::Option<::std::string::String>,
    ///`Thing`: The thing as it is then.
    pub thing: ::core::option::Option<::std::boxed::Box<Thing>>,
    /// The id of the call, which the service asks for when something has to be looked into.
    pub request_id: ::std::string::String,
}
impl WatchThingResponse {
    /// Sets the request id.
    #[inline]
    #[must_use]
    pub fn request_id(
        mut self,
        request_id: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.request_id = ::core::convert::Into::into(request_id);
        self
    }
    ///Sets `What`: What has happened.
    #[inline]
    #[must_use]
    pub fn what(
        mut self,
        what: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.what = ::core::option::Option::Some(::core::convert::Into::into(what));
        self
    }
    ///Sets `Thing`: The thing as it is then.
    #[inline]
    #[must_use]
    pub fn thing(mut self, thing: Thing) -> Self {
        self.thing = ::core::option::Option::Some(::std::boxed::Box::new(thing));
        self
    }
}
impl ::vod_api::__private::Record for WatchThingResponse {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "WatchThingResponse",
            fields: &["What", "Thing", "RequestId"],
            rust_names: &["what", "thing", "request_id"],
            required: &[2usize],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::OptString(&self.what),
            1usize => {
                match &self.thing {
                    ::core::option::Option::Some(record) => {
                        ::vod_api::__private::FieldRef::Record(&**record)
                    }
                    ::core::option::Option::None => ::vod_api::__private::FieldRef::None,
                }
            }
            2usize => ::vod_api::__private::FieldRef::String(&self.request_id),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::OptString(&mut self.what),
            1usize => ::vod_api::__private::FieldMut::OptRecord(&mut self.thing),
            2usize => ::vod_api::__private::FieldMut::String(&mut self.request_id),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for WatchThingResponse {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for WatchThingResponse {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for WatchThingResponse {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for WatchThingResponse {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for WatchThingResponse {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
///The actions of `sample` 2020-01-01 as methods, by a client that it shares settings and connections with.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct SampleClient {
    client: ::vod_api::Client,
}
#[allow(deprecated)]
impl SampleClient {
    /// Calls the service by this client; clones of it are cheap.
    #[must_use]
    pub fn new(client: &::vod_api::Client) -> Self {
        Self {
            client: ::core::clone::Clone::clone(client),
        }
    }
    /**Tells how far an errand is.

Errands fetch things from far away.

**Rate limit**: not published: learned from what the service takes.
**Idempotent**: retried even if the outcome of an attempt is unknown.
**Waiter**: `.wait()` on the call, or `wait_for_errand`, polls until `Status` is `DONE` or `LOST`.
**Vendor**: [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=DescribeErrand).
**Spec**: `tests/specs/sample/shelf/DescribeErrand.toml:1`.

# Parameters
The fields of [`DescribeErrandRequest`]:

| field | meaning |
|---|---|
| `errand_id`<br><code>String</code><br>wire: `ErrandId` | **Required.** The errand. |
| `verbose`<br><code>Option&lt;bool&gt;</code><br>wire: `Verbose` | Whether to tell more. |

# Returns
The request id and the other fields of [`DescribeErrandResponse`]:

- `status` (<code>[DescribeErrandStatus]</code>, wire: `Status`): How far it is.
- `percent` (<code>Option&lt;i64&gt;</code>, wire: `Percent`): How much of the way is done.
- `kind` (<code>String</code>, wire: `Kind`): What was fetched; it decides which of the members below is there.
- `found_box` (<code>Option&lt;Box&lt;[Box]&gt;&gt;</code>, wire: `FoundBox`): The box; there when `Kind` is `box`.
- `payload` (<code>Option&lt;Value&gt;</code>, wire: `Payload`): The letter; there when `Kind` is `letter`.

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return.
*/
    #[inline]
    pub fn describe_errand(
        &self,
        request: DescribeErrandRequest,
    ) -> ::vod_api::Call<DescribeErrand> {
        self.client.call(request)
    }
    /**Polls `DescribeErrand` until `Status` is `DONE` or `LOST`, and returns the last response.

`ErrandId` names what to wait for. A final status is not necessarily success: check it. To set other fields of the request or of the calls, call `.wait()` on a call of `describe_errand`.

# Errors
A call failed permanently, or the wait timed out.*/
    #[inline]
    pub fn wait_for_errand(
        &self,
        errand_id: impl ::core::convert::Into<::std::string::String>,
    ) -> ::vod_api::Wait<DescribeErrand> {
        self.client.call(<DescribeErrandRequest>::new(errand_id)).wait()
    }
    /**Lists the boxes of a shelf.

Page by page, by a marker.

**Rate limit**: not published: learned from what the service takes.
**Not idempotent**: not retried once an attempt may have taken effect.
**Pages**: `.pages()` and `.items()` on the call read the whole list `BoxSet`.
**Vendor**: [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=ListBoxes).
**Spec**: `tests/specs/sample/shelf/ListBoxes.toml:1`.

# Parameters
The fields of [`ListBoxesRequest`]:

| field | meaning |
|---|---|
| `marker`<br><code>Option&lt;String&gt;</code><br>wire: `Marker` | Where to go on, from the answer before. |
| `page_number`<br><code>Option&lt;i64&gt;</code><br>wire: `PageNumber` | Which page, from 1; instead of a marker. |
| `page_size`<br><code>Option&lt;u64&gt;</code><br>wire: `PageSize` | How many boxes to answer at most. |

# Returns
The request id and the other fields of [`ListBoxesResponse`]:

- `box_set` (<code>Vec&lt;[Box]&gt;</code>, wire: `BoxSet`): The boxes.
- `next_marker` (<code>Option&lt;String&gt;</code>, wire: `NextMarker`): Where to go on; absent at the end.
- `box_count` (<code>Option&lt;i64&gt;</code>, wire: `BoxCount`): How many there are, if that is known.
- `is_cut` (<code>Option&lt;bool&gt;</code>, wire: `IsCut`): Whether there are more.

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return.
*/
    #[inline]
    pub fn list_boxes(&self, request: ListBoxesRequest) -> ::vod_api::Call<ListBoxes> {
        self.client.call(request)
    }
    /**Lists the things on all shelves.

Page by page, in the order in which they were put.

**Rate limit**: not published: learned from what the service takes.
**Not idempotent**: not retried once an attempt may have taken effect.
**Pages**: `.pages()` and `.items()` on the call read the whole list `ThingSet`.
**Ceiling**: the list ends at 200 items; `.all()` goes past that, by windows of `PutTime`.
**Vendor**: [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=ListThings).
**Spec**: `tests/specs/sample/shelf/ListThings.toml:1`.

# Parameters
The fields of [`ListThingsRequest`]:

| field | meaning |
|---|---|
| `offset`<br><code>Option&lt;u64&gt;</code><br>wire: `Offset` | How many things to skip. |
| `limit`<br><code>Option&lt;i64&gt;</code><br>wire: `Limit` | How many things to answer at most. Limits: 1 to 50. |
| `prefix`<br><code>Option&lt;String&gt;</code><br>wire: `Prefix` | How the names begin. |
| `put_time`<br><code>Option&lt;Box&lt;[Period]&gt;&gt;</code><br>wire: `PutTime` | When they were put. |

# Returns
The request id and the other fields of [`ListThingsResponse`]:

- `thing_set` (<code>Vec&lt;[Thing]&gt;</code>, wire: `ThingSet`): The things.
- `total_count` (<code>u64</code>, wire: `TotalCount`): How many there are.

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return.
*/
    #[inline]
    pub fn list_things(
        &self,
        request: ListThingsRequest,
    ) -> ::vod_api::Call<ListThings> {
        self.client.call(request)
    }
    /**Puts a thing on a shelf.

Things are kept until they are taken.

A thing of the same name is replaced.

**Rate limit**: 20 calls a second.
**Idempotent**: retried even if the outcome of an attempt is unknown.
**Vendor**: [page 12345](https://www.tencentcloud.com/document/product/266/12345), [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=PutThing).
**Spec**: `tests/specs/sample/shelf/PutThing.toml:1`.

# Example
Put a red box:

```ignore
let request = PutThingRequest::new("box", Colour::Red)
    .weight(2.0)
    .labels(["a", "b"])
    .r#box(Box::new(3)
        .inner([Box::new(2)]))
    .mode(PutThingMode::Fast);
let response = client.put_thing(request).await?;
println!("{:?}", response.put_at);
```

# Parameters
The fields of [`PutThingRequest`]:

| field | meaning |
|---|---|
| `name`<br><code>String</code><br>wire: `Name` | **Required.** The thing's name, unique on its shelf. Limits: 1 to 8 characters, matching `^[a-z]*$`. |
| `type`<br><code>[Colour]</code><br>wire: `Type` | **Required.** A keyword of Rust as a field, and an enumeration as its type. |
| `super_`<br><code>Option&lt;i64&gt;</code><br>wire: `Super` | A keyword that cannot even be a raw identifier. Limits: -5 to 5. Default: `0`. |
| `weight`<br><code>Option&lt;f64&gt;</code><br>wire: `Weight` | Weight in kilograms. Limits: at least 0.5. |
| `count`<br><code>Option&lt;u64&gt;</code><br>wire: `Count` | How many of it. Limits: at most 100. |
| `labels`<br><code>Vec&lt;String&gt;</code><br>wire: `Labels` | Labels to find it by. Limits: at most 3 items, each at most 4 characters. |
| `secret`<br><code>Option&lt;String&gt;</code><br>wire: `Secret` | The key of the shelf. |
| `box`<br><code>Option&lt;Box&lt;[Box]&gt;&gt;</code><br>wire: `Box` | What it is packed in. |
| `mode`<br><code>Option&lt;[PutThingMode]&gt;</code><br>wire: `Mode` | How to put it. |
| `old`<br><code>Option&lt;bool&gt;</code><br>wire: `Old` | Whether it is old. |
| `new`<br><code>Option&lt;bool&gt;</code><br>wire: `New` | A field whose setter would be the constructor. |
| `tenant_id`<br><code>Option&lt;u64&gt;</code><br>wire: `TenantId` | The tenant that the call is for. |

# Returns
The request id and the other fields of [`PutThingResponse`]:

- `put_at` (<code>Timestamp</code>, wire: `PutAt`): When it was put.
- `best` (<code>Option&lt;Date&gt;</code>, wire: `Best`): The day until which it is best.

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return, or one of these:

- `InvalidParameter.Name`: The name is taken by another tenant.
*/
    #[inline]
    pub fn put_thing(&self, request: PutThingRequest) -> ::vod_api::Call<PutThing> {
        self.client.call(request)
    }
    /**Ships the picture of a thing.

The picture is the body of the request.

**Rate limit**: not published: learned from what the service takes.
**Not idempotent**: not retried once an attempt may have taken effect.
**Body**: any bytes (`application/octet-stream`), sent as they are; the parameters travel as headers.
**Vendor**: [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=ShipThing).
**Spec**: `tests/specs/sample/shelf/ShipThing.toml:1`.

# Example
Ship a box:

```ignore
let request = ShipThingRequest::new("box")
    .pages(2);
let response = client.ship_thing(request, std::fs::read("body.bin")?).await?;
println!("{}", response.request_id);
```

# Parameters
The fields of [`ShipThingRequest`]:

| field | meaning |
|---|---|
| `name`<br><code>String</code><br>wire: `Name` | **Required.** The thing's name. Limits: at most 8 characters. |
| `pages`<br><code>Option&lt;u64&gt;</code><br>wire: `Pages` | How many pages the picture has. |
| `urgent`<br><code>Option&lt;bool&gt;</code><br>wire: `Urgent` | Whether it must arrive soon. |

# Returns
The request id alone, as [`ShipThingResponse`].

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return.
*/
    #[inline]
    pub fn ship_thing(
        &self,
        request: ShipThingRequest,
        body: impl ::core::convert::Into<::vod_api::__private::Bytes>,
    ) -> ::vod_api::Call<ShipThing> {
        self.client.call(request).body(body)
    }
    /**Stores the photo of a thing.

The photo is a part of the body.

**Rate limit**: not published: learned from what the service takes.
**Not idempotent**: not retried once an attempt may have taken effect.
**Body**: `multipart/form-data`, a part for each parameter; the whole has at most 10 MiB.
**Vendor**: [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=StoreThing).
**Spec**: `tests/specs/sample/shelf/StoreThing.toml:1`.

# Example
Store a box:

```ignore
let request = StoreThingRequest::new(&b"\xff\xd8\xff\xe0"[..])
    .name("box");
let response = client.store_thing(request).await?;
println!("{}", response.request_id);
```

# Parameters
The fields of [`StoreThingRequest`]:

| field | meaning |
|---|---|
| `photo`<br><code>Blob</code><br>wire: `Photo` | **Required.** The photo. |
| `thumbnail`<br><code>Option&lt;Blob&gt;</code><br>wire: `Thumbnail` | A small one. |
| `name`<br><code>Option&lt;String&gt;</code><br>wire: `Name` | The thing's name. Limits: at most 8 characters. |
| `pages`<br><code>Option&lt;u64&gt;</code><br>wire: `Pages` | How many pages the photo shows. |
| `colours`<br><code>Vec&lt;String&gt;</code><br>wire: `Colours` | What colours the photo has. |

# Returns
The request id alone, as [`StoreThingResponse`].

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return.
*/
    #[inline]
    pub fn store_thing(
        &self,
        request: StoreThingRequest,
    ) -> ::vod_api::Call<StoreThing> {
        self.client.call(request)
    }
    /**Takes a thing from a shelf.

It answers the thing, once.

**Rate limit**: not published: learned from what the service takes.
**Not idempotent**: not retried once an attempt may have taken effect.
**Vendor**: [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=TakeThing).
**Spec**: `tests/specs/sample/shelf/TakeThing.toml:1`.

# Parameters
None.

# Returns
The request id and the other fields of [`TakeThingResponse`]:

- `thing` (<code>Option&lt;Box&lt;[Thing]&gt;&gt;</code>, wire: `Thing`): The thing, if there was one.
- `shelves` (<code>Vec&lt;[Colour]&gt;</code>, wire: `Shelves`): The colours of the shelves that were looked at.
- `boxes` (<code>Vec&lt;[Box]&gt;</code>, wire: `Boxes`): Boxes that were opened.
- `counts` (<code>Vec&lt;i64&gt;</code>, wire: `Counts`): Things on each shelf.

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return.
*/
    #[inline]
    pub fn take_thing(&self, request: TakeThingRequest) -> ::vod_api::Call<TakeThing> {
        self.client.call(request)
    }
    /**Watches a thing.

Each event says what has happened to it.

**Rate limit**: not published: learned from what the service takes.
**Not idempotent**: not retried once an attempt may have taken effect.
**Answer**: a stream of events, each one a [`WatchThingResponse`] with the members that it brings. Where a request asks for one JSON object instead, `Client::call` gives that.
**Vendor**: [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=WatchThing).
**Spec**: `tests/specs/sample/shelf/WatchThing.toml:1`.

# Example
Watch a box:

```ignore
let request = WatchThingRequest::new("box");
let mut events = client.watch_thing(request);
while let Some(response) = events.next().await {
    let response = response?;
    println!("{:?}", response.what);
}
```

# Parameters
The fields of [`WatchThingRequest`]:

| field | meaning |
|---|---|
| `name`<br><code>String</code><br>wire: `Name` | **Required.** The thing's name. |

# Returns
The request id and the other fields of [`WatchThingResponse`]:

- `what` (<code>Option&lt;String&gt;</code>, wire: `What`): What has happened.
- `thing` (<code>Option&lt;Box&lt;[Thing]&gt;&gt;</code>, wire: `Thing`): The thing as it is then.

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return.
*/
    #[inline]
    pub fn watch_thing(
        &self,
        request: WatchThingRequest,
    ) -> ::vod_api::ResponseStream<WatchThing> {
        self.client.call(request).stream()
    }
}
::vod_api::__blocking! {
    client SampleBlockingClient SampleClient; describe_errand(request :
    DescribeErrandRequest) DescribeErrand = request; wait_for_errand(errand_id : impl
    ::core::convert::Into < ::std::string::String >) DescribeErrand = <
    DescribeErrandRequest > ::new(errand_id), wait; list_boxes(request :
    ListBoxesRequest) ListBoxes = request; list_things(request : ListThingsRequest)
    ListThings = request; put_thing(request : PutThingRequest) PutThing = request;
    store_thing(request : StoreThingRequest) StoreThing = request; take_thing(request :
    TakeThingRequest) TakeThing = request;
}
///The actions of `Sample` as methods of the client, where the trait is in scope. A method of the client that has the same name comes first; [`SampleClient`] has no others.
pub trait SampleCalls {
    /**Tells how far an errand is.

Errands fetch things from far away.

**Rate limit**: not published: learned from what the service takes.
**Idempotent**: retried even if the outcome of an attempt is unknown.
**Waiter**: `.wait()` on the call, or `wait_for_errand`, polls until `Status` is `DONE` or `LOST`.
**Vendor**: [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=DescribeErrand).
**Spec**: `tests/specs/sample/shelf/DescribeErrand.toml:1`.

# Parameters
The fields of [`DescribeErrandRequest`]:

| field | meaning |
|---|---|
| `errand_id`<br><code>String</code><br>wire: `ErrandId` | **Required.** The errand. |
| `verbose`<br><code>Option&lt;bool&gt;</code><br>wire: `Verbose` | Whether to tell more. |

# Returns
The request id and the other fields of [`DescribeErrandResponse`]:

- `status` (<code>[DescribeErrandStatus]</code>, wire: `Status`): How far it is.
- `percent` (<code>Option&lt;i64&gt;</code>, wire: `Percent`): How much of the way is done.
- `kind` (<code>String</code>, wire: `Kind`): What was fetched; it decides which of the members below is there.
- `found_box` (<code>Option&lt;Box&lt;[Box]&gt;&gt;</code>, wire: `FoundBox`): The box; there when `Kind` is `box`.
- `payload` (<code>Option&lt;Value&gt;</code>, wire: `Payload`): The letter; there when `Kind` is `letter`.

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return.
*/
    fn describe_errand(
        &self,
        request: DescribeErrandRequest,
    ) -> ::vod_api::Call<DescribeErrand>;
    /**Polls `DescribeErrand` until `Status` is `DONE` or `LOST`, and returns the last response.

`ErrandId` names what to wait for. A final status is not necessarily success: check it. To set other fields of the request or of the calls, call `.wait()` on a call of `describe_errand`.

# Errors
A call failed permanently, or the wait timed out.*/
    fn wait_for_errand(
        &self,
        errand_id: impl ::core::convert::Into<::std::string::String>,
    ) -> ::vod_api::Wait<DescribeErrand>;
    /**Lists the boxes of a shelf.

Page by page, by a marker.

**Rate limit**: not published: learned from what the service takes.
**Not idempotent**: not retried once an attempt may have taken effect.
**Pages**: `.pages()` and `.items()` on the call read the whole list `BoxSet`.
**Vendor**: [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=ListBoxes).
**Spec**: `tests/specs/sample/shelf/ListBoxes.toml:1`.

# Parameters
The fields of [`ListBoxesRequest`]:

| field | meaning |
|---|---|
| `marker`<br><code>Option&lt;String&gt;</code><br>wire: `Marker` | Where to go on, from the answer before. |
| `page_number`<br><code>Option&lt;i64&gt;</code><br>wire: `PageNumber` | Which page, from 1; instead of a marker. |
| `page_size`<br><code>Option&lt;u64&gt;</code><br>wire: `PageSize` | How many boxes to answer at most. |

# Returns
The request id and the other fields of [`ListBoxesResponse`]:

- `box_set` (<code>Vec&lt;[Box]&gt;</code>, wire: `BoxSet`): The boxes.
- `next_marker` (<code>Option&lt;String&gt;</code>, wire: `NextMarker`): Where to go on; absent at the end.
- `box_count` (<code>Option&lt;i64&gt;</code>, wire: `BoxCount`): How many there are, if that is known.
- `is_cut` (<code>Option&lt;bool&gt;</code>, wire: `IsCut`): Whether there are more.

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return.
*/
    fn list_boxes(&self, request: ListBoxesRequest) -> ::vod_api::Call<ListBoxes>;
    /**Lists the things on all shelves.

Page by page, in the order in which they were put.

**Rate limit**: not published: learned from what the service takes.
**Not idempotent**: not retried once an attempt may have taken effect.
**Pages**: `.pages()` and `.items()` on the call read the whole list `ThingSet`.
**Ceiling**: the list ends at 200 items; `.all()` goes past that, by windows of `PutTime`.
**Vendor**: [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=ListThings).
**Spec**: `tests/specs/sample/shelf/ListThings.toml:1`.

# Parameters
The fields of [`ListThingsRequest`]:

| field | meaning |
|---|---|
| `offset`<br><code>Option&lt;u64&gt;</code><br>wire: `Offset` | How many things to skip. |
| `limit`<br><code>Option&lt;i64&gt;</code><br>wire: `Limit` | How many things to answer at most. Limits: 1 to 50. |
| `prefix`<br><code>Option&lt;String&gt;</code><br>wire: `Prefix` | How the names begin. |
| `put_time`<br><code>Option&lt;Box&lt;[Period]&gt;&gt;</code><br>wire: `PutTime` | When they were put. |

# Returns
The request id and the other fields of [`ListThingsResponse`]:

- `thing_set` (<code>Vec&lt;[Thing]&gt;</code>, wire: `ThingSet`): The things.
- `total_count` (<code>u64</code>, wire: `TotalCount`): How many there are.

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return.
*/
    fn list_things(&self, request: ListThingsRequest) -> ::vod_api::Call<ListThings>;
    /**Puts a thing on a shelf.

Things are kept until they are taken.

A thing of the same name is replaced.

**Rate limit**: 20 calls a second.
**Idempotent**: retried even if the outcome of an attempt is unknown.
**Vendor**: [page 12345](https://www.tencentcloud.com/document/product/266/12345), [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=PutThing).
**Spec**: `tests/specs/sample/shelf/PutThing.toml:1`.

# Example
Put a red box:

```ignore
let request = PutThingRequest::new("box", Colour::Red)
    .weight(2.0)
    .labels(["a", "b"])
    .r#box(Box::new(3)
        .inner([Box::new(2)]))
    .mode(PutThingMode::Fast);
let response = client.put_thing(request).await?;
println!("{:?}", response.put_at);
```

# Parameters
The fields of [`PutThingRequest`]:

| field | meaning |
|---|---|
| `name`<br><code>String</code><br>wire: `Name` | **Required.** The thing's name, unique on its shelf. Limits: 1 to 8 characters, matching `^[a-z]*$`. |
| `type`<br><code>[Colour]</code><br>wire: `Type` | **Required.** A keyword of Rust as a field, and an enumeration as its type. |
| `super_`<br><code>Option&lt;i64&gt;</code><br>wire: `Super` | A keyword that cannot even be a raw identifier. Limits: -5 to 5. Default: `0`. |
| `weight`<br><code>Option&lt;f64&gt;</code><br>wire: `Weight` | Weight in kilograms. Limits: at least 0.5. |
| `count`<br><code>Option&lt;u64&gt;</code><br>wire: `Count` | How many of it. Limits: at most 100. |
| `labels`<br><code>Vec&lt;String&gt;</code><br>wire: `Labels` | Labels to find it by. Limits: at most 3 items, each at most 4 characters. |
| `secret`<br><code>Option&lt;String&gt;</code><br>wire: `Secret` | The key of the shelf. |
| `box`<br><code>Option&lt;Box&lt;[Box]&gt;&gt;</code><br>wire: `Box` | What it is packed in. |
| `mode`<br><code>Option&lt;[PutThingMode]&gt;</code><br>wire: `Mode` | How to put it. |
| `old`<br><code>Option&lt;bool&gt;</code><br>wire: `Old` | Whether it is old. |
| `new`<br><code>Option&lt;bool&gt;</code><br>wire: `New` | A field whose setter would be the constructor. |
| `tenant_id`<br><code>Option&lt;u64&gt;</code><br>wire: `TenantId` | The tenant that the call is for. |

# Returns
The request id and the other fields of [`PutThingResponse`]:

- `put_at` (<code>Timestamp</code>, wire: `PutAt`): When it was put.
- `best` (<code>Option&lt;Date&gt;</code>, wire: `Best`): The day until which it is best.

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return, or one of these:

- `InvalidParameter.Name`: The name is taken by another tenant.
*/
    fn put_thing(&self, request: PutThingRequest) -> ::vod_api::Call<PutThing>;
    /**Ships the picture of a thing.

The picture is the body of the request.

**Rate limit**: not published: learned from what the service takes.
**Not idempotent**: not retried once an attempt may have taken effect.
**Body**: any bytes (`application/octet-stream`), sent as they are; the parameters travel as headers.
**Vendor**: [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=ShipThing).
**Spec**: `tests/specs/sample/shelf/ShipThing.toml:1`.

# Example
Ship a box:

```ignore
let request = ShipThingRequest::new("box")
    .pages(2);
let response = client.ship_thing(request, std::fs::read("body.bin")?).await?;
println!("{}", response.request_id);
```

# Parameters
The fields of [`ShipThingRequest`]:

| field | meaning |
|---|---|
| `name`<br><code>String</code><br>wire: `Name` | **Required.** The thing's name. Limits: at most 8 characters. |
| `pages`<br><code>Option&lt;u64&gt;</code><br>wire: `Pages` | How many pages the picture has. |
| `urgent`<br><code>Option&lt;bool&gt;</code><br>wire: `Urgent` | Whether it must arrive soon. |

# Returns
The request id alone, as [`ShipThingResponse`].

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return.
*/
    fn ship_thing(
        &self,
        request: ShipThingRequest,
        body: impl ::core::convert::Into<::vod_api::__private::Bytes>,
    ) -> ::vod_api::Call<ShipThing>;
    /**Stores the photo of a thing.

The photo is a part of the body.

**Rate limit**: not published: learned from what the service takes.
**Not idempotent**: not retried once an attempt may have taken effect.
**Body**: `multipart/form-data`, a part for each parameter; the whole has at most 10 MiB.
**Vendor**: [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=StoreThing).
**Spec**: `tests/specs/sample/shelf/StoreThing.toml:1`.

# Example
Store a box:

```ignore
let request = StoreThingRequest::new(&b"\xff\xd8\xff\xe0"[..])
    .name("box");
let response = client.store_thing(request).await?;
println!("{}", response.request_id);
```

# Parameters
The fields of [`StoreThingRequest`]:

| field | meaning |
|---|---|
| `photo`<br><code>Blob</code><br>wire: `Photo` | **Required.** The photo. |
| `thumbnail`<br><code>Option&lt;Blob&gt;</code><br>wire: `Thumbnail` | A small one. |
| `name`<br><code>Option&lt;String&gt;</code><br>wire: `Name` | The thing's name. Limits: at most 8 characters. |
| `pages`<br><code>Option&lt;u64&gt;</code><br>wire: `Pages` | How many pages the photo shows. |
| `colours`<br><code>Vec&lt;String&gt;</code><br>wire: `Colours` | What colours the photo has. |

# Returns
The request id alone, as [`StoreThingResponse`].

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return.
*/
    fn store_thing(&self, request: StoreThingRequest) -> ::vod_api::Call<StoreThing>;
    /**Takes a thing from a shelf.

It answers the thing, once.

**Rate limit**: not published: learned from what the service takes.
**Not idempotent**: not retried once an attempt may have taken effect.
**Vendor**: [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=TakeThing).
**Spec**: `tests/specs/sample/shelf/TakeThing.toml:1`.

# Parameters
None.

# Returns
The request id and the other fields of [`TakeThingResponse`]:

- `thing` (<code>Option&lt;Box&lt;[Thing]&gt;&gt;</code>, wire: `Thing`): The thing, if there was one.
- `shelves` (<code>Vec&lt;[Colour]&gt;</code>, wire: `Shelves`): The colours of the shelves that were looked at.
- `boxes` (<code>Vec&lt;[Box]&gt;</code>, wire: `Boxes`): Boxes that were opened.
- `counts` (<code>Vec&lt;i64&gt;</code>, wire: `Counts`): Things on each shelf.

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return.
*/
    fn take_thing(&self, request: TakeThingRequest) -> ::vod_api::Call<TakeThing>;
    /**Watches a thing.

Each event says what has happened to it.

**Rate limit**: not published: learned from what the service takes.
**Not idempotent**: not retried once an attempt may have taken effect.
**Answer**: a stream of events, each one a [`WatchThingResponse`] with the members that it brings. Where a request asks for one JSON object instead, `Client::call` gives that.
**Vendor**: [API Explorer](https://console.cloud.tencent.com/api/explorer?Product=sample&Version=2020-01-01&Action=WatchThing).
**Spec**: `tests/specs/sample/shelf/WatchThing.toml:1`.

# Example
Watch a box:

```ignore
let request = WatchThingRequest::new("box");
let mut events = client.watch_thing(request);
while let Some(response) = events.next().await {
    let response = response?;
    println!("{:?}", response.what);
}
```

# Parameters
The fields of [`WatchThingRequest`]:

| field | meaning |
|---|---|
| `name`<br><code>String</code><br>wire: `Name` | **Required.** The thing's name. |

# Returns
The request id and the other fields of [`WatchThingResponse`]:

- `what` (<code>Option&lt;String&gt;</code>, wire: `What`): What has happened.
- `thing` (<code>Option&lt;Box&lt;[Thing]&gt;&gt;</code>, wire: `Thing`): The thing as it is then.

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the [codes](ErrorCode) that every action can return.
*/
    fn watch_thing(
        &self,
        request: WatchThingRequest,
    ) -> ::vod_api::ResponseStream<WatchThing>;
}
impl SampleCalls for ::vod_api::Client {
    #[inline]
    fn describe_errand(
        &self,
        request: DescribeErrandRequest,
    ) -> ::vod_api::Call<DescribeErrand> {
        self.call(request)
    }
    #[inline]
    fn wait_for_errand(
        &self,
        errand_id: impl ::core::convert::Into<::std::string::String>,
    ) -> ::vod_api::Wait<DescribeErrand> {
        self.call(<DescribeErrandRequest>::new(errand_id)).wait()
    }
    #[inline]
    fn list_boxes(&self, request: ListBoxesRequest) -> ::vod_api::Call<ListBoxes> {
        self.call(request)
    }
    #[inline]
    fn list_things(&self, request: ListThingsRequest) -> ::vod_api::Call<ListThings> {
        self.call(request)
    }
    #[inline]
    fn put_thing(&self, request: PutThingRequest) -> ::vod_api::Call<PutThing> {
        self.call(request)
    }
    #[inline]
    fn ship_thing(
        &self,
        request: ShipThingRequest,
        body: impl ::core::convert::Into<::vod_api::__private::Bytes>,
    ) -> ::vod_api::Call<ShipThing> {
        self.call(request).body(body)
    }
    #[inline]
    fn store_thing(&self, request: StoreThingRequest) -> ::vod_api::Call<StoreThing> {
        self.call(request)
    }
    #[inline]
    fn take_thing(&self, request: TakeThingRequest) -> ::vod_api::Call<TakeThing> {
        self.call(request)
    }
    #[inline]
    fn watch_thing(
        &self,
        request: WatchThingRequest,
    ) -> ::vod_api::ResponseStream<WatchThing> {
        self.call(request).stream()
    }
}
::vod_api::__blocking! {
    trait SampleBlockingCalls SampleCalls; describe_errand(request :
    DescribeErrandRequest) DescribeErrand = request; wait_for_errand(errand_id : impl
    ::core::convert::Into < ::std::string::String >) DescribeErrand = <
    DescribeErrandRequest > ::new(errand_id), wait; list_boxes(request :
    ListBoxesRequest) ListBoxes = request; list_things(request : ListThingsRequest)
    ListThings = request; put_thing(request : PutThingRequest) PutThing = request;
    store_thing(request : StoreThingRequest) StoreThing = request; take_thing(request :
    TakeThingRequest) TakeThing = request;
}
