//! Uploads one file, for `tests/conformance`.
//!
//! ```sh
//! conformance_upload FILE PART_SIZE [STATE_FILE]
//! ```
//!
//! Credential and endpoint come from the environment, as `Client::from_env` reads it. Prints what became of the upload as
//! JSON; on an error it prints the error to stderr and exits with 1.

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use serde_json::json;
use vod_api::{Client, RetryPolicy};

#[tokio::main(flavor = "current_thread")]
#[allow(clippy::print_stdout, clippy::print_stderr, reason = "this is a program")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match uploaded(&arguments).await {
        Ok(uploaded) => {
            println!("{uploaded}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn uploaded(arguments: &[String]) -> Result<String, Box<dyn Error>> {
    let (file, part_size, state) = match arguments {
        [file, part_size] => (file, part_size, None),
        [file, part_size, state] => (file, part_size, Some(state)),
        _ => return Err("two or three arguments are needed: file, part size, state file".into()),
    };
    let pause = Duration::from_millis(10);
    let mut upload = Client::from_env()?
        .upload(file.as_str())
        .part_size(part_size.parse()?)
        .retry(RetryPolicy::default().backoff(pause, pause));
    if let Some(state) = state {
        upload = upload.resume_file(state);
    }
    let uploaded = upload.await?;
    let told = json!({
        "file_id": uploaded.file_id,
        "is_verified": uploaded.is_verified,
        "bytes": uploaded.bytes,
        "resumed_bytes": uploaded.resumed_bytes,
    });
    Ok(told.to_string())
}
