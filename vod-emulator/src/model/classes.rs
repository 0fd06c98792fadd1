//! The tree of classes of one application.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::options::{ClassNames, Options, SystemClass};
use crate::protocol::envelope::{Answer, ApiError, Members};

/// The number of the parent that stands for the root.
const ROOT: i64 = -1;
/// The class that every application has.
const SYSTEM: i64 = 0;
/// Levels that classes are nested in at most.
const LEVELS: usize = 4;
/// Subclasses of a class at most.
const SUBCLASSES: usize = 500;

/// All classes of an application.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Classes {
    by_id: BTreeMap<i64, Class>,
    last_id: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Class {
    parent: i64,
    name: String,
}

impl Default for Classes {
    fn default() -> Self {
        let system = Class { parent: ROOT, name: "Other".to_owned() };
        Self { by_id: BTreeMap::from([(SYSTEM, system)]), last_id: SYSTEM }
    }
}

impl Classes {
    /// Answers an action about classes; none if the action is another.
    pub(crate) fn answer(
        &mut self,
        action: &str,
        parameters: &Members,
        options: &Options,
    ) -> Option<Result<Answer, ApiError>> {
        Some(match action {
            "CreateClass" => self.create(parameters, options),
            "DescribeAllClass" => Ok(self.describe()),
            "ModifyClass" => self.modify(parameters, options),
            "DeleteClass" => self.delete(parameters, options),
            _ => return None,
        })
    }

    fn create(&mut self, parameters: &Members, options: &Options) -> Result<Answer, ApiError> {
        let (parent, name) = (number(parameters, "ParentId"), text(parameters, "ClassName"));
        let Some(parent) = parent.filter(|parent| *parent >= ROOT) else {
            return Err(ApiError::new(
                "InvalidParameterValue.ParentId",
                "`ParentId` is no number of a class.",
            ));
        };
        if parent != ROOT && !self.by_id.contains_key(&parent) {
            let message = format!("There is no class {parent}.");
            return Err(ApiError::new("FailedOperation.ParentIdNoFound", message));
        }
        if self.level(parent) >= LEVELS {
            let message = format!("Classes are nested in at most {LEVELS} levels.");
            return Err(ApiError::new("FailedOperation.ClassLevelLimitExceeded", message));
        }
        if parent != ROOT && self.subclasses(parent).count() >= SUBCLASSES {
            let message = format!("The class {parent} has {SUBCLASSES} subclasses already.");
            return Err(ApiError::new("FailedOperation.SubclassLimitExceeded", message));
        }
        self.check_name(name, parent, None, options)?;
        self.last_id += 1;
        self.by_id.insert(self.last_id, Class { parent, name: name.to_owned() });
        Ok(Answer::of(json!({ "ClassId": self.last_id })))
    }

    fn describe(&self) -> Answer {
        let classes = self.by_id.iter().map(|(id, class)| {
            json!({
                "ClassId": id,
                "ParentId": class.parent,
                "ClassName": class.name,
                "Name": class.name,
                "Level": self.level(*id) - 1,
                "SubClassIdSet": self.subclasses(*id).collect::<Vec<_>>(),
            })
        });
        Answer::of(json!({ "ClassInfoSet": classes.collect::<Vec<_>>() }))
    }

    fn modify(&mut self, parameters: &Members, options: &Options) -> Result<Answer, ApiError> {
        let (id, name) = (number(parameters, "ClassId"), text(parameters, "ClassName"));
        let found = id.and_then(|id| Some((id, self.by_id.get(&id)?.parent)));
        let Some((id, parent)) = found else {
            return Err(ApiError::new(
                "FailedOperation.ClassNoFound",
                "There is no class of this `ClassId`.",
            ));
        };
        if is_fixed(id, options) {
            return Err(ApiError::new("InvalidParameterValue.ClassId", "The class 0 cannot be changed."));
        }
        self.check_name(name, parent, Some(id), options)?;
        if let Some(class) = self.by_id.get_mut(&id) {
            name.clone_into(&mut class.name);
        }
        Ok(Answer::default())
    }

    fn delete(&mut self, parameters: &Members, options: &Options) -> Result<Answer, ApiError> {
        let known = number(parameters, "ClassId").filter(|id| self.by_id.contains_key(id));
        let Some(id) = known.filter(|id| !is_fixed(*id, options)) else {
            let message = "`ClassId` is no class that can be deleted.";
            return Err(ApiError::new("InvalidParameterValue.ClassId", message));
        };
        if self.subclasses(id).next().is_some() {
            let message = format!("The class {id} has subclasses.");
            return Err(ApiError::new("UnsupportedOperation.ClassNotEmpty", message));
        }
        self.by_id.remove(&id);
        Ok(Answer::default())
    }

    /// The name of a class, and its names from the root down joined by `-`; empty if there is no such class.
    pub(crate) fn names(&self, id: i64) -> (String, String) {
        let mut names = Vec::new();
        let mut next = self.by_id.get(&id);
        while let Some(class) = next {
            names.push(class.name.as_str());
            next = self.by_id.get(&class.parent);
        }
        names.reverse();
        (names.last().map(|name| (*name).to_owned()).unwrap_or_default(), names.join("-"))
    }

    /// How many classes lie on the way from the root to this one, itself included; 0 for the root.
    fn level(&self, id: i64) -> usize {
        let mut level = 0;
        let mut next = self.by_id.get(&id);
        while let Some(class) = next {
            level += 1;
            next = self.by_id.get(&class.parent);
        }
        level
    }

    fn subclasses(&self, id: i64) -> impl Iterator<Item = i64> {
        self.by_id.iter().filter(move |(_, class)| class.parent == id).map(|(id, _)| *id)
    }

    /// Refuses the name that another class bears.
    fn check_name(
        &self,
        name: &str,
        parent: i64,
        own: Option<i64>,
        options: &Options,
    ) -> Result<(), ApiError> {
        let is_taken = self.by_id.iter().any(|(id, class)| {
            let is_near = match options.class_names {
                ClassNames::UniqueInApplication => true,
                ClassNames::UniqueAmongSiblings => class.parent == parent,
            };
            Some(*id) != own && is_near && class.name == name
        });
        if is_taken {
            return Err(ApiError::new(
                "FailedOperation.ClassNameDuplicate",
                "Another class bears this name.",
            ));
        }
        Ok(())
    }
}

fn is_fixed(id: i64, options: &Options) -> bool {
    id == SYSTEM && options.system_class == SystemClass::Fixed
}

fn number(parameters: &Members, name: &str) -> Option<i64> {
    parameters.get(name).and_then(Value::as_i64)
}

fn text<'a>(parameters: &'a Members, name: &str) -> &'a str {
    parameters.get(name).and_then(Value::as_str).unwrap_or_default()
}
