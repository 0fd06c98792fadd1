//! Every error code has one class, wherever it is listed.

use std::collections::HashMap;

use crate::model::{ErrorClass, Position, Service};
use crate::read::class_list;
use crate::report::Problems;

/// Reports codes without a class and codes with two.
pub(crate) fn check(service: &mut Service, problems: &mut Problems) {
    let mut classes: HashMap<String, (ErrorClass, Position)> = HashMap::new();
    let owners = service
        .actions
        .iter()
        .map(|action| (action.name.as_str(), &action.errors));
    for (owner, errors) in std::iter::once(("", &service.errors)).chain(owners) {
        for error in errors {
            let Some(class) = error.class else { continue };
            match classes.get(&error.code) {
                Some((other, at)) if *other != class => {
                    let what = format!(
                        "the class differs from that of the same code at {}",
                        problems.place(at)
                    );
                    problems.report(
                        &error.at,
                        &item(owner, &error.code),
                        what,
                        "give it one class, once",
                    );
                }
                Some(_) => {}
                None => {
                    classes.insert(error.code.clone(), (class, error.at.clone()));
                }
            }
        }
    }
    let owners = service
        .actions
        .iter_mut()
        .map(|action| (action.name.as_str(), &mut action.errors));
    for (owner, errors) in std::iter::once(("", &mut service.errors)).chain(owners) {
        for error in errors.iter_mut().filter(|error| error.class.is_none()) {
            let bare = error.code.split('.').next().unwrap_or_default();
            if classes.contains_key(bare) || classes.contains_key(&error.code) {
                continue;
            }
            let what = if owner.is_empty() && bare == error.code {
                format!("the error code `{bare}` has no class")
            } else if bare == error.code {
                format!("the error code `{bare}` is not one of service.toml and has no class")
            } else {
                format!(
                    "the error code `{}` has no class and `{bare}` is not listed",
                    error.code
                )
            };
            let instead = format!(
                "write `{{ class = \"...\", doc = \"...\" }}` with one of {}",
                class_list()
            );
            problems.report(&error.at, &item(owner, &error.code), what, instead);
            // The class that promises nothing, so that the code still has one.
            error.class = Some(ErrorClass::Caller);
        }
    }
}

fn item(owner: &str, code: &str) -> String {
    if owner.is_empty() {
        code.to_owned()
    } else {
        format!("{owner}.{code}")
    }
}
