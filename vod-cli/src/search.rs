//! `vod search`: actions, parameters, types and error codes that have some words in them, the best first.

use serde_json::{Value, json};
use vod_spec::model::{Action, Field};

use crate::prose::first_sentence;
use crate::specs::Specs;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is: `action`, `type` or `error`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// What it is for, in one line.
    pub summary: String,
    score: u32,
}

impl Hit {
    /// For programs.
    pub fn to_json(&self) -> Value {
        json!({ "kind": self.kind, "name": self.name, "summary": self.summary })
    }
}

/// So much a word counts, by where it is found.
const IN_NAME: u32 = 40;
const BEGINS_NAME: u32 = 10;
const ALIAS: u32 = 30;
const SUMMARY: u32 = 20;
const FIELD: u32 = 6;
const DOC: u32 = 3;
/// Actions are looked for more often than anything else.
const ACTION: u32 = 5;

/// What has all of these words in it; the best hits first.
pub fn search(specs: &Specs, words: &[String]) -> Vec<Hit> {
    let words: Vec<String> = words
        .iter()
        .flat_map(|word| word.split(|c: char| !c.is_alphanumeric() && c != '.'))
        .filter(|word| !word.is_empty())
        .map(stem)
        .collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for action in specs.actions() {
        if let Some(score) = total(&words, |word| action_score(&action, word)) {
            let discount = if action.deprecated.is_some() { 2 } else { 1 };
            hits.push(Hit {
                kind: "action",
                name: action.name.clone(),
                summary: action.summary.clone(),
                score: score / discount + ACTION,
            });
        }
    }
    hits.extend(specs.records().filter_map(|item| described("type", &item.name, &item.doc, &words)));
    hits.extend(specs.enumerations().filter_map(|item| described("type", &item.name, &item.doc, &words)));
    let head = specs.head();
    let mut codes: Vec<_> = head.errors.iter().chain(&head.action_errors).collect();
    codes.sort_by(|a, b| a.code.cmp(&b.code));
    codes.dedup_by(|a, b| a.code == b.code);
    hits.extend(codes.into_iter().filter_map(|code| described("error", &code.code, &code.doc, &words)));
    hits.sort_by(|a, b| {
        b.score.cmp(&a.score).then_with(|| a.name.len().cmp(&b.name.len())).then_with(|| a.name.cmp(&b.name))
    });
    hits
}

/// The hit for something with a name and a text, if all words are in them.
fn described(kind: &'static str, name: &str, doc: &str, words: &[String]) -> Option<Hit> {
    let score = total(words, |word| name_score(name, word) / 2 + doc_score(doc, word))?;
    Some(Hit { kind, name: name.to_owned(), summary: first_sentence(doc), score })
}

/// Lower case, and the singular of what looks like a plural.
fn stem(word: &str) -> String {
    let word = word.to_lowercase();
    match word.strip_suffix('s') {
        Some(singular) if word.len() > 3 && !word.ends_with("ss") => singular.to_owned(),
        _ => word,
    }
}

/// The sum for all words; none if one of them is nowhere.
fn total(words: &[String], score: impl Fn(&str) -> u32) -> Option<u32> {
    words.iter().map(|word| Some(score(word)).filter(|score| *score > 0)).sum()
}

fn name_score(name: &str, word: &str) -> u32 {
    match name.to_ascii_lowercase().find(word) {
        Some(0) => IN_NAME + BEGINS_NAME,
        Some(_) => IN_NAME,
        None => 0,
    }
}

fn doc_score(doc: &str, word: &str) -> u32 {
    if has_word(doc, word) { DOC } else { 0 }
}

/// Whether a word of the text begins with this one.
fn has_word(text: &str, word: &str) -> bool {
    let lower = text.to_lowercase();
    let mut rest = lower.as_str();
    let mut before = None;
    while let Some(at) = rest.find(word) {
        let previous = rest[..at].chars().next_back().or(before);
        if !previous.is_some_and(char::is_alphanumeric) {
            return true;
        }
        let next = at + word.len();
        before = rest[..next].chars().next_back();
        rest = &rest[next..];
    }
    false
}

fn action_score(action: &Action, word: &str) -> u32 {
    let alias = action.aliases.iter().any(|alias| has_word(alias, word));
    let field = |fields: &[Field]| fields.iter().any(|field| field.name.to_ascii_lowercase().contains(word));
    let told = |fields: &[Field]| fields.iter().any(|field| has_word(&field.doc, word));
    name_score(&action.name, word)
        + if alias { ALIAS } else { 0 }
        + if has_word(&action.summary, word) { SUMMARY } else { 0 }
        + if field(&action.request) || field(&action.response) { FIELD } else { 0 }
        + if has_word(&action.doc, word) || told(&action.request) { DOC } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(words: &str) -> String {
        let specs = Specs::builtin("vod").unwrap();
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        search(&specs, &words).first().map_or_else(String::new, |hit| hit.name.clone())
    }

    #[test]
    fn the_action_that_one_looks_for_comes_first() {
        for (words, action) in [
            ("pull events", "PullEvents"),
            ("confirm event", "ConfirmEvents"),
            ("delete media", "DeleteMedia"),
            ("create watermark template", "CreateWatermarkTemplate"),
            ("task detail", "DescribeTaskDetail"),
        ] {
            assert_eq!(first(words), action, "{words}");
        }
        assert_eq!(first("RequestLimitExceeded"), "RequestLimitExceeded");
        assert_eq!(first("nothing-has-this-word"), "");
        assert_eq!(first(""), "");
    }

    #[test]
    fn words_begin_where_words_of_the_text_begin() {
        assert!(has_word("Pulls events", "event"));
        assert!(!has_word("prevents", "event"));
        assert!(has_word("prevents events", "event"));
        assert!(has_word("\u{e9}vent event", "event"));
    }
}
