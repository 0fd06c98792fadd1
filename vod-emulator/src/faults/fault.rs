//! The faults that can be injected, and how they look to a transport inside the process.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use crate::options::ClockSkew;
use crate::protocol::codes;

/// The action that hands out events, and the only one with [`Fault::DuplicateDelivery`].
pub(crate) const PULL: &str = "PullEvents";

/// A fault that can be injected into a call. Periods are measured by the emulator's clock, so they pass on a paused
/// tokio clock and with [`advance`](crate::Emulator::advance).
///
/// "Handled" means that the call reached its action, whatever the response was.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The call is handled after a delay.
    Latency {
        /// Wait from its arrival until it is handled. A client that gives up in this time has had no effect.
        before: Duration,
        /// Wait after it was handled. A client that gives up in this time has had its effect.
        after: Duration,
    },
    /// The connection is refused. The call is not handled.
    ///
    /// Over a socket the call's own connection, which is open already, is reset, and so is every call of the period.
    /// The paths below `/_emulator/` still work, so that other faults can be set, unless
    /// [`Outage::ClosePort`](crate::Outage::ClosePort) is set: then the port is closed for the period.
    ConnectionRefused {
        /// How long every call of any action is refused, from this one on. Zero: only this call.
        lasting: Duration,
    },
    /// The connection is reset before the request's body was read. The call is not handled.
    ResetBeforeRequest,
    /// The connection is reset after the whole request was read. The call is not handled.
    ResetAfterRequest,
    /// The connection is reset instead of the response. The call was handled.
    ResetAfterHandling,
    /// The connection is closed in the middle of the response body. The call was handled.
    TruncatedBody {
        /// Bytes of the body that arrive, at most all but one.
        keep: usize,
    },
    /// A gateway responds with the status 502 and an HTML page.
    BadGateway {
        /// Whether the call is handled before.
        handled: bool,
    },
    /// The response has a status of 5xx and an error in the usual envelope.
    ServerError {
        /// The status.
        status: StatusCode,
        /// The error's code.
        code: String,
        /// Whether the call is handled before.
        handled: bool,
    },
    /// The response is `RequestLimitExceeded`. The call is not handled.
    Throttling {
        /// How long every call of the action is throttled, from this one on. Zero: only this call.
        lasting: Duration,
        /// Whether a `Retry-After` header tells the seconds left, rounded up.
        retry_after: bool,
    },
    /// The service's clock is wrong: the one that timestamps are compared with, and with it the `Date` header.
    ClockSkew {
        /// By how much, on top of [`Options::clock_skew`](crate::Options::clock_skew).
        skew: ClockSkew,
        /// For how long, for every call of any action. Zero: only for this call.
        lasting: Duration,
    },
    /// The response is `AuthFailure.TokenFailure`, as if a temporary credential had expired. The call is not handled.
    TokenExpired,
    /// The response body arrives byte by byte. The call was handled.
    SlowBody {
        /// Wait before each byte.
        pause: Duration,
    },
    /// The events of this pull are delivered once more, under other handles and even if they were confirmed before.
    /// Only for `PullEvents`, and counted only if an event was delivered.
    DuplicateDelivery,
    /// The response body is filled up with spaces. The call was handled.
    HugeBody {
        /// Bytes that the body has at least. They are made in memory.
        size: usize,
    },
    /// The response has no request id. The call was handled.
    MissingRequestId,
    /// The response body begins with a byte order mark (EF BB BF). The call was handled.
    ByteOrderMark,
    /// The response also has the members of the legacy format beside `Response`: `code`, `message` and `codeDesc`.
    /// The call was handled.
    BesideResponse,
    /// The response has a `DeprecatedWarning` of nested lists. The call was handled.
    DeepWarning {
        /// How many lists are nested.
        depth: usize,
    },
    /// The response has another body, with the status and the headers of the service's own. The call was handled.
    ReplacedBody {
        /// The body, which need not be JSON nor text.
        body: Bytes,
    },
    /// The connection is reset in the middle of the request's body. The call is not handled.
    ResetInBody {
        /// Bytes of the body that are read before.
        after: usize,
    },
    /// The request's body is read slowly. The call is handled after that. If the action is only in the body, as with
    /// a form, nothing is left to be read slowly.
    SlowReader {
        /// Wait before each piece of 64 KiB.
        pause: Duration,
    },
    /// The storage responds to a completion with the status 200 and spaces, followed by an error. The upload is not
    /// completed. Only for `CompleteMultipartUpload`.
    CompletionError {
        /// The code of the error.
        code: String,
        /// Blanks before it.
        blanks: usize,
    },
    /// The storage keeps what it received and returns another `ETag`. Only for `PutObject`, `UploadPart` and
    /// `CompleteMultipartUpload`.
    WrongEtag,
    /// The storage keeps what it received and returns another checksum (`x-cos-hash-crc64ecma`). Only for the same
    /// operations.
    WrongCrc,
    /// The storage keeps content of the same length with one bit flipped, and returns its checksums. Only for
    /// `PutObject` and `UploadPart`; an empty body is not changed.
    CorruptedContent,
    /// The storage omits a part from its list. Only for `ListParts`.
    HiddenPart {
        /// The number of the part.
        number: u32,
    },
    /// The pages of the storage's list have at most this number of entries. Only for `ListParts` and
    /// `ListMultipartUploads`.
    ShortPage {
        /// Entries of a page, at least 1.
        entries: usize,
    },
    /// The storage forgets the multipart upload of the request, with its parts. Only for `UploadPart`, `ListParts`,
    /// `CompleteMultipartUpload` and `AbortMultipartUpload`.
    ForgottenUpload,
}

impl Fault {
    /// The status 500 with `InternalError`.
    pub fn internal_error(handled: bool) -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self::ServerError { status, code: codes::INTERNAL_ERROR.to_owned(), handled }
    }

    /// Its kind.
    pub fn kind(&self) -> FaultKind {
        match self {
            Self::Latency { .. } => FaultKind::Latency,
            Self::ConnectionRefused { .. } => FaultKind::ConnectionRefused,
            Self::ResetBeforeRequest => FaultKind::ResetBeforeRequest,
            Self::ResetAfterRequest => FaultKind::ResetAfterRequest,
            Self::ResetAfterHandling => FaultKind::ResetAfterHandling,
            Self::TruncatedBody { .. } => FaultKind::TruncatedBody,
            Self::BadGateway { .. } => FaultKind::BadGateway,
            Self::ServerError { .. } => FaultKind::ServerError,
            Self::Throttling { .. } => FaultKind::Throttling,
            Self::ClockSkew { .. } => FaultKind::ClockSkew,
            Self::TokenExpired => FaultKind::TokenExpired,
            Self::SlowBody { .. } => FaultKind::SlowBody,
            Self::DuplicateDelivery => FaultKind::DuplicateDelivery,
            Self::HugeBody { .. } => FaultKind::HugeBody,
            Self::MissingRequestId => FaultKind::MissingRequestId,
            Self::ByteOrderMark => FaultKind::ByteOrderMark,
            Self::BesideResponse => FaultKind::BesideResponse,
            Self::DeepWarning { .. } => FaultKind::DeepWarning,
            Self::ReplacedBody { .. } => FaultKind::ReplacedBody,
            Self::ResetInBody { .. } => FaultKind::ResetInBody,
            Self::SlowReader { .. } => FaultKind::SlowReader,
            Self::CompletionError { .. } => FaultKind::CompletionError,
            Self::WrongEtag => FaultKind::WrongEtag,
            Self::WrongCrc => FaultKind::WrongCrc,
            Self::CorruptedContent => FaultKind::CorruptedContent,
            Self::HiddenPart { .. } => FaultKind::HiddenPart,
            Self::ShortPage { .. } => FaultKind::ShortPage,
            Self::ForgottenUpload => FaultKind::ForgottenUpload,
        }
    }

    /// Whether a call with this fault reaches its action.
    pub(crate) fn lets_handle(&self) -> bool {
        match self {
            Self::BadGateway { handled } | Self::ServerError { handled, .. } => *handled,
            Self::ConnectionRefused { .. }
            | Self::ResetBeforeRequest
            | Self::ResetAfterRequest
            | Self::ResetInBody { .. }
            | Self::CompletionError { .. }
            | Self::Throttling { .. }
            | Self::TokenExpired => false,
            _ => true,
        }
    }

    /// The actions, or operations of the storage, that it can meet; none if it can meet all.
    pub(crate) fn only_of(&self) -> Option<&'static [&'static str]> {
        Some(match self {
            Self::DuplicateDelivery => &[PULL],
            Self::CompletionError { .. } => &["CompleteMultipartUpload"],
            Self::WrongEtag | Self::WrongCrc => &["PutObject", "UploadPart", "CompleteMultipartUpload"],
            Self::CorruptedContent => &["PutObject", "UploadPart"],
            Self::HiddenPart { .. } => &["ListParts"],
            Self::ShortPage { .. } => &["ListParts", "ListMultipartUploads"],
            Self::ForgottenUpload => {
                &["UploadPart", "ListParts", "CompleteMultipartUpload", "AbortMultipartUpload"]
            }
            _ => return None,
        })
    }

    /// Whether it can meet calls of this action.
    pub(crate) fn meets(&self, action: &str) -> bool {
        self.only_of().is_none_or(|actions| actions.contains(&action))
    }

    /// Whether the connection breaks before the body of the request is read.
    pub(crate) fn comes_before_body(&self) -> bool {
        matches!(self, Self::ConnectionRefused { .. } | Self::ResetBeforeRequest)
    }
}

/// How many faults of each kind were injected since the emulator's start. Kinds that were not are absent.
pub type FaultCounts = BTreeMap<FaultKind, u64>;

/// Defines the kinds with their names.
macro_rules! kinds {
    ($($kind:ident => $name:literal),+ $(,)?) => {
        /// The kind of a [`Fault`], the variant of the same name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #[allow(missing_docs, reason = "they are those of `Fault`")]
        pub enum FaultKind { $($kind),+ }

        impl FaultKind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The name in logs and in JSON, such as `bad-gateway`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),+ }
            }
        }
    };
}

kinds! {
    Latency => "latency",
    ConnectionRefused => "connection-refused",
    ResetBeforeRequest => "reset-before-request",
    ResetAfterRequest => "reset-after-request",
    ResetAfterHandling => "reset-after-handling",
    TruncatedBody => "truncated-body",
    BadGateway => "bad-gateway",
    ServerError => "server-error",
    Throttling => "throttling",
    ClockSkew => "clock-skew",
    TokenExpired => "token-expired",
    SlowBody => "slow-body",
    DuplicateDelivery => "duplicate-delivery",
    HugeBody => "huge-body",
    MissingRequestId => "missing-request-id",
    ByteOrderMark => "byte-order-mark",
    BesideResponse => "beside-response",
    DeepWarning => "deep-warning",
    ReplacedBody => "replaced-body",
    ResetInBody => "reset-in-body",
    SlowReader => "slow-reader",
    CompletionError => "completion-error",
    WrongEtag => "wrong-etag",
    WrongCrc => "wrong-crc",
    CorruptedContent => "corrupted-content",
    HiddenPart => "hidden-part",
    ShortPage => "short-page",
    ForgottenUpload => "forgotten-upload",
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for FaultKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.iter().copied().find(|kind| kind.name() == text).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|kind| kind.name()).collect();
            format!("there is no fault `{text}`; choose one of {}", names.join(", "))
        })
    }
}

/// How a connection failed, from the client's point of view. The client cannot tell whether the call was handled.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConnectionFault {
    /// The connection was refused; nothing was sent.
    Refused,
    /// The connection was reset while the request was being sent.
    ResetBeforeRequest,
    /// The connection was reset after the request was sent and before any answer.
    ResetAfterRequest,
    /// The connection ended in the middle of the answer's body.
    TruncatedBody {
        /// The answer's status.
        status: StatusCode,
        /// What arrived of the body.
        received: Bytes,
        /// The length that the answer's head promised, in bytes.
        expected: usize,
    },
}

impl fmt::Display for ConnectionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused => f.write_str("the connection was refused"),
            Self::ResetBeforeRequest => {
                f.write_str("the connection was reset while the request was being sent")
            }
            Self::ResetAfterRequest => f.write_str("the connection was reset before an answer came"),
            Self::TruncatedBody { received, expected, .. } => {
                write!(f, "the connection ended after {} of the body's {expected} bytes", received.len())
            }
        }
    }
}

impl std::error::Error for ConnectionFault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_names() {
        for kind in FaultKind::ALL {
            assert_eq!(kind.name().parse(), Ok(*kind));
        }
        let error = "earthquake".parse::<FaultKind>().unwrap_err();
        assert!(error.contains("earthquake") && error.contains("slow-body"), "{error}");
    }
}
