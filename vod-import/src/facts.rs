//! What the vendor's model says, in the terms of the spec files.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::vendor::{Action, Member, Model};
use super::wording;
use vod_spec::model::{AnswerFormat, BodyFormat, Number};
use vod_spec::naming::field_ident;

/// A service as the model describes it.
pub(crate) struct Facts {
    pub(crate) service: String,
    pub(crate) version: String,
    /// Sorted by name.
    pub(crate) actions: Vec<ActionFacts>,
    /// Sorted by the name that the type has in the spec files.
    pub(crate) types: Vec<TypeFacts>,
}

pub(crate) struct ActionFacts {
    pub(crate) name: String,
    pub(crate) unsigned: bool,
    pub(crate) body: BodyFormat,
    pub(crate) answer: AnswerFormat,
    pub(crate) deprecated: Option<&'static str>,
    pub(crate) request: Vec<FieldFacts>,
    pub(crate) response: Vec<FieldFacts>,
}

pub(crate) struct TypeFacts {
    pub(crate) name: String,
    pub(crate) fields: Vec<FieldFacts>,
}

#[allow(clippy::struct_excessive_bools)] // each is a key of its own in a spec file
pub(crate) struct FieldFacts {
    pub(crate) name: String,
    /// Where the snake-case name is taken by another field.
    pub(crate) rust_name: Option<String>,
    /// As in a `type` key, without the brackets of a list.
    pub(crate) element: String,
    pub(crate) list: bool,
    /// The element is a type of the service.
    pub(crate) object: bool,
    pub(crate) required: bool,
    /// An object that the model says is always answered. Whether it is told so is a person's decision, because
    /// a missing one costs more than a missing text.
    pub(crate) may_be_required: bool,
    pub(crate) nullable: bool,
    pub(crate) disabled: bool,
    /// At most so many values.
    pub(crate) items: Option<u64>,
    /// At most so many characters.
    pub(crate) length: Option<u64>,
    pub(crate) range: Option<(Number, Number)>,
    /// Known values of an open enumeration.
    pub(crate) values: Vec<String>,
    pub(crate) default: Option<Value>,
    /// The vendor has a type here that spec files do not have.
    pub(crate) note: Option<&'static str>,
}

/// Which way the fields of an object travel, which decides what "required" means and whether limits matter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Request,
    Answer,
}

/// Object names of the model, and what they are called in the spec files.
pub(crate) type TypeNames = HashMap<String, String>;

impl Facts {
    pub(crate) fn of(model: &Model, names: &TypeNames) -> Self {
        let sent = sent_objects(model);
        let fields = |object: &str, direction| {
            let members = model.objects.get(object).map_or(&[][..], Vec::as_slice);
            let mut fields: Vec<FieldFacts> =
                members.iter().map(|member| field(member, names, direction)).collect();
            if is_update(object) {
                for field in &mut fields {
                    field.default = None;
                }
            }
            named_apart(fields)
        };
        let actions = model.actions.iter().map(|action| {
            let mut response = fields(&action.output, Direction::Answer);
            response.retain(|field| field.name != "RequestId");
            // A request never has `null`, whatever the model says of one or two.
            let mut request = fields(&action.input, Direction::Request);
            for field in &mut request {
                field.nullable = false;
            }
            ActionFacts {
                name: action.name.clone(),
                unsigned: action.unsigned,
                body: body(model, action),
                answer: answer(model, action),
                deprecated: match action.status.as_deref() {
                    Some("deprecated") => Some("The service advises against this action."),
                    Some("offline") => Some("The service has withdrawn this action."),
                    _ => None,
                },
                request,
                response,
            }
        });
        let actions = actions.collect();
        let mut types: Vec<TypeFacts> = names
            .iter()
            .map(|(object, name)| {
                let direction =
                    if sent.contains(object.as_str()) { Direction::Request } else { Direction::Answer };
                TypeFacts { name: name.clone(), fields: fields(object, direction) }
            })
            .collect();
        types.sort_by(|a, b| a.name.cmp(&b.name));
        break_cycles(&mut types);
        Self { service: model.service.clone(), version: model.version.clone(), actions, types }
    }

    /// Every field of every action and type.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &FieldFacts> {
        let actions = self.actions.iter().flat_map(|action| action.request.iter().chain(&action.response));
        actions.chain(self.types.iter().flat_map(|item| &item.fields))
    }

    /// The fields of a type, by its name in the spec files.
    pub(crate) fn fields_of(&self, name: &str) -> &[FieldFacts] {
        self.types
            .binary_search_by(|item| item.name.as_str().cmp(name))
            .ok()
            .and_then(|at| self.types.get(at))
            .map_or(&[], |item| item.fields.as_slice())
    }
}

/// How the parameters travel, which the model tells by words.
fn body(model: &Model, action: &Action) -> BodyFormat {
    if model.takes_files(action) {
        return BodyFormat::Multipart;
    }
    if wording::says_binary_body(&action.text) { BodyFormat::OctetStream } else { BodyFormat::Json }
}

/// How the answer comes. The model tells it by where the request id is.
fn answer(model: &Model, action: &Action) -> AnswerFormat {
    let members = model.objects.get(&action.output).map_or(&[][..], Vec::as_slice);
    let is_streamed =
        |member: &Member| member.name == "RequestId" && wording::says_event_stream(&member.text);
    if members.iter().any(is_streamed) { AnswerFormat::EventStream } else { AnswerFormat::Json }
}

/// What an update leaves out stays as it is, whatever the model calls its default.
fn is_update(object: &str) -> bool {
    object.starts_with("Modify") || object.starts_with("Update") || object.ends_with("ForUpdate")
}

/// Objects that a request can hold. What they require, a caller must give.
fn sent_objects(model: &Model) -> BTreeSet<&str> {
    let mut sent = BTreeSet::new();
    let mut pending: Vec<&str> = model.actions.iter().map(|action| action.input.as_str()).collect();
    while let Some(object) = pending.pop() {
        for member in model.objects.get(object).into_iter().flatten() {
            if model.objects.contains_key(&member.element) && sent.insert(member.element.as_str()) {
                pending.push(&member.element);
            }
        }
    }
    sent
}

fn field(member: &Member, names: &TypeNames, direction: Direction) -> FieldFacts {
    let list = member.kind == "list";
    let kind = member.element.as_str();
    let (element, object) = match names.get(kind) {
        Some(name) => (name.as_str(), true),
        // A part of a multipart body holds one file.
        None if list && kind == "binary" => ("json", false),
        None => (built_in(kind), false),
    };
    let request = direction == Direction::Request;
    let mut facts = FieldFacts {
        name: member.name.clone(),
        rust_name: None,
        element: element.to_owned(),
        list,
        object,
        required: if request {
            member.required
        } else {
            member.always_answered && !member.nullable && (!object || list)
        },
        may_be_required: !request && member.always_answered && !member.nullable,
        nullable: member.nullable,
        disabled: member.disabled,
        items: None,
        length: None,
        range: None,
        values: Vec::new(),
        default: None,
        note: match element {
            "json" => Some("the model has no such type; any JSON is taken"),
            _ => None,
        },
    };
    if element == "string" && !looks_structured(member) {
        facts.values = wording::values(&member.text);
    }
    if request {
        limit(&mut facts, member);
    }
    facts
}

fn built_in(kind: &str) -> &'static str {
    match kind {
        "string" => "string",
        "int64" | "int" => "int64",
        "uint64" => "uint64",
        "float" => "float",
        "bool" => "bool",
        "datetime" | "datetime_iso" => "timestamp",
        "date" => "date",
        "binary" => "binary",
        _ => "json",
    }
}

/// A text that holds JSON or an address lists something else than its own values.
fn looks_structured(member: &Member) -> bool {
    let example = member.example.as_deref().unwrap_or_default().trim();
    let is_list = member.kind == "list" && example.starts_with('[');
    example.contains("://") || example.starts_with('{') || (example.starts_with('[') && !is_list)
}

/// Limits and the default, of what a caller sends.
fn limit(facts: &mut FieldFacts, member: &Member) {
    let text = &member.text;
    let number = matches!(facts.element.as_str(), "int64" | "uint64" | "float");
    if facts.list {
        facts.items = wording::items(text);
    }
    if facts.element == "string" && facts.values.is_empty() {
        facts.length = wording::length(text);
    }
    if number && !facts.list {
        facts.range = wording::range(text).filter(|range| fits(facts, *range, member));
    }
    if !facts.list && !facts.object {
        facts.default = wording::default(text).and_then(|written| default(facts, &written));
    }
}

/// A range is believed if the model's own example lies in it.
fn fits(facts: &FieldFacts, (min, max): (Number, Number), member: &Member) -> bool {
    let whole = |number| matches!(number, Number::Int(_));
    let possible = match facts.element.as_str() {
        "uint64" => whole(min) && whole(max) && min >= Number::Int(0),
        "int64" => whole(min) && whole(max),
        _ => true,
    };
    let example = member.example.as_deref().and_then(wording::number);
    possible && example.is_some_and(|example| min <= example && example <= max)
}

fn default(facts: &FieldFacts, written: &str) -> Option<Value> {
    match facts.element.as_str() {
        "string" if facts.values.is_empty() || facts.values.iter().any(|value| value == written) => {
            let length = written.chars().count() as u64;
            let fits = facts.length.is_none_or(|most| length <= most);
            fits.then(|| Value::from(written))
        }
        "bool" => written.parse::<bool>().ok().map(Value::from),
        "int64" | "uint64" | "float" => {
            let number = wording::number(written)?;
            let in_range = facts.range.is_none_or(|(min, max)| min <= number && number <= max);
            match number {
                Number::Int(whole) if facts.element == "uint64" && whole < 0 => None,
                Number::Float(_) if facts.element != "float" => None,
                Number::Int(whole) => Some(Value::from(whole)),
                Number::Float(fraction) => Some(Value::from(fraction)),
            }
            .filter(|_| in_range)
        }
        _ => None,
    }
}

/// Gives a later field another Rust name where an earlier one has its own.
fn named_apart(mut fields: Vec<FieldFacts>) -> Vec<FieldFacts> {
    let mut taken: HashSet<String> = HashSet::new();
    let natural: HashSet<String> = fields.iter().map(|field| field_ident(&field.name)).collect();
    for field in &mut fields {
        let own = field_ident(&field.name);
        if taken.insert(own.clone()) {
            continue;
        }
        let base = own.trim_start_matches("r#");
        field.rust_name = (2..u32::MAX)
            .map(|n| format!("{base}_{n}"))
            .find(|name| !natural.contains(name) && taken.insert(name.clone()));
    }
    fields
}

/// A type that cannot be built without itself cannot be built: the field that closes the circle becomes
/// optional.
fn break_cycles(types: &mut [TypeFacts]) {
    let index: HashMap<String, usize> =
        types.iter().enumerate().map(|(at, item)| (item.name.clone(), at)).collect();
    let mut holds: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    for (at, item) in types.iter_mut().enumerate() {
        let plain = item
            .fields
            .iter_mut()
            .filter(|field| field.object && field.required && !field.nullable && !field.list);
        for field in plain {
            let Some(&target) = index.get(&field.element) else {
                continue;
            };
            if reaches(&holds, target, at) {
                (field.required, field.may_be_required) = (false, false);
            } else if let Some(list) = holds.get_mut(at) {
                list.push(target);
            }
        }
    }
}

fn reaches(holds: &[Vec<usize>], from: usize, goal: usize) -> bool {
    let mut seen = HashSet::new();
    let mut pending = vec![from];
    while let Some(node) = pending.pop() {
        if node == goal {
            return true;
        }
        if seen.insert(node) {
            pending.extend(holds.get(node).into_iter().flatten());
        }
    }
    false
}
