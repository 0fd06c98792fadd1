//! Handles events as they come: each is confirmed when its handler returns `Ok`, and is redelivered otherwise.
//!
//! ```sh
//! TENCENTCLOUD_SECRET_ID=... TENCENTCLOUD_SECRET_KEY=... cargo run --features rustls-ring --example consume
//! ```
//!
//! `VOD_ENDPOINT`, `VOD_SUB_APP_ID` and the other variables of `ClientBuilder::from_env` are honoured, too. For a
//! trial without an account, point it at the emulator: `cargo run -p vod-emulator --features cli -- --help`.

#![allow(clippy::print_stdout)]

use vod_api::events::ReceivedEvent;
use vod_api::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let handler = async |event: ReceivedEvent| {
        println!("{}, {:?} left", event.event_type, event.remaining());
        Ok::<(), std::io::Error>(())
    };
    Client::from_env()?.events().run(handler).await?;
    Ok(())
}
