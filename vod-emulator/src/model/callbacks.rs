//! Callbacks: events of applications in the mode `PUSH`, on their way to a URL of the application.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use md5::{Digest as _, Md5};
use serde_json::Value;
use tokio::sync::Notify;

use crate::lock::lock;
use crate::model::content::Content;
use crate::protocol::envelope::Members;
use crate::protocol::signature_v3::hex;

/// Callbacks that wait at most. Beyond, the oldest are lost.
const KEPT: usize = 10_000;
/// Seconds from the sending of a callback until its signature expires.
const SIGNATURE_PERIOD: i64 = 600;

/// An event that is to be posted to the URL of its application.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Callback {
    /// The number of the application; 0 for the default one.
    pub sub_app_id: u64,
    /// The application's `NotificationUrl`.
    pub url: String,
    /// The event as JSON, with `T` and `Sign` if the application has a `SignKey`.
    pub body: Bytes,
}

/// What became of an application's callbacks.
#[derive(Debug, Default)]
pub(crate) struct CallbackCounts {
    /// Answered, whatever the answer was.
    pub(crate) answered: AtomicU64,
    /// Given up.
    pub(crate) lost: AtomicU64,
}

impl CallbackCounts {
    /// Counts what became of one.
    pub(crate) fn count(&self, is_answered: bool) {
        let counter = if is_answered { &self.answered } else { &self.lost };
        counter.fetch_add(1, Ordering::SeqCst);
    }
}

/// One that waits, and where its end is counted.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    pub(crate) callback: Callback,
    pub(crate) counts: Arc<CallbackCounts>,
}

/// The callbacks of all applications that wait to be sent.
#[derive(Debug, Default)]
pub(crate) struct Callbacks {
    waiting: Mutex<VecDeque<Waiting>>,
    /// Told when one waits, and when something happened that time may turn into one.
    pub(crate) arrived: Notify,
}

impl Callbacks {
    pub(crate) fn add(&self, callback: Callback, counts: &Arc<CallbackCounts>) {
        let mut waiting = lock(&self.waiting);
        if waiting.len() >= KEPT
            && let Some(oldest) = waiting.pop_front()
        {
            oldest.counts.count(false);
        }
        waiting.push_back(Waiting { callback, counts: Arc::clone(counts) });
        self.arrived.notify_one();
    }

    /// The oldest that waits.
    pub(crate) fn take(&self) -> Option<Waiting> {
        lock(&self.waiting).pop_front()
    }

    /// Forgets all.
    pub(crate) fn clear(&self) {
        lock(&self.waiting).clear();
    }
}

/// Where events go by this configuration; none if they are pulled, or if no URL is set.
pub(crate) fn url_of(config: &Members) -> Option<&str> {
    let text = |name: &str| config.get(name).and_then(Value::as_str).unwrap_or_default();
    Some(text("NotificationUrl")).filter(|url| text("Mode") == "PUSH" && !url.is_empty())
}

/// The body of the callback for an event.
pub(crate) fn body_of(event: &Content, config: &Members, unix: i64) -> Bytes {
    match event {
        Content::Raw(bytes) => bytes.clone(),
        Content::Json(event) => {
            let key = config.get("SignKey").and_then(Value::as_str).unwrap_or_default();
            let mut event = event.clone();
            if let (false, Value::Object(members)) = (key.is_empty(), &mut event) {
                let expires = unix.saturating_add(SIGNATURE_PERIOD);
                members.insert("T".to_owned(), expires.into());
                members.insert("Sign".to_owned(), hex(&Md5::digest(format!("{key}{expires}"))).into());
            }
            event.to_string().into()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn events_are_signed_with_the_key_of_the_application() {
        let config = json!({ "Mode": "PUSH", "NotificationUrl": "http://a/", "SignKey": "abc" });
        let config = config.as_object().unwrap();
        assert_eq!(url_of(config), Some("http://a/"));
        let body = body_of(&json!({ "EventType": "FileDeleted" }).into(), config, 1_000);
        let body: Value = serde_json::from_slice(&body).unwrap();
        // printf abc1600 | md5sum
        assert_eq!(body["Sign"], "e15f0a9ef9afed6c07fb0e88550765c1");
        assert_eq!((&body["T"], &body["EventType"]), (&json!(1600), &json!("FileDeleted")));
        let pulled = json!({ "Mode": "PULL", "NotificationUrl": "http://a/" });
        assert_eq!(url_of(pulled.as_object().unwrap()), None);
    }

    #[test]
    fn the_oldest_are_lost_if_nobody_sends() {
        let (callbacks, counts) = (Callbacks::default(), Arc::default());
        for number in 0..=KEPT {
            let callback = Callback { sub_app_id: number as u64, url: String::new(), body: Bytes::new() };
            callbacks.add(callback, &counts);
        }
        assert_eq!(counts.lost.load(Ordering::SeqCst), 1);
        assert_eq!(callbacks.take().unwrap().callback.sub_app_id, 1);
    }
}
