//! Checks the spec files of a service, and their texts if asked to.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use vod_spec::docs::check_docs;
use vod_spec::load_service;

/// Check the spec files of services and print every problem.
#[derive(Parser)]
#[command(name = "check")]
struct Arguments {
    /// Also refuse texts that are missing, say no more than the name beside them, or are not English.
    #[arg(long)]
    docs: bool,
    /// Directories, each with a service.toml.
    #[arg(required = true)]
    directories: Vec<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(error) => {
            // Nothing can be done about a closed terminal.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<usize> {
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
    Ok(total)
}
