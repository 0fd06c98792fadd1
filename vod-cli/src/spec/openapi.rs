//! `vod spec openapi`: the specs of a service as a document of `OpenAPI` 3.1.

mod operation;
mod schemas;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Args;
use serde_json::{Map, Value, json};
use vod_cli::failure::Failure;
use vod_spec::model::Service;

use self::operation::operation;
use self::schemas::Schemas;

/// Print an OpenAPI 3.1 document of a service, for tools that read such documents.
///
/// The service has one path, `/`, and the header `X-TC-Action` names the action. OpenAPI tells operations apart by path
/// and method alone, so that each one has the path `/#ACTION`: what follows `#` is not sent. Tools can make the
/// requests, but not the signature in `Authorization` (TC3-HMAC-SHA256).
#[derive(Args)]
#[allow(clippy::doc_markdown, reason = "the comments are the help, where backticks would show")]
pub(crate) struct Arguments {
    /// A folder with a service.toml, or the name of a service that the program was built with.
    #[arg(default_value = "vod")]
    service: String,
    /// The only actions, with commas between them; all of them if it is not given.
    #[arg(long, value_delimiter = ',', value_name = "ACTIONS")]
    only: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut service = super::service(&arguments.service)?;
    if !arguments.only.is_empty() {
        let names: Vec<&str> = arguments.only.iter().map(String::as_str).collect();
        if let Some(unknown) = names.iter().find(|name| service.action(name).is_none()) {
            return Err(super::unknown_action(&service, &arguments.service, unknown).into());
        }
        service = service.select(&names).map_err(|unknown| unknown.join("; "))?;
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{:#}", document(&service))?;
    Ok(ExitCode::SUCCESS)
}

fn document(service: &Service) -> Value {
    let mut schemas = Schemas::new(service);
    let paths: Map<String, Value> = service
        .actions
        .iter()
        .map(|action| {
            (format!("/#{}", action.name), json!({ "post": operation(action, service, &mut schemas) }))
        })
        .collect();
    let tags = service
        .categories
        .iter()
        .map(|category| json!({ "name": category.name, "description": category.doc }));
    json!({
        "openapi": "3.1.0",
        "info": { "title": service.name, "version": service.version, "summary": service.summary, "description": service.doc },
        "servers": servers(service),
        "security": [{ "TC3": [] }],
        "tags": tags.collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "schemas": schemas.into_map(),
            "parameters": headers(service),
            "securitySchemes": { "TC3": {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "description": "TC3-HMAC-SHA256: a signature of method, path, headers and body, made for each request.",
            } },
        },
    })
}

/// The hosts that are whole. One with a region in it would need a default region, which the specs do not name.
fn servers(service: &Service) -> Vec<Value> {
    let whole = service.endpoints.iter().filter(|endpoint| !endpoint.host.contains('{'));
    whole
        .map(|endpoint| json!({ "url": format!("https://{}", endpoint.host), "description": endpoint.name }))
        .collect()
}

/// The headers that every call has.
fn headers(service: &Service) -> Value {
    let header = |name: &str, required: bool, schema: Value, doc: &str| json!({ "name": name, "in": "header", "required": required, "schema": schema, "description": doc });
    json!({
        "Version": header("X-TC-Version", true, json!({ "type": "string", "const": service.version }), "The version of the API."),
        "Timestamp": header("X-TC-Timestamp", true, json!({ "type": "integer" }), "The time of the signature, in seconds since 1970."),
        "Region": header("X-TC-Region", false, json!({ "type": "string" }), "The region, for a service that has any."),
        "Token": header("X-TC-Token", false, json!({ "type": "string" }), "The token of a temporary credential."),
        "Language": header("X-TC-Language", false, json!({ "type": "string", "enum": ["en-US", "zh-CN"] }), "The language of messages."),
    })
}
