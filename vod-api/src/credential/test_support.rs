//! What the tests of credentials are made of: a provider that follows a script, and a folder for files.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::{Credential, CredentialError, CredentialProvider, ProvideCredential};

/// What the provider does when it is asked.
pub(super) enum Step {
    Give(Credential),
    Fail(CredentialError),
    Panic,
    Never,
}

impl Step {
    pub(super) fn absent(reason: &str) -> Self {
        Self::Fail(CredentialError::not_configured(reason))
    }

    pub(super) fn failed(reason: &str) -> Self {
        Self::Fail(CredentialError::failed(reason))
    }
}

/// Does one step after the other, each after some time; fails when there is none left.
pub(super) struct Scripted {
    name: &'static str,
    takes: Duration,
    steps: Mutex<VecDeque<Step>>,
    asked: AtomicUsize,
}

impl Scripted {
    pub(super) fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        Self {
            name: "script",
            takes: Duration::ZERO,
            steps: Mutex::new(steps.into_iter().collect()),
            asked: AtomicUsize::new(0),
        }
    }

    pub(super) fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    pub(super) fn taking(mut self, time: Duration) -> Self {
        self.takes = time;
        self
    }

    pub(super) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    async fn act(&self) -> Result<Credential, CredentialError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let step = self.steps.lock().unwrap().pop_front();
        tokio::time::sleep(self.takes).await;
        match step {
            Some(Step::Give(credential)) => Ok(credential),
            Some(Step::Fail(error)) => Err(error),
            Some(Step::Panic) => panic!("as the script says"),
            Some(Step::Never) => std::future::pending().await,
            None => Err(CredentialError::failed("the script is at its end")),
        }
    }
}

impl CredentialProvider for Scripted {
    fn name(&self) -> &str {
        self.name
    }

    fn credential(&self) -> ProvideCredential<'_> {
        Box::pin(self.act())
    }
}

/// A folder that is deleted after the test.
pub(super) struct Folder {
    pub(super) path: PathBuf,
}

impl Folder {
    pub(super) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::SeqCst);
        let path = std::env::temp_dir().join(format!("vod-api-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self { path }
    }

    /// Writes a file and returns its path.
    pub(super) fn write(&self, name: &str, text: &str) -> String {
        let path = self.path.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}
