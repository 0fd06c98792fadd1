//! What the limiters count with, to the nanosecond.

use super::*;

const NANOSECOND: Duration = Duration::from_nanos(1);
const MILLISECOND: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);

/// The time between two calls at a limit, of which a little is left unused.
fn interval(limit: f64) -> Duration {
    Duration::from_secs_f64(1.0 / (limit * 0.985))
}

fn about(rate: f64, expected: f64) {
    assert!((rate - expected).abs() < 1e-6, "{rate} is not {expected}");
}

#[test]
fn calls_are_one_interval_apart() {
    let start = clock::now();
    let mut rate = AdaptiveRate::new(10.0, start);
    assert_eq!(rate.take(start), None);
    let next = start + interval(10.0);
    assert_eq!(rate.take(next - NANOSECOND), Some(next));
    assert_eq!(rate.take(next), None);
    assert_eq!(rate.take(next), Some(next + interval(10.0)));
}

#[test]
fn a_timer_that_is_a_little_late_is_made_up_for() {
    let tolerance = 2 * MILLISECOND;
    for late in [Duration::ZERO, tolerance, tolerance + NANOSECOND, 9 * MILLISECOND] {
        let start = clock::now();
        let mut rate = AdaptiveRate::new(10.0, start);
        rate.take(start);
        let due = start + interval(10.0);
        assert_eq!(rate.take(due + late), None);
        let from = due + late.saturating_sub(tolerance);
        assert_eq!(rate.take(start), Some(from + interval(10.0)), "{late:?}");
    }
}

#[test]
fn no_more_is_made_up_for_than_one_interval() {
    let start = clock::now();
    let mut rate = AdaptiveRate::new(2000.0, start);
    rate.take(start);
    let late = start + 2 * interval(2000.0) + NANOSECOND;
    assert!(late < start + interval(2000.0) + 2 * MILLISECOND, "the lateness alone would be made up for");
    assert_eq!(rate.take(late), None);
    assert_eq!(rate.take(start), Some(late));
}

#[test]
fn signs_of_throttling_within_a_second_are_one() {
    let start = clock::now();
    let mut rate = AdaptiveRate::new(100.0, start);
    about(rate.slow_down(start).unwrap(), 98.5 / 2.0);
    assert_eq!(rate.slow_down(start + SECOND - NANOSECOND), None);
    // A twentieth of the full rate has come back by then.
    about(rate.slow_down(start + SECOND).unwrap(), 98.5 * (0.5 + 0.05) / 2.0);
}

#[test]
fn throttling_puts_the_next_call_off_and_never_earlier() {
    let start = clock::now();
    let mut rate = AdaptiveRate::new(100.0, start);
    rate.slow_down(start);
    assert_eq!(rate.take(start), Some(start + Duration::from_secs_f64(2.0 / 98.5)));
    let mut rate = AdaptiveRate::new(0.01, start);
    rate.take(start);
    let next = start + interval(0.01);
    rate.slow_down(start + SECOND);
    assert!(rate.take(start + SECOND).unwrap() > next);
}

#[test]
fn a_rate_recovers_by_a_twentieth_a_second_up_to_its_limit() {
    let start = clock::now();
    let mut rate = AdaptiveRate::new(100.0, start);
    rate.slow_down(start);
    assert!(!rate.is_recovered(start + 4 * SECOND));
    about(rate.rate(), 98.5 * 0.7);
    assert!(!rate.is_recovered(start + 9 * SECOND));
    assert!(rate.is_recovered(start + 11 * SECOND));
    about(rate.rate(), 98.5);
    assert!(rate.is_recovered(start + 100 * SECOND));
    about(rate.rate(), 98.5);
}

#[test]
fn throttling_leaves_a_twentieth_of_the_rate() {
    let start = clock::now();
    let mut rate = AdaptiveRate::new(100.0, start);
    let lowest = (0..100).filter_map(|second| rate.slow_down(start + second * SECOND)).reduce(f64::min);
    assert!(lowest.unwrap() >= 98.5 * 0.05, "{lowest:?}");
    // Where it halves as fast as it recovers.
    about(rate.rate(), 98.5 * 0.05);
}

#[test]
fn a_learned_rate_begins_at_half_of_what_was_taken_and_ends_at_twice() {
    let start = clock::now();
    let mut rate = AdaptiveRate::lowered(8.0, start);
    about(rate.rate(), 4.0);
    assert_eq!(rate.take(start), Some(start + SECOND / 4));
    assert_eq!(rate.slow_down(start), None, "it comes from a sign of throttling");
    assert!(!rate.is_recovered(start + 14 * SECOND));
    assert!(rate.is_recovered(start + 16 * SECOND));
    about(rate.rate(), 16.0);
}

#[test]
fn a_limiter_is_used_as_long_as_its_next_call_is_not_long_due() {
    let start = clock::now();
    let rate = AdaptiveRate::new(1.0, start);
    assert!(rate.is_used_since(start + SECOND - NANOSECOND, SECOND));
    assert!(!rate.is_used_since(start + SECOND, SECOND));
    let learned = Learned::new(start);
    assert!(learned.is_used_since(start + SECOND - NANOSECOND, SECOND));
    assert!(!learned.is_used_since(start + SECOND, SECOND));
}

#[test]
fn the_first_sign_tells_how_many_calls_were_taken_in_the_second_before() {
    for (at, taken) in [
        (Duration::ZERO, 9.0),
        (Duration::new(0, 999_999_999), 9.0),
        (Duration::new(1, 999_999_999), 9.0),
        // So long ago, they tell nothing.
        (2 * SECOND, 1.0),
    ] {
        let start = clock::now();
        let mut learned = Learned::new(start);
        for _ in 0..10 {
            assert!(learned.is_unlimited(start));
        }
        about(learned.slow_down(start + at), taken / 2.0);
    }
}

#[test]
fn calls_that_were_refused_together_each_lower_what_was_taken() {
    let start = clock::now();
    let mut learned = Learned::new(start);
    for _ in 0..10 {
        learned.is_unlimited(start);
    }
    about(learned.slow_down(start), 4.5);
    about(learned.slow_down(start + SECOND - NANOSECOND), 4.0);
    for _ in 0..20 {
        learned.slow_down(start + SECOND - NANOSECOND);
    }
    // One call a second is taken in any case.
    about(learned.slow_down(start + SECOND - NANOSECOND), 0.5);
}

#[test]
fn a_second_later_it_is_another_sign() {
    let start = clock::now();
    let mut learned = Learned::new(start);
    for _ in 0..10 {
        learned.is_unlimited(start);
    }
    about(learned.slow_down(start), 4.5);
    // Ten were sent in the second before this one as well, and one is refused.
    about(learned.slow_down(start + SECOND), 4.5);
}

#[test]
fn a_call_that_waits_for_its_turn_is_not_one_that_was_sent() {
    let start = clock::now();
    let mut learned = Learned::new(start);
    for _ in 0..10 {
        learned.is_unlimited(start);
    }
    learned.slow_down(start);
    assert!(!learned.is_unlimited(start));
    for _ in 0..100 {
        assert!(learned.take(start).is_some());
    }
    let next = learned.take(start).unwrap();
    assert_eq!(learned.take(next), None);
    assert!(learned.take(next).is_some());
    // Eleven at most, and one is refused.
    about(learned.slow_down(start + SECOND), 5.0);
}

#[tokio::test(start_paused = true)]
async fn a_turn_at_the_deadline_is_too_late() {
    for (after, is_there) in [(interval(5.0), false), (interval(5.0) + MILLISECOND, true)] {
        let start = clock::now();
        let limiter = limiters().limiter(&FIVE, "", "id").unwrap();
        limiter.acquire(start, far()).await.unwrap();
        assert_eq!(limiter.acquire(start, start + after).await.is_ok(), is_there, "{after:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_in_the_queue_gives_up_at_its_deadline() {
    let limiter = limiters().limiter(&FIVE, "", "id").unwrap();
    let start = clock::now();
    limiter.acquire(start, far()).await.unwrap();
    let before = tokio::spawn({
        let limiter = Arc::clone(&limiter);
        async move { limiter.acquire(start, far()).await.unwrap() }
    });
    tokio::task::yield_now().await;
    assert!(limiter.acquire(start, start + SECOND / 10).await.is_err());
    assert_eq!(clock::now() - start, SECOND / 10);
    assert!(before.await.unwrap() - start >= interval(5.0));
}

#[tokio::test(start_paused = true)]
async fn limiters_in_use_are_kept() {
    let limiters = limiters();
    let held = limiters.limiter(&FIVE, "", "held").unwrap();
    let idle = Arc::downgrade(&limiters.limiter(&FIVE, "", "idle").unwrap());
    tokio::time::advance(UNUSED).await;
    let recent = Arc::downgrade(&limiters.limiter(&FIVE, "", "recent").unwrap());
    for number in 0..KEPT_LIMITERS - 3 {
        limiters.limiter(&FIVE, "", &number.to_string()).unwrap();
    }
    assert!(idle.upgrade().is_some(), "there is room for {KEPT_LIMITERS}");
    limiters.limiter(&FIVE, "", "one more").unwrap();
    assert!(idle.upgrade().is_none());
    assert!(recent.upgrade().is_some());
    assert!(Arc::ptr_eq(&held, &limiters.limiter(&FIVE, "", "held").unwrap()));
}

#[tokio::test(start_paused = true)]
async fn a_limiter_says_whether_it_is_at_its_full_rate() {
    for action in [&FIVE, &UNPUBLISHED] {
        let limiter = limiters().limiter(action, "", "id").unwrap();
        assert!(limiter.is_at_full_rate(clock::now()));
        limiter.acquire(clock::now(), far()).await.unwrap();
        limiter.slow_down();
        assert!(!limiter.is_at_full_rate(clock::now()));
        assert!(limiter.is_at_full_rate(clock::now() + Duration::from_mins(1)));
    }
}
