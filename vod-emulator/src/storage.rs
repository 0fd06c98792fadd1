//! The object storage that uploads go to: its requests, signatures, objects and answers.

pub(crate) mod checksum;
pub(crate) mod door;
pub(crate) mod objects;
pub(crate) mod operation;
pub(crate) mod paths;
pub(crate) mod refusal;
pub(crate) mod response;
pub(crate) mod signature;
pub(crate) mod xml;
