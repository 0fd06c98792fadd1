//! A call that has been prepared and not yet made.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use crate::action::Action;
use crate::client::{Client, Config};
use crate::error::Error;
use crate::pipeline::{self, Invocation};
use crate::settings::Language;

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

/// What a call changes of its client's settings.
#[derive(Debug, Clone, Default)]
pub(crate) struct CallSettings {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) region: Option<String>,
    pub(crate) language: Option<Language>,
}

impl CallSettings {
    /// How long the call may take. As long as a call is one attempt, the shorter limit holds; a limit of the
    /// call's own replaces those of the client.
    pub(crate) fn limit(&self, config: &Config) -> Duration {
        match (self.timeout, self.attempt_timeout) {
            (Some(whole), attempt) => attempt.map_or(whole, |attempt| attempt.min(whole)),
            (None, Some(attempt)) => attempt.min(config.operation_timeout),
            (None, None) => config.attempt_timeout.min(config.operation_timeout),
        }
    }
}

impl<A: Action> Call<A> {
    pub(crate) fn new(client: Client, request: A::Request) -> Self {
        Self { client, request, settings: CallSettings::default() }
    }

    /// Limits the whole call, instead of the client's limits for calls and attempts.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeout = Some(limit);
        self
    }

    /// Limits each attempt of the call, from connecting to the end of the answer.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.settings.attempt_timeout = Some(limit);
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
}

impl<A: Action> IntoFuture for Call<A> {
    type Output = Result<A::Response, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    // Instantiated for each action in the crate that calls it: everything else is behind `run`.
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Self { client, mut request, settings } = self;
            let mut response = A::Response::default();
            let call = Invocation { config: client.config(), action: A::META, settings: &settings };
            pipeline::run(call, &mut request, &mut response).await?;
            Ok(response)
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
