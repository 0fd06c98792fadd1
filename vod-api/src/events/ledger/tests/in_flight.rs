//! Events that the application keeps: they take no room once they are late, and they are reported.

use super::*;

const MINUTE: Duration = Duration::from_mins(1);

#[test]
fn whatever_hangs_a_pull_begins_when_it_is_late() {
    for (concurrency, hung) in [(1, 16), (16, 31), (20, 35), (64, 79), (200, 215)] {
        let mut f = Fixture::new(Rules { concurrency, ..rules() });
        let mut held = 0;
        while held < hung {
            match f.step() {
                Some(Step::Pull(pull)) => {
                    f.arrive(pull, 16.min(hung - held));
                    held += 16.min(hung - held);
                    f.deliver(f.ledger.waiting());
                }
                _ => break,
            }
        }
        f.no_step();
        let wake = f.ledger.wake_at(f.now).unwrap();
        assert_eq!(wake, f.start + 28 * SECOND, "{hung} of {concurrency}");
        f.at(ms(27_999)).no_step();
        f.at(28 * SECOND).pull();
        assert_eq!(f.ledger.in_flight_in_time(f.now), (0, None));
    }
}

#[test]
fn there_is_room_for_a_batch_as_soon_as_one_place_is_free() {
    for (concurrency, held) in [(1, 0), (2, 1), (16, 15), (20, 19), (64, 63)] {
        let mut f = Fixture::new(Rules { concurrency, ..rules() });
        let mut ids = Vec::new();
        while ids.len() <= held {
            ids.extend(f.events(16.min((held + 1 - ids.len()) as u64)));
        }
        f.no_step();
        f.ledger.release(ids[0], f.now);
        f.pull();
        f.no_step();
    }
}

#[test]
fn a_late_event_can_still_be_ended_and_counts_once() {
    let mut f = Fixture::new(rules());
    let ids = f.events(3);
    f.at(40 * SECOND);
    f.step();
    f.accept(&ids[..1]);
    assert!(f.ledger.release(ids[1], f.now));
    assert_eq!(f.outcomes(), [(ids[0], "expired")]);
    let counters = f.ledger.counters();
    assert_eq!((counters.expired, counters.released, f.ledger.in_flight()), (2, 0, 1));
    f.ledger.abandon(f.now);
    assert_eq!(f.ledger.counters().abandoned, 1);
    assert!(f.ledger.is_done());
}

#[test]
fn hanging_events_are_reported_with_growing_pauses() {
    let mut f = Fixture::new(rules());
    let ids = f.events(2);
    let report = |f: &mut Fixture, after| {
        f.at(after);
        while f.step().is_some() {}
        f.ledger.take_hanging()
    };
    assert_eq!(report(&mut f, ms(29_999)), None);
    assert_eq!(f.ledger.wake_at(f.now), Some(f.start + 30 * SECOND));
    assert_eq!(report(&mut f, 30 * SECOND), Some(Hanging { count: 2, longest: 30 * SECOND }));
    f.ledger.release(ids[1], f.now);
    assert_eq!(report(&mut f, 59 * SECOND), None);
    assert_eq!(report(&mut f, MINUTE), Some(Hanging { count: 1, longest: MINUTE }));
    assert_eq!(report(&mut f, ms(119_999)), None);
    let mut told = Vec::new();
    for second in 120..7200 {
        told.extend(report(&mut f, second * SECOND));
    }
    assert!((10..20).contains(&told.len()), "{} reports in two hours", told.len());
    assert!(told.iter().all(|hanging| hanging.count == 1));
    f.ledger.release(ids[0], f.now);
    assert_eq!(report(&mut f, 7300 * SECOND), None);
}

#[test]
fn a_new_hang_is_reported_as_soon_as_the_first_one() {
    let mut f = Fixture::new(rules());
    let first = f.events(1);
    f.at(10 * MINUTE);
    while f.step().is_some() {}
    assert!(f.ledger.take_hanging().is_some());
    f.ledger.release(first[0], f.now);
    while f.step().is_some() {}
    f.events_in_open_pull(1);
    f.now += 30 * SECOND;
    while f.step().is_some() {}
    assert_eq!(f.ledger.take_hanging(), Some(Hanging { count: 1, longest: 30 * SECOND }));
}
