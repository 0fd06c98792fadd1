//! Where the types of a service stand, by name.

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use crate::model::Record;

/// Made by the first look-up: an emulator shapes each answer by the types of its objects, of which a service has hundreds.
/// It is a hint. What it says is checked, so that types may be added, removed and moved at any time.
#[derive(Default)]
pub struct TypeIndex(OnceLock<HashMap<String, usize>>);

impl TypeIndex {
    /// The type of this name.
    pub(crate) fn find<'t>(&self, types: &'t [Record], name: &str) -> Option<&'t Record> {
        let places = self.0.get_or_init(|| {
            // From the end, so that of two types of one name the first is found.
            types.iter().enumerate().rev().map(|(place, record)| (record.name.clone(), place)).collect()
        });
        let indexed = places.get(name).and_then(|place| types.get(*place));
        indexed
            .filter(|record| record.name == name)
            .or_else(|| types.iter().find(|record| record.name == name))
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
    use crate::model::{Position, Record, Service};

    fn record(name: &str) -> Record {
        let at = Position::default();
        Record {
            name: name.to_owned(),
            doc: String::new(),
            fields: Vec::new(),
            keeps_unknown: false,
            union: None,
            only_on: None,
            at,
        }
    }

    #[test]
    fn types_are_found_wherever_they_are_moved_to() {
        let mut service = Service { types: vec![record("A"), record("B")], ..Service::default() };
        let finds = |service: &Service, name: &str| service.record(name).map(|record| record.name.clone());
        assert_eq!((finds(&service, "B").as_deref(), finds(&service, "C")), (Some("B"), None));
        service.types.remove(0);
        service.types.push(record("C"));
        assert_eq!(finds(&service, "A"), None);
        for name in ["B", "C"] {
            assert_eq!(finds(&service, name).as_deref(), Some(name));
            assert_eq!(finds(&service.clone(), name).as_deref(), Some(name));
        }
    }
}
