//! The relay as a program, between the emulator and a real broker, while both ends and the relay itself fail.
//!
//! The test with a broker is run by `examples/tests/run_relay.sh`, which sees to it that there is one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "the figures are for whoever runs it")]

mod connection;
mod equal_events;
mod nats_server;
mod program;
mod stored;
mod streams;

use std::time::Duration;

use nats_server::{NatsServer, USER};
use program::{Relay, figure};
use stored::Comparison;
use tokio::time::{interval, sleep, timeout};
use vod_emulator::{Emulator, Fault, Faults, Options, WallClock, samples};

/// Events that are published altogether, and how many every hundredth of a second. Publishing goes on through all
/// that happens to the broker and the relay.
const EVENTS: usize = 4000;
const EVENTS_A_TICK: usize = 4;
/// The whole test, all waiting included.
const TIME_LIMIT: Duration = Duration::from_mins(1);
/// Events that must have been left to come again before an outage of the broker ends.
const UNANSWERED: usize = 32;

async fn start_emulator() -> Emulator {
    // Handles can then be made to expire at once, while calls are signed with the machine's time.
    let options = Options { wall_clock: WallClock::System, ..Options::default() };
    Emulator::builder().options(options).start().await.unwrap()
}

#[tokio::test]
#[ignore = "needs a nats-server; run by examples/tests/run_relay.sh"]
async fn nothing_is_lost_and_nothing_stored_twice_while_broker_and_relay_are_killed() {
    timeout(TIME_LIMIT, relay_through_faults()).await.expect("it takes less than the time limit");
}

async fn relay_through_faults() {
    let emulator = start_emulator().await;
    let mut broker = NatsServer::start().await;
    let mut relay = Relay::start(&emulator, &broker.url());
    let publishing = async {
        let mut ticks = interval(Duration::from_millis(10));
        for (index, event) in samples::events(EVENTS as u64).enumerate() {
            if index % EVENTS_A_TICK == 0 {
                ticks.tick().await;
            }
            emulator.publish_raw(0, event.to_string()).unwrap();
        }
    };
    let failing = async {
        broker.wait_for_messages(100).await;

        // The broker crashes, and comes back with what it had.
        broker.kill().await;
        relay.wait_for_released(UNANSWERED).await;
        broker.start_again().await;
        broker.wait_for_more_messages(100).await;

        // It is stopped in good order, and the relay dies before it is back, with all that waited to be sent.
        let released = relay.released();
        broker.terminate().await;
        relay.wait_for_released(released + UNANSWERED).await;
        relay.kill().await;
        broker.start_again().await;
        relay = Relay::start(&emulator, &broker.url());
        broker.wait_for_more_messages(100).await;

        // The relay dies once more, with events that are stored and not confirmed.
        emulator
            .set_faults(Faults::none().random("ConfirmEvents", 1.0, Fault::BadGateway { handled: false }))
            .unwrap();
        broker.wait_for_more_messages(100).await;
        relay.kill().await;
        let unconfirmed = broker.messages().await - emulator.state().confirmed;
        assert!(unconfirmed >= 32, "stored and not confirmed: {unconfirmed}");
        emulator.set_faults(Faults::none()).unwrap();
        let restarted = Relay::start(&emulator, &broker.url());
        (restarted, unconfirmed)
    };
    let ((), (restarted, unconfirmed)) = tokio::join!(publishing, failing);
    drain(&emulator).await;
    let report = restarted.interrupt().await;

    let comparison = Comparison::of(samples::events(EVENTS as u64), broker.all_messages().await);
    println!(
        "published {EVENTS}, {comparison}; {unconfirmed} were stored and unconfirmed when the relay died"
    );
    println!("the relay that was started then: {report}");
    assert_eq!((comparison.lost, comparison.stored_twice, comparison.foreign), (0, 0, 0));
    assert_eq!(comparison.stored, EVENTS);
    let state = emulator.state();
    assert_eq!((state.queued, state.in_flight, state.confirmed), (0, 0, EVENTS as u64));
    // So it was the broker that told them apart, and not chance.
    assert!(figure(&report, "stored_before") >= unconfirmed, "{report}");
    assert_eq!(figure(&report, "abandoned"), 0);
}

/// Waits until the queue is empty. Events that nobody works on any more would come again after half a minute;
/// whenever a second brings nothing, this is that half a minute.
async fn drain(emulator: &Emulator) {
    loop {
        let before = emulator.state();
        if before.queued == 0 && before.in_flight == 0 {
            return;
        }
        sleep(Duration::from_secs(1)).await;
        let now = emulator.state();
        if now.confirmed == before.confirmed && now.queued == 0 {
            emulator.advance(Duration::from_secs(30));
        }
    }
}

#[tokio::test]
#[ignore = "needs a nats-server; run by examples/tests/run_relay.sh"]
async fn a_broker_with_a_password_lets_in_who_has_it() {
    let emulator = start_emulator().await;
    let broker = NatsServer::start_with_password("right-password").await;
    let mut stranger = Relay::start_as(&emulator, &broker.url(), Some((USER, "wrong-password")));
    let (status, log) = timeout(TIME_LIMIT, stranger.ended()).await.unwrap();
    assert_eq!(status.code(), Some(1), "{log}");
    assert!(log.contains("authorization violation") && !log.contains("wrong-password"), "{log}");

    let relay = Relay::start_as(&emulator, &broker.url(), Some((USER, "right-password")));
    emulator.publish(samples::file_deleted(1)).unwrap();
    timeout(TIME_LIMIT, broker.wait_for_messages(1)).await.unwrap();
    let report = relay.interrupt().await;
    assert_eq!((figure(&report, "stored"), figure(&report, "confirmed")), (1, 1), "{report}");
}

#[tokio::test]
async fn without_a_broker_it_ends_at_once_and_shows_no_secret() {
    let emulator = start_emulator().await;
    emulator.publish(samples::file_deleted(1)).unwrap();
    // Port 1 of this machine refuses connections.
    let urls = ["nats://127.0.0.1:1", "nats://user:broker-password@127.0.0.1:1", "http://broker-password@:x"];
    for url in urls {
        let mut relay = Relay::start_as(&emulator, url, Some((USER, "broker-password")));
        let (status, log) = timeout(TIME_LIMIT, relay.ended()).await.unwrap();
        assert_eq!(status.code(), Some(1), "{log}");
        assert!(log.contains("the broker can't be connected to"), "{log}");
        assert!(!log.contains("broker-password") && !log.contains(emulator.secret_key()), "{log}");
    }
    let state = emulator.state();
    assert_eq!((state.queued, state.in_flight), (1, 0), "nothing was pulled");
}
