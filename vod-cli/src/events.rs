//! `vod events`: the events of an application's queue, by the consumer of the SDK.

mod forward;
mod live_line;
mod run_command;

use std::collections::{HashSet, VecDeque};
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clap::{Args, Subcommand};
use serde_json::json;
use tokio::sync::Notify;
use vod_api::Client;
use vod_api::events::{EventsBuilder, ReceivedEvent, Report};
use vod_api::vod::{DescribeEventConfigRequest, DescribeEventsStateRequest};

use crate::call_options::ClientOptions;
use crate::failure::Failure;
use crate::output::{self, Document, Format};
use crate::sync::lock;
use forward::Target;
use live_line::{LiveLine, Screen};

/// How long events in flight may take when the program is told to end.
const GRACE: Duration = Duration::from_secs(10);

/// A subcommand of `vod events`.
#[derive(Debug, Subcommand)]
#[allow(clippy::doc_markdown, reason = "the comments are the help, where backticks would show")]
pub enum Command {
    /// Print events as they arrive, one JSON object per line. They stay in the queue unless --confirm is given.
    Tail {
        /// Confirm each event after it is printed, which deletes it from the queue
        #[arg(long)]
        confirm: bool,
        #[command(flatten)]
        #[allow(missing_docs, reason = "a text here would be the command's help")]
        consumer: Consumer,
    },
    /// Post each event to a URL. A 2xx answer confirms the event; otherwise it is redelivered.
    Forward {
        /// URL to post to, such as http://localhost:8080/events
        #[arg(long, value_name = "URL")]
        to: String,
        #[command(flatten)]
        #[allow(missing_docs, reason = "a text here would be the command's help")]
        consumer: Consumer,
    },
    /// Run a command for each event, with the event as JSON on standard input. Exit code 0 confirms the event;
    /// otherwise it is redelivered.
    Run {
        #[command(flatten)]
        #[allow(missing_docs, reason = "a text here would be the command's help")]
        consumer: Consumer,
        /// The command and its arguments, after `--`
        #[arg(last = true, required = true)]
        command: Vec<String>,
    },
    /// Print the number of events in the queue.
    Count,
    /// Print the event settings of the application. `vod modify-event-config` changes them.
    Config,
}

/// How to consume.
#[derive(Debug, Clone, Args)]
pub struct Consumer {
    /// Number of events that are handled at the same time
    #[arg(long, value_name = "N", default_value_t = 8)]
    concurrency: usize,
    /// End after N events have been handled
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// End after this time
    #[arg(long, value_name = "SECONDS")]
    duration: Option<u64>,
}

/// Runs a subcommand.
///
/// # Errors
/// A setting can't be used, or the service refuses the calls.
pub fn run(command: Command, options: &ClientOptions, format: Option<Format>) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = options.client()?;
    runtime.block_on(async {
        match command {
            Command::Count => {
                let state = client.describe_events_state(DescribeEventsStateRequest::new()).await?;
                print(&state, format)
            }
            Command::Config => {
                let config = client.describe_event_config(DescribeEventConfigRequest::new()).await?;
                print(&config, format)
            }
            Command::Tail { confirm, consumer } => {
                let (printed, screen) = (Arc::new(Printed::default()), Screen::new(true));
                let confirms = confirm;
                consume(&client, consumer, screen.clone(), move |event| {
                    let (printed, screen) = (Arc::clone(&printed), screen.clone());
                    async move { screen.print(|| tail(&printed, &event, confirms)) }
                })
                .await
            }
            Command::Forward { to, consumer } => {
                let (target, screen) = (Arc::new(Target::parse(&to)?), Screen::new(true));
                consume(&client, consumer, screen.clone(), move |event| {
                    let (target, screen) = (Arc::clone(&target), screen.clone());
                    async move { target.post(&event, &screen).await }
                })
                .await
            }
            Command::Run { consumer, command } => {
                // What the commands print would mix with the line.
                let (command, screen) = (Arc::new(command), Screen::new(!io::stdout().is_terminal()));
                consume(&client, consumer, screen.clone(), move |event| {
                    let (command, screen) = (Arc::clone(&command), screen.clone());
                    async move { run_command::run(&command, &event, &screen).await }
                })
                .await
            }
        }
    })
}

fn print(answer: &impl serde::Serialize, format: Option<Format>) -> Result<ExitCode, Failure> {
    let value = serde_json::to_value(answer).map_err(Failure::usage)?;
    output::print(&Document::from(&value), format.unwrap_or_else(Format::usual), None)?;
    Ok(ExitCode::SUCCESS)
}

/// What became of an event: whether it is to be confirmed, and what to tell of it.
pub(crate) struct Handled {
    is_confirmed: bool,
    note: Option<String>,
}

/// Handles events until the program is told to end, then reports.
async fn consume<H, F>(
    client: &Client,
    consumer: Consumer,
    screen: Screen,
    handle: H,
) -> Result<ExitCode, Failure>
where
    H: Fn(ReceivedEvent) -> F + Send + Sync + 'static,
    F: Future<Output = Handled> + Send + 'static,
{
    let Consumer { concurrency, limit, duration } = consumer;
    let (begun, handled) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let enough = Arc::new(Notify::new());
    let end = end(Arc::clone(&enough), duration.map(Duration::from_secs))?;
    let events: EventsBuilder = client.events().concurrency(concurrency).shutdown_on(end, GRACE);
    let stream = events.stream()?;
    let live = LiveLine::start(screen, stream.shutdown());
    let report = stream
        .run(move |event: ReceivedEvent| {
            let is_beyond = limit.is_some_and(|limit| begun.fetch_add(1, Ordering::Relaxed) >= limit);
            let done = handle(event);
            let (handled, enough) = (Arc::clone(&handled), Arc::clone(&enough));
            async move {
                if is_beyond {
                    // A pull may bring more events than are wanted. Nothing is done with them, so that they are redelivered.
                    return Err("beyond --limit".to_owned());
                }
                let Handled { is_confirmed, note } = done.await;
                let count = handled.fetch_add(1, Ordering::Relaxed) + 1;
                if limit.is_some_and(|limit| count >= limit) {
                    enough.notify_one();
                }
                match (is_confirmed, note) {
                    (true, _) => Ok(()),
                    (false, note) => Err(note.unwrap_or_else(|| "not confirmed".to_owned())),
                }
            }
        })
        .await;
    live.end();
    let report = report?;
    // A closed standard error cannot be reported anywhere.
    let _ = writeln!(io::stderr(), "{}", report_text(&report));
    Ok(ExitCode::SUCCESS)
}

fn report_text(report: &Report) -> String {
    json!({
        "pulled": report.pulled,
        "confirmed": report.confirmed,
        "released": report.released,
        "expired": report.expired,
        "rejected": report.rejected,
        "failed": report.failed,
        "unknown": report.unknown,
        "abandoned": report.abandoned,
    })
    .to_string()
}

/// Completes at ctrl-c, at the request to terminate, when enough events have been handled, or when time is over. It
/// listens from now on.
fn end(
    enough: Arc<Notify>,
    duration: Option<Duration>,
) -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let signals = vod_emulator::cli::stop_signal()?;
    Ok(async move {
        let over = async {
            match duration {
                Some(duration) => tokio::time::sleep(duration).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = signals => {}
            () = enough.notified() => {}
            () = over => {}
        }
    })
}

/// Which events have been printed: one that is not confirmed is redelivered.
#[derive(Default)]
struct Printed(Mutex<(HashSet<String>, VecDeque<String>)>);

/// So many are remembered.
const REMEMBERED: usize = 10_000;

impl Printed {
    /// Adds an event; false if it was there.
    fn insert(&self, key: String) -> bool {
        let mut known = lock(&self.0);
        let (set, order) = &mut *known;
        if !set.insert(key.clone()) {
            return false;
        }
        order.push_back(key);
        if order.len() > REMEMBERED
            && let Some(oldest) = order.pop_front()
        {
            set.remove(&oldest);
        }
        true
    }
}

fn tail(printed: &Printed, event: &ReceivedEvent, confirm: bool) -> Handled {
    let is_new = confirm || event.content_key().is_none_or(|key| printed.insert(key));
    let is_written = !is_new || write_line(event.raw()).is_ok();
    // What could not be printed is not confirmed.
    Handled { is_confirmed: confirm && is_written, note: None }
}

/// The event's own text, which has no line breaks outside of strings, on a line of its own.
fn write_line(raw: &[u8]) -> io::Result<()> {
    let text = Document::parse(raw).map(|event| event.compact().into_bytes());
    let mut out = io::stdout().lock();
    out.write_all(text.as_deref().unwrap_or(raw))?;
    out.write_all(b"\n")?;
    out.flush()
}
