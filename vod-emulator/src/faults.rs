//! Fault injection: faults, their plans, and their effects on responses.

pub(crate) mod fault;
pub(crate) mod injector;
pub(crate) mod outcome;
pub(crate) mod plan;
pub(crate) mod plan_json;
