//! Consumes events until ctrl-c, and then finishes what it has begun. A second ctrl-c ends it at once.
//!
//! ```sh
//! cargo run --example consume_with_shutdown             # against the emulator, without an account
//! # against the service, with TENCENTCLOUD_SECRET_ID and _KEY set:
//! cargo run --features rustls-ring --example consume_with_shutdown -- --live
//! ```

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::Duration;

use tokio::signal::ctrl_c;
use vod_api::events::{ReceivedEvent, Shutdown};
use vod_api::{Client, Credential, Endpoint};
use vod_emulator::{Emulator, samples};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    if std::env::args().any(|argument| argument == "--live") {
        return consume(&Client::from_env()?).await;
    }
    let emulator = Emulator::start().await?;
    samples::events(500).try_for_each(|event| emulator.publish(event))?;
    println!("The emulator has 500 events in its queue; each takes a second. End with ctrl-c.");
    let client = Client::builder()
        .credential(Credential::new(emulator.secret_id(), emulator.secret_key()))
        .endpoint(Endpoint::custom(emulator.endpoint()))
        .build()?;
    consume(&client).await?;
    println!("{:?}", emulator.state());
    Ok(())
}

async fn consume(client: &Client) -> Result<(), Box<dyn Error>> {
    let events = client.events().concurrency(32).cancel_expired(true).stream()?;
    let signals = tokio::spawn(end_on_ctrl_c(events.shutdown()));
    let report = events.run(handle).await?;
    signals.abort();
    println!("{report:?}");
    Ok(())
}

/// Stands for the real work.
async fn handle(event: ReceivedEvent) -> Result<(), std::io::Error> {
    tokio::time::sleep(Duration::from_secs(1)).await;
    println!("{}", event.event_type);
    Ok(())
}

/// Lets the handlers finish within 20 s, or less if there is a second ctrl-c.
async fn end_on_ctrl_c(shutdown: Shutdown) {
    if ctrl_c().await.is_err() {
        return;
    }
    let finish = async {
        println!("Finishing what is under way; ctrl-c again to end at once.");
        shutdown.finish_within(Duration::from_secs(20)).await
    };
    // In this order, so that the message is true when it is read.
    tokio::select! {
        biased;
        _ = ctrl_c() => shutdown.abandon(),
        _ = finish => {}
    }
}
