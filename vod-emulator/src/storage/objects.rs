//! The objects of one application's bucket, and the multipart uploads that are under way.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::storage::checksum::{Checksums, tag_of_parts};

/// Parts are numbered from 1 to this.
pub(crate) const MAX_PART: u32 = 10_000;
/// Bytes that every part but the last must have.
const MIN_PART: u64 = 1024 * 1024;

/// Why a completion is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotComplete {
    NoSuchUpload,
    /// A part that was not uploaded, or has another tag.
    InvalidPart(u32),
    InvalidPartOrder,
    EntityTooSmall(u32),
}

/// What one object is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Object {
    #[serde(with = "pieces")]
    pub(crate) pieces: Vec<Bytes>,
    pub(crate) sums: Checksums,
    /// The entity tag without its quotes.
    pub(crate) tag: String,
}

impl Object {
    pub(crate) fn new(data: Bytes, sums: Checksums) -> Self {
        Self { tag: sums.md5.clone(), pieces: vec![data], sums }
    }

    pub(crate) fn size(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.len() as u64).sum()
    }
}

/// One part of a multipart upload.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Part {
    #[serde(with = "piece")]
    pub(crate) data: Bytes,
    pub(crate) sums: Checksums,
    /// When it was uploaded, as Unix seconds.
    pub(crate) modified: i64,
}

/// A multipart upload that is neither complete nor aborted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Multipart {
    pub(crate) path: String,
    pub(crate) parts: BTreeMap<u32, Part>,
    pub(crate) begun: i64,
}

/// Everything in a bucket. Paths begin with a slash.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Objects {
    objects: BTreeMap<String, Object>,
    uploads: BTreeMap<String, Multipart>,
}

impl Objects {
    pub(crate) fn get(&self, path: &str) -> Option<&Object> {
        self.objects.get(path)
    }

    pub(crate) fn put(&mut self, path: &str, object: Object) {
        self.objects.insert(path.to_owned(), object);
    }

    pub(crate) fn remove(&mut self, path: &str) {
        self.objects.remove(path);
    }

    /// Bytes that are kept, parts included.
    pub(crate) fn size(&self) -> u64 {
        let parts = self.uploads.values().flat_map(|upload| upload.parts.values());
        self.objects.values().map(Object::size).sum::<u64>()
            + parts.map(|part| part.data.len() as u64).sum::<u64>()
    }

    pub(crate) fn begin(&mut self, id: String, path: &str, now: i64) {
        self.uploads.insert(id, Multipart { path: path.to_owned(), parts: BTreeMap::new(), begun: now });
    }

    /// The upload of this id and path.
    pub(crate) fn upload(&mut self, id: &str, path: &str) -> Option<&mut Multipart> {
        self.uploads.get_mut(id).filter(|upload| upload.path == path)
    }

    /// Forgets an upload; false if there is none.
    pub(crate) fn abort(&mut self, id: &str, path: &str) -> bool {
        self.upload(id, path).is_some() && self.uploads.remove(id).is_some()
    }

    /// The uploads whose path begins with this, in the order of their paths and ids.
    pub(crate) fn uploads(&self, prefix: &str) -> Vec<(&str, &Multipart)> {
        let mut found: Vec<(&str, &Multipart)> = self
            .uploads
            .iter()
            .filter(|(_, upload)| upload.path.starts_with(prefix))
            .map(|(id, upload)| (id.as_str(), upload))
            .collect();
        found.sort_by(|(left_id, left), (right_id, right)| {
            (&left.path, left_id).cmp(&(&right.path, right_id))
        });
        found
    }

    /// Makes the object of an upload from these parts.
    pub(crate) fn complete(
        &mut self,
        id: &str,
        path: &str,
        listed: &[(u32, String)],
    ) -> Result<&Object, NotComplete> {
        let upload =
            self.uploads.get(id).filter(|upload| upload.path == path).ok_or(NotComplete::NoSuchUpload)?;
        if !listed.is_sorted_by(|(left, _), (right, _)| left < right) {
            return Err(NotComplete::InvalidPartOrder);
        }
        let mut parts = Vec::with_capacity(listed.len());
        for (position, (number, tag)) in listed.iter().enumerate() {
            let part = upload.parts.get(number).filter(|part| part.sums.md5.eq_ignore_ascii_case(tag));
            let follows = usize::try_from(*number) == Ok(position + 1);
            parts.push(part.filter(|_| follows).ok_or(NotComplete::InvalidPart(*number))?);
        }
        let short = parts.iter().rev().skip(1).position(|part| (part.data.len() as u64) < MIN_PART);
        if let Some(from_end) = short {
            let number = u32::try_from(parts.len() - 1 - from_end).unwrap_or(MAX_PART);
            return Err(NotComplete::EntityTooSmall(number));
        }
        if parts.is_empty() {
            return Err(NotComplete::InvalidPart(1));
        }
        let tag = tag_of_parts(parts.iter().map(|part| part.sums.md5.as_str()));
        let pieces: Vec<Bytes> = parts.iter().map(|part| part.data.clone()).collect();
        let sums = Checksums::of(pieces.iter().map(AsRef::as_ref));
        self.uploads.remove(id);
        let object = Object { pieces, sums, tag };
        Ok(match self.objects.entry(path.to_owned()) {
            Entry::Occupied(mut place) => {
                place.insert(object);
                place.into_mut()
            }
            Entry::Vacant(place) => place.insert(object),
        })
    }
}

/// Bytes as Base64 in a snapshot.
mod piece {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use bytes::Bytes;
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(data: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(data))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map(Bytes::from).map_err(de::Error::custom)
    }
}

/// Pieces as one Base64 text in a snapshot.
mod pieces {
    use bytes::Bytes;
    use serde::{Deserializer, Serializer};

    use super::piece;

    pub(super) fn serialize<S: Serializer>(pieces: &[Bytes], serializer: S) -> Result<S::Ok, S::Error> {
        piece::serialize(&pieces.concat().into(), serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Bytes>, D::Error> {
        Ok(vec![piece::deserialize(deserializer)?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(size: usize) -> Part {
        let data = Bytes::from(vec![7; size]);
        let sums = Checksums::of([data.as_ref()]);
        Part { data, sums, modified: 0 }
    }

    fn objects(sizes: &[usize]) -> (Objects, Vec<(u32, String)>) {
        let mut objects = Objects::default();
        objects.begin("id".into(), "/a", 0);
        let mut listed = Vec::new();
        for (number, size) in (1..).zip(sizes) {
            let part = part(*size);
            listed.push((number, part.sums.md5.clone()));
            objects.upload("id", "/a").unwrap().parts.insert(number, part);
        }
        (objects, listed)
    }

    #[test]
    fn a_completion_keeps_the_rules_for_parts() {
        const MIB: usize = 1024 * 1024;
        let (mut whole, listed) = objects(&[MIB, MIB, 1]);
        let object = whole.complete("id", "/a", &listed).unwrap();
        assert_eq!(object.size(), 2 * MIB as u64 + 1);
        assert!(object.tag.ends_with("-3"));
        assert_eq!(object.sums, Checksums::of([vec![7; 2 * MIB + 1].as_slice()]));
        assert_eq!(whole.complete("id", "/a", &listed), Err(NotComplete::NoSuchUpload));

        let refused = |sizes: &[usize], change: fn(&mut Vec<(u32, String)>)| {
            let (mut objects, mut listed) = objects(sizes);
            change(&mut listed);
            let before = objects.clone();
            let refused = objects.complete("id", "/a", &listed).unwrap_err();
            assert_eq!(objects, before, "a refusal changes nothing");
            refused
        };
        assert_eq!(refused(&[MIB, MIB - 1, 1], |_| ()), NotComplete::EntityTooSmall(2));
        assert_eq!(refused(&[MIB, MIB, 1], |listed| listed.swap(0, 1)), NotComplete::InvalidPartOrder);
        assert_eq!(refused(&[MIB, MIB, 1], |listed| drop(listed.remove(1))), NotComplete::InvalidPart(3));
        assert_eq!(refused(&[MIB, 1], |listed| listed[1].1 = "0".into()), NotComplete::InvalidPart(2));
        assert_eq!(refused(&[1], Vec::clear), NotComplete::InvalidPart(1));
        let (mut objects, listed) = objects(&[1]);
        assert_eq!(objects.complete("id", "/b", &listed), Err(NotComplete::NoSuchUpload));
    }
}
