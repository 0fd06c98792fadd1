//! Which folder an action belongs into, and what else the vendor's index says about it.
//!
//! ```toml
//! [events]                              # a folder
//! PullEvents   = { rate-limit = 100 }   # an action in it, and what its page says
//! ModifyEvents = {}
//! ```

use std::collections::BTreeMap;

use toml_edit::{DocumentMut, Item, TableLike};

use super::ImportError;

/// What the index says about an action.
pub(crate) struct Entry {
    pub(crate) folder: String,
    pub(crate) rate_limit: Option<i64>,
    pub(crate) doc_page: Option<i64>,
}

/// The index of a service, by action.
#[derive(Default)]
pub(crate) struct Categories(BTreeMap<String, Entry>);

impl Categories {
    pub(crate) fn parse(text: &str) -> Result<Self, ImportError> {
        let fault =
            |what: String| ImportError::List(format!("the list of categories cannot be used: {what}"));
        let doc: DocumentMut =
            text.parse().map_err(|error: toml_edit::TomlError| fault(error.to_string()))?;
        let mut entries = BTreeMap::new();
        for (folder, actions) in doc.iter() {
            if !folder.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')) {
                return Err(fault(format!("`{folder}` is no folder's name")));
            }
            let actions =
                actions.as_table_like().ok_or_else(|| fault(format!("`{folder}` is no table of actions")))?;
            for (action, facts) in actions.iter() {
                let facts =
                    facts.as_table_like().ok_or_else(|| fault(format!("`{folder}.{action}` is no table")))?;
                let entry = Entry {
                    folder: folder.to_owned(),
                    rate_limit: count(facts, "rate-limit"),
                    doc_page: count(facts, "doc-page"),
                };
                if entries.insert(action.to_owned(), entry).is_some() {
                    return Err(fault(format!("`{action}` is in two folders")));
                }
            }
        }
        Ok(Self(entries))
    }

    pub(crate) fn of(&self, action: &str) -> Option<&Entry> {
        self.0.get(action)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn actions(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }
}

fn count(facts: &dyn TableLike, key: &str) -> Option<i64> {
    facts.get(key).and_then(Item::as_integer).filter(|count| *count > 0)
}
