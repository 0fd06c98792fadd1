//! The thread of a blocking client, on which its calls run.

use std::cell::Cell;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

#[cfg(feature = "events")]
use super::drain;

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// How much later than its limit the thread may say that it has drained.
const DRAIN_SLACK: Duration = Duration::from_millis(500);

static NEXT_ID: AtomicU64 = AtomicU64::new(1);

thread_local! {
    static OWN_DRIVER: Cell<Option<DriverId>> = const { Cell::new(None) };
}

/// Tells the drivers of a process apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DriverId(u64);

impl DriverId {
    /// The driver whose thread this is.
    pub(super) fn of_this_thread() -> Option<Self> {
        OWN_DRIVER.try_with(Cell::get).ok().flatten()
    }
}

/// A thread with an async runtime. When this is dropped, the thread finishes the confirmations that were accepted
/// and ends.
#[derive(Debug)]
pub(super) struct Driver {
    id: DriverId,
    /// The process that the thread belongs to: a fork does not have it.
    process: u32,
    /// None while this is being dropped.
    tasks: Option<UnboundedSender<Task>>,
    drain_limit: Duration,
    drained: Mutex<Receiver<()>>,
}

impl Driver {
    /// Starts the thread. `drain_limit` is how long dropping this waits for confirmations that were accepted.
    pub(super) fn start(drain_limit: Duration) -> io::Result<Self> {
        let id = DriverId(NEXT_ID.fetch_add(1, Ordering::Relaxed));
        let (tasks, waiting) = unbounded_channel::<Task>();
        let (tell_drained, drained) = sync_channel(1);
        let runtime = Builder::new_current_thread().enable_all().build()?;
        thread::Builder::new().name("vod-api".to_owned()).spawn(move || {
            OWN_DRIVER.set(Some(id));
            runtime.block_on(serve(waiting, tell_drained, drain_limit));
        })?;
        let drained = Mutex::new(drained);
        Ok(Self { id, process: process::id(), tasks: Some(tasks), drain_limit, drained })
    }

    pub(super) fn id(&self) -> DriverId {
        self.id
    }

    /// The process that has the thread, if it is another one than this.
    pub(super) fn foreign_process(&self) -> Option<u32> {
        (self.process != process::id()).then_some(self.process)
    }

    /// Runs a task. If the thread is gone the task is dropped.
    pub(super) fn run(&self, task: impl Future<Output = ()> + Send + 'static) {
        if let Some(tasks) = &self.tasks {
            let _ = tasks.send(Box::pin(task));
        }
    }

    /// A driver as a fork of the process has it.
    #[cfg(test)]
    pub(super) fn become_forked(&mut self) {
        self.process = self.process.wrapping_add(1);
    }
}

impl Drop for Driver {
    /// Waits until the confirmations that were accepted have been made, for a bounded time. Code that the thread
    /// itself runs can't wait for it, and in a fork nothing is there to wait for.
    fn drop(&mut self) {
        drop(self.tasks.take());
        if self.foreign_process().is_some() || DriverId::of_this_thread() == Some(self.id) {
            return;
        }
        let drained = self.drained.get_mut().unwrap_or_else(PoisonError::into_inner);
        // It has not finished in time, or it is gone: there is nothing more to wait for.
        let _ = drained.recv_timeout(self.drain_limit + DRAIN_SLACK);
    }
}

/// Runs tasks until the last clone of the client is dropped, and then finishes what they have left.
#[cfg_attr(not(feature = "events"), expect(unused_variables, reason = "nothing is left without consumers"))]
async fn serve(mut waiting: UnboundedReceiver<Task>, tell_drained: SyncSender<()>, drain_limit: Duration) {
    while let Some(task) = waiting.recv().await {
        tokio::spawn(task);
    }
    #[cfg(feature = "events")]
    drain::confirm_accepted(drain_limit).await;
    // The client may not wait for it: it was dropped by code of this thread.
    let _ = tell_drained.send(());
    #[cfg(feature = "events")]
    drain::finish_consumers().await;
}
