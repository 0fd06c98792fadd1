//! The thread that a blocking client's calls run on.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::thread;

use tokio::runtime::Builder;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A thread with an async runtime, which ends when this is dropped.
#[derive(Debug)]
pub(super) struct Driver {
    tasks: UnboundedSender<Task>,
}

impl Driver {
    pub(super) fn start() -> io::Result<Self> {
        let (tasks, mut waiting) = unbounded_channel::<Task>();
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let serve = async move {
            while let Some(task) = waiting.recv().await {
                tokio::spawn(task);
            }
        };
        thread::Builder::new().name("vod-api".to_owned()).spawn(move || runtime.block_on(serve))?;
        Ok(Self { tasks })
    }

    /// Runs a task. If the thread is gone the task is dropped.
    pub(super) fn run(&self, task: impl Future<Output = ()> + Send + 'static) {
        let _ = self.tasks.send(Box::pin(task));
    }
}
