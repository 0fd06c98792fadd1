//! What the spec files say, as JSON for the page.

use serde_json::{Map, Value, json};
use vod_spec::model::{Action, Bounds, Element, Enum, ErrorClass, ErrorCode, Field, Record, Service, Site};

use crate::output::Document;

/// The list of all actions, with what a search looks at, and the error codes.
pub(crate) fn overview(service: &Service) -> Value {
    let actions: Vec<Value> = service.actions.iter().map(listed).collect();
    let categories =
        service.categories.iter().map(|category| json!({ "name": category.name, "doc": category.doc }));
    let codes = service.errors.iter().chain(&service.action_errors).map(|code| error_code(service, code));
    json!({
        "service": service.name,
        "version": service.version,
        "summary": service.summary,
        "actions": actions,
        "categories": categories.collect::<Vec<_>>(),
        "codes": codes.collect::<Vec<_>>(),
    })
}

fn listed(action: &Action) -> Value {
    let names = |fields: &[Field]| fields.iter().map(|field| field.name.clone()).collect::<Vec<_>>();
    let mut listed = json!({
        "name": action.name,
        "category": action.category,
        "title": action.summary,
        "words": action.aliases,
        "takes": names(&action.request),
        "gives": names(&action.response),
    });
    if action.deprecated.is_some() {
        listed["deprecated"] = true.into();
    }
    listed
}

/// The actions whose own error codes have this one; none for a code that every action can answer.
pub(crate) fn answering(service: &Service, code: &str) -> Value {
    let answers = |action: &&Action| action.errors.iter().any(|listed| listed.code == code);
    let names = service.actions.iter().filter(answers).map(|action| action.name.as_str());
    json!({ "actions": names.collect::<Vec<_>>() })
}

/// Whether a call may change something. It may unless its spec says that it does not, by a `why-idempotent` that begins with
/// `Only reads` (`api-specs/README.md`). The name of an action says nothing.
pub(crate) fn changes_something(action: &Action) -> bool {
    let only_reads = |why: &String| why.starts_with("Only reads");
    !(action.idempotent && action.why_idempotent.as_ref().is_some_and(only_reads))
}

/// One action with everything that it reaches.
pub(crate) fn action(service: &Service, action: &Action) -> Value {
    let mut reached = Reached { service, types: Map::new(), enums: Map::new() };
    let request: Vec<Value> = action.request.iter().map(|field| reached.field(field)).collect();
    let response: Vec<Value> = action.response.iter().map(|field| reached.field(field)).collect();
    let examples = action.examples.iter().map(
        |example| json!({ "title": example.title, "request": example.request, "response": example.response }),
    );
    let codes = service.errors.iter().chain(&action.errors).map(|code| error_code(service, code));
    json!({
        "name": action.name,
        "category": action.category,
        "summary": action.summary,
        "doc": action.doc,
        "page": action.doc_page.map(|page| format!("https://cloud.tencent.com/document/product/266/{page}")),
        "rate": action.rate_limit,
        "idempotent": action.idempotent,
        "why": action.why_idempotent,
        "changes": changes_something(action),
        "deprecated": action.deprecated,
        "site": action.only_on.map(Site::name),
        "see": action.see_also.iter().map(|see| &see.target).filter(|name| service.action(name).is_some()).collect::<Vec<_>>(),
        "request": request,
        "response": response,
        "examples": examples.collect::<Vec<_>>(),
        "codes": codes.collect::<Vec<_>>(),
        "types": reached.types,
        "enums": reached.enums,
    })
}

fn error_code(service: &Service, code: &ErrorCode) -> Value {
    json!({
        "code": code.code,
        "class": code.class.or_else(|| service.error_class(&code.code)).map(ErrorClass::name),
        "doc": code.doc,
    })
}

/// Collects the types that fields name.
struct Reached<'s> {
    service: &'s Service,
    types: Map<String, Value>,
    enums: Map<String, Value>,
}

impl Reached<'_> {
    fn field(&mut self, field: &Field) -> Value {
        let mut json =
            json!({ "name": field.name, "type": self.element(&field.ty.element), "doc": field.doc });
        let mut set = |name: &str, value: Value| json[name] = value;
        for (name, is_set) in [
            ("list", field.ty.list),
            ("required", field.required),
            ("nullable", field.nullable),
            ("sensitive", field.sensitive),
        ] {
            if is_set {
                set(name, true.into());
            }
        }
        if let Some(reason) = &field.deprecated {
            set("deprecated", reason.as_str().into());
        }
        if let Some(default) = &field.default {
            set("default", default.clone());
        }
        if let Some(site) = field.only_on {
            set("site", site.name().into());
        }
        if let Some(seconds) = field.valid_for {
            set("validFor", seconds.as_secs().into());
        }
        let limits = &field.limits;
        for (name, bounds) in [("items", limits.items), ("length", limits.length)] {
            if let Some(bounds) = bounds {
                set(name, interval(&bounds, u64::to_string));
            }
        }
        if let Some(range) = limits.range {
            set("range", interval(&range, ToString::to_string));
        }
        if let Some(pattern) = &limits.pattern {
            set("pattern", pattern.as_str().into());
        }
        json
    }

    fn element(&mut self, element: &Element) -> String {
        match element {
            Element::String => "string".into(),
            Element::Int64 => "int64".into(),
            Element::Uint64 => "uint64".into(),
            Element::Float => "float".into(),
            Element::Bool => "bool".into(),
            Element::Timestamp => "timestamp".into(),
            Element::Date => "date".into(),
            Element::Binary => "binary".into(),
            Element::Json => "json".into(),
            Element::Record(name) | Element::External(name) => {
                if let Some(record) = self.service.record(name) {
                    self.record(record);
                }
                name.clone()
            }
            Element::Enum(name) => {
                if let Some(item) = self.service.enumeration(name) {
                    self.enumeration(item);
                }
                name.clone()
            }
        }
    }

    fn record(&mut self, record: &Record) {
        if self.types.contains_key(&record.name) {
            return;
        }
        // Types may contain themselves.
        self.types.insert(record.name.clone(), Value::Null);
        let fields: Vec<Value> = record.fields.iter().map(|field| self.field(field)).collect();
        self.types.insert(record.name.clone(), json!({ "doc": record.doc, "fields": fields }));
    }

    fn enumeration(&mut self, item: &Enum) {
        if !self.enums.contains_key(&item.name) {
            let values = item.values.iter().map(|value| json!({ "value": value.value, "doc": value.doc }));
            let json = json!({ "doc": item.doc, "values": values.collect::<Vec<_>>() });
            self.enums.insert(item.name.clone(), json);
        }
    }
}

/// `1 to 16`, `at most 16`, `at least 1`.
fn interval<T>(bounds: &Bounds<T>, text: impl Fn(&T) -> String) -> Value {
    match (bounds.min.as_ref().map(&text), bounds.max.as_ref().map(&text)) {
        (Some(min), Some(max)) if min == max => format!("exactly {min}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => String::new(),
    }
    .into()
}

/// The value with its sensitive members in stars, however deep they are. The members stay in their order.
pub(crate) fn masked(service: &Service, fields: &[Field], value: Document) -> Document {
    let Document::Object(members) = value else { return value };
    let masked_member = |(name, value): (String, Document)| {
        let field = fields.iter().find(|field| field.name == name);
        let value = match field {
            Some(field) => masked_field(service, field, value),
            None => value,
        };
        (name, value)
    };
    Document::Object(members.into_iter().map(masked_member).collect())
}

fn masked_field(service: &Service, field: &Field, value: Document) -> Document {
    match value {
        Document::Null => Document::Null,
        Document::List(values) => {
            Document::List(values.into_iter().map(|value| masked_field(service, field, value)).collect())
        }
        _ if field.sensitive => Document::Text("********".to_owned()),
        value @ Document::Object(_) => match &field.ty.element {
            Element::Record(name) => match service.record(name) {
                Some(record) => masked(service, &record.fields, value),
                None => value,
            },
            _ => value,
        },
        value => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specs::Specs;

    #[test]
    fn a_call_may_change_something_unless_its_spec_says_that_it_only_reads() {
        let specs = Specs::builtin("vod").unwrap();
        let may_change = |name: &str| changes_something(specs.action(name).unwrap().model());
        for name in ["DescribeMediaInfos", "SearchMedia", "SearchMediaBySemantics", "ParseStreamingManifest"]
        {
            assert!(!may_change(name), "{name}");
        }
        // What is harmless to repeat may still change something, and so may what has a harmless name.
        for name in ["PullEvents", "ConfirmEvents", "ModifyClass", "DeleteMedia", "VerifyDomainRecord"] {
            assert!(may_change(name), "{name}");
        }
        let mut action = specs.action("DescribeMediaInfos").unwrap().model().clone();
        action.why_idempotent = None;
        assert!(changes_something(&action), "the spec does not say");
    }
}
