//! Things of an account that are created, described, modified and deleted alike: templates, procedures and more.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::protocol::envelope::Members;

/// One thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Item {
    /// Its id as a text.
    pub(crate) key: String,
    pub(crate) members: Members,
}

/// All collections of an application, by what they hold. Within each, in the order of creation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Collections(BTreeMap<String, Vec<Item>>);

impl Collections {
    /// Everything in one collection.
    pub(crate) fn all(&self, noun: &str) -> &[Item] {
        self.0.get(noun).map(Vec::as_slice).unwrap_or_default()
    }

    pub(crate) fn get(&self, noun: &str, key: &str) -> Option<&Members> {
        self.all(noun).iter().find(|item| item.key == key).map(|item| &item.members)
    }

    pub(crate) fn get_mut(&mut self, noun: &str, key: &str) -> Option<&mut Members> {
        let items = self.0.get_mut(noun)?;
        items.iter_mut().find(|item| item.key == key).map(|item| &mut item.members)
    }

    pub(crate) fn add(&mut self, noun: &str, key: String, members: Members) {
        self.0.entry(noun.to_owned()).or_default().push(Item { key, members });
    }

    /// Removes a thing; false if there is none.
    pub(crate) fn remove(&mut self, noun: &str, key: &str) -> bool {
        let Some(items) = self.0.get_mut(noun) else { return false };
        let before = items.len();
        items.retain(|item| item.key != key);
        let is_gone = items.len() < before;
        // What is empty equals what never was.
        if items.is_empty() {
            self.0.remove(noun);
        }
        is_gone
    }
}
