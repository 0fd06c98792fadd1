//! On a paused clock: every wait is exact and takes no time.

mod arithmetic;

use std::collections::HashMap;

use super::*;
use crate::action::ServiceMeta;

static SERVICE: ServiceMeta = ServiceMeta::new("vod", "2018-07-17", &[], &[], &[]);
static HUNDRED: ActionMeta = ActionMeta::new("Hundred", &SERVICE, 0, 100, true, false, &[]);
static FIVE: ActionMeta = ActionMeta::new("Five", &SERVICE, 0, 5, true, false, &[]);
static UNPUBLISHED: ActionMeta = ActionMeta::new("Unpublished", &SERVICE, 0, 0, true, false, &[]);
static UNSIGNED: ActionMeta = ActionMeta::new("Unsigned", &SERVICE, 0, 5, true, true, &[]);

fn far() -> Instant {
    clock::now() + Duration::from_hours(1)
}

fn limiters() -> RateLimiters {
    RateLimiters::new(Some(1.0))
}

/// Lets calls go for a time, and counts them by the second.
async fn calls(limiter: &RateLimiter, time: Duration) -> HashMap<u64, u32> {
    let start = clock::now();
    let mut counted = HashMap::new();
    loop {
        limiter.acquire(clock::now(), far()).await.unwrap();
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
        let limiter = limiters().limiter(action, "", "id").unwrap();
        for (second, count) in calls(&limiter, Duration::from_secs(20)).await {
            assert!((least..=action.rate_limit).contains(&count), "{count} in second {second}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_burst_is_spread_and_served_in_order() {
    let limiter = limiters().limiter(&HUNDRED, "", "id").unwrap();
    let order = Arc::new(Mutex::new(Vec::new()));
    let start = clock::now();
    let burst: Vec<_> = (0..50)
        .map(|number| {
            let (limiter, order) = (Arc::clone(&limiter), Arc::clone(&order));
            tokio::spawn(async move {
                limiter.acquire(clock::now(), far()).await.unwrap();
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
    let limiter = limiters().limiter(&FIVE, "", "id").unwrap();
    limiter.acquire(clock::now(), far()).await.unwrap();
    let start = clock::now();
    for _ in 0..20 {
        let waiting = tokio::spawn({
            let limiter = Arc::clone(&limiter);
            async move { limiter.acquire(clock::now(), far()).await }
        });
        tokio::task::yield_now().await;
        waiting.abort();
    }
    limiter.acquire(clock::now(), far()).await.unwrap();
    assert!(clock::now() - start < Duration::from_millis(210));
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_a_turn_after_the_deadline() {
    let limiter = limiters().limiter(&FIVE, "", "id").unwrap();
    limiter.acquire(clock::now(), far()).await.unwrap();
    let start = clock::now();
    assert!(limiter.acquire(clock::now(), start + Duration::from_millis(100)).await.is_err());
    assert_eq!(clock::now(), start);
}

#[tokio::test(start_paused = true)]
async fn throttling_halves_the_rate_once_and_it_recovers() {
    let limiter = limiters().limiter(&HUNDRED, "", "id").unwrap();
    limiter.acquire(clock::now(), far()).await.unwrap();
    for _ in 0..50 {
        limiter.slow_down();
    }
    let counted = calls(&limiter, Duration::from_secs(20)).await;
    assert!((45..=56).contains(&counted[&0]), "{counted:?}");
    assert!((70..=85).contains(&counted[&5]), "{counted:?}");
    assert!((97..=100).contains(&counted[&15]), "{counted:?}");
}

#[tokio::test(start_paused = true)]
async fn throttling_without_end_leaves_a_rest_of_the_rate() {
    let limiter = limiters().limiter(&HUNDRED, "", "id").unwrap();
    for _ in 0..30 {
        tokio::time::advance(Duration::from_secs(1)).await;
        limiter.slow_down();
    }
    limiter.acquire(clock::now(), far()).await.unwrap();
    let start = clock::now();
    limiter.acquire(clock::now(), far()).await.unwrap();
    assert!(clock::now() - start <= Duration::from_millis(210));
}

#[tokio::test(start_paused = true)]
async fn lanes_are_apart_by_action_region_and_secret_id() {
    let limiters = limiters();
    let limiter = limiters.limiter(&FIVE, "", "id").unwrap();
    assert!(Arc::ptr_eq(&limiter, &limiters.limiter(&FIVE, "", "id").unwrap()));
    for other in [(&HUNDRED, "", "id"), (&FIVE, "ap-tokyo", "id"), (&FIVE, "", "other")] {
        assert!(!Arc::ptr_eq(&limiter, &limiters.limiter(other.0, other.1, other.2).unwrap()));
    }
    assert!(limiters.limiter(&UNSIGNED, "", "id").is_none());
    assert!(RateLimiters::new(None).limiter(&FIVE, "", "id").is_none());
}

#[tokio::test(start_paused = true)]
async fn without_a_published_limit_nobody_waits_until_the_service_throttles() {
    let limiter = limiters().limiter(&UNPUBLISHED, "", "id").unwrap();
    let start = clock::now();
    for _ in 0..1000 {
        limiter.acquire(clock::now(), far()).await.unwrap();
    }
    assert_eq!(clock::now(), start);
    // It took 80 of them.
    for _ in 0..920 {
        limiter.slow_down();
    }
    let counted = calls(&limiter, Duration::from_secs(4)).await;
    assert!((40..=50).contains(&counted[&0]) && (60..=76).contains(&counted[&3]), "{counted:?}");
    // Half a minute without throttling, and the limit is forgotten.
    tokio::time::sleep(Duration::from_secs(12)).await;
    let start = clock::now();
    for _ in 0..1000 {
        limiter.acquire(clock::now(), far()).await.unwrap();
    }
    assert_eq!(clock::now(), start);
}

#[tokio::test(start_paused = true)]
async fn a_call_alone_that_is_throttled_does_not_stop_the_next_ones() {
    let limiter = limiters().limiter(&UNPUBLISHED, "", "id").unwrap();
    limiter.acquire(clock::now(), far()).await.unwrap();
    limiter.slow_down();
    let start = clock::now();
    limiter.acquire(clock::now(), far()).await.unwrap();
    assert!((1..=2).contains(&(clock::now() - start).as_secs()), "{:?}", clock::now() - start);
}

/// Takes so many calls in each second of its clock, and throttles the others.
struct Service {
    limit: u32,
    start: Instant,
    /// The calls of each second.
    taken: HashMap<u64, u32>,
    throttled: u32,
}

impl Service {
    fn takes(&mut self) -> bool {
        let second = (clock::now() - self.start).as_secs();
        let count = self.taken.entry(second).or_default();
        let takes = *count < self.limit;
        if takes {
            *count += 1;
        } else {
            self.throttled += 1;
        }
        takes
    }
}

/// Calls as fast as the limiter lets them, 64 at a time, for a minute, with answers after 30 ms.
async fn a_minute_of_calls(limit: u32) -> (u32, u32) {
    let limiter = limiters().limiter(&UNPUBLISHED, "", "id").unwrap();
    let start = clock::now();
    let service = Arc::new(Mutex::new(Service { limit, start, taken: HashMap::new(), throttled: 0 }));
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let (limiter, service) = (Arc::clone(&limiter), Arc::clone(&service));
        callers.spawn(async move {
            while limiter.acquire(clock::now(), start + Duration::from_mins(1)).await.is_ok()
                && start.elapsed().as_secs() < 60
            {
                let takes = service.lock().unwrap().takes();
                tokio::time::sleep(Duration::from_millis(30)).await;
                if !takes {
                    limiter.slow_down();
                }
            }
        });
    }
    callers.join_all().await;
    let service = service.lock().unwrap();
    (service.taken.values().sum(), service.throttled)
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_only_the_service_knows_is_met_with_few_throttled_calls() {
    let (taken, throttled) = a_minute_of_calls(50).await;
    assert!((1..=120).contains(&throttled), "{throttled} throttled, {taken} taken");
    assert!((2000..=3050).contains(&taken), "{taken} of 3000 taken");
    let (taken, throttled) = a_minute_of_calls(2).await;
    assert!((1..=150).contains(&throttled), "{throttled} throttled, {taken} taken");
    assert!((60..=122).contains(&taken), "{taken} of 120 taken");
}

#[tokio::test(start_paused = true)]
async fn a_share_is_a_part_of_the_limit() {
    let limiter = RateLimiters::new(Some(0.25)).limiter(&HUNDRED, "", "id").unwrap();
    for count in calls(&limiter, Duration::from_secs(10)).await.values() {
        assert!((23..=25).contains(count), "{count}");
    }
}

#[tokio::test(start_paused = true)]
async fn lanes_of_past_secret_ids_are_given_up() {
    let limiters = limiters();
    for number in 0..1000 {
        let limiter = limiters.limiter(&FIVE, "", &format!("id-{number}")).unwrap();
        limiter.acquire(clock::now(), far()).await.unwrap();
        tokio::time::advance(Duration::from_secs(10)).await;
    }
    assert!(limiters.limiters.len() <= KEPT_LIMITERS);
}

#[tokio::test(start_paused = true)]
async fn a_share_of_any_size_lets_one_call_go_and_panics_never() {
    for share in [1e-30, 1e-300, f64::MIN_POSITIVE, f64::from_bits(1)] {
        for action in [&HUNDRED, &FIVE] {
            let limiter = RateLimiters::new(Some(share)).limiter(action, "", "id").unwrap();
            limiter.acquire(clock::now(), far()).await.unwrap();
            limiter.slow_down();
            assert!(limiter.acquire(clock::now(), far()).await.is_err(), "{share}");
        }
    }
}
