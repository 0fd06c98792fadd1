//! Names of enumerations: those that are declared, and those that fields make on the spot.

use std::collections::{BTreeMap, HashSet};

use toml_edit::{Item, TableLike};

use super::names::free_name;
use super::tree::Tree;
use crate::naming::{inline_enum_name, is_type_name};

/// Every enumeration of the service by name, and every name that none may have.
pub(crate) struct Enums {
    taken: HashSet<String>,
    known: BTreeMap<String, Vec<String>>,
}

/// How a field of texts comes to its enumeration.
pub(crate) enum Naming {
    /// By `values`.
    OnTheSpot,
    /// By the name of one that has the same values already.
    Existing(String),
    /// By a declaration of this name.
    Declared(String),
}

impl Enums {
    /// The enumerations of the spec files.
    pub(crate) fn of(tree: &Tree) -> Self {
        let mut known = BTreeMap::new();
        for file in &tree.files {
            let root = file.doc.as_table();
            if let Some(action) = root.get("action").and_then(Item::as_str) {
                for section in ["request", "response"] {
                    lifted(action, root.get(section), &mut known);
                }
            }
            lifted("", root.get("parameters"), &mut known);
            for (name, item) in tables(root.get("types")) {
                lifted(name, item.get("fields"), &mut known);
            }
            for (name, item) in tables(root.get("enums")) {
                known.insert(name.to_owned(), values_of(item.get("values")));
            }
        }
        Self { taken: known.keys().cloned().collect(), known }
    }

    pub(crate) fn names(&self) -> &HashSet<String> {
        &self.taken
    }

    /// Takes names away that something else has.
    pub(crate) fn reserve(&mut self, names: impl IntoIterator<Item = String>) {
        self.taken.extend(names);
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    /// Finds the enumeration of a field that had none.
    pub(crate) fn name(&mut self, owner: &str, field: &str, values: &[String]) -> Naming {
        let name = inline_enum_name(owner, field);
        if self.known.get(&name).is_some_and(|known| known == values) {
            return Naming::Existing(name);
        }
        if is_type_name(&name) && !self.taken.contains(&name) {
            self.taken.insert(name.clone());
            self.known.insert(name, values.to_vec());
            return Naming::OnTheSpot;
        }
        let name = free_name(&mut self.taken, &format!("{name}Value"), "");
        self.known.insert(name.clone(), values.to_vec());
        Naming::Declared(name)
    }
}

fn tables(item: Option<&Item>) -> impl Iterator<Item = (&str, &dyn TableLike)> {
    item.and_then(Item::as_table_like)
        .into_iter()
        .flat_map(|table| table.iter())
        .filter_map(|(name, item)| Some((name, item.as_table_like()?)))
}

fn lifted(owner: &str, fields: Option<&Item>, known: &mut BTreeMap<String, Vec<String>>) {
    for (name, field) in tables(fields) {
        if field.contains_key("values") {
            known.insert(inline_enum_name(owner, name), values_of(field.get("values")));
        }
    }
}

/// The values of a list, or of a table of value to meaning.
pub(crate) fn values_of(item: Option<&Item>) -> Vec<String> {
    match item {
        Some(item) if item.is_array() => item
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect(),
        Some(item) => item
            .as_table_like()
            .into_iter()
            .flat_map(|table| table.iter().map(|(key, _)| key.to_owned()))
            .collect(),
        None => Vec::new(),
    }
}
