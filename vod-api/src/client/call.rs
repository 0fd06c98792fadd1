//! A prepared call: per-call options, sent by `.await`.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;

use crate::action::{Action, BinaryAction, Request};
use crate::client::Client;
use crate::client::config::{BinaryBody, CallSettings};
use crate::client::settings::Language;
use crate::error::Error;
use crate::pipeline::{self, Invocation};
use crate::record::mismatch::Mismatch;
use crate::retry::RetryPolicy;

/// A prepared call of the action `A`: set per-call options, then `.await` it.
///
/// Nothing is sent before the `.await`. Dropping the future cancels the call; the service may still execute it.
#[must_use = "a call is made by awaiting it"]
pub struct Call<A: Action> {
    client: Client,
    request: A::Request,
    settings: CallSettings,
}

impl Client {
    /// Prepares a call. The generated methods do the same under the action's name.
    pub fn call<R: Request>(&self, request: R) -> Call<R::Action> {
        Call::new(self.clone(), request)
    }
}

impl<A: Action> Call<A> {
    pub(crate) fn new(client: Client, request: A::Request) -> Self {
        Self { client, request, settings: CallSettings::default() }
    }

    pub(crate) fn with(client: Client, request: A::Request, settings: CallSettings) -> Self {
        Self { client, request, settings }
    }

    pub(crate) fn into_parts(self) -> (Client, A::Request, CallSettings) {
        (self.client, self.request, self.settings)
    }

    /// Sets the timeout of the whole call: loading a credential, waiting for the rate limiter, all attempts and the
    /// delays between them.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeout = Some(limit);
        self
    }

    /// Sets the timeout of each attempt, from connecting to the end of the response.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.settings.attempt_timeout = Some(limit);
        self
    }

    /// Overrides the client's retry policy. [`RetryPolicy::none`] disables retries.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = Some(policy);
        self
    }

    /// Whether the call is sent without waiting for the client's rate limiter, because the caller limits the rate by
    /// itself. Default: false. After the service has throttled the action, the limiter applies all the same until its
    /// rate has recovered.
    #[doc(alias("rate limiter"))]
    pub fn skip_rate_limit(mut self, skip: bool) -> Self {
        self.settings.skip_rate_limit = skip;
        self
    }

    /// Overrides the client's region; an empty string means none.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.settings.region = Some(region.into());
        self
    }

    /// Overrides the client's language of messages.
    pub fn language(mut self, language: Language) -> Self {
        self.settings.language = Some(language);
        self
    }

    /// Overrides [`ClientBuilder::strict_answers`](crate::ClientBuilder::strict_answers): whether a value that does
    /// not fit its field is an error.
    pub fn strict_answers(mut self, strict: bool) -> Self {
        self.settings.strict_answers = Some(strict);
        self
    }

    /// Sets the body of an action that takes bytes beside its parameters; they are sent unchanged. Such a call is
    /// always a POST signed with TC3-HMAC-SHA256, whatever the client's settings are.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self
    where
        A: BinaryAction,
    {
        self.settings.body = Some(BinaryBody(body.into()));
        self
    }

    /// Returns the response together with the values that did not fit in it and its JSON.
    ///
    /// ```
    /// use vod_api::testing::MockTransport;
    /// use vod_api::vod::{ConfirmEvents, ConfirmEventsRequest};
    ///
    /// # async fn example() -> Result<(), vod_api::Error> {
    /// # let mock = MockTransport::new();
    /// # mock.on::<ConfirmEvents>().respond_http(http::Response::new(r#"{"Response":{"RequestId":{"Id":7}}}"#));
    /// # let client = mock.builder().build()?;
    /// let answer = client.confirm_events(ConfirmEventsRequest::new(["handle-1"])).detailed().await?;
    /// for mismatch in &answer.mismatches {
    ///     println!("{mismatch}");
    /// }
    /// # assert_eq!(answer.mismatches[0].to_string(), "RequestId: expected a string, found an object of 8 bytes");
    /// # assert_eq!(answer.response.request_id, "");
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(example()).unwrap();
    /// ```
    pub fn detailed(self) -> DetailedCall<A> {
        DetailedCall(self)
    }
}

/// A call that returns a [`Detailed`] response; from [`Call::detailed`].
#[derive(Debug)]
#[must_use = "a call is made by awaiting it"]
pub struct DetailedCall<A: Action>(Call<A>);

/// A response with its JSON and the values that did not fit its type.
#[derive(Clone)]
#[non_exhaustive]
pub struct Detailed<R> {
    /// The response.
    pub response: R,
    /// The values that do not fit their fields, which have their defaults: the first 64, and all that belong to
    /// fields of the response itself.
    pub mismatches: Vec<Mismatch>,
    /// The whole body: the JSON as it was received, with invalid UTF-8 replaced by U+FFFD. It contains secrets if the
    /// action's responses do.
    pub json: Bytes,
}

impl<R: fmt::Debug> fmt::Debug for Detailed<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Detailed")
            .field("response", &self.response)
            .field("mismatches", &self.mismatches)
            .finish_non_exhaustive()
    }
}

impl<A: Action> IntoFuture for Call<A> {
    type Output = Result<A::Response, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    // Instantiated for each action in the crate that calls it: everything else is behind `run`.
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Self { client, mut request, settings } = self;
            let mut response = A::Response::default();
            let call =
                Invocation { config: client.config(), action: A::META, settings: &settings, slot: None };
            pipeline::run(call, &mut request, &mut response).await?;
            Ok(response)
        })
    }
}

impl<A: Action> IntoFuture for DetailedCall<A> {
    type Output = Result<Detailed<A::Response>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Call { client, mut request, settings } = self.0;
            let mut response = A::Response::default();
            let call =
                Invocation { config: client.config(), action: A::META, settings: &settings, slot: None };
            let brought = pipeline::run(call, &mut request, &mut response).await?;
            Ok(Detailed { response, mismatches: brought.mismatches.into_vec(), json: brought.json })
        })
    }
}

impl<A: Action> fmt::Debug for Call<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("action", &A::META.name)
            .field("request", &self.request)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
