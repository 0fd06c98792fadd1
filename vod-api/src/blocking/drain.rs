//! Drains event consumers when a blocking client is dropped: confirmations that were accepted.

use std::cell::RefCell;
use std::time::Duration;

use tokio::time::timeout;

use super::driver::DriverId;
use crate::events::Shutdown;

/// How long the thread stays for events that are in flight: no handle is good for longer.
const LONGEST_VALIDITY: Duration = Duration::from_secs(30);

thread_local! {
    /// The consumers that run on this thread, if it is a driver's.
    static CONSUMERS: RefCell<Vec<Shutdown>> = const { RefCell::new(Vec::new()) };
}

/// A consumer begins to run. If that is on the thread of a blocking client, the thread finishes it before it ends.
pub(crate) fn register(consumer: Shutdown) {
    if DriverId::of_this_thread().is_some() {
        CONSUMERS.with_borrow_mut(|consumers| {
            consumers.retain(|consumer| !consumer.is_finished());
            consumers.push(consumer);
        });
    }
}

/// Stops this thread's consumers, and waits until every event that was accepted is confirmed or never will be.
pub(super) async fn confirm_accepted(limit: Duration) {
    let consumers = consumers();
    consumers.iter().for_each(Shutdown::stop);
    let resolved = async {
        for consumer in &consumers {
            consumer.resolved().await;
        }
    };
    // What takes longer goes on in the background for as long as the process lives.
    let _ = timeout(limit, resolved).await;
}

/// Waits for the events that are still in flight: each is confirmed or expires.
pub(super) async fn finish_consumers() {
    let consumers = consumers();
    let finished = async {
        for consumer in &consumers {
            consumer.finished().await;
        }
    };
    let _ = timeout(LONGEST_VALIDITY, finished).await;
}

fn consumers() -> Vec<Shutdown> {
    CONSUMERS.with_borrow(Clone::clone)
}
