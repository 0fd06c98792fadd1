//! `[wait]`: the fields that it names exist and have types that fit.

use std::collections::HashSet;

use super::paging::{Fitting, Lookup};
use crate::draft::WaitDraft;
use crate::model::{Action, Element, Enum, Field, Wait};
use crate::read::At;
use crate::report::Problems;
use crate::suggest::did_you_mean;

const ID: &Fitting = &Fitting {
    fits: |field| {
        !field.ty.list && matches!(field.ty.element, Element::String | Element::Int64 | Element::Uint64)
    },
    what: "a text or a whole number",
    instead: "name a field of type `string`, `int64` or `uint64`",
};

const STATUS: &Fitting = &Fitting {
    fits: |field| {
        let element = &field.ty.element;
        !field.ty.list && matches!(element, Element::String | Element::Enum(_) | Element::External(_))
    },
    what: "a text or an enumeration",
    instead: "name a field of type `string` or of an enumeration",
};

/// The waiting with its fields looked up; nothing if a field is not what it should be, which is reported.
pub(crate) fn wait(
    draft: WaitDraft,
    action: &Action,
    enums: &[Enum],
    lost_fields: &HashSet<String>,
    problems: &mut Problems,
) -> Option<Wait> {
    let mut lookup = Lookup { item: format!("{}.wait", action.name), lost_fields, problems };
    let id = lookup.request(action, "id", &draft.id, ID);
    let status = lookup.response(action, "status", &draft.status, STATUS);
    let (id, status) = (id?, status?);
    let alone = only_required(id, action, &draft.id, &mut lookup);
    let known = values_exist(status, enums, &draft.until, &mut lookup);
    (alone && known).then(|| Wait {
        method: draft.method.value,
        id: id.name.clone(),
        status: status.name.clone(),
        until: draft.until.into_iter().map(|value| value.value).collect(),
        at: draft.method.at,
    })
}

/// The method takes the id alone, so that a request must be complete with it.
fn only_required(id: &Field, action: &Action, name: &At<String>, lookup: &mut Lookup<'_>) -> bool {
    let other = action.request.iter().find(|field| field.required && field.name != id.name);
    if let Some(other) = other {
        let what = format!("`id` names `{}`, and the request also requires `{}`", id.name, other.name);
        lookup.problems.report(
            &name.at,
            &lookup.item,
            what,
            "remove `[wait]`: its method takes the id alone",
        );
    }
    other.is_none()
}

/// A value that an enumeration does not list is most likely a slip.
fn values_exist(status: &Field, enums: &[Enum], until: &[At<String>], lookup: &mut Lookup<'_>) -> bool {
    let Element::Enum(name) = &status.ty.element else { return true };
    let Some(item) = enums.iter().find(|item| item.name == *name) else { return true };
    let mut known = true;
    for At { value, at } in until {
        if item.values.iter().all(|listed| listed.value != *value) {
            let names = item.values.iter().map(|listed| listed.value.as_str());
            let instead = did_you_mean(value, names, || format!("write one that `{name}` lists"));
            lookup.problems.report(at, &lookup.item, format!("`{name}` has no value `{value}`"), instead);
            known = false;
        }
    }
    known
}
