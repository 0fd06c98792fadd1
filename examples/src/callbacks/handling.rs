//! Events that were taken, handled one after the other on a thread of its own.

use std::fmt::{self, Display};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use vod_api::callback::CallbackEvent;

/// How many events may wait for the handler, so that an answer need not wait for the work.
const WAITING_EVENTS: usize = 1024;

/// What became of the events that were taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Handled {
    /// Events whose handler has ended well.
    pub handled: u64,
    /// Events whose handler has failed, panicked or taken too long.
    pub failed: u64,
    /// Events that were still waiting at the end, the one that was being handled among them.
    pub unhandled: u64,
}

/// In one line, each figure as `name=number`.
impl Display for Handled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { handled, failed, unhandled } = self;
        write!(f, "handled={handled} failed={failed} unhandled={unhandled}")
    }
}

#[derive(Debug, Default)]
struct Counts {
    taken: AtomicU64,
    handled: AtomicU64,
    failed: AtomicU64,
}

/// Where events wait to be handled.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    events: mpsc::Sender<CallbackEvent>,
    counts: Arc<Counts>,
}

impl Waiting {
    /// Adds an event, as soon as there is room; false at the end.
    pub(super) async fn add(&self, event: CallbackEvent) -> bool {
        let Ok(room) = self.events.reserve().await else { return false };
        self.counts.taken.fetch_add(1, Ordering::Relaxed);
        room.send(event);
        true
    }
}

/// The thread that handles events. It does not keep the process alive.
#[derive(Debug)]
pub(super) struct Handling {
    counts: Arc<Counts>,
    close: oneshot::Sender<()>,
    ended: oneshot::Receiver<()>,
}

impl Handling {
    /// Starts the thread. Each event may take the handler so long.
    pub(super) fn start<E: Display>(
        mut handle: impl AsyncFnMut(CallbackEvent) -> Result<(), E> + Send + 'static,
        limit: Duration,
    ) -> io::Result<(Waiting, Self)> {
        let runtime = Handle::current();
        let (events, mut waiting) = mpsc::channel(WAITING_EVENTS);
        let (close, mut is_closed) = oneshot::channel();
        let (tell_ended, ended) = oneshot::channel();
        let counts = Arc::new(Counts::default());
        let tally = Arc::clone(&counts);
        thread::Builder::new().name("handler".to_owned()).spawn(move || {
            while let Some(event) = runtime.block_on(next(&mut waiting, &mut is_closed)) {
                let event_type = event.event_type.clone();
                let handling = async { timeout(limit, handle(event)).await };
                let problem = match catch_unwind(AssertUnwindSafe(|| runtime.block_on(handling))) {
                    Ok(Ok(Ok(()))) => None,
                    Ok(Ok(Err(error))) => Some(error.to_string()),
                    Ok(Err(_)) => Some(format!("it took longer than {limit:?}")),
                    Err(_) => Some("the handler panicked".to_owned()),
                };
                let counter = if problem.is_some() { &tally.failed } else { &tally.handled };
                counter.fetch_add(1, Ordering::Relaxed);
                if let Some(problem) = problem {
                    tracing::error!(%event_type, problem, "event was not handled and is lost: its callback has been answered");
                }
            }
            let _ = tell_ended.send(());
        })?;
        Ok((Waiting { events, counts: Arc::clone(&counts) }, Self { counts, close, ended }))
    }

    /// Takes no more events, and waits until those that wait have been handled, but not longer than the limit.
    pub(super) async fn finish_within(self, limit: Duration) -> Handled {
        let _ = self.close.send(());
        let _ = timeout(limit, self.ended).await;
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let (handled, failed) = (read(&self.counts.handled), read(&self.counts.failed));
        let unhandled = read(&self.counts.taken).saturating_sub(handled + failed);
        Handled { handled, failed, unhandled }
    }
}

/// The next event; none when the server has ended and all that waited were handled.
async fn next(
    waiting: &mut mpsc::Receiver<CallbackEvent>,
    is_closed: &mut oneshot::Receiver<()>,
) -> Option<CallbackEvent> {
    loop {
        tokio::select! {
            event = waiting.recv() => return event,
            _ = &mut *is_closed, if !waiting.is_closed() => waiting.close(),
        }
    }
}
