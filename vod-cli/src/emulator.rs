//! `vod emulator`: the service on this machine, with the options of `vod-emulator`.

use std::process::ExitCode;

pub use vod_emulator::cli::Arguments;

use crate::failure::Failure;

/// Runs the emulator, or a command beside one.
///
/// # Errors
/// There is no runtime for it.
pub fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    Ok(runtime.block_on(vod_emulator::cli::run(arguments)))
}
