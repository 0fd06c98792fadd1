//! An explanation of a signature as text and as JSON, without secrets.

use std::fmt::Write as _;

use serde_json::{Value, json};
use vod_api::Credential;
use vod_api::signature::explain::{Explanation, Step, StepKind};

use super::report::{Report, Verdict};

/// What stands in place of a secret.
const REDACTED: &str = "** redacted **";

/// Takes secrets out of texts: by value those of the credential, by name those of the request.
pub(crate) struct Redaction<'a> {
    credential: Option<&'a Credential>,
}

impl<'a> Redaction<'a> {
    pub(crate) fn new(credential: Option<&'a Credential>) -> Self {
        Self { credential }
    }

    /// The text without secrets.
    pub(crate) fn redact(&self, text: &str) -> String {
        let mut text = self.credential.map_or_else(|| text.to_owned(), |credential| credential.redact(text));
        for name in ["Token=", "x-tc-token:"] {
            text = without_values(&text, name);
        }
        text
    }
}

/// The text without what follows each occurrence of a name, up to the next parameter or line.
fn without_values(text: &str, name: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let is_part_of_a_name = rest[..at].ends_with(|c: char| c.is_alphanumeric());
        let (before, value) = rest.split_at(at + name.len());
        kept.push_str(before);
        rest = value;
        let end = value.find(['&', '\n']).unwrap_or(value.len());
        if end > 0 && !is_part_of_a_name {
            kept.push_str(REDACTED);
            rest = &value[end..];
        }
    }
    kept + rest
}

/// The report for a reader.
pub(crate) fn to_text(report: &Report, redaction: &Redaction<'_>) -> String {
    let mut text = String::new();
    let explanation = &report.explanation;
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{}", explanation.algorithm);
    for step in &explanation.steps {
        let _ = writeln!(text, "\n{}", step.kind.title());
        for (number, line) in step.lines.iter().enumerate() {
            let _ = writeln!(text, "{:>4}  {:<66}  {}", number + 1, redaction.redact(&line.text), line.what);
        }
    }
    let _ = writeln!(text, "\nsigning key\n      {}", signing_key(explanation));
    let _ = writeln!(text, "\nsignature");
    match &explanation.signature {
        Some(signature) => _ = writeln!(text, "      {signature}"),
        None => _ = writeln!(text, "      (needs the secret key)"),
    }
    if let Some(header) = &report.authorization {
        let _ = writeln!(text, "\nAuthorization header\n      {header}");
    }
    let _ = writeln!(text);
    match &report.verdict {
        Verdict::NothingToCompare => {}
        Verdict::Agrees => _ = writeln!(text, "Everything agrees."),
        Verdict::Unknown(reason) => _ = writeln!(text, "{reason}"),
        Verdict::Differs(difference) => {
            let _ = writeln!(
                text,
                "First difference: {}, line {} ({})",
                difference.step, difference.line, difference.what
            );
            let _ = writeln!(text, "  expected  {}", redaction.redact(&difference.expected));
            let _ = writeln!(text, "  given     {}", redaction.redact(&difference.given));
            if !difference.reason.is_empty() {
                let _ = writeln!(text, "  {}", redaction.redact(&difference.reason));
            }
        }
    }
    for note in &report.notes {
        let _ = writeln!(text, "note: {}", redaction.redact(note));
    }
    text
}

/// The report for a program.
pub(crate) fn to_json(report: &Report, redaction: &Redaction<'_>) -> Value {
    let (verdict, detail) = match &report.verdict {
        Verdict::NothingToCompare => ("nothing-to-compare", Value::Null),
        Verdict::Agrees => ("agrees", Value::Null),
        Verdict::Unknown(reason) => ("unknown", reason.as_str().into()),
        Verdict::Differs(difference) => ("differs", difference.to_json()),
    };
    redacted(
        json!({
            "algorithm": report.explanation.algorithm,
            "steps": report.explanation.steps.iter().map(step_json).collect::<Vec<_>>(),
            "signing_key": signing_key(&report.explanation),
            "signature": report.explanation.signature,
            "authorization": report.authorization,
            "verdict": verdict,
            "difference": detail,
            "notes": report.notes,
        }),
        redaction,
    )
}

fn step_json(step: &Step) -> Value {
    let line = |line: &vod_api::signature::explain::Line| json!({ "what": line.what, "text": line.text });
    json!({ "title": step.kind.title(), "lines": step.lines.iter().map(line).collect::<Vec<_>>() })
}

/// How the key is made. The key itself stays out.
fn signing_key(explanation: &Explanation) -> String {
    let Some(to_sign) = explanation.step(StepKind::StringToSign) else {
        return format!("{} with the secret key (not shown)", explanation.algorithm);
    };
    let scope: Vec<&str> = to_sign.lines[2].text.split('/').collect();
    format!("HMAC-SHA256 chain: \"TC3\" + secret key, then {} (not shown)", scope.join(", then "))
}

fn redacted(value: Value, redaction: &Redaction<'_>) -> Value {
    match value {
        Value::String(text) => Value::String(redaction.redact(&text)),
        Value::Array(values) => values.into_iter().map(|value| redacted(value, redaction)).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (name, redacted(value, redaction))).collect()
        }
        value => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_taken_out_by_their_names_wherever_they_stand() {
        let redact = |text: &str| Redaction::new(None).redact(text);
        assert_eq!(redact("GETh/?A=1&Token=t0ken&Z=1"), "GETh/?A=1&Token=** redacted **&Z=1");
        assert_eq!(redact("Token=a\nToken=b&Token="), "Token=** redacted **\nToken=** redacted **&Token=");
        assert_eq!(redact("x-tc-token:t0ken"), "x-tc-token:** redacted **");
        assert_eq!(redact("&NextPageToken=1&é"), "&NextPageToken=1&é");
    }
}
