//! The call as a program in several languages, and as commands.

use http::StatusCode;
use serde_json::{Value, json};

use super::calls::{Explorer, Members, Refusal, refuse};
use super::draft::dry_run;
use crate::call::snippet::{self, Call};

/// The forms and what the page calls them, in the order of the page.
const FORMS: [(&str, &str); 7] = [
    ("rust", "Rust"),
    ("curl", "curl"),
    ("python", "Python"),
    ("node", "Node.js"),
    ("go", "Go"),
    ("tccli", "tccli"),
    ("vod", "vod"),
];

/// `code`: the call in each form. No key is part of it: programs read theirs from the environment.
pub(crate) async fn code(explorer: &Explorer, body: &Value) -> Result<Value, Refusal> {
    let members = Members::read(body, &["action", "parameters", "target"])?;
    let (action, target) = (explorer.find(&members)?, explorer.target(&members)?);
    let parameters = members.parameters()?;
    let request = dry_run(action, target, parameters).await?;
    let uri = request.uri();
    let call = Call {
        action,
        parameters,
        body: &String::from_utf8_lossy(request.body()),
        scheme: uri.scheme_str().unwrap_or("https"),
        host: uri.authority().map_or("", http::uri::Authority::as_str),
        region: target.region(),
    };
    let form = |(form, name): &(&str, &str)| {
        let text = snippet::text(form, call)
            .map_err(|failure| refuse(StatusCode::INTERNAL_SERVER_ERROR, failure.to_string()))?;
        Ok(json!({ "name": name, "text": text }))
    };
    Ok(json!({ "forms": FORMS.iter().map(form).collect::<Result<Vec<Value>, Refusal>>()? }))
}
