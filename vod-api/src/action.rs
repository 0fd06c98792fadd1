//! Metadata of actions and services: data from the spec files, no code.

use crate::record::Record;

/// An action of a service. The macros implement it on a marker type with the action's name.
pub trait Action: 'static {
    /// The parameters.
    type Request: Request<Action = Self>;
    /// The response.
    type Response: Record + Default + 'static;
    /// What the spec says about the action.
    const META: &'static ActionMeta;
}

/// The parameters of an action: what [`crate::Client::call`] takes.
pub trait Request: Record + Sized + 'static {
    /// The action.
    type Action: Action<Request = Self>;
}

/// An action that takes a body of any bytes beside its parameters, such as a file or a batch of records: `body =
/// "octet-stream"` in its spec file. The parameters are sent as headers. Set the bytes with
/// [`Call::body`](crate::Call::body).
pub trait BinaryAction: Action {}

/// An action that responds with a stream of events: `answer = "event-stream"` in its spec file. Read them with
/// [`Call::stream`](crate::Call::stream).
pub trait StreamAction: Action {}

/// What the spec says about an action.
#[derive(Debug)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools)] // each is a key of its own in a spec file
pub struct ActionMeta {
    /// The name on the wire.
    pub name: &'static str,
    /// The service that it belongs to.
    pub service: &'static ServiceMeta,
    /// The number of the vendor's documentation page; 0 if unknown.
    pub doc_page: u32,
    /// The published rate limit in requests per second; 0 if unknown.
    pub rate_limit: u32,
    /// Whether the call may be retried if the outcome of an earlier attempt is unknown.
    pub idempotent: bool,
    /// Whether it is sent without a signature.
    pub unsigned: bool,
    /// Whether its body is any bytes, and its parameters are headers.
    pub binary_body: bool,
    /// Whether its parameters are the parts of a multipart body.
    pub multipart: bool,
    /// Whether it may respond with a stream of events.
    pub event_stream: bool,
    /// The error codes of the action beside those of its service.
    pub errors: &'static [&'static str],
}

/// What the spec says about a service.
#[derive(Debug)]
#[non_exhaustive]
pub struct ServiceMeta {
    /// The product name that is signed into every call.
    pub name: &'static str,
    /// The API version.
    pub version: &'static str,
    /// Hosts by name; a regional one holds `{region}`.
    pub endpoints: &'static [(&'static str, &'static str)],
    /// The class of each error code.
    pub errors: &'static [(&'static str, ErrorClass)],
    /// Parameters that many actions share, by their name in requests.
    pub parameters: &'static [&'static str],
}

impl ActionMeta {
    /// For the macros: all fields in the order of the struct.
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        service: &'static ServiceMeta,
        doc_page: u32,
        rate_limit: u32,
        idempotent: bool,
        unsigned: bool,
        errors: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            service,
            doc_page,
            rate_limit,
            idempotent,
            unsigned,
            binary_body: false,
            multipart: false,
            event_stream: false,
            errors,
        }
    }

    /// For the macros: the action takes any bytes as its body.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_binary_body(self) -> Self {
        Self { binary_body: true, ..self }
    }

    /// For the macros: the action takes its parameters as the parts of a multipart body.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_multipart_body(self) -> Self {
        Self { multipart: true, ..self }
    }

    /// For the macros: the action may answer with a stream of events.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_event_stream(self) -> Self {
        Self { event_stream: true, ..self }
    }
}

impl ServiceMeta {
    /// For the macros: all fields in the order of the struct.
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        version: &'static str,
        endpoints: &'static [(&'static str, &'static str)],
        errors: &'static [(&'static str, ErrorClass)],
        parameters: &'static [&'static str],
    ) -> Self {
        Self { name, version, endpoints, errors, parameters }
    }

    /// The class of an error code: its own, or that of the code before the dot.
    pub fn error_class(&self, code: &str) -> Option<ErrorClass> {
        let exact =
            |code: &str| self.errors.iter().find(|(known, _)| *known == code).map(|(_, class)| *class);
        exact(code).or_else(|| exact(code.split('.').next()?))
    }
}

/// What a caller can do about an error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// The request is invalid; the same one fails again.
    Caller,
    /// The credential or its signature was rejected.
    Authentication,
    /// The token has expired; a refreshed credential may be accepted.
    TokenExpired,
    /// The secret id is unknown to the service, or the key does not match. After a key rotation another credential
    /// may be accepted.
    CredentialRefused,
    /// The timestamp differs too much from the service's clock.
    ClockSkew,
    /// Too many requests; later ones will be accepted.
    Throttling,
    /// The service failed; the outcome of the call is unknown.
    Service,
    /// The service could not accept the call now; later ones may be accepted.
    Retryable,
    /// Not a failure, for example a dry run that would have succeeded.
    None,
}
