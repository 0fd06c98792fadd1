//! The saved state of an upload, so that another process can resume it.

mod file_store;
mod state;

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use tokio::time::Instant;
use zeroize::Zeroizing;

pub(super) use file_store::FileStore;
pub(super) use state::{Certificate, Committed, Completed, ObjectState, PartState, Session, State};

use crate::clock;
use crate::error::{Error, ErrorKind};
use crate::sync::lock;

/// How long finished parts are collected before they are saved. A part that was not saved is found in storage's own
/// list, and read once more.
const INTERVAL: Duration = Duration::from_millis(500);

/// What [`ResumeStore`]'s methods return.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send + 'a>>;

/// A store for the state of one upload, for [`Upload::resume_store`](super::Upload::resume_store), such as a
/// database. For a file use [`Upload::resume_file`](super::Upload::resume_file).
///
/// The state contains the upload's temporary certificate, with its key and token, and its session key: anyone who can
/// read it can write to the upload until the certificate expires. A store must be used by one upload at a time.
pub trait ResumeStore: Send + Sync + 'static {
    /// Returns the state that was saved last; `None` if there is none.
    fn load(&self) -> StoreFuture<'_, Option<ResumeState>>;

    /// Replaces the state atomically.
    fn save(&self, state: ResumeState) -> StoreFuture<'_, ()>;

    /// Deletes the state: the upload has succeeded. It is not an error if there is none.
    fn remove(&self) -> StoreFuture<'_, ()>;
}

/// The state of an upload as bytes. It contains secrets, and is zeroized on drop.
#[derive(Clone, PartialEq, Eq)]
pub struct ResumeState(Zeroizing<Vec<u8>>);

impl ResumeState {
    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for ResumeState {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl fmt::Debug for ResumeState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResumeState").field("length", &self.0.len()).finish_non_exhaustive()
    }
}

/// How to handle a saved state that does not fit the upload: its file has changed, its certificate has expired, or it
/// is another upload's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum UnusableState {
    /// Fail with [`ErrorKind::ResumeState`], and change nothing.
    #[default]
    Refuse,
    /// Abort the earlier upload in storage, if its certificate still allows it, and start again.
    StartOver,
}

/// An upload's state, and where it is kept.
pub(super) struct Checkpoints {
    store: Option<Box<dyn ResumeStore>>,
    state: Mutex<State>,
    /// When it was saved last. Held while it is saved, so that no older state replaces a newer one.
    saved: tokio::sync::Mutex<Option<Instant>>,
}

impl Checkpoints {
    pub(super) fn new(store: Option<Box<dyn ResumeStore>>, state: State) -> Self {
        Self { store, state: Mutex::new(state), saved: tokio::sync::Mutex::new(None) }
    }

    /// Whether the upload can be gone on with by another process.
    pub(super) fn are_kept(&self) -> bool {
        self.store.is_some()
    }

    /// The state, for a moment.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Saves the state now.
    pub(super) async fn save(&self) -> Result<(), Error> {
        let Some(store) = &self.store else { return Ok(()) };
        let mut saved = self.saved.lock().await;
        let state = self.state().to_bytes();
        store.save(state).await.map_err(|error| unusable_store("save", &error))?;
        *saved = Some(clock::now());
        Ok(())
    }

    /// Saves the state unless that was done a moment ago.
    pub(super) async fn save_soon(&self) -> Result<(), Error> {
        if self.store.is_none() {
            return Ok(());
        }
        let is_due = match self.saved.try_lock() {
            Ok(saved) => saved.is_none_or(|saved| saved.elapsed() >= INTERVAL),
            Err(_) => false,
        };
        if is_due { self.save().await } else { Ok(()) }
    }

    /// Forgets the state: the upload has succeeded.
    pub(super) async fn remove(&self) -> Result<(), Error> {
        match &self.store {
            None => Ok(()),
            Some(store) => store.remove().await.map_err(|error| unusable_store("remove", &error)),
        }
    }
}

/// The store failed.
pub(super) fn unusable_store(what: &str, error: &io::Error) -> Error {
    Error::new(ErrorKind::ResumeState, format!("can't {what} the upload's state: {error}"))
}
