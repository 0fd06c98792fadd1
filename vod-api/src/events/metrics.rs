//! The consumer's numbers for the feature `metrics`: what changed in its figures, told by the facade of that name.
//! The guide has the table that explains them.

#[cfg(test)]
mod tests;

use std::fmt;
use std::time::Duration;

use metrics::{Counter, Gauge, Histogram, counter, gauge, histogram};

use super::ledger::Counters;

/// A consumer's figures, of which the counters only grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Figures {
    pub(super) counters: Counters,
    pub(super) redelivered: u64,
    pub(super) handler_panics: u64,
    pub(super) waiting: usize,
    pub(super) in_flight: usize,
    pub(super) confirming: usize,
}

/// Which of the figures a number follows.
type Of<T> = fn(&Figures) -> T;

/// What has been told of the figures, and the times that are to be told with the next ones.
#[derive(Debug, Default)]
pub(super) struct Told {
    figures: Figures,
    lags: Vec<Duration>,
    confirmations: Vec<Duration>,
}

/// What is to be told. It is put together while the figures are locked, and told when they no longer are: a recorder
/// may ask for them.
#[derive(Debug)]
pub(super) struct News {
    before: Figures,
    after: Figures,
    lags: Vec<Duration>,
    confirmations: Vec<Duration>,
}

impl Told {
    /// An event was delivered, so long after its pull began.
    pub(super) fn delivered(&mut self, lag: Duration) {
        self.lags.push(lag);
    }

    /// An event was confirmed, so long after the application accepted it.
    pub(super) fn confirmed(&mut self, after: Duration) {
        self.confirmations.push(after);
    }

    /// What has changed since the last time.
    pub(super) fn follow(&mut self, figures: Figures) -> News {
        News {
            before: std::mem::replace(&mut self.figures, figures),
            after: figures,
            lags: std::mem::take(&mut self.lags),
            confirmations: std::mem::take(&mut self.confirmations),
        }
    }
}

/// Tells numbers to the recorder that was there when the consumer began.
pub(super) struct Numbers {
    counters: Vec<(Counter, Of<u64>)>,
    gauges: Vec<(Gauge, Of<usize>)>,
    lag: Histogram,
    confirmation: Histogram,
}

impl Numbers {
    /// The numbers of a consumer of this application; none is the account's default one.
    pub(super) fn new(sub_app_id: Option<u64>) -> Self {
        let application = sub_app_id.map_or_else(|| "default".to_owned(), |id| id.to_string());
        let plain = |name: &'static str| counter!(name, "sub_app_id" => application.clone());
        let by_outcome = |name: &'static str, outcome: &'static str| counter!(name, "sub_app_id" => application.clone(), "outcome" => outcome);
        let resolved = |outcome| by_outcome("vod_api_events_resolved_total", outcome);
        let pulls = |outcome| by_outcome("vod_api_events_pulls_total", outcome);
        let level = |name: &'static str| gauge!(name, "sub_app_id" => application.clone());
        let duration = |name: &'static str| histogram!(name, "sub_app_id" => application.clone());
        Self {
            counters: vec![
                (plain("vod_api_events_pulled_total"), |figures| figures.counters.pulled),
                (resolved("confirmed"), |figures| figures.counters.confirmed),
                (resolved("released"), |figures| figures.counters.released),
                (resolved("expired"), |figures| figures.counters.expired),
                (resolved("rejected"), |figures| figures.counters.rejected),
                (resolved("failed"), |figures| figures.counters.failed),
                (resolved("unknown"), |figures| figures.counters.unknown),
                (resolved("abandoned"), |figures| figures.counters.abandoned),
                (plain("vod_api_events_overdue_total"), |figures| figures.counters.overdue),
                (plain("vod_api_events_redelivered_total"), |figures| figures.redelivered),
                (plain("vod_api_events_handler_panics_total"), |figures| figures.handler_panics),
                (pulls("events"), |figures| figures.counters.filled_pulls),
                (pulls("empty"), |figures| figures.counters.empty_pulls),
                (pulls("failed"), |figures| figures.counters.pull_failures),
                (plain("vod_api_events_throttled_total"), |figures| figures.counters.throttled),
            ],
            gauges: vec![
                (level("vod_api_events_waiting"), |figures| figures.waiting),
                (level("vod_api_events_in_flight"), |figures| figures.in_flight),
                (level("vod_api_events_confirming"), |figures| figures.confirming),
            ],
            lag: duration("vod_api_events_lag_seconds"),
            confirmation: duration("vod_api_events_confirm_seconds"),
        }
    }

    /// Tells what has changed. Changes add up, so that their order does not matter and several consumers may share a
    /// name.
    pub(super) fn tell(&self, news: News) {
        let News { before, after, lags, confirmations } = news;
        for lag in lags {
            self.lag.record(lag);
        }
        for time in confirmations {
            self.confirmation.record(time);
        }
        if before == after {
            return;
        }
        for (counter, of) in &self.counters {
            let growth = of(&after).saturating_sub(of(&before));
            if growth > 0 {
                counter.increment(growth);
            }
        }
        for (gauge, of) in &self.gauges {
            let (before, after) = (of(&before), of(&after));
            #[expect(clippy::cast_precision_loss, reason = "events in memory are few")]
            match after.checked_sub(before) {
                Some(0) => {}
                Some(growth) => gauge.increment(growth as f64),
                None => gauge.decrement((before - after) as f64),
            }
        }
    }
}

impl fmt::Debug for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Numbers").finish_non_exhaustive()
    }
}
