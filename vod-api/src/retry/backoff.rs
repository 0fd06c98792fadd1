//! Exponential backoff with jitter: one formula for retries, waiters and the event consumer.

use std::time::Duration;

use crate::clock::LONGEST_TIMER;

/// Doublings after which any delay has reached its cap: a nanosecond is then longer than [`LONGEST_TIMER`].
const MOST_DOUBLINGS: u32 = 60;

/// Delays that double from a base up to a cap, and are shortened at random so that clients that failed together do not
/// come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Backoff {
    base: Duration,
    cap: Duration,
    jitter: Jitter,
}

/// The part of a delay that is left to chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Jitter {
    /// All of it: a delay is between zero and its bound.
    Full,
    /// The upper half.
    #[cfg_attr(not(any(feature = "events", test)), expect(dead_code, reason = "the event consumer's"))]
    Half,
    /// The upper quarter.
    Quarter,
}

impl Jitter {
    /// The least part of its bound that a delay is.
    fn least(self) -> f64 {
        match self {
            Self::Full => 0.0,
            Self::Half => 0.5,
            Self::Quarter => 0.75,
        }
    }
}

impl Backoff {
    /// Delays from `base`, the bound of the first one, up to `cap`, which a larger base is cut to.
    pub(crate) fn new(base: Duration, cap: Duration, jitter: Jitter) -> Self {
        let cap = cap.min(LONGEST_TIMER);
        Self { base: base.min(cap), cap, jitter }
    }

    /// The bound of the first delay.
    pub(crate) fn base(self) -> Duration {
        self.base
    }

    /// The bound of the delay after that many others.
    pub(crate) fn bound(self, delays: u32) -> Duration {
        let doubled = self.base.as_nanos() << delays.min(MOST_DOUBLINGS);
        Duration::from_nanos(u64::try_from(doubled.min(self.cap.as_nanos())).unwrap_or(u64::MAX))
    }

    /// The delay after that many others, for a random number from 0 to 1.
    pub(crate) fn delay(self, delays: u32, random: f64) -> Duration {
        let least = self.jitter.least();
        self.bound(delays).mul_f64(least + (1.0 - least) * random.clamp(0.0, 1.0))
    }

    /// A random delay after that many others.
    pub(crate) fn random_delay(self, delays: u32) -> Duration {
        self.delay(delays, rand::random_range(0.0..=1.0))
    }

    /// Random delays, from the first one on.
    pub(crate) fn delays(self) -> Delays {
        Delays { backoff: self, made: 0 }
    }
}

/// The delays of one retry loop or one waiter.
#[derive(Debug, Clone)]
pub(crate) struct Delays {
    backoff: Backoff,
    made: u32,
}

impl Delays {
    /// The next delay.
    pub(crate) fn next_delay(&mut self) -> Duration {
        let delay = self.backoff.random_delay(self.made);
        self.made = self.made.saturating_add(1);
        delay
    }

    /// The bound of the first delay.
    pub(crate) fn base(&self) -> Duration {
        self.backoff.base()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn delays_double_up_to_the_cap() {
        let backoff = Backoff::new(ms(100), ms(2000), Jitter::Full);
        let bounds = [0, 1, 2, 3, 4, 5, 99, u32::MAX].map(|delays| backoff.bound(delays).as_millis());
        assert_eq!(bounds, [100, 200, 400, 800, 1600, 2000, 2000, 2000]);
        assert_eq!(backoff.base(), ms(100));
        assert_eq!(Backoff::new(ms(5000), ms(2000), Jitter::Full).base(), ms(2000));
    }

    #[test]
    fn delays_go_on_from_the_first() {
        let mut delays = Backoff::new(ms(100), ms(2000), Jitter::Quarter).delays();
        assert_eq!(delays.base(), ms(100));
        for longest in [100, 200, 400, 800, 1600, 2000, 2000] {
            let delay = delays.next_delay();
            assert!((ms(longest * 3 / 4)..=ms(longest)).contains(&delay), "{delay:?} of {longest} ms");
        }
        assert_eq!(delays.base(), ms(100));
    }

    #[test]
    fn jitter_leaves_its_part_of_a_delay_to_chance() {
        for (jitter, least) in [(Jitter::Full, 0), (Jitter::Half, 400), (Jitter::Quarter, 600)] {
            let backoff = Backoff::new(ms(100), ms(2000), jitter);
            let delays = [-1.0, 0.0, 1.0, 2.0].map(|random| backoff.delay(3, random).as_millis());
            assert_eq!(delays, [least, least, 800, 800], "{jitter:?}");
        }
    }

    #[test]
    fn any_base_and_cap_can_be_asked_for() {
        let lengths =
            [Duration::ZERO, Duration::from_nanos(1), Duration::from_secs(1), LONGEST_TIMER, Duration::MAX];
        for (base, cap) in lengths.iter().flat_map(|base| lengths.map(|cap| (*base, cap))) {
            let backoff = Backoff::new(base, cap, Jitter::Full);
            assert!(
                (0..300).all(|delays| backoff.random_delay(delays) <= cap.min(LONGEST_TIMER)),
                "{base:?} {cap:?}"
            );
            let reached = if base.is_zero() { base } else { cap.min(LONGEST_TIMER) };
            assert_eq!(backoff.bound(u32::MAX), reached, "{base:?} {cap:?}");
        }
    }
}
