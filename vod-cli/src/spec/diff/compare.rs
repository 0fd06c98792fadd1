//! The comparison: each part of the model by name, and each fact of a part.
//!
//! The model's structs are taken apart without `..`, so that a fact that is added to the model must be compared here.

use std::collections::{HashMap, HashSet};
use std::fmt;

use vod_spec::model::{
    Action, Enum, EnumValue, ErrorClass, ErrorCode, Example, Field, Limits, Record, Service,
};

use super::facts::{
    bounds, is_narrower, or_none, pagination, short, site, type_of, union, waiting, yes_or_no,
};

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Added,
    Removed,
    Changed,
}

impl Kind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) kind: Kind,
    /// `action`, `parameter`, `member`, `value`, ...
    pub(super) what: &'static str,
    /// `ConfirmEvents.EventHandles`.
    pub(super) item: String,
    /// The fact, what it was and what it is.
    pub(super) detail: String,
    pub(super) is_breaking: bool,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.is_breaking { "breaking: " } else { "" };
        write!(f, "{mark}{} {} {}", self.kind.word(), self.what, self.item)?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, ": {}", self.detail) }
    }
}

/// All differences, in the order of the model: the service, actions, types, enumerations.
pub(super) fn compare(old: &Service, new: &Service, with_texts: bool) -> Vec<Difference> {
    let sent = old.reached_by_requests().into_iter().chain(new.reached_by_requests()).collect();
    let mut this = Comparison { found: Vec::new(), with_texts, sent };
    this.service(old, new);
    this.found
}

/// In which direction a field travels.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Direction {
    is_sent: bool,
}

struct Comparison<'s> {
    found: Vec<Difference>,
    with_texts: bool,
    /// What requests reach in one of the versions.
    sent: HashSet<&'s str>,
}

impl Comparison<'_> {
    fn add(
        &mut self,
        kind: Kind,
        what: &'static str,
        item: &str,
        detail: impl Into<String>,
        is_breaking: bool,
    ) {
        self.found.push(Difference { kind, what, item: item.to_owned(), detail: detail.into(), is_breaking });
    }

    /// One fact of an item.
    fn fact(
        &mut self,
        (what, item): (&'static str, &str),
        name: &str,
        old: &str,
        new: &str,
        is_breaking: bool,
    ) {
        if old != new {
            self.add(Kind::Changed, what, item, format!("{name} {old} -> {new}"), is_breaking);
        }
    }

    /// A text, if texts are compared.
    fn text(&mut self, at: (&'static str, &str), name: &str, old: &str, new: &str) {
        if self.with_texts && old != new {
            self.fact(at, name, &short(old), &short(new), false);
            // Two texts may begin alike.
            if short(old) == short(new) {
                self.add(Kind::Changed, at.0, at.1, name, false);
            }
        }
    }

    /// Items by their names: those that are gone, those that are new, and those that both have.
    fn items<'m, T>(
        &mut self,
        what: &'static str,
        old: &'m [T],
        new: &'m [T],
        name: impl Fn(&T) -> String,
        on_added: impl Fn(&T) -> (String, bool),
        mut on_both: impl FnMut(&mut Self, &T, &T),
    ) {
        // Programs do not name what is only answered or only read by people.
        let removal_breaks = !matches!(what, "error code" | "example");
        let by_name: HashMap<String, &T> = new.iter().map(|item| (name(item), item)).collect();
        let before: HashSet<String> = old.iter().map(&name).collect();
        for item in old {
            match by_name.get(&name(item)) {
                Some(later) => on_both(self, item, later),
                None => self.add(Kind::Removed, what, &name(item), "", removal_breaks),
            }
        }
        for item in new.iter().filter(|item| !before.contains(&name(item))) {
            let (detail, is_breaking) = on_added(item);
            self.add(Kind::Added, what, &name(item), detail, is_breaking);
        }
    }

    fn service(&mut self, old: &Service, new: &Service) {
        let Service {
            name,
            version,
            summary,
            doc,
            endpoints,
            categories,
            guides: _,     // places in the documentation of this SDK
            parameters: _, // each use of one is compared as a field
            errors,
            action_errors: _, // each action has a list of its own
            enums,
            types,
            type_index: _,
            actions,
            files: _,
        } = old;
        let at = ("service", name.as_str());
        self.fact(at, "name", name, &new.name, true);
        self.fact(at, "version", version, &new.version, true);
        self.text(at, "summary", summary, &new.summary);
        self.text(at, "doc", doc, &new.doc);
        let nothing = |_: &_| (String::new(), false);
        self.items(
            "endpoint",
            endpoints,
            &new.endpoints,
            |endpoint| endpoint.name.clone(),
            |endpoint| (endpoint.host.clone(), false),
            |this, old, new| this.fact(("endpoint", &old.name), "host", &old.host, &new.host, false),
        );
        self.items(
            "category",
            categories,
            &new.categories,
            |category| category.name.clone(),
            nothing,
            |this, old, new| this.text(("category", &old.name), "doc", &old.doc, &new.doc),
        );
        self.errors("", errors, &new.errors);
        self.items("action", actions, &new.actions, |action| action.name.clone(), summary_of, Self::action);
        self.items(
            "type",
            types,
            &new.types,
            |record| record.name.clone(),
            |_| (String::new(), false),
            Self::record,
        );
        self.items(
            "enumeration",
            enums,
            &new.enums,
            |list| list.name.clone(),
            |_| (String::new(), false),
            Self::enumeration,
        );
    }

    fn errors(&mut self, owner: &str, old: &[ErrorCode], new: &[ErrorCode]) {
        let item = |code: &ErrorCode| below(owner, &code.code);
        self.items(
            "error code",
            old,
            new,
            item,
            |_| (String::new(), false),
            |this, old, new| {
                let ErrorCode { code: _, class, doc, at: _ } = old;
                let name = item(old);
                let class_of = |class: &Option<ErrorClass>| or_none(class.map(ErrorClass::name));
                this.fact(("error code", &name), "class", &class_of(class), &class_of(&new.class), false);
                this.text(("error code", &name), "doc", doc, &new.doc);
            },
        );
    }

    fn action(&mut self, old: &Action, new: &Action) {
        let Action {
            name,
            summary,
            doc,
            doc_page,
            category,
            rate_limit,
            idempotent,
            why_idempotent,
            only_on,
            unsigned,
            body,
            answer,
            union: tagged,
            deprecated,
            see_also: _, // names of what to read next
            aliases: _,  // words for the search
            request,
            response,
            pagination: pages,
            wait,
            errors,
            examples,
            at: _,
        } = old;
        let at = ("action", name.as_str());
        self.fact(at, "category", category, &new.category, true);
        self.fact(at, "rate limit", &or_none(*rate_limit), &or_none(new.rate_limit), false);
        self.fact(at, "idempotent", &yes_or_no(*idempotent), &yes_or_no(new.idempotent), false);
        self.fact(at, "site", &site(*only_on), &site(new.only_on), new.only_on.is_some());
        self.fact(at, "unsigned", &yes_or_no(*unsigned), &yes_or_no(new.unsigned), false);
        self.fact(at, "body", body.name(), new.body.name(), true);
        self.fact(at, "answer", answer.name(), new.answer.name(), true);
        self.fact(at, "union", &union(tagged.as_ref()), &union(new.union.as_ref()), tagged.is_some());
        self.deprecation(at, deprecated.as_deref(), new.deprecated.as_deref());
        self.fact(
            at,
            "pagination",
            &pagination(pages.as_ref()),
            &pagination(new.pagination.as_ref()),
            pages.is_some(),
        );
        self.fact(at, "waiting", &waiting(wait.as_ref()), &waiting(new.wait.as_ref()), wait.is_some());
        self.text(at, "summary", summary, &new.summary);
        self.text(at, "doc", doc, &new.doc);
        let why = |why: &Option<String>| why.clone().unwrap_or_default();
        self.text(at, "why-idempotent", &why(why_idempotent), &why(&new.why_idempotent));
        if self.with_texts {
            self.fact(at, "doc-page", &or_none(*doc_page), &or_none(new.doc_page), false);
            self.examples(name, examples, &new.examples);
        }
        self.fields("parameter", name, request, &new.request, Direction { is_sent: true });
        self.fields("member", name, response, &new.response, Direction { is_sent: false });
        self.errors(name, errors, &new.errors);
    }

    fn examples(&mut self, action: &str, old: &[Example], new: &[Example]) {
        self.items(
            "example",
            old,
            new,
            |example| format!("{action} \"{}\"", example.title),
            |_| (String::new(), false),
            |this, old, new| {
                let Example { title, request, response, at: _ } = old;
                let item = format!("{action} \"{title}\"");
                if *request != new.request {
                    this.add(Kind::Changed, "example", &item, "request", false);
                }
                if *response != new.response {
                    this.add(Kind::Changed, "example", &item, "response", false);
                }
            },
        );
    }

    fn record(&mut self, old: &Record, new: &Record) {
        let Record { name, doc, fields, keeps_unknown, union: tagged, only_on, at: _ } = old;
        let at = ("type", name.as_str());
        let direction = Direction { is_sent: self.sent.contains(name.as_str()) };
        self.fact(at, "site", &site(*only_on), &site(new.only_on), new.only_on.is_some());
        let keeps = |keeps: bool| if keeps { "kept" } else { "dropped" };
        self.fact(at, "unknown members", keeps(*keeps_unknown), keeps(new.keeps_unknown), *keeps_unknown);
        self.fact(at, "union", &union(tagged.as_ref()), &union(new.union.as_ref()), true);
        self.text(at, "doc", doc, &new.doc);
        self.fields("member", name, fields, &new.fields, direction);
    }

    fn enumeration(&mut self, old: &Enum, new: &Enum) {
        let Enum { name, doc, values, at: _ } = old;
        self.text(("enumeration", name), "doc", doc, &new.doc);
        self.items(
            "value",
            values,
            &new.values,
            |value| below(name, &value.value),
            // Values that a program does not know survive in it.
            |_| (String::new(), false),
            |this, old, new| {
                let EnumValue { value, variant, doc, at: _ } = old;
                let item = below(name, value);
                this.fact(("value", &item), "variant", variant, &new.variant, true);
                this.text(("value", &item), "doc", doc, &new.doc);
            },
        );
    }

    fn fields(
        &mut self,
        what: &'static str,
        owner: &str,
        old: &[Field],
        new: &[Field],
        direction: Direction,
    ) {
        self.items(
            what,
            old,
            new,
            |field| below(owner, &field.name),
            |field| {
                let required = if field.required { ", required" } else { "" };
                (format!("{}{required}", type_of(field)), direction.is_sent && field.required)
            },
            |this, old, new| this.field((what, &below(owner, &old.name)), old, new, direction),
        );
    }

    fn field(&mut self, at: (&'static str, &str), old: &Field, new: &Field, direction: Direction) {
        let Field {
            name: _,
            rust_name,
            ty: _,
            required,
            nullable,
            sensitive,
            sensitive_stated: _,
            deprecated,
            doc,
            limits,
            not_limits: _, // a note to the spec checker
            default,
            valid_for,
            shared: _, // what the shared parameter says is in the other facts
            tag,
            only_on,
            at: _,
        } = old;
        let is_stored_otherwise = old.storage() != new.storage();
        self.fact(at, "Rust name", rust_name, &new.rust_name, true);
        self.fact(at, "type", &type_of(old), &type_of(new), true);
        // A constructor takes what is required.
        let breaks = direction.is_sent || is_stored_otherwise;
        self.fact(at, "required", &yes_or_no(*required), &yes_or_no(new.required), breaks);
        self.fact(at, "nullable", &yes_or_no(*nullable), &yes_or_no(new.nullable), is_stored_otherwise);
        self.fact(at, "sensitive", &yes_or_no(*sensitive), &yes_or_no(new.sensitive), false);
        self.limits(at, limits, &new.limits, direction);
        self.fact(at, "default", &or_none(default.as_ref()), &or_none(new.default.as_ref()), false);
        let seconds = |time: &Option<std::time::Duration>| or_none(time.map(|time| format!("{time:?}")));
        self.fact(at, "valid for", &seconds(valid_for), &seconds(&new.valid_for), false);
        self.fact(at, "tag", &or_none(tag.as_ref()), &or_none(new.tag.as_ref()), true);
        self.fact(at, "site", &site(*only_on), &site(new.only_on), new.only_on.is_some());
        self.deprecation(at, deprecated.as_deref(), new.deprecated.as_deref());
        self.text(at, "doc", doc, &new.doc);
    }

    /// Limits are checked in requests alone.
    fn limits(&mut self, at: (&'static str, &str), old: &Limits, new: &Limits, direction: Direction) {
        let Limits { items, length, range, pattern } = old;
        let sent = direction.is_sent;
        let show = |limit| bounds(limit);
        self.fact(
            at,
            "items",
            &show(items.as_ref()),
            &show(new.items.as_ref()),
            sent && is_narrower(*items, new.items),
        );
        self.fact(
            at,
            "length",
            &show(length.as_ref()),
            &show(new.length.as_ref()),
            sent && is_narrower(*length, new.length),
        );
        self.fact(
            at,
            "range",
            &bounds(range.as_ref()),
            &bounds(new.range.as_ref()),
            sent && is_narrower(*range, new.range),
        );
        self.fact(
            at,
            "pattern",
            &or_none(pattern.as_ref()),
            &or_none(new.pattern.as_ref()),
            sent && new.pattern.is_some(),
        );
    }

    /// Whether something is deprecated counts; the words of the advice are a text.
    fn deprecation(&mut self, at: (&'static str, &str), old: Option<&str>, new: Option<&str>) {
        self.fact(at, "deprecated", &yes_or_no(old.is_some()), &yes_or_no(new.is_some()), false);
        if let (Some(old), Some(new)) = (old, new) {
            self.text(at, "deprecated", old, new);
        }
    }
}

fn summary_of(action: &Action) -> (String, bool) {
    (action.summary.clone(), false)
}

fn below(owner: &str, name: &str) -> String {
    if owner.is_empty() { name.to_owned() } else { format!("{owner}.{name}") }
}
