//! The emulator as a program.

use std::process::ExitCode;

use clap::Parser as _;
use vod_emulator::cli::{Arguments, run};

// An answer is made of hundreds of small allocations.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    run(Arguments::parse()).await
}
