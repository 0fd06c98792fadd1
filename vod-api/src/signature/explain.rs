//! The steps of a signature, line by line, to find where two implementations differ.
//!
//! ```
//! use vod_api::Credential;
//! use vod_api::signature::{Signer, explain};
//!
//! let headers = [
//!     ("Host".to_owned(), "vod.tencentcloudapi.com".to_owned()),
//!     ("Content-Type".to_owned(), "application/json".to_owned()),
//!     ("X-TC-Timestamp".to_owned(), "0".to_owned()),
//! ];
//! let request = explain::SentRequest { method: "POST", path: "/", query: "", headers: &headers, body: b"{}" };
//! let scope = explain::Tc3Scope { service: "vod", signed_headers: &["content-type", "host"] };
//! let signer = Signer::new(Credential::new("AKIDEXAMPLE0000000000000000000000000", "SecretKeyEXAMPLE0000000000000000"));
//!
//! let explanation = explain::tc3(&request, scope, Some(&signer))?;
//! assert_eq!(explanation.steps[0].lines[4].text, "host:vod.tencentcloudapi.com");
//! assert!(explanation.signature.is_some_and(|signature| signature.starts_with("20c279ad")));
//! # Ok::<(), vod_api::Error>(())
//! ```

use std::borrow::Cow;

use sha2::{Digest as _, Sha256};

use super::{Signer, lower_hex, tc3, v1};
use crate::credential::Credential;
use crate::error::{Error, ErrorKind};
use crate::redact::Redactor;

/// A request as it is sent.
#[derive(Debug, Clone, Copy)]
pub struct SentRequest<'a> {
    /// `POST` or `GET`.
    pub method: &'a str,
    /// The path: `/`.
    pub path: &'a str,
    /// What follows the `?`, encoded as it is sent; empty if there is none.
    pub query: &'a str,
    /// Names and values of the headers, in any case and order.
    pub headers: &'a [(String, String)],
    /// The body as it is sent.
    pub body: &'a [u8],
}

impl<'a> SentRequest<'a> {
    /// The value of a header without the white space around it; of several the first.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        let found = self.headers.iter().find(|(header, _)| header.trim().eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim())
    }
}

/// What a TC3 signature covers besides the request itself. An `Authorization` header says both.
#[derive(Debug, Clone, Copy)]
pub struct Tc3Scope<'a> {
    /// The product's name, `vod`.
    pub service: &'a str,
    /// The names of the signed headers, in lower case and in ascending order.
    pub signed_headers: &'a [&'a str],
}

/// The steps of one signature. The secret key and the keys derived from it are not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// `TC3-HMAC-SHA256`, `HmacSHA256` or `HmacSHA1`.
    pub algorithm: &'static str,
    /// The texts, in the order in which they are made.
    pub steps: Vec<Step>,
    /// The signature; `None` without a key.
    pub signature: Option<String>,
}

impl Explanation {
    /// The step of this kind, if the method has it.
    pub fn step(&self, kind: StepKind) -> Option<&Step> {
        self.steps.iter().find(|step| step.kind == kind)
    }
}

/// One text on the way to a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// Which text it is.
    pub kind: StepKind,
    /// Its pieces. In a text of several lines these are the lines.
    pub lines: Vec<Line>,
}

impl Step {
    /// The whole text, as it is hashed or signed.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        match self.kind {
            StepKind::CanonicalRequest | StepKind::StringToSign => texts.join("\n"),
            StepKind::ParametersToSign => texts.concat(),
        }
    }
}

/// Which text a [`Step`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StepKind {
    /// TC3: the request in a form that does not depend on how it is sent.
    CanonicalRequest,
    /// TC3: algorithm, time, scope and the hash of the canonical request.
    StringToSign,
    /// HmacSHA256 and HmacSHA1: method, host, path and the sorted parameters, in one line.
    ParametersToSign,
}

impl StepKind {
    /// What the vendor's documentation calls it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::CanonicalRequest => "canonical request",
            Self::StringToSign | Self::ParametersToSign => "string to sign",
        }
    }
}

/// One line of a text, or one parameter of a text that has no lines.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line {
    /// What it says, such as `signed header host`.
    pub what: Cow<'static, str>,
    /// The text itself.
    pub text: String,
}

fn line(what: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Line {
    Line { what: what.into(), text: text.into() }
}

/// The SHA-256 of bytes in lower-case hexadecimal, as it stands in the steps.
pub fn sha256_hex(bytes: &[u8]) -> String {
    lower_hex(&Sha256::digest(bytes))
}

/// Explains the TC3-HMAC-SHA256 signature that a request must have. Without a signer it ends before the signature.
///
/// `X-TC-Timestamp` and `X-TC-Content-SHA256` are read from the request. Header values are covered as they are sent,
/// `x-tc-action` in lower case. A signed header that the request lacks counts as empty.
///
/// # Errors
///
/// [`ErrorKind::InvalidRequest`] if the request has no `X-TC-Timestamp`, or one that is not a number of seconds.
pub fn tc3(
    request: &SentRequest<'_>,
    scope: Tc3Scope<'_>,
    signer: Option<&Signer>,
) -> Result<Explanation, Error> {
    let refused = |message: &str| Error::new(ErrorKind::InvalidRequest, format!("X-TC-Timestamp: {message}"));
    let timestamp =
        request.header("x-tc-timestamp").ok_or_else(|| refused("the request has no such header"))?;
    let timestamp: u64 = timestamp.parse().map_err(|_| refused("must be a number of seconds since 1970"))?;

    let canonical = canonical_request(request, scope.signed_headers);
    let text = canonical.text();
    let to_sign = Step {
        kind: StepKind::StringToSign,
        lines: vec![
            line("algorithm", tc3::ALGORITHM),
            line("X-TC-Timestamp", timestamp.to_string()),
            line("scope: day of the timestamp in UTC, service, end", tc3::scope(scope.service, timestamp)),
            line("SHA-256 of the canonical request", sha256_hex(text.as_bytes())),
        ],
    };
    let signature = signer.map(|signer| signer.tc3_signature(&text, scope.service, timestamp));
    Ok(Explanation { algorithm: tc3::ALGORITHM, steps: vec![canonical, to_sign], signature })
}

fn canonical_request(request: &SentRequest<'_>, signed_headers: &[&str]) -> Step {
    let is_get = request.method.eq_ignore_ascii_case("GET");
    let mut lines = vec![
        line("method", request.method.to_uppercase()),
        line("path", request.path),
        line("query of a GET as it is sent", if is_get { request.query } else { "" }),
    ];
    for name in signed_headers {
        let value = request.header(name).unwrap_or_default();
        let value = if *name == "x-tc-action" { value.to_lowercase() } else { value.to_owned() };
        lines.push(line(format!("signed header {name}"), format!("{name}:{value}")));
    }
    lines.push(line("end of the signed headers", ""));
    lines.push(line("names of the signed headers", signed_headers.join(";")));
    let unsigned = request.header("x-tc-content-sha256") == Some(tc3::UNSIGNED_PAYLOAD);
    let (what, payload) = if unsigned {
        ("SHA-256 of UNSIGNED-PAYLOAD", tc3::UNSIGNED_PAYLOAD.as_bytes())
    } else {
        ("SHA-256 of the body", request.body)
    };
    lines.push(line(what, sha256_hex(payload)));
    Step { kind: StepKind::CanonicalRequest, lines }
}

/// Explains the signature of one of the older methods. Without a signer it ends before the signature.
pub fn v1<K: AsRef<str>, V: AsRef<str>>(parts: &v1::Parts<'_, K, V>, signer: Option<&Signer>) -> Explanation {
    let mut lines = vec![line("method", parts.method), line("host", parts.host), line("path", parts.path)];
    for (i, (name, value)) in v1::sorted(parts.parameters).into_iter().enumerate() {
        let separator = if i == 0 { '?' } else { '&' };
        lines.push(line(format!("parameter {name}"), format!("{separator}{name}={value}")));
    }
    Explanation {
        algorithm: parts.algorithm.as_str(),
        steps: vec![Step { kind: StepKind::ParametersToSign, lines }],
        signature: signer.map(|signer| signer.v1(parts)),
    }
}

impl Signer {
    /// The signature of a canonical request by TC3, in lower-case hexadecimal: what an `Authorization` header ends
    /// with.
    pub fn tc3_signature(&self, canonical_request: &str, service: &str, timestamp: u64) -> String {
        let key = self.keys.key(&self.credential, service, timestamp);
        key.signature(timestamp, &sha256_hex(canonical_request.as_bytes()))
    }

    /// The signature of a string to sign by one of the older methods, in Base64.
    pub fn v1_signature(&self, algorithm: v1::Algorithm, string_to_sign: &str) -> String {
        v1::sign_text(self.credential.secret_key(), algorithm, string_to_sign)
    }
}

impl Credential {
    /// The text without the secret key and the token, also where it has parts of them or has them encoded. The secret
    /// id stays.
    pub fn redact(&self, text: &str) -> String {
        let redactor = Redactor::new([Some(self.secret_key()), self.token()].into_iter().flatten());
        if self.secret_id().is_empty() {
            return redactor.redact_known(text);
        }
        // An id may share a part with its key, as those of examples do.
        let pieces: Vec<String> =
            text.split(self.secret_id()).map(|piece| redactor.redact_known(piece)).collect();
        pieces.join(self.secret_id())
    }
}

/// Signers that use the secret key as faulty programs do, each with what it does: to find out what another signer did.
pub fn key_mistakes(credential: &Credential) -> Vec<(&'static str, Signer)> {
    let (id, key) = (credential.secret_id(), credential.secret_key());
    let signer = |key: String| Signer::new(Credential::new(id, key));
    vec![
        ("the secret key was used with a line feed at its end", signer(format!("{key}\n"))),
        ("the secret key was used with CR LF at its end", signer(format!("{key}\r\n"))),
        ("the secret key was used with a space at its end", signer(format!("{key} "))),
        ("the secret key was used with a space in front of it", signer(format!(" {key}"))),
        ("the secret key was used with quotation marks around it", signer(format!("\"{key}\""))),
        ("the secret id was used in place of the secret key", signer(id.to_owned())),
        ("`TC3` was put in front of the secret key twice", signer(format!("TC3{key}"))),
        ("the secret key was used in lower case", signer(key.to_lowercase())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_and_token_are_taken_out_and_the_id_stays() {
        let credential =
            Credential::new("AKID-3EXAMPLE1", "key-text-of-3EXAMPLE1").with_token("tok%en-text-00001");
        let text = "AKID-3EXAMPLE1 key-text-of-3EXAMPLE1 ey-text-of- tok%25en-text-00001 Signature=00";
        let redacted = credential.redact(text);
        assert!(redacted.starts_with("AKID-3EXAMPLE1 ") && redacted.ends_with(" Signature=00"), "{redacted}");
        assert!(!redacted.contains("text"), "{redacted}");
        let shown = format!("{:?}", key_mistakes(&credential));
        assert!(!shown.contains("key-text-of-3EXAMPLE1"), "{shown}");
    }
    #[test]
    fn steps_are_called_what_the_vendor_calls_them() {
        let kinds = [StepKind::CanonicalRequest, StepKind::StringToSign, StepKind::ParametersToSign];
        assert_eq!(kinds.map(StepKind::title), ["canonical request", "string to sign", "string to sign"]);
    }

    #[test]
    fn a_text_is_signed_as_its_request_is() {
        let signer = Signer::new(Credential::new("AKIDEXAMPLE", "key-text"));
        let parameters = [("Action", "PullEvents"), ("Nonce", "7")];
        for algorithm in [v1::Algorithm::Sha1, v1::Algorithm::Sha256] {
            let parts = v1::Parts { algorithm, method: "GET", host: "h", path: "/", parameters: &parameters };
            let signature = signer.v1_signature(algorithm, &v1::string_to_sign(&parts));
            assert_eq!(signature, signer.v1(&parts));
            assert_eq!(Some(signature), super::v1(&parts, Some(&signer)).signature);
        }
    }

    #[test]
    fn a_mistake_with_the_key_is_told_by_the_signature_that_it_makes() {
        let credential = Credential::new("AKIDEXAMPLE", "Key-text");
        let right = Signer::new(credential.clone()).v1_signature(v1::Algorithm::Sha1, "text");
        let mistakes = key_mistakes(&credential);
        let signed: std::collections::HashSet<String> =
            mistakes.iter().map(|(_, signer)| signer.v1_signature(v1::Algorithm::Sha1, "text")).collect();
        assert_eq!((mistakes.len(), signed.len()), (8, 8), "each makes a signature of its own");
        assert!(!signed.contains(&right));
        let with_line_feed = Signer::new(Credential::new("AKIDEXAMPLE", "Key-text\n"));
        assert!(signed.contains(&with_line_feed.v1_signature(v1::Algorithm::Sha1, "text")));
    }
}
