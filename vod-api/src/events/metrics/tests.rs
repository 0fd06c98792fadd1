//! What the recorder gets to see of a consumer.

use std::sync::{Arc, Mutex, OnceLock, mpsc};
use std::task::{Context, Poll, Wake};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream as _;
use http::Request;
use metrics::{
    Counter, CounterFn, Gauge, GaugeFn, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder,
    SharedString, Unit,
};

use crate::events::Shutdown;
use crate::telemetry::test_recorder::Kept;
use crate::testing::MockTransport;
use crate::transport::{Transport, TransportError, TransportFailure, TransportFuture};
use crate::vod::{ConfirmEvents, ConfirmEventsResponse, EventContent, PullEvents, PullEventsResponse};

fn event(handle: &str, kind: &str) -> EventContent {
    EventContent { event_handle: handle.to_owned(), event_type: kind.into(), ..Default::default() }
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

#[test]
fn numbers_follow_the_events() {
    let kept = Kept::default();
    metrics::with_local_recorder(&kept, || {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(consume(&kept));
    });
    let expected = [
        ("vod_api_events_confirm_seconds 7", 1),
        ("vod_api_events_confirming 7", 0),
        ("vod_api_events_in_flight 7", 0),
        ("vod_api_events_lag_seconds 7", 3),
        ("vod_api_events_pulled_total 7", 4),
        ("vod_api_events_pulls_total 7 empty", 1),
        ("vod_api_events_pulls_total 7 events", 1),
        ("vod_api_events_pulls_total 7 failed", 1),
        ("vod_api_events_redelivered_total 7", 1),
        ("vod_api_events_resolved_total 7 confirmed", 1),
        ("vod_api_events_resolved_total 7 rejected", 1),
        ("vod_api_events_resolved_total 7 released", 2),
        ("vod_api_events_throttled_total 7", 1),
        ("vod_api_events_waiting 7", 0),
    ];
    let expected: Vec<(String, i64)> = expected.map(|(name, count)| (name.to_owned(), count)).into();
    assert_eq!(kept.values("vod_api_events_"), expected);
    assert_eq!(kept.time("vod_api_events_lag_seconds 7"), 3 * ms(10), "three events of a pull of 10 ms");
    assert_eq!(kept.time("vod_api_events_confirm_seconds 7"), ms(50) + ms(20), "linger and call");
}

/// Confirms one of four events, releases another, has the third refused; the fourth is the first once more.
async fn consume(kept: &Kept) {
    let mock = MockTransport::new();
    let event_set = vec![event("1", "A"), event("2", "B"), event("3", "C"), event("4", "A")];
    let pulled = PullEventsResponse { event_set, ..Default::default() };
    mock.on::<PullEvents>()
        .delay(ms(10))
        .respond(pulled)
        .respond_error("RequestLimitExceeded", "")
        .respond(PullEventsResponse::default())
        .hang();
    mock.on::<ConfirmEvents>()
        .delay(ms(20))
        .respond(ConfirmEventsResponse::default())
        .respond_error("InvalidParameterValue", "");
    let client = mock.builder().build().unwrap();
    let events = client.events().sub_app_id(7).deduplicate_by(|event| Some(event.event_type.to_string()));
    let mut events = events.stream().unwrap();

    let mut deliveries = Vec::new();
    for _ in 0..3 {
        deliveries.push(events.next().await.unwrap().unwrap());
    }
    let level = |name| kept.values(name)[0].1;
    assert_eq!(level("vod_api_events_in_flight"), 3);
    let refused = deliveries.pop().unwrap();
    deliveries.pop().unwrap().release();
    deliveries.pop().unwrap().confirm();
    assert_eq!((level("vod_api_events_in_flight"), level("vod_api_events_confirming")), (1, 1));
    tokio::time::sleep(ms(100)).await;
    refused.confirm_and_wait().await.unwrap_err();
    tokio::time::sleep(ms(1000)).await;

    let shutdown = events.shutdown();
    let report = shutdown.finish_within(ms(100)).await;
    assert_eq!((report.pulled, report.confirmed, report.released, report.rejected), (4, 1, 2, 1));
    let stats = shutdown.stats();
    assert_eq!((stats.empty_pulls, stats.pull_failures, stats.throttled), (1, 1, 1));
}

/// Asks the consumer for its figures whenever it is called, and when it is dropped.
#[derive(Default)]
struct Curious {
    consumer: OnceLock<Shutdown>,
    asked: Mutex<u32>,
}

impl Curious {
    fn ask(&self) {
        if let Some(consumer) = self.consumer.get() {
            consumer.stats();
            *self.asked.lock().unwrap() += 1;
        }
    }
}

impl CounterFn for Curious {
    fn increment(&self, _: u64) {
        self.ask();
    }
    fn absolute(&self, _: u64) {
        self.ask();
    }
}

impl GaugeFn for Curious {
    fn increment(&self, _: f64) {
        self.ask();
    }
    fn decrement(&self, _: f64) {
        self.ask();
    }
    fn set(&self, _: f64) {
        self.ask();
    }
}

impl HistogramFn for Curious {
    fn record(&self, _: f64) {
        self.ask();
    }
}

struct OfCurious(Arc<Curious>);

impl Recorder for OfCurious {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn register_counter(&self, _: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(Arc::clone(&self.0))
    }
    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(Arc::clone(&self.0))
    }
    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(Arc::clone(&self.0))
    }
}

/// Wakes nobody, and asks when it is woken and when it is dropped.
struct CuriousWaker(Arc<Curious>);

impl Wake for CuriousWaker {
    fn wake(self: Arc<Self>) {
        self.0.ask();
    }
}

impl Drop for CuriousWaker {
    fn drop(&mut self) {
        self.0.ask();
    }
}

/// A cause of failure that asks when it is dropped.
struct CuriousError(Arc<Curious>);

impl std::fmt::Debug for CuriousError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CuriousError")
    }
}

impl std::fmt::Display for CuriousError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("curious")
    }
}

impl std::error::Error for CuriousError {}

impl Drop for CuriousError {
    fn drop(&mut self) {
        self.0.ask();
    }
}

/// Pulls by a mock, and fails to confirm.
struct Unreachable {
    mock: MockTransport,
    curious: Arc<Curious>,
}

impl Transport for Unreachable {
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        if request.headers().get("x-tc-action").is_some_and(|action| action == "PullEvents") {
            return self.mock.send(request, limit);
        }
        let cause = CuriousError(Arc::clone(&self.curious));
        let error = TransportError::new(TransportFailure::Connect, "down").caused_by(cause);
        Box::pin(std::future::ready(Err(error)))
    }
}

/// Runs it, and fails if it takes longer than any machine needs: a deadlock must not stop the other tests.
fn within_a_minute(test: impl FnOnce() + Send + 'static) {
    let (done, ended) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        test();
        done.send(()).unwrap();
    });
    match ended.recv_timeout(Duration::from_mins(1)) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("a deadlock"),
        _ => thread.join().unwrap(),
    }
}

#[test]
fn recorders_wakers_and_causes_may_ask_the_consumer_for_its_figures() {
    within_a_minute(|| {
        let curious = Arc::new(Curious::default());
        let recorder = OfCurious(Arc::clone(&curious));
        metrics::with_local_recorder(&recorder, || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .start_paused(true)
                .build()
                .unwrap();
            runtime.block_on(be_asked(&curious));
        });
        assert!(*curious.asked.lock().unwrap() > 20);
    });
}

async fn be_asked(curious: &Arc<Curious>) {
    let mock = MockTransport::new();
    let event_set = (1..=8).map(|number| event(&number.to_string(), "A")).collect();
    let events = PullEventsResponse { event_set, ..Default::default() };
    mock.on::<PullEvents>().delay(ms(10)).respond(events).hang();
    let transport = Unreachable { mock: mock.clone(), curious: Arc::clone(curious) };
    let client = mock.builder().transport(transport).build().unwrap();
    let mut events = client.events().stream().unwrap();
    assert!(curious.consumer.set(events.shutdown()).is_ok());
    for _ in 0..3 {
        let waker = Arc::new(CuriousWaker(Arc::clone(curious))).into();
        let next = std::pin::Pin::new(&mut events).poll_next(&mut Context::from_waker(&waker));
        assert!(matches!(next, Poll::Pending));
    }
    tokio::time::sleep(ms(20)).await;
    let mut deliveries = Vec::new();
    for _ in 0..4 {
        deliveries.push(events.next().await.unwrap().unwrap());
    }
    deliveries.pop().unwrap().release();
    deliveries.pop().unwrap().confirm();
    let confirming = tokio::spawn(deliveries.pop().unwrap().confirm_and_wait());
    // Several attempts fail, each for a cause of its own; those that nobody took become overdue.
    tokio::time::sleep(Duration::from_secs(29)).await;
    assert!(confirming.await.unwrap().is_err());
    let report = events.shutdown().finish_within(ms(100)).await;
    assert_eq!((report.pulled, report.failed, report.overdue, report.abandoned), (8, 2, 4, 1));
}
