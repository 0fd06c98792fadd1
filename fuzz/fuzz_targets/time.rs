//! Texts that may be times are read or are none, and stay as they came.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vod_api::internal::fuzz;
use vod_api::{Date, Timestamp};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = str::from_utf8(data) else { return };
    let _ = fuzz::http_date(text);
    let (time, day) = (Timestamp::from(text), Date::from(text));
    assert_eq!((time.as_str(), day.as_str()), (text, text));
    assert_eq!(time.unix_seconds().is_some(), time.to_system_time().is_some());
    if let Some((_, month, day)) = day.year_month_day() {
        assert!((1..=12).contains(&month) && (1..=31).contains(&day));
    }
    if let Some(system) = time.to_system_time() {
        // Written anew it is the same second, or the nearest one that can be written.
        let again = Timestamp::from(system);
        let nearest = time.unix_seconds().map(|seconds| seconds.clamp(-62_167_219_200, 253_402_300_799));
        assert_eq!(again.unix_seconds(), nearest, "{again:?}");
    }
});
