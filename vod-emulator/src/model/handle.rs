//! Event handles. A queue recognises the ones that it has made without remembering them.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Hexadecimal digits of the number in a handle, and of its proof.
const DIGITS: usize = 16;

/// Makes the handles of one queue: a number that counts up, and a proof that this queue counted it.
#[derive(Debug)]
pub(crate) struct HandleMaker {
    key: [u8; 16],
    queue: u64,
    last: u64,
}

impl HandleMaker {
    /// Handles of different keys or queues do not recognise each other.
    pub(crate) fn new(key: [u8; 16], queue: u64) -> Self {
        Self { key, queue, last: 0 }
    }

    /// A handle that has not been there before.
    pub(crate) fn next(&mut self) -> String {
        self.last += 1;
        format!("{:016x}{:016x}", self.last, self.proof(self.last))
    }

    /// Whether [`next`](Self::next) has returned this handle.
    pub(crate) fn made(&self, handle: &str) -> bool {
        let Some((number, proof)) = handle.split_at_checked(DIGITS) else {
            return false;
        };
        let Ok(number) = u64::from_str_radix(number, 16) else {
            return false;
        };
        number <= self.last && proof == format!("{:016x}", self.proof(number))
    }

    fn proof(&self, number: u64) -> u64 {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) else {
            return 0;
        };
        mac.update(&self.queue.to_be_bytes());
        mac.update(&number.to_be_bytes());
        mac.finalize().into_bytes().iter().take(8).fold(0, |proof, byte| proof << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_its_own() {
        let mut maker = HandleMaker::new([1; 16], 5);
        let (first, second) = (maker.next(), maker.next());
        assert_ne!(first, second);
        assert!(maker.made(&first) && maker.made(&second));
        assert!(!HandleMaker::new([1; 16], 5).made(&first), "not handed out yet");
    }

    #[test]
    fn refuses_others() {
        let mut maker = HandleMaker::new([1; 16], 5);
        let handle = maker.next();
        let mut other_key = HandleMaker::new([2; 16], 5);
        let mut other_queue = HandleMaker::new([1; 16], 6);
        for wrong in [
            String::new(),
            "111".into(),
            "é".repeat(16),
            handle.to_uppercase() + "0",
            handle.replace(&handle[31..], "?"),
            other_key.next(),
            other_queue.next(),
        ] {
            assert!(!maker.made(&wrong), "{wrong}");
        }
    }
}
