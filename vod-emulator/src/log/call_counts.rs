//! Counts of executed calls.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::str::FromStr;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::protocol::envelope::Members;
use crate::protocol::signature_v3::hex;

/// The key by which handled calls are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallKey {
    /// The value of this parameter: a text as it is, anything else as JSON. Calls without it are not counted
    /// by key.
    Parameter(String),
    /// A hash of all parameters, 64 hexadecimal digits.
    RequestHash,
}

/// `request-hash`, or the name of a parameter.
impl FromStr for CallKey {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(if text == "request-hash" { Self::RequestHash } else { Self::Parameter(text.to_owned()) })
    }
}

impl CallKey {
    fn of(&self, parameters: &Members) -> Option<String> {
        match self {
            Self::Parameter(name) => match parameters.get(name)? {
                Value::Null => None,
                Value::String(text) => Some(text.clone()),
                value => Some(value.to_string()),
            },
            Self::RequestHash => {
                // Sorted, because clients may send the same parameters in another order.
                let sorted: BTreeMap<&String, &Value> = parameters.iter().collect();
                let mut hash = Sha256::new();
                for (name, value) in sorted {
                    hash.update(format!("{name}={value}\n"));
                }
                Some(hex(&hash.finalize()))
            }
        }
    }
}

/// Bytes of a key that is kept as it is.
const LONGEST_KEY: usize = 256;

/// A key as it is kept: one of more than 256 bytes as a hash.
fn kept(key: String) -> String {
    if key.len() <= LONGEST_KEY { key } else { format!("sha256:{}", hex(&Sha256::digest(key))) }
}

/// How often calls reached their action, after all checks and faults before it. A call counts when handling begins,
/// even if its client gives up or its response gets lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handled {
    actions: BTreeMap<String, u64>,
    keys: BTreeMap<String, BTreeMap<String, u64>>,
}

impl Handled {
    /// How many calls of an action were handled since the emulator's start.
    pub fn of(&self, action: &str) -> u64 {
        self.actions.get(action).copied().unwrap_or_default()
    }

    /// How many calls of an action with this key were handled since calls are counted by key.
    /// A key of more than 256 bytes is kept, and told by [`keys`](Self::keys), as `sha256:` and its hash.
    pub fn of_key(&self, action: &str, key: &str) -> u64 {
        let key = kept(key.to_owned());
        self.keys(action).find_map(|(known, count)| (known == key).then_some(count)).unwrap_or_default()
    }

    /// The keys of an action's calls in ascending order, each with how many calls were handled.
    pub fn keys(&self, action: &str) -> impl Iterator<Item = (&str, u64)> {
        self.keys.get(action).into_iter().flatten().map(|(key, count)| (key.as_str(), *count))
    }

    /// How often the call of an action was handled that was handled most often: at most 1 if every key was
    /// used for one call and none was carried out twice.
    pub fn most_repeated(&self, action: &str) -> u64 {
        self.keys(action).map(|(_, count)| count).max().unwrap_or_default()
    }

    pub(crate) fn actions(&self) -> &BTreeMap<String, u64> {
        &self.actions
    }

    pub(crate) fn all_keys(&self) -> &BTreeMap<String, BTreeMap<String, u64>> {
        &self.keys
    }
}

/// Counts handled calls.
#[derive(Debug, Default)]
pub(crate) struct HandledLog {
    key: Option<CallKey>,
    handled: Handled,
}

impl HandledLog {
    pub(crate) fn new(key: Option<CallKey>) -> Self {
        Self { key, handled: Handled::default() }
    }

    /// Counts by another key from now on.
    pub(crate) fn count_by(&mut self, key: CallKey) {
        self.key = Some(key);
        self.handled.keys.clear();
    }

    /// Begins at zero again, by the same key.
    pub(crate) fn forget(&mut self) {
        self.handled = Handled::default();
    }

    pub(crate) fn add(&mut self, action: &str, parameters: &Members) {
        *self.handled.actions.entry(action.to_owned()).or_default() += 1;
        if let Some(key) = self.key.as_ref().and_then(|key| key.of(parameters)).map(kept) {
            *self.handled.keys.entry(action.to_owned()).or_default().entry(key).or_default() += 1;
        }
    }

    pub(crate) fn snapshot(&self) -> Handled {
        self.handled.clone()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn add(log: &mut HandledLog, parameters: &Value) {
        log.add("A", parameters.as_object().unwrap());
    }

    #[test]
    fn counts_by_a_parameter() {
        let mut log = HandledLog::new(Some("Key".parse().unwrap()));
        for parameters in [json!({"Key": "a"}), json!({"Key": "a", "B": 1}), json!({"Key": 1}), json!({})] {
            add(&mut log, &parameters);
        }
        let handled = log.snapshot();
        assert_eq!((handled.of("A"), handled.of("B")), (4, 0));
        assert_eq!(handled.keys("A").collect::<Vec<_>>(), [("1", 1), ("a", 2)]);
        assert_eq!((handled.of_key("A", "a"), handled.most_repeated("A")), (2, 2));
    }

    #[test]
    fn long_keys_are_kept_short() {
        let mut log = HandledLog::new(Some("Key".parse().unwrap()));
        let key = "x".repeat(1_000_000);
        add(&mut log, &json!({ "Key": key }));
        let handled = log.snapshot();
        assert_eq!(handled.of_key("A", &key), 1);
        assert!(handled.keys("A").all(|(kept, _)| kept.len() < 100));
    }

    #[test]
    fn counts_by_a_hash_of_everything() {
        let mut log = HandledLog::default();
        add(&mut log, &json!({"A": 1}));
        assert_eq!(log.snapshot().most_repeated("A"), 0, "no key was chosen yet");
        log.count_by("request-hash".parse().unwrap());
        for parameters in [json!({"A": 1, "B": 2}), json!({"B": 2, "A": 1}), json!({"A": 1})] {
            add(&mut log, &parameters);
        }
        let handled = log.snapshot();
        assert_eq!(handled.of("A"), 4);
        let mut counts: Vec<u64> = handled.keys("A").map(|(_, count)| count).collect();
        counts.sort_unstable();
        assert_eq!(counts, [1, 2]);
    }
}
