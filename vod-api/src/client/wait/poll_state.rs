//! The poll loop of waiters: when to look again, and when to stop.

use std::time::Duration;

use tokio::time::{Instant, sleep_until, timeout_at};

use super::{Pauses, Waiting};
use crate::action::ActionMeta;
use crate::clock;
use crate::error::{Error, ErrorKind};
use crate::record::mismatch::{Mismatch, check_fit};
use crate::record::{Record, ValueRef};
use crate::retry::backoff::{Backoff, Delays, Jitter};

/// How many calls may fail in a row, less one.
const PATIENCE: u32 = 4;

/// A pause of nothing at all would be a call without end.
const SHORTEST: Duration = Duration::from_millis(1);

/// And a longer one would be no waiting.
const LONGEST: Duration = Duration::from_hours(24);

/// What to do after a call.
pub(crate) enum Next {
    /// Its outcome is that of the waiting.
    Stop,
    /// Call again later.
    Pause(Duration),
}

/// What an answer tells of what is waited for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Seen<'a> {
    status: Option<&'a str>,
    /// The waiting ends with this answer.
    pub(crate) is_last: bool,
}

/// How the waiting goes.
pub(crate) struct PollState {
    action: &'static ActionMeta,
    waiting: Option<&'static Waiting>,
    /// What is waited for, for messages.
    id: String,
    backoff: Delays,
    /// When it is over, and how long that was from the beginning.
    deadline: Option<(Instant, Duration)>,
    last_status: Option<String>,
    failures: u32,
}

impl PollState {
    pub(crate) fn new(
        action: &'static ActionMeta,
        waiting: Option<&'static Waiting>,
        pauses: &Pauses,
        request: &dyn Record,
    ) -> Self {
        let longest = pauses.longest.clamp(SHORTEST, LONGEST);
        let first = pauses.first.max(SHORTEST);
        // A time that no clock can tell never comes.
        let deadline = pauses.timeout.and_then(|limit| Some((clock::now().checked_add(limit)?, limit)));
        Self {
            action,
            waiting,
            id: waiting.map_or_else(|| action.name.to_owned(), |waiting| name_of(request, waiting.id)),
            backoff: Backoff::new(first, longest, Jitter::Quarter).delays(),
            deadline,
            last_status: None,
            failures: 0,
        }
    }

    /// Waits for a call, as long as there is time.
    pub(crate) async fn within_time<T>(&self, call: impl Future<Output = T>) -> Result<T, Error> {
        match self.deadline {
            None => Ok(call.await),
            Some((deadline, limit)) => timeout_at(deadline, call).await.map_err(|_| self.time_ran_out(limit)),
        }
    }

    /// Whether the status can be believed.
    pub(crate) fn check(&self, answer: &dyn Record, mismatches: &[Mismatch]) -> Result<(), Error> {
        let status = self.waiting.map(|waiting| waiting.status);
        check_fit(answer, mismatches, status).map_err(|error| error.with_action(self.action))
    }

    /// What an answer tells.
    pub(crate) fn seen<'a>(&self, answer: &'a dyn Record) -> Seen<'a> {
        let Some(waiting) = self.waiting else { return Seen::default() };
        let status = match answer.get(waiting.status).value() {
            Some(ValueRef::String(status)) => status,
            _ => "",
        };
        Seen { status: Some(status), is_last: waiting.until.contains(&status) }
    }

    /// What a call's outcome means.
    pub(crate) fn consider(&mut self, outcome: Result<Seen<'_>, &Error>) -> Next {
        match outcome {
            Ok(Seen { is_last: true, .. }) => return Next::Stop,
            Ok(Seen { status, .. }) => {
                self.failures = 0;
                self.last_status = status.map(str::to_owned);
            }
            Err(error) => {
                self.failures += 1;
                if self.failures > PATIENCE || !error.is_retryable() {
                    return Next::Stop;
                }
            }
        }
        Next::Pause(self.backoff.next_delay())
    }

    /// Lets time pass. Where the pause would outlast the waiting, it ends early enough for a last look.
    pub(crate) async fn pause(&self, pause: Duration) -> Result<(), Error> {
        let end = clock::now() + pause;
        let Some((deadline, limit)) = self.deadline.filter(|(deadline, _)| end >= *deadline) else {
            sleep_until(end).await;
            return Ok(());
        };
        let last_look = deadline.checked_sub(self.backoff.base()).filter(|look| *look > clock::now());
        sleep_until(last_look.unwrap_or(deadline)).await;
        if last_look.is_some() { Ok(()) } else { Err(self.time_ran_out(limit)) }
    }

    fn time_ran_out(&self, limit: Duration) -> Error {
        let id = &self.id;
        let last = match self.last_status.as_deref() {
            None => "no status reported".to_owned(),
            Some("") => "its last status was empty".to_owned(),
            Some(status) => format!("its last status was `{status}`"),
        };
        let message = format!("timed out after {limit:?} (Wait::timeout) waiting for {id}: {last}");
        Error::new(ErrorKind::Timeout, message).with_action(self.action)
    }
}

/// The request's field that names what is waited for, with its value unless that is a secret.
fn name_of(request: &dyn Record, id: usize) -> String {
    let meta = request.meta();
    let name = meta.fields.get(id).copied().unwrap_or_default();
    match request.get(id).value() {
        _ if meta.sensitive.contains(&id) => name.to_owned(),
        Some(ValueRef::String(value)) => format!("{name} {value}"),
        Some(ValueRef::Int64(value)) => format!("{name} {value}"),
        Some(ValueRef::Uint64(value)) => format!("{name} {value}"),
        _ => name.to_owned(),
    }
}
