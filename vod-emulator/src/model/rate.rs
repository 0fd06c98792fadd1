//! Rate limits, counted as the vendor counts them.

use std::collections::HashMap;
use std::time::Duration;

/// Beyond this many counted keys, the ones of past seconds are forgotten.
const KEPT_WINDOWS: usize = 1024;

/// Whose calls are counted together. The application and the region of a call play no part: the region has no effect
/// on the service's actions, and whether it counts is not known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Caller {
    pub(crate) action: String,
    pub(crate) secret_id: String,
}

/// Counts calls in whole seconds of the emulator's clock.
#[derive(Debug, Default)]
pub(crate) struct RateLimits {
    windows: HashMap<Caller, Window>,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    second: u64,
    calls: u32,
}

impl RateLimits {
    /// Counts a call; false if it is one more than `limit` in its second. Refused calls do not count.
    pub(crate) fn admit(&mut self, caller: Caller, limit: u32, now: Duration) -> bool {
        let second = now.as_secs();
        if self.windows.len() >= KEPT_WINDOWS {
            self.windows.retain(|_, window| window.second == second);
        }
        let window = self.windows.entry(caller).or_insert(Window { second, calls: 0 });
        if window.second != second {
            *window = Window { second, calls: 0 };
        }
        if window.calls >= limit {
            return false;
        }
        window.calls += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(action: &str, secret_id: &str) -> Caller {
        Caller { action: action.into(), secret_id: secret_id.into() }
    }

    #[test]
    fn counts_each_second_by_itself() {
        let mut rates = RateLimits::default();
        let a = || caller("A", "id");
        let in_time = |millis| Duration::from_millis(millis);
        assert!(rates.admit(a(), 2, in_time(1000)));
        assert!(rates.admit(a(), 2, in_time(1500)));
        assert!(!rates.admit(a(), 2, in_time(1999)));
        assert!(rates.admit(a(), 2, in_time(2000)));
    }

    #[test]
    fn counts_actions_and_callers_apart() {
        let mut rates = RateLimits::default();
        let now = Duration::ZERO;
        assert!(rates.admit(caller("A", "id"), 1, now));
        assert!(!rates.admit(caller("A", "id"), 1, now));
        assert!(rates.admit(caller("B", "id"), 1, now));
        assert!(rates.admit(caller("A", "other"), 1, now));
    }

    #[test]
    fn forgets_past_seconds() {
        let mut rates = RateLimits::default();
        for second in 0..5000 {
            let name = format!("A{second}");
            assert!(rates.admit(caller(&name, "id"), 1, Duration::from_secs(second)));
        }
        assert!(rates.windows.len() <= KEPT_WINDOWS);
    }
}
