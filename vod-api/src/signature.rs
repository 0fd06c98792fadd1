//! Signatures of calls: TC3-HMAC-SHA256, and the older HmacSHA256 and HmacSHA1.
//!
//! The client signs by itself. This module is for those who send requests in another way:
//!
//! ```
//! use vod_api::Credential;
//! use vod_api::signature::{Signer, tc3};
//!
//! let signer = Signer::new(Credential::new("AKIDEXAMPLE0000000000000000000000000", "SecretKeyEXAMPLE0000000000000000"));
//! let authorization = signer.tc3(&tc3::Parts {
//!     method: "POST",
//!     host: "vod.tencentcloudapi.com",
//!     content_type: "application/json",
//!     action: None,
//!     query: "",
//!     payload: tc3::Payload::Signed(b"{}"),
//!     service: "vod",
//!     timestamp: 0,
//! });
//! assert!(authorization.ends_with("Signature=20c279ad752a6aafe0215dfeaaf9eb870ca067555559031822b15b5f110c6c4b"));
//! ```

pub mod cos;
pub mod explain;
mod hex;
pub mod tc3;
pub mod v1;

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

use crate::credential::Credential;

pub(crate) use self::hex::lower_hex;

/// What a query or form needs no escape for, so that any server reads the same.
pub(crate) const UNRESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The method by which calls are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum SignatureMethod {
    /// TC3-HMAC-SHA256, also called signature v3: the body is signed, the key changes with day and service.
    #[default]
    Tc3,
    /// The older signature v1 with HMAC-SHA256. Parameters are sent as a query or a form, not as JSON.
    HmacSha256,
    /// The older signature v1 with HMAC-SHA1. Parameters are sent as a query or a form, not as JSON.
    HmacSha1,
}

/// Signs with one credential. Derived keys are cached, and zeroized when the signer is dropped.
pub struct Signer {
    credential: Credential,
    keys: tc3::KeyCache,
}

impl Signer {
    /// A signer for a credential.
    pub fn new(credential: Credential) -> Self {
        Self { credential, keys: tc3::KeyCache::default() }
    }

    /// The credential that it signs with.
    pub fn credential(&self) -> &Credential {
        &self.credential
    }

    /// The value of the `Authorization` header by TC3-HMAC-SHA256.
    pub fn tc3(&self, parts: &tc3::Parts<'_>) -> String {
        let key = self.keys.key(&self.credential, parts.service, parts.timestamp);
        tc3::authorization(self.credential.secret_id(), &key, parts)
    }

    /// The value of the `Signature` parameter by one of the older methods.
    pub fn v1<K: AsRef<str>, V: AsRef<str>>(&self, parts: &v1::Parts<'_, K, V>) -> String {
        v1::signature(self.credential.secret_key(), parts)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("credential", &self.credential).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_secret_and_no_derived_key() {
        let signer = Signer::new(Credential::new("AKID1", "k3y-text").with_token("t0ken-text"));
        signer.keys.key(&signer.credential, "vod", 0);
        let shown = format!("{signer:?}");
        assert_eq!(
            shown,
            "Signer { credential: Credential { secret_id: \"AKID1\", secret_key: \"** redacted **\", \
             token: Some(\"** redacted **\") }, .. }"
        );
    }
}
