//! Nothing is lost: many events, slow, failing and panicking handlers, a network that fails one call in five,
//! and a consumer that is killed again and again. On a paused clock, so that minutes pass in seconds.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test measures time and fails by panicking, also in its helpers"
)]

#[path = "event_consumer/faults.rs"]
mod faults;
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "event_consumer/service.rs"]
mod service;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use tokio::time::{Instant, sleep};
use vod_api::events::{ReceivedEvent, Report};
use vod_api::{Client, ReqwestTransport, Transport, TransportFuture};
use vod_emulator::{
    BadHandleInBatch, ConfirmTwice, EmptyPull, EmulatedService, Emulator, LateConfirmCode, Options,
};

use faults::{Dice, Faulty, Ledger};
use service::{InProcess, client, number, publish, service};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);

/// How a handler deals with an event, each time anew.
async fn handle(
    event: ReceivedEvent,
    dice: Arc<Mutex<Dice>>,
    ledger: Arc<Mutex<Ledger>>,
) -> Result<(), &'static str> {
    let roll = dice.lock().unwrap().roll(1000);
    match roll {
        0..3 => sleep(35 * SECOND).await,
        3..10 => sleep(Duration::from_millis(27_000 + roll * 300)).await,
        10..40 => sleep(SECOND).await,
        40..60 => panic!("a handler's bug"),
        60..100 => return Err("not now"),
        _ => sleep(Duration::from_millis(roll % 20)).await,
    }
    let mut ledger = ledger.lock().unwrap();
    ledger.accepted.insert(number(&event));
    ledger.acceptances += 1;
    Ok(())
}

struct Run {
    /// Keeps the server running, where there is one.
    _emulator: Option<Emulator>,
    service: EmulatedService,
    client: Client,
    ledger: Arc<Mutex<Ledger>>,
    dice: Arc<Mutex<Dice>>,
    reports: Vec<Report>,
}

impl Run {
    fn new(options: Options, events: u64, seed: u64) -> Self {
        let service = service(options);
        let network = InProcess(service.clone());
        Self::over(service, events, seed, |ledger| Faulty::new(network, seed, ledger))
    }

    /// Over real sockets.
    async fn on_loopback(events: u64, seed: u64) -> Self {
        let emulator = Emulator::start().await.unwrap();
        let network = OnLoopback(ReqwestTransport::new(reqwest::Client::new()), emulator.address());
        let service = emulator.service().clone();
        let run = Self::over(service, events, seed, |ledger| Faulty::new(network, seed, ledger).quick());
        Self { _emulator: Some(emulator), ..run }
    }

    fn over<T: Transport>(
        service: EmulatedService,
        events: u64,
        seed: u64,
        network: impl FnOnce(Arc<Mutex<Ledger>>) -> Faulty<T>,
    ) -> Self {
        publish(&service, events);
        let ledger = Arc::new(Mutex::new(Ledger::default()));
        Self {
            _emulator: None,
            client: client(&service, network(Arc::clone(&ledger))),
            service,
            ledger,
            dice: Arc::new(Mutex::new(Dice::new(seed ^ 1))),
            reports: Vec::new(),
        }
    }

    fn is_over(&self) -> bool {
        let state = self.service.state();
        state.queued == 0 && state.in_flight == 0
    }

    /// Consumes until a moment or until nothing is left; the consumer is killed then.
    async fn consume(&mut self, limit: Duration) {
        let (dice, ledger) = (Arc::clone(&self.dice), Arc::clone(&self.ledger));
        self.consume_by(limit, move |event| handle(event, Arc::clone(&dice), Arc::clone(&ledger))).await;
    }

    async fn consume_by<F>(
        &mut self,
        limit: Duration,
        handler: impl Fn(ReceivedEvent) -> F + Send + Sync + 'static,
    ) where
        F: Future<Output = Result<(), &'static str>> + Send + 'static,
    {
        let stream = self.client.events().concurrency(64).stream().unwrap();
        let shutdown = stream.shutdown();
        let consumer = tokio::spawn(stream.run(handler));
        let end = Instant::now() + limit;
        while Instant::now() < end && !self.is_over() {
            sleep(Duration::from_millis(100)).await;
        }
        shutdown.abandon();
        let report = consumer.await.unwrap().unwrap();
        assert_eq!(
            report.pulled,
            report.confirmed
                + report.released
                + report.expired
                + report.rejected
                + report.failed
                + report.unknown
                + report.abandoned,
            "an event is not accounted for: {report:?}"
        );
        self.reports.push(report);
    }

    fn total(&self, count: impl Fn(&Report) -> u64) -> u64 {
        self.reports.iter().map(count).sum()
    }

    /// Every event was handled, exactly the accepted ones were confirmed, and duplicates have a cause.
    fn check(&self, events: u64) {
        let state = self.service.state();
        assert!(self.is_over(), "{state:?}");
        assert_eq!(state.confirmed, events);
        let ledger = self.ledger.lock().unwrap();
        assert_eq!(ledger.accepted.len() as u64, events, "an event was lost");
        assert!(ledger.confirmed_too_soon.is_empty(), "{:?}", ledger.confirmed_too_soon);
        // No handle was ever bad, so none may be said to have been refused.
        assert_eq!(self.total(|report| report.rejected), 0);
        // What is said to be confirmed is confirmed, once; the rest of the confirmed is said to be unknown or
        // was given up while its call was under way.
        let confirmed = self.total(|report| report.confirmed);
        let unknown = self.total(|report| report.unknown);
        assert!(confirmed <= events && events <= confirmed + unknown, "{confirmed} {unknown}");
        // An event is accepted again only after it was not said to be confirmed.
        let duplicates = ledger.acceptances - events;
        let unconfirmed =
            self.total(|report| report.expired + report.failed + report.unknown + report.abandoned);
        assert!(duplicates <= unconfirmed, "{duplicates} duplicates, {unconfirmed} unconfirmed");
        println!(
            "{events} events, {duplicates} accepted again; {} calls, faults {:?}; confirmed {confirmed}, unknown \
             {unknown}, expired {}, released {}, failed {}, abandoned {}, panics {}, redelivered {}",
            ledger.calls,
            ledger.faults,
            self.total(|report| report.expired),
            self.total(|report| report.released),
            self.total(|report| report.failed),
            self.total(|report| report.abandoned),
            self.total(|report| report.handler_panics),
            state.redelivered,
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_hundred_thousand_events_through_faults_and_kills() {
    const EVENTS: u64 = 100_000;
    silence_panics();
    let mut run = Run::new(Options::default(), EVENTS, 42);
    for _ in 0..10 {
        run.consume(8 * SECOND).await;
    }
    run.consume(60 * MINUTE).await;
    run.check(EVENTS);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_lost_under_any_option() {
    silence_panics();
    let mut seed = 0;
    for late_confirm_code in [LateConfirmCode::InvalidParameterValue, LateConfirmCode::ResourceNotFound] {
        for bad_handle_in_batch in [
            BadHandleInBatch::FailWholeBatch,
            BadHandleInBatch::ConfirmGoodOnes,
            BadHandleInBatch::IgnoreBadOnes,
        ] {
            for (confirm_twice, empty_pull) in [
                (ConfirmTwice::Refuse, EmptyPull::NullSet),
                (ConfirmTwice::Accept, EmptyPull::AbsentSet),
                (ConfirmTwice::Refuse, EmptyPull::ResourceNotFound),
            ] {
                let options = Options {
                    late_confirm_code,
                    bad_handle_in_batch,
                    confirm_twice,
                    empty_pull,
                    ..Options::default()
                };
                seed += 1;
                let mut run = Run::new(options, 1000, seed);
                run.consume(2 * SECOND).await;
                run.consume(60 * MINUTE).await;
                run.check(1000);
            }
        }
    }
}

/// By the machine's clock and over sockets, small, and without what takes 30 s to come again.
#[tokio::test]
async fn the_same_on_loopback() {
    let mut run = Run::on_loopback(500, 7).await;
    let ledger = Arc::clone(&run.ledger);
    run.consume_by(MINUTE, move |event| {
        let ledger = Arc::clone(&ledger);
        async move {
            let mut ledger = ledger.lock().unwrap();
            ledger.accepted.insert(number(&event));
            ledger.acceptances += 1;
            Ok(())
        }
    })
    .await;
    run.check(500);
}

/// Sends to the emulator's server, whatever host the client calls.
struct OnLoopback(ReqwestTransport, SocketAddr);

impl Transport for OnLoopback {
    fn send(&self, mut request: Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        *request.uri_mut() = format!("http://{}/", self.1).parse().unwrap();
        self.0.send(request, limit)
    }
}

/// Handlers panic by the thousand here; each message would be a line of the output.
fn silence_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if panic.payload().downcast_ref::<&str>() != Some(&"a handler's bug") {
                usual(panic);
            }
        }));
    });
}
