//! The floor of the consumer: the loop that a careful person writes on bare `reqwest`, with serde's derives and a
//! handmade signature. It pulls, handles, confirms what it has pulled, and begins anew; several of them run side by
//! side. It knows no deadlines, no failures, no rate limits and no end in good order: any surprise is a panic.
#![allow(unreachable_pub, reason = "a module of benches")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use reqwest::Url;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use serde::Serialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;

use crate::derive::{ConfirmEventsRequest, ConfirmEventsResponse, Envelope, PullEventsResponse};
use crate::event_service::EventService;
use crate::handmade::HandmadeSigner;

/// Pulls and confirms until it is told to stop.
pub struct PullLoop {
    http: reqwest::Client,
    url: Url,
    signer: HandmadeSigner,
    pub confirmed: AtomicU64,
    pub stopped: AtomicBool,
}

impl PullLoop {
    pub fn new(service: &EventService) -> Self {
        let url = Url::parse(&service.endpoint).expect("it is an address");
        let host = format!("{}:{}", url.host_str().expect("it has one"), url.port().expect("it has one"));
        let today = OffsetDateTime::from_unix_timestamp(now().cast_signed()).expect("it is a date").date();
        Self {
            http: reqwest::Client::builder()
                .http1_only()
                .tcp_nodelay(true)
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .no_proxy()
                .build()
                .expect("the settings are right"),
            signer: HandmadeSigner::new(
                &service.secret_id,
                &service.secret_key,
                &host,
                "vod",
                &today.to_string(),
            ),
            url,
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
            let pulled: PullEventsResponse = self.call("PullEvents", &NoParameters {}).await;
            let mut handles = Vec::with_capacity(pulled.event_set.len());
            for event in pulled.event_set {
                handles.push(event.event_handle.clone());
                handle(event).await;
            }
            let count = handles.len() as u64;
            let request = ConfirmEventsRequest { event_handles: handles, ..Default::default() };
            let _: ConfirmEventsResponse = self.call("ConfirmEvents", &request).await;
            self.confirmed.fetch_add(count, Ordering::Relaxed);
        }
    }

    async fn call<R: DeserializeOwned>(&self, action: &str, request: &impl Serialize) -> R {
        let body = serde_json::to_vec(request).expect("it is JSON");
        let timestamp = now();
        let authorization = self.signer.authorization(timestamp, &body);
        let answer = self
            .http
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header("X-TC-Action", action)
            .header("X-TC-Version", "2018-07-17")
            .header("X-TC-Timestamp", timestamp)
            .header(AUTHORIZATION, authorization)
            .body(body)
            .send()
            .await
            .expect("the service answers");
        let body = answer.bytes().await.expect("the answer is whole");
        let envelope: Envelope<R> = serde_json::from_slice(&body).expect("the answer fits");
        envelope.response
    }
}

#[derive(Serialize)]
struct NoParameters {}

#[allow(clippy::disallowed_methods, reason = "the floor has no clock of its own")]
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
