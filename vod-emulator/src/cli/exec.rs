//! Runs a command beside an emulator of its own.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use clap::Subcommand;

use crate::emulator::Emulator;

/// What the program does in place of serving until it is told to stop.
#[derive(Debug, Subcommand)]
#[allow(clippy::doc_markdown, reason = "the comments are the help, where backticks would show")]
pub enum Task {
    /// Run a command with an emulator on a free port, and end with the command's exit code
    ///
    /// The command finds VOD_ENDPOINT, VOD_STORAGE_ENDPOINT, VOD_METADATA_ENDPOINT, VOD_EMULATOR_ENDPOINT,
    /// TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY in its environment.
    Exec {
        /// Where the state is kept if the command fails
        #[arg(long, value_name = "FILE", default_value = "vod-emulator-failure.json")]
        failure_snapshot: PathBuf,

        /// The command and its arguments
        #[arg(last = true, required = true, value_name = "COMMAND")]
        command: Vec<OsString>,
    },
}

/// Runs the command to its end. The result is its exit code; one that a signal ended has none, and counts as 1.
pub(crate) async fn execute(
    emulator: &Emulator,
    command: Vec<OsString>,
    failure_snapshot: PathBuf,
) -> io::Result<ExitCode> {
    let endpoint = emulator.endpoint();
    let mut parts = command.into_iter();
    let program = parts.next().unwrap_or_default();
    let mut child = Command::new(&program);
    child
        .args(parts)
        .env("VOD_ENDPOINT", &endpoint)
        .env("VOD_EMULATOR_ENDPOINT", &endpoint)
        .env("VOD_METADATA_ENDPOINT", &endpoint)
        .env("VOD_STORAGE_ENDPOINT", format!("{endpoint}/_storage/{{bucket}}"))
        .env("TENCENTCLOUD_SECRET_ID", emulator.secret_id())
        .env("TENCENTCLOUD_SECRET_KEY", emulator.secret_key());
    // Waiting blocks a thread, which must not be one that serves.
    let status = tokio::task::spawn_blocking(move || child.status()).await.map_err(io::Error::other)?;
    let status = status.map_err(|error| {
        io::Error::new(error.kind(), format!("the command {} cannot be run: {error}", program.display()))
    })?;
    if !status.success() {
        match emulator.service().save_to(&failure_snapshot) {
            Ok(()) => tracing::warn!("the command failed; the state is in {}", failure_snapshot.display()),
            Err(error) => tracing::warn!("the command failed, and the state could not be kept: {error}"),
        }
    }
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(ExitCode::from(code))
}
