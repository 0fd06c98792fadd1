//! `vod task`: waits for tasks.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Subcommand};
use vod_api::ErrorKind;
use vod_api::task::{TaskOutcome, TaskResult as _};

use crate::call_options::ClientOptions;
use crate::failure::{Exit, Failure};
use crate::session::block_on;

/// A subcommand of `vod task`.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Wait until a task has ended, and print its failures and outputs
    ///
    /// Exit codes: 0 the whole task succeeded, 6 a part of it failed, 7 it did not end within --wait-timeout.
    Wait(Wait),
}

/// Arguments of `vod task wait`.
#[derive(Args, Debug)]
pub struct Wait {
    /// Id of the task
    #[arg(value_name = "TASK-ID")]
    id: String,

    /// Stop waiting after this time; the task goes on
    #[arg(long = "wait-timeout", value_name = "SECONDS")]
    patience: Option<u64>,

    /// Print the whole answer as JSON
    #[arg(long)]
    json: bool,
}

impl Command {
    /// Carries it out.
    ///
    /// # Errors
    /// There can be no client, or a call fails.
    pub fn run(&self, options: &ClientOptions) -> Result<ExitCode, Failure> {
        let Self::Wait(wait) = self;
        wait.run(options)
    }
}

impl Wait {
    fn run(&self, options: &ClientOptions) -> Result<ExitCode, Failure> {
        let client = options.client()?;
        let mut wait = client.wait_for_task(&self.id);
        if let Some(seconds) = self.patience {
            wait = wait.timeout(Duration::from_secs(seconds));
        }
        let detail = block_on(async {
            wait.await.map_err(|error| {
                // A call's own time-out comes after an attempt.
                let is_over = error.kind() == ErrorKind::Timeout && error.attempts() == 0;
                let failure = Failure::from(error);
                if is_over && self.patience.is_some() { failure.exiting(Exit::WaitTimedOut) } else { failure }
            })
        })?;
        let outcome = detail.outcome();
        let mut out = io::stdout();
        if self.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&detail).map_err(Failure::usage)?)?;
        } else {
            writeln!(out, "status\t{}", detail.status)?;
            for line in outcome.iter().flat_map(lines) {
                writeln!(out, "{line}")?;
            }
        }
        if outcome.as_ref().is_some_and(TaskOutcome::is_success) {
            return Ok(ExitCode::SUCCESS);
        }
        let message = format!("task {} ended as {} without success", self.id, detail.status);
        Err(Failure::new(Exit::TaskFailed, message))
    }
}

/// What failed, and what was produced.
fn lines(outcome: &TaskOutcome) -> Vec<String> {
    let failures = outcome.failures().map(|failure| format!("failed\t{failure}"));
    let outputs = outcome.outputs().map(|output| {
        let size = output.size.map_or(String::new(), |size| size.to_string());
        format!("output\t{}\t{size}", output.url)
    });
    failures.chain(outputs).collect()
}
