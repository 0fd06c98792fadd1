//! Titles of examples that say nothing.

/// Whether a title only counts, or only names the action: `Example 2 of ConfirmEvents`, `Sample`, `Call ConfirmEvents`.
pub(super) fn says_nothing(title: &str, action: &str) -> bool {
    const EMPTY: &[&str] = &[
        "a", "an", "another", "call", "calling", "demo", "example", "examples", "first", "of", "one",
        "request", "sample", "second", "test", "the", "third", "two", "use", "using",
    ];
    title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        let lower = word.to_lowercase();
        word == action || word.chars().all(|c| c.is_ascii_digit()) || EMPTY.contains(&lower.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_more_than_that_there_is_an_example() {
        for title in [
            "Example 2 of ConfirmEvents",
            "Example",
            "Sample 3",
            "Calling ConfirmEvents",
            "ConfirmEvents",
            "2",
        ] {
            assert!(says_nothing(title, "ConfirmEvents"), "{title}");
        }
        for title in ["Confirm two events", "A request without handles", "ConfirmEvents by GET"] {
            assert!(!says_nothing(title, "ConfirmEvents"), "{title}");
        }
    }
}
