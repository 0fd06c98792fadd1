//! Whether a text repeats the vendor's words.

use std::collections::HashSet;

/// So many words in a row are the vendor's sentence.
const WORDS_IN_A_ROW: usize = 12;

/// Every run of words of another text.
pub(super) struct Copied(HashSet<Vec<String>>);

impl Copied {
    pub(super) fn from(source: &str) -> Self {
        Self(words(source).windows(WORDS_IN_A_ROW).map(<[String]>::to_vec).collect())
    }

    /// The first run that a text shares with the source. What stands in backticks is data and counts for nothing.
    pub(super) fn run(&self, text: &str) -> Option<String> {
        let own: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
        words(&own).windows(WORDS_IN_A_ROW).find(|run| self.0.contains(*run)).map(|run| run.join(" "))
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_words_in_a_row_are_too_many() {
        let source = "One two three four five six seven eight nine ten eleven twelve, thirteen.";
        let copied = Copied::from(source);
        let run = "two three four five six seven eight nine ten eleven twelve thirteen";
        assert_eq!(copied.run(&format!("So: {run}!")).as_deref(), Some(run));
        assert_eq!(copied.run("Two three four five six seven eight nine ten eleven twelve."), None);
        assert_eq!(copied.run(&format!("Its values are `{run}`.")), None);
    }
}
