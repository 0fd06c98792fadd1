//! A TC3 signature as a careful person writes it for one host: bare `hmac` and `sha2`, the key of the day derived
//! once.
#![allow(unreachable_pub, reason = "a module of benches")]

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Signs for one credential, one host and one day. Whatever two signatures have in common is put together once.
pub struct HandmadeSigner {
    key: Hmac<Sha256>,
    /// The canonical request up to the payload's hash.
    canonical: String,
    /// The scope between two line feeds.
    scope: String,
    /// The header up to the signature.
    authorization: String,
}

impl HandmadeSigner {
    pub fn new(secret_id: &str, secret_key: &str, host: &str, service: &str, date: &str) -> Self {
        let mut key = hmac(format!("TC3{secret_key}").as_bytes(), date);
        for part in [service, "tc3_request"] {
            key = hmac(&key, part);
        }
        Self {
            key: Hmac::new_from_slice(&key).expect("any length will do"),
            canonical: format!(
                "POST\n/\n\ncontent-type:application/json\nhost:{host}\n\ncontent-type;host\n"
            ),
            scope: format!("\n{date}/{service}/tc3_request\n"),
            authorization: format!(
                "TC3-HMAC-SHA256 Credential={secret_id}/{date}/{service}/tc3_request, \
                 SignedHeaders=content-type;host, Signature="
            ),
        }
    }

    /// The `Authorization` header of a POST of JSON.
    pub fn authorization(&self, timestamp: u64, body: &[u8]) -> String {
        let payload = hex(&Sha256::digest(body));
        let canonical = hex(&Sha256::new().chain_update(&self.canonical).chain_update(payload).finalize());
        let mac = self
            .key
            .clone()
            .chain_update("TC3-HMAC-SHA256\n")
            .chain_update(timestamp.to_string())
            .chain_update(&self.scope)
            .chain_update(canonical);
        let signature = hex(&mac.finalize().into_bytes());
        [self.authorization.as_str(), str::from_utf8(&signature).expect("they are digits")].concat()
    }
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length will do");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> [u8; 64] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 64];
    for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    text
}
