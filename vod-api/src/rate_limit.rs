//! Rate limiters: keep calls below the limits that the specs document, and learn the others from throttling.
//!
//! The service counts calls by action, region and secret id, whatever application they are about; so does this.
//! It is written here and not taken from a crate because the rate changes while calls wait: known limiters fix
//! it when they are made.

mod adaptive_rate;
mod learned;
pub(crate) mod spacing;

use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::time::{Instant, sleep_until, timeout_at};

use adaptive_rate::AdaptiveRate;
use learned::Learned;

use crate::action::ActionMeta;
use crate::clock;
use crate::sync::{ReadMostly, lock};

/// From this many limiters on, unused ones are removed: secret ids change.
const KEPT_LIMITERS: usize = 64;
/// When a limiter counts as unused. It forgets at most a lowered rate, which has recovered by then.
const UNUSED: Duration = Duration::from_mins(1);

/// The lowest share of a rate limit. Times are counted in what a `Duration` can hold, and one call in many hours is no
/// rate any more.
pub(crate) const LOWEST_SHARE: f64 = 1e-6;

/// All limiters of a client, shared by its clones.
#[derive(Debug)]
pub(crate) struct RateLimiters {
    /// The part of each limit that is this client's; `None` if calls are not paced.
    share: Option<f64>,
    limiters: ReadMostly<Arc<RateLimiter>>,
}

/// There is no turn before the deadline.
#[derive(Debug)]
pub(crate) struct NoPermit;

impl RateLimiters {
    pub(crate) fn new(share: Option<f64>) -> Self {
        Self { share, limiters: ReadMostly::default() }
    }

    /// The part of each limit that is this client's; `None` if calls are not paced.
    pub(crate) fn share(&self) -> Option<f64> {
        self.share
    }

    /// The limiter of a call; `None` if it never waits for a turn. The service counts unsigned calls in ways of their
    /// own: they belong to no limiter.
    pub(crate) fn limiter(
        &self,
        action: &'static ActionMeta,
        region: &str,
        id: &str,
    ) -> Option<Arc<RateLimiter>> {
        let share = self.share().filter(|_| !action.unsigned)?;
        // The clock is read for a new limiter alone, not for each call.
        let make = || {
            Ok::<_, Infallible>(Arc::new(RateLimiter {
                action,
                region: region.to_owned(),
                secret_id: id.to_owned(),
                turn: tokio::sync::Mutex::default(),
                limit: Mutex::new(Limit::of(action, share, clock::now())),
            }))
        };
        let make_room = |limiters: &mut Vec<Arc<RateLimiter>>| {
            if limiters.len() >= KEPT_LIMITERS {
                let now = clock::now();
                limiters.retain(|limiter| {
                    Arc::strong_count(limiter) > 1 || limiter.limit().is_used_since(now, UNUSED)
                });
            }
        };
        let Ok(limiter) =
            self.limiters.get_or_insert(|limiter| limiter.is_for(action, region, id), make, make_room);
        Some(limiter)
    }
}

/// Calls that the service counts together.
#[derive(Debug)]
pub(crate) struct RateLimiter {
    action: &'static ActionMeta,
    region: String,
    secret_id: String,
    /// Held by the call whose turn is next. The others queue for it in order, and one that is dropped leaves no
    /// gap behind.
    turn: tokio::sync::Mutex<()>,
    limit: Mutex<Limit>,
}

/// What keeps calls apart.
#[derive(Debug)]
enum Limit {
    /// The spec names it.
    Published(AdaptiveRate),
    /// Only the service knows it.
    Learned(Learned),
}

impl Limit {
    fn of(action: &ActionMeta, share: f64, now: Instant) -> Self {
        match action.rate_limit {
            0 => Self::Learned(Learned::new(now)),
            limit => Self::Published(AdaptiveRate::new(f64::from(limit) * share, now)),
        }
    }

    /// Whether a call may go without a turn.
    fn is_unlimited(&mut self, now: Instant) -> bool {
        match self {
            Self::Published(_) => false,
            Self::Learned(learned) => learned.is_unlimited(now),
        }
    }

    /// Grants a permit now, or returns how long to wait.
    fn pass(&mut self, now: Instant) -> Option<Instant> {
        if self.is_unlimited(now) {
            return None;
        }
        match self {
            Self::Published(pace) => pace.take(now),
            Self::Learned(learned) => learned.take(now),
        }
    }

    fn slow_down(&mut self, now: Instant) -> Option<f64> {
        match self {
            Self::Published(pace) => pace.slow_down(now),
            Self::Learned(learned) => Some(learned.slow_down(now)),
        }
    }

    fn is_used_since(&self, now: Instant, time: Duration) -> bool {
        match self {
            Self::Published(pace) => pace.is_used_since(now, time),
            Self::Learned(learned) => learned.is_used_since(now, time),
        }
    }
}

impl RateLimiter {
    fn is_for(&self, action: &'static ActionMeta, region: &str, id: &str) -> bool {
        std::ptr::eq(self.action, action) && self.region == region && self.secret_id == id
    }

    fn limit(&self) -> MutexGuard<'_, Limit> {
        lock(&self.limit)
    }

    /// Waits for a turn, and takes it. Returns when that was; `now` if it was there at once. Gives up as soon as it
    /// is clear that there is none before the deadline.
    pub(crate) async fn acquire(&self, mut now: Instant, deadline: Instant) -> Result<Instant, NoPermit> {
        let _turn = match self.turn.try_lock() {
            Ok(turn) => turn,
            Err(_) if self.limit().is_unlimited(now) => return Ok(now),
            Err(_) => {
                let turn = timeout_at(deadline, self.turn.lock()).await.map_err(|_| NoPermit)?;
                now = clock::now();
                turn
            }
        };
        loop {
            let Some(at) = self.limit().pass(now) else { return Ok(now) };
            if at >= deadline {
                return Err(NoPermit);
            }
            sleep_until(at).await;
            now = clock::now();
        }
    }

    /// Whether nothing has throttled the limiter, or it has recovered.
    pub(crate) fn is_at_full_rate(&self, now: Instant) -> bool {
        match &mut *self.limit() {
            Limit::Published(pace) => pace.is_recovered(now),
            Limit::Learned(learned) => learned.is_unlimited(now),
        }
    }

    /// The service throttled a call of this limiter.
    pub(crate) fn slow_down(&self) {
        let slower = self.limit().slow_down(clock::now());
        if let Some(rate) = slower {
            tracing::debug!(
                action = self.action.name,
                region = self.region,
                rate,
                "rate limit lowered after throttling"
            );
        }
    }
}

#[cfg(test)]
mod tests;
