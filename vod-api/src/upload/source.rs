//! What is uploaded: a file, bytes, or a stream that is read once.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::file::LocalFile;
use crate::error::{Error, ErrorKind};

/// How much is read from a reader at a time.
const CHUNK: usize = 256 * 1024;

/// The source of an upload.
///
/// Strings and paths name a file; bytes are the content itself. A reader or a stream is read once, during the upload,
/// in bounded memory; give it a file name or set the media type, because it has neither.
///
/// ```
/// use vod_api::upload::UploadSource;
///
/// let file = UploadSource::from("holiday.mp4");
/// let bytes = UploadSource::from(vec![0_u8; 3]).named("holiday.mp4");
/// let body = UploadSource::reader(tokio::io::empty()).named("holiday.mp4").length(0);
/// ```
pub struct UploadSource {
    pub(super) data: Data,
    name: Option<String>,
}

/// Where the bytes are.
pub(super) enum Data {
    Path(PathBuf),
    Bytes(Bytes),
    Stream(Chunks, Option<u64>),
}

/// Bytes that come one after the other. The lock is never contended: it makes what holds a stream shareable.
pub(super) struct Chunks(Mutex<Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>>);

impl Chunks {
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).as_mut().poll_next(context)
    }
}

impl UploadSource {
    /// A file.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self { data: Data::Path(path.into()), name: None }
    }

    /// Bytes in memory.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self { data: Data::Bytes(bytes.into()), name: None }
    }

    /// The content of a reader, to its end.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::stream(ReaderChunks { reader: Box::pin(reader), buffer: BytesMut::new() })
    }

    /// The content of a stream, to its end.
    pub fn stream(stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Self {
        Self { data: Data::Stream(Chunks(Mutex::new(Box::pin(stream))), None), name: None }
    }

    /// Sets the length of a reader or a stream in bytes. If its actual length differs, the upload fails. Default:
    /// unknown until the end.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        if let Data::Stream(_, length) = &mut self.data {
            *length = Some(bytes);
        }
        self
    }

    /// Sets the file name: `holiday.mp4`. The name of the media and its type are taken from it, unless they are set
    /// separately.
    #[must_use]
    pub fn named(mut self, file_name: impl Into<String>) -> Self {
        self.name = Some(file_name.into());
        self
    }

    /// The name of the file, as far as it is known.
    pub(super) fn file_name(&self) -> Option<String> {
        let of_path = |path: &PathBuf| Some(path.file_name()?.to_string_lossy().into_owned());
        self.name.clone().or_else(|| match &self.data {
            Data::Path(path) => of_path(path),
            Data::Bytes(_) | Data::Stream(..) => None,
        })
    }
}

impl From<&str> for UploadSource {
    fn from(path: &str) -> Self {
        Self::path(path)
    }
}

impl From<String> for UploadSource {
    fn from(path: String) -> Self {
        Self::path(path)
    }
}

impl From<&Path> for UploadSource {
    fn from(path: &Path) -> Self {
        Self::path(path)
    }
}

impl From<PathBuf> for UploadSource {
    fn from(path: PathBuf) -> Self {
        Self::path(path)
    }
}

impl From<&PathBuf> for UploadSource {
    fn from(path: &PathBuf) -> Self {
        Self::path(path)
    }
}

impl From<Bytes> for UploadSource {
    fn from(bytes: Bytes) -> Self {
        Self::bytes(bytes)
    }
}

impl From<Vec<u8>> for UploadSource {
    fn from(bytes: Vec<u8>) -> Self {
        Self::bytes(bytes)
    }
}

impl fmt::Debug for UploadSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("UploadSource");
        match &self.data {
            Data::Path(path) => shown.field("path", path),
            Data::Bytes(bytes) => shown.field("bytes", &bytes.len()),
            Data::Stream(_, length) => shown.field("length", length),
        };
        shown.field("name", &self.name).finish_non_exhaustive()
    }
}

/// The last part of a file name, which tells its type: `mp4`, in lower case.
pub(super) fn extension(file_name: &str) -> Option<String> {
    let (stem, extension) = file_name.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_ascii_lowercase())
}

/// A file name without its type.
pub(super) fn stem(file_name: &str) -> &str {
    match file_name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file_name,
    }
}

/// What a reader gives, in pieces.
struct ReaderChunks<R> {
    reader: Pin<Box<R>>,
    buffer: BytesMut,
}

impl<R: AsyncRead> Stream for ReaderChunks<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let this = self.get_mut();
        this.buffer.resize(CHUNK, 0);
        let mut room = ReadBuf::new(&mut this.buffer);
        let outcome = std::task::ready!(this.reader.as_mut().poll_read(context, &mut room));
        let length = room.filled().len();
        Poll::Ready(match outcome {
            Err(error) => Some(Err(error)),
            Ok(()) if length == 0 => None,
            Ok(()) => Some(Ok(this.buffer.split_to(length).freeze())),
        })
    }
}

/// Bytes that can be read at any place, and again.
#[derive(Clone)]
pub(super) enum Stored {
    File(LocalFile),
    Bytes(Bytes),
}

impl Stored {
    pub(super) fn length(&self) -> u64 {
        match self {
            Self::File(file) => file.stamp().length,
            Self::Bytes(bytes) => bytes.len() as u64,
        }
    }
}

/// A stream that is cut into parts.
pub(super) struct Parts {
    chunks: Chunks,
    rest: Bytes,
    is_at_end: bool,
    /// How many bytes have been given out.
    read: u64,
    /// How many there are said to be.
    promised: Option<u64>,
}

impl Parts {
    pub(super) fn new(chunks: Chunks, promised: Option<u64>) -> Self {
        Self { chunks, rest: Bytes::new(), is_at_end: false, read: 0, promised }
    }

    /// How many bytes have been given out.
    pub(super) fn read(&self) -> u64 {
        self.read
    }

    /// How many bytes there are said to be.
    pub(super) fn promised(&self) -> Option<u64> {
        self.promised
    }

    /// The next bytes, as many as asked for unless the stream ends before. `None` at the end.
    ///
    /// # Errors
    ///
    /// The stream failed, or is not as long as was said.
    pub(super) async fn next(&mut self, length: usize) -> Result<Option<Bytes>, Error> {
        let mut part = BytesMut::new();
        while part.len() < length {
            if self.rest.is_empty() {
                match self.chunk().await? {
                    None => break,
                    Some(chunk) => self.rest = chunk,
                }
                continue;
            }
            let taken = self.rest.split_to(self.rest.len().min(length - part.len()));
            if part.is_empty() {
                // All of it at once: growing would copy, and take up to twice the room.
                let left = self.promised.map_or(u64::MAX, |promised| promised.saturating_sub(self.read));
                part.reserve(length.min(usize::try_from(left).unwrap_or(usize::MAX)));
            }
            part.extend_from_slice(&taken);
        }
        self.read += part.len() as u64;
        let is_at_end = self.is_at_end && self.rest.is_empty();
        if let Some(promised) = self.promised
            && (self.read > promised || is_at_end && self.read < promised)
        {
            let found = self.read;
            let more = if found > promised { "at least " } else { "" };
            let message =
                format!("the length of the stream was set to {promised} bytes, but it has {more}{found}");
            return Err(Error::new(ErrorKind::Source, message));
        }
        Ok(Some(part.freeze()).filter(|part| !part.is_empty()))
    }

    async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        if self.is_at_end {
            return Ok(None);
        }
        match poll_fn(|context| self.chunks.poll_next(context)).await {
            Some(Ok(chunk)) => Ok(Some(chunk)),
            Some(Err(error)) => {
                Err(Error::new(ErrorKind::Source, format!("the stream failed: {error}")).with_source(error))
            }
            None => {
                self.is_at_end = true;
                Ok(None)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_and_name_are_those_of_the_file() {
        for (name, kind, title) in [
            ("holiday.MP4", Some("mp4"), "holiday"),
            ("a.b.mkv", Some("mkv"), "a.b"),
            ("holiday", None, "holiday"),
            (".hidden", None, ".hidden"),
            ("dot.", None, "dot"),
        ] {
            assert_eq!((extension(name).as_deref(), stem(name)), (kind, title), "{name}");
        }
        assert_eq!(UploadSource::from("/a/b.mp4").file_name().as_deref(), Some("b.mp4"));
        assert_eq!(UploadSource::from("/a/b.mp4").named("c.ts").file_name().as_deref(), Some("c.ts"));
        assert_eq!(UploadSource::from(vec![1]).file_name(), None);
    }

    async fn parts(content: &'static [u8], promised: Option<u64>) -> Result<Vec<Bytes>, Error> {
        let Data::Stream(chunks, _) = UploadSource::reader(content).data else { unreachable!() };
        let mut parts = Parts::new(chunks, promised);
        let mut all = Vec::new();
        while let Some(part) = parts.next(4).await? {
            all.push(part);
        }
        Ok(all)
    }

    #[tokio::test]
    async fn a_stream_is_cut_into_parts() {
        assert_eq!(parts(b"0123456789", None).await.unwrap(), ["0123", "4567", "89"]);
        assert_eq!(parts(b"01234567", Some(8)).await.unwrap(), ["0123", "4567"]);
        assert!(parts(b"", Some(0)).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_stream_of_another_length_is_an_error() {
        for (promised, told) in [(9, "set to 9 bytes, but it has at least 10"), (11, "has 10")] {
            let error = parts(b"0123456789", Some(promised)).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Source);
            assert!(error.message().contains(told), "{error}");
        }
    }
}
