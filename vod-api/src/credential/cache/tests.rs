//! The cache on a clock that stands still unless a test moves it.

mod refusals;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::UNIX_EPOCH;

use http::HeaderMap;
use tokio::task::{JoinSet, yield_now};

use super::load::{LOAD_LIMIT, LOST};
use super::*;
use crate::clock::WallClock;
use crate::clock::skew::{SignedAt, Skew};
use crate::clock::testing::with_timers;
use crate::credential::test_support::{Scripted, Step};

const HOUR: Duration = Duration::from_hours(1);
const SECOND: Duration = Duration::from_secs(1);

fn cache_of(provider: &Arc<Scripted>, clock: WallClock) -> Cache {
    let provider = Arc::clone(provider) as Arc<dyn CredentialProvider>;
    Cache::new(provider, ServiceClock::new(clock, Arc::default()))
}

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
        let cache = cache_of(&provider, clock.clone());
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
    Step::Give(Credential::new(id, "k3y-text").with_token("t0ken-text").with_expiry(start + time))
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
        assert!(!bench.cache.has_loaded());
    }
    assert_eq!(bench.id().await, "A");
    assert!(bench.cache.has_loaded());
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
async fn one_that_a_wrong_clock_calls_expired_serves_until_the_service_refuses_it() {
    for past in [3600, 1, 0] {
        let bench = Bench::new(|start| {
            let end = start.checked_sub(Duration::from_secs(past)).unwrap();
            let expired = |id| Step::Give(Credential::new(id, "k3y-text").with_expiry(end));
            Scripted::new([expired("A"), expired("B"), Step::failed("down"), expired("C")])
        });
        for _ in 0..100 {
            assert_eq!(bench.id().await, "A");
            bench.at(bench.clock.now().duration_since(bench.start.1).unwrap() + 20 * SECOND).await;
        }
        settle().await;
        assert_eq!(bench.provider.asked(), 1, "one load for a hundred calls");

        let a = bench.cache.signer().await.unwrap();
        assert_eq!(bench.cache.renew(a.credential()).await.unwrap().signer.credential().secret_id(), "B");
        assert_eq!(bench.id().await, "B", "it is trusted in its turn");
        assert_eq!(bench.provider.asked(), 2);
        // What has been refused and is expired by the clock is not used again, also if there is nothing else.
        let b = bench.cache.signer().await.unwrap();
        bench.cache.renew(b.credential()).await.unwrap_err();
        assert_eq!(bench.id().await, "C");
        assert_eq!(bench.provider.asked(), 4);
    }
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_was_put_right_tells_when_a_credential_ends() {
    let machine = with_timers();
    let start = machine();
    // The machine's clock is three hours ahead of the service's, by which the credentials end.
    let ahead = 3 * HOUR;
    let provider =
        Arc::new(Scripted::new([good_for(start - ahead, "A", HOUR), good_for(start - ahead, "B", 9 * HOUR)]));
    let skew = Arc::new(Skew::default());
    let clock = ServiceClock::new(WallClock::Own(Arc::new(machine)), Arc::clone(&skew));
    let cache = Cache::new(Arc::clone(&provider) as Arc<dyn CredentialProvider>, clock);
    assert_eq!(cache.signer().await.unwrap().credential().secret_id(), "A");

    let local = start.duration_since(UNIX_EPOCH).unwrap().as_secs();
    let service = i64::try_from(local - ahead.as_secs()).unwrap();
    let date = time::OffsetDateTime::from_unix_timestamp(service).unwrap();
    let date = date.format(&time::format_description::well_known::Rfc2822).unwrap();
    let headers = HeaderMap::from_iter([(http::header::DATE, date.parse().unwrap())]);
    assert!(skew.refused(SignedAt { local, timestamp: local }, local, &headers));
    assert_eq!(cache.at_hand().unwrap().credential().secret_id(), "A");
    tokio::time::sleep(HOUR.saturating_sub(SECOND)).await;
    assert_eq!(cache.at_hand().unwrap().credential().secret_id(), "A");
    settle().await;
    assert_eq!(provider.asked(), 2, "it is refreshed before its end");
    tokio::time::sleep(2 * SECOND).await;
    assert_eq!(cache.at_hand().unwrap().credential().secret_id(), "B");
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
    assert_eq!(error.to_string(), "credential provider `script` panicked or its runtime was shut down");
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

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
}

/// The id of a credential without an end.
async fn id(cache: &Cache) -> String {
    cache.signer().await.unwrap().credential().secret_id().to_owned()
}

fn lasting(id: &str) -> Step {
    Step::Give(Credential::new(id, "k3y-text"))
}

#[test]
fn a_load_on_a_runtime_that_was_shut_down_is_started_anew() {
    let provider = Arc::new(Scripted::new([Step::Never, lasting("A")]));
    let cache = cache_of(&provider, WallClock::System);
    let first = runtime();
    first.block_on(async {
        assert!(tokio::time::timeout(Duration::from_millis(1), cache.signer()).await.is_err());
    });
    drop(first);
    assert_eq!(runtime().block_on(id(&cache)), "A");
    assert_eq!(provider.asked(), 2);
}

#[test]
fn a_load_on_a_runtime_that_nobody_drives_is_waited_for_a_moment_and_begun_again() {
    let provider = Arc::new(Scripted::new([Step::Never, lasting("A")]));
    let cache = Arc::new(cache_of(&provider, WallClock::System));
    let forgotten = runtime();
    forgotten.block_on(async {
        assert!(tokio::time::timeout(Duration::from_millis(1), cache.signer()).await.is_err());
    });
    runtime().block_on(async {
        let start = clock::now();
        let mut calls = JoinSet::new();
        for _ in 0..100 {
            let cache = Arc::clone(&cache);
            calls.spawn(async move { id(&cache).await });
        }
        assert!(calls.join_all().await.iter().all(|id| id == "A"));
        assert!(clock::now() - start <= LOST + SECOND, "{:?}", clock::now() - start);
    });
    assert_eq!(provider.asked(), 2, "once more for all of them");
    // Its end changes nothing.
    forgotten.block_on(async { tokio::time::sleep(2 * LOAD_LIMIT).await });
    assert_eq!(runtime().block_on(id(&cache)), "A");
}

#[test]
fn a_load_that_a_runtime_lost_twice_is_an_error_and_not_a_wait_without_end() {
    let provider = Arc::new(Scripted::new([Step::Panic, Step::Panic, lasting("A")]));
    let cache = cache_of(&provider, WallClock::System);
    runtime().block_on(async {
        let error = cache.signer().await.unwrap_err();
        assert_eq!(error.to_string(), "credential provider `script` panicked or its runtime was shut down");
    });
}

/// Between two calls nothing runs for a minute: the first one's load fails as soon as it runs again.
#[test]
fn a_load_that_was_frozen_between_calls_does_not_fail_the_next_call() {
    for frozen in [LOST, LOAD_LIMIT.saturating_sub(Duration::from_millis(1)), LOAD_LIMIT, 5 * LOAD_LIMIT] {
        let provider = Arc::new(Scripted::new([Step::Never, lasting("A")]));
        let cache = cache_of(&provider, WallClock::System);
        let runtime = runtime();
        runtime.block_on(async {
            assert!(tokio::time::timeout(Duration::from_millis(1), cache.signer()).await.is_err());
        });
        runtime.block_on(async {
            let call = cache.signer();
            tokio::time::advance(frozen).await;
            assert_eq!(call.await.unwrap().credential().secret_id(), "A", "{frozen:?}");
        });
    }
}

#[tokio::test(start_paused = true)]
async fn who_waited_while_the_process_was_frozen_begins_another_load() {
    let bench = Bench::new(|_| Scripted::new([Step::Never, lasting("A")]));
    let cache = Arc::clone(&bench.cache);
    let call = tokio::spawn(async move { id(&cache).await });
    settle().await;
    tokio::time::advance(LOAD_LIMIT).await;
    assert_eq!(call.await.unwrap(), "A");
    assert_eq!(bench.provider.asked(), 2);
}

/// The machine sleeps for an hour: the connection is gone, and the monotonic clock has not noticed.
#[tokio::test(start_paused = true)]
async fn a_load_that_fails_after_the_machine_slept_is_begun_again() {
    for (slept, asked) in [(3600, 2), (LOST.as_secs(), 2), (LOST.as_secs() - 1, 1), (0, 1)] {
        let jump = Arc::new(AtomicU64::new(0));
        let (timers, jumps) = (with_timers(), Arc::clone(&jump));
        let clock = move || timers() + Duration::from_secs(jumps.load(Ordering::SeqCst));
        let steps = [Step::failed("connection reset"), lasting("A")];
        let provider = Arc::new(Scripted::new(steps).taking(100 * Duration::from_millis(1)));
        let cache = Arc::new(cache_of(&provider, WallClock::Own(Arc::new(clock))));
        let waiting = Arc::clone(&cache);
        let call = tokio::spawn(async move { waiting.signer().await });
        settle().await;
        jump.store(slept, Ordering::SeqCst);
        assert_eq!(call.await.unwrap().is_ok(), asked == 2, "{slept}");
        assert_eq!(provider.asked(), asked, "{slept}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_provider_on_a_runtime_that_runs_is_not_lost() {
    let bench = Bench::new(|start| {
        Scripted::new([good_for(start, "A", HOUR)])
            .taking(LOAD_LIMIT.saturating_sub(Duration::from_millis(1)))
    });
    let mut calls = JoinSet::new();
    for delay in 0..59 {
        let cache = Arc::clone(&bench.cache);
        calls.spawn(async move {
            tokio::time::sleep(delay * SECOND).await;
            id(&cache).await
        });
    }
    assert!(calls.join_all().await.iter().all(|id| id == "A"));
    assert_eq!(bench.provider.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_lost_load_that_ends_after_all_does_not_replace_a_newer_credential() {
    let bench = Bench::new(|start| {
        Scripted::new([good_for(start, "old", HOUR), good_for(start, "new", HOUR)]).taking(SECOND)
    });
    let lost = {
        let (_, ticket) = bench.cache.shared.lock().join_or_reserve();
        ticket.unwrap()
    };
    let landing = |number| {
        let sender = tokio::sync::watch::channel(None).0;
        Landing { shared: Arc::downgrade(&bench.cache.shared), number, sender }
    };
    tokio::time::advance(LOST).await;
    let given = |id: &str| Ok(Credential::new(id, "k3y-text"));
    let (_, ticket) = bench.cache.shared.lock().join_or_reserve();
    let newer = ticket.unwrap();
    assert!(newer.instead_of.is_some() && newer.number != lost.number);
    landing(lost.number).land(given("lost"));
    assert_eq!(bench.id().await, "lost", "better than none");
    landing(newer.number).land(given("new"));
    assert_eq!(bench.id().await, "new");
    landing(lost.number).land(given("lost"));
    assert_eq!(bench.id().await, "new");
    assert!(bench.cache.shared.lock().load.is_none());
}

#[test]
fn a_call_without_a_runtime_does_not_panic_while_a_good_credential_is_due() {
    let start = UNIX_EPOCH + HOUR;
    let provider = Arc::new(Scripted::new([good_for(start, "A", HOUR), good_for(start, "B", 9 * HOUR)]));
    let now = Arc::new(AtomicU64::new(HOUR.as_secs()));
    let told = Arc::clone(&now);
    let clock = move || UNIX_EPOCH + Duration::from_secs(told.load(Ordering::SeqCst));
    let cache = cache_of(&provider, WallClock::Own(Arc::new(clock)));
    assert_eq!(runtime().block_on(id(&cache)), "A");
    now.store(2 * HOUR.as_secs() - 1, Ordering::SeqCst);
    assert_eq!(cache.at_hand().unwrap().credential().secret_id(), "A");
    assert!(cache.shared.lock().load.is_none());
}

/// A new task is dropped at once there, with what takes the lock in its end.
#[test]
fn a_load_that_is_begun_on_a_closed_runtime_leaves_no_lock_behind() {
    let provider = Arc::new(Scripted::new([lasting("A")]));
    let cache = Arc::new(cache_of(&provider, WallClock::System));
    let closed = runtime();
    let handle = closed.handle().clone();
    drop(closed);
    let (told, heard) = std::sync::mpsc::channel();
    let waiting = Arc::clone(&cache);
    std::thread::spawn(move || {
        let _inside = handle.enter();
        let _ = waiting.join_or_start();
        told.send(()).unwrap();
    });
    heard.recv_timeout(Duration::from_secs(30)).expect("it stands still");
    assert_eq!(runtime().block_on(id(&cache)), "A");
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
        calls.spawn(async move { cache.renew(old.credential()).await.unwrap().signer });
    }
    let new = calls.join_all().await;
    assert!(new.iter().all(|signer| signer.credential().secret_id() == "B"));
    // A call that was on its way for longer than the others.
    bench.cache.renew(old.credential()).await.unwrap();
    assert_eq!(bench.provider.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_gives_the_refused_one_again_is_not_asked_by_every_refusal() {
    let bench = Bench::new(|start| {
        Scripted::new([good_for(start, "A", HOUR), good_for(start, "A", HOUR), good_for(start, "B", HOUR)])
    });
    let refused = bench.cache.signer().await.unwrap();
    for _ in 0..100 {
        let again = bench.cache.renew(refused.credential()).await.unwrap().signer;
        assert!(again.credential().is_same(refused.credential()));
    }
    assert_eq!(bench.provider.asked(), 2);
    bench.at(SAME_AGAIN.saturating_sub(Duration::from_millis(1))).await;
    assert_eq!(bench.cache.renew(refused.credential()).await.unwrap().signer.credential().secret_id(), "A");
    bench.at(SAME_AGAIN).await;
    assert_eq!(bench.cache.renew(refused.credential()).await.unwrap().signer.credential().secret_id(), "B");
}

#[tokio::test(start_paused = true)]
async fn a_life_ends_at_its_end_and_a_pause_at_its_own() {
    let bench = Bench::new(|start| {
        Scripted::new([
            good_for(start, "A", HOUR),
            Step::failed("down"),
            Step::failed("down"),
            Step::failed("down"),
        ])
    });
    assert_eq!(bench.id().await, "A");
    bench.at(HOUR.saturating_sub(Duration::from_millis(1))).await;
    assert_eq!(bench.cache.at_hand().unwrap().credential().secret_id(), "A");
    settle().await;
    assert_eq!(bench.provider.asked(), 2);
    bench.cache.shared.lock().pause_until = Some(clock::now());
    assert!(bench.cache.at_hand().is_some());
    settle().await;
    assert_eq!(bench.provider.asked(), 3, "the pause is over at its end");
    bench.at(HOUR).await;
    assert!(bench.cache.at_hand().is_none(), "the life is over at its end");
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_fails_leaves_the_old_one_in_place() {
    let bench = Bench::new(|start| {
        Scripted::new([good_for(start, "A", HOUR), Step::failed("down"), good_for(start, "B", HOUR)])
    });
    let old = bench.cache.signer().await.unwrap();
    assert_eq!(bench.cache.renew(old.credential()).await.unwrap_err().to_string(), "down");
    assert_eq!(bench.id().await, "A");
    assert_eq!(bench.cache.renew(old.credential()).await.unwrap().signer.credential().secret_id(), "B");
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
