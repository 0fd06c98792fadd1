//! The ids that answers carry: random, or following from the seed.

use std::sync::Mutex;

use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use crate::lock::lock;

/// Gives request ids, which have the form of random UUIDs.
#[derive(Debug)]
pub(crate) struct RequestIds {
    /// The seed and how many ids were given; none if they are random.
    repeatable: Option<Mutex<(u64, u64)>>,
}

impl RequestIds {
    pub(crate) fn new(seed: u64, is_repeatable: bool) -> Self {
        Self { repeatable: is_repeatable.then(|| Mutex::new((seed, 0))) }
    }

    /// The next one.
    pub(crate) fn next(&self) -> Uuid {
        let Some(state) = &self.repeatable else { return Uuid::new_v4() };
        let mut state = lock(state);
        state.1 += 1;
        sixteen_bytes(&format!("request {} {}", state.0, state.1))
            .map_or_else(Uuid::new_v4, |bytes| Builder::from_random_bytes(bytes).into_uuid())
    }

    /// Begins again, with another seed.
    pub(crate) fn reset(&self, seed: u64) {
        if let Some(state) = &self.repeatable {
            *lock(state) = (seed, 0);
        }
    }
}

/// The key that handles of events are made with.
pub(crate) fn handle_key(seed: u64, is_repeatable: bool) -> [u8; 16] {
    let repeated = is_repeatable.then(|| sixteen_bytes(&format!("handles {seed}"))).flatten();
    repeated.unwrap_or_else(|| *Uuid::new_v4().as_bytes())
}

fn sixteen_bytes(text: &str) -> Option<[u8; 16]> {
    Sha256::digest(text).first_chunk().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_random_unless_they_are_to_be_repeatable() {
        let (one, other) = (RequestIds::new(7, true), RequestIds::new(7, true));
        let first = one.next();
        assert_eq!((first, first.get_version_num()), (other.next(), 4));
        assert_ne!(one.next(), first);
        one.reset(7);
        assert_eq!(one.next(), first);
        one.reset(8);
        assert_ne!(one.next(), first);
        assert_ne!(RequestIds::new(7, false).next(), RequestIds::new(7, false).next());
        assert_eq!(handle_key(7, true), handle_key(7, true));
        assert_ne!(handle_key(7, false), handle_key(7, false));
    }
}
