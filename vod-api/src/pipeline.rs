//! A call from the typed request to the typed response: once, for every action.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use tracing::Instrument as _;

use crate::action::ActionMeta;
use crate::call::CallSettings;
use crate::client::Config;
use crate::clock::{self, Stopwatch};
use crate::endpoint::Target;
use crate::envelope::interpret;
use crate::error::{Error, ErrorKind};
use crate::record::{Record, check_limits, request_id};
use crate::signature::Signer;
use crate::transport::exchange;
use crate::wire::{Context, Encoded, encode, sign};

/// One call, without its types.
pub(crate) struct Invocation<'a> {
    pub(crate) config: &'a Config,
    pub(crate) action: &'static ActionMeta,
    pub(crate) settings: &'a CallSettings,
}

/// Makes a call. It is boxed so that its code is generated in this crate and not in each user's.
pub(crate) fn run<'a>(
    call: Invocation<'a>,
    request: &'a mut dyn Record,
    response: &'a mut dyn Record,
) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>> {
    Box::pin(async move {
        let span =
            tracing::debug_span!("call", service = call.action.service.name, action = call.action.name);
        call.run(request, response).instrument(span).await
    })
}

impl Invocation<'_> {
    async fn run(&self, request: &mut dyn Record, response: &mut dyn Record) -> Result<(), Error> {
        let started = Stopwatch::start();
        let outcome = self.within_time(request, response).await.map_err(|error| error.of_action(self.action));
        report(started.elapsed(), &outcome, response);
        outcome
    }

    async fn within_time(&self, request: &mut dyn Record, response: &mut dyn Record) -> Result<(), Error> {
        let limit = self.settings.limit(self.config);
        match tokio::time::timeout(limit, self.prepare_and_send(request, response)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Error::new(ErrorKind::Timeout, format!("no answer within {limit:?}"))),
        }
    }

    async fn prepare_and_send(
        &self,
        request: &mut dyn Record,
        response: &mut dyn Record,
    ) -> Result<(), Error> {
        self.config.defaults.fill(self.action.service, request);
        check_limits(request).map_err(|violation| Error::new(ErrorKind::Request, violation.to_string()))?;
        let encoded = encode(self.config, self.action, request)?;
        let target = self.config.endpoints.target(self.action.service)?;
        let signer = self.config.credentials.signer(self.action).await?;
        self.attempt(&encoded, &target, &signer, response).await
    }

    /// Sends the request once. Each attempt has its own time and signature.
    async fn attempt(
        &self,
        encoded: &Encoded,
        target: &Target,
        signer: &Signer,
        response: &mut dyn Record,
    ) -> Result<(), Error> {
        let Self { config, action, settings } = *self;
        let timestamp = clock::unix_seconds();
        let request = sign(Context { config, action, settings, target, signer, timestamp }, encoded)?;
        let answer = exchange(&*config.transport, request, config.response_limit).await;
        let outcome = answer.and_then(|answer| {
            tracing::debug!(
                host = target.host,
                status = answer.status.as_u16(),
                sent = encoded.len(),
                received = answer.body.len(),
                "answered"
            );
            interpret(&answer, response)
        });
        // An answer may repeat the request, whatever sent it. One that brings secrets is not shown at all.
        let secretive = !response.meta().sensitive.is_empty();
        outcome.map_err(|error| {
            let error = if secretive { error.without_snippet() } else { error };
            error.map_texts(|text| signer.credential().redact(text))
        })
    }
}

fn report(elapsed: Duration, outcome: &Result<(), Error>, response: &dyn Record) {
    let elapsed_ms = elapsed.as_secs_f64() * 1000.0;
    match outcome {
        Ok(()) => tracing::debug!(request_id = request_id(response), elapsed_ms, "call succeeded"),
        Err(error) => tracing::debug!(
            kind = ?error.kind(),
            status = error.http_status(),
            code = error.code_text(),
            request_id = error.request_id(),
            elapsed_ms,
            "call failed"
        ),
    }
}

#[cfg(test)]
mod tests;
