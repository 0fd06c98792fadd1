//! Examples that break the spec they illustrate.

use super::Examples;
use crate::model::Service;
use crate::report::Problems;
use crate::value::{Side, check_value};

/// Checks each action's examples, reports every mismatch, and keeps the sound ones.
pub(crate) fn check(service: &mut Service, examples: Examples, problems: &mut Problems) {
    let mut sound = Vec::new();
    for (action, drafts) in service.actions.iter().zip(examples) {
        let mut kept = Vec::new();
        for draft in drafts {
            let example = draft.example;
            let mut faults = 0;
            let request = check_value(service, &action.request, &example.request, Side::Request);
            for mismatch in request {
                faults += 1;
                let what = format!("the example's request breaks the spec: {}", mismatch.message);
                problems.report(
                    &draft.request_at,
                    &action.name,
                    what,
                    "correct the example or the field",
                );
            }
            let response = example.response.as_ref();
            let response =
                response.map(|value| check_value(service, &action.response, value, Side::Response));
            for mismatch in response.unwrap_or_default() {
                faults += 1;
                let what = format!("the example's response breaks the spec: {}", mismatch.message);
                let instead = match mismatch.path.as_str() {
                    "Response" => "give the object inside `Response` alone",
                    _ => "correct the example or the field",
                };
                problems.report(&draft.response_at, &action.name, what, instead);
            }
            if faults == 0 {
                kept.push(example);
            }
        }
        sound.push(kept);
    }
    for (action, examples) in service.actions.iter_mut().zip(sound) {
        action.examples = examples;
    }
}
