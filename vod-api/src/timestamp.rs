//! Dates and times as the service writes them.

mod conversions;

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date as CalendarDate, OffsetDateTime, PrimitiveDateTime};

use crate::record::Text;

/// `0000-01-01T00:00:00Z` in seconds since 1970.
const FIRST: i64 = -62_167_219_200;
/// `9999-12-31T23:59:59Z` in seconds since 1970.
const LAST: i64 = 253_402_300_799;

/// A date and time in ISO 8601, kept exactly as it was received: `2019-12-03T07:06:42Z`, `2026-01-01T08:00:00+08:00`.
///
/// The service also sends strings that are not a point in time, such as an empty one or `0000-00-00T00:00:00Z` for
/// "never"; they are kept too, and only [`Timestamp::to_system_time`] distinguishes them.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// let time = vod_api::Timestamp::from("2019-12-03T07:06:42Z");
/// assert_eq!(time.unix_seconds(), Some(1_575_356_802));
/// assert_eq!(time.to_system_time(), Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_575_356_802)));
/// assert_eq!(vod_api::Timestamp::from("0000-00-00T00:00:00Z").unix_seconds(), None);
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Timestamp(String);

/// A day, `YYYY-MM-DD`, kept exactly as it was received.
///
/// ```
/// assert_eq!(vod_api::Date::from("2026-11-24").year_month_day(), Some((2026, 11, 24)));
/// assert_eq!(vod_api::Date::from("soon").year_month_day(), None);
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Date(String);

impl Timestamp {
    /// Seconds since 1970 in UTC; `None` if the string is not a point in time. A time without an offset is UTC.
    pub fn unix_seconds(&self) -> Option<i64> {
        self.parse().map(OffsetDateTime::unix_timestamp)
    }

    /// The point in time; `None` if the string is not one, or if it is out of range for this machine's clock.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let since = self.parse()? - OffsetDateTime::UNIX_EPOCH;
        let distance = since.unsigned_abs();
        if since.is_negative() { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
    }

    fn parse(&self) -> Option<OffsetDateTime> {
        OffsetDateTime::parse(&self.0, &Rfc3339)
            .or_else(|_| {
                PrimitiveDateTime::parse(&self.0, &Iso8601::DEFAULT).map(PrimitiveDateTime::assume_utc)
            })
            .ok()
    }
}

/// In UTC, to the second: the form that the service takes. It has four digits for the year: earlier times become the
/// start of the year 0, later ones the end of 9999.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let seconds = unix_seconds(time).clamp(FIRST, LAST);
        let time = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let (year, month, day) = (time.year(), u8::from(time.month()), time.day());
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        Self(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
    }
}

impl Date {
    /// Year, month and day; `None` if the string is not a day.
    pub fn year_month_day(&self) -> Option<(i32, u8, u8)> {
        let day = CalendarDate::parse(&self.0, &Iso8601::DATE).ok()?;
        Some((day.year(), u8::from(day.month()), day.day()))
    }
}

/// Whole seconds since 1970, those before it rounded down.
fn unix_seconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(error) => {
            let before = error.duration();
            let seconds = before.as_secs().saturating_add(u64::from(before.subsec_nanos() > 0));
            i64::try_from(seconds).map_or(i64::MIN, |seconds| -seconds)
        }
    }
}

/// What both have in common: they are their text.
macro_rules! kept_text {
    ($type:ident) => {
        impl $type {
            /// The text as the service wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl Text for $type {
            fn as_text(&self) -> &str {
                &self.0
            }
            fn set_text(&mut self, text: &str) {
                text.clone_into(&mut self.0);
            }
        }
        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
        impl From<String> for $type {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self)
            }
        }
    };
}

kept_text!(Timestamp);
kept_text!(Date);

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn written(time: Option<SystemTime>) -> String {
        Timestamp::from(time.unwrap()).as_str().to_owned()
    }

    #[test]
    fn any_time_of_the_machine_can_be_written() {
        let after = |seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        let before = |milliseconds| UNIX_EPOCH.checked_sub(Duration::from_millis(milliseconds));
        assert_eq!(written(after(1_575_356_802)), "2019-12-03T07:06:42Z");
        assert_eq!(written(before(1)), "1969-12-31T23:59:59Z");
        assert_eq!(written(before(1000)), "1969-12-31T23:59:59Z");
        assert_eq!(written(after(253_402_300_799)), "9999-12-31T23:59:59Z");
        assert_eq!(written(after(253_402_300_800)), "9999-12-31T23:59:59Z");
        assert_eq!(written(after(1 << 60)), "9999-12-31T23:59:59Z");
    }

    /// The year -221, which the service's form has no place for.
    #[test]
    fn a_time_before_the_year_0_becomes_its_start() {
        let time = Timestamp::from("-000221112T07");
        assert_eq!(time.unix_seconds(), Some(-69_131_638_800));
        let again = Timestamp::from(time.to_system_time().unwrap());
        assert_eq!((again.as_str(), again.unix_seconds()), ("0000-01-01T00:00:00Z", Some(FIRST)));
    }
}
