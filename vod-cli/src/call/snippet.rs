//! A call as a program in several languages, and as commands.

mod curl;
mod go;
mod node;
mod python;
mod rust;
mod shell;

use serde_json::Value;
use vod_spec::model::BodyFormat;

use crate::dynamic::DynamicAction;
use crate::failure::Failure;

pub use shell::{tccli_command, vod_command};

/// What a program is made of.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The action.
    pub action: &'a DynamicAction,
    /// The parameters.
    pub parameters: &'a Value,
    /// The same as a body.
    pub body: &'a str,
    /// `https` or `http`.
    pub scheme: &'a str,
    /// The host, with its port if it has one.
    pub host: &'a str,
    /// The region, or nothing.
    pub region: &'a str,
}

/// The names of the forms.
pub const FORMS: [&str; 8] = ["http", "body", "curl", "rust", "python", "node", "go", "tccli"];

/// The program.
///
/// # Errors
/// There is no such form, or none of the action's body.
pub fn text(form: &str, call: Call<'_>) -> Result<String, Failure> {
    let format = call.action.model().body;
    if format != BodyFormat::Json && FORMS.contains(&form) {
        let message = format!("--as {form}: not for a body of the format `{}`", format.name());
        return Err(Failure::usage(message).hint("`http`, `body` and `vod` show such a call"));
    }
    Ok(match form {
        "curl" => curl::text(call),
        "rust" => rust::text(call),
        "python" => python::text(call),
        "node" => node::text(call),
        "go" => go::text(call),
        "tccli" => tccli_command(call.action, call.parameters),
        "vod" => vod_command(call.action, call.parameters),
        other => {
            let known = FORMS.into_iter().chain(["vod"]);
            let all: Vec<&str> = known.clone().collect();
            let failure = Failure::usage(format!("--as: `{other}` is no form: {}", all.join(", ")));
            return Err(match vod_spec::suggest(other, known) {
                Some(near) => failure.hint(format!("did you mean `{near}`?")),
                None => failure,
            });
        }
    })
}
