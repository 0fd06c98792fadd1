//! What the commands that call the service by its generated types have in common: a runtime.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::Builder;

use crate::failure::{Exit, Failure};

/// How long what is being written to a disk may take at the end.
const LAST_WRITES: Duration = Duration::from_secs(5);

/// Runs to the end, or to ctrl-c.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let outcome = runtime.block_on(async {
        // Listened to from now on, so that none is lost between two calls.
        let stop = vod_emulator::cli::stop_signal()?;
        tokio::select! {
            done = work => done,
            () = stop => Err(Failure::new(Exit::Interrupted, "interrupted")),
        }
    });
    // Files that are being written are finished. A read of standard input may never end.
    runtime.shutdown_timeout(LAST_WRITES);
    outcome
}
