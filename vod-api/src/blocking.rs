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
//! client.send(|client| {
//!     client.confirm_events(ConfirmEventsRequest::new(["handle-2"])).timeout(Duration::from_secs(3))
//! })?;
//! # Ok(())
//! # }
//! ```
//!
//! Long lists are [iterators](Client::iterate), [`Client::send`] also waits for tasks, and the events of VOD are both:
//!
//! ```
//! # #[cfg(feature = "events")]
//! fn consume(client: &vod_api::blocking::Client) -> Result<(), vod_api::Error> {
//!     let stream = client.send(|client| {
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

mod driver;
mod iter;

use std::fmt;
use std::future::{Future, IntoFuture};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use futures_core::Stream;
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use driver::Driver;
pub use iter::Iter;

use crate::action::{Action, Request};
use crate::client::ClientBuilder;
use crate::error::{Attempts, Error, ErrorKind};

/// Calls the service and waits for the answers. Clones are cheap and share what clones of
/// [`vod_api::Client`](crate::Client) share.
///
/// The calls run on a thread of the client's own, which ends with the last clone, so they may be made anywhere:
/// on a thread of an async runtime, too, which they then hold up. An [`http_client`](ClientBuilder::http_client)
/// must not be in use by async code at the same time: a connection that was opened there needs that runtime.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    driver: Arc<Driver>,
}

impl Client {
    /// A client as the environment describes it, see [`ClientBuilder::from_env`].
    ///
    /// # Errors
    ///
    /// A variable's value can't be used; the message names it.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build_blocking()
    }

    /// Makes a call with the client's settings. The generated methods do the same under the action's name.
    ///
    /// # Errors
    ///
    /// The same as those of the async call.
    pub fn call<R: Request>(&self, request: R) -> Result<<R::Action as Action>::Response, Error> {
        let call = self.client.call(request).into_future();
        self.run(call).unwrap_or_else(|| Err(broken_off().of_action(R::Action::META)))
    }

    /// Does what the function prepares with the async client: makes a call with settings of its own, waits for
    /// the end of a task, or runs an async block.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use vod_api::{Action, Error, Waitable};
    /// // `client.send(|client| client.wait_for_task(id).timeout(...))`, for any action that can be waited for:
    /// fn wait<A: Waitable>(
    ///     client: &vod_api::blocking::Client,
    ///     request: A::Request,
    /// ) -> Result<A::Response, Error> {
    ///     client.send(|client| client.call(request).wait().timeout(Duration::from_secs(600)))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The same as those of what is prepared.
    pub fn send<F, T>(&self, prepare: impl FnOnce(&crate::Client) -> F) -> Result<T, Error>
    where
        F: IntoFuture<Output = Result<T, Error>, IntoFuture: Send + 'static>,
        T: Send + 'static,
    {
        let prepared = prepare(&self.client).into_future();
        self.run(prepared).unwrap_or_else(|| Err(broken_off()))
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
        Iter::new(self.clone(), prepare(&self.client))
    }

    /// Waits for a future that runs on the client's thread; `None` if it was broken off.
    fn run<T: Send + 'static>(&self, future: impl Future<Output = T> + Send + 'static) -> Option<T> {
        let (sender, receiver) = sync_channel(1);
        let task = async move {
            // Nobody waits any more if this fails, and nobody needs to know.
            let _ = sender.send(future.await);
        };
        self.driver.run(task.in_current_span().with_current_subscriber());
        receiver.recv().ok()
    }
}

/// The call ended without an outcome: code of the caller's that it ran has panicked.
fn broken_off() -> Error {
    Error::new(ErrorKind::Transport, "the call was broken off by a panic").after(Attempts {
        made: 1,
        allowed: 1,
        ambiguous: true,
    })
}

impl ClientBuilder {
    /// Checks the settings and makes a client for code that is not async. Nothing is sent.
    ///
    /// # Errors
    ///
    /// A setting can't be used, or doesn't go with another one; the message begins with its name. Or there is no
    /// thread for the client.
    pub fn build_blocking(self) -> Result<Client, Error> {
        let client = self.build()?;
        let driver = Driver::start().map_err(|error| {
            Error::new(ErrorKind::Settings, format!("blocking: no thread for the client: {error}"))
                .because(error)
        })?;
        Ok(Client { client, driver: Arc::new(driver) })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.client, f)
    }
}

#[cfg(test)]
mod tests;
