//! Events that come again, and are told by a key.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use tokio::time::sleep;
use vod_api::events::{EventsBuilder, SeenFuture, SeenStore};
use vod_emulator::{EmulatedService, Fault, Faults, Options};

use crate::SECOND;
use crate::service::{calm_client, is_over, next, number, publish, service};

fn events(service: &EmulatedService) -> EventsBuilder {
    calm_client(service).events().deduplicate_by(|event| Some(number(event).to_string()))
}

#[tokio::test(start_paused = true)]
async fn an_event_that_was_accepted_is_not_handed_out_again() {
    let service = service(Options::default());
    publish(&service, 0..1);
    let mut stream = events(&service).stream().unwrap();
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
    publish(&service, 0..1);
    let mut stream = events(&service).stream().unwrap();
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
    publish(&service, 0..2);
    let mut stream = events(&service).seen_store(Arc::clone(&store) as _).stream().unwrap();
    let delivery = next(&mut stream).await;
    assert_eq!(number(delivery.event()), 0);
    delivery.confirm_and_wait().await.unwrap();
    assert!(tokio::time::timeout(SECOND, stream.next()).await.is_err());
    assert!(is_over(&service));
    assert_eq!(store.0.lock().unwrap().len(), 0, "what is confirmed is forgotten");
}

/// A cast goes on, off, on, off, on; its events say no more than that.
#[tokio::test(start_paused = true)]
async fn equal_events_that_follow_each_other_are_all_handed_out() {
    let service = service(Options::default());
    let mut stream = calm_client(&service).events().deduplicate().stream().unwrap();
    for number in [1, 2, 1, 2, 1, 1] {
        publish(&service, number..number + 1);
        let delivery = next(&mut stream).await;
        assert_eq!(crate::service::number(delivery.event()), number);
        delivery.confirm_and_wait().await.unwrap();
    }
    // Also when they are in one pull.
    publish(&service, 5..6);
    publish(&service, 5..6);
    for _ in 0..2 {
        next(&mut stream).await.confirm_and_wait().await.unwrap();
    }
    assert!(is_over(&service));
    assert_eq!((stream.stats().totals.confirmed, stream.stats().totals.duplicates), (8, 0));
}

#[tokio::test(start_paused = true)]
async fn a_key_function_that_panics_gives_no_key() {
    let service = service(Options::default());
    publish(&service, 0..3);
    let events = calm_client(&service).events().deduplicate_by(|event| {
        assert!(number(event) != 1, "a bug");
        Some(number(event).to_string())
    });
    let mut stream = events.stream().unwrap();
    for _ in 0..3 {
        let delivery = next(&mut stream).await;
        assert_eq!(delivery.delivery_attempt().is_none(), number(delivery.event()) == 1);
        delivery.confirm_and_wait().await.unwrap();
    }
    assert!(is_over(&service));
    assert_eq!(stream.stats().pull_failures, 0);
}

/// A store that takes its time, and panics about one key.
struct SlowStore;

impl SeenStore for SlowStore {
    fn contains<'a>(&'a self, key: &'a str) -> SeenFuture<'a, bool> {
        assert!(key != "3", "a bug");
        Box::pin(async move {
            sleep(SECOND / 7).await;
            Ok(true)
        })
    }

    fn accepted<'a>(&'a self, _key: &'a str) -> SeenFuture<'a, ()> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn confirmed<'a>(&'a self, _key: &'a str) -> SeenFuture<'a, ()> {
        Box::pin(std::future::ready(Ok(())))
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_store_is_asked_about_all_events_together() {
    let service = service(Options::default());
    publish(&service, 0..16);
    let mut stream = events(&service).seen_store(Arc::new(SlowStore)).stream().unwrap();
    let delivery = next(&mut stream).await;
    assert_eq!(number(delivery.event()), 3, "it could not be looked up, and only this one");
    delivery.confirm_and_wait().await.unwrap();
    sleep(SECOND).await;
    assert!(is_over(&service));
    assert_eq!(stream.stats().totals.duplicates, 15);
}

/// Keys in memory, as a database would keep them.
#[derive(Default)]
pub(crate) struct Store(Mutex<HashSet<String>>);

impl SeenStore for Store {
    fn contains<'a>(&'a self, key: &'a str) -> SeenFuture<'a, bool> {
        Box::pin(async move { Ok(self.0.lock().unwrap().contains(key)) })
    }

    fn accepted<'a>(&'a self, key: &'a str) -> SeenFuture<'a, ()> {
        Box::pin(async move {
            self.0.lock().unwrap().insert(key.to_owned());
            Ok(())
        })
    }

    fn confirmed<'a>(&'a self, key: &'a str) -> SeenFuture<'a, ()> {
        Box::pin(async move {
            self.0.lock().unwrap().remove(key);
            Ok(())
        })
    }
}

/// The first process is killed before it knows that the event is confirmed; the second finds it in the store.
#[tokio::test(start_paused = true)]
async fn a_restarted_process_does_not_repeat_what_the_store_knows() {
    let service = service(Options::default());
    publish(&service, 0..1);
    service.set_faults(Faults::none().script("ConfirmEvents", [Fault::ResetAfterRequest])).unwrap();
    let store = Arc::new(Store::default());
    let mut first = events(&service).seen_store(Arc::clone(&store) as _).stream().unwrap();
    next(&mut first).await.confirm();
    sleep(SECOND / 10).await;
    first.shutdown().abandon();
    assert_eq!(service.state().confirmed, 0, "the one attempt got lost");

    let mut second = events(&service).seen_store(Arc::clone(&store) as _).stream().unwrap();
    assert!(tokio::time::timeout(40 * SECOND, second.next()).await.is_err(), "it came again");
    assert!(is_over(&service));
    assert_eq!(second.stats().totals.duplicates, 1);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_fails_or_hangs_costs_duplicates_and_no_event() {
    for hangs in [false, true] {
        let service = service(Options::default());
        publish(&service, 0..1);
        let mut stream = events(&service).seen_store(Arc::new(BrokenStore { hangs })).stream().unwrap();
        next(&mut stream).await.confirm_and_wait().await.unwrap();
        assert!(is_over(&service));
    }
}

#[tokio::test(start_paused = true)]
async fn only_so_many_keys_are_known() {
    let service = service(Options::default());
    publish(&service, 0..2);
    let mut stream = events(&service).dedup_capacity(1).stream().unwrap();
    // The second key takes the place of the first one.
    let (first, second) = (next(&mut stream).await, next(&mut stream).await);
    sleep(29 * SECOND).await;
    first.confirm();
    second.confirm();
    let again = next(&mut stream).await;
    assert_eq!((number(again.event()), again.delivery_attempt()), (0, Some(1)), "it was forgotten");
    again.confirm_and_wait().await.unwrap();
}

/// A database that is down, or does not answer.
struct BrokenStore {
    hangs: bool,
}

impl BrokenStore {
    fn answer<T: Send + 'static>(&self) -> SeenFuture<'_, T> {
        if self.hangs {
            return Box::pin(std::future::pending());
        }
        Box::pin(std::future::ready(Err("the database is down".into())))
    }
}

impl SeenStore for BrokenStore {
    fn contains<'a>(&'a self, _key: &'a str) -> SeenFuture<'a, bool> {
        self.answer()
    }

    fn accepted<'a>(&'a self, _key: &'a str) -> SeenFuture<'a, ()> {
        self.answer()
    }

    fn confirmed<'a>(&'a self, _key: &'a str) -> SeenFuture<'a, ()> {
        self.answer()
    }
}
