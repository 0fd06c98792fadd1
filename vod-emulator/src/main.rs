//! The emulator as a program.

use std::process::ExitCode;

use clap::Parser as _;
use vod_emulator::cli::{Arguments, run};

#[tokio::main]
async fn main() -> ExitCode {
    run(Arguments::parse()).await
}
