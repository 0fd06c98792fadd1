//! Writes spec files from the vendor's published model.
//!
//! Only facts are taken over: names, types, what is required, nullable, disabled or deprecated, limits, known values,
//! defaults, examples. Every text of the model is the vendor's and is left behind; where a spec file needs one, it
//! gets [`UNDESCRIBED`](crate::text_lints::UNDESCRIBED), which [`check_docs`](crate::text_lints::check_docs) refuses.
//!
//! A directory that exists is merged with the model: facts follow the model, and what people wrote stays, down
//! to comments and blanks.
//!
//! - A field's type, `required`, `nullable` follow the model. A text that a person has made an enumeration, a
//!   time or JSON keeps that type.
//! - A limit or default that the model states replaces one that differs; where the model states none, the one
//!   that is there stays. Limits are taken from unmistakable wordings alone, for requests alone, and never where
//!   one of the model's own examples breaks them.
//! - Values of enumerations are added and never removed.
//! - Actions, types and fields that say by `only-on` that one of the vendor's sites alone has them stay, whether or not
//!   the model has them.
//! - A text that lists the values of a declared enumeration gets that one; values that three fields of one
//!   name list become an enumeration together.
//! - An object whose name something generated has is renamed; names of types do not travel.

pub mod sites;
pub mod text_lints;

mod categories;
mod contradictions;
mod enums;
mod error_codes;
mod examples;
mod facts;
mod fields;
mod items;
mod layout;
mod names;
mod outcome;
mod report;
mod requests;
mod service_file;
mod tree;
mod vendor;
mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml_edit::Item;

pub use self::outcome::{FileChange, ImportError, Outcome};
pub use self::report::{Change, ChangeKind};

use self::categories::Categories;
use self::enums::Enums;
use self::error_codes::ActionErrors;
use self::facts::Facts;
use self::items::ItemMerger;
use self::report::Report;
use self::tree::Tree;
use vod_spec::Source;
use vod_spec::{Loaded, load_service, load_sources};

/// What an import reads, as texts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// The vendor's `api.json`.
    pub model: &'a str,
    /// The vendor's `examples.json`.
    pub examples: Option<&'a str>,
    /// TOML: for each folder its actions, with their `rate-limit` and `doc-page` as far as known.
    pub categories: Option<&'a str>,
    /// JSON: for each action its error codes.
    pub errors: Option<&'a str>,
    /// The product name that is signed, if it is not the model's.
    pub service_name: Option<&'a str>,
    /// The only actions to import, with the types that they reach; none means all of them.
    pub only: &'a [String],
}

/// Compares the spec files of `directory` with a model. Nothing is written; see [`Outcome::write`].
///
/// # Errors
/// What is wrong with the input, or with the spec files that exist; and faults of the result, which arise where
/// what a person wrote contradicts the model.
pub fn import(directory: &Path, input: &Input<'_>) -> Result<Outcome, ImportError> {
    let mut tree = Tree::read(directory)?;
    service_file::not_above_services(&tree)?;
    if tree.has_service() {
        let problems = load_service(directory, Path::new("")).problems;
        if !problems.is_empty() {
            return Err(ImportError::Faulty(problems));
        }
    }
    let categories = input.categories.map(Categories::parse).transpose()?.unwrap_or_default();
    let errors = input.errors.map(ActionErrors::parse).transpose()?.unwrap_or_default();
    let mut model = vendor::Model::parse(input.model)?;
    model.keep(input.only)?;
    let mut enums = Enums::of(&tree);
    let names = names::of_types(&model, enums.names());
    enums.reserve(names::of_actions(&model));
    enums.reserve(names.values().cloned());
    let mut facts = Facts::of(&model, &names);
    if let Some(name) = input.service_name {
        name.clone_into(&mut facts.service);
    }
    let examples = input.examples.map(|text| requests::parse(text, &facts)).transpose()?;
    let examples = examples.unwrap_or_default();
    contradictions::apply_counterexamples(&mut facts, &examples);
    service_file::same_service(&tree, &facts)?;

    enums.share(&facts);
    let mut report = Report::default();
    report.notes.extend(uncategorised_actions(&categories, &facts, &tree));
    let service = service_file::merge(&mut tree, &facts, &mut report)?;
    let parameters =
        tree.files.get(service).map(|file| service_file::parameters(&file.doc)).unwrap_or_default();
    ItemMerger::new(&mut tree, &mut report, enums, parameters, &categories, &errors).all(&facts);
    merge_codes(&mut tree, service, &mut report);
    let loaded = reload(&tree);
    if !loaded.problems.is_empty() && !only_examples(&loaded) {
        return Err(ImportError::Contradiction(loaded.problems));
    }
    examples::merge(&mut tree, &loaded.service, &examples, &mut report);
    let problems = reload(&tree).problems;
    if !problems.is_empty() {
        return Err(ImportError::Contradiction(problems));
    }
    Ok(Outcome { changes: report.changes, notes: report.notes, files: tree.changes() })
}

/// Actions that the list of categories has and the model has not, though no other site of the vendor's is said to
/// have them.
fn uncategorised_actions<'c>(
    categories: &'c Categories,
    facts: &'c Facts,
    tree: &'c Tree,
) -> impl Iterator<Item = String> {
    categories
        .actions()
        .filter(|name| !facts.actions.iter().any(|action| action.name == **name))
        .filter(|name| !tree.action_is_of_one_site(name))
        .map(|name| format!("{name} is in a category and not in the model"))
}

/// The service that the files of the tree describe now.
fn reload(tree: &Tree) -> Loaded {
    let sources = tree
        .files
        .iter()
        .filter(|file| !file.doc.is_empty())
        .map(|file| Source { path: file.path.clone(), bytes: file.text().into_bytes() });
    load_sources(Path::new(""), sources.collect())
}

/// Examples that no longer fit are taken out in the next step.
fn only_examples(loaded: &Loaded) -> bool {
    loaded.problems.iter().all(|problem| problem.what.starts_with("the example's "))
}

/// Every code that an action refers to gets a place in the service's own file.
fn merge_codes(tree: &mut Tree, service: usize, report: &mut Report) {
    let mut referenced = BTreeSet::new();
    let mut texts: BTreeMap<String, Option<String>> = BTreeMap::new();
    for file in &tree.files {
        if !file.doc.contains_key("action") {
            continue;
        }
        let Some(errors) = file.doc.get("errors") else { continue };
        if errors.is_array() {
            referenced.extend(enums::values_of(Some(errors)));
        }
        for (code, item) in errors.as_table_like().into_iter().flat_map(|table| table.iter()) {
            let text = item
                .as_str()
                .or_else(|| item.as_table_like()?.get("doc").and_then(Item::as_str))
                .map(str::to_owned);
            let known = texts.entry(code.to_owned()).or_insert_with(|| text.clone());
            if *known != text {
                *known = None;
            }
        }
    }
    let agreed = texts.into_iter().filter_map(|(code, text)| Some((code, text?))).collect();
    if let Some(file) = tree.files.get_mut(service) {
        file.edited |= error_codes::merge_service(&mut file.doc, &referenced, &agreed, report);
    }
}
