//! Signatures that a VOD back end hands to browsers, apps and players.
//!
//! | what | type | checked by |
//! |---|---|---|
//! | upload from a web page or an app | [`UploadSignature`] | the service, or [`UploadSignature::verify`] |
//! | play a file with the vendor's player (`psign`) | [`PlayerSignature`] | the player's service, or [`PlayerSignature::verify`] |
//! | a play URL with key hotlink protection | [`HotlinkUrl`] | the CDN, or [`HotlinkUrl::verify`] |
//! | a callback (`PUSH` mode) | [`CallbackSignature`] | your server, by [`CallbackSignature::verify`] |
//!
//! All of them are pure functions without network access. The time and the random number can be set, so that a test
//! gets the same signature each time. Default: the machine's clock and a cryptographic random source.
//!
//! Sign on the server only. A key in a page or an app is public.
//!
//! ```
//! use std::time::{Duration, SystemTime};
//! use vod_api::Credential;
//! use vod_api::sign::{HotlinkUrl, UploadSignature};
//!
//! let credential = Credential::new("AKIDEXAMPLE0123456789abcdefghijklmnop", "SKEXAMPLE0123456789abcdefghijklm");
//! let signature = UploadSignature::new(&credential, Duration::from_secs(3600)).procedure("LongVideoPreset").sign()?;
//! let claims = UploadSignature::verify(&signature, &credential, SystemTime::now())?;
//! assert_eq!(claims.parameter("procedure"), Some("LongVideoPreset"));
//!
//! let until = SystemTime::now() + Duration::from_secs(2 * 3600);
//! let url = HotlinkUrl::new("24FEQmTzro4V5u3D5epW", until).ip_limit(3).sign("https://example.com/dir/video.mp4")?;
//! assert!(url.starts_with("https://example.com/dir/video.mp4?t="), "{url}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod callback;
pub(crate) mod digest;
mod hotlink;
mod json;
mod player;
mod time;
mod upload;
mod verify;

pub use callback::CallbackSignature;
pub use hotlink::{HotlinkClaims, HotlinkUrl};
pub use player::{Content, PlayerClaims, PlayerSignature, Resolution, Scheme};
pub use upload::{TaskNotifyMode, UploadClaims, UploadSignature};
pub use verify::VerifyError;

use crate::error::{Error, ErrorKind};

/// A setting that the signature cannot be made with.
fn refused(setting: &str, rule: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Config, format!("{setting}: {rule}"))
}
