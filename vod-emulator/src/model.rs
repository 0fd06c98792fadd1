//! What the emulated service knows and remembers, and the rules that it plays by.

pub(crate) mod actions;
pub(crate) mod application;
pub(crate) mod arguments;
pub(crate) mod classes;
pub(crate) mod content;
pub(crate) mod context;
pub(crate) mod coverage;
pub(crate) mod events;
pub(crate) mod examples;
pub(crate) mod handle;
pub(crate) mod ids;
pub(crate) mod instant;
pub(crate) mod media;
pub(crate) mod metadata;
pub(crate) mod publish;
pub(crate) mod queue;
pub(crate) mod rate;
pub(crate) mod rules;
pub mod samples;
pub(crate) mod secret;
pub(crate) mod shape;
pub(crate) mod specs;
pub(crate) mod state;
pub(crate) mod uploads;
