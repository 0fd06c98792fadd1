//! Options of the emulated service, above all for undocumented behaviour.

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
    /// The error code for confirming an expired handle. Default: `InvalidParameterValue`.
    pub late_confirm_code: LateConfirmCode,
    /// How `ConfirmEvents` treats a batch with an unknown, expired or already confirmed handle. Default: the whole
    /// call fails and nothing is confirmed.
    pub bad_handle_in_batch: BadHandleInBatch,
    /// The response to a handle that is confirmed a second time while it is still valid. Default: it is refused.
    pub confirm_twice: ConfirmTwice,
    /// The response of `PullEvents` on an empty queue. Default: an event set of `null`.
    pub empty_pull: EmptyPull,
    /// Whether calls beyond an action's published rate limit are refused. They are counted for each action and secret
    /// id in whole seconds of the emulator's clock. Default: true.
    pub enforce_rate_limits: bool,
    /// The visibility timeout: how long a handle can be confirmed after its delivery; then the event is in the queue
    /// again. Default: 30 s.
    pub visibility_timeout: Duration,
    /// How long a pull waits for events. Default: 5 s.
    pub long_poll: Duration,
    /// How long an event that was never delivered is kept. Default: 4 days.
    pub retention: Duration,
    /// The skew of the emulator's wall clock, which timestamps are compared with. Default: none.
    pub clock_skew: ClockSkew,
    /// The skew of the `Date` header of responses from that wall clock, as behind a proxy whose own clock is wrong.
    /// It does not affect how timestamps are checked. Default: none.
    pub date_skew: ClockSkew,
    /// The source of the emulator's wall clock. Default: the emulator's own, virtual time.
    pub wall_clock: WallClock,
    /// Whether a v3 signature may use the first label of the call's host as the service name. The vendor's Node SDK
    /// signs in this way; at `127.0.0.1` the name is `127`. The real service refuses that. Default: false.
    pub accept_host_as_service: bool,
    /// Whether a call may omit `SubAppId` to use the default application. The service requires it for accounts that
    /// activated VOD on 2023-12-25 or later. Default: it is required if applications were added.
    pub missing_sub_app_id: MissingSubAppId,
    /// The initial event mode of applications. Default: `PULL`.
    pub event_mode: EventMode,
    /// Whether published events follow the event configuration as those of the service: queued only in the mode
    /// `PULL`, and those of uploads, deletions and persistence only if `ModifyEventConfig` has enabled them. Default:
    /// false, every published event is queued.
    pub obey_event_config: bool,
    /// The value of payload members of other types in an event. Default: `null`, as in the vendor's examples.
    pub other_payloads: OtherPayloads,
    /// The order in which waiting events are delivered; the service promises none. Default: as they were published.
    pub delivery_order: DeliveryOrder,
    /// How many events a pull returns if more are waiting. Default: as many as the action's limit allows.
    pub batch_size: BatchSize,
    /// The seed of ids, invented figures, shuffled orders and partial batches. Default: 0.
    pub seed: u64,
    /// Whether request ids and handles of events also follow from the seed, so that the same calls get the same
    /// responses, byte by byte. Default: false, they are random.
    pub repeatable: bool,
    /// The time of the emulator's wall clock at the start, in Unix seconds. Signatures with the machine's time are
    /// then accepted too. Default: the machine's time.
    pub start_time: Option<i64>,
    /// The machine's role in the metadata service: `GET /latest/meta-data/cam/security-credentials/`. Default:
    /// `emulator-role`; empty for a machine without a role.
    pub machine_role: String,
    /// The validity of a credential of the metadata service. Default: two hours.
    pub machine_role_lifetime: Duration,
    /// The delay before a callback that got no response is retried. Default: none.
    pub callback_pause: Duration,
    /// The delay of the number that `DescribeEventsState` returns; that of the service is about three minutes old.
    /// Default: none.
    pub backlog_delay: Duration,
    /// The language of error messages if a call does not set one by `X-TC-Language` or `Language`. Default: English.
    pub language: Language,
    /// The effect of an outage by [`Fault::ConnectionRefused`](crate::Fault::ConnectionRefused) on the port. Default:
    /// it stays open for the paths below `/_emulator/`, which can end the outage, and calls of the API are reset.
    pub outage: Outage,
    /// How long a connection may be idle before or during a request; then it is closed. Measured by tokio's clock.
    /// Default: 60 s.
    pub idle_timeout: Duration,
    /// Whether calls of actions that are not modelled are refused, with the code `VodEmulator.NotModelled`, instead
    /// of returning their example. Default: false.
    pub strict: bool,
    /// Which classes may not have the same name. Default: any two of an application.
    pub class_names: ClassNames,
    /// Whether the class 0, which every application has, can be renamed and deleted. Default: it cannot.
    pub system_class: SystemClass,
    /// How tasks progress. Default: they take one second of the emulator's clock.
    pub task_progress: TaskProgress,
    /// The validity of a certificate of `ApplyUpload`. Default: two hours.
    pub certificate_lifetime: Duration,
    /// The response to a second `CommitUpload` of a session. Default: it is refused.
    pub second_commit: SecondCommit,
    /// Whether the certificate of an upload also permits to read objects (`GET`, `HEAD`). Default: false.
    pub storage_reads: bool,
    /// The maximum size of one application's object storage in bytes; it is kept in memory. Default: 1 GiB.
    pub storage_limit: u64,
    /// The maximum number of entries in one page of the storage's lists, from 1 to 1000. Default: 1000.
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
