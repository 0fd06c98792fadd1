//! `see-also`, `aliases` and `[guides]`.

use crate::{refused_action, refused_directory};

/// A service with a guide.
const SERVICE: &str = r#"service = "s"
version = "2020-01-01"
summary = "S."
doc = "D."
[endpoints]
mainland = "s.example.com"
[guides]
events = { path = "guide::events", doc = "The guide." }
"#;

const OTHER: &str = "action = \"Other\"\nsummary = \"S.\"\ndoc = \"D.\"\n";

#[track_caller]
fn refused(line: &str, expected: &[&str]) {
    let action = format!("action = \"Act\"\nsummary = \"S.\"\ndoc = \"D.\"\n{line}\n");
    refused_directory(
        &[("service.toml", SERVICE), ("a/Other.toml", OTHER), ("a/Act.toml", &action)],
        expected,
    );
}

#[test]
fn actions_and_guides_can_be_named() {
    refused("see-also = [\"Other\", \"events\"]\naliases = [\"play url\", \"m3u8\"]", &[]);
}

#[test]
fn a_name_must_be_that_of_an_action_or_a_guide() {
    refused(
        "see-also = [\"Othr\", \"Act\", \"events\", \"events\", \"nothing like it\"]",
        &[
            "specs/a/Act.toml:4:13 [Act] `see-also` names `Othr`, which is neither an action nor a guide; did you mean `Other`?",
            "specs/a/Act.toml:4:21 [Act] `see-also` of `Act` names itself; remove it",
            "specs/a/Act.toml:4:38 [Act] `see-also` names `events` twice; remove one of the two",
            "specs/a/Act.toml:4:48 [Act] `see-also` names `nothing like it`, which is neither an action nor a guide; name an action, or a guide that stands under `[guides]` in service.toml",
        ],
    );
}

#[test]
fn lists_must_be_lists_of_texts() {
    refused_action(
        "see-also = \"Other\"\naliases = [3, \"Play URL\", \"play  url\", \"\", \"a\", \"a\"]\n",
        &[
            "specs/a/Act.toml:4:12 [Act] `see-also` is a text, not a list of texts; write `[\"Action\", \"guide\"]`",
            "specs/a/Act.toml:5:12 [Act] `aliases` is a whole number, not a list of texts; write `[\"words to search for\"]`",
            "specs/a/Act.toml:5:15 [Act] the alias `Play URL` is not words to search for; write lower-case words with one space between them",
            "specs/a/Act.toml:5:27 [Act] the alias `play  url` is not words to search for; write lower-case words with one space between them",
            "specs/a/Act.toml:5:40 [Act] the alias `` is not words to search for; write lower-case words with one space between them",
            "specs/a/Act.toml:5:49 [Act] the alias `a` is given twice; remove one of the two",
        ],
    );
}
