//! Whether a text is a day, or a point in time.

use toml_datetime::{Datetime, Offset};

/// `2026-01-31`: a day that the calendar has.
pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    widths == [4, 2, 2]
        && parts.iter().all(|part| digits(part))
        && text.parse::<Datetime>().is_ok_and(|read| read.date.is_some() && read.time.is_none())
}

/// `2026-01-31T08:00:00Z`, with any offset or none, with a fraction of a second or without, and a blank for the `T`.
pub(crate) fn is_timestamp(text: &str) -> bool {
    text.parse::<Datetime>().is_ok_and(|read| {
        let sound = match read.offset {
            Some(Offset::Custom { minutes }) => minutes.unsigned_abs() < 24 * 60,
            Some(Offset::Z) | None => true,
        };
        sound && read.date.is_some() && read.time.is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (text, sound) in [
            ("2026-01-31", true),
            ("2024-02-29", true),
            ("2026-02-29", false),
            ("2026-13-01", false),
            ("2026-1-31", false),
            ("20260131", false),
            ("2026-01-31T00:00:00Z", false),
            ("yesterday", false),
            ("v1", false),
            ("", false),
        ] {
            assert_eq!(is_date(text), sound, "{text}");
        }
    }

    #[test]
    fn points_in_time_have_a_day_and_an_hour() {
        for (text, sound) in [
            ("2026-01-31T08:00:00Z", true),
            ("2026-01-31T08:00:00+08:00", true),
            ("2026-01-31T08:00:00.123Z", true),
            ("2026-01-31 08:00:00", true),
            ("2026-01-31T08:00:00", true),
            ("2026-01-31", false),
            ("08:00:00", false),
            ("2026-02-30T08:00:00Z", false),
            ("2026-01-31T25:00:00Z", false),
            ("0000-00-00T00:00:00Z", false),
            ("1575356802", false),
            ("yesterday", false),
            ("", false),
        ] {
            assert_eq!(is_timestamp(text), sound, "{text}");
        }
    }
}
