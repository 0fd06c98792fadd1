//! Requests and answers as records whose fields are known at run time: the runtime's own walks do the rest.
//!
//! A [`DynamicRecord`] is to a spec's model what a generated struct is to the same spec at compile time, so limits,
//! encoding, redaction, mismatches, pagination and waiting are those of the SDK, by the same code.

mod action;
mod leak;
mod record;
mod shape;

pub use action::{DynamicAction, check_limits, to_json, to_query};
pub(crate) use leak::leak_service;
pub use record::DynamicRecord;
