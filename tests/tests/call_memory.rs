//! Calls leave nothing behind: after four times as many calls through a disturbed network, as much memory is in use as
//! before. Alone in its program, because memory is counted for all of it.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, also in its helpers"
)]

#[path = "call_faults/network.rs"]
#[allow(dead_code, reason = "another test uses the rest")]
mod network;

use std::alloc::System;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use tokio::runtime::Handle;
use tokio::time::timeout;
use vod_api::vod::{
    ConfirmEventsRequest, CreateCLSTopicRequest, DescribeEventConfigRequest, DescribeMediaInfosRequest,
    PullEventsRequest,
};
use vod_api::{Client, Credential};
use vod_emulator::{Emulator, Options, WallClock};

use network::{InProcess, RESPONSE_LIMIT, one_in_five};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const CALLS: u64 = 1000;
const AT_A_TIME: u64 = 32;
const SEED: u64 = 20_260_101;
/// What may be in use beside what was: a table that grew once, a timer that has not been swept.
const SLACK: usize = 8 * 1024;
/// How long a caller waits who gives up soon: shorter than some calls take, longer than most.
const IMPATIENT: Duration = Duration::from_millis(300);

#[derive(Default)]
struct Ends {
    succeeded: AtomicU64,
    failed: AtomicU64,
    dropped: AtomicU64,
}

/// Retries, pacing, the breaker and the hook are on. The emulator keeps its last thousand calls, which the first round
/// fills.
#[tokio::test(start_paused = true)]
async fn four_times_as_many_calls_leave_no_more_behind() {
    let options = Options { wall_clock: WallClock::System, enforce_rate_limits: false, ..Options::default() };
    let service = Emulator::builder().options(options).faults(one_in_five(SEED)).build().unwrap();
    let seen = Arc::new(AtomicU64::new(0));
    let hook = Arc::clone(&seen);
    let client = Client::builder()
        .credential(Credential::new(service.secret_id(), service.secret_key()))
        .response_limit(RESPONSE_LIMIT)
        .backup_endpoints(["vod.intl.tencentcloudapi.com"])
        .on_attempt(move |_| _ = hook.fetch_add(1, Ordering::Relaxed))
        .transport(InProcess(service.clone()))
        .build()
        .unwrap();
    let ends = Ends::default();
    let tasks = Handle::current().metrics().num_alive_tasks();

    // The first round fills tables, keys and logs.
    for _ in 0..2 {
        make(&client, CALLS, &ends).await;
    }
    let after_one = in_use();
    make(&client, CALLS, &ends).await;
    let once_more = in_use();
    make(&client, 4 * CALLS, &ends).await;
    let after_four = in_use();

    let count = |ends: &AtomicU64| ends.load(Ordering::Relaxed);
    let (succeeded, failed, dropped) = (count(&ends.succeeded), count(&ends.failed), count(&ends.dropped));
    println!(
        "bytes in use: {after_one}, {once_more}, {after_four}; {succeeded} calls succeeded, {failed} failed, {dropped} were dropped"
    );
    assert_eq!(succeeded + failed + dropped, 7 * CALLS);
    assert!(
        failed > 100 && dropped > 100 && count(&seen) > succeeded + failed,
        "the calls were not disturbed"
    );
    let left = after_four.saturating_sub(once_more);
    assert!(left <= SLACK, "{left} bytes were left behind");
    assert_eq!(Handle::current().metrics().num_alive_tasks(), tasks, "a task was left behind");
}

fn in_use() -> usize {
    let stats = ALLOCATOR.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}

async fn make(client: &Client, calls: u64, ends: &Ends) {
    let next = AtomicU64::new(0);
    let worker = || async {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= calls {
                return;
            }
            let end = match timeout(patience(number), call(client, number)).await {
                Ok(true) => &ends.succeeded,
                Ok(false) => &ends.failed,
                Err(_) => &ends.dropped,
            };
            end.fetch_add(1, Ordering::Relaxed);
        }
    };
    join_all((0..AT_A_TIME).map(|_| worker())).await;
}

/// Every third caller gives up soon.
fn patience(number: u64) -> Duration {
    if number.is_multiple_of(3) { IMPATIENT } else { Duration::from_mins(10) }
}

/// Whether the call succeeded.
async fn call(client: &Client, number: u64) -> bool {
    match number % 5 {
        0 => client.describe_event_config(DescribeEventConfigRequest::new()).await.is_ok(),
        1 => client.describe_media_infos(DescribeMediaInfosRequest::new(["1"])).await.is_ok(),
        2 => client
            .create_cls_topic(CreateCLSTopicRequest::new("ap-guangzhou", "a name", "a log set"))
            .await
            .is_ok(),
        // Refused: nobody has pulled it.
        3 => client.confirm_events(ConfirmEventsRequest::new(["unknown"])).await.is_ok(),
        // Waits for an event that does not come.
        _ => client.pull_events(PullEventsRequest::new()).await.is_ok(),
    }
}
