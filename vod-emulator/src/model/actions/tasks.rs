//! Tasks: starting, describing, listing and aborting them, and what happens when they end.

use serde_json::{Value, json};
use vod_spec::model::Service;

use super::making;
use crate::model::arguments::Arguments;
use crate::model::context::Context;
use crate::model::instant::rfc3339;
use crate::model::shape::shaped;
use crate::model::state::State;
use crate::model::task_kinds::{PROCEDURE, TaskKind};
use crate::model::tasks::{Task, TaskFailure, TaskState};
use crate::protocol::codes;
use crate::protocol::envelope::{Answer, ApiError, Members};

/// Seconds in which a session id cannot be used again.
const SESSION_PERIOD: i64 = 3 * 24 * 60 * 60;
/// Tasks that a list has if the call does not say.
const LISTED: usize = 10;

/// Starts the task of a call.
pub(super) fn start(
    state: &mut State,
    kind: &TaskKind,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let file_id = file_of(state, arguments);
    let names_file = arguments.given("FileId").is_some() || arguments.given("MediaStoragePath").is_some();
    if names_file && file_id.is_none() {
        let wanted =
            ["InvalidParameterValue.FileId", "ResourceNotFound.FileNotExist", codes::RESOURCE_NOT_FOUND];
        let code = context.first_listed(&wanted);
        return Err(ApiError::new(code, "There is no such media file."));
    }
    if kind.action == "ProcessMediaByProcedure"
        && procedure(state, arguments.text_or_empty("ProcedureName")).is_none()
    {
        let message = "There is no procedure of this name; create it by `CreateProcedureTemplate`.";
        return Err(ApiError::new("InvalidParameterValue.ProcedureName", message));
    }
    let session_id = arguments.text_or_empty("SessionId");
    if !session_id.is_empty() && !state.tasks.use_session(session_id, context.unix, SESSION_PERIOD) {
        let code =
            context.first_listed(&["FailedOperation.TaskDuplicate", "InvalidParameterValue.SessionId"]);
        return Err(ApiError::new(code, "The `SessionId` was used within the last three days."));
    }
    let id = begin(state, kind, arguments.0.clone(), file_id.unwrap_or_default(), context);
    let members = Members::from_iter([("TaskId".to_owned(), Value::from(id))]);
    Ok(context.answer(members))
}

/// Starts a task with these parameters. The result is its id.
pub(super) fn begin(
    state: &mut State,
    kind: &TaskKind,
    parameters: Members,
    file_id: String,
    context: &Context<'_>,
) -> String {
    let id = state.ids.task(kind.name);
    let mut task = Task::new(id.clone(), kind.action, parameters, context.unix, context.now);
    task.file_id = file_id;
    state.tasks.add(task);
    id
}

/// What a procedure of this name does.
pub(super) fn procedure(state: &State, name: &str) -> Option<Members> {
    state.collections.get("ProcedureTemplate", name).cloned()
}

/// The file that a call is about.
fn file_of(state: &State, arguments: Arguments<'_>) -> Option<String> {
    let by_id = arguments.text("FileId").and_then(|file_id| state.media.get(file_id));
    let by_path = || state.media.at_path(arguments.text("MediaStoragePath")?);
    by_id.or_else(by_path).map(|media| media.file_id.clone())
}

/// Brings every task to the state that is due by now.
pub(super) fn apply_due(state: &mut State, context: &Context<'_>) {
    while let Some((id, next)) = state.tasks.due(context.options.task_progress, context.now) {
        advance(state, &id, next, context);
    }
}

/// Brings one task to a state, with the events of that.
pub(crate) fn advance(state: &mut State, id: &str, next: TaskState, context: &Context<'_>) {
    let Some(task) = state.tasks.get(id).cloned() else { return };
    let notifies = task.parameter("TasksNotifyMode");
    if next == TaskState::Processing {
        state.tasks.change(id, |task| task.begin(context.unix));
        if notifies == "Change" {
            announce(state, id, context);
        }
        return;
    }
    let made = match (next, &task.failure) {
        (TaskState::Finish, None) => making::make(state, &task, context),
        _ => Members::new(),
    };
    state.tasks.change(id, |task| {
        task.made = made;
        task.end(next, context.unix);
    });
    // An aborted task has nothing to tell.
    if notifies != "None" && next == TaskState::Finish {
        announce(state, id, context);
    }
}

/// Ends a task that a test ends, well or with a failure. False if there is none, or if it has ended.
pub(crate) fn finish(
    state: &mut State,
    id: &str,
    failure: Option<TaskFailure>,
    context: &Context<'_>,
) -> bool {
    if state.tasks.get(id).is_none_or(|task| task.state.is_final()) {
        return false;
    }
    state.tasks.change(id, |task| task.failure = failure);
    advance(state, id, TaskState::Finish, context);
    true
}

/// Publishes the state of a task.
fn announce(state: &mut State, id: &str, context: &Context<'_>) {
    let Some(task) = state.tasks.get(id) else { return };
    let Some((event_type, member)) = TaskKind::of(&task.action).and_then(|kind| kind.event(context.service))
    else {
        return;
    };
    let record = record(state, task, context);
    state.outbox.push(json!({ "EventType": event_type, member: record }));
}

/// The record of a task.
fn record(state: &State, task: &Task, context: &Context<'_>) -> Value {
    let Some(kind) = TaskKind::of(&task.action) else { return Value::Null };
    let media = state.media.get(&task.file_id);
    let no_failure = TaskFailure { code: 0, name: String::new(), message: String::new() };
    let failure = task.failure.as_ref().filter(|_| task.state.is_final()).unwrap_or(&no_failure);
    let mut members = Members::new();
    let mut set = |name: &str, value: Value| drop(members.insert(name.to_owned(), value));
    set("TaskId", task.id.as_str().into());
    set("Status", task.state.name().into());
    set("ErrCode", failure.code.into());
    set("ErrCodeExt", failure.name.as_str().into());
    set("Message", failure.message.as_str().into());
    set("Progress", task.progress().into());
    set("FileId", task.file_id.as_str().into());
    set("FileName", media.map(|media| media.name.as_str()).unwrap_or_default().into());
    set("FileUrl", media.map(|media| media.url(context)).unwrap_or_default().into());
    if let Some(media) = media {
        set("MetaData", media.meta.clone().into());
    }
    set("Input", task.parameters.clone().into());
    for name in ["SessionId", "SessionContext"] {
        set(name, task.parameter(name).into());
    }
    set(
        "TasksPriority",
        task.parameters.get("TasksPriority").and_then(Value::as_i64).unwrap_or_default().into(),
    );
    let mode = task.parameter("TasksNotifyMode");
    set("TasksNotifyMode", if mode.is_empty() { "Finish" } else { mode }.into());
    if kind.name == PROCEDURE {
        set("MediaProcessResultSet", making::parts(state, task, context).into());
    }
    members.extend(task.made.clone());
    kind.record(context.service).map_or(Value::Null, |name| shaped(context.service, name, members.into()))
}

pub(super) fn describe(
    state: &mut State,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let id = arguments.text_or_empty("TaskId");
    let mut next = None;
    let progress = context.options.task_progress;
    if state.tasks.change(id, |task| next = task.look(progress)).is_none() {
        let code = context.first_listed(&[codes::RESOURCE_NOT_FOUND, "InvalidParameterValue.TaskId"]);
        return Err(ApiError::new(code, "There is no task of this `TaskId`."));
    }
    if let Some(next) = next {
        advance(state, id, next, context);
    }
    let Some(task) = state.tasks.get(id) else { return Ok(Answer::default()) };
    let Some(kind) = TaskKind::of(&task.action) else { return Ok(Answer::default()) };
    let mut members = times(task);
    members.insert("TaskType".to_owned(), kind.name.into());
    members.insert("Status".to_owned(), task.state.name().into());
    members.insert(kind.member.to_owned(), record(state, task, context));
    Ok(context.answer(members))
}

/// The moments of a task. The beginning of time stands for what has not happened.
fn times(task: &Task) -> Members {
    let shown =
        |moment: Option<i64>| Value::from(moment.map_or_else(|| "0000-00-00T00:00:00Z".to_owned(), rfc3339));
    Members::from_iter([
        ("CreateTime".to_owned(), shown(Some(task.created))),
        ("BeginProcessTime".to_owned(), shown(task.begun)),
        ("FinishTime".to_owned(), shown(task.finished)),
    ])
}

pub(super) fn list(
    state: &State,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let (status, file_id) = (arguments.text("Status"), arguments.text("FileId"));
    let within = |name: &str, moment: Option<i64>| {
        let Some(range) = arguments.object(name) else { return true };
        let after = range.moment("After").is_none_or(|after| moment.is_some_and(|moment| moment >= after));
        after && range.moment("Before").is_none_or(|before| moment.is_some_and(|moment| moment < before))
    };
    let mut found: Vec<&Task> = state
        .tasks
        .all()
        .iter()
        .filter(|task| status.is_none_or(|status| task.state.name() == status))
        .filter(|task| file_id.is_none_or(|file_id| task.file_id == file_id))
        .filter(|task| within("CreateTime", Some(task.created)) && within("FinishTime", task.finished))
        .collect();
    let ascends = arguments.object("Sort").is_some_and(|sort| sort.text_or_empty("Order") == "Asc");
    let by_end = arguments.object("Sort").is_some_and(|sort| sort.text_or_empty("Field") == "FinishTime");
    if by_end {
        found.sort_by_key(|task| task.finished);
    }
    if !ascends {
        found.reverse();
    }
    let after: usize = match arguments.text_or_empty("ScrollToken") {
        "" => 0,
        token => token.parse().map_err(|_| {
            ApiError::new(codes::INVALID_PARAMETER_VALUE, "`ScrollToken` is that of no list of tasks.")
        })?,
    };
    let limit = arguments.size("Limit").unwrap_or(LISTED);
    let end = after.saturating_add(limit);
    let shown = found.iter().skip(after).take(limit);
    let simple = shown.map(|task| simple_info(context.service, task));
    let token = if end < found.len() { end.to_string() } else { String::new() };
    Ok(Answer::of(json!({ "TaskSet": simple.collect::<Vec<_>>(), "ScrollToken": token })))
}

fn simple_info(service: &Service, task: &Task) -> Value {
    let mut members = times(task);
    let kind = TaskKind::of(&task.action).map(|kind| kind.name).unwrap_or_default();
    for (name, value) in [
        ("TaskId", task.id.as_str()),
        ("Status", task.state.name()),
        ("FileId", &task.file_id),
        ("TaskType", kind),
        ("SessionId", task.parameter("SessionId")),
        ("SessionContext", task.parameter("SessionContext")),
    ] {
        members.insert(name.to_owned(), value.into());
    }
    shaped(service, "TaskSimpleInfo", members.into())
}

pub(super) fn manage(
    state: &mut State,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    if arguments.text_or_empty("OperationType") != "Abort" {
        let message = "The only `OperationType` is `Abort`.";
        return Err(ApiError::new("InvalidParameterValue.InvalidOperationType", message));
    }
    let id = arguments.text_or_empty("TaskId");
    let Some(task) = state.tasks.get(id) else {
        return Err(ApiError::new("InvalidParameterValue.TaskId", "There is no task of this `TaskId`."));
    };
    if task.state != TaskState::Waiting {
        let message = format!("The task is {}, and only a WAITING one can be aborted.", task.state.name());
        return Err(ApiError::new(codes::FAILED_OPERATION, message));
    }
    advance(state, id, TaskState::Aborted, context);
    Ok(Answer::default())
}
