//! The wire format: requests, signatures, parameters, envelopes and error codes.

pub(crate) mod answer_kind;
pub(crate) mod authentication;
pub(crate) mod call;
pub(crate) mod codes;
pub(crate) mod envelope;
pub(crate) mod flat;
pub(crate) mod language;
pub(crate) mod multipart;
pub(crate) mod parameters;
pub(crate) mod signature_v1;
pub(crate) mod signature_v3;
