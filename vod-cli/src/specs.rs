//! The specs that the commands work on: those that the program was built with, or those of a folder.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use vod_api::ServiceMeta;
use vod_spec::model::{Action, Enum, Record, Service};
use vod_spec::{Packed, Problem, load_service, suggest};

use crate::dynamic::{DynamicAction, leak_service};
use crate::sync::lock;

/// Name and packed model of each service that the program was built with.
static BUILTIN: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/packed_services.rs"));

/// The specs of one service.
#[derive(Debug)]
pub struct Specs {
    origin: Origin,
    /// What is said of the service itself: no actions, types and enumerations.
    head: Service,
    meta: OnceLock<&'static ServiceMeta>,
    actions: Mutex<HashMap<String, &'static DynamicAction>>,
}

#[derive(Debug)]
enum Origin {
    Builtin(Packed),
    Folder(Box<Service>),
}

/// The items of one kind in a spec.
pub type Items<'a, T> = Box<dyn Iterator<Item = Cow<'a, T>> + 'a>;

/// Why there are no specs, or no such action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecsError(String);

impl fmt::Display for SpecsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SpecsError {}

impl Specs {
    /// The specs of a service that the program was built with.
    ///
    /// # Errors
    /// There is no such service; the message names those that there are.
    pub fn builtin(name: &str) -> Result<Self, SpecsError> {
        let damaged = || SpecsError(format!("the built-in specs of `{name}` can't be read"));
        let Some((_, bytes)) = BUILTIN.iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = BUILTIN.iter().map(|(name, _)| *name).collect();
            return Err(SpecsError(format!(
                "there are no built-in specs of the service `{name}`, only of {}; name a folder with others by --specs",
                known.join(" and ")
            )));
        };
        let packed = Packed::open(bytes).ok_or_else(damaged)?;
        let head = packed.head().ok_or_else(damaged)?;
        Ok(Self::new(Origin::Builtin(packed), head))
    }

    /// The specs in a folder with a `service.toml`, and what is wrong with them. What is sound can be used.
    ///
    /// # Errors
    /// Nothing in the folder can be used; the message is the first problem.
    pub fn from_folder(folder: &Path) -> Result<(Self, Vec<Problem>), SpecsError> {
        let loaded = load_service(Path::new(""), folder);
        if loaded.service.actions.is_empty() || loaded.service.name.is_empty() {
            let problem = loaded
                .problems
                .first()
                .map_or_else(|| format!("{} describes no action", folder.display()), ToString::to_string);
            return Err(SpecsError(problem));
        }
        let Service { name, version, summary, doc, endpoints, categories, guides, .. } =
            loaded.service.clone();
        let Service { parameters, errors, action_errors, files, .. } = loaded.service.clone();
        let head = Service {
            name,
            version,
            summary,
            doc,
            endpoints,
            categories,
            guides,
            parameters,
            errors,
            action_errors,
            files,
            ..Service::default()
        };
        Ok((Self::new(Origin::Folder(Box::new(loaded.service)), head), loaded.problems))
    }

    fn new(origin: Origin, head: Service) -> Self {
        Self { origin, head, meta: OnceLock::new(), actions: Mutex::default() }
    }

    /// What is said of the service itself. It has no actions, types and enumerations.
    pub fn head(&self) -> &Service {
        &self.head
    }

    /// What the runtime knows of the service.
    pub fn meta(&self) -> &'static ServiceMeta {
        self.meta.get_or_init(|| leak_service(&self.head))
    }

    /// The names of the actions, sorted.
    pub fn action_names(&self) -> Vec<&str> {
        match &self.origin {
            Origin::Builtin(packed) => packed.action_names().collect(),
            Origin::Folder(service) => service.actions.iter().map(|action| action.name.as_str()).collect(),
        }
    }

    /// The names of types and enumerations.
    pub fn type_names(&self) -> Vec<&str> {
        match &self.origin {
            Origin::Builtin(packed) => packed.type_names().collect(),
            Origin::Folder(service) => {
                let types = service.types.iter().map(|item| item.name.as_str());
                types.chain(service.enums.iter().map(|item| item.name.as_str())).collect()
            }
        }
    }

    /// All actions. Built-in ones are read one by one, so that a look at all of them holds one at a time.
    pub fn actions(&self) -> Items<'_, Action> {
        match &self.origin {
            Origin::Builtin(packed) => Box::new(packed.actions().map(Cow::Owned)),
            Origin::Folder(service) => Box::new(service.actions.iter().map(Cow::Borrowed)),
        }
    }

    /// All types, one by one like [`Self::actions`].
    pub fn records(&self) -> Items<'_, Record> {
        match &self.origin {
            Origin::Builtin(packed) => Box::new(packed.records().map(Cow::Owned)),
            Origin::Folder(service) => Box::new(service.types.iter().map(Cow::Borrowed)),
        }
    }

    /// All enumerations, one by one like [`Self::actions`].
    pub fn enumerations(&self) -> Items<'_, Enum> {
        match &self.origin {
            Origin::Builtin(packed) => Box::new(packed.enumerations().map(Cow::Owned)),
            Origin::Folder(service) => Box::new(service.enums.iter().map(Cow::Borrowed)),
        }
    }

    /// The whole model, of which a built-in one takes some milliseconds to read.
    pub fn whole(&self) -> Service {
        match &self.origin {
            Origin::Builtin(packed) => packed.whole().unwrap_or_default(),
            Origin::Folder(service) => (**service).clone(),
        }
    }

    /// The name of an action, which may be written as in the API or in kebab case: `DescribeMediaInfos`,
    /// `describe-media-infos`.
    ///
    /// # Errors
    /// There is none; the message names the one that was probably meant.
    pub fn action_name(&self, written: &str) -> Result<&str, SpecsError> {
        let names = self.action_names();
        let wanted = folded(written);
        if let Some(name) = names.iter().find(|name| folded(name) == wanted) {
            return Ok(name);
        }
        let pascal: String = written.split(['-', '_']).map(capitalized).collect();
        let hint = suggest(&pascal, names.iter().copied())
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        Err(SpecsError(format!("{} has no action `{written}`{hint}", self.head.name)))
    }

    /// An action with the types that it reaches: a service with nothing else in it.
    ///
    /// # Errors
    /// There is no such action.
    pub fn select(&self, action: &str) -> Result<Service, SpecsError> {
        let name = self.action_name(action)?;
        match &self.origin {
            Origin::Builtin(packed) => {
                let action = packed
                    .action(name)
                    .ok_or_else(|| SpecsError(format!("the built-in spec of `{name}` can't be read")))?;
                let mut service = self.head.clone();
                packed.add_reached(&mut service, &action.request);
                packed.add_reached(&mut service, &action.response);
                service.actions.push(action);
                Ok(service)
            }
            Origin::Folder(service) => {
                service.select(&[name]).map_err(|problems| SpecsError(problems.join("; ")))
            }
        }
    }

    /// A type.
    pub fn record(&self, name: &str) -> Option<Record> {
        match &self.origin {
            Origin::Builtin(packed) => packed.record(name),
            Origin::Folder(service) => service.record(name).cloned(),
        }
    }

    /// An enumeration.
    pub fn enumeration(&self, name: &str) -> Option<Enum> {
        match &self.origin {
            Origin::Builtin(packed) => packed.enumeration(name),
            Origin::Folder(service) => service.enumeration(name).cloned(),
        }
    }

    /// An action that can be called. It is made once in a process, and kept as long as that lives.
    ///
    /// # Errors
    /// There is no such action.
    pub fn action(&self, name: &str) -> Result<&'static DynamicAction, SpecsError> {
        let name = self.action_name(name)?;
        let mut actions = lock(&self.actions);
        if let Some(action) = actions.get(name) {
            return Ok(action);
        }
        let service = self.select(name)?;
        let action = DynamicAction::leaked(service, self.meta())
            .ok_or_else(|| SpecsError(format!("the spec of `{name}` can't be read")))?;
        actions.insert(name.to_owned(), action);
        Ok(action)
    }
}

/// A name without what differs between the ways of writing it.
pub(crate) fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect()
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packed_model_is_the_model_of_the_files() {
        for name in ["vod", "sts"] {
            let specs = Specs::builtin(name).unwrap();
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("api-specs").join(name);
            let mut read = load_service(Path::new(""), &folder).service;
            let mut packed = specs.whole();
            // The build script read the same files by another path.
            read.files.clear();
            packed.files.clear();
            assert!(read == packed, "{name}");
            assert_eq!(specs.action_names().len(), read.actions.len());
        }
    }

    #[test]
    fn one_action_brings_what_it_reaches_and_nothing_else() {
        let specs = Specs::builtin("vod").unwrap();
        let mut whole = specs.whole();
        whole.files.clear();
        for name in specs.action_names() {
            let one = specs.select(name).unwrap();
            let cut = whole.select(&[name]).unwrap();
            let names = |service: &Service| {
                let mut names: Vec<_> = service.types.iter().map(|item| item.name.clone()).collect();
                names.extend(service.enums.iter().map(|item| item.name.clone()));
                names.sort();
                names
            };
            assert_eq!(names(&one), names(&cut), "{name}");
            assert_eq!(one.actions, cut.actions);
        }
    }

    #[test]
    fn names_are_found_in_each_way_of_writing_and_near_ones_are_named() {
        let specs = Specs::builtin("vod").unwrap();
        for written in ["PullEvents", "pull-events", "pull_events", "pullevents", "PULL-EVENTS"] {
            assert_eq!(specs.action_name(written).unwrap(), "PullEvents");
        }
        let error = specs.action_name("pull-event").unwrap_err();
        assert_eq!(error.to_string(), "vod has no action `pull-event`; did you mean `PullEvents`?");
        let error = Specs::builtin("cvm").unwrap_err().to_string();
        assert!(error.contains("only of sts and vod"), "{error}");
    }
}
