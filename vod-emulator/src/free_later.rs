//! Frees large memory in the background.

use std::thread;

/// Frees a value on a thread of its own, or here if there is none to be had.
pub(crate) fn free_later(value: impl Send + 'static) {
    // The thread is not joined.
    drop(thread::Builder::new().spawn(move || drop(value)));
}
