//! What there is to say about one signature: its steps, and the first line in which another one differs.

use std::borrow::Cow;

use vod_api::Credential;
use vod_api::signature::explain::{self, Explanation, StepKind, Tc3Scope, sha256_hex};
use vod_api::signature::{Signer, v1};
use vod_spec::model::ErrorClass;

use super::authorization::{ALGORITHM, Authorization};
use super::captured::Captured;
use super::difference::{Difference, first_difference, lines_of};
use super::pasted::Pasted;
use super::v1_request::V1Request;
use super::variants::{self, Found, Tc3Target};

/// What is asked.
pub(crate) struct Question {
    pub(crate) captured: Captured,
    /// What another signer or the service says.
    pub(crate) pasted: Option<Pasted>,
    /// The product's name, if the caller knows better than the host.
    pub(crate) service: Option<String>,
    /// The key to check with.
    pub(crate) credential: Option<Credential>,
    /// What the spec says of the code in the service's answer.
    pub(crate) refusal: Option<(ErrorClass, String)>,
    /// Seconds since 1970.
    pub(crate) now: u64,
}

/// The result of a comparison.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// There is no other signature.
    NothingToCompare,
    /// All that there was to compare agrees.
    Agrees,
    /// It does not.
    Differs(Difference),
    /// It cannot be told, and why.
    Unknown(String),
}

/// The answer.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) explanation: Explanation,
    /// The right `Authorization` header; the older methods have none, and without a key there is none.
    pub(crate) authorization: Option<String>,
    pub(crate) verdict: Verdict,
    pub(crate) notes: Vec<String>,
}

/// Answers the question.
pub(crate) fn report(question: &Question) -> Result<Report, String> {
    let mut captured = question.captured.clone();
    let pasted_header = question.pasted.as_ref().and_then(|pasted| pasted.authorization.clone());
    let header = captured.as_sent().header("authorization").map(str::to_owned);
    if let (None, Some(pasted)) = (&header, &pasted_header) {
        captured.set_header("Authorization", pasted);
    }
    let mut report = match V1Request::read(&captured)? {
        Some(request) => v1_report(question, &captured, &request),
        None => tc3_report(question, &captured, pasted_header.or(header).as_deref())?,
    };
    report.notes.splice(0..0, captured.notes);
    if let Some(difference) = pasted_difference(question, &report.explanation) {
        report.verdict = Verdict::Differs(difference);
    } else if question.pasted.as_ref().is_some_and(|pasted| !pasted.steps.is_empty())
        && report.verdict == Verdict::NothingToCompare
    {
        report.verdict = Verdict::Agrees;
        report.notes.push(
            "The pasted texts agree: what remains is the secret key, or a later change to the request."
                .into(),
        );
    }
    refusal_notes(question, &mut report);
    Ok(report)
}

/// The first difference to a text that was pasted.
fn pasted_difference(question: &Question, explanation: &Explanation) -> Option<Difference> {
    let pasted = question.pasted.as_ref()?;
    pasted.steps.iter().find_map(|(kind, text)| {
        let Some(step) = explanation.step(*kind) else {
            let right = explanation.steps.first()?;
            return first_difference(right, &text.lines().collect::<Vec<_>>()).map(|difference| {
                difference.because(format!("the request is signed by {}", explanation.algorithm))
            });
        };
        let difference = first_difference(step, &lines_of(*kind, text))?;
        let is_hash = *kind == StepKind::StringToSign && difference.line == 4;
        let reason = "the canonical requests differ; paste the other one to see its line";
        Some(if is_hash { difference.because(reason) } else { difference })
    })
}

/// What a service's code says about the place of the fault.
fn refusal_notes(question: &Question, report: &mut Report) {
    let Some(pasted) = &question.pasted else { return };
    if let (Some(code), Some(message)) = (&pasted.code, &pasted.message) {
        report.notes.push(format!("The service says {code}: {message}"));
        if message.contains("request size limit") {
            report
                .notes
                .push("A form of the older signatures has at most 1 MB; sign by TC3-HMAC-SHA256.".into());
        }
    }
    let Some((class, doc)) = &question.refusal else { return };
    report.notes.push(format!("The spec on this code: {doc}"));
    if *class == ErrorClass::ClockSkew
        && !matches!(report.verdict, Verdict::Differs(_))
        && let Some(difference) = clock_difference(report, question.now)
    {
        report.verdict = Verdict::Differs(difference);
    }
}

/// The line with the time, which the service has refused.
fn clock_difference(report: &Report, now: u64) -> Option<Difference> {
    let step = report.explanation.steps.last()?;
    let is_time = |text: &str| text.trim_start_matches(['?', '&']).starts_with("Timestamp=");
    let at = step.lines.iter().position(|line| line.what == "X-TC-Timestamp" || is_time(&line.text))?;
    let reason = "the service takes a timestamp within five minutes of its clock; set this machine's clock";
    Some(Difference {
        step: step.kind.title(),
        line: at + 1,
        what: step.lines[at].what.to_string(),
        expected: format!("about {now}, this machine's time now"),
        given: step.lines[at].text.clone(),
        reason: reason.into(),
    })
}

fn tc3_report(question: &Question, captured: &Captured, header: Option<&str>) -> Result<Report, String> {
    let request = captured.as_sent();
    let given = header.map(Authorization::parse);
    let parsed = given.as_ref().and_then(|given| given.as_ref().ok());
    let service = question
        .service
        .clone()
        .or_else(|| service_of(request.header("host")?))
        .or_else(|| parsed.map(|given| given.service.clone()))
        .unwrap_or_else(|| "vod".to_owned());
    let names = signed_headers(parsed);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let scope = Tc3Scope { service: &service, signed_headers: &names };

    let (key, note) = usable_key(question, parsed.map(|given| given.secret_id.as_str()));
    let signer = key.map(|key| Signer::new(key.clone()));
    let explanation =
        explain::tc3(&request, scope, signer.as_ref()).map_err(|error| error.message().to_owned())?;
    let authorization = key.zip(explanation.signature.as_deref()).map(|(key, signature)| {
        let scope = explanation.step(StepKind::StringToSign).map_or("", |step| step.lines[2].text.as_str());
        format!(
            "{ALGORITHM} Credential={}/{scope}, SignedHeaders={}, Signature={signature}",
            key.secret_id(),
            names.join(";")
        )
    });
    let mut report =
        Report { explanation, authorization, verdict: Verdict::NothingToCompare, notes: Vec::new() };
    report.verdict = match given {
        None => Verdict::NothingToCompare,
        Some(Err(fault)) => Verdict::Differs(Difference {
            step: "Authorization header",
            line: 1,
            what: "form".into(),
            expected: report.authorization.clone().unwrap_or_else(|| format!("{ALGORITHM} Credential=...")),
            given: header.unwrap_or_default().to_owned(),
            reason: fault,
        }),
        Some(Ok(given)) => match structural_difference(&report.explanation, captured, &given) {
            Some(difference) => Verdict::Differs(difference),
            None => signature_verdict(&report.explanation, captured, &given, &service, key, &note),
        },
    };
    Ok(report)
}

/// The product that a host of the vendor's stands for.
fn service_of(host: &str) -> Option<String> {
    let name = host.split(':').next()?;
    let is_vendors = name.contains(".tencentcloudapi.");
    let label = name.split('.').next()?;
    is_vendors.then(|| label.to_owned())
}

/// The headers that must be signed: those that are, in lower case and in order, and the two that are always.
fn signed_headers(given: Option<&Authorization>) -> Vec<String> {
    let given = given.into_iter().flat_map(|given| &given.signed_headers);
    let mut names: Vec<String> =
        given.map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty()).collect();
    names.extend(["content-type".to_owned(), "host".to_owned()]);
    names.sort_unstable();
    names.dedup();
    names
}

/// The key, if it belongs to the secret id of the signature; otherwise why there is none.
fn usable_key<'q>(question: &'q Question, secret_id: Option<&str>) -> (Option<&'q Credential>, String) {
    let Some(key) = &question.credential else {
        return (None, "the signature itself can only be checked with the secret key: name a profile or set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY".into());
    };
    match secret_id {
        Some(id) if id != key.secret_id() => {
            let reason = format!(
                "the signature is of the secret id {}, and the key at hand belongs to {}",
                masked(id),
                masked(key.secret_id())
            );
            (None, reason)
        }
        _ => (Some(key), String::new()),
    }
}

/// `AKID...9f2a`.
pub(crate) fn masked(secret_id: &str) -> String {
    let count = secret_id.chars().count();
    if count <= 8 {
        return secret_id.to_owned();
    }
    let first: String = secret_id.chars().take(4).collect();
    let last: String = secret_id.chars().skip(count - 4).collect();
    format!("{first}...{last}")
}

/// The first difference that shows without the key.
fn structural_difference(
    explanation: &Explanation,
    captured: &Captured,
    given: &Authorization,
) -> Option<Difference> {
    let canonical = explanation.step(StepKind::CanonicalRequest)?;
    let to_sign = explanation.step(StepKind::StringToSign)?;
    let at = |step: &explain::Step, line: usize, given: String, reason: String| Difference {
        step: step.kind.title(),
        line: line + 1,
        what: step.lines[line].what.to_string(),
        expected: step.lines[line].text.clone(),
        given,
        reason,
    };
    for (line, text) in canonical.lines.iter().enumerate() {
        let Some(name) = text.what.strip_prefix("signed header ") else { continue };
        if captured.as_sent().header(name).is_none() {
            let reason = format!("SignedHeaders names `{name}`, and the request has no such header");
            return Some(at(canonical, line, "(no such header)".into(), reason));
        }
    }
    let names = canonical.lines.len() - 2;
    let given_names = given.signed_headers.join(";");
    if canonical.lines[names].text != given_names {
        let reason =
            "the names must be in lower case and in ascending order, and content-type and host among them";
        return Some(at(canonical, names, given_names, reason.into()));
    }
    let scope = &to_sign.lines[2].text;
    if *scope != given.scope() {
        let right: Vec<&str> = scope.split('/').collect();
        let reason = if right.first() != Some(&given.date.as_str()) {
            "the day must be that of X-TC-Timestamp in UTC, not of the local time"
        } else if right.get(1) != Some(&given.service.as_str()) {
            "the service must be the product's name, whatever the host is called"
        } else {
            "the scope must end with `tc3_request`"
        };
        return Some(at(to_sign, 2, given.scope(), reason.into()));
    }
    None
}

fn signature_verdict(
    explanation: &Explanation,
    captured: &Captured,
    given: &Authorization,
    service: &str,
    key: Option<&Credential>,
    no_key: &str,
) -> Verdict {
    let (Some(key), Some(right)) = (key, &explanation.signature) else {
        return Verdict::Unknown(format!(
            "Everything that the header shows agrees with the request; {no_key}."
        ));
    };
    if *right == given.signature {
        return Verdict::Agrees;
    }
    let (Some(canonical), Some(to_sign)) =
        (explanation.step(StepKind::CanonicalRequest), explanation.step(StepKind::StringToSign))
    else {
        return Verdict::NothingToCompare;
    };
    let timestamp = to_sign.lines[1].text.parse().unwrap_or_default();
    let target = Tc3Target {
        request: &captured.as_sent(),
        credential: key,
        service,
        timestamp,
        signature: &given.signature,
    };
    match variants::find_tc3(canonical, &target) {
        Some(found) => Verdict::Differs(found_difference(canonical, &found, right, &given.signature)),
        None => Verdict::Differs(unexplained(right, &given.signature, captured)),
    }
}

/// The first line of a text that was found to give the signature.
fn found_difference(step: &explain::Step, found: &Found, right: &str, given: &str) -> Difference {
    let lines: Vec<&str> = found.lines.iter().map(String::as_str).collect();
    match (first_difference(step, &lines), found.key) {
        (Some(difference), key) => {
            let reasons: Vec<&str> =
                [found.reason.as_str()].into_iter().chain(key).filter(|reason| !reason.is_empty()).collect();
            difference.because(reasons.join("; "))
        }
        (None, Some(key)) => Difference {
            step: "signing key",
            line: 1,
            what: "secret key".into(),
            expected: "(the key as it is, not shown)".into(),
            given: "(another key, not shown)".into(),
            reason: key.into(),
        },
        (None, None) => Difference {
            step: "signature",
            line: 1,
            what: "signature".into(),
            expected: right.into(),
            given: given.into(),
            reason: "the signature must be in lower case".into(),
        },
    }
}

fn unexplained(right: &str, given: &str, captured: &Captured) -> Difference {
    let reason = format!(
        "no known deviation gives this signature: another secret key was used, or what was signed is not what was \
         sent; the body as captured has {} bytes and the SHA-256 {}",
        captured.body.len(),
        sha256_hex(&captured.body)
    );
    Difference {
        step: "signature",
        line: 1,
        what: "signature".into(),
        expected: right.into(),
        given: given.into(),
        reason,
    }
}

fn v1_report(question: &Question, captured: &Captured, request: &V1Request) -> Report {
    let (key, no_key) = usable_key(question, request.value("SecretId"));
    let signer = key.map(|key| Signer::new(key.clone()));
    let sent = captured.as_sent();
    let host = sent.header("host").unwrap_or_default();
    let method = captured.method.to_uppercase();
    let parts = v1::Parts {
        algorithm: request.algorithm,
        method: &method,
        host,
        path: &captured.path,
        parameters: &request.parameters,
    };
    let explanation = explain::v1(&parts, signer.as_ref());
    let verdict = match (&request.signature, &explanation.signature) {
        (None, _) => Verdict::NothingToCompare,
        (Some(_), None) => Verdict::Unknown(format!("The signature was not checked: {no_key}.")),
        (Some(given), Some(right)) if given == right => Verdict::Agrees,
        (Some(given), Some(right)) => {
            Verdict::Differs(v1_difference(&explanation, request, key, right, given))
        }
    };
    let mut notes = Vec::new();
    if host.is_empty() {
        notes.push("The captured request has no Host header, which the signature covers.".to_owned());
    }
    Report { explanation, authorization: None, verdict, notes }
}

fn v1_difference(
    explanation: &Explanation,
    request: &V1Request,
    key: Option<&Credential>,
    right: &str,
    given: &str,
) -> Difference {
    let plain = |reason: &str| Difference {
        step: "signature",
        line: 1,
        what: "parameter Signature".into(),
        expected: right.into(),
        given: given.into(),
        reason: reason.into(),
    };
    if given.replace(' ', "+") == right {
        return plain("the `+` in the signature was sent without percent-encoding, and arrives as a space");
    }
    let decoded: Cow<'_, str> = percent_encoding::percent_decode_str(given).decode_utf8_lossy();
    if decoded == right {
        return plain("the signature was percent-encoded twice");
    }
    let (Some(step), Some(key)) = (explanation.steps.first(), key) else { return plain("") };
    let other = match request.algorithm {
        v1::Algorithm::Sha1 => (v1::Algorithm::Sha256, "HmacSHA256"),
        _ => (v1::Algorithm::Sha1, "HmacSHA1"),
    };
    if let Some(found) = variants::find_v1(step, &request.parameters, key, request.algorithm, given) {
        return found_difference(step, &found, right, given);
    }
    if Signer::new(key.clone()).v1_signature(other.0, &step.text()) == given {
        return Difference {
            step: "signature",
            line: 1,
            what: "parameter SignatureMethod".into(),
            expected: request.algorithm.as_str().into(),
            given: other.1.into(),
            reason: "the hash must be the one that SignatureMethod names; without it, HmacSHA1".into(),
        };
    }
    plain(
        "no known deviation gives this signature: another secret key was used, or what was signed is not what was sent",
    )
}
