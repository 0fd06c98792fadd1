//! What an answer holds, with its members in the order in which they came.

use vod_api::__private::untyped::RecordAnswer;

use super::warn;
use crate::failure::{Exit, Failure};
use crate::output::Document;

/// What stands in the answer's `Response`, as it came. What did not fit its field is told.
pub(super) fn document(answer: &RecordAnswer) -> Result<Document, Failure> {
    for mismatch in &answer.mismatches {
        warn(&format!("the answer does not fit its spec: {mismatch}"));
    }
    Document::parse(&answer.json)
        .ok()
        .and_then(|body| body.into_member("Response"))
        .ok_or_else(|| Failure::new(Exit::Service, "the answer can't be shown as JSON"))
}

/// The same without a word about what does not fit.
pub(super) fn document_quietly(answer: &RecordAnswer) -> Document {
    let body = Document::parse(&answer.json).ok();
    body.and_then(|body| body.into_member("Response")).unwrap_or(Document::Null)
}
