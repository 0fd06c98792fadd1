//! `ConfirmEvents` by the client with everything on that a client can have: retries with their budget, time limits,
//! pacing, the clock's correction, a backup host behind the circuit breaker, spans, a hook, and numbers if the bench is
//! built with the feature `metrics`.
//!
//! The vendor's limit is 100 calls a second, at which nothing could be measured but waiting. The same action comes from
//! a spec file of its own here with a limit of a million a second: every call goes through the pacing, and its turn is
//! there at once.
#![allow(unreachable_pub, reason = "a module of benches")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use vod_api::{Client, Credential};

use self::action::ConfirmEventsRequest;

#[allow(missing_docs, clippy::pedantic, unreachable_pub, reason = "generated, and no library")]
mod action {
    vod_api::action!("run_time/paced/ConfirmEvents.toml", in = vod_api::vod);
}

/// A client for one action.
#[derive(Clone)]
pub struct Paced {
    client: Client,
    attempts: Arc<AtomicU64>,
}

impl Paced {
    pub fn new(address: &str, secret_id: &str, secret_key: &str) -> Self {
        let attempts = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&attempts);
        let client = Client::builder()
            .credential(Credential::new(secret_id, secret_key))
            .endpoint(format!("http://{address}"))
            .backup_endpoints(["http://127.0.0.1:1"])
            .on_attempt(move |attempt| {
                seen.fetch_add(u64::from(attempt.error.is_none()), Ordering::Relaxed);
            })
            .build()
            .expect("the settings are right");
        Self { client, attempts }
    }

    /// One call as a caller makes it. Returns the request id.
    pub async fn confirm_events(&self, handles: Vec<String>) -> String {
        let request = ConfirmEventsRequest::new(handles).sub_app_id(1_500_000_001_u64);
        self.client.call(request).await.expect("the call succeeds").request_id
    }

    /// How many attempts the hook has seen succeed.
    pub fn attempts(&self) -> u64 {
        self.attempts.load(Ordering::Relaxed)
    }
}
