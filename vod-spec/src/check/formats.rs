//! `body` and `answer`: what an action may have beside them.

use crate::model::{Action, AnswerFormat, BodyFormat, Element, Field, Service};
use crate::report::Problems;

/// Checks each action against the way in which its parameters and its answer travel.
pub(crate) fn check(service: &mut Service, problems: &mut Problems) {
    for action in &mut service.actions {
        match action.body {
            BodyFormat::Json => {}
            BodyFormat::OctetStream => headers(action, problems),
            BodyFormat::Multipart => {
                let what = "an action with a multipart body cannot be called yet";
                let instead =
                    "leave the action out; of other bodies than JSON there is `body = \"octet-stream\"`";
                problems.report(&action.at, &action.name, what, instead);
            }
        }
        if action.answer == AnswerFormat::EventStream {
            stream(action, problems);
        }
    }
}

/// Parameters that travel as headers are single values.
fn headers(action: &Action, problems: &mut Problems) {
    for field in action.request.iter().filter(|field| !fits_header(field)) {
        let item = format!("{}.{}", action.name, field.name);
        let what = "the field travels as a header, which holds a single value";
        let instead = "give it a type such as `string` or `int64`, or remove `body = \"octet-stream\"`";
        problems.report(&field.at, &item, what, instead);
    }
}

fn fits_header(field: &Field) -> bool {
    !field.ty.list && !matches!(field.ty.element, Element::Record(_) | Element::Json)
}

/// A stream of events is no page of a list, and no state to wait for.
fn stream(action: &mut Action, problems: &mut Problems) {
    let tables = [("pagination", action.pagination.take().is_some()), ("wait", action.wait.take().is_some())];
    for (table, _) in tables.iter().filter(|(_, is_there)| *is_there) {
        let what = format!("`[{table}]` stands in an action that answers with a stream of events");
        problems.report(
            &action.at,
            &action.name,
            what,
            format!("remove `[{table}]`, or `answer = \"event-stream\"`"),
        );
    }
}
