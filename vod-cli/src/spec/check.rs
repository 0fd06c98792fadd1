//! `vod spec check`: the problems of spec files, as the macros would report them, and of their texts.

use std::fs;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use vod_cli::failure::Failure;
use vod_import::text_lints::check_docs_against;
use vod_spec::load_service;

use super::excerpt::Excerpts;

/// Check the spec files of services and print every problem, with the line that it is about.
///
/// The words are those of the compile error that the file would cause.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Also check the texts: missing, no more than the name beside them, not English.
    #[arg(long)]
    docs: bool,
    /// Also refuse texts that share twelve words in a row with this file, for example the vendor's model.
    #[arg(long, value_name = "FILE", requires = "docs")]
    against: Option<PathBuf>,
    /// Print one line for each problem: `file:line:column [item] what is wrong; what to write instead`.
    #[arg(long)]
    short: bool,
    /// Directories, each with a service.toml.
    #[arg(required = true)]
    directories: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let source = arguments.against.as_ref().map(fs::read_to_string).transpose()?;
    let mut excerpts = Excerpts::new(io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none());
    let mut out = io::stdout().lock();
    let mut total = 0;
    for directory in &arguments.directories {
        let loaded = load_service(Path::new(""), directory);
        let mut problems = loaded.problems;
        if arguments.docs {
            problems.extend(check_docs_against(&loaded.service, source.as_deref()));
            problems.sort();
        }
        for problem in &problems {
            if arguments.short {
                writeln!(out, "{problem}")?;
            } else {
                writeln!(out, "{}\n", excerpts.render(problem))?;
            }
        }
        total += problems.len();
    }
    let plural = if total == 1 { "" } else { "s" };
    writeln!(out, "{total} problem{plural}")?;
    Ok(if total == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
