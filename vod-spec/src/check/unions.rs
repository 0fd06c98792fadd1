//! Types that carry one of several members, told by a tag.

use std::collections::{HashMap, HashSet};

use crate::model::{Element, Field, Record, Service, Storage};
use crate::naming::variant_ident;
use crate::report::Problems;
use crate::suggest::suggest;

/// Checks every union and every tag; what is unsound loses its union, and stays a type like any other.
///
/// `taken` are the names that Rust items have already; of `lost_fields`, the type is not known.
pub(crate) fn check(
    service: &mut Service,
    mut taken: HashSet<String>,
    lost_fields: &HashSet<String>,
    problems: &mut Problems,
) {
    let sent = types_of_requests(service);
    for record in &mut service.types {
        if record.union.is_some() && sent.contains(&record.name) {
            free_payload(record, problems);
        }
        let sound = match &record.union {
            Some(_) => check_union(record, &mut taken, lost_fields, problems),
            None => check_untagged(record, problems),
        };
        if !sound {
            record.union = None;
        }
    }
}

/// The types that requests reach: only they have setters.
fn types_of_requests(service: &Service) -> HashSet<String> {
    let mut reached = HashSet::new();
    let mut open: Vec<&Field> = service.actions.iter().flat_map(|action| &action.request).collect();
    while let Some(field) = open.pop() {
        if let Element::Record(name) = &field.ty.element
            && reached.insert(name.clone())
        {
            open.extend(service.record(name).into_iter().flat_map(|record| &record.fields));
        }
    }
    reached
}

/// The method that gives a union's payload is none of a field.
fn free_payload(record: &mut Record, problems: &mut Problems) {
    let owner = &record.name;
    record.fields.retain(|field| {
        let clashes = field.rust_name == "payload" && !field.required;
        if clashes {
            let item = format!("{owner}.{}", field.name);
            let what =
                "the field's setter becomes `payload` in Rust, which a type with a `union` has already";
            problems.report(&field.at, &item, what, "give it a `rust-name`");
        }
        !clashes
    });
}

fn check_untagged(record: &Record, problems: &mut Problems) -> bool {
    for field in record.fields.iter().filter(|field| field.tag.is_some()) {
        let item = format!("{}.{}", record.name, field.name);
        let instead = "remove `tag`, or add `union = { name = \"...\", tag = \"...\" }` to the type";
        problems.report(&field.at, &item, "`tag` stands in a type that is no union", instead);
    }
    true
}

fn check_union(
    record: &Record,
    taken: &mut HashSet<String>,
    lost_fields: &HashSet<String>,
    problems: &mut Problems,
) -> bool {
    let Some(union) = &record.union else { return true };
    let mut sound = true;
    let mut refuse = |what: String, instead: String| {
        problems.report(&union.at, &record.name, what, instead);
        sound = false;
    };
    if !taken.insert(union.name.clone()) {
        let what =
            format!("the union's name `{}` is taken by a type, an enumeration or an action", union.name);
        refuse(what, "choose another one".to_owned());
    }
    let tag = record.fields.iter().find(|field| field.name == union.tag);
    match tag {
        _ if lost_fields.contains(&union.tag) => return false,
        None => {
            let names = record.fields.iter().map(|field| field.name.as_str());
            let instead = suggest(&union.tag, names).map_or_else(
                || "name a member of the type".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            refuse(format!("the union's tag `{}` is no member of the type", union.tag), instead);
        }
        Some(field) if !holds_a_tag(field) => {
            refuse(
                format!("the union's tag `{}` is no text", union.tag),
                "name a text or an enumeration that is required".to_owned(),
            );
        }
        Some(_) => {}
    }
    if !record.keeps_unknown {
        let what = "a union must keep members that it does not know".to_owned();
        refuse(what, "add `unknown-members = \"keep\"`".to_owned());
    }
    if record.fields.iter().all(|field| field.tag.is_none()) {
        refuse(
            "no member of the union has a `tag`".to_owned(),
            "add `tag = \"...\"` to its members".to_owned(),
        );
    }
    check_members(record, problems) && sound
}

fn holds_a_tag(field: &Field) -> bool {
    field.storage() == Storage::Plain && matches!(field.ty.element, Element::String | Element::Enum(_))
}

fn check_members(record: &Record, problems: &mut Problems) -> bool {
    let mut sound = true;
    let mut variants: HashMap<String, &str> = HashMap::new();
    for field in &record.fields {
        let Some(tag) = &field.tag else { continue };
        let item = format!("{}.{}", record.name, field.name);
        let fits = field.storage() == Storage::Optional
            && matches!(field.ty.element, Element::Record(_) | Element::Json);
        if !fits {
            let instead = "make it an object or `json` that is neither required nor a list";
            problems.report(
                &field.at,
                &item,
                "a member with a `tag` must be one that may be absent",
                instead,
            );
        }
        if let Some(other) = variants.insert(variant_ident(tag), &field.name) {
            let what = format!("the tag `{tag}` is also that of `{other}`");
            problems.report(&field.at, &item, what, "give each member a tag of its own");
            sound = false;
        }
        sound &= fits;
    }
    sound
}
