//! The emulated service with an HTTP server around it.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use crate::faults::fault::FaultCounts;
use crate::faults::plan::{Faults, FaultsError};
use crate::http::server::Server;
use crate::log::call_counts::{CallKey, Handled};
use crate::log::call_log::Calls;
use crate::model::publish::PublishError;
use crate::model::queue::{QueueState, QueuedEvent};
use crate::service::EmulatedService;

/// A running emulator. It stops when it is dropped or [shut down](Self::shutdown).
#[derive(Debug)]
pub struct Emulator {
    service: EmulatedService,
    server: Server,
}

impl Emulator {
    pub(crate) fn new(service: EmulatedService, server: Server) -> Self {
        Self { service, server }
    }

    /// The URL that clients call, such as `http://127.0.0.1:9410`.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address())
    }

    /// The address that the server listens at, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The service behind the server, for calls without a socket. It outlives the emulator.
    pub fn service(&self) -> &EmulatedService {
        &self.service
    }

    /// The secret id that calls must be signed with.
    pub fn secret_id(&self) -> &str {
        self.service.secret_id()
    }

    /// The secret key that calls must be signed with.
    pub fn secret_key(&self) -> &str {
        self.service.secret_key()
    }

    /// Replaces the accepted secret id and key. See [`EmulatedService::rotate_key`].
    pub fn rotate_key(&self, secret_id: impl Into<String>, secret_key: impl Into<String>) {
        self.service.rotate_key(secret_id, secret_key);
    }

    /// Puts an event into the queue of the default application. It is queued whatever the application's event
    /// mode and switches are, unless [`Options::obey_event_config`](crate::Options::obey_event_config) is set. In
    /// the mode `PUSH` pulls do not find it.
    ///
    /// # Errors
    /// [`PublishError`] if it is not an object with an `EventType` and without an `EventHandle`, or does not
    /// fit the spec's type of an event.
    pub fn publish(&self, event: Value) -> Result<(), PublishError> {
        self.service.publish(event)
    }

    /// Puts an event into the queue of an application; 0 means the default one.
    ///
    /// # Errors
    /// As [`publish`](Self::publish); also if the emulator has a list of applications and this is not one of them.
    pub fn publish_to(&self, sub_app_id: u64, event: Value) -> Result<(), PublishError> {
        self.service.publish_to(sub_app_id, event)
    }

    /// Puts an event into the queue of an application that is delivered as these bytes, unchecked. See
    /// [`EmulatedService::publish_raw`].
    ///
    /// # Errors
    /// [`PublishError::UnknownApplication`] if the emulator has a list of applications and this is not one of them.
    pub fn publish_raw(&self, sub_app_id: u64, event: impl Into<Bytes>) -> Result<(), PublishError> {
        self.service.publish_raw(sub_app_id, event)
    }

    /// The statistics of the default application's queue at this moment.
    pub fn state(&self) -> QueueState {
        self.service.state()
    }

    /// The statistics of an application's queue at this moment; all zero if it does not exist.
    pub fn state_of(&self, sub_app_id: u64) -> QueueState {
        self.service.state_of(sub_app_id)
    }

    /// The events of the default application's queue that are neither confirmed nor lost, in the order in which they
    /// were published.
    pub fn queued_events(&self) -> Vec<QueuedEvent> {
        self.service.queued_events()
    }

    /// The same of one application; none for one that does not exist.
    pub fn queued_events_of(&self, sub_app_id: u64) -> Vec<QueuedEvent> {
        self.service.queued_events_of(sub_app_id)
    }

    /// Moves the emulator's clock forward: handles expire, events reappear, pulls that have waited long enough
    /// end. See [`EmulatedService::advance`].
    pub fn advance(&self, by: Duration) {
        self.service.advance(by);
    }

    /// Replaces the faults. See [`EmulatedService::set_faults`].
    ///
    /// # Errors
    /// [`FaultsError`] if a fault is for an action that does not exist, or does not apply to its action.
    pub fn set_faults(&self, faults: Faults) -> Result<(), FaultsError> {
        self.service.set_faults(faults)
    }

    /// How many faults of each kind were injected so far.
    pub fn injected_faults(&self) -> FaultCounts {
        self.service.injected_faults()
    }

    /// How often calls were handled so far.
    pub fn handled(&self) -> Handled {
        self.service.handled()
    }

    /// Counts handled calls by this key from now on, beginning at zero.
    pub fn count_handled_by(&self, key: CallKey) {
        self.service.count_handled_by(key);
    }

    /// The calls that were answered so far, and those that faults broke off.
    pub fn calls(&self) -> Calls {
        self.service.calls()
    }

    /// Stops: no further call is accepted, pulls that wait end empty, and calls that are being answered are
    /// finished within two seconds or broken off.
    pub async fn shutdown(self) {
        self.service.close();
        self.server.stop().await;
    }
}
