//! `vod events forward`: posts events to a URL.

use std::io::{self, Write as _};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderValue, Request, Uri};
use vod_api::events::ReceivedEvent;
use vod_api::{ReqwestTransport, Transport as _};

use super::Handled;
use super::live_line::Screen;
use crate::failure::Failure;

/// So many bytes of an answer are read; it is thrown away.
const ANSWER: usize = 64 * 1024;
/// A handle lasts 30 seconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where events go.
pub(super) struct Target {
    uri: Uri,
    host: HeaderValue,
    transport: ReqwestTransport,
}

impl Target {
    /// Checks a URL.
    pub(super) fn parse(text: &str) -> Result<Self, Failure> {
        let wrong = |problem: &str| {
            Failure::usage(format!("--to {text}: {problem}"))
                .hint("write a URL such as http://localhost:8080/events")
        };
        let uri: Uri = text.parse().map_err(|_| wrong("is no URL"))?;
        if !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err(wrong("begins with neither http:// nor https://"));
        }
        let authority = uri.authority().map(http::uri::Authority::as_str).unwrap_or_default();
        if authority.is_empty() || authority.contains('@') {
            return Err(wrong("names no host, or a user, which is not supported"));
        }
        let host = HeaderValue::from_str(authority).map_err(|_| wrong("names no host"))?;
        Ok(Self { host, uri, transport: ReqwestTransport::standard()? })
    }

    /// Posts an event. An answer of 2xx confirms it.
    pub(super) async fn post(&self, event: &ReceivedEvent, screen: &Screen) -> Handled {
        #[expect(clippy::disallowed_methods, reason = "a person is told how long it takes")]
        let started = tokio::time::Instant::now();
        let mut request = Request::new(Bytes::clone(event.raw()));
        *request.method_mut() = http::Method::POST;
        request.uri_mut().clone_from(&self.uri);
        let headers = request.headers_mut();
        headers.insert(HOST, self.host.clone());
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, HeaderValue::from_static(concat!("vod/", env!("CARGO_PKG_VERSION"))));
        let answer = tokio::time::timeout(PATIENCE, self.transport.send(request, ANSWER)).await;
        let (is_confirmed, outcome) = match answer {
            Ok(Ok(answer)) => (answer.status().is_success(), answer.status().to_string()),
            Ok(Err(error)) => (false, error.to_string()),
            Err(_) => (false, format!("timed out after {PATIENCE:?} waiting for the response")),
        };
        let elapsed = started.elapsed().as_millis();
        let kind = event.event_type.as_str();
        // A closed standard output does not keep an event from being confirmed that the other side has.
        let _ = screen.print(|| writeln!(io::stdout(), "{kind} -> {outcome} in {elapsed} ms"));
        Handled { is_confirmed, note: Some(outcome) }
    }
}
