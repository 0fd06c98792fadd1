//! Sends a call, and says what came of it.

use std::time::Instant;

use http::StatusCode;
use serde_json::{Value, json};
use vod_api::{Error, ErrorClass};
use vod_spec::model::Service;

use super::calls::{Explorer, Members, Refusal, refuse};
use super::catalogue::{self, changes_something};
use super::draft::problems;
use super::targets::{milliseconds, with_attempts};
use crate::dynamic::DynamicAction;
use crate::failure::by_options;
use crate::output::Document;

/// `send`: carries the call out. A call that may change a real account must be confirmed by the action's name.
pub(crate) async fn send(explorer: &Explorer, body: &Value) -> Result<Value, Refusal> {
    let members = Members::read(body, &["action", "parameters", "target", "confirm"])?;
    let (action, target) = (explorer.find(&members)?, explorer.target(&members)?);
    let parameters = members.parameters()?;
    let problems = problems(action, parameters);
    if !problems.is_empty() {
        return Err((
            StatusCode::UNPROCESSABLE_ENTITY,
            json!({ "error": "the parameters break limits", "problems": problems }),
        ));
    }
    if target.is_real
        && changes_something(action.model())
        && members.optional_text("confirm") != Some(action.name())
    {
        let reason = "the action may change the real account; confirm it by its name";
        return Err((StatusCode::CONFLICT, json!({ "error": reason, "confirm": action.name() })));
    }
    let mut request = action
        .request(parameters)
        .map_err(|_| refuse(StatusCode::UNPROCESSABLE_ENTITY, "the parameters break limits"))?;
    let mut response = action.response();
    #[expect(clippy::disallowed_methods, reason = "the time that a person waited is measured")]
    let started = Instant::now();
    let call = action.call(target.client());
    let (outcome, attempts) = with_attempts(call.send(&mut request, &mut response)).await;
    let elapsed = milliseconds(started.elapsed());
    let mut shown = match outcome {
        Ok(answer) => {
            let response = Document::parse(&answer.json).ok().and_then(|body| body.into_member("Response"));
            let response = response.unwrap_or(Document::Null);
            let request_id = response.member("RequestId").and_then(Document::as_text).map(str::to_owned);
            let response = catalogue::masked(action.service(), &action.model().response, response);
            let mismatches: Vec<String> = answer.mismatches.iter().map(ToString::to_string).collect();
            json!({
                "ok": true,
                "request_id": request_id,
                // As text, so that the members stay in the order in which they came.
                "response": response.compact(),
                "mismatches": mismatches,
            })
        }
        Err(error) => json!({
            "ok": false,
            "request_id": error.request_id(),
            "error": explained(action, &explorer.service, &error),
        }),
    };
    shown["elapsed_ms"] = elapsed.into();
    shown["attempts"] = attempts.into();
    Ok(shown)
}

/// An error, what the spec says of its code, and what the client does about it.
fn explained(action: &DynamicAction, service: &Service, error: &Error) -> Value {
    let code = error.code_str();
    let doc = code.and_then(|code| {
        let own = action.model().errors.iter();
        own.chain(&service.errors).chain(&service.action_errors).find(|listed| listed.code == code)
    });
    json!({
        "kind": format!("{:?}", error.kind()),
        "code": code,
        "message": by_options(error.message()),
        "status": error.http_status(),
        "snippet": code.is_none().then(|| error.snippet()).flatten(),
        "doc": doc.map(|listed| listed.doc.as_str()),
        "class": code.and_then(|code| service.error_class(code)).map(vod_spec::model::ErrorClass::name),
        "advice": advice(error),
    })
}

/// What the client does about an error, and what its caller can do.
fn advice(error: &Error) -> &'static str {
    match error.class() {
        Some(ErrorClass::Caller) => "The request must be changed. The client does not send it again.",
        Some(ErrorClass::Authentication) => {
            "The account, its permissions or the credential must be put right."
        }
        Some(ErrorClass::TokenExpired) => {
            "The client asks its provider for a new credential and sends the call once more."
        }
        Some(ErrorClass::CredentialRefused) => {
            "The credential is unknown or its key is another one; the tab Signature shows what was signed."
        }
        Some(ErrorClass::ClockSkew) => {
            "The client corrects its clock by the answer's Date and sends the call once more."
        }
        Some(ErrorClass::Throttling) => "The client waits, lowers its rate and sends the call again.",
        Some(ErrorClass::Service | ErrorClass::Retryable) if error.may_have_taken_effect() => {
            "The outcome is unknown. The client sends the call again only if the action is idempotent."
        }
        Some(ErrorClass::Service | ErrorClass::Retryable) => "The client sends the call again after a pause.",
        Some(ErrorClass::None) => "Nothing failed.",
        _ if error.is_connect() => "There is no connection: the call did not reach the service.",
        _ if error.is_timeout() => "Time ran out: the service may have carried the call out.",
        _ => "",
    }
}
