//! `vod spec sites`: what only one of the vendor's two sites has.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use vod_cli::failure::Failure;
use vod_import::sites::differences;
use vod_spec::load_service;

/// List what only one of the vendor's two sites has, as Markdown.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Compare with this file instead of printing, and exit with 1 if it differs.
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    /// The directory of a service.
    directory: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let loaded = load_service(Path::new(""), &arguments.directory);
    if let Some(problem) = loaded.problems.first() {
        return Err(problem.to_string().into());
    }
    let page = differences(&loaded.service);
    let mut out = io::stdout().lock();
    let Some(path) = &arguments.check else {
        out.write_all(page.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    };
    let there =
        fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    if there == page {
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(
        out,
        "{} differs from the spec files; write it with `vod spec sites {} > {}`",
        path.display(),
        arguments.directory.display(),
        path.display()
    )?;
    Ok(ExitCode::from(1))
}
