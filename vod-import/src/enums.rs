//! Names of enumerations: those that are declared, and those that fields make on the spot.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use toml_edit::{Item, TableLike};

use super::facts::Facts;
use super::names::free_name;
use super::tree::Tree;
use vod_spec::naming::{inline_enum_name, is_type_name, variant_ident};

/// Every enumeration of the service by name, and every name that none may have.
pub(crate) struct Enums {
    taken: HashSet<String>,
    known: BTreeMap<String, Vec<String>>,
    /// Declared enumerations by their values.
    declared: BTreeMap<BTreeSet<String>, String>,
    /// Names of fields, and the declared enumerations that fields of the name have.
    used: BTreeMap<String, BTreeSet<String>>,
    /// Values that many fields list, and the name that their enumeration is to have.
    shared: BTreeMap<BTreeSet<String>, String>,
}

/// So many fields of one name with the same values have one enumeration together.
const FIELDS_TO_SHARE: usize = 3;
/// Names of fields that say nothing about their values.
const GENERAL_NAMES: &[&str] =
    &["Type", "Status", "State", "Mode", "Form", "Label", "Level", "Kind", "Name", "Value"];

/// Values in the order of the first field that lists them, and how many fields of each name do.
type Users = (Vec<String>, BTreeMap<String, usize>);

/// How a field of texts comes to its enumeration.
pub(crate) enum Naming {
    /// By `values`.
    OnTheSpot,
    /// By the name of one that has the same values already.
    Existing(String),
    /// By a declaration of this name, beside the field.
    Declared(String),
    /// By a declaration of this name, for fields everywhere.
    Shared(String),
}

impl Enums {
    /// The enumerations of the spec files.
    pub(crate) fn of(tree: &Tree) -> Self {
        let mut enums = Self {
            taken: HashSet::new(),
            known: BTreeMap::new(),
            declared: BTreeMap::new(),
            used: BTreeMap::new(),
            shared: BTreeMap::new(),
        };
        for file in &tree.files {
            for (name, item) in tables(file.doc.get("enums")) {
                enums.declare(name, &values_of(item.get("values")));
            }
        }
        for file in &tree.files {
            let root = file.doc.as_table();
            if let Some(action) = root.get("action").and_then(Item::as_str) {
                for section in ["request", "response"] {
                    enums.fields(action, root.get(section));
                }
                enums.take_union(root.get("union"));
            }
            enums.fields("", root.get("parameters"));
            for (name, item) in tables(root.get("types")) {
                enums.fields(name, item.get("fields"));
                enums.take_union(item.get("union"));
            }
        }
        enums
    }

    /// The enumeration of a union's members has a name, too.
    fn take_union(&mut self, union: Option<&Item>) {
        let name = union.and_then(Item::as_table_like).and_then(|union| union.get("name"));
        self.taken.extend(name.and_then(Item::as_str).map(str::to_owned));
    }

    fn fields(&mut self, owner: &str, fields: Option<&Item>) {
        for (name, field) in tables(fields) {
            if field.contains_key("values") {
                let lifted = inline_enum_name(owner, name);
                self.taken.insert(lifted.clone());
                self.known.insert(lifted, values_of(field.get("values")));
            } else if let Some(ty) = field.get("type").and_then(Item::as_str) {
                let element = ty.trim_matches(['[', ']']);
                if self.declared.values().any(|declared| declared == element) {
                    self.used.entry(name.to_owned()).or_default().insert(element.to_owned());
                }
            }
        }
    }

    fn declare(&mut self, name: &str, values: &[String]) {
        self.taken.insert(name.to_owned());
        self.known.insert(name.to_owned(), values.to_vec());
        self.declared.entry(values.iter().cloned().collect()).or_insert_with(|| name.to_owned());
    }

    /// Finds the values that many fields of the model list, and a name for each set of them.
    pub(crate) fn share(&mut self, facts: &Facts) {
        let mut users: BTreeMap<BTreeSet<String>, Users> = BTreeMap::new();
        for field in facts.fields().filter(|field| !field.values.is_empty()) {
            let set = field.values.iter().cloned().collect();
            let (_, names) = users.entry(set).or_insert_with(|| (field.values.clone(), BTreeMap::new()));
            *names.entry(inline_enum_name("", &field.name)).or_default() += 1;
        }
        let most = |names: &BTreeMap<String, usize>| names.values().copied().max().unwrap_or_default();
        // Fields of different names may list the same words and mean different things.
        let mut groups: Vec<_> =
            users.into_iter().filter(|(_, (_, names))| most(names) >= FIELDS_TO_SHARE).collect();
        // What most fields have gets the plain name.
        groups.sort_by_key(|(_, (_, names))| std::cmp::Reverse(names.values().sum::<usize>()));
        let mut given = HashSet::new();
        for (set, (values, names)) in groups {
            let usual = names.iter().find(|(_, count)| **count == most(&names));
            let Some(name) = usual.map(|(name, _)| name.clone()) else { continue };
            let general = GENERAL_NAMES.contains(&name.as_str());
            let name = if !general && given.insert(name.clone()) { name } else { telling(&values, &name) };
            if is_type_name(&name) {
                self.shared.insert(set, name);
            }
        }
    }

    /// The one declared enumeration that has all the values and that other fields of the name have.
    fn usual(&self, field: &str, set: &BTreeSet<String>) -> Option<&String> {
        let mut fitting = self.used.get(field)?.iter().filter(|name| {
            let known = self.known.get(*name);
            known.is_some_and(|known| set.iter().all(|value| known.contains(value)))
        });
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// Every name that is taken.
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
        let set: BTreeSet<String> = values.iter().cloned().collect();
        if let Some(name) = self.declared.get(&set).or_else(|| self.usual(field, &set)) {
            return Naming::Existing(name.clone());
        }
        if let Some(name) = self.shared.get(&set) {
            let name = free_name(&mut self.taken, &name.clone(), "Value");
            self.declare(&name, values);
            return Naming::Shared(name);
        }
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
        self.declare(&name, values);
        Naming::Declared(name)
    }
}

/// A name that tells values apart: `CustomPresetType`.
fn telling(values: &[String], field: &str) -> String {
    let words: String = values.iter().take(2).map(|value| variant_ident(value)).collect();
    format!("{words}{field}")
}

fn tables(item: Option<&Item>) -> impl Iterator<Item = (&str, &dyn TableLike)> {
    item.and_then(Item::as_table_like)
        .into_iter()
        .flat_map(|table| table.iter())
        .filter_map(|(name, item)| Some((name, item.as_table_like()?)))
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
