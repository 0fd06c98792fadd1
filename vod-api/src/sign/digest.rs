//! Hashes as these signatures write and compare them.

use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::{Digest as _, Md5};
use sha1::Sha1;
use sha2::Sha256;

use crate::signature::lower_hex;

/// The MD5 of the parts, one after the other, in lower-case hexadecimal.
pub(crate) fn md5_hex(parts: &[&str]) -> String {
    let mut hash = Md5::new();
    for part in parts {
        hash.update(part.as_bytes());
    }
    lower_hex(&hash.finalize())
}

pub(super) fn hmac_sha1(key: &str, text: &str) -> [u8; 20] {
    // HMAC takes keys of every length, so that the second way is never taken.
    let mac = Hmac::<Sha1>::new_from_slice(key.as_bytes());
    let mac = mac.unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha1>>::default()));
    mac.chain_update(text).finalize().into_bytes().into()
}

pub(super) fn hmac_sha256(key: &str, text: &str) -> [u8; 32] {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes());
    let mac = mac.unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default()));
    mac.chain_update(text).finalize().into_bytes().into()
}

/// Compares in a time that depends on the lengths only.
pub(crate) fn is_equal(a: &[u8], b: &[u8]) -> bool {
    use subtle::ConstantTimeEq as _;
    a.ct_eq(b).into()
}
