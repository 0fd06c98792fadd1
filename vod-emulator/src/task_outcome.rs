//! Ends a task from a test.

use serde_json::Value;

use crate::model::actions::tasks::finish;
use crate::model::rules::PRODUCT;
use crate::model::tasks::{Task, TaskFailure};
use crate::service::EmulatedService;

/// How a task ends.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TaskOutcome {
    /// It has produced its output.
    Success,
    /// It has failed and produced nothing.
    Failure {
        /// The number that stands in `ErrCode`, such as 30000.
        code: i64,
        /// The text that stands in `ErrCodeExt`, such as `SourceFile.DownloadFailed`.
        name: String,
        /// The text that stands in `Message`.
        message: String,
    },
}

impl EmulatedService {
    /// Ends a task of an application (0: the default one) now, whatever
    /// [`Options::task_progress`](crate::Options::task_progress) is, and publishes its event. Returns false if there
    /// is no such task, or if it has ended before.
    pub fn finish_task(&self, sub_app_id: u64, task_id: &str, outcome: TaskOutcome) -> bool {
        let failure = match outcome {
            TaskOutcome::Success => None,
            TaskOutcome::Failure { code, name, message } => Some(TaskFailure { code, name, message }),
        };
        let application = self.world.applications.made(sub_app_id);
        let service = self.world.specs.of_product(PRODUCT).next();
        let (Some(application), Some(service)) = (application, service) else { return false };
        application.with_due_applied(self.world.surroundings(service), |state, context| {
            finish(state, task_id, failure, context)
        })
    }

    /// The tasks of one application (0: the default one), oldest first: objects with `TaskId`, `Action`, `Status` and
    /// `FileId`.
    pub fn tasks(&self, sub_app_id: u64) -> Vec<Value> {
        let Some(application) = self.world.applications.made(sub_app_id) else { return Vec::new() };
        application.read(|state| state.tasks.all().iter().map(Task::summary).collect())
    }
}
