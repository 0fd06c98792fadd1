//! The paths that the storage answers under where the host is the emulator's own.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// What the paths of the storage begin with: `/_storage/BUCKET/KEY`.
pub(crate) const PREFIX: &str = "/_storage/";
/// What the paths of files that can be played begin with: `/_files/BUCKET/KEY`.
pub(crate) const FILES_PREFIX: &str = "/_files/";
/// What is encoded in the path of a URL.
pub(crate) const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');
