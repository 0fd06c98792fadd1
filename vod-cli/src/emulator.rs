//! `vod emulator`: the service on this machine.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use vod_emulator::Emulator;

use crate::failure::{Exit, Failure};

/// Plays the service on this machine, with the options of `vod-emulator`; or runs a command against it.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct EmulatorArguments {
    #[command(flatten)]
    emulator: vod_emulator::cli::Arguments,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What to do with an emulator of one's own.
#[derive(Debug, Subcommand)]
enum Command {
    /// Start an emulator at a free port, run a command whose environment names it, stop it, and exit as the command did.
    Run {
        /// The command and its arguments, behind `--`
        #[arg(last = true, required = true)]
        command: Vec<String>,
    },
}

/// Runs the emulator.
///
/// # Errors
/// It or the command can't be started.
pub fn run(arguments: EmulatorArguments) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match arguments.command {
        None => Ok(runtime.block_on(vod_emulator::cli::run(arguments.emulator))),
        Some(Command::Run { command }) => runtime.block_on(run_against(&command)),
    }
}

async fn run_against(words: &[String]) -> Result<ExitCode, Failure> {
    let Some((program, arguments)) = words.split_first() else {
        return Err(Failure::usage("there is no command to run"));
    };
    let emulator = Emulator::start()
        .await
        .map_err(|error| Failure::new(Exit::Usage, format!("the emulator: {error}")))?;
    let status = tokio::process::Command::new(program)
        .args(arguments)
        .env("VOD_ENDPOINT", emulator.endpoint())
        .env("TENCENTCLOUD_SECRET_ID", emulator.secret_id())
        .env("TENCENTCLOUD_SECRET_KEY", emulator.secret_key())
        .env_remove("TENCENTCLOUD_TOKEN")
        .env_remove("TENCENTCLOUD_SESSION_TOKEN")
        .env_remove("VOD_PROFILE")
        .status()
        .await;
    emulator.shutdown().await;
    let status = status.map_err(|error| Failure::usage(format!("{program} can't be started: {error}")))?;
    // A command that a signal has ended has no code.
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(ExitCode::from(code))
}
