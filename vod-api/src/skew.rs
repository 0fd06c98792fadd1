//! The difference between this machine's clock and the service's.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use http::HeaderMap;
use http::header::DATE;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

/// A signature that was refused for its time was minutes off; with less there is something else wrong, and
/// signing again would not help.
const LEAST_CORRECTION: u64 = 30;

/// What is added to this machine's time before it is signed. All clones of a client share it.
#[derive(Debug, Default)]
pub(crate) struct Skew {
    seconds: AtomicI64,
    told: AtomicBool,
}

impl Skew {
    /// The service's time, from this machine's, both in seconds since 1970.
    pub(crate) fn apply(&self, local: u64) -> u64 {
        local.saturating_add_signed(self.seconds.load(Ordering::Relaxed))
    }

    /// Learns from an answer that refused the time `signed`. Says whether another attempt is signed with a
    /// better time.
    pub(crate) fn learn(&self, signed: u64, local: u64, headers: &HeaderMap) -> bool {
        let Some(service) = headers.get(DATE).and_then(|value| http_date(value.to_str().ok()?)) else {
            return false;
        };
        if service.abs_diff(signed) < LEAST_CORRECTION {
            return false;
        }
        let Ok(seconds) = i64::try_from(i128::from(service) - i128::from(local)) else { return false };
        self.seconds.store(seconds, Ordering::Relaxed);
        if !self.told.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                seconds,
                "this machine's clock is wrong: calls are signed with the service's time, {seconds} s later"
            );
        }
        true
    }
}

/// A time in a header, such as `Sun, 06 Nov 1994 08:49:37 GMT`, in seconds since 1970.
pub(crate) fn http_date(text: &str) -> Option<u64> {
    u64::try_from(OffsetDateTime::parse(text.trim(), &Rfc2822).ok()?.unix_timestamp()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(date: &str) -> HeaderMap {
        HeaderMap::from_iter([(DATE, date.parse().unwrap())])
    }

    const TEXT: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    const SECONDS: u64 = 784_111_777;

    #[test]
    fn the_time_of_a_header_is_read() {
        assert_eq!(http_date(TEXT), Some(SECONDS));
        assert_eq!(http_date("yesterday"), None);
        assert_eq!(http_date("Sun, 06 Nov 1904 08:49:37 GMT"), None);
    }

    #[test]
    fn a_wrong_clock_is_corrected_in_both_directions() {
        for local in [SECONDS - 4000, SECONDS + 4000] {
            let skew = Skew::default();
            assert_eq!(skew.apply(local), local);
            assert!(skew.learn(local, local, &dated(TEXT)));
            assert_eq!(skew.apply(local + 10), SECONDS + 10);
        }
    }

    #[test]
    fn a_time_that_was_right_or_cannot_be_known_is_left_alone() {
        let skew = Skew::default();
        assert!(!skew.learn(SECONDS + 5, SECONDS + 5, &dated(TEXT)));
        assert!(!skew.learn(1, 1, &HeaderMap::new()));
        assert!(!skew.learn(1, 1, &dated("soon")));
        assert_eq!(skew.apply(SECONDS), SECONDS);
    }

    #[test]
    fn a_call_that_was_signed_before_the_correction_gets_its_second_attempt() {
        let skew = Skew::default();
        let local = SECONDS + 4000;
        assert!(skew.learn(local, local, &dated(TEXT)));
        assert!(skew.learn(local, local + 1, &dated("Sun, 06 Nov 1994 08:49:38 GMT")));
        assert!(!skew.learn(SECONDS, local, &dated(TEXT)));
    }
}
