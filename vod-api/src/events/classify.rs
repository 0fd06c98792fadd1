//! Classifies a failed call of the consumer: transient, permanent, not sent, refused, or outcome unknown.

use std::sync::Arc;

use super::ledger::ConfirmOutcome;
use crate::action::ErrorClass;
use crate::error::{Error, ErrorKind};

/// What the failure of a pull means.
#[derive(Debug)]
pub(super) enum PullFailure {
    /// There was no event.
    Empty,
    /// Later pulls may pass.
    Passing(Error),
    /// Retrying cannot succeed until the configuration is fixed.
    Permanent(Error),
}

impl PullFailure {
    /// What this failure means to a client whose source of credentials has served it before and can do so again,
    /// or not.
    pub(super) fn of(error: Error, credentials_come: bool) -> Self {
        match error.code_str() {
            Some("ResourceNotFound") => return Self::Empty,
            // The service could not fetch the events; the codes below it tell of lasting reasons.
            Some("FailedOperation") => return Self::Passing(error),
            _ => {}
        }
        let is_permanent = match (error.kind(), error.class()) {
            // A source that fails for a while must not end a consumer that has run for months. One that has never
            // given anything is set up wrongly, and a consumer that waits for it would go unnoticed.
            (ErrorKind::Credential, _) | (_, Some(ErrorClass::TokenExpired)) => !credentials_come,
            // Keys are rotated while a consumer runs. A credential that stays the same stays refused.
            (_, Some(ErrorClass::CredentialRefused)) => !error.credential_may_change(),
            // The next pull has the time of this answer, if it told one, and the machine's clock may be set.
            (_, Some(ErrorClass::ClockSkew)) => false,
            _ => error.is_authentication() || error.is_caller_fault(),
        };
        if is_permanent { Self::Permanent(error) } else { Self::Passing(error) }
    }
}

/// What the failure of a confirmation says about its handles.
pub(super) fn confirm_failure(error: Error) -> ConfirmOutcome {
    use ErrorClass::{
        Authentication, ClockSkew, CredentialRefused, Retryable, Service, Throttling, TokenExpired,
    };
    use ErrorKind::{Api, Config, Connect, Credential, Gateway, InvalidRequest, LegacyResponse, Timeout};

    match (error.kind(), error.class()) {
        // Time ran out before its turn came.
        (Timeout, _) if error.attempts() == 0 => ConfirmOutcome::NotSent(Arc::new(error)),
        (Connect | Credential | InvalidRequest | Config, _)
        | (
            Api,
            Some(Authentication | ClockSkew | CredentialRefused | Retryable | Throttling | TokenExpired),
        ) => ConfirmOutcome::NotSent(Arc::new(error)),
        (Gateway, _) if error.is_throttling() => ConfirmOutcome::NotSent(Arc::new(error)),
        (Api, Some(Service)) => ConfirmOutcome::Ambiguous { retry_after: error.retry_after() },
        // The vendor does not tell which codes a bad handle gets.
        (Api | LegacyResponse, _) => ConfirmOutcome::Refused(Arc::new(error)),
        _ => ConfirmOutcome::Ambiguous { retry_after: error.retry_after() },
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::Action as _;
    use crate::clock::testing::with_timers;
    use crate::credential::{Credential, CredentialError, CredentialProvider, ProvideCredential};
    use crate::error::Attempts;
    use crate::testing::MockTransport;
    use crate::vod::{ConfirmEvents, PullEvents, PullEventsResponse};

    fn api(code: &str) -> Error {
        Error::api(code.to_owned(), String::new()).with_action(ConfirmEvents::META)
    }

    fn of_kind(kind: ErrorKind) -> Error {
        let attempts = Attempts { made: 1, ..Attempts::default() };
        Error::new(kind, "").with_action(ConfirmEvents::META).with_attempts(attempts)
    }

    fn pull(error: Error) -> &'static str {
        pull_with(error, false)
    }

    fn pull_with(error: Error, credentials_come: bool) -> &'static str {
        match PullFailure::of(error, credentials_come) {
            PullFailure::Empty => "empty",
            PullFailure::Passing(_) => "passing",
            PullFailure::Permanent(_) => "permanent",
        }
    }

    fn confirm(error: Error) -> &'static str {
        match confirm_failure(error) {
            ConfirmOutcome::Confirmed => "confirmed",
            ConfirmOutcome::Refused(_) => "refused",
            ConfirmOutcome::NotSent(_) => "not sent",
            ConfirmOutcome::Ambiguous { .. } => "ambiguous",
        }
    }

    #[test]
    fn pulls() {
        assert_eq!(pull(api("ResourceNotFound")), "empty");
        for code in
            ["InternalError", "RequestLimitExceeded", "FailedOperation", "ServiceUnavailable", "New.Code"]
        {
            assert_eq!(pull(api(code)), "passing", "{code}");
        }
        for code in
            ["AuthFailure.SecretIdNotFound", "UnauthorizedOperation", "FailedOperation.InvalidVodUser"]
        {
            assert_eq!(pull(api(code)), "permanent", "{code}");
        }
        assert_eq!(pull(of_kind(ErrorKind::Timeout)), "passing");
        assert_eq!(pull(of_kind(ErrorKind::Gateway)), "passing");
    }

    #[test]
    fn pulls_without_a_credential_go_on_if_there_was_one() {
        for error in [|| of_kind(ErrorKind::Credential), || api("AuthFailure.TokenFailure")] {
            assert_eq!(pull_with(error(), true), "passing");
            assert_eq!(pull_with(error(), false), "permanent");
        }
        for code in
            ["AuthFailure.SecretIdNotFound", "AuthFailure.InvalidSecretId", "AuthFailure.SignatureFailure"]
        {
            assert_eq!(pull_with(api(code), true), "permanent", "{code}: the source gave the same one again");
            let mut rotated = api(code);
            rotated.expect_another_credential();
            assert_eq!(pull(rotated), "passing", "{code}");
            assert_eq!(confirm(api(code)), "not sent", "{code}");
        }
        assert_eq!(pull(api("AuthFailure.SignatureExpire")), "passing");
    }

    #[test]
    fn confirmations() {
        let refusals =
            ["InvalidParameterValue", "InvalidParameter", "ResourceNotFound", "FailedOperation", "New.Code"];
        for code in refusals {
            assert_eq!(confirm(api(code)), "refused", "{code}");
        }
        for code in ["RequestLimitExceeded", "AuthFailure.TokenFailure", "ServiceUnavailable"] {
            assert_eq!(confirm(api(code)), "not sent", "{code}");
        }
        assert_eq!(confirm(of_kind(ErrorKind::Connect)), "not sent");
        assert_eq!(confirm(of_kind(ErrorKind::Gateway).with_status(429)), "not sent");
        assert_eq!(confirm(of_kind(ErrorKind::Gateway).with_status(502)), "ambiguous");
        for kind in [ErrorKind::Timeout, ErrorKind::Transport, ErrorKind::Truncated, ErrorKind::Malformed] {
            assert_eq!(confirm(of_kind(kind)), "ambiguous", "{kind:?}");
        }
        assert_eq!(confirm(api("InternalError")), "ambiguous");
        let never_sent = of_kind(ErrorKind::Timeout).with_attempts(Attempts::default());
        assert_eq!(confirm(never_sent), "not sent");
    }

    /// Gives a credential for a minute, then none for another one, then one again.
    struct Failing<Clock> {
        clock: Clock,
        start: SystemTime,
    }

    impl<Clock: Fn() -> SystemTime + Send + Sync + 'static> CredentialProvider for Failing<Clock> {
        fn name(&self) -> &'static str {
            "failing"
        }
        fn credential(&self) -> ProvideCredential<'_> {
            let minute = Duration::from_mins(1);
            let now = (self.clock)();
            let passed = now.duration_since(self.start).unwrap().as_secs() / minute.as_secs();
            Box::pin(std::future::ready(match passed {
                1 => Err(CredentialError::not_configured("no metadata service")),
                _ => Ok(Credential::new(format!("AKID-{passed}"), "key-text").with_expiry(now + minute)),
            }))
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_consumer_outlives_a_source_that_fails_and_does_not_wait_for_one_that_never_worked() {
        let clock = with_timers();
        let mock = MockTransport::new();
        mock.on::<PullEvents>().delay(Duration::from_secs(5)).respond(PullEventsResponse::default()).repeat();
        let builder = || mock.builder().clock(clock);
        let client = builder().credential_provider(Failing { clock, start: clock() }).build().unwrap();
        let mut stream = client.events().stream().unwrap();
        let ended = tokio::time::timeout(Duration::from_mins(4), stream.next()).await;
        assert!(ended.is_err(), "{ended:?}");
        let sent = mock.recorded();
        let by =
            |id: &str| sent.iter().filter(|sent| sent.header("authorization").unwrap().contains(id)).count();
        assert!(by("AKID-0/") >= 10 && by("AKID-2/") + by("AKID-3/") >= 10, "{} pulls", sent.len());

        let minute = Duration::from_mins(1);
        let client =
            builder().credential_provider(Failing { clock, start: clock() - minute }).build().unwrap();
        let error = client.events().stream().unwrap().next().await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credential, "{error}");
    }
}
