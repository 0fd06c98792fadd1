//! The emulated service behind a transport without sockets, for tests on a paused clock.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};
use vod_api::{Client, Credential, Endpoint, Transport, TransportFuture};
use vod_emulator::{EmulatedService, Emulator, Options, WallClock};

/// Carries each request to an emulated service in this process.
#[derive(Debug, Clone)]
pub(crate) struct InProcess(pub(crate) EmulatedService);

impl Transport for InProcess {
    fn send(&self, request: Request<Bytes>, _limit: usize) -> TransportFuture<'_> {
        Box::pin(async move { Ok(self.0.respond(request).await) })
    }
}

/// A service that judges timestamps by the machine's clock, whatever a test does to time.
pub(crate) fn service(mut options: Options) -> EmulatedService {
    options.wall_clock = WallClock::System;
    Emulator::builder().options(options).build().unwrap()
}

/// A client of the service.
pub(crate) fn client(service: &EmulatedService, transport: impl Transport) -> Client {
    Client::builder()
        .credential(Credential::new(service.secret_id(), service.secret_key()))
        .endpoint(Endpoint::custom("http://127.0.0.1:1"))
        .transport(transport)
        .build()
        .unwrap()
}

/// A client of the service that nothing disturbs.
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

/// Publishes events with the numbers from 0.
pub(crate) fn publish(service: &EmulatedService, count: u64) {
    for number in 0..count {
        service.publish(event(number)).unwrap();
    }
}

/// Collects what handlers see.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen(Arc<std::sync::Mutex<Vec<u64>>>);

impl Seen {
    pub(crate) fn add(&self, number: u64) {
        self.0.lock().unwrap().push(number);
    }

    pub(crate) fn sorted(&self) -> Vec<u64> {
        let mut numbers = self.0.lock().unwrap().clone();
        numbers.sort_unstable();
        numbers
    }
}
