//! A file of actions, types and enumerations.

use std::path::Path;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys;
use super::table::{Reader, Table};
use crate::draft::{ActionDraft, ExampleDraft, FieldDraft, Unresolved};
use crate::model::{Action, AnswerFormat, BodyFormat, ErrorCode, Example, Position};
use crate::naming::is_type_name;

const DECLARING: &[&str] = &["types", "enums"];

/// Reads a file that extends a service elsewhere: it has one action.
pub(crate) fn read_single_file(
    reader: &mut Reader<'_>,
    tree: &DeTable<'_>,
    path: &Path,
    drafts: &mut Unresolved,
) {
    let start = Position { file: reader.text.file, line: 1, column: 1 };
    if ["service", "endpoints", "parameters", "action-errors"].iter().any(|key| tree.contains_key(*key)) {
        let what = "this is the file of a service, not of an action";
        reader.report(&start, "", what, "name the file of an action; `service!` takes a service's directory");
        return;
    }
    read_file(reader, tree, path, drafts);
    if drafts.actions.is_empty()
        && tree.keys().all(|key| DECLARING.contains(&key.get_ref().as_ref()))
        && !tree.is_empty()
    {
        let what = "the file has no action";
        reader.report(&start, "", what, "add `action = \"...\"`, or keep types in the files of a service");
    }
}

/// Reads a file other than `service.toml`. `path` is relative to the service's directory.
pub(crate) fn read_file(reader: &mut Reader<'_>, tree: &DeTable<'_>, path: &Path, drafts: &mut Unresolved) {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let start = Position { file: reader.text.file, line: 1, column: 1 };
    // Anything that only an action has makes the file an action's, also when the key `action` is missing.
    let is_action = keys::ACTION.iter().any(|key| !DECLARING.contains(key) && tree.contains_key(*key));
    let named = tree.get("action").and_then(|value| value.get_ref().as_str());
    let declares = |key: &&str| {
        tree.get(*key).is_some_and(|value| value.get_ref().as_table().is_none_or(|table| !table.is_empty()))
    };
    if !is_action
        && tree.keys().all(|key| DECLARING.contains(&key.get_ref().as_ref()))
        && !DECLARING.iter().any(declares)
    {
        let instead = "write an action, `[types]` or `[enums]` into it, or remove it";
        reader.report(&start, "", "the file declares nothing", instead);
        return;
    }
    let item = if is_action { named.unwrap_or(&stem) } else { "" };
    let table = reader.open(tree, start, item, keys::ACTION);
    if is_action {
        reader.action(&table, path, stem, drafts);
    }
    reader.declarations(&table, drafts);
}

impl Reader<'_> {
    fn action(&mut self, table: &Table<'_>, path: &Path, stem: String, drafts: &mut Unresolved) {
        let (name, at) = self.action_name(table, stem);
        let summary = self.summary(table, true);
        let (errors, listed_errors) = self.action_errors(table, &name, &mut drafts.unclassed);
        let action = Action {
            summary,
            doc: self.doc(table),
            doc_page: self.count(table, "doc-page", u64::MAX),
            category: category(path),
            rate_limit: self
                .count(table, "rate-limit", u32::MAX.into())
                .and_then(|limit| u32::try_from(limit).ok()),
            idempotent: self.flag(table, "idempotent").unwrap_or_default(),
            why_idempotent: self.reason(table, "why-idempotent"),
            only_on: self.site(table),
            unsigned: self.flag(table, "unsigned").unwrap_or_default(),
            body: self.one_of(table, "body", &BodyFormat::NAMED.map(|format| (format.name(), format))),
            answer: self.one_of(table, "answer", &AnswerFormat::NAMED.map(|format| (format.name(), format))),
            union: self.union(table),
            deprecated: self.deprecated(table),
            see_also: self.see_also(table),
            aliases: self.aliases(table),
            request: Vec::new(),
            response: Vec::new(),
            pagination: None,
            wait: None,
            errors,
            examples: Vec::new(),
            name,
            at,
        };
        if action.why_idempotent.is_some() && !action.idempotent {
            let what = "`why-idempotent` stands without `idempotent = true`";
            self.report(&action.at, &table.item, what, "add `idempotent = true`, or remove the reason");
        }
        let request = self.members(table, "request", drafts);
        let response = self.members(table, "response", drafts);
        let response = self.without_request_id(response, &action.name);
        let examples = self.examples(table, action.answer == AnswerFormat::EventStream);
        let pagination = self.pagination(table);
        let wait = self.wait(table);
        if is_type_name(&action.name) {
            drafts.actions.push(ActionDraft {
                action,
                request,
                response,
                examples,
                listed_errors,
                pagination,
                wait,
            });
        } else {
            self.bad_name(&action.at, &action.name, "action");
        }
    }

    fn action_name(&mut self, table: &Table<'_>, stem: String) -> (String, Position) {
        if !table.has("action") {
            self.missing(table, "action", format!("add `action = \"{stem}\"`"));
        }
        let Some(name) = self.text(table, "action") else {
            return (stem, table.at.clone());
        };
        if name.value != stem {
            let what = format!("the file of `{}` is named `{stem}.toml`", name.value);
            self.report(
                &name.at,
                &table.item,
                what,
                format!("rename it to `{}.toml`, or correct the name", name.value),
            );
        }
        (name.value, name.at)
    }

    /// A table of codes with their texts, or a list of codes whose texts stand in the service's own file.
    fn action_errors(
        &mut self,
        table: &Table<'_>,
        name: &str,
        unclassed: &mut Vec<Position>,
    ) -> (Vec<ErrorCode>, Vec<(String, Position)>) {
        if let Some(DeValue::Array(list)) = table.get("errors").map(Spanned::get_ref) {
            return (Vec::new(), self.listed_codes(list, name));
        }
        let instead = "write `Code = \"when it is answered\"` for each, or a list of codes";
        let codes = self.table(table, "errors", instead);
        let codes = codes.map(|codes| self.error_codes(codes, name, unclassed));
        (codes.unwrap_or_default(), Vec::new())
    }

    fn members(&mut self, table: &Table<'_>, key: &str, drafts: &mut Unresolved) -> Vec<FieldDraft> {
        let fields = self.table(table, key, &format!("write `[{key}.Field]` for each field"));
        for misspelt in table.misspelt_tables(key) {
            drafts.lost_fields.extend(misspelt.keys().map(|key| key.get_ref().to_string()));
        }
        let Some(fields) = fields else { return Vec::new() };
        let mut read = self.fields(fields, &table.item, &mut drafts.lost_fields);
        for draft in read.iter_mut().filter(|draft| key == "request" && draft.field.nullable) {
            draft.field.nullable = false;
            let inner = fields.get(draft.field.name.as_str()).and_then(|field| field.get_ref().as_table());
            let at = inner.and_then(|inner| inner.get("nullable")).map(|value| self.at(value));
            let item = format!("{}.{}", table.item, draft.field.name);
            let instead = "remove `nullable`; a field that is not `required` may be left out";
            self.report(
                &at.unwrap_or_default(),
                &item,
                "`nullable` stands in a request, which never has `null`",
                instead,
            );
        }
        read
    }

    fn without_request_id(&mut self, mut fields: Vec<FieldDraft>, action: &str) -> Vec<FieldDraft> {
        fields.retain(|draft| {
            let declared = draft.field.name == "RequestId";
            if declared {
                let what = "`RequestId` is in every answer and is not declared";
                self.report(&draft.field.at, &format!("{action}.RequestId"), what, "remove it");
            }
            !declared
        });
        fields
    }

    fn examples(&mut self, table: &Table<'_>, is_streamed: bool) -> Vec<ExampleDraft> {
        let Some(value) = table.get("example") else {
            return Vec::new();
        };
        let list: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
            DeValue::Array(list) => list.iter().collect(),
            _ => vec![value],
        };
        let mut examples = Vec::new();
        for value in list {
            match value.get_ref() {
                DeValue::Table(inner) if table.get("example").is_some_and(|v| v.get_ref().is_array()) => {
                    let at = self.at(value);
                    let inner = self.open(inner, at, table.item.clone(), keys::EXAMPLE);
                    examples.extend(self.example(&inner, is_streamed));
                }
                _ => {
                    let instead = "write `[[example]]`";
                    self.wrong_type(value, &table.item, "example", "a list of tables", instead);
                }
            }
        }
        examples
    }

    fn example(&mut self, table: &Table<'_>, is_streamed: bool) -> Option<ExampleDraft> {
        if !table.has("title") {
            self.missing(table, "title", "add `title = \"...\"` and say what the example shows");
        }
        let title = self.prose(table, "title").unwrap_or_default();
        if !table.has("request") {
            self.missing(table, "request", "add `request = {}` with the parameters");
        }
        let request = self.object(table, "request", false);
        let response = self.object(table, "response", is_streamed);
        // An answer that cannot be read spoils the example; one that is not given does not.
        let (request, request_at) = request?;
        if table.has("response") && response.is_none() {
            return None;
        }
        let (response, response_at) =
            response.map_or((None, table.at.clone()), |(value, at)| (Some(value), at));
        let example = Example { title, request, response, at: table.at.clone() };
        Some(ExampleDraft { example, request_at, response_at })
    }

    /// An object, as a table or as JSON in a text; where it may be several, also a list of objects.
    fn object(&mut self, table: &Table<'_>, key: &str, may_be_list: bool) -> Option<(Value, Position)> {
        let value = table.get(key)?;
        let at = self.at(value);
        let json = match value.get_ref() {
            DeValue::Table(_) => self.json(value, &table.item)?,
            DeValue::Array(_) if may_be_list => self.json(value, &table.item)?,
            DeValue::String(text) => match serde_json::from_str(text) {
                Ok(json) => json,
                Err(error) => {
                    self.report(
                        &at,
                        &table.item,
                        format!("`{key}` is not JSON: {error} of the text"),
                        "correct the JSON",
                    );
                    return None;
                }
            },
            _ => {
                self.wrong_type(value, &table.item, key, "an object", "write a table, or JSON in quotes");
                return None;
            }
        };
        let is_list = |list: &Vec<Value>| !list.is_empty() && list.iter().all(Value::is_object);
        if may_be_list && json.is_array() && !json.as_array().is_some_and(is_list) {
            let what = format!("the list of `{key}` must hold an object for each event");
            self.report(&at, &table.item, what, "write `[{ ... }, { ... }]`");
            return None;
        }
        if !json.is_object() && !json.is_array() || json.is_array() && !may_be_list {
            self.report(&at, &table.item, format!("the JSON of `{key}` is not an object"), "write `{ ... }`");
            return None;
        }
        Some((json, at))
    }
}

/// The first folder below the service's directory.
pub(crate) fn category(path: &Path) -> String {
    let mut parts = path.components();
    let first = parts.next();
    match (first, parts.next()) {
        (Some(folder), Some(_)) => folder.as_os_str().to_string_lossy().into_owned(),
        _ => String::new(),
    }
}
