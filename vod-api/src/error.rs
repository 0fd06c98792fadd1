//! The error type: why a call failed, and whether it can be retried.

mod display;

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use crate::action::{ActionMeta, ErrorClass, ServiceMeta};
use crate::endpoint::Address;

#[cfg(feature = "events")]
pub(crate) use display::chain_text;
pub(crate) use display::untold;

/// The kind of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A client's setting or an environment variable is missing or wrong. Nothing was sent.
    Config,
    /// There is no credential, or it is invalid: it is empty or has spaces. Nothing was sent.
    Credential,
    /// The request failed client-side validation: a limit of the spec, or the size limit of POST or GET. Nothing was
    /// sent.
    InvalidRequest,
    /// A blocking call could not wait for the client's thread: it was made in code that the client itself runs, in a
    /// fork of the process, or while such code blocks the thread. Nothing was sent.
    Blocked,
    /// The connection to the service could not be established. Nothing was sent.
    Connect,
    /// No response was received in time. The call may have taken effect.
    Timeout,
    /// The connection was lost before the response. The call may have taken effect.
    Transport,
    /// The response body was truncated. The call may have taken effect.
    Truncated,
    /// The response is larger than the client's limit, or its objects need more than 16 MiB of memory and more than
    /// four times the response's size. The call may have taken effect.
    ResponseTooLarge,
    /// The response is not the service's, typically the HTML page of a gateway.
    Gateway,
    /// The response is neither UTF-8 nor JSON, or it is not UTF-8 and
    /// [strict answers](crate::ClientBuilder::strict_answers) are enabled.
    NotUtf8,
    /// The response is not a valid API envelope.
    Malformed,
    /// A value of the response does not fit its field, and [strict answers](crate::ClientBuilder::strict_answers) are
    /// enabled or the SDK itself uses the value, such as the total of a list that it reads page by page. The message
    /// names the value's path. The service has accepted the call.
    Decode,
    /// The response has neither an error nor a request id, so it is not the service's.
    MissingRequestId,
    /// The response has the legacy format (before API 3.0), `{code, message, codeDesc}`.
    LegacyResponse,
    /// The service rejected the call, with an error code.
    Api,
    /// The source of an upload can't be read, or changed during the upload. Nothing was committed.
    Source,
    /// The saved state of an upload can't be read, written, or used for this upload.
    ResumeState,
    /// The bytes in storage differ from those that were sent. Nothing was committed.
    Integrity,
    /// The temporary certificate of an upload has expired, or would expire before the upload ends. Nothing was
    /// committed.
    CertificateExpired,
}

/// Why a call failed, or why a client could not be created.
///
/// `Display` is one line, such as `ConfirmEvents failed: InvalidParameterValue: the handle is unknown
/// (request 12ae8d8e-...)`. Neither it nor its sources contain a secret, a signature or the URL of a GET.
pub struct Error {
    inner: Box<Inner>,
}

struct Inner {
    kind: ErrorKind,
    message: String,
    action: Option<&'static ActionMeta>,
    timed_out: bool,
    code: Option<String>,
    legacy_code: Option<i64>,
    status: Option<u16>,
    request_id: Option<String>,
    snippet: Option<String>,
    retry_after: Option<Duration>,
    credential_may_change: bool,
    attempts: Attempts,
    endpoint: Option<Arc<Address>>,
    not_retried: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What became of a call's attempts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Attempts {
    /// How many were made.
    pub(crate) made: u32,
    /// How many there could have been.
    pub(crate) allowed: u32,
    /// Whether any of them may have reached the service and taken effect.
    pub(crate) ambiguous: bool,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            inner: Box::new(Inner {
                kind,
                message: message.into(),
                action: None,
                timed_out: kind == ErrorKind::Timeout,
                code: None,
                legacy_code: None,
                status: None,
                request_id: None,
                snippet: None,
                retry_after: None,
                credential_may_change: false,
                attempts: Attempts::default(),
                endpoint: None,
                not_retried: None,
                source: None,
            }),
        }
    }

    /// The service's own error.
    pub(crate) fn api(code: String, message: String) -> Self {
        let mut error = Self::new(ErrorKind::Api, message);
        error.inner.code = Some(code).filter(|code| !code.is_empty());
        error
    }

    /// An error in the shape of the retired API.
    pub(crate) fn retired(number: i64, code: String, message: String) -> Self {
        let mut error = Self::new(ErrorKind::LegacyResponse, message);
        error.inner.code = Some(code).filter(|code| !code.is_empty());
        error.inner.legacy_code = Some(number);
        error
    }

    pub(crate) fn with_action(mut self, action: &'static ActionMeta) -> Self {
        self.inner.action = Some(action);
        self
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.inner.status = Some(status);
        self
    }

    pub(crate) fn with_request_id(mut self, id: Option<String>) -> Self {
        self.inner.request_id = id;
        self
    }

    pub(crate) fn with_snippet(mut self, snippet: String) -> Self {
        self.inner.snippet = Some(snippet).filter(|snippet| !snippet.is_empty());
        self
    }

    /// The same with another message.
    pub(crate) fn with_message(mut self, message: String) -> Self {
        self.inner.message = message;
        self
    }

    /// Says after how many attempts the call failed.
    pub(crate) fn with_attempts(mut self, attempts: Attempts) -> Self {
        self.inner.attempts = attempts;
        self
    }

    /// Keeps how long the service wants to be left alone.
    pub(crate) fn with_retry_after(mut self, after: Option<Duration>) -> Self {
        self.inner.retry_after = after;
        self
    }

    /// Says that the next call may have another credential than the one that was refused.
    pub(crate) fn expect_another_credential(&mut self) {
        self.inner.credential_may_change = true;
    }

    /// Whether the source of credentials, asked after the refusal, gave another credential, or failed and may give
    /// one later.
    #[cfg(feature = "events")]
    pub(crate) fn credential_may_change(&self) -> bool {
        self.inner.credential_may_change
    }

    /// Says where the attempt went.
    pub(crate) fn at_endpoint(mut self, address: &Arc<Address>) -> Self {
        self.inner.endpoint = Some(Arc::clone(address));
        self
    }

    /// Says why the call was not sent again although another attempt might have succeeded.
    pub(crate) fn not_retried(mut self, reason: String) -> Self {
        self.inner.not_retried = Some(reason);
        self
    }

    /// Whether an attempt that failed in this way certainly never reached a host.
    pub(crate) fn never_left(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::Config
                | ErrorKind::Credential
                | ErrorKind::InvalidRequest
                | ErrorKind::Blocked
                | ErrorKind::Connect
                | ErrorKind::Source
                | ErrorKind::ResumeState
                | ErrorKind::CertificateExpired
        )
    }

    /// Whether an attempt that failed in this way may have taken effect.
    pub(crate) fn is_ambiguous(&self) -> bool {
        match self.kind() {
            _ if self.never_left() => false,
            ErrorKind::Gateway => self.http_status() != Some(429),
            ErrorKind::Api | ErrorKind::LegacyResponse => {
                matches!(self.class(), None | Some(ErrorClass::Service))
            }
            _ => true,
        }
    }

    /// Says that it was time that ran out.
    pub(crate) fn timed_out(mut self) -> Self {
        self.inner.timed_out = true;
        self
    }

    /// Keeps a cause that shows no secret.
    pub(crate) fn with_source(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.inner.source = Some(cause.into());
        self
    }

    /// Forgets how the answer began.
    pub(crate) fn without_snippet(mut self) -> Self {
        self.inner.snippet = None;
        self
    }

    /// Changes every text that came from outside, but how the answer began: that has been changed before it was cut.
    pub(crate) fn map_texts(mut self, change: impl Fn(String) -> String) -> Self {
        self.inner.message = change(self.inner.message);
        self.inner.code = self.inner.code.map(&change);
        self.inner.request_id = self.inner.request_id.map(&change);
        self
    }

    /// The kind of the failure.
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// The service's error code, from the codes of VOD. For another service use [`Error::code_as`] with the
    /// `ErrorCode` that its specs generated.
    pub fn code(&self) -> Option<crate::vod::ErrorCode> {
        self.code_as()
    }

    /// The service's error code as it was sent, such as `InvalidParameterValue`.
    #[doc(alias("code_text"))]
    pub fn code_str(&self) -> Option<&str> {
        self.inner.code.as_deref()
    }

    /// The service's error code as another type, typically the `ErrorCode` of another service.
    pub fn code_as<C: for<'a> From<&'a str>>(&self) -> Option<C> {
        self.code_str().map(C::from)
    }

    /// The number of a response in the legacy format, such as 4000.
    pub fn legacy_code(&self) -> Option<i64> {
        self.inner.legacy_code
    }

    /// The message: the service's own for [`ErrorKind::Api`], in the client's language. Messages change, so decide by
    /// code.
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// The request id, for the vendor's support. `None` if no response of the service was received.
    pub fn request_id(&self) -> Option<&str> {
        self.inner.request_id.as_deref()
    }

    /// The name of the action that failed.
    pub fn action(&self) -> Option<&'static str> {
        self.inner.action.map(|action| action.name)
    }

    /// The service that the action belongs to.
    pub fn service(&self) -> Option<&'static ServiceMeta> {
        self.inner.action.map(|action| action.service)
    }

    /// The HTTP status of the response. The service also returns 200 for calls that it rejects.
    pub fn http_status(&self) -> Option<u16> {
        self.inner.status
    }

    /// The beginning of the response: at most 512 bytes, control characters escaped.
    pub fn snippet(&self) -> Option<&str> {
        self.inner.snippet.as_deref()
    }

    /// The endpoint of the last attempt as scheme, host and port: `https://vod.tencentcloudapi.com:443`. `None` if
    /// the call failed before an attempt.
    pub fn endpoint(&self) -> Option<&str> {
        self.inner.endpoint.as_deref().map(Address::url)
    }

    /// The error behind this one, such as that of the HTTP client or of a credential provider, to be downcast.
    ///
    /// [`source`](StdError::source) skips causes whose text `Display` already contains, so that reports of a whole
    /// chain have each cause once; this returns the first cause in any case.
    pub fn underlying(&self) -> Option<&(dyn StdError + Send + Sync + 'static)> {
        self.inner.source.as_deref()
    }

    /// The number of attempts; 0 if nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.inner.attempts.made
    }

    /// Whether the service may have executed an attempt: it may have arrived, and no response says that it was
    /// rejected.
    pub fn may_have_taken_effect(&self) -> bool {
        self.inner.attempts.ambiguous
    }

    /// The delay that the service requested by `Retry-After`, if any.
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.retry_after
    }

    /// The class of the error code in the service's spec: what a caller can do about it.
    pub fn class(&self) -> Option<ErrorClass> {
        self.service()?.error_class(self.code_str()?)
    }

    /// Whether a timeout expired, for connecting or for the response.
    pub fn is_timeout(&self) -> bool {
        self.inner.timed_out
    }

    /// Whether the connection could not be established, so that the service can't have received the call.
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// Whether the network failed, before, during or after sending.
    pub fn is_transport(&self) -> bool {
        use ErrorKind::{Connect, Timeout, Transport, Truncated};
        matches!(self.kind(), Connect | Timeout | Transport | Truncated)
    }

    /// Whether the service throttled the call, because of too many requests.
    #[doc(alias("rate limit", "429", "RequestLimitExceeded"))]
    pub fn is_throttling(&self) -> bool {
        self.class() == Some(ErrorClass::Throttling)
            || self.kind() == ErrorKind::Gateway && self.http_status() == Some(429)
    }

    /// Whether the credential, the signature or a missing permission was the reason.
    pub fn is_authentication(&self) -> bool {
        use ErrorClass::{Authentication, ClockSkew, CredentialRefused, TokenExpired};
        self.kind() == ErrorKind::Credential
            || matches!(self.class(), Some(Authentication | TokenExpired | CredentialRefused | ClockSkew))
    }

    /// Whether the request itself is wrong: the same call will fail again.
    pub fn is_caller_fault(&self) -> bool {
        use ErrorKind::{Blocked, Config, Credential, InvalidRequest};
        matches!(self.kind(), Config | Credential | InvalidRequest | Blocked)
            || self.class() == Some(ErrorClass::Caller)
    }

    /// Whether the service, or a gateway in front of it, failed.
    pub fn is_service_fault(&self) -> bool {
        matches!(self.class(), Some(ErrorClass::Service | ErrorClass::Retryable))
            || self.kind() == ErrorKind::Gateway && self.http_status().is_some_and(|status| status >= 500)
    }

    /// Whether the failure is transient, so that the same call may succeed later: a failure of the network or of the
    /// service, or throttling.
    ///
    /// Idempotency is not considered: before you retry an action that is not idempotent, check
    /// [`may_have_taken_effect`](Self::may_have_taken_effect).
    #[doc(alias("transient"))]
    pub fn is_retryable(&self) -> bool {
        self.is_transport() || self.is_throttling() || self.is_service_fault()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SERVICE: ServiceMeta = ServiceMeta::new(
        "vod",
        "2018-07-17",
        &[],
        &[
            ("InvalidParameterValue", ErrorClass::Caller),
            ("RequestLimitExceeded", ErrorClass::Throttling),
            ("InternalError", ErrorClass::Service),
            ("AuthFailure.TokenFailure", ErrorClass::TokenExpired),
        ],
        &[],
    );
    static CONFIRM: ActionMeta = ActionMeta::new("ConfirmEvents", &SERVICE, 34184, 100, true, false, &[]);

    fn api(code: &str) -> Error {
        Error::api(code.to_owned(), "text".to_owned()).with_action(&CONFIRM)
    }

    #[test]
    fn one_line_says_it_all() {
        let error =
            api("InvalidParameterValue").with_status(200).with_request_id(Some("12ae8d8e".to_owned()));
        assert_eq!(error.to_string(), "ConfirmEvents failed: InvalidParameterValue: text (request 12ae8d8e)");
        let error = api("InternalError").with_status(500).with_request_id(Some("12ae8d8e".to_owned()));
        assert_eq!(
            error.to_string(),
            "ConfirmEvents failed: InternalError: text (HTTP 500, request 12ae8d8e)"
        );
        let error =
            Error::retired(4000, "InvalidParameter".to_owned(), "text".to_owned()).with_action(&CONFIRM);
        assert_eq!(error.to_string(), "ConfirmEvents failed: InvalidParameter: (retired code 4000) text");
        assert_eq!(Error::new(ErrorKind::Config, "region: wrong").to_string(), "region: wrong");
    }

    #[test]
    fn what_the_service_says_stays_one_line() {
        let error = Error::api("A\u{7f}B".to_owned(), "one\r\ntwo \u{1b}[31mé".to_owned());
        let error = error.with_request_id(Some("a\nb".to_owned()));
        assert_eq!(error.to_string(), r"A\u{7f}B: one\r\ntwo \u{1b}[31mé (request a\nb)");
        assert_eq!(error.message(), "one\r\ntwo \u{1b}[31mé");
    }

    #[test]
    fn attempts_are_told_where_there_were_several() {
        let after = |made| {
            let error = api("InternalError").with_request_id(Some("12ae8d8e".to_owned()));
            error.with_attempts(Attempts { made, allowed: 3, ambiguous: true }).to_string()
        };
        assert_eq!(after(1), "ConfirmEvents failed: InternalError: text (request 12ae8d8e)");
        assert_eq!(after(2), "ConfirmEvents failed: InternalError: text (request 12ae8d8e, attempt 2 of 3)");
    }

    #[test]
    fn predicates_follow_the_class_that_the_spec_gives() {
        assert!(api("InvalidParameterValue.SubAppId").is_caller_fault());
        assert!(api("RequestLimitExceeded").is_throttling() && api("RequestLimitExceeded").is_retryable());
        assert!(api("InternalError.DBError").is_service_fault() && api("InternalError").is_retryable());
        assert!(api("AuthFailure.TokenFailure").is_authentication());
        let unknown = api("BrandNew.Code");
        assert_eq!(unknown.class(), None);
        assert!(!unknown.is_retryable() && !unknown.is_caller_fault() && !unknown.is_service_fault());
    }

    #[test]
    fn predicates_of_failures_without_a_code() {
        let timeout = Error::new(ErrorKind::Timeout, "");
        assert!(timeout.is_timeout() && timeout.is_transport() && timeout.is_retryable());
        let gateway = |status| Error::new(ErrorKind::Gateway, "").with_status(status);
        assert!(gateway(502).is_retryable() && gateway(429).is_throttling() && !gateway(414).is_retryable());
        assert!(Error::new(ErrorKind::InvalidRequest, "").is_caller_fault());
        assert!(Error::new(ErrorKind::Credential, "").is_authentication());
        assert!(!Error::new(ErrorKind::Decode, "").is_retryable());
    }

    #[test]
    fn a_code_becomes_the_callers_type() {
        assert_eq!(api("InternalError").code_as::<String>().as_deref(), Some("InternalError"));
        assert_eq!(Error::new(ErrorKind::Connect, "").code_as::<String>(), None);
    }

    #[test]
    fn it_is_small_and_goes_anywhere() {
        fn anywhere<T: Send + Sync + 'static>() {}
        anywhere::<Error>();
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }
}
