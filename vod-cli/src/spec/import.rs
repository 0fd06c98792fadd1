//! `vod spec import`: spec files from the vendor's published model.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use vod_cli::failure::Failure;
use vod_import::{Input, Outcome, import};

/// Create or update the spec files of a service from the vendor's published model. Facts follow the model; hand-written
/// texts are kept.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Model: the file `api.json` of the vendor's command line (tccli).
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    /// Examples: the file `examples.json` beside the model.
    #[arg(long, value_name = "FILE")]
    examples: Option<PathBuf>,
    /// Directory of the service's spec files.
    #[arg(long, value_name = "DIRECTORY")]
    out: PathBuf,
    /// Write nothing, and exit with 1 if anything would change.
    #[arg(long)]
    check: bool,
    /// TOML file with the folder of each action, and its rate limit and page where known.
    #[arg(long, value_name = "FILE")]
    categories: Option<PathBuf>,
    /// JSON file with the error codes of each action.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Service name for signatures [default: that of the model].
    #[arg(long, value_name = "NAME")]
    service_name: Option<String>,
    /// Actions to import, separated by commas [default: all].
    #[arg(long, value_name = "ACTIONS", value_delimiter = ',')]
    only: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let model = read(&arguments.model)?;
    let examples = arguments.examples.as_deref().map(read).transpose()?;
    let categories = arguments.categories.as_deref().map(read).transpose()?;
    let errors = arguments.errors.as_deref().map(read).transpose()?;
    let input = Input {
        model: &model,
        examples: examples.as_deref(),
        categories: categories.as_deref(),
        errors: errors.as_deref(),
        service_name: arguments.service_name.as_deref(),
        only: &arguments.only,
    };
    let outcome = import(&arguments.out, &input).map_err(Failure::usage)?;
    print(&outcome, arguments.check)?;
    if arguments.check {
        return Ok(if outcome.files.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) });
    }
    outcome
        .write(&arguments.out)
        .map_err(|error| format!("{} cannot be written: {error}", arguments.out.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

fn print(outcome: &Outcome, check: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for change in &outcome.changes {
        writeln!(out, "{change}")?;
    }
    for note in &outcome.notes {
        writeln!(out, "note: {note}")?;
    }
    let (verb, files) = (if check { "would change" } else { "changed" }, outcome.files.len());
    writeln!(out, "{} changes, {} notes, {files} files {verb}", outcome.changes.len(), outcome.notes.len())
}
