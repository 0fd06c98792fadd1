//! Confirms events by their handles and prints the answer as JSON.
//!
//! ```sh
//! TENCENTCLOUD_SECRET_ID=... TENCENTCLOUD_SECRET_KEY=... cargo run --features rustls-ring --example confirm_events -- HANDLE...
//! ```
//!
//! `VOD_ENDPOINT`, `VOD_SUB_APP_ID` and the other variables of `ClientBuilder::from_env` are honoured, too.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program prints its results")]

use std::error::Error;
use std::process::ExitCode;

use vod_api::Client;
use vod_api::vod::ConfirmEventsRequest;

#[tokio::main]
async fn main() -> ExitCode {
    match confirm(std::env::args().skip(1).collect()).await {
        Ok(answer) => {
            println!("{answer}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn confirm(handles: Vec<String>) -> Result<String, Box<dyn Error>> {
    let client = Client::from_env()?;
    let answer = client.confirm_events(ConfirmEventsRequest::new(handles)).await?;
    Ok(serde_json::to_string_pretty(&answer)?)
}
