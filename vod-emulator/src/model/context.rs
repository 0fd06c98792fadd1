//! What a call knows besides its parameters: the spec, the options, the time, and the host it came by.

use std::borrow::Cow;
use std::time::Duration;

use percent_encoding::{percent_decode_str, utf8_percent_encode};
use vod_spec::model::{Action, Service};

use crate::clock::Clock;
use crate::model::ids::bucket_of;
use crate::model::shape::shaped_members;
use crate::options::Options;
use crate::protocol::envelope::{Answer, Members};
use crate::storage::paths::{ENCODED, FILES_PREFIX};

/// What every application of an emulator lives in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub(crate) service: &'a Service,
    pub(crate) options: &'a Options,
    pub(crate) clock: &'a Clock,
}

/// What actions are carried out by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) service: &'a Service,
    pub(crate) options: &'a Options,
    /// The application's number.
    pub(crate) sub_app_id: u64,
    /// The action that is carried out; none if only time passes.
    pub(crate) action: Option<&'a Action>,
    /// The emulator's clock.
    pub(crate) now: Duration,
    /// The emulator's wall clock, in Unix seconds.
    pub(crate) unix: i64,
    /// Where the emulator was called, such as `http://127.0.0.1:9410`.
    pub(crate) base_url: &'a str,
}

impl Context<'_> {
    /// The answer of the action with these members.
    pub(crate) fn answer(&self, members: Members) -> Answer {
        let fields = self.action.map(|action| action.response.as_slice()).unwrap_or_default();
        shaped_members(self.service, fields, members).into()
    }

    /// The first of these codes that the action lists; else the first, of which the nearest that it may answer is
    /// made later.
    pub(crate) fn first_listed(&self, wanted: &[&str]) -> String {
        let errors = self.action.map(|action| action.errors.as_slice()).unwrap_or_default();
        let lists = |code: &&&str| errors.iter().any(|listed| listed.code == **code);
        wanted.iter().find(lists).or(wanted.first()).map(|code| (*code).to_owned()).unwrap_or_default()
    }

    /// The path of the stored object that a URL of this application tells.
    pub(crate) fn path_of_url(&self, url: &str) -> Option<String> {
        let bucket = bucket_of(self.sub_app_id);
        let rest = url.strip_prefix(self.base_url)?.strip_prefix(FILES_PREFIX)?.strip_prefix(&bucket)?;
        percent_decode_str(rest).decode_utf8().ok().map(Cow::into_owned)
    }

    /// The URL of a stored object.
    pub(crate) fn url_of(&self, path: &str) -> String {
        let bucket = bucket_of(self.sub_app_id);
        let path = path.strip_prefix('/').unwrap_or(path);
        format!("{}{FILES_PREFIX}{bucket}/{}", self.base_url, utf8_percent_encode(path, ENCODED))
    }
}
