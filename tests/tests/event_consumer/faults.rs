//! A network that fails by a schedule which a seed decides, and sees to it that nothing is confirmed too soon.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};
use tokio::time::sleep;
use vod_api::{Transport, TransportError, TransportFailure, TransportFuture};

/// Numbers that follow from a seed (`SplitMix64`).
#[derive(Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`.
    pub(crate) fn roll(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// What the network and the handlers know of each other.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// The event of each handle that the service gave out, whether or not it arrived.
    pub(crate) numbers: HashMap<String, u64>,
    /// The events that a handler has accepted.
    pub(crate) accepted: HashSet<u64>,
    /// How often handlers have accepted events.
    pub(crate) acceptances: u64,
    /// Calls that were disturbed, by what disturbed them.
    pub(crate) faults: HashMap<&'static str, u64>,
    pub(crate) calls: u64,
    /// Events whose handle was sent although no handler had accepted them.
    pub(crate) confirmed_too_soon: Vec<u64>,
}

/// The first four lose no events that were handed out, so that nothing has to wait for its 30 s; the last two
/// keep the caller waiting.
const FAULTS: [&str; 9] = [
    "no connection",
    "broken before the service",
    "502 page",
    "throttled",
    "broken after the service",
    "truncated",
    "internal error, carried out",
    "no answer, not seen",
    "no answer, seen",
];

/// Disturbs one call in five, and lets each take its time.
#[derive(Debug, Clone)]
pub(crate) struct Faulty<T> {
    inner: T,
    /// For a test by wall clock: only what passes at once.
    quick: bool,
    dice: Arc<Mutex<Dice>>,
    ledger: Arc<Mutex<Ledger>>,
}

impl<T: Transport> Faulty<T> {
    pub(crate) fn new(inner: T, seed: u64, ledger: Arc<Mutex<Ledger>>) -> Self {
        Self { inner, quick: false, dice: Arc::new(Mutex::new(Dice::new(seed))), ledger }
    }

    /// Only disturbs by what is over at once and loses no event for its 30 s.
    pub(crate) fn quick(self) -> Self {
        Self { quick: true, ..self }
    }

    fn roll(&self, bound: u64) -> u64 {
        self.dice.lock().unwrap().roll(bound)
    }

    fn fault(&self, is_pull: bool) -> Option<&'static str> {
        let choices = match (self.quick, is_pull) {
            (true, true) => 4,
            (true, false) => 7,
            (false, _) => 9,
        };
        let fault = (self.roll(5) == 0).then(|| FAULTS[usize::try_from(self.roll(choices)).unwrap()]);
        let mut ledger = self.ledger.lock().unwrap();
        ledger.calls += 1;
        if let Some(fault) = fault {
            *ledger.faults.entry(fault).or_default() += 1;
        }
        fault
    }

    async fn serve(&self, request: Request<Bytes>, limit: usize) -> Result<Response<Bytes>, TransportError> {
        self.check(&request);
        let answer = self.inner.send(request, limit).await?;
        self.learn(answer.body());
        Ok(answer)
    }

    /// No handle is sent whose event no handler has accepted.
    fn check(&self, request: &Request<Bytes>) {
        let body: Value = serde_json::from_slice(request.body()).unwrap();
        let mut ledger = self.ledger.lock().unwrap();
        for handle in body["EventHandles"].as_array().into_iter().flatten() {
            let number = ledger.numbers[handle.as_str().unwrap()];
            // A panic here would be a failed call to the consumer, and nobody would hear of it.
            if !ledger.accepted.contains(&number) {
                ledger.confirmed_too_soon.push(number);
            }
        }
    }

    fn learn(&self, body: &[u8]) {
        let body: Value = serde_json::from_slice(body).unwrap();
        let mut ledger = self.ledger.lock().unwrap();
        for event in body["Response"]["EventSet"].as_array().into_iter().flatten() {
            let number = event["FileDeleteEvent"]["FileIdSet"][0].as_str().unwrap().parse().unwrap();
            ledger.numbers.insert(event["EventHandle"].as_str().unwrap().to_owned(), number);
        }
    }

    async fn disturb(
        &self,
        fault: &'static str,
        request: Request<Bytes>,
        limit: usize,
    ) -> Result<Response<Bytes>, TransportError> {
        let fail = |failure| Err(TransportError::new(failure, fault));
        match fault {
            "no connection" => fail(TransportFailure::NotSent),
            "broken before the service" => fail(TransportFailure::Broken),
            "broken after the service" => {
                self.serve(request, limit).await?;
                fail(TransportFailure::Broken)
            }
            "truncated" => {
                self.serve(request, limit).await?;
                fail(TransportFailure::Truncated)
            }
            "no answer, not seen" => std::future::pending().await,
            "no answer, seen" => {
                self.serve(request, limit).await?;
                std::future::pending().await
            }
            "502 page" => Ok(answer(StatusCode::BAD_GATEWAY, "<html>bad gateway</html>".into())),
            "internal error, carried out" => {
                self.serve(request, limit).await?;
                Ok(refusal("InternalError"))
            }
            "throttled" => Ok(refusal("RequestLimitExceeded")),
            unknown => panic!("{unknown}"),
        }
    }
}

impl<T: Transport> Transport for Faulty<T> {
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        Box::pin(async move {
            sleep(Duration::from_millis(self.roll(20))).await;
            let is_pull = request.headers().get("x-tc-action").is_some_and(|action| action == "PullEvents");
            let answer = match self.fault(is_pull) {
                Some(fault) => self.disturb(fault, request, limit).await,
                None => self.serve(request, limit).await,
            };
            sleep(Duration::from_millis(self.roll(20))).await;
            answer
        })
    }
}

fn refusal(code: &str) -> Response<Bytes> {
    let body = json!({ "Response": { "Error": { "Code": code, "Message": "" }, "RequestId": "fault" } });
    answer(StatusCode::OK, body.to_string())
}

fn answer(status: StatusCode, body: String) -> Response<Bytes> {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = status;
    answer
}
