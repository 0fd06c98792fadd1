//! `vod spec check`: the problems of spec files, as the macros would report them, and of their texts.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use vod_import::text_lints::check_docs;
use vod_spec::load_service;

/// Check the spec files of services and print every problem.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Also check the texts: missing, no more than the name beside them, not English.
    #[arg(long)]
    docs: bool,
    /// Directories, each with a service.toml.
    #[arg(required = true)]
    directories: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> io::Result<ExitCode> {
    let mut out = io::stdout().lock();
    let mut total = 0;
    for directory in &arguments.directories {
        let loaded = load_service(Path::new(""), directory);
        let mut problems = loaded.problems;
        if arguments.docs {
            problems.extend(check_docs(&loaded.service));
            problems.sort();
        }
        for problem in &problems {
            writeln!(out, "{problem}")?;
        }
        total += problems.len();
    }
    let plural = if total == 1 { "" } else { "s" };
    writeln!(out, "{total} problem{plural}")?;
    Ok(if total == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
