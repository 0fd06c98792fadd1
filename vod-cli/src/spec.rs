//! `vod spec`: one module for each subcommand.

mod check;
mod diff;
mod excerpt;
mod expand;
mod import;
mod new;
mod openapi;
mod schema;
mod sites;

use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;
use vod_cli::failure::Failure;
use vod_cli::specs::Specs;
use vod_spec::model::Service;
use vod_spec::{load_service, suggest};

/// A subcommand of `vod spec`. Exit codes: 0 for success, 1 if something is wrong with the spec files, 2 if the
/// command could not be carried out.
#[derive(Subcommand)]
pub(crate) enum Command {
    Check(check::Arguments),
    Diff(diff::Arguments),
    Import(import::Arguments),
    Expand(expand::Arguments),
    New(new::Arguments),
    Openapi(openapi::Arguments),
    Schema(schema::Arguments),
    Sites(sites::Arguments),
}

impl Command {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        match self {
            Self::Check(arguments) => check::run(arguments),
            Self::Diff(arguments) => diff::run(arguments),
            Self::Import(arguments) => import::run(arguments),
            Self::Expand(arguments) => expand::run(arguments),
            Self::New(arguments) => new::run(arguments),
            Self::Openapi(arguments) => openapi::run(arguments),
            Self::Schema(arguments) => schema::run(arguments),
            Self::Sites(arguments) => sites::run(arguments),
        }
    }
}

/// The specs in a folder, or those of a service that the program was built with. They must have no problems.
fn service(place: &str) -> Result<Service, String> {
    let folder = Path::new(place);
    if !folder.exists() {
        let specs = Specs::builtin(place).map_err(|_| {
            format!("`{place}` is neither a folder nor a service that the program was built with")
        })?;
        return Ok(specs.whole());
    }
    let loaded = load_service(Path::new(""), folder);
    match loaded.problems.as_slice() {
        [] => Ok(loaded.service),
        [first, ..] => Err(format!(
            "{place} has problems ({}), see `vod spec check {place}`: {first}",
            loaded.problems.len()
        )),
    }
}

/// That a service has no such action, with the one that was probably meant.
fn unknown_action(service: &Service, place: &str, name: &str) -> String {
    let names = service.actions.iter().map(|action| action.name.as_str());
    let hint = suggest(name, names).map(|close| format!("; did you mean `{close}`?"));
    format!("{place} has no action `{name}`{}", hint.unwrap_or_default())
}
