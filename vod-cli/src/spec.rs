//! `vod spec`: one module for each subcommand.

mod check;
mod expand;
mod import;
mod new;
mod schema;
mod sites;

use std::process::ExitCode;

use clap::Subcommand;

/// A subcommand of `vod spec`. Exit codes: 0 for success, 1 if something is wrong with the spec files, 2 if the
/// command could not be carried out.
#[derive(Subcommand)]
pub(crate) enum Command {
    Check(check::Arguments),
    Import(import::Arguments),
    Expand(expand::Arguments),
    New(new::Arguments),
    Schema(schema::Arguments),
    Sites(sites::Arguments),
}

impl Command {
    pub(crate) fn run(&self) -> Result<ExitCode, String> {
        match self {
            Self::Check(arguments) => check::run(arguments).map_err(|error| error.to_string()),
            Self::Import(arguments) => import::run(arguments),
            Self::Expand(arguments) => expand::run(arguments),
            Self::New(arguments) => new::run(arguments),
            Self::Schema(arguments) => schema::run(arguments),
            Self::Sites(arguments) => sites::run(arguments),
        }
    }
}
