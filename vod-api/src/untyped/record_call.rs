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
use crate::client::windows::walk::WindowWalk;
use crate::client::windows::{Window, service_time};
use crate::error::Error;
use crate::pipeline::{self, Invocation, Response};
use crate::record::Mismatch;
use crate::record::{FieldMut, FieldRef, ListRef, Record, RecordMeta, UnionMeta, ValueRef, reset};

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

    /// Goes through a list page by page, as [`Call::pages`](crate::Call::pages) does.
    pub fn pages(self, paging: &'static Paging) -> RecordPages {
        let walk = PageWalk::Plain(Walk::new(self.action, paging));
        RecordPages { call: self, paging, walk }
    }

    /// Goes through a list that has a ceiling, by windows of time, as [`Call::all`](crate::Call::all) does.
    pub fn windows(self, paging: &'static Paging, window: &'static Window) -> RecordPages {
        let walk = PageWalk::Windows(Box::new(WindowWalk::new(self.action, paging, window)));
        RecordPages { call: self, paging, walk }
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
    paging: &'static Paging,
    walk: PageWalk,
}

/// What decides which page is next: the same walks as for generated types.
enum PageWalk {
    Plain(Walk),
    Windows(Box<WindowWalk>),
}

/// A page of a list.
#[derive(Debug, Clone, Default)]
pub struct RecordPage {
    /// The answer.
    pub answer: RecordAnswer,
    /// The positions in the list of items that an earlier page had. Ascending.
    pub repeated: Vec<usize>,
}

impl RecordPages {
    /// Fetches the next page into the response; none at the end. The request is the same one for all pages, and is
    /// changed to name each of them.
    ///
    /// # Errors
    /// The call of a page failed, the service does not move on, or a window can't be divided. There is no other page
    /// then.
    pub async fn next(
        &mut self,
        request: &mut dyn Record,
        response: &mut dyn Record,
    ) -> Option<Result<RecordPage, Error>> {
        let outcome = self.fetch(request, response).await;
        if outcome.is_err() {
            match &mut self.walk {
                PageWalk::Plain(walk) => walk.end(),
                PageWalk::Windows(walk) => walk.end(),
            }
        }
        outcome.transpose()
    }

    /// Whether the list is read by several windows of time, so that no single answer tells its length.
    pub fn is_divided(&self) -> bool {
        matches!(&self.walk, PageWalk::Windows(walk) if walk.is_divided())
    }

    async fn fetch(
        &mut self,
        request: &mut dyn Record,
        response: &mut dyn Record,
    ) -> Result<Option<RecordPage>, Error> {
        let Self { call, paging, walk } = self;
        match walk {
            PageWalk::Plain(walk) => {
                if !walk.name_page(request) {
                    return Ok(None);
                }
                let answer = call.send(request, response).await?;
                walk.arrived(&*response, &answer.mismatches)?;
                Ok(Some(RecordPage { answer, repeated: Vec::new() }))
            }
            PageWalk::Windows(walk) => {
                while walk.name_page(request, service_time(&call.client))? {
                    let answer = call.send(request, response).await?;
                    if walk.arrived(&*response, &answer.mismatches, service_time(&call.client))? {
                        let repeated = repeated(walk, response.get(paging.items));
                        return Ok(Some(RecordPage { answer, repeated }));
                    }
                }
                Ok(None)
            }
        }
    }
}

/// The positions of the items that an earlier page had.
fn repeated(walk: &mut WindowWalk, list: FieldRef<'_>) -> Vec<usize> {
    let Some(ValueRef::List(ListRef::Records(items))) = list.value() else { return Vec::new() };
    let is_repeated = |index: &usize| items.at(*index).is_some_and(|item| !walk.is_new(item));
    (0..items.len()).filter(is_repeated).collect()
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
