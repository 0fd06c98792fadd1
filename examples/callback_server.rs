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
//! Events go to standard output, refused callbacks to standard error. Ctrl-c lets it finish what was taken, for
//! `--drain-time` seconds; ctrl-c again ends it at once. If events were taken and not handled, it ends with status 1 and
//! says how many.
//!
//! The service takes any answer, a refusal too, as the end of a delivery. So a callback that is larger than `--max-body`
//! is lost, and the log says so.

use std::error::Error;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::pin::pin;
use std::process::ExitCode;

use clap::Parser;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;
use vod_api::callback::{CallbackEvent, Callbacks};
use vod_examples::callbacks::{Handled, ServeSettings, describe, serve};
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

    #[command(flatten)]
    settings: ServeSettings,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // A reader of standard error that stands still must hold up nothing: lines beyond a bound are dropped.
    let (mut log, _flush) = tracing_appender::non_blocking(io::stderr());
    tracing_subscriber::fmt().with_writer(log.clone()).with_ansi(false).with_target(false).init();
    let outcome = Runtime::new().map_err(Box::from).and_then(|runtime| {
        let outcome = runtime.block_on(run(arguments));
        // What stands still, such as a write to standard output, is not waited for.
        runtime.shutdown_background();
        outcome
    });
    let problem = match outcome {
        Ok(Handled { failed: 0, unhandled: 0, .. }) => return ExitCode::SUCCESS,
        Ok(handled) => format!("events were taken and not handled: {handled}"),
        Err(error) => error.to_string(),
    };
    // If standard error is closed, there is no place left to tell it.
    let _ = writeln!(log, "callback_server: {problem}");
    ExitCode::FAILURE
}

async fn run(arguments: Arguments) -> Result<Handled, Box<dyn Error>> {
    let callbacks = Callbacks::signed_with(sign_key()?);
    let mut stop = StopSignals::listen()?;
    let listener = TcpListener::bind(arguments.listen).await?;
    let line = format!("listening on http://{}/callback", listener.local_addr()?);
    tokio::select! {
        printed = spawn_blocking(move || print(&line)) => printed??,
        () = stop.requested() => return Err("it was ended before it began".into()),
    }
    let (end, is_ending) = oneshot::channel::<()>();
    let ending = async move { drop(is_ending.await) };
    let mut serving = pin!(serve(listener, callbacks, &arguments.settings, handle, ending));
    tokio::select! {
        served = &mut serving => return Ok(served?),
        () = stop.requested() => drop(end),
    }
    tokio::select! {
        served = &mut serving => Ok(served?),
        () = stop.requested() => Err("it was ended at once; events that waited to be handled are lost".into()),
    }
}

/// Only a key that is set proves anything. Its text, even a broken one, stays out of the error.
fn sign_key() -> Result<String, String> {
    match std::env::var(SIGN_KEY) {
        Ok(key) if !key.is_empty() => Ok(key),
        _ => Err(format!("{SIGN_KEY} must hold the application's SignKey")),
    }
}

/// Stands for the real work. It runs on a thread of its own, which it may hold up.
#[allow(clippy::unused_async, reason = "real work awaits")]
async fn handle(event: CallbackEvent) -> io::Result<()> {
    print(&describe(&event))
}

fn print(line: &str) -> io::Result<()> {
    let mut stdout = io::stdout();
    writeln!(stdout, "{line}").and_then(|()| stdout.flush())
}
