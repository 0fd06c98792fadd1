//! Transfers the objects of an upload to storage: whole, or in parts that resume an earlier transfer.

mod attach;

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, JoinSet};

use super::MOST_PARTS;
use super::buffers::Buffers;
use super::file::{OpenFile, blocking};
use super::progress::Tracker;
use super::resume::{Checkpoints, Completed, ObjectState, PartState};
use super::source::{Parts, Stored};
use super::storage::{Head, Piece, Storage, check_crc64, combined, is_gone};
use crate::error::{Error, ErrorKind};

/// An upload under way.
pub(super) struct Transfer {
    pub(super) storage: Storage,
    pub(super) checkpoints: Checkpoints,
    pub(super) tracker: Arc<Tracker>,
    /// As many as parts may be in memory at a time.
    pub(super) permits: Arc<Semaphore>,
    /// What file parts are read into.
    pub(super) buffers: Buffers,
    pub(super) part_size: u64,
    /// Whether an earlier call has begun it.
    pub(super) is_resumed: bool,
}

/// An object of an upload.
pub(super) struct Object {
    /// Its place in the state.
    pub(super) index: usize,
    /// Without a slash before it.
    pub(super) key: Arc<str>,
    pub(super) data: ObjectData,
}

pub(super) enum ObjectData {
    Stored(Stored),
    Stream(Parts),
}

/// Bytes that can be read at any place, opened.
#[derive(Clone)]
enum Reader {
    File(OpenFile),
    Bytes(Bytes),
}

impl Reader {
    async fn open(stored: &Stored) -> Result<Self, Error> {
        Ok(match stored {
            Stored::File(file) => Self::File(file.open().await?),
            Stored::Bytes(bytes) => Self::Bytes(bytes.clone()),
        })
    }

    async fn read(&self, offset: u64, length: u64, buffers: &Buffers) -> Result<Piece, Error> {
        let too_long =
            |_| Error::new(ErrorKind::InvalidRequest, "part_size: larger than this machine's memory");
        let length = usize::try_from(length).map_err(too_long)?;
        match self {
            Self::File(file) => file.read(offset, length, buffers).await,
            Self::Bytes(bytes) => {
                let offset = usize::try_from(offset).map_err(too_long)?;
                checked(bytes.slice(offset..offset + length)).await
            }
        }
    }

    async fn check_unchanged(&self) -> Result<(), Error> {
        match self {
            Self::File(file) => file.check_unchanged().await,
            Self::Bytes(_) => Ok(()),
        }
    }
}

/// Bytes with their checksum, which takes too long for a thread of the runtime.
async fn checked(bytes: Bytes) -> Result<Piece, Error> {
    blocking(move || Ok(Piece::new(bytes))).await
}

/// An upload in parts, under way.
struct Multipart {
    index: usize,
    key: Arc<str>,
    upload_id: String,
}

impl Transfer {
    /// Stores all objects. The first failure ends the others.
    pub(super) async fn objects(self: &Arc<Self>, objects: Vec<Object>) -> Result<(), Error> {
        let mut tasks = JoinSet::new();
        let at_a_time = self.permits.available_permits().max(1);
        for object in objects {
            while tasks.len() >= at_a_time {
                joined(tasks.join_next().await)?;
            }
            let this = Arc::clone(self);
            tasks.spawn(async move { this.object(object).await });
        }
        while !tasks.is_empty() {
            joined(tasks.join_next().await)?;
        }
        Ok(())
    }

    async fn object(self: Arc<Self>, object: Object) -> Result<(), Error> {
        let Object { index, key, data } = object;
        match data {
            ObjectData::Stored(stored) => {
                let (is_completed, has_parts) =
                    self.read_state(index, |object| (object.completed.is_some(), object.upload_id.is_some()));
                if is_completed {
                    self.tracker.resumed(stored.length());
                    return Ok(());
                }
                let reader = Reader::open(&stored).await?;
                if stored.length() <= self.part_size && !has_parts {
                    let _permit = self.permit().await?;
                    let piece = reader.read(0, stored.length(), &self.buffers).await?;
                    self.whole(index, &key, piece, Some(&reader)).await
                } else {
                    self.in_parts(index, key, stored.length(), reader).await
                }
            }
            ObjectData::Stream(parts) => self.streamed(index, key, parts).await,
        }
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, Error> {
        // It is never closed.
        let closed = |_| Error::new(ErrorKind::Source, "the upload has ended");
        Arc::clone(&self.permits).acquire_owned().await.map_err(closed)
    }

    /// Stores an object by one request.
    async fn whole(
        &self,
        index: usize,
        key: &str,
        piece: Piece,
        reader: Option<&Reader>,
    ) -> Result<(), Error> {
        let tracker = Arc::clone(&self.tracker);
        let stored = self.storage.put(key, &piece, tracker).await?;
        if let Some(reader) = reader {
            reader.check_unchanged().await?;
        }
        self.tracker.stored(piece.len());
        self.completed(index, stored.crc64.is_some()).await
    }

    /// Stores an object in parts, those that are missing.
    async fn in_parts(
        self: &Arc<Self>,
        index: usize,
        key: Arc<str>,
        length: u64,
        reader: Reader,
    ) -> Result<(), Error> {
        let Some(multipart) = self.attach(index, key, length, &reader).await? else {
            // An earlier call has completed it.
            self.tracker.resumed(length);
            return Ok(());
        };
        let multipart = Arc::new(multipart);
        let stored = self.read_state(index, |object| object.parts.keys().copied().collect::<Vec<_>>());
        for number in &stored {
            self.tracker.resumed(self.part_length(*number, length));
        }
        let mut tasks = JoinSet::new();
        for number in 1..=self.part_count(length) {
            if stored.binary_search(&number).is_ok() {
                continue;
            }
            let permit = self.permit_beside(&mut tasks).await?;
            let (this, multipart, reader) = (Arc::clone(self), Arc::clone(&multipart), reader.clone());
            tasks.spawn(async move {
                let offset = u64::from(number - 1) * this.part_size;
                let piece = reader.read(offset, this.part_length(number, length), &this.buffers).await?;
                this.part(&multipart, number, piece, permit).await
            });
        }
        while !tasks.is_empty() {
            joined(tasks.join_next().await)?;
        }
        reader.check_unchanged().await?;
        self.complete(&multipart, length).await
    }

    /// Stores what a stream gives.
    async fn streamed(self: &Arc<Self>, index: usize, key: Arc<str>, mut parts: Parts) -> Result<(), Error> {
        let too_long =
            |_| Error::new(ErrorKind::InvalidRequest, "part_size: larger than this machine's memory");
        let part_size = usize::try_from(self.part_size).map_err(too_long)?;
        let permit = self.permit().await?;
        let first = parts.next(part_size).await?.unwrap_or_default();
        if first.len() < part_size {
            let piece = checked(first).await?;
            let outcome = self.whole(index, &key, piece, None).await;
            drop(permit);
            return outcome;
        }
        let upload_id = self.storage.initiate(&key).await?;
        self.change_state(index, |object| object.upload_id = Some(upload_id.clone()));
        let multipart = Arc::new(Multipart { index, key, upload_id });
        let mut tasks = JoinSet::new();
        let mut next = Some((first, permit));
        let mut number = 0;
        while let Some((bytes, permit)) = next {
            number += 1;
            if number > MOST_PARTS {
                let message = format!(
                    "part_size: the stream has more than {MOST_PARTS} parts of {} bytes; set a larger one",
                    self.part_size
                );
                return Err(Error::new(ErrorKind::InvalidRequest, message));
            }
            let (this, multipart) = (Arc::clone(self), Arc::clone(&multipart));
            tasks.spawn(async move { this.part(&multipart, number, checked(bytes).await?, permit).await });
            // A part is read when there is room for it, not before.
            let permit = self.permit_beside(&mut tasks).await?;
            next = parts.next(part_size).await?.map(|bytes| (bytes, permit));
        }
        while !tasks.is_empty() {
            joined(tasks.join_next().await)?;
        }
        self.complete(&multipart, parts.read()).await
    }

    /// Waits for room for another part. A part that fails meanwhile ends the waiting.
    async fn permit_beside(
        &self,
        tasks: &mut JoinSet<Result<(), Error>>,
    ) -> Result<OwnedSemaphorePermit, Error> {
        loop {
            tokio::select! {
                biased;
                Some(ended) = tasks.join_next() => { joined(Some(ended))?; }
                permit = self.permit() => return permit,
            }
        }
    }

    /// Stores one part.
    async fn part(
        &self,
        multipart: &Multipart,
        number: u32,
        piece: Piece,
        permit: OwnedSemaphorePermit,
    ) -> Result<(), Error> {
        let (length, crc64) = (piece.len(), piece.crc64);
        let place = (&*multipart.key, multipart.upload_id.as_str());
        let tracker = Arc::clone(&self.tracker);
        let stored = self.storage.put_part(place, number, &piece, tracker).await?;
        drop((piece, permit));
        self.change_state(multipart.index, |object| {
            object.parts.insert(number, PartState { etag: stored.etag, crc64 });
        });
        self.tracker.stored(length);
        self.checkpoints.save_soon().await?;
        self.tracker.check_time(self.storage.remaining())
    }

    /// Makes an object of the parts.
    async fn complete(&self, multipart: &Multipart, length: u64) -> Result<(), Error> {
        let Multipart { index, key, upload_id } = multipart;
        let states = self.read_state(*index, |object| object.parts.clone());
        let crc64 = self.crc64(&states, length);
        let parts: Vec<(u32, String)> =
            states.into_iter().map(|(number, part)| (number, part.etag)).collect();
        self.change_state(*index, |object| object.completing = true);
        self.checkpoints.save().await?;
        let told = match self.storage.complete((key, upload_id), &parts, crc64).await {
            Ok(stored) => stored.crc64,
            // An earlier attempt may have completed it, and its answer was lost.
            Err(error) if is_gone(&error) && error.may_have_taken_effect() => {
                let is_completed = self.find_completed(*index, key, length).await?;
                return if is_completed { Ok(()) } else { Err(error) };
            }
            Err(error) => return Err(error),
        };
        let told = match told {
            Some(told) => Some(told),
            None => match self.storage.head(key).await {
                Ok(Head::Found { crc64, .. }) => crc64,
                _ => None,
            },
        };
        check_crc64(told, crc64, "the object that storage has made of the parts")?;
        self.completed(*index, told.is_some()).await
    }

    async fn completed(&self, index: usize, is_verified: bool) -> Result<(), Error> {
        self.change_state(index, |object| {
            object.completed = Some(Completed { is_verified });
            object.upload_id = None;
            object.parts.clear();
        });
        self.checkpoints.save().await
    }

    /// Throws away what storage has of the upload. Failures are only logged: the upload's own error matters more.
    pub(super) async fn abort(&self, keys: &[Arc<str>]) {
        for (index, key) in keys.iter().enumerate() {
            let (id, is_completed) =
                self.read_state(index, |object| (object.upload_id.clone(), object.completed.is_some()));
            if is_completed || id.is_none() && !self.storage.has_repeated_initiate() {
                continue;
            }
            if let Err(error) = self.abort_object(key, id).await {
                tracing::warn!(error = %error, "parts of a failed upload are left in storage");
            }
        }
    }

    async fn abort_object(&self, key: &str, id: Option<String>) -> Result<(), Error> {
        if let Some(id) = id {
            self.storage.abort(key, &id).await?;
        }
        if self.storage.has_repeated_initiate() {
            for id in self.storage.uploads(key).await? {
                self.storage.abort(key, &id).await?;
            }
        }
        Ok(())
    }

    /// Throws away uploads in parts that were begun twice, because the first answer was lost.
    pub(super) async fn abort_duplicates(&self, keys: &[Arc<str>]) {
        if !self.storage.has_repeated_initiate() {
            return;
        }
        for key in keys {
            if let Err(error) = self.abort_object(key, None).await {
                tracing::warn!(error = %error, "an upload in parts that was begun twice is left in storage");
            }
        }
    }

    fn part_count(&self, length: u64) -> u32 {
        u32::try_from(length.div_ceil(self.part_size)).unwrap_or(u32::MAX)
    }

    fn part_length(&self, number: u32, length: u64) -> u64 {
        let offset = u64::from(number.saturating_sub(1)).saturating_mul(self.part_size);
        length.saturating_sub(offset).min(self.part_size)
    }

    /// The checksum of an object, from those of its parts.
    fn crc64(&self, parts: &BTreeMap<u32, PartState>, length: u64) -> u64 {
        parts
            .iter()
            .fold(0, |crc64, (number, part)| combined(crc64, part.crc64, self.part_length(*number, length)))
    }

    fn read_state<T>(&self, index: usize, read: impl FnOnce(&ObjectState) -> T) -> T {
        let mut state = self.checkpoints.state();
        if state.objects.len() <= index {
            state.objects.resize(index + 1, ObjectState::default());
        }
        read(&state.objects[index])
    }

    fn change_state(&self, index: usize, change: impl FnOnce(&mut ObjectState)) {
        let mut state = self.checkpoints.state();
        if let Some(object) = state.objects.get_mut(index) {
            change(object);
        }
    }
}

/// The outcome of a task. A panic in it, of a caller's function, goes on.
pub(super) fn joined<T>(ended: Option<Result<Result<T, Error>, JoinError>>) -> Result<Option<T>, Error> {
    match ended {
        None => Ok(None),
        Some(Ok(outcome)) => outcome.map(Some),
        Some(Err(error)) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(Error::new(ErrorKind::Source, "the runtime ended during the upload")),
        },
    }
}
