//! Events that say the same, and events that differ in what the specs do not know.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{sleep, timeout};
use vod_emulator::Emulator;

use crate::nats_server::NatsServer;
use crate::program::{Relay, figure};
use crate::{TIME_LIMIT, start_emulator};

fn cast(status: &str) -> Value {
    json!({
        "EventType": "MediaCastStatusChanged",
        "MediaCastEvent": { "CastId": "cast-1", "Status": status },
    })
}

fn publish(emulator: &Emulator, event: &Value) {
    emulator.publish_raw(0, event.to_string()).unwrap();
}

async fn wait_for_confirmed(emulator: &Emulator, events: u64) {
    while emulator.state().confirmed < events {
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
#[ignore = "needs a nats-server; run by examples/tests/run_relay.sh"]
async fn a_cast_that_works_again_ends_as_working() {
    const COURSE: [&str; 5] = ["Working", "Stopped", "Working", "Stopped", "Working"];
    for portion in [5, 1] {
        let emulator = start_emulator().await;
        let broker = NatsServer::start().await;
        let relay = Relay::start(&emulator, &broker.url());
        for (done, statuses) in COURSE.chunks(portion).enumerate() {
            for status in statuses {
                publish(&emulator, &cast(status));
            }
            let confirmed = done * portion + statuses.len();
            timeout(TIME_LIMIT, wait_for_confirmed(&emulator, confirmed as u64)).await.unwrap();
        }
        let report = relay.interrupt().await;
        assert_eq!((figure(&report, "stored"), figure(&report, "confirmed")), (5, 5), "{report}");
        let messages = broker.all_messages().await;
        let statuses: Vec<_> = messages.iter().map(|message| &message["MediaCastEvent"]["Status"]).collect();
        assert_eq!(statuses, COURSE);
        assert_eq!(messages[0], cast("Working"), "as it came");
    }
}

#[tokio::test]
#[ignore = "needs a nats-server; run by examples/tests/run_relay.sh"]
async fn events_that_differ_in_an_unknown_member_both_arrive_as_they_came() {
    let emulator = start_emulator().await;
    let broker = NatsServer::start().await;
    let relay = Relay::start(&emulator, &broker.url());
    let event = |new: Value| {
        json!({
            "EventType": "FileDeleted",
            "FileDeleteEvent": { "FileIdSet": ["1"], "Brand": { "New": new } },
            "Absent": null,
        })
    };
    // The last two are one number to who reads it as floating point.
    let values = [json!(1), json!("1"), json!([{}]), json!(u64::MAX), json!(u64::MAX - 1)];
    let events = values.map(event);
    for event in &events {
        publish(&emulator, event);
    }
    timeout(TIME_LIMIT, wait_for_confirmed(&emulator, events.len() as u64)).await.unwrap();
    let report = relay.interrupt().await;
    assert_eq!(figure(&report, "stored"), events.len() as u64, "{report}");
    assert_eq!(broker.all_messages().await, events);
}

#[tokio::test]
#[ignore = "needs a nats-server; run by examples/tests/run_relay.sh"]
async fn what_has_no_handle_is_stored_once_however_often_it_comes() {
    let emulator = start_emulator().await;
    let broker = NatsServer::start().await;
    let relay = Relay::start(&emulator, &broker.url());
    emulator.publish_raw(0, "[]").unwrap();
    timeout(TIME_LIMIT, broker.wait_for_messages(1)).await.unwrap();
    let coming_again = async {
        // A pull begins when the one before was received.
        while emulator.state().redelivered < 3 {
            emulator.advance(Duration::from_secs(30));
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(TIME_LIMIT, coming_again).await.unwrap();
    let report = relay.interrupt().await;
    assert_eq!((figure(&report, "stored"), figure(&report, "confirmed")), (1, 0), "{report}");
    assert!(figure(&report, "stored_before") >= 2, "{report}");
    assert_eq!(broker.all_messages().await, [json!([])]);
}
