//! How many calls a client may send again while hardly any succeeds.

use std::sync::atomic::{AtomicU64, Ordering};

/// What one repeated attempt costs, in units of what one success pays.
const COST: u64 = 10;

/// A bucket of tokens that repeated attempts take from and successes fill: an outage meets the calls that there
/// are, and soon not three times as many.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    capacity: u64,
    units: AtomicU64,
}

impl RetryBudget {
    /// A full one, for that many repeated attempts.
    pub(crate) fn new(attempts: u32) -> Self {
        let capacity = u64::from(attempts) * COST;
        Self { capacity, units: AtomicU64::new(capacity) }
    }

    /// Pays for a repeated attempt. False if there is too little left.
    pub(crate) fn take(&self) -> bool {
        let pay = |units: u64| units.checked_sub(COST);
        self.units.fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay).is_ok()
    }

    /// A call succeeded.
    pub(crate) fn earn(&self) {
        // Nearly always full: then there is nothing to write, and calls on many threads share the line.
        if self.units.load(Ordering::Relaxed) != self.capacity {
            let add = |units: u64| (units != self.capacity).then_some(units + 1);
            let _ = self.units.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_used_up_and_ten_successes_earn_one_attempt() {
        let budget = RetryBudget::new(2);
        assert_eq!([budget.take(), budget.take(), budget.take()], [true, true, false]);
        for _ in 0..9 {
            budget.earn();
        }
        assert!(!budget.take());
        budget.earn();
        assert_eq!([budget.take(), budget.take()], [true, false]);
    }

    #[test]
    fn it_never_holds_more_than_at_the_start() {
        let budget = RetryBudget::new(1);
        for _ in 0..100 {
            budget.earn();
        }
        assert_eq!([budget.take(), budget.take()], [true, false]);
    }
}
