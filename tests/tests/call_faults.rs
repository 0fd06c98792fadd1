//! Ten thousand calls through a network and a service of which one call in five goes wrong: each ends, with the
//! right result or an error that is true, and what must not be done twice is not.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test measures time and fails by panicking, also in its helpers"
)]

#[path = "call_faults/load.rs"]
mod load;
#[path = "call_faults/network.rs"]
mod network;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::join_all;
use http::StatusCode;
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout};
use vod_api::credential::{CredentialProvider, ProvideCredential};
use vod_api::vod::DescribeEventConfigRequest;
use vod_api::{Client, Credential, Endpoint};
use vod_emulator::{ConfirmTwice, Emulator, Fault, FaultKind, Faults, Options, Target};

use load::{CREATE, Load, Tally, topic};
use network::{InProcess, builder, one_in_five, publish, service};

const CALLS: u64 = 10_000;
const SEED: u64 = 20_180_717;

/// Faults of large bodies and of the storage: `vod-emulator/tests/storage_faults.rs` and the tests of uploads meet them.
const OF_UPLOADS: [FaultKind; 9] = [
    FaultKind::ResetInBody,
    FaultKind::SlowReader,
    FaultKind::CompletionError,
    FaultKind::WrongEtag,
    FaultKind::WrongCrc,
    FaultKind::CorruptedContent,
    FaultKind::HiddenPart,
    FaultKind::ShortPage,
    FaultKind::ForgottenUpload,
];

/// Of the virtual clock: more than all calls one after another could take within their limits.
const HANG: Duration = Duration::from_hours(24);

fn share((all, succeeded): (u64, u64)) -> f64 {
    f64::from(u32::try_from(succeeded).unwrap()) / f64::from(u32::try_from(all).unwrap())
}

/// Runs calls against a disturbed service in this process; says how many attempts they took.
async fn run(options: Options, retry_budget: Option<u32>, calls: u64, at_a_time: u64) -> (Tally, u64) {
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    let service = service(options, 20_000);
    let mut builder = builder(&service).transport(InProcess(service.clone()));
    if let Some(attempts) = retry_budget {
        builder = builder.retry_budget(attempts);
    }
    let load = Load::new(&service, builder, one_in_five(SEED)).await;
    let start = Instant::now();
    let (tally, shown) = timeout(HANG, load.run(calls, at_a_time)).await.expect("a call hangs");
    let attempts = shown.attempts.load(Ordering::SeqCst);
    println!(
        "{calls} calls, {attempts} attempts in {:?} of virtual time: {tally:?}; faults {:?}",
        start.elapsed(),
        service.injected_faults(),
    );
    let state = service.state();
    let (confirmed, perhaps) = tally.confirmed;
    assert!(state.confirmed <= confirmed + perhaps, "{state:?} {tally:?}");
    let faults = service.injected_faults();
    if calls >= CALLS {
        let missing =
            FaultKind::ALL.iter().find(|kind| !faults.contains_key(kind) && !OF_UPLOADS.contains(kind));
        assert_eq!(missing, None, "a kind of fault met no call");
    }
    let injected: u64 = faults.values().sum();
    let disturbed = share((attempts, injected));
    assert!((0.18..0.22).contains(&disturbed), "{disturbed} of the attempts were disturbed");
    assert_eq!(tasks(), before, "a task was left behind");
    (tally, attempts)
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_calls_end_right() {
    let options = Options { confirm_twice: ConfirmTwice::Accept, ..Options::default() };
    let (tally, attempts) = run(options, Some(10_000), CALLS, 64).await;
    let (all, succeeded) = tally.idempotent;
    let of_helpable = share((all - tally.beyond_help, succeeded));
    assert!(of_helpable >= 0.99, "{of_helpable} of the idempotent calls succeeded");
    assert!(share(tally.idempotent) >= 0.975 && share(tally.once) >= 0.80, "{tally:?}");
    assert!((CALLS..CALLS * 13 / 10).contains(&attempts), "{attempts} attempts");
}

/// With the usual budget for retries, and a service that refuses to confirm twice.
#[tokio::test(start_paused = true)]
async fn ten_thousand_calls_are_not_multiplied() {
    let (tally, attempts) = run(Options::default(), None, CALLS, 64).await;
    // A full budget, and what the successes earn; a call is sent again for free after its clock was put right.
    let clock = tally.failed.get("AuthFailure.SignatureExpire").copied().unwrap_or_default();
    let repeated = attempts - CALLS;
    assert!(repeated <= 100 + tally.succeeded / 10 + 64 * (clock + 1), "{repeated} repeated attempts");
    assert!(share(tally.idempotent) >= 0.90 && share(tally.once) >= 0.80, "{tally:?}");
}

/// One call after another, the seed alone decides what becomes of each.
#[tokio::test(start_paused = true)]
async fn a_seed_repeats_its_run() {
    let (first, attempts) = run(Options::default(), None, 1000, 1).await;
    assert_eq!((first, attempts), run(Options::default(), None, 1000, 1).await);
}

/// Gives these credentials, one a time; the last one again and again.
struct Scripted {
    credentials: Mutex<VecDeque<Credential>>,
    asked: AtomicU64,
}

impl CredentialProvider for Scripted {
    fn name(&self) -> &'static str {
        "script"
    }

    fn credential(&self) -> ProvideCredential<'_> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut credentials = self.credentials.lock().unwrap();
        let next = credentials.front().cloned().unwrap();
        if credentials.len() > 1 {
            credentials.pop_front();
        }
        Box::pin(std::future::ready(Ok(next)))
    }
}

/// A client that gets these tokens, of a service that accepts the token B.
fn client_with(tokens: &[&str]) -> (Client, Arc<Scripted>, vod_emulator::EmulatedService) {
    let service = Emulator::builder().token("B").build().unwrap();
    let credential =
        |token: &&str| Credential::new(service.secret_id(), service.secret_key()).with_token(*token);
    let provider = Arc::new(Scripted {
        credentials: Mutex::new(tokens.iter().map(credential).collect()),
        asked: AtomicU64::new(0),
    });
    let client = Client::builder()
        .credential_provider(Arc::clone(&provider))
        .transport(InProcess(service.clone()))
        .build()
        .unwrap();
    (client, provider, service)
}

/// For an action that must not be carried out twice as well: the refused attempt was not.
#[tokio::test]
async fn an_expired_token_is_renewed_once_and_the_call_sent_again() {
    let (client, provider, service) = client_with(&["A", "B"]);
    client.create_cls_topic(topic("first")).await.unwrap();
    assert_eq!(provider.asked.load(Ordering::SeqCst), 2);
    assert_eq!((service.calls().total, service.calls().failed), (2, 1));
    assert_eq!(service.handled().of(CREATE), 1);
    client.create_cls_topic(topic("second")).await.unwrap();
    assert_eq!((provider.asked.load(Ordering::SeqCst), service.calls().total), (2, 3));
}

#[tokio::test]
async fn many_calls_renew_an_expired_token_together() {
    let (client, provider, service) = client_with(&["A", "B"]);
    let call = || client.describe_event_config(DescribeEventConfigRequest::new()).into_future();
    let calls = join_all((0..15).map(|_| call())).await;
    assert!(calls.iter().all(Result::is_ok), "{calls:?}");
    assert_eq!(provider.asked.load(Ordering::SeqCst), 2);
    assert_eq!((service.calls().total, service.calls().failed), (30, 15));
}

#[tokio::test]
async fn a_token_that_stays_refused_is_renewed_once_a_call() {
    let (client, provider, service) = client_with(&["A", "C", "D"]);
    let error = client.describe_event_config(DescribeEventConfigRequest::new()).await.unwrap_err();
    assert_eq!(error.code_str(), Some("AuthFailure.TokenFailure"));
    assert!(error.is_authentication() && !error.may_have_taken_effect(), "{error:?}");
    assert_eq!((provider.asked.load(Ordering::SeqCst), service.calls().total), (2, 2));
    assert_eq!(error.attempts(), 2);
}

/// Over real sockets and by the machine's clock, small.
#[tokio::test]
async fn two_hundred_calls_over_loopback() {
    const SOCKET_CALLS: u64 = 200;
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    let start = Instant::now();
    let options = Options {
        enforce_rate_limits: false,
        confirm_twice: ConfirmTwice::Accept,
        long_poll: Duration::from_millis(100),
        ..Options::default()
    };
    let emulator = Emulator::builder().options(options).start().await.unwrap();
    publish(emulator.service(), 500);
    let client = builder(emulator.service())
        .endpoint(Endpoint::custom(emulator.endpoint()))
        .attempt_timeout(Duration::from_secs(2))
        .retry_budget(1000);
    let faults = Faults::seeded(SEED).mix(Target::All, 0.2, on_sockets());
    let load = Load::new(emulator.service(), client, faults).await;
    let (tally, shown) = timeout(Duration::from_secs(20), load.run(SOCKET_CALLS, 16)).await.unwrap();
    let counts = emulator.injected_faults();
    println!("{SOCKET_CALLS} calls in {:?}: {tally:?}, {shown:?}; faults {counts:?}", start.elapsed());
    for kind in [FaultKind::ResetBeforeRequest, FaultKind::ConnectionRefused, FaultKind::SlowBody] {
        assert!(counts.get(&kind).is_some_and(|count| *count > 0), "{kind} is missing: {counts:?}");
    }
    assert!(share(tally.idempotent) >= 0.95, "{tally:?}");
    emulator.shutdown().await;
    // Connections end a moment after both of their sides are gone.
    let ended = async {
        while tasks() > before {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(5), ended).await.expect("a task or a connection was left behind");
}

fn on_sockets() -> [Fault; 9] {
    let internal = StatusCode::INTERNAL_SERVER_ERROR;
    [
        Fault::Latency { before: Duration::from_millis(20), after: Duration::from_millis(20) },
        Fault::ConnectionRefused { lasting: Duration::from_millis(5) },
        Fault::ResetBeforeRequest,
        Fault::ResetAfterRequest,
        Fault::ResetAfterHandling,
        Fault::TruncatedBody { keep: 20 },
        Fault::BadGateway { handled: true },
        Fault::ServerError { status: internal, code: "InternalError".to_owned(), handled: true },
        Fault::SlowBody { pause: Duration::from_micros(100) },
    ]
}
