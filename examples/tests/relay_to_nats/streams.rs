//! Streams that exist already, and streams that are deleted while the relay runs.

use std::time::Duration;

use async_nats::jetstream::consumer::pull;
use async_nats::jetstream::stream::{Config, DiscardPolicy, RetentionPolicy, StorageType};
use tokio::time::timeout;
use vod_emulator::samples;

use crate::nats_server::{NatsServer, STREAM};
use crate::program::{Relay, figure};
use crate::{TIME_LIMIT, start_emulator};

/// A stream that the relay could have made.
fn fit() -> Config {
    Config {
        name: STREAM.to_owned(),
        subjects: vec!["vod.events.>".to_owned()],
        duplicate_window: Duration::from_mins(10),
        ..Config::default()
    }
}

#[tokio::test]
#[ignore = "needs a nats-server; run by examples/tests/run_relay.sh"]
async fn existing_streams_that_do_not_keep_events_are_refused() {
    let emulator = start_emulator().await;
    emulator.publish(samples::file_deleted(1)).unwrap();
    let broker = NatsServer::start().await;
    let (new, old) = (DiscardPolicy::New, DiscardPolicy::Old);
    let minute = Duration::from_mins(1);
    for (config, reason) in [
        (Config { retention: RetentionPolicy::Interest, ..fit() }, "interest"),
        (Config { retention: RetentionPolicy::WorkQueue, ..fit() }, "work queue"),
        (Config { storage: StorageType::Memory, ..fit() }, "in memory"),
        (Config { no_ack: true, ..fit() }, "no_ack"),
        (Config { max_messages: 2, discard: old, ..fit() }, "keeps 2 messages at most"),
        (Config { max_bytes: 100_000, discard: old, ..fit() }, "keeps 100000 bytes at most"),
        (Config { max_messages_per_subject: 2, discard: new, ..fit() }, "2 messages of a subject"),
        (Config { duplicate_window: minute, ..fit() }, "recognises duplicates for 60s only"),
        (Config { subjects: vec!["others".to_owned()], ..fit() }, "don't go there"),
    ] {
        broker.jetstream().create_stream(config).await.unwrap();
        let mut relay = Relay::start(&emulator, &broker.url());
        let (status, log) = timeout(TIME_LIMIT, relay.ended()).await.unwrap();
        assert_eq!(status.code(), Some(1), "{log}");
        assert!(log.contains("the stream can't be used") && log.contains(reason), "{reason}: {log}");
        broker.jetstream().delete_stream(STREAM).await.unwrap();
    }
    let state = emulator.state();
    assert_eq!((state.queued, state.in_flight), (1, 0), "nothing was pulled");
}

#[tokio::test]
#[ignore = "needs a nats-server; run by examples/tests/run_relay.sh"]
async fn what_is_a_choice_is_used_with_a_warning() {
    let emulator = start_emulator().await;
    let broker = NatsServer::start().await;
    let limited = Config { max_messages: 1000, discard: DiscardPolicy::New, ..fit() };
    let aged = Config { max_age: Duration::from_hours(24), ..fit() };
    let interest = Config { retention: RetentionPolicy::Interest, ..fit() };
    let memory = Config { storage: StorageType::Memory, ..fit() };
    for (config, arguments, warning) in [
        (limited, &[][..], None),
        (aged, &[], Some("deletes messages after")),
        (interest, &[], Some("once its consumers have them")),
        (memory, &["--allow-lossy-stream"], Some("in memory")),
    ] {
        let stream = broker.jetstream().create_stream(config).await.unwrap();
        let durable = Some("reader".to_owned());
        stream.create_consumer(pull::Config { durable_name: durable, ..Default::default() }).await.unwrap();
        let mut relay = Relay::start_with(&emulator, &broker.url(), None, arguments);
        emulator.publish(samples::file_deleted(1)).unwrap();
        timeout(TIME_LIMIT, broker.wait_for_messages(1)).await.unwrap();
        relay.terminate().await;
        let (status, log) = timeout(TIME_LIMIT, relay.ended()).await.unwrap();
        assert!(status.success(), "{log}");
        match warning {
            Some(warning) => assert!(log.contains(warning), "{warning}: {log}"),
            None => assert!(!log.contains("does not keep all events"), "{log}"),
        }
        broker.jetstream().delete_stream(STREAM).await.unwrap();
    }
}

#[tokio::test]
#[ignore = "needs a nats-server; run by examples/tests/run_relay.sh"]
async fn a_stream_that_is_deleted_is_made_again_or_ends_the_relay() {
    let emulator = start_emulator().await;
    let broker = NatsServer::start().await;
    let mut relay = Relay::start(&emulator, &broker.url());
    emulator.publish(samples::file_deleted(1)).unwrap();
    timeout(TIME_LIMIT, broker.wait_for_messages(1)).await.unwrap();

    broker.jetstream().delete_stream(STREAM).await.unwrap();
    for number in 2..=20 {
        emulator.publish(samples::file_deleted(number)).unwrap();
    }
    timeout(TIME_LIMIT, broker.wait_for_messages(19)).await.expect("no event waits for its half minute");
    assert_eq!(relay.released(), 0);

    // Another one has its subjects now, so it can't be made again.
    broker.jetstream().delete_stream(STREAM).await.unwrap();
    broker.jetstream().create_stream(Config { name: "OTHERS".to_owned(), ..fit() }).await.unwrap();
    emulator.publish(samples::file_deleted(21)).unwrap();
    let (status, log) = timeout(TIME_LIMIT, relay.ended()).await.expect("it ends");
    assert_eq!(status.code(), Some(1), "{log}");
    assert!(log.contains("the stream can't be used") && log.contains("overlap"), "{log}");
    assert_eq!(emulator.state().confirmed, 20, "what is not stored is not confirmed");
}

#[tokio::test]
#[ignore = "needs a nats-server; run by examples/tests/run_relay.sh"]
async fn a_full_stream_keeps_what_it_has_and_the_rest_waits_at_the_service() {
    let emulator = start_emulator().await;
    let broker = NatsServer::start().await;
    let config = Config { max_messages: 2, discard: DiscardPolicy::New, ..fit() };
    broker.jetstream().create_stream(config).await.unwrap();
    let mut relay = Relay::start(&emulator, &broker.url());
    for number in 1..=5 {
        emulator.publish(samples::file_deleted(number)).unwrap();
    }
    timeout(TIME_LIMIT, relay.wait_for_released(3)).await.unwrap();
    let report = relay.interrupt().await;
    assert_eq!((figure(&report, "stored"), figure(&report, "confirmed")), (2, 2), "{report}");
    assert_eq!(broker.messages().await, 2);
}
