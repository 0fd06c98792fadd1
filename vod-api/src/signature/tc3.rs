//! TC3-HMAC-SHA256, as pure functions of what is signed.

use std::convert::Infallible;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use zeroize::{Zeroize, Zeroizing};

use super::hex::Digits;
use crate::credential::Credential;
use crate::sync::{ReadMostly, keep};

/// The scheme's name, in the header and in what is signed.
pub(super) const ALGORITHM: &str = "TC3-HMAC-SHA256";
/// The last part of each credential scope.
const TERMINATOR: &str = "tc3_request";
/// What stands for the payload when it is not signed. It is also the value of `X-TC-Content-SHA256` then.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";
const SECONDS_PER_DAY: u64 = 86_400;

/// What a signature covers.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// `POST` or `GET`.
    pub method: &'a str,
    /// The `Host` header, with its port if it has one.
    pub host: &'a str,
    /// The `Content-Type` header, exactly as it is sent. A GET has one too.
    pub content_type: &'a str,
    /// The `X-TC-Action` header, if it is to be signed. It is signed in lower case.
    pub action: Option<&'a str>,
    /// The query of a GET as it is sent, encoded. Empty for a POST.
    pub query: &'a str,
    /// The body.
    pub payload: Payload<'a>,
    /// The product's name, `vod`, whatever the host is called.
    pub service: &'a str,
    /// The `X-TC-Timestamp` header, in seconds since 1970. The service takes it within five minutes of its clock.
    pub timestamp: u64,
}

/// The body of a request.
#[derive(Debug, Clone, Copy)]
pub enum Payload<'a> {
    /// Is covered by the signature. Empty for a GET.
    Signed(&'a [u8]),
    /// Is not. The request needs the header `X-TC-Content-SHA256` with [`UNSIGNED_PAYLOAD`].
    Unsigned,
}

impl Payload<'_> {
    fn digest(self) -> Digits {
        let bytes = match self {
            Self::Signed(bytes) => bytes,
            Self::Unsigned => UNSIGNED_PAYLOAD.as_bytes(),
        };
        Digits::of(&Sha256::digest(bytes).into())
    }
}

impl Parts<'_> {
    /// The names of the signed headers.
    fn signed_headers(&self) -> &'static str {
        if self.action.is_some() { "content-type;host;x-tc-action" } else { "content-type;host" }
    }

    /// The canonical request, in few pieces: each one costs the hash some bookkeeping.
    fn write_canonical(&self, mut write: impl FnMut(&[u8])) {
        write(self.method.as_bytes());
        write(b"\n/\n");
        if !self.query.is_empty() {
            write(self.query.as_bytes());
        }
        write(b"\ncontent-type:");
        write(self.content_type.as_bytes());
        write(b"\nhost:");
        write(self.host.as_bytes());
        // The block of headers ends with a line of its own.
        if let Some(action) = self.action {
            write(b"\nx-tc-action:");
            write(action.to_ascii_lowercase().as_bytes());
            write(b"\n\ncontent-type;host;x-tc-action\n");
        } else {
            write(b"\n\ncontent-type;host\n");
        }
        write(self.payload.digest().as_bytes());
    }

    fn canonical_digest(&self) -> Digits {
        let mut hash = Sha256::new();
        self.write_canonical(|piece| hash.update(piece));
        Digits::of(&hash.finalize().into())
    }
}

/// The canonical request, to compare with another implementation's.
pub fn canonical_request(parts: &Parts<'_>) -> String {
    let mut text = Vec::with_capacity(256 + parts.query.len());
    parts.write_canonical(|piece| text.extend_from_slice(piece));
    String::from_utf8_lossy(&text).into_owned()
}

/// The string to sign, to compare with another implementation's.
pub fn string_to_sign(parts: &Parts<'_>) -> String {
    let scope = scope(parts.service, parts.timestamp);
    format!("{ALGORITHM}\n{}\n{scope}\n{}", parts.timestamp, parts.canonical_digest().as_str())
}

/// The header's value.
pub(super) fn authorization(secret_id: &str, key: &DerivedKey, parts: &Parts<'_>) -> String {
    let signature = key.sign(parts.timestamp, parts.canonical_digest().as_bytes());

    let pieces = [
        ALGORITHM,
        " Credential=",
        secret_id,
        "/",
        key.scope_line.trim_ascii(),
        ", SignedHeaders=",
        parts.signed_headers(),
        ", Signature=",
        signature.as_str(),
    ];
    pieces.concat()
}

/// `2023-11-14/vod/tc3_request`, the day being that of the timestamp in UTC.
pub(super) fn scope(service: &str, timestamp: u64) -> String {
    format!("{}/{service}/{TERMINATOR}", date(timestamp))
}

/// The day of a timestamp in UTC, `2023-11-14`. Past the year 9999, which the format can't show, it stays at
/// the start of 1970: the service would refuse such a timestamp anyway.
fn date(timestamp: u64) -> String {
    let moment = i64::try_from(timestamp)
        .ok()
        .and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok())
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!("{:04}-{:02}-{:02}", moment.year(), u8::from(moment.month()), moment.day())
}

/// A key that is good for one service on one day, ready to sign.
pub(super) struct DerivedKey {
    day: u64,
    service: String,
    /// The scope between two line feeds, as it stands in the string to sign.
    scope_line: String,
    /// Has the first line of the string to sign behind it.
    mac: Hmac<Sha256>,
}

impl DerivedKey {
    fn new(credential: &Credential, service: &str, timestamp: u64) -> Self {
        let mut start = Zeroizing::new(String::with_capacity(4 + credential.secret_key().len()));
        start.push_str("TC3");
        start.push_str(credential.secret_key());
        let mut key = hmac(start.as_bytes(), date(timestamp).as_bytes());
        for piece in [service, TERMINATOR] {
            key = hmac(&*key, piece.as_bytes());
        }
        let mut mac = keyed(&*key);
        mac.update(ALGORITHM.as_bytes());
        mac.update(b"\n");
        Self {
            day: timestamp / SECONDS_PER_DAY,
            service: service.to_owned(),
            scope_line: format!("\n{}\n", scope(service, timestamp)),
            mac,
        }
    }

    fn sign(&self, timestamp: u64, canonical_digest: &[u8]) -> Digits {
        let mut mac = self.mac.clone();
        mac.update(itoa::Buffer::new().format(timestamp).as_bytes());
        mac.update(self.scope_line.as_bytes());
        mac.update(canonical_digest);
        Digits::of(&mac.finalize().into_bytes().into())
    }

    /// The signature of a canonical request whose hash is given in hexadecimal.
    pub(super) fn signature(&self, timestamp: u64, canonical_digest: &str) -> String {
        self.sign(timestamp, canonical_digest.as_bytes()).as_str().to_owned()
    }

    fn is_for(&self, service: &str, timestamp: u64) -> bool {
        self.day == timestamp / SECONDS_PER_DAY && self.service == service
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    // HMAC takes a key of any length: there is no error to report.
    Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default()))
}

fn hmac(key: &[u8], text: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut mac = keyed(key);
    mac.update(text);
    let mut output = mac.finalize().into_bytes();
    let bytes = Zeroizing::new(output.into());
    output.as_mut_slice().zeroize();
    bytes
}

/// The keys derived from one credential. Deriving costs more than signing a small request.
#[derive(Default)]
pub(super) struct KeyCache {
    keys: ReadMostly<Arc<DerivedKey>>,
}

impl KeyCache {
    /// More than the services that one program calls, on two days.
    const CAPACITY: usize = 16;

    /// The key for a service on the day of the timestamp.
    pub(super) fn key(&self, credential: &Credential, service: &str, timestamp: u64) -> Arc<DerivedKey> {
        let is_it = |key: &Arc<DerivedKey>| key.is_for(service, timestamp);
        let make = || Ok::<_, Infallible>(Arc::new(DerivedKey::new(credential, service, timestamp)));
        let Ok(key) = self.keys.get_or_insert(is_it, make, keep(Self::CAPACITY));
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_serves_one_service_for_one_day() {
        let credential = Credential::new("AKIDEXAMPLE", "key-text");
        let midnight = 20_000 * SECONDS_PER_DAY;
        let key = DerivedKey::new(&credential, "vod", midnight);
        assert!(key.is_for("vod", midnight) && key.is_for("vod", midnight + SECONDS_PER_DAY - 1));
        assert!(!key.is_for("vod", midnight - 1) && !key.is_for("vod", midnight + SECONDS_PER_DAY));
        assert!(!key.is_for("sts", midnight));
        let cache = KeyCache::default();
        let first = cache.key(&credential, "vod", midnight);
        assert!(Arc::ptr_eq(&first, &cache.key(&credential, "vod", midnight + 1)), "it is derived once");
        assert!(!Arc::ptr_eq(&first, &cache.key(&credential, "vod", midnight - 1)));
    }
}
