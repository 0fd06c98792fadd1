//! `vod sign`: signatures of calls, step by step.

mod authorization;
mod captured;
mod difference;
mod explain;
mod pasted;
mod print;
mod report;
mod v1_request;
mod variants;

use std::process::ExitCode;

use clap::Subcommand;

/// A subcommand of `vod sign`.
#[derive(Subcommand)]
pub(crate) enum Command {
    Explain(explain::Arguments),
}

impl Command {
    pub(crate) fn run(&self) -> Result<ExitCode, String> {
        match self {
            Self::Explain(arguments) => explain::run(arguments),
        }
    }
}
