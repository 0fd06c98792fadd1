//! Settings that are refused.

use std::sync::Arc;
use std::time::Duration;

use vod_emulator::Options;

use crate::SECOND;
use crate::deduplication::Store;
use crate::service::{calm_client, next, publish, service};

#[tokio::test]
async fn settings_that_cannot_work_are_refused() {
    let client = calm_client(&service(Options::default()));
    let events = || client.events();
    for (builder, name) in [
        (events().concurrency(0), "concurrency"),
        (events().concurrency(usize::MAX), "concurrency"),
        (events().max_concurrent_pulls(0), "max_concurrent_pulls"),
        (events().max_concurrent_pulls(usize::MAX), "max_concurrent_pulls"),
        (events().linger(11 * SECOND), "linger"),
        (events().linger(Duration::MAX), "linger"),
        (events().confirm_margin(25 * SECOND), "confirm_margin"),
        (events().confirm_margin(Duration::MAX), "confirm_margin"),
        (events().min_remaining(28 * SECOND), "confirm_margin"),
        (events().min_remaining(Duration::MAX), "confirm_margin"),
        (events().rate_share(0.0), "rate_share"),
        (events().rate_share(-1.0), "rate_share"),
        (events().rate_share(1.5), "rate_share"),
        (events().rate_share(1e-30), "rate_share"),
        (events().rate_share(f64::MIN_POSITIVE), "rate_share"),
        (events().rate_share(f64::INFINITY), "rate_share"),
        (events().rate_share(f64::NAN), "rate_share"),
        (events().dedup_capacity(5), "dedup_capacity"),
        (events().seen_store(Arc::new(Store::default())), "seen_store"),
        (events().deduplicate_by(|_| None).dedup_capacity(0), "dedup_capacity"),
    ] {
        let error = builder.stream().unwrap_err();
        let text = error.to_string();
        assert!(text.starts_with(&format!("{name}: ")), "{text}");
        assert!(text.contains(": must be ") || text.contains("needs deduplicate"), "{text}");
    }
}

/// The extremes that are taken work.
#[tokio::test(start_paused = true)]
async fn settings_at_their_limits_consume() {
    let service = service(Options::default());
    publish(&service, 0..40);
    let client = calm_client(&service);
    let events = || client.events();
    for (round, builder) in (1..).zip([
        events().concurrency(1_000_000).max_concurrent_pulls(1000),
        events().rate_share(0.000_001),
        events().linger(Duration::ZERO).confirm_margin(Duration::ZERO).min_remaining(Duration::ZERO),
        events()
            .linger(10 * SECOND)
            .confirm_margin(Duration::from_millis(29_999))
            .min_remaining(Duration::ZERO),
    ]) {
        let mut stream = builder.stream().unwrap();
        next(&mut stream).await.confirm_and_wait().await.unwrap();
        assert_eq!(service.state().confirmed, round);
        drop(stream);
        service.advance(31 * SECOND);
    }
}

#[test]
fn a_consumer_needs_a_runtime() {
    let client = calm_client(&service(Options::default()));
    let error = client.events().stream().unwrap_err();
    assert!(error.to_string().contains("Tokio runtime"), "{error}");
}
