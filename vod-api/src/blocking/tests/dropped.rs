//! What becomes of accepted events when the client is dropped.

use std::sync::mpsc::channel;

use super::*;
use crate::events::{Delivery, EventStream};
use crate::vod::{EventContent, PullEvents, PullEventsResponse};

const EVENTS: usize = 5;

/// A queue with five events, and nothing after them.
fn queue() -> MockTransport {
    let mock = MockTransport::new();
    let event = |n| EventContent { event_handle: format!("handle-{n}"), ..EventContent::default() };
    let event_set = (0..EVENTS).map(event).collect();
    mock.on::<PullEvents>().respond(PullEventsResponse { event_set, ..PullEventsResponse::default() });
    mock.on::<PullEvents>().hang().repeat();
    mock
}

fn confirmed(mock: &MockTransport) -> usize {
    mock.requests::<ConfirmEvents>().iter().map(|request| request.event_handles.len()).sum()
}

fn stream(client: &Client) -> Iter<EventStream> {
    let stream = client.block_on(|client| {
        let events = client.events();
        async move { events.stream() }
    });
    client.iterate(|_| stream.unwrap())
}

/// The events of the queue, accepted or in hand.
fn deliveries(client: &Client) -> Vec<Delivery> {
    stream(client).take(EVENTS).map(Result::unwrap).collect()
}

#[test]
fn accepted_events_are_confirmed_before_the_client_is_gone() {
    let mock = queue();
    mock.on::<ConfirmEvents>()
        .delay(Duration::from_millis(50))
        .respond(ConfirmEventsResponse::default())
        .repeat();
    let client = mock.builder().build_blocking().unwrap();
    for delivery in stream(&client).take(EVENTS) {
        delivery.unwrap().confirm();
    }
    drop(client);
    assert_eq!(confirmed(&mock), EVENTS);
}

#[test]
fn the_iterator_may_be_the_last_to_go() {
    let mock = queue();
    mock.on::<ConfirmEvents>().respond(ConfirmEventsResponse::default()).repeat();
    let client = mock.builder().build_blocking().unwrap();
    let mut events = stream(&client);
    drop(client);
    for delivery in events.by_ref().take(EVENTS) {
        delivery.unwrap().confirm();
    }
    drop(events);
    assert_eq!(confirmed(&mock), EVENTS);
}

/// The thread finishes them in the background.
#[test]
fn what_is_in_hand_can_be_confirmed_after_the_client() {
    let (told, confirmations) = channel();
    let mock = queue();
    mock.on::<ConfirmEvents>().respond_with(move |request| {
        told.send(request.event_handles.len()).unwrap();
        Ok(ConfirmEventsResponse::default())
    });
    let client = mock.builder().build_blocking().unwrap();
    let deliveries = deliveries(&client);
    let begun = crate::clock::now();
    drop(client);
    assert!(begun.elapsed() < DRAIN_LIMIT, "nothing was accepted, so there is nothing to wait for");
    deliveries.into_iter().for_each(Delivery::confirm);
    let mut left = EVENTS;
    while left > 0 {
        left -= confirmations.recv_timeout(Duration::from_secs(20)).unwrap();
    }
}

#[test]
fn a_service_that_does_not_answer_is_not_waited_for_for_ever() {
    let mock = queue();
    mock.on::<ConfirmEvents>().hang().repeat();
    let client = mock.builder().build_blocking().unwrap();
    let patience = Duration::from_millis(200);
    let driver = Arc::new(Driver::start(patience).unwrap());
    let client = Client { driver, ..client };
    deliveries(&client).into_iter().for_each(Delivery::confirm);
    let begun = crate::clock::now();
    drop(client);
    let took = begun.elapsed();
    assert!(took >= patience && took < DRAIN_LIMIT, "{took:?}");
    assert_eq!(confirmed(&mock), EVENTS, "they were sent, as far as anybody knows");
}

/// By code that the client's own thread runs, which can't wait for the thread.
#[test]
fn the_last_clone_may_be_dropped_on_the_clients_thread() {
    let mock = queue();
    mock.on::<ConfirmEvents>().respond(ConfirmEventsResponse::default()).repeat();
    let client = mock.builder().build_blocking().unwrap();
    deliveries(&client).into_iter().for_each(Delivery::confirm);
    let last = client.clone();
    let (go, gone) = (tokio::sync::oneshot::channel::<()>(), channel());
    let tell = gone.0;
    client
        .block_on(|_| async move {
            tokio::spawn(async move {
                let _ = go.1.await;
                drop(last);
                tell.send(()).unwrap();
            });
            Ok(())
        })
        .unwrap();
    drop(client);
    go.0.send(()).unwrap();
    gone.1.recv_timeout(Duration::from_secs(20)).expect("dropping it does not stand still");
}
