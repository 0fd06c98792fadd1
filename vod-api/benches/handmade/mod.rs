//! A TC3 signature as a careful person writes it for one service: bare `hmac` and `sha2`, the key of the day and
//! its scope derived once.
#![allow(dead_code, unreachable_pub, reason = "each bench uses a part")]

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Signs for one credential, one service and one day.
pub struct HandmadeSigner {
    secret_id: String,
    host: String,
    scope: String,
    key: Hmac<Sha256>,
}

impl HandmadeSigner {
    pub fn new(secret_id: &str, secret_key: &str, host: &str, service: &str, date: &str) -> Self {
        let mut key = hmac(format!("TC3{secret_key}").as_bytes(), date);
        for part in [service, "tc3_request"] {
            key = hmac(&key, part);
        }
        Self {
            secret_id: secret_id.to_owned(),
            host: host.to_owned(),
            scope: format!("{date}/{service}/tc3_request"),
            key: Hmac::new_from_slice(&key).expect("any length will do"),
        }
    }

    /// The `Authorization` header of a POST of JSON.
    pub fn authorization(&self, timestamp: u64, body: &[u8]) -> String {
        let Self { secret_id, host, scope, key } = self;
        let payload = hex(&Sha256::digest(body));
        let canonical =
            format!("POST\n/\n\ncontent-type:application/json\nhost:{host}\n\ncontent-type;host\n{payload}");
        let canonical = hex(&Sha256::digest(canonical));
        let mut mac = key.clone();
        mac.update(format!("TC3-HMAC-SHA256\n{timestamp}\n{scope}\n{canonical}").as_bytes());
        let signature = hex(&mac.finalize().into_bytes());
        format!(
            "TC3-HMAC-SHA256 Credential={secret_id}/{scope}, SignedHeaders=content-type;host, \
             Signature={signature}"
        )
    }
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length will do");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}
