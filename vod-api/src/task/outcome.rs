//! The outcome of a task, from any response or event that contains it.

use std::fmt;

use crate::record::{ListRef, Record, ValueRef, carried_member, present};

/// The status of a task that has ended, with or without success. `SUCCESS` and `FAIL` are those of parts.
const ENDED: [&str; 4] = ["FINISH", "ABORTED", "SUCCESS", "FAIL"];
const FAILED: [&str; 2] = ["ABORTED", "FAIL"];

/// Responses, tasks and events that contain the result of a task. Every type of the API implements it; most contain
/// none.
pub trait TaskResult: Record {
    /// The outcome of the task; `None` if it contains no task.
    fn outcome(&self) -> Option<TaskOutcome>;
}

impl<T: Record> TaskResult for T {
    fn outcome(&self) -> Option<TaskOutcome> {
        outcome(self)
    }
}

/// The outcome of a task or a whole task flow, with each of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TaskOutcome {
    /// The status of the whole, such as `FINISH`.
    pub status: String,
    /// The parts, in the order in which they stand. A task that has none is a part itself.
    pub parts: Vec<TaskPart>,
}

/// A part of a task, such as one transcoding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TaskPart {
    /// Where it stands: `ProcedureTask.MediaProcessResultSet[0].TranscodeTask`. Empty if the task is its only part.
    pub path: String,
    /// Its status, such as `SUCCESS`.
    pub status: String,
    /// Why it failed, as an error code: a name, or a number where the service gives no name. `None` if it did not.
    pub code: Option<String>,
    /// The reason of the failure, in words.
    pub message: String,
    /// The files that it produced.
    pub outputs: Vec<TaskOutput>,
}

/// A file that a task has produced.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TaskOutput {
    /// Where the URL stands: `ProcedureTask.MediaProcessResultSet[0].TranscodeTask.Output.Url`.
    pub path: String,
    /// Its URL.
    pub url: String,
    /// Its size in bytes, where the service tells it.
    pub size: Option<u64>,
    /// The id of the media file that it is, where the service tells it.
    pub file_id: Option<String>,
}

impl TaskOutcome {
    /// Whether the task has ended, well or not.
    pub fn is_finished(&self) -> bool {
        ENDED.contains(&self.status.as_str())
    }

    /// Whether the task has ended and no part of it has failed.
    pub fn is_success(&self) -> bool {
        self.is_finished()
            && !FAILED.contains(&self.status.as_str())
            && self.parts.iter().all(|part| part.is_finished() && !part.is_failure())
    }

    /// The parts that have failed.
    pub fn failures(&self) -> impl Iterator<Item = &TaskPart> {
        self.parts.iter().filter(|part| part.is_failure())
    }

    /// The files that all parts have produced.
    pub fn outputs(&self) -> impl Iterator<Item = &TaskOutput> {
        self.parts.iter().flat_map(|part| &part.outputs)
    }
}

impl TaskPart {
    /// Whether it has ended, well or not.
    pub fn is_finished(&self) -> bool {
        ENDED.contains(&self.status.as_str())
    }

    /// Whether it has failed. A part that was stopped has.
    pub fn is_failure(&self) -> bool {
        FAILED.contains(&self.status.as_str()) || self.is_finished() && self.code.is_some()
    }
}

/// One line: where, why as a code, and why in words.
impl fmt::Display for TaskPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "task" } else { &self.path };
        write!(f, "{path}: {}", self.status)?;
        if let Some(code) = &self.code {
            write!(f, ": {}", code.escape_debug())?;
        }
        if self.is_failure() && !self.message.is_empty() {
            write!(f, ": {}", self.message.escape_debug())?;
        }
        Ok(())
    }
}

fn outcome(record: &dyn Record) -> Option<TaskOutcome> {
    let mut parts = Vec::new();
    let own = text(record, "Status");
    let status = if let Some((name, task)) = carried_task(record) {
        collect(task, name, &mut parts);
        // An event has its status in the task that it carries.
        own.or_else(|| text(task, "Status"))
    } else {
        collect(record, "", &mut parts);
        own
    };
    let status = status?.to_owned();
    // A task may tell its outcome by its status alone.
    let is_one = !parts.is_empty() || ENDED.contains(&status.as_str());
    let is_task = is_one || ["WAITING", "PROCESSING"].contains(&status.as_str());
    is_task.then_some(TaskOutcome { status, parts })
}

/// What an answer or an event carries, as its `payload()` tells, with the member's name.
fn carried_task(record: &dyn Record) -> Option<(&'static str, &dyn Record)> {
    let index = carried_member(record)?;
    match record.get(index).value()? {
        ValueRef::Record(task) => Some((record.meta().fields.get(index)?, task)),
        _ => None,
    }
}

/// Finds the parts of a task. Says whether there are any.
fn collect(record: &dyn Record, path: &str, parts: &mut Vec<TaskPart>) -> bool {
    let before = parts.len();
    for (_, name, value) in present(record) {
        let within = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match value {
            // What a part was asked to do is none of its parts.
            ValueRef::Record(member) if name != "Input" => {
                collect(member, &within, parts);
            }
            ValueRef::List(list @ ListRef::Records(_)) => {
                for (i, element) in list.iter().enumerate() {
                    if let ValueRef::Record(element) = element {
                        collect(element, &format!("{within}[{i}]"), parts);
                    }
                }
            }
            _ => {}
        }
    }
    let (status, code) = (text(record, "Status"), code(record));
    let (Some(status), Some(code)) = (status, code) else { return parts.len() > before };
    let has_parts = parts.len() > before;
    // A task that consists of parts is one itself only if it failed and none of them did.
    let own_failure = code.is_some() && !parts[before..].iter().any(TaskPart::is_failure);
    if !has_parts || own_failure {
        let mut outputs = Vec::new();
        if !has_parts {
            match member(record, "Output") {
                Some(ValueRef::Record(output)) => {
                    collect_outputs(output, &joined(path, "Output"), &mut outputs);
                }
                _ => collect_outputs(record, path, &mut outputs),
            }
        }
        let message = text(record, "Message").unwrap_or_default().to_owned();
        let path = path.to_owned();
        parts.push(TaskPart { path, status: status.to_owned(), code, message, outputs });
    }
    true
}

/// The files that an object names by their URLs.
fn collect_outputs(record: &dyn Record, path: &str, outputs: &mut Vec<TaskOutput>) {
    let size = match member(record, "Size") {
        Some(ValueRef::Int64(size)) => u64::try_from(size).ok(),
        Some(ValueRef::Uint64(size)) => Some(size),
        _ => None,
    };
    let file_id = text(record, "FileId").filter(|id| !id.is_empty()).map(str::to_owned);
    let mut add = |path: String, url: &str| {
        if !url.is_empty() {
            outputs.push(TaskOutput { path, url: url.to_owned(), size, file_id: file_id.clone() });
        }
    };
    for (_, name, value) in present(record) {
        match value {
            ValueRef::String(url) if name.ends_with("Url") => add(joined(path, name), url),
            ValueRef::List(list @ ListRef::Strings(_)) if name.ends_with("UrlSet") => {
                for (i, url) in list.iter().enumerate() {
                    if let ValueRef::String(url) = url {
                        add(format!("{}[{i}]", joined(path, name)), url);
                    }
                }
            }
            _ => {}
        }
    }
    for (_, name, value) in present(record) {
        match value {
            ValueRef::Record(member) if name != "Input" => {
                collect_outputs(member, &joined(path, name), outputs);
            }
            ValueRef::List(list @ ListRef::Records(_)) => {
                for (i, element) in list.iter().enumerate() {
                    if let ValueRef::Record(element) = element {
                        collect_outputs(element, &format!("{}[{i}]", joined(path, name)), outputs);
                    }
                }
            }
            _ => {}
        }
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn member<'a>(record: &'a dyn Record, name: &str) -> Option<ValueRef<'a>> {
    let index = record.meta().fields.iter().position(|field| *field == name)?;
    record.get(index).value()
}

fn text<'a>(record: &'a dyn Record, name: &str) -> Option<&'a str> {
    match member(record, name)? {
        ValueRef::String(text) => Some(text),
        _ => None,
    }
}

/// The error code of an object: `None` if it has no such member, and within that `None` if it tells of success.
#[expect(clippy::option_option, reason = "two questions, and a type for the answers would say less")]
fn code(record: &dyn Record) -> Option<Option<String>> {
    let named = text(record, "ErrCodeExt");
    let number = match member(record, "ErrCode") {
        Some(ValueRef::Int64(number)) => Some(number),
        _ => None,
    };
    let has_member = ["ErrCode", "ErrCodeExt"].iter().any(|name| record.meta().fields.contains(name));
    let named = named.filter(|code| !code.is_empty() && *code != "SUCCESS").map(str::to_owned);
    let number = number.filter(|number| *number != 0).map(|number| number.to_string());
    has_member.then(|| named.or(number))
}
