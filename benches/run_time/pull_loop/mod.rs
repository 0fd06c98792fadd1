//! The floor of the consumer: the loop that a careful person writes on bare `reqwest`, with serde's derives and a
//! handmade signature. It pulls, handles, confirms what it has pulled, and begins anew; several of them run side by
//! side. It knows no deadlines, no failures, no rate limits and no end in good order: any surprise is a panic.
#![allow(unreachable_pub, reason = "a module of benches")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde::Serialize;

use crate::bare::Bare;
use crate::derive::{ConfirmEventsRequest, ConfirmEventsResponse, PullEventsResponse};
use crate::event_service::EventService;

/// Pulls and confirms until it is told to stop.
pub struct PullLoop {
    bare: Bare,
    pub confirmed: AtomicU64,
    pub stopped: AtomicBool,
}

impl PullLoop {
    pub fn new(service: &EventService) -> Self {
        let address = service.endpoint.trim_start_matches("http://").trim_end_matches('/');
        Self {
            bare: Bare::new(address, &service.secret_id, &service.secret_key),
            confirmed: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
        }
    }

    /// One of the loops.
    pub async fn work<H, F>(self: Arc<Self>, handle: H)
    where
        H: Fn(crate::derive::EventContent) -> F,
        F: Future<Output = ()>,
    {
        while !self.stopped.load(Ordering::Relaxed) {
            let pulled: PullEventsResponse = self.bare.call("PullEvents", &NoParameters {}).await;
            let mut handles = Vec::with_capacity(pulled.event_set.len());
            for event in pulled.event_set {
                handles.push(event.event_handle.clone());
                handle(event).await;
            }
            let count = handles.len() as u64;
            let request = ConfirmEventsRequest { event_handles: handles, ..Default::default() };
            let _: ConfirmEventsResponse = self.bare.call("ConfirmEvents", &request).await;
            self.confirmed.fetch_add(count, Ordering::Relaxed);
        }
    }
}

#[derive(Serialize)]
struct NoParameters {}
