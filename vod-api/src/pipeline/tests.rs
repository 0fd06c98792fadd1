//! Whole calls against a server on this machine.

mod answers;
mod clocks;
mod credentials;
mod fixture;
mod hosts;
pub(crate) mod log;
mod multipart;
#[cfg(feature = "metrics")]
mod numbers;
mod observed;
mod refusals;
mod requests;
mod retries;
mod retry_limits;
mod secrets;
mod server;
mod streams;
