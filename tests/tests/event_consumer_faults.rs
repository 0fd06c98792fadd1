//! Nothing is lost: many events, slow, failing and panicking handlers, a service and a network of which one call in
//! five goes wrong, and a consumer that is killed again and again. On a paused clock, so that minutes pass in
//! seconds; and small, over sockets and by the machine's clock.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test measures time and fails by panicking, also in its helpers"
)]

#[path = "event_consumer_faults/disturbances.rs"]
mod disturbances;
#[path = "event_consumer_faults/events.rs"]
mod events;
#[path = "event_consumer_faults/handlers.rs"]
mod handlers;
#[path = "event_consumer_faults/network.rs"]
mod network;
#[path = "event_consumer_faults/record.rs"]
mod record;
#[path = "event_consumer_faults/run.rs"]
mod run;
#[path = "event_consumer_faults/schedule.rs"]
mod schedule;
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "event_consumer/service.rs"]
mod service;

use std::time::Duration;

use vod_emulator::{EmptyPull, Faults, Options};

use handlers::silence_panics;
use record::Cause;
use run::Run;
use schedule::{one_in_five, quick_one_in_five};
use service::confirm_options;

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_hours(1);

/// The first half of a hundred thousand events; two tests use two cores.
#[tokio::test(start_paused = true)]
async fn fifty_thousand_events_through_faults_and_kills() {
    through_faults_and_kills(42).await;
}

#[tokio::test(start_paused = true)]
async fn fifty_thousand_others_through_faults_and_kills() {
    through_faults_and_kills(142).await;
}

async fn through_faults_and_kills(seed: u64) {
    const EVENTS: u64 = 50_000;
    silence_panics();
    let mut run = Run::new(Options::default(), one_in_five(seed), seed + 1);
    run.publish(0, EVENTS);
    for _ in 0..10 {
        run.consume(4 * SECOND).await;
    }
    run.consume(HOUR).await;
    let causes = run.check(EVENTS);
    run.check_faults();
    for cause in [
        Cause::SlowHandler,
        Cause::HungHandler,
        Cause::FailedHandler,
        Cause::PanickedHandler,
        Cause::Killed,
        Cause::AmbiguousConfirm,
        Cause::DuplicateDelivery,
    ] {
        assert!(causes.contains_key(&cause), "no duplicate came because of {cause:?}");
    }
}

/// On a machine that stands still, sleeps and has its time of day set, with keys that are rotated, and beside values that
/// are no events.
#[tokio::test(start_paused = true)]
async fn ten_thousand_events_on_a_machine_that_is_disturbed() {
    const EVENTS: u64 = 10_000;
    silence_panics();
    let mut run = Run::on_machine(one_in_five(44), 45);
    run.publish(0, EVENTS / 2);
    run.publish_without_handle();
    run.publish(EVENTS / 2, EVENTS / 2);
    for _ in 0..5 {
        run.consume(20 * SECOND).await;
    }
    run.consume(2 * HOUR).await;
    let causes = run.check(EVENTS);
    assert!(causes.contains_key(&Cause::HungHandler), "{causes:?}");
    let counts = run.disturbances();
    println!("{counts:?}");
    let least = [counts.freezes, counts.sleeps, counts.clock_jumps, counts.rotations].into_iter().min();
    assert!(least > Some(0), "{counts:?}");
}

/// Whatever the vendor leaves undocumented.
#[tokio::test(start_paused = true)]
async fn nothing_is_lost_under_any_option() {
    const EVENTS: u64 = 250;
    silence_panics();
    let empty_pulls = [EmptyPull::NullSet, EmptyPull::AbsentSet, EmptyPull::ResourceNotFound];
    let all = confirm_options()
        .into_iter()
        .flat_map(|options| empty_pulls.map(|empty_pull| Options { empty_pull, ..options.clone() }));
    for (seed, options) in (0..).zip(all) {
        let mut run = Run::new(options, one_in_five(seed), seed + 1);
        run.publish(0, EVENTS);
        run.consume(SECOND).await;
        run.consume(HOUR).await;
        run.check(EVENTS);
    }
}

/// The proof of the proof: a service that gives events to others before their 30 s are over.
#[tokio::test(start_paused = true)]
#[should_panic(expected = "no reason why")]
async fn a_duplicate_without_a_cause_is_found() {
    silence_panics();
    let options = Options { visibility_timeout: 5 * SECOND, ..Options::default() };
    let mut run = Run::new(options, Faults::none(), 1);
    run.publish(0, 250);
    run.consume(HOUR).await;
    run.check(250);
}

/// By the machine's clock. The service's own is moved forward where somebody would have to wait for events to come
/// again.
#[tokio::test]
async fn the_same_over_sockets() {
    const ROUNDS: u64 = 11;
    const EVENTS_A_ROUND: u64 = 100;
    silence_panics();
    let mut run = Run::on_loopback(quick_one_in_five(7), 8).await;
    for round in 0..ROUNDS {
        run.publish(round * EVENTS_A_ROUND, EVENTS_A_ROUND);
        run.consume(SECOND / 4).await;
        run.skip_visibility();
    }
    // A failed handler's event comes again when the next consumer begins.
    while !run.is_over() {
        run.consume(SECOND / 4).await;
        run.skip_visibility();
    }
    run.check(ROUNDS * EVENTS_A_ROUND);
    run.check_faults();
}
