//! Samples that recognition works with: persons by their faces, and words.

use serde_json::{Value, json};

use crate::model::arguments::Arguments;
use crate::model::context::Context;
use crate::model::instant::rfc3339;
use crate::model::state::State;
use crate::protocol::envelope::{Answer, ApiError, Members};

/// The actions.
pub(crate) const ACTIONS: &[&str] = &[
    "CreatePersonSample",
    "CreateWordSamples",
    "DeletePersonSample",
    "DeleteWordSamples",
    "DescribePersonSamples",
    "DescribeWordSamples",
    "ModifyPersonSample",
    "ModifyWordSample",
];

const PERSON: &str = "PersonSample";
const WORD: &str = "WordSample";
/// Samples in an answer if neither the call nor the spec says.
const LIMIT: usize = 100;

pub(super) fn act(
    state: &mut State,
    action: &str,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    match action {
        "CreatePersonSample" => Ok(create_person(state, arguments, context)),
        "ModifyPersonSample" => modify_person(state, arguments, context),
        "DeletePersonSample" => {
            let id = arguments.text_or_empty("PersonId");
            if !state.collections.remove(PERSON, id) {
                return Err(no_person());
            }
            Ok(Answer::default())
        }
        "DescribePersonSamples" => Ok(list(state, PERSON, "PersonSet", arguments, context)),
        "CreateWordSamples" => {
            create_words(state, arguments, context);
            Ok(Answer::default())
        }
        "ModifyWordSample" => modify_word(state, arguments, context),
        "DeleteWordSamples" => {
            for word in arguments.texts("Keywords") {
                state.collections.remove(WORD, word);
            }
            Ok(Answer::default())
        }
        _ => Ok(list(state, WORD, "WordSet", arguments, context)),
    }
}

fn no_person() -> ApiError {
    ApiError::new("ResourceNotFound.Person", "There is no person of this `PersonId`.")
}

fn texts(values: &[&str]) -> Value {
    values.iter().copied().map(Value::from).collect()
}

/// The faces of these pictures.
fn faces(state: &mut State, contents: usize, context: &Context<'_>) -> Vec<Value> {
    let faces = (0..contents).map(|_| {
        let id = state.ids.number("face");
        let url = context.url_of(&format!("/faces/{id}.jpg"));
        json!({ "FaceId": id, "Url": url })
    });
    faces.collect()
}

fn create_person(state: &mut State, arguments: Arguments<'_>, context: &Context<'_>) -> Answer {
    let id = state.ids.number("person");
    let faces = faces(state, arguments.list("FaceContents").len(), context);
    let now = rfc3339(context.unix);
    let person = json!({
        "PersonId": id,
        "Name": arguments.text_or_empty("Name"),
        "Description": arguments.text_or_empty("Description"),
        "FaceInfoSet": faces,
        "TagSet": texts(&arguments.texts("Tags")),
        "UsageSet": texts(&arguments.texts("Usages")),
        "CreateTime": now,
        "UpdateTime": now,
    });
    if let Value::Object(members) = person.clone() {
        state.collections.add(PERSON, id, members);
    }
    context.answer(Members::from_iter([
        ("Person".to_owned(), person),
        ("FailFaceInfoSet".to_owned(), Value::Array(Vec::new())),
    ]))
}

fn modify_person(
    state: &mut State,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let id = arguments.text_or_empty("PersonId").to_owned();
    if state.collections.get(PERSON, &id).is_none() {
        return Err(no_person());
    }
    let faces_changed = arguments.object("FaceOperationInfo");
    let added = faces_changed.map_or(0, |change| change.list("FaceContents").len());
    let added = faces(state, added, context);
    let Some(person) = state.collections.get_mut(PERSON, &id) else { return Err(no_person()) };
    for name in ["Name", "Description"] {
        if let Some(value) = arguments.given(name) {
            person.insert(name.to_owned(), value.clone());
        }
    }
    if arguments.given("Usages").is_some() {
        person.insert("UsageSet".to_owned(), texts(&arguments.texts("Usages")));
    }
    if let Some(change) = faces_changed {
        let removed = change.texts("FaceIds");
        let Some(set) = list_of(person, "FaceInfoSet") else { return Err(no_person()) };
        match change.text_or_empty("Type") {
            "delete" => set.retain(|face| !removed.iter().any(|id| face["FaceId"] == **id)),
            "reset" => *set = added,
            _ => set.extend(added),
        }
    }
    change_tags(person, arguments);
    person.insert("UpdateTime".to_owned(), rfc3339(context.unix).into());
    let person = person.clone();
    Ok(context.answer(Members::from_iter([("Person".to_owned(), person.into())])))
}

/// The list of this name, which is made if it is not there.
fn list_of<'a>(members: &'a mut Members, name: &str) -> Option<&'a mut Vec<Value>> {
    members.entry(name.to_owned()).or_insert_with(|| json!([])).as_array_mut()
}

/// Adds, deletes or replaces tags as `TagOperationInfo` says.
fn change_tags(members: &mut Members, arguments: Arguments<'_>) {
    let Some(change) = arguments.object("TagOperationInfo") else { return };
    let given: Vec<Value> = change.texts("Tags").into_iter().map(Value::from).collect();
    let Some(tags) = list_of(members, "TagSet") else { return };
    match change.text_or_empty("Type") {
        "delete" => tags.retain(|tag| !given.contains(tag)),
        "reset" => *tags = given,
        _ => {
            for tag in given {
                if !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
        }
    }
}

/// A word that is there already takes the new tags and usages.
fn create_words(state: &mut State, arguments: Arguments<'_>, context: &Context<'_>) {
    let usages = texts(&arguments.texts("Usages"));
    let now = rfc3339(context.unix);
    for word in arguments.list("Words").iter().filter_map(Value::as_object).map(Arguments) {
        let keyword = word.text_or_empty("Keyword");
        let before = state.collections.get(WORD, keyword).and_then(|word| word.get("CreateTime").cloned());
        let members = json!({
            "Keyword": keyword,
            "TagSet": texts(&word.texts("Tags")),
            "UsageSet": usages,
            "CreateTime": before.unwrap_or_else(|| now.as_str().into()),
            "UpdateTime": now,
        });
        let Value::Object(members) = members else { continue };
        match state.collections.get_mut(WORD, keyword) {
            Some(known) => *known = members,
            None => state.collections.add(WORD, keyword.to_owned(), members),
        }
    }
}

fn modify_word(
    state: &mut State,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let Some(word) = state.collections.get_mut(WORD, arguments.text_or_empty("Keyword")) else {
        return Err(ApiError::new("ResourceNotFound.Word", "There is no such word."));
    };
    if arguments.given("Usages").is_some() {
        word.insert("UsageSet".to_owned(), texts(&arguments.texts("Usages")));
    }
    change_tags(word, arguments);
    word.insert("UpdateTime".to_owned(), rfc3339(context.unix).into());
    Ok(Answer::default())
}

/// Whether a sample has any of the values that each condition gives.
fn is_wanted(sample: &Members, arguments: Arguments<'_>) -> bool {
    let conditions = [
        ("PersonIds", "PersonId"),
        ("Names", "Name"),
        ("Keywords", "Keyword"),
        ("Tags", "TagSet"),
        ("Usages", "UsageSet"),
    ];
    conditions.into_iter().all(|(condition, member)| {
        let any = arguments.list(condition);
        any.is_empty()
            || match sample.get(member) {
                Some(Value::Array(own)) => own.iter().any(|value| any.contains(value)),
                Some(value) => any.contains(value),
                None => false,
            }
    })
}

fn list(state: &State, noun: &str, set: &str, arguments: Arguments<'_>, context: &Context<'_>) -> Answer {
    // The vendor's own persons are not there.
    let is_vendors = arguments.text("Type") == Some("Default");
    let samples = state.collections.all(noun).iter().map(|sample| &sample.members);
    let found: Vec<&Members> = samples.filter(|sample| !is_vendors && is_wanted(sample, arguments)).collect();
    let (offset, limit) =
        (arguments.size("Offset").unwrap_or_default(), arguments.size("Limit").unwrap_or(LIMIT));
    let page = found.iter().skip(offset).take(limit).map(|sample| Value::from((*sample).clone()));
    context.answer(Members::from_iter([
        ("TotalCount".to_owned(), found.len().into()),
        (set.to_owned(), page.collect()),
    ]))
}
