//! Reset, snapshot and restore of the whole emulator.

use std::fs;
use std::path::Path;

use crate::free_later::free_later;
use crate::lock::lock;
use crate::model::account::Account;
use crate::model::rate::RateLimits;
use crate::model::snapshot::{Snapshot, SnapshotError, write_file};
use crate::service::EmulatedService;

impl EmulatedService {
    /// Resets everything that calls have changed: temporary credentials, uploads, media, tasks, classes, templates,
    /// events, event configurations, counted rates, and the records of calls. Clock and faults do not change. Ids
    /// start from [`Options::seed`](crate::Options::seed) again.
    pub fn reset(&self) {
        self.reset_seeded(self.world.options.seed);
    }

    /// Does what [`reset`](Self::reset) does; ids follow from this seed from now on.
    pub fn reset_seeded(&self, seed: u64) {
        self.world.applications.clear(seed);
        self.world.request_ids.reset(seed);
        self.forget_calls();
    }

    /// The state of all applications as JSON, which [`restore`](Self::restore) reads: everything that
    /// [`reset`](Self::reset) forgets, apart from rates and records of calls. Handles of events are not kept; events
    /// in flight are there as waiting ones, and callbacks that wait to be posted are not there. Objects are there in
    /// Base64, and so are certificates of uploads.
    ///
    /// # Errors
    /// [`SnapshotError::Form`] if it cannot be written as JSON.
    pub fn snapshot(&self) -> Result<Vec<u8>, SnapshotError> {
        let now = self.world.clock.now();
        let account = lock(&self.world.applications.account).clone();
        Snapshot::new(now, self.world.applications.save(now), account).to_json()
    }

    /// Replaces everything that calls have changed by the state of a snapshot. Nothing changes if the snapshot is
    /// invalid. Tasks continue from where they were.
    ///
    /// # Errors
    /// [`SnapshotError`] if the text is not a snapshot of this version.
    pub fn restore(&self, json: &[u8]) -> Result<(), SnapshotError> {
        let snapshot = Snapshot::read(json)?;
        let account = snapshot.account.clone();
        self.world.applications.restore(snapshot, &self.world.clock)?;
        *lock(&self.world.applications.account) =
            account.unwrap_or_else(|| Account::new(self.world.options.seed));
        self.forget_calls();
        Ok(())
    }

    /// Writes a [`snapshot`](Self::snapshot) to a file atomically.
    ///
    /// # Errors
    /// [`SnapshotError::File`] if the file cannot be written.
    pub fn save_to(&self, path: impl AsRef<Path>) -> Result<(), SnapshotError> {
        write_file(path.as_ref(), &self.snapshot()?)
    }

    /// [Restores](Self::restore) the snapshot in a file.
    ///
    /// # Errors
    /// [`SnapshotError`] if the file cannot be read or is no snapshot of this version.
    pub fn restore_from(&self, path: impl AsRef<Path>) -> Result<(), SnapshotError> {
        self.restore(&fs::read(path).map_err(SnapshotError::File)?)
    }

    fn forget_calls(&self) {
        *lock(&self.world.rates) = RateLimits::default();
        free_later(std::mem::take(&mut *lock(&self.world.calls)));
        lock(&self.world.handled).forget();
    }
}
