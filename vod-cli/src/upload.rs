//! `vod upload`: uploads files with progress bars, and resumes interrupted uploads.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use vod_api::upload::{UnusableState, Upload, UploadSource, Uploaded};
use vod_api::{Client, Error, RetryPolicy};

use crate::call::warn;
use crate::call_options::ClientOptions;
use crate::failure::{Exit, Failure};
use crate::session::block_on;

/// Upload media files, and print the id and the URLs of each
///
/// A manifest (m3u8 or mpd) is uploaded together with the files that it refers to. Ctrl-c ends the command with exit
/// code 130; with --resume, the same command goes on later.
///
/// Every setting of the SDK's upload has an option, except those that take code of a program: other stores for the
/// state of a resumed upload, a function for the progress, and the pauses between attempts.
#[derive(Args, Debug)]
#[allow(clippy::doc_markdown, reason = "the comments are the help, where backticks would show")]
pub struct Arguments {
    /// Media files; `-` reads one from standard input, which needs --media-type
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Save the state of the upload in FILE.upload, and continue from it if it is there
    ///
    /// The file is deleted when the upload has succeeded. It contains the temporary certificate of the upload, so
    /// only its owner can read it.
    #[arg(long)]
    resume: bool,

    /// Like --resume, with the state in this file; for one FILE only
    #[arg(long, value_name = "PATH", conflicts_with = "resume")]
    resume_file: Option<PathBuf>,

    /// Start a new upload if the saved state can't be used: the file has changed or the certificate has expired
    ///
    /// Without this option, the command fails and says why. Needs --resume or --resume-file.
    #[arg(long)]
    start_over: bool,

    /// Image file to use as the cover
    #[arg(long, value_name = "FILE")]
    cover: Option<PathBuf>,

    /// Type of the cover, such as jpg [default: from the name of the image file]
    #[arg(long, value_name = "TYPE", requires = "cover")]
    cover_type: Option<String>,

    /// Type of the media, such as mp4 [default: from the name of the file]
    #[arg(long, value_name = "TYPE")]
    media_type: Option<String>,

    /// Name of the media [default: the name of the file without its type]
    #[arg(long, visible_alias = "media-name")]
    name: Option<String>,

    /// Task flow template that the service runs on the media after the upload
    #[arg(long, value_name = "NAME")]
    procedure: Option<String>,

    /// Class (category) of the media
    #[arg(long, value_name = "ID")]
    class_id: Option<i64>,

    /// Time at which the service deletes the media, such as 2027-01-31T00:00:00Z [default: never]
    #[arg(long, value_name = "TIME")]
    expire_time: Option<String>,

    /// Text that the event of the upload returns, at most 250 characters
    #[arg(long, value_name = "TEXT")]
    source_context: Option<String>,

    /// Text that the events of --procedure return, at most 1000 characters
    #[arg(long, value_name = "TEXT")]
    session_context: Option<String>,

    /// Region to store the media in [default: the service chooses]
    #[arg(long, value_name = "REGION")]
    storage_region: Option<String>,

    /// Path to store the media at, which begins with `/`; for applications in the mode "FileID + Path"
    #[arg(long, value_name = "PATH")]
    media_storage_path: Option<String>,

    /// Size of a part, from 1048576 to 5368709120 [default: 8388608, or more if there would be over 10000 parts]
    #[arg(long, value_name = "BYTES")]
    part_size: Option<u64>,

    /// Number of parts that are sent at the same time
    #[arg(long, value_name = "PARTS", default_value_t = 4)]
    concurrency: usize,

    /// Limit for the bytes sent in a second, all parts together
    #[arg(long, value_name = "BYTES")]
    bandwidth_limit: Option<u64>,

    /// Give up a request to storage when no byte was sent or received for this time
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    idle_timeout: u64,

    /// Send the MD5 of each part too, which takes much CPU time
    ///
    /// Every upload is verified by its CRC-64 in any case. With the MD5, storage refuses a damaged part at once.
    #[arg(long)]
    content_md5: bool,

    #[command(flatten)]
    client: ClientOptions,
}

/// Uploads one file after the other.
///
/// # Errors
/// There can be no client, or a file cannot be uploaded; what has been uploaded before it is printed.
pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    check(arguments)?;
    let client = arguments.client.client()?;
    let uploads = block_on(async {
        for file in &arguments.files {
            let uploaded = upload(&client, file, arguments).await;
            print(&uploaded.map_err(|error| Failure::from(error).concerning(file.display()))?)?;
        }
        Ok(ExitCode::SUCCESS)
    });
    let keeps_state = arguments.resume || arguments.resume_file.is_some();
    let advice = if keeps_state {
        "run the same command again to continue the upload"
    } else {
        "with --resume, an interrupted upload can be continued"
    };
    uploads
        .map_err(|failure| if failure.exit() == Exit::Interrupted { failure.hint(advice) } else { failure })
}

/// Options that do not go together.
fn check(arguments: &Arguments) -> Result<(), Failure> {
    let keeps_state = arguments.resume || arguments.resume_file.is_some();
    if arguments.start_over && !keeps_state {
        return Err(Failure::usage("--start-over needs --resume or --resume-file"));
    }
    if arguments.resume_file.is_some() && arguments.files.len() > 1 {
        return Err(
            Failure::usage("--resume-file holds the state of one FILE").hint("--resume takes any number")
        );
    }
    let stdin = arguments.files.iter().filter(|file| is_stdin(file)).count();
    if stdin > 1 {
        return Err(Failure::usage("standard input can be uploaded once: give `-` once"));
    }
    if stdin > 0 && keeps_state {
        let hint = "save the data to a file first";
        return Err(Failure::usage("an upload from standard input can't be resumed").hint(hint));
    }
    if stdin > 0 && arguments.media_type.is_none() {
        return Err(Failure::usage("standard input has no name: give the type of the media by --media-type"));
    }
    Ok(())
}

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
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

async fn upload(client: &Client, file: &Path, arguments: &Arguments) -> Result<Uploaded, Error> {
    let bar = ProgressBar::new(0).with_style(style());
    bar.set_message(file.display().to_string());
    let shown = bar.clone();
    let source =
        if is_stdin(file) { UploadSource::reader(tokio::io::stdin()) } else { UploadSource::from(file) };
    let upload = configured(client.upload(source), file, arguments).on_progress(move |progress| {
        shown.set_length(progress.total.unwrap_or_default());
        shown.set_position(progress.sent);
    });
    let outcome = upload.await;
    bar.finish_and_clear();
    outcome
}

/// An upload with what the options say.
fn configured(mut upload: Upload, file: &Path, arguments: &Arguments) -> Upload {
    macro_rules! set {
        ($($setter:ident: $value:expr;)*) => {
            $(if let Some(value) = $value {
                upload = upload.$setter(value);
            })*
        };
    }
    let beside_it = arguments.resume.then(|| {
        let mut state = file.as_os_str().to_owned();
        state.push(".upload");
        PathBuf::from(state)
    });
    set! {
        resume_file: arguments.resume_file.clone().or(beside_it);
        unusable_state: arguments.start_over.then_some(UnusableState::StartOver);
        cover: arguments.cover.as_deref();
        cover_type: arguments.cover_type.as_deref();
        media_type: arguments.media_type.as_deref();
        media_name: arguments.name.as_deref();
        procedure: arguments.procedure.as_deref();
        class_id: arguments.class_id;
        expire_time: arguments.expire_time.as_deref();
        source_context: arguments.source_context.as_deref();
        session_context: arguments.session_context.as_deref();
        storage_region: arguments.storage_region.as_deref();
        media_storage_path: arguments.media_storage_path.as_deref();
        part_size: arguments.part_size;
        bandwidth_limit: arguments.bandwidth_limit;
        retry: arguments.client.no_retry.then(RetryPolicy::none);
    }
    upload
        .concurrency(arguments.concurrency)
        .idle_timeout(Duration::from_secs(arguments.idle_timeout))
        .content_md5(arguments.content_md5)
}

/// The template is a constant, so that it is never refused.
fn style() -> ProgressStyle {
    ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
