//! Serves a page with the files of an application and players whose links are signed (key hotlink protection).
//!
//! ```sh
//! VOD_HOTLINK_KEY=... cargo run --bin play_links -- --listen 127.0.0.1:8080 --valid-for 10800
//! ```
//!
//! The key is that of the domain's hotlink protection in the console, the credential comes from the environment
//! (`TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY`, `VOD_SUB_APP_ID`) or from the default chain. A link is made
//! when a player is opened, and ends after `--valid-for` seconds; neither key nor credential leaves this program.
//! Without an account, `vod-emulator` plays the service: set `VOD_ENDPOINT` to its address.
//!
//! Anyone who reaches the page gets links: put your authentication in front of it. Ctrl-c ends it.

use std::error::Error;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use tokio::net::TcpListener;
use tokio::signal::ctrl_c;
use vod_api::Client;
use vod_examples::play_links::Links;

const HOTLINK_KEY: &str = "VOD_HOTLINK_KEY";

/// Serves a page with the files of an application and players whose links are signed.
///
/// The environment variable `VOD_HOTLINK_KEY` holds the key of the domain's hotlink protection.
#[derive(Parser)]
#[command(max_term_width = 100)]
struct Arguments {
    /// Address to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// Seconds for which a link is valid: longer than the longest film
    #[arg(long, value_name = "SECONDS", default_value_t = 10_800, value_parser = clap::value_parser!(u64).range(1..=7_776_000))]
    valid_for: u64,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false).with_target(false).init();
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "play_links: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let key = std::env::var(HOTLINK_KEY).ok().filter(|key| !key.is_empty());
    let key =
        key.ok_or_else(|| format!("{HOTLINK_KEY} must hold the key of the domain's hotlink protection"))?;
    let links = Links::new(Client::from_env()?, key, Duration::from_secs(arguments.valid_for));
    let listener = TcpListener::bind(arguments.listen).await?;
    writeln!(io::stdout(), "listening on http://{}/", listener.local_addr()?)?;
    let stop = async {
        // Without signals it runs until it is killed.
        if ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    Ok(axum::serve(listener, links.router()).with_graceful_shutdown(stop).await?)
}
