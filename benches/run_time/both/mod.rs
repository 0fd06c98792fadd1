//! The two clients that calls are compared by, on the same service, and ways to make many calls with them.
#![allow(dead_code, unreachable_pub, reason = "each bench uses a part")]

use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::bare::Bare;
use crate::derive;
use crate::paced::Paced;

const ID: &str = "AKIDEXAMPLE0000000000000000000000000";
const KEY: &str = "SecretKeyEXAMPLE0000000000000000";

/// The client, and bare `reqwest`.
pub struct Both {
    ours: Paced,
    bare: Bare,
    handles: Vec<String>,
}

impl Both {
    pub fn new(address: &str) -> Self {
        Self {
            ours: Paced::new(address, ID, KEY),
            bare: Bare::new(address, ID, KEY),
            handles: (0..16).map(|i| format!("EventHandle-5285890784{i:06}-9e3779b97f4a7c15")).collect(),
        }
    }

    /// One call as a caller makes it, with a request of its own.
    pub fn ours(&self) -> impl Future<Output = String> + Send + 'static {
        let (client, handles) = (self.ours.clone(), self.handles.clone());
        async move { client.confirm_events(handles).await }
    }

    /// The same call by bare `reqwest`.
    pub fn bare(&self) -> impl Future<Output = String> + Send + 'static {
        let client = self.bare.clone();
        let request = derive::ConfirmEventsRequest {
            event_handles: self.handles.clone(),
            sub_app_id: Some(1_500_000_001),
            ..Default::default()
        };
        async move {
            let response: derive::ConfirmEventsResponse = client.call("ConfirmEvents", &request).await;
            response.request_id
        }
    }

    /// How many attempts of our calls the hook has seen succeed.
    pub fn attempts(&self) -> u64 {
        self.ours.attempts()
    }
}

/// A runtime of one thread.
pub fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts")
}

/// Makes calls at the same time, and waits for all of them.
pub async fn at_once<F>(count: u64, call: impl Fn() -> F)
where
    F: Future<Output = String> + Send + 'static,
{
    if count == 1 {
        assert!(!call().await.is_empty());
        return;
    }
    let mut calls: JoinSet<String> = (0..count).map(|_| call()).collect();
    while let Some(request_id) = calls.join_next().await {
        assert!(!request_id.expect("no call panics").is_empty());
    }
}
