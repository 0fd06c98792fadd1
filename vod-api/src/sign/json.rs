//! JSON objects that keep the order of their members.

use serde::ser::{Serialize, SerializeMap as _, Serializer};

/// A value of an ordered object.
pub(super) enum Json {
    Number(u64),
    Text(String),
    Object(Object),
    List(Vec<Json>),
}

/// An object whose members are written in the order in which they were added.
#[derive(Default)]
pub(super) struct Object(Vec<(&'static str, Json)>);

impl Object {
    pub(super) fn with(mut self, name: &'static str, value: Json) -> Self {
        self.0.push((name, value));
        self
    }

    /// Adds a member if there is a value.
    pub(super) fn with_some(self, name: &'static str, value: Option<Json>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Object(object) => object.serialize(serializer),
            Self::List(list) => serializer.collect_seq(list),
        }
    }
}
