//! What the spec files say, after loading: plain data with the place in the file where it was said.

mod field;
mod paging;
mod prose;

use std::path::PathBuf;

use serde_json::Value;

use crate::type_index::TypeIndex;

pub use field::{Bounds, Element, Field, FieldType, Limits, Number, Storage};
pub use paging::{PagePosition, Pagination, Wait, Window};

/// A place in a spec file. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    /// Index into [`Service::files`].
    pub file: usize,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// One service: everything that a spec directory holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Service {
    /// The product name that is signed into every call, for example `vod`.
    pub name: String,
    /// The API version that is sent with every call, for example `2018-07-17`.
    pub version: String,
    /// What the service is, in one line.
    pub summary: String,
    /// What a user should know about the service, Markdown.
    pub doc: String,
    /// Hosts by name: `mainland`, `international`, `regional` (with `{region}` in it).
    pub endpoints: Vec<Endpoint>,
    /// What the folders of actions are about.
    pub categories: Vec<Category>,
    /// What actions and categories may refer to by `see-also`, besides actions.
    pub guides: Vec<Guide>,
    /// Parameters that many actions share; a field refers to one with `use = "Name"`.
    pub parameters: Vec<Field>,
    /// The error codes that every action can answer.
    pub errors: Vec<ErrorCode>,
    /// Error codes that some actions answer: an action's list of codes takes class and text from here.
    pub action_errors: Vec<ErrorCode>,
    /// Open enumerations, in the order of their files and of their lines there.
    pub enums: Vec<Enum>,
    /// Object types.
    pub types: Vec<Record>,
    /// Makes [`Service::record`] quick.
    #[doc(hidden)]
    pub type_index: TypeIndex,
    /// Actions, sorted by name.
    pub actions: Vec<Action>,
    /// Every file that was read, in the order that it was read in (sorted by path).
    pub files: Vec<PathBuf>,
}

/// A folder of actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// The folder's name.
    pub name: String,
    /// What its actions are for, Markdown.
    pub doc: String,
    /// Where a reader finds more.
    pub see_also: Vec<SeeAlso>,
    /// Where it stands.
    pub at: Position,
}

/// Something beside the API that helps to use it, such as a guide or a part of the runtime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// The name that `see-also` has.
    pub name: String,
    /// The path of its documentation inside the runtime crate, for example `guide::events`.
    pub path: String,
    /// What a reader finds there, one sentence.
    pub doc: String,
    /// Where it stands.
    pub at: Position,
}

/// The name of an action or of a [`Guide`] that is the next thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeeAlso {
    /// The name.
    pub target: String,
    /// Where it stands.
    pub at: Position,
}

/// A host of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// What the endpoint is called, for example `mainland`.
    pub name: String,
    /// The host, for example `vod.tencentcloudapi.com`; may hold `{region}`.
    pub host: String,
}

/// One of the vendor's two sites, each with accounts, hosts and an API of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Site {
    /// `mainland`: `cloud.tencent.com`.
    Mainland,
    /// `international`: `www.tencentcloud.com`.
    International,
}

impl Site {
    /// The word in a spec file, which also names the endpoint.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mainland => "mainland",
            Self::International => "international",
        }
    }
}

/// How an action's parameters travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BodyFormat {
    /// As JSON, a query or a form.
    #[default]
    Json,
    /// `octet-stream`: as headers `X-<SERVICE>-<Name>`, beside a body of any bytes that are not described here.
    OctetStream,
    /// `multipart`: as the parts of a `multipart/form-data` body, of which those of type `binary` are files.
    Multipart,
}

impl BodyFormat {
    /// All formats that a spec file can name.
    pub const NAMED: [Self; 2] = [Self::OctetStream, Self::Multipart];

    /// The word in a spec file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::OctetStream => "octet-stream",
            Self::Multipart => "multipart",
        }
    }
}

/// How an action's answer comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AnswerFormat {
    /// As one JSON object.
    #[default]
    Json,
    /// `event-stream`: as server-sent events, whose data are JSON objects with the members of the response. The service
    /// may answer with one JSON object all the same, for example to a request that does not ask for a stream.
    EventStream,
}

impl AnswerFormat {
    /// All formats that a spec file can name.
    pub const NAMED: [Self; 1] = [Self::EventStream];

    /// The word in a spec file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::EventStream => "event-stream",
        }
    }
}

/// An error code of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorCode {
    /// The code, at most one dot: `InvalidParameterValue.SubAppId`.
    pub code: String,
    /// What a caller can do about it. `None`: the class of the code before the dot.
    pub class: Option<ErrorClass>,
    /// When the service answers it.
    pub doc: String,
    /// Where it stands.
    pub at: Position,
}

/// What a caller can do about an error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorClass {
    /// `caller`: the request is wrong and will stay wrong.
    Caller,
    /// `authentication`: the credential or its signature was refused.
    Authentication,
    /// `token-expired`: a fresh credential may be accepted.
    TokenExpired,
    /// `credential-refused`: the credential is unknown or its key is another one; after a rotation of keys another
    /// credential may be accepted.
    CredentialRefused,
    /// `clock-skew`: the timestamp was too far from the service's clock.
    ClockSkew,
    /// `throttling`: too many calls; later ones will pass.
    Throttling,
    /// `service`: the service failed; the outcome of the call is unknown.
    Service,
    /// `retryable`: the service could not take the call now; later ones may pass.
    Retryable,
    /// `none`: not a failure, for example a dry run that would have succeeded.
    None,
}

impl ErrorClass {
    /// All classes.
    pub const ALL: [Self; 9] = [
        Self::Caller,
        Self::Authentication,
        Self::TokenExpired,
        Self::CredentialRefused,
        Self::ClockSkew,
        Self::Throttling,
        Self::Service,
        Self::Retryable,
        Self::None,
    ];

    /// The word in a spec file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Authentication => "authentication",
            Self::TokenExpired => "token-expired",
            Self::CredentialRefused => "credential-refused",
            Self::ClockSkew => "clock-skew",
            Self::Throttling => "throttling",
            Self::Service => "service",
            Self::Retryable => "retryable",
            Self::None => "none",
        }
    }
}

/// An open enumeration of strings: values that are not listed survive a round trip.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// The Rust type's name, `UpperCamelCase`.
    pub name: String,
    /// What the values mean together.
    pub doc: String,
    /// The known values.
    pub values: Vec<EnumValue>,
    /// Where it stands.
    pub at: Position,
}

/// One known value of an [`Enum`].
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValue {
    /// The text on the wire.
    pub value: String,
    /// The Rust variant's name, unique within the enumeration (see [`crate::naming`]).
    pub variant: String,
    /// What the value means; may be empty for a value of an inline `values` list.
    pub doc: String,
    /// Where it stands.
    pub at: Position,
}

/// An object type that requests, responses and other types use.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The Rust type's name, the vendor's own where the vendor has one.
    pub name: String,
    /// What it describes.
    pub doc: String,
    /// Its members, in the order of the file.
    pub fields: Vec<Field>,
    /// `unknown-members = "keep"`: members that the spec does not know survive a round trip.
    pub keeps_unknown: bool,
    /// `union`: which of its members it carries is told by one of them.
    pub union: Option<Union>,
    /// `only-on`: the one of the vendor's two sites that has the type. `None`: both, or as those who use it.
    pub only_on: Option<Site>,
    /// Where it stands.
    pub at: Position,
}

/// A type, or a response, that carries one of several members, told by a tag: an event and its payload.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The name of the Rust enumeration of the members, for example `EventPayload`.
    pub name: String,
    /// The member that holds the tag, for example `EventType`.
    pub tag: String,
    /// Where it stands.
    pub at: Position,
}

/// A call of the service.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// The name on the wire, for example `ConfirmEvents`.
    pub name: String,
    /// What it does, in one line.
    pub summary: String,
    /// What a user should know, Markdown.
    pub doc: String,
    /// The number of the vendor's documentation page.
    pub doc_page: Option<u64>,
    /// The folder that the file stands in, below the service's directory; empty for a file at its top.
    pub category: String,
    /// Calls a second that the service takes.
    pub rate_limit: Option<u32>,
    /// May be sent again when the outcome of an earlier attempt is unknown.
    pub idempotent: bool,
    /// `why-idempotent`: why a second execution changes nothing, in one line.
    pub why_idempotent: Option<String>,
    /// `only-on`: the one of the vendor's two sites that has the action. `None`: both.
    pub only_on: Option<Site>,
    /// `unsigned = true`: the call carries no signature.
    pub unsigned: bool,
    /// `body`: how the parameters travel.
    pub body: BodyFormat,
    /// `answer`: how the answer comes.
    pub answer: AnswerFormat,
    /// `union`: which of its members the response carries is told by one of them. Such a response keeps members that
    /// the spec does not know.
    pub union: Option<Union>,
    /// Why not to use it any more, and what to use instead.
    pub deprecated: Option<String>,
    /// `see-also`: what to read next, actions and guides.
    pub see_also: Vec<SeeAlso>,
    /// `aliases`: words that a reader may search for and that neither name nor summary has.
    pub aliases: Vec<String>,
    /// Parameters.
    pub request: Vec<Field>,
    /// Members of the answer, without `RequestId`, which every answer has.
    pub response: Vec<Field>,
    /// How a long list is read page by page.
    pub pagination: Option<Pagination>,
    /// How to wait for what the action describes.
    pub wait: Option<Wait>,
    /// Error codes on top of the service's shared ones. Their class is resolved like the shared ones'. A code
    /// that the file only lists has the text of the service's own file.
    pub errors: Vec<ErrorCode>,
    /// Examples; each one has been checked against the fields.
    pub examples: Vec<Example>,
    /// Where the name stands.
    pub at: Position,
}

/// A request and the answer to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it shows.
    pub title: String,
    /// The parameters, a JSON object.
    pub request: Value,
    /// The answer, a JSON object with `RequestId` and without the `Response` around it, or a list of such objects, one
    /// for each event of a stream; none where the file gives only a request.
    pub response: Option<Value>,
    /// Where it stands.
    pub at: Position,
}

impl Example {
    /// The answer, or the events that it comes as.
    pub fn responses(&self) -> impl Iterator<Item = &Value> {
        let events = self.response.as_ref().and_then(Value::as_array);
        let whole = self.response.as_ref().filter(|response| !response.is_array());
        whole.into_iter().chain(events.into_iter().flatten())
    }
}
