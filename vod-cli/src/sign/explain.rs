//! `vod sign explain`: the steps of a signature, and the first line in which another one differs.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::process::ExitCode;
use std::time::SystemTime;

use clap::{Args, ValueEnum};
use vod_api::Credential;
use vod_api::credential::{CredentialProvider as _, EnvironmentProvider, ProfileProvider, TccliProvider};

use vod_emulator::{DEFAULT_SECRET_ID, DEFAULT_SECRET_KEY};
use vod_spec::model::ErrorClass;

use super::captured::Captured;
use super::pasted::Pasted;
use super::print::{Redaction, to_json, to_text};
use super::report::{Question, Verdict, report};
use crate::failure::Failure;
use crate::specs::Specs;

/// Show the steps of a call's signature, and the first line that differs from another signature.
///
/// The request is the text of an HTTP request: request line, headers, an empty line and the body, for example from
/// `curl --verbose` or a proxy. The signature to check is its `Authorization` header or its parameter `Signature`.
/// With --against, another signer's canonical request or string to sign, or the service's answer, is compared too.
///
/// The secret key is read from the environment, the profile files or tccli's files, and is never printed. Without it,
/// everything but the signature itself is shown and compared.
///
/// Exit codes: 0 everything agrees or there is nothing to compare, 1 something differs, 2 the input cannot be used.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The request: a file, or `-` for standard input
    #[arg(value_name = "FILE")]
    request: String,

    /// The Authorization header, if the request does not contain it
    #[arg(long, value_name = "TEXT")]
    authorization: Option<String>,

    /// Text to compare with: a canonical request, a string to sign or the service's answer; a file, `-` for standard
    /// input, or the text itself
    #[arg(long, value_name = "FILE|TEXT")]
    against: Option<String>,

    /// Name of the service [default: from the host or the signature]
    #[arg(long, value_name = "NAME")]
    service: Option<String>,

    /// Profile with the secret key [default: the environment, then the default profile, then tccli's]
    #[arg(long, value_name = "NAME", conflicts_with = "no_key")]
    profile: Option<String>,

    /// Do not look for a secret key
    #[arg(long)]
    no_key: bool,

    /// Output format
    #[arg(short, long, value_enum, default_value_t = Output::Text)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// For people
    Text,
    /// For programs
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if arguments.request == "-" && arguments.against.as_deref() == Some("-") {
        return Err(Failure::usage("only one of the request and --against can be read from standard input"));
    }
    let mut captured = Captured::parse(&read(&arguments.request)?)?;
    if let Some(header) = &arguments.authorization {
        let value = header.trim();
        let value = match value.split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("authorization") => value,
            _ => value,
        };
        captured.set_header("Authorization", value);
    }
    let pasted = arguments.against.as_deref().map(against).transpose()?;
    let credential = match credential(arguments)? {
        None if !arguments.no_key => emulators(&captured),
        found => found,
    };
    #[expect(clippy::disallowed_methods, reason = "a command is told no time")]
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let refusal = pasted.as_ref().and_then(|pasted| refusal(pasted.code.as_deref()?));
    let question =
        Question { captured, pasted, service: arguments.service.clone(), credential, refusal, now };
    let report = report(&question)?;

    let redaction = Redaction::new(question.credential.as_ref());
    let text = match arguments.output {
        Output::Text => to_text(&report, &redaction),
        Output::Json => format!("{:#}\n", to_json(&report, &redaction)),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(if matches!(report.verdict, Verdict::Differs(_)) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// What the spec says of a code that every action can answer.
fn refusal(code: &str) -> Option<(ErrorClass, String)> {
    let specs = Specs::builtin("vod").ok()?;
    let head = specs.head();
    let listed = head.errors.iter().chain(&head.action_errors).find(|listed| listed.code == code)?;
    Some((head.error_class(code)?, listed.doc.clone()))
}

fn read(file: &str) -> Result<Vec<u8>, String> {
    if file == "-" {
        let mut bytes = Vec::new();
        io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| format!("standard input cannot be read: {error}"))?;
        return Ok(bytes);
    }
    fs::read(file).map_err(|error| format!("{file} cannot be read: {error}"))
}

/// A file if there is one of this name, otherwise the text itself.
fn against(argument: &str) -> Result<Pasted, String> {
    let is_file = argument == "-" || (!argument.contains('\n') && fs::metadata(argument).is_ok());
    let text =
        if is_file { String::from_utf8_lossy(&read(argument)?).into_owned() } else { argument.to_owned() };
    let pasted = Pasted::read(&text);
    if pasted.is_empty() {
        return Err(
            "--against has no canonical request, no string to sign, no Authorization header and no error \
                    code; name a file with one of them"
                .into(),
        );
    }
    Ok(pasted)
}

/// The key, from places that need no network. None if there is none and none was named.
fn credential(arguments: &Arguments) -> Result<Option<Credential>, String> {
    if arguments.no_key {
        return Ok(None);
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("no runtime can be started: {error}"))?;
    runtime.block_on(async {
        if let Some(name) = &arguments.profile {
            let found = ProfileProvider::new().profile(name).credential().await;
            return found.map(Some).map_err(|error| format!("profile `{name}`: {error}"));
        }
        for found in [
            EnvironmentProvider::new().credential().await,
            ProfileProvider::new().credential().await,
            TccliProvider::new().credential().await,
        ] {
            match found {
                Ok(credential) => return Ok(Some(credential)),
                Err(error) if error.is_not_configured() => {}
                Err(error) => return Err(error.to_string()),
            }
        }
        Ok(None)
    })
}

/// The emulator's credential, which is no secret, for a request that names its id.
fn emulators(captured: &Captured) -> Option<Credential> {
    let id = DEFAULT_SECRET_ID;
    let names = |text: &[u8]| text.windows(id.len()).any(|part| part == id.as_bytes());
    let header = captured.as_sent().header("authorization").unwrap_or_default();
    let is_named = names(header.as_bytes()) || names(captured.query.as_bytes()) || names(&captured.body);
    is_named.then(|| Credential::new(id, DEFAULT_SECRET_KEY))
}
