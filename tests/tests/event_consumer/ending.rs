//! The end of a consumer: in good order, by force, and by being dropped.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use vod_api::events::{ConfirmError, ReceivedEvent};
use vod_emulator::Options;

use crate::SECOND;
use crate::service::{calm_client, collect, number, publish, service};

#[tokio::test(start_paused = true)]
async fn shutting_down_finishes_what_was_handed_out() {
    let service = service(Options::default());
    publish(&service, 0..40);
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
        publish(&service, 0..2);
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
async fn dropping_everything_leaves_no_task() {
    let service = service(Options::default());
    publish(&service, 0..3);
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
async fn a_report_tells_what_became_of_each_event() {
    let service = service(Options::default());
    publish(&service, 0..4);
    let mut stream = calm_client(&service).events().stream().unwrap();
    let mut deliveries = collect(&mut stream, 4).await.into_iter();
    let mut take = || deliveries.next().unwrap();
    take().confirm_and_wait().await.unwrap();
    take().release();
    sleep(28 * SECOND).await;
    assert!(matches!(take().confirm_and_wait().await, Err(ConfirmError::HandleExpired)));
    let kept = take();
    let report = stream.shutdown().finish_within(SECOND).await;
    assert_eq!((report.pulled, report.confirmed, report.released), (4, 1, 1));
    assert_eq!((report.expired, report.abandoned, report.failed), (1, 1, 0));
    assert!(matches!(kept.confirm_and_wait().await, Err(ConfirmError::Shutdown)));
}
