//! Nothing stands still: handlers that hang, deliveries that are kept, a machine that sleeps, and what the service
//! asks for.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::StatusCode;
use tokio::time::{Instant, sleep, timeout};
use vod_api::events::{ConfirmError, Delivery, ReceivedEvent};
use vod_api::{Client, Credential, Endpoint};
use vod_emulator::{Fault, Faults, Options};

use crate::SECOND;
use crate::service::{InProcess, calm_client, client, collect, is_over, next, number, publish, service};

/// Hangs with each event of a number below `bad`, the first time that it comes.
fn hanging(
    bad: u64,
) -> impl Fn(ReceivedEvent) -> std::pin::Pin<Box<dyn Future<Output = Result<(), ConfirmError>> + Send>> {
    let seen = Arc::new(Mutex::new(HashSet::new()));
    move |event| {
        let number = number(&event);
        let hangs = number < bad && seen.lock().unwrap().insert(number);
        Box::pin(async move {
            if hangs {
                std::future::pending::<()>().await;
            }
            sleep(Duration::from_millis(5)).await;
            Ok(())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn handlers_that_hang_stop_nothing() {
    for (concurrency, bad) in [(1, 1), (1, 40), (15, 15), (16, 16), (20, 5), (20, 20), (64, 49), (64, 200)] {
        let service = service(Options::default());
        publish(&service, 0..1000);
        let stream = calm_client(&service).events().concurrency(concurrency).stream().unwrap();
        let shutdown = stream.shutdown();
        let consumer = tokio::spawn(stream.run(hanging(bad)));
        // Each round of hanging handlers takes until their deadline.
        let rounds = u32::try_from(bad.div_ceil(concurrency as u64)).unwrap() + 2;
        sleep(30 * SECOND * rounds).await;
        assert!(is_over(&service), "{bad} of {concurrency}: {:?}", service.state());
        let stats = shutdown.stats();
        assert_eq!((stats.totals.confirmed, stats.in_flight as u64), (1000, bad));
        let report = shutdown.finish_within(SECOND).await;
        assert_eq!((report.confirmed, report.abandoned), (1000, bad));
        assert_eq!(consumer.await.unwrap().unwrap(), report);
    }
}

#[tokio::test(start_paused = true)]
async fn five_that_hang_of_twenty_do_not_even_slow_it_down() {
    for (concurrency, bad) in [(20, 5), (64, 49), (17, 1)] {
        let service = service(Options::default());
        publish(&service, 0..500);
        let stream = calm_client(&service).events().concurrency(concurrency).stream().unwrap();
        let consumer = tokio::spawn(stream.run(hanging(bad)));
        sleep(10 * SECOND).await;
        assert_eq!(service.state().confirmed, 500 - bad, "{bad} of {concurrency}");
        consumer.abort();
    }
}

#[tokio::test(start_paused = true)]
async fn deliveries_that_are_kept_stop_nothing() {
    for concurrency in [1, 16, 64] {
        let service = service(Options::default());
        publish(&service, 0..100);
        let mut stream = calm_client(&service).events().concurrency(concurrency).stream().unwrap();
        let mut kept: Vec<Delivery> = Vec::new();
        let mut numbers = HashSet::new();
        while numbers.len() < 100 {
            let delivery = timeout(40 * SECOND, next(&mut stream)).await.unwrap();
            numbers.insert(number(delivery.event()));
            kept.push(delivery);
        }
        let late = kept.swap_remove(0);
        assert!(matches!(late.confirm_and_wait().await, Err(ConfirmError::HandleExpired)));
        drop(kept);
        while !is_over(&service) {
            timeout(40 * SECOND, next(&mut stream)).await.unwrap().confirm_and_wait().await.unwrap();
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_lasting_error_is_returned_while_handlers_hang() {
    for concurrency in [1, 16, 64] {
        let service = service(Options::default());
        publish(&service, 0..16);
        let stream = calm_client(&service).events().concurrency(concurrency).stream().unwrap();
        let stats = stream.shutdown();
        let consumer = tokio::spawn(stream.run(hanging(3)));
        sleep(SECOND / 10).await;
        let refused = Fault::ServerError {
            status: StatusCode::OK,
            code: "UnauthorizedOperation".to_owned(),
            handled: false,
        };
        service.set_faults(Faults::none().random("PullEvents", 1.0, refused)).unwrap();
        let start = Instant::now();
        let error = timeout(40 * SECOND, consumer).await.unwrap().unwrap().unwrap_err();
        assert_eq!(error.code_str(), Some("UnauthorizedOperation"), "of {concurrency}");
        assert!(start.elapsed() < 35 * SECOND, "{:?}", start.elapsed());
        let totals = stats.stats().totals;
        assert_eq!(totals.pulled, totals.confirmed + totals.released + totals.expired, "{totals:?}");
    }
}

#[test]
fn a_handler_that_blocks_its_thread_does_not_keep_the_consumer_from_ending() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(3).enable_all().build().unwrap();
    let (release, blocked) = std::sync::mpsc::channel::<()>();
    let blocked = Arc::new(Mutex::new(blocked));
    let service = service(Options::default());
    publish(&service, 0..1);
    let ended = runtime.block_on(async {
        let stream = calm_client(&service).events().stream().unwrap();
        let shutdown = stream.shutdown();
        let consumer = tokio::spawn(stream.run(move |_event: ReceivedEvent| {
            let blocked = Arc::clone(&blocked);
            async move {
                let _ = blocked.lock().unwrap().recv();
                Ok::<(), ConfirmError>(())
            }
        }));
        while shutdown.stats().in_flight == 0 {
            sleep(Duration::from_millis(5)).await;
        }
        let report = shutdown.finish_within(Duration::from_millis(50)).await;
        assert_eq!(report.abandoned, 1);
        timeout(20 * SECOND, consumer).await
    });
    // Only now may the thread go on, so that a failure of the test is one, and no deadlock.
    drop(release);
    assert_eq!(ended.unwrap().unwrap().unwrap().abandoned, 1);
}

#[tokio::test(start_paused = true)]
async fn short_attempts_of_the_client_do_not_cut_idle_pulls() {
    let service = service(Options::default());
    let client = Client::builder()
        .credential(Credential::new(service.secret_id(), service.secret_key()))
        .endpoint(Endpoint::custom("http://127.0.0.1:1"))
        .transport(InProcess(service.clone()))
        .attempt_timeout(Duration::from_millis(500))
        .operation_timeout(2 * SECOND)
        .build()
        .unwrap();
    let mut stream = client.events().stream().unwrap();
    assert!(timeout(60 * SECOND, stream.next()).await.is_err());
    let stats = stream.stats();
    assert_eq!((stats.pull_failures, stats.empty_pulls), (0, 11));
    // A confirmation that takes longer than the client's attempts is waited for as well.
    publish(&service, 0..1);
    let slow = Fault::Latency { before: Duration::from_millis(900), after: Duration::ZERO };
    service.set_faults(Faults::none().random("ConfirmEvents", 1.0, slow)).unwrap();
    next(&mut stream).await.confirm_and_wait().await.unwrap();
    assert_eq!(stream.stats().confirm_calls, 1);
}

/// A time of day that runs with the timers and can be set.
fn settable_clock() -> (Arc<AtomicU64>, impl Fn() -> SystemTime + Clone + Send + Sync + 'static) {
    let (start, ahead) = (Instant::now(), Arc::new(AtomicU64::new(1_000_000)));
    let epoch = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let tell = {
        let ahead = Arc::clone(&ahead);
        move || epoch + start.elapsed() + Duration::from_secs(ahead.load(Ordering::SeqCst))
    };
    (ahead, tell)
}

#[tokio::test(start_paused = true)]
async fn nothing_is_left_of_an_event_after_an_hour_of_sleep() {
    let service = service(Options::default());
    publish(&service, 0..4);
    let (ahead, clock) = settable_clock();
    let client = Client::builder()
        .credential(Credential::new(service.secret_id(), service.secret_key()))
        .endpoint(Endpoint::custom("http://127.0.0.1:1"))
        .transport(InProcess(service.clone()))
        .clock(clock)
        .build()
        .unwrap();
    let mut stream = client.events().stream().unwrap();
    let mut deliveries = collect(&mut stream, 3).await;
    assert_eq!(deliveries[0].remaining(), 28 * SECOND);
    // The machine sleeps: the service's time goes on, the timers stand still.
    ahead.fetch_add(3600, Ordering::SeqCst);
    service.advance(3600 * SECOND);
    assert_eq!(deliveries[0].remaining(), Duration::ZERO);
    let calls = service.calls().total;
    let late = deliveries.pop().unwrap();
    assert!(matches!(late.confirm_and_wait().await, Err(ConfirmError::HandleExpired)));
    deliveries.pop().unwrap().confirm();
    assert_eq!(stream.stats().totals.expired, 2);
    // The fourth one waited; it is not handed out with a handle of before, and all four come again.
    for delivery in collect(&mut stream, 4).await {
        assert!(delivery.remaining() > 27 * SECOND, "{:?}", delivery.remaining());
        delivery.confirm_and_wait().await.unwrap();
    }
    assert!(is_over(&service) && service.calls().total > calls);
    assert_eq!(stream.stats().totals.overdue, 1);
}

#[tokio::test(start_paused = true)]
async fn a_time_of_day_that_is_set_back_or_far_ahead_stops_nothing() {
    let service = service(Options::default());
    let (ahead, clock) = settable_clock();
    let client = Client::builder()
        .credential(Credential::new(service.secret_id(), service.secret_key()))
        .endpoint(Endpoint::custom("http://127.0.0.1:1"))
        .transport(InProcess(service.clone()))
        .clock(clock)
        .build()
        .unwrap();
    let mut stream = client.events().stream().unwrap();
    for (round, set_to) in [0, 2_000_000, 100, 400_000_000, 1_000_000].into_iter().enumerate() {
        publish(&service, round as u64..round as u64 + 1);
        ahead.store(set_to, Ordering::SeqCst);
        let delivery = timeout(40 * SECOND, next(&mut stream)).await.unwrap();
        assert!(delivery.remaining() > 20 * SECOND);
        delivery.confirm_and_wait().await.unwrap();
    }
    assert!(is_over(&service));
}

/// A runtime that nobody drives for a while: its timers and its tasks find themselves later.
#[tokio::test(start_paused = true)]
async fn a_frozen_runtime_loses_nothing() {
    let service = service(Options::default());
    publish(&service, 0..200);
    let stream = calm_client(&service).events().concurrency(32).stream().unwrap();
    let shutdown = stream.shutdown();
    let consumer = tokio::spawn(stream.run(async |_event| {
        sleep(SECOND).await;
        Ok::<(), ConfirmError>(())
    }));
    for frozen in [40, 25, 29, 3600, 31] {
        sleep(SECOND / 2).await;
        tokio::time::advance(frozen * SECOND).await;
    }
    sleep(60 * SECOND).await;
    assert!(is_over(&service), "{:?}", service.state());
    let report = shutdown.finish_within(SECOND).await;
    assert_eq!(report.confirmed, 200);
    assert_eq!(report.pulled, report.confirmed + report.expired + report.released + report.unknown);
    consumer.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_service_that_asks_for_time_gets_it() {
    let service = service(Options::default());
    let throttled = Fault::Throttling { lasting: 4 * SECOND, retry_after: true };
    service.set_faults(Faults::none().script("PullEvents", [throttled])).unwrap();
    publish(&service, 0..1);
    let mut stream = client(&service, InProcess(service.clone())).events().stream().unwrap();
    let start = Instant::now();
    let delivery = next(&mut stream).await;
    assert_eq!(stream.stats().pull_failures, 1, "it asked once and was told");
    assert!(start.elapsed() >= 4 * SECOND, "{:?}", start.elapsed());
    delivery.confirm_and_wait().await.unwrap();
}
