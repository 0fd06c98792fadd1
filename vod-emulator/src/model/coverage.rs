//! What the emulator models, by which rules, and what it answers with an example: the one list behind the header,
//! `/_emulator/coverage`, the strict mode and the table in the documentation.

use std::fmt;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::model::rules::{COLLECTIONS, RULES, Rule, Source, TASKS, is_modelled};
use crate::model::specs::Specs;
use crate::protocol::answer_kind::AnswerKind;
use crate::service::EmulatedService;

impl EmulatedService {
    /// The actions that are answered with this kind of answer, in alphabetical order. None are by themselves
    /// [`Refused`](AnswerKind::Refused); in the strict mode those with an example are.
    pub fn coverage(&self, kind: AnswerKind) -> Vec<String> {
        let actions = self.world.specs.actions();
        let wanted = actions.filter(|(service, action)| match kind {
            AnswerKind::Modelled => is_modelled(service, action),
            AnswerKind::Example => !self.world.options.strict && !is_modelled(service, action),
            AnswerKind::Refused => self.world.options.strict && !is_modelled(service, action),
        });
        let mut names: Vec<String> = wanted.map(|(_, action)| action.name.clone()).collect();
        names.sort_unstable();
        names
    }

    /// The same as JSON, with the rules.
    pub(crate) fn coverage_json(&self) -> Value {
        let rules = RULES.iter().map(
            |rule| json!({ "actions": rule.actions, "rule": rule.says, "source": rule.source.to_string() }),
        );
        json!({
            "modelled": self.coverage(AnswerKind::Modelled),
            "example": self.coverage(AnswerKind::Example),
            "refused": self.coverage(AnswerKind::Refused),
            "rules": rules.collect::<Vec<_>>(),
        })
    }
}

/// The page of the documentation that says what is modelled, in Markdown. It is made from the lists that the
/// emulator itself works by.
pub fn coverage_document() -> String {
    let mut page = String::from(
        "# What the emulator models\n\n\
         Made by `vod-emulator --print-coverage`; a test compares. Do not edit.\n\n\
         Every answer carries the header `X-Vod-Emulator`: `modelled` (it follows from the rules below and from what \
         calls did before), `example` (the example of the action's spec, whatever calls did before) or `refused`. With \
         `--strict`, what is not modelled is refused with the code `VodEmulator.NotModelled`. \
         `GET /_emulator/coverage` tells the same of a running emulator.\n\n",
    );
    page.push_str("## Rules\n\n| actions | rule | source |\n|---|---|---|\n");
    for Rule { actions, says, source } in RULES {
        let actions: Vec<String> = actions.iter().map(|action| shown(action)).collect();
        let actions = if actions.is_empty() { "every action".to_owned() } else { actions.join(", ") };
        push(&mut page, format_args!("| {actions} | {says} | {source} |\n"));
    }
    let Ok(specs) = Specs::load(&[]) else { return page };
    let mut all: Vec<(&str, &str, bool)> = specs
        .actions()
        .map(|(service, action)| (service.name.as_str(), action.name.as_str(), is_modelled(service, action)))
        .collect();
    all.sort_unstable();
    let modelled = all.iter().filter(|(.., is_modelled)| *is_modelled).count();
    push(&mut page, format_args!("\n## Actions\n\n{modelled} of {} actions are modelled.\n\n", all.len()));
    page.push_str("| service | action | answer |\n|---|---|---|\n");
    for (service, action, is_modelled) in all {
        let kind = if is_modelled { AnswerKind::Modelled } else { AnswerKind::Example };
        push(&mut page, format_args!("| {service} | `{action}` | {kind} |\n"));
    }
    page
}

/// The name of an action, or what stands for many.
fn shown(action: &str) -> String {
    if [TASKS, COLLECTIONS].contains(&action) { action.to_owned() } else { format!("`{action}`") }
}

/// Writing to a text cannot fail.
fn push(page: &mut String, text: fmt::Arguments<'_>) {
    let _ = page.write_fmt(text);
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(number) => write!(f, "vendor's document 266/{number}"),
            Self::Published(what) => write!(f, "vendor's {what}"),
            Self::Undocumented(option) => write!(f, "undocumented; option `{option}`"),
            Self::Simplified => f.write_str("simplified: the service does more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::collection_kinds::collection_of;
    use crate::model::task_kinds::TaskKind;
    use crate::options::Options;

    #[test]
    fn every_modelled_action_has_rules_and_every_rule_a_source() {
        let specs = Specs::load(&[]).unwrap_or_else(|problems| panic!("{problems}"));
        let modelled: Vec<&str> = specs
            .actions()
            .filter(|(service, action)| is_modelled(service, action))
            .map(|(_, action)| action.name.as_str())
            .collect();
        for name in &modelled {
            let is_named = RULES.iter().any(|rule| {
                rule.actions.contains(name)
                    || rule.actions.contains(&TASKS) && TaskKind::of(name).is_some()
                    || rule.actions.contains(&COLLECTIONS) && collection_of(name).is_some()
            });
            assert!(is_named, "{name} has no rule");
        }
        // The names of all options, as the derived text shows them.
        let options = format!("{:?}", Options::default());
        for rule in RULES {
            for name in rule.actions {
                let stands_for_many = [TASKS, COLLECTIONS].contains(name);
                assert!(stands_for_many || modelled.contains(name), "{name} has a rule and is not modelled");
            }
            match rule.source {
                Source::Page(number) => {
                    let known = specs.actions().any(|(_, action)| action.doc_page == Some(number));
                    assert!(known, "no spec names the page {number}");
                }
                Source::Published(what) => assert!(!what.is_empty()),
                Source::Simplified => {}
                Source::Undocumented(option) => {
                    assert!(options.contains(&format!(" {option}: ")), "there is no option `{option}`");
                }
            }
        }
    }
}
