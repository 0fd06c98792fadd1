//! `vod sign`: signatures of calls, step by step, and those that a back end hands out.

mod authorization;
mod captured;
mod difference;
mod explain;
mod make;
mod pasted;
mod print;
mod report;
mod v1_request;
mod variants;

use std::process::ExitCode;

use clap::Subcommand;

use crate::failure::Failure;

pub(crate) use captured::Captured;
pub(crate) use pasted::Pasted;
pub(crate) use print::{Redaction, to_json};
pub(crate) use report::{Question, masked, report};

/// A subcommand of `vod sign`.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Show the steps of a signature, and the first line that differs from another one.
    Explain(explain::Arguments),
    /// Print a signature by which a page or an app may upload one file
    ///
    /// Signed with `TENCENTCLOUD_SECRET_ID` and `TENCENTCLOUD_SECRET_KEY`.
    Upload(make::Upload),
    /// Print a token (psign) by which the vendor's player may play one file
    ///
    /// Signed with the play key of the application's domain, in `VOD_PLAY_KEY`.
    Psign(make::Player),
    /// Print a play URL with its key hotlink protection
    ///
    /// Signed with the key of the domain, in `VOD_PLAY_KEY`.
    Url(make::Url),
    /// Print the members `Sign` and `T` of a callback, to test a server with
    ///
    /// Signed with the application's `SignKey`, in `VOD_SIGN_KEY`.
    Callback(make::Callback),
}

impl Command {
    /// Runs it.
    ///
    /// # Errors
    /// The input cannot be used.
    pub fn run(&self) -> Result<ExitCode, Failure> {
        match self {
            Self::Explain(arguments) => explain::run(arguments),
            Self::Upload(arguments) => arguments.run(),
            Self::Psign(arguments) => arguments.run(),
            Self::Url(arguments) => arguments.run(),
            Self::Callback(arguments) => arguments.run(),
        }
    }
}
