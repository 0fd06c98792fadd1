//! Relays the events of VOD's queue to a `JetStream` stream of a NATS broker, where any number of programs can read
//! them, each at its own pace.
//!
//! ```sh
//! nats-server -js &
//! TENCENTCLOUD_SECRET_ID=... TENCENTCLOUD_SECRET_KEY=... cargo run --bin relay_to_nats -- --help
//! ```
//!
//! Without an account, let the emulator be the service:
//!
//! ```sh
//! cargo run -p vod-emulator --features cli -- --secret-id ID --secret-key KEY --seed-events 100 &
//! TENCENTCLOUD_SECRET_ID=ID TENCENTCLOUD_SECRET_KEY=KEY VOD_ENDPOINT=http://127.0.0.1:9410 \
//!     cargo run --bin relay_to_nats
//! ```
//!
//! `VOD_SUB_APP_ID` and the other variables of `Client::from_env` are honoured, too. Ctrl-c lets it finish what is
//! under way and report; ctrl-c again ends it at once.
//!
//! # What is sure
//!
//! An event is confirmed only after the broker has acknowledged it, so none is lost when the relay, the broker or
//! the network fails. While the broker is away, events wait at VOD, which keeps them for four days. Who reads the
//! stream gets each event once, as long as the broker recognises those that come again: for the duplicate window,
//! 10 minutes unless `--duplicate-window` says otherwise. Only a relay that dies between acknowledgement and
//! confirmation and stays away for longer than that lets an event through twice.
//!
//! The acknowledgement is worth what the broker makes of it. A single server has the event on its way to the disk and
//! survives its own crash, but not always the machine's; `--replicas 3` on a cluster survives that, too.
//! An event that is larger than the broker's `max_payload` (1 MB unless configured) is never acknowledged and comes
//! again until it is: watch standard error.
//!
//! Any number of relays may run for one application. A relay that finds no broker when it starts ends with an error,
//! for its supervisor to start it again; later it waits for a broker that is away.

use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser;
use vod_api::Client;
use vod_examples::relay::{Broker, BrokerSettings, RelayReport, relay};
use vod_examples::stop::StopSignals;

/// Relays the events of VOD's queue to a `JetStream` stream of a NATS broker.
///
/// The variables `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY`, `VOD_ENDPOINT`, `VOD_SUB_APP_ID` and the other
/// ones of vod-api say whose events. The report at the end goes to standard output, all else to standard error.
#[derive(Parser)]
#[command(max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    broker: BrokerSettings,

    /// Events that wait for their acknowledgement at a time
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = clap::value_parser!(u16).range(16..=4096))]
    concurrency: u16,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false).init();
    match run(arguments).await {
        Ok(report) => {
            // Nobody is left to tell if standard output is closed.
            let _ = writeln!(io::stdout(), "{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "relay_to_nats: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<RelayReport, Box<dyn Error>> {
    let mut stop = StopSignals::listen()?;
    let client = Client::from_env()?;
    let broker = Broker::connect(&arguments.broker).await?;
    tracing::info!(stream = arguments.broker.stream, "relaying");
    let events = client.events().concurrency(arguments.concurrency.into());
    Ok(relay(events, broker, &mut stop).await?)
}
