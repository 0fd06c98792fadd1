//! What the vendor's objects are called in the spec files.
//!
//! Names of types never travel, so an object whose name is taken by something that is generated, or that is
//! no name of a Rust type, gets another one.

use std::collections::{BTreeSet, HashSet};

use super::facts::TypeNames;
use super::vendor::Model;
use vod_spec::naming::is_type_name;

/// Every Rust type that the actions bring with them: marker, request, response.
pub(crate) fn of_actions(model: &Model) -> HashSet<String> {
    let actions = model.actions.iter();
    actions
        .flat_map(|action| {
            let name = &action.name;
            [name.clone(), format!("{name}Request"), format!("{name}Response")]
        })
        .collect()
}

/// Names for the objects that are types: all but those that only hold an action's parameters or answer.
/// `taken` are the names of enumerations and unions that stand in the spec files already.
pub(crate) fn of_types(model: &Model, taken: &HashSet<String>) -> TypeNames {
    let mut used = of_actions(model);
    used.extend(taken.iter().cloned());
    let shapes: HashSet<&str> =
        model.actions.iter().flat_map(|action| [action.input.as_str(), action.output.as_str()]).collect();
    let members: HashSet<&str> =
        model.objects.values().flatten().map(|member| member.element.as_str()).collect();
    let objects: BTreeSet<&str> = model
        .objects
        .keys()
        .map(String::as_str)
        .filter(|name| !shapes.contains(name) || members.contains(name))
        .collect();
    // An object that can keep its name keeps it, whatever the others need.
    let (keeping, renamed): (Vec<&str>, Vec<&str>) =
        objects.into_iter().partition(|name| is_type_name(name) && !used.contains(*name));
    let mut names = TypeNames::new();
    for name in keeping {
        used.insert(name.to_owned());
        names.insert(name.to_owned(), name.to_owned());
    }
    for name in renamed {
        let chosen = free_name(&mut used, &legal(name), "Type");
        names.insert(name.to_owned(), chosen);
    }
    names
}

/// The name itself if it is free, else with the suffix, else with the suffix and a number.
pub(crate) fn free_name(used: &mut HashSet<String>, name: &str, suffix: &str) -> String {
    let numbered = (2..).map(|n| format!("{name}{suffix}{n}"));
    let mut candidates = [name.to_owned(), format!("{name}{suffix}")].into_iter().chain(numbered);
    candidates.find(|candidate| used.insert(candidate.clone())).unwrap_or_default()
}

fn legal(name: &str) -> String {
    let mut kept = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_');
    let first = kept.next().unwrap_or('T').to_ascii_uppercase();
    let name: String = std::iter::once(first).chain(kept).collect();
    if is_type_name(&name) { name } else { format!("T{name}") }
}
