//! Pulls: empty answers, failures, how many run at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use tokio::time::sleep;
use vod_api::events::ConfirmError;
use vod_api::{Client, Credential, Endpoint, Transport, TransportFuture};
use vod_emulator::{EmptyPull, Fault, Faults, Options};

use crate::SECOND;
use crate::service::{InProcess, calm_client, client, is_over, next, publish, service};

#[tokio::test(start_paused = true)]
async fn every_way_to_say_that_there_is_no_event() {
    for empty_pull in [EmptyPull::NullSet, EmptyPull::AbsentSet, EmptyPull::ResourceNotFound] {
        let service = service(Options { empty_pull, ..Options::default() });
        let mut stream = calm_client(&service).events().stream().unwrap();
        let publisher = service.clone();
        tokio::spawn(async move {
            sleep(42 * SECOND).await;
            publish(&publisher, 0..1);
        });
        next(&mut stream).await.confirm_and_wait().await.unwrap();
        let stats = stream.stats();
        assert_eq!((stats.pull_calls, stats.pull_failures), (10, 0), "one long poll after the other");
    }
}

#[tokio::test(start_paused = true)]
async fn pulls_that_fail_are_repeated_and_a_refused_credential_ends_the_stream_once() {
    let service = service(Options::default());
    let unreachable = Fault::ConnectionRefused { lasting: Duration::ZERO };
    service.set_faults(Faults::none().random("PullEvents", 1.0, unreachable)).unwrap();
    let mut stream = calm_client(&service).events().stream().unwrap();
    let waited = tokio::time::timeout(60 * SECOND, stream.next()).await;
    assert!(waited.is_err(), "a passing failure is not the application's");
    let failures = stream.stats().pull_failures;
    assert!((5..20).contains(&failures), "{failures} attempts in a minute");
    service.set_faults(Faults::none()).unwrap();
    publish(&service, 0..1);
    next(&mut stream).await.confirm_and_wait().await.unwrap();

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
async fn no_more_is_pulled_than_there_are_free_slots() {
    for (concurrency, slots) in [(1, 16), (20, 32), (64, 64), (100, 112)] {
        let service = service(Options::default());
        publish(&service, 0..1000);
        let events = calm_client(&service).events().concurrency(concurrency);
        let consumer = tokio::spawn(events.run(async |_event| {
            std::future::pending::<()>().await;
            Ok::<(), ConfirmError>(())
        }));
        sleep(20 * SECOND).await;
        assert_eq!(
            service.state().in_flight,
            slots,
            "of {concurrency}; a pull brings 16, and begins before the last place is free"
        );
        consumer.abort();
    }
}

/// Counts the pulls that are under way.
struct Open {
    inner: InProcess,
    now: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

impl Transport for Open {
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        Box::pin(async move {
            let is_pull = request.headers().get("x-tc-action").is_some_and(|action| action == "PullEvents");
            if !is_pull {
                return self.inner.send(request, limit).await;
            }
            self.most.fetch_max(self.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            sleep(Duration::from_millis(200)).await;
            let answer = self.inner.send(request, limit).await;
            self.now.fetch_sub(1, Ordering::SeqCst);
            answer
        })
    }
}

#[tokio::test(start_paused = true)]
async fn pulls_run_side_by_side_as_long_as_the_queue_is_full() {
    let service = service(Options::default());
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let transport =
        Open { inner: InProcess(service.clone()), now: Arc::clone(&now), most: Arc::clone(&most) };
    let events = client(&service, transport).events().concurrency(256).max_concurrent_pulls(5);
    let consumer = tokio::spawn(events.run(async |_event| Ok::<(), ConfirmError>(())));
    for backlog in [false, true, false] {
        most.store(now.load(Ordering::SeqCst), Ordering::SeqCst);
        if backlog {
            publish(&service, 0..2000);
            while !is_over(&service) {
                sleep(Duration::from_millis(50)).await;
            }
            assert_eq!(most.load(Ordering::SeqCst), 5);
            // Those that were under way when the last event was pulled.
            sleep(10 * SECOND).await;
        } else {
            sleep(60 * SECOND).await;
            assert_eq!(most.load(Ordering::SeqCst), 1);
        }
    }
    consumer.abort();
}
