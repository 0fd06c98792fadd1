//! A call before it is sent: what is wrong with its parameters, and the request that would leave.

use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderName};
use http::{Request, StatusCode};
use serde_json::{Value, json};

use super::calls::{Explorer, Members, Refusal, refuse};
use super::catalogue;
use super::targets::Target;
use crate::call::dry_run::http_text;
use crate::dynamic::DynamicAction;
use crate::failure::by_options;
use crate::output::Document;
use crate::sign::masked;

/// `check`: the problems of the parameters, and the request if there are none.
pub(crate) async fn check(explorer: &Explorer, body: &Value) -> Result<Value, Refusal> {
    let members = Members::read(body, &["action", "parameters", "target"])?;
    let (action, target) = (explorer.find(&members)?, explorer.target(&members)?);
    let parameters = members.parameters()?;
    let problems = problems(action, parameters);
    let request = if problems.is_empty() {
        let request = dry_run(action, target, parameters).await?;
        shown(action, target, parameters, &request)
    } else {
        Value::Null
    };
    Ok(json!({ "problems": problems, "request": request }))
}

/// Everything that is wrong with the parameters, with the path of each.
pub(crate) fn problems(action: &DynamicAction, parameters: &Value) -> Vec<Value> {
    match action.request(parameters) {
        Ok(_) => Vec::new(),
        Err(problems) => problems
            .iter()
            .map(|problem| json!({ "path": problem.path, "message": problem.message }))
            .collect(),
    }
}

/// The request that the call would send now: by the whole way of a call, except for the network.
pub(crate) async fn dry_run(
    action: &DynamicAction,
    target: &Target,
    parameters: &Value,
) -> Result<Request<Bytes>, Refusal> {
    let unusable = |reason: String| refuse(StatusCode::UNPROCESSABLE_ENTITY, reason);
    let mut request = action.request(parameters).map_err(|problems| {
        unusable(problems.first().map_or_else(String::new, |problem| problem.message.clone()))
    })?;
    let (client, caught) = target.dry().map_err(unusable)?;
    let sent = action.call(&client).send(&mut request, &mut action.response()).await;
    match (caught.take(), sent) {
        (Some(request), _) => Ok(request),
        (None, Err(error)) => Err(unusable(by_options(&error.to_string()))),
        (None, Ok(_)) => Err(unusable("no request was made".into())),
    }
}

/// The request as HTTP, with what is secret in stars.
fn shown(action: &DynamicAction, target: &Target, parameters: &Value, request: &Request<Bytes>) -> Value {
    let header = |name: &HeaderName, value: &str| match name.as_str() {
        name if name == AUTHORIZATION.as_str() => masked_authorization(value, target),
        "x-tc-token" => "********".to_owned(),
        _ => value.to_owned(),
    };
    json!({
        "text": http_text(request, header, &body(action, parameters, request.body())),
        "url": request.uri().to_string(),
        "bytes": request.body().len(),
    })
}

/// The body as it is sent, unless it holds something sensitive: then its parameters, masked.
fn body(action: &DynamicAction, parameters: &Value, body: &Bytes) -> String {
    // The parts of a multipart body are not read again. What they hold came as parameters.
    let json = Document::parse(body).unwrap_or_else(|_| Document::from(parameters));
    let masked = catalogue::masked(action.service(), &action.model().request, json.clone());
    if masked == json { String::from_utf8_lossy(body).into_owned() } else { masked.compact() }
}

/// Without the signature, and with the ends of the secret id only.
fn masked_authorization(value: &str, target: &Target) -> String {
    let id = target.credential.secret_id();
    let shown = value.replace(id, &masked(id));
    match shown.find("Signature=") {
        Some(at) => {
            let signature = &shown[at + "Signature=".len()..];
            let first: String = signature.chars().take(8).collect();
            format!("{}Signature={first}... (masked)", &shown[..at])
        }
        None => shown,
    }
}
