//! A record of the calls that were answered.

use std::collections::VecDeque;

use crate::faults::fault::FaultKind;
use crate::protocol::answer_kind::AnswerKind;

/// How many calls are kept.
const KEPT: usize = 1000;

/// What became of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallRecord {
    /// The action as the call named it, cut after 100 characters and without control characters; empty if it named
    /// none.
    pub action: String,
    /// The error code of the answer; none if the call succeeded, or a fault kept it from being handled and
    /// gave no code.
    pub code: Option<String>,
    /// What the answer is worth.
    pub kind: AnswerKind,
    /// The fault that disturbed the call, whether or not it was handled before.
    pub fault: Option<FaultKind>,
    /// The request id of the answer; also if a fault kept it from arriving.
    pub request_id: String,
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
            });
        }
        let calls = log.snapshot();
        assert_eq!((calls.total, calls.failed, calls.recent.len()), (1500, 500, 1000));
        assert_eq!(calls.recent[0].request_id, "500");
    }
}
