//! Keeps calls below the rate limits that the specs document, and learns the others from throttling.
//!
//! The service counts calls by action, region and secret id, whatever application they are about; so does this.
//! It is written here and not taken from a crate because the rate changes while calls wait: known limiters fix
//! it when they are made.

mod learned;
mod pace;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use tokio::time::{Instant, sleep_until, timeout_at};

use learned::Learned;
use pace::Pace;

use crate::action::ActionMeta;
use crate::clock;

/// From this many lanes on, those that nobody has used for a while are given up: secret ids change.
const KEPT_LANES: usize = 64;
/// When a lane counts as unused. It forgets at most a lowered rate, which has recovered by then.
const UNUSED: Duration = Duration::from_mins(1);

/// The lowest share of a rate limit. Times are counted in what a `Duration` can hold, and one call in many hours is no
/// rate any more.
pub(crate) const LOWEST_SHARE: f64 = 1e-6;

/// All lanes of a client, shared by its clones.
#[derive(Debug)]
pub(crate) struct Pacer {
    /// The part of each limit that is this client's; `None` if calls are not paced.
    share: Option<f64>,
    lanes: RwLock<Vec<Arc<Lane>>>,
}

/// There is no turn before the deadline.
#[derive(Debug)]
pub(crate) struct NoTurn;

impl Pacer {
    pub(crate) fn new(share: Option<f64>) -> Self {
        Self { share, lanes: RwLock::default() }
    }

    /// The part of each limit that is this client's; `None` if calls are not paced.
    #[cfg(feature = "events")]
    pub(crate) fn share(&self) -> Option<f64> {
        self.share
    }

    /// The lane of a call; `None` if it never waits for a turn. The service counts unsigned calls in ways of their
    /// own: they belong to nobody.
    pub(crate) fn lane(&self, action: &'static ActionMeta, region: &str, id: &str) -> Option<Arc<Lane>> {
        let share = self.share.filter(|_| !action.unsigned)?;
        let lanes = self.lanes.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(lane) = lanes.iter().find(|lane| lane.is_for(action, region, id)) {
            return Some(Arc::clone(lane));
        }
        drop(lanes);
        let mut lanes = self.lanes.write().unwrap_or_else(PoisonError::into_inner);
        // Another call may have been faster.
        if let Some(lane) = lanes.iter().find(|lane| lane.is_for(action, region, id)) {
            return Some(Arc::clone(lane));
        }
        let now = clock::now();
        if lanes.len() >= KEPT_LANES {
            lanes.retain(|lane| Arc::strong_count(lane) > 1 || lane.limit().is_used_since(now, UNUSED));
        }
        let lane = Arc::new(Lane {
            action,
            region: region.to_owned(),
            secret_id: id.to_owned(),
            turn: tokio::sync::Mutex::default(),
            limit: Mutex::new(Limit::of(action, share, now)),
        });
        lanes.push(Arc::clone(&lane));
        Some(lane)
    }
}

/// Calls that the service counts together.
#[derive(Debug)]
pub(crate) struct Lane {
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
    Published(Pace),
    /// Only the service knows it.
    Learned(Learned),
}

impl Limit {
    fn of(action: &ActionMeta, share: f64, now: Instant) -> Self {
        match action.rate_limit {
            0 => Self::Learned(Learned::new(now)),
            limit => Self::Published(Pace::new(f64::from(limit) * share, now)),
        }
    }

    /// Whether a call may go without a turn.
    fn goes_freely(&mut self, now: Instant) -> bool {
        match self {
            Self::Published(_) => false,
            Self::Learned(learned) => learned.goes_freely(now),
        }
    }

    /// Lets a call go now, or says when it may come again.
    fn pass(&mut self, now: Instant) -> Option<Instant> {
        if self.goes_freely(now) {
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

impl Lane {
    fn is_for(&self, action: &'static ActionMeta, region: &str, id: &str) -> bool {
        std::ptr::eq(self.action, action) && self.region == region && self.secret_id == id
    }

    fn limit(&self) -> MutexGuard<'_, Limit> {
        self.limit.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a turn, and takes it. Returns when that was; `now` if it was there at once. Gives up as soon as it
    /// is clear that there is none before the deadline.
    pub(crate) async fn turn(&self, mut now: Instant, deadline: Instant) -> Result<Instant, NoTurn> {
        let _turn = match self.turn.try_lock() {
            Ok(turn) => turn,
            Err(_) if self.limit().goes_freely(now) => return Ok(now),
            Err(_) => {
                let turn = timeout_at(deadline, self.turn.lock()).await.map_err(|_| NoTurn)?;
                now = clock::now();
                turn
            }
        };
        loop {
            let Some(at) = self.limit().pass(now) else { return Ok(now) };
            if at >= deadline {
                return Err(NoTurn);
            }
            sleep_until(at).await;
            now = clock::now();
        }
    }

    /// Whether nothing has throttled the lane, or it has recovered.
    #[cfg(feature = "events")]
    pub(crate) fn is_at_full_rate(&self, now: Instant) -> bool {
        match &mut *self.limit() {
            Limit::Published(pace) => pace.is_recovered(now),
            Limit::Learned(learned) => learned.goes_freely(now),
        }
    }

    /// The service throttled a call of this lane.
    pub(crate) fn slow_down(&self) {
        let slower = self.limit().slow_down(clock::now());
        if let Some(rate) = slower {
            tracing::debug!(action = self.action.name, region = self.region, rate, "calls slowed down");
        }
    }
}

#[cfg(test)]
mod tests;
