//! Looks up what fields refer to, and drops the fields that refer to nothing.

use std::collections::{HashMap, HashSet};

use super::names::Known;
use super::{Examples, Scope, SpotMap, paging, waiting};
use crate::draft::{Drafts, FieldDraft, Origin, ServiceDraft};
use crate::model::{Element, ErrorCode, Field, Position, Service};
use crate::naming::is_type_name;
use crate::read::BUILT_IN;
use crate::report::Problems;
use crate::suggest::did_you_mean;

struct Resolver<'a> {
    known: &'a Known,
    scope: Scope,
    parameters: Vec<Field>,
    /// Names of parameters that were declared and dropped; none at all means that no `service.toml` was read.
    lost_parameters: Option<Vec<String>>,
    spots: SpotMap,
    lost_fields: HashSet<String>,
    /// All that service.toml says is known.
    service_known: bool,
    problems: &'a mut Problems,
}

/// The service with all fields looked up, and what the checks that follow need to know.
pub(crate) struct Settled {
    pub(crate) service: Service,
    pub(crate) spots: SpotMap,
    pub(crate) examples: Examples,
    /// Names of fields that were dropped.
    pub(crate) lost_fields: HashSet<String>,
}

/// Looks every field up.
pub(crate) fn settle(drafts: Drafts, known: &Known, scope: Scope, problems: &mut Problems) -> Settled {
    let files = problems.files().to_vec();
    let mut resolver = Resolver {
        known,
        scope,
        parameters: Vec::new(),
        lost_parameters: None,
        spots: SpotMap::new(),
        lost_fields: drafts.lost_fields,
        service_known: drafts.service.as_ref().is_some_and(|service| service.whole),
        problems,
    };
    let service = drafts.service.map(|service| resolver.service(service)).unwrap_or_default();
    let mut types = Vec::new();
    for draft in drafts.types {
        let mut record = draft.record;
        record.fields = resolver.fields(&record.name, draft.fields);
        types.push(record);
    }
    let mut actions = Vec::new();
    for draft in drafts.actions {
        let mut action = draft.action;
        action.request = resolver.fields(&action.name, draft.request);
        action.response = resolver.fields(&action.name, draft.response);
        action.pagination = draft
            .pagination
            .and_then(|draft| paging::pagination(draft, &action, &resolver.lost_fields, resolver.problems));
        action.wait = draft.wait.and_then(|draft| {
            waiting::wait(draft, &action, &drafts.enums, &resolver.lost_fields, resolver.problems)
        });
        action.errors.extend(resolver.listed_errors(&action.name, draft.listed_errors, &service));
        actions.push((action, draft.examples));
    }
    actions.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    let (actions, examples) = actions.into_iter().unzip();
    let service =
        Service { parameters: resolver.parameters, enums: drafts.enums, types, actions, files, ..service };
    Settled { service, spots: resolver.spots, examples, lost_fields: resolver.lost_fields }
}

impl Resolver<'_> {
    fn service(&mut self, draft: ServiceDraft) -> Service {
        let mut lost = draft.lost_parameters;
        let (own, used): (Vec<_>, Vec<_>) =
            draft.parameters.into_iter().partition(|draft| !matches!(draft.origin, Origin::Shared { .. }));
        for draft in used {
            let Origin::Shared { at, .. } = &draft.origin else {
                continue;
            };
            let what = "a shared parameter cannot `use` another";
            self.problems.report(at, &draft.field.name, what, "write it out");
            lost.push(draft.field.name);
        }
        let names: Vec<String> = own.iter().map(|draft| draft.field.name.clone()).collect();
        self.parameters = self.fields("", own);
        let settled = |name: &String| self.parameters.iter().any(|field| field.name == *name);
        lost.extend(names.into_iter().filter(|name| !settled(name)));
        self.lost_parameters = Some(lost);
        Service {
            name: draft.name,
            version: draft.version,
            summary: draft.summary,
            doc: draft.doc,
            endpoints: draft.endpoints,
            categories: draft.categories,
            errors: draft.errors,
            action_errors: draft.action_errors,
            ..Service::default()
        }
    }

    /// Codes that an action lists, with class and text from the service's own file.
    fn listed_errors(
        &mut self,
        action: &str,
        codes: Vec<(String, Position)>,
        service: &Service,
    ) -> Vec<ErrorCode> {
        let mut errors = Vec::new();
        for (code, at) in codes {
            let mut known = service.errors.iter().chain(&service.action_errors);
            if let Some(error) = known.find(|error| error.code == code) {
                errors.push(ErrorCode { at, ..error.clone() });
                continue;
            }
            let item = format!("{action}.{code}");
            if self.scope == Scope::Extension {
                let what = "a list of codes needs a service.toml, which a single file does not have";
                self.problems.report(&at, &item, what, "write `Code = \"when it is answered\"` for each");
            } else if self.service_known {
                let names = service.errors.iter().chain(&service.action_errors);
                let instead = did_you_mean(&code, names.map(|error| error.code.as_str()), || {
                    format!("describe it in service.toml, as `\"{code}\" = \"...\"` under `[action-errors]`")
                });
                let what = format!("the error code `{code}` is not described");
                self.problems.report(&at, &item, what, instead);
            }
        }
        errors
    }

    fn fields(&mut self, owner: &str, drafts: Vec<FieldDraft>) -> Vec<Field> {
        let mut fields = Vec::new();
        let mut rust_names: HashMap<String, String> = HashMap::new();
        for draft in drafts {
            let name = draft.field.name.clone();
            let item = if owner.is_empty() { name.clone() } else { format!("{owner}.{name}") };
            let rust_name = draft.field.rust_name.clone();
            if let Some(other) = rust_names.get(&rust_name) {
                // Parameters never become fields of one struct.
                if !owner.is_empty() {
                    let what = format!("the field becomes `{rust_name}` in Rust, as `{other}` does");
                    self.problems.report(
                        &draft.field.at,
                        &item,
                        what,
                        "give it a `rust-name`, or keep one of the two",
                    );
                    self.lost_fields.insert(name);
                    continue;
                }
            }
            rust_names.insert(rust_name, name.clone());
            match self.field(draft, &item) {
                Some(field) => fields.push(field),
                None => {
                    self.lost_fields.insert(name);
                }
            }
        }
        fields
    }

    fn field(&mut self, draft: FieldDraft, item: &str) -> Option<Field> {
        let mut field = draft.field;
        if let Origin::Shared { at, required, doc } = draft.origin {
            return self.shared(field, &at, required, doc, item);
        }
        if let Element::External(name) = &field.ty.element {
            field.ty.element = self.element(name, &draft.spots.ty, item)?;
        }
        self.spots.insert(field.at.clone(), draft.spots);
        Some(field)
    }

    fn element(&mut self, name: &str, at: &Position, item: &str) -> Option<Element> {
        let known = self.known;
        if known.records.contains(name) {
            return Some(Element::Record(name.to_owned()));
        }
        if known.enums.contains(name) {
            return Some(Element::Enum(name.to_owned()));
        }
        if known.lost.contains(name) {
            return None;
        }
        if self.scope == Scope::Extension && is_type_name(name) {
            return Some(Element::External(name.to_owned()));
        }
        let mut declared: Vec<&str> =
            known.records.iter().chain(&known.enums).chain(&known.lost).map(String::as_str).collect();
        declared.sort_unstable();
        let names = BUILT_IN.iter().copied().chain(declared);
        let instead = did_you_mean(name, names, || {
            "declare it under `[types]` or `[enums]`, or use a built-in type".to_owned()
        });
        self.problems.report(at, item, format!("unknown type `{name}`"), instead);
        None
    }

    fn shared(
        &mut self,
        own: Field,
        at: &Position,
        required: Option<bool>,
        doc: bool,
        item: &str,
    ) -> Option<Field> {
        let target = own.shared.clone().unwrap_or_default();
        if self.scope == Scope::Extension {
            let what = "`use` needs a service.toml, which a single file does not have";
            self.problems.report(at, item, what, "write the parameter out");
            return None;
        }
        let Some(parameter) = self.parameters.iter().find(|field| field.name == target) else {
            let lost = self.lost_parameters.as_ref()?;
            if !lost.contains(&target) {
                let names = self.parameters.iter().map(|field| field.name.as_str());
                let instead = did_you_mean(&target, names, || {
                    format!("declare it as `[parameters.{target}]` in service.toml")
                });
                self.problems.report(at, item, format!("unknown shared parameter `{target}`"), instead);
            }
            return None;
        };
        let mut field = Field {
            name: own.name,
            rust_name: own.rust_name,
            at: own.at,
            shared: own.shared,
            ..parameter.clone()
        };
        field.required = required.unwrap_or(parameter.required);
        if doc {
            field.doc = own.doc;
        }
        Some(field)
    }
}
