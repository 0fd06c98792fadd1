//! Receives VOD's ordinary callbacks (event mode `PUSH`), and prints what happened to which file.
//!
//! ```sh
//! VOD_SIGN_KEY=... cargo run --bin callback_server -- --listen 127.0.0.1:8080
//! ```
//!
//! The key is the `SignKey` of the application, and the URL that the service calls, its `NotificationUrl`, ends in
//! `/callback`; both are set by `ModifyEventConfig`. Put a proxy in front that terminates TLS and limits connections:
//! who reads a callback on its way can send others until its signature expires. What the signature does not prove
//! is told by `vod_api::callback`, and why pulling is better; `relay_to_nats` and the examples of vod-api pull.
//!
//! To try it, sign for the time 4102444800, which is in the year 2100:
//!
//! ```sh
//! sign=$(printf '%s4102444800' "$VOD_SIGN_KEY" | md5sum | cut -c-32)
//! curl -d '{"EventType": "FileDeleted", "FileDeleteEvent": {"FileIdSet": ["1"]},
//!           "T": 4102444800, "Sign": "'$sign'"}' http://127.0.0.1:8080/callback
//! ```
//!
//! Events go to standard output, refused callbacks to standard error. Ctrl-c ends it in good order.

use std::error::Error;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Parser;
use tokio::net::TcpListener;
use vod_api::callback::Callbacks;
use vod_api::vod::EventContent;
use vod_examples::callbacks::{describe, serve};
use vod_examples::stop::StopSignals;

const SIGN_KEY: &str = "VOD_SIGN_KEY";

/// Receives VOD's ordinary callbacks and prints what happened to which file.
///
/// The environment variable `VOD_SIGN_KEY` holds the application's `SignKey`.
#[derive(Parser)]
#[command(max_term_width = 100)]
struct Arguments {
    /// Address to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false).with_target(false).init();
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell if standard error is closed.
            let _ = writeln!(io::stderr(), "callback_server: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let callbacks = Callbacks::signed_with(sign_key()?);
    let mut stop = StopSignals::listen()?;
    let listener = TcpListener::bind(arguments.listen).await?;
    print(&format!("listening on http://{}/callback", listener.local_addr()?));
    serve(listener, callbacks, handle, async move { stop.requested().await }).await?;
    Ok(())
}

/// Only a key that is set proves anything. Its text, even a broken one, stays out of the error.
fn sign_key() -> Result<String, String> {
    match std::env::var(SIGN_KEY) {
        Ok(key) if !key.is_empty() => Ok(key),
        _ => Err(format!("{SIGN_KEY} must hold the application's SignKey")),
    }
}

/// Stands for the real work.
async fn handle(event: EventContent) {
    print(&describe(&event));
}

fn print(line: &str) {
    let mut stdout = io::stdout();
    if let Err(error) = writeln!(stdout, "{line}").and_then(|()| stdout.flush()) {
        tracing::error!(%error, "standard output is closed");
    }
}
