//! A line on a terminal that tells how the consumer is doing.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::Duration;

use tokio::task::JoinHandle;
use vod_api::events::Shutdown;

/// The line, until it ends.
pub(super) struct LiveLine(Option<JoinHandle<()>>);

impl LiveLine {
    /// Begins, if standard error is a terminal and standard output is not the same one's flow of events.
    pub(super) fn start(consumer: Shutdown) -> Self {
        if !io::stderr().is_terminal() {
            return Self(None);
        }
        Self(Some(tokio::spawn(async move {
            let mut before = 0;
            let mut ticks = tokio::time::interval(Duration::from_secs(1));
            loop {
                ticks.tick().await;
                let stats = consumer.stats();
                let rate = stats.totals.pulled - before;
                before = stats.totals.pulled;
                let line = format!(
                    "{} pulled, {rate}/s, {} confirmed, {} in flight, lag {:.1} s",
                    stats.totals.pulled,
                    stats.totals.confirmed,
                    stats.in_flight,
                    stats.lag.as_secs_f64()
                );
                // A closed standard error cannot be reported anywhere.
                let _ = write!(io::stderr(), "\r\x1b[2K{line}");
            }
        })))
    }

    /// Takes the line away.
    pub(super) fn end(self) {
        if let Some(task) = self.0 {
            task.abort();
            let _ = write!(io::stderr(), "\r\x1b[2K");
        }
    }
}
