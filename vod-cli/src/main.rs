//! The command `vod`.

mod spec;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use vod_cli::{explorer, sign};

/// Tools for Tencent Cloud VOD (Video on Demand).
#[derive(Parser)]
#[command(name = "vod", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check, import and show spec files.
    #[command(subcommand)]
    Spec(spec::Command),
    /// Explain signatures of calls.
    #[command(subcommand)]
    Sign(sign::Command),
    Explorer(explorer::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Spec(command) => command.run(),
        Command::Sign(command) => command.run(),
        Command::Explorer(arguments) => explorer::run(&arguments),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            // A closed standard error cannot be reported anywhere.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::from(2)
        }
    }
}
