//! One name, one Rust item: actions, what they generate, types and enumerations share a namespace.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Scope, generated_names};
use crate::draft::{FieldDraft, Origin, Unresolved};
use crate::model::{Element, Enum, Position};
use crate::naming::{
    blocking_client_name, client_name, inline_enum_name, is_type_name, method_ident, variant_ident,
};
use crate::report::Problems;

/// The names that fields can refer to.
pub(crate) struct Known {
    pub(crate) records: HashSet<String>,
    pub(crate) enums: HashSet<String>,
    /// Declared, and dropped for a fault that has been reported.
    pub(crate) lost: HashSet<String>,
    /// Declared twice: what the name means is not certain.
    pub(crate) contested: HashSet<String>,
    /// All names of Rust items.
    pub(crate) taken: HashSet<String>,
}

/// Who has a name.
struct Owner {
    what: String,
    /// Nowhere, if it is generated for every service.
    at: Option<Position>,
}

struct NameRegistry<'p> {
    taken: HashMap<String, Owner>,
    problems: &'p mut Problems,
}

impl NameRegistry<'_> {
    /// Takes the name, or reports who has it.
    fn register(&mut self, name: &str, what: String, at: &Position, item: &str, instead: &str) -> bool {
        if let Some(other) = self.taken.get(name) {
            let Some(place) = other.at.as_ref().map(|at| self.problems.place(at)) else {
                let message = format!("{what} has the name of {}", other.what);
                let instead = "give it another name, or leave it out if the name is on the wire";
                self.problems.report(at, item, message, instead);
                return false;
            };
            let message = if other.what == what {
                format!("{what} is declared twice, first at {place}")
            } else {
                format!("{what} has the name of {} at {place}", other.what)
            };
            self.problems.report(at, item, message, instead);
            return false;
        }
        self.taken.insert(name.to_owned(), Owner { what, at: Some(at.clone()) });
        true
    }

    /// Takes the names of what is generated for every service.
    fn reserve(&mut self, service: &str) {
        for (name, what) in [
            ("ErrorCode".to_owned(), "the enumeration of the service's error codes"),
            ("SERVICE".to_owned(), "the static that describes the service"),
            (client_name(service), "the client of the service"),
            (blocking_client_name(service), "the blocking client of the service"),
            (format!("{}Calls", variant_ident(service)), "the trait of the client's methods"),
            (
                format!("{}BlockingCalls", variant_ident(service)),
                "the trait of the blocking client's methods",
            ),
        ] {
            let what = format!("{what}, which is generated");
            self.taken.insert(name, Owner { what, at: None });
        }
    }
}

/// Gives every name to its first owner, drops the items that come too late, and lifts the enumerations that
/// fields make on the spot.
pub(crate) fn register(drafts: &mut Unresolved, scope: Scope, problems: &mut Problems) -> Known {
    let mut registry = NameRegistry { taken: HashMap::new(), problems };
    if scope == Scope::Service {
        registry.reserve(drafts.service.as_ref().map_or("", |service| &service.name));
    }
    let mut lost: HashSet<String> = drafts.lost.drain(..).collect();
    register_actions(drafts, &mut registry);
    let contested = register_declarations(drafts, &mut registry, &mut lost);
    lift_values(drafts, &mut registry);
    let taken = registry.taken.into_keys().collect();
    register_members(drafts, problems);
    Known {
        records: drafts.types.iter().map(|draft| draft.record.name.clone()).collect(),
        enums: drafts.enums.iter().map(|item| item.name.clone()).collect(),
        lost,
        contested,
        taken,
    }
}

fn register_actions(drafts: &mut Unresolved, registry: &mut NameRegistry<'_>) {
    let mut methods: HashMap<String, (String, Position)> = HashMap::new();
    drafts.actions.retain(|draft| {
        let (name, at) = (&draft.action.name, &draft.action.at);
        let method = method_ident(name);
        if let Some((other, place)) = methods.get(&method).filter(|(other, _)| other != name) {
            let place = registry.problems.place(place);
            let what = format!("the action becomes the method `{method}`, as `{other}` at {place} does");
            registry.problems.report(at, name, what, "remove one of the two");
            return false;
        }
        let [marker, request, response] = generated_names(draft);
        let advice = "remove one of the two";
        let sound = registry.register(&marker, format!("the action `{name}`"), at, name, advice)
            && registry.register(&request, format!("the request of the action `{name}`"), at, name, advice)
            && registry.register(&response, format!("the response of the action `{name}`"), at, name, advice);
        if sound {
            methods.insert(method, (name.clone(), at.clone()));
        }
        sound
    });
    register_waits(drafts, &methods, registry.problems);
}

/// The method that waits stands beside those of the actions.
fn register_waits(
    drafts: &mut Unresolved,
    actions: &HashMap<String, (String, Position)>,
    problems: &mut Problems,
) {
    let mut taken: HashMap<String, (String, Position)> = actions.clone();
    for draft in &mut drafts.actions {
        let Some(wait) = &draft.wait else { continue };
        let (method, name) = (&wait.method.value, &draft.action.name);
        if method == "new" {
            let what = "`method` is `new`, which makes the client of the service";
            problems.report(&wait.method.at, &format!("{name}.wait"), what, "give it another name");
            draft.wait = None;
        } else if let Some((other, place)) = taken.get(method) {
            let what = format!("`method` is `{method}`, as `{other}` at {} has it", problems.place(place));
            problems.report(&wait.method.at, &format!("{name}.wait"), what, "give it another name");
            draft.wait = None;
        } else {
            taken.insert(method.clone(), (name.clone(), wait.method.at.clone()));
        }
    }
}

/// Members that generated code adds to a struct, or methods, whose names a field cannot have.
fn register_members(drafts: &mut Unresolved, problems: &mut Problems) {
    let lost = &mut drafts.lost_fields;
    for draft in &mut drafts.actions {
        let owner = &draft.action.name;
        drop_named(&mut draft.response, owner, "request_id", "every answer", lost, problems);
        if draft.action.union.is_some() {
            let has = "a response with a `union`";
            drop_named(&mut draft.response, owner, "unknown_members", has, lost, problems);
        }
    }
    for draft in &mut drafts.types {
        let owner = &draft.record.name;
        if draft.record.keeps_unknown {
            let has = "a type that keeps unknown members";
            drop_named(&mut draft.fields, owner, "unknown_members", has, lost, problems);
        }
    }
}

fn drop_named(
    fields: &mut Vec<FieldDraft>,
    owner: &str,
    rust_name: &str,
    has: &str,
    lost: &mut HashSet<String>,
    problems: &mut Problems,
) {
    fields.retain(|draft| {
        let clashes = draft.field.rust_name == rust_name;
        if clashes {
            let item = format!("{owner}.{}", draft.field.name);
            let what = format!("the field becomes `{rust_name}` in Rust, which {has} has already");
            problems.report(&draft.field.at, &item, what, "give it a `rust-name`");
            lost.insert(draft.field.name.clone());
        }
        !clashes
    });
}

/// The result is the names that types or enumerations have twice.
fn register_declarations(
    drafts: &mut Unresolved,
    registry: &mut NameRegistry<'_>,
    lost: &mut HashSet<String>,
) -> HashSet<String> {
    let types = drafts.types.iter().map(|draft| (draft.record.at.clone(), &draft.record.name, "type"));
    let enums = drafts.enums.iter().map(|item| (item.at.clone(), &item.name, "enumeration"));
    let mut all: Vec<_> = types.chain(enums).collect();
    all.sort();
    let mut dropped = BTreeSet::new();
    let mut contested = HashSet::new();
    for (at, name, what) in all {
        let what = format!("the {what} `{name}`");
        let first = registry.taken.get(name).map(|owner| owner.what.clone());
        if !registry.register(name, what, &at, name, "rename or remove one of the two") {
            dropped.insert(at);
            // The name still means something if a type or an enumeration has it.
            let declared =
                |what: &String| ["the type `", "the enumeration `"].iter().any(|kind| what.starts_with(kind));
            if first.is_some_and(|what| declared(&what)) {
                contested.insert(name.clone());
            } else {
                lost.insert(name.clone());
            }
        }
    }
    drafts.types.retain(|draft| !dropped.contains(&draft.record.at));
    drafts.enums.retain(|item| !dropped.contains(&item.at));
    contested
}

fn lift_values(drafts: &mut Unresolved, registry: &mut NameRegistry<'_>) {
    let mut lifted = Vec::new();
    for draft in &mut drafts.actions {
        let owner = &draft.action.name;
        for field in draft.request.iter_mut().chain(&mut draft.response) {
            lifted.extend(lift(owner, field, registry));
        }
    }
    for draft in &mut drafts.types {
        for field in &mut draft.fields {
            lifted.extend(lift(&draft.record.name, field, registry));
        }
    }
    if let Some(service) = &mut drafts.service {
        for field in &mut service.parameters {
            lifted.extend(lift("", field, registry));
        }
    }
    drafts.enums.extend(lifted);
}

fn lift(owner: &str, draft: &mut FieldDraft, registry: &mut NameRegistry<'_>) -> Option<Enum> {
    let Origin::Values(values) = &mut draft.origin else {
        return None;
    };
    let values = std::mem::take(values);
    let field = &mut draft.field;
    let item = if owner.is_empty() { field.name.clone() } else { format!("{owner}.{}", field.name) };
    if draft.doubtful {
        return None;
    }
    if field.ty.element != Element::String {
        if matches!(&field.ty.element, Element::External(name) if !registry.taken.contains_key(name)) {
            // Most likely `string` with a slip in it, which is reported where names are looked up.
            return None;
        }
        let what = "`values` stands beside a type other than `string` or `[string]`";
        registry.problems.report(&draft.spots.ty, &item, what, "write `string`, or remove `values`");
        return None;
    }
    let name = inline_enum_name(owner, &field.name);
    let at = field.at.clone();
    let what = format!("the enumeration `{name}` of the field's `values`");
    let advice = "declare an enumeration under `[enums]` and name it in `type`";
    if !is_type_name(&name) {
        let what = format!("`values` would make an enumeration `{name}`, which cannot be a Rust type's name");
        registry.problems.report(&at, &item, what, advice);
        return None;
    }
    if !registry.register(&name, what, &at, &item, advice) {
        return None;
    }
    field.ty.element = Element::External(name.clone());
    Some(Enum { name, doc: field.doc.clone(), values, at })
}
