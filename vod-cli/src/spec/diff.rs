//! `vod spec diff`: what two versions of a service's specs say differently.

mod compare;
mod facts;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};
use vod_cli::failure::Failure;
use vod_cli::output::{self, Document, Format};

use self::compare::{Difference, compare};

/// Compare two versions of the specs of a service, and tell which differences break programs.
///
/// A difference is marked `breaking` if a program that was written for OLD may not compile with NEW, or if a request
/// that OLD accepts is refused by NEW. Exits with 0 if there is no difference and with 1 if there is one.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The earlier version: a folder with a service.toml, or the name of a service that the program was built with.
    old: String,
    /// The later version.
    new: String,
    /// Compare texts and examples too.
    #[arg(long)]
    docs: bool,
    /// Only differences that break programs.
    #[arg(long)]
    breaking: bool,
    /// json, jsonl, yaml or table, instead of lines.
    #[arg(long, short, value_name = "FORM")]
    output: Option<Format>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (old, new) = (super::service(&arguments.old)?, super::service(&arguments.new)?);
    let mut found = compare(&old, &new, arguments.docs);
    found.retain(|difference| difference.is_breaking || !arguments.breaking);
    print(&found, arguments.output)?;
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn print(found: &[Difference], format: Option<Format>) -> io::Result<()> {
    if let Some(format) = format {
        let rows: Vec<Value> = found.iter().map(to_json).collect();
        return output::print(&Document::from(&Value::Array(rows)), format, None);
    }
    let mut out = io::stdout().lock();
    for difference in found {
        writeln!(out, "{difference}")?;
    }
    let breaking = found.iter().filter(|difference| difference.is_breaking).count();
    let plural = if found.len() == 1 { "" } else { "s" };
    writeln!(out, "{} difference{plural}, {breaking} breaking", found.len())
}

fn to_json(difference: &Difference) -> Value {
    json!({
        "kind": difference.kind.word(),
        "what": difference.what,
        "item": difference.item,
        "detail": difference.detail,
        "breaking": difference.is_breaking,
    })
}
