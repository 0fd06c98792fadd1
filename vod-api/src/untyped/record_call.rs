//! Calls of records that others than the macros make: for tools that read specs at run time. Hidden from the
//! documentation, because it changes with the generator.
//!
//! Everything is as for a typed call, and runs by the same code; only who owns request and response differs.

use bytes::Bytes;

use super::call_settings;
use crate::action::ActionMeta;
use crate::client::Client;
use crate::client::config::CallSettings;
use crate::client::pages::{Paging, Walk};
pub use crate::client::wait::Pauses;
use crate::client::wait::{Next, PollState, Waiting};
use crate::error::Error;
use crate::pipeline::{self, Invocation, Response};
use crate::record::Mismatch;
use crate::record::{FieldMut, FieldRef, Record, RecordMeta, UnionMeta, reset};

/// Settings of calls of one action.
#[derive(Debug, Clone)]
#[must_use = "nothing is sent before `send`"]
pub struct RecordCall {
    client: Client,
    action: &'static ActionMeta,
    settings: CallSettings,
}

/// What an answer brings besides its record.
#[derive(Debug, Clone, Default)]
pub struct RecordAnswer {
    /// The values that do not fit their fields.
    pub mismatches: Vec<Mismatch>,
    /// The whole body.
    pub json: Bytes,
}

impl RecordCall {
    /// Calls with the client's settings.
    pub fn new(client: &Client, action: &'static ActionMeta) -> Self {
        Self { client: client.clone(), action, settings: CallSettings::default() }
    }

    call_settings!();

    /// Refuses an answer of which a value does not fit its field.
    pub fn strict_answers(mut self, strict: bool) -> Self {
        self.settings.strict_answers = Some(strict);
        self
    }

    /// Makes the call. What the response held before is gone.
    ///
    /// # Errors
    /// Those of a call.
    pub async fn send(
        &self,
        request: &mut dyn Record,
        response: &mut dyn Record,
    ) -> Result<RecordAnswer, Error> {
        reset(response);
        let mut response = Refilled(response);
        let call = Invocation {
            config: self.client.config(),
            action: self.action,
            settings: &self.settings,
            slot: None,
        };
        let brought = pipeline::run(call, request, &mut response).await?;
        Ok(RecordAnswer { mismatches: brought.mismatches.into_vec(), json: brought.json })
    }

    /// Goes through a list page by page.
    pub fn pages(self, paging: &'static Paging) -> RecordPages {
        let walk = Walk::new(self.action, paging);
        RecordPages { call: self, walk }
    }

    /// Makes the call again and again until its answer is the last one.
    pub fn wait(self, waiting: Option<&'static Waiting>, pauses: Pauses) -> RecordWait {
        RecordWait { call: self, waiting, pauses }
    }
}

/// A list, page by page.
#[must_use = "nothing is fetched until a page is asked for"]
pub struct RecordPages {
    call: RecordCall,
    walk: Walk,
}

impl RecordPages {
    /// Fetches the next page into the response; none at the end. The request is the same one for all pages, and is
    /// changed to name each of them.
    ///
    /// # Errors
    /// The call of a page failed, or the service does not move on. There is no other page then.
    pub async fn next(
        &mut self,
        request: &mut dyn Record,
        response: &mut dyn Record,
    ) -> Option<Result<RecordAnswer, Error>> {
        if !self.walk.name_page(request) {
            return None;
        }
        let outcome = self.call.send(request, response).await;
        let outcome = outcome.and_then(|answer| {
            self.walk.arrived(&*response, &answer.mismatches)?;
            Ok(answer)
        });
        if outcome.is_err() {
            self.walk.end();
        }
        Some(outcome)
    }
}

impl std::fmt::Debug for RecordPages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecordPages").field("call", &self.call).finish_non_exhaustive()
    }
}

/// Looks at an answer, and may say whether it is the last one; otherwise its status does.
pub type Look<'a> = &'a mut (dyn FnMut(&RecordAnswer) -> Option<bool> + Send);

/// A waiter.
#[derive(Debug)]
#[must_use = "nothing is done before `run`"]
pub struct RecordWait {
    call: RecordCall,
    waiting: Option<&'static Waiting>,
    pauses: Pauses,
}

impl RecordWait {
    /// Waits for the last answer.
    ///
    /// # Errors
    /// Those of [`Wait`](crate::Wait).
    pub async fn run(
        &self,
        request: &mut dyn Record,
        response: &mut dyn Record,
        look: Look<'_>,
    ) -> Result<RecordAnswer, Error> {
        let mut course = PollState::new(self.call.action, self.waiting, &self.pauses, &*request);
        loop {
            let outcome = course.within_time(self.call.send(request, response)).await?;
            let next = match &outcome {
                Ok(answer) => {
                    course.check(&*response, &answer.mismatches)?;
                    let verdict = look(answer);
                    let mut seen = course.seen(&*response);
                    seen.is_last = verdict.unwrap_or(seen.is_last);
                    course.consider(Ok(seen))
                }
                Err(error) => course.consider(Err(error)),
            };
            match next {
                Next::Stop => return outcome,
                Next::Pause(pause) => course.pause(pause).await?,
            }
        }
    }
}

/// A response that is filled again for each attempt, without a default to make it of.
#[derive(Debug)]
struct Refilled<'a>(&'a mut dyn Record);

impl Record for Refilled<'_> {
    fn meta(&self) -> &'static RecordMeta {
        self.0.meta()
    }
    fn get(&self, index: usize) -> FieldRef<'_> {
        self.0.get(index)
    }
    fn get_mut(&mut self, index: usize) -> FieldMut<'_> {
        self.0.get_mut(index)
    }
    fn unknown(&self) -> Option<&serde_json::Map<String, serde_json::Value>> {
        self.0.unknown()
    }
    fn unknown_mut(&mut self) -> Option<&mut serde_json::Map<String, serde_json::Value>> {
        self.0.unknown_mut()
    }
    fn union(&self) -> Option<&'static UnionMeta> {
        self.0.union()
    }
}

impl Response for Refilled<'_> {
    fn start_anew(&mut self) {
        reset(self.0);
    }
}
