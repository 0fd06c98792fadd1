//! Creating, describing, modifying and deleting the things of a collection, by the spec of each action.

use serde_json::Value;

use crate::model::arguments::Arguments;
use crate::model::collection_kinds::{CollectionKind, IdSource, Verb};
use crate::model::collections::Item;
use crate::model::context::Context;
use crate::model::instant::{rfc3339, unix_of};
use crate::model::shape::shaped;
use crate::model::state::State;
use crate::protocol::codes;
use crate::protocol::envelope::{Answer, ApiError, Members};

/// Things in an answer if neither the call nor the spec says.
const LIMIT: usize = 10;
/// Parameters that say which page of a list is wanted, and whose.
const PAGING: &[&str] = &["SubAppId", "Offset", "Limit", "ScrollToken", "Sort", "SortBy"];

pub(super) fn act(
    state: &mut State,
    kind: &CollectionKind,
    verb: Verb,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    match verb {
        Verb::Create => create(state, kind, arguments, context),
        Verb::Describe => describe(state, kind, arguments, context),
        Verb::Modify | Verb::Reset => modify(state, kind, verb, arguments, context),
        Verb::Delete => delete(state, kind, arguments, context),
    }
}

/// The text by which an id is kept.
fn key_of(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

fn create(
    state: &mut State,
    kind: &CollectionKind,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let named = arguments.given(kind.id).filter(|id| id.as_str() != Some(""));
    let id = match (kind.source, named) {
        (IdSource::Number, _) => state.ids.sequence().into(),
        (IdSource::Caller | IdSource::Digits, Some(id)) => id.clone(),
        (IdSource::Digits, None) => state.ids.hexadecimal(kind.noun, 24).into(),
        (IdSource::Caller, None) => {
            return Err(ApiError::new(codes::MISSING_PARAMETER, format!("`{}` is missing.", kind.id)));
        }
    };
    let key = key_of(&id);
    if state.collections.get(kind.noun, &key).is_some() {
        let own = format!("InvalidParameterValue.{}", kind.id);
        let code = context.first_listed(&[
            "ResourceInUse",
            &own,
            codes::INVALID_PARAMETER_VALUE,
            codes::FAILED_OPERATION,
        ]);
        return Err(ApiError::new(code, format!("Another one has this `{}`.", kind.id)));
    }
    let mut members = Members::new();
    for field in context.action.map(|action| action.request.as_slice()).unwrap_or_default() {
        let value = arguments.given(&field.name).or(field.default.as_ref());
        if let Some(value) = value.filter(|_| field.name != "SubAppId") {
            members.insert(field.name.clone(), value.clone());
        }
    }
    members.insert(kind.id.to_owned(), id);
    let now = Value::from(rfc3339(context.unix));
    for name in ["CreateTime", "UpdateTime"] {
        members.insert(name.to_owned(), now.clone());
    }
    // A watermark, for one, has a type of its own.
    members.entry("Type").or_insert_with(|| "Custom".into());
    let answer = context.answer(members.clone());
    state.collections.add(kind.noun, key, members);
    Ok(answer)
}

/// The id that a call names, if the collection has it.
fn known(
    state: &State,
    kind: &CollectionKind,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<String, ApiError> {
    let key = arguments.given(kind.id).map(key_of).unwrap_or_default();
    if state.collections.get(kind.noun, &key).is_some() {
        return Ok(key);
    }
    let own = format!("InvalidParameterValue.{}", kind.id);
    let code = context.first_listed(&[
        codes::RESOURCE_NOT_FOUND,
        "ResourceNotFound.TemplateNotExist",
        &own,
        codes::INVALID_PARAMETER_VALUE,
        codes::FAILED_OPERATION,
    ]);
    Err(ApiError::new(code, format!("There is none of this `{}`.", kind.id)))
}

fn modify(
    state: &mut State,
    kind: &CollectionKind,
    verb: Verb,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let key = known(state, kind, arguments, context)?;
    let Some(members) = state.collections.get_mut(kind.noun, &key) else { return Ok(Answer::default()) };
    if verb == Verb::Reset {
        members.retain(|name, _| matches!(name.as_str(), "Type" | "CreateTime"));
    }
    for (name, value) in arguments.0 {
        if name == "SubAppId" || value.is_null() {
            continue;
        }
        match members.get_mut(name) {
            Some(own) => merge(own, value),
            None => drop(members.insert(name.clone(), value.clone())),
        }
    }
    members.insert("UpdateTime".to_owned(), rfc3339(context.unix).into());
    let members = members.clone();
    Ok(context.answer(members))
}

/// Takes the members that an object gives; anything else takes the place of the whole value.
fn merge(own: &mut Value, given: &Value) {
    match (own, given) {
        (Value::Object(own), Value::Object(given)) => {
            for (name, value) in given.iter().filter(|(_, value)| !value.is_null()) {
                merge(own.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (own, given) => *own = given.clone(),
    }
}

fn delete(
    state: &mut State,
    kind: &CollectionKind,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let key = known(state, kind, arguments, context)?;
    state.collections.remove(kind.noun, &key);
    Ok(context.answer(Members::new()))
}

fn describe(
    state: &State,
    kind: &CollectionKind,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let Some((set, record)) = context.action.and_then(CollectionKind::set) else {
        return Ok(Answer::default());
    };
    let mut found: Vec<Value> = Vec::new();
    for item in state.collections.all(kind.noun) {
        if is_wanted(item, kind, arguments) {
            found.push(shaped(context.service, record, item.members.clone().into()));
        }
    }
    let fields = context.action.map(|action| action.request.as_slice()).unwrap_or_default();
    let default =
        fields.iter().find(|field| field.name == "Limit").and_then(|field| field.default.as_ref()?.as_u64());
    let default = default.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(LIMIT);
    let (offset, limit) = (page_start(arguments)?, arguments.size("Limit").unwrap_or(default));
    let end = offset.saturating_add(limit);
    let token = if end < found.len() { end.to_string() } else { String::new() };
    let page: Vec<Value> = found.iter().skip(offset).take(limit).cloned().collect();
    let members = Members::from_iter([
        ("TotalCount".to_owned(), found.len().into()),
        ("ScrollToken".to_owned(), token.into()),
        (set.name.clone(), page.into()),
    ]);
    Ok(context.answer(members))
}

fn page_start(arguments: Arguments<'_>) -> Result<usize, ApiError> {
    match arguments.text_or_empty("ScrollToken") {
        "" => Ok(arguments.size("Offset").unwrap_or_default()),
        token => token
            .parse()
            .map_err(|_| ApiError::new(codes::INVALID_PARAMETER_VALUE, "`ScrollToken` is that of no list.")),
    }
}

/// Whether a thing meets every condition of a description.
fn is_wanted(item: &Item, kind: &CollectionKind, arguments: Arguments<'_>) -> bool {
    for (name, wanted) in arguments.0 {
        let is_empty =
            wanted.is_null() || wanted.as_array().is_some_and(Vec::is_empty) || wanted.as_str() == Some("");
        if PAGING.contains(&name.as_str()) || is_empty {
            continue;
        }
        let single = name.strip_suffix('s').unwrap_or(name);
        let meets = match (wanted, item.members.get(name), item.members.get(single)) {
            (Value::Array(any), _, Some(own)) => any.contains(own),
            (Value::Array(any), _, None) if single == kind.id => any.iter().any(|id| key_of(id) == item.key),
            (Value::Object(range), Some(Value::String(own)), _) => {
                let (range, own) = (Arguments(range), unix_of(own));
                range.moment("After").is_none_or(|after| own.is_some_and(|own| own >= after))
                    && range.moment("Before").is_none_or(|before| own.is_some_and(|own| own < before))
            }
            (wanted, Some(own), _) => own == wanted,
            // A filter by what was not given when the thing was created.
            (_, None, _) => false,
        };
        if !meets {
            return false;
        }
    }
    true
}
