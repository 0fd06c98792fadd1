//! The options of the program.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, ToSocketAddrs as _};
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;

use crate::builder::{DEFAULT_SECRET_ID, DEFAULT_SECRET_KEY, EmulatorBuilder};
use crate::cli::exec::Task;
use crate::emulator::Emulator;
use crate::faults::plan::Faults;
use crate::log::call_counts::CallKey;
use crate::model::instant::unix_of;
use crate::options::TaskProgress;
use crate::options::{
    BadHandleInBatch, BatchSize, ClassNames, ClockSkew, ConfirmTwice, DeliveryOrder, EmptyPull, EventMode,
    Language, LateConfirmCode, MissingSubAppId, Options, OtherPayloads, Outage, SecondCommit, SystemClass,
    WallClock,
};
use crate::start_error::StartError;

/// Local emulator of Tencent Cloud VOD for development and tests; no account needed.
///
/// The first line on standard output is the address. Each call is logged as one line on standard error. POST
/// /_emulator/events[?sub-app-id=N] publishes the event (or list of events) in the body; GET
/// /_emulator/state[?sub-app-id=N] returns the queue's statistics; POST /_emulator/advance?seconds=N moves the clock
/// forward. POST /_emulator/faults injects the faults in the body; GET /_emulator/faults and /_emulator/handled
/// count. Open /_emulator/ in a browser for a page with calls and their checks, events, tasks, media, faults and the
/// clock.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[allow(clippy::doc_markdown, reason = "the comments are the help, where backticks would show")]
pub struct Arguments {
    /// Another task than serving until stopped
    #[command(subcommand)]
    pub(crate) task: Option<Task>,

    /// Address to listen at, such as 127.0.0.1:9410 (the default; of exec a free port), localhost:0, :9410 or
    /// 9410; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", value_parser = read_address)]
    listen: Option<SocketAddr>,

    /// Start with the state of this snapshot
    #[arg(long, value_name = "FILE")]
    pub(crate) restore: Option<PathBuf>,

    /// Write the state to this file at the end, as GET /_emulator/snapshot returns it
    #[arg(long, value_name = "FILE")]
    pub(crate) snapshot: Option<PathBuf>,

    /// Host that the emulator is called by besides the loopback ones, such as the name of its
    /// container, or a name and a mapped port; may be repeated
    #[arg(long = "allow-host", value_name = "HOST", env = "VOD_EMULATOR_ALLOW_HOST", value_delimiter = ',')]
    allowed_hosts: Vec<String>,

    /// Let other machines call /_emulator/ too; every call of it must carry this token in X-Vod-Emulator-Token
    #[arg(long, value_name = "TOKEN", env = "VOD_EMULATOR_CONTROL_TOKEN", hide_env_values = true)]
    control_token: Option<String>,

    /// Secret id that calls must be signed with
    #[arg(long, value_name = "ID", env = "VOD_EMULATOR_SECRET_ID", default_value = DEFAULT_SECRET_ID)]
    secret_id: String,

    /// Secret key that calls must be signed with; prefer the environment variable: arguments are visible in the
    /// process list
    #[arg(
        long,
        value_name = "KEY",
        env = "VOD_EMULATOR_SECRET_KEY",
        hide_env_values = true,
        default_value = DEFAULT_SECRET_KEY
    )]
    secret_key: String,

    /// Token that calls must carry, as for a temporary credential
    #[arg(long, value_name = "TOKEN", env = "VOD_EMULATOR_TOKEN", hide_env_values = true)]
    token: Option<String>,

    /// An application besides the default one, may be repeated; others are then refused
    #[arg(long = "sub-app-id", value_name = "N")]
    sub_app_ids: Vec<u64>,

    /// Number of the default application, which calls may give or leave out; others are then refused
    #[arg(long, value_name = "N")]
    default_sub_app_id: Option<u64>,

    /// Whether a call may leave SubAppId out: refused-if-named (if an application was named), accepted or refused
    #[arg(long, value_name = "RULE", default_value_t)]
    missing_sub_app_id: MissingSubAppId,

    /// How applications receive their events at first: PULL or PUSH
    #[arg(long, value_name = "MODE", default_value_t)]
    event_mode: EventMode,

    /// Queue published events only as mode and switches of ModifyEventConfig say
    #[arg(long)]
    obey_event_config: bool,

    /// Payloads of other types in an event: null or absent
    #[arg(long, value_name = "VALUE", default_value_t)]
    other_payloads: OtherPayloads,

    /// Order in which events are delivered: published or shuffled
    #[arg(long, value_name = "ORDER", default_value_t)]
    delivery_order: DeliveryOrder,

    /// How many of the waiting events a pull returns: full or partial
    #[arg(long, value_name = "SIZE", default_value_t)]
    batch_size: BatchSize,

    /// Seed of ids, invented figures and random decisions; if given, also of request ids and handles of events
    #[arg(long, value_name = "N")]
    seed: Option<u64>,

    /// Time of the wall clock at the start, such as 2026-01-01T00:00:00Z; default: this machine's time
    #[arg(long, value_name = "TIME", value_parser = read_time)]
    start_time: Option<i64>,

    /// Role of the machine in the metadata service; empty: none
    #[arg(long, value_name = "NAME", default_value = "emulator-role")]
    machine_role: String,

    /// Validity of a credential of the metadata service in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 7200)]
    machine_role_lifetime: u64,

    /// Delay before a callback without a response is retried, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    callback_pause: u64,

    /// Delay of the number that DescribeEventsState returns, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    backlog_delay: u64,

    /// Language of error messages where a call names none: en-US or zh-CN
    #[arg(long, value_name = "LANGUAGE", default_value_t)]
    language: Language,

    /// Effect of an outage on the port: reset-calls (control calls still work) or close-port
    #[arg(long, value_name = "RULE", default_value_t)]
    outage: Outage,

    /// Idle timeout of a connection in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    idle_timeout: u64,

    /// Refuse calls of actions that are not modelled, instead of returning their example
    #[arg(long)]
    strict: bool,

    /// Where names of classes must be unique: unique-in-application or unique-among-siblings
    #[arg(long, value_name = "RULE", default_value_t)]
    class_names: ClassNames,

    /// Whether the class 0 can be renamed and deleted: fixed or ordinary
    #[arg(long, value_name = "RULE", default_value_t)]
    system_class: SystemClass,

    /// How tasks progress: at-once, after=SECONDS, looks=N (of DescribeTaskDetail) or by-hand
    #[arg(long, value_name = "RULE", default_value_t)]
    task_progress: TaskProgress,

    /// Validity of a certificate of ApplyUpload in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 7200)]
    certificate_lifetime: u64,

    /// Response to a second CommitUpload of a session: refused or same-file
    #[arg(long, value_name = "RULE", default_value_t)]
    second_commit: SecondCommit,

    /// Let the certificate of an upload read objects too
    #[arg(long)]
    storage_reads: bool,

    /// Maximum size of one application's object storage in bytes; it is kept in memory
    #[arg(long, value_name = "BYTES", default_value_t = 1024 * 1024 * 1024)]
    storage_limit: u64,

    /// Maximum number of entries in one page of the storage's lists
    #[arg(long, value_name = "N", default_value_t = 1000)]
    storage_page: usize,

    /// Print what is modelled, as Markdown, and exit
    #[arg(long)]
    pub(crate) print_coverage: bool,

    /// Log only warnings, no calls; RUST_LOG sets levels in detail
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// Publish this many sample events to the default application at the start
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) seed_events: u64,

    /// Directory of another service to emulate (with a service.toml), may be repeated
    #[arg(long, value_name = "DIR")]
    specs: Vec<PathBuf>,

    /// Response of PullEvents on an empty queue: null-set, absent-set or resource-not-found
    #[arg(long, value_name = "ANSWER", default_value_t)]
    empty_pull: EmptyPull,

    #[arg(
        long,
        value_name = "CODE",
        default_value_t,
        help = "Error code of a late confirmation: InvalidParameterValue or FailedOperation"
    )]
    late_confirm_code: LateConfirmCode,

    /// How ConfirmEvents treats a batch with an invalid handle: fail-whole-batch, confirm-good-ones, ignore-bad-ones or
    /// stop-at-first-bad
    #[arg(long, value_name = "RULE", default_value_t)]
    bad_handle_in_batch: BadHandleInBatch,

    /// Response to a handle that is confirmed a second time: refuse or accept
    #[arg(long, value_name = "RULE", default_value_t)]
    confirm_twice: ConfirmTwice,

    /// Visibility timeout of a handle in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    visibility_timeout: u64,

    /// How long PullEvents waits for events, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    long_poll: u64,

    /// Retention of an event that was never delivered, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 345_600)]
    retention: u64,

    /// Wall clock that timestamps are compared with: virtual (includes skipped time) or system
    #[arg(long, value_name = "CLOCK", default_value_t)]
    wall_clock: WallClock,

    /// How far the emulator's wall clock is ahead, in seconds; negative: behind
    #[arg(long, value_name = "SECONDS", default_value = "0", allow_negative_numbers = true)]
    clock_skew: ClockSkew,

    /// How far the Date header is ahead of that clock, in seconds; negative: behind
    #[arg(long, value_name = "SECONDS", default_value = "0", allow_negative_numbers = true)]
    date_skew: ClockSkew,

    /// Do not enforce the rate limits of the specs
    #[arg(long)]
    no_rate_limits: bool,

    /// Accept signatures that name the first label of the host as the service, as the Node SDK makes them
    #[arg(long)]
    accept_host_as_service: bool,

    /// Faults to inject, as JSON or the path of a file with it; see POST /_emulator/faults
    #[arg(long, value_name = "JSON|FILE", value_parser = read_faults)]
    faults: Option<Faults>,

    /// Count handled calls by the value of this parameter too, or by `request-hash`
    #[arg(long, value_name = "KEY")]
    count_handled_by: Option<CallKey>,

    /// Return the example's response for a call that equals an example of the specs
    #[arg(long)]
    answer_examples: bool,
}

impl Arguments {
    fn options(&self) -> Options {
        Options {
            late_confirm_code: self.late_confirm_code,
            bad_handle_in_batch: self.bad_handle_in_batch,
            confirm_twice: self.confirm_twice,
            empty_pull: self.empty_pull,
            enforce_rate_limits: !self.no_rate_limits,
            visibility_timeout: Duration::from_secs(self.visibility_timeout),
            long_poll: Duration::from_secs(self.long_poll),
            clock_skew: self.clock_skew,
            date_skew: self.date_skew,
            accept_host_as_service: self.accept_host_as_service,
            retention: Duration::from_secs(self.retention),
            wall_clock: self.wall_clock,
            missing_sub_app_id: self.missing_sub_app_id,
            event_mode: self.event_mode,
            obey_event_config: self.obey_event_config,
            other_payloads: self.other_payloads,
            delivery_order: self.delivery_order,
            batch_size: self.batch_size,
            seed: self.seed.unwrap_or_default(),
            repeatable: self.seed.is_some(),
            start_time: self.start_time,
            machine_role: self.machine_role.clone(),
            machine_role_lifetime: Duration::from_secs(self.machine_role_lifetime),
            callback_pause: Duration::from_secs(self.callback_pause),
            backlog_delay: Duration::from_secs(self.backlog_delay),
            language: self.language,
            outage: self.outage,
            idle_timeout: Duration::from_secs(self.idle_timeout),
            strict: self.strict,
            class_names: self.class_names,
            system_class: self.system_class,
            task_progress: self.task_progress,
            certificate_lifetime: Duration::from_secs(self.certificate_lifetime),
            second_commit: self.second_commit,
            storage_reads: self.storage_reads,
            storage_limit: self.storage_limit,
            storage_page: self.storage_page,
        }
    }

    /// Starts the emulator, by default on the usual port or on a free one.
    pub(crate) async fn start(self, on_free_port: bool) -> Result<Emulator, StartError> {
        let port = if on_free_port { 0 } else { PORT };
        let listen = self.listen.unwrap_or_else(|| (Ipv4Addr::LOCALHOST, port).into());
        let mut builder = Emulator::builder()
            .listen(listen)
            .secret_id(or_default(&self.secret_id, DEFAULT_SECRET_ID))
            .secret_key(or_default(&self.secret_key, DEFAULT_SECRET_KEY))
            .options(self.options())
            .answer_examples(self.answer_examples);
        if let Some(token) = self.token {
            builder = builder.token(token);
        }
        if let Some(token) = self.control_token {
            builder = builder.control_token(token);
        }
        if let Some(faults) = self.faults {
            builder = builder.faults(faults);
        }
        if let Some(sub_app_id) = self.default_sub_app_id {
            builder = builder.default_sub_app_id(sub_app_id);
        }
        if let Some(key) = self.count_handled_by {
            builder = builder.count_handled_by(key);
        }
        let allowed_hosts = self.allowed_hosts.into_iter().filter(|host| !host.is_empty());
        builder = allowed_hosts.fold(builder, EmulatorBuilder::allow_host);
        builder = self.sub_app_ids.into_iter().fold(builder, EmulatorBuilder::sub_app_id);
        builder = self.specs.into_iter().fold(builder, EmulatorBuilder::specs);
        builder.start().await
    }
}

/// The port that is listened at by default.
const PORT: u16 = 9410;

/// A variable of the environment that is set and empty, as in compose files, counts as absent.
fn or_default<'a>(value: &'a str, default: &'a str) -> &'a str {
    if value.is_empty() { default } else { value }
}

/// Reads a moment as Unix seconds.
fn read_time(argument: &str) -> Result<i64, String> {
    let time = unix_of(argument).filter(|unix| *unix >= 0);
    time.ok_or_else(|| "write a moment since 1970 as 2026-01-01T00:00:00Z".to_owned())
}

/// Reads an address: with a host or its name, or a port of this machine alone.
fn read_address(argument: &str) -> Result<SocketAddr, String> {
    if let Ok(port) = argument.strip_prefix(':').unwrap_or(argument).parse::<u16>() {
        return Ok((Ipv4Addr::LOCALHOST, port).into());
    }
    let addresses: Vec<SocketAddr> = argument
        .to_socket_addrs()
        .map_err(|error| format!("write a host and a port, such as localhost:9410: {error}"))?
        .collect();
    let first = addresses.iter().find(|address| address.is_ipv4()).or(addresses.first());
    first.copied().ok_or_else(|| "the host has no address".to_owned())
}

/// Reads faults from JSON, or from the file of this path.
fn read_faults(argument: &str) -> Result<Faults, String> {
    if argument.trim_start().starts_with('{') {
        return Faults::from_json(argument.as_bytes()).map_err(|error| error.to_string());
    }
    let json = fs::read(argument).map_err(|error| format!("the file cannot be read: {error}"))?;
    Faults::from_json(&json).map_err(|error| error.to_string())
}
