//! MD5 and CRC-64 of what is stored, as the storage tells them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crc_fast::{CrcAlgorithm, Digest};
use md5::{Digest as _, Md5};
use serde::{Deserialize, Serialize};

use crate::protocol::signature_v3::hex;

/// What identifies a content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checksums {
    /// 32 hexadecimal digits.
    pub(crate) md5: String,
    /// CRC-64/XZ.
    pub(crate) crc64: u64,
}

impl Checksums {
    /// Those of pieces that follow each other.
    pub(crate) fn of<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let (mut md5, mut crc) = (Md5::new(), Digest::new(CrcAlgorithm::Crc64Xz));
        for piece in pieces {
            md5.update(piece);
            crc.update(piece);
        }
        Self { md5: hex(&md5.finalize()), crc64: crc.finalize() }
    }

    /// The form of `Content-MD5`.
    pub(crate) fn md5_base64(&self) -> String {
        let digits: Vec<u8> = (0..self.md5.len())
            .step_by(2)
            .filter_map(|at| u8::from_str_radix(self.md5.get(at..at + 2)?, 16).ok())
            .collect();
        STANDARD.encode(digits)
    }
}

/// The tag of an object made of parts: the MD5 of their MD5s, and their number.
pub(crate) fn tag_of_parts<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut md5 = Md5::new();
    let mut count = 0;
    for part in parts {
        let digits: Vec<u8> = (0..part.len())
            .step_by(2)
            .filter_map(|at| u8::from_str_radix(part.get(at..at + 2)?, 16).ok())
            .collect();
        md5.update(&digits);
        count += 1;
    }
    format!("{}-{count}", hex(&md5.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_values() {
        let sums = Checksums::of([&b"1234"[..], b"56789"]);
        assert_eq!(sums.crc64, 11_051_210_869_376_104_954);
        assert_eq!(sums.md5, "25f9e794323b453885f5181f1b624d0b");
        assert_eq!(sums.md5_base64(), "JfnnlDI7RTiF9RgfG2JNCw==");
    }
}
