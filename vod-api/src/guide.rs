//! Guides for common tasks. Their code is compiled and run with the tests.
//!
//! - [`getting_started`]: a credential, a client, a call.
//! - [`adding_an_action`]: an action or a service that is not here yet.
//! - [`errors`]: what can fail, and what to do about it.
//! - [`testing`]: without an account, without a network.
//! - [`events`]: delivery guarantees, duplicates, slow handlers, several processes, monitoring.
//! - [`processing`]: start a task, wait for it, read its results.
//! - [`waiting`]: for a task, by polling or by events.
//! - [`uploading`]: a file in one call, resumed after a crash.

#[doc = include_str!("guide/getting_started.md")]
pub mod getting_started {}

#[doc = include_str!("guide/adding_an_action.md")]
pub mod adding_an_action {}

#[doc = include_str!("guide/errors.md")]
pub mod errors {}

#[doc = include_str!("guide/events.md")]
pub mod events {}

#[doc = include_str!("guide/testing.md")]
pub mod testing {}

#[doc = include_str!("guide/processing.md")]
pub mod processing {}

#[doc = include_str!("guide/waiting.md")]
pub mod waiting {}

#[doc = include_str!("guide/uploading.md")]
pub mod uploading {}
