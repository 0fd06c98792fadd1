//! Looking things up in a service, and cutting it down to what a program uses.

use std::collections::HashSet;

use crate::model::{Action, Element, Enum, ErrorClass, Field, Record, Service};
use crate::suggest::suggest;
use crate::type_index::TypeIndex;

impl Service {
    /// The action of this name.
    pub fn action(&self, name: &str) -> Option<&Action> {
        // They are sorted, unless a service is put together by hand.
        let place = self.actions.binary_search_by(|action| action.name.as_str().cmp(name)).ok();
        place
            .and_then(|place| self.actions.get(place))
            .or_else(|| self.actions.iter().find(|action| action.name == name))
    }

    /// The type of this name.
    pub fn record(&self, name: &str) -> Option<&Record> {
        self.type_index.find(&self.types, |record| &record.name, name)
    }

    /// The enumeration of this name.
    pub fn enumeration(&self, name: &str) -> Option<&Enum> {
        self.enums.iter().find(|item| item.name == name)
    }

    /// Whether a value with these fields holds something sensitive, in itself or in an object within.
    pub fn holds_sensitive(&self, fields: &[Field]) -> bool {
        let mut seen = HashSet::new();
        let mut pending: Vec<&Field> = fields.iter().collect();
        while let Some(field) = pending.pop() {
            if field.sensitive {
                return true;
            }
            if let Element::Record(name) = &field.ty.element
                && seen.insert(name)
            {
                pending.extend(self.record(name).into_iter().flat_map(|record| &record.fields));
            }
        }
        false
    }

    /// What a caller can do about an error code: the class of the code itself, else that of the code before the
    /// dot, wherever the service lists it.
    pub fn error_class(&self, code: &str) -> Option<ErrorClass> {
        let bare = code.split('.').next().unwrap_or(code);
        self.listed_class(code).or_else(|| self.listed_class(bare))
    }

    fn listed_class(&self, code: &str) -> Option<ErrorClass> {
        let all = self
            .errors
            .iter()
            .chain(&self.action_errors)
            .chain(self.actions.iter().flat_map(|action| &action.errors));
        all.filter(|error| error.code == code).find_map(|error| error.class)
    }

    /// The service with only these actions and what they reach: types, enumerations, shared parameters. Files
    /// and shared error codes stay.
    ///
    /// # Errors
    /// One text for each name that is no action of the service, with the one that was probably meant.
    pub fn select(&self, actions: &[&str]) -> Result<Self, Vec<String>> {
        let unknown: Vec<String> = actions
            .iter()
            .filter(|name| self.action(name).is_none())
            .map(|name| self.unknown_action(name))
            .collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let chosen: Vec<&Action> =
            self.actions.iter().filter(|action| actions.contains(&action.name.as_str())).collect();
        let fields = || chosen.iter().flat_map(|action| action.request.iter().chain(&action.response));
        let reached = self.reached(fields());
        let held = self.types.iter().filter(|record| reached.contains(record.name.as_str()));
        let all = fields().chain(held.flat_map(|record| &record.fields));
        let shared: HashSet<&str> = all.filter_map(|field| field.shared.as_deref()).collect();
        Ok(Self {
            name: self.name.clone(),
            version: self.version.clone(),
            summary: self.summary.clone(),
            doc: self.doc.clone(),
            endpoints: self.endpoints.clone(),
            categories: kept(&self.categories, |category| {
                chosen.iter().any(|action| action.category == category.name)
            }),
            guides: self.guides.clone(),
            parameters: kept(&self.parameters, |field| shared.contains(field.name.as_str())),
            errors: self.errors.clone(),
            action_errors: self.action_errors.clone(),
            enums: kept(&self.enums, |item| reached.contains(item.name.as_str())),
            types: kept(&self.types, |record| reached.contains(record.name.as_str())),
            type_index: TypeIndex::default(),
            actions: chosen.into_iter().cloned().collect(),
            files: self.files.clone(),
        })
    }

    /// The names of the types and enumerations that fields have, directly or through other types.
    pub fn reached<'s>(&'s self, fields: impl IntoIterator<Item = &'s Field>) -> HashSet<&'s str> {
        let mut reached = HashSet::new();
        let mut pending: Vec<&Field> = fields.into_iter().collect();
        while let Some(field) = pending.pop() {
            if let Element::Record(name) | Element::Enum(name) = &field.ty.element
                && reached.insert(name.as_str())
            {
                pending.extend(self.record(name).into_iter().flat_map(|record| &record.fields));
            }
        }
        reached
    }

    /// The names of the types and enumerations that requests reach. Of the types, only these are made by callers.
    pub fn reached_by_requests(&self) -> HashSet<&str> {
        self.reached(self.actions.iter().flat_map(|action| &action.request))
    }

    fn unknown_action(&self, name: &str) -> String {
        match suggest(name, self.actions.iter().map(|action| action.name.as_str())) {
            Some(near) => format!("unknown action `{name}`; did you mean `{near}`?"),
            None => format!("unknown action `{name}`; the service has {} others", self.actions.len()),
        }
    }
}

fn kept<T: Clone>(all: &[T], keep: impl Fn(&T) -> bool) -> Vec<T> {
    all.iter().filter(|item| keep(item)).cloned().collect()
}
