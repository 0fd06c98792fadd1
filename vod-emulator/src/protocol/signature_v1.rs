//! Checks the older signatures, HmacSHA1 and HmacSHA256, which travel among the parameters.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

use crate::protocol::signature_v3::without_port;

/// The parts of a request that a signature covers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SignedRequest<'a> {
    pub(crate) method: &'a str,
    /// The `Host` header.
    pub(crate) host: &'a str,
    /// `/` in API 3.0.
    pub(crate) path: &'a str,
    /// All parameters but `Signature`, decoded, in any order.
    pub(crate) parameters: &'a [(String, String)],
}

/// Whether the signature was made with `secret_key` for this request.
///
/// `HmacSHA256` selects SHA-256; any other method, or none, means SHA-1. The host may have been signed
/// without its port, and names with `.` in place of `_`, as the Python SDK does.
pub(crate) fn verify(
    signature: &str,
    signature_method: Option<&str>,
    request: SignedRequest<'_>,
    secret_key: &str,
) -> bool {
    let Ok(given) = STANDARD.decode(signature) else {
        return false;
    };
    let mut sorted: Vec<_> = request.parameters.iter().collect();
    sorted.sort();

    let mut accepted = false;
    for host in [request.host, without_port(request.host)] {
        for dotted in [false, true] {
            let text = text_to_sign(request, host, &sorted, dotted);
            accepted |= match signature_method {
                Some("HmacSHA256") => matches::<Hmac<Sha256>>(&given, &text, secret_key),
                _ => matches::<Hmac<Sha1>>(&given, &text, secret_key),
            };
        }
    }
    accepted
}

fn text_to_sign(
    request: SignedRequest<'_>,
    host: &str,
    sorted: &[&(String, String)],
    dotted: bool,
) -> String {
    let pairs: Vec<String> = sorted
        .iter()
        .map(|(name, value)| {
            let name = if dotted { name.replace('_', ".") } else { name.clone() };
            format!("{name}={value}")
        })
        .collect();
    format!("{}{host}{}?{}", request.method, request.path, pairs.join("&"))
}

/// Compares in a time that does not depend on the signature.
fn matches<M: Mac + KeyInit>(given: &[u8], text: &str, secret_key: &str) -> bool {
    <M as KeyInit>::new_from_slice(secret_key.as_bytes())
        .is_ok_and(|mac| mac.chain_update(text).verify_slice(given).is_ok())
}

#[cfg(test)]
mod tests;
