//! When calls are made: how many at a time, what holds them back, and what is counted of them.

use super::*;
use crate::action::Action as _;
use crate::vod::ConfirmEvents;

fn throttled() -> Cause {
    let error = Error::api("RequestLimitExceeded".to_owned(), String::new());
    Arc::new(error.with_action(ConfirmEvents::META))
}

fn asking_for(after: Duration) -> Cause {
    Arc::new(Error::new(ErrorKind::Connect, "").with_retry_after(Some(after)))
}

#[test]
fn confirmations_under_way_are_bounded_and_handles_gather_meanwhile() {
    for (rules, most) in [
        (Rules { concurrency: 256, ..rules() }, 16),
        (Rules { concurrency: 1, ..rules() }, 16),
        (Rules { concurrency: 2000, ..rules() }, 125),
        (Rules { concurrency: 2000, ..rules() }.at_rates(0, 1000, 1.0), 64),
    ] {
        let mut f = Fixture::new(rules);
        let mut sent = Vec::new();
        while sent.len() < most {
            for id in f.events(16) {
                f.now += ms(2);
                assert!(f.ledger.accept(id, f.now, true));
                if sent.len() < most {
                    sent.push(f.confirmation());
                }
            }
        }
        let gathered = f.ledger.confirms.fresh();
        let ids = f.events(16);
        for id in ids {
            assert!(f.ledger.accept(id, f.now, true));
        }
        f.now += ms(2);
        f.no_confirmation();
        let wake = f.ledger.wake_at(f.now);
        assert!(wake.is_none_or(|wake| wake > f.now), "awake although only an answer helps");
        f.answer(&sent[0], ConfirmOutcome::Confirmed);
        assert_eq!(
            f.confirmation().handles.len(),
            BATCH.min(gathered + 16),
            "one call takes what has gathered"
        );
        f.no_confirmation();
    }
}

#[test]
fn pulls_go_on_while_fewer_handles_wait_than_two_calls_take() {
    let mut f = Fixture::new(Rules { concurrency: 1000, ..rules() }.at_rates(0, 1, 1.0));
    let ids = f.events(16);
    f.accept(&ids);
    f.confirmation();
    let (first, second) = (f.events(16), f.events(16));
    f.accept(&first);
    f.accept(&second[..15]);
    let pull = f.pull();
    f.accept(&second[15..]);
    f.arrive(pull, 0);
    f.at(ms(500));
    assert_eq!(f.step(), None, "32 handles wait");
}

#[test]
fn pulls_stop_when_a_second_of_confirmations_is_not_resolved() {
    let mut f = Fixture::new(Rules { concurrency: 5000, ..rules() });
    for batch in 1..=100 {
        let ids = f.events(16);
        f.accept(&ids[..15]);
        if batch == 100 {
            f.ledger.confirms.flush();
            let rest = f.confirmation();
            f.answer(&rest, ConfirmOutcome::Ambiguous { retry_after: None });
            assert_eq!(f.ledger.confirming(), 1599);
            let pull = f.pull();
            f.arrive(pull, 0);
            f.at(SECOND / 20);
        }
        f.accept(&ids[15..]);
        let confirmation = f.confirmation();
        f.answer(&confirmation, ConfirmOutcome::Ambiguous { retry_after: None });
    }
    assert_eq!(f.ledger.confirming(), 1600);
    f.at(ms(149));
    while let Some(step) = f.step() {
        assert!(!matches!(step, Step::Pull(_)), "{step:?}");
    }
}

#[test]
fn the_next_pull_begins_while_half_of_what_others_bring_still_waits() {
    // With the number of pulls that may run, and how many events may wait for one more to begin.
    for (full, overlap) in [(1, 8), (2, 24), (3, 56)] {
        let mut f = Fixture::new(Rules { concurrency: 1000, max_concurrent_pulls: 64, ..rules() });
        for _ in 0..full {
            let pull = f.pull();
            f.arrive(pull, 16);
            f.deliver(16);
        }
        let pulls: Vec<PullId> = (0..1 << full).map(|_| f.pull()).collect();
        f.no_step();
        // Partial answers keep the number where it is as little as they can.
        let mut f = Waiting { f, pulls };
        f.wait_for(overlap + 1);
        f.f.no_step();
        f.f.deliver(1);
        assert!(matches!(f.f.step(), Some(Step::Pull(_))), "{overlap} wait");
    }
}

/// A ledger with events that nobody takes.
struct Waiting {
    f: Fixture,
    pulls: Vec<PullId>,
}

impl Waiting {
    /// Has that many events wait, without any change of how many pulls may run.
    fn wait_for(&mut self, count: usize) {
        let allowed = self.f.ledger.pulls.allowed();
        let most = self.pulls.len();
        for pull in self.pulls.drain(..) {
            self.f.arrive(pull, 16);
        }
        self.f.deliver(most * 16);
        self.f.ledger.pulls.set_allowed(allowed);
        while self.f.ledger.waiting() < count {
            let pull = self.f.pull();
            self.f.arrive(pull, 16);
            self.f.ledger.pulls.set_allowed(allowed);
        }
        self.f.deliver(self.f.ledger.waiting() - count);
    }
}

#[test]
fn a_failure_halves_the_pulls() {
    let mut f = Fixture::new(Rules { concurrency: 1000, max_concurrent_pulls: 6, ..rules() });
    for _ in 0..3 {
        let pull = f.pull();
        f.arrive(pull, 16);
        f.deliver(16);
    }
    let pulls: Vec<PullId> = (0..6).map(|_| f.pull()).collect();
    f.no_step();
    f.ledger.pull_failed(pulls[0], f.now, None, 1.0);
    f.at(SECOND).no_step();
    for pull in &pulls[1..4] {
        f.ledger.pulls.answered(*pull, f.now, 0);
        f.ledger.pulls.set_allowed(3);
    }
    f.pull();
    f.no_step();
}

#[test]
fn an_empty_answer_after_a_whole_second_was_a_long_poll() {
    let mut f = Fixture::new(rules());
    let pull = f.pull();
    f.at(SECOND).arrive(pull, 0);
    f.pull();
}

#[test]
fn the_service_says_when_to_pull_again() {
    for (asked, waits) in [(7 * SECOND, 7000), (ms(1), 200), (Duration::MAX, 3_600_000)] {
        let mut f = Fixture::new(rules());
        let pull = f.pull();
        f.ledger.pull_failed(pull, f.now, Some(asked), 1.0);
        f.at(ms(waits - 1)).no_step();
        f.at(ms(waits)).pull();
    }
}

#[test]
fn the_service_says_when_to_confirm_again() {
    for answer in [
        ConfirmOutcome::NotSent(asking_for(9 * SECOND)),
        ConfirmOutcome::Ambiguous { retry_after: Some(9 * SECOND) },
    ] {
        let mut f = Fixture::new(rules());
        let ids = f.events(16);
        f.accept(&ids);
        let confirmation = f.confirmation();
        f.answer(&confirmation, answer);
        f.at(ms(8999)).no_confirmation();
        f.at(9 * SECOND);
        assert_eq!(f.confirmation().ids, ids);
    }
}

#[test]
fn a_service_that_wants_silence_for_longer_than_handles_live_gets_it() {
    let mut f = Fixture::new(rules());
    let ids = f.events(16);
    f.accept(&ids);
    f.ledger.stop();
    let confirmation = f.confirmation();
    f.answer(&confirmation, ConfirmOutcome::NotSent(asking_for(Duration::MAX)));
    f.at(28 * SECOND).no_confirmation();
    assert!(f.outcomes().iter().all(|(_, outcome)| *outcome == "failed"));
    assert!(f.ledger.is_done());
}

#[test]
fn failed_and_throttled_calls_are_counted() {
    let mut f = Fixture::new(rules());
    let pull = f.pull();
    f.ledger.pull_failed(pull, f.now, None, 1.0);
    f.ledger.count_throttled();
    f.ledger.count_throttled();
    f.at(SECOND);
    let ids = f.events(16);
    f.accept(&ids);
    for answer in
        [ConfirmOutcome::NotSent(throttled()), ConfirmOutcome::NotSent(cause()), ConfirmOutcome::Confirmed]
    {
        let confirmation = f.confirmation();
        f.answer(&confirmation, answer);
        f.now += SECOND;
    }
    let counters = f.ledger.counters();
    assert_eq!((counters.pull_failures, counters.throttled), (1, 3));
    assert_eq!((counters.confirm_calls, counters.confirm_failures, counters.confirmed), (3, 2, 16));
}

#[test]
fn the_lag_counts_from_the_begin_of_the_pull() {
    let mut f = Fixture::new(rules());
    f.at(SECOND);
    let pull = f.pull();
    f.at(6 * SECOND).arrive(pull, 1);
    f.at(8 * SECOND);
    assert_eq!(f.ledger.deliver(f.now).unwrap().lag, 7 * SECOND);
}
