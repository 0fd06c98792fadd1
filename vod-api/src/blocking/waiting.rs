//! Waits of calling threads for the driver's thread, without deadlocks.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use super::driver::DriverId;

use crate::sync::lock;

/// Waiting times are counted in pieces of this length, so that the sleep of a machine counts as one piece.
const PIECE: Duration = Duration::from_millis(100);

/// Which driver's thread waits for which other one. There is never a circle in it.
static WAITS: Mutex<BTreeMap<DriverId, DriverId>> = Mutex::new(BTreeMap::new());

fn waits() -> MutexGuard<'static, BTreeMap<DriverId, DriverId>> {
    lock(&WAITS)
}

/// This thread waits for a driver.
#[derive(Debug)]
pub(super) struct Wait {
    /// The driver whose thread this is.
    from: Option<DriverId>,
}

impl Wait {
    /// Begins to wait; None if the driver waits for this thread, directly or by way of others.
    pub(super) fn begin(on: DriverId) -> Option<Self> {
        let Some(from) = DriverId::of_this_thread() else { return Some(Self { from: None }) };
        let mut waits = waits();
        let mut next = Some(on);
        while let Some(driver) = next {
            if driver == from {
                return None;
            }
            next = waits.get(&driver).copied();
        }
        waits.insert(from, on);
        Some(Self { from: Some(from) })
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        if let Some(from) = self.from {
            waits().remove(&from);
        }
    }
}

/// Whether a task has been started, or is not to be started any more.
#[derive(Debug, Default)]
pub(super) struct Start(AtomicU8);

impl Start {
    const STARTED: u8 = 1;
    const WITHDRAWN: u8 = 2;

    /// False if the task was withdrawn.
    pub(super) fn start(&self) -> bool {
        self.leave_queue(Self::STARTED)
    }

    /// False if the task has been started.
    fn withdraw(&self) -> bool {
        self.leave_queue(Self::WITHDRAWN)
    }

    fn leave_queue(&self, state: u8) -> bool {
        self.0.compare_exchange(0, state, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    fn is_started(&self) -> bool {
        self.0.load(Ordering::Acquire) == Self::STARTED
    }
}

/// Why there is no outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoOutcome {
    /// The driver did not get to the task, which will not be started any more.
    NotStarted,
    /// The task should have ended by itself.
    Overdue,
    /// The task has panicked.
    BrokenOff,
}

/// Waits for what a task sends: as long as it takes, but not longer than `patience` for its start, and if it ends
/// by itself within a limit, not longer than `patience` beyond that.
pub(super) fn outcome<T>(
    receiver: &Receiver<T>,
    start: &Start,
    patience: Duration,
    limit: Option<Duration>,
) -> Result<T, NoOutcome> {
    let mut waited = Duration::ZERO;
    loop {
        match receiver.recv_timeout(PIECE) {
            Ok(outcome) => return Ok(outcome),
            Err(RecvTimeoutError::Disconnected) => return Err(NoOutcome::BrokenOff),
            Err(RecvTimeoutError::Timeout) => waited += PIECE,
        }
        if !start.is_started() {
            if waited >= patience && start.withdraw() {
                return Err(NoOutcome::NotStarted);
            }
        } else if limit.is_some_and(|limit| waited >= limit.saturating_add(patience)) {
            return Err(NoOutcome::Overdue);
        }
    }
}
