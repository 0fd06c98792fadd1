//! `vod task`: tasks, waited for.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Subcommand};
use vod_api::task::TaskResult as _;

use crate::session::{block_on, client};

/// A subcommand of `vod task`.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Wait until a task has ended; print its failures and what it produced
    ///
    /// Ends with status 0 if all of it succeeded, and with 1 otherwise.
    Wait(Wait),
}

/// Arguments of `vod task wait`.
#[derive(Args, Debug)]
pub struct Wait {
    /// Id of the task
    #[arg(value_name = "TASK-ID")]
    id: String,

    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,

    /// Print the whole answer as JSON instead
    #[arg(long)]
    json: bool,
}

impl Command {
    /// Carries it out.
    ///
    /// # Errors
    /// There can be no client, or a call fails.
    pub fn run(&self) -> Result<ExitCode, String> {
        let Self::Wait(wait) = self;
        wait.run()
    }
}

impl Wait {
    fn run(&self) -> Result<ExitCode, String> {
        let client = client()?;
        let mut wait = client.wait_for_task(&self.id);
        if let Some(seconds) = self.timeout {
            wait = wait.timeout(Duration::from_secs(seconds));
        }
        let detail = block_on(async { wait.await.map_err(|error| error.to_string()) })?;
        let outcome = detail.outcome();
        let is_success = outcome.as_ref().is_some_and(vod_api::task::TaskOutcome::is_success);
        let mut out = io::stdout();
        let printed = if self.json {
            let json = serde_json::to_string_pretty(&detail).map_err(|error| error.to_string())?;
            writeln!(out, "{json}")
        } else {
            let lines = outcome.iter().flat_map(|outcome| {
                let failures = outcome.failures().map(|failure| format!("failed\t{failure}"));
                let outputs = outcome.outputs().map(|output| {
                    let size = output.size.map_or(String::new(), |size| size.to_string());
                    format!("output\t{}\t{size}", output.url)
                });
                failures.chain(outputs).collect::<Vec<_>>()
            });
            let mut lines: Vec<String> = lines.collect();
            lines.insert(0, format!("status\t{}", detail.status));
            writeln!(out, "{}", lines.join("\n"))
        };
        printed.map_err(|error| error.to_string())?;
        Ok(ExitCode::from(u8::from(!is_success)))
    }
}
