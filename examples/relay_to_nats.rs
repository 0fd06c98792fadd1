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
//! the network fails. While the broker is away, events wait at VOD, which keeps them for four days. The message is the
//! event's JSON as VOD sent it, without the handle.
//!
//! The stream must keep what it acknowledges. One that exists already is refused if it is in memory, deletes old
//! messages for new ones, or keeps them for consumers that are not there; `--allow-lossy-stream` uses it all the same. A
//! stream that deletes messages by age is used with a warning. A stream that is deleted while the relay runs is created
//! again; if the broker refuses that, the relay ends.
//!
//! The acknowledgement is worth what the broker makes of it. A single server has the event on its way to the disk and
//! survives its own crash, but not always the machine's; `--replicas 3` on a cluster survives that, too.
//! An event that is larger than the broker's `max_payload` (1 MB unless configured) is never acknowledged and comes
//! again until VOD drops it: watch standard error.
//!
//! # Which events are stored twice, and which are taken for others
//!
//! Events have no id. The relay's message id is a hash of all that an event says and the number of events that say the
//! same and were confirmed before. The broker recognizes it for the duplicate window, 10 minutes unless
//! `--duplicate-window` says otherwise. So an event that is redelivered is stored once, and one that says the same as an
//! earlier one (a cast that is `Working` again) is stored as the event of its own that it is. What remains:
//!
//! - A relay that dies between acknowledgement and confirmation, and stays away for longer than the window, stores the
//!   event twice. So does one that gets an event twice at the same time.
//! - An event without a handle can't be confirmed, and VOD sends it for days. It is stored once for each start of the
//!   relay.
//! - The numbers are in the relay's memory. Within the window after it was started again, an event that says exactly the
//!   same as one that was confirmed before the start is taken for that one: it is confirmed, and not stored again. The
//!   same holds after a confirmation of which the outcome is unknown.
//! - Several relays may run for one application, but do not share the numbers: an event that says exactly the same as
//!   one that another relay has had confirmed within the window is taken for that one. Run one relay where equal events
//!   matter, or shorten the window (`--duplicate-window 90`).
//!
//! The order of events is kept as far as VOD keeps it and nothing fails: an event that has to be redelivered comes later.
//!
//! # Security
//!
//! `--nats-ca` requires TLS, and so does a password unless the broker is on this machine or `--allow-plain-password` is
//! given.
//!
//! A relay that finds no broker when it starts ends with an error, for its supervisor to start it again; later it waits
//! for a broker that is away.

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

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false).init();
    // Where another crate of the build turns on a second provider of cryptography, rustls wants one to be chosen. An
    // error says that it is chosen already.
    let _ = async_nats::rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    let outcome = runtime.block_on(run(arguments));
    // A look-up of a host name may hang in a thread of its own; the end does not wait for it.
    runtime.shutdown_background();
    match outcome {
        Ok(Some(report)) => {
            // Nothing can be told if standard output is closed.
            let _ = writeln!(io::stdout(), "{report}");
            ExitCode::SUCCESS
        }
        Ok(None) => ExitCode::SUCCESS,
        Err(error) => fail(&*error),
    }
}

fn fail(error: &dyn Error) -> ExitCode {
    let _ = writeln!(io::stderr(), "relay_to_nats: {error}");
    ExitCode::FAILURE
}

/// Relays events. `None`: it was asked to stop before it had a broker.
async fn run(arguments: Arguments) -> Result<Option<RelayReport>, Box<dyn Error>> {
    let mut stop = StopSignals::listen()?;
    let client = Client::from_env()?;
    let stream = arguments.broker.stream.clone();
    let broker = tokio::select! {
        broker = Broker::connect(arguments.broker) => broker?,
        () = stop.requested() => {
            tracing::info!("asked to stop before the broker answered; no event was pulled");
            return Ok(None);
        }
    };
    tracing::info!(stream, "relaying");
    Ok(Some(relay(client.events(), arguments.concurrency.into(), broker, &mut stop).await?))
}
