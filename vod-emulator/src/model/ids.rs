//! Ids and names that the emulated service gives. They follow from the seed alone, so that a run can be repeated.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::protocol::signature_v3::hex;

/// The account that everything belongs to, as it stands in the names of buckets and tasks.
pub(crate) const ACCOUNT: u64 = 1_250_000_000;

/// The bucket of an application.
pub(crate) fn bucket_of(sub_app_id: u64) -> String {
    format!("vod{sub_app_id}-{ACCOUNT}")
}

/// The number of the application that a bucket belongs to.
pub(crate) fn number_of_bucket(bucket: &str) -> Option<u64> {
    let number = bucket.strip_prefix("vod")?.strip_suffix(&format!("-{ACCOUNT}"))?.parse().ok()?;
    (bucket_of(number) == bucket).then_some(number)
}

/// Gives the ids of one application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ids {
    seed: u64,
    sub_app_id: u64,
    given: u64,
}

impl Ids {
    pub(crate) fn new(seed: u64, sub_app_id: u64) -> Self {
        Self { seed, sub_app_id, given: 0 }
    }

    fn next(&mut self, kind: &str) -> [u8; 32] {
        self.given += 1;
        Sha256::digest(format!("{kind} {} {} {}", self.seed, self.sub_app_id, self.given)).into()
    }

    /// Lower-case hexadecimal digits.
    pub(crate) fn hexadecimal(&mut self, kind: &str, digits: usize) -> String {
        let mut text = hex(&self.next(kind));
        while text.len() < digits {
            let more = hex(&self.next(kind));
            text.push_str(&more);
        }
        text.truncate(digits);
        text
    }

    /// The id of a task of this type, such as `1250000000-Procedure-2e1af2456351812be963e309cc133403t0`.
    pub(crate) fn task(&mut self, kind: &str) -> String {
        format!("{ACCOUNT}-{kind}-{}t0", self.hexadecimal("task", 32))
    }

    /// The next whole number from 1, for templates.
    pub(crate) fn sequence(&mut self) -> u64 {
        self.given += 1;
        self.given
    }

    /// A number of 19 digits, as file ids are.
    pub(crate) fn number(&mut self, kind: &str) -> String {
        let digest = self.next(kind);
        let number = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        (5_000_000_000_000_000_000 + number % 1_000_000_000_000_000_000).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_from_the_seed() {
        let take = |seed, application| {
            let mut ids = Ids::new(seed, application);
            [ids.number("file"), ids.number("file"), ids.hexadecimal("a", 100)]
        };
        assert_eq!(take(1, 0), take(1, 0));
        assert_ne!(take(1, 0)[0], take(2, 0)[0]);
        assert_ne!(take(1, 0)[0], take(1, 1)[0]);
        let [first, second, long] = take(1, 0);
        assert_ne!(first, second);
        assert_eq!((first.len(), long.len()), (19, 100));
        assert_eq!(number_of_bucket(&bucket_of(7)), Some(7));
        for wrong in ["vod7", "vod-1250000000", "vod07-1250000000", "7-1250000000"] {
            assert_eq!(number_of_bucket(wrong), None, "{wrong}");
        }
    }
}
