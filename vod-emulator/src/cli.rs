//! The program behind a command line: options, log, and the run until it is told to stop. `vod-emulator` and
//! `vod emulator` are this.

mod arguments;
mod exec;

use std::env;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

pub use arguments::Arguments;
pub use exec::Task;

use crate::log::log_writer::LogWriter;
use crate::model::coverage::coverage_document;
use crate::model::samples;

/// How long the end waits for the last lines of the log to be written.
const LOG_WAIT: Duration = Duration::from_millis(300);

/// Runs the program with these options until it is told to stop by a signal, and tells the result as the code to exit
/// with. It writes the address to standard output and the log to standard error, for which it takes the place of the
/// process's `tracing` subscriber unless there is one. Needs a tokio runtime with I/O and time enabled.
///
/// A program with subcommands takes [`Arguments`] as those of one of them, since it implements [`clap::Args`].
pub async fn run(arguments: Arguments) -> ExitCode {
    let log = start_log(arguments.quiet);
    let ended = serve(arguments).await;
    log.finish(LOG_WAIT);
    match ended {
        Ok(code) => code,
        Err(error) => {
            // There is no other place to report to if standard error is closed.
            let _ = writeln!(io::stderr(), "vod-emulator: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Logs to standard error what `RUST_LOG` says, else calls and warnings, or warnings alone.
fn start_log(quiet: bool) -> LogWriter {
    let log = LogWriter::start();
    let usual = Targets::new().with_default(if quiet { LevelFilter::WARN } else { LevelFilter::INFO });
    let asked = env::var("RUST_LOG").ok().filter(|directives| !directives.is_empty());
    let parsed = asked.as_deref().map(str::parse::<Targets>);
    let (filter, is_wrong) = match parsed {
        Some(Ok(filter)) => (filter, false),
        Some(Err(_)) => (usual, true),
        None => (usual, false),
    };
    let writer = log.clone();
    let lines = fmt::layer().with_writer(move || writer.clone()).with_ansi(false).with_target(false);
    // There may be a subscriber already, of a program that this is part of.
    let _ = tracing_subscriber::registry().with(lines).with(filter).try_init();
    if is_wrong {
        tracing::warn!("RUST_LOG is not a list of levels such as `warn` or `vod_emulator=off`");
    }
    log
}

async fn serve(mut arguments: Arguments) -> Result<ExitCode, Box<dyn std::error::Error>> {
    if arguments.print_coverage {
        io::stdout().write_all(coverage_document().as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let seed_events = arguments.seed_events;
    let (task, restored, kept) = (arguments.task.take(), arguments.restore.take(), arguments.snapshot.take());
    let emulator = arguments.start(task.is_some()).await?;
    if let Some(path) = restored {
        emulator.service().restore_from(path)?;
    }
    samples::events(seed_events).try_for_each(|event| emulator.publish(event))?;
    if let Some(Task::Exec { failure_snapshot, command }) = task {
        let code = exec::execute(&emulator, command, failure_snapshot).await?;
        emulator.shutdown().await;
        return Ok(code);
    }
    // Before the address is printed: its reader may stop the program at once.
    let stop = stop_signal()?;
    let mut stdout = io::stdout();
    writeln!(stdout, "listening on {}", emulator.endpoint())?;
    stdout.flush()?;
    stop.await;
    let service = emulator.service().clone();
    emulator.shutdown().await;
    if let Some(path) = kept {
        service.save_to(path)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Listens for ctrl-c and for the request to terminate from now on; the future completes with the first.
///
/// # Errors
/// The system lets the process receive no signals.
pub fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(windows)]
    {
        let mut interrupt = tokio::signal::windows::ctrl_c()?;
        Ok(async move {
            interrupt.recv().await;
        })
    }
}
