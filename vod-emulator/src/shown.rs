//! Texts of clients as logs, records and messages show them: cut, and without control characters.

/// Most characters of a name.
const NAME: usize = 100;
/// Most characters of a message.
const MESSAGE: usize = 400;

/// A name such as an action's.
pub(crate) fn shown_name(text: &str) -> String {
    shown(text, NAME)
}

/// A message that may repeat what a client sent.
pub(crate) fn shown_message(text: &str) -> String {
    shown(text, MESSAGE)
}

fn shown(text: &str, most: usize) -> String {
    let mut shown = String::new();
    let mut characters = text.chars();
    for character in characters.by_ref().take(most) {
        // A line end would begin a line of the log that this program did not write.
        if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') {
            shown.extend(character.escape_debug());
        } else {
            shown.push(character);
        }
    }
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_and_stay_on_their_line() {
        assert_eq!(shown_name("PullEvents"), "PullEvents");
        assert_eq!(shown_name("a\r\nb\u{1b}[0m"), "a\\r\\nb\\u{1b}[0m");
        assert_eq!(shown_name(&"é".repeat(101)), "é".repeat(100) + "…");
    }
}
