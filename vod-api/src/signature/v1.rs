//! HmacSHA256 and HmacSHA1, the older signatures, as pure functions of what is signed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

/// The hash inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// HmacSHA256
    Sha256,
    /// HmacSHA1, which is also what a request without `SignatureMethod` means.
    Sha1,
}

impl Algorithm {
    /// The value of the `SignatureMethod` parameter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sha256 => "HmacSHA256",
            Self::Sha1 => "HmacSHA1",
        }
    }
}

/// What a signature covers.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a, K, V> {
    /// The hash.
    pub algorithm: Algorithm,
    /// `POST` or `GET`.
    pub method: &'a str,
    /// The `Host` header, with its port if it has one.
    pub host: &'a str,
    /// The path: `/`.
    pub path: &'a str,
    /// All parameters except `Signature`, in any order, not encoded.
    pub parameters: &'a [(K, V)],
}

/// The string to sign, to compare with another implementation's.
pub fn string_to_sign<K: AsRef<str>, V: AsRef<str>>(parts: &Parts<'_, K, V>) -> String {
    let mut text = [parts.method, parts.host, parts.path].concat();
    for (i, (name, value)) in sorted(parts.parameters).into_iter().enumerate() {
        text.push(if i == 0 { '?' } else { '&' });
        text.push_str(name);
        text.push('=');
        text.push_str(value);
    }
    text
}

/// The parameters in the order in which they are signed.
pub(super) fn sorted<K: AsRef<str>, V: AsRef<str>>(parameters: &[(K, V)]) -> Vec<(&str, &str)> {
    let mut parameters: Vec<(&str, &str)> =
        parameters.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
    parameters.sort_unstable();
    parameters
}

/// The signature, not percent-encoded.
pub(super) fn signature<K: AsRef<str>, V: AsRef<str>>(secret_key: &str, parts: &Parts<'_, K, V>) -> String {
    sign_text(secret_key, parts.algorithm, &string_to_sign(parts))
}

/// The signature of a string to sign, not percent-encoded.
pub(super) fn sign_text(secret_key: &str, algorithm: Algorithm, text: &str) -> String {
    match algorithm {
        Algorithm::Sha256 => sign::<Hmac<Sha256>>(secret_key, text),
        Algorithm::Sha1 => sign::<Hmac<Sha1>>(secret_key, text),
    }
}

fn sign<M: Mac + KeyInit>(secret_key: &str, text: &str) -> String {
    // HMAC takes a key of any length: there is no error to report.
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(secret_key.as_bytes()) else {
        return String::new();
    };
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_named_as_the_service_names_them() {
        assert_eq!([Algorithm::Sha1, Algorithm::Sha256].map(Algorithm::as_str), ["HmacSHA1", "HmacSHA256"]);
    }
}
