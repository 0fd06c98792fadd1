//! `body` and `answer`: what an action may have beside them.

use crate::model::{Action, AnswerFormat, BodyFormat, Element, Field, Service};
use crate::report::Problems;

/// Checks each action against the way in which its parameters and its answer travel.
pub(crate) fn check(service: &mut Service, problems: &mut Problems) {
    for action in &mut service.actions {
        match action.body {
            BodyFormat::OctetStream => headers(action, problems),
            BodyFormat::Json | BodyFormat::Multipart => {}
        }
        if action.body != BodyFormat::Multipart {
            no_files(&action.request, &action.name, problems);
        }
        no_files(&action.response, &action.name, problems);
        no_lists_of_files(action, problems);
        if action.answer == AnswerFormat::EventStream {
            stream(action, problems);
        }
    }
    for record in &service.types {
        no_files(&record.fields, &record.name, problems);
    }
}

/// Bytes are parts of a multipart body, and of nothing else.
fn no_files(fields: &[Field], owner: &str, problems: &mut Problems) {
    for field in fields.iter().filter(|field| field.ty.element == Element::Binary) {
        let item = format!("{owner}.{}", field.name);
        let what = "bytes can only be a part of a multipart body";
        let instead =
            "make it a parameter of an action with `body = \"multipart\"`, or a `string` that holds Base64";
        problems.report(&field.at, &item, what, instead);
    }
}

/// A part holds one file.
fn no_lists_of_files(action: &Action, problems: &mut Problems) {
    let is_list = |field: &&Field| field.ty.element == Element::Binary && field.ty.list;
    for field in action.request.iter().filter(is_list) {
        let item = format!("{}.{}", action.name, field.name);
        problems.report(&field.at, &item, "a part holds one file", "write `type = \"binary\"`");
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
    !field.ty.list && !matches!(field.ty.element, Element::Record(_) | Element::Json | Element::Binary)
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
