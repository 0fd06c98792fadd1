//! A line on a terminal that tells how the consumer is doing, and what is printed beside it.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::task::JoinHandle;
use vod_api::events::Shutdown;

/// Where the line stands. Nothing else may be written to a terminal but by [`Screen::print`], which takes the line away
/// meanwhile.
#[derive(Clone)]
pub(super) struct Screen(ProgressBar);

impl Screen {
    /// With a line if that is wanted and standard error is a terminal.
    pub(super) fn new(has_line: bool) -> Self {
        let bar = ProgressBar::new_spinner();
        if !has_line {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        // The template is a constant, so that it is never refused.
        if let Ok(style) = ProgressStyle::with_template("{msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Prints something else.
    pub(super) fn print<T>(&self, print: impl FnOnce() -> T) -> T {
        self.0.suspend(print)
    }
}

/// The line, until it ends.
pub(super) struct LiveLine {
    screen: Screen,
    task: Option<JoinHandle<()>>,
}

impl LiveLine {
    /// Tells the consumer's figures each second.
    pub(super) fn start(screen: Screen, consumer: Shutdown) -> Self {
        let bar = screen.0.clone();
        if bar.is_hidden() {
            return Self { screen, task: None };
        }
        let task = tokio::spawn(async move {
            let mut before = 0;
            let mut ticks = tokio::time::interval(Duration::from_secs(1));
            loop {
                ticks.tick().await;
                let stats = consumer.stats();
                let rate = stats.totals.pulled - before;
                before = stats.totals.pulled;
                bar.set_message(format!(
                    "{} pulled, {rate}/s, {} confirmed, {} in flight, lag {:.1} s",
                    stats.totals.pulled,
                    stats.totals.confirmed,
                    stats.in_flight,
                    stats.lag.as_secs_f64()
                ));
            }
        });
        Self { screen, task: Some(task) }
    }

    /// Takes the line away.
    pub(super) fn end(self) {
        if let Some(task) = self.task {
            task.abort();
        }
        self.screen.0.finish_and_clear();
    }
}
