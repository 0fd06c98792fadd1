//! Where new types go.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::facts::{Facts, FieldFacts};
use vod_spec::naming::snake_case;

/// A folder with more new types than this has files for the first words of their names.
const TYPES_A_FILE: usize = 30;
/// A first word with fewer types than this has no file of its own.
const TYPES_A_WORD: usize = 3;
/// The folder of types that several categories use, in a service that has categories.
const SHARED: &str = "types";

/// The files of types: a type that the actions of one folder use stands in that folder.
///
/// `folders` are the folders of the actions; `new` says which types have no place yet.
pub(crate) fn of_types(
    facts: &Facts,
    folders: &BTreeMap<String, PathBuf>,
    new: impl Fn(&str) -> bool,
) -> BTreeMap<String, PathBuf> {
    let mut users: BTreeMap<&str, BTreeSet<&Path>> = BTreeMap::new();
    for action in &facts.actions {
        let folder = folders.get(&action.name).map_or(Path::new(""), PathBuf::as_path);
        for name in reached(facts, action.request.iter().chain(&action.response)) {
            users.entry(name).or_default().insert(folder);
        }
    }
    let mut by_folder: BTreeMap<PathBuf, Vec<&str>> = BTreeMap::new();
    for item in facts.types.iter().filter(|item| new(&item.name)) {
        let users = users.get(item.name.as_str());
        let only = users.filter(|users| users.len() == 1).and_then(|users| users.first());
        let folder = only.map_or(PathBuf::from(SHARED), |folder| folder.to_path_buf());
        by_folder.entry(folder).or_default().push(&item.name);
    }
    let mut places = BTreeMap::new();
    for (folder, names) in by_folder {
        let many = names.len() > TYPES_A_FILE;
        let mut words: BTreeMap<String, usize> = BTreeMap::new();
        for name in &names {
            *words.entry(first_word(name)).or_default() += 1;
        }
        for name in names {
            let word = first_word(name);
            let own = many && words.get(&word).is_some_and(|count| *count >= TYPES_A_WORD);
            places.insert(name.to_owned(), file_of(&folder, own.then_some(word.as_str())));
        }
    }
    places
}

fn first_word(name: &str) -> String {
    let snake = snake_case(name);
    match snake.split('_').next().unwrap_or_default() {
        // A file `service.toml` is the service's own.
        "service" => "services".to_owned(),
        word => word.to_owned(),
    }
}

fn file_of(folder: &Path, word: Option<&str>) -> PathBuf {
    match word {
        Some(word) if folder.as_os_str().is_empty() => Path::new(SHARED).join(format!("{word}.toml")),
        Some(word) => folder.join(format!("{word}.toml")),
        None => folder.join("types.toml"),
    }
}

/// The types that fields hold, directly or through others.
fn reached<'f>(facts: &'f Facts, fields: impl Iterator<Item = &'f FieldFacts>) -> BTreeSet<&'f str> {
    let mut reached = BTreeSet::new();
    let mut pending: Vec<&FieldFacts> = fields.collect();
    while let Some(field) = pending.pop() {
        if field.object && reached.insert(field.element.as_str()) {
            pending.extend(facts.fields_of(&field.element));
        }
    }
    reached
}
