//! Uploads against a service in memory: what arrives, what is repeated, and what is left behind.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::format_push_string,
    clippy::format_collect,
    clippy::cast_possible_truncation,
    clippy::single_match_else,
    reason = "a test fails by panicking, also in its helpers"
)]

mod fake;
mod faults;
mod manifests;
mod resumed;
mod sources;

use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(super) const MIB: u64 = 1024 * 1024;

/// Bytes that differ from part to part.
fn content(length: u64) -> Vec<u8> {
    /// Made once: it takes long without optimization.
    static LONGEST: LazyLock<Vec<u8>> =
        LazyLock::new(|| (0..16 * MIB).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect());
    LONGEST[..usize::try_from(length).unwrap()].to_vec()
}

/// A folder of a test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("vod-api-upload-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
