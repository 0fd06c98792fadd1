//! What a stream hands out: events with their time, to be confirmed or left to come again.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::time::{Instant, sleep};
use vod_api::vod::EventPayload;
use vod_emulator::Options;

use crate::SECOND;
use crate::service::{calm_client, collect, is_over, next, number, publish, service};

#[tokio::test(start_paused = true)]
async fn a_stream_hands_out_and_confirms() {
    let service = service(Options::default());
    publish(&service, 0..40);
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
    publish(&service, 0..3);
    let stream = calm_client(&service).events().stream().unwrap();
    let numbers: Vec<u64> = stream.take(3).map(|delivery| number(delivery.unwrap().event())).collect().await;
    assert_eq!(numbers, [0, 1, 2]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_pulled_before_the_first_poll() {
    let service = service(Options::default());
    publish(&service, 0..1);
    let stream = calm_client(&service).events().stream().unwrap();
    sleep(60 * SECOND).await;
    assert_eq!(service.calls().total, 0);
    drop(stream);
}

#[tokio::test(start_paused = true)]
async fn confirm_and_wait_waits_for_the_service() {
    let service = service(Options::default());
    publish(&service, 0..1);
    let mut stream = calm_client(&service).events().stream().unwrap();
    let delivery = next(&mut stream).await;
    let before = Instant::now();
    delivery.confirm_and_wait().await.unwrap();
    assert!(is_over(&service));
    assert_eq!(before.elapsed(), Duration::ZERO, "it does not linger");
}

#[tokio::test(start_paused = true)]
async fn what_is_released_or_dropped_comes_again() {
    let service = service(Options::default());
    publish(&service, 0..2);
    let mut stream = calm_client(&service).events().stream().unwrap();
    let start = Instant::now();
    next(&mut stream).await.release();
    drop(next(&mut stream).await);
    for delivery in collect(&mut stream, 2).await {
        assert_eq!(start.elapsed(), 30 * SECOND);
        delivery.confirm_and_wait().await.unwrap();
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
        publish(&publisher, 0..1);
    });
    let delivery = next(&mut stream).await;
    assert_eq!(delivery.remaining(), 24 * SECOND);
    assert_eq!(delivery.deadline() - Instant::now(), 24 * SECOND);
    assert_eq!(delivery.delivery_attempt(), None);
}

#[tokio::test(start_paused = true)]
async fn an_event_that_waited_too_long_is_not_handed_out() {
    let service = service(Options::default());
    publish(&service, 0..2);
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
async fn the_content_is_typed() {
    let service = service(Options::default());
    publish(&service, 7..8);
    let mut stream = calm_client(&service).events().stream().unwrap();
    let delivery = next(&mut stream).await;
    let EventPayload::FileDeleted(deleted) = delivery.event().payload() else { panic!("{delivery:?}") };
    assert_eq!(deleted.file_id_set, ["7"]);
    drop(delivery);
}

#[tokio::test(start_paused = true)]
async fn a_confirmation_waits_for_company_but_not_near_its_deadline() {
    let ms = Duration::from_millis;
    let service = service(Options::default());
    publish(&service, 0..18);
    let mut stream = calm_client(&service).events().stream().unwrap();
    let mut deliveries = collect(&mut stream, 18).await;
    for (lingers, count) in [(true, 1), (false, 16)] {
        let before = service.state().confirmed;
        deliveries.drain(..count).for_each(vod_api::events::Delivery::confirm);
        sleep(ms(49)).await;
        let confirmed = service.state().confirmed - before;
        assert_eq!(confirmed, if lingers { 0 } else { 16 }, "a full batch goes out at once");
        sleep(ms(2)).await;
        assert_eq!(service.state().confirmed - before, count as u64);
    }
    sleep(25 * SECOND).await;
    assert!(deliveries[0].remaining() > 2 * SECOND, "{:?}", deliveries[0].remaining());
    sleep(2 * SECOND).await;
    deliveries.remove(0).confirm();
    sleep(ms(2)).await;
    assert_eq!(service.state().confirmed, 18, "there is no time to wait for company");
}
