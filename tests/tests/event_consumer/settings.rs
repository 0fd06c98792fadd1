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
        (events().max_pulls(0), "max_pulls"),
        (events().max_pulls(usize::MAX), "max_pulls"),
        (events().linger(11 * SECOND), "linger"),
        (events().linger(Duration::MAX), "linger"),
        (events().margin(25 * SECOND), "margin"),
        (events().margin(Duration::MAX), "margin"),
        (events().min_remaining(28 * SECOND), "margin"),
        (events().min_remaining(Duration::MAX), "margin"),
        (events().rate_share(0.0), "rate_share"),
        (events().rate_share(-1.0), "rate_share"),
        (events().rate_share(1.5), "rate_share"),
        (events().rate_share(1e-30), "rate_share"),
        (events().rate_share(f64::MIN_POSITIVE), "rate_share"),
        (events().rate_share(f64::INFINITY), "rate_share"),
        (events().rate_share(f64::NAN), "rate_share"),
        (events().known_keys(5), "known_keys"),
        (events().seen_store(Arc::new(Store::default())), "seen_store"),
        (events().deduplicate_by(|_| None).known_keys(0), "known_keys"),
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
        events().concurrency(1_000_000).max_pulls(1000),
        events().rate_share(0.000_001),
        events().linger(Duration::ZERO).margin(Duration::ZERO).min_remaining(Duration::ZERO),
        events().linger(10 * SECOND).margin(Duration::from_millis(29_999)).min_remaining(Duration::ZERO),
    ]) {
        let mut stream = builder.stream().unwrap();
        next(&mut stream).await.confirm_now().await.unwrap();
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
