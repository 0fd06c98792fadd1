//! Records of calls, counts, and the program's log.

pub(crate) mod call_counts;
pub(crate) mod call_log;
#[cfg(feature = "cli")]
pub(crate) mod log_writer;
pub(crate) mod shown_members;
