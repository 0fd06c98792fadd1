//! `vod sign upload|psign|url|callback`: the signatures that a back end hands out.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use clap::Args;
use vod_api::Credential;
use vod_api::sign::{CallbackSignature, Content, HotlinkUrl, PlayerSignature, UploadSignature};

use crate::failure::{Exit, Failure};

const SECRET_ID: &str = "TENCENTCLOUD_SECRET_ID";
const SECRET_KEY: &str = "TENCENTCLOUD_SECRET_KEY";
const TOKENS: [&str; 2] = ["TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SESSION_TOKEN"];
const PLAY_KEY: &str = "VOD_PLAY_KEY";
const HOTLINK_KEY: &str = "VOD_HOTLINK_KEY";
const SIGN_KEY: &str = "VOD_SIGN_KEY";

/// Print a signature that allows a web page or an app to upload files
///
/// Signed with `TENCENTCLOUD_SECRET_ID` and `TENCENTCLOUD_SECRET_KEY`, which must be a permanent key.
#[derive(Args, Debug)]
pub struct Upload {
    /// Validity, in seconds from now
    #[arg(long, value_name = "SECONDS", default_value_t = 3600)]
    valid_for: u64,

    /// Task flow template to run on the file
    #[arg(long, value_name = "NAME")]
    procedure: Option<String>,

    /// Class of the media
    #[arg(long, value_name = "ID")]
    class_id: Option<i64>,

    /// Application that the file belongs to
    #[arg(long, value_name = "ID", env = "VOD_SUB_APP_ID")]
    sub_app_id: Option<u64>,

    /// Text that the event of the upload returns, unencoded; at most 250 characters
    #[arg(long, value_name = "TEXT")]
    source_context: Option<String>,

    /// Valid for one upload only
    #[arg(long)]
    one_time: bool,
}

/// Print a token (psign) that allows the vendor's player to play one file
///
/// Signed with the play key of the application's default distribution configuration, from `VOD_PLAY_KEY`.
#[derive(Args, Debug)]
pub struct Player {
    /// Application's id; the account's for the main application
    #[arg(long, value_name = "ID", env = "VOD_SUB_APP_ID")]
    app_id: u64,

    /// Id of the file
    #[arg(value_name = "FILE-ID")]
    file_id: String,

    /// Validity, in seconds from now
    #[arg(long, value_name = "SECONDS", default_value_t = 3600)]
    valid_for: u64,

    /// Play the output of this transcoding template instead of the original
    #[arg(long, value_name = "ID", conflicts_with = "adaptive")]
    transcode: Option<u64>,

    /// Play the stream of this adaptive streaming template, without encryption
    #[arg(long, value_name = "ID")]
    adaptive: Option<u64>,
}

/// Print a signed play URL for a domain with key hotlink protection
///
/// Signed with the hotlink key of the domain, from `VOD_HOTLINK_KEY`, or from `VOD_PLAY_KEY` if that is not set. The play
/// key of the player (`vod sign psign`) is another key.
#[derive(Args, Debug)]
pub struct Url {
    /// URL to sign
    #[arg(value_name = "URL")]
    address: String,

    /// Validity, in seconds from now
    #[arg(long, value_name = "SECONDS", default_value_t = 3600)]
    valid_for: u64,

    /// Allow only the first part of the file to be played, in seconds
    #[arg(long, value_name = "SECONDS")]
    preview: Option<u64>,

    /// Number of IP addresses that may play it, 1 to 9
    #[arg(long, value_name = "COUNT")]
    ip_limit: Option<u8>,
}

/// Print the members `Sign` and `T` of a callback, to test a server that receives callbacks
///
/// Signed with the application's `SignKey`, from `VOD_SIGN_KEY`.
#[derive(Args, Debug)]
pub struct Callback {
    /// Validity, in seconds from now
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    valid_for: u64,
}

impl Upload {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let mut credential = Credential::new(key(SECRET_ID)?, key(SECRET_KEY)?);
        // With a token they are temporary, which is refused: the service would not accept the signature.
        if let Some(token) = TOKENS.iter().find_map(|name| key(name).ok()) {
            credential = credential.with_token(token);
        }
        let mut signature = UploadSignature::new(&credential, Duration::from_secs(self.valid_for));
        if let Some(name) = &self.procedure {
            signature = signature.procedure(name);
        }
        if let Some(id) = self.class_id {
            signature = signature.class_id(id);
        }
        if let Some(id) = self.sub_app_id {
            signature = signature.sub_app_id(id);
        }
        if let Some(text) = &self.source_context {
            signature = signature.source_context(text);
        }
        if self.one_time {
            signature = signature.one_time();
        }
        print(&signature.sign()?)
    }
}

impl Player {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let content = match (self.transcode, self.adaptive) {
            (Some(definition), _) => Content::Transcode { definition },
            (None, Some(definition)) => Content::RawAdaptive { definition },
            (None, None) => Content::Original,
        };
        let until = until(self.valid_for)?;
        let signature = PlayerSignature::new(key(PLAY_KEY)?, self.app_id, &self.file_id, content, until);
        print(&signature.sign()?)
    }
}

impl Url {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let mut signature = HotlinkUrl::new(hotlink_key()?, until(self.valid_for)?);
        if let Some(seconds) = self.preview {
            signature = signature.preview(Duration::from_secs(seconds));
        }
        if let Some(count) = self.ip_limit {
            signature = signature.ip_limit(count);
        }
        print(&signature.sign(&self.address)?)
    }
}

impl Callback {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let signature = CallbackSignature::until(&key(SIGN_KEY)?, until(self.valid_for)?);
        let signature = signature?;
        print(&format!("{{\"Sign\":\"{}\",\"T\":{}}}", signature.sign(), signature.t()))
    }
}

/// A key from the environment: on a command line, other users of the machine could read it.
fn key(variable: &str) -> Result<String, Failure> {
    match std::env::var(variable) {
        Ok(value) if !value.is_empty() => Ok(value),
        _ => Err(Failure::new(Exit::Credential, format!("set {variable} to the key to sign with"))),
    }
}

fn hotlink_key() -> Result<String, Failure> {
    key(HOTLINK_KEY).or_else(|missing| key(PLAY_KEY).map_err(|_| missing))
}

fn until(seconds: u64) -> Result<SystemTime, String> {
    #[expect(clippy::disallowed_methods, reason = "the command reads the machine's time")]
    let now = SystemTime::now();
    now.checked_add(Duration::from_secs(seconds)).ok_or_else(|| "--valid-for: too far away".to_owned())
}

fn print(text: &str) -> Result<ExitCode, Failure> {
    writeln!(io::stdout(), "{text}")?;
    Ok(ExitCode::SUCCESS)
}
