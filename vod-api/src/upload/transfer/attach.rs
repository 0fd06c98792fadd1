//! Finds the parts that an earlier call has stored, and keeps the valid ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::file::blocking;
use super::super::resume::PartState;
use super::super::storage::{Head, ListedPart, etag, is_gone};
use super::{Multipart, Reader, Transfer};
use crate::error::Error;

impl Transfer {
    /// Begins an upload in parts, or finds the one that an earlier call began. `None` if that call has completed it.
    pub(super) async fn attach(
        &self,
        index: usize,
        key: Arc<str>,
        length: u64,
        reader: &Reader,
    ) -> Result<Option<Multipart>, Error> {
        let known = self.read_state(index, |object| object.upload_id.clone());
        let mut found = None;
        match known {
            Some(id) => match self.storage.parts(&key, &id).await {
                Ok(listed) => found = Some((id, listed)),
                Err(error) if is_gone(&error) => {
                    if self.find_completed(index, &key, length).await? {
                        return Ok(None);
                    }
                    tracing::info!(key = &*key, "the parts of the upload are gone; storing them again");
                }
                Err(error) => return Err(error),
            },
            None if self.is_resumed => found = self.find_initiated(&key).await?,
            None => {}
        }
        let upload_id = if let Some((id, listed)) = found {
            self.adopt(index, listed, length, reader).await?;
            id
        } else {
            self.change_state(index, |object| object.parts.clear());
            self.storage.initiate(&key).await?
        };
        self.change_state(index, |object| {
            object.upload_id = Some(upload_id.clone());
            object.completing = false;
        });
        self.checkpoints.save().await?;
        Ok(Some(Multipart { index, key, upload_id }))
    }

    /// An upload in parts that an earlier call began without saving its id. Where the list is not allowed there is none.
    async fn find_initiated(&self, key: &str) -> Result<Option<(String, Vec<ListedPart>)>, Error> {
        let ids = match self.storage.uploads(key).await {
            Err(error) if error.is_authentication() => return Ok(None),
            ids => ids?,
        };
        let mut found: Option<(String, Vec<ListedPart>)> = None;
        for id in ids {
            let listed = match self.storage.parts(key, &id).await {
                Err(error) if is_gone(&error) => continue,
                listed => listed?,
            };
            let is_better = found.as_ref().is_none_or(|(_, best)| listed.len() > best.len());
            let other = if is_better { found.replace((id, listed)) } else { Some((id, listed)) };
            if let Some((other, _)) = other {
                self.storage.abort(key, &other).await?;
            }
        }
        Ok(found)
    }

    /// Whether an earlier call has completed an object whose parts are gone.
    pub(super) async fn find_completed(&self, index: usize, key: &str, length: u64) -> Result<bool, Error> {
        let (is_completing, parts) =
            self.read_state(index, |object| (object.completing, object.parts.clone()));
        if !is_completing {
            return Ok(false);
        }
        let crc64 = self.crc64(&parts, length);
        match self.storage.head(key).await? {
            Head::Absent => Ok(false),
            Head::Refused => {
                self.completed(index, false).await?;
                Ok(true)
            }
            Head::Found { length: found, crc64: told } => {
                let is_it =
                    found.is_none_or(|found| found == length) && told.is_none_or(|told| told == crc64);
                if is_it {
                    self.completed(index, told.is_some()).await?;
                }
                Ok(is_it)
            }
        }
    }

    /// Keeps those of the listed parts that are what they should be: by their checksums where these were saved, otherwise
    /// by their bytes.
    async fn adopt(
        &self,
        index: usize,
        listed: Vec<ListedPart>,
        length: u64,
        reader: &Reader,
    ) -> Result<(), Error> {
        let saved = self.read_state(index, |object| object.parts.clone());
        let mut parts = BTreeMap::new();
        for part in listed {
            let number = part.number;
            let is_whole = (1..=self.part_count(length)).contains(&number)
                && part.size == self.part_length(number, length);
            if !is_whole {
                continue;
            }
            match saved.get(&number) {
                Some(state) if is_same_etag(&state.etag, &part.etag) => {
                    parts.insert(number, state.clone());
                }
                _ => {
                    let _permit = self.permit().await?;
                    let offset = u64::from(number - 1) * self.part_size;
                    let piece = reader.read(offset, part.size, &self.buffers).await?;
                    let bytes = piece.bytes.clone();
                    if is_same_etag(&blocking(move || Ok(etag(&bytes))).await?, &part.etag) {
                        parts.insert(number, PartState { etag: part.etag, crc64: piece.crc64 });
                    }
                }
            }
        }
        self.change_state(index, |object| object.parts = parts);
        Ok(())
    }
}

/// Quotes and case are not part of an `ETag`'s meaning.
fn is_same_etag(a: &str, b: &str) -> bool {
    a.trim_matches('"').eq_ignore_ascii_case(b.trim_matches('"'))
}
