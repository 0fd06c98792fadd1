//! The state of an upload and its JSON form.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::super::file::Stamp;
use super::ResumeState;
use crate::record::unicode::without_bom;

/// What the first member of a state says.
const FORMAT: &str = "vod-api upload state 1";

/// How far an upload is.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct State {
    /// A hash of what was applied for: the settings that can't be changed any more.
    pub(crate) settings: String,
    pub(crate) session: Session,
    /// Bytes of each part but the last.
    pub(crate) part_size: u64,
    pub(crate) objects: Vec<ObjectState>,
    /// Whether a commit may have been sent.
    pub(crate) committing: bool,
    /// What the commit gave.
    pub(crate) committed: Option<Committed>,
}

/// The media file that an upload has become.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Committed {
    pub(crate) file_id: String,
    pub(crate) media_url: String,
    pub(crate) cover_url: String,
    pub(crate) request_id: String,
    /// Whether the answer is that of a repeated commit.
    pub(crate) is_repeated: bool,
}

/// What the service gave for the upload.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) key: Zeroizing<String>,
    pub(crate) bucket: String,
    pub(crate) region: String,
    pub(crate) media_path: String,
    pub(crate) cover_path: String,
    /// `None` if the caller's own credential is to be used.
    pub(crate) certificate: Option<Certificate>,
}

/// The temporary credential of an upload.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Certificate {
    pub(crate) id: String,
    pub(crate) key: Zeroizing<String>,
    pub(crate) token: Zeroizing<String>,
    /// In seconds since 1970; 0 if unknown.
    pub(crate) expires: u64,
}

/// How far an object of the upload is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ObjectState {
    /// `media`, `cover`, or the name of a file in the folder of a manifest.
    pub(crate) name: String,
    pub(crate) stamp: Stamp,
    pub(crate) upload_id: Option<String>,
    pub(crate) parts: BTreeMap<u32, PartState>,
    /// Whether a completion may have been sent.
    pub(crate) completing: bool,
    /// Set when the object is there.
    pub(crate) completed: Option<Completed>,
}

/// A part that storage has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PartState {
    pub(crate) etag: String,
    pub(crate) crc64: u64,
}

/// An object that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Completed {
    /// Whether storage has told the checksum, and it is the right one.
    pub(crate) is_verified: bool,
}

impl State {
    /// The state in JSON. It is written member by member: no copy of a secret is left behind.
    pub(crate) fn to_bytes(&self) -> ResumeState {
        let parts: usize = self.objects.iter().map(|object| 200 + object.parts.len() * 100).sum();
        let mut text = Writer(Zeroizing::new(Vec::with_capacity(8192 + parts)));
        text.open('{');
        text.member("Format", FORMAT);
        text.member("Settings", &self.settings);
        text.member("SessionKey", self.session.key.as_str());
        text.member("Bucket", &self.session.bucket);
        text.member("Region", &self.session.region);
        text.member("MediaPath", &self.session.media_path);
        text.member("CoverPath", &self.session.cover_path);
        if let Some(certificate) = &self.session.certificate {
            text.member("SecretId", &certificate.id);
            text.member("SecretKey", certificate.key.as_str());
            text.member("Token", certificate.token.as_str());
            text.member("ExpiredTime", &certificate.expires);
        }
        text.member("PartSize", &self.part_size);
        text.member("Committing", &self.committing);
        if let Some(committed) = &self.committed {
            text.member("FileId", &committed.file_id);
            text.member("MediaUrl", &committed.media_url);
            text.member("CoverUrl", &committed.cover_url);
            text.member("RequestId", &committed.request_id);
            text.member("Repeated", &committed.is_repeated);
        }
        text.name("Objects");
        text.open('[');
        for object in &self.objects {
            text.separate();
            text.open('{');
            text.member("Name", &object.name);
            text.member("Length", &object.stamp.length);
            text.member("Modified", &object.stamp.modified);
            text.member("Device", &object.stamp.device);
            text.member("Inode", &object.stamp.inode);
            text.member("Crc64", &object.stamp.crc64);
            text.member("UploadId", &object.upload_id);
            text.member("Completing", &object.completing);
            text.member("Verified", &object.completed.map(|completed| completed.is_verified));
            text.name("Parts");
            text.open('[');
            for (number, part) in &object.parts {
                text.separate();
                text.value(&(number, &part.etag, part.crc64));
            }
            text.close(']');
            text.close('}');
        }
        text.close(']');
        text.close('}');
        ResumeState(text.0)
    }

    /// Reads a state; `None` if the bytes are none.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let Ok(Value::Object(mut members)) = serde_json::from_slice(without_bom(bytes)) else { return None };
        let members = &mut members;
        if text(members, "Format")? != FORMAT {
            return None;
        }
        let certificate = match text(members, "SecretId") {
            None => None,
            Some(id) => Some(Certificate {
                id,
                key: text(members, "SecretKey")?.into(),
                token: text(members, "Token")?.into(),
                expires: number(members, "ExpiredTime")?,
            }),
        };
        let Some(Value::Array(objects)) = members.remove("Objects") else { return None };
        let part_size = number(members, "PartSize").filter(|size| *size > 0)?;
        let committed = match text(members, "FileId") {
            None => None,
            Some(file_id) => Some(Committed {
                file_id,
                media_url: text(members, "MediaUrl")?,
                cover_url: text(members, "CoverUrl")?,
                request_id: text(members, "RequestId")?,
                is_repeated: members.get("Repeated")?.as_bool()?,
            }),
        };
        Some(Self {
            settings: text(members, "Settings")?,
            session: Session {
                key: text(members, "SessionKey")?.into(),
                bucket: text(members, "Bucket")?,
                region: text(members, "Region")?,
                media_path: text(members, "MediaPath")?,
                cover_path: text(members, "CoverPath")?,
                certificate,
            },
            part_size,
            objects: objects.into_iter().map(object).collect::<Option<_>>()?,
            committing: members.get("Committing")?.as_bool()?,
            committed,
        })
    }
}

fn object(value: Value) -> Option<ObjectState> {
    let Value::Object(mut members) = value else { return None };
    let members = &mut members;
    let Some(Value::Array(parts)) = members.remove("Parts") else { return None };
    let part = |part: &Value| {
        let number = part.get(0)?.as_u64()?.try_into().ok()?;
        let state = PartState { etag: part.get(1)?.as_str()?.to_owned(), crc64: part.get(2)?.as_u64()? };
        Some((number, state))
    };
    Some(ObjectState {
        name: text(members, "Name")?,
        stamp: Stamp {
            length: number(members, "Length")?,
            modified: number(members, "Modified")?,
            device: number(members, "Device")?,
            inode: number(members, "Inode")?,
            crc64: number(members, "Crc64"),
        },
        upload_id: text(members, "UploadId"),
        parts: parts.iter().map(part).collect::<Option<_>>()?,
        completing: members.get("Completing")?.as_bool()?,
        completed: members
            .get("Verified")
            .and_then(Value::as_bool)
            .map(|is_verified| Completed { is_verified }),
    })
}

/// Takes a text out, without leaving a copy behind.
fn text(members: &mut Map<String, Value>, name: &str) -> Option<String> {
    match members.remove(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

fn number(members: &Map<String, Value>, name: &str) -> Option<u64> {
    members.get(name)?.as_u64()
}

/// Writes JSON piece by piece.
struct Writer(Zeroizing<Vec<u8>>);

impl Writer {
    fn open(&mut self, bracket: char) {
        self.0.push(bracket as u8);
    }

    fn close(&mut self, bracket: char) {
        self.0.push(bracket as u8);
    }

    fn separate(&mut self) {
        if !matches!(self.0.last(), None | Some(b'{' | b'[')) {
            self.0.push(b',');
        }
    }

    fn name(&mut self, name: &str) {
        self.separate();
        self.value(name);
        self.0.push(b':');
    }

    fn value(&mut self, value: &(impl Serialize + ?Sized)) {
        // Writing to memory, what is a text, a number or a list of them, can't fail.
        let _ = serde_json::to_writer(&mut *self.0, value);
    }

    fn member(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        self.name(name);
        self.value(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        let part = |n: u64| PartState { etag: format!("\"{n:032x}\""), crc64: u64::MAX - n };
        State {
            settings: "0123".to_owned(),
            session: Session {
                key: "session \"key\"".to_owned().into(),
                bucket: "b-1".to_owned(),
                region: "ap-chongqing".to_owned(),
                media_path: "/dir/视频.mp4".to_owned(),
                cover_path: String::new(),
                certificate: Some(Certificate {
                    id: "id".to_owned(),
                    key: "key".to_owned().into(),
                    token: "token".to_owned().into(),
                    expires: 1_800_000_000,
                }),
            },
            part_size: 1 << 20,
            objects: vec![
                ObjectState {
                    name: "media".to_owned(),
                    stamp: Stamp { length: 9, modified: u64::MAX, device: 1, inode: 2, crc64: None },
                    upload_id: Some("u1".to_owned()),
                    parts: BTreeMap::from([(1, part(1)), (7, part(7))]),
                    completing: true,
                    completed: None,
                },
                ObjectState {
                    name: "cover".to_owned(),
                    stamp: Stamp { crc64: Some(u64::MAX), ..Stamp::default() },
                    completed: Some(Completed { is_verified: true }),
                    ..ObjectState::default()
                },
            ],
            committing: true,
            committed: Some(Committed { file_id: "1".to_owned(), ..Committed::default() }),
        }
    }

    #[test]
    fn a_state_is_read_as_it_was_written() {
        let mut state = state();
        for _ in 0..2 {
            let bytes = state.to_bytes();
            assert!(State::from_bytes(bytes.as_bytes()) == Some(state.clone()));
            state.session.certificate = None;
            state.committed = None;
            state.objects.clear();
        }
    }

    #[test]
    fn what_is_no_state_or_only_part_of_one_is_none() {
        let bytes = state().to_bytes();
        let text = str::from_utf8(bytes.as_bytes()).unwrap();
        for length in 0..text.len() {
            assert!(
                text.is_char_boundary(length)
                    .then(|| State::from_bytes(&text.as_bytes()[..length]))
                    .flatten()
                    .is_none()
            );
        }
        for other in [
            "{}",
            "[]",
            "null",
            &text.replace("state 1", "state 2"),
            &text.replace("\"PartSize\":1048576", "\"PartSize\":0"),
        ] {
            assert!(State::from_bytes(other.as_bytes()).is_none(), "{other}");
        }
    }
}
