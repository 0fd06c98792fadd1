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
    /// Counts a call. The result is how many it is in its second; none if that is one more than `limit`. Refused calls do
    /// not count.
    pub(crate) fn admit(&mut self, caller: Caller, limit: u32, now: Duration) -> Option<u32> {
        let second = now.as_secs();
        if self.windows.len() >= KEPT_WINDOWS {
            self.windows.retain(|_, window| window.second == second);
        }
        let window = self.windows.entry(caller).or_insert(Window { second, calls: 0 });
        if window.second != second {
            *window = Window { second, calls: 0 };
        }
        if window.calls >= limit {
            return None;
        }
        window.calls += 1;
        Some(window.calls)
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
        assert_ne!(rates.admit(a(), 2, in_time(1000)), None);
        assert_ne!(rates.admit(a(), 2, in_time(1500)), None);
        assert_eq!(rates.admit(a(), 2, in_time(1999)), None);
        assert_ne!(rates.admit(a(), 2, in_time(2000)), None);
    }

    #[test]
    fn counts_actions_and_callers_apart() {
        let mut rates = RateLimits::default();
        let now = Duration::ZERO;
        assert_ne!(rates.admit(caller("A", "id"), 1, now), None);
        assert_eq!(rates.admit(caller("A", "id"), 1, now), None);
        assert_ne!(rates.admit(caller("B", "id"), 1, now), None);
        assert_ne!(rates.admit(caller("A", "other"), 1, now), None);
    }

    #[test]
    fn forgets_past_seconds() {
        let mut rates = RateLimits::default();
        for second in 0..5000 {
            let name = format!("A{second}");
            assert_ne!(rates.admit(caller(&name, "id"), 1, Duration::from_secs(second)), None);
        }
        assert!(rates.windows.len() <= KEPT_WINDOWS);
    }
}
