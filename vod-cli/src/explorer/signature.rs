//! The signature of a call, step by step, and where another one differs.

use std::time::SystemTime;

use bytes::Bytes;
use http::{Request, StatusCode};
use serde_json::Value;

use super::calls::{Explorer, Members, Refusal, refuse};
use super::draft::dry_run;
use super::targets::Target;
use crate::sign::{Captured, Pasted, Question, Redaction, masked, report, to_json};

/// `sign`: the steps of the signature that the call would have now. With `against`, another signer's text or the
/// service's answer is compared; its timestamp is taken over, so that time alone makes no difference.
pub(crate) async fn explain(explorer: &Explorer, body: &Value) -> Result<Value, Refusal> {
    let members = Members::read(body, &["action", "parameters", "target", "against"])?;
    let (action, target) = (explorer.find(&members)?, explorer.target(&members)?);
    let request = dry_run(action, target, members.parameters()?).await?;
    let pasted = match members.optional_text("against").map(str::trim).filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => {
            let pasted = Pasted::read(text);
            if pasted.is_empty() {
                let reason = "the text has no canonical request, no string to sign, no Authorization header and no error code";
                return Err(refuse(StatusCode::UNPROCESSABLE_ENTITY, reason));
            }
            Some(pasted)
        }
    };
    let mut captured = captured(&request);
    if let Some(timestamp) = pasted.as_ref().and_then(Pasted::timestamp) {
        captured.set_header("X-TC-Timestamp", &timestamp);
    }
    let code = pasted.as_ref().and_then(|pasted| pasted.code.clone());
    let refusal = code.and_then(|code| {
        let all = explorer.service.errors.iter().chain(&action.model().errors);
        let listed = all.into_iter().find(|listed| listed.code == code)?;
        Some((explorer.service.error_class(&code)?, listed.doc.clone()))
    });
    #[expect(clippy::disallowed_methods, reason = "compared with the time in a signature")]
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let question = Question {
        captured,
        pasted,
        service: Some(explorer.service.name.clone()),
        credential: Some(target.credential.clone()),
        refusal,
        now,
    };
    let report = report(&question).map_err(|reason| refuse(StatusCode::UNPROCESSABLE_ENTITY, reason))?;
    let mut json = to_json(&report, &Redaction::new(Some(&target.credential)));
    mask(&mut json, target);
    Ok(json)
}

/// The request without its own signature: the one to compare with comes from elsewhere.
fn captured(request: &Request<Bytes>) -> Captured {
    let headers = request.headers().iter().filter(|(name, _)| *name != http::header::AUTHORIZATION);
    Captured {
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        headers: headers
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect(),
        body: request.body().to_vec(),
        notes: Vec::new(),
    }
}

/// Leaves the first digits of signatures of a real account, and the ends of its secret id.
fn mask(json: &mut Value, target: &Target) {
    if !target.is_real {
        return;
    }
    let signature = json["signature"].as_str().unwrap_or_default().to_owned();
    let first: String = signature.chars().take(8).collect();
    let id = target.credential.secret_id();
    replace(json, &|text| {
        let text = text.replace(id, &masked(id));
        if signature.is_empty() { text } else { text.replace(&signature, &format!("{first}... (masked)")) }
    });
}

fn replace(json: &mut Value, change: &impl Fn(&str) -> String) {
    match json {
        Value::String(text) => *text = change(text),
        Value::Array(values) => values.iter_mut().for_each(|value| replace(value, change)),
        Value::Object(members) => members.values_mut().for_each(|value| replace(value, change)),
        _ => {}
    }
}
