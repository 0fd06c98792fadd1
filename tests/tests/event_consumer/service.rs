//! The emulated service behind a transport without sockets, for tests on a paused clock.

#[path = "../in_process/mod.rs"]
mod in_process;

use serde_json::{Value, json};
use vod_api::events::{Delivery, EventStream};
use vod_api::{Client, ClientBuilder, Credential, Endpoint, Transport};
use vod_emulator::{
    BadHandleInBatch, ConfirmTwice, EmulatedService, Emulator, LateConfirmCode, Options, WallClock,
};

pub(crate) use in_process::InProcess;

/// A service that judges timestamps by the machine's clock, whatever a test does to time.
pub(crate) fn service(mut options: Options) -> EmulatedService {
    options.wall_clock = WallClock::System;
    Emulator::builder().options(options).build().unwrap()
}

/// A client of the service.
pub(crate) fn client(service: &EmulatedService, transport: impl Transport) -> Client {
    builder(service, transport).build().unwrap()
}

/// Settings of such a client.
pub(crate) fn builder(service: &EmulatedService, transport: impl Transport) -> ClientBuilder {
    Client::builder()
        .credential(Credential::new(service.secret_id(), service.secret_key()))
        .endpoint(Endpoint::custom("http://127.0.0.1:1"))
        .transport(transport)
}

/// A client of the service with nothing but the service's own faults between them.
pub(crate) fn calm_client(service: &EmulatedService) -> Client {
    client(service, InProcess(service.clone()))
}

/// A small event that carries a number.
pub(crate) fn event(number: u64) -> Value {
    json!({ "EventType": "FileDeleted", "FileDeleteEvent": { "FileIdSet": [number.to_string()] } })
}

/// The number that an event carries.
pub(crate) fn number(event: &vod_api::vod::EventContent) -> u64 {
    event.file_delete_event.as_ref().unwrap().file_id_set[0].parse().unwrap()
}

/// Publishes events with these numbers.
pub(crate) fn publish(service: &EmulatedService, numbers: std::ops::Range<u64>) {
    for number in numbers {
        service.publish(event(number)).unwrap();
    }
}

/// Whether every event is confirmed.
pub(crate) fn is_over(service: &EmulatedService) -> bool {
    let state = service.state();
    state.queued == 0 && state.in_flight == 0 && state.confirmed == state.published
}

/// The next event of a stream that has one.
pub(crate) async fn next(stream: &mut EventStream) -> Delivery {
    stream.next().await.unwrap().unwrap()
}

/// The next events of a stream.
pub(crate) async fn collect(stream: &mut EventStream, count: usize) -> Vec<Delivery> {
    let mut deliveries = Vec::new();
    while deliveries.len() < count {
        deliveries.push(next(stream).await);
    }
    deliveries
}

/// Every combination of the choices that the vendor leaves open about confirmations.
pub(crate) fn confirm_options() -> Vec<Options> {
    let mut all = Vec::new();
    for late_confirm_code in [LateConfirmCode::InvalidParameterValue, LateConfirmCode::FailedOperation] {
        for bad_handle_in_batch in [
            BadHandleInBatch::FailWholeBatch,
            BadHandleInBatch::ConfirmGoodOnes,
            BadHandleInBatch::IgnoreBadOnes,
            BadHandleInBatch::StopAtFirstBad,
        ] {
            all.extend([ConfirmTwice::Refuse, ConfirmTwice::Accept].map(|confirm_twice| Options {
                late_confirm_code,
                bad_handle_in_batch,
                confirm_twice,
                ..Options::default()
            }));
        }
    }
    all
}
