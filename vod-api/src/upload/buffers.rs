//! Memory for parts that is used again: made once for each part that is under way at a time.
//!
//! Freed and allocated again for each part, it would be filled with zeros each time, and allocators keep several times as
//! much of it as is in use.

use std::sync::{Arc, Mutex};

use bytes::Bytes;

use crate::sync::lock;

/// The memory that no part uses.
#[derive(Debug, Clone, Default)]
pub(super) struct Buffers(Arc<Mutex<Vec<Vec<u8>>>>);

impl Buffers {
    /// Room for so many bytes, of any content.
    pub(super) fn take(&self, length: usize) -> Buffer {
        let mut free = lock(&self.0);
        let fitting = free.iter().position(|bytes| bytes.len() >= length);
        // One that is too small gives way, so that there are never more than there were parts at a time.
        let reused = fitting.or_else(|| free.len().checked_sub(1)).map(|index| free.swap_remove(index));
        drop(free);
        let bytes = reused.filter(|bytes| bytes.len() >= length).unwrap_or_else(|| vec![0; length]);
        Buffer { bytes, length, home: self.clone() }
    }
}

/// The memory of one part. It goes back when it is dropped.
#[derive(Debug)]
pub(super) struct Buffer {
    bytes: Vec<u8>,
    length: usize,
    home: Buffers,
}

impl Buffer {
    /// To be filled.
    pub(super) fn room(&mut self) -> &mut [u8] {
        &mut self.bytes[..self.length]
    }

    /// The content, for requests.
    pub(super) fn into_bytes(self) -> Bytes {
        Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        lock(&self.home.0).push(std::mem::take(&mut self.bytes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(buffers: &Buffers) -> Vec<usize> {
        lock(&buffers.0).iter().map(Vec::len).collect()
    }

    #[test]
    fn memory_is_used_again_once_nothing_refers_to_it() {
        let buffers = Buffers::default();
        let mut first = buffers.take(8);
        first.room().copy_from_slice(b"12345678");
        let bytes = first.into_bytes();
        let piece = bytes.slice(2..4);
        drop(bytes);
        assert!(sizes(&buffers).is_empty(), "a piece of it is still in use");
        assert_eq!(&piece[..], b"34");
        drop(piece);
        assert_eq!(sizes(&buffers), [8]);
        let smaller = buffers.take(3).into_bytes();
        assert_eq!((smaller.len(), sizes(&buffers).len()), (3, 0));
        drop(smaller);
        assert_eq!(sizes(&buffers), [8], "it keeps its size");
    }

    #[test]
    fn there_is_never_more_memory_than_there_were_parts_at_a_time() {
        let buffers = Buffers::default();
        for round in 1..10 {
            let held: Vec<Buffer> = (0..4).map(|part| buffers.take(round * 10 + part)).collect();
            assert_eq!((held.len(), sizes(&buffers).len()), (4, 0));
            drop(held);
            assert_eq!(sizes(&buffers).len(), 4);
            assert!(sizes(&buffers).iter().all(|size| *size >= round * 10));
        }
    }
}
