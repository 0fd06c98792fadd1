//! Against a service without limits, beside the plain loop: they take turns, and each turn measures the same
//! number of events while more of them wait.
#![allow(unreachable_pub, reason = "a module of benches")]

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use vod_api::events::ReceivedEvent;
use vod_api::{Client, Credential, Endpoint};

use crate::event_service::EventService;
use crate::pull_loop::PullLoop;

/// Pulls side by side, on both sides.
const PULLS: usize = 10;
/// Enough for all pulls to be under way while the events of as many are being handled.
const CONCURRENCY: usize = 512;
/// A turn lasts less than a second, and single ones differ by half: it takes many to tell a tenth.
const ROUNDS: usize = 27;
/// Events that each turn begins with, of which the first and the last ones are not measured.
const WAITING: u64 = 24_000;
const WARM_UP: u64 = 3_000;
const MEASURED: u64 = 16_000;
/// How often a turn looks how far it has got.
const LOOK: Duration = Duration::from_millis(2);

/// What one turn took.
#[derive(Debug, Clone, Copy)]
struct Turn {
    events_a_second: f64,
    cpu_us_an_event: f64,
}

pub fn run() {
    let mut service = EventService::start(false);
    let client = Client::builder()
        .credential(Credential::new(&service.secret_id, &service.secret_key))
        .endpoint(Endpoint::custom(service.endpoint.clone()))
        .without_rate_limit()
        .build()
        .expect("the settings are right");
    let runtime = Runtime::new().expect("a runtime starts");
    let mut turns = [Vec::new(), Vec::new(), Vec::new()];
    for round in 0..ROUNDS {
        let mut order = [0, 1, 2];
        // Whoever comes first in a round comes last in the next one.
        order.rotate_left(round % 3);
        for side in order {
            service.fill(WAITING);
            let turn = match side {
                0 => runtime.block_on(plain_loop(&service)),
                1 => runtime.block_on(handler(&client)),
                _ => runtime.block_on(stream(&client)),
            };
            turns[side].push(turn);
        }
    }
    print(&turns);
}

async fn plain_loop(service: &EventService) -> Turn {
    let plain = Arc::new(PullLoop::new(service));
    let mut loops = JoinSet::new();
    for _ in 0..PULLS {
        loops.spawn(Arc::clone(&plain).work(async |event| drop(std::hint::black_box(event))));
    }
    let turn = measure(|| plain.confirmed.load(Ordering::Relaxed)).await;
    plain.stopped.store(true, Ordering::Relaxed);
    while let Some(ended) = loops.join_next().await {
        ended.expect("the loop meets no surprise");
    }
    turn
}

async fn handler(client: &Client) -> Turn {
    let stream = consumer(client);
    let shutdown = stream.shutdown();
    let consumer = tokio::spawn(stream.run(async |event: ReceivedEvent| {
        drop(std::hint::black_box(event));
        Ok::<(), Infallible>(())
    }));
    let turn = measure(|| shutdown.stats().totals.confirmed).await;
    shutdown.finish_within(Duration::from_secs(10)).await;
    consumer.await.expect("nothing panics").expect("nothing fails");
    turn
}

async fn stream(client: &Client) -> Turn {
    let mut stream = consumer(client);
    let shutdown = stream.shutdown();
    let consumer = tokio::spawn(async move {
        while let Some(delivery) = stream.next().await {
            let delivery = delivery.expect("nothing fails");
            std::hint::black_box(delivery.event());
            delivery.confirm();
        }
    });
    let turn = measure(|| shutdown.stats().totals.confirmed).await;
    shutdown.finish_within(Duration::from_secs(10)).await;
    consumer.await.expect("nothing panics");
    turn
}

fn consumer(client: &Client) -> vod_api::events::EventStream {
    let builder = client.events().concurrency(CONCURRENCY).max_concurrent_pulls(PULLS).without_rate_limit();
    builder.stream().expect("the settings are right")
}

/// Measures from one number of confirmed events to another.
async fn measure(confirmed: impl Fn() -> u64) -> Turn {
    let reached = async |number: u64| {
        while confirmed() < number {
            tokio::time::sleep(LOOK).await;
        }
        (confirmed(), now(), cpu())
    };
    let (first, begun, cpu_begun) = reached(WARM_UP).await;
    let (last, ended, cpu_ended) = reached(WARM_UP + MEASURED).await;
    #[allow(clippy::cast_precision_loss)] // far below 2^53
    let events = (last - first) as f64;
    Turn {
        events_a_second: events / (ended - begun).as_secs_f64(),
        cpu_us_an_event: cpu_ended.saturating_sub(cpu_begun).as_secs_f64() * 1e6 / events,
    }
}

fn print(turns: &[Vec<Turn>; 3]) {
    println!(
        "\n| {PULLS} pulls at a time, medians of {ROUNDS} rounds | events/s | beside the loop \
         | CPU an event | beside the loop |\n|---|---|---|---|---|"
    );
    for (name, turns_of_one) in ["plain loop", "`run`", "stream"].iter().zip(turns) {
        let ratios = |value: fn(&Turn) -> f64| {
            spread(turns_of_one.iter().zip(&turns[0]).map(|(turn, floor)| value(turn) / value(floor)))
        };
        println!(
            "| {name} | {:.0} | {} | {:.1} us | {} |",
            median(turns_of_one.iter().map(|turn| turn.events_a_second)),
            ratios(|turn| turn.events_a_second),
            median(turns_of_one.iter().map(|turn| turn.cpu_us_an_event)),
            ratios(|turn| turn.cpu_us_an_event),
        );
    }
}

fn spread(values: impl Iterator<Item = f64> + Clone) -> String {
    let least = values.clone().fold(f64::INFINITY, f64::min);
    let most = values.clone().fold(0.0, f64::max);
    format!("**{:.2}** ({least:.2} to {most:.2})", median(values))
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// CPU time of this process with all its threads.
fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.cast_unsigned(), u32::try_from(time.tv_nsec).expect("below a second"))
}

#[allow(clippy::disallowed_methods, reason = "a bench measures real time")]
fn now() -> Instant {
    Instant::now()
}
