//! Examples that break the spec they illustrate.

use std::collections::HashSet;

use super::Examples;
use crate::draft::ExampleDraft;
use crate::model::{Action, Service};
use crate::report::Problems;
use crate::value::{Mismatch, Side, check_answer, check_value};

/// Checks each action's examples, reports every mismatch, and keeps the sound ones.
///
/// What concerns a field that was dropped, or whose type is not known, has been reported with the field; the example
/// goes too, without a word. So do those of an action that reaches a type with two declarations.
pub(crate) fn check(
    service: &mut Service,
    examples: Examples,
    lost_fields: &HashSet<String>,
    contested: &HashSet<String>,
    problems: &mut Problems,
) {
    let mut sound = Vec::new();
    for (action, mut drafts) in service.actions.iter().zip(examples) {
        if reaches(service, action, contested) {
            drafts.clear();
        }
        drafts.retain(|draft| is_sound(service, action, draft, lost_fields, problems));
        sound.push(drafts);
    }
    for (action, drafts) in service.actions.iter_mut().zip(sound) {
        action.examples = drafts.into_iter().map(|draft| draft.example).collect();
    }
}

/// Whether one of these types or enumerations is in the action's request or response, or in what these hold.
fn reaches(service: &Service, action: &Action, names: &HashSet<String>) -> bool {
    let seen = service.reached(action.request.iter().chain(&action.response));
    names.iter().any(|name| seen.contains(name.as_str()))
}

fn is_sound(
    service: &Service,
    action: &Action,
    draft: &ExampleDraft,
    lost_fields: &HashSet<String>,
    problems: &mut Problems,
) -> bool {
    let ExampleDraft { example, request_at, response_at } = draft;
    let request = check_value(service, &action.request, &example.request, Side::Request);
    let response: Vec<Mismatch> =
        example.responses().flat_map(|value| check_answer(service, action, value)).collect();
    let sound = request.is_empty() && response.is_empty();
    let told = |mismatch: &Mismatch| {
        let mut names = mismatch.path.split('.').map(|part| part.split('[').next().unwrap_or(part));
        names.any(|name| lost_fields.contains(name))
    };
    for mismatch in request.into_iter().filter(|mismatch| !told(mismatch)) {
        let what = format!("the example's request breaks the spec: {}", mismatch.message);
        problems.report(request_at, &action.name, what, "correct the example or the field");
    }
    for mismatch in response.into_iter().filter(|mismatch| !told(mismatch)) {
        let what = format!("the example's response breaks the spec: {}", mismatch.message);
        let instead = match mismatch.path.as_str() {
            "Response" => "give the object inside `Response` alone",
            _ => "correct the example or the field",
        };
        problems.report(response_at, &action.name, what, instead);
    }
    sound
}
