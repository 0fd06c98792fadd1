//! Batches of confirmations: handles that were accepted, until they are confirmed or have expired.
//!
//! Fresh handles wait in a queue and go out in batches. Handles whose first attempt is ambiguous never get into
//! a batch with fresh ones again: a service that refuses a whole batch for one handle that it has confirmed
//! before would make the outcome of the fresh ones ambiguous too. They are sent again in the company that they had.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use tokio::time::Instant;

use super::call_rate::{CallRate, backoff, wait_after};
use super::split::{Split, Verdict};
use super::{BatchId, Cause, ConfirmOutcome, EventId, Outcome, Resolved, Rules};
use crate::events::rules::BATCH;

const FIRST_RETRY: Duration = Duration::from_millis(100);
const LONGEST_RETRY: Duration = Duration::from_secs(2);
/// How many parts a refused batch is split into: as few calls as with halves to find one bad handle among
/// sixteen, and fewer if all are bad.
const PARTS: usize = 4;

/// A handle to confirm.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) id: EventId,
    pub(super) handle: String,
    /// No attempt starts later.
    pub(super) deadline: Instant,
    /// From here on the handle may have expired, and success of a call proves nothing.
    pub(super) expiry: Instant,
    pub(super) accepted: Instant,
    /// An attempt may have confirmed it although no answer said so.
    pub(super) ambiguous: bool,
    /// Its last attempt certainly did not reach the service, for this reason.
    pub(super) failed: Option<Cause>,
}

impl Item {
    /// Whether the handle may have expired: then an answer proves nothing about it.
    fn may_have_expired(&self, now: Instant) -> bool {
        self.expiry <= now
    }
}

/// Handles to send together, apart from all others.
#[derive(Debug)]
struct Group {
    items: Vec<Item>,
    ready: Instant,
    attempts: u32,
    split: Option<SplitId>,
}

type SplitId = u64;

/// A call to make now.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::events) struct Confirmation {
    pub(in crate::events) batch: BatchId,
    pub(in crate::events) ids: Vec<EventId>,
    pub(in crate::events) handles: Vec<String>,
    /// When the attempt is to be given up.
    pub(in crate::events) until: Instant,
}

#[derive(Debug)]
pub(super) struct Confirms {
    linger: Duration,
    urgency: Duration,
    attempt: Duration,
    /// How many calls may be under way. Further handles gather into batches meanwhile.
    most: usize,
    queue: BTreeMap<(Instant, EventId), Item>,
    /// When the queue goes out although it does not fill a batch.
    flush_at: Option<Instant>,
    flushing: bool,
    groups: Vec<Group>,
    sent: HashMap<BatchId, Group>,
    splits: HashMap<SplitId, Split>,
    last: u64,
    rate: CallRate,
    /// Handles whose events are not resolved, wherever they are.
    unresolved: usize,
    /// Failures in a row to reach the service.
    failures: u32,
    resolved: Vec<Resolved>,
}

impl Confirms {
    pub(super) fn new(rules: &Rules) -> Self {
        Self {
            linger: rules.linger,
            urgency: rules.urgency,
            attempt: rules.confirm_attempt,
            most: rules.max_confirms(),
            queue: BTreeMap::new(),
            flush_at: None,
            flushing: false,
            groups: Vec::new(),
            sent: HashMap::new(),
            splits: HashMap::new(),
            last: 0,
            rate: CallRate::new(rules.confirm_rate),
            unresolved: 0,
            failures: 0,
            resolved: Vec::new(),
        }
    }

    /// Handles that wait to be sent for the first time, or as if for the first time.
    pub(super) fn fresh(&self) -> usize {
        self.queue.len()
    }

    /// Handles whose events are not resolved.
    pub(super) fn unresolved(&self) -> usize {
        self.unresolved
    }

    /// The moment at which the oldest handle that is not resolved expires.
    pub(super) fn earliest_expiry(&self) -> Option<Instant> {
        let apart = self.groups.iter().chain(self.sent.values());
        let apart = apart.flat_map(|group| &group.items).map(|item| item.expiry);
        self.queue.values().map(|item| item.expiry).chain(apart).min()
    }

    /// Takes a handle whose event the application has accepted; `at_once` lets it wait for no company.
    pub(super) fn push(&mut self, item: Item, now: Instant, at_once: bool) {
        self.unresolved += 1;
        self.queue_up(item, now, at_once);
    }

    fn queue_up(&mut self, item: Item, now: Instant, at_once: bool) {
        let flush_at = if at_once { now } else { self.flush_time(&item) };
        self.flush_at = Some(self.flush_at.map_or(flush_at, |at| at.min(flush_at)));
        self.queue.insert((item.deadline, item.id), item);
    }

    /// Lets nothing wait for company any more.
    pub(super) fn flush(&mut self) {
        self.flushing = true;
    }

    fn flush_time(&self, item: &Item) -> Instant {
        let urgent = item.deadline.checked_sub(self.urgency).unwrap_or(item.accepted);
        (item.accepted + self.linger).min(urgent)
    }

    /// The call that is to be made now, if any.
    pub(super) fn next(&mut self, now: Instant) -> Option<Confirmation> {
        self.expire(now);
        if self.sent.len() >= self.most || !self.rate.is_ready(now) {
            return None;
        }
        let group = self.next_group(now)?;
        self.rate.record_call(now);
        self.last += 1;
        let batch = BatchId(self.last);
        let earliest_expiry = group.items.iter().map(|item| item.expiry).min()?;
        let confirmation = Confirmation {
            batch,
            ids: group.items.iter().map(|item| item.id).collect(),
            handles: group.items.iter().map(|item| item.handle.clone()).collect(),
            until: earliest_expiry.min(now + self.attempt),
        };
        self.sent.insert(batch, group);
        Some(confirmation)
    }

    /// Of all handles that may be sent now, the ones with the earliest deadline.
    fn next_group(&mut self, now: Instant) -> Option<Group> {
        let queue_is_due = self.queue.len() >= BATCH
            || self.flushing
            || self.flush_at.is_some_and(|flush_at| flush_at <= now);
        let fresh = self.queue.keys().next().filter(|_| queue_is_due).map(|(deadline, _)| *deadline);
        let apart = self
            .groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.ready <= now)
            .filter_map(|(position, group)| Some((group.earliest_deadline()?, position)))
            .min();
        match (fresh, apart) {
            (Some(fresh), Some((deadline, position))) if deadline <= fresh => {
                Some(self.groups.swap_remove(position))
            }
            (None, Some((_, position))) => Some(self.groups.swap_remove(position)),
            (Some(_), _) => Some(self.next_fresh(now)),
            (None, None) => None,
        }
    }

    fn next_fresh(&mut self, now: Instant) -> Group {
        let mut items = Vec::with_capacity(self.queue.len().min(BATCH));
        while items.len() < BATCH
            && let Some((_, item)) = self.queue.pop_first()
        {
            items.push(item);
        }
        self.flush_at = self.queue.values().map(|item| self.flush_time(item)).min();
        Group { items, ready: now, attempts: 0, split: None }
    }

    /// When [`next`](Self::next) will have something to do, unless something happens before.
    pub(super) fn wake_at(&self) -> Option<Instant> {
        let flush_at = if self.flushing || self.queue.len() >= BATCH {
            // At once: any moment in the past says so.
            self.queue.values().next().map(|item| item.accepted)
        } else {
            self.flush_at
        };
        let group = self.groups.iter().map(|group| group.ready).min();
        let sendable = [flush_at, group].into_iter().flatten().min().filter(|_| self.sent.len() < self.most);
        let sending = sendable.map(|at| self.rate.ready_at().map_or(at, |ready| ready.max(at)));
        let expiring = self.earliest_deadline();
        [sending, expiring].into_iter().flatten().min()
    }

    fn earliest_deadline(&self) -> Option<Instant> {
        let queue = self.queue.keys().next().map(|(deadline, _)| *deadline);
        let groups = self.groups.iter().filter_map(Group::earliest_deadline);
        groups.chain(queue).min()
    }

    /// Gives up what can't be confirmed in time any more.
    fn expire(&mut self, now: Instant) {
        while let Some(first) = self.queue.first_entry()
            && first.key().0 <= now
        {
            let item = first.remove();
            self.give_up(item, None);
        }
        if self.queue.is_empty() {
            self.flush_at = None;
        }
        if self.groups.iter().all(|group| group.earliest_deadline().is_some_and(|at| at > now)) {
            return;
        }
        let mut groups = std::mem::take(&mut self.groups);
        for group in &mut groups {
            for item in group.items.extract_if(.., |item| item.deadline <= now) {
                self.give_up(item, group.split);
            }
        }
        groups.retain(|group| !group.items.is_empty());
        self.groups = groups;
    }

    fn give_up(&mut self, mut item: Item, split: Option<SplitId>) {
        // A batch that was refused as a whole may have been confirmed in part.
        let outcome = if item.ambiguous || split.is_some() {
            Outcome::Unknown
        } else if let Some(cause) = item.failed.take() {
            Outcome::Failed(cause)
        } else {
            Outcome::Expired
        };
        self.resolve(item.id, item.accepted, outcome);
        self.leave(split, Verdict::Open);
    }

    /// Takes the answer to a call.
    pub(super) fn answered(&mut self, batch: BatchId, now: Instant, answer: ConfirmOutcome, jitter: f64) {
        let Some(batch) = self.sent.remove(&batch) else { return };
        if !matches!(answer, ConfirmOutcome::NotSent(_)) {
            self.failures = 0;
        }
        match answer {
            ConfirmOutcome::Confirmed => self.confirmed(batch, now),
            ConfirmOutcome::Refused(cause) => self.refused(batch, now, cause),
            ConfirmOutcome::NotSent(cause) => self.not_sent(batch, now, &cause, jitter),
            ConfirmOutcome::Ambiguous { retry_after } => self.ambiguous(batch, now, retry_after, jitter),
        }
    }

    fn confirmed(&mut self, batch: Group, now: Instant) {
        for item in batch.items {
            // A service that overlooks expired handles answers a late call with success.
            let in_time = !item.may_have_expired(now);
            let outcome = if in_time { Outcome::Confirmed } else { Outcome::Unknown };
            self.resolve(item.id, item.accepted, outcome);
            let verdict = if in_time { Verdict::Accepted(item.id) } else { Verdict::Open };
            self.leave(batch.split, verdict);
        }
    }

    fn refused(&mut self, mut batch: Group, now: Instant, cause: Cause) {
        if batch.items.len() > 1 {
            self.split(batch, now);
            return;
        }
        let Some(item) = batch.items.pop() else { return };
        // It may have expired on its way, while the machine slept: that says nothing against the handle.
        let is_late = item.may_have_expired(now);
        if item.ambiguous || (is_late && batch.split.is_some()) {
            self.resolve(item.id, item.accepted, Outcome::Unknown);
            self.leave(batch.split, Verdict::Open);
        } else if batch.split.is_some() {
            let (id, accepted) = (item.id, item.accepted);
            self.leave(batch.split, Verdict::Refused { id, accepted, cause });
        } else {
            let outcome = if is_late { Outcome::Expired } else { Outcome::Rejected(cause) };
            self.resolve(item.id, item.accepted, outcome);
        }
    }

    /// Sends a batch again in parts, down to single handles.
    fn split(&mut self, batch: Group, now: Instant) {
        let split = batch.split.unwrap_or_else(|| {
            self.last += 1;
            self.splits.insert(self.last, Split::of(batch.items.len()));
            self.last
        });
        if let (Some(split), Some(first)) = (self.splits.get_mut(&split), batch.items.first()) {
            split.refused_batch(first.id);
        }
        // Ambiguous ones have probably been confirmed all together, and are refused in any company.
        let whole_is_ambiguous = batch.items.iter().all(|item| item.ambiguous);
        let size = if whole_is_ambiguous { 1 } else { batch.items.len().div_ceil(PARTS) };
        let mut items = batch.items.into_iter().peekable();
        while items.peek().is_some() {
            self.groups.push(Group {
                items: items.by_ref().take(size).collect(),
                ready: now,
                attempts: 0,
                split: Some(split),
            });
        }
    }

    fn not_sent(&mut self, mut batch: Group, now: Instant, cause: &Cause, jitter: f64) {
        let wait = backoff(FIRST_RETRY, LONGEST_RETRY, self.failures, jitter);
        self.failures = self.failures.saturating_add(1);
        self.rate.hold_until(now + wait_after(wait, cause.retry_after()));
        for item in &mut batch.items {
            item.failed = Some(Cause::clone(cause));
        }
        let is_fresh = batch.split.is_none() && batch.items.iter().all(|item| !item.ambiguous);
        if is_fresh {
            for item in batch.items {
                self.queue_up(item, now, true);
            }
        } else {
            self.groups.push(batch);
        }
    }

    fn ambiguous(&mut self, mut batch: Group, now: Instant, retry_after: Option<Duration>, jitter: f64) {
        for item in &mut batch.items {
            item.ambiguous = true;
        }
        batch.ready = now + backoff(FIRST_RETRY, LONGEST_RETRY, batch.attempts, jitter);
        batch.attempts = batch.attempts.saturating_add(1);
        if retry_after.is_some() {
            self.rate.hold_until(now + wait_after(Duration::ZERO, retry_after));
        }
        // A last attempt rather than none.
        if let Some(deadline) = batch.earliest_deadline()
            && batch.ready >= deadline
        {
            batch.ready = now;
        }
        self.groups.push(batch);
    }

    /// Gives up everything.
    pub(super) fn abandon(&mut self) {
        let sent = std::mem::take(&mut self.sent).into_values().map(|group| (true, group));
        let apart = std::mem::take(&mut self.groups).into_iter().map(|group| (false, group));
        for (is_sent, group) in sent.chain(apart).collect::<Vec<_>>() {
            for item in group.items {
                let known = !is_sent && !item.ambiguous && group.split.is_none();
                let outcome = if known { Outcome::Abandoned } else { Outcome::Unknown };
                self.resolve(item.id, item.accepted, outcome);
                self.leave(group.split, Verdict::Open);
            }
        }
        for item in std::mem::take(&mut self.queue).into_values() {
            self.resolve(item.id, item.accepted, Outcome::Abandoned);
        }
        self.flush_at = None;
    }

    /// One of a split's handles needs no further call.
    fn leave(&mut self, split: Option<SplitId>, verdict: Verdict) {
        let Some(id) = split else { return };
        let Some(split) = self.splits.get_mut(&id) else { return };
        let decided = split.leave(verdict);
        if split.is_over() {
            self.splits.remove(&id);
        }
        self.unresolved = self.unresolved.saturating_sub(decided.len());
        self.resolved.extend(decided);
    }

    fn resolve(&mut self, id: EventId, accepted: Instant, outcome: Outcome) {
        self.unresolved = self.unresolved.saturating_sub(1);
        self.resolved.push(Resolved { id, accepted, outcome });
    }

    /// The events that were resolved since the last time.
    pub(super) fn take_resolved(&mut self) -> Vec<Resolved> {
        std::mem::take(&mut self.resolved)
    }
}

impl Group {
    fn earliest_deadline(&self) -> Option<Instant> {
        self.items.iter().map(|item| item.deadline).min()
    }
}

#[cfg(test)]
impl Confirms {
    /// The deadlines of the handles that no call has carried yet.
    pub(super) fn queued_deadlines(&self) -> Vec<Instant> {
        self.queue.keys().map(|(deadline, _)| *deadline).collect()
    }

    /// The deadline of a handle that is not resolved.
    pub(super) fn deadline_of(&self, id: EventId) -> Option<Instant> {
        let apart = self.groups.iter().chain(self.sent.values());
        let mut items = apart.flat_map(|group| &group.items).chain(self.queue.values());
        items.find(|item| item.id == id).map(|item| item.deadline)
    }
}
