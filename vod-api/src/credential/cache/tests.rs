//! The cache on a clock that stands still unless a test moves it.

use std::time::UNIX_EPOCH;

use tokio::task::{JoinSet, yield_now};

use super::*;
use crate::clock::testing::with_timers;
use crate::credential::scripted::{Scripted, Step};

const HOUR: Duration = Duration::from_hours(1);
const SECOND: Duration = Duration::from_secs(1);

struct Bench {
    clock: WallClock,
    /// When the test started, on both clocks.
    start: (tokio::time::Instant, SystemTime),
    provider: Arc<Scripted>,
    cache: Arc<Cache>,
}

impl Bench {
    fn new(script: impl FnOnce(SystemTime) -> Scripted) -> Self {
        let clock = WallClock::Own(Arc::new(with_timers()));
        let start = (crate::clock::now(), clock.now());
        let provider = Arc::new(script(start.1));
        let cache = Cache::new(Arc::clone(&provider) as Arc<dyn CredentialProvider>, clock.clone());
        Self { clock, start, provider, cache: Arc::new(cache) }
    }

    async fn id(&self) -> String {
        self.cache.signer().await.unwrap().credential().secret_id().to_owned()
    }

    /// Time goes on to this long after the start.
    async fn at(&self, time: Duration) {
        tokio::time::sleep_until(self.start.0 + time).await;
    }
}

/// A credential that is good for so long from the start of the test.
fn good_for(start: SystemTime, id: &str, time: Duration) -> Step {
    Step::Give(Credential::new(id, "k3y-text").with_token("t0ken-text").expiring_at(start + time))
}

/// So many margins before the end of an hour.
fn before_the_end(margins: f64) -> Duration {
    HOUR.saturating_sub(MARGIN.mul_f64(margins))
}

/// Lets tasks that wait for nothing run.
async fn settle() {
    for _ in 0..20 {
        yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_thousand_calls_wait_for_one_load() {
    let bench = Bench::new(|start| Scripted::new([good_for(start, "A", HOUR)]).taking(SECOND));
    let mut calls = JoinSet::new();
    for _ in 0..1000 {
        let cache = Arc::clone(&bench.cache);
        calls.spawn(async move { cache.signer().await.unwrap() });
    }
    let signers = calls.join_all().await;
    assert_eq!((signers.len(), bench.provider.asked()), (1000, 1));
    assert!(signers.iter().all(|signer| Arc::ptr_eq(signer, &signers[0])), "derived keys are shared");
}

#[tokio::test(start_paused = true)]
async fn it_is_replaced_in_the_background_before_it_expires() {
    let bench = Bench::new(|start| {
        Scripted::new([good_for(start, "A", HOUR), good_for(start, "B", 2 * HOUR)]).taking(SECOND)
    });
    assert_eq!(bench.id().await, "A");
    bench.at(before_the_end(1.3)).await;
    assert_eq!(bench.id().await, "A");
    settle().await;
    assert_eq!(bench.provider.asked(), 1, "too early for a refresh");

    bench.at(before_the_end(0.79)).await;
    let before = bench.clock.now();
    for _ in 0..100 {
        assert_eq!(bench.id().await, "A", "nobody waits while the old one is good");
    }
    assert_eq!(bench.clock.now(), before);
    settle().await;
    assert_eq!(bench.provider.asked(), 2, "one refresh for all of them");
    bench.at(before_the_end(0.7)).await;
    assert_eq!(bench.id().await, "B");
}

#[tokio::test(start_paused = true)]
async fn the_time_of_the_refresh_differs_between_processes() {
    let now = UNIX_EPOCH + HOUR;
    let times: Vec<Duration> = (0..50)
        .map(|_| now + HOUR)
        .map(|end| end.duration_since(Lifetime::ending(end, now).refresh_at).unwrap())
        .collect();
    assert!(times.iter().all(|margin| (MARGIN.mul_f64(0.79)..=MARGIN.mul_f64(1.21)).contains(margin)));
    assert!(times.iter().any(|margin| *margin != times[0]), "{times:?}");
    let short = Lifetime::ending(now + 40 * SECOND, now);
    assert!(short.refresh_at >= now + 28 * SECOND, "a short life is used for the most part");
}

#[tokio::test(start_paused = true)]
async fn a_refresh_that_fails_leaves_the_old_one_in_service_until_its_end() {
    let bench = Bench::new(|start| {
        let failures = (0..500).map(|_| Step::failed("service is down"));
        Scripted::new([good_for(start, "A", HOUR)].into_iter().chain(failures))
    });
    assert_eq!(bench.id().await, "A");
    let mut time = before_the_end(0.7);
    while time < HOUR {
        bench.at(time).await;
        assert_eq!(bench.id().await, "A");
        settle().await;
        time += SECOND;
    }
    let refreshes = bench.provider.asked() - 1;
    assert!((10..=30).contains(&refreshes), "pauses between refreshes that fail: {refreshes}");
    bench.at(HOUR).await;
    let error = bench.cache.signer().await.unwrap_err();
    assert_eq!(error.to_string(), "service is down");
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_not_kept() {
    let bench = Bench::new(|start| {
        Scripted::new([Step::failed("first"), Step::failed("second"), good_for(start, "A", HOUR)])
    });
    for expected in ["first", "second"] {
        assert_eq!(bench.cache.signer().await.unwrap_err().to_string(), expected);
    }
    assert_eq!(bench.id().await, "A");
}

#[tokio::test(start_paused = true)]
async fn calls_that_wait_for_a_load_share_its_failure() {
    let bench = Bench::new(|_| Scripted::new([Step::failed("down")]).taking(SECOND));
    let mut calls = JoinSet::new();
    for _ in 0..50 {
        let cache = Arc::clone(&bench.cache);
        calls.spawn(async move { cache.signer().await.unwrap_err().to_string() });
    }
    assert!(calls.join_all().await.iter().all(|error| error == "down"));
    assert_eq!(bench.provider.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn one_that_has_expired_is_waited_for() {
    let bench = Bench::new(|start| {
        Scripted::new([good_for(start, "A", HOUR), good_for(start, "B", 3 * HOUR)]).taking(SECOND)
    });
    assert_eq!(bench.id().await, "A");
    bench.at(2 * HOUR).await;
    assert_eq!(bench.id().await, "B");
    assert_eq!(bench.provider.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn one_without_an_end_is_never_replaced() {
    let bench = Bench::new(|_| Scripted::new([Step::Give(Credential::new("A", "k3y-text"))]));
    assert_eq!(bench.id().await, "A");
    bench.at(1000 * HOUR).await;
    assert_eq!(bench.id().await, "A");
    settle().await;
    assert_eq!(bench.provider.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn one_that_a_wrong_clock_calls_expired_still_serves_who_waits() {
    let bench = Bench::new(|start| {
        Scripted::new([good_for(start, "A", Duration::ZERO), good_for(start, "B", Duration::ZERO)])
    });
    assert_eq!(bench.id().await, "A");
    assert_eq!(bench.id().await, "B", "it is not kept");
}

#[tokio::test(start_paused = true)]
async fn cancelling_the_call_that_started_a_load_leaves_the_load_to_the_others() {
    let bench = Bench::new(|start| Scripted::new([good_for(start, "A", HOUR)]).taking(10 * SECOND));
    let cancelled = tokio::time::timeout(SECOND, bench.cache.signer()).await;
    assert!(cancelled.is_err());
    assert_eq!(bench.id().await, "A");
    assert_eq!(bench.provider.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_is_given_up_and_asked_again() {
    let bench = Bench::new(|start| Scripted::new([Step::Never, good_for(start, "A", HOUR)]));
    let started = bench.clock.now();
    let error = bench.cache.signer().await.unwrap_err();
    assert_eq!(error.to_string(), "no credential within 60s");
    assert_eq!(bench.clock.now(), started + LOAD_LIMIT);
    assert_eq!(bench.id().await, "A");
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_panics_poisons_nothing() {
    let bench = Bench::new(|start| Scripted::new([Step::Panic, Step::Panic, good_for(start, "A", HOUR)]));
    let error = bench.cache.signer().await.unwrap_err();
    assert_eq!(error.to_string(), "the provider `script` stopped in its middle");
    assert_eq!(bench.id().await, "A");
}

#[tokio::test(start_paused = true)]
async fn a_credential_that_can_not_work_is_refused() {
    let bench = Bench::new(|_| Scripted::new([Step::Give(Credential::new("A", "k3y-text "))]));
    let error = bench.cache.signer().await.unwrap_err();
    assert_eq!(error.to_string(), "the credential's secret key starts or ends with a blank");
}

#[tokio::test(start_paused = true)]
async fn a_load_ends_with_its_cache() {
    let bench = Bench::new(|_| Scripted::new([Step::Never]));
    let Bench { provider, cache, .. } = bench;
    assert!(tokio::time::timeout(SECOND, cache.signer()).await.is_err());
    assert_eq!(Arc::strong_count(&provider), 3, "the test, the cache and the load");
    drop(cache);
    settle().await;
    assert_eq!(Arc::strong_count(&provider), 1);
}

#[test]
fn a_load_on_a_runtime_that_was_shut_down_is_started_anew() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let credential = Step::Give(Credential::new("A", "k3y-text"));
    let provider = Arc::new(Scripted::new([Step::Never, credential]));
    let cache = Cache::new(Arc::clone(&provider) as Arc<dyn CredentialProvider>, WallClock::System);
    let first = runtime();
    first.block_on(async {
        assert!(tokio::time::timeout(Duration::from_millis(1), cache.signer()).await.is_err());
    });
    drop(first);
    let signer = runtime().block_on(cache.signer()).unwrap();
    assert_eq!((signer.credential().secret_id(), provider.asked()), ("A", 2));
}

#[tokio::test(start_paused = true)]
async fn a_load_on_a_runtime_that_stands_still_is_given_up() {
    let bench = Bench::new(|start| Scripted::new([Step::Never, good_for(start, "A", HOUR)]));
    assert!(tokio::time::timeout(SECOND, bench.cache.signer()).await.is_err());
    // As if its task were never polled again: nothing ends it, not even the limit on its time.
    bench.cache.shared.lock().load.as_mut().unwrap().lost_at = bench.clock.now() + SECOND;
    bench.at(2 * SECOND).await;
    assert_eq!(bench.id().await, "A");
    bench.at(2 * LOAD_LIMIT).await;
    assert_eq!(bench.id().await, "A", "the end of the lost one changes nothing");
}

#[tokio::test(start_paused = true)]
async fn a_renewal_replaces_what_the_service_refused_once_for_all_calls() {
    let bench = Bench::new(|start| {
        Scripted::new([good_for(start, "A", HOUR), good_for(start, "B", HOUR)]).taking(SECOND)
    });
    let old = bench.cache.signer().await.unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..100 {
        let (cache, old) = (Arc::clone(&bench.cache), Arc::clone(&old));
        calls.spawn(async move { cache.renew(old.credential()).await.unwrap() });
    }
    let new = calls.join_all().await;
    assert!(new.iter().all(|signer| signer.credential().secret_id() == "B"));
    // A call that was on its way for longer than the others.
    bench.cache.renew(old.credential()).await.unwrap();
    assert_eq!(bench.provider.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_fails_leaves_the_old_one_in_place() {
    let bench = Bench::new(|start| {
        Scripted::new([good_for(start, "A", HOUR), Step::failed("down"), good_for(start, "B", HOUR)])
    });
    let old = bench.cache.signer().await.unwrap();
    assert_eq!(bench.cache.renew(old.credential()).await.unwrap_err().to_string(), "down");
    assert_eq!(bench.id().await, "A");
    assert_eq!(bench.cache.renew(old.credential()).await.unwrap().credential().secret_id(), "B");
}

#[tokio::test(start_paused = true)]
async fn the_same_credential_with_a_later_end_keeps_its_derived_keys() {
    let bench = Bench::new(|start| {
        Scripted::new([
            good_for(start, "A", HOUR),
            good_for(start, "A", 3 * HOUR),
            good_for(start, "B", 9 * HOUR),
        ])
    });
    let first = bench.cache.signer().await.unwrap();
    bench.at(2 * HOUR).await;
    let second = bench.cache.signer().await.unwrap();
    assert!(Arc::ptr_eq(&first, &second));
    assert_eq!(bench.provider.asked(), 2);
    bench.at(4 * HOUR).await;
    let third = bench.cache.signer().await.unwrap();
    assert!(!Arc::ptr_eq(&second, &third));
}
