//! What can be chosen about the emulated service, above all where the vendor's documents say nothing.

mod choices;

use std::time::Duration;

pub use choices::{
    BadHandleInBatch, BatchSize, ClassNames, ClockSkew, ConfirmTwice, DeliveryOrder, EmptyPull, EventMode,
    Language, LateConfirmCode, MissingSubAppId, OtherPayloads, Outage, SecondCommit, SystemClass,
    TaskProgress, UnknownChoice, WallClock,
};

/// How the emulated service behaves. The defaults follow the vendor's documents and, where these are
/// silent, give the answer that a careful client finds hardest.
///
/// ```
/// use vod_emulator::{EmptyPull, Options};
///
/// let options = Options { empty_pull: EmptyPull::ResourceNotFound, ..Options::default() };
/// assert_eq!(options.visibility_timeout.as_secs(), 30);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Options {
    /// The error code for confirming a handle after its validity. Default: `InvalidParameterValue`.
    pub late_confirm_code: LateConfirmCode,
    /// What one unknown, expired or already confirmed handle does to the others of its call. Default:
    /// the whole call fails and nothing is confirmed.
    pub bad_handle_in_batch: BadHandleInBatch,
    /// What confirming a handle again does, as long as it would still be valid. Default: it is refused.
    pub confirm_twice: ConfirmTwice,
    /// What a pull answers when no event came. Default: an event set of `null`.
    pub empty_pull: EmptyPull,
    /// Whether calls beyond an action's rate limit, as its spec states it, are refused. They are counted
    /// for each action and secret id in whole seconds of the emulator's clock. Default: true.
    pub enforce_rate_limits: bool,
    /// How long a handle can be confirmed after its event was handed out; then the event waits in the
    /// queue again. Default: 30 s.
    pub visibility_timeout: Duration,
    /// How long a pull waits for events at most. Default: 5 s.
    pub long_poll: Duration,
    /// How long an event that was never handed out is kept. Default: 4 days.
    pub retention: Duration,
    /// How far the emulator's wall clock, which judges timestamps, is off. Default: not at all.
    pub clock_skew: ClockSkew,
    /// How far the `Date` header of answers is off from that wall clock, as behind a proxy whose own clock is
    /// wrong. It plays no part in judging timestamps. Default: not at all.
    pub date_skew: ClockSkew,
    /// What the emulator's wall clock follows. Default: the emulator's own, virtual time.
    pub wall_clock: WallClock,
    /// Whether a v3 signature may name the first label of the call's host in place of the service. The
    /// vendor's Node SDK signs so; at `127.0.0.1` it names the service `127`. The real service refuses
    /// that, and so does the default: false.
    pub accept_host_as_service: bool,
    /// Whether a call may leave `SubAppId` out and so mean the default application. The service demands it of
    /// accounts that activated VOD on 2023-12-25 or later. Default: it must be given once applications are named.
    pub missing_sub_app_id: MissingSubAppId,
    /// How the applications receive their events at first. Default: `PULL`.
    pub event_mode: EventMode,
    /// Whether published events go the way of the service's own: only in `PULL` mode into the queue, and those of
    /// uploads, deletions and persistence only if `ModifyEventConfig` has switched them on. Default: false, every
    /// published event is queued.
    pub obey_event_config: bool,
    /// What stands in an event for the payloads of the other types. Default: `null`, as in the vendor's examples.
    pub other_payloads: OtherPayloads,
    /// In which order waiting events are handed out; the service promises none. Default: as they were published.
    pub delivery_order: DeliveryOrder,
    /// How many events a pull hands out if more than that wait. Default: as many as the action's limit allows.
    pub batch_size: BatchSize,
    /// What ids, made-up figures, shuffled orders and partial batches follow from. Default: 0.
    pub seed: u64,
    /// Whether request ids and handles of events follow from the seed too, so that the same calls get the same answers,
    /// byte by byte. Default: false, they are random.
    pub repeatable: bool,
    /// What the emulator's wall clock shows at the start, in Unix seconds. Timestamps of signatures may then be those of
    /// the machine too. Default: the machine's time.
    pub start_time: Option<i64>,
    /// The role of the machine, as the metadata service tells it: `GET /latest/meta-data/cam/security-credentials/`.
    /// Default: `emulator-role`; empty for a machine without a role.
    pub machine_role: String,
    /// How long a credential of the metadata service is good for. Default: two hours.
    pub machine_role_lifetime: Duration,
    /// How long the next attempt of a callback that was not answered waits. Default: not at all.
    pub callback_pause: Duration,
    /// How old the number is that `DescribeEventsState` answers; the service is about three minutes behind.
    /// Default: it is exact.
    pub backlog_delay: Duration,
    /// The language of error messages where a call does not name one by `X-TC-Language` or `Language`. Default:
    /// English.
    pub language: Language,
    /// What an outage by [`Fault::ConnectionRefused`](crate::Fault::ConnectionRefused) does to the port. Default: it
    /// stays open for the paths below `/_emulator/`, which can end the outage, and calls of the API are reset.
    pub outage: Outage,
    /// How long a connection may be silent while a request is awaited or arrives; then it is closed. Measured by
    /// tokio's clock. Default: 60 s.
    pub idle_timeout: Duration,
    /// Whether calls of actions that are not modelled are refused, with the code `VodEmulator.NotModelled`, in place
    /// of being answered by their example. Default: false.
    pub strict: bool,
    /// Which classes may not bear the same name. Default: any two of an application.
    pub class_names: ClassNames,
    /// Whether the class 0, which every application has, can be renamed and deleted. Default: it cannot.
    pub system_class: SystemClass,
    /// How tasks go on. Default: they take one second of the emulator's clock.
    pub task_progress: TaskProgress,
    /// How long a certificate of `ApplyUpload` is good for. Default: two hours.
    pub certificate_lifetime: Duration,
    /// What a second `CommitUpload` of a session does. Default: it is refused.
    pub second_commit: SecondCommit,
    /// Whether the certificate of an upload also permits to read objects (`GET`, `HEAD`). Default: false.
    pub storage_reads: bool,
    /// Bytes that the object storage of one application keeps in memory at most. Default: 1 GiB.
    pub storage_limit: u64,
    /// Entries in one page of the storage's lists at most, from 1 to 1000. Default: 1000.
    pub storage_page: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            late_confirm_code: LateConfirmCode::default(),
            bad_handle_in_batch: BadHandleInBatch::default(),
            confirm_twice: ConfirmTwice::default(),
            empty_pull: EmptyPull::default(),
            enforce_rate_limits: true,
            visibility_timeout: Duration::from_secs(30),
            long_poll: Duration::from_secs(5),
            retention: Duration::from_hours(4 * 24),
            clock_skew: ClockSkew::default(),
            date_skew: ClockSkew::default(),
            wall_clock: WallClock::default(),
            accept_host_as_service: false,
            missing_sub_app_id: MissingSubAppId::default(),
            event_mode: EventMode::default(),
            obey_event_config: false,
            other_payloads: OtherPayloads::default(),
            delivery_order: DeliveryOrder::default(),
            batch_size: BatchSize::default(),
            seed: 0,
            repeatable: false,
            start_time: None,
            machine_role: "emulator-role".to_owned(),
            machine_role_lifetime: Duration::from_hours(2),
            callback_pause: Duration::ZERO,
            backlog_delay: Duration::ZERO,
            language: Language::default(),
            outage: Outage::default(),
            idle_timeout: Duration::from_mins(1),
            strict: false,
            class_names: ClassNames::default(),
            system_class: SystemClass::default(),
            task_progress: TaskProgress::default(),
            certificate_lifetime: Duration::from_hours(2),
            second_commit: SecondCommit::default(),
            storage_reads: false,
            storage_limit: 1024 * 1024 * 1024,
            storage_page: 1000,
        }
    }
}
