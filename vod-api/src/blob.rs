//! Bytes as a member of a request: a file among the parts of a multipart body.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The bytes of a member of the type `binary`, such as a file. Clones share the bytes.
///
/// Such a member travels as a part of a `multipart/form-data` body (`body = "multipart"` in the action's spec file), byte
/// by byte. In JSON, as tools and serde show it, it is Base64 text. `{:?}` shows the number of bytes alone.
///
/// ```
/// let file = vod_api::Blob::from(vec![0xff, 0xd8, 0xff]);
/// assert_eq!(file.as_bytes(), [0xff, 0xd8, 0xff]);
/// assert_eq!(serde_json::to_string(&file)?, r#""/9j/""#);
/// assert_eq!(format!("{file:?}"), "Blob(3 bytes)");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
#[doc(alias("file", "multipart", "binary"))]
pub struct Blob(Bytes);

impl Blob {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, to be kept.
    pub fn into_bytes(self) -> Bytes {
        self.0
    }

    /// As it stands in JSON.
    pub(crate) fn to_base64(&self) -> String {
        STANDARD.encode(&self.0)
    }

    /// From what stands in JSON; `None` if that is no Base64.
    pub(crate) fn from_base64(text: &str) -> Option<Self> {
        STANDARD.decode(text).ok().map(Self::from)
    }
}

impl From<Bytes> for Blob {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<&[u8]> for Blob {
    fn from(bytes: &[u8]) -> Self {
        Self(Bytes::copy_from_slice(bytes))
    }
}

/// The text's UTF-8.
impl From<&str> for Blob {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

/// The text's UTF-8.
impl From<String> for Blob {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blob({} bytes)", self.0.len())
    }
}

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_base64())
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_base64(&text)
            .ok_or_else(|| D::Error::invalid_value(Unexpected::Str(&text), &"Base64 text"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_in_json_and_nothing_else() {
        let blob = Blob::from(&[0, 255, 16][..]);
        let json = serde_json::to_string(&blob).unwrap();
        assert_eq!(json, "\"AP8Q\"");
        assert_eq!(serde_json::from_str::<Blob>(&json).unwrap(), blob);
        assert!(serde_json::from_str::<Blob>("\"AP8\"").is_err());
        assert_eq!(Blob::from("text"), Blob::from(String::from("text")));
        assert_eq!(Blob::from("text").into_bytes(), "text");
    }
}
