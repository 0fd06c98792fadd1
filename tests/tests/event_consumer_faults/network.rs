//! A network that keeps a record of what it carries.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde_json::Value;
use tokio::time::{Instant, sleep};
use vod_api::{Transport, TransportError, TransportFailure, TransportFuture};
use vod_emulator::EmulatedService;

use crate::events::numbers_in;
use crate::record::{Attempt, Record};

/// Keeps the record of what another transport carries.
pub(crate) struct Observed<T> {
    pub(crate) inner: T,
    /// How long a request and its answer are on their way, each.
    pub(crate) way: Duration,
    pub(crate) service: EmulatedService,
    pub(crate) record: Arc<Mutex<Record>>,
}

impl<T: Transport> Transport for Observed<T> {
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        Box::pin(async move {
            let handles = handles(request.body());
            {
                let mut record = self.record.lock().unwrap();
                record.calls += 1;
                record.send(&handles, Instant::now());
            }
            sleep(self.way).await;
            let answer = self.inner.send(request, limit).await;
            // Before the way back, on which the consumer may be killed.
            self.note(&handles, &answer);
            sleep(self.way).await;
            answer
        })
    }
}

impl<T> Observed<T> {
    fn note(&self, handles: &[String], answer: &Result<Response<Bytes>, TransportError>) {
        let mut record = self.record.lock().unwrap();
        if !handles.is_empty() {
            record.answer(handles, judge(answer), Instant::now());
            return;
        }
        if let Some((request_id, numbers)) = answer.as_ref().ok().and_then(|answer| pulled(answer.body())) {
            record.pulled(request_id, numbers, &self.service);
        }
    }
}

/// The handles that a request confirms.
fn handles(request: &[u8]) -> Vec<String> {
    let body: Value = serde_json::from_slice(request).unwrap();
    let handles = body["EventHandles"].as_array().into_iter().flatten();
    handles.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The request id and the events of an answer, if it has any. Some of its text may be no JSON to a strict reader.
fn pulled(answer: &[u8]) -> Option<(String, Vec<u64>)> {
    let text = String::from_utf8_lossy(answer);
    let (_, request_id) = text.rsplit_once(r#""RequestId":""#)?;
    let (request_id, _) = request_id.split_once('"')?;
    Some((request_id.to_owned(), numbers_in(&text).collect()))
}

/// What an answer to a confirmation proves.
fn judge(answer: &Result<Response<Bytes>, TransportError>) -> Attempt {
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) if error.failure() == TransportFailure::Connect => return Attempt::NotCarriedOut,
        Err(_) => return Attempt::Ambiguous,
    };
    let body = String::from_utf8_lossy(answer.body());
    if !body.contains(r#""Response":{"#) {
        return Attempt::Ambiguous;
    }
    let code = body.split_once(r#""Error":{"Code":""#).and_then(|(_, rest)| rest.split('"').next());
    match code {
        None if answer.status() == StatusCode::OK => Attempt::Confirmed,
        Some(
            "RequestLimitExceeded"
            | "AuthFailure.TokenFailure"
            | "AuthFailure.SignatureExpire"
            | "AuthFailure.SecretIdNotFound"
            | "AuthFailure.SignatureFailure",
        ) => Attempt::NotCarriedOut,
        // A refusal may follow an attempt that was carried out.
        _ => Attempt::Ambiguous,
    }
}
