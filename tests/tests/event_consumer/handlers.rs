//! The handler form: what becomes of an event by its handler's end.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::sleep;
use vod_api::events::{ConfirmError, ReceivedEvent};
use vod_emulator::Options;

use crate::SECOND;
use crate::service::{calm_client, is_over, number, publish, service};

#[tokio::test(start_paused = true)]
async fn handlers_confirm_release_and_survive_panics() {
    let service = service(Options::default());
    publish(&service, 0..30);
    let stream = calm_client(&service).events().concurrency(16).stream().unwrap();
    let shutdown = stream.shutdown();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let consumer = tokio::spawn({
        let (seen, running, most) = (Arc::clone(&seen), Arc::clone(&running), Arc::clone(&most));
        stream.run(move |event: ReceivedEvent| {
            let (seen, running, most) = (Arc::clone(&seen), Arc::clone(&running), Arc::clone(&most));
            async move {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                sleep(Duration::from_millis(100)).await;
                running.fetch_sub(1, Ordering::SeqCst);
                let number = number(&event);
                let is_first = !seen.lock().unwrap().contains(&number);
                seen.lock().unwrap().push(number);
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
    assert_eq!(most.load(Ordering::SeqCst), 16, "as many at a time as may be, and no more");
}

#[tokio::test(start_paused = true)]
async fn a_handler_can_be_cancelled_when_its_handle_expires() {
    let service = service(Options::default());
    publish(&service, 0..1);
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
async fn a_handler_goes_on_beyond_its_deadline_unless_asked_otherwise() {
    let service = service(Options::default());
    publish(&service, 0..1);
    let finished = Arc::new(AtomicUsize::new(0));
    let stream = calm_client(&service).events().stream().unwrap();
    let shutdown = stream.shutdown();
    let consumer = tokio::spawn({
        let finished = Arc::clone(&finished);
        stream.run(move |event: ReceivedEvent| {
            let finished = Arc::clone(&finished);
            async move {
                let is_first = finished.load(Ordering::SeqCst) == 0;
                sleep(if is_first { event.remaining() + SECOND } else { Duration::ZERO }).await;
                finished.fetch_add(1, Ordering::SeqCst);
                Ok::<(), ConfirmError>(())
            }
        })
    });
    sleep(32 * SECOND).await;
    assert_eq!(finished.load(Ordering::SeqCst), 2);
    assert!(is_over(&service));
    let report = shutdown.finish_within(SECOND).await;
    assert_eq!((report.expired, report.confirmed), (1, 1));
    consumer.await.unwrap().unwrap();
}
