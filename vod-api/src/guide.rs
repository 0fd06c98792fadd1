//! Guides: how to do the things that people come for. Their code is compiled and run with the tests.
//!
//! - [`getting_started`]: a credential, a client, a call.
//! - [`adding_an_action`]: an action or a service that is not here yet.
//! - [`errors`]: what can go wrong, and what to do about it.
//! - [`testing`]: without an account, without a network.
//! - [`events`]: what the queue promises, duplicates, slow handlers, several processes, monitoring.

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
