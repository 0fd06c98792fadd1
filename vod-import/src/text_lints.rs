//! Whether the texts of a service tell a user something, and say no more than its facts.

mod copied;
mod numbers;
mod secrets;
mod titles;

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use vod_spec::Problem;
use vod_spec::model::{Action, Element, Enum, Field, Position, Service};

use self::copied::Copied;
use self::numbers::Numbers;

/// The placeholder for a text that is still to be written. The loader accepts it; [`check_docs`] does not.
pub const UNDESCRIBED: &str = "Not described yet.";

/// Words that say nothing by themselves.
const FILLERS: &[&str] = &["a", "an", "the", "of", "for", "this", "that", "is", "its", "to", "in", "and"];

/// What the texts of a service lack, sorted by place:
///
/// - texts that are missing, say no more than the name beside them, or have letters of another language outside of
///   `backticks`;
/// - titles of examples that only count;
/// - numbers in the text of a field that is sent which read like limits, where the field has no such limit and no
///   `not-limits`;
/// - fields whose name looks like a secret and that do not say whether they are `sensitive`;
/// - idempotent actions without `why-idempotent`.
pub fn check_docs(service: &Service) -> Vec<Problem> {
    check_docs_against(service, None)
}

/// The same; and with `source`, each text that shares twelve words in a row with it, outside of `backticks`.
pub fn check_docs_against(service: &Service, source: Option<&str>) -> Vec<Problem> {
    let copied = source.map(Copied::from);
    let mut checker = Checker { service, numbers: Numbers::of(service), copied, found: Vec::new() };
    checker.service();
    checker.found.sort();
    checker.found.dedup();
    checker.found
}

/// Whether a text tells of `null`, which no caller meets in Rust: the field is an `Option` or has a default.
fn says_null(text: &str) -> bool {
    let text = text.to_lowercase().replace('`', "");
    ["may be null", "can be null", "might be null"].iter().any(|words| text.contains(words))
}

struct Checker<'a> {
    service: &'a Service,
    numbers: Numbers,
    copied: Option<Copied>,
    found: Vec<Problem>,
}

impl Checker<'_> {
    fn service(&mut self) {
        let service = self.service;
        let top = Position { file: self.file_named("service.toml"), line: 1, column: 1 };
        self.text(&top, "", "summary", &service.summary, &service.name);
        self.text(&top, "", "doc", &service.doc, &service.name);
        for error in service.errors.iter().chain(&service.action_errors) {
            self.text(&error.at, &error.code, "doc", &error.doc, &error.code);
        }
        self.categories(&top);
        for field in &service.parameters {
            self.field("", field, true);
        }
        for item in &service.enums {
            self.enumeration(item);
        }
        for record in &service.types {
            self.text(&record.at, &record.name, "doc", &record.doc, &record.name);
            let sent = self.numbers.is_sent(&record.name);
            for field in &record.fields {
                self.field(&record.name, field, sent);
            }
        }
        for action in &service.actions {
            let name = &action.name;
            self.text(&action.at, name, "summary", &action.summary, name);
            self.text(&action.at, name, "doc", &action.doc, name);
            self.text(&action.at, name, "deprecated", action.deprecated.as_deref().unwrap_or("n/a"), "");
            self.idempotency(action);
            action.request.iter().for_each(|field| self.field(name, field, true));
            action.response.iter().for_each(|field| self.field(name, field, false));
            for error in &action.errors {
                if !self.is_shared_text(&error.code, &error.doc) {
                    let item = format!("{name}.{}", error.code);
                    self.text(&error.at, &item, "doc", &error.doc, &error.code);
                }
            }
            for example in &action.examples {
                self.text(&example.at, name, "title", &example.title, "");
                if titles::says_nothing(&example.title, name) {
                    let what = format!("`title` is `{}`", example.title);
                    self.problem(&example.at, name, what, "say what the example shows");
                }
            }
        }
    }

    fn idempotency(&mut self, action: &Action) {
        if action.idempotent && action.why_idempotent.is_none() {
            let what = "`idempotent` has no reason".to_owned();
            let instead = "say in `why-idempotent` why a second execution changes nothing";
            self.problem(&action.at, &action.name, what, instead);
        }
    }

    /// Each folder of actions has a text, and each text a folder.
    fn categories(&mut self, top: &Position) {
        let service = self.service;
        let folders: BTreeSet<&str> = service
            .actions
            .iter()
            .map(|action| action.category.as_str())
            .filter(|folder| !folder.is_empty())
            .collect();
        for category in &service.categories {
            self.text(&category.at, &category.name, "categories", &category.doc, &category.name);
            if !folders.contains(category.name.as_str()) {
                let what = format!("the folder `{}` holds no action", category.name);
                self.problem(&category.at, &category.name, what, "leave the line out");
            }
        }
        for folder in folders {
            if service.categories.iter().all(|category| category.name != folder) {
                let what = format!("`[categories]` says nothing of the folder `{folder}`");
                self.problem(top, folder, what, "say what its actions are for");
            }
        }
    }

    fn file_named(&self, name: &str) -> usize {
        let files = &self.service.files;
        files
            .iter()
            .position(|file| file.file_name().is_some_and(|file| file == Path::new(name)))
            .unwrap_or_default()
    }

    /// A code's text that stands in the service's own file is looked at there.
    fn is_shared_text(&self, code: &str, doc: &str) -> bool {
        let mut shared = self.service.errors.iter().chain(&self.service.action_errors);
        shared.any(|error| error.code == code && error.doc == doc)
    }

    fn field(&mut self, owner: &str, field: &Field, sent: bool) {
        let parameters = &self.service.parameters;
        let shared = field.shared.as_ref().is_some_and(|name| {
            let parameter = parameters.iter().find(|parameter| parameter.name == *name);
            parameter.is_some_and(|parameter| parameter.doc == field.doc)
        });
        if shared {
            return;
        }
        let item = if owner.is_empty() { field.name.clone() } else { format!("{owner}.{}", field.name) };
        // Of JSON as such, `null` is a value like any other.
        if field.ty.element != Element::Json && says_null(&field.doc) {
            let what = "the text says that the value may be null".to_owned();
            self.problem(
                &field.at,
                &item,
                what,
                "say it by `nullable`, and in the text say when there is no value",
            );
        }
        self.text(&field.at, &item, "doc", &field.doc, &field.name);
        if let Some(text) = &field.deprecated {
            self.text(&field.at, &item, "deprecated", text, "");
        }
        if sent {
            self.limits(&item, field);
        }
        if secrets::needs_a_decision(field) {
            let what = "the name looks like a secret, and `sensitive` is not given".to_owned();
            self.problem(&field.at, &item, what, "write `sensitive = true`, or `sensitive = false`");
        }
    }

    /// Numbers that read like limits are limits, or the file says what they are.
    fn limits(&mut self, item: &str, field: &Field) {
        match (self.numbers.without_limit(field), &field.not_limits) {
            (Some(number), None) => {
                let what =
                    format!("`doc` gives {number} as a limit, and the limits of the field do not have it");
                let instead =
                    "add `items`, `length`, `range` or `pattern`, or say in `not-limits` what the number is";
                self.problem(&field.at, item, what, instead);
            }
            (None, Some(_)) => {
                let what = "`not-limits` stands beside a text without such a number".to_owned();
                self.problem(&field.at, item, what, "leave it out");
            }
            _ => {}
        }
    }

    fn enumeration(&mut self, item: &Enum) {
        self.text(&item.at, &item.name, "doc", &item.doc, &item.name);
        for value in &item.values {
            let name = format!("{}.{}", item.name, value.value);
            self.text(&value.at, &name, "doc", &value.doc, &value.value);
        }
    }

    /// Checks one text; `subject` is the name that it must say more than, or empty.
    fn text(&mut self, at: &Position, item: &str, key: &str, text: &str, subject: &str) {
        let fault = if text.trim().is_empty() {
            Some((format!("`{key}` is empty"), "say what it means"))
        } else if text.trim() == UNDESCRIBED {
            Some((format!("`{key}` is not written yet"), "say what it means"))
        } else if repeats(text, subject) {
            Some((
                format!("`{key}` only repeats the name"),
                "say what the name does not say: unit, meaning, when it is there",
            ))
        } else if let Some(run) = self.copied.as_ref().and_then(|copied| copied.run(text)) {
            Some((format!("`{key}` has the words of the other text: {run}"), "say it in words of your own"))
        } else {
            foreign(text).map(|c| {
                let what = format!("`{key}` has `{c}`, which is no English");
                (what, "write English, and literal values in backticks")
            })
        };
        if let Some((what, instead)) = fault {
            self.problem(at, item, what, instead);
        }
    }

    fn problem(&mut self, at: &Position, item: &str, what: String, instead: &str) {
        self.found.push(Problem {
            file: self.service.files.get(at.file).cloned().unwrap_or_default(),
            line: at.line,
            column: at.column,
            item: item.to_owned(),
            what,
            instead: instead.to_owned(),
        });
    }
}

/// Whether every word of the text is a word of the name.
fn repeats(text: &str, name: &str) -> bool {
    if name.is_empty() {
        return false;
    }
    let mut known: HashSet<String> = words(name).into_iter().collect();
    // `SubAppId` and "subappid" are one.
    known.insert(stem(&name.to_lowercase()));
    let mut said = words(text).into_iter().filter(|word| !FILLERS.contains(&word.as_str())).peekable();
    said.peek().is_none() || said.all(|word| known.contains(&word))
}

/// Lower-case words without the ending of a plural.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .flat_map(|part| vod_spec::naming::snake_case(part).split('_').map(stem).collect::<Vec<_>>())
        .filter(|word| !word.is_empty())
        .collect()
}

fn stem(word: &str) -> String {
    word.strip_suffix('s').filter(|stem| stem.len() > 1).unwrap_or(word).to_owned()
}

/// The first letter or mark outside of backticks that English does not have.
fn foreign(text: &str) -> Option<char> {
    let mut fence: Option<usize> = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '`' {
            let mut run = 1;
            while chars.next_if_eq(&'`').is_some() {
                run += 1;
            }
            match fence {
                None => fence = Some(run),
                Some(open) if open == run => fence = None,
                Some(_) => {}
            }
        } else if fence.is_none() && is_foreign(c) {
            return Some(c);
        }
    }
    None
}

fn is_foreign(c: char) -> bool {
    let wide_marks = matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}');
    wide_marks || (c.is_alphabetic() && !c.is_ascii())
}
