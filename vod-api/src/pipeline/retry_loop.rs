//! The retry loop of a call: credential, rate limiter, host and attempt; then whether to retry, and when.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use super::attempt::send;
use super::no_retry::NoRetry;
use super::{Invocation, Response, telemetry};
use crate::client::time_limit::TimeLimit;
use crate::clock;
use crate::credential::Renewal;
use crate::endpoint::Target;
use crate::error::{Attempts, Error, ErrorKind};
use crate::pipeline::request::Encoded;
use crate::pipeline::response::Understood;
use crate::rate_limit::RateLimiter;
use crate::record::Record;
use crate::retry::backoff::Delays;
use crate::retry::{Remedy, RetryPolicy};
use crate::signature::Signer;

/// A call under way.
pub(super) struct RetryLoop<'a> {
    call: Invocation<'a>,
    policy: RetryPolicy,
    started: Instant,
    /// The time as of the last await. Cached: the work since then takes no measurable time.
    now: Instant,
    deadline: Instant,
    made: u32,
    ambiguous: bool,
    /// Whether a host may have seen the call.
    arrived: bool,
    backoff: Delays,
    /// One-shot remedies that this call has used.
    spent: Vec<Remedy>,
    /// Where the attempt before went, and whether that host failed.
    before: Option<(Arc<Target>, bool)>,
}

impl<'a> RetryLoop<'a> {
    /// A call that starts now.
    pub(super) fn new(call: Invocation<'a>, started: Instant) -> Self {
        let limit = call.settings.operation_timeout(call.config).time;
        let policy = call.settings.retry.unwrap_or(call.config.retry);
        Self {
            call,
            policy,
            started,
            now: started,
            deadline: started.checked_add(limit).unwrap_or_else(|| started + clock::LONGEST_TIMER),
            made: 0,
            ambiguous: false,
            arrived: false,
            backoff: policy.exponential().delays(),
            spent: Vec::new(),
            before: None,
        }
    }

    /// What became of the attempts so far.
    pub(super) fn attempts(&self) -> Attempts {
        Attempts { made: self.made, allowed: self.policy.attempts(), ambiguous: self.ambiguous }
    }

    /// When an attempt last ended, or what else the call has waited for.
    pub(super) fn now(&self) -> Instant {
        self.now
    }

    /// Sends the call until it succeeds, or may not be sent again.
    pub(super) async fn send(
        &mut self,
        encoded: &Encoded,
        request: &dyn Record,
        response: &mut dyn Response,
    ) -> Result<Understood, Error> {
        let mut last = None;
        loop {
            let (error, pause) = match self.next(encoded, request, response).await {
                Ok(brought) => return Ok(brought),
                Err(Failed::Attempt(error, pause)) => (error, pause),
                Err(Failed::Before(error)) => (explained(error, last.take()), None),
            };
            let Some(pause) = pause else { return Err(error) };
            last = Some(error);
            response.start_anew();
            sleep(pause).await;
            self.now = clock::now();
        }
    }

    /// Makes one attempt, with a credential, a turn, a time and a signature of its own.
    async fn next(
        &mut self,
        encoded: &Encoded,
        request: &dyn Record,
        response: &mut dyn Response,
    ) -> Result<Understood, Failed> {
        let call = self.call;
        let signer = self.credential().await?;
        let limiter = self.rate_limit(&signer).await?;
        let target = self.host()?;
        let permit = call.config.endpoints.permit(&target, self.now);
        let prepared = call.sign(encoded, &target, &signer)?;
        self.made += 1;

        let sent = send(call, prepared, &target, self.made, self.now);
        let mut attempted = sent.answered(call, &signer, self.limit(), request, response).await;
        self.now = attempted.ended;
        let healthy = attempted.error.as_ref().is_none_or(|error| !is_hosts_fault(error));
        if permit.is_some_and(|permit| permit.report(healthy, self.now)) {
            tracing::warn!(host = target.host, "circuit breaker opened for the host; failing over");
        }
        let retry = match &mut attempted.error {
            None => {
                if let Some(slot) = call.slot {
                    slot.with_address(&target.address);
                }
                call.config.budget.earn();
                Err(NoRetry::Needless)
            }
            Some(error) => {
                self.ambiguous |= error.is_ambiguous();
                self.arrived |= !error.never_left();
                if let Some(limiter) = limiter.filter(|_| error.is_throttling()) {
                    limiter.slow_down();
                }
                self.retry(error, attempted.corrected, &signer).await
            }
        };
        let pause = retry.as_ref().ok().copied();
        attempted.error = attempted.error.map(|error| {
            let error = error.at_endpoint(&target.address);
            match retry.err().and_then(|reason| reason.in_words()) {
                Some(reason) => error.not_retried(reason),
                None => error,
            }
        });
        telemetry::attempt_ended(call, &target.host, self.made, encoded.len(), &attempted, pause, response);
        self.before = Some((target, !healthy));
        match attempted.error {
            None => Ok(attempted.brought),
            Some(error) => Err(Failed::Attempt(error, pause)),
        }
    }

    async fn credential(&mut self) -> Result<Arc<Signer>, Error> {
        let Invocation { config, action, .. } = self.call;
        if let Some(signer) = config.credentials.at_hand(action) {
            return Ok(signer);
        }
        let signer = timeout_at(self.deadline, config.credentials.signer()).await;
        self.now = clock::now();
        signer.unwrap_or_else(|_| Err(self.late("a credential")))
    }

    /// Waits until the action's rate limit has room for the call.
    async fn rate_limit(&mut self, signer: &Signer) -> Result<Option<Arc<RateLimiter>>, Error> {
        let Invocation { config, action, .. } = self.call;
        let region = self.call.region().unwrap_or_default();
        let Some(limiter) = config.rate_limiters.limiter(action, region, signer.credential().secret_id())
        else {
            return Ok(None);
        };
        if self.call.settings.skip_rate_limit && limiter.is_at_full_rate(self.now) {
            return Ok(Some(limiter));
        }
        match limiter.acquire(self.now, self.deadline).await {
            Ok(taken) => {
                telemetry::paced(action, taken - self.now);
                self.now = taken;
            }
            Err(_) => return Err(self.late("the rate limiter")),
        }
        Ok(Some(limiter))
    }

    fn late(&self, what: &str) -> Error {
        let limit = self.call.settings.operation_timeout(self.call.config);
        let message = format!("timed out waiting for {what}: {limit}; this attempt was not sent");
        Error::new(ErrorKind::Timeout, message)
    }

    /// The host of the next attempt. A call that must not be carried out twice stays with the host that may have
    /// seen it.
    fn host(&self) -> Result<Arc<Target>, Error> {
        let Invocation { config, action, .. } = self.call;
        let pick = |avoid| config.endpoints.pick(action.service, self.call.region(), avoid, self.now);
        match &self.before {
            Some((before, _)) if !action.idempotent && self.arrived => Ok(Arc::clone(before)),
            Some((before, true)) => pick(Some(before)),
            _ => pick(None),
        }
    }

    /// When the next attempt has to end, and what to say if it does.
    fn limit(&self) -> (Instant, TimeLimit) {
        let of_attempt = self.call.settings.attempt_timeout(self.call.config);
        match self.now.checked_add(of_attempt.time) {
            Some(end) if end < self.deadline => (end, of_attempt),
            _ => (self.deadline, self.call.settings.operation_timeout(self.call.config)),
        }
    }

    /// How long to wait before the call is sent again, or why it is not.
    async fn retry(
        &mut self,
        error: &mut Error,
        corrected: bool,
        signer: &Signer,
    ) -> Result<Duration, NoRetry> {
        let Invocation { config, action, settings, .. } = self.call;
        let remedy = Remedy::of(error, action.idempotent);
        // A fresh credential and the right time serve the next calls, too, if this one is not sent again.
        let helps = match remedy {
            Remedy::None => false,
            Remedy::Wait => true,
            once if self.spent.contains(&once) => false,
            Remedy::FreshCredential => {
                let renewal = config.credentials.renew(signer.credential());
                let renewal = timeout_at(self.deadline, renewal).await.unwrap_or(Renewal::Failed);
                if renewal != Renewal::Same {
                    error.expect_another_credential();
                }
                renewal == Renewal::Another
            }
            Remedy::RightTime => corrected,
        };
        if !helps {
            return Err(NoRetry::without_remedy(remedy, error));
        }
        if self.made >= self.policy.attempts() {
            return Err(NoRetry::Attempts);
        }
        let backoff = if remedy == Remedy::Wait {
            self.backoff()
        } else {
            self.spent.push(remedy);
            Duration::ZERO
        };
        let pause = backoff.max(error.retry_after().unwrap_or_default());
        let too_late = NoRetry::Late(pause, settings.operation_timeout(config));
        let Some(next) = clock::now().checked_add(pause).filter(|next| *next < self.deadline) else {
            return Err(too_late);
        };
        let total = self
            .policy
            .total()
            .filter(|total| self.started.checked_add(*total).is_some_and(|end| next > end));
        match total {
            Some(total) => Err(NoRetry::Total(pause, total)),
            None if remedy == Remedy::Wait && !config.budget.take() => Err(NoRetry::Budget),
            None => Ok(pause),
        }
    }

    fn backoff(&mut self) -> Duration {
        self.backoff.next_delay()
    }
}

/// Why an attempt came to nothing.
enum Failed {
    /// It could not be made.
    Before(Error),
    /// It was made, and may be followed by another one after a pause.
    Attempt(Error, Option<Duration>),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Before(error)
    }
}

/// A later attempt could not be made: why the one before failed matters as much.
fn explained(error: Error, before: Option<Error>) -> Error {
    match before {
        Some(before) => {
            let message = format!("{}; previous attempt: {before}", error.message());
            error.with_message(message).with_source(before)
        }
        None => error,
    }
}

/// Whether a failure speaks against the host, and not only against the call. A host that answers with an object that
/// can't be read is there; another one would be asked the same and answer the same.
fn is_hosts_fault(error: &Error) -> bool {
    error.is_transport() || error.is_service_fault() || error.kind() == ErrorKind::MissingRequestId
}
