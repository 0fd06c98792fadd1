//! The first line in which two texts differ.

use serde_json::{Value, json};
use vod_api::signature::explain::{Step, StepKind};

/// Where another signature parts from the right one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// The text that differs, such as `canonical request`.
    pub(crate) step: &'static str,
    /// Which line of it, from 1 on.
    pub(crate) line: usize,
    /// What the line says.
    pub(crate) what: String,
    /// The right line.
    pub(crate) expected: String,
    /// The line of the other signature.
    pub(crate) given: String,
    /// What probably happened, one sentence; may be empty.
    pub(crate) reason: String,
}

impl Difference {
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "step": self.step,
            "line": self.line,
            "what": self.what,
            "expected": self.expected,
            "given": self.given,
            "reason": self.reason,
        })
    }

    pub(crate) fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = reason.into();
        self
    }
}

/// The first line of a step that another text has differently.
pub(crate) fn first_difference(step: &Step, given: &[&str]) -> Option<Difference> {
    let count = step.lines.len().max(given.len());
    let at =
        (0..count).find(|&at| step.lines.get(at).map(|line| line.text.as_str()) != given.get(at).copied())?;
    let expected = step.lines.get(at);
    let text = |text: Option<&str>| text.map_or_else(|| "(the text ends before)".to_owned(), str::to_owned);
    Some(Difference {
        step: step.kind.title(),
        line: at + 1,
        what: expected.map_or_else(|| "after the end".to_owned(), |line| line.what.to_string()),
        expected: text(expected.map(|line| line.text.as_str())),
        given: text(given.get(at).copied()),
        reason: String::new(),
    })
}

/// The lines of another signer's text, or its parameters if the text has no lines.
pub(crate) fn lines_of(kind: StepKind, text: &str) -> Vec<&str> {
    if kind != StepKind::ParametersToSign {
        return text.split('\n').collect();
    }
    let method = ["POST", "GET"].into_iter().find(|method| text.starts_with(method)).unwrap_or_default();
    let rest = &text[method.len()..];
    let (target, parameters) = rest.find('?').map_or((rest, ""), |at| rest.split_at(at));
    let (host, path) = target.find('/').map_or((target, ""), |at| target.split_at(at));
    let mut lines = vec![method, host, path];
    let mut start = 0;
    for (at, _) in parameters.match_indices('&') {
        lines.push(&parameters[start..at]);
        start = at;
    }
    if !parameters.is_empty() {
        lines.push(&parameters[start..]);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_lines_is_taken_apart_at_its_parameters() {
        let lines = lines_of(StepKind::ParametersToSign, "GETh:1/?A=1&B=x=y&C=");
        assert_eq!(lines, ["GET", "h:1", "/", "?A=1", "&B=x=y", "&C="]);
        assert_eq!(lines_of(StepKind::ParametersToSign, "PUT"), ["", "PUT", ""]);
        assert_eq!(lines_of(StepKind::CanonicalRequest, "a\n\nb"), ["a", "", "b"]);
    }
}
