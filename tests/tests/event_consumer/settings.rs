//! Settings that are refused.

use std::sync::Arc;

use vod_emulator::Options;

use crate::SECOND;
use crate::deduplication::Store;
use crate::service::{calm_client, service};

#[tokio::test]
async fn settings_that_cannot_work_are_refused() {
    let client = calm_client(&service(Options::default()));
    let events = || client.events();
    for (builder, name) in [
        (events().concurrency(0), "concurrency"),
        (events().max_pulls(0), "max_pulls"),
        (events().linger(11 * SECOND), "linger"),
        (events().margin(25 * SECOND), "margin"),
        (events().rate_share(0.0), "rate_share"),
        (events().rate_share(f64::NAN), "rate_share"),
        (events().known_keys(5), "known_keys"),
        (events().seen_store(Arc::new(Store::default())), "seen_store"),
        (events().deduplicate_by(|_| None).known_keys(0), "known_keys"),
    ] {
        let error = builder.stream().unwrap_err();
        assert!(error.to_string().starts_with(&format!("{name}: ")), "{error}");
    }
}

#[test]
fn a_consumer_needs_a_runtime() {
    let client = calm_client(&service(Options::default()));
    let error = client.events().stream().unwrap_err();
    assert!(error.to_string().contains("Tokio runtime"), "{error}");
}
