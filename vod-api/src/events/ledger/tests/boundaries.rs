//! What happens at a moment itself, and just before it.

use super::*;
use crate::events::ledger::call_rate::CallRate;
use crate::events::rules::Rate;

const NANOSECOND: Duration = Duration::from_nanos(1);

fn just_before(time: Duration) -> Duration {
    time.checked_sub(NANOSECOND).unwrap()
}

#[test]
fn at_its_deadline_an_event_is_late() {
    for (after, outcome, expired) in [(just_before(28 * SECOND), None, 0), (28 * SECOND, Some("expired"), 2)]
    {
        let mut f = Fixture::new(rules());
        let ids = f.events(2);
        f.at(after).accept(&ids[..1]);
        assert!(f.ledger.release(ids[1], f.now));
        let counters = f.ledger.counters();
        assert_eq!((counters.expired, counters.released), (expired, 1 - expired / 2), "{after:?}");
        let outcomes = f.outcomes();
        assert_eq!(outcomes.first().map(|(_, name)| *name), outcome, "{after:?}");
    }
}

#[test]
fn an_accepted_event_waits_for_its_confirmation_until_the_deadline() {
    let mut f = Fixture::new(Rules { confirm_rate: None, ..rules() });
    let ids = f.events(1);
    f.at(27 * SECOND).accept(&ids);
    let confirmation = f.confirmation();
    f.answer(&confirmation, ConfirmOutcome::NotSent(asking_for_silence()));
    f.at(just_before(28 * SECOND)).no_confirmation();
    assert_eq!(f.ledger.wake_at(f.now), Some(f.start + 28 * SECOND));
    assert!(f.outcomes().is_empty());
    f.at(28 * SECOND).no_confirmation();
    assert_eq!(f.outcomes(), [(ids[0], "failed")]);
    assert_eq!((f.ledger.counters().failed, f.ledger.confirming()), (1, 0));
}

fn asking_for_silence() -> Cause {
    Arc::new(Error::new(ErrorKind::Connect, "").with_retry_after(Some(60 * SECOND)))
}

#[test]
fn a_success_just_before_the_expiry_is_one() {
    for (after, outcome) in [(just_before(30 * SECOND), "confirmed"), (30 * SECOND, "unknown")] {
        let mut f = Fixture::new(rules());
        let ids = f.events(1);
        f.at(27 * SECOND).accept(&ids);
        let confirmation = f.confirmation();
        f.at(after).answer(&confirmation, ConfirmOutcome::Confirmed);
        assert_eq!(f.outcomes(), [(ids[0], outcome)]);
    }
}

/// A machine that sleeps while a call is under way lets its handles expire.
#[test]
fn a_refusal_from_the_expiry_on_says_nothing_against_the_handle() {
    for (after, outcome) in [(just_before(30 * SECOND), "rejected"), (30 * SECOND, "expired")] {
        let mut f = Fixture::new(rules());
        let ids = f.events(1);
        f.at(27 * SECOND).accept(&ids);
        let confirmation = f.confirmation();
        f.at(after).answer(&confirmation, ConfirmOutcome::Refused(cause()));
        assert_eq!(f.outcomes(), [(ids[0], outcome)]);
        let counters = f.ledger.counters();
        assert_eq!(counters.rejected + counters.expired, 1);
    }
}

#[test]
fn a_part_of_a_refused_batch_that_is_refused_late_may_have_been_confirmed_with_the_batch() {
    let mut f = Fixture::new(Rules { confirm_rate: None, ..rules() });
    let ids = f.events(2);
    f.at(27 * SECOND).accept(&ids);
    f.ledger.stop();
    let both = f.confirmation();
    f.answer(&both, ConfirmOutcome::Refused(cause()));
    let (first, second) = (f.confirmation(), f.confirmation());
    f.answer(&first, ConfirmOutcome::Confirmed);
    f.at(30 * SECOND).answer(&second, ConfirmOutcome::Refused(cause()));
    assert_eq!(f.outcomes(), [(ids[0], "confirmed"), (ids[1], "unknown")]);
    assert!(f.ledger.is_done());
}

#[test]
fn an_attempt_ends_with_the_first_of_its_handles_or_after_five_seconds() {
    let mut f = Fixture::new(Rules { concurrency: 100, ..rules() });
    let early = f.events(1);
    f.at(10 * SECOND);
    while f.step().is_some() {}
    let pull = PullId(f.ledger.counters().pull_calls);
    f.arrive(pull, 1);
    let late = f.deliver(1);
    f.at(26 * SECOND).accept(&early);
    f.accept(&late);
    let confirmation = f.confirmation();
    assert_eq!(confirmation.ids.len(), 2);
    assert_eq!(confirmation.until, f.start + 30 * SECOND);
    let mut f = Fixture::new(rules());
    let ids = f.events(16);
    f.accept(&ids);
    assert_eq!(f.confirmation().until, f.start + 5 * SECOND);
}

#[test]
fn a_waiting_event_is_looked_at_when_it_has_waited_too_long() {
    let mut f = Fixture::new(Rules { concurrency: 1, ..rules() });
    let pull = f.pull();
    f.arrive(pull, 1);
    f.no_step();
    assert_eq!(f.ledger.wake_at(f.now), Some(f.start + 23 * SECOND));
    f.at(just_before(23 * SECOND));
    assert!(f.ledger.deliver(f.now).is_some());
    f.ledger.stop();
    f.no_step();
    // It takes no room from a pull any more, and is reported when it hangs.
    assert_eq!(f.ledger.wake_at(f.now), Some(f.now + 30 * SECOND));
}

#[test]
fn the_lag_is_that_of_the_oldest_event_wherever_it_is() {
    let mut f = Fixture::new(Rules { concurrency: 100, ..rules() });
    assert_eq!(f.ledger.lag(f.now), Duration::ZERO);
    let pull = f.pull();
    f.at(SECOND).arrive(pull, 1);
    assert_eq!(f.ledger.lag(f.now), SECOND, "it waits");
    f.at(2 * SECOND);
    let old = f.deliver(1);
    assert_eq!(f.ledger.lag(f.now), 2 * SECOND, "it is in flight");
    while f.step().is_some() {}
    f.at(3 * SECOND);
    f.accept(&old);
    assert_eq!(f.ledger.lag(f.now), 3 * SECOND, "it is queued");
    f.at(4 * SECOND);
    let confirmation = f.confirmation();
    assert_eq!(f.ledger.lag(f.now), 4 * SECOND, "its call is under way");
    f.answer(&confirmation, ConfirmOutcome::Ambiguous { retry_after: None });
    f.events_in_open_pull(1);
    f.at(4 * SECOND + ms(50));
    assert_eq!(f.ledger.lag(f.now), f.now - f.start, "its call is to be repeated");
    f.at(5 * SECOND);
    let again = f.confirmation();
    f.answer(&again, ConfirmOutcome::Confirmed);
    assert_eq!(f.ledger.lag(f.now), 3 * SECOND, "that of the next one, whose pull began at 2 s");
}

#[test]
fn of_equal_deadlines_what_is_repeated_goes_first() {
    let mut f = Fixture::new(rules());
    let ids = f.events(4);
    f.accept(&ids[2..]);
    f.at(ms(50));
    let first = f.confirmation();
    f.answer(&first, ConfirmOutcome::Ambiguous { retry_after: None });
    f.at(ms(99)).accept(&ids[..2]);
    f.at(ms(150));
    assert_eq!(f.confirmation().ids, &ids[2..]);
    assert_eq!(f.confirmation().ids, &ids[..2]);
}

#[test]
fn an_ambiguous_attempt_is_repeated_once_more_rather_than_not_at_all() {
    for (at, waits) in [(ms(27_899), 100), (ms(27_900), 0), (ms(27_990), 0)] {
        let mut f = Fixture::new(rules());
        let ids = f.events(1);
        f.at(27 * SECOND).accept(&ids);
        let confirmation = f.confirmation();
        f.at(at).answer(&confirmation, ConfirmOutcome::Ambiguous { retry_after: None });
        if waits > 0 {
            f.no_confirmation();
            f.at(at + ms(waits));
        }
        assert_eq!(f.confirmation().ids, ids, "{at:?}");
    }
}

#[test]
fn repeated_attempts_wait_longer_and_longer_until_one_reaches_the_service() {
    let mut f = Fixture::new(rules());
    let ids = f.events(1);
    f.accept(&ids);
    f.at(SECOND);
    for wait in [100, 200, 400] {
        let confirmation = f.confirmation();
        f.answer(&confirmation, ConfirmOutcome::NotSent(cause()));
        f.now += ms(wait - 1);
        f.no_confirmation();
        f.now += ms(1);
    }
    for wait in [100, 200, 400, 800, 1600, 2000, 2000] {
        let confirmation = f.confirmation();
        f.answer(&confirmation, ConfirmOutcome::Ambiguous { retry_after: None });
        f.now += ms(wait - 1);
        f.no_confirmation();
        f.now += ms(1);
    }
    // The service was reached in between.
    let confirmation = f.confirmation();
    f.answer(&confirmation, ConfirmOutcome::NotSent(cause()));
    f.now += ms(99);
    f.no_confirmation();
    f.now += ms(1);
    f.confirmation();
}

#[test]
fn failures_of_pulls_in_a_row_end_with_an_answer() {
    let mut f = Fixture::new(rules());
    for (wait, then_answered) in [(200, false), (400, true), (200, false)] {
        let pull = f.pull();
        f.ledger.pull_failed(pull, f.now, None, 1.0);
        f.now += ms(wait - 1);
        f.no_step();
        f.now += ms(1);
        if then_answered {
            let pull = f.pull();
            f.now += SECOND;
            f.arrive(pull, 0);
        }
    }
}

#[test]
fn empty_answers_in_a_row_end_with_events_or_a_long_poll() {
    for events in [0, 1] {
        let mut f = Fixture::new(rules());
        for wait in [100, 200, 400, 800, 1600, 2000, 2000] {
            let pull = f.pull();
            f.arrive(pull, 0);
            f.now += ms(wait - 1);
            f.no_step();
            f.now += ms(1);
        }
        let pull = f.pull();
        f.now += if events == 0 { SECOND } else { ms(1) };
        f.arrive(pull, events);
        f.deliver(usize::try_from(events).unwrap());
        let pull = f.pull();
        f.now += just_before(SECOND);
        f.arrive(pull, 0);
        f.now += ms(99);
        f.no_step();
        f.now += ms(1);
        f.pull();
    }
}

#[test]
fn a_group_loses_the_handles_that_are_late_and_keeps_the_others() {
    let mut f = Fixture::new(Rules { concurrency: 100, ..rules() });
    let early = f.events(1);
    f.at(SECOND);
    let late = f.events(1);
    f.at(2 * SECOND);
    let latest = f.events(1);
    f.at(20 * SECOND);
    f.accept(&[early[0], late[0], latest[0]]);
    f.at(21 * SECOND);
    let confirmation = f.confirmation();
    assert_eq!(confirmation.ids, [early[0], late[0], latest[0]]);
    f.answer(&confirmation, ConfirmOutcome::Ambiguous { retry_after: Some(SECOND * 7) });
    f.at(28 * SECOND);
    assert_eq!(f.confirmation().ids, [late[0], latest[0]]);
    assert_eq!(f.outcomes(), [(early[0], "unknown")]);
    assert_eq!(f.ledger.confirming(), 2);
}

#[test]
fn what_could_not_be_confirmed_in_time_is_named_by_what_is_known() {
    let silence = || Some(60 * SECOND);
    let not_sent = ConfirmOutcome::NotSent(asking_for_silence());
    let ambiguous = ConfirmOutcome::Ambiguous { retry_after: silence() };
    for (answer, outcome) in [(None, "expired"), (Some(not_sent), "failed"), (Some(ambiguous), "unknown")] {
        let mut f = Fixture::new(Rules { linger: 10 * SECOND, urgency: Duration::ZERO, ..rules() });
        let ids = f.events(1);
        match answer {
            Some(answer) => {
                f.at(27 * SECOND);
                assert!(f.ledger.accept(ids[0], f.now, true));
                let confirmation = f.confirmation();
                f.answer(&confirmation, answer);
            }
            None => f.at(27 * SECOND).accept(&ids),
        }
        f.at(28 * SECOND).no_confirmation();
        assert_eq!(f.outcomes(), [(ids[0], outcome)]);
    }
    // A batch that was refused may have been confirmed in part.
    let mut f = Fixture::new(rules());
    let ids = f.events(2);
    f.at(27 * SECOND).accept(&ids);
    let confirmation = f.confirmation();
    f.answer(&confirmation, ConfirmOutcome::Refused(cause()));
    f.at(28 * SECOND).no_confirmation();
    assert_eq!(f.outcomes(), [(ids[0], "unknown"), (ids[1], "unknown")]);
}

#[test]
fn abandoning_names_each_event_by_what_is_known() {
    let mut f = Fixture::new(Rules { concurrency: 100, ..rules() });
    let (sent, ambiguous, refused) = (f.events(2), f.events(1), f.events(2));
    for (ids, answer) in [
        (&sent, None),
        (&ambiguous, Some(ConfirmOutcome::Ambiguous { retry_after: None })),
        (&refused, Some(ConfirmOutcome::Refused(cause()))),
    ] {
        f.accept(ids);
        f.now += ms(50);
        let confirmation = f.confirmation();
        assert_eq!(confirmation.ids, *ids);
        if let Some(answer) = answer {
            f.answer(&confirmation, answer);
        }
    }
    f.ledger.abandon(f.now);
    let outcomes = f.outcomes();
    assert_eq!(outcomes.len(), 5);
    assert!(outcomes.iter().all(|(_, outcome)| *outcome == "unknown"), "{outcomes:?}");
    assert_eq!(f.ledger.confirming(), 0);
}

#[test]
fn a_refused_batch_is_sent_in_four_parts() {
    for (handles, parts) in [(2, &[1, 1][..]), (5, &[2, 2, 1]), (15, &[4, 4, 4, 3]), (16, &[4, 4, 4, 4])] {
        let mut f = Fixture::new(rules());
        let ids = f.events(handles);
        f.accept(&ids);
        f.at(ms(50));
        let confirmation = f.confirmation();
        f.answer(&confirmation, ConfirmOutcome::Refused(cause()));
        let mut sizes: Vec<usize> = parts.iter().map(|_| f.confirmation().ids.len()).collect();
        f.no_confirmation();
        sizes.sort_unstable_by(|one, other| other.cmp(one));
        assert_eq!(sizes, parts, "{handles}");
    }
}

#[test]
fn an_urgent_confirmation_waits_no_longer_than_until_it_is() {
    let mut f = Fixture::new(rules());
    let ids = f.events(1);
    f.at(ms(25_970)).accept(&ids);
    f.at(ms(25_999)).no_confirmation();
    assert_eq!(f.ledger.wake_at(f.now), Some(f.start + 26 * SECOND));
    f.at(26 * SECOND);
    assert_eq!(f.confirmation().ids, ids);
}

#[test]
fn what_is_counted() {
    let mut f = Fixture::new(rules());
    let pull = f.pull();
    f.at(SECOND).arrive(pull, 0);
    let pull = f.pull();
    f.arrive(pull, 2);
    assert_eq!((f.ledger.waiting(), f.ledger.in_flight()), (2, 0));
    let ids = f.deliver(2);
    assert_eq!((f.ledger.waiting(), f.ledger.in_flight()), (0, 2));
    assert_eq!(f.ledger.in_flight_in_time(f.now), (2, Some(f.start + 29 * SECOND)));
    for (id, latency) in [(ids[0], ms(700)), (ids[1], ms(300))] {
        assert!(f.ledger.accept(id, f.now, true));
        let confirmation = f.confirmation();
        f.now += latency;
        f.answer(&confirmation, ConfirmOutcome::Confirmed);
    }
    let counters = f.ledger.counters();
    assert_eq!((counters.empty_pulls, counters.filled_pulls), (1, 1));
    assert_eq!((counters.pulled, counters.confirmed, counters.confirm_failures), (2, 2, 0));
    assert_eq!(counters.slowest_confirmation, ms(700));
    assert_eq!((f.ledger.waiting(), f.ledger.in_flight(), f.ledger.confirming()), (0, 0, 0));
}

#[test]
fn what_a_pull_brings_that_was_given_up_is_left() {
    let mut f = Fixture::new(rules());
    let pull = f.pull();
    f.ledger.stop();
    let arrivals = vec![Arrival { handle: "1".to_owned(), payload: 1, admission: Admission::Deliver }];
    assert!(f.ledger.pulled(pull, f.now, arrivals).is_empty());
    f.ledger.pull_failed(pull, f.now, None, 1.0);
    assert_eq!((f.ledger.counters().pulled, f.ledger.waiting()), (0, 0));
    assert!(f.ledger.is_done() && f.ledger.is_stopped());
}

#[test]
fn the_pauses_between_reports_double_up_to_ten_minutes() {
    let mut f = Fixture::new(rules());
    let ids = f.events(1);
    while f.step().is_some() {}
    f.at(ms(500));
    f.events_in_open_pull(1);
    let mut reports = Vec::new();
    for half_second in 1..5000_u64 {
        f.at(ms(half_second * 500));
        while f.step().is_some() {}
        if let Some(Hanging { count, .. }) = f.ledger.take_hanging() {
            reports.push((half_second / 2, count));
        }
    }
    assert_eq!(reports, [(30, 1), (60, 2), (120, 2), (240, 2), (480, 2), (960, 2), (1560, 2), (2160, 2)]);
    assert!(f.ledger.release(ids[0], f.now));
}

const HUNDRED: Rate = Rate { calls: 100, within: SECOND };
const INTERVAL: Duration = Duration::from_millis(10);

#[test]
fn a_rate_makes_up_for_four_calls_at_twice_its_speed() {
    let start = clock::now();
    let mut rate = CallRate::new(Some(HUNDRED));
    assert!(rate.is_ready(start) && rate.ready_at().is_none());
    rate.record_call(start);
    assert_eq!(rate.ready_at(), Some(start + INTERVAL));
    let mut now = start + 10 * SECOND;
    let mut pauses = Vec::new();
    for _ in 0..10 {
        rate.record_call(now);
        let next = rate.ready_at().unwrap();
        assert!(rate.is_ready(next) && !rate.is_ready(next - NANOSECOND));
        pauses.push((next - now).as_millis());
        now = next;
    }
    assert_eq!(pauses, [5, 5, 5, 5, 5, 5, 5, 5, 10, 10]);
}

#[test]
fn no_period_has_more_than_its_calls() {
    let start = clock::now() + 100 * SECOND;
    let mut rate = CallRate::new(Some(Rate { calls: 2, within: SECOND }));
    rate.record_call(start - 50 * SECOND);
    rate.record_call(start);
    assert_eq!(rate.ready_at(), Some(start + SECOND / 4));
    rate.record_call(start + SECOND / 4);
    assert_eq!(rate.ready_at(), Some(start + SECOND));
    rate.record_call(start + SECOND);
    assert_eq!(rate.ready_at(), Some(start + SECOND * 5 / 4));
}
