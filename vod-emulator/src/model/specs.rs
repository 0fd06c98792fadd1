//! The services that are played: the embedded spec files, and directories named at run time.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use vod_spec::model::{Action, Service};
use vod_spec::{Loaded, Packed, Problem, load_service};

use crate::protocol::codes;
use crate::protocol::envelope::ApiError;
use crate::shown::shown_name;

/// Name and packed model of every embedded service.
static PACKED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/packed_services.rs"));

/// The embedded services, read once in a process.
static EMBEDDED: LazyLock<Vec<Arc<Service>>> = LazyLock::new(|| {
    let read = PACKED.iter().filter_map(|(_, bytes)| Packed::open(bytes)?.whole());
    read.map(Arc::new).collect()
});

/// What is wrong with the spec files, one problem a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecProblems(Vec<Problem>);

impl fmt::Display for SpecProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the spec files cannot be used")?;
        self.0.iter().try_for_each(|problem| write!(f, "\n{problem}"))
    }
}

impl std::error::Error for SpecProblems {}

/// All services that are played.
#[derive(Debug)]
pub(crate) struct Specs {
    services: Vec<Arc<Service>>,
}

impl Specs {
    /// The embedded services and those of further directories. One of the same name and version takes the
    /// place of an earlier one.
    pub(crate) fn load(directories: &[PathBuf]) -> Result<Self, SpecProblems> {
        let mut services = EMBEDDED.clone();
        for directory in directories {
            let added = sound(load_service(Path::new(""), directory))?;
            services.retain(|service| (&service.name, &service.version) != (&added.name, &added.version));
            services.push(added);
        }
        Ok(Self { services })
    }

    /// Whether there is a service of this name.
    pub(crate) fn has_product(&self, name: &str) -> bool {
        self.of_product(name).next().is_some()
    }

    /// Whether any service has an action of this name.
    pub(crate) fn has_action(&self, name: &str) -> bool {
        self.services.iter().any(|service| service.action(name).is_some())
    }

    /// The names of all actions.
    pub(crate) fn action_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.actions().map(|(_, action)| action.name.as_str())
    }

    /// All actions with their services.
    pub(crate) fn actions(&self) -> impl Iterator<Item = (&Service, &Action)> + Clone {
        self.services
            .iter()
            .flat_map(|service| service.actions.iter().map(move |action| (service.as_ref(), action)))
    }

    /// The services of this name, one for each version.
    pub(crate) fn of_product(&self, name: &str) -> impl Iterator<Item = &Service> {
        self.services.iter().map(Arc::as_ref).filter(move |service| service.name == name)
    }

    /// The action that a call is about; the product is known only from a v3 signature.
    pub(crate) fn find(
        &self,
        product: Option<&str>,
        version: &str,
        action: &str,
    ) -> Result<(&Service, &Action), ApiError> {
        if let Some(product) = product.filter(|product| !self.has_product(product)) {
            let message =
                format!("The signature is for the product `{}`, which does not exist.", shown_name(product));
            return Err(ApiError::new(codes::NO_SUCH_PRODUCT, message));
        }
        let versions: Vec<&Service> = self
            .services
            .iter()
            .map(Arc::as_ref)
            .filter(|service| product.is_none_or(|product| service.name == product))
            .filter(|service| service.version == version)
            .collect();
        if versions.is_empty() {
            let message = format!("There is no API of the version `{}`.", shown_name(version));
            return Err(ApiError::new(codes::NO_SUCH_VERSION, message));
        }
        versions
            .into_iter()
            .find_map(|service| service.action(action).map(|action| (service, action)))
            .ok_or_else(|| {
                let message = format!("There is no action `{}`.", shown_name(action));
                ApiError::new(codes::INVALID_ACTION, message)
            })
    }
}

fn sound(loaded: Loaded) -> Result<Arc<Service>, SpecProblems> {
    if loaded.problems.is_empty() { Ok(Arc::new(loaded.service)) } else { Err(SpecProblems(loaded.problems)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_specs_are_those_of_the_files() {
        let specs = Specs::load(&[]).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(specs.services.len(), PACKED.len());
        for embedded in &specs.services {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("api-specs").join(&embedded.name);
            let mut read = load_service(Path::new(""), &folder).service;
            read.clear_prose();
            let mut embedded = Service::clone(embedded);
            // The build script read the same files by another path.
            (read.files, embedded.files) = Default::default();
            assert!(read == embedded, "{}", read.name);
        }
    }

    #[test]
    fn a_directory_without_a_service_is_refused() {
        let problems = Specs::load(&["src".into()]).unwrap_err();
        assert!(problems.to_string().contains("service.toml"), "{problems}");
    }

    #[test]
    fn tells_products_versions_and_actions_apart() {
        let specs = Specs::load(&[]).unwrap();
        let code = |product, version, action| specs.find(product, version, action).unwrap_err().code;
        assert!(specs.find(Some("vod"), "2018-07-17", "PullEvents").is_ok());
        assert!(specs.find(None, "2018-07-17", "PullEvents").is_ok());
        assert_eq!(code(Some("127"), "2018-07-17", "PullEvents"), "NoSuchProduct");
        assert_eq!(code(Some("vod"), "2017-03-12", "PullEvents"), "NoSuchVersion");
        assert_eq!(code(Some("vod"), "2018-07-17", "pullEvents"), "InvalidAction");
    }
}
