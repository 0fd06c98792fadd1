//! A call that starts a task, with the waiter for its end.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use crate::action::Action;
use crate::client::{Call, Client};
use crate::error::{Error, ErrorKind};
use crate::record::{Record, ValueRef};
use crate::vod::{DescribeTaskDetailRequest, DescribeTaskDetailResponse};

const TASK_ID: &str = "TaskId";

impl<A: Action> Call<A> {
    /// Makes the call and polls until the task that it starts has ended. It returns the last state of the task, whose
    /// [`outcome`](super::TaskResult::outcome) tells whether it succeeded.
    ///
    /// The response of the action must have a `TaskId`. Delays and errors are those of [`Wait`](crate::Wait).
    /// Dropping the future ends the polling, not the task.
    pub fn run_to_end(self) -> RunToEnd<A> {
        RunToEnd { call: self, timeout: None }
    }
}

/// A call that starts a task, and the waiter for its end; from [`Call::run_to_end`].
#[must_use = "nothing is done until it is awaited"]
pub struct RunToEnd<A: Action> {
    call: Call<A>,
    timeout: Option<Duration>,
}

impl<A: Action> RunToEnd<A> {
    /// Sets the time limit of the wait. Default: none. After it, the wait fails with an error of kind
    /// [`Timeout`](ErrorKind::Timeout) that names the task and its last status. The task continues.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }
}

impl<A: Action> IntoFuture for RunToEnd<A> {
    type Output = Result<DescribeTaskDetailResponse, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let (client, request, settings) = self.call.into_parts();
        let sub_app_id = sub_app_id(&request);
        let call = Call::<A>::with(client.clone(), request, settings);
        // An action that starts no task is not called.
        let has_task = A::Response::default().meta().fields.contains(&TASK_ID);
        Box::pin(async move {
            if !has_task {
                let message = format!("run_to_end: the response of {} has no {TASK_ID}", A::META.name);
                return Err(Error::new(ErrorKind::InvalidRequest, message).with_action(A::META));
            }
            let started = call.await?;
            ended(&client, task_id(&started), sub_app_id, self.timeout)
                .await
                .map_err(|error| if error.action().is_none() { error.with_action(A::META) } else { error })
        })
    }
}

/// Waits for a task. Instantiated once, and not for each action.
async fn ended(
    client: &Client,
    id: Option<String>,
    sub_app_id: Option<u64>,
    timeout: Option<Duration>,
) -> Result<DescribeTaskDetailResponse, Error> {
    let id =
        id.ok_or_else(|| Error::new(ErrorKind::Decode, format!("{TASK_ID}: missing in the response")))?;
    let mut request = DescribeTaskDetailRequest::new(id);
    request.sub_app_id = sub_app_id;
    let wait = client.call(request).wait();
    match timeout {
        Some(limit) => wait.timeout(limit).await,
        None => wait.await,
    }
}

fn task_id(response: &dyn Record) -> Option<String> {
    match value(response, TASK_ID)? {
        ValueRef::String(id) if !id.is_empty() => Some(id.to_owned()),
        _ => None,
    }
}

fn sub_app_id(request: &dyn Record) -> Option<u64> {
    match value(request, "SubAppId")? {
        ValueRef::Uint64(id) => Some(id),
        ValueRef::Int64(id) => u64::try_from(id).ok(),
        _ => None,
    }
}

fn value<'a>(record: &'a dyn Record, name: &str) -> Option<ValueRef<'a>> {
    let index = record.meta().fields.iter().position(|field| *field == name)?;
    record.get(index).value()
}

impl<A: Action> fmt::Debug for RunToEnd<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunToEnd").field("call", &self.call).field("timeout", &self.timeout).finish()
    }
}
