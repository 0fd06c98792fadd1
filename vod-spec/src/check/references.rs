//! `see-also`: what it names exists.

use std::collections::HashSet;

use crate::model::{SeeAlso, Service};
use crate::report::Problems;
use crate::suggest::did_you_mean;

/// Drops and reports names that are neither an action nor a guide, the item itself, and what is named twice.
pub(crate) fn check(service: &mut Service, problems: &mut Problems) {
    let actions = service.actions.iter().map(|action| action.name.clone());
    let known: Vec<String> = actions.chain(service.guides.iter().map(|guide| guide.name.clone())).collect();
    let guides = &service.guides;
    // A category may be called like the guide about it.
    let is_guide = |name: &str| guides.iter().any(|guide| guide.name == name);
    for action in &mut service.actions {
        keep_known(&mut action.see_also, &action.name, &known, is_guide, problems);
    }
    for category in &mut service.categories {
        keep_known(&mut category.see_also, &category.name, &known, is_guide, problems);
    }
}

fn keep_known(
    see_also: &mut Vec<SeeAlso>,
    owner: &str,
    known: &[String],
    is_guide: impl Fn(&str) -> bool,
    problems: &mut Problems,
) {
    let mut seen = HashSet::new();
    see_also.retain(|SeeAlso { target, at }| {
        let (what, instead) = if target == owner && !is_guide(target) {
            (format!("`see-also` of `{owner}` names itself"), "remove it".to_owned())
        } else if !known.contains(target) {
            let instead = did_you_mean(target, known.iter().map(String::as_str), || {
                "name an action, or a guide that stands under `[guides]` in service.toml".to_owned()
            });
            (format!("`see-also` names `{target}`, which is neither an action nor a guide"), instead)
        } else if !seen.insert(target.clone()) {
            (format!("`see-also` names `{target}` twice"), "remove one of the two".to_owned())
        } else {
            return true;
        };
        problems.report(at, owner, what, instead);
        false
    });
}
