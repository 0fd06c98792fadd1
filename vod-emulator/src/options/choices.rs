//! The choices that single options have.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;
use std::time::Duration;

use crate::protocol::codes;

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

/// How an invalid handle affects the other handles of the call. A call without any valid handle is an error in every
/// case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BadHandleInBatch {
    /// The call is an error and nothing is confirmed.
    #[default]
    FailWholeBatch,
    /// The call is an error, but the valid handles are confirmed.
    ConfirmGoodOnes,
    /// The valid handles are confirmed and the call succeeds.
    IgnoreBadOnes,
    /// The call is an error; the valid handles before the first invalid one are confirmed, those after it are not, as
    /// if the service processed the list and stopped. With [`ConfirmTwice::Refuse`] a client that retries the call
    /// then has an invalid handle in front.
    StopAtFirstBad,
}

/// The response to a handle that is confirmed a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ConfirmTwice {
    /// The handle is invalid: `InvalidParameterValue`.
    #[default]
    Refuse,
    /// The handle is valid until it would have expired.
    Accept,
}

/// The response of `PullEvents` on an empty queue.
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

/// The skew of the emulator's wall clock.
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

/// The source of the emulator's wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WallClock {
    /// The emulator's own time: it stops on a paused tokio clock and jumps with
    /// [`advance`](crate::Emulator::advance).
    #[default]
    Virtual,
    /// The machine's time, independent of the emulator's own: for clients that sign with the machine's time while a
    /// test skips hours.
    System,
}

/// Whether a call may omit the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MissingSubAppId {
    /// The call uses the default application, unless applications were added; then it is refused with
    /// `MissingParameter`.
    #[default]
    RefusedIfNamed,
    /// The call uses the default application.
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

/// The value of an event's payload members of other types than its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OtherPayloads {
    /// The member with the value `null`.
    #[default]
    Null,
    /// The member is missing.
    Absent,
}

/// The order in which waiting events are delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeliveryOrder {
    /// In the order in which they were published, or returned to the queue.
    #[default]
    Published,
    /// Random, from [`Options::seed`](crate::Options::seed).
    Shuffled,
}

/// How many of the waiting events a pull returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BatchSize {
    /// As many as the limit allows.
    #[default]
    Full,
    /// A random number from one to the limit, from [`Options::seed`](crate::Options::seed).
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

/// The effect of an outage on the emulator's port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outage {
    /// The port stays open: calls of the API are reset, those below `/_emulator/` are answered.
    #[default]
    ResetCalls,
    /// The port is closed, so that connections are refused. Such an outage ends only by time or through the library.
    ClosePort,
}

/// Which classes may not have the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClassNames {
    /// Any two classes of an application.
    #[default]
    UniqueInApplication,
    /// Two classes of one parent.
    UniqueAmongSiblings,
}

/// How tasks progress from `WAITING` through `PROCESSING` to `FINISH`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskProgress {
    /// They have ended by the next call.
    AtOnce,
    /// They end after this time of the emulator's clock, and are waiting for its first quarter.
    After(Duration),
    /// They end when `DescribeTaskDetail` asks for them for this many times, and are waiting at the first.
    AfterLooks(u32),
    /// They wait until a test ends them.
    ByHand,
}

impl Default for TaskProgress {
    fn default() -> Self {
        Self::After(Duration::from_secs(1))
    }
}

/// `at-once`, `by-hand`, `after=SECONDS` or `looks=N`.
impl FromStr for TaskProgress {
    type Err = UnknownChoice;

    fn from_str(text: &str) -> Result<Self, UnknownChoice> {
        let unknown = UnknownChoice { choices: &["at-once", "by-hand", "after=SECONDS", "looks=N"] };
        match (text, text.split_once('=')) {
            ("at-once", _) => Ok(Self::AtOnce),
            ("by-hand", _) => Ok(Self::ByHand),
            (_, Some(("after", seconds))) => {
                seconds.parse().map(|seconds| Self::After(Duration::from_secs(seconds))).map_err(|_| unknown)
            }
            (_, Some(("looks", looks))) => looks.parse().map(Self::AfterLooks).map_err(|_| unknown),
            _ => Err(unknown),
        }
    }
}

impl fmt::Display for TaskProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtOnce => f.write_str("at-once"),
            Self::ByHand => f.write_str("by-hand"),
            Self::After(period) => write!(f, "after={}", period.as_secs()),
            Self::AfterLooks(looks) => write!(f, "looks={looks}"),
        }
    }
}

/// The response to a second `CommitUpload` of the same session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SecondCommit {
    /// It is refused with `InvalidParameterValue.VodSessionKey`.
    #[default]
    Refused,
    /// It returns the file of the first one, as long as that exists, and publishes nothing.
    SameFile,
}

/// What can be done to the class 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SystemClass {
    /// It can neither be renamed nor deleted.
    #[default]
    Fixed,
    /// It is a class like any other.
    Ordinary,
}

/// A string that is not a choice of an option.
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
choices!(SecondCommit {
    "refused" => Refused,
    "same-file" => SameFile,
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
