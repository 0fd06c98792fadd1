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
    /// Show the steps of a call's signature, and the first line that differs from another signature.
    Explain(explain::Arguments),
    /// Print a signature that allows a web page or an app to upload files
    ///
    /// Signed with `TENCENTCLOUD_SECRET_ID` and `TENCENTCLOUD_SECRET_KEY`, which must be a permanent key.
    Upload(make::Upload),
    /// Print a token (psign) that allows the vendor's player to play one file
    ///
    /// Signed with the play key of the application's default distribution configuration, from `VOD_PLAY_KEY`.
    Psign(make::Player),
    /// Print a signed play URL for a domain with key hotlink protection
    ///
    /// Signed with the hotlink key of the domain, from `VOD_HOTLINK_KEY`, or from `VOD_PLAY_KEY` if that is not set. The play
    /// key of the player (`vod sign psign`) is another key.
    Url(make::Url),
    /// Print the members `Sign` and `T` of a callback, to test a server that receives callbacks
    ///
    /// Signed with the application's `SignKey`, from `VOD_SIGN_KEY`.
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
