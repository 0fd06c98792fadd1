//! The excerpt of a response in an error: the beginning of its body, without secrets, and its request id.

use std::fmt::Write as _;

use http::HeaderMap;

use crate::redact::Redactor;

/// How much of an answer an error keeps.
pub(crate) const SNIPPET_BYTES: usize = 512;
/// How much of an answer is looked at for what it shows.
pub(crate) const REDACTED_BYTES: usize = 16 * 1024;
/// The request id that the answer's header carries.
pub(crate) fn request_id_header(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("x-tc-requestid")?.to_str().ok()?.trim();
    (!id.is_empty()).then(|| id.to_owned())
}

/// How an answer begins, in at most [`SNIPPET_BYTES`] that are safe to print. What is secret is taken out first, from
/// more than is shown, and then the text is cut.
pub(crate) fn snippet(body: &[u8], redactor: &Redactor) -> String {
    let beginning = String::from_utf8_lossy(&body[..body.len().min(REDACTED_BYTES)]);
    let mut shown = String::new();
    for c in redactor.redact_cut(&beginning).chars() {
        let before = shown.len();
        if c.is_control() {
            // Writing to a String can't fail.
            let _ = write!(shown, "{}", c.escape_default());
        } else {
            shown.push(c);
        }
        if shown.len() > SNIPPET_BYTES {
            shown.truncate(before);
            break;
        }
    }
    shown
}
