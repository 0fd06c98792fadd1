//! Calls whose credential expires, or comes late.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use super::fixture::{Confirm, ConfirmRequest, ConfirmResponse, Create, CreateRequest};
use crate::clock;
use crate::clock::testing::with_timers;
use crate::credential::{Credential, CredentialProvider, ProvideCredential};
use crate::error::ErrorKind;
use crate::testing::MockTransport;

/// Gives another credential each time, or none at all.
#[derive(Default)]
struct Numbered(Arc<AtomicUsize>);

impl CredentialProvider for Numbered {
    fn name(&self) -> &'static str {
        "numbered"
    }
    fn credential(&self) -> ProvideCredential<'_> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(Credential::new(format!("AKID-{number}"), "key-text").with_token("token")) })
    }
}

struct Silent;

impl CredentialProvider for Silent {
    fn name(&self) -> &'static str {
        "silent"
    }
    fn credential(&self) -> ProvideCredential<'_> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn an_expired_token_is_replaced_once_and_the_call_repeated() {
    let mock = MockTransport::new();
    mock.on::<Create>()
        .respond_error("AuthFailure.TokenFailure", "expired")
        .respond(ConfirmResponse::default());
    let client = mock.builder().credential_provider(Numbered::default()).build().unwrap();
    client.call(CreateRequest).await.unwrap();
    let sent = mock.recorded();
    assert!(sent[0].header("authorization").unwrap().contains("AKID-0/"));
    assert!(sent[1].header("authorization").unwrap().contains("AKID-1/"));
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_refused_again_is_not_replaced_again() {
    let asked = Arc::new(AtomicUsize::new(0));
    let mock = MockTransport::new();
    mock.on::<Create>().respond_error("AuthFailure.TokenFailure", "expired").repeat();
    let client = mock.builder().credential_provider(Numbered(Arc::clone(&asked))).build().unwrap();
    let error = client.call(CreateRequest).await.unwrap_err();
    assert_eq!((error.attempts(), asked.load(Ordering::SeqCst)), (2, 2));
    assert!(error.is_authentication() && !error.may_have_taken_effect());
}

#[tokio::test(start_paused = true)]
async fn the_calls_limit_covers_waiting_for_a_credential() {
    let mock = MockTransport::new();
    let client = mock.builder().credential_provider(Silent).build().unwrap();
    let error = client.call(CreateRequest).timeout(Duration::from_secs(3)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Create failed: timed out waiting for a credential: operation timeout of 3s (Call::timeout); \
         this attempt was not sent"
    );
    assert_eq!(
        (error.kind(), error.attempts(), error.may_have_taken_effect()),
        (ErrorKind::Timeout, 0, false)
    );
}

/// Gives credentials that are good for so long.
struct ShortLived<Clock> {
    clock: Clock,
    good_for: Duration,
    given: AtomicUsize,
}

impl<Clock: Fn() -> SystemTime + Send + Sync + 'static> CredentialProvider for ShortLived<Clock> {
    fn name(&self) -> &'static str {
        "short-lived"
    }
    fn credential(&self) -> ProvideCredential<'_> {
        let number = self.given.fetch_add(1, Ordering::SeqCst);
        let end = (self.clock)() + self.good_for;
        let credential = Credential::new(format!("AKID-{number}"), "key-text").with_expiry(end);
        Box::pin(async move { Ok(credential) })
    }
}

#[tokio::test(start_paused = true)]
async fn a_later_attempt_has_the_credential_of_its_own_time() {
    let clock = with_timers();
    let provider = ShortLived { clock, good_for: Duration::from_secs(20), given: AtomicUsize::default() };
    let mock = MockTransport::new();
    mock.on::<Confirm>().delay(Duration::from_secs(25)).respond_error("InternalError", "");
    mock.on::<Confirm>().respond(ConfirmResponse::default());
    let client = mock.builder().clock(clock).credential_provider(provider).build().unwrap();
    client.call(ConfirmRequest::new(["1"])).await.unwrap();
    let ids = mock
        .recorded()
        .iter()
        .map(|sent| sent.header("authorization").unwrap().to_owned())
        .collect::<Vec<_>>();
    assert!(ids[0].contains("AKID-0/") && ids[1].contains("AKID-1/"), "{ids:?}");
}

/// Gives one credential, and then nothing.
#[derive(Default)]
struct Once(AtomicUsize);

impl CredentialProvider for Once {
    fn name(&self) -> &'static str {
        "once"
    }
    fn credential(&self) -> ProvideCredential<'_> {
        let is_first = self.0.fetch_add(1, Ordering::SeqCst) == 0;
        Box::pin(async move {
            if !is_first {
                std::future::pending::<()>().await;
            }
            Ok(Credential::new("AKID", "key-text").with_token("token"))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn the_calls_limit_covers_waiting_for_a_fresh_credential() {
    let mock = MockTransport::new();
    mock.on::<Create>().respond_error("AuthFailure.TokenFailure", "expired");
    let client = mock.builder().credential_provider(Once::default()).build().unwrap();
    let start = clock::now();
    let error = client.call(CreateRequest).timeout(Duration::from_secs(3)).await.unwrap_err();
    assert_eq!((error.code_str(), error.attempts()), (Some("AuthFailure.TokenFailure"), 1));
    assert_eq!((clock::now() - start).as_secs(), 3);
}

const ROTATED: [&str; 3] =
    ["AuthFailure.SecretIdNotFound", "AuthFailure.InvalidSecretId", "AuthFailure.SignatureFailure"];

#[tokio::test(start_paused = true)]
async fn after_a_rotation_of_keys_the_source_is_asked_once_more_and_the_call_repeated() {
    for code in ROTATED {
        let asked = Arc::new(AtomicUsize::new(0));
        let mock = MockTransport::new();
        mock.on::<Create>().respond_error(code, "gone").respond(ConfirmResponse::default()).repeat();
        let client = mock.builder().credential_provider(Numbered(Arc::clone(&asked))).build().unwrap();
        let start = clock::now();
        client.call(CreateRequest).await.unwrap();
        assert_eq!(clock::now(), start, "{code}: without a pause");
        client.call(CreateRequest).await.unwrap();
        let sent = mock.recorded();
        let ids = sent.iter().map(|sent| sent.header("authorization").unwrap()).collect::<Vec<_>>();
        assert!(
            ids[0].contains("AKID-0/") && ids[1].contains("AKID-1/") && ids[2].contains("AKID-1/"),
            "{ids:?}"
        );
        assert_eq!(asked.load(Ordering::SeqCst), 2, "{code}");
    }
}

/// Always gives the same one, and counts.
#[derive(Default)]
struct Constant(Arc<AtomicUsize>);

impl CredentialProvider for Constant {
    fn name(&self) -> &'static str {
        "constant"
    }
    fn credential(&self) -> ProvideCredential<'_> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(Credential::new("AKID", "key-text")) })
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_credential_that_stays_the_same_is_not_sent_again() {
    for code in ROTATED {
        let asked = Arc::new(AtomicUsize::new(0));
        let mock = MockTransport::new();
        mock.on::<Confirm>().respond_error(code, "wrong").repeat();
        let client = mock.builder().credential_provider(Constant(Arc::clone(&asked))).build().unwrap();
        for _ in 0..50 {
            let error = client.call(ConfirmRequest::new(["1"])).await.unwrap_err();
            assert_eq!((error.code_str(), error.attempts()), (Some(code), 1));
            assert!(error.is_authentication());
        }
        let asked = asked.load(Ordering::SeqCst);
        assert!((2..=3).contains(&asked), "{asked} times within half a second");
    }
}

/// The machine's clock is ahead of all ends by hours.
#[tokio::test(start_paused = true)]
async fn a_clock_that_is_ahead_does_not_ask_the_source_for_each_call() {
    let right = with_timers();
    let provider = Arc::new(ShortLived {
        clock: right,
        good_for: Duration::from_hours(1),
        given: AtomicUsize::default(),
    });
    let mock = MockTransport::new();
    mock.on::<Confirm>().respond(ConfirmResponse::default()).repeat();
    let wrong = move || right() + Duration::from_hours(3);
    let client = mock.builder().clock(wrong).credential_provider(Arc::clone(&provider)).build().unwrap();
    for _ in 0..100 {
        client.call(ConfirmRequest::new(["1"])).await.unwrap();
    }
    assert_eq!(provider.given.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_without_any_time_is_refused_before_it_is_sent() {
    let mock = MockTransport::new();
    let client = mock.builder().build().unwrap();
    for (call, name) in [
        (client.call(CreateRequest).timeout(Duration::ZERO), "timeout"),
        (client.call(CreateRequest).attempt_timeout(Duration::ZERO), "attempt_timeout"),
    ] {
        let error = call.await.unwrap_err();
        assert_eq!(error.to_string(), format!("Create failed: {name}: must be greater than zero"));
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidRequest, 0));
    }
    assert!(mock.recorded().is_empty());
}
