//! Mocks for tests: a transport that needs no network and knows the types of the actions.
//!
//! ```
//! use vod_api::testing::MockTransport;
//! use vod_api::vod::{ConfirmEvents, ConfirmEventsRequest, ConfirmEventsResponse};
//!
//! # async fn example() -> Result<(), vod_api::Error> {
//! let mock = MockTransport::new();
//! mock.on::<ConfirmEvents>()
//!     .respond_error("RequestLimitExceeded", "slowly")
//!     .respond(ConfirmEventsResponse::default());
//!
//! let client = mock.builder().build()?;
//! client.confirm_events(ConfirmEventsRequest::new(["handle-1"])).await?;
//!
//! // It was sent twice, because it had been throttled.
//! let requests = mock.requests::<ConfirmEvents>();
//! assert_eq!(requests.len(), 2);
//! assert_eq!(requests[1].event_handles, ["handle-1"]);
//! mock.assert_all_used();
//! # Ok(())
//! # }
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
//! # runtime.block_on(example()).unwrap();
//! ```

#[cfg(feature = "events")]
mod events;
mod recorded_request;
mod script;

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use serde::de::DeserializeOwned;

#[cfg(feature = "events")]
pub use events::{received, received_with};
pub use recorded_request::RecordedRequest;
use script::{Reply, Scripts};
use serde_json::Value;

use crate::action::Action;
use crate::client::{Client, ClientBuilder};
use crate::credential::Credential;
use crate::sync::lock;
use crate::transport::{Transport, TransportError, TransportFailure, TransportFuture};

/// A mock transport: returns prepared responses and records the requests.
///
/// Clones share their responses and records: give one to the client and keep another. If no response is left for an
/// action, the call fails with an error that names it.
#[derive(Clone, Default)]
#[doc(alias("mock", "fake", "stub"))]
pub struct MockTransport {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    scripts: Scripts,
    sent: Vec<RecordedRequest>,
}

impl MockTransport {
    /// A mock without responses.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the settings of a client that sends to the mock, with a dummy credential.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder().credential(Credential::new("AKID-mock", "key-mock")).transport(self.clone())
    }

    /// Adds responses for an action: they are returned in sequence, each one once.
    pub fn on<A: Action>(&self) -> MockResponses<A> {
        MockResponses { mock: self.clone(), delay: Duration::ZERO, action: PhantomData }
    }

    /// Adds a response for an action that is given by its name, as [`Client::call_json`] calls it: the members of
    /// `Response`, or the whole body with `Response` around them. A missing request id is filled in.
    ///
    /// # Panics
    ///
    /// The JSON is not an object.
    pub fn answer_json(&self, action: &'static str, response: impl Into<Value>) {
        self.add(action, Duration::ZERO, Reply::json(response.into()));
    }

    /// The requests in order, as HTTP. Each attempt of a call counts.
    pub fn recorded(&self) -> Vec<RecordedRequest> {
        self.lock().sent.clone()
    }

    /// The requests of an action, in order. Each attempt of a call counts.
    ///
    /// # Panics
    ///
    /// A request can't be parsed as the action's request.
    #[expect(clippy::panic, reason = "a test is to fail")]
    pub fn requests<A: Action>(&self) -> Vec<A::Request>
    where
        A::Request: DeserializeOwned,
    {
        // Reading runs code of the action's, which may ask the mock: not under the lock.
        let mut sent = self.recorded();
        sent.retain(|sent| sent.action() == A::META.name);
        sent.iter()
            .map(|sent| match serde_json::from_value(sent.parameters()) {
                Ok(request) => request,
                Err(error) => panic!("what was sent is no request of {}: {error}", A::META.name),
            })
            .collect()
    }

    /// Checks that all prepared responses were used. Those that [repeat](MockResponses::repeat) always count as used.
    ///
    /// # Panics
    ///
    /// Responses are left; the message names their actions.
    #[track_caller]
    pub fn assert_all_used(&self) {
        let left = self.lock().scripts.left();
        assert!(left.is_empty(), "unused responses: {}", left.join(", "));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    fn add(&self, action: &'static str, delay: Duration, reply: Reply) {
        self.lock().scripts.add(action, delay, reply);
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The formatter's writer may be anything: it must not run under the lock.
        let sent = self.lock().sent.len();
        f.debug_struct("MockTransport").field("sent", &sent).finish_non_exhaustive()
    }
}

impl Transport for MockTransport {
    fn send(&self, request: Request<Bytes>, _: usize) -> TransportFuture<'_> {
        let sent = RecordedRequest::new(&request);
        let (answer, number) = {
            let mut state = self.lock();
            let answer = state.scripts.next(sent.action());
            state.sent.push(sent.clone());
            (answer, state.sent.len())
        };
        // A function of the test's computes it, which may ask the mock: not under the lock.
        let answer = answer.map(|(delay, reply)| (delay, reply.computed(&sent)));
        Box::pin(async move {
            let (delay, reply) = answer?;
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            reply.give(number).await
        })
    }
}

/// The prepared responses of an action.
pub struct MockResponses<A: Action> {
    mock: MockTransport,
    delay: Duration,
    action: PhantomData<fn(A)>,
}

#[expect(clippy::return_self_not_must_use, reason = "the answer has been added")]
impl<A: Action> MockResponses<A> {
    /// Returns this response. An empty request id is filled in.
    #[expect(clippy::needless_pass_by_value, reason = "a test has no other use for it")]
    pub fn respond(self, response: A::Response) -> Self {
        self.reply(Reply::success(&response))
    }

    /// Returns a response in JSON: the members of `Response`, or the whole body with `Response` around them. The JSON
    /// may be a [`Value`] or a string. A missing request id is filled in.
    ///
    /// ```
    /// use vod_api::testing::MockTransport;
    /// use vod_api::vod::{DescribeTaskDetail, DescribeTaskDetailRequest, TaskStatus};
    ///
    /// # async fn example() -> Result<(), vod_api::Error> {
    /// let mock = MockTransport::new();
    /// mock.on::<DescribeTaskDetail>().respond_json(r#"{"Status": "FINISH"}"#);
    /// let client = mock.builder().build()?;
    /// let task = client.describe_task_detail(DescribeTaskDetailRequest::new("task-1")).await?;
    /// assert_eq!(task.status, TaskStatus::Finish);
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(example()).unwrap();
    /// ```
    ///
    /// # Panics
    ///
    /// The JSON is not an object.
    pub fn respond_json(self, response: impl Into<Value>) -> Self {
        self.reply(Reply::json(response.into()))
    }

    /// Returns an error with this code and message.
    pub fn respond_error(self, code: &str, message: &str) -> Self {
        self.reply(Reply::refusal(code, message))
    }

    /// Returns any HTTP response, for example the page of a gateway.
    pub fn respond_http(self, answer: Response<impl Into<Bytes>>) -> Self {
        self.reply(Reply::http(answer.map(Into::into)))
    }

    /// Fails before a response is received.
    pub fn fail(self, failure: TransportFailure) -> Self {
        self.reply(Reply::Failure(failure))
    }

    /// Never responds.
    pub fn hang(self) -> Self {
        self.reply(Reply::Silence)
    }

    /// Calls a function for each following request, which returns a response, or a code and a message. The function
    /// may use the mock, which has recorded the request already, and may prepare responses. It runs concurrently if
    /// requests are sent concurrently.
    pub fn respond_with<F>(self, answer: F) -> Self
    where
        F: Fn(A::Request) -> Result<A::Response, (String, String)> + Send + Sync + 'static,
        A::Request: DeserializeOwned,
    {
        let reply = move |sent: &RecordedRequest| match serde_json::from_value(sent.parameters()) {
            Ok(request) => answer(request).map_or_else(
                |(code, message)| Reply::refusal(&code, &message),
                |response| Reply::success(&response),
            ),
            Err(error) => Reply::refusal("InvalidParameter", &error.to_string()),
        };
        self.reply(Reply::Computed(Arc::new(reply))).repeat()
    }

    /// Repeats the response before this indefinitely, instead of returning it once.
    pub fn repeat(self) -> Self {
        self.mock.lock().scripts.repeat(A::META.name);
        self
    }

    /// Delays the following responses by this time.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    fn reply(self, reply: Reply) -> Self {
        self.mock.add(A::META.name, self.delay, reply);
        self
    }
}

impl<A: Action> fmt::Debug for MockResponses<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockResponses").field("action", &A::META.name).finish_non_exhaustive()
    }
}

/// An action was sent that has no answer.
fn no_answer(action: &str) -> TransportError {
    TransportError::new(
        TransportFailure::InvalidRequest,
        format!("the mock has no response left for {action}"),
    )
}

#[cfg(test)]
#[cfg(feature = "events")]
mod tests;
