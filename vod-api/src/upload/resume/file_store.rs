//! An upload's state in a file that only its owner can read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::spawn_blocking;
use zeroize::Zeroizing;

use super::{ResumeState, ResumeStore, StoreFuture};

use crate::sync;

/// More is no state: ten thousand parts take a tenth of it.
const LARGEST: u64 = 64 * 1024 * 1024;

/// How often, and how long apart, a lock is tried again.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(20);

/// Keeps the state in a file. The file is locked while an upload uses it, and replaced as a whole.
#[derive(Debug, Clone)]
pub(crate) struct FileStore {
    path: Arc<Path>,
    /// The file with its lock.
    locked: Arc<Mutex<Option<File>>>,
}

impl FileStore {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path: path.into(), locked: Arc::default() }
    }

    fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Path, &mut Option<File>) -> io::Result<T> + Send + 'static,
    ) -> StoreFuture<'_, T> {
        let this = self.clone();
        Box::pin(async move {
            let work = move || {
                let mut locked = sync::lock(&this.locked);
                work(&this.path, &mut locked).map_err(|error| {
                    io::Error::new(error.kind(), format!("{}: {error}", this.path.display()))
                })
            };
            spawn_blocking(work).await.map_err(io::Error::other)?
        })
    }
}

impl ResumeStore for FileStore {
    fn load(&self) -> StoreFuture<'_, Option<ResumeState>> {
        self.run(|path, locked| {
            let mut file = lock_in_time(path)?;
            let mut bytes = Zeroizing::new(Vec::new());
            let length = file.metadata()?.len();
            if length > LARGEST {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "it is too large for a state"));
            }
            // With room for all of it, so that no copy is left behind.
            bytes.reserve_exact(usize::try_from(length).unwrap_or_default() + 1);
            file.read_to_end(&mut bytes)?;
            *locked = Some(file);
            Ok((!bytes.is_empty()).then(|| ResumeState(bytes)))
        })
    }

    fn save(&self, state: ResumeState) -> StoreFuture<'_, ()> {
        self.run(move |path, locked| {
            let next = beside(path);
            let written = write(&next, state.as_bytes()).and_then(|file| {
                fs::rename(&next, path)?;
                Ok(file)
            });
            match written {
                Ok(file) => {
                    *locked = Some(file);
                    Ok(())
                }
                Err(error) => {
                    let _ = fs::remove_file(&next);
                    Err(error)
                }
            }
        })
    }

    fn remove(&self) -> StoreFuture<'_, ()> {
        self.run(|path, locked| {
            let outcome = fs::remove_file(path);
            *locked = None;
            match outcome {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            }
        })
    }
}

impl Drop for FileStore {
    /// An upload that never had a state leaves no file.
    fn drop(&mut self) {
        if Arc::strong_count(&self.locked) > 1 {
            return;
        }
        let mut locked = sync::lock(&self.locked);
        if let Some(file) = locked.take()
            && file.metadata().is_ok_and(|metadata| metadata.len() == 0)
        {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A new file next to one, to take its place.
fn beside(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.new", std::process::id()));
    path.with_file_name(name)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<File> {
    // What a process of the same number left behind when it was killed.
    let _ = fs::remove_file(path);
    let mut file = private(OpenOptions::new().write(true).create_new(true)).open(path)?;
    own(&file)?;
    file.write_all(bytes)?;
    file.sync_data()?;
    Ok(file)
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Locks a file against other uploads.
#[cfg(unix)]
fn own(file: &File) -> io::Result<()> {
    file.try_lock().map_err(|_| {
        let message = "another upload is using it";
        io::Error::new(io::ErrorKind::WouldBlock, message)
    })
}

/// A file that is locked can't be replaced there.
#[cfg(not(unix))]
fn own(_: &File) -> io::Result<()> {
    Ok(())
}

/// Locks the file, and gives an upload that was just dropped or killed a moment to let it go.
fn lock_in_time(path: &Path) -> io::Result<File> {
    let mut tries = 0;
    loop {
        match lock(path) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock && tries < TRIES => {
                tries += 1;
                std::thread::sleep(PAUSE);
            }
            outcome => return outcome,
        }
    }
}

/// Opens the file, or makes an empty one, and locks it.
fn lock(path: &Path) -> io::Result<File> {
    loop {
        let mut options = OpenOptions::new();
        let file = private(options.read(true).write(true).create(true).truncate(false)).open(path)?;
        check_private(&file)?;
        own(&file)?;
        // Another upload may have replaced or removed the file between opening and locking it.
        if is_at(&file, path) {
            return Ok(file);
        }
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |metadata: &fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(file), Ok(there)) if identity(&file) == identity(&there))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Refuses a file that others can read or write.
#[cfg(unix)]
fn check_private(file: &File) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    let mode = metadata.mode() & 0o777;
    if mode & 0o077 != 0 {
        let message = format!(
            "others can read or change it (mode {mode:04o}), and it holds secrets: `chmod 600` it if it is yours"
        );
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
    }
    Ok(())
}

#[cfg(not(unix))]
fn check_private(_: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its helpers")]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("vod-api-resume-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[tokio::test]
    async fn a_state_is_kept_private_and_removed() {
        let folder = folder("kept");
        let path = folder.join("state");
        let store = FileStore::new(path.clone());
        assert_eq!(store.load().await.unwrap(), None);
        for text in ["one", "two"] {
            store.save(ResumeState::from(text.as_bytes().to_vec())).await.unwrap();
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(names(&folder), ["state"]);
        drop(store);
        let store = FileStore::new(path.clone());
        assert_eq!(store.load().await.unwrap().unwrap().as_bytes(), b"two");
        store.remove().await.unwrap();
        assert!(names(&folder).is_empty());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[tokio::test]
    async fn a_file_that_others_can_read_is_refused() {
        let folder = folder("public");
        let path = folder.join("state");
        fs::write(&path, "state").unwrap();
        for mode in [0o640, 0o604, 0o620, 0o644] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let error = FileStore::new(path.clone()).load().await.unwrap_err().to_string();
            assert!(error.contains("others can read or change it") && error.contains("state:"), "{error}");
        }
        assert_eq!(fs::read(&path).unwrap(), b"state");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[tokio::test]
    async fn a_state_in_use_is_refused() {
        let folder = folder("in-use");
        let path = folder.join("state");
        let first = FileStore::new(path.clone());
        assert_eq!(first.load().await.unwrap(), None);
        for _ in 0..2 {
            let error = FileStore::new(path.clone()).load().await.unwrap_err().to_string();
            assert!(error.contains("another upload is using it"), "{error}");
            first.save(ResumeState::from(vec![1])).await.unwrap();
        }
        drop(first);
        assert_eq!(FileStore::new(path.clone()).load().await.unwrap().unwrap().as_bytes(), [1]);
        fs::remove_file(&path).unwrap();
        let unused = FileStore::new(path.clone());
        assert_eq!(unused.load().await.unwrap(), None);
        drop(unused);
        assert!(names(&folder).is_empty(), "an upload without a state leaves no file");
        fs::remove_dir_all(&folder).unwrap();
    }
}
