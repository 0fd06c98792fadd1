//! The signature of a callback (event mode `PUSH`).

use std::time::SystemTime;

use super::verify::VerifyError;
use super::{digest, refused, time};
use crate::error::Error;

/// The members `Sign` and `T` of a callback's body: `Sign` is the MD5 of the application's `SignKey` and `T`.
///
/// The service makes it; use this type to send callbacks to a server of your own in tests, or to check one without
/// [`vod_api::callback`](crate::callback). It does not cover the event: see there for what it does not prove.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use vod_api::sign::CallbackSignature;
///
/// let signature = CallbackSignature::until("abc123", UNIX_EPOCH + Duration::from_secs(1_767_226_200))?;
/// assert_eq!(signature.sign(), "6096072fb55ef7f7738ea7b553c8519a");
/// assert_eq!(signature.t(), 1_767_226_200);
/// # Ok::<(), vod_api::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackSignature {
    sign: String,
    t: u64,
}

impl CallbackSignature {
    /// The signature that is valid until a time, to the second.
    ///
    /// # Errors
    /// The key is empty, or the time is a duration (before the year 2001) or in milliseconds (after the year 2106).
    pub fn until(sign_key: &str, expires_at: SystemTime) -> Result<Self, Error> {
        if sign_key.is_empty() {
            return Err(refused("sign_key", "must not be empty"));
        }
        let t = time::representable("expires_at", expires_at)?;
        Ok(Self { sign: digest::md5_hex(&[sign_key, &t.to_string()]), t })
    }

    /// `Sign`: 32 lower-case hexadecimal digits.
    pub fn sign(&self) -> &str {
        &self.sign
    }

    /// `T`: when the signature expires, in seconds since 1970.
    pub fn t(&self) -> u64 {
        self.t
    }

    /// Checks the `Sign` and `T` of a callback that arrived at `now`.
    ///
    /// # Errors
    /// The key is empty, the signature was made with another one, it has expired, or `t` is a duration or in
    /// milliseconds.
    pub fn verify(sign_key: &str, sign: &str, t: u64, now: SystemTime) -> Result<(), VerifyError> {
        let expected = digest::md5_hex(&[sign_key, &t.to_string()]);
        if sign_key.is_empty() || !digest::is_equal(sign.to_ascii_lowercase().as_bytes(), expected.as_bytes())
        {
            return Err(VerifyError::WrongSignature);
        }
        time::contained("T", t)?;
        if time::seconds(now) > t { Err(VerifyError::Expired) } else { Ok(()) }
    }
}
