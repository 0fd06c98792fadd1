//! Whole calls against a server on this machine.

mod answers;
mod fixture;
mod log;
mod refusals;
mod requests;
mod secrets;
mod server;
