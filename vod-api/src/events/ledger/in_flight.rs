//! Events in flight: those that can still be confirmed, and those that the application keeps for too long.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use tokio::time::Instant;

use super::{EventId, Held};

/// The longest pause between two reports about events that are not finished.
const LONGEST_SILENCE: Duration = Duration::from_mins(10);

/// Events that the application has had for longer than a handle is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::events) struct Hanging {
    pub(in crate::events) count: usize,
    /// How long it has had the oldest one.
    pub(in crate::events) longest: Duration,
}

/// What the application was given and has neither accepted nor released.
#[derive(Debug)]
pub(super) struct InFlight {
    validity: Duration,
    held: HashMap<EventId, Held>,
    /// Those that can still be confirmed, by deadline. Only these take room: one that is kept for ever must not
    /// keep others out for ever.
    in_time: BTreeSet<(Instant, EventId)>,
    /// All of them, by when they were delivered.
    by_age: BTreeSet<(Instant, EventId)>,
    told: Option<Told>,
}

/// The latest report about events that are not finished.
#[derive(Debug, Clone, Copy)]
struct Told {
    at: Instant,
    pause: Duration,
}

impl InFlight {
    pub(super) fn new(validity: Duration) -> Self {
        Self { validity, held: HashMap::new(), in_time: BTreeSet::new(), by_age: BTreeSet::new(), told: None }
    }

    pub(super) fn put(&mut self, id: EventId, mut held: Held, now: Instant) {
        held.delivered = now;
        self.in_time.insert((held.deadline, id));
        self.by_age.insert((now, id));
        self.held.insert(id, held);
    }

    pub(super) fn take(&mut self, id: EventId) -> Option<Held> {
        let held = self.held.remove(&id)?;
        self.in_time.remove(&(held.deadline, id));
        self.by_age.remove(&(held.delivered, id));
        Some(held)
    }

    pub(super) fn take_all(&mut self) -> Vec<EventId> {
        self.in_time.clear();
        self.by_age.clear();
        self.held.drain().map(|(id, _)| id).collect()
    }

    /// All of them, also the late ones.
    pub(super) fn len(&self) -> usize {
        self.held.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Takes the room from those whose time is over.
    pub(super) fn expire(&mut self, now: Instant) {
        while self.in_time.first().is_some_and(|(deadline, _)| *deadline <= now) {
            self.in_time.pop_first();
        }
    }

    /// How many can still be confirmed, as of the last [`expire`](Self::expire).
    pub(super) fn in_time(&self) -> usize {
        self.in_time.len()
    }

    /// When the next one becomes late.
    pub(super) fn next_late(&self) -> Option<Instant> {
        self.in_time.first().map(|(deadline, _)| *deadline)
    }

    /// When there is something to report, unless something happens before.
    pub(super) fn report_at(&self) -> Option<Instant> {
        let (oldest, _) = self.by_age.first()?;
        let hangs_from = *oldest + self.validity;
        Some(self.told.map_or(hangs_from, |told| hangs_from.max(told.at + told.pause)))
    }

    /// The events that the application has had for too long, if it is time to report them.
    pub(super) fn report(&mut self, now: Instant) -> Option<Hanging> {
        let oldest = self.by_age.first().map(|(delivered, _)| *delivered);
        let longest = oldest.map(|delivered| now.saturating_duration_since(delivered));
        let Some(longest) = longest.filter(|longest| *longest >= self.validity) else {
            self.told = None;
            return None;
        };
        if self.report_at().is_some_and(|at| at > now) {
            return None;
        }
        let pause = self.told.map_or(self.validity, |told| (told.pause * 2).min(LONGEST_SILENCE));
        self.told = Some(Told { at: now, pause });
        let hangs = |(delivered, _): &&(Instant, EventId)| *delivered + self.validity <= now;
        Some(Hanging { count: self.by_age.iter().take_while(hangs).count(), longest })
    }

    pub(super) fn expiries(&self) -> impl Iterator<Item = Instant> {
        self.held.values().map(|held| held.expiry)
    }
}
