//! The vendor's published model, as its command line carries it (`api.json`).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::ImportError;

/// The model of one version of a service.
pub(crate) struct Model {
    pub(crate) service: String,
    pub(crate) version: String,
    /// Sorted by name.
    pub(crate) actions: Vec<Action>,
    /// Every object: the shared ones, and the requests and responses of the actions.
    pub(crate) objects: BTreeMap<String, Vec<Member>>,
}

pub(crate) struct Action {
    pub(crate) name: String,
    /// The object that holds the parameters.
    pub(crate) input: String,
    /// The object that holds the answer.
    pub(crate) output: String,
    /// `online`, `deprecated` or `offline`; some models leave it out.
    pub(crate) status: Option<String>,
    /// The call is not signed.
    pub(crate) unsigned: bool,
    /// What the vendor says of the action, in which it says of a few that their data are the body.
    pub(crate) text: String,
}

/// A parameter or a member of an object.
#[allow(clippy::struct_excessive_bools)] // as in the vendor's model
pub(crate) struct Member {
    pub(crate) name: String,
    /// `string`, `int`, `float`, `bool`, `binary`, `object` or `list`.
    pub(crate) kind: String,
    /// What a value, or each value of a list, is: `int64`, `datetime_iso`, the name of an object.
    pub(crate) element: String,
    /// The vendor's sentences. Facts are parsed from them; they are never copied.
    pub(crate) text: String,
    pub(crate) example: Option<String>,
    pub(crate) required: bool,
    pub(crate) always_answered: bool,
    pub(crate) nullable: bool,
    pub(crate) disabled: bool,
}

impl Model {
    /// Reads `api.json`.
    pub(crate) fn parse(text: &str) -> Result<Self, ImportError> {
        let root: Value = serde_json::from_str(text)
            .map_err(|error| ImportError::Model(format!("it is not JSON: {error}")))?;
        let metadata = object(&root, "metadata")?;
        let mut actions = Vec::new();
        for (name, action) in object(&root, "actions")? {
            actions.push(Action {
                name: name.clone(),
                input: word(action, "input").unwrap_or_else(|| format!("{name}Request")),
                output: word(action, "output").unwrap_or_else(|| format!("{name}Response")),
                status: word(action, "status"),
                text: word(action, "document").unwrap_or_default(),
                unsigned: action
                    .get("skip_sign")
                    .is_some_and(|skip| skip.as_bool().unwrap_or(!skip.is_null())),
            });
        }
        actions.sort_by(|a, b| a.name.cmp(&b.name));
        let mut objects = BTreeMap::new();
        for (name, item) in object(&root, "objects")? {
            objects.insert(name.clone(), members(item));
        }
        let metadata = Value::Object(metadata.clone());
        Ok(Self {
            service: word(&metadata, "serviceShortName")
                .ok_or_else(|| ImportError::Model("`metadata` names no `serviceShortName`".to_owned()))?,
            version: word(&metadata, "apiVersion")
                .ok_or_else(|| ImportError::Model("`metadata` names no `apiVersion`".to_owned()))?,
            actions,
            objects,
        })
    }
}

impl Model {
    /// Forgets all actions but these, and the objects that only the others use; no names mean all.
    pub(crate) fn keep(&mut self, names: &[String]) -> Result<(), ImportError> {
        if names.is_empty() {
            return Ok(());
        }
        if let Some(stranger) =
            names.iter().find(|name| !self.actions.iter().any(|action| action.name == **name))
        {
            return Err(ImportError::Model(format!("it has no action `{stranger}`")));
        }
        self.actions.retain(|action| names.contains(&action.name));
        self.forget_unused();
        Ok(())
    }

    /// Whether a parameter is a file, which only a multipart body has.
    pub(crate) fn takes_files(&self, action: &Action) -> bool {
        let members = self.objects.get(&action.input).map_or(&[][..], Vec::as_slice);
        members.iter().any(|member| member.kind == "binary")
    }

    /// Forgets the objects that no action uses.
    fn forget_unused(&mut self) {
        let mut reached: BTreeSet<String> = BTreeSet::new();
        let mut pending: Vec<String> =
            self.actions.iter().flat_map(|action| [action.input.clone(), action.output.clone()]).collect();
        while let Some(name) = pending.pop() {
            if let Some(members) = self.objects.get(&name).filter(|_| !reached.contains(&name)) {
                pending.extend(members.iter().map(|member| member.element.clone()));
                reached.insert(name);
            }
        }
        self.objects.retain(|name, _| reached.contains(name));
    }
}

fn object<'v>(value: &'v Value, key: &str) -> Result<&'v Map<String, Value>, ImportError> {
    value
        .get(key)
        .and_then(Value::as_object)
        .ok_or_else(|| ImportError::Model(format!("it has no object `{key}`")))
}

fn word(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}

/// The members of an object; of two with one name the first.
fn members(item: &Value) -> Vec<Member> {
    let list = item.get("members").and_then(Value::as_array);
    let mut members: Vec<Member> = Vec::new();
    for member in list.into_iter().flatten() {
        let flag = |key: &str| member.get(key).and_then(Value::as_bool).unwrap_or_default();
        let Some(name) = word(member, "name") else { continue };
        if members.iter().any(|known| known.name == name) {
            continue;
        }
        members.push(Member {
            name,
            kind: word(member, "type").unwrap_or_default(),
            element: word(member, "member").unwrap_or_default(),
            text: word(member, "document").unwrap_or_default(),
            example: word(member, "example"),
            required: flag("required"),
            always_answered: flag("output_required"),
            nullable: flag("value_allowed_null"),
            disabled: flag("disabled"),
        });
    }
    members
}
