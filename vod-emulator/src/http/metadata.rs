//! The metadata service of a machine with a role: where programs on such a machine get their credential from.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response, StatusCode};

use crate::lock::lock;
use crate::model::sts;
use crate::protocol::envelope::{json_response, page_response};
use crate::service::EmulatedService;

/// What the paths begin with; the name of the role follows.
pub(crate) const PREFIX: &str = "/latest/meta-data/cam/security-credentials";
/// The host of the real one.
pub(crate) const HOST: &str = "metadata.tencentyun.com";

/// Answers a request to the metadata service: the name of the role, or its credential.
pub(crate) fn respond(service: &EmulatedService, request: &Request<Bytes>) -> Response<Bytes> {
    let options = &service.world.options;
    let own = options.machine_role.as_str();
    let asked = request.uri().path().strip_prefix(PREFIX).and_then(|rest| match rest {
        "" => Some(""),
        rest => rest.strip_prefix('/'),
    });
    if request.method() != Method::GET {
        return page_response(StatusCode::METHOD_NOT_ALLOWED);
    }
    match asked {
        Some("") if !own.is_empty() => {
            let mut response = Response::new(Bytes::copy_from_slice(own.as_bytes()));
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
            response
        }
        Some(role) if !own.is_empty() && role == own => {
            let lifetime = i64::try_from(options.machine_role_lifetime.as_secs()).unwrap_or(i64::MAX);
            let unix = service.world.clock.unix_seconds();
            let (secret_id, issued) =
                lock(&service.world.applications.account).of_machine(own, unix, lifetime);
            json_response(StatusCode::OK, &sts::metadata(&secret_id, &issued))
        }
        _ => page_response(StatusCode::NOT_FOUND),
    }
}
