//! The emulator's page: one file of HTML, which shows the world and works it by the calls below `/_emulator/`.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use sha2::{Digest as _, Sha256};

use crate::protocol::envelope::page_response;

/// Where it is.
pub(crate) const PATH: &str = "/_emulator/";

const PAGE: &str = include_str!("page.html");

/// What a browser may do with the page: run its own script and style, which it tells by their hashes, and call where it
/// came from. It has nothing else and may not be framed.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'",
        hash_of("script"),
        hash_of("style"),
    )
});

/// The hash of what stands between the tags of this name.
fn hash_of(tag: &str) -> String {
    let content = PAGE.split_once(&format!("<{tag}>")).map(|(_, rest)| rest).unwrap_or_default();
    let content = content.split_once(&format!("</{tag}>")).map(|(content, _)| content).unwrap_or_default();
    STANDARD.encode(Sha256::digest(content))
}

/// Whether a request is for the page. It holds nothing that a token would protect; what it shows are calls of its own.
pub(crate) fn is_wanted<B>(request: &Request<B>) -> bool {
    matches!(request.uri().path(), PATH | "/_emulator")
        && matches!(*request.method(), Method::GET | Method::HEAD)
}

/// The page.
pub(crate) fn respond(request: &Request<Bytes>) -> Response<Bytes> {
    if request.uri().path() != PATH {
        let mut response = page_response(StatusCode::PERMANENT_REDIRECT);
        response.headers_mut().insert(http::header::LOCATION, HeaderValue::from_static(PATH));
        return response;
    }
    let mut response = Response::new(Bytes::from_static(PAGE.as_bytes()));
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&POLICY) {
        headers.insert("content-security-policy", policy);
    }
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_takes_nothing_as_markup_and_loads_nothing() {
        for word in [
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "eval(",
            "http://",
            "https://",
            "onclick=",
            "style=",
        ] {
            assert!(!PAGE.contains(word), "{word}");
        }
        for tag in ["<script>", "<style>", "</script>", "</style>"] {
            assert_eq!(PAGE.matches(tag).count(), 1, "{tag}");
        }
        assert_ne!(hash_of("script"), hash_of("style"));
    }
}
