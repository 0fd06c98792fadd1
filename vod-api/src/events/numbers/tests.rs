//! What the recorder gets to see of a consumer.

use std::time::Duration;

use crate::observe::kept::Kept;
use crate::testing::MockTransport;
use crate::vod::{ConfirmEvents, ConfirmEventsResponse, EventContent, PullEvents, PullEventsResponse};

fn event(handle: &str, kind: &str) -> EventContent {
    EventContent { event_handle: handle.to_owned(), event_type: kind.into(), ..Default::default() }
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

#[test]
fn numbers_follow_the_events() {
    let kept = Kept::default();
    metrics::with_local_recorder(&kept, || {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(consume(&kept));
    });
    let expected = [
        ("vod_api_events_confirm_seconds 7", 1),
        ("vod_api_events_confirming 7", 0),
        ("vod_api_events_in_flight 7", 0),
        ("vod_api_events_lag_seconds 7", 3),
        ("vod_api_events_pulled_total 7", 4),
        ("vod_api_events_pulls_total 7 empty", 1),
        ("vod_api_events_pulls_total 7 events", 1),
        ("vod_api_events_pulls_total 7 failed", 1),
        ("vod_api_events_redelivered_total 7", 1),
        ("vod_api_events_resolved_total 7 confirmed", 1),
        ("vod_api_events_resolved_total 7 rejected", 1),
        ("vod_api_events_resolved_total 7 released", 2),
        ("vod_api_events_throttled_total 7", 1),
        ("vod_api_events_waiting 7", 0),
    ];
    let expected: Vec<(String, i64)> = expected.map(|(name, count)| (name.to_owned(), count)).into();
    assert_eq!(kept.values("vod_api_events_"), expected);
    assert_eq!(kept.time("vod_api_events_lag_seconds 7"), 3 * ms(10), "three events of a pull of 10 ms");
    assert_eq!(kept.time("vod_api_events_confirm_seconds 7"), ms(50) + ms(20), "linger and call");
}

/// Confirms one of four events, releases another, has the third refused; the fourth is the first once more.
async fn consume(kept: &Kept) {
    let mock = MockTransport::new();
    let event_set = vec![event("1", "A"), event("2", "B"), event("3", "C"), event("4", "A")];
    let pulled = PullEventsResponse { event_set, ..Default::default() };
    mock.on::<PullEvents>()
        .after(ms(10))
        .respond(pulled)
        .error("RequestLimitExceeded", "")
        .respond(PullEventsResponse::default())
        .hang();
    mock.on::<ConfirmEvents>()
        .after(ms(20))
        .respond(ConfirmEventsResponse::default())
        .error("InvalidParameterValue", "");
    let client = mock.builder().build().unwrap();
    let events = client.events().sub_app_id(7).deduplicate_by(|event| Some(event.event_type.to_string()));
    let mut events = events.stream().unwrap();

    let mut deliveries = Vec::new();
    for _ in 0..3 {
        deliveries.push(events.next().await.unwrap().unwrap());
    }
    let level = |name| kept.values(name)[0].1;
    assert_eq!(level("vod_api_events_in_flight"), 3);
    let refused = deliveries.pop().unwrap();
    deliveries.pop().unwrap().release();
    deliveries.pop().unwrap().confirm();
    assert_eq!((level("vod_api_events_in_flight"), level("vod_api_events_confirming")), (1, 1));
    tokio::time::sleep(ms(100)).await;
    refused.confirm_now().await.unwrap_err();
    tokio::time::sleep(ms(1000)).await;

    let shutdown = events.shutdown();
    let report = shutdown.finish_within(ms(100)).await;
    assert_eq!((report.pulled, report.confirmed, report.released, report.rejected), (4, 1, 2, 1));
    let stats = shutdown.stats();
    assert_eq!((stats.empty_pulls, stats.pull_failures, stats.throttled), (1, 1, 1));
}
