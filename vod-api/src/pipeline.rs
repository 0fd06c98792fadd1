//! A call from the typed request to the typed response: once, for every action.

mod attempt;
mod multipart;
mod no_retry;
pub(crate) mod request;
pub(crate) mod response;
mod retry_loop;
pub(crate) mod stream;
mod telemetry;

use std::future::Future;
use std::pin::Pin;

use tracing::{Instrument as _, Span};

use crate::action::ActionMeta;
use crate::client::config::CallSettings;
use crate::client::config::Config;
use crate::clock;
use crate::error::{Error, ErrorKind};
use crate::pipeline::request::{Encoded, encode_parameters};
use crate::pipeline::response::Understood;
use crate::pipeline::stream::StreamSlot;
use crate::record::{Record, check_limits};
use retry_loop::RetryLoop;

/// One call, without its types.
#[derive(Clone, Copy)]
pub(crate) struct Invocation<'a> {
    pub(crate) config: &'a Config,
    pub(crate) action: &'static ActionMeta,
    pub(crate) settings: &'a CallSettings,
    /// Where the body of an answer goes that is a stream; none if the caller takes no stream.
    pub(crate) slot: Option<&'a StreamSlot>,
}

/// A response that an attempt fills. What a failed attempt left in it must not meet the next one.
pub(crate) trait Response: Record {
    /// Becomes as new.
    fn start_anew(&mut self);
}

impl<T: Record + Default> Response for T {
    fn start_anew(&mut self) {
        *self = T::default();
    }
}

/// Makes a call. It is boxed so that its code is generated in this crate and not in each user's.
pub(crate) fn run<'a>(
    call: Invocation<'a>,
    request: &'a mut dyn Record,
    response: &'a mut dyn Response,
) -> Pin<Box<dyn Future<Output = Result<Understood, Error>> + Send + 'a>> {
    let span = telemetry::call_span(call.action);
    Box::pin(call.run(request, response, span.clone()).instrument(span))
}

impl Invocation<'_> {
    async fn run(
        self,
        request: &mut dyn Record,
        response: &mut dyn Response,
        span: Span,
    ) -> Result<Understood, Error> {
        let started = clock::now();
        let mut retries = RetryLoop::new(self, started);
        let outcome = match self.prepare(request) {
            Ok(encoded) => retries.send(&encoded, &*request, response).await,
            Err(error) => Err(error),
        };
        let outcome =
            outcome.map_err(|error| error.with_action(self.action).with_attempts(retries.attempts()));
        let ended = if outcome.is_ok() { retries.now() } else { clock::now() };
        let elapsed = ended - started;
        telemetry::call_ended(
            &span,
            self.action,
            elapsed,
            retries.attempts().made,
            outcome.as_ref().err(),
            response,
        );
        outcome
    }

    /// What all attempts have in common. Nothing here waits for anything.
    fn prepare(self, request: &mut dyn Record) -> Result<Encoded, Error> {
        self.config.defaults.fill(self.action.service, request);
        let CallSettings { timeout, attempt_timeout, .. } = self.settings;
        for (name, limit) in [("timeout", timeout), ("attempt_timeout", attempt_timeout)] {
            if limit.is_some_and(|limit| limit.is_zero()) {
                return Err(Error::new(
                    ErrorKind::InvalidRequest,
                    format!("{name}: must be greater than zero"),
                ));
            }
        }
        check_limits(request)
            .map_err(|violation| Error::new(ErrorKind::InvalidRequest, violation.to_string()))?;
        encode_parameters(self.config, self.action, self.settings, request)
    }

    /// The region that the call names.
    fn region(&self) -> Option<&str> {
        self.settings.region(self.config)
    }
}

#[cfg(test)]
pub(crate) mod tests;
