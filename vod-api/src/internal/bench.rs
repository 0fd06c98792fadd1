//! Steps of a call that the benchmarks time one by one. They are hidden from the documentation.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::error::Error;
use crate::pipeline::request::form_encoded;
use crate::pipeline::response::parse_response;
use crate::record::{Record, flatten, to_json};
use crate::redact::Redactor;
use crate::transport::RawResponse;
use crate::transport::snippet::snippet;

/// A request as the body of a POST.
pub fn encode(request: &dyn Record) -> Vec<u8> {
    to_json(request)
}

/// A request as the query of a GET.
pub fn encode_query(request: &dyn Record) -> String {
    form_encoded(&flatten(request))
}

/// An answer's body into its response, which holds its defaults.
///
/// # Errors
/// The answer is a failure, or none at all.
pub fn decode(body: &Bytes, response: &mut dyn Record) -> Result<(), Error> {
    let answer = RawResponse { status: StatusCode::OK, headers: HeaderMap::new(), body: body.clone() };
    parse_response(&answer, response, false, &|body| snippet(body, &Redactor::new([]))).map(drop)
}
