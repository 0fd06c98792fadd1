//! The ledger against a model of the service that forgets handles, loses calls and answers, and follows any
//! of the rules that the vendor leaves open.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::*;
use crate::clock;
use crate::error::ErrorKind;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BadHandle {
    FailsAll,
    FailsAlone,
    /// What stands before it is confirmed, and nothing behind it.
    FailsRest,
    IsIgnored,
}

#[derive(Debug, Clone, Copy)]
struct Options {
    bad_handle: BadHandle,
    twice_is_fine: bool,
}

/// What happens to a call on its way.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Answered,
    RequestLost,
    AnswerLost,
    Throttled,
}

#[derive(Debug, Clone)]
enum Action {
    Wait(u16),
    HandOut(u8),
    Accept {
        which: u8,
        at_once: bool,
    },
    Release(u8),
    /// The service gets to see one of the calls under way; with what it means for a pull.
    Arrive {
        which: u8,
        events: u8,
    },
    /// One of the calls under way ends.
    ConfirmOutcome {
        which: u8,
        fate: Fate,
    },
    Forget(u8),
}

#[derive(Debug)]
enum Call {
    Pull { id: PullId, brought: Option<Vec<String>> },
    Confirm { call: Confirmation, refused: Option<bool> },
}

/// What the service knows of a handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Valid { expiry: Instant },
    Confirmed,
    Forgotten,
}

struct World {
    options: Options,
    rules: Rules,
    ledger: Ledger<String>,
    now: Instant,
    handles: HashMap<String, State>,
    calls: Vec<Call>,
    in_hand: Vec<(EventId, String)>,
    accepted: HashMap<EventId, (String, Instant)>,
    ever_sent: HashSet<EventId>,
    settled: HashMap<EventId, Outcome>,
}

impl World {
    fn new(options: Options, concurrency: usize) -> Self {
        let rules = Rules { concurrency, ..Rules::default() }.at_rates(100, 100, 1.0);
        let mut ledger = Ledger::new(rules.clone());
        ledger.want();
        Self {
            options,
            rules,
            ledger,
            now: clock::now(),
            handles: HashMap::new(),
            calls: Vec::new(),
            in_hand: Vec::new(),
            accepted: HashMap::new(),
            ever_sent: HashSet::new(),
            settled: HashMap::new(),
        }
    }

    fn act(&mut self, action: &Action) {
        match *action {
            Action::Wait(ms) => self.now += Duration::from_millis(ms.into()),
            Action::HandOut(count) => {
                for _ in 0..count {
                    let Some(event) = self.ledger.hand_out(self.now) else { break };
                    assert!(event.deadline - self.now > self.rules.min_remaining, "handed out too late");
                    self.in_hand.push((event.id, event.payload));
                }
            }
            Action::Accept { which, at_once } => {
                if let Some((id, handle)) = take(&mut self.in_hand, which) {
                    self.accepted.insert(id, (handle, self.now));
                    assert!(self.ledger.accept(id, self.now, at_once));
                }
            }
            Action::Release(which) => {
                if let Some((id, _)) = take(&mut self.in_hand, which) {
                    assert!(self.ledger.release(id, self.now));
                }
            }
            Action::Arrive { which, events } => self.arrive(which, events),
            Action::ConfirmOutcome { which, fate } => self.answer(which, fate),
            Action::Forget(which) => {
                let mut valid: Vec<_> = self.handles.iter_mut().collect();
                valid.sort_unstable_by(|a, b| a.0.cmp(b.0));
                let count = valid.len();
                if count > 0
                    && let (_, state @ State::Valid { .. }) = &mut valid[usize::from(which) % count]
                {
                    **state = State::Forgotten;
                }
            }
        }
        self.run();
    }

    /// Lets the service see a call.
    fn arrive(&mut self, which: u8, events: u8) {
        let count = self.calls.len();
        if count == 0 {
            return;
        }
        let expiry = self.now + self.rules.validity;
        match &mut self.calls[usize::from(which) % count] {
            Call::Pull { brought, .. } if brought.is_none() => {
                let first = self.handles.len();
                let handles: Vec<_> =
                    (first..first + usize::from(events)).map(|n| format!("{n:06}")).collect();
                self.handles.extend(handles.iter().map(|handle| (handle.clone(), State::Valid { expiry })));
                *brought = Some(handles);
            }
            Call::Confirm { call, refused } if refused.is_none() => {
                *refused = Some(confirm(&mut self.handles, &self.accepted, self.options, call, self.now));
            }
            _ => {}
        }
    }

    /// Ends a call.
    fn answer(&mut self, which: u8, fate: Fate) {
        if matches!(fate, Fate::Answered | Fate::AnswerLost) {
            self.arrive(which, 5);
        }
        let Some(call) = take(&mut self.calls, which) else { return };
        match call {
            Call::Pull { id, brought } => match brought {
                Some(handles) if matches!(fate, Fate::Answered) => {
                    let arrivals = handles.into_iter().map(|handle| Arrival {
                        payload: handle.clone(),
                        handle,
                        admission: Admission::HandOut,
                    });
                    self.ledger.pulled(id, self.now, arrivals.collect());
                }
                _ => self.ledger.pull_failed(id, self.now, None, 0.5),
            },
            Call::Confirm { call, refused } => {
                let answer = match (fate, refused) {
                    (Fate::Answered, Some(true)) => ConfirmOutcome::Refused(cause()),
                    (Fate::Answered, Some(false)) => ConfirmOutcome::Confirmed,
                    (Fate::Throttled, None) => ConfirmOutcome::NotSent(cause()),
                    _ => ConfirmOutcome::Doubtful { retry_after: None },
                };
                self.ledger.confirm_answered(call.batch, self.now, answer, 0.5);
            }
        }
    }

    /// Does what the ledger wants done, and checks that it may be.
    fn run(&mut self) {
        while let Some(step) = self.ledger.step(self.now) {
            match step {
                Step::Pull(id) => self.calls.push(Call::Pull { id, brought: None }),
                Step::Confirm(call) => {
                    self.check(&call);
                    self.ever_sent.extend(call.ids.iter().copied());
                    self.calls.push(Call::Confirm { call, refused: None });
                }
            }
        }
        let wake = self.ledger.wake_at(self.now);
        assert!(wake.is_none_or(|wake| wake > self.now), "nothing to do, yet awake at once");
        for Settled { id, outcome, .. } in self.ledger.take_settled() {
            let before = self.settled.insert(id, outcome);
            assert!(before.is_none(), "settled twice");
        }
        let pulls = self.calls.iter().filter(|call| matches!(call, Call::Pull { .. })).count();
        let ledger = &self.ledger;
        if !ledger.is_stopped() {
            let taken = ledger.waiting() + ledger.handed() + pulls * BATCH;
            assert!(taken <= self.rules.room(), "{taken} events have no room");
        }
        let counters = ledger.counters();
        let unresolved = ledger.waiting() + ledger.handed() + ledger.confirming();
        assert_eq!(counters.pulled, counters.resolved() + unresolved as u64, "an event is not accounted for");
    }

    fn check(&self, call: &Confirmation) {
        assert!((1..=BATCH).contains(&call.handles.len()), "{} handles", call.handles.len());
        let unique: HashSet<_> = call.handles.iter().collect();
        assert_eq!(unique.len(), call.handles.len(), "a handle stands twice in a batch");
        let under_way = self.calls.iter().filter_map(|call| match call {
            Call::Confirm { call, .. } => Some(call),
            Call::Pull { .. } => None,
        });
        for other in under_way {
            assert!(!call.ids.iter().any(|id| other.ids.contains(id)), "sent twice at a time");
        }
        let latest = call.ids.iter().map(|id| self.deadline(*id)).max().unwrap();
        for id in &call.ids {
            assert!(self.accepted.contains_key(id), "sent before it was accepted");
            assert!(self.deadline(*id) > self.now, "sent after its deadline");
        }
        let is_fresh = !call.ids.iter().any(|id| self.ever_sent.contains(id));
        if is_fresh {
            let queued = self.ledger.confirms.queued_deadlines();
            assert!(queued.into_iter().all(|deadline| deadline >= latest), "a more urgent one was left");
        }
    }

    /// The deadline as a handle's pull had it at the latest.
    fn deadline(&self, id: EventId) -> Instant {
        self.ledger.confirms.deadline_of(id).unwrap()
    }

    /// Stops, lets everything end and everybody answer, and checks the whole account.
    fn finish(&mut self) {
        self.ledger.stop();
        self.calls.retain(|call| matches!(call, Call::Confirm { .. }));
        while let Some((id, _)) = self.in_hand.pop() {
            assert!(self.ledger.release(id, self.now));
        }
        let limit = self.now + self.rules.validity;
        self.run();
        while !self.ledger.is_done() {
            if self.calls.is_empty() {
                self.now = self.ledger.wake_at(self.now).expect("it would wait for ever");
            } else {
                self.answer(0, Fate::Answered);
            }
            self.run();
            assert!(self.now <= limit, "an event is kept after its expiry");
        }
        let counters = self.ledger.counters();
        assert_eq!(counters.pulled, counters.resolved());
        assert_eq!(self.settled.len(), self.accepted.len(), "an accepted event was not settled");
        for (id, outcome) in &self.settled {
            let (handle, _) = &self.accepted[id];
            let state = self.handles[handle];
            match outcome {
                // That a handle is bad can't be seen where bad handles are ignored.
                Outcome::Confirmed if self.options.bad_handle == BadHandle::IsIgnored => {
                    assert!(matches!(state, State::Confirmed | State::Forgotten), "{state:?}");
                }
                Outcome::Confirmed => assert_eq!(state, State::Confirmed, "confirmed by mistake"),
                Outcome::Unknown => {}
                _ => assert_ne!(state, State::Confirmed, "{outcome:?} by mistake"),
            }
        }
    }
}

/// What the service does with handles. True if it refuses the call.
fn confirm(
    handles: &mut HashMap<String, State>,
    accepted: &HashMap<EventId, (String, Instant)>,
    options: Options,
    call: &Confirmation,
    now: Instant,
) -> bool {
    let is_good = |handle: &String| match handles[handle] {
        State::Valid { expiry } => expiry > now,
        State::Confirmed => options.twice_is_fine,
        State::Forgotten => false,
    };
    let good: Vec<String> = call.handles.iter().filter(|handle| is_good(handle)).cloned().collect();
    let all_good = good.len() == call.handles.len();
    let refused = !all_good && (options.bad_handle != BadHandle::IsIgnored || good.is_empty());
    if refused && options.bad_handle == BadHandle::FailsAll {
        return true;
    }
    let before_the_first_bad = call.handles.iter().take_while(|handle| is_good(handle)).count();
    let confirmed =
        if options.bad_handle == BadHandle::FailsRest { before_the_first_bad } else { good.len() };
    for handle in good.into_iter().take(confirmed) {
        assert!(accepted.values().any(|(of, _)| *of == handle), "confirmed before it was accepted");
        handles.insert(handle, State::Confirmed);
    }
    refused
}

fn cause() -> Cause {
    Arc::new(Error::new(ErrorKind::Api, "refused"))
}

fn take<T>(list: &mut Vec<T>, which: u8) -> Option<T> {
    (!list.is_empty()).then(|| list.remove(usize::from(which) % list.len()))
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    let fate = prop_oneof![
        6 => Just(Fate::Answered),
        1 => Just(Fate::RequestLost),
        1 => Just(Fate::AnswerLost),
        1 => Just(Fate::Throttled),
    ];
    let action = prop_oneof![
        4 => prop_oneof![8 => 0..200u16, 2 => 200..6000u16].prop_map(Action::Wait),
        4 => (1..20u8).prop_map(Action::HandOut),
        12 => (any::<u8>(), any::<bool>()).prop_map(|(which, at_once)| Action::Accept {
            which,
            at_once: at_once && which.is_multiple_of(8),
        }),
        1 => any::<u8>().prop_map(Action::Release),
        3 => (any::<u8>(), 0..=16u8).prop_map(|(which, events)| Action::Arrive { which, events }),
        5 => (any::<u8>(), fate).prop_map(|(which, fate)| Action::ConfirmOutcome { which, fate }),
        1 => any::<u8>().prop_map(Action::Forget),
    ];
    proptest::collection::vec(action, 1..300)
}

fn options() -> impl Strategy<Value = Options> {
    let bad_handle = [BadHandle::FailsAll, BadHandle::FailsAlone, BadHandle::FailsRest, BadHandle::IsIgnored];
    let bad_handle = proptest::sample::select(bad_handle.to_vec());
    (bad_handle, any::<bool>()).prop_map(|(bad_handle, twice_is_fine)| Options { bad_handle, twice_is_fine })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_rule_holds_whatever_happens(
        actions in actions(),
        options in options(),
        concurrency in prop_oneof![Just(1usize), Just(16), Just(64), Just(200)],
    ) {
        let mut world = World::new(options, concurrency);
        world.run();
        for action in &actions {
            world.act(action);
        }
        world.finish();
    }

    #[test]
    fn abandoning_at_any_time_accounts_for_everything(actions in actions(), options in options()) {
        let mut world = World::new(options, 64);
        world.run();
        for action in &actions {
            world.act(action);
        }
        world.ledger.abandon(world.now);
        let counters = world.ledger.counters();
        prop_assert!(world.ledger.is_done());
        prop_assert_eq!(counters.pulled, counters.resolved());
        prop_assert_eq!(world.ledger.step(world.now), None);
    }
}
