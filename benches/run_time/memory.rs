//! What a call allocates beside bare `reqwest`, and what a hundred thousand calls leave behind: nothing.
//!
//! `cargo bench -p vod-benches --features vod-api/metrics --bench memory` prints both as Markdown. It fails if memory grows.
#![allow(missing_docs, clippy::expect_used, clippy::print_stdout, reason = "a bench is no library")]

mod bare;
mod both;
mod derive;
mod handmade;
mod paced;
mod responder;

use std::alloc::System;
use std::fs;

use stats_alloc::{INSTRUMENTED_SYSTEM, Stats, StatsAlloc};
use tokio::runtime::Runtime;

use self::both::{Both, at_once, runtime};
use self::responder::{Service, is_service};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Calls of which the allocations are counted, after as many that are not.
const COUNTED: u64 = 6400;
const ALL: u64 = 100_000;
const STEP: u64 = 10_000;
const IN_FLIGHT: u64 = 50;
/// What the heap may grow by from the first step to the last, in bytes: tables that find their size late.
const GROWTH: usize = 16 * 1024;

fn main() {
    if is_service() {
        return;
    }
    let service = Service::start();
    let runtime = runtime();
    let both = Both::new(&service.address);
    count_allocations(&both, &runtime);
    call_for_long(&both, &runtime);
}

fn count_allocations(both: &Both, runtime: &Runtime) {
    println!("\n| a call, in flight | ours | bare `reqwest` | ratio |\n|---|---|---|---|");
    for in_flight in [1, 16, 64] {
        let ours = counted(runtime, in_flight, || both.ours());
        let bare = counted(runtime, in_flight, || both.bare());
        for (what, ours, bare) in [("allocations", ours.0, bare.0), ("bytes allocated", ours.1, bare.1)] {
            println!("| {what}, {in_flight} | {ours:.1} | {bare:.1} | {:.2} |", ours / bare);
        }
    }
}

/// Allocations and bytes of a call. A buffer that grows counts as another one.
#[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
fn counted<F>(runtime: &Runtime, in_flight: u64, call: impl Fn() -> F) -> (f64, f64)
where
    F: Future<Output = String> + Send + 'static,
{
    let calls = || {
        runtime.block_on(async {
            for _ in 0..COUNTED / in_flight {
                at_once(in_flight, &call).await;
            }
        });
    };
    calls();
    let before = ALLOCATOR.stats();
    calls();
    let made = ALLOCATOR.stats() - before;
    let each = |count: usize| count as f64 / COUNTED as f64;
    (each(made.allocations + made.reallocations), each(made.bytes_allocated))
}

fn call_for_long(both: &Both, runtime: &Runtime) {
    println!("\n| calls | heap in use, bytes | resident memory, KiB |\n|---|---|---|");
    let before = both.attempts();
    let mut live = Vec::new();
    for calls in (STEP..=ALL).step_by(usize::try_from(STEP).expect("it is small")) {
        runtime.block_on(async {
            for _ in 0..STEP / IN_FLIGHT {
                at_once(IN_FLIGHT, || both.ours()).await;
            }
        });
        live.push(in_use(ALLOCATOR.stats()));
        let resident = resident().map_or_else(|| "unknown".to_owned(), |kib| kib.to_string());
        println!("| {calls} | {} | {resident} |", live[live.len() - 1]);
    }
    assert_eq!(both.attempts() - before, ALL, "each call succeeds at once");
    let (first, last) = (live[0], live[live.len() - 1]);
    assert!(last <= first + GROWTH, "the heap has grown from {first} to {last} bytes");
}

fn in_use(stats: Stats) -> usize {
    stats.bytes_allocated - stats.bytes_deallocated
}

/// The process's resident memory in KiB, where the system tells it in a file.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().strip_suffix(" kB")?.parse().ok()
}
