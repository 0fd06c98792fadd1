//! `--dry-run`: the request as the SDK would send it, caught before it leaves.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::Request;
use http::header::{AUTHORIZATION, HeaderName};
use vod_api::{
    ClientBuilder, Credential, RetryPolicy, Transport, TransportError, TransportFailure, TransportFuture,
};

use crate::dynamic::{DynamicAction, DynamicRecord};
use crate::failure::Failure;
use crate::sync::lock;

/// A transport that keeps the last request in place of sending it.
#[derive(Clone, Default)]
pub(crate) struct Caught(Arc<Mutex<Option<Request<Bytes>>>>);

impl Caught {
    pub(crate) fn take(&self) -> Option<Request<Bytes>> {
        lock(&self.0).take()
    }
}

impl Transport for Caught {
    fn send(&self, request: Request<Bytes>, _: usize) -> TransportFuture<'_> {
        *lock(&self.0) = Some(request);
        let nothing = TransportError::new(TransportFailure::InvalidRequest, "a dry run sends nothing");
        Box::pin(std::future::ready(Err(nothing)))
    }
}

/// The HTTP request of a call. It is signed if that is asked for, and has no `Authorization` otherwise: no credential
/// is looked for.
///
/// # Errors
/// The request can't be made: a limit, a setting, no credential.
pub(crate) async fn request(
    builder: ClientBuilder,
    action: &DynamicAction,
    request: &mut DynamicRecord,
    is_signed: bool,
) -> Result<Request<Bytes>, Failure> {
    let caught = Caught::default();
    let mut builder = builder.transport(caught.clone()).retry(RetryPolicy::none()).without_rate_limit();
    if !is_signed {
        builder = builder.credential(Credential::new("AKIDnobody", "nothing"));
    }
    let client = builder.build()?;
    let outcome = action.call(&client).send(request, &mut action.response()).await;
    let http = caught.take();
    match (http, outcome) {
        (Some(mut http), _) => {
            if !is_signed && !action.meta().unsigned {
                http.headers_mut().remove(AUTHORIZATION);
            }
            Ok(http)
        }
        (None, Err(error)) => Err(error.into()),
        (None, Ok(_)) => Err(Failure::usage("the request was not made")),
    }
}

/// The request as text: the line, the headers as `header` shows them, the body.
pub(crate) fn http_text(
    request: &Request<Bytes>,
    header: impl Fn(&HeaderName, &str) -> String,
    body: &str,
) -> String {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let mut out = format!("{} {path} HTTP/1.1\n", request.method());
    for (name, value) in request.headers() {
        let value = header(name, &String::from_utf8_lossy(value.as_bytes()));
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{name}: {value}");
    }
    let _ = write!(out, "\n{body}");
    out
}
