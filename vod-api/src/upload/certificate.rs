//! The temporary credential of an upload.

use std::time::{Duration, UNIX_EPOCH};

use crate::credential::Credential;
use crate::vod::TempCertificate;

/// With its token and its end, to store the object of an `ApplyUpload` by other means than
/// [`Client::upload`](crate::Client::upload).
///
/// ```
/// use vod_api::Credential;
/// use vod_api::vod::TempCertificate;
///
/// let mut certificate = TempCertificate::default();
/// certificate.secret_id = "AKID-temporary".to_owned();
/// certificate.expired_time = 1_800_000_000;
/// let credential = Credential::from(certificate);
/// assert_eq!(credential.secret_id(), "AKID-temporary");
/// assert!(credential.expires_at().is_some());
/// ```
impl From<TempCertificate> for Credential {
    fn from(certificate: TempCertificate) -> Self {
        let credential = Self::new(certificate.secret_id, certificate.secret_key);
        let credential = match certificate.token {
            token if token.is_empty() => credential,
            token => credential.with_token(token),
        };
        match UNIX_EPOCH.checked_add(Duration::from_secs(certificate.expired_time)) {
            Some(end) if certificate.expired_time > 0 => credential.with_expiry(end),
            _ => credential,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_a_certificate_is_taken_over() {
        let mut certificate = TempCertificate {
            secret_id: "id".to_owned(),
            secret_key: "key".to_owned(),
            ..TempCertificate::default()
        };
        let credential = Credential::from(certificate.clone());
        assert_eq!((credential.token(), credential.expires_at()), (None, None));
        certificate.token = "token".to_owned();
        certificate.expired_time = 7;
        let credential = Credential::from(certificate);
        assert_eq!((credential.secret_key(), credential.token()), ("key", Some("token")));
        assert_eq!(credential.expires_at(), Some(UNIX_EPOCH + Duration::from_secs(7)));
    }
}
