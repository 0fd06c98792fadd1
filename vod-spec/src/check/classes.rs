//! Every error code has one class, wherever it is listed.

use std::collections::{HashMap, HashSet};

use crate::model::{ErrorClass, ErrorCode, Position, Service};
use crate::read::class_list;
use crate::report::Problems;

/// The class of each code that names one, and where it does.
type Classes = HashMap<String, (ErrorClass, Position)>;

/// Reports codes without a class and codes with two. `unclassed` is where codes stand whose class could not be
/// read, which has been reported.
pub(crate) fn check(service: &mut Service, unclassed: &[Position], problems: &mut Problems) {
    let classes = collect(service, problems);
    let unreadable: HashSet<String> = codes(service)
        .filter(|(_, error)| unclassed.contains(&error.at))
        .map(|(_, error)| error.code.clone())
        .collect();
    let owners = service.actions.iter_mut().map(|action| (action.name.as_str(), &mut action.errors));
    let own = [("", &mut service.errors), ("", &mut service.action_errors)];
    for (owner, errors) in own.into_iter().chain(owners) {
        for error in errors.iter_mut().filter(|error| error.class.is_none()) {
            let bare = error.code.split('.').next().unwrap_or_default();
            if classes.contains_key(bare) || classes.contains_key(&error.code) {
                continue;
            }
            if !unreadable.contains(bare) && !unreadable.contains(&error.code) {
                report(owner, error, bare, problems);
            }
            // The class that promises nothing, so that the code still has one.
            error.class = Some(ErrorClass::Caller);
        }
    }
}

fn codes(service: &Service) -> impl Iterator<Item = (&str, &ErrorCode)> {
    let actions = service.actions.iter();
    let own = actions.flat_map(|action| action.errors.iter().map(|error| (action.name.as_str(), error)));
    let shared = service.errors.iter().chain(&service.action_errors);
    shared.map(|error| ("", error)).chain(own)
}

fn collect(service: &Service, problems: &mut Problems) -> Classes {
    let mut classes = Classes::new();
    for (owner, error) in codes(service) {
        let Some(class) = error.class else { continue };
        match classes.get(&error.code) {
            None => {
                classes.insert(error.code.clone(), (class, error.at.clone()));
            }
            Some((other, at)) if *other != class => {
                let what = format!("the class differs from that of the same code at {}", problems.place(at));
                problems.report(&error.at, &item(owner, &error.code), what, "give it one class, once");
            }
            Some(_) => {}
        }
    }
    classes
}

fn report(owner: &str, error: &ErrorCode, bare: &str, problems: &mut Problems) {
    let code = &error.code;
    let what = if bare != code {
        format!("the error code `{code}` has no class and `{bare}` is not listed")
    } else if owner.is_empty() {
        format!("the error code `{code}` has no class")
    } else {
        format!("the error code `{code}` is not one of service.toml and has no class")
    };
    let instead = format!("write `{{ class = \"...\", doc = \"...\" }}` with one of {}", class_list());
    problems.report(&error.at, &item(owner, code), what, instead);
}

fn item(owner: &str, code: &str) -> String {
    if owner.is_empty() { code.to_owned() } else { format!("{owner}.{code}") }
}
