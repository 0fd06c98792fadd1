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
//! // Any action by its request ...
//! let done = client.call(ConfirmEventsRequest::new(["handle-1"]))?;
//! println!("{}", done.request_id);
//! // ... or by its method, with settings for this call.
//! client.send(|client| {
//!     client.confirm_events(ConfirmEventsRequest::new(["handle-2"])).timeout(Duration::from_secs(3))
//! })?;
//! # Ok(())
//! # }
//! ```

mod driver;

use std::fmt;
use std::future::IntoFuture as _;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use driver::Driver;

use crate::action::{Action, Request};
use crate::call::Call;
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

    /// Makes a call with the client's settings.
    ///
    /// # Errors
    ///
    /// The same as those of the async call.
    pub fn call<R: Request>(&self, request: R) -> Result<<R::Action as Action>::Response, Error> {
        self.send(|client| client.call(request))
    }

    /// Makes the call that the function prepares.
    ///
    /// # Errors
    ///
    /// The same as those of the async call.
    pub fn send<A: Action>(
        &self,
        prepare: impl FnOnce(&crate::Client) -> Call<A>,
    ) -> Result<A::Response, Error> {
        let call = prepare(&self.client).into_future();
        let (sender, receiver) = sync_channel(1);
        let task = async move {
            // Nobody waits any more if this fails, and nobody needs to know.
            let _ = sender.send(call.await);
        };
        self.driver.run(task.in_current_span().with_current_subscriber());
        receiver.recv().unwrap_or_else(|_| Err(broken_off().of_action(A::META)))
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
