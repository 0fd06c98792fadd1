//! Uploads files with a progress bar. Ctrl-c, a crash or a kill lose nothing: the same command goes on.
//!
//! ```sh
//! cargo run --bin upload -- holiday.mp4 --cover holiday.jpg
//! ```
//!
//! The credential comes from the environment (`TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY`, `VOD_SUB_APP_ID`) or
//! from the default chain. What it takes to go on stands in `FILE.upload` beside the file until the upload has
//! succeeded; it holds the upload's temporary certificate, and only its owner can read it. Without an account, `vod-emulator`
//! plays service and storage: set `VOD_ENDPOINT` to its address.
//!
//! Each file that was uploaded is a line on standard output: its id and its URL.

use std::error::Error;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use tokio::runtime::Runtime;
use tokio::signal::ctrl_c;
use vod_api::Client;
use vod_api::upload::{UnusableState, Uploaded};

/// Uploads files to VOD with a progress bar, and goes on where an earlier run ended.
#[derive(Parser)]
#[command(max_term_width = 100)]
struct Arguments {
    /// Media files to upload
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Image for the cover of all of them
    #[arg(long, value_name = "FILE")]
    cover: Option<PathBuf>,

    /// Task flow template that the service runs on them
    #[arg(long, value_name = "NAME")]
    procedure: Option<String>,

    /// Bytes of a part, from 1048576 on
    #[arg(long, value_name = "BYTES")]
    part_size: Option<u64>,

    /// Parts that are under way at a time
    #[arg(long, value_name = "PARTS", default_value_t = 4)]
    concurrency: usize,

    /// Bytes that may be sent a second
    #[arg(long, value_name = "BYTES")]
    bandwidth_limit: Option<u64>,

    /// Begin again if the file has changed or the upload's certificate has ended
    #[arg(long)]
    start_over: bool,

    /// Log each request to standard error
    #[arg(long)]
    verbose: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.verbose {
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(io::stderr).init();
    }
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    match runtime.block_on(run(&arguments)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(130),
        Err(error) => failed(&*error),
    }
}

fn failed(error: &dyn Error) -> ExitCode {
    let _ = writeln!(io::stderr(), "upload: {error}");
    ExitCode::FAILURE
}

/// Uploads one file after the other. False if ctrl-c ended it.
async fn run(arguments: &Arguments) -> Result<bool, Box<dyn Error>> {
    let client = Client::from_env()?;
    for file in &arguments.files {
        tokio::select! {
            outcome = upload(&client, file, arguments) => {
                let uploaded = outcome?;
                writeln!(io::stdout(), "{} {}", uploaded.file_id, uploaded.media_url)?;
            }
            _ = ctrl_c() => {
                writeln!(io::stderr(), "\nupload: interrupted; the same command goes on where this one ended")?;
                return Ok(false);
            }
        }
    }
    Ok(true)
}

async fn upload(client: &Client, file: &Path, arguments: &Arguments) -> Result<Uploaded, vod_api::Error> {
    let bar = ProgressBar::new(0).with_style(style());
    bar.set_message(file.display().to_string());
    let (shown, mut state) = (bar.clone(), file.as_os_str().to_owned());
    state.push(".upload");
    let mut upload = client.upload(file).concurrency(arguments.concurrency).resume_file(state).on_progress(
        move |progress| {
            shown.set_length(progress.total.unwrap_or_default());
            shown.set_position(progress.sent);
        },
    );
    if let Some(cover) = &arguments.cover {
        upload = upload.cover(cover);
    }
    if let Some(procedure) = &arguments.procedure {
        upload = upload.procedure(procedure);
    }
    if let Some(bytes) = arguments.part_size {
        upload = upload.part_size(bytes);
    }
    if let Some(bytes) = arguments.bandwidth_limit {
        upload = upload.bandwidth_limit(bytes);
    }
    if arguments.start_over {
        upload = upload.unusable_state(UnusableState::StartOver);
    }
    let outcome = upload.await;
    bar.finish_and_clear();
    outcome
}

/// The template is a constant, so that it is never refused.
fn style() -> ProgressStyle {
    ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
