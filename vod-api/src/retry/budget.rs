//! The retry budget: a token bucket that bounds retries while most calls fail.

use std::sync::atomic::{AtomicU64, Ordering};

/// The cost of one retry, in units of what one success returns.
const COST: u64 = 10;

/// The retry token bucket: a retry costs 10 units, a success returns 1. In an outage it soon stops retries, so that the
/// load is not multiplied.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    capacity: u64,
    units: AtomicU64,
}

impl RetryBudget {
    /// A full bucket, for this number of retries.
    pub(crate) fn new(attempts: u32) -> Self {
        let capacity = u64::from(attempts) * COST;
        Self { capacity, units: AtomicU64::new(capacity) }
    }

    /// Takes the cost of one retry. Returns false if the bucket has too little.
    pub(crate) fn take(&self) -> bool {
        let pay = |units: u64| units.checked_sub(COST);
        self.units.fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay).is_ok()
    }

    /// Returns one unit, after a success.
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
