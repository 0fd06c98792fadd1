//! Points in time as signatures contain them: seconds since 1970.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::refused;
use crate::clock;
use crate::error::Error;

/// The latest time that a signature may contain, 2106-02-07: the vendor's samples use 32 bits. Later times come from
/// milliseconds that were taken for seconds.
const LAST: u64 = u32::MAX as u64;

/// The machine's time, in whole seconds.
pub(super) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(clock::unix_seconds())
}

/// Seconds since 1970; 0 for earlier times.
pub(super) fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The time of that second; `None` if the machine's clock cannot represent it.
pub(super) fn from_seconds(seconds: u64) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// Seconds since 1970 of a time at which something is to expire.
///
/// # Errors
/// It is not after `now`, or too far away to be meant.
pub(super) fn expiry(setting: &str, time: SystemTime, now: SystemTime) -> Result<u64, Error> {
    let end = seconds(time);
    if time <= now {
        return Err(refused(
            setting,
            format!(
                "{end} s since 1970 is not in the future; give the point in time at which it expires, not how long \
                 it is valid"
            ),
        ));
    }
    representable(setting, time)
}

/// Seconds since 1970 of a time.
///
/// # Errors
/// It is too far away to be meant.
pub(super) fn representable(setting: &str, time: SystemTime) -> Result<u64, Error> {
    let end = seconds(time);
    if end > LAST {
        return Err(refused(
            setting,
            format!("{end} s since 1970 is after the year 2106; was it given in milliseconds?"),
        ));
    }
    Ok(end)
}
