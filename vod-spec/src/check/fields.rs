//! Looks up what fields refer to, and drops the fields that refer to nothing.

use std::collections::{HashMap, HashSet};

use super::names::Known;
use super::{Examples, Scope, SpotMap, paging, waiting};
use crate::draft::{FieldDraft, Origin, ServiceDraft, Unresolved};
use crate::model::{Element, ErrorCode, Field, Limits, Position, Service};
use crate::naming::is_type_name;
use crate::read::{BUILT_IN, built_in, listed};
use crate::report::Problems;
use crate::suggest::{did_you_mean, suggest};

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
pub(crate) struct ResolvedFields {
    pub(crate) service: Service,
    pub(crate) spots: SpotMap,
    pub(crate) examples: Examples,
    /// Names of fields that were dropped.
    pub(crate) lost_fields: HashSet<String>,
}

/// Looks every field up.
pub(crate) fn resolve(
    drafts: Unresolved,
    known: &Known,
    scope: Scope,
    problems: &mut Problems,
) -> ResolvedFields {
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
        resolver.refuse_null(&action.name, &mut action.request);
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
    ResolvedFields { service, spots: resolver.spots, examples, lost_fields: resolver.lost_fields }
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
        let resolved = |name: &String| self.parameters.iter().any(|field| field.name == *name);
        lost.extend(names.into_iter().filter(|name| !resolved(name)));
        self.lost_parameters = Some(lost);
        Service {
            name: draft.name,
            version: draft.version,
            summary: draft.summary,
            doc: draft.doc,
            endpoints: draft.endpoints,
            categories: draft.categories,
            guides: draft.guides,
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

    /// A request never has `null`; what is said in the request itself has been reported there.
    fn refuse_null(&mut self, action: &str, request: &mut [Field]) {
        for field in request.iter_mut().filter(|field| field.nullable) {
            field.nullable = false;
            let what = "the field takes over `nullable`, and a request never has `null`";
            let item = format!("{action}.{}", field.name);
            self.problems.report(&field.at, &item, what, "remove `nullable` from the shared parameter");
        }
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
            fields.push(self.field(draft, &item));
        }
        fields
    }

    fn field(&mut self, draft: FieldDraft, item: &str) -> Field {
        let mut field = draft.field;
        if let Origin::Shared { at, required, doc } = draft.origin {
            return self.shared(field, &at, required, doc, item);
        }
        let mut doubtful = draft.doubtful;
        if let Element::External(name) = &field.ty.element {
            let found = self.element(name, &draft.spots.ty, item);
            doubtful = found.is_err();
            field.ty.element = found.unwrap_or_else(|stand_in| stand_in);
        }
        if doubtful {
            return self.doubtful(field);
        }
        self.spots.insert(field.at.clone(), draft.spots);
        field
    }

    /// A field whose type is not known stays, so that constructors keep their arguments; what else is said of it
    /// cannot be judged.
    fn doubtful(&mut self, field: Field) -> Field {
        self.lost_fields.insert(field.name.clone());
        Field { limits: Limits::default(), default: None, tag: None, ..field }
    }

    /// What the name means, or what to take instead where that has been reported.
    fn element(&mut self, name: &str, at: &Position, item: &str) -> Result<Element, Element> {
        if let Some(element) = self.declared(name) {
            return Ok(element);
        }
        let known = self.known;
        if known.lost.contains(name) {
            return Err(Element::Json);
        }
        let meant = built_in(name);
        if self.scope == Scope::Extension && is_type_name(name) {
            return Ok(Element::External(name.to_owned()));
        }
        let mut declared: Vec<&str> =
            known.records.iter().chain(&known.enums).chain(&known.lost).map(String::as_str).collect();
        declared.sort_unstable();
        let names = BUILT_IN.iter().copied().chain(declared);
        let near = suggest(name, names);
        let built_in_types = listed(BUILT_IN);
        let instead = match (near, meant) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some(meant)) => format!("write `{meant}`; the built-in types are {built_in_types}"),
            (None, None) => {
                format!("declare it under `[types]` or `[enums]`, or use a built-in type: {built_in_types}")
            }
        };
        self.problems.report(at, item, format!("unknown type `{name}`"), instead);
        let likely = near.or(meant);
        Err(likely
            .and_then(|name| Element::built_in(name).or_else(|| self.declared(name)))
            .unwrap_or(Element::Json))
    }

    fn declared(&self, name: &str) -> Option<Element> {
        if self.known.records.contains(name) {
            Some(Element::Record(name.to_owned()))
        } else {
            self.known.enums.contains(name).then(|| Element::Enum(name.to_owned()))
        }
    }

    fn shared(&mut self, own: Field, at: &Position, required: Option<bool>, doc: bool, item: &str) -> Field {
        let target = own.shared.clone().unwrap_or_default();
        if self.scope == Scope::Extension {
            let what = "`use` needs a service.toml, which a single file does not have";
            self.problems.report(at, item, what, "write the parameter out");
            return self.doubtful(own);
        }
        let Some(parameter) = self.parameters.iter().find(|field| field.name == target) else {
            let lost = self.lost_parameters.as_ref();
            if lost.is_some_and(|lost| !lost.contains(&target)) {
                let names = self.parameters.iter().map(|field| field.name.as_str());
                let instead = did_you_mean(&target, names, || {
                    format!("declare it as `[parameters.{target}]` in service.toml")
                });
                self.problems.report(at, item, format!("unknown shared parameter `{target}`"), instead);
            }
            return self.doubtful(own);
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
        field
    }
}
