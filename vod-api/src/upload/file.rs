//! A local file that is read in parts, and must not change meanwhile.

use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use tokio::task::spawn_blocking;

use super::buffers::Buffers;
use super::storage::{Crc64, Piece};
use crate::error::{Error, ErrorKind};

/// How much is read at a time: its checksum is taken while it is in the processor's cache.
const READ: usize = 256 * 1024;

/// By what a file is known to be the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Stamp {
    pub(super) length: u64,
    /// When it was changed last, in nanoseconds since 1970; 0 if that is not known.
    pub(super) modified: u64,
    /// Device and inode; 0 where there is none.
    pub(super) device: u64,
    pub(super) inode: u64,
    /// For bytes in memory: their checksum.
    pub(super) crc64: Option<u64>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = since.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or_default();
        let (device, inode) = identity(metadata);
        Self { length: metadata.len(), modified, device, inode, crc64: None }
    }

    /// What differs from a file as it was, in words.
    pub(super) fn difference(&self, before: &Self) -> Option<String> {
        if self.length != before.length {
            return Some(format!("it had {} bytes and has {}", before.length, self.length));
        }
        if self.modified != before.modified {
            return Some("it has been modified since".to_owned());
        }
        if (self.device, self.inode) != (before.device, before.inode) {
            return Some("another file has taken its place".to_owned());
        }
        (self.crc64 != before.crc64).then(|| "it has other bytes".to_owned())
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// A file, as it was when the upload was planned.
#[derive(Debug, Clone)]
pub(super) struct LocalFile {
    path: Arc<Path>,
    stamp: Stamp,
}

impl LocalFile {
    /// Looks at a file. It is not opened yet.
    ///
    /// # Errors
    ///
    /// It is not there, or is something else than a file.
    pub(super) async fn look_at(path: PathBuf) -> Result<Self, Error> {
        let look = move || {
            let metadata = std::fs::metadata(&path).map_err(|error| unreadable(&path, error))?;
            if !metadata.is_file() {
                let message = format!(
                    "{} is not a file; what else can be read is uploaded by UploadSource::reader",
                    path.display()
                );
                return Err(Error::new(ErrorKind::Source, message));
            }
            Ok(Self { stamp: Stamp::of(&metadata), path: path.into() })
        };
        blocking(look).await
    }

    pub(super) fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens it.
    ///
    /// # Errors
    ///
    /// It can't be read, or is another one by now.
    pub(super) async fn open(&self) -> Result<OpenFile, Error> {
        let known = self.clone();
        blocking(move || {
            let file = File::open(&known.path).map_err(|error| unreadable(&known.path, error))?;
            let file = OpenFile { file: Arc::new(file), known };
            file.check()?;
            Ok(file)
        })
        .await
    }
}

/// A file that is being read.
#[derive(Debug, Clone)]
pub(super) struct OpenFile {
    file: Arc<File>,
    known: LocalFile,
}

impl OpenFile {
    /// Reads a part, with its checksum.
    ///
    /// # Errors
    ///
    /// It can't be read, or ends before.
    pub(super) async fn read(&self, offset: u64, length: usize, buffers: &Buffers) -> Result<Piece, Error> {
        let (this, buffers) = (self.clone(), buffers.clone());
        blocking(move || {
            let mut buffer = buffers.take(length);
            let mut crc64 = Crc64::default();
            let mut offset = offset;
            for chunk in buffer.room().chunks_mut(READ) {
                read_at(&this.file, chunk, offset).map_err(|error| this.read_error(error))?;
                crc64.update(chunk);
                offset += chunk.len() as u64;
            }
            Ok(Piece::with_checksum(buffer.into_bytes(), crc64.value()))
        })
        .await
    }

    /// Why a part could not be read: the file has become shorter, or anything else.
    fn read_error(&self, error: io::Error) -> Error {
        let changed = if error.kind() == io::ErrorKind::UnexpectedEof { self.check().err() } else { None };
        changed.unwrap_or_else(|| unreadable(&self.known.path, error))
    }

    /// # Errors
    ///
    /// The file has changed since it was looked at.
    pub(super) async fn check_unchanged(&self) -> Result<(), Error> {
        let this = self.clone();
        blocking(move || this.check()).await
    }

    fn check(&self) -> Result<(), Error> {
        let path = &self.known.path;
        let metadata = self.file.metadata().map_err(|error| unreadable(path, error))?;
        match Stamp::of(&metadata).difference(&self.known.stamp) {
            None => Ok(()),
            Some(difference) => {
                let message = format!("{} changed while it was uploaded: {difference}", path.display());
                Err(Error::new(ErrorKind::Source, message))
            }
        }
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    use std::os::windows::fs::FileExt as _;
    while !bytes.is_empty() {
        match file.seek_read(bytes, offset) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => {
                bytes = &mut bytes[read..];
                offset += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn unreadable(path: &Path, error: io::Error) -> Error {
    Error::new(ErrorKind::Source, format!("can't read {}: {error}", path.display())).with_source(error)
}

/// Runs what waits for a disk on a thread that may wait.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    match spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(Error::new(ErrorKind::Source, "the runtime ended while a file was read")),
        },
    }
}
