//! The record of the calls that were answered.

use std::collections::VecDeque;

use bytes::Bytes;
use http::Request;

use crate::faults::fault::FaultKind;
use crate::protocol::answer_kind::AnswerKind;
use crate::protocol::envelope::ApiError;
use crate::shown::shown_message;

/// How many calls are kept.
const KEPT: usize = 1000;

/// The record of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallRecord {
    /// The action as the call named it, cut after 100 characters and without control characters; empty if it named
    /// none.
    pub action: String,
    /// The error code of the answer; none if the call succeeded, or a fault kept it from being handled and
    /// gave no code.
    pub code: Option<String>,
    /// The kind of the response.
    pub kind: AnswerKind,
    /// The fault that was injected into the call, whether or not it was handled before.
    pub fault: Option<FaultKind>,
    /// The request id of the answer; also if a fault kept it from arriving.
    pub request_id: String,
    /// When it was answered, by the emulator's wall clock, in Unix seconds.
    pub unix_seconds: i64,
    /// How long that took, by the emulator's clock.
    pub milliseconds: u64,
    /// The message of the error, cut after 400 characters; empty without one.
    pub message: String,
    /// What was checked, in this order, up to the first check that failed.
    pub checks: Vec<Check>,
    /// The parameters as JSON, cut after 2 KiB, sensitive ones as `***`; empty if they were not read.
    pub request: String,
    /// The members of the answer, in the same way; empty for an error.
    pub response: String,
}

/// One check of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// What was checked: `signature`, `rate`, `parameters` or `application`.
    pub name: &'static str,
    /// Whether the call passed.
    pub passed: bool,
    /// What was found, such as `3 of 100 in this second`; the message of the error if the call did not pass.
    pub detail: String,
}

/// What is kept of a call besides its outcome.
#[derive(Debug, Default)]
pub(crate) struct CallDetails {
    pub(crate) checks: Vec<Check>,
    pub(crate) request: String,
    pub(crate) response: String,
}

impl CallDetails {
    /// Notes the outcome of a check, and gives it back.
    pub(crate) fn checked<T>(
        &mut self,
        name: &'static str,
        outcome: Result<T, ApiError>,
        detail: impl FnOnce(&T) -> String,
    ) -> Result<T, ApiError> {
        let (passed, detail) = match &outcome {
            Ok(value) => (true, detail(value)),
            Err(error) => (false, shown_message(&error.message)),
        };
        self.checks.push(Check { name, passed, detail });
        outcome
    }

    /// Those of a request to the storage.
    pub(crate) fn of_storage(request: &Request<Bytes>) -> Self {
        let what = format!("{} {}, {} bytes", request.method(), request.uri().path(), request.body().len());
        Self { request: shown_message(&what), ..Self::default() }
    }
}

/// The calls that were answered since the emulator's start, and those that faults broke off. Calls given up by their
/// client before an answer are not among them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Calls {
    /// How many calls there were.
    pub total: u64,
    /// How many of them were answered with an error.
    pub failed: u64,
    /// The latest 1000 calls, oldest first.
    pub recent: Vec<CallRecord>,
}

#[derive(Debug, Default)]
pub(crate) struct CallLog {
    total: u64,
    failed: u64,
    recent: VecDeque<CallRecord>,
}

impl CallLog {
    pub(crate) fn add(&mut self, record: CallRecord) {
        self.total += 1;
        self.failed += u64::from(record.code.is_some());
        if self.recent.len() == KEPT {
            self.recent.pop_front();
        }
        self.recent.push_back(record);
    }

    /// As `snapshot`, without the first `after` calls.
    pub(crate) fn snapshot_after(&self, after: u64) -> Calls {
        let forgotten = self.total.saturating_sub(self.recent.len() as u64);
        let known = usize::try_from(after.saturating_sub(forgotten)).unwrap_or(usize::MAX);
        let recent = self.recent.iter().skip(known).cloned().collect();
        Calls { total: self.total, failed: self.failed, recent }
    }

    pub(crate) fn snapshot(&self) -> Calls {
        Calls { total: self.total, failed: self.failed, recent: self.recent.iter().cloned().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_all_and_keeps_the_latest() {
        let mut log = CallLog::default();
        for number in 0..1500 {
            let code = (number % 3 == 0).then(|| "InternalError".to_owned());
            let kind = AnswerKind::Modelled;
            log.add(CallRecord {
                action: "A".into(),
                code,
                kind,
                fault: None,
                request_id: number.to_string(),
                unix_seconds: 0,
                milliseconds: 0,
                message: String::new(),
                checks: Vec::new(),
                request: String::new(),
                response: String::new(),
            });
        }
        let calls = log.snapshot();
        assert_eq!((calls.total, calls.failed, calls.recent.len()), (1500, 500, 1000));
        assert_eq!(calls.recent[0].request_id, "500");
        assert_eq!(log.snapshot_after(1498).recent.len(), 2);
        assert_eq!(log.snapshot_after(3).recent.len(), 1000);
        assert_eq!(log.snapshot_after(u64::MAX).recent.len(), 0);
    }
}
