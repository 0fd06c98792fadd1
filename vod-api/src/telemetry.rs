//! What a caller can observe of a call: each attempt, by a hook, and metrics.

#[cfg(feature = "metrics")]
pub(crate) mod metrics;
#[cfg(test)]
#[cfg(feature = "metrics")]
pub(crate) mod test_recorder;

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::action::ActionMeta;
use crate::error::Error;
use crate::record::mismatch::Mismatch;
use crate::sync::lock;

/// An attempt of a call that has ended: see [`ClientBuilder::on_attempt`](crate::ClientBuilder::on_attempt).
#[derive(Debug)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The service's name, such as `vod`.
    pub service: &'static str,
    /// The action's name.
    pub action: &'static str,
    /// The host that it was sent to, with its port if it has one.
    pub host: &'a str,
    /// The number of the attempt within its call, from 1.
    pub number: u32,
    /// Its duration, from sending to the end of the response.
    pub elapsed: Duration,
    /// The HTTP status, if there was a response.
    pub status: Option<u16>,
    /// The request id of the service.
    pub request_id: Option<&'a str>,
    /// The size of the parameters in bytes.
    pub request_bytes: usize,
    /// The size of the response body in bytes.
    pub response_bytes: usize,
    /// Why it failed; `None` if it succeeded.
    pub error: Option<&'a Error>,
    /// The delay before the next attempt; `None` if this was the last one.
    pub retry_in: Option<Duration>,
    /// Values of a successful response that do not fit their fields: the first 64, and all that belong to fields of
    /// the response itself.
    pub mismatches: &'a [Mismatch],
    /// The number of such values.
    pub mismatch_count: usize,
}

/// A caller's function that is shown each attempt.
#[derive(Clone)]
pub(crate) struct AttemptHook(pub(crate) Arc<dyn Fn(&Attempt<'_>) + Send + Sync>);

impl fmt::Debug for AttemptHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("on_attempt")
    }
}

/// Actions about which something was logged that is logged only once.
#[derive(Debug, Default)]
pub(crate) struct ToldActions(Mutex<Vec<&'static ActionMeta>>);

impl ToldActions {
    /// Adds an action; false if it was there.
    pub(crate) fn insert(&self, action: &'static ActionMeta) -> bool {
        let mut told = lock(&self.0);
        let is_new = !told.iter().any(|known| std::ptr::eq(*known, action));
        if is_new {
            told.push(action);
        }
        is_new
    }
}

/// How many paths of mismatches are told apart. They come from specs, but lists of names would not end.
const MOST_PATHS: usize = 1000;

/// Where values of answers did not fit, as far as that has been told.
#[derive(Debug, Default)]
pub(crate) struct ToldMismatches(Mutex<HashSet<(&'static str, &'static str, String)>>);

/// Whether something has been told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Never,
    Before,
    /// This is the first one too many to remember.
    TooMuch,
}

impl ToldMismatches {
    /// Adds the path of an action's answer.
    pub(crate) fn insert(&self, action: &'static ActionMeta, path: &str) -> Told {
        let place = (action.service.name, action.name, path.to_owned());
        let mut told = lock(&self.0);
        if told.len() > MOST_PATHS || told.contains(&place) {
            return Told::Before;
        }
        told.insert(place);
        if told.len() > MOST_PATHS { Told::TooMuch } else { Told::Never }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::ServiceMeta;

    static SERVICE: ServiceMeta = ServiceMeta::new("vod", "2018-07-17", &[], &[], &[]);
    static ACTION: ActionMeta = ActionMeta::new("Act", &SERVICE, 0, 0, true, false, &[]);
    static OTHER: ActionMeta = ActionMeta::new("Other", &SERVICE, 0, 0, true, false, &[]);

    #[test]
    fn paths_are_told_once_and_only_so_many_are_remembered() {
        let told = ToldMismatches::default();
        assert_eq!(told.insert(&ACTION, "A"), Told::Never);
        assert_eq!(told.insert(&ACTION, "A"), Told::Before);
        assert_eq!(told.insert(&OTHER, "A"), Told::Never);
        let new = (0..2000).map(|n| told.insert(&ACTION, &format!("B{n}")));
        let counts = new.fold([0; 3], |mut counts, told| {
            counts[told as usize] += 1;
            counts
        });
        assert_eq!(counts, [MOST_PATHS - 2, 2000 - (MOST_PATHS - 1), 1]);
        assert_eq!(told.0.lock().unwrap().len(), MOST_PATHS + 1);
    }
}
