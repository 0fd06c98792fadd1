//! The plan of an upload, validated before anything is sent.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::file::{LocalFile, Stamp, blocking};
use super::manifest::{is_manifest, segments};
use super::resume::{ObjectState, Session, State};
use super::source::{Data, Parts, Stored, UploadSource, extension, stem};
use super::storage::crc64;
use super::transfer::{Object, ObjectData};
use super::{LARGEST_PART, MOST_PARTS, SMALLEST_PART, Settings};
use crate::action::Action as _;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::record::to_json;
use crate::signature::lower_hex;
use crate::vod::{ApplyUpload, ApplyUploadRequest};

const MIB: u64 = 1024 * 1024;
/// The size of parts unless it is set or the file has too many of them.
const USUAL_PART: u64 = 8 * MIB;

/// The names of the objects that are no segments. A segment's has a file name's form, and comes after a slash.
const MEDIA: &str = "media";
const COVER: &str = "cover";

/// An upload that is about to begin.
pub(super) struct Plan {
    pub(super) request: ApplyUploadRequest,
    /// A hash of the request as it will be sent.
    pub(super) settings: String,
    pub(super) objects: Vec<PlannedObject>,
    pub(super) part_size: u64,
}

pub(super) struct PlannedObject {
    name: String,
    stamp: Stamp,
    data: ObjectData,
}

impl PlannedObject {
    fn length(&self) -> Option<u64> {
        match &self.data {
            ObjectData::Stored(stored) => Some(stored.length()),
            ObjectData::Stream(_) => None,
        }
    }
}

impl Plan {
    /// Looks at the sources.
    pub(super) async fn new(
        client: &Client,
        source: UploadSource,
        cover: Option<UploadSource>,
        mut request: ApplyUploadRequest,
        settings: &Settings,
    ) -> Result<Self, Error> {
        settings.check()?;
        let name = source.file_name();
        if request.media_type.is_empty() {
            // A name that the media is given may tell its type, too.
            let of_name = |name: &Option<String>| extension(name.as_deref()?);
            request.media_type =
                of_name(&name).or_else(|| of_name(&request.media_name)).ok_or_else(|| {
                    let problem =
                        "not set, and the source has no name that ends with a type, such as `holiday.mp4`";
                    Error::new(ErrorKind::InvalidRequest, format!("media_type: {problem}"))
                })?;
        }
        if request.media_name.is_none() {
            request.media_name = name.as_deref().map(|name| stem(name).to_owned());
        }
        if let Some(cover) = &cover
            && request.cover_type.is_none()
        {
            let of_name = cover.file_name().and_then(|name| extension(&name));
            request.cover_type = Some(of_name.ok_or_else(|| {
                let problem = "not set, and the cover has no name that ends with a type, such as `cover.jpg`";
                Error::new(ErrorKind::InvalidRequest, format!("cover_type: {problem}"))
            })?);
        }
        let media = planned(MEDIA.to_owned(), source).await?;
        let segments = match &media.data {
            _ if !is_manifest(&request.media_type) => Vec::new(),
            ObjectData::Stored(Stored::File(file)) => segments(client, file, &request.media_type).await?,
            _ => {
                let message =
                    "a manifest must be uploaded from its path: the files that it refers to are beside it";
                return Err(Error::new(ErrorKind::InvalidRequest, message));
            }
        };
        let mut objects = vec![media];
        if let Some(cover) = cover {
            objects.push(planned(COVER.to_owned(), cover).await?);
        }
        for segment in segments {
            objects.push(PlannedObject {
                name: format!("/{}", segment.name),
                stamp: segment.file.stamp().clone(),
                data: ObjectData::Stored(Stored::File(segment.file)),
            });
        }
        let largest = objects.iter().filter_map(PlannedObject::length).max().unwrap_or(0);
        let part_size = part_size(settings.part_size, largest)?;
        let mut sent = request.clone();
        client.config().defaults.fill(ApplyUpload::META.service, &mut sent);
        let settings = lower_hex(&Sha256::digest(to_json(&sent)));
        Ok(Self { request, settings, objects, part_size })
    }

    /// All bytes; `None` if there is a stream of unknown length.
    pub(super) fn total(&self) -> Option<u64> {
        self.objects
            .iter()
            .map(|object| match &object.data {
                ObjectData::Stored(stored) => Some(stored.length()),
                ObjectData::Stream(parts) => parts.promised(),
            })
            .sum()
    }

    /// Whether it can be begun again by another process.
    pub(super) fn check_resumable(&self) -> Result<(), Error> {
        if self.objects.iter().all(|object| object.length().is_some()) {
            return Ok(());
        }
        let message =
            "resume_file: a reader or stream can't be read again by another process; upload a path or bytes";
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }

    /// The state of a new upload.
    pub(super) fn state(&self, session: Session) -> State {
        let objects = self.objects.iter().map(|object| ObjectState {
            name: object.name.clone(),
            stamp: object.stamp.clone(),
            ..ObjectState::default()
        });
        State {
            settings: self.settings.clone(),
            session,
            part_size: self.part_size,
            objects: objects.collect(),
            committing: false,
            committed: None,
        }
    }

    /// Whether a saved state is that of this upload. The message says why not.
    pub(super) fn check_state(&self, state: &State) -> Result<(), String> {
        let names = |names: &mut dyn Iterator<Item = &str>| names.map(str::to_owned).collect::<Vec<_>>();
        let ours = names(&mut self.objects.iter().map(|object| object.name.as_str()));
        if ours != names(&mut state.objects.iter().map(|object| object.name.as_str())) {
            return Err("it is that of an upload of other files".to_owned());
        }
        for (object, saved) in self.objects.iter().zip(&state.objects) {
            if let Some(difference) = object.stamp.difference(&saved.stamp) {
                let what = object.name.trim_start_matches('/');
                return Err(format!("it is that of another file, or {what} has changed: {difference}"));
            }
        }
        if self.settings != state.settings {
            return Err(
                "it was begun with other settings (type, name, procedure, times, contexts, ...)".to_owned()
            );
        }
        Ok(())
    }

    /// The objects with the keys that the service has named.
    pub(super) fn into_objects(self, session: &Session) -> Result<Vec<Object>, Error> {
        let keys = keys_of(session, self.objects.iter().map(|object| object.name.as_str()))?;
        let objects = self.objects.into_iter().zip(keys).enumerate();
        Ok(objects.map(|(index, (object, key))| Object { index, key, data: object.data }).collect())
    }
}

/// The keys of objects in storage.
pub(super) fn keys_of<'a>(
    session: &Session,
    names: impl Iterator<Item = &'a str>,
) -> Result<Vec<Arc<str>>, Error> {
    let folder = session.media_path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let key = |name: &str| match name {
        MEDIA => key("MediaStoragePath", &session.media_path),
        COVER => key("CoverStoragePath", &session.cover_path),
        segment => key("MediaStoragePath", &format!("{folder}{segment}")),
    };
    names.map(key).collect()
}

/// A path that the service has named, as a key: without the slash that it begins with.
fn key(name: &str, path: &str) -> Result<Arc<str>, Error> {
    let key = path.strip_prefix('/').unwrap_or(path);
    let is_unusable = key.is_empty() || key.split('/').any(|part| matches!(part, "." | ".."));
    if is_unusable {
        let message = format!("{name}: the service returned {path:?}, where nothing can be stored");
        return Err(Error::new(ErrorKind::Decode, message));
    }
    Ok(key.into())
}

async fn planned(name: String, source: UploadSource) -> Result<PlannedObject, Error> {
    Ok(match source.data {
        Data::Path(path) => {
            let file = LocalFile::look_at(path).await?;
            PlannedObject { name, stamp: file.stamp().clone(), data: ObjectData::Stored(Stored::File(file)) }
        }
        Data::Bytes(bytes) => {
            let content = bytes.clone();
            let crc64 = Some(blocking(move || Ok(crc64(&content))).await?);
            let stamp = Stamp { length: bytes.len() as u64, crc64, ..Stamp::default() };
            PlannedObject { name, stamp, data: ObjectData::Stored(Stored::Bytes(bytes)) }
        }
        Data::Stream(chunks, length) => {
            let stamp = Stamp { length: length.unwrap_or(0), ..Stamp::default() };
            PlannedObject { name, stamp, data: ObjectData::Stream(Parts::new(chunks, length)) }
        }
    })
}

/// The size of parts: as set, or as large as it takes for the largest object.
fn part_size(set: Option<u64>, largest: u64) -> Result<u64, Error> {
    let most = u64::from(MOST_PARTS);
    let least = largest.div_ceil(most);
    if least > LARGEST_PART {
        let message = format!("the file has {largest} bytes, more than {most} parts of 5 GiB can hold");
        return Err(Error::new(ErrorKind::Source, message));
    }
    match set {
        None => Ok(USUAL_PART.max(least.div_ceil(MIB) * MIB).min(LARGEST_PART)),
        Some(size) if size >= least => Ok(size),
        Some(size) => {
            let message = format!(
                "part_size: {size} bytes make more than {most} parts of {largest} bytes; set at least {least}"
            );
            Err(Error::new(ErrorKind::InvalidRequest, message))
        }
    }
}

impl Settings {
    fn check(&self) -> Result<(), Error> {
        let refuse = |message: String| Err(Error::new(ErrorKind::InvalidRequest, message));
        if let Some(size) = self.part_size.filter(|size| !(SMALLEST_PART..=LARGEST_PART).contains(size)) {
            return refuse(format!("part_size: must be from 1 MiB to 5 GiB, not {size} bytes"));
        }
        if self.concurrency == 0 {
            return refuse("concurrency: must be at least 1".to_owned());
        }
        if self.storage.bandwidth_limit == Some(0) {
            return refuse("bandwidth_limit: must be greater than zero".to_owned());
        }
        if self.storage.idle_timeout.is_zero() {
            return refuse("idle_timeout: must be greater than zero".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_grow_with_the_file() {
        let of = |largest| part_size(None, largest).unwrap();
        assert_eq!([of(0), of(80 * 1024 * MIB)], [8 * MIB, 9 * MIB]);
        assert!(of(48 * 1024 * 1024 * MIB).div_ceil(1) >= (48 * 1024 * 1024 * MIB).div_ceil(10_000));
        assert!(part_size(None, u64::MAX).is_err());
        assert_eq!(part_size(Some(MIB), 10_000 * MIB).unwrap(), MIB);
        assert!(part_size(Some(MIB), 10_000 * MIB + 1).unwrap_err().message().contains("at least 1048577"));
    }

    #[test]
    fn keys_stay_where_the_service_wants_them() {
        let session = Session {
            key: String::new().into(),
            bucket: String::new(),
            region: String::new(),
            media_path: "/dir/name/f0.m3u8".to_owned(),
            cover_path: String::new(),
            certificate: None,
        };
        let keys = |names: &[&str]| keys_of(&session, names.iter().copied());
        let found = keys(&["media", "/hd/1.ts"]).unwrap();
        assert_eq!(
            found.iter().map(|key| &**key).collect::<Vec<_>>(),
            ["dir/name/f0.m3u8", "dir/name/hd/1.ts"]
        );
        assert!(keys(&["cover"]).unwrap_err().message().contains("CoverStoragePath"));
        assert!(key("MediaStoragePath", "/a/../b").is_err() && key("MediaStoragePath", "/").is_err());
    }
}
