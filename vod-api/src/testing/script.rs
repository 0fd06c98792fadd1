//! The prepared responses of a mock, in their order.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::{RecordedRequest, no_answer};
use crate::record::{Record, to_json};
use crate::transport::{TransportError, TransportFailure};

/// Answers by action.
#[derive(Default)]
pub(super) struct Scripts(BTreeMap<&'static str, VecDeque<Entry>>);

struct Entry {
    delay: Duration,
    reply: Reply,
    repeated: bool,
}

impl Scripts {
    pub(super) fn add(&mut self, action: &'static str, delay: Duration, reply: Reply) {
        self.0.entry(action).or_default().push_back(Entry { delay, reply, repeated: false });
    }

    pub(super) fn repeat(&mut self, action: &str) {
        if let Some(last) = self.0.get_mut(action).and_then(VecDeque::back_mut) {
            last.repeated = true;
        }
    }

    /// The next answer for an action.
    pub(super) fn next(&mut self, action: &str) -> Result<(Duration, Reply), TransportError> {
        let entries = self.0.get_mut(action).ok_or_else(|| no_answer(action))?;
        match entries.front() {
            Some(entry) if entry.repeated => Ok((entry.delay, entry.reply.clone())),
            _ => entries.pop_front().map(|entry| (entry.delay, entry.reply)).ok_or_else(|| no_answer(action)),
        }
    }

    /// The actions that have answers left.
    pub(super) fn left(&self) -> Vec<String> {
        let once = |entries: &VecDeque<Entry>| entries.iter().filter(|entry| !entry.repeated).count();
        let counted = self.0.iter().map(|(action, entries)| (action, once(entries)));
        counted.filter(|(_, n)| *n > 0).map(|(action, n)| format!("{n} of {action}")).collect()
    }
}

/// One answer.
#[derive(Clone)]
pub(super) enum Reply {
    /// The members of `Response`.
    Members(Value),
    Http(StatusCode, http::HeaderMap, Bytes),
    Failure(TransportFailure),
    Silence,
    Computed(Arc<dyn Fn(&RecordedRequest) -> Reply + Send + Sync>),
}

impl Reply {
    pub(super) fn success(response: &dyn Record) -> Self {
        Self::Members(serde_json::from_slice(&to_json(response)).unwrap_or_default())
    }

    /// The members of `Response` in JSON, or a string that holds them.
    #[expect(clippy::panic, reason = "a test is to fail")]
    pub(super) fn json(response: Value) -> Self {
        let parsed = match response {
            Value::String(text) => serde_json::from_str(&text),
            value => Ok(value),
        };
        match parsed {
            Ok(Value::Object(mut members)) => match members.remove("Response") {
                Some(inner @ Value::Object(_)) if members.is_empty() => Self::Members(inner),
                Some(other) => {
                    members.insert("Response".to_owned(), other);
                    Self::Members(members.into())
                }
                None => Self::Members(members.into()),
            },
            Ok(other) => panic!("a response must be a JSON object, not {other}"),
            Err(error) => panic!("a response must be JSON: {error}"),
        }
    }

    pub(super) fn refusal(code: &str, message: &str) -> Self {
        Self::Members(json!({ "Error": { "Code": code, "Message": message } }))
    }

    pub(super) fn http(answer: Response<Bytes>) -> Self {
        let (head, body) = answer.into_parts();
        Self::Http(head.status, head.headers, body)
    }

    /// The answer to a request, computed if it is to be. It runs the test's code.
    pub(super) fn computed(self, sent: &RecordedRequest) -> Self {
        match self {
            Self::Computed(compute) => compute(sent),
            reply => reply,
        }
    }

    /// Answers the request of that number.
    pub(super) async fn give(self, number: usize) -> Result<Response<Bytes>, TransportError> {
        match self {
            Self::Members(mut members) => {
                let id = &mut members["RequestId"];
                if id.as_str().is_none_or(str::is_empty) {
                    *id = format!("mock-{number}").into();
                }
                Ok(Response::new(json!({ "Response": members }).to_string().into()))
            }
            Self::Http(status, headers, body) => {
                let mut answer = Response::new(body);
                *answer.status_mut() = status;
                *answer.headers_mut() = headers;
                Ok(answer)
            }
            Self::Failure(failure) => {
                Err(TransportError::new(failure, format!("the mock failed: {failure:?}")))
            }
            Self::Silence | Self::Computed(_) => std::future::pending().await,
        }
    }
}
