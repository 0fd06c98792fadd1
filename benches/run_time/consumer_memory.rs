//! The memory of an event consumer over a million events, printed as Markdown.
//!
//! `cargo bench -p vod-benches --bench consumer_memory` runs it; another number of events may follow after `--`. The
//! service is another process, so that what is counted is the client's alone.
#![allow(missing_docs, clippy::expect_used, clippy::print_stdout, reason = "a bench is no library")]

mod event_service;

use std::alloc::System;
use std::convert::Infallible;
use std::time::{Duration, Instant};

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use tokio::runtime::Runtime;
use vod_api::events::ReceivedEvent;
use vod_api::{Client, Credential, Endpoint};

use self::event_service::EventService;

#[global_allocator]
static MEMORY: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const EVENTS: u64 = 1_000_000;
const ROWS: u64 = 10;
/// Events that wait at the service, for the consumer never to run dry.
const WAITING: u64 = 4_000;
const CONCURRENCY: usize = 512;
/// The run is given up after this.
const LIMIT: Duration = Duration::from_mins(15);
const LOOK: Duration = Duration::from_millis(5);
const KILOBYTE: usize = 1024;

fn main() {
    if event_service::served() {
        return;
    }
    let events = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(EVENTS);
    let mut service = EventService::start(false);
    service.feed(events, WAITING);
    let runtime = Runtime::new().expect("a runtime starts");
    runtime.block_on(consume(&service, events));
    let figures = service.figures();
    println!("\nThe service confirmed {} of {} events.", figures.confirmed, figures.published);
}

async fn consume(service: &EventService, events: u64) {
    let client = Client::builder()
        .credential(Credential::new(&service.secret_id, &service.secret_key))
        .endpoint(Endpoint::custom(service.endpoint.clone()))
        .without_rate_limit()
        .build()
        .expect("the settings are right");
    let stream = client.events().concurrency(CONCURRENCY).without_rate_limit().stream();
    let stream = stream.expect("the settings are right");
    let shutdown = stream.shutdown();
    let consumer = tokio::spawn(stream.run(async |event: ReceivedEvent| {
        drop(std::hint::black_box(event));
        Ok::<(), Infallible>(())
    }));

    println!("\n| events confirmed | live at that moment | most since the row before | most in flight |");
    println!("|---|---|---|---|");
    let begun = now();
    for row in 1..=ROWS {
        let (mut most, mut in_flight) = (0, 0);
        while shutdown.stats().totals.confirmed < events * row / ROWS {
            assert!(begun.elapsed() < LIMIT, "the run took too long");
            let stats = shutdown.stats();
            in_flight = in_flight.max(stats.waiting + stats.in_flight + stats.confirming);
            most = most.max(live());
            tokio::time::sleep(LOOK).await;
        }
        let confirmed = shutdown.stats().totals.confirmed;
        println!("| {confirmed} | {} kB | {most} kB | {in_flight} |", live());
    }
    let seconds = begun.elapsed().as_secs_f64();
    shutdown.finish_within(Duration::from_secs(10)).await;
    consumer.await.expect("nothing panics").expect("nothing fails");
    println!("\nAfter the consumer's end {} kB are alive; it took {seconds:.0} s.", live());
}

/// Kilobytes that are allocated and not freed.
fn live() -> usize {
    let stats = MEMORY.stats();
    stats.bytes_allocated.saturating_sub(stats.bytes_deallocated) / KILOBYTE
}

#[allow(clippy::disallowed_methods, reason = "a bench measures real time")]
fn now() -> Instant {
    Instant::now()
}
