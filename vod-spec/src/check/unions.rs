//! Types and responses that carry one of several members, told by a tag.

use std::collections::{HashMap, HashSet};

use crate::model::{Element, Field, Record, Service, Storage, Union};
use crate::naming::variant_ident;
use crate::report::Problems;
use crate::suggest::suggest;

/// Checks every union and every tag; what is unsound loses its union, and stays a type or a response like any other.
///
/// `taken` are the names that Rust items have already; of `lost_fields`, the type is not known.
pub(crate) fn check(
    service: &mut Service,
    mut taken: HashSet<String>,
    lost_fields: &HashSet<String>,
    problems: &mut Problems,
) {
    let sent: HashSet<String> = service.reached_by_requests().into_iter().map(str::to_owned).collect();
    for record in &mut service.types {
        if record.union.is_some() && sent.contains(&record.name) {
            free_payload(record, problems);
        }
        let owner = Owner { name: &record.name, kind: Kind::Type, fields: &record.fields };
        let sound = match &record.union {
            Some(union) => {
                let keeps = check_keeps_unknown(record, union, problems);
                owner.check(union, &mut taken, lost_fields, problems) && keeps
            }
            None => owner.check_untagged(problems),
        };
        if !sound {
            record.union = None;
        }
    }
    for action in &mut service.actions {
        let owner = |kind, fields| Owner { name: &action.name, kind, fields };
        owner(Kind::Request, &action.request).check_untagged(problems);
        let response = owner(Kind::Response, &action.response);
        let sound = match &action.union {
            Some(union) => response.check(union, &mut taken, lost_fields, problems),
            None => response.check_untagged(problems),
        };
        if !sound {
            action.union = None;
        }
    }
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

/// What has fields of which one may be told by a tag.
struct Owner<'a> {
    /// The type's or the action's name.
    name: &'a str,
    kind: Kind,
    fields: &'a [Field],
}

#[derive(Clone, Copy)]
enum Kind {
    Type,
    Request,
    Response,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

impl Owner<'_> {
    fn item(&self, field: &Field) -> String {
        format!("{}.{}", self.name, field.name)
    }

    fn check_untagged(&self, problems: &mut Problems) -> bool {
        let kind = self.kind.name();
        let instead = match self.kind {
            Kind::Type => "remove `tag`, or add `union = { name = \"...\", tag = \"...\" }` to the type",
            Kind::Request => "remove `tag`; only types and responses can be unions",
            Kind::Response => {
                "remove `tag`, or add `union = { name = \"...\", tag = \"...\" }` to the action"
            }
        };
        for field in self.fields.iter().filter(|field| field.tag.is_some()) {
            let what = format!("`tag` stands in a {kind} that is no union");
            problems.report(&field.at, &self.item(field), what, instead);
        }
        true
    }

    fn check(
        &self,
        union: &Union,
        taken: &mut HashSet<String>,
        lost_fields: &HashSet<String>,
        problems: &mut Problems,
    ) -> bool {
        let mut sound = true;
        let mut refuse = |what: String, instead: String| {
            problems.report(&union.at, self.name, what, instead);
            sound = false;
        };
        if !taken.insert(union.name.clone()) {
            let what =
                format!("the union's name `{}` is taken by a type, an enumeration or an action", union.name);
            refuse(what, "choose another one".to_owned());
        }
        let kind = self.kind.name();
        match self.fields.iter().find(|field| field.name == union.tag) {
            _ if lost_fields.contains(&union.tag) => return false,
            None => {
                let names = self.fields.iter().map(|field| field.name.as_str());
                let instead = suggest(&union.tag, names).map_or_else(
                    || format!("name a member of the {kind}"),
                    |near| format!("did you mean `{near}`?"),
                );
                refuse(format!("the union's tag `{}` is no member of the {kind}", union.tag), instead);
            }
            Some(field) if !holds_a_tag(field) => {
                refuse(
                    format!("the union's tag `{}` is no text", union.tag),
                    "name a text or an enumeration that is required".to_owned(),
                );
            }
            Some(_) => {}
        }
        if self.fields.iter().all(|field| field.tag.is_none()) {
            refuse(
                "no member of the union has a `tag`".to_owned(),
                "add `tag = \"...\"` to its members".to_owned(),
            );
        }
        self.check_members(problems) && sound
    }

    fn check_members(&self, problems: &mut Problems) -> bool {
        let mut sound = true;
        let mut variants: HashMap<String, &str> = HashMap::new();
        for field in self.fields {
            let Some(tag) = &field.tag else { continue };
            let item = self.item(field);
            let fits = field.storage() == Storage::Optional
                && matches!(field.ty.element, Element::Record(_) | Element::Json);
            if !fits {
                let instead = "make it an object or `json` that is neither required nor a list";
                let what = "a member with a `tag` must be one that may be absent";
                problems.report(&field.at, &item, what, instead);
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
}

/// A response with a union always keeps members that the spec does not know; a type has to say so.
fn check_keeps_unknown(record: &Record, union: &Union, problems: &mut Problems) -> bool {
    if !record.keeps_unknown {
        let what = "a union must keep members that it does not know";
        problems.report(&union.at, &record.name, what, "add `unknown-members = \"keep\"`");
    }
    record.keeps_unknown
}

fn holds_a_tag(field: &Field) -> bool {
    field.storage() == Storage::Plain && matches!(field.ty.element, Element::String | Element::Enum(_))
}
