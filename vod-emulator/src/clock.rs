//! The emulator's clock: real time, a paused tokio clock and virtual time behind one interface.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use crate::options::{ClockSkew, WallClock};

/// Time since the emulator's start. It passes with tokio's clock and can be moved forward besides.
#[derive(Debug)]
pub(crate) struct Clock {
    start: Instant,
    wall_at_start: Duration,
    /// Whether the wall clock began at another time than the machine's.
    is_elsewhere: bool,
    skipped_nanos: AtomicU64,
    moved: Notify,
    skew: ClockSkew,
    wall: WallClock,
}

impl Clock {
    #[allow(clippy::disallowed_methods, reason = "the one place that asks tokio for its time")]
    pub(crate) fn new(wall: WallClock, skew: ClockSkew, start_time: Option<i64>) -> Self {
        let starts_at = |unix: i64| Duration::from_secs(u64::try_from(unix).unwrap_or_default());
        Self {
            start: Instant::now(),
            wall_at_start: start_time.map_or_else(system_time, starts_at),
            is_elsewhere: start_time.is_some(),
            skipped_nanos: AtomicU64::new(0),
            moved: Notify::new(),
            skew,
            wall,
        }
    }

    /// How long the emulator has been running, with the time that was skipped.
    pub(crate) fn now(&self) -> Duration {
        self.start.elapsed() + Duration::from_nanos(self.skipped_nanos.load(Ordering::SeqCst))
    }

    /// Unix time in seconds, as the emulated service sees it.
    pub(crate) fn unix_seconds(&self) -> i64 {
        let time = match self.wall {
            WallClock::Virtual => self.wall_at_start + self.now(),
            WallClock::System => system_time(),
        };
        i64::try_from(time.as_secs()).unwrap_or(i64::MAX).saturating_add(self.skew.seconds())
    }

    /// The times that signatures are judged by: the service's, and also the machine's if the service's was set to
    /// another, which clients do not know.
    pub(crate) fn judging(&self) -> [i64; 2] {
        let own = self.unix_seconds();
        if !self.is_elsewhere {
            return [own, own];
        }
        let machine = i64::try_from(system_time().as_secs()).unwrap_or(i64::MAX);
        [own, machine.saturating_add(self.skew.seconds())]
    }

    /// Waits for `period` to pass.
    pub(crate) async fn sleep(&self, period: Duration) {
        self.sleep_until(self.now().saturating_add(period)).await;
    }

    /// Skips `by` and wakes all timers.
    pub(crate) fn advance(&self, by: Duration) {
        let nanos = u64::try_from(by.as_nanos()).unwrap_or(u64::MAX);
        let add = |skipped: u64| Some(skipped.saturating_add(nanos));
        // The closure always gives a value, so this cannot fail.
        let _ = self.skipped_nanos.fetch_update(Ordering::SeqCst, Ordering::SeqCst, add);
        self.moved.notify_waiters();
    }

    /// Waits until [`now`](Self::now) has reached `moment`.
    pub(crate) async fn sleep_until(&self, moment: Duration) {
        loop {
            let moved = self.moved.notified();
            tokio::pin!(moved);
            // Registered before the clock is read, so that no step forward is missed in between.
            moved.as_mut().enable();
            let now = self.now();
            if now >= moment {
                return;
            }
            tokio::select! {
                () = sleep(moment.saturating_sub(now)) => {}
                () = moved => {}
            }
        }
    }
}

/// Unix time of this machine.
#[allow(clippy::disallowed_methods, reason = "the one place that asks the machine for its time")]
fn system_time() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn follows_tokio_and_skips() {
        let clock = Clock::new(WallClock::Virtual, ClockSkew::None, None);
        let before = clock.unix_seconds();
        tokio::time::advance(Duration::from_secs(10)).await;
        clock.advance(Duration::from_secs(90));
        assert_eq!(clock.now(), Duration::from_secs(100));
        let passed = clock.unix_seconds() - before;
        assert!((100..=101).contains(&passed), "{passed}");
    }

    #[tokio::test(start_paused = true)]
    async fn skew_and_system_time() {
        let ahead = Clock::new(WallClock::System, ClockSkew::Ahead(Duration::from_secs(1000)), None);
        let behind = Clock::new(WallClock::System, ClockSkew::Behind(Duration::from_secs(1000)), None);
        ahead.advance(Duration::from_secs(500_000));
        let difference = ahead.unix_seconds() - behind.unix_seconds();
        assert!((1999..=2001).contains(&difference), "{difference}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_start_time_is_where_the_clock_begins() {
        let clock = Clock::new(WallClock::Virtual, ClockSkew::None, Some(1_735_689_600));
        clock.advance(Duration::from_secs(5));
        let [own, machine] = clock.judging();
        assert_eq!(own, 1_735_689_605);
        assert!(machine > own + 1000, "{machine}");
        let usual = Clock::new(WallClock::Virtual, ClockSkew::None, None);
        assert_eq!(usual.judging()[0], usual.judging()[1]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_skip_wakes_a_sleeper() {
        let clock = Arc::new(Clock::new(WallClock::Virtual, ClockSkew::None, None));
        let sleeper = tokio::spawn({
            let clock = Arc::clone(&clock);
            async move { clock.sleep_until(Duration::from_hours(1)).await }
        });
        tokio::task::yield_now().await;
        clock.advance(Duration::from_hours(1));
        sleeper.await.unwrap();
        // Had it slept on, the paused clock would have moved by itself.
        assert_eq!(clock.start.elapsed(), Duration::ZERO);
    }
}
