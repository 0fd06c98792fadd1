//! The body of a callback, from anybody, becomes an event or an error, and never an event without its signature.
#![no_main]

use std::time::{Duration, UNIX_EPOCH};

use libfuzzer_sys::fuzz_target;
use vod_api::callback::Callbacks;

fuzz_target!(|body: &[u8]| {
    let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    if let Ok(event) = Callbacks::unsigned().parse_at(body, now) {
        let _ = format!("{event:?} {:?}", event.payload());
        let again = serde_json::to_vec(&event).expect("an event is JSON");
        assert_eq!(Callbacks::unsigned().parse_at(&again, now).as_ref(), Ok(&event));
        // What was read back carries no signature any more.
        assert!(Callbacks::signed_with("a key").parse_at(&again, now).is_err());
    }
    // Nobody finds the MD5 of a key that is not in the corpus.
    let signed = Callbacks::signed_with("9b2f6a0c77e14d3c").parse_at(body, now);
    let error = signed.expect_err("an event that nobody signed");
    let _ = format!("{error:?}");
    assert!(!error.to_string().contains("9b2f6a0c77e14d3c"));
});
