//! Timestamps from and to the types of `time`, and of `jiff` and `chrono` by the features of these names.

use std::time::SystemTime;

use time::OffsetDateTime;

use super::Timestamp;

/// In UTC, to the second: see the conversion from [`SystemTime`].
///
/// ```
/// let time = time::OffsetDateTime::from_unix_timestamp(1_575_356_802)?;
/// let timestamp = vod_api::Timestamp::from(time);
/// assert_eq!(timestamp.as_str(), "2019-12-03T07:06:42Z");
/// assert_eq!(timestamp.to_offset_date_time(), Some(time));
/// # Ok::<(), time::error::ComponentRange>(())
/// ```
impl From<OffsetDateTime> for Timestamp {
    fn from(time: OffsetDateTime) -> Self {
        Self::from(SystemTime::from(time))
    }
}

impl Timestamp {
    /// The point in time with the offset that the text has; `None` if the text is no point in time. A time without an
    /// offset is UTC.
    pub fn to_offset_date_time(&self) -> Option<OffsetDateTime> {
        self.parse()
    }
}

/// In UTC, to the second: see the conversion from [`SystemTime`].
///
/// ```
/// let time: jiff::Timestamp = "2019-12-03T07:06:42Z".parse()?;
/// let timestamp = vod_api::Timestamp::from(time);
/// assert_eq!((timestamp.as_str(), timestamp.to_jiff()), ("2019-12-03T07:06:42Z", Some(time)));
/// # Ok::<(), jiff::Error>(())
/// ```
#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for Timestamp {
    fn from(time: jiff::Timestamp) -> Self {
        Self::from(SystemTime::from(time))
    }
}

#[cfg(feature = "jiff")]
impl Timestamp {
    /// The point in time; `None` if the text is none.
    pub fn to_jiff(&self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_nanosecond(self.parse()?.unix_timestamp_nanos()).ok()
    }
}

/// In UTC, to the second: see the conversion from [`SystemTime`].
///
/// ```
/// let time = chrono::DateTime::from_timestamp(1_575_356_802, 0).unwrap();
/// let timestamp = vod_api::Timestamp::from(time);
/// assert_eq!((timestamp.as_str(), timestamp.to_chrono()), ("2019-12-03T07:06:42Z", Some(time)));
/// ```
#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> From<chrono::DateTime<Z>> for Timestamp {
    fn from(time: chrono::DateTime<Z>) -> Self {
        Self::from(SystemTime::from(time))
    }
}

#[cfg(feature = "chrono")]
impl Timestamp {
    /// The point in time; `None` if the text is none.
    pub fn to_chrono(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        let time = self.parse()?;
        chrono::DateTime::from_timestamp(time.unix_timestamp(), time.nanosecond())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts that are times, with their nanoseconds since 1970, and texts that are none.
    const TIMES: [(&str, Option<i128>); 6] = [
        ("2019-12-03T07:06:42Z", Some(1_575_356_802_000_000_000)),
        ("2019-12-03T15:06:42.5+08:00", Some(1_575_356_802_500_000_000)),
        ("1969-12-31T23:59:59Z", Some(-1_000_000_000)),
        ("0000-00-00T00:00:00Z", None),
        ("", None),
        ("soon", None),
    ];

    #[test]
    fn times_of_the_crates_are_those_of_the_text() {
        for (text, nanoseconds) in TIMES {
            let timestamp = Timestamp::from(text);
            let time = timestamp.to_offset_date_time();
            assert_eq!(time.map(OffsetDateTime::unix_timestamp_nanos), nanoseconds, "{text}");
            #[cfg(feature = "jiff")]
            assert_eq!(timestamp.to_jiff().map(jiff::Timestamp::as_nanosecond), nanoseconds, "{text}");
            #[cfg(feature = "chrono")]
            assert_eq!(
                timestamp.to_chrono().and_then(|time| time.timestamp_nanos_opt()).map(i128::from),
                nanoseconds,
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_written_is_utc_and_whole_seconds() {
        let time = Timestamp::from("2019-12-03T15:06:42.5+08:00").to_offset_date_time().unwrap();
        assert_eq!(Timestamp::from(time).as_str(), "2019-12-03T07:06:42Z");
        #[cfg(feature = "jiff")]
        assert_eq!(
            Timestamp::from("2019-12-03T15:06:42.5+08:00").to_jiff().map(Timestamp::from).unwrap().as_str(),
            "2019-12-03T07:06:42Z"
        );
        #[cfg(feature = "chrono")]
        assert_eq!(
            Timestamp::from("2019-12-03T15:06:42.5+08:00").to_chrono().map(Timestamp::from).unwrap().as_str(),
            "2019-12-03T07:06:42Z"
        );
    }
}
