//! What a call knows besides its parameters: the spec, the options, the time, and the host it came by.

use percent_encoding::utf8_percent_encode;
use vod_spec::model::Service;

use crate::clock::Clock;
use crate::model::ids::bucket_of;
use crate::options::Options;
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
    /// The emulator's wall clock, in Unix seconds.
    pub(crate) unix: i64,
    /// Where the emulator was called, such as `http://127.0.0.1:9410`.
    pub(crate) base_url: &'a str,
}

impl Context<'_> {
    /// The URL of a stored object.
    pub(crate) fn url_of(&self, path: &str) -> String {
        let bucket = bucket_of(self.sub_app_id);
        let path = path.strip_prefix('/').unwrap_or(path);
        format!("{}{FILES_PREFIX}{bucket}/{}", self.base_url, utf8_percent_encode(path, ENCODED))
    }
}
