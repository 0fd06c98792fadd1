//! The state of an emulator as one JSON text: saved, restored, and reset.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::account::Account;
use crate::model::content::Content;
use crate::model::state::State;
use crate::protocol::envelope::Members;

/// The version of the form that is written and read.
const VERSION: u32 = 1;

/// Why a snapshot cannot be written or read.
#[derive(Debug)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The text is not a snapshot; the message names line and member.
    Form(String),
    /// The snapshot is of another version than this emulator's.
    Version(u32),
    /// The file cannot be written or read.
    File(io::Error),
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(what) => write!(f, "this is no snapshot: {what}"),
            Self::Version(version) => {
                write!(f, "the snapshot has the version {version}; this emulator reads the version {VERSION}")
            }
            Self::File(error) => write!(f, "the file of the snapshot: {error}"),
        }
    }
}

impl std::error::Error for SnapshotError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File(error) => Some(error),
            _ => None,
        }
    }
}

/// Everything that is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Snapshot {
    version: u32,
    /// The emulator's clock when it was taken.
    pub(crate) clock: Duration,
    pub(crate) applications: BTreeMap<u64, SavedApplication>,
    /// None in a snapshot of an emulator that did not know it yet.
    #[serde(default)]
    pub(crate) account: Option<Account>,
}

/// One application.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedApplication {
    pub(crate) state: State,
    /// The event configuration.
    pub(crate) config: Members,
    pub(crate) events: Vec<SavedEvent>,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SavedEvent {
    Json(Value),
    /// Bytes in Base64.
    Raw(String),
}

impl From<Content> for SavedEvent {
    fn from(event: Content) -> Self {
        match event {
            Content::Json(event) => Self::Json(event),
            Content::Raw(bytes) => Self::Raw(STANDARD.encode(bytes)),
        }
    }
}

impl SavedEvent {
    pub(crate) fn into_content(self) -> Result<Content, SnapshotError> {
        match self {
            Self::Json(event) => Ok(Content::Json(event)),
            Self::Raw(text) => STANDARD
                .decode(text)
                .map(|bytes| Content::Raw(bytes.into()))
                .map_err(|error| SnapshotError::Form(format!("a raw event is not Base64: {error}"))),
        }
    }
}

impl Snapshot {
    pub(crate) fn new(
        clock: Duration,
        applications: BTreeMap<u64, SavedApplication>,
        account: Account,
    ) -> Self {
        Self { version: VERSION, clock, applications, account: Some(account) }
    }

    pub(crate) fn read(json: &[u8]) -> Result<Self, SnapshotError> {
        // Another version may have other members, so it is read first.
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let form = |error: serde_json::Error| SnapshotError::Form(error.to_string());
        let Versioned { version } = serde_json::from_slice(json).map_err(form)?;
        if version != VERSION {
            return Err(SnapshotError::Version(version));
        }
        serde_json::from_slice(json).map_err(form)
    }

    pub(crate) fn to_json(&self) -> Result<Vec<u8>, SnapshotError> {
        serde_json::to_vec_pretty(self).map_err(|error| SnapshotError::Form(error.to_string()))
    }
}

/// Writes a file aside and renames it, so that it is whole or as before.
pub(crate) fn write_file(path: &Path, json: &[u8]) -> Result<(), SnapshotError> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(format!(".{}.tmp", std::process::id()));
    let written = fs::write(&aside, json).and_then(|()| fs::rename(&aside, path));
    written.map_err(|error| {
        // It may not be there.
        let _ = fs::remove_file(&aside);
        SnapshotError::File(error)
    })
}
