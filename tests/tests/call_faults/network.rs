//! The emulator as a transport inside the process that fails as a network does, and the faults that it meets.

#[path = "../in_process/mod.rs"]
mod in_process;

use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use tokio::time::sleep;
use vod_api::{Client, ClientBuilder, Credential, Transport, TransportFuture};
use vod_emulator::{ClockSkew, EmulatedService, Emulator, Fault, Faults, Options, Target, WallClock};

/// The most that the client accepts of an answer, in bytes.
pub(crate) const RESPONSE_LIMIT: usize = 256 * 1024;

/// What stands in place of an answer: the beginning of one, whose end is another's.
const STRANGE: &[u8] = b"\xef\xbb\xbf{\"Response\":[\"all is well\"],\"code\":0}";

/// How long a request and its answer are on their way.
const WAY: Duration = Duration::from_millis(4);

/// Carries requests to a service in this process, which is some way off.
pub(crate) struct InProcess(pub(crate) EmulatedService);

impl Transport for InProcess {
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        Box::pin(async move {
            sleep(WAY).await;
            let answer = in_process::InProcess(self.0.clone()).send(request, limit).await;
            sleep(WAY).await;
            answer
        })
    }
}

/// A service with events in its queue, whose handles stay valid for longer than any call.
pub(crate) fn service(mut options: Options, events: u64) -> EmulatedService {
    options.wall_clock = WallClock::System;
    options.enforce_rate_limits = false;
    options.visibility_timeout = Duration::from_hours(48);
    let service = Emulator::builder().options(options).build().unwrap();
    publish(&service, events);
    service
}

/// Puts equal events into the queue.
pub(crate) fn publish(service: &EmulatedService, events: u64) {
    let event = serde_json::json!({ "EventType": "FileDeleted", "FileDeleteEvent": { "FileIdSet": ["1"] } });
    for _ in 0..events {
        service.publish(event.clone()).unwrap();
    }
}

/// A client of the service with the usual retries.
pub(crate) fn builder(service: &EmulatedService) -> ClientBuilder {
    Client::builder()
        .credential(Credential::new(service.secret_id(), service.secret_key()))
        .without_rate_limit()
        .response_limit(RESPONSE_LIMIT)
}

/// One call in five is disturbed: mostly by what sending it again may help against. None of the faults lasts, so
/// that the share stays what it is and the seed alone decides which calls they meet.
pub(crate) fn one_in_five(seed: u64) -> Faults {
    Faults::seeded(seed).mix(Target::All, 0.19, passing()).mix(Target::All, 0.01, lasting())
}

/// Faults that the next attempt need not meet.
fn passing() -> Vec<Fault> {
    let latency = |before, after| Fault::Latency {
        before: Duration::from_millis(before),
        after: Duration::from_millis(after),
    };
    let internal = |handled| Fault::ServerError {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        code: "InternalError".to_owned(),
        handled,
    };
    vec![
        latency(300, 200),
        latency(40_000, 0),
        latency(0, 40_000),
        Fault::ConnectionRefused { lasting: Duration::ZERO },
        Fault::ResetBeforeRequest,
        Fault::ResetAfterRequest,
        Fault::ResetAfterHandling,
        Fault::TruncatedBody { keep: 20 },
        Fault::BadGateway { handled: false },
        Fault::BadGateway { handled: true },
        internal(false),
        internal(true),
        Fault::Throttling { lasting: Duration::ZERO, retry_after: false },
        Fault::Throttling { lasting: Duration::ZERO, retry_after: true },
        Fault::SlowBody { pause: Duration::from_millis(1) },
        Fault::DuplicateDelivery,
        Fault::HugeBody { size: RESPONSE_LIMIT / 4 },
        Fault::ByteOrderMark,
        Fault::BesideResponse,
        Fault::DeepWarning { depth: 1000 },
    ]
}

/// Faults that end a call: its client has no other credential, or must take what came for a lie.
fn lasting() -> Vec<Fault> {
    vec![
        Fault::ClockSkew { skew: ClockSkew::Ahead(Duration::from_hours(1)), lasting: Duration::ZERO },
        Fault::TokenExpired,
        Fault::HugeBody { size: RESPONSE_LIMIT + 1 },
        Fault::MissingRequestId,
        Fault::ReplacedBody { body: Bytes::from_static(STRANGE) },
    ]
}
