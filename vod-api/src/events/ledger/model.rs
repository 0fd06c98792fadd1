//! The ledger against a model of the service that forgets handles, loses calls and answers, and follows any
//! of the rules that the vendor leaves open; and of a machine whose handlers hang, which stands still, and whose clock
//! jumps.

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
    /// The keys were rotated.
    KeyRefused,
}

#[derive(Debug, Clone)]
enum Action {
    Wait(u16),
    /// Time passes, and what comes next comes before the driver has looked.
    Freeze(u16),
    /// The ledger's time goes on, and the service's does not: the time of day was set.
    Jump(u16),
    /// The application never says what becomes of an event.
    Hang(u8),
    Deliver(u8),
    Accept {
        which: u8,
        at_once: bool,
    },
    Release(u8),
    /// The service gets to see one of the calls under way; with what it means for a pull.
    Arrive {
        which: u8,
        events: u8,
        /// How many of the events have no handle.
        without_handle: u8,
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
    Pull { id: PullId, brought: Option<Vec<Brought>> },
    Confirm { call: Confirmation, refused: Option<bool> },
}

/// An event of an answer.
#[derive(Debug, Clone)]
struct Brought {
    /// What the test knows it by.
    name: String,
    /// The same, or empty.
    handle: String,
}

/// An event in flight.
#[derive(Debug)]
struct InFlight {
    id: EventId,
    name: String,
    deadline: Instant,
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
    /// By how much that is ahead of the service's time.
    ahead: Duration,
    handles: HashMap<String, State>,
    /// Events so far.
    events: usize,
    calls: Vec<Call>,
    in_flight: Vec<InFlight>,
    hung: Vec<InFlight>,
    accepted: HashMap<EventId, (String, Instant)>,
    accepted_late: HashSet<EventId>,
    ever_sent: HashSet<EventId>,
    resolved: HashMap<EventId, Outcome>,
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
            ahead: Duration::ZERO,
            handles: HashMap::new(),
            events: 0,
            calls: Vec::new(),
            in_flight: Vec::new(),
            hung: Vec::new(),
            accepted: HashMap::new(),
            accepted_late: HashSet::new(),
            ever_sent: HashSet::new(),
            resolved: HashMap::new(),
        }
    }

    fn service_now(&self) -> Instant {
        self.now.checked_sub(self.ahead).unwrap()
    }

    fn act(&mut self, action: &Action) {
        match *action {
            Action::Wait(ms) => self.now += Duration::from_millis(ms.into()),
            Action::Freeze(ms) => {
                self.now += Duration::from_millis(ms.into());
                return;
            }
            Action::Jump(ms) => {
                let jump = Duration::from_millis(ms.into());
                self.now += jump;
                self.ahead += jump;
            }
            Action::Deliver(count) => {
                for _ in 0..count {
                    let Some(event) = self.ledger.deliver(self.now) else { break };
                    assert!(event.deadline - self.now > self.rules.min_remaining, "delivered too late");
                    let DeliveredEvent { id, payload: name, deadline, .. } = event;
                    self.in_flight.push(InFlight { id, name, deadline });
                }
            }
            Action::Accept { which, at_once } => {
                if let Some(InFlight { id, name, deadline }) = take(&mut self.in_flight, which) {
                    self.accepted.insert(id, (name, self.now));
                    if deadline <= self.now {
                        self.accepted_late.insert(id);
                    }
                    assert!(self.ledger.accept(id, self.now, at_once));
                }
            }
            Action::Release(which) => {
                if let Some(InFlight { id, .. }) = take(&mut self.in_flight, which) {
                    assert!(self.ledger.release(id, self.now));
                }
            }
            Action::Hang(which) => self.hung.extend(take(&mut self.in_flight, which)),
            Action::Arrive { which, events, without_handle } => self.arrive(which, events, without_handle),
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
    fn arrive(&mut self, which: u8, events: u8, without_handle: u8) {
        let count = self.calls.len();
        if count == 0 {
            return;
        }
        let now = self.service_now();
        let expiry = now + self.rules.validity;
        match &mut self.calls[usize::from(which) % count] {
            Call::Pull { brought, .. } if brought.is_none() => {
                let first = self.events;
                self.events += usize::from(events);
                let events: Vec<_> = (first..self.events)
                    .map(|number| {
                        let name = format!("{number:06}");
                        let has_handle = number - first >= usize::from(without_handle);
                        Brought { handle: if has_handle { name.clone() } else { String::new() }, name }
                    })
                    .collect();
                let handles = events.iter().map(|event| &event.handle).filter(|handle| !handle.is_empty());
                self.handles.extend(handles.map(|handle| (handle.clone(), State::Valid { expiry })));
                *brought = Some(events);
            }
            Call::Confirm { call, refused } if refused.is_none() => {
                *refused = Some(confirm(&mut self.handles, &self.accepted, self.options, call, now));
            }
            _ => {}
        }
    }

    /// Ends a call.
    fn answer(&mut self, which: u8, fate: Fate) {
        if matches!(fate, Fate::Answered | Fate::AnswerLost) {
            self.arrive(which, 5, 0);
        }
        let Some(call) = take(&mut self.calls, which) else { return };
        match call {
            Call::Pull { id, brought } => match brought {
                Some(events) if matches!(fate, Fate::Answered) => {
                    let arrivals = events.into_iter().map(|Brought { name, handle }| Arrival {
                        payload: name,
                        handle,
                        admission: Admission::Deliver,
                    });
                    self.ledger.pulled(id, self.now, arrivals.collect());
                }
                _ => self.ledger.pull_failed(id, self.now, None, 0.5),
            },
            Call::Confirm { call, refused } => {
                let answer = match (fate, refused) {
                    (Fate::Answered, Some(true)) => ConfirmOutcome::Refused(cause()),
                    (Fate::Answered, Some(false)) => ConfirmOutcome::Confirmed,
                    (Fate::Throttled | Fate::KeyRefused, None) => ConfirmOutcome::NotSent(cause()),
                    _ => ConfirmOutcome::Ambiguous { retry_after: None },
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
        for Resolved { id, outcome, .. } in self.ledger.take_resolved() {
            let before = self.resolved.insert(id, outcome);
            assert!(before.is_none(), "resolved twice");
        }
        let pulls = self.calls.iter().filter(|call| matches!(call, Call::Pull { .. })).count();
        if let Some(Hanging { count, longest }) = self.ledger.take_hanging() {
            assert!((1..=self.in_flight.len() + self.hung.len()).contains(&count), "{count} hang");
            assert!(longest >= self.rules.validity, "{longest:?} is not long");
        }
        let (in_time, _) = self.ledger.in_flight_in_time(self.now);
        let ledger = &self.ledger;
        assert_eq!(ledger.in_flight(), self.in_flight.len() + self.hung.len());
        if !ledger.is_stopped() {
            let taken = ledger.waiting() + in_time + pulls * BATCH;
            assert!(taken <= self.rules.room(), "{taken} events have no room");
        }
        let counters = ledger.counters();
        let unresolved = ledger.waiting() + ledger.in_flight() + ledger.confirming();
        assert_eq!(counters.pulled, counters.resolved() + unresolved as u64, "an event is not accounted for");
    }

    fn check(&self, call: &Confirmation) {
        assert!((1..=BATCH).contains(&call.handles.len()), "{} handles", call.handles.len());
        assert!(call.handles.iter().all(|handle| !handle.is_empty()), "an event without a handle was sent");
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

    /// Handles all that does not hang, and waits for a pull: nothing keeps the ledger from it for ever.
    fn check_alive(&mut self) {
        let limit = self.now + 3 * self.rules.validity;
        self.run();
        while !self.calls.iter().any(|call| matches!(call, Call::Pull { .. })) {
            assert!(self.now <= limit, "it stands still");
            self.act(&Action::Deliver(u8::MAX));
            while !self.in_flight.is_empty() {
                self.act(&Action::Accept { which: 0, at_once: false });
            }
            if self.calls.is_empty() {
                self.now = self.ledger.wake_at(self.now).expect("it would wait for ever");
            } else {
                self.answer(0, Fate::Answered);
            }
            self.run();
        }
    }

    /// Stops, lets everything end and everybody answer, and checks the whole account.
    fn finish(&mut self) {
        self.ledger.stop();
        self.calls.retain(|call| matches!(call, Call::Confirm { .. }));
        for InFlight { id, .. } in self.in_flight.drain(..).chain(self.hung.drain(..)) {
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
        assert_eq!(self.resolved.len(), self.accepted.len(), "an accepted event was not resolved");
        for (id, outcome) in &self.resolved {
            let (name, _) = &self.accepted[id];
            if self.accepted_late.contains(id) {
                assert!(matches!(outcome, Outcome::Expired), "{outcome:?} though it was accepted too late");
                continue;
            }
            let Some(state) = self.handles.get(name).copied() else {
                assert!(matches!(outcome, Outcome::Rejected(_)), "{outcome:?} without a handle");
                continue;
            };
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
        1 => Just(Fate::KeyRefused),
    ];
    let time = || prop_oneof![16 => 0..200u16, 4 => 200..6000u16, 1 => 20_000..60_000u16];
    let without_handle = prop_oneof![4 => Just(0u8), 1 => 1..4u8];
    let action = prop_oneof![
        8 => time().prop_map(Action::Wait),
        1 => time().prop_map(Action::Freeze),
        1 => time().prop_map(Action::Jump),
        1 => any::<u8>().prop_map(Action::Hang),
        8 => (1..20u8).prop_map(Action::Deliver),
        24 => (any::<u8>(), any::<bool>()).prop_map(|(which, at_once)| Action::Accept {
            which,
            at_once: at_once && which.is_multiple_of(8),
        }),
        2 => any::<u8>().prop_map(Action::Release),
        6 => (any::<u8>(), 0..=16u8, without_handle)
            .prop_map(|(which, events, without_handle)| Action::Arrive { which, events, without_handle }),
        10 => (any::<u8>(), fate).prop_map(|(which, fate)| Action::ConfirmOutcome { which, fate }),
        2 => any::<u8>().prop_map(Action::Forget),
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
        world.check_alive();
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
