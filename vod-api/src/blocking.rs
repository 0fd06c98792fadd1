//! Calls for programs without async code (feature `blocking`).
//!
//! ```
//! use std::time::Duration;
//! use vod_api::testing::MockTransport;
//! use vod_api::vod::{ConfirmEvents, ConfirmEventsRequest, ConfirmEventsResponse};
//!
//! # fn main() -> Result<(), vod_api::Error> {
//! # let mock = MockTransport::new();
//! # mock.on::<ConfirmEvents>().respond(ConfirmEventsResponse::default()).repeat();
//! # let builder = mock.builder();
//! // `builder` is made by `vod_api::Client::builder()`.
//! let client: vod_api::blocking::Client = builder.build_blocking()?;
//!
//! // Each action is a method ...
//! let done = client.confirm_events(ConfirmEventsRequest::new(["handle-1"]))?;
//! println!("{}", done.request_id);
//! // ... and whatever the async client can do, such as a call with settings of its own, can be sent.
//! client.block_on(|client| {
//!     client.confirm_events(ConfirmEventsRequest::new(["handle-2"])).timeout(Duration::from_secs(3))
//! })?;
//! # Ok(())
//! # }
//! ```
//!
//! [Uploads](Client::upload), [all media files](Client::all_media), [long lists of ids](Client::describe_all) and
//! [tasks](Client::run_to_end) are methods, too.
//!
//! Long lists are [iterators](Client::iterate), [`Client::block_on`] also waits for tasks, and the events of VOD are
//! both:
//!
//! ```
//! # #[cfg(feature = "events")]
//! fn consume(client: &vod_api::blocking::Client) -> Result<(), vod_api::Error> {
//!     let stream = client.block_on(|client| {
//!         let events = client.events();
//!         async move { events.stream() }
//!     })?;
//!     for delivery in client.iterate(|_| stream) {
//!         let delivery = delivery?;
//!         println!("{}", delivery.event().event_type);
//!         delivery.confirm();
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Where it can't be used
//!
//! - **In code that the client itself runs**, on its own thread: hooks, event handlers, credential providers,
//!   progress callbacks. A blocking call there would wait for the thread that it blocks, so it fails with
//!   [`ErrorKind::Blocked`]. Use the async client there, which [`Client::block_on`] provides, or await a
//!   `tokio::task::spawn_blocking`. Such code must not block in other ways either: while it does, all calls of the
//!   client wait. A call that the thread does not start within ten seconds fails with the same kind, and is not made
//!   later.
//! - **In a forked process.** The thread of a client stays in the process that built it. A call in the fork fails
//!   with [`ErrorKind::Blocked`]: build a client after the fork.
//!
//! # The end
//!
//! Dropping the last clone ends the client's event consumers and waits until the events that were accepted (`confirm`)
//! are confirmed, at most five seconds. Iterators hold a clone. What takes longer continues in the background as long as
//! the process runs, and so do events in flight.

#[cfg(feature = "events")]
mod drain;
mod driver;
mod iter;
mod methods;
mod waiting;

use std::fmt;
use std::future::{Future, IntoFuture};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use futures_core::Stream;
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

#[cfg(feature = "events")]
pub(crate) use drain::register;
use driver::Driver;
pub use iter::Iter;
#[cfg(feature = "upload")]
pub use methods::Upload;
use waiting::{NoOutcome, Start, Wait};

use crate::action::{Action, Request};
use crate::client::ClientBuilder;
use crate::error::{Attempts, Error, ErrorKind};

/// How long a call waits for the client's thread to get to it, and how much longer than its own limit it may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long dropping the last clone waits for confirmations that were accepted.
const DRAIN_LIMIT: Duration = Duration::from_secs(5);

/// The blocking client: calls the service and waits for the responses. Clones are cheap and share everything that
/// clones of [`vod_api::Client`](crate::Client) share.
///
/// The calls run on the client's own thread, so they may be made anywhere except [on that
/// thread](self#where-it-cant-be-used); on a thread of an async runtime they block that thread. The thread ends [with
/// the last clone](self#the-end). An [`http_client`](ClientBuilder::http_client) must not be used by async code at
/// the same time: a connection that was opened there needs that runtime.
#[derive(Clone)]
pub struct Client {
    inner: crate::Client,
    driver: Arc<Driver>,
    patience: Duration,
}

impl Client {
    /// Creates a client from environment variables, see [`ClientBuilder::from_env`].
    ///
    /// # Errors
    ///
    /// A variable is invalid, or only one of secret id and secret key is set; the message names it.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build_blocking()
    }

    /// Makes a call with the client's settings. The generated methods do the same under the action's name.
    ///
    /// # Errors
    ///
    /// The same as those of the async call, and [`ErrorKind::Blocked`].
    pub fn call<R: Request>(&self, request: R) -> Result<<R::Action as Action>::Response, Error> {
        let call = self.inner.call(request).into_future();
        let limit = self.inner.config().operation_timeout;
        self.run(call, Some(limit)).unwrap_or_else(|error| Err(error.with_action(R::Action::META)))
    }

    /// Does what the function prepares with the async client: makes a call with settings of its own, waits for
    /// the end of a task, or runs an async block.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use vod_api::{Action, Error, Waitable};
    /// // `client.block_on(|client| client.wait_for_task(id).timeout(...))`, for any action that can be waited for:
    /// fn wait<A: Waitable>(
    ///     client: &vod_api::blocking::Client,
    ///     request: A::Request,
    /// ) -> Result<A::Response, Error> {
    ///     client.block_on(|client| client.call(request).wait().timeout(Duration::from_secs(600)))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The same as those of what is prepared, and [`ErrorKind::Blocked`].
    pub fn block_on<F, T>(&self, prepare: impl FnOnce(&crate::Client) -> F) -> Result<T, Error>
    where
        F: IntoFuture<Output = Result<T, Error>, IntoFuture: Send + 'static>,
        T: Send + 'static,
    {
        let prepared = prepare(&self.inner).into_future();
        self.run(prepared, None).unwrap_or_else(Err)
    }

    /// Goes through what the function prepares with the async client: the pages of a list, its items, or any
    /// stream of that shape. Each one is fetched when it is asked for.
    ///
    /// ```
    /// # use vod_api::{Error, Paginated};
    /// // `client.iterate(|client| client.search_media(request).items())`, for any action with pages:
    /// fn count<A: Paginated>(
    ///     client: &vod_api::blocking::Client,
    ///     request: A::Request,
    /// ) -> Result<usize, Error> {
    ///     let mut count = 0;
    ///     for item in client.iterate(|client| client.call(request).items()) {
    ///         item?;
    ///         count += 1;
    ///     }
    ///     Ok(count)
    /// }
    /// ```
    pub fn iterate<S, T>(&self, prepare: impl FnOnce(&crate::Client) -> S) -> Iter<S>
    where
        S: Stream<Item = Result<T, Error>> + Unpin + Send + 'static,
        T: Send + 'static,
    {
        Iter::new(self.clone(), prepare(&self.inner))
    }

    /// Waits for a future that runs on the client's thread, and ends by itself within the limit if there is one.
    fn run<T: Send + 'static>(
        &self,
        future: impl Future<Output = T> + Send + 'static,
        limit: Option<Duration>,
    ) -> Result<T, Error> {
        if let Some(process) = self.driver.foreign_process() {
            return Err(in_a_fork(process));
        }
        let Some(_wait) = Wait::begin(self.driver.id()) else { return Err(within_itself()) };
        let (sender, receiver) = sync_channel(1);
        let start = Arc::new(Start::default());
        let task_start = Arc::clone(&start);
        let task = async move {
            if task_start.start() {
                // The caller has given up if this fails.
                let _ = sender.send(future.await);
            }
        };
        self.driver.run(task.in_current_span().with_current_subscriber());
        waiting::outcome(&receiver, &start, self.patience, limit).map_err(|reason| match reason {
            NoOutcome::NotStarted => held_up(self.patience),
            NoOutcome::Overdue => overdue(),
            NoOutcome::BrokenOff => broken_off(),
        })
    }
}

/// Code that the client's thread runs wants to wait for that thread.
fn within_itself() -> Error {
    let problem = "a blocking call was made by code that the client itself runs (a hook, an event handler, a \
                   credential provider, a progress callback), and would wait for ever: call the async client there, \
                   or make the call in `tokio::task::spawn_blocking`";
    Error::new(ErrorKind::Blocked, problem)
}

/// The thread was not copied by the fork.
fn in_a_fork(process: u32) -> Error {
    let here = std::process::id();
    let problem = format!(
        "the blocking client was built in process {process} and does not work in its fork, process {here}: \
         build a client after the fork"
    );
    Error::new(ErrorKind::Blocked, problem)
}

/// The thread did not get to the call, which has been withdrawn.
fn held_up(patience: Duration) -> Error {
    let problem = format!(
        "the call was not sent: for {patience:?}, code that the blocking client runs (a hook, an event handler, a \
         credential provider, a progress callback) has held up its thread; such code must not block"
    );
    Error::new(ErrorKind::Blocked, problem)
}

/// The thread stood still after the call had begun.
fn overdue() -> Error {
    let problem = "the call did not end in time: code that the blocking client runs (a hook, an event handler, a \
                   credential provider, a progress callback) holds up its thread; such code must not block";
    Error::new(ErrorKind::Timeout, problem).with_attempts(Attempts { made: 1, allowed: 1, ambiguous: true })
}

/// The call ended without an outcome: code of the caller's that it ran has panicked.
fn broken_off() -> Error {
    Error::new(ErrorKind::Transport, "the call panicked").with_attempts(Attempts {
        made: 1,
        allowed: 1,
        ambiguous: true,
    })
}

impl ClientBuilder {
    /// Validates the settings and creates a blocking client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// A setting is invalid or conflicts with another one; the message begins with its name. Or the client's thread
    /// can't be started.
    pub fn build_blocking(self) -> Result<Client, Error> {
        let inner = self.build()?;
        let driver = Driver::start(DRAIN_LIMIT).map_err(|error| {
            Error::new(ErrorKind::Config, format!("blocking: no thread for the client: {error}"))
                .with_source(error)
        })?;
        Ok(Client { inner, driver: Arc::new(driver), patience: PATIENCE })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

#[cfg(test)]
mod tests;
