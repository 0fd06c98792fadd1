//! Tasks and their progress: by time, by the number of polls, or by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::options::TaskProgress;
use crate::protocol::envelope::Members;

/// Where a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TaskState {
    Waiting,
    Processing,
    Finish,
    Aborted,
}

impl TaskState {
    /// The value of `Status`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Waiting => "WAITING",
            Self::Processing => "PROCESSING",
            Self::Finish => "FINISH",
            Self::Aborted => "ABORTED",
        }
    }

    pub(crate) fn is_final(self) -> bool {
        matches!(self, Self::Finish | Self::Aborted)
    }
}

/// How a task failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TaskFailure {
    /// The number in `ErrCode`.
    pub(crate) code: i64,
    /// The text in `ErrCodeExt`.
    pub(crate) name: String,
    pub(crate) message: String,
}

/// One task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Task {
    pub(crate) id: String,
    /// The action that started it.
    pub(crate) action: String,
    /// The parameters of that call.
    pub(crate) parameters: Members,
    pub(crate) file_id: String,
    pub(crate) state: TaskState,
    /// Moments are Unix seconds.
    pub(crate) created: i64,
    pub(crate) begun: Option<i64>,
    pub(crate) finished: Option<i64>,
    pub(crate) failure: Option<TaskFailure>,
    /// What it has made, once it has ended well: members of its record.
    pub(crate) made: Members,
    /// When it started, on the emulator's clock.
    started: Duration,
    looks: u32,
}

impl Task {
    pub(crate) fn new(id: String, action: &str, parameters: Members, unix: i64, now: Duration) -> Self {
        Self {
            id,
            action: action.to_owned(),
            parameters,
            file_id: String::new(),
            state: TaskState::Waiting,
            created: unix,
            begun: None,
            finished: None,
            failure: None,
            made: Members::new(),
            started: now,
            looks: 0,
        }
    }

    /// The text of a parameter of the call that started it.
    pub(crate) fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// What it is, in short.
    pub(crate) fn summary(&self) -> Value {
        json!({ "TaskId": self.id, "Action": self.action, "Status": self.state.name(), "FileId": self.file_id })
    }

    pub(crate) fn begin(&mut self, unix: i64) {
        self.state = TaskState::Processing;
        self.begun.get_or_insert(unix);
    }

    pub(crate) fn end(&mut self, state: TaskState, unix: i64) {
        self.begun.get_or_insert(unix);
        self.state = state;
        self.finished = Some(unix);
    }

    /// How far it is, in percent.
    pub(crate) fn progress(&self) -> u32 {
        match self.state {
            TaskState::Waiting => 0,
            TaskState::Processing => 50,
            TaskState::Finish | TaskState::Aborted => 100,
        }
    }

    /// When time brings it to its next state; none if time does not.
    fn next(&self, progress: TaskProgress) -> Option<(Duration, TaskState)> {
        let period = match progress {
            TaskProgress::AtOnce => Duration::ZERO,
            TaskProgress::After(period) => period,
            TaskProgress::AfterLooks(_) | TaskProgress::ByHand => return None,
        };
        match self.state {
            TaskState::Waiting => Some((self.started.saturating_add(period / 4), TaskState::Processing)),
            TaskState::Processing => Some((self.started.saturating_add(period), TaskState::Finish)),
            TaskState::Finish | TaskState::Aborted => None,
        }
    }

    /// Notes that a call asks for it. The result is the state that this brings it to.
    pub(crate) fn look(&mut self, progress: TaskProgress) -> Option<TaskState> {
        let TaskProgress::AfterLooks(wanted) = progress else { return None };
        if self.state.is_final() {
            return None;
        }
        self.looks = self.looks.saturating_add(1);
        if self.looks >= wanted {
            Some(TaskState::Finish)
        } else {
            (self.looks > 1 && self.state == TaskState::Waiting).then_some(TaskState::Processing)
        }
    }
}

/// All tasks of an application, in the order in which they were started.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Tasks {
    all: Vec<Task>,
    by_id: BTreeMap<String, usize>,
    /// The places of those that have not ended.
    open: BTreeSet<usize>,
    /// When each session id was used last, as Unix seconds.
    sessions: BTreeMap<String, i64>,
}

impl Tasks {
    pub(crate) fn add(&mut self, task: Task) {
        let place = self.all.len();
        self.by_id.insert(task.id.clone(), place);
        self.open.insert(place);
        self.all.push(task);
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Task> {
        self.all.get(*self.by_id.get(id)?)
    }

    /// Oldest first.
    pub(crate) fn all(&self) -> &[Task] {
        &self.all
    }

    /// Changes a task. Returns it as it is then.
    pub(crate) fn change(&mut self, id: &str, change: impl FnOnce(&mut Task)) -> Option<&Task> {
        let place = *self.by_id.get(id)?;
        let task = self.all.get_mut(place)?;
        change(task);
        if task.state.is_final() {
            self.open.remove(&place);
        }
        Some(task)
    }

    /// The next change that time has brought by now, of the task that it came to first.
    pub(crate) fn due(&self, progress: TaskProgress, now: Duration) -> Option<(String, TaskState)> {
        let due = self.open.iter().filter_map(|place| {
            let task = self.all.get(*place)?;
            let (moment, state) = task.next(progress)?;
            (moment <= now).then_some((moment, place, task, state))
        });
        due.min_by_key(|(moment, place, ..)| (*moment, *place))
            .map(|(.., task, state)| (task.id.clone(), state))
    }

    /// When time brings the next change.
    pub(crate) fn next_change(&self, progress: TaskProgress) -> Option<Duration> {
        let open = self.open.iter().filter_map(|place| self.all.get(*place));
        open.filter_map(|task| task.next(progress)).map(|(moment, _)| moment).min()
    }

    /// Counts the start of every task by another clock, which shows `to` when the one before showed `from`.
    pub(crate) fn shift(&mut self, from: Duration, to: Duration) {
        for task in &mut self.all {
            task.started = to.saturating_sub(from.saturating_sub(task.started));
        }
    }

    /// Uses a session id; false if it was used within `period` seconds before.
    pub(crate) fn use_session(&mut self, session_id: &str, unix: i64, period: i64) -> bool {
        self.sessions.retain(|_, used| unix.saturating_sub(*used) < period);
        let is_new = !self.sessions.contains_key(session_id);
        if is_new {
            self.sessions.insert(session_id.to_owned(), unix);
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tasks() -> Tasks {
        let mut tasks = Tasks::default();
        for id in ["a", "b"] {
            tasks.add(Task::new(id.into(), "ProcessMedia", Members::new(), 0, Duration::from_secs(10)));
        }
        tasks
    }

    #[test]
    fn time_brings_a_task_from_state_to_state() {
        let mut tasks = tasks();
        let progress = TaskProgress::After(Duration::from_secs(4));
        assert_eq!(tasks.next_change(progress), Some(Duration::from_secs(11)));
        assert_eq!(tasks.due(progress, Duration::from_secs(10)), None);
        assert_eq!(tasks.due(progress, Duration::from_secs(11)), Some(("a".into(), TaskState::Processing)));
        tasks.change("a", |task| task.begin(11)).unwrap();
        assert_eq!(tasks.due(progress, Duration::from_secs(14)), Some(("b".into(), TaskState::Processing)));
        tasks.change("b", |task| task.end(TaskState::Aborted, 12)).unwrap();
        assert_eq!(tasks.due(progress, Duration::from_secs(14)), Some(("a".into(), TaskState::Finish)));
        tasks.change("a", |task| task.end(TaskState::Finish, 14)).unwrap();
        assert_eq!((tasks.due(progress, Duration::MAX), tasks.next_change(progress)), (None, None));
        assert_eq!(tasks.get("a").unwrap().begun, Some(11));
    }

    #[test]
    fn looks_bring_a_task_to_its_end() {
        let mut task = Task::new("a".into(), "ProcessMedia", Members::new(), 0, Duration::ZERO);
        let progress = TaskProgress::AfterLooks(3);
        assert_eq!(task.look(progress), None);
        assert_eq!(task.look(progress), Some(TaskState::Processing));
        assert_eq!(task.look(progress), Some(TaskState::Finish));
        assert_eq!(task.look(TaskProgress::ByHand), None);
    }

    #[test]
    fn a_session_id_is_free_again_after_its_period() {
        let mut tasks = tasks();
        assert!(tasks.use_session("s", 0, 10) && !tasks.use_session("s", 9, 10));
        assert!(tasks.use_session("s", 10, 10) && tasks.use_session("t", 10, 10));
    }
}
