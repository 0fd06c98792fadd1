//! Puts the drafts of all files together: looks names up, and checks what only shows across items.

mod classes;
mod cycles;
mod examples;
mod fields;
mod formats;
mod limits;
mod names;
mod nesting;
mod paging;
mod references;
mod unions;
mod waiting;
mod windows;

use std::collections::BTreeMap;

use self::fields::ResolvedFields;
use crate::draft::{ActionDraft, ExampleDraft, Spots, Unresolved};
use crate::model::{Position, Service};
use crate::report::Problems;

/// Where the parts of each typed field stand, by the place of the field's name.
pub(crate) type SpotMap = BTreeMap<Position, Spots>;

/// What a reference to a name that nothing declares means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The files are a whole service: the name is wrong.
    Service,
    /// The file extends a service that stands elsewhere: the name may be declared there.
    Extension,
}

/// The service that the drafts describe, without what is unsound.
pub(crate) fn resolve(mut drafts: Unresolved, scope: Scope, problems: &mut Problems) -> Service {
    let unclassed = std::mem::take(&mut drafts.unclassed);
    let known = names::register(&mut drafts, scope, problems);
    let service_known = drafts.service.as_ref().is_some_and(|service| service.whole);
    let ResolvedFields { mut service, spots, examples, mut lost_fields } =
        fields::resolve(drafts, &known, scope, problems);
    limits::check(&mut service, &spots, problems);
    formats::check(&mut service, problems);
    lost_fields.extend(cycles::break_cycles(&mut service, &lost_fields, problems));
    nesting::check(&mut service, problems);
    if scope == Scope::Service && service_known {
        classes::check(&mut service, &unclassed, problems);
    }
    if scope == Scope::Service && service_known {
        references::check(&mut service, problems);
    }
    windows::check(&mut service, &lost_fields, problems);
    unions::check(&mut service, known.taken, &lost_fields, problems);
    examples::check(&mut service, examples, &lost_fields, &known.contested, problems);
    service.enums.sort_by(|a, b| a.at.cmp(&b.at));
    service
}

/// The examples of each action, in the order of [`Service::actions`].
pub(crate) type Examples = Vec<Vec<ExampleDraft>>;

/// The Rust types that the macro makes of an action: marker, request, response.
pub(crate) fn generated_names(draft: &ActionDraft) -> [String; 3] {
    let name = &draft.action.name;
    [name.clone(), format!("{name}Request"), format!("{name}Response")]
}
