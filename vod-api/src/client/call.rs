//! A call that has been prepared and not yet made.

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

/// A call of the action `A`: set what differs from the client's settings, then `.await` it.
///
/// Nothing happens before the `.await`. Dropping the future cancels the call; the service may have carried it
/// out all the same.
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

    /// Limits the whole call: waiting for a credential and for its turn, all attempts and the pauses between
    /// them.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeout = Some(limit);
        self
    }

    /// Limits each attempt of the call, from connecting to the end of the answer.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.settings.attempt_timeout = Some(limit);
        self
    }

    /// Sends the call again by other rules than the client's, or not at all: [`RetryPolicy::none`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = Some(policy);
        self
    }

    /// Whether the call is sent without waiting for the client's rate limiter, because the caller limits the rate by
    /// itself. Default: false. After the service has throttled the action, the limiter applies all the same until its rate
    /// has recovered.
    #[doc(alias("rate limiter"))]
    pub fn skip_rate_limit(mut self, skip: bool) -> Self {
        self.settings.skip_rate_limit = skip;
        self
    }

    /// Names another region than the client's, or none by an empty text.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.settings.region = Some(region.into());
        self
    }

    /// Asks for messages in another language than the client's.
    pub fn language(mut self, language: Language) -> Self {
        self.settings.language = Some(language);
        self
    }

    /// Refuses an answer of which a value does not fit its field, or takes what fits of it: other than the client, see
    /// [`ClientBuilder::strict_answers`](crate::ClientBuilder::strict_answers).
    pub fn strict_answers(mut self, strict: bool) -> Self {
        self.settings.strict_answers = Some(strict);
        self
    }

    /// The bytes that an action takes beside its parameters, sent as they are. Such a call is always a POST signed by
    /// TC3-HMAC-SHA256, whatever the client's other calls are.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self
    where
        A: BinaryAction,
    {
        self.settings.body = Some(BinaryBody(body.into()));
        self
    }

    /// Gives the answer with what did not fit in it, and its JSON.
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

/// A call that gives its [`Detailed`] answer; from [`Call::detailed`].
#[derive(Debug)]
#[must_use = "a call is made by awaiting it"]
pub struct DetailedCall<A: Action>(Call<A>);

/// An answer with what is not in its type.
#[derive(Clone)]
#[non_exhaustive]
pub struct Detailed<R> {
    /// The answer.
    pub response: R,
    /// The values that do not fit their fields, which are at their defaults: the first 64, and all of fields of the
    /// answer itself.
    pub mismatches: Vec<Mismatch>,
    /// The whole body: the JSON as it came, except that text which is not Unicode is repaired by U+FFFD. It may hold
    /// secrets if the action's answers do.
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
