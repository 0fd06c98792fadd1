//! What goes wrong on purpose: faults, the plans that bring them, and what they do to answers.

pub(crate) mod fault;
pub(crate) mod injector;
pub(crate) mod outcome;
pub(crate) mod plan;
pub(crate) mod plan_json;
