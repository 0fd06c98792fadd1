//! A call on bare `reqwest`: the same settings as the client's, a handmade signature, and nothing that a call could do
//! without.
#![allow(unreachable_pub, reason = "a module of benches")]

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use reqwest::Url;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use serde::Serialize;
use serde::de::DeserializeOwned;
use time::OffsetDateTime;

use crate::derive::Envelope;
use crate::handmade::HandmadeSigner;

/// A client of the service at an address. Any surprise is a panic.
#[derive(Clone)]
pub struct Bare {
    http: reqwest::Client,
    url: Url,
    signer: Arc<HandmadeSigner>,
}

impl Bare {
    pub fn new(address: &str, secret_id: &str, secret_key: &str) -> Self {
        let today = OffsetDateTime::from_unix_timestamp(now().cast_signed()).expect("it is a date").date();
        Self {
            http: http_settings().build().expect("the settings are right"),
            url: Url::parse(&format!("http://{address}/")).expect("it is an address"),
            signer: Arc::new(HandmadeSigner::new(secret_id, secret_key, address, "vod", &today.to_string())),
        }
    }

    pub async fn call<R: DeserializeOwned>(&self, action: &str, request: &impl Serialize) -> R {
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

/// The settings of an HTTP client that `vod-api` gives its own.
pub fn http_settings() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .http1_only()
        .tcp_nodelay(true)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
}

#[allow(clippy::disallowed_methods, reason = "the floor has no clock of its own")]
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
