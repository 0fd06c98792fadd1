//! On a paused clock: every wait is exact and takes no time.

use std::collections::HashMap;

use super::*;
use crate::action::ServiceMeta;

static SERVICE: ServiceMeta = ServiceMeta::new("vod", "2018-07-17", &[], &[], &[]);
static HUNDRED: ActionMeta = ActionMeta::new("Hundred", &SERVICE, 0, 100, true, false, &[]);
static FIVE: ActionMeta = ActionMeta::new("Five", &SERVICE, 0, 5, true, false, &[]);
static UNKNOWN: ActionMeta = ActionMeta::new("Unknown", &SERVICE, 0, 0, true, false, &[]);

fn far() -> Instant {
    clock::now() + Duration::from_hours(1)
}

fn pacer() -> Pacer {
    Pacer::new(Some(1.0))
}

/// Lets calls go for a time, and counts them by the second.
async fn calls(lane: &Lane, time: Duration) -> HashMap<u64, u32> {
    let start = clock::now();
    let mut counted = HashMap::new();
    loop {
        lane.turn(far()).await.unwrap();
        let passed = clock::now() - start;
        if passed >= time {
            return counted;
        }
        *counted.entry(passed.as_secs()).or_default() += 1;
    }
}

#[tokio::test(start_paused = true)]
async fn no_second_has_more_calls_than_the_limit_and_hardly_fewer() {
    for (action, least) in [(&HUNDRED, 97), (&FIVE, 4)] {
        let lane = pacer().lane(action, "", "id").unwrap();
        for (second, count) in calls(&lane, Duration::from_secs(20)).await {
            assert!((least..=action.rate_limit).contains(&count), "{count} in second {second}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_burst_is_spread_and_served_in_order() {
    let lane = pacer().lane(&HUNDRED, "", "id").unwrap();
    let order = Arc::new(Mutex::new(Vec::new()));
    let start = clock::now();
    let burst: Vec<_> = (0..50)
        .map(|number| {
            let (lane, order) = (Arc::clone(&lane), Arc::clone(&order));
            tokio::spawn(async move {
                lane.turn(far()).await.unwrap();
                order.lock().unwrap().push(number);
            })
        })
        .collect();
    for call in burst {
        call.await.unwrap();
    }
    assert_eq!(*order.lock().unwrap(), (0..50).collect::<Vec<_>>());
    let took = clock::now() - start;
    assert!((490..=550).contains(&took.as_millis()), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_gives_up_leaves_no_gap() {
    let lane = pacer().lane(&FIVE, "", "id").unwrap();
    lane.turn(far()).await.unwrap();
    let start = clock::now();
    for _ in 0..20 {
        let waiting = tokio::spawn({
            let lane = Arc::clone(&lane);
            async move { lane.turn(far()).await }
        });
        tokio::task::yield_now().await;
        waiting.abort();
    }
    lane.turn(far()).await.unwrap();
    assert!(clock::now() - start < Duration::from_millis(210));
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_a_turn_after_the_deadline() {
    let lane = pacer().lane(&FIVE, "", "id").unwrap();
    lane.turn(far()).await.unwrap();
    let start = clock::now();
    assert!(lane.turn(start + Duration::from_millis(100)).await.is_err());
    assert_eq!(clock::now(), start);
}

#[tokio::test(start_paused = true)]
async fn throttling_halves_the_rate_once_and_it_recovers() {
    let lane = pacer().lane(&HUNDRED, "", "id").unwrap();
    lane.turn(far()).await.unwrap();
    for _ in 0..50 {
        lane.slow_down();
    }
    let counted = calls(&lane, Duration::from_secs(20)).await;
    assert!((45..=56).contains(&counted[&0]), "{counted:?}");
    assert!((70..=85).contains(&counted[&5]), "{counted:?}");
    assert!((97..=100).contains(&counted[&15]), "{counted:?}");
}

#[tokio::test(start_paused = true)]
async fn throttling_without_end_leaves_a_rest_of_the_rate() {
    let lane = pacer().lane(&HUNDRED, "", "id").unwrap();
    for _ in 0..30 {
        tokio::time::advance(Duration::from_secs(1)).await;
        lane.slow_down();
    }
    lane.turn(far()).await.unwrap();
    let start = clock::now();
    lane.turn(far()).await.unwrap();
    assert!(clock::now() - start <= Duration::from_millis(210));
}

#[tokio::test(start_paused = true)]
async fn lanes_are_apart_by_action_region_and_secret_id() {
    let pacer = pacer();
    let lane = pacer.lane(&FIVE, "", "id").unwrap();
    assert!(Arc::ptr_eq(&lane, &pacer.lane(&FIVE, "", "id").unwrap()));
    for other in [(&HUNDRED, "", "id"), (&FIVE, "ap-tokyo", "id"), (&FIVE, "", "other")] {
        assert!(!Arc::ptr_eq(&lane, &pacer.lane(other.0, other.1, other.2).unwrap()));
    }
    assert!(pacer.lane(&UNKNOWN, "", "id").is_none());
    assert!(Pacer::new(None).lane(&FIVE, "", "id").is_none());
}

#[tokio::test(start_paused = true)]
async fn a_share_is_a_part_of_the_limit() {
    let lane = Pacer::new(Some(0.25)).lane(&HUNDRED, "", "id").unwrap();
    for count in calls(&lane, Duration::from_secs(10)).await.values() {
        assert!((23..=25).contains(count), "{count}");
    }
}

#[tokio::test(start_paused = true)]
async fn lanes_of_past_secret_ids_are_given_up() {
    let pacer = pacer();
    for number in 0..1000 {
        let lane = pacer.lane(&FIVE, "", &format!("id-{number}")).unwrap();
        lane.turn(far()).await.unwrap();
        tokio::time::advance(Duration::from_secs(10)).await;
    }
    assert!(pacer.lanes.read().unwrap().len() <= KEPT_LANES);
}
