//! The event consumer against the emulated service, on a paused clock and without sockets.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test measures time and fails by panicking, also in its helpers"
)]

#[path = "event_consumer/service.rs"]
mod service;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use http::Request;
use tokio::time::{Instant, sleep};
use vod_api::events::{ConfirmError, Delivery, EventStream, ReceivedEvent, SeenFuture, SeenStore};
use vod_api::{Client, Credential, Endpoint, Transport, TransportError, TransportFailure, TransportFuture};
use vod_emulator::{BadHandleInBatch, ConfirmTwice, EmptyPull, EmulatedService, LateConfirmCode, Options};

use service::{InProcess, Seen, calm_client, client, event, number, publish, service};

const SECOND: Duration = Duration::from_secs(1);

async fn next(stream: &mut EventStream) -> Delivery {
    stream.next().await.unwrap().unwrap()
}

async fn collect(stream: &mut EventStream, count: usize) -> Vec<Delivery> {
    let mut deliveries = Vec::new();
    while deliveries.len() < count {
        deliveries.push(next(stream).await);
    }
    deliveries
}

fn is_over(service: &EmulatedService) -> bool {
    let state = service.state();
    state.queued == 0 && state.in_flight == 0 && state.confirmed == state.published
}

#[tokio::test(start_paused = true)]
async fn a_stream_hands_out_and_confirms() {
    let service = service(Options::default());
    publish(&service, 40);
    let mut stream = calm_client(&service).events().stream().unwrap();
    let deliveries = collect(&mut stream, 40).await;
    let numbers: HashSet<u64> = deliveries.iter().map(|delivery| number(delivery.event())).collect();
    assert_eq!(numbers.len(), 40);
    assert_eq!(service.state().confirmed, 0, "nothing is confirmed before the application says so");
    assert_eq!(stream.stats().in_flight, 40);
    for delivery in deliveries {
        delivery.confirm();
    }
    sleep(SECOND).await;
    assert!(is_over(&service), "{:?}", service.state());
    let stats = stream.stats();
    assert_eq!((stats.totals.confirmed, stats.confirm_calls, stats.in_flight), (40, 3, 0));
    assert_eq!(stats.lag, Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn it_is_a_futures_stream() {
    let service = service(Options::default());
    publish(&service, 3);
    let stream = calm_client(&service).events().stream().unwrap();
    let numbers: Vec<u64> = stream.take(3).map(|delivery| number(delivery.unwrap().event())).collect().await;
    assert_eq!(numbers, [0, 1, 2]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_pulled_before_the_first_poll() {
    let service = service(Options::default());
    publish(&service, 1);
    let stream = calm_client(&service).events().stream().unwrap();
    sleep(60 * SECOND).await;
    assert_eq!(service.calls().total, 0);
    drop(stream);
}

#[tokio::test(start_paused = true)]
async fn confirm_now_waits_for_the_service() {
    let service = service(Options::default());
    publish(&service, 1);
    let mut stream = calm_client(&service).events().stream().unwrap();
    let delivery = next(&mut stream).await;
    let before = Instant::now();
    delivery.confirm_now().await.unwrap();
    assert!(is_over(&service));
    assert_eq!(before.elapsed(), Duration::ZERO, "it does not linger");
}

#[tokio::test(start_paused = true)]
async fn what_is_released_or_dropped_comes_again() {
    let service = service(Options::default());
    publish(&service, 2);
    let mut stream = calm_client(&service).events().stream().unwrap();
    let start = Instant::now();
    next(&mut stream).await.release();
    drop(next(&mut stream).await);
    for delivery in collect(&mut stream, 2).await {
        assert_eq!(start.elapsed(), 30 * SECOND);
        delivery.confirm_now().await.unwrap();
    }
    assert!(is_over(&service));
    assert_eq!(stream.stats().totals.released, 2);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_counts_from_before_the_pull() {
    let service = service(Options::default());
    let mut stream = calm_client(&service).events().stream().unwrap();
    let publisher = service.clone();
    tokio::spawn(async move {
        sleep(4 * SECOND).await;
        publish(&publisher, 1);
    });
    let delivery = next(&mut stream).await;
    assert_eq!(delivery.remaining(), 24 * SECOND);
    assert_eq!(delivery.deadline() - Instant::now(), 24 * SECOND);
    assert_eq!(delivery.delivery_attempt(), None);
}

#[tokio::test(start_paused = true)]
async fn a_late_confirmation_is_reported_as_late_under_every_option() {
    for bad_handle_in_batch in
        [BadHandleInBatch::FailWholeBatch, BadHandleInBatch::ConfirmGoodOnes, BadHandleInBatch::IgnoreBadOnes]
    {
        let service = service(Options { bad_handle_in_batch, ..Options::default() });
        publish(&service, 2);
        let mut stream = calm_client(&service).events().stream().unwrap();
        let mut deliveries = collect(&mut stream, 2).await;
        sleep(28 * SECOND).await;
        let late = deliveries.pop().unwrap();
        assert_eq!(late.remaining(), Duration::ZERO);
        assert!(matches!(late.confirm_now().await, Err(ConfirmError::HandleExpired)));
        deliveries.pop().unwrap().confirm();
        assert_eq!(stream.stats().totals.expired, 2);
        for delivery in collect(&mut stream, 2).await {
            delivery.confirm_now().await.unwrap();
        }
        assert!(is_over(&service));
    }
}

#[tokio::test(start_paused = true)]
async fn an_event_that_waited_too_long_is_not_handed_out() {
    let service = service(Options::default());
    publish(&service, 2);
    let mut stream = calm_client(&service).events().stream().unwrap();
    let first = next(&mut stream).await;
    sleep(24 * SECOND).await;
    // The handles of the first pull have 4 s left.
    for delivery in collect(&mut stream, 2).await {
        assert!(delivery.remaining() > 25 * SECOND, "{:?}", delivery.remaining());
    }
    assert_eq!(stream.stats().totals.overdue, 1);
    drop(first);
}

#[tokio::test(start_paused = true)]
async fn every_way_to_say_that_there_is_no_event() {
    for empty_pull in [EmptyPull::NullSet, EmptyPull::AbsentSet, EmptyPull::ResourceNotFound] {
        let service = service(Options { empty_pull, ..Options::default() });
        let mut stream = calm_client(&service).events().stream().unwrap();
        let publisher = service.clone();
        tokio::spawn(async move {
            sleep(42 * SECOND).await;
            publish(&publisher, 1);
        });
        next(&mut stream).await.confirm_now().await.unwrap();
        let stats = stream.stats();
        assert_eq!((stats.pull_calls, stats.pull_failures), (10, 0), "one long poll after the other");
    }
}

#[tokio::test(start_paused = true)]
async fn handlers_confirm_release_and_survive_panics() {
    let service = service(Options::default());
    publish(&service, 30);
    let stream = calm_client(&service).events().concurrency(16).stream().unwrap();
    let shutdown = stream.shutdown();
    let (seen, running, most) =
        (Seen::default(), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let consumer = tokio::spawn({
        let (seen, running, most) = (seen.clone(), Arc::clone(&running), Arc::clone(&most));
        stream.run(move |event: ReceivedEvent| {
            let (seen, running, most) = (seen.clone(), Arc::clone(&running), Arc::clone(&most));
            async move {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                sleep(Duration::from_millis(100)).await;
                running.fetch_sub(1, Ordering::SeqCst);
                let number = number(&event);
                let is_first = !seen.sorted().contains(&number);
                seen.add(number);
                match number {
                    3 if is_first => panic!("a handler's bug"),
                    4 if is_first => Err("not now"),
                    _ => Ok(()),
                }
            }
        })
    });
    sleep(40 * SECOND).await;
    assert!(is_over(&service), "{:?}", service.state());
    let report = shutdown.finish_within(SECOND).await;
    assert_eq!(report, consumer.await.unwrap().unwrap());
    assert_eq!((report.pulled, report.confirmed, report.released), (32, 30, 2));
    assert_eq!((report.handler_panics, report.abandoned), (1, 0));
    assert!(most.load(Ordering::SeqCst) <= 16);
}

#[tokio::test(start_paused = true)]
async fn a_handler_can_be_cancelled_when_its_handle_expires() {
    let service = service(Options::default());
    publish(&service, 1);
    let attempts = Arc::new(AtomicUsize::new(0));
    let stream = calm_client(&service).events().cancel_expired(true).stream().unwrap();
    let shutdown = stream.shutdown();
    let consumer = tokio::spawn({
        let attempts = Arc::clone(&attempts);
        stream.run(move |_event| {
            let attempts = Arc::clone(&attempts);
            async move {
                if attempts.fetch_add(1, Ordering::SeqCst) == 0 {
                    std::future::pending::<()>().await;
                }
                Ok::<(), ConfirmError>(())
            }
        })
    });
    sleep(32 * SECOND).await;
    assert_eq!(attempts.load(Ordering::SeqCst), 2);
    assert!(is_over(&service));
    assert_eq!(shutdown.finish_within(SECOND).await.expired, 1);
    consumer.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn one_bad_handle_is_reported_alone_under_every_option() {
    for (late_confirm_code, bad_handle_in_batch, confirm_twice) in combinations() {
        let service =
            service(Options { late_confirm_code, bad_handle_in_batch, confirm_twice, ..Options::default() });
        publish(&service, 16);
        // The service does not know the handle that the consumer gets for event 7.
        let transport = Spoil { inner: InProcess(service.clone()), number: "7" };
        let mut stream = client(&service, transport).events().stream().unwrap();
        let deliveries = collect(&mut stream, 16).await;
        let confirmations = deliveries
            .into_iter()
            .map(|delivery| async move { (number(delivery.event()), delivery.confirm_now().await) });
        let outcomes = futures_util::future::join_all(confirmations).await;
        let state = service.state();
        assert_eq!(state.confirmed, 15, "every good handle is confirmed");
        let nobody_can_tell =
            bad_handle_in_batch == BadHandleInBatch::ConfirmGoodOnes && confirm_twice == ConfirmTwice::Refuse;
        for (number, outcome) in outcomes {
            match (number, &outcome) {
                // Where bad handles are ignored, success is all that the service tells.
                (7, Ok(())) if bad_handle_in_batch == BadHandleInBatch::IgnoreBadOnes => {}
                (7, Err(ConfirmError::Rejected(_))) => {}
                (_, Err(ConfirmError::OutcomeUnknown)) if nobody_can_tell => {}
                (7, outcome) => panic!("{outcome:?}"),
                (_, outcome) => assert!(outcome.is_ok(), "{outcome:?}"),
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_never_mistaken_under_any_option() {
    for (late_confirm_code, bad_handle_in_batch, confirm_twice) in combinations() {
        for reaches_the_service in [false, true] {
            let service = service(Options {
                late_confirm_code,
                bad_handle_in_batch,
                confirm_twice,
                ..Options::default()
            });
            publish(&service, 1);
            let transport = LoseFirstConfirmation {
                inner: InProcess(service.clone()),
                reaches_the_service,
                calls: AtomicUsize::new(0),
            };
            let mut stream = client(&service, transport).events().stream().unwrap();
            let outcome = next(&mut stream).await.confirm_now().await;
            assert!(is_over(&service));
            match outcome {
                Ok(()) => {}
                Err(ConfirmError::OutcomeUnknown) => {
                    assert!(reaches_the_service && confirm_twice == ConfirmTwice::Refuse);
                }
                Err(other) => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_cannot_be_reached_is_told_from_a_refusal() {
    let service = service(Options::default());
    publish(&service, 1);
    let transport = Broken { inner: InProcess(service.clone()), action: "ConfirmEvents" };
    let mut stream = client(&service, transport).events().stream().unwrap();
    let start = Instant::now();
    let outcome = next(&mut stream).await.confirm_now().await;
    assert!(matches!(outcome, Err(ConfirmError::Transport(_))), "{outcome:?}");
    assert_eq!(start.elapsed(), 28 * SECOND, "it is tried until the deadline");
    assert_eq!(stream.stats().totals.failed, 1);
}

#[tokio::test(start_paused = true)]
async fn pulls_that_fail_are_repeated_and_a_refused_credential_ends_the_stream_once() {
    let service = service(Options::default());
    let unreachable = Broken { inner: InProcess(service.clone()), action: "PullEvents" };
    let mut stream = client(&service, unreachable).events().stream().unwrap();
    let waited = tokio::time::timeout(60 * SECOND, stream.next()).await;
    assert!(waited.is_err(), "a passing failure is not the application's");
    let failures = stream.stats().pull_failures;
    assert!((5..20).contains(&failures), "{failures} attempts in a minute");

    let stranger = Client::builder()
        .credential(Credential::new(service.secret_id(), "wrong"))
        .endpoint(Endpoint::custom("http://127.0.0.1:1"))
        .transport(InProcess(service.clone()))
        .build()
        .unwrap();
    let mut stream = stranger.events().stream().unwrap();
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(error.is_authentication(), "{error}");
    assert!(stream.next().await.is_none());
    assert!(stream.next().await.is_none());
    stream.shutdown().finished().await;
    let error = stranger.events().run(async |_| Ok::<(), ConfirmError>(())).await.unwrap_err();
    assert!(error.is_authentication(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn shutting_down_finishes_what_was_handed_out() {
    let service = service(Options::default());
    publish(&service, 40);
    let stream = calm_client(&service).events().concurrency(32).stream().unwrap();
    let shutdown = stream.shutdown();
    let consumer = tokio::spawn(stream.run(async |_event| {
        sleep(3 * SECOND).await;
        Ok::<(), ConfirmError>(())
    }));
    sleep(SECOND).await;
    let start = Instant::now();
    let report = shutdown.finish_within(20 * SECOND).await;
    assert!(start.elapsed() < Duration::from_millis(2020), "it lingered at the end: {:?}", start.elapsed());
    assert_eq!((report.confirmed, report.abandoned, report.pulled), (32, 0, 32));
    assert_eq!(consumer.await.unwrap().unwrap(), report);
    assert_eq!(service.state().confirmed, 32);
    assert_eq!(service.state().waiting_pulls, 0);
}

#[tokio::test(start_paused = true)]
async fn what_takes_too_long_at_the_end_is_abandoned() {
    for second_signal in [false, true] {
        let service = service(Options::default());
        publish(&service, 2);
        let stream = calm_client(&service).events().stream().unwrap();
        let shutdown = stream.shutdown();
        let consumer = tokio::spawn(stream.run(async |event: ReceivedEvent| {
            if number(&event) == 0 {
                std::future::pending::<()>().await;
            }
            Ok::<(), ConfirmError>(())
        }));
        sleep(SECOND).await;
        let start = Instant::now();
        let first = tokio::spawn({
            let shutdown = shutdown.clone();
            async move { shutdown.finish_within(20 * SECOND).await }
        });
        if second_signal {
            sleep(SECOND).await;
            shutdown.finish_within(20 * SECOND).await;
        }
        let report = first.await.unwrap();
        assert_eq!(start.elapsed(), if second_signal { SECOND } else { 20 * SECOND });
        assert_eq!((report.confirmed, report.abandoned), (1, 1));
        assert_eq!(consumer.await.unwrap().unwrap(), report);
    }
}

#[tokio::test(start_paused = true)]
async fn confirming_after_the_end_says_so() {
    let service = service(Options::default());
    publish(&service, 1);
    let mut stream = calm_client(&service).events().stream().unwrap();
    let delivery = next(&mut stream).await;
    stream.shutdown().abandon();
    assert!(matches!(delivery.confirm_now().await, Err(ConfirmError::Shutdown)));
    assert!(stream.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn dropping_everything_leaves_no_task() {
    let service = service(Options::default());
    publish(&service, 3);
    let metrics = tokio::runtime::Handle::current().metrics();
    let before = metrics.num_alive_tasks();
    let mut stream = calm_client(&service).events().stream().unwrap();
    let deliveries = collect(&mut stream, 3).await;
    let shutdown = stream.shutdown();
    drop(stream);
    assert!(metrics.num_alive_tasks() > before, "deliveries can still be confirmed");
    let mut deliveries = deliveries.into_iter();
    deliveries.next().unwrap().confirm();
    drop(deliveries);
    shutdown.finished().await;
    tokio::task::yield_now().await;
    assert_eq!(metrics.num_alive_tasks(), before);
    assert_eq!((service.state().confirmed, service.state().waiting_pulls), (1, 0));

    // With a pull held open, and with handlers at work.
    let consumer = tokio::spawn(calm_client(&service).events().run(async |_event| {
        std::future::pending::<()>().await;
        Ok::<(), ConfirmError>(())
    }));
    sleep(40 * SECOND).await;
    consumer.abort();
    assert!(consumer.await.unwrap_err().is_cancelled());
    sleep(Duration::from_millis(1)).await;
    assert_eq!(metrics.num_alive_tasks(), before);
    assert_eq!(service.state().waiting_pulls, 0);
}

#[tokio::test(start_paused = true)]
async fn each_application_has_a_consumer_of_its_own() {
    let service = service(Options::default());
    let client = calm_client(&service);
    let mut consumers = Vec::new();
    for id in [1_500_000_001, 1_500_000_002] {
        service.publish_to(id, event(id)).unwrap();
        let mut stream = client.events().sub_app_id(id).rate_share(0.5).stream().unwrap();
        let delivery = next(&mut stream).await;
        assert_eq!(number(delivery.event()), id);
        consumers.push((id, stream, delivery));
    }
    for (id, stream, delivery) in consumers {
        delivery.confirm_now().await.unwrap();
        assert_eq!(service.state_of(id).confirmed, 1);
        drop(stream);
    }
}

#[tokio::test(start_paused = true)]
async fn an_event_that_was_accepted_is_not_handed_out_again() {
    let service = service(Options::default());
    publish(&service, 1);
    let by_number = |event: &vod_api::vod::EventContent| Some(number(event).to_string());
    let mut stream = calm_client(&service).events().deduplicate_by(by_number).stream().unwrap();
    let first = next(&mut stream).await;
    assert_eq!(first.delivery_attempt(), Some(1));
    sleep(29 * SECOND).await;
    first.confirm();
    assert!(tokio::time::timeout(10 * SECOND, stream.next()).await.is_err());
    assert!(is_over(&service));
    let stats = stream.stats();
    assert_eq!((stats.totals.expired, stats.totals.confirmed), (1, 1));
    assert_eq!((stats.totals.duplicates, stats.redelivered), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn an_event_that_is_being_handled_is_not_handed_out_beside() {
    let service = service(Options::default());
    publish(&service, 1);
    let by_number = |event: &vod_api::vod::EventContent| Some(number(event).to_string());
    let mut stream = calm_client(&service).events().deduplicate_by(by_number).stream().unwrap();
    let first = next(&mut stream).await;
    assert!(tokio::time::timeout(50 * SECOND, stream.next()).await.is_err());
    first.release();
    let again = next(&mut stream).await;
    assert_eq!(again.delivery_attempt(), Some(3));
}

#[tokio::test(start_paused = true)]
async fn a_store_tells_other_processes_what_was_handled() {
    let service = service(Options::default());
    let store = Arc::new(Store::default());
    store.0.lock().unwrap().insert("1".to_owned());
    publish(&service, 2);
    let by_number = |event: &vod_api::vod::EventContent| Some(number(event).to_string());
    let mut stream = calm_client(&service)
        .events()
        .deduplicate_by(by_number)
        .seen_store(Arc::clone(&store) as Arc<dyn SeenStore>)
        .stream()
        .unwrap();
    let delivery = next(&mut stream).await;
    assert_eq!(number(delivery.event()), 0);
    delivery.confirm_now().await.unwrap();
    assert!(tokio::time::timeout(SECOND, stream.next()).await.is_err());
    assert!(is_over(&service));
    assert_eq!(store.0.lock().unwrap().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_rate_limit_is_used_and_never_overrun() {
    let service = service(Options::default());
    publish(&service, 16_000);
    let stream = calm_client(&service).events().concurrency(256).stream().unwrap();
    let shutdown = stream.shutdown();
    let start = Instant::now();
    let consumer = tokio::spawn(stream.run(async |_event| Ok::<(), ConfirmError>(())));
    while !is_over(&service) {
        sleep(Duration::from_millis(10)).await;
    }
    let stats = shutdown.stats();
    assert_eq!(service.calls().failed, 0, "a call was refused");
    assert!(start.elapsed() < Duration::from_millis(10_300), "{:?}", start.elapsed());
    assert!(stats.confirm_latency_max < Duration::from_millis(150), "{:?}", stats.confirm_latency_max);
    shutdown.finish_within(SECOND).await;
    consumer.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_consumer_can_do_without_pacing() {
    let service = service(Options { enforce_rate_limits: false, ..Options::default() });
    publish(&service, 3200);
    let client = Client::builder()
        .credential(Credential::new(service.secret_id(), service.secret_key()))
        .endpoint(Endpoint::custom("http://127.0.0.1:1"))
        .transport(InProcess(service.clone()))
        .without_pacing()
        .build()
        .unwrap();
    let stream = client.events().concurrency(256).without_pacing().stream().unwrap();
    let shutdown = stream.shutdown();
    let start = Instant::now();
    let consumer = tokio::spawn(stream.run(async |_event| Ok::<(), ConfirmError>(())));
    while !is_over(&service) {
        sleep(Duration::from_millis(10)).await;
    }
    assert!(start.elapsed() < Duration::from_millis(200), "{:?}", start.elapsed());
    shutdown.finish_within(SECOND).await;
    consumer.await.unwrap().unwrap();
}

#[tokio::test]
async fn settings_that_cannot_work_are_refused() {
    let client = calm_client(&service(Options::default()));
    let events = || client.events();
    for (builder, name) in [
        (events().concurrency(0), "concurrency"),
        (events().max_pulls(0), "max_pulls"),
        (events().linger(11 * SECOND), "linger"),
        (events().margin(25 * SECOND), "margin"),
        (events().rate_share(0.0), "rate_share"),
        (events().rate_share(f64::NAN), "rate_share"),
        (events().known_keys(5), "known_keys"),
        (events().seen_store(Arc::new(Store::default())), "seen_store"),
        (events().deduplicate_by(|_| None).known_keys(0), "known_keys"),
    ] {
        let error = builder.stream().unwrap_err();
        assert!(error.to_string().starts_with(&format!("{name}: ")), "{error}");
    }
}

#[test]
fn a_consumer_needs_a_runtime() {
    let client = calm_client(&service(Options::default()));
    let error = client.events().stream().unwrap_err();
    assert!(error.to_string().contains("Tokio runtime"), "{error}");
}

fn combinations() -> Vec<(LateConfirmCode, BadHandleInBatch, ConfirmTwice)> {
    let mut all = Vec::new();
    for code in [
        LateConfirmCode::InvalidParameterValue,
        LateConfirmCode::InvalidParameter,
        LateConfirmCode::ResourceNotFound,
        LateConfirmCode::FailedOperation,
    ] {
        for bad in [
            BadHandleInBatch::FailWholeBatch,
            BadHandleInBatch::ConfirmGoodOnes,
            BadHandleInBatch::IgnoreBadOnes,
        ] {
            all.extend([ConfirmTwice::Refuse, ConfirmTwice::Accept].map(|twice| (code, bad, twice)));
        }
    }
    all
}

fn is_call_of(request: &Request<Bytes>, action: &str) -> bool {
    request.headers().get("x-tc-action").is_some_and(|value| value == action)
}

/// Gives the event of a number a handle that the service does not know.
struct Spoil {
    inner: InProcess,
    number: &'static str,
}

impl Transport for Spoil {
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        Box::pin(async move {
            let is_pull = is_call_of(&request, "PullEvents");
            let mut answer = self.inner.send(request, limit).await?;
            if is_pull {
                let mut body: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
                for event in body["Response"]["EventSet"].as_array_mut().into_iter().flatten() {
                    if event["FileDeleteEvent"]["FileIdSet"][0] == self.number {
                        event["EventHandle"] = "unknown".into();
                    }
                }
                *answer.body_mut() = body.to_string().into();
            }
            Ok(answer)
        })
    }
}

/// Breaks the connection of the first confirmation, before or after the service has seen it.
struct LoseFirstConfirmation {
    inner: InProcess,
    reaches_the_service: bool,
    calls: AtomicUsize,
}

impl Transport for LoseFirstConfirmation {
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        Box::pin(async move {
            let lose =
                is_call_of(&request, "ConfirmEvents") && self.calls.fetch_add(1, Ordering::SeqCst) == 0;
            if !lose {
                return self.inner.send(request, limit).await;
            }
            if self.reaches_the_service {
                self.inner.send(request, limit).await?;
            }
            Err(TransportError::new(TransportFailure::Broken, "the connection broke"))
        })
    }
}

/// There is no connection for calls of one action.
struct Broken {
    inner: InProcess,
    action: &'static str,
}

impl Transport for Broken {
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        if is_call_of(&request, self.action) {
            let error = TransportError::new(TransportFailure::NotSent, "no connection");
            return Box::pin(std::future::ready(Err(error)));
        }
        self.inner.send(request, limit)
    }
}

/// Keys in memory, as a database would keep them.
#[derive(Default)]
struct Store(Mutex<HashSet<String>>);

impl SeenStore for Store {
    fn contains<'a>(&'a self, key: &'a str) -> SeenFuture<'a, bool> {
        Box::pin(async move { Ok(self.0.lock().unwrap().contains(key)) })
    }

    fn insert<'a>(&'a self, key: &'a str) -> SeenFuture<'a, ()> {
        Box::pin(async move {
            self.0.lock().unwrap().insert(key.to_owned());
            Ok(())
        })
    }
}
