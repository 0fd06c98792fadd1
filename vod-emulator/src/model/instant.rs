//! Moments as the API writes them.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The `ExpireTime` of what never expires.
pub(crate) const NEVER: &str = "9999-12-31T23:59:59Z";

/// Unix seconds as a text such as `2026-11-28T08:00:00Z`.
pub(crate) fn rfc3339(unix: i64) -> String {
    let time = OffsetDateTime::from_unix_timestamp(unix).ok().and_then(|time| time.format(&Rfc3339).ok());
    time.unwrap_or_else(|| NEVER.to_owned())
}

/// The Unix seconds of such a text, whatever its offset from UTC.
pub(crate) fn unix_of(text: &str) -> Option<i64> {
    OffsetDateTime::parse(text, &Rfc3339).ok().map(OffsetDateTime::unix_timestamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_and_read() {
        assert_eq!(rfc3339(1_767_225_600), "2026-01-01T00:00:00Z");
        assert_eq!(unix_of("2026-01-01T08:00:00+08:00"), Some(1_767_225_600));
        assert_eq!(unix_of("yesterday"), None);
        assert_eq!(rfc3339(i64::MAX), NEVER);
    }
}
