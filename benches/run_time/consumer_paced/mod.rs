//! Against a service that enforces its rate limits: a backlog without end, handlers that take a while.
#![allow(unreachable_pub, reason = "a module of benches")]

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::runtime::Runtime;
use vod_api::events::ReceivedEvent;
use vod_api::{Client, Credential, Endpoint, ReqwestTransport, Transport, TransportFuture};

use crate::bare::http_settings;
use crate::event_service::EventService;
use crate::plot::Sample;

/// 100 pulls a second of 16 events.
pub const CEILING: f64 = 1600.0;
const WAITING: u64 = 4_000;
const WARM_UP: Duration = Duration::from_secs(5);
const MEASURED: Duration = Duration::from_secs(30);
const SAMPLE: Duration = Duration::from_millis(250);
const CONCURRENCY: usize = 256;
/// How long each event is being worked on.
const HANDLING: Duration = Duration::from_millis(20);

/// Runs the consumer, prints what it did, and returns samples over time.
pub fn run() -> Vec<Sample> {
    let mut service = EventService::start(true);
    service.feed(u64::MAX, WAITING);
    let runtime = Runtime::new().expect("a runtime starts");
    let outcome = runtime.block_on(consume(&service));
    let figures = service.figures();
    let mut latencies = outcome.latencies;
    latencies.sort_unstable();
    let percentile = |percent: usize| {
        let latency = latencies[(latencies.len() - 1) * percent / 100];
        format!("{:.1} ms", latency.as_secs_f64() * 1000.0)
    };
    println!("\n| with 100 calls a second of each action, {} s | measured | goal |", MEASURED.as_secs());
    println!("|---|---|---|");
    println!("| events confirmed a second | {:.1} | |", outcome.rate);
    println!("| share of the ceiling of 1600 | **{:.2} %** | 98 % |", outcome.rate / CEILING * 100.0);
    println!("| calls that the service refused, of {} | **{}** | 0 |", figures.calls, figures.failed);
    println!("| from `confirm` to its acknowledgement, median | {} | |", percentile(50));
    println!("| the same, 99th percentile | **{}** | 150 ms |", percentile(99));
    println!("| the same, longest of {} | {} | |", latencies.len(), percentile(100));
    println!("| events that came twice | {} | |", figures.redelivered);
    outcome.samples
}

struct RunOutcome {
    rate: f64,
    latencies: Vec<Duration>,
    samples: Vec<Sample>,
}

async fn consume(service: &EventService) -> RunOutcome {
    let acknowledgements = Arc::new(Acknowledgements::new());
    let client = Client::builder()
        .credential(Credential::new(&service.secret_id, &service.secret_key))
        .endpoint(Endpoint::custom(service.endpoint.clone()))
        .transport(Arc::clone(&acknowledgements))
        .build()
        .expect("the settings are right");
    let stream = client.events().concurrency(CONCURRENCY).stream().expect("the settings are right");
    let shutdown = stream.shutdown();
    let watched = Arc::clone(&acknowledgements);
    let consumer = tokio::spawn(stream.run(move |event: ReceivedEvent| {
        let watched = Arc::clone(&watched);
        async move {
            tokio::time::sleep(HANDLING).await;
            watched.confirm_begins(&event.event_handle);
            Ok::<(), Infallible>(())
        }
    }));

    let begun = now();
    let mut samples = Vec::new();
    let mut measured = None;
    let mut ticks = tokio::time::interval(SAMPLE);
    while begun.elapsed() < WARM_UP + MEASURED {
        ticks.tick().await;
        let stats = shutdown.stats();
        if measured.is_none() && begun.elapsed() >= WARM_UP {
            acknowledgements.forget();
            measured = Some((now(), stats.totals.confirmed));
        }
        samples.push(Sample {
            seconds: begun.elapsed().as_secs_f64(),
            pulled: stats.totals.pulled,
            confirmed: stats.totals.confirmed,
            in_flight: stats.waiting + stats.in_flight + stats.confirming,
        });
    }
    let (since, before) = measured.expect("the run outlasts the warm-up");
    #[allow(clippy::cast_precision_loss)] // far below 2^53
    let rate = (shutdown.stats().totals.confirmed - before) as f64 / since.elapsed().as_secs_f64();
    let latencies = acknowledgements.forget();
    shutdown.finish_within(Duration::from_secs(10)).await;
    consumer.await.expect("nothing panics").expect("nothing fails");
    RunOutcome { rate, latencies, samples }
}

/// A transport that knows when the service acknowledged which handle, and is told when its handler had done.
struct Acknowledgements {
    inner: ReqwestTransport,
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    begun: HashMap<String, Instant>,
    latencies: Vec<Duration>,
}

impl Acknowledgements {
    fn new() -> Self {
        Self {
            inner: ReqwestTransport::new(http_settings()).expect("the settings are right"),
            book: Mutex::default(),
        }
    }

    fn confirm_begins(&self, handle: &str) {
        self.book.lock().expect("nobody panics").begun.insert(handle.to_owned(), now());
    }

    /// Forgets the latencies that were seen so far, and returns them.
    fn forget(&self) -> Vec<Duration> {
        std::mem::take(&mut self.book.lock().expect("nobody panics").latencies)
    }

    fn acknowledged(&self, request: &Bytes) {
        let moment = now();
        let request: serde_json::Value = serde_json::from_slice(request).expect("it is JSON");
        let handles = request["EventHandles"].as_array().expect("it has handles");
        let mut book = self.book.lock().expect("nobody panics");
        for handle in handles.iter().filter_map(|handle| handle.as_str()) {
            let begun = book.begun.remove(handle).expect("its handler has done");
            book.latencies.push(moment - begun);
        }
    }
}

impl Transport for Acknowledgements {
    fn send(&self, request: http::Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        let is_confirmation =
            request.headers().get("x-tc-action").is_some_and(|action| action == "ConfirmEvents");
        let body = request.body().clone();
        Box::pin(async move {
            let answer = self.inner.send(request, limit).await?;
            let is_success = !answer.body().windows(7).any(|window| window == b"\"Error\"");
            if is_confirmation && is_success {
                self.acknowledged(&body);
            }
            Ok(answer)
        })
    }
}

#[allow(clippy::disallowed_methods, reason = "a bench measures real time")]
fn now() -> Instant {
    Instant::now()
}
