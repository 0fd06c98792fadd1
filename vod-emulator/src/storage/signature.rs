//! Checks the storage's signatures (`q-sign-algorithm=sha1`), in the `Authorization` header or in the query of a
//! presigned URL.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _};
use http::header::AUTHORIZATION;
use http::{HeaderMap, Request};
use sha1::{Digest as _, Sha1};

use crate::protocol::signature_v3::hex;

/// What every signature begins with.
const ALGORITHM: &str = "sha1";
const TOKEN: &str = "x-cos-security-token";

/// A signature as a request carries it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct StorageSignature {
    pub(crate) secret_id: String,
    /// The period in which it is valid, as Unix seconds, both ends included.
    pub(crate) valid: (i64, i64),
    pub(crate) token: Option<String>,
    key_time: String,
    headers: Vec<String>,
    parameters: Vec<String>,
    signature: String,
}

/// Whether a request carries a signature of the storage, right or wrong.
pub(crate) fn is_signed<B>(request: &Request<B>) -> bool {
    let query = request.uri().query().unwrap_or_default();
    query.contains("q-sign-algorithm=") || authorization(request.headers()).contains("q-sign-algorithm=")
}

fn authorization(headers: &HeaderMap) -> &str {
    headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

impl StorageSignature {
    /// Reads it from a request; none if a part is missing or has another form.
    pub(crate) fn read<B>(request: &Request<B>, query: &[(String, String)]) -> Option<Self> {
        let mut parts: BTreeMap<String, String> = BTreeMap::new();
        for pair in authorization(request.headers()).trim().split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            parts.insert(name.to_owned(), value.to_owned());
        }
        // A presigned URL has the same seven pairs in its query.
        for (name, value) in query.iter().filter(|(name, _)| name.starts_with("q-")) {
            parts.entry(name.clone()).or_insert_with(|| value.clone());
        }
        let header = request.headers().get(TOKEN).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let token =
            header.or_else(|| query.iter().find(|(name, _)| name == TOKEN).map(|(_, value)| value.clone()));
        let mut take = |name: &str| parts.remove(name);
        let list =
            |text: String| text.split(';').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let is_known = take("q-sign-algorithm")? == ALGORITHM;
        let (sign_time, key_time) = (take("q-sign-time")?, take("q-key-time")?);
        let (start, end) = sign_time.split_once(';')?;
        (is_known && sign_time == key_time).then_some(())?;
        Some(Self {
            secret_id: take("q-ak")?,
            valid: (start.parse().ok()?, end.parse().ok()?),
            token,
            headers: list(take("q-header-list")?),
            parameters: list(take("q-url-param-list")?),
            signature: take("q-signature")?,
            key_time,
        })
    }

    /// Whether it was made with this key for this request, whose path is decoded and whose query is in pairs.
    pub(crate) fn matches<B>(
        &self,
        request: &Request<B>,
        path: &str,
        query: &[(String, String)],
        key: &str,
    ) -> bool {
        let headers = self.headers.iter().map(|name| {
            let value = request.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()));
            (name.clone(), value.unwrap_or_default().into_owned())
        });
        let signed = query.iter().map(|(name, value)| (escaped(name).to_ascii_lowercase(), value.clone()));
        let signed = signed.filter(|(name, _)| self.parameters.contains(name) && !name.starts_with("q-"));
        let text = format!(
            "{}\n{path}\n{}\n{}\n",
            request.method().as_str().to_ascii_lowercase(),
            joined(signed.collect()),
            joined(headers.collect()),
        );
        let to_sign = format!("sha1\n{}\n{}\n", self.key_time, hex(&Sha1::digest(text)));
        let Some(sign_key) = mac(key.as_bytes(), &self.key_time) else { return false };
        let Ok(given) = digits(&self.signature) else { return false };
        <Hmac<Sha1>>::new_from_slice(hex(&sign_key.finalize().into_bytes()).as_bytes())
            .is_ok_and(|mac| mac.chain_update(to_sign).verify_slice(&given).is_ok())
    }
}

fn mac(key: &[u8], text: &str) -> Option<Hmac<Sha1>> {
    Some(<Hmac<Sha1>>::new_from_slice(key).ok()?.chain_update(text))
}

fn digits(text: &str) -> Result<Vec<u8>, std::num::ParseIntError> {
    // Upper case is another text, which the storage would not take.
    let is_lower = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let text = if is_lower { text } else { "" };
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2).unwrap_or("-"), 16)).collect()
}

fn joined(mut pairs: Vec<(String, String)>) -> String {
    pairs.sort();
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    pairs.join("&")
}

/// Percent-encoded, apart from letters, digits and `-_.~`.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
