//! Pulls events from the queue once and prints the answer as JSON.
//!
//! ```sh
//! TENCENTCLOUD_SECRET_ID=... TENCENTCLOUD_SECRET_KEY=... cargo run --features rustls-ring --example pull_events
//! ```
//!
//! `VOD_ENDPOINT`, `VOD_SUB_APP_ID` and the other variables of `ClientBuilder::from_env` are honoured, too. Each
//! event that is printed has a handle: confirm it within 30 seconds, or it is redelivered.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program prints its results")]

use std::error::Error;
use std::process::ExitCode;

use vod_api::Client;
use vod_api::vod::PullEventsRequest;

#[tokio::main]
async fn main() -> ExitCode {
    match pull().await {
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

async fn pull() -> Result<String, Box<dyn Error>> {
    let client = Client::from_env()?;
    let answer = client.pull_events(PullEventsRequest::new()).await?;
    Ok(serde_json::to_string_pretty(&answer)?)
}
