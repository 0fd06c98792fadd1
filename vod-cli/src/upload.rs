//! `vod upload`: files into VOD, with progress bars, and going on where an earlier run ended.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use vod_api::Client;
use vod_api::upload::{UnusableState, Uploaded};

use crate::call::warn;
use crate::call_options::ClientOptions;
use crate::failure::{Exit, Failure};
use crate::session::block_on;

/// Upload media files, each with its cover, and print their ids and URLs.
///
/// The path of a manifest (m3u8, mpd) uploads what it refers to as well. Ends with status 130 after ctrl-c.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Media files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Keep what it takes to go on in `FILE.upload` until the upload has succeeded, and go on with what is there
    ///
    /// The file holds the upload's temporary certificate; only its owner can read it.
    #[arg(long)]
    resume: bool,

    /// With `--resume`: begin again if the file has changed or the upload's certificate has ended
    #[arg(long, requires = "resume")]
    start_over: bool,

    /// Image for the cover
    #[arg(long, value_name = "FILE")]
    cover: Option<PathBuf>,

    /// Name of the media; that of the file without its type if not given
    #[arg(long)]
    name: Option<String>,

    /// Task flow template to run afterwards
    #[arg(long, value_name = "NAME")]
    procedure: Option<String>,

    /// Class of the media
    #[arg(long, value_name = "ID")]
    class_id: Option<i64>,

    /// Region to store the media in
    #[arg(long, value_name = "REGION")]
    storage_region: Option<String>,

    /// Bytes of a part, from 1048576 on
    #[arg(long, value_name = "BYTES")]
    part_size: Option<u64>,

    /// Parts that are under way at a time
    #[arg(long, value_name = "PARTS", default_value_t = 4)]
    concurrency: usize,

    /// Bytes that may be sent a second
    #[arg(long, value_name = "BYTES")]
    bandwidth_limit: Option<u64>,

    #[command(flatten)]
    client: ClientOptions,
}

/// Uploads one file after the other.
///
/// # Errors
/// There can be no client, or a file cannot be uploaded; what has been uploaded before it is printed.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let client = arguments.client.client()?;
    let uploads = block_on(async {
        for file in &arguments.files {
            let uploaded = upload(&client, file, arguments).await;
            print(&uploaded.map_err(|error| Failure::from(error).concerning(file.display()))?)?;
        }
        Ok(ExitCode::SUCCESS)
    });
    let advice = if arguments.resume { "the same command goes on" } else { "with --resume it could go on" };
    uploads
        .map_err(|failure| if failure.exit() == Exit::Interrupted { failure.hint(advice) } else { failure })
}

fn print(uploaded: &Uploaded) -> io::Result<()> {
    let cover = uploaded.cover_url.as_deref().unwrap_or_default();
    let line = format!("{} {} {cover}", uploaded.file_id, uploaded.media_url);
    writeln!(io::stdout(), "{}", line.trim_end())?;
    if uploaded.commit_repeated {
        warn("the commit was repeated, because the outcome of an earlier one was unknown");
    }
    Ok(())
}

async fn upload(client: &Client, file: &Path, arguments: &Arguments) -> Result<Uploaded, vod_api::Error> {
    let bar = ProgressBar::new(0).with_style(style());
    bar.set_message(file.display().to_string());
    let shown = bar.clone();
    let mut upload = client.upload(file).concurrency(arguments.concurrency).on_progress(move |progress| {
        shown.set_length(progress.total.unwrap_or_default());
        shown.set_position(progress.sent);
    });
    if arguments.resume {
        let mut state = file.as_os_str().to_owned();
        state.push(".upload");
        upload = upload.resume_file(state);
    }
    if arguments.start_over {
        upload = upload.unusable_state(UnusableState::StartOver);
    }
    if let Some(cover) = &arguments.cover {
        upload = upload.cover(cover);
    }
    if let Some(name) = &arguments.name {
        upload = upload.media_name(name);
    }
    if let Some(procedure) = &arguments.procedure {
        upload = upload.procedure(procedure);
    }
    if let Some(id) = arguments.class_id {
        upload = upload.class_id(id);
    }
    if let Some(region) = &arguments.storage_region {
        upload = upload.storage_region(region);
    }
    if let Some(bytes) = arguments.part_size {
        upload = upload.part_size(bytes);
    }
    if let Some(bytes) = arguments.bandwidth_limit {
        upload = upload.bandwidth_limit(bytes);
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
