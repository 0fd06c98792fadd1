use std::sync::Weak;
use std::thread;
use std::time::Duration;

use super::*;
use crate::testing::MockTransport;
use crate::vod::{ConfirmEvents, ConfirmEventsRequest, ConfirmEventsResponse};

fn mock() -> MockTransport {
    let mock = MockTransport::new();
    mock.on::<ConfirmEvents>().respond(ConfirmEventsResponse::default()).repeat();
    mock
}

fn request() -> ConfirmEventsRequest {
    ConfirmEventsRequest::new(["handle-1"])
}

fn assert_works(client: &Client) {
    assert!(client.call(request()).unwrap().request_id.starts_with("mock-"));
    let answer = client.send(|client| client.confirm_events(request()).timeout(Duration::from_secs(9)));
    assert!(answer.is_ok());
}

#[test]
fn it_works_outside_and_inside_of_any_runtime() {
    let client = mock().builder().build_blocking().unwrap();
    assert_works(&client);
    let single = tokio::runtime::Builder::new_current_thread().build().unwrap();
    single.block_on(async { assert_works(&client) });
    let multi = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
    let inside = client.clone();
    multi.block_on(async { tokio::spawn(async move { assert_works(&inside) }).await.unwrap() });
    // Made and dropped inside, too.
    single.block_on(async { assert_works(&mock().builder().build_blocking().unwrap()) });
}

#[test]
fn threads_share_it() {
    let mock = mock();
    let client = mock.builder().without_pacing().build_blocking().unwrap();
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| (0..20).for_each(|_| drop(client.call(request()).unwrap())));
        }
    });
    assert_eq!(mock.sent().len(), 320);
}

#[test]
fn a_panic_of_a_hook_is_an_error() {
    let hooked = mock().builder().on_attempt(|_| panic!("the hook of a test"));
    let error = hooked.build_blocking().unwrap().call(request()).unwrap_err();
    assert_eq!(error.to_string(), "ConfirmEvents failed: the call was broken off by a panic");
    assert!(error.may_have_taken_effect());
}

/// Its drop tells that the thread has let go of everything.
struct Witness(#[expect(dead_code, reason = "held for its count")] Arc<()>);

impl crate::Transport for Witness {
    fn send(&self, _: http::Request<bytes::Bytes>, _: usize) -> crate::TransportFuture<'_> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn the_thread_ends_with_the_last_clone() {
    let witness = Arc::new(());
    let alive: Weak<()> = Arc::downgrade(&witness);
    let client = mock().builder().transport(Witness(witness)).build_blocking().unwrap();
    let error = client.send(|client| client.confirm_events(request()).timeout(Duration::from_millis(5)));
    assert!(error.unwrap_err().is_timeout());
    drop(client.clone());
    assert!(alive.upgrade().is_some());
    drop(client);
    assert!(alive.upgrade().is_none());
}
