//! The state of the account as opposed to one application: its temporary credentials.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::ids::Ids;
use crate::model::secret::Secret;
use crate::protocol::envelope::Members;

/// Credentials that are remembered at most. Beyond, those that expire first are forgotten.
const KEPT: usize = 10_000;

/// The status of an application that calls may not name any more.
pub(crate) const DESTROYED: &str = "Destroyed";

/// A temporary credential, which is found by its secret id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Issued {
    pub(crate) secret_key: Secret,
    pub(crate) token: Secret,
    /// From when on it is refused, in Unix seconds.
    pub(crate) expires: i64,
    /// The role that it was given out for.
    pub(crate) role: String,
}

/// The account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Account {
    ids: Ids,
    issued: BTreeMap<String, Issued>,
    /// The secret id of the credential that the metadata service tells.
    machine: Option<String>,
    /// The applications that were listed or created, by their numbers.
    #[serde(default)]
    pub(crate) sub_applications: BTreeMap<u64, Members>,
}

impl Account {
    pub(crate) fn new(seed: u64) -> Self {
        // No application has this number.
        Self {
            ids: Ids::new(seed, u64::MAX),
            issued: BTreeMap::new(),
            machine: None,
            sub_applications: BTreeMap::new(),
        }
    }

    /// Gives out a credential that is good for so many seconds. The result is its secret id and the rest of it.
    pub(crate) fn issue(&mut self, role: &str, unix: i64, lifetime: i64) -> (String, Issued) {
        self.issued.retain(|_, issued| issued.expires > unix);
        while self.issued.len() >= KEPT {
            let first = self.issued.iter().min_by_key(|(_, issued)| issued.expires);
            let Some(first) = first.map(|(secret_id, _)| secret_id.clone()) else { break };
            self.issued.remove(&first);
        }
        let secret_id = format!("AKID{}", self.ids.hexadecimal("role credential", 60));
        let issued = Issued {
            secret_key: Secret(self.ids.hexadecimal("role key", 32)),
            token: Secret(self.ids.hexadecimal("role token", 128)),
            expires: unix.saturating_add(lifetime),
            role: role.to_owned(),
        };
        self.issued.insert(secret_id.clone(), issued.clone());
        (secret_id, issued)
    }

    /// The credential of a machine with this role: the same one until half of its life is over.
    pub(crate) fn of_machine(&mut self, role: &str, unix: i64, lifetime: i64) -> (String, Issued) {
        let known =
            self.machine.clone().and_then(|secret_id| Some((secret_id.clone(), self.get(&secret_id)?)));
        match known {
            Some((secret_id, issued)) if issued.role == role && issued.expires - unix > lifetime / 2 => {
                (secret_id, issued.clone())
            }
            _ => {
                let (secret_id, issued) = self.issue(role, unix, lifetime);
                self.machine = Some(secret_id.clone());
                (secret_id, issued)
            }
        }
    }

    /// Whether there is an application of this number; none if the account does not know.
    pub(crate) fn has_application(&self, number: u64) -> Option<bool> {
        let application = self.sub_applications.get(&number)?;
        Some(application.get("Status").and_then(Value::as_str) != Some(DESTROYED))
    }

    /// The credential of this secret id, expired or not.
    pub(crate) fn get(&self, secret_id: &str) -> Option<&Issued> {
        self.issued.get(secret_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_keeps_its_credential_for_half_of_its_life() {
        let mut account = Account::new(0);
        let first = account.of_machine("role", 1000, 100);
        assert_eq!(account.of_machine("role", 1049, 100), first);
        let second = account.of_machine("role", 1050, 100);
        assert_ne!(second.0, first.0);
        assert!(account.get(&first.0).is_some(), "the first is good until it expires");
        assert_ne!(account.of_machine("another", 1051, 100).0, second.0);
    }

    #[test]
    fn no_more_credentials_are_kept_than_that() {
        let mut account = Account::new(0);
        let (first, _) = account.issue("role", 0, 10);
        let (second, _) = account.issue("role", 0, 5);
        for _ in 0..KEPT - 1 {
            account.issue("role", 0, 10);
        }
        assert!(account.get(&second).is_none() && account.get(&first).is_some());
        assert_eq!(account.issued.len(), KEPT);
        account.issue("role", 10, 10);
        assert_eq!(account.issued.len(), 1, "what has expired is forgotten");
    }
}
