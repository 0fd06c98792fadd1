//! The storage's answers: XML, contents, checksums in headers, and what faults make of them.

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderName, HeaderValue};
use http::{Response, StatusCode};

use crate::faults::fault::Fault;
use crate::storage::checksum::Checksums;
use crate::storage::objects::Object;
use crate::storage::xml;

/// The header with the CRC-64 of an object or a part.
const CRC: &str = "x-cos-hash-crc64ecma";
/// The entity tag that a fault tells.
const WRONG_TAG: &str = "\"00000000000000000000000000000000\"";

pub(crate) fn stored(tag: &str, sums: &Checksums) -> Response<Bytes> {
    with_sums(Response::new(Bytes::new()), tag, sums)
}

pub(crate) fn with_sums(mut response: Response<Bytes>, tag: &str, sums: &Checksums) -> Response<Bytes> {
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{tag}\"")) {
        response.headers_mut().insert(ETAG, tag);
    }
    response.headers_mut().insert(HeaderName::from_static(CRC), sums.crc64.into());
    response
}

pub(crate) fn xml_response(status: StatusCode, root: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(xml::document(root)));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
    response
}

/// An object's content; of a `HEAD` only its length.
pub(crate) fn content(object: &Object, is_head: bool) -> Response<Bytes> {
    let body = if is_head { Bytes::new() } else { object.pieces.concat().into() };
    let mut response = with_sums(Response::new(body), &object.tag, &object.sums);
    if is_head {
        response.headers_mut().insert(CONTENT_LENGTH, object.size().into());
    }
    response
}

/// What a fault makes of an answer that tells checksums.
pub(crate) fn falsified(mut response: Response<Bytes>, fault: Option<&Fault>) -> Response<Bytes> {
    let headers = response.headers_mut();
    match fault {
        Some(Fault::WrongEtag) => {
            let right = headers.get(ETAG).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
            if let Some(right) = right {
                headers.insert(ETAG, HeaderValue::from_static(WRONG_TAG));
                // A completion tells it in its body too.
                let body = String::from_utf8_lossy(response.body())
                    .replace(&xml::escaped(&right), &xml::escaped(WRONG_TAG));
                *response.body_mut() = body.into();
            }
        }
        Some(Fault::WrongCrc) => {
            let right = headers.get(CRC).and_then(|crc| crc.to_str().ok()?.parse::<u64>().ok());
            if let Some(right) = right {
                headers.insert(CRC, (right ^ 1).into());
            }
        }
        _ => {}
    }
    response
}
