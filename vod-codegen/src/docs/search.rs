//! What a reader may type into the search to find an action.

use std::collections::BTreeSet;

use vod_spec::model::Action;
use vod_spec::naming;

/// Words that stand in any sentence and find nothing.
const STOP_WORDS: &[&str] = &[
    "a", "about", "after", "all", "an", "and", "any", "are", "as", "at", "be", "been", "before", "by", "can",
    "each", "for", "from", "given", "has", "have", "how", "in", "into", "is", "it", "its", "many", "more",
    "new", "no", "not", "of", "on", "one", "ones", "or", "other", "several", "some", "than", "that", "the",
    "their", "them", "they", "this", "to", "until", "up", "was", "were", "when", "where", "which", "while",
    "whose", "will", "with", "without",
];

/// The words of an action's summary, and pairs of words that stand side by side there or in its name, so that a
/// search for them finds the method, with the words that the spec file adds. What the name already is would be refused
/// by the compiler.
pub(crate) fn search_words(action: &Action) -> Vec<String> {
    let name = naming::snake_case(&action.name);
    let summary: Vec<String> = action
        .summary
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let of_name: Vec<String> = name.split('_').map(str::to_owned).collect();
    // The first word of a name is its verb: "create storage" is not searched for.
    let pairs = summary.windows(2).chain(of_name[1..].windows(2));
    let pairs = pairs.filter(|pair| pair.iter().all(|word| significant(word))).map(|pair| pair.join(" "));
    // A word is found by its beginning, a pair only as it stands here: "storage region" must find the plural too.
    let pairs = pairs.flat_map(|pair| [singular(&pair), Some(pair)]).flatten();
    let words: BTreeSet<String> =
        summary.iter().filter(|word| significant(word)).cloned().chain(pairs).collect();
    let words = words.into_iter().chain(action.aliases.iter().cloned()).collect::<BTreeSet<String>>();
    words.into_iter().filter(|word| *word != name).collect()
}

fn significant(word: &str) -> bool {
    word.len() > 1 && !STOP_WORDS.contains(&word) && !word.chars().all(|c| c.is_ascii_digit())
}

/// Without the ending of a plural, if it looks like one.
fn singular(text: &str) -> Option<String> {
    let stem = text.strip_suffix('s')?;
    if stem.ends_with(['s', 'u', 'i']) {
        return None;
    }
    Some(stem.strip_suffix("ie").map_or_else(|| stem.to_owned(), |stem| format!("{stem}y")))
}
