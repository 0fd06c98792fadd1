//! One run: events, a disturbed service, and consumers that are killed one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::{Instant, sleep};
use vod_api::events::Report;
use vod_api::{Client, Credential, Endpoint, ReqwestTransport, Transport};
use vod_emulator::{EmulatedService, Emulator, Faults, Options, WallClock};

use crate::disturbances::{Disturbances, Machine};
use crate::events::{is_odd, publish, publish_without_handle};
use crate::handlers::{Dice, handle};
use crate::network::Observed;
use crate::record::{Cause, Record};
use crate::schedule::kinds;
use crate::service::{InProcess, service};

/// How long a request and its answer are on their way in the process, each.
const WAY: Duration = Duration::from_millis(10);
/// From handing an event out until it waits again.
const VISIBILITY: Duration = Duration::from_secs(30);

/// A service and all its consumers.
pub(crate) struct Run {
    pub(crate) service: EmulatedService,
    /// Keeps the server running, where there is one.
    emulator: Option<Emulator>,
    record: Arc<Mutex<Record>>,
    dice: Arc<Mutex<Dice>>,
    reports: Vec<Report>,
    /// Events that have no handle, and stay in the queue for that reason.
    without_handle: u64,
    /// The machine of the consumers, where it is an odd one.
    machine: Option<Machine>,
}

impl Run {
    /// Inside the process.
    pub(crate) fn new(options: Options, faults: Faults, seed: u64) -> Self {
        Self::of(service(options), None, faults, seed)
    }

    /// Over sockets.
    pub(crate) async fn on_loopback(faults: Faults, seed: u64) -> Self {
        let options = Options { wall_clock: WallClock::System, ..Options::default() };
        let emulator = Emulator::builder().options(options).start().await.unwrap();
        Self::of(emulator.service().clone(), Some(emulator), faults, seed)
    }

    fn of(service: EmulatedService, emulator: Option<Emulator>, faults: Faults, seed: u64) -> Self {
        service.set_faults(faults).unwrap();
        Self {
            service,
            emulator,
            record: Arc::default(),
            dice: Arc::new(Mutex::new(Dice::new(seed))),
            reports: Vec::new(),
            without_handle: 0,
            machine: None,
        }
    }

    /// Inside the process, on a machine that is disturbed.
    pub(crate) fn on_machine(faults: Faults, seed: u64) -> Self {
        let service = Emulator::builder().build().unwrap();
        let machine = Machine::of(&service);
        Self { machine: Some(machine), ..Self::of(service, None, faults, seed) }
    }

    /// Puts events with the numbers from `from` into the queue.
    pub(crate) fn publish(&self, from: u64, count: u64) {
        publish(&self.service, from..from + count);
    }

    /// Puts what is no event into the queue.
    pub(crate) fn publish_without_handle(&mut self) {
        self.without_handle += publish_without_handle(&self.service);
    }

    /// Whether every event that can be confirmed is.
    pub(crate) fn is_over(&self) -> bool {
        let state = self.service.state();
        let left = (state.queued + state.in_flight) as u64;
        left == self.without_handle && state.confirmed + left == state.published
    }

    /// A client of a process that has just been started.
    fn client(&self) -> Client {
        match &self.emulator {
            None => self.client_over(InProcess(self.service.clone()), WAY, "http://127.0.0.1:1"),
            Some(emulator) => {
                let http = ReqwestTransport::new(reqwest::Client::builder()).unwrap();
                self.client_over(http, Duration::ZERO, &emulator.endpoint())
            }
        }
    }

    fn client_over(&self, inner: impl Transport, way: Duration, url: &str) -> Client {
        let (service, record) = (self.service.clone(), Arc::clone(&self.record));
        let builder = if let Some(machine) = &self.machine {
            Client::builder().credential_provider(machine.vault()).clock(machine.clock())
        } else {
            // As a provider, which may have another credential when the service refuses this one.
            let (id, key) = (self.service.secret_id(), self.service.secret_key());
            Client::builder().credential_provider(Credential::new(id, key))
        };
        builder
            .endpoint(Endpoint::custom(url))
            .transport(Observed { inner, way, service, record })
            .build()
            .unwrap()
    }

    /// Consumes until a moment or until nothing is left; then the consumer is killed.
    pub(crate) async fn consume(&mut self, limit: Duration) {
        self.record.lock().unwrap().consumers += 1;
        let stream = self.client().events().concurrency(64).stream().unwrap();
        let shutdown = stream.shutdown();
        let (dice, record) = (Arc::clone(&self.dice), Arc::clone(&self.record));
        let consumer =
            tokio::spawn(stream.run(move |event| handle(event, Arc::clone(&dice), Arc::clone(&record))));
        let end = Instant::now() + limit;
        while Instant::now() < end && !self.is_over() {
            sleep(Duration::from_millis(50)).await;
            if let Some(machine) = &self.machine {
                // Makes the consumer read its clocks: of two changes between two readings it would see the sum, in which
                // a clock that is set back hides a sleep.
                shutdown.stats();
                machine.disturb(&self.service, &self.dice, &self.record).await;
            }
        }
        shutdown.abandon();
        let report = consumer.await.unwrap().unwrap();
        let resolved = report.confirmed
            + report.released
            + report.expired
            + report.rejected
            + report.failed
            + report.unknown
            + report.abandoned;
        assert_eq!(report.pulled, resolved, "an event is not accounted for: {report:?}");
        self.reports.push(report);
    }

    /// Lets everything wait again that a killed consumer had, without waiting for it.
    pub(crate) fn skip_visibility(&self) {
        self.service.advance(VISIBILITY);
        self.record.lock().unwrap().expire_all(Instant::now());
    }

    /// What the machine went through.
    pub(crate) fn disturbances(&self) -> Disturbances {
        self.machine.as_ref().map(Machine::counts).unwrap_or_default()
    }

    fn total(&self, count: impl Fn(&Report) -> u64) -> u64 {
        self.reports.iter().map(count).sum()
    }

    /// Every event was handled, exactly the accepted ones were confirmed, and each duplicate has a cause.
    pub(crate) fn check(&self, events: u64) -> BTreeMap<Cause, u64> {
        let mut record = self.record.lock().unwrap();
        record.learn_faults(&self.service);
        let causes = record.explain();
        assert_eq!(causes.values().sum::<u64>(), record.duplicates() as u64);
        let state = self.service.state();
        assert!(self.is_over(), "{state:?}");
        assert_eq!((state.confirmed, state.expired_unpulled), (events, 0));
        let accepted = record.accepted();
        assert!(accepted.iter().copied().eq(0..events), "{} of {events} were accepted", accepted.len());
        assert_eq!(record.wrongly_sent(), Vec::<&str>::new());
        let odd: BTreeSet<u64> = (0..events).filter(|number| is_odd(*number)).collect();
        assert_eq!(record.with_mismatches, odd);
        // No handle was ever bad, so none may be said to have been refused, where there was one.
        assert_eq!(self.total(|report| report.rejected), record.without_handle);
        assert_eq!(record.without_handle > 0, self.without_handle > 0);
        // What is said to be confirmed is confirmed. The rest of the confirmed is said to be unknown, or was given
        // up while its call was under way.
        let confirmed = self.total(|report| report.confirmed);
        let perhaps = self.total(|report| report.unknown + report.abandoned);
        let truly = record.confirmed();
        assert!(confirmed <= truly && events <= confirmed + perhaps, "{confirmed} {truly} {perhaps}");
        let unsent = causes.get(&Cause::FailedConfirm).copied().unwrap_or_default();
        assert!(unsent <= self.total(|report| report.failed), "{causes:?}");
        println!(
            "{events} events, {} consumers, {} calls, faults {:?}; duplicates {causes:?}; confirmed {confirmed}, unknown \
             {}, expired {}, released {}, failed {}, abandoned {}; {state:?}",
            record.consumers,
            record.calls,
            self.service.injected_faults(),
            self.total(|report| report.unknown),
            self.total(|report| report.expired),
            self.total(|report| report.released),
            self.total(|report| report.failed),
            self.total(|report| report.abandoned),
        );
        causes
    }

    /// One call in five was disturbed, and every kind of fault has struck.
    pub(crate) fn check_faults(&self) {
        let faults = self.service.injected_faults();
        let struck: BTreeSet<_> =
            faults.iter().filter(|(_, count)| **count > 0).map(|(kind, _)| *kind).collect();
        assert_eq!(struck, kinds());
        let (injected, calls) = (faults.values().sum::<u64>(), self.record.lock().unwrap().calls);
        let percent = 100 * injected / calls;
        assert!((15..=22).contains(&percent), "{injected} of {calls} calls were disturbed");
    }
}
