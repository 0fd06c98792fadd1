//! The server: which requests are accepted, how responses are sent, and the control calls.

pub(crate) mod admin;
pub(crate) mod body;
pub(crate) mod callback_sender;
pub(crate) mod exchange;
pub(crate) mod hosts;
pub(crate) mod metadata;
pub(crate) mod overview;
pub(crate) mod page;
pub(crate) mod server;
pub(crate) mod storage_exchange;
pub(crate) mod stream;
