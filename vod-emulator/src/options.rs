//! What can be chosen about the emulated service, above all where the vendor's documents say nothing.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;
use std::time::Duration;

use crate::protocol::codes;

/// How the emulated service behaves. The defaults follow the vendor's documents and, where these are
/// silent, give the answer that a careful client finds hardest.
///
/// ```
/// use vod_emulator::{EmptyPull, Options};
///
/// let options = Options { empty_pull: EmptyPull::ResourceNotFound, ..Options::default() };
/// assert_eq!(options.visibility.as_secs(), 30);
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
    pub visibility: Duration,
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
    /// What shuffled orders and partial batches follow from. Default: 0.
    pub seed: u64,
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
}

impl Default for Options {
    fn default() -> Self {
        Self {
            late_confirm_code: LateConfirmCode::default(),
            bad_handle_in_batch: BadHandleInBatch::default(),
            confirm_twice: ConfirmTwice::default(),
            empty_pull: EmptyPull::default(),
            enforce_rate_limits: true,
            visibility: Duration::from_secs(30),
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
            backlog_delay: Duration::ZERO,
            language: Language::default(),
            outage: Outage::default(),
            idle_timeout: Duration::from_mins(1),
            strict: false,
            class_names: ClassNames::default(),
            system_class: SystemClass::default(),
        }
    }
}

/// The error code for a handle that is confirmed too late, of those that the vendor lists for `ConfirmEvents`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LateConfirmCode {
    /// `InvalidParameterValue`, what became of the code 4000 of the old API.
    #[default]
    InvalidParameterValue,
    /// `FailedOperation`.
    FailedOperation,
}

impl LateConfirmCode {
    /// The code as it stands in an answer.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::InvalidParameterValue => codes::INVALID_PARAMETER_VALUE,
            Self::FailedOperation => codes::FAILED_OPERATION,
        }
    }
}

/// What a bad handle does to the other handles of the call. A call without any good handle is an error
/// in every case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BadHandleInBatch {
    /// The call is an error and nothing is confirmed.
    #[default]
    FailWholeBatch,
    /// The call is an error, yet the good handles are confirmed.
    ConfirmGoodOnes,
    /// The good handles are confirmed and the call succeeds.
    IgnoreBadOnes,
    /// The call is an error; the good handles before the first bad one are confirmed, those behind it are not,
    /// as of a service that works through the list and stops. With [`ConfirmTwice::Refuse`] a client that
    /// repeats the call has a bad handle in front.
    StopAtFirstBad,
}

/// What confirming a handle again does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ConfirmTwice {
    /// The handle is bad: `InvalidParameterValue`.
    #[default]
    Refuse,
    /// The handle is good as long as it would have been valid.
    Accept,
}

/// What a pull answers when there is no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EmptyPull {
    /// An event set of `null`.
    #[default]
    NullSet,
    /// No event set at all.
    AbsentSet,
    /// The error `ResourceNotFound`.
    ResourceNotFound,
}

/// How far the emulator's wall clock is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClockSkew {
    /// Not at all.
    #[default]
    None,
    /// It shows a later time.
    Ahead(Duration),
    /// It shows an earlier time.
    Behind(Duration),
}

impl ClockSkew {
    /// By how many seconds a clock that is off by this shows a later time.
    pub(crate) fn seconds(self) -> i64 {
        let seconds = |by: Duration| i64::try_from(by.as_secs()).unwrap_or(i64::MAX);
        match self {
            Self::None => 0,
            Self::Ahead(by) => seconds(by),
            Self::Behind(by) => -seconds(by),
        }
    }

    /// The skew of a clock that shows a time later by this many seconds.
    pub(crate) fn of_seconds(ahead: i64) -> Self {
        match Duration::from_secs(ahead.unsigned_abs()) {
            Duration::ZERO => Self::None,
            by if ahead > 0 => Self::Ahead(by),
            by => Self::Behind(by),
        }
    }
}

/// A number of seconds; a negative one means behind.
impl FromStr for ClockSkew {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse().map(Self::of_seconds)
    }
}

/// What the emulator's wall clock follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WallClock {
    /// The emulator's own time: it stands still on a paused tokio clock and jumps with
    /// [`advance`](crate::Emulator::advance).
    #[default]
    Virtual,
    /// The machine's time, whatever the emulator's own does: for clients that sign with the machine's time
    /// while a test lets hours pass.
    System,
}

/// Whether a call may leave the application out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MissingSubAppId {
    /// It means the default application, unless the emulator was told which applications there are; then the call
    /// is refused with `MissingParameter`.
    #[default]
    RefusedIfNamed,
    /// It means the default application.
    Accepted,
    /// The call is refused with `MissingParameter`.
    Refused,
}

/// How an application receives its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EventMode {
    /// They wait for `PullEvents`.
    #[default]
    Pull,
    /// They are posted to a URL. The emulator posts nothing; pulls find no events in this mode.
    Push,
}

/// What stands in an event for the payloads of other types than its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OtherPayloads {
    /// The member with the value `null`.
    #[default]
    Null,
    /// Nothing.
    Absent,
}

/// The order in which waiting events are handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeliveryOrder {
    /// As they were published, or came back.
    #[default]
    Published,
    /// By chance, from [`Options::seed`].
    Shuffled,
}

/// How many of the waiting events a pull hands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BatchSize {
    /// As many as the limit allows.
    #[default]
    Full,
    /// By chance from one to the limit, from [`Options::seed`].
    Partial,
}

/// The language of error messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Chinese, with the English text in brackets.
    Chinese,
}

/// What an outage does to the emulator's port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outage {
    /// The port stays open: calls of the API are reset, those below `/_emulator/` are answered.
    #[default]
    ResetCalls,
    /// The port is closed, so that connections are refused as by a service that is down. Nothing but time and the
    /// library can end such an outage.
    ClosePort,
}

/// Which classes may not bear the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClassNames {
    /// Any two classes of an application.
    #[default]
    UniqueInApplication,
    /// Two classes of one parent.
    UniqueAmongSiblings,
}

/// What can be done to the class 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SystemClass {
    /// It can neither be renamed nor deleted.
    #[default]
    Fixed,
    /// It is a class as others are.
    Ordinary,
}

/// A text that names no choice of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownChoice {
    choices: &'static [&'static str],
}

impl fmt::Display for UnknownChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "choose one of {}", self.choices.join(", "))
    }
}

impl std::error::Error for UnknownChoice {}

/// Gives an option the names that it has on the command line.
macro_rules! choices {
    ($option:ident { $($text:literal => $variant:ident),+ $(,)? }) => {
        impl FromStr for $option {
            type Err = UnknownChoice;

            fn from_str(text: &str) -> Result<Self, UnknownChoice> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(UnknownChoice { choices: &[$($text),+] }),
                }
            }
        }

        impl fmt::Display for $option {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$variant => $text),+ })
            }
        }
    };
}

choices!(LateConfirmCode {
    "InvalidParameterValue" => InvalidParameterValue,
    "FailedOperation" => FailedOperation,
});
choices!(BadHandleInBatch {
    "fail-whole-batch" => FailWholeBatch,
    "confirm-good-ones" => ConfirmGoodOnes,
    "ignore-bad-ones" => IgnoreBadOnes,
    "stop-at-first-bad" => StopAtFirstBad,
});
choices!(ConfirmTwice {
    "refuse" => Refuse,
    "accept" => Accept,
});
choices!(MissingSubAppId {
    "refused-if-named" => RefusedIfNamed,
    "accepted" => Accepted,
    "refused" => Refused,
});
choices!(EventMode {
    "PULL" => Pull,
    "PUSH" => Push,
});
choices!(OtherPayloads {
    "null" => Null,
    "absent" => Absent,
});
choices!(DeliveryOrder {
    "published" => Published,
    "shuffled" => Shuffled,
});
choices!(BatchSize {
    "full" => Full,
    "partial" => Partial,
});
choices!(Language {
    "en-US" => English,
    "zh-CN" => Chinese,
});
choices!(WallClock {
    "virtual" => Virtual,
    "system" => System,
});
choices!(ClassNames {
    "unique-in-application" => UniqueInApplication,
    "unique-among-siblings" => UniqueAmongSiblings,
});
choices!(SystemClass {
    "fixed" => Fixed,
    "ordinary" => Ordinary,
});
choices!(Outage {
    "reset-calls" => ResetCalls,
    "close-port" => ClosePort,
});
choices!(EmptyPull {
    "null-set" => NullSet,
    "absent-set" => AbsentSet,
    "resource-not-found" => ResourceNotFound,
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_have_names() {
        assert_eq!("absent-set".parse(), Ok(EmptyPull::AbsentSet));
        assert_eq!(BadHandleInBatch::IgnoreBadOnes.to_string(), "ignore-bad-ones");
        let error = "maybe".parse::<ConfirmTwice>().unwrap_err();
        assert_eq!(error.to_string(), "choose one of refuse, accept");
    }
}
