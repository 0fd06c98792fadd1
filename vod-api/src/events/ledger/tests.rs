//! What the ledger does, rule by rule.

mod boundaries;
mod calls;
mod in_flight;
mod splits;

use super::*;
use crate::clock;
use crate::error::ErrorKind;

const SECOND: Duration = Duration::from_secs(1);

fn cause() -> Cause {
    Arc::new(Error::new(ErrorKind::Api, "refused"))
}

fn rules() -> Rules {
    Rules::default()
}

/// A ledger with a clock, and pulls that are answered by hand.
struct Fixture {
    ledger: Ledger<u64>,
    start: Instant,
    now: Instant,
    events: u64,
}

impl Fixture {
    fn new(rules: Rules) -> Self {
        let mut ledger = Ledger::new(rules);
        ledger.want();
        let start = clock::now();
        Self { ledger, start, now: start, events: 0 }
    }

    fn at(&mut self, after: Duration) -> &mut Self {
        self.now = self.start + after;
        self
    }

    fn step(&mut self) -> Option<Step> {
        self.ledger.step(self.now)
    }

    fn pull(&mut self) -> PullId {
        match self.step() {
            Some(Step::Pull(pull)) => pull,
            other => panic!("no pull but {other:?}"),
        }
    }

    fn no_step(&mut self) {
        assert_eq!(self.step(), None);
        let wake = self.ledger.wake_at(self.now);
        assert!(wake.is_none_or(|wake| wake > self.now), "nothing to do, yet awake at once");
    }

    fn arrive(&mut self, pull: PullId, count: u64) {
        let arrivals = (self.events..self.events + count).map(|number| Arrival {
            handle: number.to_string(),
            payload: number,
            admission: Admission::Deliver,
        });
        self.events += count;
        self.ledger.pulled(pull, self.now, arrivals.collect());
    }

    fn deliver(&mut self, count: usize) -> Vec<EventId> {
        (0..count).map(|_| self.ledger.deliver(self.now).unwrap().id).collect()
    }

    /// Pulls a number of events and has them delivered.
    fn events(&mut self, count: u64) -> Vec<EventId> {
        let pull = self.pull();
        self.arrive(pull, count);
        self.deliver(usize::try_from(count).unwrap())
    }

    fn accept(&mut self, ids: &[EventId]) {
        for id in ids {
            assert!(self.ledger.accept(*id, self.now, false));
        }
    }

    fn confirmation(&mut self) -> Confirmation {
        loop {
            match self.step() {
                Some(Step::Confirm(confirmation)) => return confirmation,
                Some(Step::Pull(_)) => {}
                None => panic!("no confirmation"),
            }
        }
    }

    fn no_confirmation(&mut self) {
        while let Some(step) = self.step() {
            assert!(matches!(step, Step::Pull(_)), "{step:?}");
        }
    }

    fn answer(&mut self, confirmation: &Confirmation, answer: ConfirmOutcome) {
        self.ledger.confirm_answered(confirmation.batch, self.now, answer, 1.0);
    }

    fn outcomes(&mut self) -> Vec<(EventId, &'static str)> {
        let resolved = self.ledger.take_resolved();
        resolved.into_iter().map(|resolved| (resolved.id, name(&resolved.outcome))).collect()
    }
}

fn name(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Confirmed => "confirmed",
        Outcome::Expired => "expired",
        Outcome::Rejected(_) => "rejected",
        Outcome::Failed(_) => "failed",
        Outcome::Unknown => "unknown",
        Outcome::Abandoned => "abandoned",
    }
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

#[test]
fn nothing_is_pulled_before_anybody_wants_it() {
    let mut ledger: Ledger<()> = Ledger::new(rules());
    let now = clock::now();
    assert_eq!(ledger.step(now), None);
    assert_eq!(ledger.wake_at(now), None);
    ledger.want();
    assert!(matches!(ledger.step(now), Some(Step::Pull(_))));
}

#[test]
fn the_deadline_counts_from_before_the_pull() {
    let mut f = Fixture::new(rules());
    let pull = f.pull();
    f.at(5 * SECOND).arrive(pull, 1);
    let delivered = f.ledger.deliver(f.now).unwrap();
    assert_eq!(delivered.deadline, f.start + 28 * SECOND);
}

#[test]
fn no_pull_without_room_for_a_whole_batch() {
    let mut f = Fixture::new(Rules { concurrency: 25, ..rules() });
    let first = f.events(16);
    f.events(16);
    f.no_step();
    for id in &first[..7] {
        f.ledger.release(*id, f.now);
    }
    f.no_step();
    f.ledger.release(first[7], f.now);
    f.pull();
    f.no_step();
}

#[test]
fn a_single_slot_gets_a_batch_when_it_is_free() {
    let mut f = Fixture::new(Rules { concurrency: 1, ..rules() });
    let pull = f.pull();
    f.arrive(pull, 2);
    f.no_step();
    let ids = f.deliver(2);
    f.no_step();
    f.ledger.release(ids[0], f.now);
    f.ledger.release(ids[1], f.now);
    f.pull();
}

#[test]
fn an_event_that_waited_too_long_is_released() {
    let mut f = Fixture::new(rules());
    let pull = f.pull();
    f.arrive(pull, 3);
    f.at(22 * SECOND + ms(999));
    f.deliver(1);
    f.at(23 * SECOND);
    assert!(f.ledger.deliver(f.now).is_none());
    let counters = f.ledger.counters();
    assert_eq!((counters.released, counters.overdue), (2, 2));
    let dropped = f.ledger.take_dropped().into_iter().map(|(_, payload)| payload);
    assert_eq!(dropped.collect::<Vec<_>>(), [1, 2], "what was not delivered is given back");
    assert_eq!(f.ledger.take_dropped(), []);
}

#[test]
fn polls_multiply_with_the_backlog_and_one_stays_when_it_is_gone() {
    let mut f = Fixture::new(Rules { concurrency: 1000, max_concurrent_pulls: 4, ..rules() });
    let pull = f.pull();
    f.no_step();
    f.arrive(pull, 16);
    f.deliver(16);
    let (second, third) = (f.pull(), f.pull());
    f.no_step();
    f.arrive(second, 16);
    f.deliver(16);
    let rest = [f.pull(), f.pull(), f.pull()];
    f.no_step();
    f.at(5 * SECOND).arrive(third, 0);
    for pull in rest {
        f.arrive(pull, 0);
    }
    f.pull();
    f.no_step();
}

#[test]
fn an_empty_answer_that_came_at_once_is_not_repeated_at_once() {
    let mut f = Fixture::new(rules());
    let pull = f.pull();
    f.arrive(pull, 0);
    f.no_step();
    f.at(ms(100));
    let pull = f.pull();
    f.arrive(pull, 0);
    f.at(ms(299)).no_step();
    f.at(ms(300));
    let pull = f.pull();
    // A long poll that was held to its end is followed by the next.
    f.at(ms(5300)).arrive(pull, 0);
    f.pull();
}

#[test]
fn failed_pulls_wait_longer_and_longer() {
    let mut f = Fixture::new(rules());
    for wait in [200, 400, 800] {
        let pull = f.pull();
        f.ledger.pull_failed(pull, f.now, None, 1.0);
        f.now += ms(wait - 1);
        f.no_step();
        f.now += ms(1);
    }
    assert_eq!(f.ledger.counters().pull_failures, 3);
}

#[test]
fn a_full_batch_goes_out_at_once_and_a_partial_one_after_the_linger() {
    let mut f = Fixture::new(rules());
    let ids = f.events(16);
    f.accept(&ids[..15]);
    f.no_confirmation();
    f.accept(&ids[15..]);
    assert_eq!(f.confirmation().ids, ids);
    let more = f.events_in_open_pull(3);
    f.accept(&more);
    f.no_confirmation();
    f.at(ms(49)).no_confirmation();
    f.at(ms(50));
    assert_eq!(f.confirmation().ids, more);
}

impl Fixture {
    /// Answers a pull that [`no_confirmation`](Self::no_confirmation) has let begin.
    fn events_in_open_pull(&mut self, count: u64) -> Vec<EventId> {
        let pull = PullId(self.ledger.counters().pull_calls);
        self.arrive(pull, count);
        self.deliver(usize::try_from(count).unwrap())
    }
}

#[test]
fn what_is_urgent_waits_for_nobody() {
    let mut f = Fixture::new(rules());
    let ids = f.events(2);
    f.at(26 * SECOND).accept(&ids[..1]);
    assert_eq!(f.confirmation().ids, &ids[..1]);
    assert!(f.ledger.accept(ids[1], f.now, true));
    assert_eq!(f.confirmation().ids, &ids[1..]);
}

#[test]
fn a_late_acceptance_is_never_sent() {
    let mut f = Fixture::new(rules());
    let ids = f.events(2);
    f.at(28 * SECOND).accept(&ids);
    f.ledger.stop();
    f.no_step();
    assert_eq!(f.outcomes(), [(ids[0], "expired"), (ids[1], "expired")]);
    assert!(f.ledger.is_done());
}

#[test]
fn one_bad_handle_costs_the_others_nothing() {
    let mut f = Fixture::new(rules());
    let ids = f.events(16);
    let bad = ids[5];
    f.accept(&ids);
    let mut calls = 0;
    let mut sent = vec![f.confirmation()];
    while let Some(confirmation) = sent.pop() {
        calls += 1;
        let is_bad = confirmation.ids.contains(&bad);
        let answer = if is_bad { ConfirmOutcome::Refused(cause()) } else { ConfirmOutcome::Confirmed };
        f.answer(&confirmation, answer);
        while let Some(step) = f.step() {
            if let Step::Confirm(confirmation) = step {
                sent.push(confirmation);
            }
        }
    }
    assert_eq!(calls, 9);
    let outcomes = f.outcomes();
    assert_eq!(outcomes.len(), 16);
    for (id, outcome) in outcomes {
        assert_eq!(outcome, if id == bad { "rejected" } else { "confirmed" });
    }
}

#[test]
fn when_all_are_refused_alone_nobody_knows() {
    let mut f = Fixture::new(rules());
    let ids = f.events(3);
    f.accept(&ids);
    f.ledger.stop();
    for _ in 0..4 {
        let confirmation = f.confirmation();
        f.answer(&confirmation, ConfirmOutcome::Refused(cause()));
    }
    let outcomes = f.outcomes();
    assert_eq!(outcomes.len(), 3);
    assert!(outcomes.iter().all(|(_, outcome)| *outcome == "unknown"), "{outcomes:?}");
    assert!(f.ledger.is_done());
}

#[test]
fn an_event_without_a_handle_is_rejected_without_a_call() {
    let mut f = Fixture::new(rules());
    let pull = f.pull();
    let arrival = Arrival { handle: String::new(), payload: 0, admission: Admission::Deliver };
    f.ledger.pulled(pull, f.now, vec![arrival]);
    let ids = f.deliver(1);
    assert!(f.ledger.accept(ids[0], f.now, true));
    assert_eq!((f.outcomes(), f.ledger.counters().rejected), (vec![(ids[0], "rejected")], 1));
    f.no_confirmation();
}

#[test]
fn a_pull_that_fails_halves_how_many_are_made_at_a_time() {
    let mut pulls = super::pulls::Pulls::new(&rules());
    for (allowed, after) in [(8, 4), (3, 1), (1, 1)] {
        pulls.set_allowed(allowed);
        let now = clock::now();
        let pull = pulls.begin(now);
        pulls.failed(pull, now, None, 1.0);
        assert_eq!(pulls.allowed(), after);
    }
}

#[test]
fn a_single_refused_handle_is_rejected() {
    let mut f = Fixture::new(rules());
    let ids = f.events(1);
    assert!(f.ledger.accept(ids[0], f.now, true));
    let confirmation = f.confirmation();
    f.answer(&confirmation, ConfirmOutcome::Refused(cause()));
    assert_eq!(f.outcomes(), [(ids[0], "rejected")]);
}

#[test]
fn an_ambiguous_attempt_is_repeated_apart_from_fresh_handles() {
    let mut f = Fixture::new(rules());
    let ids = f.events(4);
    f.accept(&ids[..2]);
    f.at(ms(50));
    let first = f.confirmation();
    f.answer(&first, ConfirmOutcome::Ambiguous { retry_after: None });
    f.accept(&ids[2..]);
    f.at(ms(150));
    let again = f.confirmation();
    assert_eq!(again.ids, &ids[..2]);
    assert_eq!(f.confirmation().ids, &ids[2..]);
    f.answer(&again, ConfirmOutcome::Refused(cause()));
    for _ in 0..2 {
        let single = f.confirmation();
        assert_eq!(single.ids.len(), 1);
        let answer = if single.ids[0] == ids[0] {
            ConfirmOutcome::Refused(cause())
        } else {
            ConfirmOutcome::Confirmed
        };
        f.answer(&single, answer);
    }
    let mut outcomes = f.outcomes();
    outcomes.sort_unstable();
    assert_eq!(outcomes, [(ids[0], "unknown"), (ids[1], "confirmed")]);
}

#[test]
fn success_after_the_validity_proves_nothing() {
    let mut f = Fixture::new(rules());
    let ids = f.events(1);
    f.at(27 * SECOND).accept(&ids);
    let confirmation = f.confirmation();
    assert_eq!(confirmation.until, f.start + 30 * SECOND);
    f.at(30 * SECOND).answer(&confirmation, ConfirmOutcome::Confirmed);
    assert_eq!(f.outcomes(), [(ids[0], "unknown")]);
}

#[test]
fn a_call_that_was_not_carried_out_is_repeated_until_the_deadline() {
    let mut f = Fixture::new(rules());
    let ids = f.events(1);
    f.accept(&ids);
    f.ledger.stop();
    let mut calls = 0;
    while !f.ledger.is_done() {
        match f.step() {
            Some(Step::Confirm(confirmation)) => {
                calls += 1;
                f.answer(&confirmation, ConfirmOutcome::NotSent(cause()));
            }
            _ => f.now = f.ledger.wake_at(f.now).unwrap_or(f.now),
        }
    }
    assert_eq!(f.now, f.start + 28 * SECOND);
    assert!((15..25).contains(&calls), "{calls}");
    assert_eq!(f.outcomes(), [(ids[0], "failed")]);
}

#[test]
fn confirmations_that_pile_up_stop_the_pulls() {
    let mut f = Fixture::new(Rules { concurrency: 1000, ..rules() }.at_rates(0, 1, 1.0));
    for round in 0..3 {
        let ids = f.events(16);
        f.accept(&ids);
        if round == 0 {
            f.confirmation();
        }
    }
    assert_eq!(f.step(), None);
    f.at(SECOND + ms(20));
    f.confirmation();
    f.pull();
}

#[test]
fn confirmations_go_before_pulls() {
    let mut f = Fixture::new(rules());
    let ids = f.events(16);
    f.accept(&ids);
    assert!(matches!(f.step(), Some(Step::Confirm(_))));
    assert!(matches!(f.step(), Some(Step::Pull(_))));
}

#[test]
fn the_earliest_deadline_is_confirmed_first() {
    let mut f = Fixture::new(Rules { concurrency: 1000, ..rules() });
    let early = f.events(16);
    f.at(SECOND);
    let late = f.events(16);
    f.accept(&late[..10]);
    f.accept(&early[..10]);
    let batch = f.confirmation();
    assert_eq!(batch.ids[..10], early[..10]);
    assert_eq!(batch.ids[10..], late[..6]);
}

#[test]
fn duplicates_are_confirmed_and_events_in_hand_released_without_the_application() {
    let mut f = Fixture::new(rules());
    let pull = f.pull();
    let arrival = |handle: &str, admission| Arrival { handle: handle.to_owned(), payload: 0, admission };
    let arrivals = vec![arrival("a", Admission::Confirm), arrival("b", Admission::Release)];
    f.ledger.pulled(pull, f.now, arrivals);
    assert!(f.ledger.deliver(f.now).is_none());
    f.at(ms(50));
    assert_eq!(f.confirmation().handles, ["a"]);
    let counters = f.ledger.counters();
    assert_eq!((counters.duplicates, counters.released, counters.pulled), (1, 1, 2));
}

#[test]
fn stopping_releases_what_waits_and_flushes_what_is_accepted() {
    let mut f = Fixture::new(rules());
    let pull = f.pull();
    f.arrive(pull, 4);
    let ids = f.deliver(2);
    f.accept(&ids[..1]);
    f.ledger.stop();
    assert_eq!(f.confirmation().ids, &ids[..1]);
    f.no_step();
    assert!(!f.ledger.is_done());
    assert_eq!(f.ledger.counters().released, 2);
    f.ledger.release(ids[1], f.now);
    assert!(!f.ledger.is_done());
}

#[test]
fn abandoning_accounts_for_everything() {
    let mut f = Fixture::new(rules());
    let pull = f.pull();
    f.arrive(pull, 16);
    let ids = f.deliver(5);
    assert!(f.ledger.accept(ids[0], f.now, true));
    f.confirmation();
    f.accept(&ids[1..3]);
    f.ledger.abandon(f.now);
    assert!(f.ledger.is_done());
    let counters = f.ledger.counters();
    assert_eq!((counters.unknown, counters.abandoned, counters.released), (1, 4, 11));
    assert_eq!(counters.pulled, counters.resolved());
    assert!(!f.ledger.accept(ids[4], f.now, true));
    assert!(!f.ledger.release(ids[3], f.now));
    f.no_step();
}
