//! Points in time as signatures contain them: seconds since 1970.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::refused;
use super::verify::VerifyError;
use crate::clock;
use crate::error::Error;

/// The latest time that a signature may contain, 2106-02-07: the vendor's samples use 32 bits. Later times come from
/// milliseconds that were taken for seconds.
const LAST: u64 = u32::MAX as u64;

/// The earliest time that an expiry may be, 2001-09-09. Earlier ones come from durations: these products are younger.
const FIRST: u64 = 1_000_000_000;
const IS_DURATION: &str = "it must be the point in time at which it expires, not how long it is valid";

/// The machine's time, in whole seconds.
pub(super) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(clock::unix_seconds())
}

/// Seconds since 1970; 0 for earlier times.
pub(super) fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The time that a signature contains as seconds since 1970.
///
/// # Errors
/// It is a duration or in milliseconds. The service may take it as it stands, so that it is valid for ages or never
/// was.
pub(super) fn contained(name: &str, seconds: u64) -> Result<SystemTime, VerifyError> {
    if seconds < FIRST {
        let why = format!("`{name}` is {seconds} s since 1970, which is before the year 2001; {IS_DURATION}");
        return Err(VerifyError::malformed(why));
    }
    if seconds > LAST {
        // What is hexadecimal on the wire may have been written in decimal digits.
        let is_decimal =
            format!("{seconds:x}").parse().is_ok_and(|decimal| (FIRST..=LAST).contains(&decimal));
        let guess =
            if is_decimal { "was it written in decimal digits" } else { "was it given in milliseconds" };
        let why = format!("`{name}` is {seconds} s since 1970, which is after the year 2106; {guess}?");
        return Err(VerifyError::malformed(why));
    }
    Ok(UNIX_EPOCH + Duration::from_secs(seconds))
}

/// A number in hexadecimal digits, and nothing else.
pub(super) fn hexadecimal(text: &str) -> Option<u64> {
    u64::from_str_radix(text, 16).ok().filter(|_| !text.starts_with('+'))
}

/// Seconds since 1970 of a time at which something is to expire.
///
/// # Errors
/// It is not after `now`, or too far away to be meant.
pub(super) fn expiry(setting: &str, time: SystemTime, now: SystemTime) -> Result<u64, Error> {
    let end = seconds(time);
    // As the signature will say it: in whole seconds.
    if end <= seconds(now) {
        return Err(refused(setting, format!("{end} s since 1970 is not in the future; {IS_DURATION}")));
    }
    representable(setting, time)
}

/// Seconds since 1970 of a time.
///
/// # Errors
/// It is too far away to be meant, or a duration.
pub(super) fn representable(setting: &str, time: SystemTime) -> Result<u64, Error> {
    let end = seconds(time);
    if end < FIRST {
        return Err(refused(setting, format!("{end} s since 1970 is before the year 2001; {IS_DURATION}")));
    }
    if end > LAST {
        return Err(refused(
            setting,
            format!("{end} s since 1970 is after the year 2106; was it given in milliseconds?"),
        ));
    }
    Ok(end)
}
