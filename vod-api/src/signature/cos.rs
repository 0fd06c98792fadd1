//! The signature of requests to object storage (COS), as pure functions of what is signed.
//!
//! [`upload`](crate::Client::upload) signs by itself. This module is for those who send such requests in another way,
//! or check a signature.
//!
//! ```
//! use vod_api::Credential;
//! use vod_api::signature::cos;
//!
//! let credential = Credential::new("AKIDEXAMPLE0123456789abcdefghijklmnop", "SKEXAMPLE0123456789abcdefghijklm");
//! let authorization = cos::authorization(&credential, &cos::Parts {
//!     method: "PUT",
//!     path: "/6c0f1c00vodcq1251000333/1f9b2a3c5285890812345678901/f0.mp4",
//!     parameters: &[],
//!     headers: &[("Content-Length", "5")],
//!     valid: 1_700_000_000..1_700_086_400,
//! });
//! assert!(authorization.starts_with("q-sign-algorithm=sha1&q-ak=AKIDEXAMPLE0123456789abcdefghijklmnop&"));
//! ```

use std::fmt::Write as _;
use std::ops::Range;

use hmac::{Hmac, KeyInit as _, Mac as _};
use percent_encoding::utf8_percent_encode;
use sha1::{Digest as _, Sha1};
use zeroize::Zeroizing;

use super::{UNRESERVED, lower_hex};
use crate::credential::Credential;

/// What a signature covers.
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The path, beginning with `/`, not percent-encoded.
    pub path: &'a str,
    /// The parameters of the query to be signed, in any order, not percent-encoded. One without a value has an empty
    /// one.
    pub parameters: &'a [(&'a str, &'a str)],
    /// The headers to be signed, in any order; `Host` should be one of them.
    pub headers: &'a [(&'a str, &'a str)],
    /// From when until when the signature is valid, in seconds since 1970.
    pub valid: Range<u64>,
}

/// The signed text, to compare with another implementation's.
pub fn string_to_sign(parts: &Parts<'_>) -> String {
    let Range { start, end } = parts.valid;
    let signed = lower_hex(&Sha1::digest(http_string(parts)));
    format!("sha1\n{start};{end}\n{signed}\n")
}

/// The request in the form that is hashed, to compare with another implementation's.
pub fn http_string(parts: &Parts<'_>) -> String {
    let parameters = List::of(parts.parameters);
    let headers = List::of(parts.headers);
    let method = parts.method.to_ascii_lowercase();
    format!("{method}\n{}\n{}\n{}\n", parts.path, parameters.pairs(), headers.pairs())
}

/// The value of the `Authorization` header. A temporary credential's token has to be sent in the header
/// `x-cos-security-token`, which should be signed.
pub fn authorization(credential: &Credential, parts: &Parts<'_>) -> String {
    let mut text = String::with_capacity(320);
    for (name, value) in fields(credential, parts) {
        let separator = if text.is_empty() { "" } else { "&" };
        let _ = write!(text, "{separator}{name}={value}");
    }
    text
}

/// The query of a URL that needs no `Authorization` header: the signature with the signed parameters. A temporary
/// credential's token has to be one of the parameters, by the name `x-cos-security-token`.
pub fn presigned_query(credential: &Credential, parts: &Parts<'_>) -> String {
    let mut text = String::with_capacity(512);
    let signature = fields(credential, parts);
    let parameters = parts.parameters.iter().map(|(name, value)| (*name, (*value).to_owned()));
    for (name, value) in signature.into_iter().chain(parameters) {
        let separator = if text.is_empty() { "" } else { "&" };
        let (name, value) = (utf8_percent_encode(name, UNRESERVED), utf8_percent_encode(&value, UNRESERVED));
        let _ = write!(text, "{separator}{name}={value}");
    }
    text
}

fn fields(credential: &Credential, parts: &Parts<'_>) -> [(&'static str, String); 7] {
    let Range { start, end } = parts.valid;
    let key_time = format!("{start};{end}");
    // The key of the second hash is the text of the first one, in hexadecimal.
    let key = Zeroizing::new(hmac_sha1(credential.secret_key().as_bytes(), &key_time));
    let signature = hmac_sha1(key.as_bytes(), &string_to_sign(parts));
    [
        ("q-sign-algorithm", "sha1".to_owned()),
        ("q-ak", credential.secret_id().to_owned()),
        ("q-sign-time", key_time.clone()),
        ("q-key-time", key_time),
        ("q-header-list", List::of(parts.headers).names()),
        ("q-url-param-list", List::of(parts.parameters).names()),
        ("q-signature", signature),
    ]
}

fn hmac_sha1(key: &[u8], text: &str) -> String {
    // HMAC takes a key of any length: there is no error to report.
    let Ok(mac) = Hmac::<Sha1>::new_from_slice(key) else { return String::new() };
    lower_hex(&mac.chain_update(text).finalize().into_bytes())
}

/// Parameters or headers, encoded and in order.
struct List(Vec<(String, String)>);

impl List {
    fn of(pairs: &[(&str, &str)]) -> Self {
        let encoded = |text: &str| utf8_percent_encode(text, UNRESERVED).to_string();
        let pair = |(name, value): &(&str, &str)| (encoded(name).to_ascii_lowercase(), encoded(value));
        let mut list: Vec<_> = pairs.iter().map(pair).collect();
        list.sort_unstable();
        Self(list)
    }

    fn names(&self) -> String {
        self.0.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";")
    }

    fn pairs(&self) -> String {
        self.0.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }
}
