//! The account's rate limits.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};
use vod_api::events::ConfirmError;
use vod_api::{Client, Credential, Endpoint};
use vod_emulator::{Fault, Faults, Options};

use crate::SECOND;
use crate::service::{InProcess, calm_client, is_over, publish, service};

#[tokio::test(start_paused = true)]
async fn the_rate_limit_is_used_and_never_overrun() {
    let service = service(Options::default());
    publish(&service, 0..16_000);
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
    publish(&service, 0..3200);
    let client = Client::builder()
        .credential(Credential::new(service.secret_id(), service.secret_key()))
        .endpoint(Endpoint::custom("http://127.0.0.1:1"))
        .transport(InProcess(service.clone()))
        .without_rate_limit()
        .build()
        .unwrap();
    let stream = client.events().concurrency(256).without_rate_limit().stream().unwrap();
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

#[tokio::test(start_paused = true)]
async fn pulls_wait_for_confirmations_that_pile_up() {
    let service = service(Options::default());
    publish(&service, 0..2000);
    let throttled = Fault::Throttling { lasting: 5 * SECOND, retry_after: false };
    service.set_faults(Faults::none().script("ConfirmEvents", [throttled])).unwrap();
    let stream = calm_client(&service).events().concurrency(256).stream().unwrap();
    let shutdown = stream.shutdown();
    let consumer = tokio::spawn(stream.run(async |_event| Ok::<(), ConfirmError>(())));
    sleep(4 * SECOND).await;
    let stats = shutdown.stats();
    assert_eq!((stats.totals.confirmed, stats.in_flight), (0, 0));
    assert!((16..400).contains(&stats.totals.pulled), "{stats:?}");
    sleep(26 * SECOND).await;
    assert!(is_over(&service), "{:?}", service.state());
    let report = shutdown.finish_within(SECOND).await;
    assert_eq!((report.confirmed, report.pulled), (2000, 2000), "nothing came twice");
    consumer.await.unwrap().unwrap();
}

/// The client's pace slows the calls down, each with as many handles as have gathered by its turn.
#[tokio::test(start_paused = true)]
async fn a_consumer_without_a_pace_of_its_own_confirms_as_many_at_the_pace_of_the_client() {
    let mut confirmed = Vec::new();
    for is_paced in [true, false] {
        let service = service(Options::default());
        publish(&service, 0..20_000);
        let events = calm_client(&service).events().concurrency(256);
        let mut stream = if is_paced { events } else { events.without_rate_limit() }.stream().unwrap();
        let shutdown = stream.shutdown();
        let consumer = tokio::spawn(async move {
            let places = Arc::new(tokio::sync::Semaphore::new(256));
            loop {
                let place = Arc::clone(&places).acquire_owned().await.unwrap();
                let Some(delivery) = stream.next().await else { break };
                tokio::spawn(async move {
                    let delivery = delivery.unwrap();
                    sleep(SECOND / 2).await;
                    delivery.confirm_and_wait().await.unwrap();
                    drop(place);
                });
            }
        });
        sleep(20 * SECOND).await;
        let stats = shutdown.stats();
        assert!(stats.confirm_latency_max < SECOND, "{stats:?}");
        confirmed.push(stats.totals.confirmed);
        shutdown.abandon();
        consumer.await.unwrap();
    }
    assert!(confirmed[0] > 6_000 && confirmed[1] >= confirmed[0] * 9 / 10, "{confirmed:?}");
}
