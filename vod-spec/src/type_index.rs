//! Where the types of a service stand, by name.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

/// Made by the first look-up: an emulator shapes each answer by the types of its objects, of which a service has hundreds.
/// It is a hint. What it says is checked, so that types may be added, removed and moved at any time.
#[derive(Default)]
pub struct TypeIndex(OnceLock<HashMap<String, usize>>);

impl TypeIndex {
    /// The first of these types that has this name.
    pub(crate) fn find<'t, T>(&self, types: &'t [T], name_of: fn(&T) -> &str, name: &str) -> Option<&'t T> {
        let places = self.0.get_or_init(|| {
            // From the end, so that of two types of one name the first is found.
            types.iter().enumerate().rev().map(|(place, found)| (name_of(found).to_owned(), place)).collect()
        });
        let indexed = places.get(name).and_then(|place| types.get(*place));
        indexed
            .filter(|found| name_of(found) == name)
            .or_else(|| types.iter().find(|found| name_of(found) == name))
    }
}

/// A copy may get other types: it has an index of its own.
impl Clone for TypeIndex {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// It says nothing that the types do not.
impl PartialEq for TypeIndex {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for TypeIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypeIndex")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_found_wherever_they_are_moved_to() {
        let index = TypeIndex::default();
        let find = |index: &TypeIndex, types: &[&'static str], name: &str| {
            index.find(types, |found| found, name).copied()
        };
        let mut types = vec!["A", "B"];
        assert_eq!((find(&index, &types, "B"), find(&index, &types, "C")), (Some("B"), None));
        types.remove(0);
        types.push("C");
        assert_eq!(find(&index, &types, "A"), None);
        for name in ["B", "C"] {
            assert_eq!(find(&index, &types, name), Some(name));
            assert_eq!(find(&index.clone(), &types, name), Some(name));
        }
    }
}
